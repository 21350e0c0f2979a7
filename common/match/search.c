/* search.c - the first step: where a probe's code may lie on a candidate's, all rotations */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "match/search.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "match/laid.h"
#include "sign/impression.h"

/* Scales on each side of 1. */
static int scales_of(const struct search_params *p)
{
	return p->scale_step > 0 ? (int)floor(p->scale_span / p->scale_step + 1e-9) : 0;
}

/* The shifts of the search by code, in thirds of the lattice's pitch (29 um on a breech face): a square lattice of two
 * thirds, moved by one third at every other turn, so that between them they miss no pose by much. Within WIDE, which
 * holds the shifts between real mates that were seen. */
#define WIDE 7
#define CODE_SHIFTS 40
#define EVEN_GROUPS 5
#define ODD_GROUPS 4

struct shift {
	int right, down;
};

static int list_shifts(int odd, struct shift shift[CODE_SHIFTS])
{
	int n = 0, groups = odd ? ODD_GROUPS : EVEN_GROUPS;

	for (int y = -WIDE - 1; y <= WIDE + 1; y++)
		for (int x = -WIDE - 1; x <= WIDE + 1; x++)
			if ((x & 1) == odd && (y & 1) == odd && x * x + y * y <= WIDE * WIDE)
				shift[n++] = (struct shift){ x, y };
	while (n < groups * SCAN_GROUP) {   /* what fills the last group is there twice */
		shift[n] = shift[0];
		n++;
	}
	return groups;
}

/* Around a good pose the probe is tried at half the turn and every third: FINE_TURNS turns, shifts of up to
 * FINE_REACH. */
#define FINE_TURNS (2 * SEARCH_TURNS)
#define FINE_REACH (WIDE + 1)
#define FINE_SIDE (2 * FINE_REACH + 1)

static size_t fine_at(int turn, int right, int down)
{
	return ((size_t)(turn & (FINE_TURNS - 1)) * FINE_SIDE + (size_t)(down + FINE_REACH)) * FINE_SIDE +
	       (size_t)(right + FINE_REACH);
}

/* Where a moved probe is missing, its bits are noise: to the scan, which asks only where the unmoved one is, they say
 * nothing on average. The same noise every time (splitmix64). */
