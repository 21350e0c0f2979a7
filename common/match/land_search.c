/* land_search.c - the first step for lands: how well the code of one can lie on another's, all lags */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "match/land_search.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "match/dot.h"
#include "match/land.h"
#include "math/lane.h"

/* At each lag the agreeing bits less the differing ones are a sum over the overlap; their root mean square over all
 * lags of both ways round is what chance makes of them, so the square of the sum over the mean square is like
 * the square of a normal deviate. Lags near which shoulders meet have their bonus, as in land.c. A probe turned
 * round lies on the candidate as the candidate turned round does on the probe, with the lags running the other way. */
#define WAYS 2
#define PLACES 20        /* lags to either side of one at which shoulders meet that have more than the least bonus */
#define AROUND (2 * PLACES)

struct side {
	int ends;
	struct land_rows rows;
	float far, alone;        /* the bonus where no shoulders meet, and where it is not known where they would */
	float near[AROUND];      /* PLACES lags before where they meet, and on */
};

struct land_probe {
	int n;
	bool lit;
	double overlap;
	struct side side[WAYS];
	uint64_t *memory;
};

static int bit_at(const uint64_t *words, int i)
{
	return (int)(words[i / 64] >> i % 64 & 1);
}

/* The rows of a code whose words are bit and on. */
static void fill_rows(const uint64_t *bit, int words, uint64_t *rows)
{
	for (int u = -1; u < words; u++)
		for (int r = 0; r < 64; r++) {
			uint64_t low = u >= 0 ? bit[u] >> r : 0;
			uint64_t high = u + 1 < words && r ? bit[u + 1] << (64 - r) : 0;

			rows[(u + 1) * 64 + r] = low | high;
		}
}

static void turn_round(const struct land_code *c, uint64_t *bit, uint64_t *on)
{
	for (int i = 0; i < c->n; i++) {
		int to = c->n - 1 - i, there = bit_at(c->on, i);

		/* what was lit from the left is then lit from the right: slopes are turned over */
		on[to / 64] |= (uint64_t)there << to % 64;
		bit[to / 64] |= (uint64_t)(there & (bit_at(c->bit, i) ^ c->lit)) << to % 64;
	}
}

static int swapped(int ends)
{
	return (ends & LAND_LEFT_KNOWN ? LAND_RIGHT_KNOWN : 0) | (ends & LAND_RIGHT_KNOWN ? LAND_LEFT_KNOWN : 0);
}

static void fill_side(struct side *s, const uint64_t *bit, const uint64_t *on, int words, bool turned, uint64_t *rows)
{
	static const struct land_match_options options = LAND_MATCH_DEFAULT;
	static const struct land_options land = LAND_OPTIONS_DEFAULT;
	size_t room = ((size_t)words + 1) * 64;

	fill_rows(bit, words, rows);
	fill_rows(on, words, rows + room);
	s->rows = (struct land_rows){ words, rows, rows + room };
	s->alone = (float)(2 * land_place(&options, INFINITY, turned));
	s->far = (float)(2 * land_place(&options, 1e6, turned));
	for (int k = 0; k < AROUND; k++)
		s->near[k] = (float)(2 * land_place(&options, abs(k - PLACES) * LAND_CODE_STEP * land.step_um, turned));
}

struct land_probe *land_probe_new(const struct land_code *code, struct error *e)
{
	static const struct land_match_options options = LAND_MATCH_DEFAULT;
	struct land_probe *p = mem_new(1, sizeof *p, e);
	size_t room = ((size_t)code->words + 1) * 64;
	uint64_t bit[LAND_CODE_WORDS] = { 0 }, on[LAND_CODE_WORDS] = { 0 }, *rows;

	if (!p)
		return NULL;
	p->n = code->n;
	p->lit = code->lit;
	p->overlap = options.overlap;
	p->memory = mem_new(2 * WAYS * room + 8, sizeof *p->memory, e);
	if (!p->memory) {
		land_probe_free(p);
		return NULL;
	}
	rows = (uint64_t *)(((uintptr_t)p->memory + 63) & ~(uintptr_t)63);
	fill_side(&p->side[0], code->bit, code->on, code->words, false, rows);
	p->side[0].ends = code->ends;
	turn_round(code, bit, on);
	fill_side(&p->side[1], bit, on, code->words, true, rows + 2 * room);
	p->side[1].ends = swapped(code->ends);
	return p;
}

