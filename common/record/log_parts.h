/* log_parts.h - what the files of the log share among themselves */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RECORD_LOG_PARTS_H
#define RECORD_LOG_PARTS_H

#include "record/log.h"

#define LOG_OPEN_WAIT_S 60

struct log {
	const struct folder *folder;
	const struct log_shape *shape;
	struct log_found *found;   /* may be NULL */
	int fd;                    /* -1: the file does not exist yet */
	uint64_t size;
	unsigned opened;           /* counts the files that it was, and the times that one was cut back */
	bool writable, locked;
	char *header;              /* with its newline */
	size_t header_size;
};

#endif
