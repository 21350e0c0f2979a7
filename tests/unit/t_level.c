/* t_level.c - tests of prep/level */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <check.h>
#include <math.h>
#include <stdlib.h>

#include "make/dice.h"
#include "prep/level.h"

Suite *t_level(void);

/* A surface whose heights are a function of the place, in um from its upper left point. */
static void draw(struct surface *s, int width, int height, double step_x, double step_y,
		 double (*z)(double x_um, double y_um))
{
	struct error e;

	ck_assert_int_eq(surface_new(s, SURFACE_TOPOGRAPHY, width, height, &e), 0);
	s->spacing_x_um = step_x;
	s->spacing_y_um = step_y;
	for (int y = 0; y < height; y++)
		for (int x = 0; x < width; x++)
			s->z[(size_t)y * (size_t)width + (size_t)x] = (float)z(x * step_x, y * step_y);
}

static double slope(double x_um, double y_um)
{
	return .02 * x_um - .01 * y_um + 3;
}

static double waves(double x_um, double y_um)
{
	return sin(x_um / 40) + cos(y_um / 55 + x_um / 90);
}

/* The whole surface on a grid of 10 um whose middle is at x_um, y_um. */
static void sample(const struct surface *s, double x_um, double y_um, int size, struct grid *g)
{
	struct error e;

	ck_assert_int_eq(level_sample(s, NULL, 0, x_um / s->spacing_x_um, y_um / s->spacing_y_um, s->spacing_x_um,
				      s->spacing_y_um, size, 10, g, &e), 0);
}

/* Largest difference of the grid's values from the function, where present; how many those are. */
static double worst(const struct grid *g, double x_um, double y_um, double (*z)(double, double), size_t *present)
{
	double most = 0, half = (g->width - 1) / 2.0;

	for (int y = 0; y < g->height; y++)
		for (int x = 0; x < g->width; x++) {
			size_t i = (size_t)y * (size_t)g->width + (size_t)x;
			double d = fabs(g->v[i] - z(x_um + (x - half) * 10, y_um + (y - half) * 10));

			if (g->on[i] && d > most)
				most = d;
		}
	*present = grid_count(g);
	return most;
}

START_TEST(places_are_kept_at_every_spacing)
{
	static const struct { double x, y, slope_tol, waves_tol; } step[] = {
		{ 1, 1, .001, .03 }, { 2.6, 2.6, .03, .04 }, { 6.25, 6.25, .05, .05 }, { 10, 10, 1e-4, .02 }, { 17, 17, 1e-4, .06 },
		{ 3, 5, .04, .04 }, { 12, 5, 1e-4, .03 },
	};

	for (size_t k = 0; k < sizeof step / sizeof *step; k++) {
		struct surface s;
		struct grid g;
		double off;
		size_t n;

		draw(&s, (int)(900 / step[k].x), (int)(900 / step[k].y), step[k].x, step[k].y, slope);
		sample(&s, 431, 456, 60, &g);
		off = worst(&g, 431, 456, slope, &n);
		ck_assert_msg(off < step[k].slope_tol, "slope at spacing %g: %g", step[k].x, off);
		/* the outermost points would see one side only */
		ck_assert_uint_eq(n, step[k].x < 7.5 && step[k].y < 7.5 ? 58 * 58 : 60 * 60);
		grid_free(&g);
		surface_free(&s);
		draw(&s, (int)(900 / step[k].x), (int)(900 / step[k].y), step[k].x, step[k].y, waves);
		sample(&s, 431, 456, 60, &g);
		off = worst(&g, 431, 456, waves, &n);
		ck_assert_msg(off < step[k].waves_tol, "waves at spacing %g: %g", step[k].x, off);
		grid_free(&g);
		surface_free(&s);
	}
}
END_TEST

