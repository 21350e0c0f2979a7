/* t_shear.c - tests of prep/shear, and of aperture shear as a signature */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "prep/land.h"
#include "prep/shear.h"
#include "unit/made_land.h"

Suite *t_shear(void);

/* What stands in an aperture round a pin: a ring of 550 to 900 um, which rises from the pin, with striae on
 * the side at `deg`, 90 degrees wide, that run along `deg`. */
struct wiped {
	double deg, height_um, spacing_um, noise_um;
	uint64_t seed;
};
#define SIDE_UM 2200.0

static void make(const struct wiped *w, struct surface *s, struct region *r)
{
	int n = (int)(SIDE_UM / w->spacing_um);
	double c = cos(w->deg * M_PI / 180), d = -sin(w->deg * M_PI / 180);
	struct made_random noise = { w->seed * 7 + 1 };
	struct made_striae striae;
	struct error e;

	made_striae(&striae, w->seed, 2000);
	ck_assert_int_eq(surface_new(s, SURFACE_TOPOGRAPHY, n, n, &e), 0);
	s->spacing_x_um = s->spacing_y_um = w->spacing_um;
	s->spacing_origin = SPACING_FILE;
	memset(r, 0, sizeof *r);
	r->width = r->height = n;
	r->label = calloc((size_t)n * (size_t)n, 1);
	ck_assert_ptr_nonnull(r->label);
	r->pin = (struct region_circle){ n / 2.0, n / 2.0, 500 / w->spacing_um };
	for (int y = 0; y < n; y++)
		for (int x = 0; x < n; x++) {
			double px = (x - n / 2.0) * w->spacing_um, py = (y - n / 2.0) * w->spacing_um, q = hypot(px, py);
			double along = px * c + py * d, across = -px * d + py * c;
			size_t i = (size_t)y * (size_t)n + (size_t)x;

			r->label[i] = q < 550 ? REGION_PIN : q < 900 ? REGION_FLOWBACK : REGION_BREECH;
			s->z[i] = (float)(w->noise_um * made_normal(&noise) + .05 * q);
			if (along > .71 * q)
				s->z[i] += (float)(w->height_um * made_height(&striae, across + 1000));
		}
	s->valid = (size_t)n * (size_t)n;
}

static int find(const struct surface *s, const struct region *r, struct shear *out, struct error *e)
{
	return shear_find(s, r, s->spacing_x_um, s->spacing_y_um, out, e);
}

static void drop(struct surface *s, struct region *r)
{
	surface_free(s);
	region_free(r);
}

/* The shear as a profile; NULL where it is refused. */
static float *profile(const struct wiped *w, int *n)
{
	struct land_options o = SHEAR_OPTIONS_DEFAULT;
	struct land land;
	struct surface s;
	struct region r;
	struct shear h;
	struct error e;
	float *z = NULL;

	make(w, &s, &r);
	if (!find(&s, &r, &h, &e)) {
		ck_assert_msg(land_extract_along(&h.patch, &h.look, &o, &land, &e) == 0, "%s", e.text);
		z = land.z;
		*n = land.n;
		free(land.sure);
		shear_free(&h);
	}
	drop(&s, &r);
	return z;
}

START_TEST(every_direction_is_found)
{
	for (double deg = 0; deg < 360; deg += 51) {
		struct wiped w = { deg, 1, 6.25, .3, 3 };
		struct surface s;
		struct region r;
		struct shear h;
		struct error e;
		double off;

		make(&w, &s, &r);
		ck_assert_msg(find(&s, &r, &h, &e) == 0, "%g: %s", deg, e.text);
		off = fabs(remainder(h.outward_deg - deg, 360));
		ck_assert_msg(off < 8, "%g: found at %g", deg, h.outward_deg);
		ck_assert_double_gt(h.look.coherence, .4);
		ck_assert_double_gt(h.area_mm2, .2);
		ck_assert(!h.look.along_x);
		shear_free(&h);
		drop(&s, &r);
	}
}
END_TEST

/* Best correlation of two profiles over small lags. */
static double alike(const float *a, int na, const float *b, int nb)
{
	double best = -1;

	for (int lag = -60; lag <= 60; lag++) {
		double xx = 0, yy = 0, xy = 0;

		for (int i = 0; i < na; i++) {
			int j = i + lag;

			if (j < 0 || j >= nb)
				continue;
			xx += (double)a[i] * a[i];
			yy += (double)b[j] * b[j];
			xy += (double)a[i] * b[j];
		}
		if (xx > 0 && yy > 0)
			best = fmax(best, xy / sqrt(xx * yy));
	}
	return best;
}

START_TEST(it_is_the_same_profile_however_it_lies)
{
	struct wiped w = { 20, 1, 6.25, .2, 5 }, turned = { 215, 1, 6.25, .2, 5 }, fine = { 20, 1, 3, .2, 5 },
		     other = { 20, 1, 6.25, .2, 6 };
	int n, m;
	float *a = profile(&w, &n), *b;
	const struct wiped *same[] = { &turned, &fine };

	ck_assert_ptr_nonnull(a);
	for (int k = 0; k < 2; k++) {
		b = profile(same[k], &m);
		ck_assert_ptr_nonnull(b);
		ck_assert_double_gt(alike(a, n, b, m), .8);
		free(b);
	}
	b = profile(&other, &m);
	ck_assert_ptr_nonnull(b);
	ck_assert_double_lt(alike(a, n, b, m), .6);
	free(a);
	free(b);
}
END_TEST

static void refused(const struct surface *s, const struct region *r, const char *why)
{
	struct shear h;
	struct error e;

	ck_assert_int_eq(find(s, r, &h, &e), STATUS_INPUT);
	ck_assert_msg(strstr(e.text, why), "%s", e.text);
	ck_assert_ptr_null(h.patch.z);
}

START_TEST(what_is_not_there_is_refused)
{
	struct wiped w = { 0, 0, 6.25, .3, 1 };
	struct surface s;
	struct region r;

	for (w.seed = 1; w.seed < 5; w.seed++) {   /* no striae, only noise */
		make(&w, &s, &r);
		refused(&s, &r, "has no striae");
		drop(&s, &r);
	}
	w.height_um = 1;
	make(&w, &s, &r);
	for (size_t i = 0; i < (size_t)s.width * (size_t)s.height; i++)   /* too narrow a rim */
		if (r.label[i] == REGION_FLOWBACK &&
		    hypot((double)(i % (size_t)s.width) - s.width / 2, (double)(i / (size_t)s.width) - s.width / 2) * 6.25 > 600)
			r.label[i] = REGION_BREECH;
	refused(&s, &r, "too little flowed back");
	for (size_t i = 0; i < (size_t)s.width * (size_t)s.height; i++)
		r.label[i] = r.label[i] == REGION_FLOWBACK ? REGION_BREECH : r.label[i];
	refused(&s, &r, "nothing flowed back");
	r.way = REGION_MASKED;
	refused(&s, &r, "no firing-pin impression");
	s.kind = SURFACE_PHOTOGRAPH;
	refused(&s, &r, "topographies only");
	drop(&s, &r);
}
END_TEST

Suite *t_shear(void)
{
	Suite *s = suite_create("shear");
	TCase *c = tcase_create("shear");

	tcase_set_timeout(c, 60);
	tcase_add_test(c, every_direction_is_found);
	tcase_add_test(c, it_is_the_same_profile_however_it_lies);
	tcase_add_test(c, what_is_not_there_is_refused);
	suite_add_tcase(s, c);
	return s;
}
