/* t_ejector.c - tests of prep/ejector, and of the ejector mark as a signature */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "prep/ejector.h"
#include "sign/extract.h"
#include "unit/made_land.h"

Suite *t_ejector(void);

#define STEP 10.0
#define SIDE 900       /* 9 mm */

/* A head, tilted, with strokes of a headstamp 250 um wide and a dent of half_um x 0.8 half_um at x, y
 * (from the primer's middle) that has a wavy floor. */
struct headed {
	double dent_um, half_um, x_um, y_um, turn_deg;
	int strokes;
};

static bool in_dent(const struct headed *h, double px, double py)
{
	double c = cos(h->turn_deg * M_PI / 180), d = sin(h->turn_deg * M_PI / 180);
	double u = c * (px - h->x_um) + d * (py - h->y_um), v = -d * (px - h->x_um) + c * (py - h->y_um);

	return fabs(u) < h->half_um && fabs(v) < .8 * h->half_um;
}

static void make(const struct headed *h, struct surface *s, struct region *r)
{
	struct made_random noise = { 5 };
	struct error e;

	ck_assert_int_eq(surface_new(s, SURFACE_TOPOGRAPHY, SIDE, SIDE, &e), 0);
	s->spacing_x_um = s->spacing_y_um = STEP;
	s->spacing_origin = SPACING_FILE;
	memset(r, 0, sizeof *r);
	r->width = r->height = SIDE;
	r->label = calloc((size_t)SIDE * SIDE, 1);
	ck_assert_ptr_nonnull(r->label);
	r->primer = (struct region_circle){ SIDE / 2.0, SIDE / 2.0, 2450 / STEP };
	r->ring = (struct region_circle){ SIDE / 2.0, SIDE / 2.0, 1700 / STEP };
	for (int y = 0; y < SIDE; y++)
		for (int x = 0; x < SIDE; x++) {
			double px = (x - SIDE / 2.0) * STEP, py = (y - SIDE / 2.0) * STEP, q = hypot(px, py);
			double turn = 180 / M_PI * atan2(py, px) + 180;
			float *z = &s->z[y * SIDE + x];

			*z = (float)(.006 * px + .5 * made_normal(&noise));
			if (q < 2450)
				*z -= 200;
			else if (fmod(turn, 20) < 4.6 && turn < 20 * h->strokes && q > 2900 && q < 3900)
				*z -= 90;
			else if (h->dent_um > 0 && in_dent(h, px, py))
				*z -= (float)(h->dent_um + 2 * sin(px / 30) * cos(py / 40));
		}
	s->valid = (size_t)SIDE * SIDE;
}

static void drop(struct surface *s, struct region *r)
{
	surface_free(s);
	region_free(r);
}

static double overlap(const struct headed *h, const struct ejector *j)
{
	int both = 0, either = 0;

	for (int y = 0; y < SIDE; y++)
		for (int x = 0; x < SIDE; x++) {
			bool in = in_dent(h, (x - SIDE / 2.0) * STEP, (y - SIDE / 2.0) * STEP);

			both += in && j->label[y * SIDE + x];
			either += in || j->label[y * SIDE + x];
		}
	return (double)both / either;
}

START_TEST(a_dent_is_found_among_letters)
{
	static const struct headed cases[] = {
		{ 40, 400, 3600, 0, 0, 8 }, { 15, 300, -2600, 2600, 30, 4 }, { 80, 500, 0, -3700, 80, 4 },
		{ 60, 250, 2500, 2500, 45, 0 }
	};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct surface s;
		struct region r;
		struct ejector j;
		struct error e;

		make(&cases[i], &s, &r);
		ck_assert_msg(ejector_find(&s, &r, STEP, STEP, &j, &e) == 0, "%zu: %s", i, e.text);
		ck_assert_double_eq_tol(j.depth_um, cases[i].dent_um, 2);
		ck_assert_double_eq_tol((j.x_px - SIDE / 2.0) * STEP, cases[i].x_um, 40);
		ck_assert_double_eq_tol((j.y_px - SIDE / 2.0) * STEP, cases[i].y_um, 40);
		ck_assert_msg(overlap(&cases[i], &j) > .8, "%zu: %g", i, overlap(&cases[i], &j));
		ejector_free(&j);
		drop(&s, &r);
	}
}
END_TEST

