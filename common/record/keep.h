/* keep.h - what is due for review, and what must go */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RECORD_KEEP_H
#define RECORD_KEEP_H

#include "base/buf.h"
#include "record/book.h"
#include "record/retention.h"

struct keep_due {
	uint64_t id;
	int64_t day;      /* days since 1970: when it is due */
	int state;        /* enum form_state */
};

/* Adds a struct keep_due for each record that is due before the end of that day, the oldest first.
 * Tombstones never are. Whether the officer may see them is not asked. */
int keep_due(struct book *b, int64_t day, struct buf *out, struct error *e);

struct keep_purge {
	bool dry;
	/* Each record that goes or expires, with its fate: "deleted", "expired". May be NULL. */
	int (*tell)(void *context, const struct record *r, const char *fate, struct error *e);
	void *context;
	size_t deleted, expired;   /* out */
};

/* What is due is deleted: all its lines leave the log (and the files beside it that hold what was set
 * aside), and a tombstone stays, with name, owner, who may see it, and the fingerprint by which an import
 * knows it again. Where the rules give expired records some months, what is due expires first. So are records
 * deleted again of which an older copy of the log has brought lines back. Only records that the officer may
 * purge. Locks the book. */
int keep_purge(struct book *b, const struct retention *rules, struct keep_purge *how, struct error *e);

#endif
