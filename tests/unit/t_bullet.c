/* t_bullet.c - tests of the data maker's bullets */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "make/bullet.h"

static void make_barrel(struct barrel *b, uint64_t seed, int lands)
{
	struct barrel_wishes w = BARREL_WISHES_DEFAULT;
	struct error e;

	w.seed = seed;
	w.lands = lands;
	ck_assert_msg(barrel_make(b, &w, &e) == STATUS_DONE, "%s", e.text);
}

static void make_land(struct surface *s, struct bullet_truth *t, const struct barrel *b,
		      const struct bullet_wishes *w, int k)
{
	struct error e;

	ck_assert_msg(bullet_land(b, w, k, s, t, &e) == STATUS_DONE, "%s", e.text);
}

/* The mean height along the striae at each um of the land, 1 to 1600 about its middle, less a
 * running mean of 161 um. */
#define PROFILE 1600
static void profile(const struct surface *s, const struct bullet_truth *t, double out[PROFILE])
{
	double raw[PROFILE], last = 0, slant = tan(t->slant_deg * M_PI / 180);
	int from = (int)t->base_px + 60, to = (int)fmax(t->fade_px, t->base_px + 120);

	to = to < s->height ? to : s->height;
	for (int i = 0; i < PROFILE; i++) {
		double sum = 0, n = 0, u = (i - PROFILE / 2) / t->spacing_um;

		for (int y = from; y < to; y++) {
			int x = (int)floor(t->middle_px + u - slant * (y - (s->height - 1) / 2.) + .5);
			float z = x >= 0 && x < s->width ? s->z[y * s->width + x] : NAN;

			if (!isnan(z)) {
				sum += z;
				n++;
			}
		}
		raw[i] = last = n > 0 ? sum / n : last;
	}
	for (int i = 0; i < PROFILE; i++) {
		double sum = 0, n = 0;

		for (int k = i - 80; k <= i + 80; k++)
			if (k >= 0 && k < PROFILE) {
				sum += raw[k];
				n++;
			}
		out[i] = raw[i] - sum / n;
	}
}

/* Correlation of two profiles, best within 15 um. The ends, where the mean is lopsided, are left out. */
static double alike(const double a[PROFILE], const double b[PROFILE])
{
	double best = -1;

	for (int lag = -15; lag <= 15; lag++) {
		double aa = 0, bb = 0, ab = 0;

		for (int i = 100; i < PROFILE - 100; i++) {
			aa += a[i] * a[i];
			bb += b[i + lag] * b[i + lag];
			ab += a[i] * b[i + lag];
		}
		best = fmax(best, ab / sqrt(aa * bb));
	}
	return best;
}

/* Mates of two bullets are those that the phases say; on the whole they are far more alike. */
START_TEST(truth_agrees_with_lands)
{
	static double p[2][6][PROFILE];
	struct bullet_wishes w;
	struct bullet_truth t;
	struct surface s;
	struct barrel b;
	double same = 0, other = 0;
	int land[2][6], first = 0;

	make_barrel(&b, 11, 6);
	bullet_defaults(&w, BULLET_TOPOGRAPHY);
	w.rash = 0;
	for (int shot = 0; shot < 2; shot++)
		for (int k = 0; k < 6; k++) {
			w.seed = 50 + (uint64_t)shot;
			make_land(&s, &t, &b, &w, k);
			profile(&s, &t, p[shot][k]);
			land[shot][k] = t.land;
			ck_assert_int_eq(t.land, bullet_phase(&b, &w, k));
			ck_assert_int_eq(t.land, (land[shot][0] + k) % 6);
			ck_assert_int_eq(s.height, 422);
			surface_free(&s);
		}
	for (int i = 0; i < 6; i++) {
		double best = -1;
		int at = -1;

		for (int j = 0; j < 6; j++) {
			double r = alike(p[0][i], p[1][j]);

			if (land[0][i] == land[1][j])
				same += r / 6;
			else
				other += r / 30;
			if (r > best) {
				best = r;
				at = j;
			}
		}
		first += land[1][at] == land[0][i];
	}
	ck_assert_msg(same > .5 && same < .95 && other < .3, "same %.3f, others %.3f", same, other);
	ck_assert_msg(first >= 5, "the mate was the most alike for %d of 6", first);
	barrel_free(&b);
}
END_TEST

