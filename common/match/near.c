/* near.c - the best pose of a probe near another: maps of it at all turns, made when they are asked for */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "match/near.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/lazy.h"
#include "base/mem.h"
#include "match/scan.h"

/* A mate whose first pose is a step or two beside its own is reached by these. */
#define STEPS_MOST 3

struct near {
	struct laid laid;
	struct lazy turns;
	int reach;       /* of the shifts: a circle in a square */
	size_t words;    /* of a map */
	uint64_t *map;   /* by turn */
};

static struct near *make(const struct grid *g, const struct code_lattice *lattice, bool fine, struct error *e)
{
	struct near *n = mem_new(1, sizeof *n, e);

	if (!n)
		return NULL;
	if ((fine ? laid_new_fine : laid_new)(&n->laid, g, lattice, e) || lazy_new(&n->turns, NEAR_TURNS, e))
		goto fail;
	n->reach = n->laid.reach - 1;
	n->words = laid_map_words(&n->laid);
	n->map = mem_table(NEAR_TURNS * n->words, sizeof *n->map, e);
	if (n->map)
		return n;
fail:
	near_free(n);
	return NULL;
}

struct near *near_new(const struct grid *g, const struct code_lattice *lattice, struct error *e)
{
	return make(g, lattice, false, e);
}

struct near *near_new_fine(const struct grid *g, const struct code_lattice *lattice, struct error *e)
{
	return make(g, lattice, true, e);
}

void near_free(struct near *n)
{
	if (!n)
		return;
	laid_free(&n->laid);
	lazy_free(&n->turns);
	free(n->map);
	free(n);
}

const struct laid *near_laid(const struct near *n)
{
	return &n->laid;
}

static bool within(const struct near *n, int right, int down)
{
	return right * right + down * down <= n->reach * n->reach;
}

/* For lazy_need. */
struct drawing {
	struct near *n;
	enum kernel kernel;
};

static uint64_t *map_of(const struct near *n, size_t turn)
{
	return n->map + turn * n->words;
}

static void draw_turn(void *context, size_t turn)
{
	struct drawing *d = context;

	laid_draw(&d->n->laid, d->kernel, 360.0 * (double)turn / NEAR_TURNS, 1, map_of(d->n, turn));
}

const uint64_t *near_map(struct near *n, enum kernel kernel, int turn)
{
	lazy_need(&n->turns, (size_t)turn, draw_turn, &(struct drawing){ n, kernel });
	return map_of(n, (size_t)turn);
}

/* What is climbed on. */
struct slope {
	struct laid_rows rows;
	enum kernel kernel;
	int least;
};

static double value_at(struct near *n, const struct slope *s, const struct near_place *at)
{
	struct laid_place p = laid_place(&n->laid, near_map(n, s->kernel, at->turn), at->right, at->down);
	int common, differ;

	scan_rows(s->kernel, &p, &s->rows, &common, &differ);
	return common > 0 && common >= s->least ? (common - 2 * differ) / sqrt(common) : 0;
}

/* In from the edge. */
static struct near_place inside(const struct near *n, int turn, int right, int down)
{
	while (!within(n, right, down)) {
		right -= (right > 0) - (right < 0);
		down -= (down > 0) - (down < 0);
	}
	return (struct near_place){ (uint8_t)turn, (int8_t)right, (int8_t)down };
}

struct near_place near_convert(const struct near *from, const struct near *to, const struct near_place *at)
{
	double per = from->laid.lattice.pitch_um / to->laid.lattice.pitch_um;

	return inside(to, at->turn, (int)lrint(at->right * per), (int)lrint(at->down * per));
}

struct step {
	int turn, right, down;
};

static double climb(struct near *n, const struct slope *s, struct near_place *place)
{
	static const struct step step[6] = { { 0, 1, 0 }, { 0, -1, 0 }, { 0, 0, 1 }, { 0, 0, -1 }, { 1, 0, 0 }, { -1, 0, 0 } };
	struct near_place at = inside(n, place->turn, place->right, place->down);
	double best = value_at(n, s, &at);
	int back = -1;   /* the step that leads to where it came from */

	for (int steps = 0; steps < STEPS_MOST; steps++) {
		struct near_place to[6];
		double value[6];
		int better = -1;

		/* all first, and then the choice: so the waits for memory overlap */
		for (int k = 0; k < 6; k++) {
			int right = at.right + step[k].right, down = at.down + step[k].down;

			to[k] = (struct near_place){ (uint8_t)(at.turn + step[k].turn), (int8_t)right, (int8_t)down };
			value[k] = k == back || !within(n, right, down) ? 0 : value_at(n, s, &to[k]);
		}
		for (int k = 0; k < 6; k++)
			if (value[k] > best) {
				best = value[k];
				better = k;
			}
		if (better < 0)
			break;
		at = to[better];
		back = better ^ 1;
	}
	*place = at;
	return best;
}

/* From each of some places, which become those that were reached; *first: the number of the best. */
static double climb_all(struct near *n, const struct slope *s, struct near_place *at, int places, int *first)
{
	const struct near_place from = at[0];
	double best = -INFINITY;

	for (int k = 0; k < places; k++) {
		double value;

		if (k > 0 && !memcmp(&at[k], &from, sizeof from)) {
			at[k] = at[0];   /* from one place to one place */
			continue;
		}
		value = climb(n, s, &at[k]);
		if (value > best) {
			best = value;
			*first = k;
		}
	}
	return best;
}

double near_climb(struct near *n, enum kernel kernel, const struct code *c, int least, struct near_place *at,
		  int places)
{
	struct slope s;
	int first;

	s.kernel = kernel;
	s.least = least;
	laid_spread(&n->laid, c->bit, c->on, &s.rows);
	return fmax(0, climb_all(n, &s, at, places, &first));
}

double near_climb_fine(struct near *n, enum kernel kernel, const struct fine_code *c, struct near_place *at, int places)
{
	struct slope s;
	double best;
	int first = 0;

	s.kernel = kernel;
	s.least = 1;
	laid_spread(&n->laid, c->bit, c->on, &s.rows);
	best = climb_all(n, &s, at, places, &first);
	at[0] = at[first];
	return best;
}
