/* t_view.c - tests of prep/view, circle, rays and outline: what the regions are found with */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "made_head.h"
#include "prep/circle.h"
#include "prep/flatness.h"
#include "prep/outline.h"
#include "prep/rays.h"

/* A picture of a plane: rising by gx to the right and gy downwards. */
static void plane(struct surface *s, enum surface_kind kind, int w, int h, double gx, double gy)
{
	struct error e;

	ck_assert_int_eq(surface_new(s, kind, w, h, &e), STATUS_DONE);
	for (int y = 0; y < h; y++)
		for (int x = 0; x < w; x++)
			s->z[y * w + x] = (float)(gx * x + gy * y);
	s->valid = (size_t)w * (size_t)h;
}

/* Area means keep a plane a plane, to a tenth of a point, and the coordinates say where its pixels are. */
START_TEST(cut_keeps_planes)
{
	static const int longest[] = { 500, 250, 173, 64 };
	struct surface s;
	struct error e;
	struct view v;

	plane(&s, SURFACE_PHOTOGRAPH, 500, 301, 0.25, 0.125);
	ck_assert_int_eq(view_cut(&s, 13, 20, 400, 200, longest[_i], &v, &e), STATUS_DONE);
	ck_assert_int_le(v.width, longest[_i] < 400 ? longest[_i] : 400);
	for (int y = 0; y < v.height; y++)
		for (int x = 0; x < v.width; x++) {
			double sx, sy, bx, by;

			view_out(&v, x, y, &sx, &sy);
			view_in(&v, sx, sy, &bx, &by);
			ck_assert_double_eq_tol(bx, x, 1e-9);
			ck_assert_double_eq_tol(by, y, 1e-9);
			ck_assert_double_eq_tol(v.v[y * v.width + x], 0.25 * sx + 0.125 * sy, 0.05);
		}
	view_free(&v);
	ck_assert_int_eq(view_cut(&s, 600, 0, 10, 10, 100, &v, &e), STATUS_INPUT);
	surface_free(&s);
}
END_TEST

START_TEST(cut_heeds_missing_points)
{
	struct surface s, small;
	struct error e;
	struct view v;

	plane(&s, SURFACE_TOPOGRAPHY, 60, 60, 1, 0);
	for (int y = 0; y < 60; y++)
		for (int x = 0; x < 60; x++)
			if (x < 20 || (x == 40 && y % 2) || (x == 50 && y == 50))
				s.z[y * 60 + x] = x == 50 ? INFINITY : NAN;
	ck_assert_int_eq(view_cut(&s, 0, 0, 60, 60, 15, &v, &e), STATUS_DONE);
	for (int y = 0; y < 15; y++)
		for (int x = 0; x < 15; x++) {
			ck_assert_int_eq(v.on[y * 15 + x], x >= 5);
			if (x >= 5 && x != 10 && x != 12)
				ck_assert_double_eq_tol(v.v[y * 15 + x], 4 * x + 1.5, 1e-4);
			ck_assert(isfinite(v.v[y * 15 + x]));
		}
	view_free(&v);
	ck_assert_int_eq(view_condense(&s, 4, &small, &e), STATUS_DONE);
	ck_assert_int_eq(small.width, 15);
	ck_assert_uint_eq(small.valid, 150);
	ck_assert(isnan(small.z[4]));
	ck_assert_double_eq_tol(small.z[5], 21.5, 1e-4);
	surface_free(&small);
	surface_free(&s);
}
END_TEST

START_TEST(blur_and_heal)
{
	struct surface s;
	struct error e;
	struct view v;

	plane(&s, SURFACE_TOPOGRAPHY, 80, 60, 0, 0);
	for (size_t i = 0; i < 80 * 60; i++)
		s.z[i] = 7;
	s.z[30 * 80 + 40] = NAN;
	for (int x = 0; x < 20; x++)
		for (int y = 0; y < 60; y++)
			s.z[y * 80 + x] = NAN;
	ck_assert_int_eq(view_whole(&s, 80, &v, &e), STATUS_DONE);
	ck_assert_int_eq(view_blur(&v, 2, &e), STATUS_DONE);
	ck_assert_int_eq(v.on[30 * 80 + 40], 0);
	ck_assert_int_eq(view_heal(&v, 2, &e), STATUS_DONE);
	ck_assert_int_eq(v.on[30 * 80 + 40], 1);
	ck_assert_int_eq(v.on[30 * 80 + 5], 0);
	for (size_t i = 0; i < 80 * 60; i++)
		if (v.on[i])
			ck_assert_double_eq_tol(v.v[i], 7, 1e-4);
	view_free(&v);
	surface_free(&s);
}
END_TEST

