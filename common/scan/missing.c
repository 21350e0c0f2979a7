/* missing.c - heights that stand for missing points */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scan/missing.h"

#include <math.h>

#define NEAR_ZERO 0.001    /* of what the heights span, on either side of 0: */
#define NEAR_MOST 0.2      /* more than this of the count of zeros, and they are heights like others */
#define END_APART 0.5      /* of what all others span */

struct span {
	float low, high;         /* of all points, */
	float next_low, next_high;   /* and of those between */
	size_t points, at_low, at_high, at_zero;
};

static void count_ends(const struct surface *s, struct span *o)
{
	*o = (struct span){ INFINITY, -INFINITY, INFINITY, -INFINITY, 0, 0, 0, 0 };
	for (size_t i = 0; i < (size_t)s->width * (size_t)s->height; i++) {
		float z = s->z[i];

		if (isnan(z))
			continue;
		o->points++;
		o->at_zero += z == 0;
		if (z < o->low) {
			o->next_low = o->low;
			o->low = z;
			o->at_low = 0;
		} else if (z > o->low && z < o->next_low) {
			o->next_low = z;
		}
		if (z > o->high) {
			o->next_high = o->high;
			o->high = z;
			o->at_high = 0;
		} else if (z < o->high && z > o->next_high) {
			o->next_high = z;
		}
		o->at_low += z == o->low;
		o->at_high += z == o->high;
	}
}

static void remove_height(struct surface *s, float height, size_t count)
{
	for (size_t i = 0; i < (size_t)s->width * (size_t)s->height; i++)
		if (s->z[i] == height)
			s->z[i] = NAN;
	surface_note(s, "%zu points at %g taken as missing", count, (double)height);
}

static int is_end(size_t at, size_t points, double apart, double others)
{
	return at >= MISSING_COUNT_LEAST && (double)at >= MISSING_END_LEAST * (double)points && others > 0 &&
	       apart > END_APART * others;
}

/* How many heights lie near 0: within the reach, or, of heights in coarse steps, a step away. */
static size_t count_near(const struct surface *s, double reach)
{
	float above = INFINITY, below = -INFINITY;
	size_t near = 0, steps = 0;

	for (size_t i = 0; i < (size_t)s->width * (size_t)s->height; i++) {
		float z = s->z[i];

		if (z > 0 && z < above)
			above = z;
		if (z < 0 && z > below)
			below = z;
		near += z != 0 && fabs((double)z) <= reach;
	}
	for (size_t i = 0; i < (size_t)s->width * (size_t)s->height; i++)
		steps += s->z[i] == above || s->z[i] == below;
	return near > steps ? near : steps;
}

void missing_find(struct surface *s)
{
	struct span o;

	count_ends(s, &o);
	if (is_end(o.at_low, o.points, (double)o.next_low - (double)o.low, (double)o.high - (double)o.next_low)) {
		remove_height(s, o.low, o.at_low);
		count_ends(s, &o);
	}
	if (is_end(o.at_high, o.points, (double)o.high - (double)o.next_high, (double)o.next_high - (double)o.low)) {
		remove_height(s, o.high, o.at_high);
		count_ends(s, &o);
	}
	if (o.at_zero < MISSING_COUNT_LEAST || (double)o.at_zero < MISSING_ZERO_LEAST * (double)o.points ||
	    o.at_zero == o.points)
		return;
	if ((double)count_near(s, NEAR_ZERO * ((double)o.high - (double)o.low)) <= NEAR_MOST * (double)o.at_zero)
		remove_height(s, 0, o.at_zero);
}

void missing_height(struct surface *s, float height)
{
	size_t at = 0, points = 0;

	for (size_t i = 0; i < (size_t)s->width * (size_t)s->height; i++) {
		at += s->z[i] == height;
		points += !isnan(s->z[i]);
	}
	if (at >= MISSING_COUNT_LEAST && (double)at >= MISSING_END_LEAST * (double)points && at < points)
		remove_height(s, height, at);
}
