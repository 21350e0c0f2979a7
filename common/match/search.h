/* search.h - the first step: where a probe's code may lie on a candidate's, all rotations */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MATCH_SEARCH_H
#define MATCH_SEARCH_H

#include "match/plate.h"
#include "sign/code.h"
#include "sign/signature.h"

/* How a probe is sought on a candidate. Centres found on two specimens differ by some tens of
 * micrometres, so the probe's code is made for every shift on a square grid within a circle; and for
 * several scales where the spacing of a photograph was only estimated. */
struct search_params {
	double shift_um;      /* largest shift */
	double shift_step_um;
	double scale_span;    /* scales 1 - span ... 1 + span */
	double scale_step;
	double least_common;  /* share of the smaller code that must be common */
	int hypotheses;       /* how many poses are handed on, at most SEARCH_MOST */
	int apart;            /* angles that two of them differ by at least */
};
#define SEARCH_MOST 16

/* A probe made ready for searching. Owned by the caller; search_free. */
struct search_probe {
	/* for the search by code: the code in every shift and scale */
	struct code *code;
	struct pose *pose;    /* where each code puts the probe; turn 0 */
	int *count;           /* bits present in each */
	int codes;
	/* for the sweep: the rough plate at every angle (and scale) */
	struct plate *turned;
	struct pose *turned_pose;
	int plates;
};

struct search_hit {
	struct pose pose;
	double value;         /* code: (agreeing - differing bits) / sqrt(common bits); sweep: worth
	                       * of the correlation */
};

/* out starts as all zero; either or both may be prepared. */
int search_prepare_codes(const struct signature *probe, enum layer layer,
			 const struct search_params *params, struct search_probe *out, struct error *e);
int search_prepare_sweep(const struct plate *rough, const struct search_params *params,
			 struct search_probe *out, struct error *e);
void search_free(struct search_probe *p);

/* How well the code of the probe can be laid on that of a candidate at best: cheap, to choose
 * candidates by. 0: nothing in common. */
double search_code(const struct search_probe *probe, const struct code *candidate,
		   const struct search_params *params);

/* The best poses of the probe on a candidate, best first, by correlation of the rough plates at all
 * angles, scales and shifts; returns how many. */
int search_sweep(const struct search_probe *probe, const struct plate *rough, const struct plate *candidate,
		 const struct search_params *params, struct search_hit *hit);

#endif
