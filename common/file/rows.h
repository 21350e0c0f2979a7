/* rows.h - rows of text with a header: csv, tsv, json or an aligned table */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FILE_ROWS_H
#define FILE_ROWS_H

#include <stdint.h>
#include <stdio.h>

#include "base/buf.h"
#include "base/error.h"

enum rows_format { ROWS_CSV, ROWS_TSV, ROWS_JSON, ROWS_TABLE };
#define ROWS_FORMATS "csv|tsv|json|table"   /* for OPTION_CHOICE, in the order of the enum */

struct rows_column {
	const char *name;
	enum { COLUMN_TEXT, COLUMN_NUMBER } kind;  /* numbers are right-aligned, and bare in
	                                           * JSON unless they are no numbers */
};

struct rows;

/* The header is written at once (JSON: each row names its fields). select is "name,name,...":
 * which columns are printed and in which order; NULL prints all; a name that is no column, or is
 * named twice, is STATUS_USAGE, and the message lists those there are. columns must outlive the rows; out stays
 * the caller's. csv: RFC 4180 with LF; tsv: \t \n \r \\ escaped; table: held until close. */
int rows_open(struct rows **rows, FILE *out, enum rows_format format,
	      const struct rows_column *columns, size_t count, const char *select, struct error *e);

/* One call a column, in the order of `columns`. NULL text is an empty field, null in JSON.
 * Text that is not UTF-8 stays as it is in csv and tsv, and is shown as U+FFFD in JSON. */
void rows_text(struct rows *r, const char *text);
/* The same for the next columns in one call; a text that is empty is an empty field. They are not copied, and
 * must stay until rows_end. */
void rows_texts(struct rows *r, const char *const *text, size_t columns);
void rows_integer(struct rows *r, int64_t value);
void rows_real(struct rows *r, double value, int decimals);  /* NaN: as NULL */

/* Rows put together by many threads at once, each with a text for every column, and added to what is in `to`;
 * then given out by one of them, as many as there are. */
int rows_form(const struct rows *r, const char *const *text, struct buf *to, struct error *e);
int rows_put(struct rows *r, const struct buf *formed, struct error *e);

/* Ends a row; an I/O error shows here or at rows_close. */
int rows_end(struct rows *r, struct error *e);

/* Writes what is held, flushes out, checks it and frees. NULL is allowed. */
int rows_close(struct rows *r, struct error *e);
/* The same after rows that came out with a status: the worse of it and of closing. */
int rows_finish(struct rows *r, int status, struct error *e);

#endif
