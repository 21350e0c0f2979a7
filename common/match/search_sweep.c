/* search_sweep.c - where the rough plates of two marks agree best, at all rotations */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "match/search.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"

int search_prepare_sweep(const struct plate *rough, const struct search_params *params, struct search_probe *out,
			 struct error *e)
{
	int scales = search_scales(params), most = (2 * scales + 1) * SEARCH_TURNS;

	out->turned = mem_new((size_t)most, sizeof *out->turned, e);
	out->turned_pose = mem_new((size_t)most, sizeof *out->turned_pose, e);
	if (!out->turned || !out->turned_pose) {
		search_free(out);
		return STATUS_SYSTEM;
	}
	for (int n = 0; n < most; n++) {
		struct pose p = { 360.0 * (n / (2 * scales + 1)) / SEARCH_TURNS, 0, 0,
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

/* Shifts of a sweep: at most so many points each way. Of each angle two places are kept: where marks run
 * in lines, one that is wrong by a shift along or across them can outdo the true one next to it. */
#define REACH_MOST 4
#define PLACES 2
#define PLACES_APART 2   /* points, in either direction */

static int apart(const struct search_hit *a, const struct search_hit *b, double um)
{
	return fabs(a->pose.dx_um - b->pose.dx_um) >= um || fabs(a->pose.dy_um - b->pose.dy_um) >= um;
}

/* The best of an angle's places that is apart from those kept; value -1 where there is none. */
static struct search_hit best_place(const struct search_hit *at, int n, const struct search_hit *kept, int keeps,
				    double um)
{
	struct search_hit best = { .value = -1 };

	for (int i = 0; i < n; i++) {
		int k = 0;

		while (k < keeps && apart(&at[i], &kept[k], um))
			k++;
		if (k == keeps && at[i].value > best.value)
			best = at[i];
	}
	return best;
}

/* Two places of each angle, value -1 where there is none. Keeps the best of those whose angles or shifts are
 * apart from each other, best first. */
static int pick(const struct search_hit each[SEARCH_TURNS][PLACES], const struct search_params *params, double um,
		struct search_hit *hit)
{
	int used[SEARCH_TURNS][PLACES] = { 0 }, n = 0;

	while (n < params->hypotheses && n < SEARCH_MOST) {
		int turn = -1, place = 0;

		for (int a = 0; a < SEARCH_TURNS; a++)
			for (int k = 0; k < PLACES; k++)
				if (!used[a][k] && each[a][k].value > -1 &&
				    (turn < 0 || each[a][k].value > each[turn][place].value)) {
					turn = a;
					place = k;
				}
		if (turn < 0)
			break;
		hit[n] = each[turn][place];
		for (int i = -params->apart; i <= params->apart; i++)
			for (int k = 0; k < PLACES; k++) {
				int a = (turn + i) & (SEARCH_TURNS - 1);

				used[a][k] |= !apart(&each[a][k], &hit[n], um);
			}
		used[turn][place] = 1;
		n++;
	}
	return n;
}

/* The best value of each shift, over the scales, at one angle. */
static int sweep_turn(const struct search_probe *probe, int turn, int scales, const struct plate *rough,
		      const struct plate *candidate, int reach, int parts, struct search_hit *at)
{
	int count = 0;

	for (int y = -reach; y <= reach; y++)
		for (int x = -reach; x <= reach; x++) {
			struct search_hit *best = &at[count];

			if (x * x + y * y > reach * reach)
				continue;
			count++;
			best->value = -1;
			for (int n = turn * scales; n < (turn + 1) * scales; n++) {
				double value = parts ? plate_part_worth(candidate, &probe->turned[n], x, y, rough) :
						       plate_whole_worth(candidate, &probe->turned[n], x, y, rough);

				if (value > best->value) {
					best->value = value;
					best->pose = probe->turned_pose[n];
				}
			}
			best->pose.dx_um = -x * candidate->step_um;
			best->pose.dy_um = -y * candidate->step_um;
		}
	return count;
}

int search_sweep(const struct search_probe *probe, const struct plate *rough, const struct plate *candidate,
		 const struct search_params *params, struct search_hit *hit)
{
	int reach = (int)floor(params->shift_um / candidate->step_um), scales = 2 * search_scales(params) + 1;
	struct search_hit each[SEARCH_TURNS][PLACES], at[(2 * REACH_MOST + 1) * (2 * REACH_MOST + 1)];
	double um = PLACES_APART * candidate->step_um;

	reach = reach < REACH_MOST ? reach : REACH_MOST;
	for (int a = 0; a < SEARCH_TURNS; a++) {
		int count = a * scales < probe->plates ?
			    sweep_turn(probe, a, scales, rough, candidate, reach, params->parts, at) : 0;

		for (int k = 0; k < PLACES; k++)
			each[a][k] = best_place(at, count, each[a], k, um);
	}
	return pick(each, params, um, hit);
}
