/* t_fuse.c - tests of match/fuse */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <check.h>
#include <math.h>

#include "match/fuse.h"

Suite *t_fuse(void);

static struct fuse_mark says(double lr)
{
	return (struct fuse_mark){ log(lr), 1, 0.01, 1000 };
}

static double fused(double a, double b)
{
	struct fuse_mark m[2] = { says(a), says(b) };
	struct fused f;

	fuse_marks(m, 2, &f);
	return f.lr;
}

START_TEST(one_mark_is_its_own)
{
	struct fuse_mark m = says(50);
	struct fused f;

	fuse_marks(&m, 1, &f);
	ck_assert_double_eq_tol(f.lr, 50, 1e-9);
	ck_assert_double_eq_tol(f.odds, log(50), 1e-12);
	m = says(1e9);
	fuse_marks(&m, 1, &f);
	ck_assert_double_eq_tol(f.lr, 1000, 1e-9);
	ck_assert_double_eq_tol(f.odds, log(1e9), 1e-9);
	m = says(1e-9);
	fuse_marks(&m, 1, &f);
	ck_assert_double_eq_tol(f.lr, 0.01, 1e-9);
	fuse_marks(NULL, 0, &f);
	ck_assert(isnan(f.lr) && f.odds == -INFINITY);
}
END_TEST

START_TEST(two_marks_are_no_product)
{
	/* half of what the weaker says counts */
	ck_assert_double_eq_tol(fused(100, 4), 200, 1e-9);
	ck_assert_double_eq_tol(fused(4, 100), 200, 1e-9);
	/* a mark that says nothing takes nothing away; one that speaks against does */
	ck_assert_double_eq_tol(fused(100, 1), 100, 1e-9);
	ck_assert_double_eq_tol(fused(100, 0.04), 20, 1e-9);
	ck_assert_double_eq_tol(fused(0.25, 0.25), 0.125, 1e-9);
	/* never beyond what a set supports, on either side */
	ck_assert_double_eq_tol(fused(900, 900), 1000, 1e-9);
	ck_assert_double_eq_tol(fused(0.02, 0.02), 0.01, 1e-9);
	/* without a step where the two are equally strong */
	ck_assert_double_eq_tol(fused(10.001, 0.1), fused(9.999, 0.1), 0.01);
}
END_TEST

START_TEST(bounds_and_tries)
{
	struct fuse_mark m[3] = { says(1e6), says(1), { NAN, 1, 1e-9, 1e9 } };
	struct fused f;

	m[0].tried = 4;
	fuse_marks(m, 3, &f);   /* what has no reference does not widen the bounds either */
	ck_assert_double_eq_tol(f.lr, 250, 1e-9);
	ck_assert_double_eq_tol(f.odds, log(1e6 / 4), 1e-9);
	m[0] = says(3);
	m[0].tried = 9;         /* no evidence against, for having looked often */
	fuse_marks(m, 1, &f);
	ck_assert_double_eq_tol(f.lr, 1, 1e-9);
	m[0] = says(0.5);
	m[0].tried = 9;
	fuse_marks(m, 1, &f);
	ck_assert_double_eq_tol(f.lr, 0.5, 1e-9);
	/* the widest of the bounds */
	m[0] = (struct fuse_mark){ 100, 1, 0.1, 50 };
	m[1] = (struct fuse_mark){ 100, 1, 0.001, 2000 };
	fuse_marks(m, 2, &f);
	ck_assert_double_eq_tol(f.lr, 2000, 1e-9);
	m[0].odds = m[1].odds = -INFINITY;   /* bullets of two classes */
	fuse_marks(m, 2, &f);
	ck_assert_double_eq_tol(f.lr, 0.001 * sqrt(10), 1e-12);
	ck_assert_double_eq_tol(f.odds, log(0.001 * sqrt(10)), 1e-9);
}
END_TEST

Suite *t_fuse(void)
{
	Suite *s = suite_create("fuse");
	TCase *c = tcase_create("fuse");

	tcase_add_test(c, one_mark_is_its_own);
	tcase_add_test(c, two_marks_are_no_product);
	tcase_add_test(c, bounds_and_tries);
	suite_add_tcase(s, c);
	return s;
}
