/* land_key.h - land signatures made ready for comparing */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MATCH_LAND_KEY_H
#define MATCH_LAND_KEY_H

#include <complex.h>
#include <stdbool.h>

#include "base/error.h"
#include "match/ridge.h"
#include "match/segment.h"
#include "math/fft.h"
#include "prep/land.h"

/* Everything that the method depends on. */
struct land_match_options {
	double overlap;        /* least overlap, of the shorter signature: .5 to 1 */
	bool one_way;          /* do not try b turned round */
	double emphasis;       /* of fine striae over coarse: 0 to 2 */
	double stria_um;       /* peaks and valleys this near each other match: 2 to 50 */
	double segment_um;     /* segments that name lags this near each other agree: 10 to 100 */
};
#define LAND_MATCH_DEFAULT { .7, false, 1, 12, 39 }

/* What all comparisons of a set share; never written after it is made, so threads may use it at
 * the same time. */
struct land_matcher {
	struct land_match_options o;
	double step_um;
	int longest;         /* samples of a signature */
	int n;               /* samples of a transform */
	int bins;            /* n / 2 + 1, rounded up to an even number */
	struct fft *fft;
	float *lift;         /* bins */
};

/* For signatures of up to `longest` samples of step_um. NULL: e says why. */
struct land_matcher *land_matcher_new(const struct land_match_options *o, int longest, double step_um,
				      struct error *e);
void land_matcher_free(struct land_matcher *m);

/* A signature made ready for comparing; belongs to one matcher. */
struct land_key {
	int n, ends;
	bool lit;            /* of a photograph: slopes as a lamp from one side shows them */
	float *z;            /* n: about their mean; 0 where missing */
	float *on;           /* n: 1 where present */
	int present;
	float complex *wave;    /* bins: transform of weight * pressed profile */
	float complex *weight;  /* bins: of the weight */
	struct ridges ridges;
	struct segment_key segments;
};

/* What is needed of land (kind, n, step_um, z, sure, ends) is copied. STATUS_INPUT where there is
 * nothing to compare. Freed by land_key_free. Keys of photographs and of topographies do not
 * compare; photographs only where the lamp stood on the same side. */
int land_key_make(const struct land_matcher *m, const struct land *land, struct land_key **key,
		  struct error *e);
void land_key_free(struct land_key *key);

#endif
