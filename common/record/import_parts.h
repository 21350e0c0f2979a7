/* import_parts.h - what the files of the import share among themselves */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RECORD_IMPORT_PARTS_H
#define RECORD_IMPORT_PARTS_H

#include "base/set.h"
#include "record/import.h"
#include "record/intake_jobs.h"

/* A row on its way. */
struct import_row {
	struct book_line line;   /* as it will be in the log; dry: empty */
	struct subject subject;  /* whose it is */
	uint64_t origin;         /* fingerprint of what was typed */
	const char *reason;      /* why it does not come in; NULL */
	bool sure;               /* its serial says which firearm it is */
	bool known, repeated;    /* in the book; said by a row before it */
};

/* A run of rows: read by one thread, understood by another, written by the first, in order. */
struct import_job {
	struct intake_job in;
	struct import_row *row;
	size_t rows;
	struct pool pool;      /* what stays until it is written */
	struct tally tally;
	struct intake_mended mended;
	struct error error;    /* status other than STATUS_DONE: no memory */
};

#define IMPORT_RIGHTS 32

struct import {
	struct book *book;
	const struct import_options *o;
	struct import_result *out;
	struct mapping mapping;
	struct intake_jobs in;
	struct form *form;
	char review[4][DATE_TEXT];    /* the day on which a new record of each category is due */
	struct import_job **waiting;  /* understood, not yet written */
	size_t jobs, jobs_room, waiting_rows;
	struct set nameless;          /* how often a row without a serial came, by origin */
	struct set seen;              /* dry: fingerprints of what would have come in; an export: names and
	                               * revisions since the last write */
	struct import_right {         /* what may_add was told about countries, each in its place */
		char country[4];
		struct error refused;
	} right[IMPORT_RIGHTS];
	uint64_t began;               /* size of the log before the first row */
	bool begun;
	int this_year;
	struct error *error;
};

/* Writes what waits. */
int import_write(struct import *im, struct error *e);
int import_reject(struct import *im, const struct import_job *j, size_t row, const char *reason,
		  struct error *e);
void import_drop(void *context, void *job);

#endif
