/* search.c - the first step: where a probe's code may lie on a candidate's, all rotations */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "match/search.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "sign/impression.h"

/* Scales tried on each side of 1. */
static int scale_steps(const struct search_params *p)
{
	return p->scale_step > 0 ? (int)floor(p->scale_span / p->scale_step + 1e-9) : 0;
}

int search_prepare(const struct signature *probe, enum layer layer, const struct search_params *params,
		   struct search_probe *out, struct error *e)
{
	const struct code_rings *rings = &impression_params(probe->mark)->rings;
	int reach = (int)floor(params->shift_um / params->shift_step_um);
	int scales = scale_steps(params);
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

/* The best hit of each angle; value is -1 where there is none. Keeps the best whose angles are
 * `apart` from each other, best first. */
static int pick(const struct search_hit each[CODE_ANGLES], const struct search_params *params,
		struct search_hit *hit)
{
	int used[CODE_ANGLES] = { 0 }, n = 0;

	while (n < params->hypotheses && n < SEARCH_MOST) {
		int best = -1;

		for (int a = 0; a < CODE_ANGLES; a++)
			if (!used[a] && each[a].value > -1 && (best < 0 || each[a].value > each[best].value))
				best = a;
		if (best < 0)
			break;
		for (int k = -params->apart; k <= params->apart; k++)
			used[(best + k) & (CODE_ANGLES - 1)] = 1;
		hit[n++] = each[best];
	}
	return n;
}

/* A code compared with the candidate turned by `angle` lies turned back on the candidate itself, and
 * its shift with it. */
static struct pose turn_back(const struct pose *p, int angle)
{
	double turn = 2 * M_PI * angle / CODE_ANGLES, c = cos(turn), s = sin(turn);
	struct pose back = { angle ? 360.0 - 360.0 * angle / CODE_ANGLES : 0, c * p->dx_um + s * p->dy_um,
			     -s * p->dx_um + c * p->dy_um, p->scale };

	return back;
}

int search_code(const struct search_probe *probe, const struct code *candidate,
		const struct search_params *params, struct search_hit *hit)
{
	compare_codes *compare = choose();
	struct search_hit each[CODE_ANGLES];
	int present = 0;

	for (int w = 0; w < CODE_WORDS; w++)
		present += __builtin_popcountll(candidate->on[w]);
	for (int a = 0; a < CODE_ANGLES; a++) {
		struct code turned;

		code_turn(candidate, a, &turned);
		each[a].value = -1;
		for (int k = 0; k < probe->codes; k++) {
			int common, differ, smaller = probe->count[k] < present ? probe->count[k] : present;
			double value;

			compare(&probe->code[k], &turned, &common, &differ);
			if (common == 0 || common < params->least_common * smaller)
				continue;
			value = (common - 2 * differ) / sqrt(common);
			if (value > each[a].value) {
				each[a].value = value;
				each[a].pose = turn_back(&probe->pose[k], a);
			}
		}
	}
	return pick(each, params, hit);
}

int search_sweep(const struct plate *probe, const struct plate *candidate, const struct search_params *params,
		 struct plate *room, struct search_hit *hit)
{
	int scales = scale_steps(params), reach = (int)floor(params->shift_um / candidate->step_um);
	struct search_hit each[CODE_ANGLES];

	for (int a = 0; a < CODE_ANGLES; a++) {
		each[a].value = -1;
		for (int k = -scales; k <= scales; k++) {
			struct pose p = { 360.0 * a / CODE_ANGLES, 0, 0, 1 + k * params->scale_step };

			plate_lay(probe, &p, candidate, reach + 1, room);
			for (int y = -reach; y <= reach; y++)
				for (int x = -reach; x <= reach; x++) {
					double value;
					int overlap;

					if (x * x + y * y > reach * reach)
						continue;
					value = plate_correlate(candidate, room, x, y, &overlap);
					value = plate_worth(value, overlap, probe, candidate);
					if (value > each[a].value) {
						each[a].value = value;
						each[a].pose = p;
						each[a].pose.dx_um = -x * candidate->step_um;
						each[a].pose.dy_um = -y * candidate->step_um;
					}
				}
		}
	}
	return pick(each, params, hit);
}
