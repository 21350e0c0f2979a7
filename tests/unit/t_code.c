/* t_code.c - tests of sign/code */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <check.h>
#include <math.h>
#include <string.h>

#include "make/dice.h"
#include "sign/code.h"

Suite *t_code(void);

static const struct code_rings rings = { 100, 30 };

static int bit(const uint64_t *words, int ring, int angle)
{
	angle &= CODE_ANGLES - 1;
	return (int)(words[2 * ring + angle / 64] >> angle % 64 & 1);
}

static void scatter(struct code *c, uint64_t seed)
{
	struct dice d;

	dice_seed(&d, seed);
	for (int w = 0; w < CODE_WORDS; w++) {
		c->on[w] = dice_next(&d);
		c->bit[w] = dice_next(&d) & c->on[w];
	}
}

/* A smooth pattern that no turn below a whole one brings back, turned clockwise, made larger and moved. */
static void draw(struct grid *g, double turn_deg, double scale, double dx_um, double dy_um)
{
	double turn = turn_deg * M_PI / 180;
	struct error e;

	ck_assert_int_eq(grid_new(g, 121, 121, 10, &e), 0);
	for (int y = 0; y < 121; y++)
		for (int x = 0; x < 121; x++) {
			size_t i = (size_t)y * 121 + (size_t)x;
			double qx = ((x - 60) * 10 - dx_um) / scale, qy = ((y - 60) * 10 - dy_um) / scale;
			double px = cos(turn) * qx + sin(turn) * qy, py = -sin(turn) * qx + cos(turn) * qy;

			g->on[i] = 1;
			g->v[i] = (float)(sin(px / 70 + 1) + cos(py / 50 + px / 160 + 2));
		}
}

/* Share of the bits present in both that differ; *common is how many those are. */
static double differ(const struct code *a, const struct code *b, int *common)
{
	int n = 0, d = 0;

	for (int w = 0; w < CODE_WORDS; w++) {
		n += __builtin_popcountll(a->on[w] & b->on[w]);
		d += __builtin_popcountll((a->bit[w] ^ b->bit[w]) & a->on[w] & b->on[w]);
	}
	*common = n;
	return n ? (double)d / n : 1;
}

START_TEST(turning_moves_each_ring)
{
	struct code in, out;

	scatter(&in, 3);
	for (int steps = -300; steps <= 300; steps += 7) {
		code_turn(&in, steps, &out);
		for (int r = 0; r < CODE_RINGS; r++)
			for (int a = 0; a < CODE_ANGLES; a++) {
				ck_assert_int_eq(bit(out.bit, r, a + steps), bit(in.bit, r, a));
				ck_assert_int_eq(bit(out.on, r, a + steps), bit(in.on, r, a));
			}
	}
}
END_TEST

START_TEST(turns_add_up)
{
	struct code in, once, twice, both;

	scatter(&in, 4);
	for (int a = 0; a <= 128; a++)
		for (int b = -128; b <= 128; b += 5) {
			code_turn(&in, a, &once);
			code_turn(&once, b, &twice);
			code_turn(&in, a + b, &both);
			ck_assert_int_eq(memcmp(&twice, &both, sizeof both), 0);
		}
	code_turn(&in, 0, &once);
	ck_assert_int_eq(memcmp(&once, &in, sizeof in), 0);
	code_turn(&in, 128, &once);
	ck_assert_int_eq(memcmp(&once, &in, sizeof in), 0);
}
END_TEST

START_TEST(angles_run_from_right_to_bottom)
{
	struct grid g;
	struct code c;
	struct error e;

	/* the lower right quarter is positive */
	ck_assert_int_eq(grid_new(&g, 121, 121, 10, &e), 0);
	for (int y = 0; y < 121; y++)
		for (int x = 0; x < 121; x++) {
			g.on[y * 121 + x] = 1;
			g.v[y * 121 + x] = x > 60 && y > 60 ? 1 : -1;
		}
	code_make(&g, &rings, 0, 0, 1, &c);
	for (int r = 0; r < CODE_RINGS; r++)
		for (int a = 0; a < CODE_ANGLES; a++) {
			ck_assert_int_eq(bit(c.on, r, a), 1);
			if (a >= 4 && a <= 28)
				ck_assert_int_eq(bit(c.bit, r, a), 1);
			else if (a >= 36 && a <= 124)
				ck_assert_int_eq(bit(c.bit, r, a), 0);
		}
	grid_free(&g);
}
END_TEST

