/* trace.c - the edges of breech-face ring and firing pin, followed point by point */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* In the polar picture about the circle's middle an edge is a line from left to right. Its gain at a
 * point is the mean tone on one side of it less that on the other; the closed line with the greatest
 * sum of gains is found by dynamic programming, a price on bending keeping it smooth.
 *
 * A firing-pin impression is dark out to its edge, wherever its drag leads, and what lies beyond a
 * stretch of bright flat (a fold of flow-back, a scratch) is no part of it: so a distance also gains
 * by every dark point before it and loses by every bright one. */
#include "prep/trace.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "prep/rays.h"

#define RING_BAND 0.04     /* width of the bands compared, in ring radii */
#define RING_BEND 0.12
#define PIN_INNER 0.55     /* the pin's edge lies between these shares of its circle */
#define PIN_OUTER 1.8
#define PIN_BAND 0.09      /* in pin radii */
#define PIN_BEND 0.03
#define PIN_JUMP 5         /* px from one direction to the next */
#define PIN_FILL 2.0       /* worth of a pin's radius of dark points, against that of the edge */
#define EITHER_INNER 0.75  /* the same for an edge of either sign */
#define EITHER_OUTER 1.5
#define EITHER_BEND 0.06
#define FILL_DARK 0.25     /* most that one dark, or bright, point counts */
#define FILL_BRIGHT 0.4
#define GAIN_MOST 0.5

struct line {
	int low, high, jump;
	double band, bend;
	int sign;       /* +1: brighter outside, -1: brighter inside, 0: either */
	double fill;    /* worth of one dark point within */
	double middle;  /* the tone between dark and bright */
};

static double step_of(const struct line *l, double in, double out)
{
	return l->sign ? l->sign * (out - in) : fabs(out - in);
}

/* Gains at all distances, 0 beyond the frame; limit (NULL: none) is where the line must stay inside. */
static void gains(const struct rays *rays, const struct line *l, const int *limit, float *gain)
{
	for (int a = 0; a < rays->angles; a++) {
		const float *tone = rays->v + (size_t)a * (size_t)rays->reach;
		double filled = 0;

		for (int d = l->low; d < l->high; d++) {
			float *g = gain + (size_t)a * (size_t)rays->reach + (size_t)d;
			double in, out, dark = d < rays->end[a] ? l->middle - tone[d] : 0;

			filled += l->fill * fmax(-FILL_BRIGHT, fmin(FILL_DARK, dark));
			if (limit && d >= limit[a])
				*g = -1;
			else if (rays_mean(rays, a, fmax(0, d - l->band), d - 1, &in) &&
				 rays_mean(rays, a, d + 1, d + l->band, &out))
				*g = (float)fmax(-GAIN_MOST, fmin(GAIN_MOST, step_of(l, in, out)));
			else
				*g = 0;
			*g += (float)filled;
		}
	}
}

/* The line, as distances along the rays, and as an outline. */
static int follow(const struct rays *rays, const struct line *l, const int *limit, struct outline *out,
		  double *step, struct error *e)
{
	float *gain = mem_new((size_t)rays->angles * (size_t)rays->reach, sizeof *gain, e);
	int distance[OUTLINE_POINTS], status = STATUS_SYSTEM;
	double sum = 0, in, beyond;
	int seen = 0;

	if (!gain)
		return STATUS_SYSTEM;
	gains(rays, l, limit, gain);
	status = rays_contour(gain, rays->angles, rays->reach, l->low, l->high, l->jump, l->bend,
			      distance, e);
	for (int a = 0; status == STATUS_DONE && a < rays->angles; a++) {
		out->x[a] = rays->x + rays->dx[a] * distance[a];
		out->y[a] = rays->y + rays->dy[a] * distance[a];
		if (rays_mean(rays, a, fmax(0, distance[a] - l->band), distance[a] - 1, &in) &&
		    rays_mean(rays, a, distance[a] + 1, distance[a] + l->band, &beyond)) {
			sum += step_of(l, in, beyond);
			seen++;
		}
	}
	*step = seen ? sum / seen : 0;
	free(gain);
	return status;
}

int trace_ring(const struct view *tone, const struct circle *ring, double slack, struct outline *out,
	       double *step, struct error *e)
{
	double band = fmax(2, RING_BAND * ring->r);
	struct line l = { .jump = 1, .band = band, .bend = RING_BEND, .sign = -1 };
	struct rays rays;
	int status;

	l.low = (int)fmax(2, floor(ring->r * (1 - slack)));
	l.high = (int)ceil(ring->r * (1 + slack)) + 1;
	if (rays_new(&rays, tone, ring->x, ring->y, OUTLINE_POINTS, l.high + (int)band + 2, e))
		return STATUS_SYSTEM;
	status = follow(&rays, &l, NULL, out, step, e);
	rays_free(&rays);
	return status;
}

/* How far each ray from (x, y) goes before it leaves the ring. */
static void limits(const struct outline *ring, const struct rays *rays, const struct circle *circle,
		   int *limit)
{
	double r[OUTLINE_POINTS];

	for (int i = 0; i < OUTLINE_POINTS; i++)
		r[i] = hypot(ring->x[i] - circle->x, ring->y[i] - circle->y);
	for (int a = 0; a < rays->angles; a++) {
		int d = 0;

		for (; d < rays->reach; d++) {
			double dx = rays->x + rays->dx[a] * d - circle->x;
			double dy = rays->y + rays->dy[a] * d - circle->y;
			double turn = atan2(dy, dx) / (2 * M_PI);
			int i = (int)((turn < 0 ? turn + 1 : turn) * OUTLINE_POINTS) % OUTLINE_POINTS;

			if (hypot(dx, dy) > r[i] - 1)
				break;
		}
		limit[a] = d;
	}
}

/* Half way between the tones on both sides of a circle about the rays' origin. */
static double middle_tone(const struct rays *rays, double radius, double band)
{
	double sum = 0, in, out;
	int count = 0;

	for (int a = 0; a < rays->angles; a++)
		if (rays_mean(rays, a, radius - 2 * band, radius - 1, &in) &&
		    rays_mean(rays, a, radius + 1, radius + 2 * band, &out)) {
			sum += (in + out) / 2;
			count++;
		}
	return count ? sum / count : 0.5;
}

int trace_pin(const struct view *tone, const struct rings *r, const struct outline *ring,
	      struct outline *out, double *step, struct error *e)
{
	double band = fmax(2, PIN_BAND * r->pin.r);
	struct line l = { .jump = PIN_JUMP, .band = band, .bend = PIN_BEND, .sign = 1 };
	int limit[OUTLINE_POINTS], status;
	struct rays rays;

	l.low = (int)fmax(2, PIN_INNER * r->pin.r);
	l.high = (int)ceil(PIN_OUTER * r->pin.r) + 1;
	l.fill = PIN_FILL / r->pin.r;
	if (r->pin.sign == 0) {
		l.low = (int)fmax(2, EITHER_INNER * r->pin.r);
		l.high = (int)ceil(EITHER_OUTER * r->pin.r) + 1;
		l.bend = EITHER_BEND;
		l.fill = l.sign = 0;
	}
	if (rays_new(&rays, tone, r->pin.x, r->pin.y, OUTLINE_POINTS, l.high + 2 * (int)band + 2, e))
		return STATUS_SYSTEM;
	limits(ring, &rays, &r->ring, limit);
	l.middle = middle_tone(&rays, r->pin.r, band);
	status = follow(&rays, &l, limit, out, step, e);
	rays_free(&rays);
	return status;
}
