/* outline.h - the closed edge of a region, and the points within it */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef PREP_OUTLINE_H
#define PREP_OUTLINE_H

#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

#define OUTLINE_POINTS 240

/* A polygon that is starlike about some point: one corner for each of OUTLINE_POINTS directions. */
struct outline {
	double x[OUTLINE_POINTS], y[OUTLINE_POINTS];
};

/* Area (positive) and centroid. */
double outline_area(const struct outline *o, double *x, double *y);

/* Sets the pixels of a picture whose centres lie within the outline; returns how many. */
size_t outline_fill(const struct outline *o, uint8_t *label, int width, int height, uint8_t value);

void outline_circle(struct outline *o, double x, double y, double r_x, double r_y);

#endif
