/* run.h - one run of ibin-match */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef IBIN_MATCH_RUN_H
#define IBIN_MATCH_RUN_H

#include "base/option.h"
#include "file/progress.h"
#include "file/rows.h"
#include "match/stock.h"

#define WHERE_MOST 32

/* What --by takes, in this order: what a row is about. */
#define BY_CHOICES "signature|exhibit"
enum { BY_SIGNATURE, BY_EXHIBIT };

struct options {
	const char *probes, *columns;
	bool all, index;
	int64_t most, verify, threads;
	double min_score, min_lr;
	struct option_list where;
	int by, output, progress;
};

struct run {
	struct options options;
	struct option_parsed parsed;
	struct gallery_where where[WHERE_MOST];
	struct gallery gallery, probes;
	struct catalog **index;    /* of the gallery files that have one; the rest of those is in gallery */
	size_t indexes;
	struct rows *rows;
	struct progress progress;
	int64_t printed;
	int status;              /* the worst so far */
};

/* Says what is wrong, and goes on. */
void complain(struct run *run, const struct error *e);

/* What rankers are given to call; the context is the run. */
void count_step(void *context, int64_t more);
void leave_out(void *context, const struct error *e);

/* Reads probes and galleries. */
void read_all(struct run *run);
void free_galleries(struct run *run);

/* The rows of --by exhibit: their columns, and all of them. */
extern const struct rows_column exhibit_columns[];
extern const size_t exhibit_columns_count;
int compare_exhibits(struct run *run, struct error *e);

#endif
