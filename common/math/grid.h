/* grid.h - a square-celled grid of values, some of which are missing */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MATH_GRID_H
#define MATH_GRID_H

#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

/* Rows run downwards, columns to the right. A point that is missing has on = 0 and v = 0, so
 * that sums over v need no test. Owned by whoever made it; grid_free. */
struct grid {
	int width, height;
	double step_um;    /* between neighbours, both ways */
	float *v;          /* width * height */
	uint8_t *on;       /* width * height: 1 present, 0 missing */
};

/* All missing. At most 16384 points a side. */
int grid_new(struct grid *g, int width, int height, double step_um, struct error *e);
void grid_free(struct grid *g);

size_t grid_count(const struct grid *g);  /* points present */

/* Mean of g where present, and standard deviation about it; 0 and 0 for an empty grid. */
void grid_moments(const struct grid *g, double *mean, double *deviation);

/* Root of the mean square where present, about 0; 0 for an empty grid. */
double grid_root_mean_square(const struct grid *g);

/* to (same size, made by the caller, not from) = from convolved with a Gaussian of standard
 * deviation sigma_px (at most 42), missing points excluded from every sum (normalised
 * convolution, ISO 16610-21 with missing points); present where from is present.
 * STATUS_SYSTEM when there is no memory. */
int grid_smooth(const struct grid *from, double sigma_px, struct grid *to, struct error *e);

/* Bilinear value at x, y in points of g; 0 when one of the four neighbours is missing. */
int grid_at(const struct grid *g, double x, double y, float *v);

/* from - smooth, point by point, into from. */
void grid_subtract(struct grid *from, const struct grid *smooth);

#endif
