/* desk.h - what the reports of iarms-report share */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef IARMS_REPORT_DESK_H
#define IARMS_REPORT_DESK_H

#include <math.h>
#include <stdio.h>

#include "base/clock.h"
#include "base/verb.h"
#include "report/sheet.h"
#include "report/where.h"
#include "source.h"
#include "words.h"

#define PROGRAM "iarms-report"

enum desk_format { DESK_CSV, DESK_TSV, DESK_JSON, DESK_TABLE, DESK_SVG, DESK_PDF, DESK_HTML, DESK_DOT };
#define DESK_FORMATS "csv|tsv|json|table|svg|pdf|html|dot"

/* What all reports have; the first member of each report's options. */
struct common {
	const char *dir, *purpose, *columns, *table, *country, *during, *year, *date, *title;
	int format, progress, language;
	int64_t least;
	struct option_list where, map;
};

#define COMMON(type) \
	{ "output", 'o', OPTION_CHOICE, offsetof(struct type, common.format), DESK_FORMATS, "form of the report", 0, 0 }, \
	{ "table", 't', OPTION_TEXT, offsetof(struct type, common.table), "NAME", \
	  "only this table, with its own columns", 0, 0 }, \
	{ "columns", 'c', OPTION_TEXT, offsetof(struct type, common.columns), "LIST", \
	  "which columns, and their order", 0, 0 }, \
	{ "where", 'w', OPTION_LIST, offsetof(struct type, common.where), "CONDITION", \
	  "FIELD=VALUE (also != < <= > >=); all must hold", 0, 0 }, \
	{ "country", 0, OPTION_TEXT, offsetof(struct type, common.country), "CODE", "rows of this country", 0, 0 }, \
	{ "during", 0, OPTION_TEXT, offsetof(struct type, common.during), "PERIOD", \
	  "2025, 2025-03, 2025-03-31, or 2024..2025-06", 0, 0 }, \
	{ "year", 'y', OPTION_TEXT, offsetof(struct type, common.year), "YEAR", "the same as --during YEAR", 0, 0 }, \
	{ "date", 0, OPTION_TEXT, offsetof(struct type, common.date), "FIELD", \
	  "the date that must be within the period", 0, 0 }, \
	{ "min-cell", 0, OPTION_INTEGER, offsetof(struct type, common.least), "N", "hide counts below N", 0, 1000000 }, \
	{ "map", 'm', OPTION_LIST, offsetof(struct type, common.map), "FIELD=COLUMN", \
	  "what a column of FILE is called here", 0, 0 }, \
	{ "lang", 'l', OPTION_CHOICE, offsetof(struct type, common.language), WORDS_LANGUAGES, "of titles", 0, 0 }, \
	{ "title", 0, OPTION_TEXT, offsetof(struct type, common.title), "TEXT", "of the page", 0, 0 }, \
	{ "dir", 'd', OPTION_TEXT, offsetof(struct type, common.dir), "DIR", "the data folder", 0, 0 }, \
	{ "purpose", 'p', OPTION_TEXT, offsetof(struct type, common.purpose), "TEXT", \
	  "why you ask, for the audit trail", 0, 0 }, \
	{ "progress", 0, OPTION_CHOICE, offsetof(struct type, common.progress), PROGRESS_MODES, \
	  "a line that says how far a long run has come", 0, 0 }
#define END { NULL, 0, OPTION_FLAG, 0, NULL, NULL, 0, 0 }
#define OPTIONS(type) { COMMON(type), END }
struct common_options {
	struct common common;
};

/* A field that a report wants of each row: "name|another name|..." , the first that is there. must: rows
 * without it are no rows for this report. */
struct desk_want {
	const char *names;
	bool must;
};

#define DESK_COUNTRIES "owner|from|recovered|country|recovery_state"
#define DESK_FIELDS 40
#define DESK_LEFT 12

struct desk;
/* A report: how it takes rows, and what it makes of them. */
struct desk_report {
	const char *name, *title;
	unsigned reads;                  /* which logs: enum source_kind, or-ed */
	const char *n_title;             /* what a row is: N_("records") */
	const char *date;                /* names of the date of --during, as in desk_want */
	const char *date_else;           /* where that is empty; may be NULL */
	bool earlier;                    /* earlier revisions, too */
	bool sources;                    /* requests have SOURCE_COLUMN */
	const struct desk_want *want;    /* ends with NULL names; at most DESK_FIELDS */
	int (*open)(struct desk *d, struct error *e);    /* may be NULL */
	/* Before the rows of a source; may be NULL. */
	int (*begin)(struct desk *d, enum source_kind kind, const struct columns *columns, struct error *e);
	/* field: as wanted, "" where a column is not there */
	int (*take)(struct desk *d, const struct source_row *row, const char *const *field, struct error *e);
	int (*finish)(struct desk *d, struct sheet *s, struct error *e);
	bool beside;                     /* the operand is no file of rows: the logs are read beside it */
	int (*dot)(const struct sheet *s, FILE *out, struct error *e);   /* as Graphviz takes it; may be NULL */
	const char *const *rules;        /* sentences; ends with NULL */
};

/* One run of a report. */
struct desk {
	const struct desk_report *report;
	const struct common *common;
	const struct option_parsed *parsed;
	void *state;                     /* the report's own */
	struct guard guard;
	bool guarded;
	const char *language;
	int64_t now;
	struct date today;
	unsigned reads;                  /* of report->reads, what is read in this run */
	struct source source;
	struct where where;
	struct span_period period;
	bool has_period;
	int place[DESK_FIELDS], date_place, else_place, country_place[2];
	bool has[DESK_FIELDS];           /* some source has it */
	uint64_t counted;                /* rows that were given to the report and not left out */
	struct { const char *name, *title; uint64_t n; } left[DESK_LEFT];
	size_t lefts;
};

/* Reads, counts, writes. state is passed to the report. */
int desk_run(const struct desk_report *report, const struct common *common, const struct option_parsed *parsed,
	     const struct option_line *table, void *state, struct error *e);

/* A row is left out, and why. name and title (N_()) are constant. */
void desk_leave(struct desk *d, const char *name, const char *title);
void desk_leave_many(struct desk *d, const char *name, const char *title, uint64_t rows);

/* A day of recovery that lies ahead is an error: the row is left out. */
bool desk_ahead(struct desk *d, const struct date *recovered);

/* Percent; NaN of nothing. */
double desk_share(uint64_t part, uint64_t whole);

#endif
