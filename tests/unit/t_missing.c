/* t_missing.c - tests of scan/missing and prep/spike: heights that are none */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <check.h>
#include <math.h>
#include <string.h>

#include "prep/spike.h"
#include "scan/missing.h"

Suite *t_missing(void);

#define SIDE 120
#define POINTS (SIDE * SIDE)

/* Waves about `level`, in steps of `step` (0: none), with a disc of another height in the middle (radius 0: none). */
static void made(struct surface *s, double level, double step, double radius, float disc)
{
	struct error e;

	ck_assert_int_eq(surface_new(s, SURFACE_TOPOGRAPHY, SIDE, SIDE, &e), STATUS_DONE);
	for (int y = 0; y < SIDE; y++)
		for (int x = 0; x < SIDE; x++) {
			double z = level + 3 * sin(x / 7.0) * cos(y / 9.0) + 0.01 * sin(12.9 * x + 78.2 * y);

			if (step > 0)
				z = step * rint(z / step);
			s->z[y * SIDE + x] = hypot(x - SIDE / 2.0, y - SIDE / 2.0) < radius ? disc : (float)z;
		}
	s->valid = POINTS;
}

static size_t missing(const struct surface *s)
{
	size_t n = 0;

	for (size_t i = 0; i < POINTS; i++)
		n += isnan(s->z[i]);
	return n;
}

START_TEST(stands_for_missing)
{
	/* the last two are within the relief, and at its lower end */
	static const float height[] = { 0, 0, -32768, 99999, -10, 0, 1.5f, -3 };
	static const double level[] = { 0, 40, 0, 0, 0, 3.2, 0, 0 };
	struct surface s;

	made(&s, level[_i], 0, 30, height[_i]);
	missing_find(&s);
	/* one of the waves is at 0 itself */
	ck_assert_uint_eq(missing(&s), _i == 0 ? 2810 : 2809);
	ck_assert(isnan(s.z[SIDE / 2 * SIDE + SIDE / 2]) && !isnan(s.z[1]));
	ck_assert_ptr_nonnull(strstr(s.note, "taken as missing"));
	surface_free(&s);
}
END_TEST

/* A small floor within the relief; a few far points; steps so coarse that many are 0; a surface of two heights. */
START_TEST(stays)
{
	struct surface s;

	made(&s, 0, _i == 2 ? 1 : 0, _i == 0 ? 6 : _i == 1 ? 2 : 0, _i == 0 ? 1.5f : -4000);
	for (size_t i = 0; _i == 3 && i < POINTS; i++)
		s.z[i] = i % 3 ? 0 : 1;
	missing_find(&s);
	ck_assert_uint_eq(missing(&s), 0);
	ck_assert_str_eq(s.note, "");
	surface_free(&s);
}
END_TEST

/* Nothing but the height itself is no reason to call all of it missing. */
START_TEST(all_one)
{
	struct surface s;

	made(&s, 0, 0, 2 * SIDE, _i ? 0 : 7);
	missing_find(&s);
	ck_assert_uint_eq(missing(&s), 0);
	for (size_t i = 0; i < POINTS; i++)
		s.z[i] = NAN;
	missing_find(&s);
	ck_assert_uint_eq(missing(&s), POINTS);
	surface_free(&s);
}
END_TEST

START_TEST(spikes)
{
	static const int at[] = { 5 * SIDE + 7, 50 * SIDE + 50, 50 * SIDE + 51, 90 * SIDE + 3, 118 * SIDE + 118 };
	struct surface s;

	made(&s, 0, 0, 0, 0);
	ck_assert_uint_eq(spike_remove(&s), 0);
	for (size_t i = 0; i < sizeof at / sizeof *at; i++)
		s.z[at[i]] += i % 2 ? 25 : -40;
	ck_assert_uint_eq(spike_remove(&s), sizeof at / sizeof *at);
	ck_assert_uint_eq(s.valid, POINTS - sizeof at / sizeof *at);
	for (size_t i = 0; i < sizeof at / sizeof *at; i++)
		ck_assert(isnan(s.z[at[i]]));
	ck_assert_uint_eq(missing(&s), sizeof at / sizeof *at);
	surface_free(&s);
}
END_TEST

/* A step, a scratch one point wide, a hole: what goes on from point to point is the surface. */
START_TEST(no_spikes)
{
	struct surface s;

	made(&s, 0, 0, 20, 60);
	for (int x = 10; x < SIDE - 10; x++)
		s.z[10 * SIDE + x] -= 30;
	ck_assert_uint_eq(spike_remove(&s), 0);
	/* so little that nobody can tell */
	for (size_t i = 50; i < POINTS; i++)
		s.z[i] = NAN;
	ck_assert_uint_eq(spike_remove(&s), 0);
	surface_free(&s);
}
END_TEST

START_TEST(tiny)
{
	struct surface s;
	struct error e;

	ck_assert_int_eq(surface_new(&s, SURFACE_TOPOGRAPHY, 1 + _i, 3 - _i, &e), STATUS_DONE);
	for (int i = 0; i < s.width * s.height; i++)
		s.z[i] = (float)(100 * i);
	missing_find(&s);
	ck_assert_uint_eq(spike_remove(&s), 0);
	surface_free(&s);
}
END_TEST

Suite *t_missing(void)
{
	Suite *s = suite_create("missing");
	TCase *c = tcase_create("missing");

	tcase_add_loop_test(c, stands_for_missing, 0, 8);
	tcase_add_loop_test(c, stays, 0, 4);
	tcase_add_loop_test(c, all_one, 0, 2);
	tcase_add_test(c, spikes);
	tcase_add_test(c, no_spikes);
	tcase_add_loop_test(c, tiny, 0, 3);
	suite_add_tcase(s, c);
	return s;
}
