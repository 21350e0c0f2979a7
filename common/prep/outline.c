/* outline.c - the closed edge of a region, and the points within it */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "prep/outline.h"

#include <math.h>
#include <string.h>

double outline_area(const struct outline *o, double *x, double *y)
{
	double area = 0, mx = 0, my = 0;

	for (int i = 0; i < OUTLINE_POINTS; i++) {
		int k = (i + 1) % OUTLINE_POINTS;
		double cross = (o->x[i] - o->x[0]) * (o->y[k] - o->y[0]) -
			       (o->x[k] - o->x[0]) * (o->y[i] - o->y[0]);

		area += cross / 2;
		mx += cross * (o->x[i] + o->x[k] - 2 * o->x[0]) / 6;
		my += cross * (o->y[i] + o->y[k] - 2 * o->y[0]) / 6;
	}
	*x = o->x[0] + (area != 0 ? mx / area : 0);
	*y = o->y[0] + (area != 0 ? my / area : 0);
	return fabs(area);
}

/* Where the line y crosses the outline, from left to right; returns how often. */
static int crossings(const struct outline *o, double y, double *at)
{
	int count = 0;

	for (int i = 0; i < OUTLINE_POINTS; i++) {
		int k = (i + 1) % OUTLINE_POINTS, n;
		double x;

		if ((o->y[i] <= y) == (o->y[k] <= y))
			continue;
		x = o->x[i] + (y - o->y[i]) / (o->y[k] - o->y[i]) * (o->x[k] - o->x[i]);
		for (n = count++; n > 0 && at[n - 1] > x; n--)
			at[n] = at[n - 1];
		at[n] = x;
	}
	return count;
}

size_t outline_fill(const struct outline *o, uint8_t *label, int width, int height, uint8_t value)
{
	double top = o->y[0], bottom = o->y[0], at[OUTLINE_POINTS];
	size_t filled = 0;

	for (int i = 1; i < OUTLINE_POINTS; i++) {
		top = fmin(top, o->y[i]);
		bottom = fmax(bottom, o->y[i]);
	}
	for (int y = (int)fmax(0, ceil(top)); y < height && y <= bottom; y++) {
		int count = crossings(o, y, at);

		for (int i = 0; i + 1 < count; i += 2) {
			int from = (int)fmax(0, ceil(at[i])),
			    to = (int)fmin(width - 1, floor(at[i + 1]));

			if (to < from)
				continue;
			memset(label + (size_t)y * (size_t)width + (size_t)from, value,
			       (size_t)(to - from + 1));
			filled += (size_t)(to - from + 1);
		}
	}
	return filled;
}

void outline_circle(struct outline *o, double x, double y, double r_x, double r_y)
{
	for (int i = 0; i < OUTLINE_POINTS; i++) {
		o->x[i] = x + r_x * cos(2 * M_PI * i / OUTLINE_POINTS);
		o->y[i] = y + r_y * sin(2 * M_PI * i / OUTLINE_POINTS);
	}
}
