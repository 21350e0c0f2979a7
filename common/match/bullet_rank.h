/* bullet_rank.h - one bullet against those of a gallery of exhibits */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MATCH_BULLET_RANK_H
#define MATCH_BULLET_RANK_H

#include "match/exhibit.h"

/* What bullet_compare found, without the lands. */
struct bullet_sum {
	bool compared;         /* both exhibits have numbered lands, seen in the same way */
	int lands;             /* pairs that both have in the best phase; 0: of another class */
	int phase;
	bool backwards;
	double margin, score, odds;
	int tried;             /* 2 where both have scans and photographs; then this is of the better */
};

struct bullet_ranker;

/* Both must outlive the ranker. threads 0: one a processor. */
struct bullet_ranker *bullet_ranker_new(const struct exhibits *gallery, const struct exhibits *probes, int threads,
					struct error *e);
void bullet_ranker_free(struct bullet_ranker *r);

struct bullet_calls {
	/* Told of the exhibits of the gallery from `first` on that have numbered lands, in their order. */
	int (*bullet)(void *context, size_t exhibit, const struct bullet_sum *sum);
	/* A land that makes no sense (the error has its id): it counts as missing from now on. */
	void (*bad)(void *context, const struct error *e);
};

/* Compares the lands of exhibit i of the probes with those of the gallery's exhibits from `first` on. */
int bullet_ranker_probe(struct bullet_ranker *r, size_t i, size_t first, const struct bullet_calls *calls,
			void *context, struct error *e);

/* Only searches: how much exhibits of the gallery from `first` on are like exhibit i of the probes (bullet_search). */
int bullet_ranker_choose(struct bullet_ranker *r, size_t i, size_t first, double *odds, struct error *e);

/* From now on only exhibits that are 1 here (one per exhibit of the gallery, the caller's) are compared; NULL: all. */
void bullet_ranker_limit(struct bullet_ranker *r, const uint8_t *only);

#endif
