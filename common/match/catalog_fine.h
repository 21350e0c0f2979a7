/* catalog_fine.h - the fine codes of a piece of the index in the making */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MATCH_CATALOG_FINE_H
#define MATCH_CATALOG_FINE_H

#include "base/buf.h"
#include "match/catalog_parts.h"

/* Signatures that were filed without the code wait, so that theirs are made by several threads at once: so many,
 * and about so many bytes, at most. */
#define CATALOG_FINE_WAIT 256
#define CATALOG_FINE_WAIT_BYTES (32 << 20)

/* Starts as all zero but for the first three; catalog_fine_free. */
struct catalog_fine {
	struct buf *records, *codes;   /* sections of the piece */
	int threads;
	struct catalog_fine_job *job[CATALOG_FINE_WAIT];
	size_t jobs, bytes, next;
	struct error *e;
};

/* The code of the signature whose record, r, is added next. */
int catalog_fine_add(struct catalog_fine *f, const struct signature *s, const struct buf *body,
		     struct catalog_record *r, struct error *e);

/* When all of a piece are added: those that wait, and the sums. */
int catalog_fine_finish(struct catalog_fine *f, struct error *e);

void catalog_fine_free(struct catalog_fine *f);

#endif
