/* turn_codes.c - a probe's codes at the turns and shifts of the search, made when they are asked for */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "match/turn_codes.h"

#include <stdlib.h>
#include <string.h>

#include "base/lazy.h"
#include "base/mem.h"

/* The shifts of the search by code, in thirds of the lattice's pitch (29 um on a breech face): a square lattice of two
 * thirds, moved by one third at every other turn, so that between them they miss no pose by much. Within WIDE, which
 * holds the shifts between real mates that were seen. */
#define WIDE 7
#define CODE_SHIFTS 40
#define EVEN_GROUPS 5
#define ODD_GROUPS 4
#define TURN_WORDS (CODE_WORDS * (1 + CODE_SHIFTS))

struct turn_codes {
	struct near *near;
	int turns, scales, count;
	double scale_step;
	struct turn_shift shift[2][CODE_SHIFTS];   /* of even and odd turns */
	int groups[2];
	struct lazy made;
	struct scan_turn *turn;
	uint64_t *words;                           /* what those point to */
};

static int list_shifts(int odd, struct turn_shift shift[CODE_SHIFTS])
{
	int n = 0, groups = odd ? ODD_GROUPS : EVEN_GROUPS;

	for (int y = -WIDE - 1; y <= WIDE + 1; y++)
		for (int x = -WIDE - 1; x <= WIDE + 1; x++)
			if ((x & 1) == odd && (y & 1) == odd && x * x + y * y <= WIDE * WIDE)
				shift[n++] = (struct turn_shift){ x, y };
	while (n < groups * SCAN_GROUP) {   /* what fills the last group is there twice */
		shift[n] = shift[0];
		n++;
	}
	return groups;
}

struct turn_codes *turn_codes_new(struct near *near, int turns, int scales, double scale_step, struct error *e)
{
	struct turn_codes *c = mem_new(1, sizeof *c, e);
	size_t all = (size_t)(turns * scales);
	struct code own;

	if (!c)
		return NULL;
	*c = (struct turn_codes){ .near = near, .turns = turns, .scales = scales, .scale_step = scale_step };
	for (int odd = 0; odd < 2; odd++)
		c->groups[odd] = list_shifts(odd, c->shift[odd]);
	c->turn = mem_new(all, sizeof *c->turn, e);
	/* a vector that crosses two lines of the cache would be loaded twice */
	c->words = mem_table(all * TURN_WORDS, sizeof *c->words, e);
	if (!c->turn || !c->words || lazy_new(&c->made, all, e)) {
		turn_codes_free(c);
		return NULL;
	}
	laid_code(near_laid(near), near_map(near, kernel_fastest(), 0), 0, 0, &own);
	for (int w = 0; w < CODE_WORDS; w++)
		c->count += __builtin_popcountll(own.on[w]);
	return c;
}

void turn_codes_free(struct turn_codes *c)
{
	if (!c)
		return;
	lazy_free(&c->made);
	free(c->turn);
	free(c->words);
	free(c);
}

int turn_codes_count(const struct turn_codes *c)
{
	return c->count;
}

struct turn_shift turn_codes_shift(const struct turn_codes *c, int number, int s)
{
	return c->shift[number / c->scales & 1][s];
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

/* For lazy_need. */
struct laying {
	struct turn_codes *c;
	enum kernel kernel;
};

static void lay_turn(struct turn_codes *c, int number, const uint64_t *map)
{
	const struct laid *l = near_laid(c->near);
	int odd = number / c->scales & 1, slots = c->groups[odd] * SCAN_GROUP;
	uint64_t *on = c->words + (size_t)number * TURN_WORDS, *bit = on + CODE_WORDS;
	struct code laid;

	laid_code(l, map, 0, 0, &laid);
	memcpy(on, laid.on, sizeof laid.on);
	for (int s = 0; s < slots; s++) {
		laid_code(l, map, c->shift[odd][s].right, c->shift[odd][s].down, &laid);
		for (int w = 0; w < CODE_WORDS; w++) {
			uint64_t n = noise((uint64_t)(number * CODE_SHIFTS + s) * CODE_WORDS + (uint64_t)w);

			bit[w * slots + s] = laid.bit[w] | (n & ~laid.on[w]);
		}
	}
	c->turn[number] = (struct scan_turn){ on, bit, c->groups[odd] };
}

static void make_turn(void *context, size_t part)
{
	const struct laying *laying = context;
	struct turn_codes *c = laying->c;
	int number = (int)part, turn = number / c->scales;
	uint64_t map[LAID_MAP_MOST];

	if (c->scales == 1 && NEAR_TURNS % c->turns == 0) {
		lay_turn(c, number, near_map(c->near, laying->kernel, turn * (NEAR_TURNS / c->turns)));
		return;
	}
	laid_draw(near_laid(c->near), laying->kernel, 360.0 * turn / c->turns,
		  1 + (number % c->scales - c->scales / 2) * c->scale_step, map);
	lay_turn(c, number, map);
}

const struct scan_turn *turn_codes_get(struct turn_codes *c, enum kernel kernel, int number)
{
	lazy_need(&c->made, (size_t)number, make_turn, &(struct laying){ c, kernel });
	return &c->turn[number];
}
