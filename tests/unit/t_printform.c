/* t_printform.c - tests of report/printform */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "report/printform.h"

static const struct printform_table table = { 2, { "a", "b" }, { 0.3, 0.7 } };

static int pages;

static struct buf make(const char *words, int rows, int forms)
{
	const char *const cell[] = { words, NULL };
	struct printform *p;
	struct buf out = { 0 };
	struct error e;

	ck_assert_msg(printform_open(&p, "Title", "2026-01-01T00:00:00Z", &out, &e) == 0, "%s", e.text);
	for (int i = 0; i < forms; i++) {
		printform_form(p, "Form", "right", "foot");
		printform_section(p, "Section");
		printform_field(p, "label", words);
		printform_field(p, "nothing", "");
		printform_words(p, words, true);
		printform_blank(p, "write", 3);
		printform_boxes(p, "tick", "one|two|three");
		printform_head(p, &table);
		for (int k = 0; k < rows; k++)
			printform_row(p, &table, cell);
	}
	ck_assert_msg(printform_end(p, &e) == 0, "%s", e.text);
	pages = printform_pages(p);
	printform_close(p);
	return out;
}

START_TEST(forms_have_pages_of_their_own)
{
	struct buf one = make("words", 1, 1), same, three, long_table;

	ck_assert_int_eq(memcmp(one.data, "%PDF", 4), 0);
	ck_assert_int_eq(pages, 1);
	same = make("words", 1, 1);
	three = make("words", 1, 3);
	ck_assert_int_eq(pages, 3);
	long_table = make("words", 100, 1);
	ck_assert_int_gt(pages, 2);
	/* made again it is the same */
	ck_assert_uint_eq(one.size, same.size);
	ck_assert_int_eq(memcmp(one.data, same.data, one.size), 0);
	buf_free(&one);
	buf_free(&same);
	buf_free(&three);
	buf_free(&long_table);
}
END_TEST

/* What is too long goes on: in lines, and on pages. A word without a blank is cut; a damaged byte is shown. */
START_TEST(long_and_damaged_words)
{
	char *words = malloc(8001), *single = malloc(3001);
	struct buf b;

	for (int i = 0; i < 8000; i++)
		words[i] = i % 7 == 6 ? ' ' : 'x';
	words[8000] = 0;
	memset(single, 'm', 3000);
	single[3000] = 0;
	b = make(words, 0, 1);
	ck_assert_int_gt(pages, 2);
	buf_free(&b);
	b = make(single, 1, 1);
	ck_assert_int_ge(pages, 2);
	buf_free(&b);
	b = make("a \xff\xfe b", 1, 1);
	ck_assert_int_eq(pages, 1);
	buf_free(&b);
	b = make("    ", 1, 1);
	buf_free(&b);
	free(words);
	free(single);
}
END_TEST

Suite *t_printform(void);
Suite *t_printform(void)
{
	Suite *s = suite_create("printform");
	TCase *c = tcase_create("all");

	tcase_set_timeout(c, 60);
	tcase_add_test(c, forms_have_pages_of_their_own);
	tcase_add_test(c, long_and_damaged_words);
	suite_add_tcase(s, c);
	return s;
}
