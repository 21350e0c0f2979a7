/* table.h - the rows of a table as new trace requests */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TRACE_TABLE_H
#define TRACE_TABLE_H

#include <stdio.h>

#include "trace/submit.h"

struct table_options {
	struct request given;      /* what a row does not say */
	const char *name;          /* of the table, for messages */
	bool go_on;                /* rows that are wrong are left out; else none is written */
	int threads;               /* 0: one a processor */
	/* A row that is left out, or why none is written; in the order of the rows. */
	void (*wrong)(void *context, size_t line, const struct error *why);
	/* What waited in the submission is on the disk. */
	int (*written)(void *context, struct error *e);
	void (*progress)(void *context, uint64_t bytes);   /* read since the last call; may be NULL */
	void *context;
};

/* Reads `in` to its end: CSV, or what intake.h takes for such, whose header has names of fields of a request; or
 * rows of firearm records, which have columns "id" and "owner": the record is named in the request, and asked for
 * once. Rows are checked by threads, and written all at once, or with go_on some TABLE_AT_ONCE at a time.
 * The worst that was wrong with a row is returned, with a word in e where that means that nothing was written;
 * STATUS_INPUT, "name: reason", where it is a table of another kind. */
#define TABLE_AT_ONCE 10000
int table_submit(struct submission *s, FILE *in, const struct table_options *o, struct error *e);

#endif
