/* csv.h - rows of CSV, read one by one */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FILE_CSV_H
#define FILE_CSV_H

#include <stddef.h>
#include <stdio.h>

#include "base/error.h"

/* RFC 4180, strictly: a quote that is not closed, or stands where none may, is an error that
 * names the line. Rows end with LF, CR LF or CR; blank lines are skipped; a byte order mark at the
 * beginning is skipped. Memory holds one block of the file and one row, which may have 8 MiB. */
struct csv_reader;

struct csv_row {
	char **field;        /* each ends with a zero, which is not counted */
	size_t *length;      /* a field may hold zeros of its own */
	size_t fields;
	size_t line;         /* where the row begins, from 1 */
};

/* Reads from an open stream, which stays the caller's. NULL: no memory. */
struct csv_reader *csv_open(FILE *in, char delimiter, struct error *e);

/* The next row, valid until the next call. STATUS_DONE: there is one; STATUS_NO: the end;
 * STATUS_INPUT: not CSV from here on, STATUS_SYSTEM: cannot read, no memory; after either there is
 * nothing more. All rows before a fault are given before it is reported. */
int csv_next(struct csv_reader *r, struct csv_row *row, struct error *e);

/* The place of a name in a header row, or -1. */
int csv_column(const struct csv_row *header, const char *name);

/* STATUS_INPUT where the header is that of a table of another form (one column with semicolons, tabs or bars in it,
 * UTF-16), which the columns that are not found would not tell. */
int csv_check_form(const struct csv_row *header, struct error *e);

void csv_close(struct csv_reader *r);

#endif
