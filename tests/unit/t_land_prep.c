/* t_land_prep.c - tests of prep/striae, straighten, shoulder, agree, land */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "made_land.h"
#include "prep/agree.h"
#include "prep/land.h"
#include "prep/straighten.h"

static struct land_options defaults = LAND_OPTIONS_DEFAULT;

static struct land extract(struct surface *s)
{
	struct land l;
	struct error e = { 0 };

	ck_assert_msg(land_extract(s, &defaults, &l, &e) == STATUS_DONE, "%s", e.text);
	surface_free(s);
	return l;
}

static const char *refusal(struct surface *s, const struct land_options *o)
{
	static struct error e;
	struct land l;

	ck_assert_int_eq(land_extract(s, o, &l, &e), STATUS_INPUT);
	ck_assert_ptr_null(l.z);
	surface_free(s);
	return e.text;
}

/* Best correlation of a with b (turned: read backwards) within +-reach samples. */
static double likeness(const struct land *a, const struct land *b, bool turned, int reach, int *lag)
{
	double best = -1;

	*lag = 0;
	for (int k = -reach; k <= reach; k++) {
		double n = 0, x = 0, y = 0, xx = 0, yy = 0, xy = 0;

		for (int i = 0; i < a->n; i++) {
			int j = turned ? b->n - 1 - (i - k) : i - k;

			if (j < 0 || j >= b->n || !(a->sure[i] > 0) || !(b->sure[j] > 0))
				continue;
			n++;
			x += a->z[i];
			y += b->z[j];
			xx += a->z[i] * a->z[i];
			yy += b->z[j] * b->z[j];
			xy += a->z[i] * b->z[j];
		}
		xy = (xy - x * y / n) / sqrt((xx - x * x / n) * (yy - y * y / n));
		if (n > 100 && xy > best) {
			best = xy;
			*lag = k;
		}
	}
	return best;
}

/* The signature is the striae that were put in, band-passed, and lies where they lie. */
START_TEST(striae_come_back)
{
	struct made_land m = MADE_LAND;
	struct made_striae striae;
	struct surface s;
	struct land l, truth;
	int lag;

	made_land(&m, &s);
	l = extract(&s);
	ck_assert(l.left_end == LAND_END_RISE && l.right_end == LAND_END_RISE && !l.along_x);
	ck_assert_double_gt(l.left_um, m.left_um);
	ck_assert_double_lt(l.left_um, m.left_um + 80);
	ck_assert_double_gt(l.width_um, m.land_um - 160);
	ck_assert_double_lt(l.width_um, m.land_um);
	ck_assert_double_eq_tol(l.radius_um, m.radius_um, 0.1 * m.radius_um);
	ck_assert_double_eq_tol(l.lean_deg, 0, 0.3);
	ck_assert_double_gt(l.quality, 70);
	truth = l;
	truth.z = malloc((size_t)l.n * sizeof *truth.z);
	made_striae(&striae, m.seed, m.land_um);
	for (int i = 0; i < l.n; i++)
		truth.z[i] = (float)made_height(&striae, l.left_um - m.left_um + i * l.step_um);
	ck_assert_double_gt(likeness(&l, &truth, false, 12, &lag), 0.85);
	ck_assert_int_le(abs(lag), 1);
	free(truth.z);
	land_free(&l);
}
END_TEST

/* Each way to look at one land gives the same signature; turned where it lay the other way. */
START_TEST(the_same_from_every_side)
{
	struct made_land base = MADE_LAND;
	struct land first;
	struct surface s;
	struct { const char *what; struct made_land m; int change; bool turned; double least; } way[] = {
		{ "another spacing, finer", base, 0, false, .97 },
		{ "another spacing, coarser", base, 0, false, .97 },
		{ "much coarser", base, 0, false, .93 },
		{ "transposed", base, 1, true, .97 },
		{ "half turned", base, 2, true, .97 },
		{ "upside down", base, 3, false, .97 },
		{ "leaning", base, 0, false, .96 },
		{ "leaning far", base, 0, false, .93 },
		{ "tilted", base, 0, false, .97 },
		{ "noisy", base, 0, false, .93 },
		{ "full of holes", base, 0, false, .97 },
		{ "flatter", base, 0, false, .97 },
		{ "more holes than points", base, 0, false, .93 },
	};

	way[12].m.missing = 0.6;
	way[0].m.spacing_um = 0.9;
	way[1].m.spacing_um = 2.58;
	way[2].m.spacing_um = 3.5;
	way[6].m.lean = 0.1;
	way[7].m.lean = -0.4;
	way[8].m.tilt_deg = 4;
	way[9].m.noise_um = 1;
	way[10].m.missing = 0.4;
	way[11].m.radius_um = 8000;
	made_land(&base, &s);
	first = extract(&s);
	for (size_t k = 0; k < sizeof way / sizeof *way; k++) {
		struct land l;
		double c;
		int lag;

		way[k].m.noise_seed = 100 + k;
		made_land(&way[k].m, &s);
		if (way[k].change == 1)
			made_transpose(&s);
		if (way[k].change == 2)
			made_half_turn(&s);
		if (way[k].change == 3)
			made_upside_down(&s);
		l = extract(&s);
		c = likeness(&first, &l, way[k].turned, 40, &lag);
		ck_assert_msg(c > way[k].least, "%s: %.3f at %d", way[k].what, c, lag);
		ck_assert_msg(l.along_x == (way[k].change == 1), "%s", way[k].what);
		ck_assert_double_eq_tol(l.lean_deg, atan(way[k].m.lean) * 180 / M_PI, 0.5);
		land_free(&l);
	}
	land_free(&first);
}
END_TEST

