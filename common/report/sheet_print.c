/* sheet_print.c - the tables of a report as rows of text */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/mem.h"
#include "report/sheet.h"

static const struct rows_column long_columns[] = {
	{ "table", COLUMN_TEXT }, { "row", COLUMN_TEXT }, { "column", COLUMN_TEXT }, { "value", COLUMN_NUMBER },
	{ "unit", COLUMN_TEXT }, { "n", COLUMN_NUMBER },
};

static void print_cell(struct rows *rows, const struct sheet_column *c, const struct sheet_cell *cell, bool people)
{
	if (cell->state == SHEET_HIDDEN)
		rows_text(rows, SHEET_HIDDEN_WORD);
	else if (cell->state == SHEET_TEXT)
		rows_text(rows, people ? cell->shown : cell->text);
	else if (cell->state == SHEET_NUMBER && c->kind == SHEET_COUNT)
		rows_integer(rows, (int64_t)cell->number);
	else if (cell->state == SHEET_NUMBER)
		rows_real(rows, cell->number, c->decimals);
	else
		rows_text(rows, NULL);
}

/* The keys of a row, "/" between them. */
static int keys(const struct sheet_table *t, size_t row, struct buf *out, struct error *e)
{
	out->size = 0;
	for (size_t k = 0; k < t->keys; k++) {
		const struct sheet_cell *cell = sheet_at(t, row, k);

		if (buf_format(out, e, "%s%s", k ? "/" : "", cell->state == SHEET_TEXT ? cell->text : ""))
			return STATUS_SYSTEM;
	}
	return buf_string(out, e) ? STATUS_DONE : STATUS_SYSTEM;
}

static int print_long(const struct sheet_table *t, struct rows *rows, struct error *e)
{
	struct buf key = { 0 };
	int status = STATUS_DONE;

	/* a table of nothing says so */
	if (!sheet_row_count(t)) {
		rows_text(rows, t->name);
		for (int k = 0; k < 4; k++)
			rows_text(rows, NULL);
		rows_integer(rows, t->n < 0 ? 0 : t->n);
		status = rows_end(rows, e);
	}
	for (size_t i = 0; i < sheet_row_count(t) && !status; i++) {
		status = keys(t, i, &key, e);
		for (size_t k = t->keys; k < t->columns && !status; k++) {
			rows_text(rows, t->name);
			rows_text(rows, (const char *)key.data);
			rows_text(rows, t->column[k].name);
			print_cell(rows, &t->column[k], sheet_at(t, i, k), false);
			rows_text(rows, *t->column[k].unit ? t->column[k].unit : NULL);
			if (t->n >= 0)
				rows_integer(rows, t->n);
			else
				rows_text(rows, NULL);
			status = rows_end(rows, e);
		}
	}
	buf_free(&key);
	return status;
}

static int print_wide(const struct sheet_table *t, FILE *out, enum rows_format format, const char *select,
		      bool people, struct error *e)
{
	struct rows_column column[SHEET_COLUMNS];
	struct rows *rows = NULL;
	int status;

	for (size_t k = 0; k < t->columns; k++) {
		bool text = t->column[k].kind == SHEET_KEY || t->column[k].kind == SHEET_WORDS;

		column[k].name = people ? t->column[k].title : t->column[k].name;
		column[k].kind = text ? COLUMN_TEXT : COLUMN_NUMBER;
	}
	status = rows_open(&rows, out, format, column, t->columns, select, e);
	for (size_t i = 0; i < sheet_row_count(t) && !status; i++) {
		for (size_t k = 0; k < t->columns; k++)
			print_cell(rows, &t->column[k], sheet_at(t, i, k), people);
		status = rows_end(rows, e);
	}
	return rows_finish(rows, status, e);
}

int sheet_print(const struct sheet *s, const struct sheet_table *one, FILE *out, enum rows_format format,
		const char *select, struct error *e)
{
	struct rows *rows = NULL;
	int status;

	if (one)
		return print_wide(one, out, format, select, false, e);
	status = rows_open(&rows, out, format, long_columns, sizeof long_columns / sizeof *long_columns, select, e);
	for (size_t i = 0; i < s->tables && !status; i++)
		status = print_long(s->table[i], rows, e);
	return rows_finish(rows, status, e);
}

int sheet_print_pages(const struct sheet *s, FILE *out, struct error *e)
{
	int status = STATUS_DONE;

	fprintf(out, "%s\n", s->title);
	if (*s->subtitle)
		fprintf(out, "%s\n", s->subtitle);
	for (size_t i = 0; i < s->tables && !status; i++) {
		const struct sheet_table *t = s->table[i];

		fprintf(out, "\n%s", t->title);
		if (t->n >= 0)
			fprintf(out, " (n = %lld%s%s)", (long long)t->n, *t->n_title ? " " : "", t->n_title);
		fputs("\n", out);
		if (sheet_row_count(t))
			status = print_wide(t, out, ROWS_TABLE, NULL, true, e);
		else
			fprintf(out, "%s\n", s->nothing);
		if (t->note && !status)
			fprintf(out, "%s\n", t->note);
	}
	if (!status && ferror(out))
		status = error_system(e, "standard output");
	return status;
}
