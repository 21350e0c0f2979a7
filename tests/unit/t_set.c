/* t_set.c - tests of base/set */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <check.h>

#include "base/set.h"

START_TEST(numbers_are_counted)
{
	struct set s = { 0 };

	ck_assert_uint_eq(set_count(&s, 0), 0);
	for (uint64_t i = 0; i < 5000; i++)
		ck_assert_int_eq(set_add(&s, i * UINT64_C(0x9e3779b97f4a7c15), NULL), 0);
	for (uint64_t i = 0; i < 5000; i += 3)
		ck_assert_int_eq(set_add(&s, i * UINT64_C(0x9e3779b97f4a7c15), NULL), 0);
	for (uint64_t i = 0; i < 5000; i++)
		ck_assert_uint_eq(set_count(&s, i * UINT64_C(0x9e3779b97f4a7c15)), i % 3 ? 1 : 2);
	ck_assert_uint_eq(set_count(&s, 1), 0);
	set_clear(&s);
	ck_assert_uint_eq(set_count(&s, 0), 0);
	/* badly mixed ones work too */
	for (uint64_t i = 0; i < 300; i++)
		ck_assert_int_eq(set_add(&s, i << 40, NULL), 0);
	ck_assert_uint_eq(set_count(&s, UINT64_C(299) << 40), 1);
	set_free(&s);
	set_clear(&s);
	set_free(&s);
}
END_TEST

Suite *t_set(void);
Suite *t_set(void)
{
	Suite *s = suite_create("set");
	TCase *c = tcase_create("set");

	tcase_add_test(c, numbers_are_counted);
	suite_add_tcase(s, c);
	return s;
}
