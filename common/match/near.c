/* near.c - the best pose of a probe near another: its codes in all of them, made when they are asked for */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "match/near.h"

#include <math.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "match/laid.h"
#include "match/scan.h"

/* A mate whose first pose is a step or two beside its own is reached by these. */
#define STEPS_MOST 3
#define LOCKS 16

struct near {
	struct laid laid;
	pthread_mutex_t making[LOCKS];   /* a turn, by its number modulo that */
	atomic_bool made[NEAR_TURNS];
	int reach, side;                 /* of the shifts: a circle in a square */
	struct code *code;               /* one of the two: by turn, down, right */
	struct fine_code *fine_code;
};

static struct near *make(const struct grid *g, const struct code_lattice *lattice, bool fine, struct error *e)
{
	struct near *n = mem_new(1, sizeof *n, e);

	if (!n)
		return NULL;
	for (int k = 0; k < LOCKS; k++)
		pthread_mutex_init(&n->making[k], NULL);
	if ((fine ? laid_new_fine : laid_new)(&n->laid, g, lattice, e))
		goto fail;
	n->reach = n->laid.reach - 1;
	n->side = 2 * n->reach + 1;
	if (fine)
		n->fine_code = mem_table((size_t)(NEAR_TURNS * n->side * n->side), sizeof *n->fine_code, e);
	else
		n->code = mem_table((size_t)(NEAR_TURNS * n->side * n->side), sizeof *n->code, e);
	if (n->fine_code || n->code)
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
	for (int k = 0; k < LOCKS; k++)
		pthread_mutex_destroy(&n->making[k]);
	free(n->code);
	free(n->fine_code);
	free(n);
}

static bool within(const struct near *n, int right, int down)
{
	return right * right + down * down <= n->reach * n->reach;
}

static size_t number_of(const struct near *n, int turn, int right, int down)
{
	return ((size_t)turn * (size_t)n->side + (size_t)(down + n->reach)) * (size_t)n->side +
	       (size_t)(right + n->reach);
}

static void make_codes(struct near *n, int turn)
{
	struct laid_map map;

	laid_draw(&n->laid, 360.0 * turn / NEAR_TURNS, 1, &map);
	for (int down = -n->reach; down <= n->reach; down++)
		for (int right = -n->reach; right <= n->reach; right++) {
			size_t k = number_of(n, turn, right, down);

			if (within(n, right, down) && n->code)
				laid_code(&n->laid, &map, right, down, &n->code[k]);
			else if (within(n, right, down))
				laid_fine_code(&n->laid, &map, right, down, &n->fine_code[k]);
		}
}

static void make_turn(struct near *n, int turn)
{
	pthread_mutex_lock(&n->making[turn % LOCKS]);
	if (!atomic_load_explicit(&n->made[turn], memory_order_relaxed)) {
		make_codes(n, turn);
		atomic_store_explicit(&n->made[turn], true, memory_order_release);
	}
	pthread_mutex_unlock(&n->making[turn % LOCKS]);
}

/* What is climbed on: one of the two codes. */
struct slope {
	const struct code *code;
	const struct fine_code *fine_code;
	enum kernel kernel;
	int least;
};

static double value_at(struct near *n, const struct slope *s, const struct near_place *at)
{
	size_t k = number_of(n, at->turn, at->right, at->down);
	int common, differ;

	if (!atomic_load_explicit(&n->made[at->turn], memory_order_acquire))
		make_turn(n, at->turn);
	if (n->code)
		scan_pair(s->kernel, &n->code[k], s->code, &common, &differ);
	else
		scan_fine_pair(s->kernel, &n->fine_code[k], s->fine_code, &common, &differ);
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

double near_climb(struct near *n, enum kernel kernel, const struct code *c, int least, struct near_place *at)
{
	return climb(n, &(struct slope){ c, NULL, kernel, least }, at);
}

double near_climb_fine(struct near *n, enum kernel kernel, const struct fine_code *c, struct near_place *at, int places)
{
	const struct slope s = { NULL, c, kernel, 1 };
	double value, best = -INFINITY;
	int first = 0;

	for (int k = 0; k < places; k++) {
		at[k] = inside(n, at[k].turn, at[k].right, at[k].down);
		value = value_at(n, &s, &at[k]);
		if (value > best) {
			best = value;
			first = k;
		}
	}
	at[0] = at[first];
	return climb(n, &s, &at[0]);
}
