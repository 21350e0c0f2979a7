/* segment.h - congruent matching profile segments: pieces that vote for the same lag */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MATCH_SEGMENT_H
#define MATCH_SEGMENT_H

#include "base/error.h"
#include "match/ridge.h"

/* The method (after Chen, Chu, Thompson, Soons and others 2019, "congruent matching profile
 * segments"): one profile is cut into pieces; each is correlated with the other profile at all
 * lags, at its own length, at twice and at four times that. A piece's place is the lag at which
 * its longest version fits best, if one of the three best lags of the middle one and one of the
 * five best of the shortest one lie there too. The pieces that name the same lag (within a
 * tolerance) are congruent; how many there are is the measure. */
#define SEGMENT_SCALES 3
#define SEGMENT_LENGTH 24  /* samples of the profiles given here; 75 um of 3.125 */

/* A profile ready to be cut, and to be compared with. Owned by its maker; segment_key_free. */
struct segment_key {
	int m;                         /* samples */
	float *v;                      /* m */
	float *mean[SEGMENT_SCALES];   /* of the window that starts at a sample */
	float *scale[SEGMENT_SCALES];  /* 1 / root of its sum of squares about that mean; 0: flat or
	                                * mostly missing */
};

/* v: m samples, 0 where missing (on 0). STATUS_SYSTEM without memory. */
int segment_key_make(const float *v, const float *on, int m, struct segment_key *key, struct error *e);
void segment_key_free(struct segment_key *key);

/* Room for one comparison at a time of profiles of up to `most` samples. what says of the last one's piece k, which
 * begins at sample k * SEGMENT_LENGTH of the profile that was cut, what became of it. */
#define SEGMENT_PIECES_MOST 512
enum segment_piece { SEGMENT_NOT_CUT, SEGMENT_ELSEWHERE, SEGMENT_SUPPORTS };
struct segment_bench {
	unsigned char what[SEGMENT_PIECES_MOST];
	int pieces;
	int most, shifts;
	float *b;           /* the other profile between zeros */
	float *mean[SEGMENT_SCALES], *scale[SEGMENT_SCALES];
	float *product;     /* half pieces by shifts */
	float *fit;         /* shifts */
};

int segment_bench_make(struct segment_bench *bench, int most, struct error *e);
void segment_bench_free(struct segment_bench *bench);

struct segments {
	int congruent;  /* pieces that agree */
	int pieces;     /* pieces that were cut and could be placed */
	double lag;     /* on which they agree: b lies so many samples to the right on a */
	int supporting; /* pieces that agree with the lag that was asked about */
};

/* Cuts a and places its pieces on b at lags from least to most.
 * asked: a lag of which it is counted how many pieces support it. */
void segment_compare(struct segment_bench *bench, const struct segment_key *a, const struct segment_key *b,
		     enum reading reading, int least_lag, int most_lag, double tolerance, double asked,
		     struct segments *out);

#endif
