/* placing.c - a shift and a rotation in the plane of the picture */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "make/placing.h"

/* Taylor sums on -45..45 degrees, the error below 1e-13. */
static void sums(double x, double *c, double *s)
{
	double x2 = x * x;

	*s = x * (1 - x2 / 6 * (1 - x2 / 20 * (1 - x2 / 42 * (1 - x2 / 72 * (1 - x2 / 110 *
	     (1 - x2 / 156))))));
	*c = 1 - x2 / 2 * (1 - x2 / 12 * (1 - x2 / 30 * (1 - x2 / 56 * (1 - x2 / 90 *
	     (1 - x2 / 132 * (1 - x2 / 182))))));
}

void placing_set(struct placing *p, double x, double y, double angle_deg)
{
	double quarter = floor(angle_deg / 90 + 0.5), c, s;
	int turn = (int)(quarter - 4 * floor(quarter / 4));

	sums((angle_deg - 90 * quarter) * 0.017453292519943295, &c, &s);
	p->x = x;
	p->y = y;
	p->c = turn == 0 ? c : turn == 1 ? -s : turn == 2 ? -c : s;
	p->s = turn == 0 ? s : turn == 1 ? c : turn == 2 ? -s : -c;
}
