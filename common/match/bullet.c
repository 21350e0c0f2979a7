/* bullet.c - two bullets land by land: the best phase, and how far ahead it is */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "match/bullet.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "match/land_score.h"

/* Every land of one is compared with every land of the other once; a phase is a sum over that
 * table. Lands keep their order round the bullet, so there are as many phases as lands, and as
 * many again for a bullet that was scanned the other end up: that turns each scan round and
 * reverses the order, so in those phases only fits that are turned count. */
#define MOST_MARGIN 99.0
#define SHOWS 0.7   /* share of a barrel's lands whose striae another bullet shows again */

int bullet_add(struct bullet *b, int lands, int number, const struct land_key *key, struct error *e)
{
	if (lands < 2 || lands > BULLET_LANDS)
		return error_set(e, STATUS_INPUT, "%d lands: a bullet has 2 to %d", lands, BULLET_LANDS);
	if (b->lands && b->lands != lands)
		return error_set(e, STATUS_INPUT, "%d lands contradict the %d of the same bullet", lands,
				 b->lands);
	if (number < 1 || number > lands)
		return error_set(e, STATUS_INPUT, "land %d of %d", number, lands);
	if (b->land[number - 1])
		return error_set(e, STATUS_INPUT, "land %d of the bullet is there twice", number);
	b->lands = lands;
	b->land[number - 1] = key;
	return STATUS_DONE;
}

static int count(const struct bullet *b)
{
	int n = 0;

	for (int i = 0; i < b->lands; i++)
		n += b->land[i] != NULL;
	return n;
}

/* The land of b that meets a's land i. */
static int partner(int lands, int phase, bool backwards, int i)
{
	return backwards ? (phase - i + lands) % lands : (phase + i) % lands;
}

/* What a land says that shows the barrel's striae with a probability of SHOWS, else nothing. */
static double odds_of_land(double odds)
{
	return log(1 - SHOWS + SHOWS * exp(fmin(odds, 100)));
}

static double bullet_lr_of(double odds)
{
	return fmax(BULLET_LR_LEAST, fmin(BULLET_LR_MOST, exp(fmin(odds, 100))));
}

struct sum {
	double score, odds;
	int compared;
};

/* Each pair of lands belongs to one forward and one backward phase. `not` (NULL: none) gives, by
 * land of a, the land of b whose pair is left out: the pairs of the best phase would otherwise
 * speak for those that share one with it. */
static struct sum sum_phase(const struct bullet *a, const struct bullet *b, const struct land_fit *table,
			    int phase, bool backwards, const int *not)
{
	struct sum s = { 0 };

	for (int i = 0; i < a->lands; i++) {
		int j = partner(a->lands, phase, backwards, i);
		const struct land_fit *f = &table[i * a->lands + j];

		if (!a->land[i] || !b->land[j] || (not && not[i] == j))
			continue;
		s.compared++;
		if (backwards && !f->turned) {
			s.odds += log(1 - SHOWS);
			continue;
		}
		s.score += f->score / a->lands;
		s.odds += odds_of_land(f->odds);
	}
	return s;
}

void bullet_choose(const struct bullet *a, const struct bullet *b, const struct land_fit *table,
		   struct bullet_fit *out)
{
	struct sum best = { -1, 0, 0 };
	int n = a->lands, not[BULLET_LANDS];

	for (int k = 0; k < 2 * n; k++) {
		struct sum s = sum_phase(a, b, table, k % n, k >= n, NULL);

		if (s.score > best.score) {
			best = s;
			out->phase = k % n;
			out->backwards = k >= n;
		}
	}
	for (int i = 0; i < n; i++) {
		int j = not[i] = partner(n, out->phase, out->backwards, i);

		if (a->land[i] && b->land[j])
			out->fit[i] = table[i * n + j];
	}
	for (int k = 0; k < 2 * n; k++) {
		bool own = k == out->phase + (out->backwards ? n : 0);

		out->phases[k] = own ? best.score : sum_phase(a, b, table, k % n, k >= n, not).score;
		if (!own)
			out->next = fmax(out->next, out->phases[k]);
	}
	out->score = best.score;
	out->compared = best.compared;
	out->margin = out->score > 0 ? fmin(MOST_MARGIN, out->score / fmax(out->next, 1e-9)) : 0;
	out->odds = best.odds - log(n);
}

bool bullet_one_class(const struct bullet *a, const struct bullet *b)
{
	return a->lands == b->lands && !(a->twist && b->twist && a->twist != b->twist);
}

int bullet_compare(struct land_bench *bench, const struct bullet *a, const struct bullet *b,
		   struct bullet_fit *out, struct error *e)
{
	int n = a->lands;
	struct land_fit *table;

	*out = (struct bullet_fit){ .lands = n };
	if (!count(a) || !count(b))
		return error_set(e, STATUS_INPUT, "a bullet has no land to compare");
	if (!bullet_one_class(a, b)) {
		out->other_class = true;
		out->odds = -INFINITY;
		out->lr = bullet_lr_of(-INFINITY);
		return STATUS_DONE;
	}
	table = mem_new((size_t)n * (size_t)n, sizeof *table, e);
	if (!table)
		return STATUS_SYSTEM;
	for (int i = 0; i < n; i++)
		for (int j = 0; j < n; j++) {
			out->pairs[i][j] = NAN;
			if (!a->land[i] || !b->land[j])
				continue;
			land_compare(bench, a->land[i], b->land[j], &table[i * n + j]);
			out->pairs[i][j] = table[i * n + j].score;
		}
	bullet_choose(a, b, table, out);
	out->lr = bullet_lr_of(out->odds);
	free(table);
	return STATUS_DONE;
}
