/* bullet.h - two bullets land by land: the best phase, and how far ahead it is */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MATCH_BULLET_H
#define MATCH_BULLET_H

#include "match/land.h"

#define BULLET_LANDS 24   /* most lands of a barrel's rifling */
/* Likelihood ratios lie between these: the reference of land_score.c has 90 pairs of bullets of one
 * barrel and 5,620 of two. */
#define BULLET_LR_MOST 1000.0
#define BULLET_LR_LEAST 0.01

enum twist { TWIST_UNKNOWN, TWIST_LEFT, TWIST_RIGHT };

/* Lands in order round the bullet; NULL where one is missing. Keys are the caller's. */
struct bullet {
	int lands;                        /* 2 to BULLET_LANDS */
	enum twist twist;
	const struct land_key *land[BULLET_LANDS];
};

/* Puts land `number` (1 to lands) of a bullet of `lands` in its place. STATUS_INPUT, with the
 * reason, where that contradicts what the bullet has: another number of lands, the same number
 * twice, a number beyond lands. A bullet starts as all zero. */
int bullet_add(struct bullet *b, int lands, int number, const struct land_key *key, struct error *e);

struct bullet_fit {
	int lands;
	int phase;         /* land i of a (from 0) is land (phase + i) % lands of b;
	                    * backwards: land (phase - i + lands) % lands */
	bool backwards;    /* b's lands run the other way round: it was mounted the other end up */
	int compared;      /* pairs of lands that both have, in that phase */
	double score;      /* mean of the lands' scores over all lands; a missing pair counts 0 */
	double next;       /* the same in the next best phase, over pairs that the best one has not */
	double margin;     /* score / next, at most 99 */
	double odds;       /* natural logarithm of the likelihood ratio, not bounded */
	double lr;         /* bounded by the reference */
	bool other_class;  /* numbers of lands or twists differ: no barrel fired both, nothing was
	                    * compared, and score is 0 */
	double phases[2 * BULLET_LANDS];  /* scores as in `next`: forwards, then backwards */
	double pairs[BULLET_LANDS][BULLET_LANDS];  /* score of a's land i and b's land j; NaN where
	                                            * they were not compared */
	struct land_fit fit[BULLET_LANDS];  /* of a's land i in the best phase; all zero where not
	                                     * compared */
};

/* STATUS_INPUT where a bullet holds no land.
 * Assumptions of the ratio: seven in ten of a barrel's lands show its striae again, the others
 * are worn, damaged or covered and say nothing; lands speak independently of each other given
 * that; and the best of the phases was taken, for which the ratio is divided by their number. */
int bullet_compare(struct land_bench *bench, const struct bullet *a, const struct bullet *b,
		   struct bullet_fit *out, struct error *e);

/* The same from a table of how a's land i fits b's land j (at i * lands + j), of which only odds, score and turned are
 * looked at; lands that are NULL in a or b take no part, whatever the table has. lands and other_class of out are
 * filled before. */
void bullet_choose(const struct bullet *a, const struct bullet *b, const struct land_fit *table,
		   struct bullet_fit *out);

/* Could one barrel have fired both? */
bool bullet_one_class(const struct bullet *a, const struct bullet *b);

#endif
