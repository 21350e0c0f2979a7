/* search.c - how well the code of a probe can be laid on those of candidates, step by step closer */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "match/search.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "sign/impression.h"

int search_scales(const struct search_params *p)
{
	return p->scale_step > 0 ? (int)floor(p->scale_span / p->scale_step + 1e-9) : 0;
}

int search_prepare_codes(const struct signature *probe, enum layer layer, const struct search_params *params,
			 struct search_probe *out, struct error *e)
{
	struct grid g;
	int status = impression_search_grid(probe, layer, &g, e);

	if (status)
		return status;
	out->scales = 2 * search_scales(params) + 1;
	out->turns = out->scales * SEARCH_TURNS;
	out->near = near_new(&g, &impression_params(probe->mark)->lattice, e);
	if (out->near)
		out->codes = turn_codes_new(out->near, SEARCH_TURNS, out->scales, params->scale_step, e);
	if (!out->codes)
		search_free(out);
	grid_free(&g);
	return out->codes ? STATUS_DONE : STATUS_SYSTEM;
}

int search_prepare_fine(const struct signature *probe, struct search_probe *out, struct error *e)
{
	struct grid g;
	int status = impression_grid(probe, LAYER_RELIEF, &g, e);

	if (status)
		return status;
	out->fine = near_new_fine(&g, &impression_params(probe->mark)->fine, e);
	grid_free(&g);
	return out->fine ? STATUS_DONE : STATUS_SYSTEM;
}

void search_free(struct search_probe *p)
{
	for (int i = 0; i < p->plates; i++)
		plate_free(&p->turned[i]);
	free(p->turned);
	free(p->turned_pose);
	turn_codes_free(p->codes);
	near_free(p->near);
	near_free(p->fine);
	memset(p, 0, sizeof *p);
}

/* A turn at which the codes agree well. */
struct peak {
	double value;
	int turn, shift;
};
/* Where nothing is known of a candidate's rings, so many peaks of it are looked at closely, if the best is worth it:
 * among marks from different firearms one in ten is, among those from one firearm all but a few in a thousand. */
#define PEAKS 4
#define WORTH_CLOSER 4.1
/* A turn next to one of the peaks belongs to it. */
#define PEAK_APART 2
/* The rings' value in units of the code's, about, times 0.6: the two together tell more than either. */
#define RINGS_WORTH (1 / 1600.0)

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

/* What is looked at of a candidate whose turns are said: each of its rings' peaks, and then the turns before and after
 * those that are BESIDE best. Look 3 r + 1 is that of peak r, those beside it have the numbers beside. */
#define LOOKS (3 * RINGS_PEAKS)
#define BESIDE 6

/* By turn, those of a batch that are looked at there, and which of their looks that is. */
struct looks {
	uint8_t count[SEARCH_TURNS], which[SEARCH_TURNS][SEARCH_BATCH], number[SEARCH_TURNS][SEARCH_BATCH];
};

static void look_at(struct looks *l, int turn, int i, int number)
{
	int count = l->count[turn];

	if (count && l->which[turn][count - 1] == i)   /* it is there */
		return;
	l->which[turn][count] = (uint8_t)i;
	l->number[turn][count] = (uint8_t)number;
	l->count[turn]++;
}

static void list_looks(struct search_found *const *found, int n, struct looks *l)
{
	memset(l->count, 0, sizeof l->count);
	for (int i = 0; i < n; i++) {
		for (int t = 0; !found && t < SEARCH_TURNS; t++)
			look_at(l, t, i, 0);
		for (int r = 0; found && found[i]->rings && r < RINGS_PEAKS; r++)
			look_at(l, found[i]->turn[r], i, 3 * r + 1);
	}
}

static int smaller_of(const struct search_probe *probe, enum kernel kernel, const struct code *c)
{
	int count, none;

	scan_pair(kernel, c, c, &count, &none);
	return count < turn_codes_count(probe->codes) ? count : turn_codes_count(probe->codes);
}

