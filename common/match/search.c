/* search.c - the first step: where a probe's code may lie on a candidate's, all rotations */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "match/search.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "sign/impression.h"

/* Scales on each side of 1. */
static int scales_of(const struct search_params *p)
{
	return p->scale_step > 0 ? (int)floor(p->scale_span / p->scale_step + 1e-9) : 0;
}

int search_prepare_codes(const struct signature *probe, enum layer layer, const struct search_params *params,
			 struct search_probe *out, struct error *e)
{
	const struct code_rings *rings = &impression_params(probe->mark)->rings;
	int reach = (int)floor(params->shift_um / params->shift_step_um), scales = scales_of(params);
	int most = (2 * reach + 1) * (2 * reach + 1) * (2 * scales + 1), n = 0;
	struct grid g;

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

int search_prepare_sweep(const struct plate *rough, const struct search_params *params, struct search_probe *out,
			 struct error *e)
{
	int scales = scales_of(params), most = (2 * scales + 1) * CODE_ANGLES;

	out->turned = mem_new((size_t)most, sizeof *out->turned, e);
	out->turned_pose = mem_new((size_t)most, sizeof *out->turned_pose, e);
	if (!out->turned || !out->turned_pose) {
		search_free(out);
		return STATUS_SYSTEM;
	}
	for (int n = 0; n < most; n++) {
		struct pose p = { 360.0 * (n / (2 * scales + 1)) / CODE_ANGLES, 0, 0,
				  1 + (n % (2 * scales + 1) - scales) * params->scale_step };

		if (plate_new(&out->turned[n], rough->side, rough->step_um, rough->pad, e)) {
			search_free(out);
			return STATUS_SYSTEM;
		}
		out->plates = n + 1;
		out->turned_pose[n] = p;
		plate_lay(rough, &p, NULL, 0, &out->turned[n]);
	}
	return STATUS_DONE;
}

void search_free(struct search_probe *p)
{
	for (int i = 0; i < p->plates; i++)
		plate_free(&p->turned[i]);
	free(p->turned);
	free(p->turned_pose);
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

double search_code(const struct search_probe *probe, const struct code *candidate,
		   const struct search_params *params)
{
	compare_codes *compare = choose();
	double best = 0;
	int present = 0;

	for (int w = 0; w < CODE_WORDS; w++)
		present += __builtin_popcountll(candidate->on[w]);
	for (int a = 0; a < CODE_ANGLES; a++) {
		struct code turned;

		code_turn(candidate, a, &turned);
		for (int k = 0; k < probe->codes; k++) {
			int common, differ, smaller = probe->count[k] < present ? probe->count[k] : present;
			double value;

			compare(&probe->code[k], &turned, &common, &differ);
			if (common == 0 || common < params->least_common * smaller)
				continue;
			value = (common - 2 * differ) / sqrt(common);
			best = value > best ? value : best;
		}
	}
	return best;
}

int search_sweep(const struct search_probe *probe, const struct plate *rough, const struct plate *candidate,
		 const struct search_params *params, struct search_hit *hit)
{
	int reach = (int)floor(params->shift_um / candidate->step_um), scales = 2 * scales_of(params) + 1;
	struct search_hit each[CODE_ANGLES];

	for (int a = 0; a < CODE_ANGLES; a++)
		each[a].value = -1;
	for (int n = 0; n < probe->plates; n++) {
		struct search_hit *best = &each[n / scales];

		for (int y = -reach; y <= reach; y++)
			for (int x = -reach; x <= reach; x++) {
				double value;
				int overlap;

				if (x * x + y * y > reach * reach)
					continue;
				value = plate_correlate(candidate, &probe->turned[n], x, y, &overlap);
				value = plate_worth(value, overlap, rough, candidate);
				if (value > best->value) {
					best->value = value;
					best->pose = probe->turned_pose[n];
					best->pose.dx_um = -x * candidate->step_um;
					best->pose.dy_um = -y * candidate->step_um;
				}
			}
	}
	return pick(each, params, hit);
}
