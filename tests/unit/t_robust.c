/* t_robust.c - tests of math/robust */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <check.h>
#include <math.h>
#include <stdlib.h>

#include "made_land.h"
#include "math/robust.h"

static int by_value(const void *a, const void *b)
{
	float x = *(const float *)a, y = *(const float *)b;

	return x < y ? -1 : x > y;
}

/* Against sorting, for all small sizes and some large ones, with many equal values. */
START_TEST(medians_are_those_of_sorting)
{
	struct made_random r = { 5 };
	float v[3000], w[3000];

	for (int n = 1; n < 3000; n += n < 70 ? 1 : 331) {
		double q = made_uniform(&r);
		float expected;

		for (int i = 0; i < n; i++)
			v[i] = w[i] = (float)floor(made_uniform(&r) * 40);
		qsort(w, (size_t)n, sizeof *w, by_value);
		expected = n % 2 ? w[n / 2] : 0.5f * (w[n / 2] + w[n / 2 - 1]);
		ck_assert_msg(robust_median(v, n) == expected, "n %d", n);
		ck_assert_msg(robust_quantile(v, n, q) == w[(int)(q * (n - 1) + 0.5)], "n %d q %g", n, q);
		ck_assert(robust_quantile(v, n, 0) == w[0] && robust_quantile(v, n, 1) == w[n - 1]);
	}
	ck_assert(robust_median(v, 0) == 0 && robust_quantile(v, 0, .5) == 0 && robust_spread(v, 0) == 0);
}
END_TEST

START_TEST(spread_of_normal_noise_and_of_a_minority)
{
	struct made_random r = { 6 };
	float v[20000];

	for (int i = 0; i < 20000; i++)
		v[i] = (float)(i % 10 < 3 ? 500 + made_normal(&r) : 2 * made_normal(&r));
	/* a third of outliers takes the middle from the 50th to the 71st hundredth */
	ck_assert_float_gt(robust_spread(v, 20000), 2.0f);
	ck_assert_float_lt(robust_spread(v, 20000), 3.6f);
}
END_TEST

START_TEST(polynomial_that_outliers_do_not_bend)
{
	static const double c[] = { 3, -2, 0.5, 1.5, -0.7 };
	struct made_random r = { 7 };
	struct robust_poly p;
	double x[400], y[400];

	for (int degree = 0; degree <= ROBUST_DEGREE; degree++) {
		for (int i = 0; i < 400; i++) {
			double t = x[i] = 100 + i, z = 0;

			t = (t - 300) / 200;
			for (int k = degree; k >= 0; k--)
				z = z * t + c[k];
			y[i] = z + (i % 4 == 1 ? 50 + 30 * made_uniform(&r) : 0.01 * made_normal(&r));
		}
		ck_assert_int_eq(robust_poly_fit(x, y, NULL, 400, degree, 12, 0, &p), 0);
		for (int i = 0; i < 400; i++)
			if (i % 4 != 1)
				ck_assert_msg(fabs(robust_poly_at(&p, x[i]) - y[i]) < 0.06, "degree %d", degree);
		ck_assert_double_eq_tol(robust_poly_slope(&p, 250),
					(robust_poly_at(&p, 251) - robust_poly_at(&p, 249)) / 2, 1e-4);
	}
}
END_TEST

START_TEST(weights_and_points_that_determine_nothing)
{
	double x[] = { 1, 2, 3, 4 }, y[] = { 5, 7, 900, 11 }, w[] = { 1, 1, 0, 1 };
	struct robust_poly p;

	ck_assert_int_eq(robust_poly_fit(x, y, w, 4, 1, 0, 0, &p), 0);
	ck_assert_double_eq_tol(robust_poly_at(&p, 10), 23, 1e-9);
	ck_assert_int_eq(robust_poly_fit(x, y, w, 4, 3, 0, 0, &p), -1);
	ck_assert_int_eq(robust_poly_fit(x, y, w, 0, 0, 0, 0, &p), -1);
	ck_assert_int_eq(robust_poly_fit(x, y, NULL, 4, ROBUST_DEGREE + 1, 0, 0, &p), -1);
	ck_assert_int_eq(robust_poly_fit(x + 2, y + 2, w + 2, 1, 0, 0, 0, &p), -1);
	ck_assert(robust_poly_at(&p, 3) == 0);
}
END_TEST

START_TEST(linear_systems)
{
	double a[] = { 4, 0, 0, 2, 5, 0, 1, 3, 6 }, b[] = { 4 + 4 + 3, 2 + 10 + 9, 1 + 6 + 18 }, zero[] = { 0, 0, 0, 0 };

	ck_assert_int_eq(robust_solve(a, b, 3), 0);
	ck_assert_double_eq_tol(b[0], 1, 1e-12);
	ck_assert_double_eq_tol(b[1], 2, 1e-12);
	ck_assert_double_eq_tol(b[2], 3, 1e-12);
	ck_assert_int_eq(robust_solve(zero, b, 2), -1);
}
END_TEST

Suite *t_robust(void);
Suite *t_robust(void)
{
	Suite *s = suite_create("robust");
	TCase *t = tcase_create("core");

	tcase_add_test(t, medians_are_those_of_sorting);
	tcase_add_test(t, spread_of_normal_noise_and_of_a_minority);
	tcase_add_test(t, polynomial_that_outliers_do_not_bend);
	tcase_add_test(t, weights_and_points_that_determine_nothing);
	tcase_add_test(t, linear_systems);
	suite_add_tcase(s, t);
	return s;
}
