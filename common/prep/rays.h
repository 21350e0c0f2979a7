/* rays.h - a view as seen from a point: rays, means along them, closed contours across them */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef PREP_RAYS_H
#define PREP_RAYS_H

#include "prep/view.h"

/* Values along rays from (x, y), one pixel apart, the first at distance 0. Angles run from +x
 * towards +y. Owned by whoever made it; rays_free. */
struct rays {
	double x, y;
	int angles, reach;
	double *dx, *dy;  /* angles: direction of each ray */
	int *end;         /* angles: how many values of the ray lie within the frame */
	float *v;         /* angles * reach */
	float *sum;       /* angles * (reach + 1): of the values before, so that means are cheap */
	void *memory;
};

/* The values of v along the rays. */
int rays_new(struct rays *r, const struct view *v, double x, double y, int angles, int reach,
	     struct error *e);
void rays_free(struct rays *r);

/* Mean of ray a from distance `from` to `to`; false when not all of it is within the frame. */
int rays_mean(const struct rays *r, int a, double from, double to, double *mean);

/* The closed line, one distance a ray, that collects most gain[a * reach + d] between distances
 * low and high (exclusive); a step of k pixels between neighbours costs bend * k, and none is
 * longer than jump. Dynamic programming over two turns. */
int rays_contour(const float *gain, int angles, int reach, int low, int high, int jump, double bend,
		 int *distance, struct error *e);

#endif