/* Any rising change of tones leaves the ranks as they are. */
START_TEST(equalise_knows_no_gamma)
{
	struct made_head m = MADE_HEAD, other = MADE_HEAD;
	struct surface a, b;
	struct view v, w;
	struct error e;
	double sum = 0;

	m.noise = other.noise = 0;
	other.gamma = 0.6;
	other.bright = 0.9;
	made_photo(&m, &a);
	made_photo(&other, &b);
	ck_assert_int_eq(view_whole(&a, 300, &v, &e), STATUS_DONE);
	ck_assert_int_eq(view_whole(&b, 300, &w, &e), STATUS_DONE);
	ck_assert_int_eq(view_equalise(&v, 50, &e), STATUS_DONE);
	ck_assert_int_eq(view_equalise(&w, 50, &e), STATUS_DONE);
	for (size_t i = 0; i < view_points(&v); i++) {
		ck_assert(v.v[i] >= 0 && v.v[i] <= 1);
		sum += fabsf(v.v[i] - w.v[i]);
	}
	ck_assert_double_lt(sum / (double)view_points(&v), 0.02);
	view_free(&v);
	view_free(&w);
	surface_free(&b);
	/* one tone: nothing to rank */
	made_blank(&b, 30, 30, 8);
	ck_assert_int_eq(view_whole(&b, 30, &w, &e), STATUS_DONE);
	ck_assert_int_eq(view_equalise(&w, 5, &e), STATUS_DONE);
	ck_assert_double_eq(w.v[0], 0);
	view_free(&w);
	surface_free(&a);
	surface_free(&b);
}
END_TEST

START_TEST(circles_are_fitted)
{
	struct surface s;
	struct slope g;
	struct error e;
	struct view v;
	struct circles all = { .count = 0 };
	struct circle c = { 148, 108, 62, 1, 0, 0 };
	double x[4], y[4];
	int n, found = 0;

	made_blank(&s, 300, 220, 0);
	for (int j = 0; j < 220; j++)
		for (int i = 0; i < 300; i++) {
			double r = hypot(i - 151.3, j - 104.6);

			s.z[j * 300 + i] = (float)(1 / (1 + exp(60 - r)) - 1 / (1 + exp(90 - r)));
		}
	ck_assert_int_eq(view_whole(&s, 300, &v, &e), STATUS_DONE);
	ck_assert_int_eq(view_slope(&v, &g, &e), STATUS_DONE);
	ck_assert_int_eq(circle_fit(&v, &g, &c, 8, 0.03), 1);
	ck_assert_double_eq_tol(c.x, 151.3, 0.3);
	ck_assert_double_eq_tol(c.y, 104.6, 0.3);
	ck_assert_double_eq_tol(c.r, 60, 0.3);
	ck_assert_double_gt(c.cover, 0.95);
	n = circle_centres(&v, &g, NULL, 20, 120, 4, x, y, &e);
	ck_assert_int_ge(n, 1);
	ck_assert_double_eq_tol(x[0], 151.3, 2);
	ck_assert_double_eq_tol(y[0], 104.6, 2);
	circle_about(&v, &g, x[0], y[0], 20, 120, 0, 0.03, 0.5, &all);
	for (int k = 0; k < all.count; k++)
		found |= fabs(all.c[k].r - 60) < 1 && all.c[k].sign == 1    ? 1
			 : fabs(all.c[k].r - 90) < 1 && all.c[k].sign == -1 ? 2
									    : 4;
	ck_assert_int_eq(found, 3);
	slope_free(&g);
	view_free(&v);
	surface_free(&s);
}
END_TEST

START_TEST(circle_through_points)
{
	const double x[4] = { 13, 10, 7, 10 }, y[4] = { 5, 8, 5, 2 }, one[4] = { 1, 1, 1, 1 },
		     none[4] = { 0 };
	const double line[4] = { 1, 2, 3, 4 };
	struct circle c;

	ck_assert_int_eq(circle_through(x, y, one, 4, &c), 1);
	ck_assert_double_eq_tol(c.x, 10, 1e-9);
	ck_assert_double_eq_tol(c.y, 5, 1e-9);
	ck_assert_double_eq_tol(c.r, 3, 1e-9);
	ck_assert_int_eq(circle_through(line, line, one, 4, &c), 0);
	ck_assert_int_eq(circle_through(x, y, none, 4, &c), 0);
	ck_assert_int_eq(circle_through(x, y, one, 1, &c), 0);
}
END_TEST

