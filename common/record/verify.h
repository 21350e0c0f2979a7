/* verify.h - is the log whole, and does the index fit it? */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RECORD_VERIFY_H
#define RECORD_VERIFY_H

#include "record/book.h"

struct verify {
	/* Each finding: its line in the log, from 1; the record, or ""; what, a word; why, in words.
	 * May be NULL. */
	int (*tell)(void *context, uint64_t line, const char *id, const char *what, const char *why,
		    struct error *e);
	void *context;
	/* out */
	uint64_t lines, records, headers;
	uint64_t damaged;     /* "damaged": lines that cannot be read */
	uint64_t wrong;       /* "wrong": a line that says what cannot be */
	uint64_t repeated;    /* "repeated": word for word a line before: logs were concatenated */
	uint64_t conflicts;   /* "conflict": another content under a name and revision that there is */
	uint64_t returned;    /* "returned": a line of what was deleted, from an older copy; purge takes it out */
	bool index_fits;
};

/* Reads the whole log once. Repeated lines, and the headers of concatenated logs, are legal; what they
 * amount to is told. STATUS_DONE: nothing is wrong; STATUS_NO: something is. */
int verify_run(struct book *b, struct verify *v, struct error *e);

/* Takes damaged lines out of the log, into a file beside it, .damaged. *count: how many. Locks the book. */
int verify_repair(struct book *b, uint64_t *count, struct error *e);

#endif
