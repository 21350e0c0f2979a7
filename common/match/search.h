/* search.h - where a probe may lie on a candidate, by codes and by rough plates, all rotations */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MATCH_SEARCH_H
#define MATCH_SEARCH_H

#include "match/near.h"
#include "match/plate.h"
#include "match/rings.h"
#include "match/turn_codes.h"
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
	int turns, scales;
	struct near *near;
	struct turn_codes *codes;
	struct near *fine;        /* of the fine code; NULL: not prepared */
	/* for the sweep: the rough plate at every angle (and scale) */
	struct plate *turned;
	struct pose *turned_pose;
	int plates;
};

struct search_hit {
	struct pose pose;
	double value;         /* worth of the correlation */
};

/* Scales on each side of 1. */
int search_scales(const struct search_params *p);

/* out starts as all zero; either or both may be prepared. */
int search_prepare_codes(const struct signature *probe, enum layer layer,
			 const struct search_params *params, struct search_probe *out, struct error *e);
/* Its fine codes, too; search_prepare_codes comes first. */
int search_prepare_fine(const struct signature *probe, struct search_probe *out, struct error *e);
int search_prepare_sweep(const struct plate *rough, const struct search_params *params,
			 struct search_probe *out, struct error *e);
void search_free(struct search_probe *p);

/* What the steps of a search by code hand on of a candidate. */
#define SEARCH_PLACES 3
struct search_found {
	uint16_t rings;                /* how well its rings do (rings_find) */
	union {
		uint8_t turn[RINGS_PEAKS];   /* for search_codes: where to look */
		struct near_place place[SEARCH_PLACES];   /* from there on: the best, several times where there are fewer */
	};
};

/* How well the code of the probe can be laid at best on each of n others, at most SEARCH_BATCH: cheap, to choose
 * candidates by. (agreeing - differing bits) / sqrt(common bits); 0: nothing in common. Does not depend on the
 * kernel, nor on what else is in the batch.
 * found: NULL, and every turn is looked at, and the best poses closely. Else of each only the turns that it says, and
 * those next to the best of these; it becomes the places found, and the value has what the rings say added to it. */
#define SEARCH_BATCH 64
void search_codes(const struct search_probe *probe, enum kernel kernel, const struct code *const *code,
		  struct search_found *const *found, int n, const struct search_params *params, double *value);

/* The next step: the best near those places, which are moved there; again with the rings added. */
double search_closer(const struct search_probe *probe, enum kernel kernel, const struct code *code,
		     const struct search_params *params, struct search_found *found);

/* And the last: the fine code near those places (after search_prepare_fine). NULL, it has none: the best that its code
 * has there, of which `closer` is the value. */
double search_fine(const struct search_probe *probe, enum kernel kernel, const struct fine_code *code, double closer,
		   const struct search_found *found);

/* The best poses of the probe on a candidate, best first, by correlation of the rough plates at all
 * angles, scales and shifts (at most four points of the rough plates); returns how many. */
int search_sweep(const struct search_probe *probe, const struct plate *rough, const struct plate *candidate,
		 const struct search_params *params, struct search_hit *hit);

#endif
