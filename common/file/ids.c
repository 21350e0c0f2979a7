/* ids.c - names to act on: operands, else standard input, one a line or rows with a column "id" */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "file/ids.h"

#include <string.h>

int ids_open(struct ids *ids, char **operand, int operands, FILE *in, struct error *e)
{
	memset(ids, 0, sizeof *ids);
	ids->operand = operand;
	ids->operands = operands;
	if (ids->operands)
		return STATUS_DONE;
	ids->csv = csv_open(in, ',', e);
	return ids->csv ? STATUS_DONE : STATUS_SYSTEM;
}

int ids_next(struct ids *ids, const char **id, struct error *e)
{
	struct csv_row row;
	int status;

	if (ids->operands) {
		if (ids->used == ids->operands)
			return STATUS_NO;
		*id = ids->operand[ids->used++];
		return STATUS_DONE;
	}
	for (;;) {
		status = csv_next(ids->csv, &row, e);
		if (status)
			return status == STATUS_NO ? STATUS_NO : error_within(e, "standard input");
		if (!ids->header) {
			ids->header = true;
			ids->column = csv_column(&row, "id");
			if (ids->column >= 0)
				continue;
			ids->column = 0;
		}
		if ((size_t)ids->column >= row.fields || !row.field[ids->column][0])
			continue;
		*id = row.field[ids->column];
		return STATUS_DONE;
	}
}

void ids_close(struct ids *ids)
{
	csv_close(ids->csv);
}
