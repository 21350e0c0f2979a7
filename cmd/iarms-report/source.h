/* source.h - the rows of a report: from the logs, or from a file */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef IARMS_REPORT_SOURCE_H
#define IARMS_REPORT_SOURCE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/option.h"
#include "file/progress.h"
#include "guard/guard.h"
#include "record/book.h"
#include "report/columns.h"

enum source_kind {
	SOURCE_RECORDS = 1,
	SOURCE_TRACES = 2,
	SOURCE_ROWS = 4       /* of a file: what they are, their columns tell */
};

/* A row, for as long as the call lasts. current: it is what its record or request is now; an earlier revision
 * is given only where they are asked for (source.earlier). */
struct source_row {
	enum source_kind kind;
	const char *const *field;
	bool current;
};

/* Called once before the rows of a kind, with their columns, and then for each row. */
typedef int source_begin(void *context, enum source_kind kind, const struct columns *columns, struct error *e);
typedef int source_take(void *context, const struct source_row *row, struct error *e);

/* What was read, for people. */
struct source_read {
	char what[200];           /* "records.csv" */
	uint64_t lines;           /* 0: not told, since there are rows that the officer may not see */
	char last[CLOCK_TEXT];    /* the newest time among the rows that were seen */
	uint64_t damaged, deleted, rows;
};

/* A column that requests of the log have beside their own: the country to which answers follow the firearm, as
 * far as the officer may see them. Where a request was forwarded, that is where the furthest of the requests
 * that carry it on was traced; the country that such an answer names as next comes before the one that gave it.
 * "" where none was traced. Only where source.sources asks for it. */
#define SOURCE_COLUMN "source"

struct source {
	struct guard *guard;      /* NULL: rows of a file only */
	source_begin *begin;
	source_take *take;
	void *context;
	bool earlier;
	bool sources;
	enum progress_mode progress;
	struct option_list map;   /* "FIELD=COLUMN": what a column of a file is called here */
	struct source_read read[3];
	size_t reads;
};

/* All records that the acting officer may see and that are not deleted. One pass over the log; memory is a bit
 * for every 64 bytes of it where there are revisions, and what LMDB maps. */
int source_records(struct source *s, struct error *e);
/* The same of requests, without what he may not see of them. */
int source_traces(struct source *s, struct error *e);

/* CSV with a header; "-" is standard input. STATUS_INPUT names the file and the line. */
int source_file(struct source *s, const char *path, struct error *e);

#endif
