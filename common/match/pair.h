/* pair.h - two compared marks laid over each other, as plain grids and cells to be drawn */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MATCH_PAIR_H
#define MATCH_PAIR_H

#include <stdbool.h>

#include "match/compare.h"
#include "math/grid.h"

enum pair_mark { PAIR_PROBE, PAIR_CANDIDATE, PAIR_MARKS };

/* A cell that was compared: its corners in points of the grids, on the probe where its like was found,
 * on the candidate where it lies. */
struct pair_cell {
	double corner[PAIR_MARKS][4][2];  /* x, y; clockwise to the eye */
	double alike;                     /* correlation */
	bool congruent;
};

/* A square of the probe's own frame: the middle of the point in the upper left, um from the middle of
 * the mark, rightwards and downwards. */
struct pair_frame {
	double left_um, top_um, step_um;
	int side;
};

/* Everything stands in the probe's own frame: the probe as its signature has it, the candidate turned
 * and moved by the pose that was found. Owned by the caller; pair_free. */
struct pair {
	enum view view;
	struct comparison comparison;
	double lr;                     /* NaN: there is no reference set for this kind of mark */
	bool posed;                    /* a pose was found; without one both lie as they are */
	struct pair_frame frame;       /* holds both marks */
	struct grid mark[PAIR_MARKS];  /* side x side; deviations of the layer that was compared */
	struct grid agree;             /* side / 2 a side: local correlation, -1 to 1, where both are */
	struct pair_cell *cell;
	int cells;
	bool upright;                  /* the cut of the split view: upright (x) or level (y) */
	double cut;                    /* in points of the grids */
	struct pair_frame near;        /* where most is to be seen along the cut: a quarter of the frame's
	                                * side, twice as large */
};

/* Compares two signatures of one mark and method (impression_check) as ibin-match does, and lays them
 * out on grids of `side` points (even, 16 to PAIR_SIDE_MOST) that hold both. STATUS_INPUT: the two
 * cannot be compared.
 *
 * The cut lies where most is to be seen on both, whether or not it agrees: the line along which the
 * root of the product of the two marks' slopes along the line, in size, sums to most, among those that leave each
 * mark at least PAIR_SHARE of the points. A choice by agreement would flatter every pair.
 * Agreement is the correlation under a Gaussian window whose standard deviation is PAIR_WINDOW points of the
 * signatures. */
#define PAIR_SIDE_MOST 2048
#define PAIR_WINDOW 4.5
#define PAIR_SHARE 0.2
int pair_make(const struct signature *probe, const struct signature *candidate, int side,
	      struct compare_room *room, struct pair *out, struct error *e);
void pair_free(struct pair *p);

/* The layer of a signature that was compared, as a grid whose middle is the middle of the mark. */
int pair_layer(const struct pair *p, const struct signature *s, struct grid *out, struct error *e);

/* A grid as the frame shows it in the common pose: one whose middle is the middle of a mark or, where
 * further is given, where that takes a point of the mark to a point of the grid. out is made. */
int pair_lay(const struct pair *p, enum pair_mark which, const struct grid *from, const struct pose *further,
	     const struct pair_frame *f, struct grid *out, struct error *e);

/* The pose the other way about. */
struct pose pose_inverse(const struct pose *p);

/* Local correlation of two grids of one size at every `every`th point, under a Gaussian window; out is
 * made by the caller: width / every by height / every, but at least 1 high. */
int pair_agree(const struct grid *a, const struct grid *b, int every, double sigma_um, struct grid *out,
	       struct error *e);

#endif
