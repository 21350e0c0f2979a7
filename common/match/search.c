/* search.c - the first step: where a probe's code may lie on a candidate's, all rotations */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "match/search.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "sign/impression.h"

int search_prepare(const struct signature *probe, enum layer layer, const struct search_params *params,
		   struct search_probe *out, struct error *e)
{
	const struct code_rings *rings = &impression_params(probe->mark)->rings;
	int reach = (int)floor(params->shift_um / params->shift_step_um);
	int scales = params->scale_step > 0 ? (int)floor(params->scale_span / params->scale_step) : 0;
	int most = (2 * reach + 1) * (2 * reach + 1) * (2 * scales + 1), n = 0;
	struct grid g;

	memset(out, 0, sizeof *out);
	out->code = mem_new((size_t)most, sizeof *out->code, e);
	out->pose = mem_new((size_t)most, sizeof *out->pose, e);
	out->count = mem_new((size_t)most, sizeof *out->count, e);
	if (!out->code || !out->pose || !out->count || impression_search_grid(probe, layer, &g, e)) {
		search_free(out);
		return STATUS_SYSTEM;
	}
	for (int k = -scales; k <= scales; k++)
		for (int j = -reach; j <= reach; j++)
			for (int i = -reach; i <= reach; i++) {
				struct pose *p = &out->pose[n];

				if (i * i + j * j > reach * reach)
					continue;
				*p = (struct pose){ 0, i * params->shift_step_um, j * params->shift_step_um,
						    1 + k * params->scale_step };
				code_make(&g, rings, p->dx_um, p->dy_um, p->scale, &out->code[n]);
				for (int w = 0; w < CODE_WORDS; w++)
					out->count[n] += __builtin_popcountll(out->code[n].on[w]);
				n++;
			}
	out->codes = n;
	grid_free(&g);
	return STATUS_DONE;
}

void search_free(struct search_probe *p)
{
	free(p->code);
	free(p->pose);
	free(p->count);
	memset(p, 0, sizeof *p);
}

/* Bits present in both, and how many of those differ. One source, compiled twice: processors
 * without a bit-counting instruction are rare, but not extinct. */
#define COMPARE_BODY \
	int n = 0, d = 0; \
	for (int w = 0; w < CODE_WORDS; w++) { \
		uint64_t on = a->on[w] & b->on[w]; \
		n += __builtin_popcountll(on); \
		d += __builtin_popcountll((a->bit[w] ^ b->bit[w]) & on); \
	} \
	*common = n; \
	*differ = d;

static void compare_plain(const struct code *a, const struct code *b, int *common, int *differ)
{
	COMPARE_BODY
}

#ifdef __x86_64__
__attribute__((target("popcnt")))
static void compare_popcnt(const struct code *a, const struct code *b, int *common, int *differ)
{
	COMPARE_BODY
}
#endif

typedef void compare_codes(const struct code *, const struct code *, int *, int *);

static compare_codes *choose(void)
{
#ifdef __x86_64__
	if (__builtin_cpu_supports("popcnt"))
		return compare_popcnt;
#endif
	return compare_plain;
}

/* Keeps the best hits whose angles are `apart` from each other. */
static int pick(const double z[CODE_ANGLES], const int at[CODE_ANGLES], const struct search_probe *probe,
		const struct search_params *params, struct search_hit *hit)
{
	int used[CODE_ANGLES] = { 0 }, n = 0;

	while (n < params->hypotheses && n < SEARCH_MOST) {
		int best = -1;

		for (int a = 0; a < CODE_ANGLES; a++)
			if (!used[a] && at[a] >= 0 && (best < 0 || z[a] > z[best]))
				best = a;
		if (best < 0)
			break;
		for (int k = -params->apart; k <= params->apart; k++)
			used[(best + k) & (CODE_ANGLES - 1)] = 1;
		hit[n].pose = probe->pose[at[best]];
		/* the candidate was turned by `best`, so the probe lies turned back on it; its shift with it */
		{
			double turn = 2 * M_PI * best / CODE_ANGLES, dx = hit[n].pose.dx_um, dy = hit[n].pose.dy_um;

			hit[n].pose.turn_deg = best ? 360.0 - 360.0 * best / CODE_ANGLES : 0;
			hit[n].pose.dx_um = cos(turn) * dx + sin(turn) * dy;
			hit[n].pose.dy_um = -sin(turn) * dx + cos(turn) * dy;
		}
		hit[n++].z = z[best];
	}
	return n;
}

int search_code(const struct search_probe *probe, const struct code *candidate,
		const struct search_params *params, struct search_hit *hit)
{
	compare_codes *compare = choose();
	double z[CODE_ANGLES];
	int at[CODE_ANGLES], present = 0;

	for (int w = 0; w < CODE_WORDS; w++)
		present += __builtin_popcountll(candidate->on[w]);
	for (int a = 0; a < CODE_ANGLES; a++) {
		struct code turned;

		code_turn(candidate, a, &turned);
		at[a] = -1;
		z[a] = 0;
		for (int k = 0; k < probe->codes; k++) {
			int common, differ, smaller = probe->count[k] < present ? probe->count[k] : present;
			double score;

			compare(&probe->code[k], &turned, &common, &differ);
			if (common == 0 || common < params->least_common * smaller)
				continue;
			score = (common - 2 * differ) / sqrt(common);
			if (at[a] < 0 || score > z[a]) {
				z[a] = score;
				at[a] = k;
			}
		}
	}
	return pick(z, at, probe, params, hit);
}
