/* ridge.h - peaks and valleys of a profile, and how many match one after the other */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MATCH_RIDGE_H
#define MATCH_RIDGE_H

#include "base/error.h"

/* How a profile is read: as it is, backwards, or backwards with its heights turned over. */
enum reading { READ_STRAIGHT, READ_TURNED, READ_TURNED_OVER };

/* Peaks and valleys from left to right, in turn. Owned by whoever found them; ridges_free. */
struct ridges {
	int n;
	float *at;     /* n: samples; the parabola's top through three of them */
	signed char *sign;  /* n: 1 peak, -1 valley */
};

/* v: n samples, on: 1 where present. A peak is one that stands above the valleys beside it by at
 * least a third of the profile's root mean square, so that roughness makes none. */
int ridges_find(const float *v, const float *on, int n, struct ridges *out, struct error *e);
void ridges_free(struct ridges *r);

/* Consecutive matching striae: the longest run of peaks and valleys of a and b, in order, each of
 * which lies within `reach` samples of one of its kind in the other, where b lies lag samples to
 * the right on a (nb: samples of b's profile). One that has no partner, on
 * either side, ends a run; those beyond the other profile's end do not count. */
int ridges_consecutive(const struct ridges *a, const struct ridges *b, double lag, enum reading reading,
		       int nb, double reach);

#endif
