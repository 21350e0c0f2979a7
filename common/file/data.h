/* data.h - a whole file or pipe in memory */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FILE_DATA_H
#define FILE_DATA_H

#include <stddef.h>

#include "base/error.h"

struct data {
	unsigned char *bytes;
	size_t size;
};

/* Reads path, or standard input for "-", to its end. More than max bytes is STATUS_INPUT,
 * what cannot be opened or read is STATUS_SYSTEM except that a missing file, a folder or one
 * without permission is STATUS_INPUT. The error does not name the file; callers do. */
int data_read(const char *path, size_t max, struct data *out, struct error *e);

void data_free(struct data *d);

/* All bytes to an open descriptor, with short writes and EINTR dealt with. */
int data_write(int fd, const void *bytes, size_t size, struct error *e);

#endif
