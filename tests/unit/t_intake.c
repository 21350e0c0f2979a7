/* t_intake.c - tests of record/intake */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "record/intake.h"

/* A row of what was read: where it began, how long it is, why it is bad ("-": it is not). */
struct seen {
	size_t line, length;
	const char *bad;
};

/* Reads a table in lots of `bytes`; returns how many rows it has. */
static size_t rows_of(const char *text, size_t size, size_t bytes, struct seen *seen, size_t room)
{
	FILE *in = fmemopen((void *)(uintptr_t)text, size, "r");
	struct intake_form form = { 0 };
	struct intake_block b;
	struct intake *s;
	size_t n = 0;

	ck_assert_ptr_nonnull(in);
	ck_assert_int_eq(intake_open(&s, in, &form, NULL), 0);
	while (!intake_next(s, bytes, &b, NULL)) {
		const struct intake_row *row = (const struct intake_row *)b.rows.data;

		for (size_t i = 0; i < intake_rows(&b); i++, n++)
			if (n < room)
				seen[n] = (struct seen){ row[i].line, row[i].length, row[i].bad ? row[i].bad : "-" };
		intake_free(&b);
	}
	intake_free(&b);
	intake_close(s);
	fclose(in);
	return n;
}

/* A line of megabytes is one bad row, whatever is read at once, and the next line is read as ever. */
START_TEST(a_long_line_is_one_row)
{
	static const size_t lengths[] = { INTAKE_ROW_MAX + 1, 100000, 131072, 3000001 };

	for (size_t i = 0; i < 2 * sizeof lengths / sizeof *lengths; i++) {
		size_t length = lengths[i / 2], size = 0;
		char *text = malloc(length + 100);
		struct seen seen[4];

		ck_assert_ptr_nonnull(text);
		size += (size_t)sprintf(text, "make,serial\nFN,A1\n");
		memset(text + size, i % 2 ? ',' : 'x', length);
		size += length;
		size += (size_t)sprintf(text + size, "\nFN,A2\n");
		for (size_t bytes = 1; bytes < 4000000; bytes *= 1000) {
			ck_assert_uint_eq(rows_of(text, size, bytes, seen, 4), 4);
			ck_assert_uint_eq(seen[2].line, 3);
			ck_assert_uint_le(seen[2].length, INTAKE_ROW_MAX);
			ck_assert_ptr_nonnull(strstr(seen[2].bad, "longer than"));
			ck_assert_uint_eq(seen[3].line, 4);
			ck_assert_str_eq(seen[3].bad, "-");
		}
		/* the same without an end */
		ck_assert_uint_eq(rows_of(text, size - 7, 1000, seen, 4), 3);
		ck_assert_ptr_nonnull(strstr(seen[2].bad, "longer than"));
		free(text);
	}
}
END_TEST

START_TEST(the_longest_row_is_taken)
{
	char *text = malloc(INTAKE_ROW_MAX + 100);
	struct seen seen[2];

	ck_assert_ptr_nonnull(text);
	strcpy(text, "make,serial\nFN,");
	memset(text + 15, '1', INTAKE_ROW_MAX - 3);
	strcpy(text + 12 + INTAKE_ROW_MAX, "\n");
	ck_assert_uint_eq(rows_of(text, strlen(text), 1000, seen, 2), 2);
	ck_assert_str_eq(seen[1].bad, "-");
	ck_assert_uint_eq(seen[1].length, INTAKE_ROW_MAX);
	free(text);
}
END_TEST

START_TEST(a_quote_that_is_not_closed_ends_with_its_line)
{
	static const char text[] = "make,serial\nFN,\"A1\nFN,A2\n";
	struct seen seen[3];

	ck_assert_uint_eq(rows_of(text, sizeof text - 1, 1000, seen, 3), 3);
	ck_assert_str_eq(seen[1].bad, "a quote that is not closed");
	ck_assert_str_eq(seen[2].bad, "-");
	ck_assert_uint_eq(seen[2].line, 3);
}
END_TEST

Suite *t_intake(void);
Suite *t_intake(void)
{
	Suite *s = suite_create("intake");
	TCase *c = tcase_create("intake");

	tcase_add_test(c, a_long_line_is_one_row);
	tcase_add_test(c, the_longest_row_is_taken);
	tcase_add_test(c, a_quote_that_is_not_closed_ends_with_its_line);
	suite_add_tcase(s, c);
	return s;
}
