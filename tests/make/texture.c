/* texture.c - random surfaces and profiles with a known spectrum */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>

#include "base/mem.h"
#include "make/dice.h"
#include "make/texture.h"

/* The rms of unit white noise after a cubic B-spline: the square root of the integral of the
 * spline's square, 151/315, once a direction. */
#define SPLINE_RMS 0.6923649

int texture_new(struct texture *t, double spacing_um, struct error *e)
{
	t->size = 32;
	while (t->size < 2048 && TEXTURE_PERIOD_UM > spacing_um * t->size)
		t->size *= 2;
	t->spacing_um = (double)TEXTURE_PERIOD_UM / t->size;
	t->v = mem_new((size_t)t->size * (size_t)t->size, sizeof *t->v, e);
	return t->v ? STATUS_DONE : STATUS_SYSTEM;
}

void texture_free(struct texture *t)
{
	free(t->v);
	t->v = NULL;
}

static void spline(double f, float w[4])
{
	double g = 1 - f;

	w[0] = (float)(g * g * g / 6);
	w[1] = (float)((4 - 3 * f * f * (2 - f)) / 6);
	w[2] = (float)((4 - 3 * g * g * (2 - g)) / 6);
	w[3] = (float)(f * f * f / 6);
}

/* Points fall on the same `per` places between two nodes again and again: weights are made once. */
int texture_add(struct texture *t, uint64_t seed, int step_um, double rms, struct error *e)
{
	int nodes = TEXTURE_PERIOD_UM / step_um, per = t->size / nodes, mask = nodes - 1;
	int status = STATUS_SYSTEM;
	float *node = NULL, *line = NULL, (*weight)[4] = NULL;

	if (per < 1)
		return STATUS_DONE;
	node = mem_new((size_t)nodes * (size_t)nodes, sizeof *node, e);
	line = mem_new((size_t)nodes + 3, sizeof *line, e);
	weight = mem_new((size_t)per, sizeof *weight, e);
	if (!node || !line || !weight)
		goto out;
	for (int i = 0; i < nodes * nodes; i++)
		node[i] = (float)(rms / (SPLINE_RMS * SPLINE_RMS) * dice_bell(dice_child(seed, (uint64_t)i)));
	for (int i = 0; i < per; i++)
		spline((double)i / per, weight[i]);
	for (int y = 0; y < t->size; y++) {
		const float *w = weight[y % per], *row[4];
		float *to = t->v + (size_t)y * (size_t)t->size;

		for (int k = 0; k < 4; k++)
			row[k] = node + (size_t)((y / per + k - 1) & mask) * (size_t)nodes;
		for (int x = 0; x < nodes + 3; x++) {
			int at = (x - 1) & mask;

			line[x] = w[0] * row[0][at] + w[1] * row[1][at] + w[2] * row[2][at] + w[3] * row[3][at];
		}
		for (int x = 0; x < nodes; x++)
			for (int i = 0; i < per; i++)
				to[x * per + i] += weight[i][0] * line[x] + weight[i][1] * line[x + 1] +
						   weight[i][2] * line[x + 2] + weight[i][3] * line[x + 3];
	}
	status = STATUS_DONE;
out:
	free(node);
	free(line);
	free(weight);
	return status;
}

int texture_add_octaves(struct texture *t, uint64_t seed, const double rms[TEXTURE_OCTAVES],
			struct error *e)
{
	int status = STATUS_DONE;

	for (int i = 0; i < TEXTURE_OCTAVES && status == STATUS_DONE; i++)
		if (rms[i] > 0)
			status = texture_add(t, dice_child(seed, (uint64_t)i), TEXTURE_STEP_UM << i, rms[i], e);
	return status;
}

double texture_rms(const double rms[TEXTURE_OCTAVES])
{
	double sum = 0;

	for (int i = 0; i < TEXTURE_OCTAVES; i++)
		sum += rms[i] * rms[i];
	return sqrt(sum);
}

void texture_scale(struct texture *t, double factor)
{
	size_t n = (size_t)t->size * (size_t)t->size;

	for (size_t i = 0; i < n; i++)
		t->v[i] *= (float)factor;
}

void texture_scratch(struct texture *t, const struct placing *at, double length_um, double width_um,
		     double height_um)
{
	int reach = (int)((length_um / 2 + 2 * width_um) / t->spacing_um) + 1, mask = t->size - 1;
	int ix = (int)floor(at->x / t->spacing_um), iy = (int)floor(at->y / t->spacing_um);

	for (int j = iy - reach; j <= iy + reach; j++)
		for (int i = ix - reach; i <= ix + reach; i++) {
			double u, v, q;

			placing_undo(at, i * t->spacing_um, j * t->spacing_um, &u, &v);
			u = fabs(u) - length_um / 2;
			q = 1 - ((u > 0 ? u * u : 0) + v * v) / (4 * width_um * width_um);
			if (q > 0)
				t->v[(j & mask) * t->size + (i & mask)] += (float)(height_um * q * q * q);
		}
}

void profile_add(struct profile *p, uint64_t seed, int step_um, double rms)
{
	int nodes = TEXTURE_PERIOD_UM / step_um;

	for (int at = 0; at < nodes; at++) {
		float node[4], w[4];

		for (int k = 0; k < 4; k++)
			node[k] = (float)(rms / SPLINE_RMS *
					  dice_bell(dice_child(seed, (uint64_t)((at + k - 1) & (nodes - 1)))));
		for (int i = 0; i < step_um; i++) {
			spline((double)i / step_um, w);
			p->v[at * step_um + i] += w[0] * node[0] + w[1] * node[1] + w[2] * node[2] + w[3] * node[3];
		}
	}
}

void profile_add_octaves(struct profile *p, uint64_t seed, const double rms[TEXTURE_OCTAVES])
{
	for (int i = 0; i < TEXTURE_OCTAVES; i++)
		if (rms[i] > 0)
			profile_add(p, dice_child(seed, (uint64_t)i), TEXTURE_STEP_UM << i, rms[i]);
}
