/* level.c - sample a surface on a grid; take away its tilt and its circular form */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "prep/level.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

#define ROUNDS 6
#define SAMPLE_MAX 20000   /* heights that the median absolute deviation is taken from */

static int usable(const struct surface *s, const uint8_t *label, uint8_t wanted, size_t i)
{
	return (!label || label[i] == wanted) && !isnan(s->z[i]);
}

/* Finer surfaces: every point gives its value to the four grid points round it. The outermost grid
 * points would get theirs from one side only, and are left missing. */
static void share_out(const struct surface *s, const uint8_t *label, uint8_t wanted, double x0, double y0,
		      double per_x, double per_y, struct grid *g, float *weight)
{
	int size = g->width;

	for (int y = 0; y < s->height; y++) {
		double gy = (y - y0) * per_y + (size - 1) / 2.0;
		int iy = (int)floor(gy);
		float fy = (float)(gy - iy);

		if (iy < 0 || iy + 1 >= size)
			continue;
		for (int x = 0; x < s->width; x++) {
			size_t i = (size_t)y * (size_t)s->width + (size_t)x;
			double gx = (x - x0) * per_x + (size - 1) / 2.0;
			int ix = (int)floor(gx);
			float fx = (float)(gx - ix), z;
			size_t at;

			if (ix < 0 || ix + 1 >= size || !usable(s, label, wanted, i))
				continue;
			z = s->z[i];
			at = (size_t)iy * (size_t)size + (size_t)ix;
			g->v[at] += z * (1 - fx) * (1 - fy);
			weight[at] += (1 - fx) * (1 - fy);
			g->v[at + 1] += z * fx * (1 - fy);
			weight[at + 1] += fx * (1 - fy);
			at += (size_t)size;
			g->v[at] += z * (1 - fx) * fy;
			weight[at] += (1 - fx) * fy;
			g->v[at + 1] += z * fx * fy;
			weight[at + 1] += fx * fy;
		}
	}
	for (int i = 0; i < size; i++)
		weight[i] = weight[i * size] = weight[i * size + size - 1] = weight[(size - 1) * size + i] = 0;
}

/* Coarser surfaces: every grid point asks the four surface points round it. */
static void interpolate(const struct surface *s, const uint8_t *label, uint8_t wanted, double x0, double y0,
			double per_x, double per_y, struct grid *g, float *weight)
{
	int size = g->width;

	for (int j = 0; j < size; j++)
		for (int i = 0; i < size; i++) {
			double sx = x0 + (i - (size - 1) / 2.0) / per_x, sy = y0 + (j - (size - 1) / 2.0) / per_y;
			int ix = (int)floor(sx), iy = (int)floor(sy);
			float fx = (float)(sx - ix), fy = (float)(sy - iy), sum = 0, w = 0;

			if (ix < 0 || iy < 0 || ix + 1 >= s->width || iy + 1 >= s->height)
				continue;
			for (int k = 0; k < 4; k++) {
				size_t at = (size_t)(iy + k / 2) * (size_t)s->width + (size_t)(ix + k % 2);
				float share = (k % 2 ? fx : 1 - fx) * (k / 2 ? fy : 1 - fy);

				if (usable(s, label, wanted, at)) {
					sum += s->z[at] * share;
					w += share;
				}
			}
			g->v[(size_t)j * (size_t)size + (size_t)i] = sum;
			weight[(size_t)j * (size_t)size + (size_t)i] = w;
		}
}

int level_sample(const struct surface *s, const uint8_t *label, uint8_t wanted, double x_px, double y_px,
		 double spacing_x_um, double spacing_y_um, int size, double step_um, struct grid *out,
		 struct error *e)
{
	double per_x = spacing_x_um / step_um, per_y = spacing_y_um / step_um;
	float *weight, full;
	int fine = per_x < 0.75 && per_y < 0.75;

	if (grid_new(out, size, size, step_um, e))
		return e ? e->status : STATUS_SYSTEM;
	weight = mem_new((size_t)size * (size_t)size, sizeof *weight, e);
	if (!weight) {
		grid_free(out);
		return STATUS_SYSTEM;
	}
	(fine ? share_out : interpolate)(s, label, wanted, x_px, y_px, per_x, per_y, out, weight);
	/* a point is there when at least half of what it could have got was there */
	full = fine ? (float)(0.5 / (per_x * per_y)) : 0.5f;
	for (size_t i = 0; i < (size_t)size * (size_t)size; i++) {
		out->on[i] = weight[i] >= full;
		out->v[i] = out->on[i] ? out->v[i] / weight[i] : 0;
	}
	free(weight);
	return STATUS_DONE;
}

static int compare_floats(const void *a, const void *b)
{
	float x = *(const float *)a, y = *(const float *)b;

	return (x > y) - (x < y);
}

/* Median of |v| over an even sample of the points that take part. */
static double median_absolute(const struct grid *g, const uint8_t *by, float *sample)
{
	size_t n = (size_t)g->width * (size_t)g->height, count = 0, kept = 0, seen = 0, every;

	for (size_t i = 0; i < n; i++)
		count += by[i];
	every = count / SAMPLE_MAX + 1;
	for (size_t i = 0; i < n; i++)
		if (by[i] && seen++ % every == 0)
			sample[kept++] = fabsf(g->v[i]);
	if (kept == 0)
		return 0;
	qsort(sample, kept, sizeof *sample, compare_floats);
	return sample[kept / 2];
}

/* Solves the 3 x 3 normal equations m a = r by Cramer's rule; 0 when they are singular: the points are
 * on one line, or too few. */
