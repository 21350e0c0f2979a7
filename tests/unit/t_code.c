/* t_code.c - tests of sign/code */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <check.h>
#include <math.h>
#include <string.h>

#include "sign/code.h"
#include "sign/impression.h"

Suite *t_code(void);

static const struct code_lattice lattice = { 100, 500, 30 };

/* A grid of 121 x 121 points of 10 um. */
static void draw(struct grid *g, float (*value)(double x_um, double y_um))
{
	struct error e;

	ck_assert_int_eq(grid_new(g, 121, 121, 10, &e), 0);
	for (int y = 0; y < 121; y++)
		for (int x = 0; x < 121; x++) {
			g->on[y * 121 + x] = 1;
			g->v[y * 121 + x] = value((x - 60) * 10, (y - 60) * 10);
		}
}

/* Positive where the lower right quarter is. */
static float quarter(double x, double y)
{
	return x > 0 && y > 0 ? 1 : -1;
}

static float slope(double x, double y)
{
	return (float)(x + 2 * y);
}

/* Calls for each place, in order. */
static int places(double x[CODE_MOST], double y[CODE_MOST])
{
	struct code_run run[CODE_RUNS];
	int runs = code_runs(&lattice, run), n = 0;

	for (int r = 0; r < runs; r++)
		for (int i = 0; i < run[r].count; i++, n++) {
			x[n] = (run[r].first + i + .5) * lattice.pitch_um;
			y[n] = (run[r].row + .5) * lattice.pitch_um;
		}
	return n;
}

START_TEST(places_are_as_documented)
{
	double x[CODE_MOST], y[CODE_MOST];
	int n = places(x, y), all = 0;

	for (int j = -40; j < 40; j++)
		for (int i = -40; i < 40; i++) {
			double px = (i + .5) * 30, py = (j + .5) * 30, r = hypot(px, py);

			if (r < 100 || r > 500)
				continue;
			ck_assert(x[all] == px && y[all] == py);
			all++;
		}
	ck_assert_int_eq(all, n);
}
END_TEST

START_TEST(bits_are_signs)
{
	double x[CODE_MOST], y[CODE_MOST];
	struct grid g;
	struct code c;
	int n = places(x, y);

	draw(&g, quarter);
	code_make(&g, &lattice, &c);
	for (int k = 0; k < CODE_MOST; k++) {
		int on = (int)(c.on[k / 64] >> k % 64 & 1), bit = (int)(c.bit[k / 64] >> k % 64 & 1);

		ck_assert_int_eq(on, k < n);
		ck_assert_int_eq(bit, k < n && x[k] > 0 && y[k] > 0);
	}
	grid_free(&g);
}
END_TEST

START_TEST(weak_values_say_nothing)
{
	double x[CODE_MOST], y[CODE_MOST], sum = 0;
	struct grid g;
	struct code c;
	int n = places(x, y);

	draw(&g, slope);
	for (int i = 0; i < 121 * 121; i++)
		sum += (double)g.v[i] * g.v[i];
	sum = sqrt(sum / (121 * 121));
	code_make(&g, &lattice, &c);
	for (int k = 0; k < n; k++)
		ck_assert_int_eq(c.on[k / 64] >> k % 64 & 1, fabs(x[k] + 2 * y[k]) >= CODE_WEAK * sum);
	grid_free(&g);
}
END_TEST

START_TEST(what_is_missing_says_nothing)
{
	double x[CODE_MOST], y[CODE_MOST];
	struct grid g;
	struct code c;
	int n = places(x, y);

	draw(&g, quarter);
	for (int i = 0; i < 121 * 121; i++)
		if (i % 121 < 60)
			g.on[i] = 0, g.v[i] = 0;
	code_make(&g, &lattice, &c);
	for (int k = 0; k < n; k++)
		ck_assert_int_eq(c.on[k / 64] >> k % 64 & 1, x[k] > 0);
	memset(g.on, 0, 121 * 121);
	code_make(&g, &lattice, &c);
	for (int w = 0; w < CODE_WORDS; w++)
		ck_assert(c.on[w] == 0 && c.bit[w] == 0);
	grid_free(&g);
}
END_TEST

/* The lattices in use fit into a code, and are not cut off by the number of its rows. */
START_TEST(lattices_fit)
{
	for (int m = 0; m < MARKS; m++) {
		const struct code_lattice *l = &impression_params((enum mark)m)->lattice;
		struct code_run run[CODE_RUNS];
		int n = 0, runs;

		if (mark_striated((enum mark)m))
			continue;
		runs = code_runs(l, run);
		for (int r = 0; r < runs; r++) {
			n += run[r].count;
			ck_assert_int_le(run[r].count, 63);
		}
		ck_assert_int_gt(n, CODE_MOST * 9 / 10);
		ck_assert_int_lt(n, CODE_MOST);
		ck_assert(l->outer_um < CODE_REACH * l->pitch_um);
		ck_assert(l->inner_um > 0 && l->outer_um < impression_params((enum mark)m)->side_um / 2);
	}
}
END_TEST

