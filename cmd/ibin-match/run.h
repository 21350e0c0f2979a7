/* run.h - one run of ibin-match */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef IBIN_MATCH_RUN_H
#define IBIN_MATCH_RUN_H

#include "base/option.h"
#include "file/progress.h"
#include "file/rows.h"
#include "match/stock.h"

#define WHERE_MOST 32

/* --shard i/n: which part of the probes. of 0: all. */
struct shard {
	int64_t number, of;
};

/* What --by takes, in this order: what a row is about. */
#define BY_CHOICES "signature|exhibit"
enum { BY_SIGNATURE, BY_EXHIBIT };

struct options {
	const char *probes, *columns;
	bool all, index, merge;
	const char *shard, *known, *new_since, *up_to;
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
	struct shard shard;
	struct rows *rows;
	struct progress progress;
	int64_t printed;
	int status;              /* the worst so far */
};

extern const struct option_program program;

/* Says what is wrong, and goes on. */
void complain(struct run *run, const struct error *e);

/* What rankers are given to call; the context is the run. */
void count_step(void *context, int64_t more);
void leave_out(void *context, const struct error *e);

/* Reads probes and galleries. */
void read_all(struct run *run);
void free_galleries(struct run *run);

/* Where nothing was printed because there was nothing to compare, says so. */
void say_nothing(const struct run *run, const struct stock *stock);

/* The columns of rows of signatures. */
extern const struct rows_column columns[];
extern const size_t columns_count;

/* i/n, i from 1 to n. */
int shard_parse(const char *text, struct shard *out, struct error *e);
/* Is probe i of those with these weights in the shard? `before` is the sum of the weights before it. */
bool shard_has(const struct shard *s, uint64_t before, uint64_t total);
/* The columns of a shard's rows, of which the first is the shard; to be freed. NULL: no memory. */
struct rows_column *shard_columns(struct error *e);
void shard_begin_row(struct run *run);
/* The last row: how many there were, of which run, and how it went. */
int shard_end(struct run *run, const struct stock *stock, struct error *e);
/* --merge: the rows of all shards, as one run would have printed them. */
int merge_shards(struct run *run, struct error *e);

/* The rows of --by exhibit: their columns, and all of them. */
extern const struct rows_column exhibit_columns[];
extern const size_t exhibit_columns_count;
int compare_exhibits(struct run *run, struct error *e);

#endif