static int solve3(const double m[3][3], const double r[3], double a[3])
{
	double det = m[0][0] * (m[1][1] * m[2][2] - m[1][2] * m[2][1]) -
		     m[0][1] * (m[1][0] * m[2][2] - m[1][2] * m[2][0]) +
		     m[0][2] * (m[1][0] * m[2][1] - m[1][1] * m[2][0]);

	if (!(fabs(det) > 1e-12 * m[0][0] * m[0][0] * m[0][0]))
		return 0;
	for (int c = 0; c < 3; c++) {
		double t[3][3];

		memcpy(t, m, sizeof t);
		for (int k = 0; k < 3; k++)
			t[k][c] = r[k];
		a[c] = (t[0][0] * (t[1][1] * t[2][2] - t[1][2] * t[2][1]) -
			t[0][1] * (t[1][0] * t[2][2] - t[1][2] * t[2][0]) +
			t[0][2] * (t[1][0] * t[2][1] - t[1][1] * t[2][0])) / det;
	}
	return 1;
}

/* One weighted fit of v = a0 + a1 x + a2 y, taken away; limit is where the weight reaches 0. */
static void take_plane(struct grid *g, const uint8_t *by, double limit)
{
	double m[3][3] = { { 0 } }, r[3] = { 0 }, a[3], half = (g->width - 1) / 2.0;

	for (int y = 0; y < g->height; y++)
		for (int x = 0; x < g->width; x++) {
			size_t i = (size_t)y * (size_t)g->width + (size_t)x;
			double u = g->v[i] / limit, w = 1 - u * u, p[3] = { 1, (x - half) / half, (y - half) / half };

			if (!by[i] || (limit > 0 && w <= 0))
				continue;
			w = limit > 0 ? w * w : 1;
			for (int k = 0; k < 3; k++) {
				r[k] += w * p[k] * g->v[i];
				for (int l = 0; l < 3; l++)
					m[k][l] += w * p[k] * p[l];
			}
		}
	if (!solve3((const double (*)[3])m, r, a))
		return;
	for (int y = 0; y < g->height; y++)
		for (int x = 0; x < g->width; x++) {
			size_t i = (size_t)y * (size_t)g->width + (size_t)x;

			if (g->on[i])
				g->v[i] -= (float)(a[0] + a[1] * (x - half) / half + a[2] * (y - half) / half);
		}
}

void level_plane_by(struct grid *g, const uint8_t *by)
{
	float sample[SAMPLE_MAX];

	take_plane(g, by, 0);
	for (int round = 1; round < ROUNDS; round++) {
		double spread = median_absolute(g, by, sample);

		if (spread <= 0)
			break;
		take_plane(g, by, 4.685 * 1.4826 * spread);
	}
}

void level_plane(struct grid *g)
{
	level_plane_by(g, g->on);
}

/* One ring of a step's width: sums of values and radii, and the means over the narrowest run of rings
 * round it that holds enough points. */
struct ring {
	double count, sum, radii;
	double mean, radius;
};

static void ring_means(struct ring *ring, int rings, int least)
{
	for (int r = 0; r < rings; r++) {
		double s = ring[r].sum, n = ring[r].count, q = ring[r].radii;

		for (int reach = 1; n < least && reach < rings; reach++)
			for (int k = -reach; k <= reach; k += 2 * reach)
				if (r + k >= 0 && r + k < rings) {
					s += ring[r + k].sum;
					n += ring[r + k].count;
					q += ring[r + k].radii;
				}
		ring[r].mean = n > 0 ? s / n : 0;
		ring[r].radius = n > 0 ? q / n : r + .5;
	}
}

/* The mean at a radius, on the line between the two rings whose mean radii are nearest. */
static double mean_at(const struct ring *ring, int rings, double radius)
{
	int at = (int)radius, to;
	double apart;

	to = radius < ring[at].radius ? at - 1 : at + 1;
	if (to < 0 || to >= rings || ring[to].count == 0)
		return ring[at].mean;
	apart = ring[to].radius - ring[at].radius;
	if (fabs(apart) < 1e-9)
		return ring[at].mean;
	return ring[at].mean + (ring[to].mean - ring[at].mean) * (radius - ring[at].radius) / apart;
}

/* steep: between rings the mean is interpolated. */
static int take_radial(struct grid *g, double x_um, double y_um, int least, bool steep, struct error *e)
{
	double cx = (g->width - 1) / 2.0 + x_um / g->step_um, cy = (g->height - 1) / 2.0 + y_um / g->step_um;
	int rings = (int)hypot(g->width + fabs(cx), g->height + fabs(cy)) + 2;
	struct ring *ring = mem_new((size_t)rings, sizeof *ring, e);

	if (!ring)
		return STATUS_SYSTEM;
	for (int pass = 0; pass < 2; pass++) {
		for (int y = 0; y < g->height; y++)
			for (int x = 0; x < g->width; x++) {
				size_t i = (size_t)y * (size_t)g->width + (size_t)x;
				double radius = sqrt((x - cx) * (x - cx) + (y - cy) * (y - cy));
				struct ring *own = &ring[(int)radius];

				if (!g->on[i])
					continue;
				if (pass) {
					g->v[i] -= (float)(steep ? mean_at(ring, rings, radius) : own->mean);
					continue;
				}
				own->sum += g->v[i];
				own->radii += radius;
				own->count++;
			}
		if (!pass)
			ring_means(ring, rings, least);
	}
	free(ring);
	return STATUS_DONE;
}

int level_radial(struct grid *g, double x_um, double y_um, int least, struct error *e)
{
	return take_radial(g, x_um, y_um, least, false, e);
}

int level_bowl(struct grid *g, double x_um, double y_um, int least, struct error *e)
{
	return take_radial(g, x_um, y_um, least, true, e);
}