START_TEST(what_lies_outside_is_missing)
{
	static const double step[] = { 4, 10, 15 };

	for (int k = 0; k < 3; k++) {
		int side = (int)(400 / step[k]);
		struct surface s;
		struct grid g;
		size_t n;

		draw(&s, side, side, step[k], step[k], slope);
		/* a grid of 600 um round the middle of a surface of 400 um */
		sample(&s, (side - 1) * step[k] / 2, (side - 1) * step[k] / 2, 60, &g);
		worst(&g, 0, 0, slope, &n);
		ck_assert_uint_ge(n, 38 * 38);
		ck_assert_uint_le(n, 42 * 42);
		ck_assert(!g.on[0] && !g.on[59] && !g.on[3599] && g.on[30 * 60 + 30]);
		ck_assert(g.v[0] == 0);
		grid_free(&g);
		/* wholly beside it */
		sample(&s, -5000, 9000, 60, &g);
		ck_assert_uint_eq(grid_count(&g), 0);
		grid_free(&g);
		surface_free(&s);
	}
}
END_TEST

/* Rubbish under another label, or NaN, changes no value; near it the rest counts. */
START_TEST(only_the_wanted_label_takes_part)
{
	static const double step[] = { 5, 12 };

	for (int k = 0; k < 2; k++) {
		int side = (int)(600 / step[k]);
		struct surface s;
		struct grid labelled, missing;
		uint8_t *label = malloc((size_t)side * (size_t)side);
		struct error e;

		ck_assert_ptr_nonnull(label);
		draw(&s, side, side, step[k], step[k], waves);
		for (int i = 0; i < side * side; i++) {
			label[i] = i % side < side / 2 ? 7 : (uint8_t)(i % 2);
			if (label[i] != 7)
				s.z[i] = 1e6f;
		}
		ck_assert_int_eq(level_sample(&s, label, 7, 20, 20, step[k], step[k], 40, 10, &labelled, &e), 0);
		for (int i = 0; i < side * side; i++)
			if (label[i] != 7)
				s.z[i] = NAN;
		ck_assert_int_eq(level_sample(&s, NULL, 0, 20, 20, step[k], step[k], 40, 10, &missing, &e), 0);
		ck_assert_uint_gt(grid_count(&missing), 100);
		for (int i = 0; i < 1600; i++) {
			ck_assert_int_eq(labelled.on[i], missing.on[i]);
			ck_assert(labelled.v[i] == missing.v[i] && fabsf(missing.v[i]) <= 2);
		}
		grid_free(&labelled);
		grid_free(&missing);
		free(label);
		surface_free(&s);
	}
}
END_TEST

/* A quarter turn of the surface is a quarter turn of the grid. */
START_TEST(quarter_turns_agree)
{
	static const double step[] = { 3, 8 };

	for (int k = 0; k < 2; k++) {
		struct surface s, t;
		struct grid g, q;
		struct error e;
		int n = 101;

		draw(&s, n, n, step[k], step[k], waves);
		ck_assert_int_eq(surface_new(&t, SURFACE_TOPOGRAPHY, n, n, &e), 0);
		for (int y = 0; y < n; y++)
			for (int x = 0; x < n; x++)
				t.z[x * n + (n - 1 - y)] = s.z[y * n + x];   /* clockwise */
		ck_assert_int_eq(level_sample(&s, NULL, 0, 50, 50, step[k], step[k], 40, 10, &g, &e), 0);
		ck_assert_int_eq(level_sample(&t, NULL, 0, 50, 50, step[k], step[k], 40, 10, &q, &e), 0);
		for (int y = 0; y < 40; y++)
			for (int x = 0; x < 40; x++) {
				ck_assert_int_eq(q.on[x * 40 + 39 - y], g.on[y * 40 + x]);
				ck_assert_double_eq_tol(q.v[x * 40 + 39 - y], g.v[y * 40 + x], 1e-4);
			}
		grid_free(&g);
		grid_free(&q);
		surface_free(&s);
		surface_free(&t);
	}
}
END_TEST

