/* circle.h - find circles by the direction of slopes, and fit them */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef PREP_CIRCLE_H
#define PREP_CIRCLE_H

#include "prep/view.h"

/* In pixels of a view. */
struct circle {
	double x, y, r;
	int sign;      /* +1: brighter outside, -1: brighter inside, 0: either, from place to place */
	double cover;  /* share of the directions within the frame that show the edge, 0 to 1 */
	double seen;   /* share of the directions that lie within the frame, 0 to 1 */
};

/* Circles of the same sign that are the same but for noise are kept once. */
#define CIRCLES_MAX 256
struct circles {
	struct circle c[CIRCLES_MAX];
	int count;
};

/* Up to `most` points to which many slopes point or from which they point away, best first. The
 * steepest quarter of the slopes votes along its lines at all distances from r_min to r_max; within:
 * only those inside that circle (NULL: all). Returns how many, or -1 without memory. */
int circle_centres(const struct view *v, const struct slope *g, const struct circle *within,
		   double r_min, double r_max, int most, double *x, double *y, struct error *e);

/* Adds the circles about (x, y) whose radius is from r_min to r_max, each fitted with its own centre.
 * either: circles of sign 0, else of +1 and -1. strong is the slope from which an edge counts as
 * shown; circles that less than the share `least` of their directions shows are left out. */
void circle_about(const struct view *v, const struct slope *g, double x, double y, double r_min,
		  double r_max, int either, double strong, double least, struct circles *add);

/* Fits c on from its x, y, r and sign: iterated least squares on the strongest edge of its sign
 * within reach_px in each direction, weighted by Tukey's biweight; sets cover and seen. 0 when too
 * little of it is in the frame or shown. */
int circle_fit(const struct view *v, const struct slope *g, struct circle *c, double reach_px,
	       double strong);

/* Weighted least squares through n points (Kasa); 0 when they do not make a circle. */
int circle_through(const double *x, const double *y, const double *w, int n, struct circle *c);

#endif