void land_probe_free(struct land_probe *p)
{
	if (!p)
		return;
	free(p->memory);
	free(p);
}

static int64_t sum_of_squares(const int16_t *v, int n)
{
	int64_t total = 0;

	for (int i = 0; i < n;) {
		dot_sum sum = dot_zero();
		/* so few that 32 bits hold the sum of the largest */
		int stop = n - i > 512 ? i + 512 : n;

		for (; i < stop; i += 8)
			sum = dot_add(sum, dot_load(v + i), dot_load(v + i));
		total += dot_total(sum);
	}
	return total;
}

static int16_t largest(const int16_t *v, int n)
{
	int16_t most = 0;

	for (int i = 0; i < n; i++)
		most = v[i] > most ? v[i] : most;
	return most;
}

static lane lane_most(lane a, lane b)
{
	lane_mask first = a > b;

	return (lane)(((lane_mask)a & first) | ((lane_mask)b & ~first));
}

/* The best within reach of a lag at which shoulders meet; `at` is its place among n lags. */
static float best_near(const struct side *s, const int16_t *v, int n, int at, float scale)
{
	int first = at < PLACES ? PLACES - at : 0, end = n - at + PLACES < AROUND ? n - at + PLACES : AROUND, k = first;
	lane best = lane_all(-INFINITY);
	float most = -INFINITY;

	at -= PLACES;
	for (; k + 4 <= end; k += 4) {
		const int16_t *p = v + at + k;
		lane sum = lane_most((lane){ p[0], p[1], p[2], p[3] }, lane_all(0));

		best = lane_most(sum * sum * lane_all(scale) + lane_load(s->near + k), best);
	}
	for (; k < end; k++) {
		float sum = v[at + k] > 0 ? v[at + k] : 0;

		most = fmaxf(most, sum * sum * scale + s->near[k]);
	}
	for (int i = 0; i < 4; i++)
		most = fmaxf(most, best[i]);
	return most;
}

static float best_of(const struct side *s, const struct land_code *c, const int16_t *v, int n, int zero, int other_end,
		     float scale)
{
	int meet = s->ends & c->ends;
	float most = largest(v, n);

	most = most * most * scale + (meet ? s->far : s->alone);
	if (meet & LAND_LEFT_KNOWN)
		most = fmaxf(most, best_near(s, v, n, zero, scale));
	if (meet & LAND_RIGHT_KNOWN)
		most = fmaxf(most, best_near(s, v, n, zero + other_end, scale));
	return most;
}

void land_search(const struct land_probe *p, enum kernel kernel, const struct land_code *c,
		 struct land_searched *out)
{
	int16_t agree[WAYS][LAND_SCAN_LAGS_MOST];
	int shorter = p->n < c->n ? p->n : c->n, slack = (int)((1 - p->overlap) * shorter), n;
	int least = -slack - (c->n > p->n ? c->n - p->n : 0), most = slack + (p->n > c->n ? p->n - c->n : 0);
	/* rounded down; and up, beyond `most` */
	int first = least >> 3, groups = (most >> 3) + 1 - first;
	int64_t squares = 0;
	float scale;

	*out = (struct land_searched){ -INFINITY, -INFINITY };
	if (p->lit != c->lit)
		return;
	n = groups * LAND_SCAN_GROUP;
	for (int way = 0; way < WAYS; way++) {
		land_scan(kernel, &p->side[way].rows, c, first, groups, agree[way]);
		squares += sum_of_squares(agree[way], n);
	}
	scale = squares ? (float)(WAYS * n) / (float)squares : 0;
	first *= LAND_SCAN_GROUP;
	out->straight = best_of(&p->side[0], c, agree[0], n, -first, p->n - c->n, scale);
	out->turned = best_of(&p->side[1], c, agree[1], n, -first, p->n - c->n, scale);
}