START_TEST(a_worn_land_still_shows_its_striae)
{
	struct made_land m = MADE_LAND;
	struct land a, b;
	struct surface s;
	int lag;

	made_land(&m, &s);
	a = extract(&s);
	m.noise_seed = 9;
	m.blank_um = 450;
	m.break_off_um = 150;
	made_land(&m, &s);
	b = extract(&s);
	ck_assert_double_gt(likeness(&a, &b, false, 20, &lag), 0.9);
	land_free(&a);
	land_free(&b);
}
END_TEST

START_TEST(a_scan_without_shoulders_is_taken_whole)
{
	struct made_land m = MADE_LAND;
	struct surface s;
	struct land l;

	m.land_um = 0;
	m.width_um = 1300;
	made_land(&m, &s);
	l = extract(&s);
	ck_assert(l.left_end == LAND_END_DATA && l.right_end == LAND_END_DATA);
	ck_assert_double_gt(l.width_um, 1250);
	land_free(&l);
}
END_TEST

START_TEST(ends_given_by_a_person)
{
	struct made_land m = MADE_LAND;
	struct land_options o = defaults;
	struct error e;
	struct surface s;
	struct land l;

	o.shoulder.left_um = 600;
	o.shoulder.right_um = 1800;
	made_land(&m, &s);
	ck_assert_int_eq(land_extract(&s, &o, &l, &e), 0);
	ck_assert(l.left_end == LAND_END_GIVEN && l.right_end == LAND_END_GIVEN);
	ck_assert_double_eq_tol(l.left_um, 600, 2);
	ck_assert_double_eq_tol(l.width_um, 1200, 4);
	land_free(&l);
	surface_free(&s);
}
END_TEST

/* What a lamp on the left makes of a topography. */
static void light(struct surface *s)
{
	struct made_random r = { 4 };

	for (int y = 0; y < s->height; y++) {
		float *z = s->z + (size_t)y * (size_t)s->width;

		for (int x = 0; x < s->width; x++) {
			double slope = x + 1 < s->width ? (z[x + 1] - z[x]) / s->spacing_x_um : 0;

			z[x] = (float)fmin(255, fmax(0, 90 * (1 + 1.2 * slope) + 2 * made_normal(&r)));
		}
	}
	s->kind = SURFACE_PHOTOGRAPH;
	s->valid = (size_t)s->width * (size_t)s->height;
}

START_TEST(photograph_under_side_light)
{
	struct made_land m = MADE_LAND;
	struct made_striae striae;
	struct surface s;
	struct land l, truth;
	int lag;

	m.noise_um = m.missing = m.break_off_um = 0;
	made_land(&m, &s);
	light(&s);
	l = extract(&s);
	ck_assert(l.left_end == LAND_END_BAND && l.right_end == LAND_END_BAND && l.radius_um == 0);
	ck_assert_double_eq_tol(l.left_um, m.left_um + 30, 25);
	ck_assert_double_eq_tol(l.width_um, m.land_um - 60, 50);
	truth = l;
	truth.z = malloc((size_t)l.n * sizeof *truth.z);
	made_striae(&striae, m.seed, m.land_um);
	for (int i = 0; i < l.n; i++) {
		double u = l.left_um - m.left_um + i * l.step_um;

		truth.z[i] = (float)(made_height(&striae, u + 2) - made_height(&striae, u - 2));
	}
	ck_assert_double_gt(likeness(&l, &truth, false, 12, &lag), 0.8);
	ck_assert_int_le(abs(lag), 2);
	free(truth.z);
	land_free(&l);
}
END_TEST

