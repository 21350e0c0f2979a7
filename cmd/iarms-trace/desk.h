/* desk.h - what the verbs of iarms-trace share */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef IARMS_TRACE_DESK_H
#define IARMS_TRACE_DESK_H

#include <stdio.h>

#include "base/option.h"
#include "file/ids.h"
#include "file/progress.h"
#include "file/rows.h"
#include "trace/traces.h"

#define PROGRAM "iarms-trace"

/* What all verbs have; the first member of each verb's options. */
struct common {
	const char *dir, *purpose, *columns, *as;
	int format, progress;
};

#define COMMON(type) \
	{ "as", 0, OPTION_TEXT, offsetof(struct type, common.as), "CODE", \
	  "country for which you act, working alone", 0, 0 }, \
	{ "output", 'o', OPTION_CHOICE, offsetof(struct type, common.format), ROWS_FORMATS, \
	  "form of the rows", 0, 0 }, \
	{ "columns", 'c', OPTION_TEXT, offsetof(struct type, common.columns), "LIST", \
	  "which columns, and their order", 0, 0 }, \
	{ "dir", 'd', OPTION_TEXT, offsetof(struct type, common.dir), "DIR", "the data folder", 0, 0 }, \
	{ "purpose", 'p', OPTION_TEXT, offsetof(struct type, common.purpose), "TEXT", \
	  "why you ask, for the audit trail", 0, 0 }, \
	{ "progress", 0, OPTION_CHOICE, offsetof(struct type, common.progress), PROGRESS_MODES, \
	  "a line that says how far a long run has come", 0, 0 }, \
	{ NULL, 0, OPTION_FLAG, 0, NULL, NULL, 0, 0 }

/* The folder, the officer, the requests; opened for one verb. */
struct desk {
	const struct common *common;
	struct guard guard;
	struct traces traces;
	struct form *form;
};

/* Says on standard error what opening found: an unfinished end that was set aside, damaged lines. */
int desk_open(struct desk *d, const struct common *common, struct error *e);
void desk_close(struct desk *d);

/* "iarms-trace: ..." on standard error, for what does not end the run. */
#define desk_say(...) error_say(stderr, PROGRAM, __VA_ARGS__)
/* Before rows of what is there: the folder that was looked into is a new one. */
void desk_say_made(const struct desk *d);

/* Where rows are read from, and what is wrong with one of them; context is not used. */
#define DESK_ROWS "standard input"
void desk_say_row(void *context, size_t line, const struct error *why);

/* Rows whose columns are `front` and then all of a request; usual: which are printed where nothing is said. */
struct desk_rows {
	struct rows *rows;
	struct rows_column column[TRACE_FIELDS + 16];
};
int desk_rows_open(struct desk_rows *r, const struct common *c, const struct rows_column *front, size_t count,
		   const char *usual, struct error *e);
/* The part of a row that is the request; as the party sees it. */
int desk_put(struct desk_rows *r, const struct request *q, struct error *e);
/* The worse of how it went and how closing the output went. */
int desk_rows_close(struct desk_rows *r, int status, struct error *e);
void desk_text(struct desk_rows *r, const char *text);

/* A request by its name; one that came in while this process was waiting for its name is found, too. */
int desk_get(struct desk *d, const char *id, struct request *q, struct index_head *head, struct error *e);

/* Calls one for each name; what cannot be found or done is said, and the rest goes on. The worst status,
 * with nothing left to say in e. The first name is read before the desk is opened, so that in a pipe the one
 * before has had its time. STATUS_SYSTEM and STATUS_USAGE end it. */
typedef int desk_one(void *context, struct desk *d, const char *id, struct error *e);
int desk_each(const struct common *c, const struct option_parsed *parsed, int (*begin)(void *context, struct desk *d,
	      struct error *e), desk_one *one, int (*end)(void *context, struct desk *d, int status, struct error *e),
	      void *context, struct error *e);

#define USUAL "id,from,to,priority,state,due,type,make_name,model,calibre_name,serial_key,outcome"

#endif
