/* t_num.c - tests of base/num */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <check.h>
#include <float.h>

#include "base/num.h"

START_TEST(whole_numbers_in_range)
{
	int64_t v = 7;

	ck_assert_int_eq(num_integer("-12", -12, 5, &v, NULL), 0);
	ck_assert_int_eq(v, -12);
	ck_assert_int_eq(num_integer("9223372036854775807", INT64_MIN, INT64_MAX, &v, NULL), 0);
	ck_assert(v == INT64_MAX);
}
END_TEST

START_TEST(whole_numbers_refused)
{
	static const char *bad[] = { "", " 1", "1 ", "0x10", "1.0", "1e3", "--1", "9223372036854775808", "6" };
	struct error e;
	int64_t v = 7;

	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		ck_assert_msg(num_integer(bad[i], -5, 5, &v, &e) == STATUS_USAGE, "'%s'", bad[i]);
	ck_assert_int_eq(v, 7);
}
END_TEST

START_TEST(reals)
{
	static const char *bad[] = { "", "nan", "inf", "1,5", "0x1p3", "1.5um", "1e999", "3" };
	struct error e;
	double v = 7;

	ck_assert_int_eq(num_real("-1.5e0", -2, 2, &v, &e), 0);
	ck_assert(v == -1.5);
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		ck_assert_msg(num_real(bad[i], -2, 2, &v, &e) == STATUS_USAGE, "'%s'", bad[i]);
	ck_assert(v == -1.5);
}
END_TEST

Suite *t_num(void);
Suite *t_num(void)
{
	Suite *s = suite_create("num");
	TCase *c = tcase_create("num");

	tcase_add_test(c, whole_numbers_in_range);
	tcase_add_test(c, whole_numbers_refused);
	tcase_add_test(c, reals);
	suite_add_tcase(s, c);
	return s;
}
