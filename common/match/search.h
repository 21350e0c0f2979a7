/* search.h - the first step: where a probe's code may lie on a candidate's, all rotations */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MATCH_SEARCH_H
#define MATCH_SEARCH_H

#include "match/plate.h"
#include "sign/code.h"
#include "sign/signature.h"

/* Centres found on two specimens differ by some tens of micrometres, so the probe's code is made
 * for every shift on a square grid within a circle; and for several scales where the spacing of a
 * photograph was only estimated. */
struct search_params {
	double shift_um;      /* largest shift */
	double shift_step_um;
	double scale_span;    /* scales 1 - span ... 1 + span */
	double scale_step;
	double least_common;  /* share of the smaller code that must be common */
	int hypotheses;       /* how many poses are handed on, at most SEARCH_MOST */
	int apart;            /* angles that two of them differ by at least */
	int sweep;            /* by correlation (slower, finds fainter likeness) instead of by code */
};
#define SEARCH_MOST 16

/* The codes of a probe in every shift and scale. Owned by the caller; search_free. */
struct search_probe {
	struct code *code;
	struct pose *pose;    /* where each code puts the probe; turn 0 */
	int *count;           /* bits present in each */
	int codes;
};

struct search_hit {
	struct pose pose;
	double value;         /* by code: (agreeing - differing bits) / sqrt(common bits);
	                       * by correlation: its worth */
};

int search_prepare(const struct signature *probe, enum layer layer, const struct search_params *params,
		   struct search_probe *out, struct error *e);
void search_free(struct search_probe *p);

/* The best poses of the probe on a candidate, best first; returns how many (0: nothing in common). */
int search_code(const struct search_probe *probe, const struct code *candidate,
		const struct search_params *params, struct search_hit *hit);

/* The same by correlation of the rough plates over all turns, scales and shifts. room is a plate of the
 * candidate's size that is written over. */
int search_sweep(const struct plate *probe, const struct plate *candidate, const struct search_params *params,
		 struct plate *room, struct search_hit *hit);

#endif
