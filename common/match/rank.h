/* rank.h - a probe against a gallery: the candidates in order */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MATCH_RANK_H
#define MATCH_RANK_H

#include "match/ready.h"
#include "match/stock.h"

#define RANK_LANDS 10
struct rank_options {
	int64_t most;            /* candidates a probe; 0: all */
	int64_t verified;        /* so many, chosen by the search step, are compared in full; 0: all; of striated
	                          * marks RANK_LANDS times as many, which take less than that many impressions */
	double min_score, min_lr;
	int threads;             /* 0: one a processor */
};

struct rank_row {
	const struct gallery_entry *probe, *candidate;   /* the candidate's body may be empty */
	size_t number;           /* of the candidate, in the stock */
	int64_t rank;            /* from 1 */
	struct comparison comparison;    /* of lands only the score */
	const struct land_fit *land;     /* NULL for impressions */
	double lr;
};

struct ranker;

/* The gallery must outlive the ranker and stay as it is; probes (NULL: the gallery's own) are only looked
 * through for how long their lands are. */
struct ranker *ranker_new(struct gallery *g, const struct gallery *probes, const struct rank_options *options,
			  struct error *e);
/* The same for all of a stock, in its order (stock_sort) where it was put in one. */
struct ranker *ranker_new_stock(const struct stock *stock, const struct gallery *probes,
				const struct rank_options *options, struct error *e);
void ranker_free(struct ranker *r);

/* Was signature n of the stock found bad as a candidate? As a probe it is then not worth another word. */
int ranker_found_bad(const struct ranker *r, size_t n);

/* What the caller is told, by its own thread. */
struct rank_calls {
	/* A row to be printed; a status that is not STATUS_DONE ends the run. */
	int (*row)(void *context, const struct rank_row *row, struct error *e);
	/* So many more of the entries from `first` on are dealt with. May be NULL. */
	void (*step)(void *context, int64_t more);
	/* A gallery entry whose grids make no sense (the error has its id): it is left out from now on. */
	void (*bad)(void *context, const struct error *e);
};

/* Compares a probe with the gallery's entries from `first` on, in order, and gives rows, best first; ties by the
 * candidates' order. STATUS_INPUT: the probe's own grids make no sense; another may be tried. */
int ranker_probe(struct ranker *r, const struct gallery_entry *probe, size_t first,
		 const struct rank_calls *calls, void *context, struct error *e);

/* Only searches: `chosen` is told of the `verified` candidates of the stock that are most like the probe, best first,
 * and how much so. */
int ranker_choose(struct ranker *r, const struct gallery_entry *probe, size_t first,
		  void (*chosen)(void *context, size_t number, double value), void *context, struct error *e);

/* From now on a probe is compared with all that are 1 here (one per signature of the stock, the caller's), and no
 * others; NULL: with what is found by the search, again. */
void ranker_limit(struct ranker *r, const uint8_t *only);

#endif
