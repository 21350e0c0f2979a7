/* labels.h - what a person says of each file: the table behind --meta */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SIGN_LABELS_H
#define SIGN_LABELS_H

#include <stdio.h>

#include "base/error.h"
#include "sign/signature.h"

/* Texts for the keys that a person gives (META_ID to META_TWIST); NULL where nothing is said. */
struct labels {
	char *text[METAS];
};

struct label_table;

/* Reads CSV with a header: `file` and any of the keys above. STATUS_INPUT: other columns, columns that
 * stand there twice, two rows for one file, rows for none, and values that a key does not take; for
 * rows, the error says in which line. */
int labels_read(FILE *in, struct label_table **table, struct error *e);
void labels_free(struct label_table *t);

/* The row for a file: by its name as given, else by the name without folder; NULL when there is none. */
const struct labels *labels_find(const struct label_table *t, const char *file);

/* STATUS_INPUT when a text is not one that the key takes (specimen: evidence, test-fire; cast: original,
 * double, single; twist: left, right; land, lands: 1 to 99; taken: a date), or that a signature can hold. */
int labels_check(enum meta key, const char *text, struct error *e);

/* Every row whose file was not asked for, to be named; NULL at the end. *at starts as 0. */
const char *labels_unused(const struct label_table *t, size_t *at);

#endif
