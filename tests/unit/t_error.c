/* t_error.c - tests of base/error */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <check.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"

START_TEST(text_and_status)
{
	struct error e;

	ck_assert_int_eq(error_set(&e, STATUS_INPUT, "%d points", 7), STATUS_INPUT);
	ck_assert_int_eq(e.status, STATUS_INPUT);
	ck_assert_str_eq(e.text, "7 points");
	ck_assert_int_eq(error_within(&e, "a.x3p"), STATUS_INPUT);
	ck_assert_str_eq(e.text, "a.x3p: 7 points");
	errno = ENOSPC;
	ck_assert_int_eq(error_system(&e, "cannot write"), STATUS_SYSTEM);
	ck_assert_str_eq(e.text, "cannot write: No space left on device");
	ck_assert_int_eq(error_memory(&e), STATUS_SYSTEM);
	ck_assert_str_eq(e.text, "out of memory");
}
END_TEST

START_TEST(nobody_asks)
{
	ck_assert_int_eq(error_set(NULL, STATUS_REFUSED, "x"), STATUS_REFUSED);
	ck_assert_int_eq(error_system(NULL, "x"), STATUS_SYSTEM);
	ck_assert_int_eq(error_memory(NULL), STATUS_SYSTEM);
	ck_assert_int_eq(error_within(NULL, "x"), STATUS_SYSTEM);
}
END_TEST

START_TEST(nothing_that_a_terminal_obeys)
{
	static const char *cases[][2] = {
		{ "a\nb", "a\\x0ab" }, { "\033[2J", "\\x1b[2J" }, { "\x7f", "\\x7f" },
		{ "Z\xc3\xbcrich", "Z\xc3\xbcrich" }, { "\xc2\x9b" "2J", "\\xc2\\x9b2J" },
		{ "\xff\xfe", "\\xff\\xfe" }, { "cut \xe2\x82", "cut \\xe2\\x82" },
		{ "\xe2\x82\xac", "\xe2\x82\xac" }, { "\xf0\x9f\x94\xab", "\xf0\x9f\x94\xab" },
		{ "\xed\xa0\x80", "\\xed\\xa0\\x80" }, { "\xc0\xaf", "\\xc0\\xaf" },
	};
	struct error e;

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		error_set(&e, STATUS_INPUT, "%s", cases[i][0]);
		ck_assert_str_eq(e.text, cases[i][1]);
		error_within(&e, "x");  /* once is enough */
		ck_assert_str_eq(e.text + 3, cases[i][1]);
	}
}
END_TEST

START_TEST(long_texts_are_cut)
{
	char text[5000];
	struct error e;

	for (int fill = 0; fill < 3; fill++) {
		memset(text, "x\n\xe2"[fill], sizeof text - 1);
		text[sizeof text - 1] = 0;
		error_set(&e, STATUS_INPUT, "%s", text);
		ck_assert_uint_lt(strlen(e.text), sizeof e.text);
		ck_assert_uint_gt(strlen(e.text), sizeof e.text - 20);
		error_within(&e, text);
		error_system(&e, "%s", text);
		ck_assert_uint_lt(strlen(e.text), sizeof e.text);
	}
}
END_TEST

START_TEST(printed)
{
	char *text = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);
	struct error e;

	error_set(&e, STATUS_INPUT, "no primer");
	error_print(out, "ibin-extract", &e);
	fclose(out);
	ck_assert_str_eq(text, "ibin-extract: no primer\n");
	free(text);
}
END_TEST

START_TEST(the_worse_of_two)
{
	static const int order[] = { STATUS_DONE, STATUS_NO, STATUS_INPUT, STATUS_USAGE, STATUS_REFUSED,
				     STATUS_SYSTEM };

	for (int a = 0; a < 6; a++)
		for (int b = 0; b < 6; b++)
			ck_assert_int_eq(error_worse(order[a], order[b]), order[a > b ? a : b]);
}
END_TEST

Suite *t_error(void);
Suite *t_error(void)
{
	Suite *s = suite_create("error");
	TCase *c = tcase_create("error");

	tcase_add_test(c, text_and_status);
	tcase_add_test(c, nobody_asks);
	tcase_add_test(c, nothing_that_a_terminal_obeys);
	tcase_add_test(c, long_texts_are_cut);
	tcase_add_test(c, printed);
	tcase_add_test(c, the_worse_of_two);
	suite_add_tcase(s, c);
	return s;
}
