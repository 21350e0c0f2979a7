/* purge.h - trace requests that have been kept long enough */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TRACE_PURGE_H
#define TRACE_PURGE_H

#include "record/retention.h"
#include "trace/traces.h"

struct purge {
	bool dry;
	int64_t ahead;            /* days: with dry, also what will be due until then */
	/* Each that goes, as the secretariat sees it; until: the last day on which it is kept, "" for one that
	 * went before. May be NULL. */
	int (*tell)(void *context, const struct request *q, const char *until, struct error *e);
	void *context;
	size_t count;             /* out */
};

/* Requests whose last move was longer ago than the rules say leave the log with all their lines, the oldest move
 * first, and a tombstone stays; see record/grave.h. A move, a comment too, makes the time begin anew. So do
 * requests that went before, where an older copy of the log has brought lines of them back. Only requests that the
 * officer may purge. Locks the book. */
int purge_run(struct traces *t, const struct retention *rules, struct purge *how, struct error *e);

#endif
