/* cells.h - congruent matching cells */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MATCH_CELLS_H
#define MATCH_CELLS_H

#include "match/plate.h"

/* The candidate is cut in square cells; each is looked for in the probe, which was laid over it in
 * a first pose, at small turns and shifts; cells that are alike where one rigid move puts them are
 * congruent (Song 2013; that cells converge on one place: Chen 2017, Zhang 2021). */
struct cells_params {
	int side_px;           /* of a cell, at most 16 */
	int search_px;         /* shift looked at, each way, at most PLATE_PAD - 16 */
	int turns;             /* turns looked at: 2 turns + 1 */
	double turn_step_deg;
	double fill;           /* share of a cell that must be there, in both */
	double alike;          /* least correlation of a congruent cell */
	double near_px;        /* farthest that a congruent cell may be from its place */
	double near_deg;
};
#define CELLS_MOST 1024
#define CELLS_TURNS 7

struct cell {
	double x_um, y_um;     /* middle on the candidate, from the mark's middle */
	double px_um, py_um;   /* where the probe's matching middle lies in the first pose */
	double turn_deg;       /* turn against the first pose */
	double alike;          /* correlation there */
	int congruent;
};

struct cells {
	struct cell cell[CELLS_MOST];
	int compared, congruent;
	struct pose first;     /* the first pose; whoever lays the probe out says it */
	double sum;            /* of the correlations of the congruent ones */
	struct pose pose;      /* the rigid move that most cells agree on, after the first pose:
	                        * probe-in-first-pose -> candidate */
};

/* probe laid out in 2 turns + 1 plates, first pose turned by -turns ... +turns steps; all cut to
 * the candidate's box with a margin of at least side_px + search_px. */
void cells_compare(const struct plate *candidate, const struct plate *turned, const struct cells_params *params,
		   struct cells *out);

#endif
