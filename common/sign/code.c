/* code.c - the compact code of a mark, for searching */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sign/code.h"

#include <math.h>
#include <string.h>

/* Bilinear value at x, y in points of g; 0 when one of the four neighbours is missing. */
static int value_at(const struct grid *g, double x, double y, float *v)
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

void code_make(const struct grid *g, const struct code_rings *rings, double dx_um, double dy_um,
	       double scale, struct code *out)
{
	double half_x = (g->width - 1) / 2.0, half_y = (g->height - 1) / 2.0, per = 1 / (g->step_um * scale);

	memset(out, 0, sizeof *out);
	for (int a = 0; a < CODE_ANGLES; a++) {
		double c = cos(2 * M_PI * a / CODE_ANGLES), s = sin(2 * M_PI * a / CODE_ANGLES);

		for (int r = 0; r < CODE_RINGS; r++) {
			double radius = rings->first_um + r * rings->pitch_um;
			uint64_t bit = UINT64_C(1) << a % 64;
			float v;

			if (!value_at(g, half_x + (radius * c - dx_um) * per,
				      half_y + (radius * s - dy_um) * per, &v))
				continue;
			out->on[2 * r + a / 64] |= bit;
			if (v > 0)
				out->bit[2 * r + a / 64] |= bit;
		}
	}
}

/* A ring of 128 bits turned to higher angles. */
static void turn_ring(const uint64_t in[2], int steps, uint64_t out[2])
{
	uint64_t low = in[steps >= 64], high = in[steps < 64];
	int n = steps % 64;

	out[0] = n ? low << n | high >> (64 - n) : low;
	out[1] = n ? high << n | low >> (64 - n) : high;
}

void code_turn(const struct code *in, int steps, struct code *out)
{
	steps &= CODE_ANGLES - 1;
	for (int r = 0; r < CODE_RINGS; r++) {
		turn_ring(in->bit + 2 * r, steps, out->bit + 2 * r);
		turn_ring(in->on + 2 * r, steps, out->on + 2 * r);
	}
}
