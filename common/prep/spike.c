/* spike.c - single points of a topography that stand out of all around them */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "prep/spike.h"

#include <math.h>
#include <stdlib.h>

#define SAMPLES 4096
#define SAMPLES_LEAST 64
#define NEIGHBOURS_LEAST 5
#define PASSES 3         /* the highest of two that stand together hides the other */

static int by_size(const void *a, const void *b)
{
	const float *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

/* The neighbours of a point that is not at the frame, in order. */
static int around(const struct surface *s, size_t at, float near[8])
{
	const float *z = s->z + at, *row[3] = { z - s->width, z, z + s->width };
	int n = 0;

	for (int k = 0; k < 3; k++)
		for (int x = -1; x <= 1; x++) {
			float v = row[k][x];
			int i = n;

			if ((k == 1 && x == 0) || isnan(v))
				continue;
			for (n++; i > 0 && near[i - 1] > v; i--)
				near[i] = near[i - 1];
			near[i] = v;
		}
	return n;
}

/* How far points usually lie off the median of their neighbours; 0 where there are too few. */
static float usual(const struct surface *s)
{
	size_t width = (size_t)s->width, points = width * (size_t)s->height, step = points / SAMPLES + 1;
	float off[SAMPLES], near[8];
	size_t n = 0;

	for (size_t i = width + 1; i + width + 1 < points && n < SAMPLES; i += step) {
		int count;

		if (isnan(s->z[i]) || i % width == 0 || i % width == width - 1 || (count = around(s, i, near)) < NEIGHBOURS_LEAST)
			continue;
		off[n++] = fabsf(s->z[i] - (near[(count - 1) / 2] + near[count / 2]) / 2);
	}
	if (n < SAMPLES_LEAST)
		return 0;
	qsort(off, n, sizeof *off, by_size);
	return off[n / 2];
}

static bool stands_out(const struct surface *s, size_t at, float least)
{
	float near[8], z = s->z[at], high, low, off;
	int n = around(s, at, near);

	if (n < NEIGHBOURS_LEAST)
		return false;
	high = near[n - 2];
	low = near[1];
	off = fmaxf(z - near[n - 1], near[0] - z);
	return off > least && off > high - low;
}

size_t spike_remove(struct surface *s)
{
	float least = SPIKE_NOISE * usual(s);
	size_t width = (size_t)s->width, removed = 0, before = 1;

	if (!(least > 0))
		return 0;
	for (int pass = 0; pass < PASSES && removed != before; pass++) {
		before = removed;
		for (size_t y = 1; y + 1 < (size_t)s->height; y++)
			for (size_t i = y * width + 1; i + 1 < (y + 1) * width; i++) {
				/* nearly all points are near the one before */
				if (!(fabsf(s->z[i] - s->z[i - 1]) > least) && !isnan(s->z[i - 1]))
					continue;
				if (isnan(s->z[i]) || !stands_out(s, i, least))
					continue;
				s->z[i] = NAN;
				removed++;
			}
	}
	s->valid -= removed;
	return removed;
}
