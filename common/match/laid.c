/* laid.c - the codes that a probe would have if it lay otherwise */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "match/laid.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

/* Sides of the maps: a multiple of six that holds lattice and reach. */
#define CODE_MAP 192
#define FINE_MAP 252

/* Bilinear between the points of g; 0: missing or weak. */
static uint8_t look(const struct grid *g, double x, double y, double weak)
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
	if (fabs(v) < weak)
		return 0;
	return v > 0 ? 3 : 2;
}

static int read_points(struct laid *l, const struct grid *g, double weak, struct error *e)
{
	l->side = 2 * g->width;
	l->step_um = g->step_um / 2;
	l->point = mem_new((size_t)l->side * (size_t)l->side, 1, e);
	if (!l->point)
		return STATUS_SYSTEM;
	for (int y = 0; y < l->side; y++)
		for (int x = 0; x < l->side; x++)
			l->point[(size_t)y * (size_t)l->side + (size_t)x] = look(g, (x - 0.5) / 2, (y - 0.5) / 2, weak);
	return STATUS_DONE;
}

int laid_new(struct laid *l, const struct grid *g, const struct code_lattice *lattice, struct error *e)
{
	*l = (struct laid){ .lattice = *lattice, .map_side = CODE_MAP, .reach = LAID_REACH };
	l->runs = code_runs(lattice, l->run);
	return read_points(l, g, 0, e);
}

int laid_new_fine(struct laid *l, const struct grid *g, const struct code_lattice *lattice, struct error *e)
{
	*l = (struct laid){ .lattice = *lattice, .map_side = FINE_MAP, .reach = LAID_FINE_REACH };
	l->runs = code_fine_runs(lattice, l->run);
	return read_points(l, g, CODE_WEAK * grid_root_mean_square(g), e);
}

void laid_free(struct laid *l)
{
	free(l->point);
	memset(l, 0, sizeof *l);
}

void laid_draw(const struct laid *l, double turn_deg, double scale, struct laid_map *map)
{
	double third = l->lattice.pitch_um / 3, per = third / (l->step_um * scale), turn = turn_deg * M_PI / 180;
	double reach = l->lattice.outer_um / third + l->reach;
	int32_t ux = (int32_t)lrint(cos(turn) * per * 65536), uy = (int32_t)lrint(-sin(turn) * per * 65536);
	int middle = l->map_side / 2;

	memset(map, 0, sizeof *map);
	for (int y = 0; y < l->map_side; y++) {
		double qy = y - middle + 0.5, room = reach * reach - qy * qy, qx;
		int half = room > 0 ? (int)fmin(middle, ceil(sqrt(room))) : 0, x = middle - half;
		int32_t sx, sy;

		qx = x - middle + 0.5;
		sx = (int32_t)lrint(((cos(turn) * qx + sin(turn) * qy) * per + l->side / 2) * 65536);
		sy = (int32_t)lrint(((-sin(turn) * qx + cos(turn) * qy) * per + l->side / 2) * 65536);
		for (; x < middle + half; x++, sx += ux, sy += uy) {
			int px = sx >> 16, py = sy >> 16, at = x / LAID_PHASES;
			uint64_t v;

			if (px < 0 || py < 0 || px >= l->side || py >= l->side)
				continue;
			v = l->point[(size_t)py * (size_t)l->side + (size_t)px];
			map->bit[y][x % LAID_PHASES][at / 64] |= (v & 1) << at % 64;
			map->on[y][x % LAID_PHASES][at / 64] |= (v >> 1) << at % 64;
		}
	}
}

/* `count` bits of a row from `from` on; of rows that are not wide the first word has them all. */
static inline __attribute__((always_inline))
unsigned __int128 bits_of(const uint64_t row[2], int from, int count, bool wide)
{
	if (!wide)
		return row[0] >> from & ((UINT64_C(1) << count) - 1);
	return ((unsigned __int128)row[1] << 64 | row[0]) >> from & (((unsigned __int128)1 << count) - 1);
}

static inline __attribute__((always_inline))
void append(uint64_t *words, int at, unsigned __int128 bits, bool wide)
{
	words[at / 64] |= (uint64_t)bits << at % 64;
	if (wide) {
		bits = bits >> (63 - at % 64) >> 1;
		words[at / 64 + 1] |= (uint64_t)bits;
		words[at / 64 + 2] |= (uint64_t)(bits >> 64);
	} else {
		words[at / 64 + 1] |= (uint64_t)bits >> (63 - at % 64) >> 1;
	}
}

/* bit and on: two words more than the code has, for what is appended at the very end; all 0. */
static inline __attribute__((always_inline))
void pick(const struct laid *l, const struct laid_map *map, int right, int down, bool wide, uint64_t *bit, uint64_t *on)
{
	int at = 0, middle = l->map_side / (2 * LAID_PHASES);

	for (int r = 0; r < l->runs; r++) {
		const struct code_run *run = &l->run[r];
		int x = LAID_PHASES * (run->first + middle) + 1 - right;
		int y = LAID_PHASES * (run->row + middle) + 1 - down;

		append(bit, at, bits_of(map->bit[y][x % LAID_PHASES], x / LAID_PHASES, run->count, wide), wide);
		append(on, at, bits_of(map->on[y][x % LAID_PHASES], x / LAID_PHASES, run->count, wide), wide);
		at += run->count;
	}
}

void laid_code(const struct laid *l, const struct laid_map *map, int right, int down, struct code *out)
{
	uint64_t bit[CODE_WORDS + 2] = { 0 }, on[CODE_WORDS + 2] = { 0 };

	pick(l, map, right, down, false, bit, on);
	memcpy(out->bit, bit, sizeof out->bit);
	memcpy(out->on, on, sizeof out->on);
}

void laid_fine_code(const struct laid *l, const struct laid_map *map, int right, int down, struct fine_code *out)
{
	uint64_t bit[FINE_WORDS + 2] = { 0 }, on[FINE_WORDS + 2] = { 0 };

	pick(l, map, right, down, true, bit, on);
	memcpy(out->bit, bit, sizeof out->bit);
	memcpy(out->on, on, sizeof out->on);
}
