/* import.h - tables from elsewhere brought into the book */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RECORD_IMPORT_H
#define RECORD_IMPORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "record/book.h"
#include "record/mapping.h"
#include "record/retention.h"
#include "record/intake.h"
#include "record/tally.h"

struct import_options {
	const char *const *map;
	size_t maps;
	const char *const *set;
	size_t sets;
	struct intake_form intake;     /* what is given of it */
	enum when_order order;
	bool named;                  /* the first row holds the names of the columns */
	bool rest, dry;
	int threads;
	/* A row that does not come in: field has `columns` texts, or, of a row that cannot be taken apart or has
	 * more of them, the whole of it as one. May be NULL. */
	int (*reject)(void *context, size_t line, const char *reason, const char *const *field,
		      size_t fields, struct error *e);
	/* Before the first row: the columns are known. May be NULL. */
	int (*begin)(void *context, const struct mapping *m, const struct intake_form *intake, struct error *e);
	void (*progress)(void *context, uint64_t bytes);   /* of the file, since the last call; may be NULL */
	void *context;
};

struct import_result {
	uint64_t rows, added, known, rejected;   /* rows = added + known + rejected */
	struct intake_mended mended;
	struct tally tally;                      /* what was understood as what; import_free */
};

/* Reads in to its end. Rows are checked each by itself; a bad one never stops the rest. A row that was
 * brought in before is known, and adds nothing; the same row again in this file is rejected when its
 * serial says that it is the same firearm, and is another firearm when it has none. Rows are written
 * some ten thousands at a time, each such run whole or not at all: after a failure or a kill, importing
 * the same file again brings in the rest. Memory does not grow with the file. */
int import_run(struct book *b, FILE *in, const struct import_options *o, struct import_result *out,
	       struct error *e);
void import_free(struct import_result *r);

#endif