/* What a turn gives those of a batch that are looked at there. */
static void keep_peaks(const struct scan_found *found, const uint8_t *which, int count, int turn, int scales,
		       const int *smaller, const struct search_params *params, struct peak peak[SEARCH_BATCH][PEAKS])
{
	for (int k = 0; k < count; k++) {
		int i = which[k];
		double more = found[k].common - 2 * found[k].differ, least = peak[i][PEAKS - 1].value;

		/* most are worse than what is kept, and need no root to be told so */
		if (more > 0 && more * more > least * least * found[k].common)
			keep_peak(peak[i], value_of(found[k].common, found[k].differ, smaller[i], params), turn,
				  found[k].shift, scales);
	}
}

/* The same where there are few looks: no branch depends on what was found, and none could be foreseen. */
struct seen {
	float square[LOOKS];   /* of the value */
	uint8_t turn[LOOKS], shift[LOOKS];
};

static void keep_seen(const struct scan_found *found, const uint8_t *which, const uint8_t *number, int count, int turn,
		      const int *least, struct seen *seen)
{
	for (int k = 0; k < count; k++) {
		struct seen *s = &seen[which[k]];
		int common = found[k].common, more = common - 2 * found[k].differ;
		int counts = (more > 0) & (common >= least[which[k]]);

		s->square[number[k]] = (float)(counts * more) * (float)more / (float)(common + !common);
		s->turn[number[k]] = (uint8_t)turn;
		s->shift[number[k]] = (uint8_t)found[k].shift;
	}
}

/* Keeps the greatest of n keys, greatest first. */
static void keep_key(uint64_t *best, int n, uint64_t key)
{
	for (int k = 0; k < n; k++) {
		uint64_t more = best[k] > key ? best[k] : key;

		key = best[k] > key ? key : best[k];
		best[k] = more;
	}
}

/* Orders looks by value, and of equally good ones first the first; never 0. */
static uint64_t key_of(const struct seen *s, int look)
{
	return (uint64_t)(s->square[look] * 4096) << 8 | (uint64_t)(LOOKS - look);
}

static int look_of(uint64_t key)
{
	return LOOKS - (int)(key & 255);
}

static void list_beside(struct search_found *const *found, const struct seen *seen, int n, struct looks *l)
{
	memset(l->count, 0, sizeof l->count);
	for (int i = 0; i < n; i++) {
		uint64_t best[BESIDE] = { 0 };

		for (int r = 0; r < RINGS_PEAKS; r++)
			keep_key(best, BESIDE, key_of(&seen[i], 3 * r + 1));
		for (int k = 0; found[i]->rings && k < BESIDE; k++) {
			int look = look_of(best[k]), turn = found[i]->turn[look / 3];

			look_at(l, (turn + SEARCH_TURNS - 1) % SEARCH_TURNS, i, look - 1);
			look_at(l, (turn + 1) % SEARCH_TURNS, i, look + 1);
		}
	}
}

/* The best look of each of the rings' peaks, and the best of those, best first. */
static void peaks_seen(const struct seen *s, struct peak peak[PEAKS])
{
	uint64_t best[PEAKS] = { 0 };

	for (int r = 0; r < RINGS_PEAKS; r++) {
		uint64_t key = 0;

		for (int k = 3 * r; k < 3 * r + 3; k++)
			key = key_of(s, k) > key ? key_of(s, k) : key;
		keep_key(best, PEAKS, key);
	}
	for (int k = 0; k < PEAKS; k++) {
		int look = look_of(best[k]);

		peak[k] = (struct peak){ sqrt(s->square[look]), s->turn[look], s->shift[look] };
	}
}

static struct near_place place_of(const struct search_probe *probe, const struct peak *p)
{
	struct turn_shift s = turn_codes_shift(probe->codes, p->turn, p->shift);

	return (struct near_place){ (uint8_t)(p->turn * (NEAR_TURNS / SEARCH_TURNS)), (int8_t)s.right, (int8_t)s.down };
}

