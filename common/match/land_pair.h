/* land_pair.h - two compared lands laid over each other at the lag, to be drawn */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MATCH_LAND_PAIR_H
#define MATCH_LAND_PAIR_H

#include "match/land.h"
#include "match/pair.h"

/* Both signatures on one axis that holds both, in the probe's direction. Owned by the caller;
 * land_pair_free. */
struct land_pair {
	struct land_fit fit;
	double first_um;              /* of the axis's first sample, from the probe's left end; 0 or less */
	int at[PAIR_MARKS], n[PAIR_MARKS];  /* where each begins on the axis, and how long it is */
	bool turned;                  /* the candidate is read from right to left, */
	bool over;                    /* and, being of a photograph, with its light and dark exchanged */
	struct grid profile[PAIR_MARKS];    /* 1 high: about their means, in what the signature holds */
	struct grid agree;            /* 1 high: local correlation, -1 to 1, where both are */
};

/* The local correlation is taken under a Gaussian of this standard deviation. */
#define LAND_PAIR_WINDOW_UM 60

/* Lays b over a as `fit` (of land_compare) has it. */
int land_pair_make(const struct land_matcher *m, const struct land_key *a, const struct land_key *b,
		   const struct land_fit *fit, struct land_pair *out, struct error *e);
void land_pair_free(struct land_pair *p);

#endif
