/* notice_parts.h - what notice.c and notice_send.c share */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RECORD_NOTICE_PARTS_H
#define RECORD_NOTICE_PARTS_H

#include "record/log.h"
#include "record/notice.h"

/* A line of this name says what came of all notices that have it as their remark. */
#define NOTICE_BATCH "batch-"

struct notice_entry {
	struct notice notice;
	char *texts;              /* what it points into */
};

struct notices {
	const struct folder *folder;
	struct log *log;
	struct log_identity file; /* whose lines up to `seen` were read */
	uint64_t seen;
	struct notice_entry *entry;
	size_t count, room;
	size_t *table, places;    /* by id: places of entries, from 1; places is a power of two */
	size_t damaged;
	bool blind;               /* the log is not read */
};

/* What is in the log and was not read yet; all of it when it is another file than before. */
int notices_read_on(struct notices *n, struct error *e);
/* Appends lines, one a notice of the list, then takes them in. */
int notices_append(struct notices *n, const struct notice *list, size_t count, struct error *e);
int notices_put_line(const struct notices *n, const struct notice *m, struct buf *lines, struct error *e);

/* Reads what others have appended, without a lock. */
int notices_refresh(struct notices *n, struct error *e);

/* Locked: the same notice in another state. old may point into n. */
int notices_change(struct notices *n, const struct notice *old, enum notice_state to, const char *at,
		   const char *by, const char *remark, struct error *e);

/* The right side of a Message-ID: that of the sender's address, else the machine's name. */
void notice_domain(const struct folder *f, char out[NOTICE_DOMAIN]);

#endif