START_TEST(a_plane_is_found_among_outliers)
{
	struct grid g;
	struct dice d;
	struct error e;
	static char kept[3600];
	double most = 0;

	dice_seed(&d, 5);
	ck_assert_int_eq(grid_new(&g, 60, 60, 10, &e), 0);
	for (int i = 0; i < 3600; i++) {
		g.on[i] = dice_unit(&d) < .8;
		if (!g.on[i])
			continue;
		g.v[i] = (float)(.3 * (i % 60) - .7 * (i / 60) + 12 + .05 * dice_normal(&d));
		/* a pit, and dirt on one side */
		if (hypot(i % 60 - 25, i / 60 - 32) < 12)
			g.v[i] -= 30;
		else if (i % 60 > 40 && i % 5 == 0)
			g.v[i] += 20;
		else
			kept[i] = 1;
	}
	level_plane(&g);
	for (int i = 0; i < 3600; i++)
		if (g.on[i] && kept[i])
			most = fabs(g.v[i]) > most ? fabs(g.v[i]) : most;
	ck_assert_double_lt(most, .3);
	for (int i = 0; i < 3600; i++)
		ck_assert(g.on[i] || g.v[i] == 0);
	grid_free(&g);
}
END_TEST

/* Points on a line, one point, none, a grid one point wide: nothing becomes NaN, nothing grows. */
START_TEST(a_plane_that_is_not_determined_is_left)
{
	struct grid g;
	struct error e;

	ck_assert_int_eq(grid_new(&g, 50, 50, 10, &e), 0);
	level_plane(&g);
	for (int i = 0; i < 50; i++) {
		g.on[i * 50 + i] = 1;
		g.v[i * 50 + i] = (float)i;
	}
	level_plane(&g);
	for (int i = 0; i < 50; i++)
		ck_assert(fabsf(g.v[i * 50 + i]) <= 50);
	grid_free(&g);
	ck_assert_int_eq(grid_new(&g, 1, 9, 10, &e), 0);
	for (int i = 0; i < 9; i++) {
		g.on[i] = 1;
		g.v[i] = (float)i;
	}
	level_plane(&g);
	for (int i = 0; i < 9; i++)
		ck_assert(fabsf(g.v[i]) <= 9);
	grid_free(&g);
}
END_TEST

START_TEST(circles_go_and_directions_stay)
{
	struct grid g;
	struct error e;

	ck_assert_int_eq(grid_new(&g, 80, 80, 10, &e), 0);
	for (int y = 0; y < 80; y++)
		for (int x = 0; x < 80; x++) {
			double dx = x - 39.5, dy = y - 39.5, r = sqrt(dx * dx + dy * dy);

			g.on[y * 80 + x] = r > 10 && r < 38;
			if (g.on[y * 80 + x])
				g.v[y * 80 + x] = (float)(40 + 5 * sin((int)r / 3.) + cos(3 * atan2(dy, dx)));
		}
	ck_assert_int_eq(level_radial(&g, 0, 0, 1, &e), 0);
	for (int y = 0; y < 80; y++)
		for (int x = 0; x < 80; x++)
			ck_assert_double_eq_tol(g.v[y * 80 + x], g.on[y * 80 + x] ? cos(3 * atan2(y - 39.5, x - 39.5)) : 0, .12);
	grid_free(&g);
}
END_TEST