/* The picture turned by quarters is the same picture. */
START_TEST(quarter_turns_agree)
{
	struct bullet_wishes w;
	struct bullet_truth t;
	struct surface s, turned;
	struct barrel b;
	struct error e;

	make_barrel(&b, 3, 4);
	bullet_defaults(&w, (enum bullet_kind)_i);
	w.spacing_um = 6;
	make_land(&s, &t, &b, &w, 2);
	for (w.turn = 1; w.turn < 4; w.turn++) {
		size_t differ = 0;

		ck_assert(bullet_land(&b, &w, 2, &turned, &t, &e) == STATUS_DONE);
		ck_assert_int_eq(turned.width, w.turn == 2 ? s.width : s.height);
		ck_assert_int_eq(turned.height, w.turn == 2 ? s.height : s.width);
		for (int y = 0; y < s.height; y++)
			for (int x = 0; x < s.width; x++) {
				/* counter-clockwise: what was at the right comes to the top */
				int u = w.turn == 1 ? y : w.turn == 2 ? s.width - 1 - x : s.height - 1 - y;
				int v = w.turn == 1 ? s.width - 1 - x : w.turn == 2 ? s.height - 1 - y : x;

				differ += memcmp(&s.z[y * s.width + x], &turned.z[v * turned.width + u],
						 sizeof *s.z) != 0;
			}
		ck_assert_uint_eq(differ, 0);
		surface_free(&turned);
	}
	surface_free(&s);
	barrel_free(&b);
}
END_TEST

/* What the bullet's round alone would make of a column. */
static double arc(const struct surface *s, const struct barrel *b, int x)
{
	double um = (x - (s->width - 1) / 2.) * s->spacing_x_um;

	return -um * um / (2 * b->radius_um);
}

/* Between the shoulders the metal is deeper than beyond them. */
START_TEST(lands_have_shoulders)
{
	struct bullet_wishes w;
	struct bullet_truth t;
	struct surface s;
	struct barrel b;

	for (int lands = 4; lands <= 8; lands++) {
		double in = 0, out = 0, n = 0;

		make_barrel(&b, 5, lands);
		bullet_defaults(&w, BULLET_TOPOGRAPHY);
		w.missing = w.rash = 0;
		w.spacing_um = 3;
		make_land(&s, &t, &b, &w, 0);
		ck_assert(t.left_px > 0 && t.right_px < s.width);
		for (int y = s.height - 20; y < s.height; y++) {
			int inner = (int)t.right_px - 20, outer = s.width - 2;

			if (!isnan(s.z[y * s.width + inner]) && !isnan(s.z[y * s.width + outer])) {
				in += s.z[y * s.width + inner] - arc(&s, &b, inner);
				out += s.z[y * s.width + outer] - arc(&s, &b, outer);
				n++;
			}
		}
		ck_assert_msg(n > 0 && out / n > in / n + 10, "%d lands: %.1f inside, %.1f outside", lands,
			      in / n, out / n);
		surface_free(&s);
		barrel_free(&b);
	}
}
END_TEST

START_TEST(same_seed_same_land)
{
	struct bullet_wishes w;
	struct bullet_truth t;
	struct surface s, again;
	struct barrel b;
	size_t size;

	make_barrel(&b, 3, 6);
	bullet_defaults(&w, BULLET_TOPOGRAPHY);
	make_land(&s, &t, &b, &w, 4);
	make_land(&again, &t, &b, &w, 4);
	size = (size_t)s.width * (size_t)s.height * sizeof *s.z;
	ck_assert(s.width == again.width && s.height == again.height && !memcmp(s.z, again.z, size));
	surface_free(&again);
	w.seed++;
	make_land(&again, &t, &b, &w, 4);
	ck_assert(memcmp(s.z, again.z, size));
	surface_free(&again);
	surface_free(&s);
	barrel_free(&b);
}
END_TEST

START_TEST(nonsense_is_refused)
{
	struct barrel_wishes bw = BARREL_WISHES_DEFAULT;
	struct bullet_wishes w;
	struct bullet_truth t;
	struct surface s;
	struct barrel b;
	struct error e;

	bw.lands = 3;
	ck_assert_int_eq(barrel_make(&b, &bw, &e), STATUS_USAGE);
	bw.lands = 9;
	ck_assert_int_eq(barrel_make(&b, &bw, &e), STATUS_USAGE);
	bw.lands = 6;
	bw.subclass = NAN;
	ck_assert_int_eq(barrel_make(&b, &bw, &e), STATUS_USAGE);
	make_barrel(&b, 3, 5);
	for (int i = 0; i < 6; i++) {
		bullet_defaults(&w, BULLET_TOPOGRAPHY);
		switch (i) {
		case 0: w.spacing_um = 0; break;
		case 1: w.width = 5000; break;
		case 2: w.height = 4; break;
		case 3: w.turn = 4; break;
		case 4: w.noise = NAN; break;
		}
		e.text[0] = 0;
		ck_assert_int_eq(bullet_land(&b, &w, i == 5 ? 5 : 0, &s, &t, &e), STATUS_USAGE);
		ck_assert(e.text[0] != 0);
	}
	barrel_free(&b);
}
END_TEST

Suite *t_bullet(void);
Suite *t_bullet(void)
{
	Suite *s = suite_create("bullet");
	TCase *c = tcase_create("bullet");

	tcase_set_timeout(c, 120);
	tcase_add_test(c, truth_agrees_with_lands);
	tcase_add_loop_test(c, quarter_turns_agree, 0, 2);
	tcase_add_test(c, lands_have_shoulders);
	tcase_add_test(c, same_seed_same_land);
	tcase_add_test(c, nonsense_is_refused);
	suite_add_tcase(s, c);
	return s;
}
