/* t_mem.c - tests of base/mem and base/buf */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <check.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"

START_TEST(new_is_clear)
{
	struct error e;
	unsigned char *p = mem_new(1000, 3, &e);

	for (int i = 0; i < 3000; i++)
		ck_assert_int_eq(p[i], 0);
	free(p);
	p = mem_new(0, 8, &e);
	ck_assert_ptr_nonnull(p);
	free(p);
	p = mem_new(8, 0, &e);
	ck_assert_ptr_nonnull(p);
	free(p);
}
END_TEST

START_TEST(sizes_that_overflow)
{
	static const size_t bad[][2] = {
		{ SIZE_MAX, 2 }, { SIZE_MAX / 2 + 2, 2 }, { SIZE_MAX / 8 + 1, 8 }, { SIZE_MAX, 1 },
		{ (size_t)PTRDIFF_MAX + 1, 1 }, { SIZE_MAX, SIZE_MAX },
	};
	char *old = mem_text("old", NULL);

	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		struct error e = { 0, "" };

		ck_assert_ptr_null(mem_new(bad[i][0], bad[i][1], &e));
		ck_assert_int_eq(e.status, STATUS_SYSTEM);
		ck_assert_str_eq(e.text, "out of memory");
		ck_assert_ptr_null(mem_table(bad[i][0], bad[i][1], &e));
		ck_assert_ptr_null(mem_grow(old, bad[i][0], bad[i][1], NULL));
		ck_assert_str_eq(old, "old");
	}
	free(old);
}
END_TEST

START_TEST(tables_are_aligned)
{
	static const size_t count[] = { 0, 1, 100, (2 << 20) / 24, 200000 };

	for (size_t i = 0; i < sizeof count / sizeof *count; i++) {
		unsigned char *p = mem_table(count[i], 24, NULL);

		ck_assert_ptr_nonnull(p);
		ck_assert_uint_eq((uintptr_t)p % 64, 0);
		memset(p, 1, 24 * count[i]);
		free(p);
	}
}
END_TEST

START_TEST(grow_keeps)
{
	char *p = mem_grow(NULL, 4, 1, NULL);

	memcpy(p, "abc", 4);
	p = mem_grow(p, 1 << 20, 1, NULL);
	ck_assert_str_eq(p, "abc");
	p = mem_grow(p, 0, 1, NULL);
	ck_assert_ptr_nonnull(p);
	free(p);
}
END_TEST

START_TEST(buf_appends)
{
	struct buf b = { 0 };
	struct error e;

	ck_assert_int_eq(buf_add(&b, NULL, 0, &e), 0);
	ck_assert_int_eq(buf_text(&b, "ab", &e), 0);
	ck_assert_int_eq(buf_byte(&b, 0, &e), 0);
	ck_assert_int_eq(buf_format(&b, &e, "%05d%s", 42, "!"), 0);
	ck_assert_uint_eq(b.size, 9);
	ck_assert_mem_eq(b.data, "ab\0" "00042!", 9);
	ck_assert_str_eq(buf_string(&b, &e) + 3, "00042!");
	ck_assert_uint_eq(b.size, 9);
	buf_free(&b);
	ck_assert(!b.data && !b.size && !b.room);
	ck_assert_str_eq(buf_string(&b, &e), "");
	buf_free(&b);
}
END_TEST

START_TEST(buf_grows)
{
	struct buf b = { 0 };

	for (unsigned i = 0; i < 100000; i++)
		ck_assert_int_eq(buf_byte(&b, (unsigned char)(i * 7), NULL), 0);
	for (unsigned i = 0; i < 100000; i++)
		ck_assert_int_eq(b.data[i], (unsigned char)(i * 7));
	ck_assert_uint_lt(b.room, 200000);
	buf_free(&b);
}
END_TEST

START_TEST(buf_refuses_and_stays)
{
	struct buf b = { 0 };
	struct error e = { 0, "" };

	buf_text(&b, "abc", &e);
	ck_assert_int_eq(buf_reserve(&b, SIZE_MAX, &e), STATUS_SYSTEM);
	ck_assert_int_eq(buf_reserve(&b, SIZE_MAX - 3, &e), STATUS_SYSTEM);
	ck_assert_int_eq(buf_reserve(&b, (size_t)PTRDIFF_MAX, &e), STATUS_SYSTEM);
	ck_assert_str_eq(e.text, "out of memory");
	ck_assert_uint_eq(b.size, 3);
	ck_assert_mem_eq(b.data, "abc", 3);
	buf_free(&b);
}
END_TEST

Suite *t_mem(void);
Suite *t_mem(void)
{
	Suite *s = suite_create("mem");
	TCase *c = tcase_create("mem");

	tcase_add_test(c, new_is_clear);
	tcase_add_test(c, sizes_that_overflow);
	tcase_add_test(c, tables_are_aligned);
	tcase_add_test(c, grow_keeps);
	tcase_add_test(c, buf_appends);
	tcase_add_test(c, buf_grows);
	tcase_add_test(c, buf_refuses_and_stays);
	suite_add_tcase(s, c);
	return s;
}
