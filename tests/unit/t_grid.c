/* t_grid.c - tests of math/grid */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <check.h>
#include <math.h>
#include <stdlib.h>

#include "make/dice.h"
#include "math/grid.h"

Suite *t_grid(void);

static void make(struct grid *g, int width, int height)
{
	struct error e;

	ck_assert_int_eq(grid_new(g, width, height, 10, &e), 0);
}

/* Random values of which a share is missing. */
static void scatter(struct grid *g, uint64_t seed, double missing)
{
	struct dice d;

	dice_seed(&d, seed);
	for (size_t i = 0; i < (size_t)g->width * (size_t)g->height; i++) {
		g->on[i] = dice_unit(&d) >= missing;
		g->v[i] = g->on[i] ? (float)dice_normal(&d) : 0;
	}
}

START_TEST(starts_all_missing)
{
	struct grid g;
	double mean, deviation;

	make(&g, 7, 3);
	ck_assert(g.width == 7 && g.height == 3 && g.step_um == 10);
	ck_assert_uint_eq(grid_count(&g), 0);
	grid_moments(&g, &mean, &deviation);
	ck_assert(mean == 0 && deviation == 0);
	grid_free(&g);
	ck_assert(!g.v && !g.on && !g.width);
	grid_free(&g);
}
END_TEST

START_TEST(sizes_are_bounded)
{
	static const int bad[][2] = { { 0, 5 }, { 5, 0 }, { -1, 5 }, { 16385, 1 }, { 1, 16385 }, { 2147483647, 2147483647 } };
	struct grid g;
	struct error e;

	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		ck_assert_int_eq(grid_new(&g, bad[i][0], bad[i][1], 1, &e), STATUS_INPUT);
		ck_assert(!g.v && !g.on);
	}
	ck_assert_int_eq(grid_new(&g, 16384, 1, 1, &e), 0);
	grid_free(&g);
	ck_assert_int_eq(grid_new(&g, 1, 16384, 1, NULL), 0);
	grid_free(&g);
}
END_TEST

START_TEST(moments_leave_out_what_is_missing)
{
	struct grid g;
	double mean, deviation;

	make(&g, 2, 2);
	g.on[0] = g.on[3] = 1;
	g.v[0] = 1;
	g.v[3] = 5;
	grid_moments(&g, &mean, &deviation);
	ck_assert_double_eq(mean, 3);
	ck_assert_double_eq(deviation, 2);
	ck_assert_uint_eq(grid_count(&g), 2);
	grid_free(&g);
}
END_TEST

/* The definition, point by point. */
static double smooth_at(const struct grid *g, double sigma, int x, int y)
{
	int radius = (int)ceil(3 * sigma);
	double sum = 0, weight = 0;

	for (int v = 0; v < g->height; v++)
		for (int u = 0; u < g->width; u++) {
			size_t i = (size_t)v * (size_t)g->width + (size_t)u;
			double w = exp(-.5 * ((u - x) * (u - x) + (v - y) * (v - y)) / (sigma * sigma));

			if (!g->on[i] || abs(u - x) > radius || abs(v - y) > radius)
				continue;
			sum += w * g->v[i];
			weight += w;
		}
	return sum / weight;
}

START_TEST(smoothing_is_a_mean_of_what_is_there)
{
	static const struct { int width, height; double sigma, missing; } how[] = {
		{ 23, 17, 1.3, .3 }, { 17, 23, 4, .7 }, { 40, 1, 2, .2 }, { 1, 40, 2, .2 }, { 5, 5, 30, .1 }, { 9, 9, .2, 0 },
		{ 1, 1, 3, 0 }, { 90, 3, 42, .5 },
	};
	struct error e;

	for (size_t k = 0; k < sizeof how / sizeof *how; k++) {
		struct grid g, to;

		make(&g, how[k].width, how[k].height);
		make(&to, how[k].width, how[k].height);
		scatter(&g, k + 1, how[k].missing);
		ck_assert_int_eq(grid_smooth(&g, how[k].sigma, &to, &e), 0);
		for (int y = 0; y < g.height; y++)
			for (int x = 0; x < g.width; x++) {
				size_t i = (size_t)y * (size_t)g.width + (size_t)x;

				ck_assert_int_eq(to.on[i], g.on[i]);
				ck_assert_double_eq_tol(to.v[i], g.on[i] ? smooth_at(&g, how[k].sigma, x, y) : 0, 2e-5);
			}
		grid_free(&to);
		grid_free(&g);
	}
}
END_TEST

START_TEST(a_level_surface_stays_level)
{
	struct grid g, to;
	struct error e;

	make(&g, 30, 20);
	make(&to, 30, 20);
	scatter(&g, 9, .4);
	for (int i = 0; i < 600; i++)
		g.v[i] = g.on[i] ? 3 : 0;
	ck_assert_int_eq(grid_smooth(&g, 5, &to, &e), 0);
	for (int i = 0; i < 600; i++)
		ck_assert_double_eq_tol(to.v[i], g.on[i] ? 3 : 0, 1e-5);
	grid_subtract(&g, &to);
	for (int i = 0; i < 600; i++)
		ck_assert_double_eq_tol(g.v[i], 0, 1e-5);
	grid_free(&to);
	grid_free(&g);
}
END_TEST

START_TEST(subtracting_touches_only_what_is_there)
{
	struct grid a, b;

	make(&a, 2, 1);
	make(&b, 2, 1);
	a.on[0] = 1;
	a.v[0] = 7;
	b.v[0] = 2;
	b.v[1] = 9;
	grid_subtract(&a, &b);
	ck_assert(a.v[0] == 5 && a.v[1] == 0);
	grid_free(&a);
	grid_free(&b);
}
END_TEST

Suite *t_grid(void)
{
	Suite *s = suite_create("grid");
	TCase *c = tcase_create("nominal");

	tcase_add_test(c, starts_all_missing);
	tcase_add_test(c, moments_leave_out_what_is_missing);
	tcase_add_test(c, smoothing_is_a_mean_of_what_is_there);
	tcase_add_test(c, a_level_surface_stays_level);
	tcase_add_test(c, subtracting_touches_only_what_is_there);
	suite_add_tcase(s, c);
	c = tcase_create("limits");
	tcase_add_test(c, sizes_are_bounded);
	suite_add_tcase(s, c);
	return s;
}
