/* found.h - rows of ibin-match, read back */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MATCH_FOUND_H
#define MATCH_FOUND_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "base/error.h"
#include "sign/signature.h"

/* What a row says. Columns may stand in any order, and only probe and candidate must be there;
 * a column `marks`, and none named `mark`, tells rows of exhibits. */
struct found {
	char probe[SIGNATURE_TEXT], candidate[SIGNATURE_TEXT];
	int mark;           /* enum mark; -1: not said */
	int64_t rank;       /* 0: not said */
	bool has_score;
	double score;
	bool exhibits;      /* probe and candidate are names of exhibits (--by exhibit) */
	size_t line;        /* in the file */
};

struct found_reader;

/* CSV with a header, from a stream that stays the caller's. STATUS_INPUT: what stands there is not rows of
 * ibin-match (tables and JSON are not read back). */
int found_open(struct found_reader **r, FILE *in, struct error *e);

/* STATUS_NO: the end. STATUS_INPUT: this row makes no sense; others may follow unless found_over. */
int found_next(struct found_reader *r, struct found *out, struct error *e);

/* There is nothing more to be read, in spite of the error. */
bool found_over(const struct found_reader *r);

void found_close(struct found_reader *r);

#endif