static uint64_t noise(uint64_t n)
{
	n += UINT64_C(0x9e3779b97f4a7c15) * (n + 1);
	n = (n ^ n >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	n = (n ^ n >> 27) * UINT64_C(0x94d049bb133111eb);
	return n ^ n >> 31;
}

#define TURN_WORDS (CODE_WORDS * (1 + CODE_SHIFTS))
#define LINE 8   /* words */

static void lay_turn(const struct laid *l, const struct laid_map *map, int odd, int number, struct scan_turn *turn,
		     uint64_t *words)
{
	struct shift shift[CODE_SHIFTS];
	struct code c;
	uint64_t *bit = words + CODE_WORDS;
	int slots;

	turn->groups = list_shifts(odd, shift);
	slots = turn->groups * SCAN_GROUP;
	turn->on = words;
	turn->bit = bit;
	laid_code(l, map, 0, 0, &c);
	memcpy(words, c.on, sizeof c.on);
	for (int s = 0; s < slots; s++) {
		laid_code(l, map, shift[s].right, shift[s].down, &c);
		for (int w = 0; w < CODE_WORDS; w++) {
			uint64_t n = noise((uint64_t)(number * CODE_SHIFTS + s) * CODE_WORDS + (uint64_t)w);

			bit[w * slots + s] = c.bit[w] | (n & ~c.on[w]);
		}
	}
}

static void lay_all(const struct laid *l, const struct search_params *params, struct search_probe *out)
{
	struct laid_map map;
	int scales = out->scales, n = 0;

	for (int a = 0; a < FINE_TURNS; a++) {
		double turn = 360.0 * a / FINE_TURNS;

		for (int k = 0; a % 2 == 0 && k < scales; k++, n++) {
			laid_draw(l, turn, 1 + (k - scales / 2) * params->scale_step, &map);
			lay_turn(l, &map, a / 2 & 1, n, &out->turn[n], out->words + (size_t)n * TURN_WORDS);
		}
		if (!out->fine)
			continue;
		if (a % 2)
			laid_draw(l, turn, 1, &map);
		for (int y = -FINE_REACH; y <= FINE_REACH; y++)
			for (int x = -FINE_REACH; x <= FINE_REACH; x++)
				if (x * x + y * y <= FINE_REACH * FINE_REACH)
					laid_code(l, &map, x, y, &out->fine[fine_at(a, x, y)]);
	}
	for (int w = 0; w < CODE_WORDS; w++)
		out->count += __builtin_popcountll(out->turn[scales / 2].on[w]);
}

int search_prepare_codes(const struct signature *probe, enum layer layer, const struct search_params *params,
			 struct search_probe *out, struct error *e)
{
	struct laid l = { .point = NULL };
	struct grid g;
	int status = impression_search_grid(probe, layer, &g, e);

	if (status)
		return status;
	out->scales = 2 * scales_of(params) + 1;
	out->turns = out->scales * SEARCH_TURNS;
	out->turn = mem_new((size_t)out->turns, sizeof *out->turn, e);
	out->memory = mem_new((size_t)out->turns * TURN_WORDS + LINE, sizeof *out->memory, e);
	if (out->memory)   /* a vector that crosses two lines of the cache is loaded twice */
		out->words = out->memory + (LINE - (uintptr_t)out->memory / sizeof *out->memory % LINE);
	if (out->scales == 1)
		out->fine = mem_new((size_t)FINE_TURNS * FINE_SIDE * FINE_SIDE, sizeof *out->fine, e);
	if (!out->turn || !out->memory || (out->scales == 1 && !out->fine))
		status = STATUS_SYSTEM;
	if (!status)
		status = laid_new(&l, &g, &impression_params(probe->mark)->lattice, e);
	if (status)
		search_free(out);
	else
		lay_all(&l, params, out);
	laid_free(&l);
	grid_free(&g);
	return status;
}

int search_prepare_sweep(const struct plate *rough, const struct search_params *params, struct search_probe *out,
			 struct error *e)
{
	int scales = scales_of(params), most = (2 * scales + 1) * SEARCH_TURNS;

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

void search_free(struct search_probe *p)
{
	for (int i = 0; i < p->plates; i++)
		plate_free(&p->turned[i]);
	free(p->turned);
	free(p->turned_pose);
	free(p->turn);
	free(p->memory);
	free(p->fine);
	memset(p, 0, sizeof *p);
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

/* A turn at which the codes agree well. */
struct peak {
	double value;
	int turn, shift;
};
/* Of each candidate so many are looked at closely, if the best is worth it: among breech faces from different firearms
 * one in ten is, among those from one firearm all but a few in a thousand (ibin-scale(7)). */
#define PEAKS 4
#define WORTH_CLOSER 4.1
/* A turn next to one of the peaks belongs to it. */
#define PEAK_APART 2
#define CLIMBS_MOST 3

static double value_of(int common, int differ, int smaller, const struct search_params *params)
{
	if (common <= 0 || common < params->least_common * smaller)
		return 0;
	return (common - 2 * differ) / sqrt(common);
}

/* Keeps the best, best first. */
static void keep_peak(struct peak *peak, double value, int turn, int shift, int scales)
{
	int k, last = PEAKS - 1;

	if (value <= peak[last].value)
		return;
	for (k = 0; k < PEAKS && peak[k].value > 0; k++)
		if (abs(turn - peak[k].turn) <= PEAK_APART * scales) {
			if (value <= peak[k].value)
				return;
			last = k;
			break;
		}
	for (k = last; k > 0 && peak[k - 1].value < value; k--)
		peak[k] = peak[k - 1];
	peak[k] = (struct peak){ value, turn, shift };
}

/* The best pose near a peak, reached by single steps of turn and shift. */
static double climb(const struct search_probe *probe, enum kernel kernel, const struct code *c, int smaller,
		    const struct search_params *params, const struct peak *from)
{
	struct shift shift[CODE_SHIFTS], at;
	int turn = 2 * from->turn;
	double best = 0;

	list_shifts(from->turn & 1, shift);
	at = shift[from->shift];
	for (int round = 0; round < CLIMBS_MOST; round++) {
		struct shift to = at;
		int to_turn = turn, better = 0;

		for (int n = 0; n < 27; n++) {
			int a = turn + n / 9 - 1, x = at.right + n / 3 % 3 - 1, y = at.down + n % 3 - 1, common, differ;
			double value;

			if (x * x + y * y > FINE_REACH * FINE_REACH)
				continue;
			scan_pair(kernel, &probe->fine[fine_at(a, x, y)], c, &common, &differ);
			value = value_of(common, differ, smaller, params);
			if (value > best) {
				best = value;
				to = (struct shift){ x, y };
				to_turn = a;
				better = 1;
			}
		}
		if (!better || (to_turn == turn && to.right == at.right && to.down == at.down))
			break;
		turn = to_turn;
		at = to;
	}
	return best;
}

void search_codes(const struct search_probe *probe, enum kernel kernel, const struct code *const *code, int n,
		  const struct search_params *params, double *value)
{
	struct scan_found found[SEARCH_BATCH];
	struct peak peak[SEARCH_BATCH][PEAKS];
	int smaller[SEARCH_BATCH];

	for (int i = 0; i < n; i++) {
		int count = 0;

		for (int w = 0; w < CODE_WORDS; w++)
			count += __builtin_popcountll(code[i]->on[w]);
		smaller[i] = count < probe->count ? count : probe->count;
		for (int k = 0; k < PEAKS; k++)
			peak[i][k] = (struct peak){ 0, 0, 0 };
	}
	/* the turn's words and a batch of codes stay in the nearest cache */
	for (int t = 0; t < probe->turns; t++) {
		scan_codes(kernel, &probe->turn[t], code, n, found);
		for (int i = 0; i < n; i++) {
			double more = found[i].common - 2 * found[i].differ, least = peak[i][PEAKS - 1].value;

			/* most are worse than what is kept, and need no root to be told so */
			if (more > 0 && more * more > least * least * found[i].common)
				keep_peak(peak[i], value_of(found[i].common, found[i].differ, smaller[i], params), t,
					  found[i].shift, probe->scales);
		}
	}
	for (int i = 0; i < n; i++) {
		int closer = probe->fine && peak[i][0].value >= WORTH_CLOSER;

		value[i] = peak[i][0].value;
		for (int k = 0; closer && k < PEAKS && peak[i][k].value > 0; k++) {
			double v = climb(probe, kernel, code[i], smaller[i], params, &peak[i][k]);

			value[i] = v > value[i] ? v : value[i];
		}
	}
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
	int reach = (int)floor(params->shift_um / candidate->step_um), scales = 2 * scales_of(params) + 1;
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
