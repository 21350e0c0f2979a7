/* t_profile.c - tests of math/profile */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <check.h>
#include <math.h>

#include "made_land.h"
#include "math/profile.h"

#define N 1200

START_TEST(box_over_gaps)
{
	float v[N], to[N];

	for (int i = 0; i < N; i++)
		v[i] = i % 3 == 1 ? NAN : 2.0f * (float)i;
	profile_box(v, N, 6, to);
	for (int i = 8; i < N - 8; i++)
		ck_assert_float_eq_tol(to[i], 2.0f * (float)i, 1.01f);
	for (int i = 0; i < N; i++)
		v[i] = i < 500 ? NAN : 7;
	profile_box(v, N, 6, to);
	ck_assert(isnan(to[0]) && isnan(to[498]) && to[500] == 7 && to[N - 1] == 7);
}
END_TEST

/* A slope and a gap leave nothing; a step stays. */
START_TEST(heights_above_a_line)
{
	float v[N], to[N];

	for (int i = 0; i < N; i++)
		v[i] = i > 300 && i < 330 ? NAN : 1000.0f + 0.37f * (float)i;
	profile_above_line(v, N, 25, to);
	for (int i = 30; i < N - 30; i++)
		ck_assert_msg((isnan(v[i]) && isnan(to[i])) || fabsf(to[i]) < 1e-3f, "%d: %g", i, (double)to[i]);
	v[600] += 5;
	profile_above_line(v, N, 25, to);
	ck_assert_float_gt(to[600], 4.8f);
}
END_TEST

/* ISO 16610-21: a wave of the cut-off's length passes at half its height. */
START_TEST(gaussian_passes_half_at_its_cut_off)
{
	float v[N], to[N], weight[N];
	double most = 0;

	for (int i = 0; i < N; i++) {
		v[i] = (float)sin(2 * M_PI * i / 40);
		weight[i] = 1;
	}
	ck_assert_int_eq(profile_gauss(v, NULL, N, 40, to, NULL), 0);
	for (int i = 200; i < 900; i++)
		most = fmax(most, to[i]);
	ck_assert_double_eq_tol(most, 0.5, 0.01);
	for (int i = 0; i < N; i++)
		if (i % 7 == 0) {
			v[i] = 1e6f;
			weight[i] = 0;
		}
	ck_assert_int_eq(profile_gauss(v, weight, N, 40, to, NULL), 0);
	for (int i = 200; i < 900; i++)
		ck_assert_float_lt(fabsf(to[i]), 0.7f);
	for (int i = 0; i < N; i++)
		v[i] = NAN;
	ck_assert_int_eq(profile_gauss(v, NULL, N, 40, to, NULL), 0);
	ck_assert(isnan(to[N / 2]));
}
END_TEST

START_TEST(form_follows_the_arc_and_not_the_bumps)
{
	struct made_random r = { 3 };
	float v[N], to[N];
	double worst = 0;

	for (int i = 0; i < N; i++) {
		double x = i - 700;

		v[i] = (float)(-x * x / 6000 + 0.1 * made_normal(&r));
		if (i % 300 > 270)
			v[i] += 12;
		if (i > 820 && i < 860)
			v[i] = NAN;
	}
	ck_assert_int_eq(profile_form(v, N, 160, 16, 4, 0.05, to, NULL), 0);
	for (int i = 0; i < N; i++)
		worst = fmax(worst, fabs(to[i] + (i - 700.0) * (i - 700.0) / 6000));
	ck_assert_double_lt(worst, 1.0);
	for (int i = 40; i < N; i++)
		v[i] = NAN;
	ck_assert_int_eq(profile_form(v, N, 160, 16, 4, 0.05, to, NULL), STATUS_INPUT);
}
END_TEST

/* A piece of a profile has nearly the form that the whole has there, up to its ends. */
START_TEST(form_does_not_swing_at_ends)
{
	for (uint64_t seed = 1; seed < 60; seed++) {
		struct made_random r = { seed };
		struct made_striae s;
		float v[N], whole[N], part[N];

		made_striae(&s, seed, 2000);
		for (int i = 0; i < N; i++)
			v[i] = (float)(made_height(&s, i * 1.5625) + 0.1 * made_normal(&r));
		ck_assert_int_eq(profile_form(v, N, 160, 16, 3, 0.05, whole, NULL), 0);
		ck_assert_int_eq(profile_form(v + 400, N - 400, 160, 16, 3, 0.05, part, NULL), 0);
		for (int i = 0; i < 60; i++)
			ck_assert_msg(fabsf(part[i] - whole[400 + i]) < 2.2f, "seed %d: %.2f", (int)seed,
				      (double)(part[i] - whole[400 + i]));
	}
}
END_TEST

/* Finer, coarser, and back: what lies well within both samplings comes back. */
START_TEST(sampling_anew)
{
	float v[N], fine[3 * N], back[N];

	for (int i = 0; i < N; i++)
		v[i] = (float)sin(i / 7.0);
	profile_resample(v, N, 0, 0.5, fine, 2 * N - 1);
	profile_resample(fine, 2 * N - 1, 0, 2, back, N);
	for (int i = 3; i < N - 3; i++)
		ck_assert_float_eq_tol(back[i], v[i], 0.02f);
	profile_resample(v, N, 10.5, 1, back, 5);
	ck_assert_float_eq_tol(back[0], (float)sin(10.5 / 7), 2e-3f);
	profile_resample(v, N, -2, 1, back, 5);
	ck_assert(isnan(back[0]) && isnan(back[1]) && back[2] == v[0]);
	profile_resample(v, N, N - 2, 1, back, 5);
	ck_assert(back[1] == v[N - 1] && isnan(back[2]));
	v[20] = NAN;
	profile_resample(v, N, 19.25, 0.5, back, 4);
	ck_assert(back[0] == v[19] && isnan(back[1]) && isnan(back[2]) && back[3] == v[21]);
}
END_TEST

Suite *t_profile(void);
Suite *t_profile(void)
{
	Suite *s = suite_create("profile");
	TCase *t = tcase_create("core");

	tcase_add_test(t, box_over_gaps);
	tcase_add_test(t, heights_above_a_line);
	tcase_add_test(t, gaussian_passes_half_at_its_cut_off);
	tcase_add_test(t, form_follows_the_arc_and_not_the_bumps);
	tcase_add_test(t, form_does_not_swing_at_ends);
	tcase_add_test(t, sampling_anew);
	suite_add_tcase(s, t);
	return s;
}
