/* ids.h - names to act on: operands, else standard input, one a line or rows with a column "id" */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FILE_IDS_H
#define FILE_IDS_H

#include <stdbool.h>
#include <stdio.h>

#include "base/error.h"
#include "file/csv.h"

struct ids {
	char **operand;
	int operands, used;
	struct csv_reader *csv;   /* where there are no operands */
	int column;
	bool header;
};
int ids_open(struct ids *ids, char **operand, int operands, FILE *in, struct error *e);
/* The next name, valid until the next call. STATUS_NO: no more; STATUS_INPUT: not CSV from here on. */
int ids_next(struct ids *ids, const char **id, struct error *e);
void ids_close(struct ids *ids);

#endif
