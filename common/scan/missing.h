/* missing.h - heights that stand for missing points */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SCAN_MISSING_H
#define SCAN_MISSING_H

#include "scan/surface.h"

/* Programs that have no way to say that a point is missing write a height that says it: 0, or one far below
 * or above all others. Makes NaN of
 * - 0, where it is at least MISSING_ZERO_LEAST of the points while heights near to it are rare: a surface
 *   that passes through 0 passes through its neighbours as often;
 * - the lowest or highest height, where at least MISSING_END_LEAST of the points have exactly this one and the
 *   next is farther from it than half of what all others span;
 * - any height that MISSING_FILL_LEAST of the points have while hardly any have the next higher or lower one;
 * in each case at least MISSING_COUNT_LEAST of them, for of a few points nobody can tell. What was found is
 * noted. Heights may be in any unit; s->valid and s->masked are the caller's to set. */
#define MISSING_ZERO_LEAST 0.05
#define MISSING_END_LEAST 0.001
#define MISSING_FILL_LEAST 0.01
#define MISSING_COUNT_LEAST 100
void missing_find(struct surface *s);

/* The same for a height that is known to stand for missing points, however near others are: makes NaN of it where
 * at least as many points have it. */
void missing_height(struct surface *s, float height);

#endif