START_TEST(a_turn_of_the_mark_is_a_turn_of_the_code)
{
	struct grid g;
	struct code first, c, turned;
	int common;

	draw(&g, 0, 1, 0, 0);
	code_make(&g, &rings, 0, 0, 1, &first);
	grid_free(&g);
	for (int steps = 0; steps < 128; steps += 9) {
		draw(&g, steps * 360. / CODE_ANGLES, 1, 0, 0);
		code_make(&g, &rings, 0, 0, 1, &c);
		code_turn(&first, steps, &turned);
		ck_assert_double_lt(differ(&c, &turned, &common), .02);
		ck_assert_int_eq(common, CODE_RINGS * CODE_ANGLES);
		code_turn(&first, steps + 5, &turned);
		ck_assert_double_gt(differ(&c, &turned, &common), .1);
		grid_free(&g);
	}
}
END_TEST

START_TEST(shift_and_scale_are_of_the_mark)
{
	struct grid g;
	struct code still, moved, straight;
	int common;

	draw(&g, 0, 1, 0, 0);
	code_make(&g, &rings, 40, -60, 1.1, &moved);
	code_make(&g, &rings, 0, 0, 1, &still);
	grid_free(&g);
	/* made larger first, then moved */
	draw(&g, 0, 1.1, 40, -60);
	code_make(&g, &rings, 0, 0, 1, &straight);
	grid_free(&g);
	ck_assert_double_lt(differ(&moved, &straight, &common), .02);
	ck_assert_int_gt(common, CODE_RINGS * CODE_ANGLES * 9 / 10);
	ck_assert_double_gt(differ(&still, &straight, &common), .1);
}
END_TEST

START_TEST(what_is_missing_says_nothing)
{
	struct grid g;
	struct code c;

	draw(&g, 0, 1, 0, 0);
	for (int y = 0; y < 121; y++)
		for (int x = 0; x < 60; x++)
			g.on[y * 121 + x] = 0, g.v[y * 121 + x] = 0;
	code_make(&g, &rings, 0, 0, 1, &c);
	for (int r = 0; r < CODE_RINGS; r++)
		for (int a = 0; a < CODE_ANGLES; a++) {
			ck_assert(bit(c.on, r, a) || !bit(c.bit, r, a));
			if (a < 31 || a > 97)
				ck_assert_int_eq(bit(c.on, r, a), 1);
			else if (a > 33 && a < 95)
				ck_assert_int_eq(bit(c.on, r, a), 0);
		}
	grid_free(&g);
}
END_TEST

START_TEST(rings_past_the_edge_say_nothing)
{
	static const struct code_rings wide = { 500, 20 };
	struct grid g;
	struct code c;

	draw(&g, 0, 1, 0, 0);
	code_make(&g, &wide, 0, 0, 1, &c);
	for (int r = 0; r < CODE_RINGS; r++)
		ck_assert_int_eq(bit(c.on, r, 0), 500 + 20 * r < 600);
	code_make(&g, &wide, 1e9, -1e9, 1, &c);
	for (int w = 0; w < CODE_WORDS; w++)
		ck_assert(c.on[w] == 0 && c.bit[w] == 0);
	grid_free(&g);
}
END_TEST

Suite *t_code(void)
{
	Suite *s = suite_create("code");
	TCase *c = tcase_create("nominal");

	tcase_add_test(c, turning_moves_each_ring);
	tcase_add_test(c, turns_add_up);
	tcase_add_test(c, angles_run_from_right_to_bottom);
	tcase_add_test(c, a_turn_of_the_mark_is_a_turn_of_the_code);
	tcase_add_test(c, shift_and_scale_are_of_the_mark);
	suite_add_tcase(s, c);
	c = tcase_create("limits");
	tcase_add_test(c, what_is_missing_says_nothing);
	tcase_add_test(c, rings_past_the_edge_say_nothing);
	suite_add_tcase(s, c);
	return s;
}
