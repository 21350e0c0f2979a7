/* missing.c - heights that stand for missing points */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scan/missing.h"

#include <math.h>
#include <stdlib.h>

#define NEAR_ZERO 0.001    /* of what the heights span, on either side of 0: */
#define NEAR_MOST 0.2      /* more than this of the count of zeros, and they are heights like others */
#define END_APART 0.5      /* of what all others span */
#define FILL_MOST 0.6      /* of the points: more of one height, and it is the surface's */
#define FILL_BESIDE 0.05   /* of the count of a height: so many may have the next one above or below */
#define SAMPLES 8192

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

/* How many points have a height, and whether the next ones, above and below, are had by far fewer. */
static size_t count_alone(const struct surface *s, float height)
{
	float above = INFINITY, below = -INFINITY;
	size_t at = 0, at_above = 0, at_below = 0;

	for (size_t i = 0; i < (size_t)s->width * (size_t)s->height; i++) {
		float z = s->z[i];

		at += z == height;
		if (z > height && z < above) {
			above = z;
			at_above = 0;
		}
		if (z < height && z > below) {
			below = z;
			at_below = 0;
		}
		at_above += z == above;
		at_below += z == below;
	}
	return (double)(at_above > at_below ? at_above : at_below) <= FILL_BESIDE * (double)at ? at : 0;
}

static int by_height(const void *a, const void *b)
{
	float x = *(const float *)a, y = *(const float *)b;

	return (x > y) - (x < y);
}

/* The height that most points of an even sample have; how many of them, in all of the sample. */
static size_t most_common(const struct surface *s, float *height, size_t *sampled)
{
	size_t points = (size_t)s->width * (size_t)s->height, every = points / SAMPLES + 1, n = 0, best = 0, run = 0;
	float sample[SAMPLES];

	for (size_t i = every / 2; i < points; i += every)
		if (!isnan(s->z[i]))
			sample[n++] = s->z[i];
	qsort(sample, n, sizeof *sample, by_height);
	for (size_t i = 0; i < n; i++) {
		run = i && sample[i] == sample[i - 1] ? run + 1 : 1;
		if (run > best) {
			best = run;
			*height = sample[i];
		}
	}
	*sampled = n;
	return best;
}

/* What many points share though hardly any have the next height: no instrument measures so, but programs fill in
 * what was not measured with a constant. */
static void remove_fill(struct surface *s, size_t points)
{
	size_t sampled, common, at;
	float height = 0;

	common = most_common(s, &height, &sampled);
	if ((double)common < MISSING_FILL_LEAST / 2 * (double)sampled)
		return;
	at = count_alone(s, height);
	if (at >= MISSING_COUNT_LEAST && (double)at >= MISSING_FILL_LEAST * (double)points &&
	    (double)at <= FILL_MOST * (double)points)
		remove_height(s, height, at);
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
	if (o.at_zero >= MISSING_COUNT_LEAST && (double)o.at_zero >= MISSING_ZERO_LEAST * (double)o.points &&
	    o.at_zero < o.points &&
	    (double)count_near(s, NEAR_ZERO * ((double)o.high - (double)o.low)) <= NEAR_MOST * (double)o.at_zero)
		remove_height(s, 0, o.at_zero);
	else
		remove_fill(s, o.points);
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