START_TEST(a_flat_is_taken_where_it_is_wanted)
{
	struct made_land m = MADE_LAND;
	struct land_options o = defaults;
	struct error e;
	struct surface s;
	struct land l;

	m.land_um = 0;
	m.radius_um = 0;
	o.flat = true;
	made_land(&m, &s);
	ck_assert_msg(land_extract(&s, &o, &l, &e) == 0, "%s", e.text);
	ck_assert(l.left_end == LAND_END_DATA && l.quality > 70);
	ck_assert_double_gt(l.width_um, 2350);
	land_free(&l);
	surface_free(&s);
}
END_TEST

static void rough(struct surface *s, double radius_um)
{
	struct made_random r = { 11 };

	/* grain of 25 um without a direction */
	for (int k = 0; k < 12000; k++) {
		int x = (int)(made_uniform(&r) * s->width), y = (int)(made_uniform(&r) * s->height);
		double high = made_normal(&r);

		for (int j = y - 12; j <= y + 12; j++)
			for (int i = x - 12; i <= x + 12; i++)
				if (i >= 0 && j >= 0 && i < s->width && j < s->height)
					s->z[(size_t)j * (size_t)s->width + (size_t)i] +=
						(float)(high * exp(-((i - x) * (i - x) + (j - y) * (j - y)) / 50.0));
	}
	for (int y = 0; y < s->height && radius_um > 0; y++)
		for (int x = 0; x < s->width; x++) {
			double u = (x - s->width / 2) * s->spacing_x_um;

			s->z[(size_t)y * (size_t)s->width + (size_t)x] -= (float)(u * u / 2 / radius_um);
		}
}

START_TEST(what_is_no_land_is_refused_with_the_reason)
{
	struct made_land m = MADE_LAND;
	struct surface s;
	const char *text;

	/* a breech face: grain, flat */
	m.land_um = 0;
	m.radius_um = 0;
	m.seed = 0;
	made_land(&m, &s);
	for (size_t i = 0; i < (size_t)s.width * (size_t)s.height; i++)
		s.z[i] = 0;
	rough(&s, 0);
	text = refusal(&s, &defaults);
	ck_assert_msg(strstr(text, "no striae") && strstr(text, "breech face"), "%s", text);

	/* a milled breech face: striae, flat */
	m = (struct made_land)MADE_LAND;
	m.land_um = 0;
	m.radius_um = 0;
	made_land(&m, &s);
	text = refusal(&s, &defaults);
	ck_assert_msg(strstr(text, "no cylinder") && strstr(text, "breech face"), "%s", text);

	/* a cylinder that is only rough */
	m.radius_um = 4500;
	m.seed = 0;
	made_land(&m, &s);
	for (size_t i = 0; i < (size_t)s.width * (size_t)s.height; i++)
		s.z[i] = 0;
	rough(&s, 4500);
	text = refusal(&s, &defaults);
	ck_assert_msg(strstr(text, "no striae"), "%s", text);
}
END_TEST

START_TEST(all_groove_is_refused)
{
	struct made_land m = MADE_LAND;
	struct surface s;
	const char *text;

	/* a strip beside the shoulder */
	m.width_um = 260;
	m.left_um = 240;
	made_land(&m, &s);
	text = refusal(&s, &defaults);
	ck_assert_msg(strstr(text, "groove"), "%s", text);

	/* a groove between two lands: a land whose shoulders fall */
	m = (struct made_land)MADE_LAND;
	m.groove_um = -45;
	made_land(&m, &s);
	text = refusal(&s, &defaults);
	ck_assert_msg(strstr(text, "groove"), "%s", text);
}
END_TEST

START_TEST(damaged_input)
{
	struct made_land m = MADE_LAND;
	struct surface s;
	const char *text;

	made_land(&m, &s);
	for (size_t i = 0; i < (size_t)s.width * (size_t)s.height; i++)
		if (i % 20)
			s.z[i] = NAN;
	s.valid /= 20;
	text = refusal(&s, &defaults);
	ck_assert_msg(strstr(text, "too few valid points"), "%s", text);

	made_land(&m, &s);
	s.spacing_x_um = s.spacing_y_um = 0;
	text = refusal(&s, &defaults);
	ck_assert_msg(strstr(text, "spacing"), "%s", text);

	m.spacing_um = 50;
	made_land(&m, &s);
	text = refusal(&s, &defaults);
	ck_assert_msg(strstr(text, "too few") || strstr(text, "coarse"), "%s", text);

	/* one height everywhere */
	m = (struct made_land)MADE_LAND;
	made_land(&m, &s);
	for (size_t i = 0; i < (size_t)s.width * (size_t)s.height; i++)
		s.z[i] = 3;
	text = refusal(&s, &defaults);
	ck_assert_msg(strstr(text, "no striae"), "%s", text);
}
END_TEST

