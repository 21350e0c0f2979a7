/* t_laid.c - tests of match/laid */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "make/dice.h"
#include "match/laid.h"
#include "match/scan.h"

Suite *t_laid(void);

static const struct code_lattice lattice = { 425, 2225, 86 }, fine_lattice = { 425, 2225, 61 };

/* A smooth pattern that no turn brings back, turned clockwise, made larger and moved; what is beyond 2200 um is missing. */
static void draw(struct grid *g, double turn_deg, double scale, double dx_um, double dy_um)
{
	double turn = turn_deg * M_PI / 180;
	struct error e;

	ck_assert_int_eq(grid_new(g, 240, 240, 20, &e), 0);
	for (int y = 0; y < 240; y++)
		for (int x = 0; x < 240; x++) {
			size_t i = (size_t)y * 240 + (size_t)x;
			double qx = ((x - 119.5) * 20 - dx_um) / scale, qy = ((y - 119.5) * 20 - dy_um) / scale;
			double px = cos(turn) * qx + sin(turn) * qy, py = -sin(turn) * qx + cos(turn) * qy;

			g->on[i] = hypot(px, py) < 2200;
			g->v[i] = (float)(g->on[i] ? sin(px / 110 + 1) + cos(py / 90 + px / 260 + 2) : 0);
		}
}

/* Share of the bits that both have that differ; at least nine in ten of a's must be there in b. */
static double differ(const struct code *a, const struct code *b)
{
	int n = 0, d = 0, all = 0;

	for (int w = 0; w < CODE_WORDS; w++)
		all += __builtin_popcountll(a->on[w]);
	scan_pair(KERNEL_PORTABLE, a, b, &n, &d);
	ck_assert_int_gt(n, all * 9 / 10);
	return n ? (double)d / n : 1;
}

START_TEST(laid_codes_are_those_of_moved_marks)
{
	static const struct { double turn, scale; int right, down; } pose[] = {
		{ 0, 1, 0, 0 }, { 90, 1, 0, 0 }, { 37, 1, 3, -5 }, { 211, 1, -7, 1 }, { 300, 1.06, 2, 2 }, { 5, .91, -9, 0 },
		{ 180, 1, 0, 9 }
	};
	static uint64_t map[LAID_MAP_MOST];
	struct grid g;
	struct laid l;
	struct error e;

	draw(&g, 0, 1, 0, 0);
	ck_assert_int_eq(laid_new(&l, &g, &lattice, &e), 0);
	grid_free(&g);
	for (size_t i = 0; i < sizeof pose / sizeof *pose; i++) {
		struct code laid, moved, still;

		draw(&g, pose[i].turn, pose[i].scale, pose[i].right * 86 / 3., pose[i].down * 86 / 3.);
		code_make(&g, &lattice, &moved);
		laid_draw(&l, kernel_fastest(), pose[i].turn, pose[i].scale, map);
		laid_code(&l, map, pose[i].right, pose[i].down, &laid);
		laid_code(&l, map, 0, 0, &still);
		for (int w = 0; w < CODE_WORDS; w++)
			ck_assert(!(laid.bit[w] & ~laid.on[w]));
		ck_assert_msg(differ(&moved, &laid) < .02, "pose %zu", i);
		if (pose[i].right || pose[i].down)
			ck_assert_double_gt(differ(&moved, &still), .05);
		grid_free(&g);
	}
	laid_free(&l);
	ck_assert_ptr_null(l.point);
}
END_TEST

static uint64_t *new_map(const struct laid *l)
{
	uint64_t *map = malloc(laid_map_words(l) * sizeof *map);

	ck_assert_ptr_nonnull(map);
	memset(map, 0xa5, laid_map_words(l) * sizeof *map);
	return map;
}

START_TEST(kernels_draw_alike)
{
	static const double turn[] = { 0, 12.3, 90, 181, 359 };
	struct grid g;
	struct error e;

	draw(&g, 0, 1, 0, 0);
	for (int i = 0; i < 10; i++) {
		uint64_t *map, *other;
		struct laid l;

		ck_assert_int_eq((i % 2 ? laid_new_fine : laid_new)(&l, &g, i % 2 ? &fine_lattice : &lattice, &e), 0);
		ck_assert(i % 2 || laid_map_words(&l) <= LAID_MAP_MOST);
		map = new_map(&l);
		other = new_map(&l);
		laid_draw(&l, KERNEL_PORTABLE, turn[i / 2], 1 + .03 * (i - 4), map);
		for (int k = 1; k < KERNELS; k++) {
			if (!kernel_supported((enum kernel)k))
				continue;
			laid_draw(&l, (enum kernel)k, turn[i / 2], 1 + .03 * (i - 4), other);
			ck_assert_msg(!memcmp(map, other, laid_map_words(&l) * sizeof *map), "%s, %d", kernel_name((enum kernel)k), i);
		}
		free(map);
		free(other);
		laid_free(&l);
	}
	grid_free(&g);
}
END_TEST