/* The best closed line is the one that was drawn, where bending is worth it, and straight where not. */
START_TEST(contours)
{
	enum { ANGLES = 60, REACH = 50 };
	static float gain[ANGLES * REACH];
	int distance[ANGLES];
	struct error e;

	for (int a = 0; a < ANGLES; a++)
		gain[a * REACH + (int)(25.5 + 8 * sin(2 * M_PI * a / ANGLES))] = 1;
	ck_assert_int_eq(rays_contour(gain, ANGLES, REACH, 5, 45, 2, 0.05, distance, &e), STATUS_DONE);
	for (int a = 0; a < ANGLES; a++)
		ck_assert_int_eq(distance[a], (int)(25.5 + 8 * sin(2 * M_PI * a / ANGLES)));
	ck_assert_int_eq(rays_contour(gain, ANGLES, REACH, 5, 45, 2, 100, distance, &e), STATUS_DONE);
	for (int a = 1; a < ANGLES; a++)
		ck_assert_int_eq(distance[a], distance[0]);
}
END_TEST

START_TEST(outlines)
{
	static uint8_t label[200 * 100];
	struct outline o;
	double x, y, area;
	size_t filled;

	outline_circle(&o, 90.5, 40.25, 30, 30);
	area = outline_area(&o, &x, &y);
	ck_assert_double_eq_tol(area, M_PI * 900, 2);
	ck_assert_double_eq_tol(x, 90.5, 1e-6);
	ck_assert_double_eq_tol(y, 40.25, 1e-6);
	filled = outline_fill(&o, label, 200, 100, 3);
	ck_assert_double_eq_tol((double)filled, area, 12);
	for (int j = 0; j < 100; j++)
		for (int i = 0; i < 200; i++)
			if (fabs(hypot(i - 90.5, j - 40.25) - 30) > 0.1)
				ck_assert_int_eq(label[j * 200 + i] == 3,
						 hypot(i - 90.5, j - 40.25) < 30);
	/* what lies outside the picture is left out */
	memset(label, 0, sizeof label);
	outline_circle(&o, 0, 0, 20, 20);
	filled = outline_fill(&o, label, 200, 100, 1);
	ck_assert_double_eq_tol((double)filled, M_PI * 100 + 20, 12);
	outline_circle(&o, -50, 500, 20, 20);
	ck_assert_uint_eq(outline_fill(&o, label, 200, 100, 1), 0);
}
END_TEST

START_TEST(flat_and_steep)
{
	struct surface s;
	struct error e;
	struct view v;

	plane(&s, SURFACE_TOPOGRAPHY, 120, 100, 0.3,
	      -0.2); /* the tilt that most points have is none */
	for (int y = 40; y < 60; y++)
		for (int x = 0; x < 120; x++)
			s.z[y * 120 + x] += 10.0f * (float)(y - 40);
	ck_assert_int_eq(view_whole(&s, 120, &v, &e), STATUS_DONE);
	ck_assert_int_eq(flatness(&v, 10, &e), STATUS_DONE);
	ck_assert_ptr_null(v.on);
	ck_assert_double_gt(v.v[20 * 120 + 60], 0.99);
	ck_assert_double_gt(v.v[80 * 120 + 60], 0.99);
	ck_assert_double_lt(v.v[50 * 120 + 60], 0.1);
	view_free(&v);
	surface_free(&s);
}
END_TEST

Suite *t_view(void);
Suite *t_view(void)
{
	Suite *s = suite_create("view");
	TCase *c = tcase_create("view");

	tcase_add_loop_test(c, cut_keeps_planes, 0, 4);
	tcase_add_test(c, cut_heeds_missing_points);
	tcase_add_test(c, blur_and_heal);
	tcase_add_test(c, equalise_knows_no_gamma);
	tcase_add_test(c, circles_are_fitted);
	tcase_add_test(c, circle_through_points);
	tcase_add_test(c, contours);
	tcase_add_test(c, outlines);
	tcase_add_test(c, flat_and_steep);
	suite_add_tcase(s, c);
	return s;
}
