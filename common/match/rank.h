/* rank.h - a probe against a gallery: the candidates in order */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MATCH_RANK_H
#define MATCH_RANK_H

#include "match/compare.h"
#include "match/gallery.h"

struct rank_options {
	int64_t most;            /* candidates a probe; 0: all */
	int64_t verified;        /* so many, chosen by the search step, are compared in full; 0: all */
	double min_score, min_lr;
	int threads;             /* 0: one a processor */
};

struct rank_row {
	const struct gallery_entry *probe, *candidate;
	int64_t rank;            /* from 1 */
	struct comparison comparison;
	double lr;
};

struct ranker;

/* The gallery must outlive the ranker and stay as it is. */
struct ranker *ranker_new(struct gallery *g, const struct rank_options *options, struct error *e);
void ranker_free(struct ranker *r);

/* Compares a probe with the gallery's entries from `first` on and calls `row` for each that is to be
 * printed, best first; ties by the candidates' order. row returns a status that ends the run.
 * `step` (may be NULL) is called as candidates are done. */
int ranker_probe(struct ranker *r, const struct gallery_entry *probe, size_t first,
		 int (*row)(void *context, const struct rank_row *row, struct error *e),
		 void (*step)(void *context, int64_t more), void *context, struct error *e);

#endif
