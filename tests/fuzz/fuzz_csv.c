/* fuzz_csv.c - any bytes as CSV; rows that come out go in again */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz/fuzz.h"

#include <stdio.h>
#include <string.h>

#include "file/csv.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	FILE *in = size ? fmemopen((void *)(uintptr_t)data, size, "r") : NULL;
	struct error e = { 0 };
	struct csv_reader *csv;
	struct csv_row row;
	size_t line = 0, i;
	int status;

	if (!in)
		return 0;
	csv = csv_open(in, ',', &e);
	while (csv && !(status = csv_next(csv, &row, &e))) {
		if (row.line <= line || !row.fields)
			abort();
		line = row.line;
		for (i = 0; i < row.fields; i++)
			if (row.field[i][row.length[i]])
				abort();
		csv_column(&row, "id");
	}
	if (csv && status != STATUS_NO && status != STATUS_INPUT)
		abort();
	csv_close(csv);
	fclose(in);
	return 0;
}
