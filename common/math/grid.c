/* grid.c - a square-celled grid of values, some of which are missing */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "math/grid.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

#define SIDE_MAX 16384
#define TAPS_MAX 129

int grid_new(struct grid *g, int width, int height, double step_um, struct error *e)
{
	size_t n;

	memset(g, 0, sizeof *g);
	if (width < 1 || height < 1 || width > SIDE_MAX || height > SIDE_MAX)
		return error_set(e, STATUS_INPUT, "a grid of %d x %d points", width, height);
	n = (size_t)width * (size_t)height;
	g->width = width;
	g->height = height;
	g->step_um = step_um;
	g->v = mem_new(n, sizeof *g->v, e);
	g->on = mem_new(n, sizeof *g->on, e);
	if (!g->v || !g->on) {
		grid_free(g);
		return STATUS_SYSTEM;
	}
	return STATUS_DONE;
}

void grid_free(struct grid *g)
{
	free(g->v);
	free(g->on);
	memset(g, 0, sizeof *g);
}

size_t grid_count(const struct grid *g)
{
	size_t count = 0;

	for (size_t i = 0; i < (size_t)g->width * (size_t)g->height; i++)
		count += g->on[i];
	return count;
}

void grid_moments(const struct grid *g, double *mean, double *deviation)
{
	double sum = 0, squares = 0, count = 0;

	for (size_t i = 0; i < (size_t)g->width * (size_t)g->height; i++)
		if (g->on[i]) {
			sum += g->v[i];
			squares += (double)g->v[i] * g->v[i];
			count++;
		}
	*mean = count > 0 ? sum / count : 0;
	squares = count > 0 ? squares / count - *mean * *mean : 0;
	*deviation = squares > 0 ? sqrt(squares) : 0;
}

double grid_root_mean_square(const struct grid *g)
{
	double sum = 0, count = 0;

	for (size_t i = 0; i < (size_t)g->width * (size_t)g->height; i++)
		if (g->on[i]) {
			sum += (double)g->v[i] * g->v[i];
			count++;
		}
	return count > 0 ? sqrt(sum / count) : 0;
}

/* Half of a symmetric Gaussian kernel, cut at three standard deviations; returns its radius. */
static int kernel(double sigma, float half[TAPS_MAX])
{
	int radius = (int)ceil(3 * sigma);

	if (radius >= TAPS_MAX)
		radius = TAPS_MAX - 1;
	for (int i = 0; i <= radius; i++)
		half[i] = (float)exp(-0.5 * i * i / (sigma * sigma));
	return radius;
}

/* One row: to[x] = sum of from[x + k] * half[|k|]; outside the row nothing is added. */
static void smooth_row(const float *restrict from, float *restrict to, int n, const float *half,
		       int radius)
{
	for (int x = 0; x < n; x++)
		to[x] = from[x] * half[0];
	for (int k = 1; k <= radius && k < n; k++) {
		float h = half[k];

		for (int x = 0; x < n - k; x++)
			to[x] += from[x + k] * h;
		for (int x = k; x < n; x++)
			to[x] += from[x - k] * h;
	}
}

/* Along the columns, a row at a time so that memory is read in order. */
static void smooth_columns(const float *restrict from, float *restrict to, int width, int height,
			   const float *half, int radius)
{
	for (int y = 0; y < height; y++) {
		float *row = to + (size_t)y * (size_t)width;

		memset(row, 0, (size_t)width * sizeof *row);
		for (int k = -radius; k <= radius; k++) {
			const float *other = from + (ptrdiff_t)(y + k) * width;
			float h = half[k < 0 ? -k : k];

			if (y + k < 0 || y + k >= height)
				continue;
			for (int x = 0; x < width; x++)
				row[x] += other[x] * h;
		}
	}
}

int grid_smooth(const struct grid *from, double sigma_px, struct grid *to, struct error *e)
{
	int w = from->width, h = from->height;
	size_t n = (size_t)w * (size_t)h;
	float half[TAPS_MAX], *weight, *pass;
	int radius = kernel(sigma_px, half), status = STATUS_SYSTEM;

	weight = mem_new(n, sizeof *weight, e);
	pass = mem_new(n, sizeof *pass, e);
	if (!weight || !pass)
		goto out;
	for (size_t i = 0; i < n; i++)
		to->v[i] = from->on[i];
	for (size_t y = 0; y < (size_t)h; y++)
		smooth_row(to->v + y * (size_t)w, pass + y * (size_t)w, w, half, radius);
	smooth_columns(pass, weight, w, h, half, radius);
	for (size_t y = 0; y < (size_t)h; y++)
		smooth_row(from->v + y * (size_t)w, pass + y * (size_t)w, w, half, radius);
	smooth_columns(pass, to->v, w, h, half, radius);
	for (size_t i = 0; i < n; i++) {
		to->on[i] = from->on[i];
		to->v[i] = from->on[i] ? to->v[i] / weight[i] : 0;
	}
	status = STATUS_DONE;
out:
	free(pass);
	free(weight);
	return status;
}

void grid_subtract(struct grid *from, const struct grid *smooth)
{
	for (size_t i = 0; i < (size_t)from->width * (size_t)from->height; i++)
		if (from->on[i])
			from->v[i] -= smooth->v[i];
}

int grid_at(const struct grid *g, double x, double y, float *v)
{
	int ix = (int)floor(x), iy = (int)floor(y);
	size_t at, w = (size_t)g->width;
	float fx, fy;

	if (ix < 0 || iy < 0 || ix + 1 >= g->width || iy + 1 >= g->height)
		return 0;
	at = (size_t)iy * w + (size_t)ix;
	if (!(g->on[at] & g->on[at + 1] & g->on[at + w] & g->on[at + w + 1]))
		return 0;
	fx = (float)(x - ix);
	fy = (float)(y - iy);
	*v = (g->v[at] * (1 - fx) + g->v[at + 1] * fx) * (1 - fy) +
	     (g->v[at + w] * (1 - fx) + g->v[at + w + 1] * fx) * fy;
	return 1;
}
