/* t_run.c - tests of record/run */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "record/id.h"
#include "record/run.h"

#define WIDTH 12

/* Entries 0, 3, 3, 6, 9, 9...: every third number, odd ones twice; their order behind the key. */
static unsigned char *make(size_t count, size_t *size)
{
	unsigned char *entry, *out;

	*size = run_size(count, WIDTH);
	out = malloc(*size);
	entry = run_begin(out, count, WIDTH);
	for (size_t i = 0; i < count; i++) {
		bytes_put64(entry + i * WIDTH, (i * 2 + 1) / 3 * 3);
		bytes_put32(entry + i * WIDTH + 8, (uint32_t)i);
	}
	run_end(out);
	return out;
}

START_TEST(entries_are_found_and_others_are_not)
{
	static const size_t counts[] = { 0, 1, 2, 100, 20000 };

	for (size_t c = 0; c < sizeof counts / sizeof *counts; c++) {
		size_t size, wrong = 0, others = 0;
		unsigned char *bytes = make(counts[c], &size);
		struct run r;

		ck_assert_int_eq(run_read(bytes, size, WIDTH, &r, NULL), 0);
		ck_assert_uint_eq(r.count, counts[c]);
		for (size_t i = 0; i < r.count; i++) {
			struct run_key key = run_ask(run_key_at(&r, i));
			size_t at = run_find(&r, &key);

			ck_assert(run_may(&r, &key));
			ck_assert_uint_le(at, i);
			ck_assert_uint_eq(run_key_at(&r, at), run_key_at(&r, i));
			ck_assert(at == 0 || run_key_at(&r, at - 1) < run_key_at(&r, i));
			ck_assert_uint_eq(bytes_get32(run_entry(&r, i) + 8), i);
		}
		for (uint64_t key = 1; key < 3 * counts[c] + 10; key += 3, others++) {
			struct run_key none = run_ask(key);

			ck_assert_uint_eq(run_find(&r, &none), r.count);
			wrong += run_may(&r, &none);
		}
		ck_assert_uint_le(wrong, others / 25 + 2);
		free(bytes);
	}
}
END_TEST

START_TEST(what_is_no_run_is_refused)
{
	size_t size;
	unsigned char *bytes = make(1000, &size);
	struct run r;

	ck_assert_int_eq(run_read(bytes, size - 1, WIDTH, &r, NULL), STATUS_INPUT);
	ck_assert_int_eq(run_read(bytes, 0, WIDTH, &r, NULL), STATUS_INPUT);
	ck_assert_int_eq(run_read(bytes, size, WIDTH + 4, &r, NULL), STATUS_INPUT);
	bytes_put64(bytes, UINT64_MAX);
	ck_assert_int_eq(run_read(bytes, size, WIDTH, &r, NULL), STATUS_INPUT);
	bytes_put64(bytes, 999);
	ck_assert_int_eq(run_read(bytes, size, WIDTH, &r, NULL), STATUS_INPUT);
	bytes_put64(bytes, 1000);
	bytes_put64(bytes + 16, UINT64_MAX / 64);
	ck_assert_int_eq(run_read(bytes, size, WIDTH, &r, NULL), STATUS_INPUT);
	free(bytes);
}
END_TEST

Suite *t_run(void);
Suite *t_run(void)
{
	Suite *s = suite_create("run");
	TCase *c = tcase_create("run");

	tcase_add_test(c, entries_are_found_and_others_are_not);
	tcase_add_test(c, what_is_no_run_is_refused);
	suite_add_tcase(s, c);
	return s;
}