/* The best near a peak, where it is worth it. */
static double near_peaks(const struct search_probe *probe, enum kernel kernel, const struct code *c, int smaller,
			 const struct search_params *params, const struct peak peak[PEAKS])
{
	struct near_place at[PEAKS];
	int places = 0;

	if (probe->scales > 1 || peak[0].value < WORTH_CLOSER)
		return peak[0].value;
	while (places < PEAKS && peak[places].value > 0) {
		at[places] = place_of(probe, &peak[places]);
		places++;
	}
	return fmax(peak[0].value, near_climb(probe->near, kernel, c, (int)ceil(params->least_common * smaller), at, places));
}

/* Some candidates of a probe, and what was found of them. */
struct batch_seen {
	const struct search_probe *probe;
	enum kernel kernel;
	const struct search_params *params;
	const struct code *const *code;
	int smaller[SEARCH_BATCH], least[SEARCH_BATCH];
	struct seen seen[SEARCH_BATCH];               /* where turns are said */
	struct peak peak[SEARCH_BATCH][PEAKS];
};

/* The turn's words and a batch of codes stay in the nearest cache. */
static void look_round(struct batch_seen *b, const struct looks *looks, bool said)
{
	int scales = b->probe->scales;

	for (int t = 0; t < b->probe->turns; t++) {
		const uint8_t *which = looks->which[t / scales];
		const struct code *chosen[SEARCH_BATCH];
		struct scan_found at[SEARCH_BATCH];
		int count = looks->count[t / scales];

		for (int k = 0; k < count; k++)
			chosen[k] = b->code[which[k]];
		if (!count)
			continue;
		scan_codes(b->kernel, turn_codes_get(b->probe->codes, b->kernel, t), chosen, count, at);
		if (said)
			keep_seen(at, which, looks->number[t / scales], count, t, b->least, b->seen);
		else
			keep_peaks(at, which, count, t, scales, b->smaller, b->params, b->peak);
	}
}

void search_codes(const struct search_probe *probe, enum kernel kernel, const struct code *const *code,
		  struct search_found *const *found, int n, const struct search_params *params, double *value)
{
	struct batch_seen b;
	struct looks looks;

	b.probe = probe;
	b.kernel = kernel;
	b.params = params;
	b.code = code;
	memset(b.seen, 0, (size_t)n * sizeof *b.seen);
	memset(b.peak, 0, (size_t)n * sizeof *b.peak);
	for (int i = 0; i < n; i++) {
		b.smaller[i] = smaller_of(probe, kernel, code[i]);
		b.least[i] = (int)ceil(params->least_common * b.smaller[i]);
	}
	list_looks(found, n, &looks);
	look_round(&b, &looks, found);
	if (found) {
		list_beside(found, b.seen, n, &looks);
		look_round(&b, &looks, true);
	}
	for (int i = 0; i < n; i++) {
		struct peak *peak = b.peak[i];

		if (!found) {
			value[i] = near_peaks(probe, kernel, code[i], b.smaller[i], params, peak);
			continue;
		}
		peaks_seen(&b.seen[i], peak);
		value[i] = peak[0].value + found[i]->rings * RINGS_WORTH;
		for (int k = 0; k < SEARCH_PLACES; k++)
			found[i]->place[k] = place_of(probe, &peak[peak[k].value > 0 ? k : 0]);
	}
}

double search_closer(const struct search_probe *probe, enum kernel kernel, const struct code *code,
		     const struct search_params *params, struct search_found *found)
{
	int least = (int)ceil(params->least_common * smaller_of(probe, kernel, code));

	return near_climb(probe->near, kernel, code, least, found->place, SEARCH_PLACES) + found->rings * RINGS_WORTH;
}

double search_fine(const struct search_probe *probe, enum kernel kernel, const struct fine_code *code, double closer,
		   const struct search_found *found)
{
	struct near_place at[SEARCH_PLACES];

	if (!code)
		return closer - found->rings * RINGS_WORTH;
	for (int k = 0; k < SEARCH_PLACES; k++)
		at[k] = near_convert(probe->near, probe->fine, &found->place[k]);
	return near_climb_fine(probe->fine, kernel, code, at, SEARCH_PLACES);
}
