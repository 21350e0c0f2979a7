/* t_hole_edge.c - tests of prep/aperture: of two edges of a photograph, the outer one */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <check.h>
#include <math.h>

#include "make/dice.h"
#include "prep/aperture.h"

Suite *t_hole_edge(void);

#define SIDE 400
#define STEP_UM 10.0
#define PIN_UM 900.0
#define OUTER_UM 1700.0
#define LIP_UM 1000.0
#define EDGE_UM 1240.0

static double groove(double r, double at, double wide)
{
	double t = (r - at) / wide;

	return exp(-t * t);
}

/* A ring of rough metal with a deep groove round the pin and a shallower one further out. */
static void ring(struct grid *g, double lip, double edge)
{
	struct error e;
	struct dice d;

	ck_assert_int_eq(grid_new(g, SIDE, SIDE, STEP_UM, &e), 0);
	dice_seed(&d, 5);
	for (int y = 0; y < SIDE; y++)
		for (int x = 0; x < SIDE; x++) {
			double r = hypot(x - (SIDE - 1) / 2.0, y - (SIDE - 1) / 2.0) * STEP_UM;
			double own = dice_bell(dice_next(&d));

			if (r < PIN_UM || r > OUTER_UM)
				continue;
			g->on[y * SIDE + x] = 1;
			g->v[y * SIDE + x] = (float)(own - lip * groove(r, LIP_UM, 25) - edge * groove(r, EDGE_UM, 25));
		}
}

static struct aperture find(const struct grid *g, double beyond)
{
	struct aperture a;
	struct error e;

	ck_assert_int_eq(aperture_find(g, 0, 0, PIN_UM, 0, .6, 2.5, beyond, &a, &e), 0);
	return a;
}

/* The lip is the stronger circle, and what is outside it the hole's edge. */
START_TEST(the_outer_edge_is_the_holes)
{
	struct aperture a;
	struct grid g;

	ring(&g, 12, 7);
	a = find(&g, 0);
	ck_assert(a.found);
	ck_assert_double_eq_tol(a.radius_um, LIP_UM, 90);
	a = find(&g, 6);
	ck_assert(a.found);
	ck_assert_double_eq_tol(a.radius_um, EDGE_UM, 90);
	aperture_cut(&a, &g);
	ck_assert_int_eq(g.on[SIDE / 2 * SIDE + SIDE / 2 + (int)(EDGE_UM / STEP_UM)], 0);
	ck_assert_int_eq(g.on[SIDE / 2 * SIDE + SIDE / 2 + (int)((EDGE_UM + 200) / STEP_UM)], 1);
	grid_free(&g);
}
END_TEST

START_TEST(what_is_alone_stays)
{
	struct aperture a;
	struct grid g;

	ring(&g, 12, 0);
	a = find(&g, 6);
	ck_assert(a.found);
	ck_assert_double_eq_tol(a.radius_um, LIP_UM, 90);
	grid_free(&g);
	ring(&g, 0, 0);
	a = find(&g, 6);
	ck_assert(!a.found);
	aperture_cut(&a, &g);
	ck_assert_int_eq(g.on[SIDE / 2 * SIDE + SIDE / 2 + (int)(LIP_UM / STEP_UM)], 1);
	grid_free(&g);
}
END_TEST

START_TEST(nothing_has_no_edge)
{
	struct aperture a;
	struct grid g;
	struct error e;

	ck_assert_int_eq(grid_new(&g, SIDE, SIDE, STEP_UM, &e), 0);
	a = find(&g, 6);
	ck_assert(!a.found);
	grid_free(&g);
}
END_TEST

Suite *t_hole_edge(void)
{
	Suite *s = suite_create("hole_edge");
	TCase *c = tcase_create("nominal");

	tcase_add_test(c, the_outer_edge_is_the_holes);
	suite_add_tcase(s, c);
	c = tcase_create("limits");
	tcase_add_test(c, what_is_alone_stays);
	tcase_add_test(c, nothing_has_no_edge);
	suite_add_tcase(s, c);
	return s;
}
