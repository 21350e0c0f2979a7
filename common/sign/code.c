/* code.c - the compact code of a mark, for searching */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sign/code.h"

#include <math.h>
#include <string.h>

/* Rows and columns from -reach to reach - 1, at most `most` places. */
static int find_runs(const struct code_lattice *lattice, int reach, int most, struct code_run *run)
{
	double pitch = lattice->pitch_um;
	int n = 0, places = 0;

	for (int j = -reach; j < reach; j++) {
		int within = 0;

		for (int i = -reach; i < reach; i++) {
			double r = hypot((i + 0.5) * pitch, (j + 0.5) * pitch);
			int is = r >= lattice->inner_um && r <= lattice->outer_um && places < most;

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

int code_runs(const struct code_lattice *lattice, struct code_run run[CODE_RUNS])
{
	return find_runs(lattice, CODE_REACH, CODE_MOST, run);
}

int code_fine_runs(const struct code_lattice *lattice, struct code_run run[FINE_RUNS])
{
	return find_runs(lattice, FINE_HALF, FINE_MOST, run);
}

/* The bits of the runs' places; bit and on are all 0. */
static void find_signs(const struct grid *g, double pitch_um, const struct code_run *run, int runs, uint64_t *bits,
		       uint64_t *on)
{
	double half_x = (g->width - 1) / 2.0, half_y = (g->height - 1) / 2.0, per = pitch_um / g->step_um;
	double weak = CODE_WEAK * grid_root_mean_square(g);
	int k = 0;

	for (int r = 0; r < runs; r++)
		for (int i = run[r].first; i < run[r].first + run[r].count; i++, k++) {
			uint64_t bit = UINT64_C(1) << k % 64;
			float v;

			if (!grid_at(g, half_x + (i + 0.5) * per, half_y + (run[r].row + 0.5) * per, &v) ||
			    fabs((double)v) < weak)
				continue;
			on[k / 64] |= bit;
			if (v > 0)
				bits[k / 64] |= bit;
		}
}

void code_make(const struct grid *g, const struct code_lattice *lattice, struct code *out)
{
	struct code_run run[CODE_RUNS];
	int runs = code_runs(lattice, run);

	memset(out, 0, sizeof *out);
	find_signs(g, lattice->pitch_um, run, runs, out->bit, out->on);
}

void code_fine_make(const struct grid *g, const struct code_lattice *lattice, struct fine_code *out)
{
	struct code_run run[FINE_RUNS];
	int runs = code_fine_runs(lattice, run);

	memset(out, 0, sizeof *out);
	find_signs(g, lattice->pitch_um, run, runs, out->bit, out->on);
}

bool code_fine_says(const struct fine_code *c)
{
	for (int w = 0; w < FINE_WORDS; w++)
		if (c->on[w])
			return true;
	return false;
}
