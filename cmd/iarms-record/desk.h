/* desk.h - what the verbs of iarms-record share */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef IARMS_RECORD_DESK_H
#define IARMS_RECORD_DESK_H

#include <stdio.h>

#include "base/option.h"
#include "file/ids.h"
#include "file/progress.h"
#include "file/rows.h"
#include "record/book.h"
#include "record/retention.h"

#define PROGRAM "iarms-record"

/* What all verbs have; the first member of each verb's options. */
struct common {
	const char *dir, *purpose, *columns;
	int format, progress;
};

#define COMMON(type) \
	{ "dir", 'd', OPTION_TEXT, offsetof(struct type, common.dir), "DIR", "the data folder", 0, 0 }, \
	{ "purpose", 'p', OPTION_TEXT, offsetof(struct type, common.purpose), "TEXT", \
	  "why you ask, for the audit trail", 0, 0 }, \
	{ "progress", 0, OPTION_CHOICE, offsetof(struct type, common.progress), PROGRESS_MODES, \
	  "a line that says how far a long run has come", 0, 0 }
#define OUTPUT(type) \
	{ "output", 'o', OPTION_CHOICE, offsetof(struct type, common.format), ROWS_FORMATS, \
	  "form of the rows", 0, 0 }, \
	{ "columns", 'c', OPTION_TEXT, offsetof(struct type, common.columns), "LIST", \
	  "which columns, and their order", 0, 0 }
#define END { NULL, 0, OPTION_FLAG, 0, NULL, NULL, 0, 0 }

/* The folder, the officer, the book; opened for one verb. */
struct desk {
	const struct common *common;
	struct guard guard;
	struct book book;
	struct form *form;
	struct retention rules;
};

/* Says on standard error what opening found: an unfinished end that was set aside, damaged lines. */
int desk_open(struct desk *d, const struct common *common, struct error *e);
void desk_close(struct desk *d);

/* "iarms-record: ..." on standard error, for what does not end the run. */
#define desk_say(...) error_say(stderr, PROGRAM, __VA_ARGS__)
/* Before rows of what is there: the folder that was looked into is a new one. */
void desk_say_made(const struct desk *d);
void desk_say_error(const struct error *e);

/* Columns of a record, all of them, with `front` before them. They end up in `out`, which has room for
 * FORM_FIELDS + count; returns how many. */
size_t desk_columns(const struct rows_column *front, size_t count, struct rows_column *out);
/* The columns of a record that people see in a table, unless they say what they want to see. */
#define DESK_MAIN "id,owner,category,status,event_date,type,make,model,calibre,serial"
int desk_rows(struct rows **rows, const struct common *c, const struct rows_column *columns, size_t count,
	      const char *usual, struct error *e);
void desk_put(struct rows *rows, const struct record *r);

#endif
