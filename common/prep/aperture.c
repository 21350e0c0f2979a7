/* aperture.c - the edge of the firing-pin hole in a breech-face ring */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "prep/aperture.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

#define SMOOTH_UM 15.0     /* before slopes are taken */
#define THIN 2             /* every so manyth point each way is enough */
#define BIN_UM 10.0
#define BINS 400
#define CENTRES 4          /* tried on each side of the impression's middle ... */
#define CENTRE_STEP_UM 35.0
#define NEAREST_UM 30.0    /* the edge is at least so far outside the impression ... */
#define FARTHEST_UM 750.0  /* ... and at most so far, */
#define HOLE_UM 250.0      /* or so far from a hole that was found before */
#define LEAST_ROUND 0.35   /* share of its circumference that must be seen */
#define MARGIN_UM 45.0     /* beyond the edge, where it still disturbs */
#define BEYOND_UM 100.0    /* a circle so far outside another is another edge */
#define BEYOND_SHARE 0.2   /* if it is so strong against it */

/* A slope at a point of the ring, thinned out. */
struct slope {
	float x_um, y_um, dx, dy;
};

static size_t take_slopes(const struct grid *g, struct slope *out)
{
	int w = g->width;
	size_t n = 0;

	for (int y = 1; y + 1 < g->height; y += THIN)
		for (int x = 1; x + 1 < w; x += THIN) {
			size_t i = (size_t)y * (size_t)w + (size_t)x;

			if (!(g->on[i] & g->on[i - 1] & g->on[i + 1] & g->on[i - (size_t)w] & g->on[i + (size_t)w]))
				continue;
			out[n++] = (struct slope){ (float)((x - (w - 1) / 2.0) * g->step_um),
						   (float)((y - (g->height - 1) / 2.0) * g->step_um),
						   g->v[i + 1] - g->v[i - 1],
						   g->v[i + (size_t)w] - g->v[i - (size_t)w] };
		}
	return n;
}

/* For each distance from a centre: mean square of the slope across the circle less that along it. */
static void excess_about(const struct slope *s, size_t n, double x, double y, double *excess, double *count)
{
	memset(excess, 0, BINS * sizeof *excess);
	memset(count, 0, BINS * sizeof *count);
	for (size_t i = 0; i < n; i++) {
		double rx = s[i].x_um - x, ry = s[i].y_um - y, rr = rx * rx + ry * ry;
		int bin = (int)(sqrt(rr) / BIN_UM);
		double across, total;

		if (bin >= BINS || rr < 1)
			continue;
		across = rx * s[i].dx + ry * s[i].dy;
		across = across * across / rr;
		total = (double)s[i].dx * s[i].dx + (double)s[i].dy * s[i].dy;
		excess[bin] += 2 * across - total;
		count[bin]++;
	}
	for (int b = 0; b < BINS; b++)
		excess[b] = count[b] > 0 ? excess[b] / count[b] : 0;
}