/* Of the marks that have a fine code, too; its runs are the places in order. */
START_TEST(fine_lattices_fit)
{
	for (int m = 0; m < MARKS; m++) {
		const struct code_lattice *l = &impression_params((enum mark)m)->fine;
		struct code_run run[FINE_RUNS];
		int runs, r = 0, at = 0, all = 0;

		ck_assert_int_eq(impression_has_fine((enum mark)m), m == MARK_BREECH_FACE);
		if (!impression_has_fine((enum mark)m))
			continue;
		runs = code_fine_runs(l, run);
		for (int j = -60; j < 60; j++)
			for (int i = -60; i < 60; i++) {
				double away = hypot((i + .5) * l->pitch_um, (j + .5) * l->pitch_um);

				if (away < l->inner_um || away > l->outer_um)
					continue;
				ck_assert(r < runs && run[r].row == j && run[r].first + at == i);
				if (++at == run[r].count)
					r++, at = 0;
				all++;
			}
		ck_assert_int_eq(r, runs);
		ck_assert_int_eq(all, 4004);
		ck_assert_int_le(all, FINE_MOST);
		ck_assert(l->outer_um < FINE_HALF * l->pitch_um);
	}
}
END_TEST

/* Written once more, plainly: of a grid of whole numbers, and not smoothed. */
START_TEST(fine_bits_are_signs_of_what_is_there)
{
	const struct code_lattice *l = &impression_params(MARK_BREECH_FACE)->fine;
	struct code_run run[FINE_RUNS];
	struct fine_code c;
	struct signature s = { .mark = MARK_BREECH_FACE, .step_um = 20 };
	double sum = 0, count = 0;
	int k = 0, on = 0, runs = code_fine_runs(l, run);
	struct error e;

	ck_assert_int_eq(signature_room(&s, 240, 240, 1u << LAYER_RELIEF, &e), 0);
	for (int i = 0; i < 240 * 240; i++) {
		s.on[i] = i % 101 != 0 && i % 240 < 200;
		s.layer[LAYER_RELIEF][i] = s.on[i] ? (int16_t)(i * 7919 % 31 - 15) : 0;
		sum += s.layer[LAYER_RELIEF][i] * s.layer[LAYER_RELIEF][i];
		count += s.on[i];
	}
	ck_assert_int_eq(impression_fine_code(&s, &c, &e), 0);
	for (int r = 0; r < runs; r++)
		for (int i = 0; i < run[r].count; i++, k++) {
			double x = 119.5 + (run[r].first + i + .5) * 61 / 20, y = 119.5 + (run[r].row + .5) * 61 / 20;
			int at = (int)y * 240 + (int)x, there = s.on[at] && s.on[at + 1] && s.on[at + 240] && s.on[at + 241];
			const int16_t *v = &s.layer[LAYER_RELIEF][at];
			double fx = x - floor(x), fy = y - floor(y);
			double value = (v[0] * (1 - fx) + v[1] * fx) * (1 - fy) + (v[240] * (1 - fx) + v[241] * fx) * fy;

			if (fabs(fabs(value) - CODE_WEAK * sqrt(sum / count)) < 1e-4)
				continue;
			there = there && fabs(value) >= CODE_WEAK * sqrt(sum / count);
			on += there;
			ck_assert_int_eq(c.on[k / 64] >> k % 64 & 1, there);
			ck_assert_int_eq(c.bit[k / 64] >> k % 64 & 1, there && value > 0);
		}
	ck_assert(on > 1000 && on < k - 1000);
	for (; k < FINE_MOST; k++)
		ck_assert(!(c.on[k / 64] >> k % 64 & 1));
	/* nothing at any place, no relief, or another mark: none */
	s.mark = MARK_EJECTOR;
	ck_assert_int_eq(impression_fine_code(&s, &c, &e), STATUS_NO);
	s.mark = MARK_BREECH_FACE;
	memset(s.on, 0, 240 * 240);
	memset(s.layer[LAYER_RELIEF], 0, 240 * 240 * sizeof(int16_t));
	ck_assert_int_eq(impression_fine_code(&s, &c, &e), STATUS_NO);
	s.layer[LAYER_LOOK] = s.layer[LAYER_RELIEF];
	s.layer[LAYER_RELIEF] = NULL;
	ck_assert_int_eq(impression_fine_code(&s, &c, &e), STATUS_NO);
	signature_free(&s);
}
END_TEST

Suite *t_code(void)
{
	Suite *s = suite_create("code");
	TCase *c = tcase_create("nominal");

	tcase_add_test(c, places_are_as_documented);
	tcase_add_test(c, bits_are_signs);
	tcase_add_test(c, fine_bits_are_signs_of_what_is_there);
	suite_add_tcase(s, c);
	c = tcase_create("limits");
	tcase_add_test(c, weak_values_say_nothing);
	tcase_add_test(c, what_is_missing_says_nothing);
	tcase_add_test(c, lattices_fit);
	tcase_add_test(c, fine_lattices_fit);
	suite_add_tcase(s, c);
	return s;
}