/* A ring of few points takes its neighbours' mean too, so that a lone point keeps its height. */
START_TEST(sparse_rings_are_joined)
{
	struct grid g, lone;
	struct error e;

	ck_assert_int_eq(grid_new(&g, 41, 41, 10, &e), 0);
	ck_assert_int_eq(grid_new(&lone, 41, 41, 10, &e), 0);
	for (int i = 0; i < 41 * 41; i++)
		g.on[i] = lone.on[i] = 1;
	g.v[20 * 41 + 20] = lone.v[20 * 41 + 20] = 100;   /* ring 0 has this point only */
	ck_assert_int_eq(level_radial(&g, 0, 0, 1, &e), 0);
	ck_assert_double_eq(g.v[20 * 41 + 20], 0);
	ck_assert_int_eq(level_radial(&lone, 0, 0, 100, &e), 0);
	ck_assert_double_gt(lone.v[20 * 41 + 20], 90);
	/* more than there are: the mean of all */
	ck_assert_int_eq(level_radial(&lone, 0, 0, 1 << 30, &e), 0);
	grid_free(&g);
	grid_free(&lone);
	ck_assert_int_eq(grid_new(&g, 1, 1, 10, &e), 0);
	ck_assert_int_eq(level_radial(&g, 0, 0, 200, &e), 0);
	ck_assert(g.v[0] == 0);
	grid_free(&g);
}
END_TEST

/* A steep bowl leaves nothing, where means that jump from ring to ring leave half a step's rise; a stria
 * across it stays. And a plane is that of the points that are asked. */
START_TEST(bowls_and_other_points_planes)
{
	struct grid g = { 0 };
	uint8_t by[100 * 100];
	struct error e;
	double worst = 0;

	ck_assert_int_eq(grid_new(&g, 100, 100, 5, &e), 0);
	for (int pass = 0; pass < 2; pass++) {
		for (int i = 0; i < 100 * 100; i++) {
			double q = hypot(i % 100 - 49.5, i / 100 - 49.5);

			g.on[i] = q < 49;
			g.v[i] = g.on[i] ? (float)(q * q / 30) : 0;
		}
		ck_assert_int_eq((pass ? level_bowl : level_radial)(&g, 0, 0, 1, &e), 0);
		worst = 0;
		for (int i = 0; i < 100 * 100; i++)
			if (hypot(i % 100 - 49.5, i / 100 - 49.5) < 47)
				worst = fmax(worst, fabs((double)g.v[i]));
		ck_assert_msg(pass ? worst < .25 : worst > 1, "pass %d: %g", pass, worst);
	}
	for (int i = 0; i < 100 * 100; i++) {
		by[i] = i % 100 < 30;
		g.on[i] = i != 5050;
		g.v[i] = g.on[i] ? (float)(3 + .1 * (i % 100) - .2 * (i / 100) + (by[i] ? 0 : 70)) : 0;
	}
	level_plane_by(&g, by);
	for (int i = 0; i < 100 * 100; i++)
		ck_assert_double_eq_tol(g.v[i], by[i] || !g.on[i] ? 0 : 70, .01);
	grid_free(&g);
}
END_TEST

START_TEST(sizes_are_bounded)
{
	struct surface s;
	struct grid g;
	struct error e;

	draw(&s, 10, 10, 10, 10, slope);
	ck_assert_int_eq(level_sample(&s, NULL, 0, 5, 5, 10, 10, 0, 10, &g, &e), STATUS_INPUT);
	ck_assert_int_eq(level_sample(&s, NULL, 0, 5, 5, 10, 10, 20000, 10, &g, &e), STATUS_INPUT);
	ck_assert_ptr_null(g.v);
	surface_free(&s);
}
END_TEST

Suite *t_level(void)
{
	Suite *s = suite_create("level");
	TCase *c = tcase_create("nominal");

	tcase_add_test(c, places_are_kept_at_every_spacing);
	tcase_add_test(c, only_the_wanted_label_takes_part);
	tcase_add_test(c, quarter_turns_agree);
	tcase_add_test(c, a_plane_is_found_among_outliers);
	tcase_add_test(c, circles_go_and_directions_stay);
	suite_add_tcase(s, c);
	c = tcase_create("limits");
	tcase_add_test(c, what_lies_outside_is_missing);
	tcase_add_test(c, a_plane_that_is_not_determined_is_left);
	tcase_add_test(c, sparse_rings_are_joined);
	tcase_add_test(c, bowls_and_other_points_planes);
	tcase_add_test(c, sizes_are_bounded);
	suite_add_tcase(s, c);
	return s;
}
