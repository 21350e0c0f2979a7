/* t_pin.c - tests of prep/pin */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "prep/pin.h"

Suite *t_pin(void);

#define SIDE 400

/* An ellipse of half axes a and b, px, with a drag so wide and long to the right. */
static void make(double a, double b, double wide, double far, struct surface *s, struct region *r)
{
	struct error e;

	ck_assert_int_eq(surface_new(s, SURFACE_TOPOGRAPHY, SIDE, SIDE, &e), 0);
	*r = (struct region){ .width = SIDE, .height = SIDE, .label = calloc(SIDE, SIDE) };
	ck_assert_ptr_nonnull(r->label);
	for (int y = 0; y < SIDE; y++)
		for (int x = 0; x < SIDE; x++) {
			double u = x - 150, v = y - 200;

			if ((u / a) * (u / a) + (v / b) * (v / b) < 1 || (u > 0 && u < far && fabs(v) < wide / 2))
				r->label[y * SIDE + x] = REGION_PIN;
		}
}

static void drop(struct surface *s, struct region *r)
{
	surface_free(s);
	region_free(r);
}

START_TEST(the_drag_and_the_wall_are_left_out)
{
	static const double axes[][2] = { { 90, 90 }, { 120, 60 }, { 60, 120 } };

	for (int k = 0; k < 3; k++)
		for (double um = 2; um < 11; um += 8) {   /* a margin of an eighth, or of 80 um, at most .3 */
			double a = axes[k][0], b = axes[k][1], least = fmin(a, b), margin, count = 0;
			struct surface s;
			struct region r;
			struct pin p;
			struct error e;

			make(a, b, .5 * least, a + 60, &s, &r);
			ck_assert_int_eq(pin_find(&s, &r, um, um, &p, &e), 0);
			margin = fmin(.3 * least, fmax(80 / um, least / 8));
			ck_assert_double_eq_tol(p.inner_um, least * um, .08 * least * um);
			ck_assert_double_eq_tol(p.x_px, 150, .04 * a + 1);
			ck_assert_double_eq_tol(p.y_px, 200, 1);
			for (int y = 0; y < SIDE; y++)
				for (int x = 0; x < SIDE; x++) {
					count += p.label[y * SIDE + x];
					ck_assert(!p.label[y * SIDE + x] || r.label[y * SIDE + x] == REGION_PIN);
					ck_assert_msg(!p.label[y * SIDE + x] || x < 150 + a, "drag at %d, %d", x, y);
				}
			/* about the ellipse without its margin; the ends of a long one are narrow, too */
			ck_assert_double_gt(count, .8 * M_PI * (a - margin) * (b - margin));
			ck_assert_double_lt(count, 1.1 * M_PI * (a - margin) * (b - margin));
			pin_free(&p);
			drop(&s, &r);
		}
}
END_TEST

START_TEST(limits)
{
	struct surface s;
	struct region r;
	struct pin p;
	struct error e;

	make(0, 0, 0, 0, &s, &r);
	ck_assert_int_eq(pin_find(&s, &r, 5, 5, &p, &e), STATUS_INPUT);
	ck_assert_ptr_null(p.label);
	r.label[0] = REGION_PIN;                /* one point, in the corner */
	ck_assert_int_eq(pin_find(&s, &r, 5, 5, &p, &e), 0);
	ck_assert_int_eq(p.label[0], 1);
	ck_assert(p.x_px == 0 && p.y_px == 0);
	pin_free(&p);
	memset(r.label, REGION_PIN, SIDE * SIDE);   /* all of it */
	ck_assert_int_eq(pin_find(&s, &r, 5, 5, &p, &e), 0);
	ck_assert_int_eq(p.label[0], 0);
	ck_assert_int_eq(p.label[SIDE / 2 * SIDE + SIDE / 2], 1);
	pin_free(&p);
	drop(&s, &r);
}
END_TEST

Suite *t_pin(void)
{
	Suite *s = suite_create("pin");
	TCase *c = tcase_create("pin");

	tcase_set_timeout(c, 60);
	tcase_add_test(c, the_drag_and_the_wall_are_left_out);
	tcase_add_test(c, limits);
	suite_add_tcase(s, c);
	return s;
}