/* In every place rows say of a code what the code there says. */
START_TEST(rows_are_those_of_codes)
{
	static uint64_t map[LAID_MAP_MOST];
	static struct laid_rows rows;
	struct code other, laid;
	struct dice d;
	struct grid g;
	struct laid l;
	struct error e;

	dice_seed(&d, 5);
	for (int w = 0; w < CODE_WORDS; w++) {
		other.on[w] = dice_next(&d) | dice_next(&d);
		other.bit[w] = dice_next(&d) & other.on[w];
	}
	draw(&g, 0, 1, 0, 0);
	ck_assert_int_eq(laid_new(&l, &g, &lattice, &e), 0);
	laid_spread(&l, other.bit, other.on, &rows);
	ck_assert_int_eq(rows.words % 8, 0);
	laid_draw(&l, kernel_fastest(), 33, 1, map);
	for (int down = -LAID_REACH; down <= LAID_REACH; down++)
		for (int right = -LAID_REACH; right <= LAID_REACH; right++) {
			struct laid_place p = laid_place(&l, map, right, down);
			int common, differing, n, m;

			laid_code(&l, map, right, down, &laid);
			scan_pair(KERNEL_PORTABLE, &laid, &other, &n, &m);
			scan_rows(KERNEL_PORTABLE, &p, &rows, &common, &differing);
			ck_assert_msg(common == n && differing == m, "%d %d: %d %d, not %d %d", right, down, common, differing,
				      n, m);
			ck_assert(n > 500);
		}
	laid_free(&l);
	grid_free(&g);
}
END_TEST

/* Rows of a fine code: bits that both have, and of those the share that differs. */
static double fine_differ(const struct laid *l, const uint64_t *map, int right, int down, const struct fine_code *c,
			  int *common)
{
	static struct laid_rows rows;
	struct laid_place p = laid_place(l, map, right, down);
	int differing;

	laid_spread(l, c->bit, c->on, &rows);
	scan_rows(KERNEL_PORTABLE, &p, &rows, common, &differing);
	return *common ? (double)differing / *common : 1;
}

START_TEST(fine_rows_are_those_of_moved_marks)
{
	static const struct { double turn; int right, down; } pose[] = {
		{ 0, 0, 0 }, { 37, 3, -5 }, { 211, -12, 0 }, { 300, 1, 12 }, { 90, 8, 8 }, { 181, -4, -7 }
	};
	struct grid g;
	struct laid l;
	struct error e;
	uint64_t *map;

	draw(&g, 0, 1, 0, 0);
	ck_assert_int_eq(laid_new_fine(&l, &g, &fine_lattice, &e), 0);
	grid_free(&g);
	map = new_map(&l);
	for (size_t i = 0; i < sizeof pose / sizeof *pose; i++) {
		struct fine_code moved;
		int all = 0, common;

		draw(&g, pose[i].turn, 1, pose[i].right * 61 / 3., pose[i].down * 61 / 3.);
		code_fine_make(&g, &fine_lattice, &moved);
		for (int w = 0; w < FINE_WORDS; w++)
			all += __builtin_popcountll(moved.on[w]);
		laid_draw(&l, kernel_fastest(), pose[i].turn, 1, map);
		ck_assert_double_lt(fine_differ(&l, map, pose[i].right, pose[i].down, &moved, &common), .002);
		ck_assert_msg(common > all * .93, "pose %zu: %d of %d", i, common, all);
		ck_assert_double_gt(fine_differ(&l, map, -pose[i].right, 5 - pose[i].down, &moved, &common), .02);
		grid_free(&g);
	}
	free(map);
	laid_free(&l);
}
END_TEST

START_TEST(nothing_is_laid_as_nothing)
{
	static uint64_t map[LAID_MAP_MOST];
	struct grid g;
	struct laid l;
	struct code c;
	struct error e;

	draw(&g, 0, 1, 0, 0);
	memset(g.on, 0, 240 * 240);
	ck_assert_int_eq(laid_new(&l, &g, &lattice, &e), 0);
	laid_draw(&l, kernel_fastest(), 12, 1, map);
	for (int k = -LAID_REACH; k <= LAID_REACH; k += LAID_REACH) {
		laid_code(&l, map, k, -k, &c);
		for (int w = 0; w < CODE_WORDS; w++)
			ck_assert(c.on[w] == 0 && c.bit[w] == 0);
	}
	laid_free(&l);
	grid_free(&g);
}
END_TEST

Suite *t_laid(void)
{
	Suite *s = suite_create("laid");
	TCase *c = tcase_create("nominal");

	tcase_set_timeout(c, 60);
	tcase_add_test(c, laid_codes_are_those_of_moved_marks);
	tcase_add_test(c, kernels_draw_alike);
	tcase_add_test(c, rows_are_those_of_codes);
	tcase_add_test(c, fine_rows_are_those_of_moved_marks);
	suite_add_tcase(s, c);
	c = tcase_create("limits");
	tcase_add_test(c, nothing_is_laid_as_nothing);
	suite_add_tcase(s, c);
	return s;
}