static int compare_doubles(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

/* The texture's own variation: the median of the squares of slopes. */
static double usual(const struct slope *s, size_t n, double *scratch)
{
	for (size_t i = 0; i < n; i++)
		scratch[i] = (double)s[i].dx * s[i].dx + (double)s[i].dy * s[i].dy;
	qsort(scratch, n, sizeof *scratch, compare_doubles);
	return n ? scratch[n / 2] : 0;
}

/* The best circle about one centre, against the median of the other circles about it: where everything
 * runs round (turning marks) no circle stands out. */
static void best_about(const double *excess, const double *count, double bin_points, double from, double to,
		       double unit, struct aperture *best, double x, double y)
{
	double sorted[BINS], middle;
	int n = 0;

	for (int b = 0; b < BINS; b++)
		if (count[b] >= LEAST_ROUND * bin_points * (b + 0.5))
			sorted[n++] = excess[b];
	if (n < 8)
		return;
	qsort(sorted, (size_t)n, sizeof *sorted, compare_doubles);
	middle = sorted[n / 2] > 0 ? sorted[n / 2] : 0;
	for (int b = (int)(from / BIN_UM); b < BINS && b * BIN_UM < to; b++) {
		double strength = (excess[b] - middle) / (unit + middle);

		if (count[b] < LEAST_ROUND * bin_points * (b + 0.5) || strength <= best->strength)
			continue;
		*best = (struct aperture){ 1, x, y, (b + 0.5) * BIN_UM, strength };
	}
}

/* The radius within which `most` of the ring's points lie. */
static double give_up_at(const struct slope *s, size_t n, double x, double y, double most, double *scratch)
{
	for (size_t i = 0; i < n; i++)
		scratch[i] = hypot(s[i].x_um - x, s[i].y_um - y);
	qsort(scratch, n, sizeof *scratch, compare_doubles);
	return n ? scratch[(size_t)(most * (double)(n - 1))] : 0;
}

/* The outermost circle near the best one that is still half as strong: the edge is a groove or a step
 * with two sides. */
static void take_outer_side(const double *excess, double unit, struct aperture *a)
{
	int b = (int)(a->radius_um / BIN_UM);

	for (int k = 1; k <= 8 && b + k < BINS; k++)
		if (excess[b + k] / unit > a->strength / 2)
			a->radius_um = (b + k + 0.5) * BIN_UM;
}

/* What circles are sought among. */
struct circles {
	const struct slope *slope;
	size_t count;
	double unit, bin_points, to;
	double *scratch;   /* 2 BINS */
};

/* The strongest circle, of those stronger than out, that lies outside another all round; one that only touched
 * it would share its strength. */
static void seek_circle(const struct circles *c, double pin_x_um, double pin_y_um, const struct aperture *inside,
			struct aperture *out)
{
	double *excess = c->scratch, *count = c->scratch + BINS;

	for (int j = -CENTRES; c->unit > 0 && j <= CENTRES; j++)
		for (int i = -CENTRES; i <= CENTRES; i++) {
			double x = pin_x_um + i * CENTRE_STEP_UM, y = pin_y_um + j * CENTRE_STEP_UM;
			double from = inside->radius_um;

			if (inside->found)
				from += BEYOND_UM + hypot(x - inside->x_um, y - inside->y_um);
			excess_about(c->slope, c->count, x, y, excess, count);
			best_about(excess, count, c->bin_points, from, c->to, c->unit, out, x, y);
		}
}

int aperture_find(const struct grid *g, double pin_x_um, double pin_y_um, double pin_um, double hole_um,
		  double most, double least, double beyond, struct aperture *out, struct error *e)
{
	size_t n = (size_t)g->width * (size_t)g->height;
	struct slope *slope = mem_new(n, sizeof *slope, e);
	double *scratch = mem_new(n + 2 * BINS, sizeof *scratch, e);
	struct circles c = { .slope = slope };
	struct grid smooth = { 0 };
	int status = STATUS_SYSTEM;

	memset(out, 0, sizeof *out);
	out->strength = least;
	if (!slope || !scratch || grid_new(&smooth, g->width, g->height, g->step_um, e) ||
	    grid_smooth(g, SMOOTH_UM / g->step_um, &smooth, e))
		goto out;
	c.scratch = scratch + n;
	c.count = take_slopes(&smooth, slope);
	c.unit = usual(slope, c.count, scratch);
	c.to = give_up_at(slope, c.count, pin_x_um, pin_y_um, most, scratch);
	if (pin_um > 0 && c.to > pin_um + FARTHEST_UM)
		c.to = pin_um + FARTHEST_UM;
	if (hole_um > 0 && c.to > hole_um + HOLE_UM)
		c.to = hole_um + HOLE_UM;
	c.bin_points = 2 * M_PI * BIN_UM * BIN_UM / (g->step_um * g->step_um * THIN * THIN);
	seek_circle(&c, pin_x_um, pin_y_um, &(struct aperture){ .radius_um = pin_um + NEAREST_UM }, out);
	for (struct aperture further = { .found = out->found && beyond > 0 }; further.found; ) {
		further = (struct aperture){ .strength = fmax(beyond, BEYOND_SHARE * out->strength) };
		seek_circle(&c, pin_x_um, pin_y_um, out, &further);
		if (further.found)
			*out = further;
	}
	if (out->found) {
		excess_about(slope, c.count, out->x_um, out->y_um, c.scratch, c.scratch + BINS);
		take_outer_side(c.scratch, c.unit, out);
	}
	status = STATUS_DONE;
out:
	grid_free(&smooth);
	free(scratch);
	free(slope);
	return status;
}

void aperture_cut(const struct aperture *a, struct grid *g)
{
	double limit = a->radius_um + MARGIN_UM;

	if (!a->found)
		return;
	for (int y = 0; y < g->height; y++)
		for (int x = 0; x < g->width; x++) {
			double dx = (x - (g->width - 1) / 2.0) * g->step_um - a->x_um;
			double dy = (y - (g->height - 1) / 2.0) * g->step_um - a->y_um;
			size_t i = (size_t)y * (size_t)g->width + (size_t)x;

			if (dx * dx + dy * dy < limit * limit) {
				g->on[i] = 0;
				g->v[i] = 0;
			}
		}
}
