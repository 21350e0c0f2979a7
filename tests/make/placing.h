/* placing.h - a shift and a rotation in the plane of the picture */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MAKE_PLACING_H
#define MAKE_PLACING_H

/* x runs to the right and y downwards, as in a picture; a positive angle turns what is shown
 * counter-clockwise as a person sees it. */
struct placing {
	double x, y;      /* where the origin goes */
	double c, s;      /* cosine and sine of the angle */
};

/* Sine and cosine are worked out here, by sums and products only, so that they are the same
 * with every libm. */
void placing_set(struct placing *p, double x, double y, double angle_deg);

/* From the thing's own frame to the picture, and back. */
static inline void placing_apply(const struct placing *p, double x, double y, double *to_x, double *to_y)
{
	*to_x = p->x + p->c * x + p->s * y;
	*to_y = p->y - p->s * x + p->c * y;
}

static inline void placing_undo(const struct placing *p, double x, double y, double *to_x, double *to_y)
{
	x -= p->x;
	y -= p->y;
	*to_x = p->c * x - p->s * y;
	*to_y = p->s * x + p->c * y;
}

#endif
