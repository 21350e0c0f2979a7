/* t_fft.c - tests of math/fft */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <check.h>
#include <math.h>
#include <pthread.h>
#include <string.h>

#include "made_land.h"
#include "math/fft.h"

START_TEST(there_and_back)
{
	static const int size[][2] = { { 1, 1 }, { 1, 2 }, { 1, 15 }, { 1, 2048 }, { 12, 10 }, { 31, 7 } };

	for (size_t k = 0; k < sizeof size / sizeof *size; k++) {
		struct fft *f = fft_new(size[k][0], size[k][1], NULL);
		size_t n = fft_samples(f);
		float *a = fft_memory(n, sizeof *a, NULL), *b = fft_memory(n, sizeof *b, NULL);
		float complex *s = fft_memory(fft_bins(f), sizeof *s, NULL);
		struct made_random r = { k };

		ck_assert(f && a && b && s);
		for (size_t i = 0; i < n; i++)
			a[i] = (float)made_normal(&r);
		fft_forward(f, a, s);
		fft_inverse(f, s, b);
		for (size_t i = 0; i < n; i++)
			ck_assert_float_eq_tol(b[i] / (float)n, a[i], 1e-5f);
		fft_release(a);
		fft_release(b);
		fft_release(s);
		fft_free(f);
	}
}
END_TEST

START_TEST(a_wave_is_one_bin)
{
	struct fft *f = fft_new(8, 16, NULL);
	float *a = fft_memory(128, sizeof *a, NULL);
	float complex *s = fft_memory(fft_bins(f), sizeof *s, NULL);

	for (int y = 0; y < 8; y++)
		for (int x = 0; x < 16; x++)
			a[y * 16 + x] = (float)cos(2 * M_PI * (2 * y / 8.0 + 3 * x / 16.0));
	fft_forward(f, a, s);
	for (int y = 0; y < 8; y++)
		for (int x = 0; x < 9; x++)
			ck_assert_float_eq_tol(cabsf(s[y * 9 + x]), y == 2 && x == 3 ? 64 : 0, 1e-4f);
	fft_release(a);
	fft_release(s);
	fft_free(f);
}
END_TEST

static void *many(void *arg)
{
	for (int k = 0; k < 40; k++) {
		struct fft *f = fft_new(1, 64 + k, NULL);

		if (!f)
			return arg;
		fft_free(f);
	}
	return NULL;
}

START_TEST(plans_from_several_threads)
{
	pthread_t t[4];
	void *bad;

	for (int k = 0; k < 4; k++)
		ck_assert_int_eq(pthread_create(&t[k], NULL, many, t), 0);
	for (int k = 0; k < 4; k++) {
		pthread_join(t[k], &bad);
		ck_assert_ptr_null(bad);
	}
}
END_TEST

START_TEST(sizes)
{
	struct error e;

	ck_assert_int_eq(fft_fast(0), 1);
	ck_assert_int_eq(fft_fast(7), 8);
	ck_assert_int_eq(fft_fast(11), 12);
	ck_assert_int_eq(fft_fast(1601), 1620);
	ck_assert_int_eq(fft_fast(2048), 2048);
	ck_assert_ptr_null(fft_new(0, 5, &e));
	ck_assert_int_eq(e.status, STATUS_SYSTEM);
	ck_assert_ptr_null(fft_new(100000, 100000, &e));
	ck_assert_ptr_null(fft_memory(SIZE_MAX, 16, &e));
}
END_TEST

Suite *t_fft(void);
Suite *t_fft(void)
{
	Suite *s = suite_create("fft");
	TCase *t = tcase_create("core");

	tcase_add_test(t, there_and_back);
	tcase_add_test(t, a_wave_is_one_bin);
	tcase_add_test(t, plans_from_several_threads);
	tcase_add_test(t, sizes);
	suite_add_tcase(s, t);
	return s;
}
