/* t_pool.c - tests of base/pool */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <check.h>
#include <stdint.h>
#include <string.h>

#include "base/pool.h"

START_TEST(pieces_stay_where_they_are)
{
	struct pool p = { 0 };
	char *text[2000];

	for (int i = 0; i < 2000; i++) {
		char t[32];

		snprintf(t, sizeof t, "piece %d", i);
		text[i] = pool_text(&p, t, strlen(t), NULL);
		ck_assert_ptr_nonnull(text[i]);
		ck_assert_uint_eq((uintptr_t)pool_take(&p, 3, NULL) % _Alignof(max_align_t), 0);
	}
	for (int i = 0; i < 2000; i++) {
		char t[32];

		snprintf(t, sizeof t, "piece %d", i);
		ck_assert_str_eq(text[i], t);
	}
	pool_free(&p);
	ck_assert_ptr_null(p.block);
}
END_TEST

START_TEST(large_and_small)
{
	struct pool p = { 0 };
	struct error e;
	char *big, *small;

	big = pool_take(&p, 5000000, NULL);
	ck_assert_ptr_nonnull(big);
	memset(big, 'x', 5000000);
	small = pool_text(&p, "", 0, NULL);
	ck_assert_str_eq(small, "");
	ck_assert_ptr_null(pool_take(&p, SIZE_MAX - 8, &e));
	ck_assert_int_eq(e.status, STATUS_SYSTEM);
	pool_reset(&p);
	ck_assert_ptr_nonnull(pool_text(&p, "again", 5, NULL));
	pool_free(&p);
	pool_reset(&p);
	pool_free(&p);
}
END_TEST

Suite *t_pool(void);
Suite *t_pool(void)
{
	Suite *s = suite_create("pool");
	TCase *c = tcase_create("pool");

	tcase_add_test(c, pieces_stay_where_they_are);
	tcase_add_test(c, large_and_small);
	suite_add_tcase(s, c);
	return s;
}
