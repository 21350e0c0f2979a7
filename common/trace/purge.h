/* purge.h - trace requests that have been kept long enough */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TRACE_PURGE_H
#define TRACE_PURGE_H

#include "record/retention.h"
#include "trace/traces.h"

/* What is left of a request: id, from, to, its last state and move, when it was purged and by whom. */
#define PURGED_FILE "purged.csv"

struct purge {
	bool dry;
	int64_t ahead;            /* days: with dry, also what will be due until then */
	/* Each that goes, as the secretariat sees it; until: the last day on which it is kept. May be NULL. */
	int (*tell)(void *context, const struct request *q, const char *until, struct error *e);
	void *context;
	size_t count;             /* out */
};

/* Requests whose last move was longer ago than the rules say leave the log with all their lines, the oldest move
 * first; what is left goes into PURGED_FILE before. A move, a comment too, makes the time begin anew. Only requests
 * that the officer may purge. Locks the book. */
int purge_run(struct traces *t, const struct retention *rules, struct purge *how, struct error *e);

/* When a request was purged, for an officer of its countries or of the secretariat: CLOCK_TEXT bytes.
 * STATUS_NO: it was not, or is not for him to know. */
int purge_when(struct traces *t, const char *id, char when[CLOCK_TEXT], struct error *e);

#endif
