/* t_land_overlay.c - tests of prep/land_overlay: land, ends and curves stand where the land was found */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <check.h>
#include <math.h>
#include <stdlib.h>

#include "made_land.h"
#include "prep/land_overlay.h"

Suite *t_land_overlay(void);

static const struct land_options options = LAND_OPTIONS_DEFAULT;

static struct overlay picture(struct surface *s, struct land *l)
{
	struct overlay o;
	struct error e = { 0 };

	ck_assert_msg(!land_extract(s, &options, l, &e), "%s", e.text);
	ck_assert_msg(!land_overlay(s, &options, l, &o, &e), "%s", e.text);
	surface_free(s);
	return o;
}

/* Points of a column that are greener than red, and redder than green. */
static void tones(const struct overlay *o, int x, int *green, int *red)
{
	*green = *red = 0;
	for (int y = 0; y < o->height; y++) {
		const unsigned char *p = o->rgb + 3 * ((size_t)y * (size_t)o->width + (size_t)x);

		*green += p[1] > p[0];
		*red += p[0] > p[1];
	}
}

static bool line_at(const struct overlay *o, int x)
{
	const unsigned char *p = o->rgb + 3 * (size_t)x;

	return p[0] == 0 && p[1] == 170 && p[2] == 0;
}

START_TEST(ends)
{
	struct made_land m = MADE_LAND;
	struct surface s;
	struct land l;
	struct overlay o;
	double px_um;
	int green, red, from, to;

	made_land(&m, &s);
	o = picture(&s, &l);
	ck_assert_int_eq(o.width, OVERLAY_SIDE);
	px_um = m.width_um / o.width;
	from = (int)(l.left_um / px_um);
	to = (int)((l.left_um + l.width_um) / px_um);
	ck_assert(line_at(&o, from) || line_at(&o, from - 1) || line_at(&o, from + 1));
	ck_assert(line_at(&o, to) || line_at(&o, to - 1) || line_at(&o, to + 1));
	ck_assert(!line_at(&o, (from + to) / 2));
	for (int x = from + 10; x < to - 10; x += 30) {
		tones(&o, x, &green, &red);
		ck_assert_int_gt(green, o.height * 2 / 5);   /* furrows are black */
		ck_assert_int_eq(red, 0);
	}
	tones(&o, from / 2, &green, &red);
	ck_assert_int_gt(red, o.height / 2);
	ck_assert_int_eq(green, 0);
	free(o.rgb);
	land_free(&l);
}
END_TEST

/* A scan that ends within the land has no line, and nothing beyond. */
START_TEST(no_shoulder)
{
	struct made_land m = MADE_LAND;
	struct surface s;
	struct land l;
	struct overlay o;
	int green, red;

	m.land_um = 0;
	made_land(&m, &s);
	o = picture(&s, &l);
	for (int x = 0; x < o.width; x++)
		ck_assert(!line_at(&o, x));
	tones(&o, o.width / 2, &green, &red);
	ck_assert_int_gt(green, o.height / 2);
	free(o.rgb);
	land_free(&l);
}
END_TEST

/* Small, turned, leaning, with holes: some picture. */
START_TEST(others)
{
	struct made_land m = MADE_LAND;
	struct surface s;
	struct land l;
	struct overlay o;

	m.missing = 0.3;
	m.lean = 0.1;
	m.height_um = _i ? 150 : 2500;
	m.break_off_um = m.blank_um = 0;
	made_land(&m, &s);
	made_transpose(&s);
	o = picture(&s, &l);
	ck_assert_int_ge(o.width, 1000);
	ck_assert_int_ge(o.height, 360);
	ck_assert_int_le(o.height, 1300);
	free(o.rgb);
	land_free(&l);
}
END_TEST

START_TEST(none)
{
	struct surface s;
	struct land l = { .left_um = 10, .width_um = 20 };
	struct overlay o;
	struct error e = { 0 };

	ck_assert(!surface_new(&s, SURFACE_TOPOGRAPHY, 40, 40, &e));
	ck_assert_int_eq(land_overlay(&s, &options, &l, &o, &e), STATUS_INPUT);
	ck_assert_ptr_null(o.rgb);
	surface_free(&s);
}
END_TEST

Suite *t_land_overlay(void)
{
	Suite *s = suite_create("land_overlay");
	TCase *nominal = tcase_create("nominal"), *limits = tcase_create("limits");

	tcase_set_timeout(nominal, 60);
	tcase_set_timeout(limits, 60);
	tcase_add_test(nominal, ends);
	suite_add_tcase(s, nominal);
	tcase_add_test(limits, no_shoulder);
	tcase_add_loop_test(limits, others, 0, 2);
	tcase_add_test(limits, none);
	suite_add_tcase(s, limits);
	return s;
}
