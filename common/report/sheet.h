/* sheet.h - what a report says: tables with titles, units and n, before they take a form */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef REPORT_SHEET_H
#define REPORT_SHEET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "base/buf.h"
#include "base/error.h"
#include "base/pool.h"
#include "file/rows.h"

/* A sheet has tables, a table columns and rows of cells. Names are for programs and never change with the
 * language; titles and what is `shown` are for people. All texts are copied. A lack of memory on the way is
 * remembered, and told by sheet_ready. */
enum sheet_kind {
	SHEET_KEY,      /* what the row is about; keys stand first */
	SHEET_COUNT,    /* a whole number of things */
	SHEET_SHARE,    /* percent */
	SHEET_VALUE,    /* another number, with a unit */
	SHEET_WORDS     /* text that is no key */
};

struct sheet_column {
	const char *name, *title, *unit;   /* unit, a name as well, may be "" */
	enum sheet_kind kind;
	int decimals;
	int rests_on;   /* the column of counts that says on how many a share or value rests; -1: none */
};

enum sheet_state { SHEET_NOTHING, SHEET_TEXT, SHEET_NUMBER, SHEET_HIDDEN };
struct sheet_cell {
	enum sheet_state state;
	const char *text, *shown;   /* of SHEET_TEXT */
	double number;
};

enum sheet_chart { SHEET_NO_CHART, SHEET_BARS, SHEET_LINES, SHEET_MATRIX, SHEET_GRAPH };

#define SHEET_COLUMNS 24
struct sheet_table {
	struct sheet *sheet;
	const char *name, *title;
	const char *note;           /* may be NULL */
	const char *n_title;        /* of what there are n: "firearms" */
	int64_t n;                  /* on how many it rests; -1: does not apply */
	struct sheet_column column[SHEET_COLUMNS];
	size_t columns, keys;
	struct buf cells;           /* struct sheet_cell, row by row */
	enum sheet_chart chart;
	const char *chart_unit;     /* of the value axis */
	int chart_column;           /* the first one drawn; lines: all counts from there; a matrix: its value */
	bool may_hide;              /* small counts */
};

/* How people read it. */
struct sheet_manner {
	const char *language;       /* "en" */
	bool to_left;               /* written from right to left */
	const char *decimal, *group;
	const char *hidden;         /* what stands for a hidden cell */
	const char *no_data;        /* for a bar of nothing */
	const char *n;              /* "n" of "n = 12" */
	const char *contents, *about_chart;   /* "Contents"; "The numbers of this chart are in the table." */
	const char *page, *days;    /* "page"; the unit "days" */
};

struct sheet {
	const char *name, *title, *subtitle;
	const char *nothing;        /* what stands for a table of nothing: "nothing to count" */
	struct sheet_manner manner; /* texts of it are the caller's */
	struct sheet_table **table;
	size_t tables, room;
	struct pool pool;
	bool failed;
	size_t hidden;              /* cells that sheet_hide left out */
	struct sheet_table spare;   /* stands for a table for which there is no memory; nobody sees it */
};

void sheet_open(struct sheet *s, const char *name, const char *title);
void sheet_close(struct sheet *s);
void sheet_subtitle(struct sheet *s, const char *subtitle);

/* Never NULL: where there is no memory it is one that nobody sees. */
struct sheet_table *sheet_table(struct sheet *s, const char *name, const char *title);
void sheet_rests(struct sheet_table *t, int64_t n, const char *n_title);
void sheet_note(struct sheet_table *t, const char *note);
/* sheet_hide passes it over. */
void sheet_open_to_all(struct sheet_table *t);
/* column: the first that is drawn; unit: of the axis. */
void sheet_drawn(struct sheet_table *t, enum sheet_chart chart, int column, const char *unit);

/* Columns, all of them before the first cell. */
void sheet_key(struct sheet_table *t, const char *name, const char *title);
void sheet_words(struct sheet_table *t, const char *name, const char *title);
void sheet_counts(struct sheet_table *t, const char *name, const char *title, const char *unit);
/* Of the column of counts before it. */
void sheet_shares(struct sheet_table *t, const char *name, const char *title);
void sheet_values(struct sheet_table *t, const char *name, const char *title, const char *unit, int decimals);

/* The column that was added last rests on these counts (a column), not on those before it. */
void sheet_rests_on(struct sheet_table *t, int column);

/* Cells, row by row. A NULL text, a NaN and a negative count are nothing. */
void sheet_put_text(struct sheet_table *t, const char *text, const char *shown);
void sheet_put_count(struct sheet_table *t, int64_t n);
void sheet_put_value(struct sheet_table *t, double value);

size_t sheet_row_count(const struct sheet_table *t);
const struct sheet_cell *sheet_at(const struct sheet_table *t, size_t row, size_t column);
struct sheet_table *sheet_find(const struct sheet *s, const char *name);

/* A cell for people, with the separators of the language, added to out as a string; nothing is "". */
int sheet_cell_text(const struct sheet_table *t, size_t row, size_t column, struct buf *out, struct error *e);
/* The same of any number; and the unit of a column, for people. */
const char *sheet_unit_text(const struct sheet_table *t, size_t column);
int sheet_number_text(const struct sheet_manner *m, double number, int decimals, struct buf *out, struct error *e);

/* Copies of texts for as long as the sheet lives; "" and the sheet fails where there is no memory. */
const char *sheet_text(struct sheet *s, const char *text);
const char *sheet_format(struct sheet *s, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Counts above 0 and below `least` are hidden, with the shares and values that rest on them; where only one
 * cell of a column would be hidden, the next smallest is too, since the rest and n would tell it. */
void sheet_hide(struct sheet *s, int64_t least);

int sheet_ready(const struct sheet *s, struct error *e);

/* Rows of text. All tables: each number or text that is no key is a row with the columns table, row, column,
 * value, unit, n; the keys of a row stand in `row`, "/" between them. One table (not NULL): its rows with its
 * own columns.
 * Hidden cells are SHEET_HIDDEN_WORD, what is nothing is empty; a table of nothing is one row with
 * its name and n. */
#define SHEET_HIDDEN_WORD "hidden"
int sheet_print(const struct sheet *s, const struct sheet_table *one, FILE *out, enum rows_format format,
		const char *select, struct error *e);
/* For people: titles, aligned tables, n and notes. */
int sheet_print_pages(const struct sheet *s, FILE *out, struct error *e);

#endif
