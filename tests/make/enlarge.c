/* enlarge.c - a signature's layers between their points */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "make/enlarge.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

#define REACH 3                    /* of the kernel, in points */
#define TAPS (2 * REACH + 1)
/* Where points are missing, the weights of those that are there add up to less, with some below 0; of less than this a
 * point's own value is taken instead. */
#define LEAST_WEIGHT 0.4f
#define MOST (SIGNATURE_LIMIT * ENLARGED_UNIT)

_Static_assert(MOST < -ENLARGED_MISSING, "values fit a byte");

/* Weights of the points -REACH ... REACH for the ENLARGED places within a point. */
static void kernel(float tap[ENLARGED][TAPS])
{
	for (int f = 0; f < ENLARGED; f++)
		for (int k = -REACH; k <= REACH; k++) {
			double at = M_PI * (k - ((f + 0.5) / ENLARGED - 0.5));

			tap[f][k + REACH] = fabs(at) < M_PI * REACH ? (float)(REACH * sin(at) * sin(at / REACH) / (at * at)) : 0;
		}
}

/* Along the rows, from side x side to ENLARGED side x side. */
static void along_rows(const float *from, int side, float tap[ENLARGED][TAPS], float *to)
{
	for (int y = 0; y < side; y++)
		for (int x = 0; x < side; x++)
			for (int f = 0; f < ENLARGED; f++) {
				float sum = 0;

				for (int k = x < REACH ? -x : -REACH; k <= REACH && x + k < side; k++)
					sum += from[y * side + x + k] * tap[f][k + REACH];
				to[(y * side + x) * ENLARGED + f] = sum;
			}
}

/* One row of the result: place f of row y. */
static void along_columns(const float *from, int side, int y, const float tap[TAPS], float *to)
{
	int wide = side * ENLARGED;

	memset(to, 0, (size_t)wide * sizeof *to);
	for (int k = -REACH; k <= REACH; k++)
		for (int x = 0; y + k >= 0 && y + k < side && x < wide; x++)
			to[x] += from[(y + k) * wide + x] * tap[k + REACH];
}

static int8_t rounded(double v)
{
	return (int8_t)lrint(v > MOST ? MOST : v < -MOST ? -MOST : v);
}

/* layer LAYERS stands for presence, and comes first: its sums are the weights. */
struct pass {
	float *points, *rows[LAYERS + 1], *line[LAYERS + 1];
};

static void rows_of_layers(const struct signature *s, float tap[ENLARGED][TAPS], struct pass *p)
{
	for (int k = 0; k <= LAYERS; k++) {
		for (int i = 0; i < s->width * s->height; i++)
			p->points[i] = k < LAYERS ? s->layer[k][i] : s->on[i];
		along_rows(p->points, s->width, tap, p->rows[k]);
	}
}

static void lines(const struct signature *s, float tap[ENLARGED][TAPS], struct pass *p, struct enlarged *out)
{
	int side = s->width, wide = side * ENLARGED;

	for (int y = 0; y < wide; y++) {
		for (int k = 0; k <= LAYERS; k++)
			along_columns(p->rows[k], side, y / ENLARGED, tap[y % ENLARGED], p->line[k]);
		for (int x = 0; x < wide; x++) {
			int at = y / ENLARGED * side + x / ENLARGED;
			float weight = p->line[LAYERS][x];
			int8_t *v = out->v[(size_t)y * (size_t)wide + (size_t)x];

			for (int k = 0; k < LAYERS; k++)
				v[k] = rounded(ENLARGED_UNIT * (double)(weight < LEAST_WEIGHT ? s->layer[k][at] :
									p->line[k][x] / weight));
			if (!s->on[at])
				*v = ENLARGED_MISSING;
		}
	}
}

int enlarge(const struct signature *s, struct enlarged *out, struct error *e)
{
	size_t wide = (size_t)s->width * ENLARGED;
	float tap[ENLARGED][TAPS];
	struct pass p = { 0 };
	bool room;

	kernel(tap);
	out->wide = (int)wide;
	out->per_um = ENLARGED / s->step_um;
	out->v = mem_new(wide * wide, sizeof *out->v, e);
	p.points = mem_new((size_t)s->width * (size_t)s->height, sizeof *p.points, e);
	room = out->v && p.points;
	for (int k = 0; room && k <= LAYERS; k++) {
		p.rows[k] = mem_new(wide * (size_t)s->height, sizeof *p.rows[k], e);
		p.line[k] = mem_new(wide, sizeof *p.line[k], e);
		room = p.rows[k] && p.line[k];
	}
	if (room) {
		rows_of_layers(s, tap, &p);
		lines(s, tap, &p, out);
	}
	for (int k = 0; k <= LAYERS; k++) {
		free(p.rows[k]);
		free(p.line[k]);
	}
	free(p.points);
	if (!room)
		enlarged_free(out);
	return room ? STATUS_DONE : STATUS_SYSTEM;
}

void enlarged_free(struct enlarged *g)
{
	free(g->v);
	memset(g, 0, sizeof *g);
}
