/* land.h - how well two land signatures agree, over all lags */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MATCH_LAND_H
#define MATCH_LAND_H

#include "match/land_key.h"

/* Room for one comparison at a time: one a thread. */
struct land_bench;

struct land_bench *land_bench_new(const struct land_matcher *m, struct error *e);
void land_bench_free(struct land_bench *b);

struct land_fit {
	double ccf;        /* correlation of the two signatures where both have points, at the lag */
	double lag_um;     /* b's left end lies so far to the right of a's */
	double overlap;    /* of the shorter signature, 0 to 1 */
	bool turned;       /* b had to be read from right to left */
	double place;      /* logarithm of what the lag and the turn themselves speak for it */
	double strength;   /* of the best lag, in root mean squares of all lags */
	int cmps, cmps_of; /* congruent segments, of so many */
	int support;       /* segments that name this lag */
	int cms;           /* consecutive matching striae: peaks and valleys */
	double odds;       /* natural logarithm of the likelihood ratio, not bounded */
	double score;      /* 0 or more; grows with odds (land_score.h) */
	double lr;         /* same land against another, bounded by the reference it is fitted on */
};

/* All of fit is filled. A photograph against a topography is no comparison: nothing speaks for it. */
void land_compare(struct land_bench *bench, const struct land_key *a, const struct land_key *b,
		  struct land_fit *fit);

/* The pieces of the shorter signature as congruent segments of a comparison (fit is its result), in micrometres from
 * a's left end where the lag puts them, from left to right: those that name the lag of fit, and the others. Returns
 * how many. */
struct land_piece {
	double from_um, to_um;
	bool here;
};
int land_pieces(struct land_bench *bench, const struct land_key *a, const struct land_key *b,
		const struct land_fit *fit, struct land_piece out[SEGMENT_PIECES_MOST]);

/* `place` where shoulders meet so far from the lag; INFINITY: it is not known where they do. */
double land_place(const struct land_match_options *o, double off_um, bool turned);

#endif