static void refused(const struct surface *s, const struct region *r, const char *why)
{
	struct ejector j;
	struct error e;

	ck_assert_int_eq(ejector_find(s, r, STEP, STEP, &j, &e), STATUS_INPUT);
	ck_assert_msg(strstr(e.text, why), "%s", e.text);
	ck_assert_ptr_null(j.label);
}

START_TEST(what_is_not_there_is_refused)
{
	struct headed h = { 0, 0, 0, 0, 0, 18 };
	struct surface s;
	struct region r;

	make(&h, &s, &r);
	refused(&s, &r, "wider than the strokes");      /* letters only */
	r.way = REGION_MASKED;
	refused(&s, &r, "masked");
	r.way = REGION_FOUND;
	r.primer.r = 5800 / STEP;
	refused(&s, &r, "too little of the head");
	s.kind = SURFACE_PHOTOGRAPH;
	refused(&s, &r, "in photographs");
	drop(&s, &r);
}
END_TEST

START_TEST(a_person_can_show_it)
{
	struct headed h = { 40, 400, 3600, 0, 0, 8 };
	struct extract_options o = { .region_of = MARK_EJECTOR };
	struct surface s, mask;
	struct region r, none;
	struct signature sig;
	struct error e;

	make(&h, &s, &r);
	/* found */
	ck_assert_msg(extract_ejector(&s, &o, &r, &sig, &e) == 0, "%s", e.text);
	ck_assert_int_eq(sig.mark, MARK_EJECTOR);
	ck_assert_str_eq(signature_meta(&sig, META_REGION), "found");
	ck_assert_int_eq(r.label[SIDE / 2 * SIDE + SIDE / 2 + 360], REGION_EJECTOR);
	signature_free(&sig);
	/* by a circle; the picture needs no primer */
	o.circle[0] = SIDE / 2.0 + 360;
	o.circle[1] = SIDE / 2.0;
	o.circle[2] = 35;
	ck_assert_msg(extract_locate(&s, &o, &none, &e) == 0, "%s", e.text);
	ck_assert_msg(extract_ejector(&s, &o, &none, &sig, &e) == 0, "%s", e.text);
	ck_assert_str_eq(signature_meta(&sig, META_REGION), "circle given at 810.0,450.0");
	region_free(&none);
	signature_free(&sig);
	/* by a mask */
	memset(o.circle, 0, sizeof o.circle);
	ck_assert_int_eq(surface_new(&mask, SURFACE_PHOTOGRAPH, SIDE, SIDE, &e), 0);
	o.region = &mask;
	ck_assert_int_eq(extract_ejector(&s, &o, &r, &sig, &e), STATUS_INPUT);   /* nothing is bright */
	for (int y = SIDE / 2 - 30; y < SIDE / 2 + 30; y++)
		for (int x = SIDE / 2 + 325; x < SIDE / 2 + 395; x++)
			mask.z[y * SIDE + x] = 255;
	ck_assert_msg(extract_ejector(&s, &o, &r, &sig, &e) == 0, "%s", e.text);
	ck_assert_str_eq(signature_meta(&sig, META_REGION), "mask given at 809.5,449.5");
	signature_free(&sig);
	surface_free(&mask);
	drop(&s, &r);
}
END_TEST

Suite *t_ejector(void)
{
	Suite *s = suite_create("ejector");
	TCase *c = tcase_create("ejector");

	tcase_set_timeout(c, 60);
	tcase_add_test(c, a_dent_is_found_among_letters);
	tcase_add_test(c, what_is_not_there_is_refused);
	tcase_add_test(c, a_person_can_show_it);
	suite_add_tcase(s, c);
	return s;
}
