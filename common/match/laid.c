/* laid.c - the codes that a probe would have if it lay otherwise */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "match/laid.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

/* Bilinear between the points of g; 0: missing. */
static uint8_t look(const struct grid *g, double x, double y)
{
	int ix = (int)floor(x), iy = (int)floor(y);
	size_t i, w = (size_t)g->width;
	double fx, fy, v;

	if (ix < 0 || iy < 0 || ix + 1 >= g->width || iy + 1 >= g->height)
		return 0;
	i = (size_t)iy * w + (size_t)ix;
	if (!(g->on[i] & g->on[i + 1] & g->on[i + w] & g->on[i + w + 1]))
		return 0;
	fx = x - ix;
	fy = y - iy;
	v = (g->v[i] * (1 - fx) + g->v[i + 1] * fx) * (1 - fy) +
	    (g->v[i + w] * (1 - fx) + g->v[i + w + 1] * fx) * fy;
	return v > 0 ? 3 : 2;
}

int laid_new(struct laid *l, const struct grid *g, const struct code_lattice *lattice, struct error *e)
{
	memset(l, 0, sizeof *l);
	l->lattice = *lattice;
	l->runs = code_runs(lattice, l->run);
	l->side = 2 * g->width;
	l->step_um = g->step_um / 2;
	l->point = mem_new((size_t)l->side * (size_t)l->side, 1, e);
	if (!l->point)
		return STATUS_SYSTEM;
	for (int y = 0; y < l->side; y++)
		for (int x = 0; x < l->side; x++)
			l->point[(size_t)y * (size_t)l->side + (size_t)x] = look(g, (x - 0.5) / 2, (y - 0.5) / 2);
	return STATUS_DONE;
}

void laid_free(struct laid *l)
{
	free(l->point);
	memset(l, 0, sizeof *l);
}

void laid_draw(const struct laid *l, double turn_deg, double scale, struct laid_map *map)
{
	double third = l->lattice.pitch_um / 3, per = third / (l->step_um * scale), turn = turn_deg * M_PI / 180;
	double reach = l->lattice.outer_um / third + LAID_REACH;
	int32_t ux = (int32_t)lrint(cos(turn) * per * 65536), uy = (int32_t)lrint(-sin(turn) * per * 65536);

	memset(map, 0, sizeof *map);
	for (int y = 0; y < LAID_SIDE; y++) {
		double qy = y - LAID_SIDE / 2 + 0.5, room = reach * reach - qy * qy, qx;
		int half = room > 0 ? (int)fmin(LAID_SIDE / 2, ceil(sqrt(room))) : 0, x = LAID_SIDE / 2 - half;
		int32_t sx, sy;

		qx = x - LAID_SIDE / 2 + 0.5;
		sx = (int32_t)lrint(((cos(turn) * qx + sin(turn) * qy) * per + l->side / 2) * 65536);
		sy = (int32_t)lrint(((-sin(turn) * qx + cos(turn) * qy) * per + l->side / 2) * 65536);
		for (; x < LAID_SIDE / 2 + half; x++, sx += ux, sy += uy) {
			int px = sx >> 16, py = sy >> 16;
			uint64_t v;

			if (px < 0 || py < 0 || px >= l->side || py >= l->side)
				continue;
			v = l->point[(size_t)py * (size_t)l->side + (size_t)px];
			map->bit[y][x % LAID_PHASES] |= (v & 1) << x / LAID_PHASES;
			map->on[y][x % LAID_PHASES] |= (v >> 1) << x / LAID_PHASES;
		}
	}
}

static void append(uint64_t *words, int at, uint64_t bits)
{
	words[at / 64] |= bits << at % 64;
	if (at % 64)
		words[at / 64 + 1] |= bits >> (64 - at % 64);
}

void laid_code(const struct laid *l, const struct laid_map *map, int right, int down, struct code *out)
{
	/* one word more, for what is appended at the very end */
	uint64_t bit[CODE_WORDS + 1] = { 0 }, on[CODE_WORDS + 1] = { 0 };
	int at = 0, middle = LAID_SIDE / (2 * LAID_PHASES);

	for (int r = 0; r < l->runs; r++) {
		const struct code_run *run = &l->run[r];
		int x = LAID_PHASES * (run->first + middle) + 1 - right;
		int y = LAID_PHASES * (run->row + middle) + 1 - down;
		uint64_t mask = (UINT64_C(1) << run->count) - 1;

		append(bit, at, map->bit[y][x % LAID_PHASES] >> x / LAID_PHASES & mask);
		append(on, at, map->on[y][x % LAID_PHASES] >> x / LAID_PHASES & mask);
		at += run->count;
	}
	memcpy(out->bit, bit, sizeof out->bit);
	memcpy(out->on, on, sizeof out->on);
}
