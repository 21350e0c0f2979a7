/* code.c - the compact code of a mark, for searching */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sign/code.h"

#include <math.h>
#include <string.h>

int code_runs(const struct code_lattice *lattice, struct code_run run[CODE_RUNS])
{
	double pitch = lattice->pitch_um;
	int n = 0, places = 0;

	for (int j = -CODE_REACH; j < CODE_REACH; j++) {
		int within = 0;

		for (int i = -CODE_REACH; i < CODE_REACH; i++) {
			double r = hypot((i + 0.5) * pitch, (j + 0.5) * pitch);
			int is = r >= lattice->inner_um && r <= lattice->outer_um && places < CODE_MOST;

			if (is && !within)
				run[n++] = (struct code_run){ j, i, 0 };
			if (is)
				run[n - 1].count++;
			within = is;
			places += is;
		}
	}
	return n;
}

static double root_mean_square(const struct grid *g)
{
	double sum = 0, count = 0;

	for (size_t i = 0; i < (size_t)g->width * (size_t)g->height; i++)
		if (g->on[i]) {
			sum += (double)g->v[i] * g->v[i];
			count++;
		}
	return count > 0 ? sqrt(sum / count) : 0;
}

void code_make(const struct grid *g, const struct code_lattice *lattice, struct code *out)
{
	double half_x = (g->width - 1) / 2.0, half_y = (g->height - 1) / 2.0, per = lattice->pitch_um / g->step_um;
	double weak = CODE_WEAK * root_mean_square(g);
	struct code_run run[CODE_RUNS];
	int runs = code_runs(lattice, run), k = 0;

	memset(out, 0, sizeof *out);
	for (int r = 0; r < runs; r++)
		for (int i = run[r].first; i < run[r].first + run[r].count; i++, k++) {
			uint64_t bit = UINT64_C(1) << k % 64;
			float v;

			if (!grid_at(g, half_x + (i + 0.5) * per, half_y + (run[r].row + 0.5) * per, &v) ||
			    fabs((double)v) < weak)
				continue;
			out->on[k / 64] |= bit;
			if (v > 0)
				out->bit[k / 64] |= bit;
		}
}
