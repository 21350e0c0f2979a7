/* search.h - the first step: where a probe's code may lie on a candidate's, all rotations */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MATCH_SEARCH_H
#define MATCH_SEARCH_H

#include "match/plate.h"
#include "match/scan.h"
#include "sign/signature.h"

#define SEARCH_TURNS 128   /* angles tried, 2.8 degrees apart */

/* How a probe is sought on a candidate: turned, moved, and at several scales where the spacing of a photograph was
 * only estimated. */
struct search_params {
	double shift_um;      /* largest shift of the sweep */
	double scale_span;    /* scales 1 - span ... 1 + span */
	double scale_step;
	double least_common;  /* share of the smaller code that must be common */
	int hypotheses;       /* how many poses are handed on, at most SEARCH_MOST */
	int apart;            /* angles that two of them differ by at least, unless their shifts do */
	int parts;            /* the sweep asks for the worth of the best part (plate_part_worth), not of the whole */
};
#define SEARCH_MOST 48

/* A probe made ready for searching. Owned by the caller; search_free. */
struct search_probe {
	/* for the search by code */
	struct scan_turn *turn;   /* one for each turn and scale */
	int turns, scales;
	uint64_t *memory, *words; /* what those point to; words: from the next line of the cache on */
	struct code *fine;        /* at twice the turns and every shift; NULL where scales are tried */
	int count;                /* bits that the probe has */
	/* for the sweep: the rough plate at every angle (and scale) */
	struct plate *turned;
	struct pose *turned_pose;
	int plates;
};

struct search_hit {
	struct pose pose;
	double value;         /* worth of the correlation */
};

/* out starts as all zero; either or both may be prepared. */
int search_prepare_codes(const struct signature *probe, enum layer layer,
			 const struct search_params *params, struct search_probe *out, struct error *e);
int search_prepare_sweep(const struct plate *rough, const struct search_params *params,
			 struct search_probe *out, struct error *e);
void search_free(struct search_probe *p);

/* How well the code of the probe can be laid at best on each of n others, at most SEARCH_BATCH: cheap, to choose
 * candidates by. (agreeing - differing bits) / sqrt(common bits); 0: nothing in common. Does not depend on the
 * kernel, nor on what else is in the batch. */
#define SEARCH_BATCH 32
void search_codes(const struct search_probe *probe, enum kernel kernel, const struct code *const *code, int n,
		  const struct search_params *params, double *value);

/* The best poses of the probe on a candidate, best first, by correlation of the rough plates at all
 * angles, scales and shifts (at most four points of the rough plates); returns how many. */
int search_sweep(const struct search_probe *probe, const struct plate *rough, const struct plate *candidate,
		 const struct search_params *params, struct search_hit *hit);

#endif
