/* flatness.c - a topography as a light along its axis would show it */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "prep/flatness.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "math/robust.h"

#define BLUR 1.5  /* px, against noise */
#define HEAL 2.0  /* px, over lost points */
#define ROUNDS 8

/* Median of one value of every third point that is there. */
static double median(const struct view *v, const float *value, float *sample)
{
	size_t count = 0;

	for (size_t i = 0; i < view_points(v); i += 3)
		if (!v->on || v->on[i])
			sample[count++] = value[i];
	return robust_median(sample, (int)count);
}

/* The slope that most points have: from the medians on, the mean of what is within `near` of it. Slopes
 * of round things cancel in the medians. */
static void common_slope(const struct view *v, const struct slope *g, double near, float *sample,
			 double *x, double *y)
{
	*x = median(v, g->x, sample);
	*y = median(v, g->y, sample);
	for (int round = 0; round < ROUNDS; round++) {
		double sx = 0, sy = 0, count = 0;

		for (size_t i = 0; i < view_points(v); i += 3) {
			double dx = g->x[i] - *x, dy = g->y[i] - *y;

			if ((v->on && !v->on[i]) || dx * dx + dy * dy > near * near)
				continue;
			sx += g->x[i];
			sy += g->y[i];
			count++;
		}
		if (count == 0)
			break;
		*x = sx / count;
		*y = sy / count;
	}
}

int flatness(struct view *v, double pixel_um, struct error *e)
{
	double wide = FLATNESS_SLOPE * pixel_um, x, y;
	struct slope g = { NULL, NULL };
	float *sample = NULL;
	int status;

	status = view_heal(v, HEAL, e);
	if (status == STATUS_DONE)
		status = view_blur(v, BLUR, e);
	if (status == STATUS_DONE)
		status = view_slope(v, &g, e);
	if (status)
		return status;
	sample = mem_new(view_points(v), sizeof *sample, e);
	if (!sample) {
		slope_free(&g);
		return STATUS_SYSTEM;
	}
	if (wide <= 0) {
		for (size_t i = 0; i < view_points(v); i++)
			v->v[i] = hypotf(g.x[i], g.y[i]);
		wide = 2 * median(v, v->v, sample);
	}
	common_slope(v, &g, wide, sample, &x, &y);
	for (size_t i = 0; i < view_points(v); i++) {
		double dx = g.x[i] - x, dy = g.y[i] - y;

		v->v[i] = 0;
		if ((!v->on || v->on[i]) && wide > 0)
			v->v[i] = (float)(1 / (1 + (dx * dx + dy * dy) / (wide * wide)));
	}
	/* from here on a missing point is a dark one */
	free(v->on);
	v->on = NULL;
	slope_free(&g);
	free(sample);
	return STATUS_DONE;
}