/* Whatever is in the file, nothing but an answer or a reason comes back. */
START_TEST(nonsense_is_survived)
{
	static const int size[][2] = { { 16, 16 }, { 17, 400 }, { 3000, 17 }, { 64, 64 }, { 300, 90 } };
	struct made_random r = { 99 };

	for (int k = 0; k < 40; k++) {
		struct surface s;
		struct error e;
		struct land l;
		int w = size[k % 5][0], h = size[k % 5][1];

		ck_assert_int_eq(surface_new(&s, SURFACE_TOPOGRAPHY, w, h, NULL), 0);
		s.spacing_x_um = 0.3 + 5 * made_uniform(&r);
		s.spacing_y_um = 0.3 + 5 * made_uniform(&r);
		for (int i = 0; i < w * h; i++) {
			double u = made_uniform(&r);

			s.z[i] = k % 4 == 0 ? (float)(1e30 * made_normal(&r)) :
				 k % 4 == 1 ? (float)(i % w) * (u < .9 ? 1 : NAN) :
				 k % 4 == 2 ? (u < .5 ? NAN : (float)(i / w % 7)) :
				 (float)(-(i % w - w / 2.0) * (i % w - w / 2.0) / 900 + (i % w % 9) * .4 + u);
			s.valid += !isnan(s.z[i]);
		}
		if (land_extract(&s, &defaults, &l, &e))
			ck_assert_int_eq(e.status, STATUS_INPUT);
		else
			for (int i = 0; i < l.n; i++)
				ck_assert(isfinite(l.z[i]) && l.sure[i] >= 0 && l.sure[i] <= 1.0001f);
		land_free(&l);
		surface_free(&s);
	}
}
END_TEST

START_TEST(options_have_ranges)
{
	struct land_options o = defaults;
	struct error e;

	ck_assert_int_eq(land_options_check(&o, &e), 0);
	o.short_um = 3;
	ck_assert_int_eq(land_options_check(&o, &e), STATUS_USAGE);
	o = defaults;
	o.long_um = NAN;
	ck_assert_int_eq(land_options_check(&o, &e), STATUS_USAGE);
}
END_TEST

/* Two thirds of the sections show striae, one third something else of the same size. */
START_TEST(sections_agree_on_what_most_of_them_show)
{
	enum { COUNT = 30, WIDE = 600 };
	float *z = malloc(COUNT * WIDE * sizeof *z), mean[WIDE], sure[WIDE];
	struct made_striae a, b;
	struct made_random r = { 2 };
	double aa = 0, ab = 0, bb = 0, low = 0;

	made_striae(&a, 1, WIDE);
	made_striae(&b, 2, WIDE);
	for (int k = 0; k < COUNT; k++)
		for (int i = 0; i < WIDE; i++)
			z[k * WIDE + i] = (float)(0.02 * made_normal(&r) +
						  (i >= 400 ? 0 : made_height(k % 3 ? &a : &b, i)));
	z[5 * WIDE + 100] = NAN;
	for (int k = 0; k < COUNT; k++)
		z[k * WIDE + 300] = NAN;
	ck_assert_int_eq(agree(z, COUNT, WIDE, 40, mean, sure, NULL), 0);
	ck_assert(isnan(mean[300]) && sure[300] == 0);
	for (int i = 0; i < 400; i++) {
		double h = made_height(&a, i);

		if (i == 300)
			continue;
		aa += h * h;
		ab += h * mean[i];
		bb += mean[i] * mean[i];
	}
	ck_assert_double_gt(ab / sqrt(aa * bb), 0.94);
	for (int i = 500; i < 505; i++)
		low += sure[i];
	ck_assert_double_gt(sure[250], 0.45);
	ck_assert_double_lt(low / 5, 0.2);
	free(z);
}
END_TEST

Suite *t_land_prep(void);
Suite *t_land_prep(void)
{
	Suite *s = suite_create("land_prep");
	TCase *t = tcase_create("core");

	tcase_set_timeout(t, 120);
	tcase_add_test(t, striae_come_back);
	tcase_add_test(t, the_same_from_every_side);
	tcase_add_test(t, a_worn_land_still_shows_its_striae);
	tcase_add_test(t, a_scan_without_shoulders_is_taken_whole);
	tcase_add_test(t, ends_given_by_a_person);
	tcase_add_test(t, photograph_under_side_light);
	tcase_add_test(t, a_flat_is_taken_where_it_is_wanted);
	tcase_add_test(t, what_is_no_land_is_refused_with_the_reason);
	tcase_add_test(t, all_groove_is_refused);
	tcase_add_test(t, damaged_input);
	tcase_add_test(t, nonsense_is_survived);
	tcase_add_test(t, options_have_ranges);
	tcase_add_test(t, sections_agree_on_what_most_of_them_show);
	suite_add_tcase(s, t);
	return s;
}
