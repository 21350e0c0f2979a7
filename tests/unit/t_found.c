/* t_found.c - tests of match/found: rows of ibin-match read back */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <check.h>
#include <stdio.h>
#include <string.h>

#include "match/found.h"

Suite *t_found(void);

static struct found_reader *reader;
static FILE *in;

static int open_text(const char *text, struct error *e)
{
	in = fmemopen((void *)(uintptr_t)text, strlen(text), "r");
	return found_open(&reader, in, e);
}

static void close_text(void)
{
	found_close(reader);
	reader = NULL;
	fclose(in);
}

START_TEST(rows)
{
	struct error e;
	struct found f;

	ck_assert(!open_text("probe,candidate,mark,rank,score\na,\"b,c\",breech-face,2,12.50\nd,e,,,\n", &e));
	ck_assert(!found_next(reader, &f, &e));
	ck_assert_str_eq(f.probe, "a");
	ck_assert_str_eq(f.candidate, "b,c");
	ck_assert_int_eq(f.mark, MARK_BREECH_FACE);
	ck_assert_int_eq(f.rank, 2);
	ck_assert(f.has_score);
	ck_assert_double_eq(f.score, 12.5);
	ck_assert(!found_next(reader, &f, &e));
	ck_assert_int_eq(f.mark, -1);
	ck_assert(!f.has_score);
	ck_assert_int_eq(found_next(reader, &f, &e), STATUS_NO);
	ck_assert_int_eq(found_next(reader, &f, &e), STATUS_NO);
	close_text();
}
END_TEST

/* Any order of columns, and no more than two are needed. */
START_TEST(columns)
{
	struct error e;
	struct found f;

	ck_assert(!open_text("candidate,lr,probe\nb,5,a\n", &e));
	ck_assert(!found_next(reader, &f, &e));
	ck_assert_str_eq(f.probe, "a");
	ck_assert_str_eq(f.candidate, "b");
	close_text();
}
END_TEST

/* Rows of exhibits are told by their columns. */
START_TEST(exhibits)
{
	struct error e;
	struct found f;

	ck_assert(!open_text("probe,candidate,rank,marks,score\na,b,1,land+firing-pin,20\n", &e));
	ck_assert(!found_next(reader, &f, &e));
	ck_assert(f.exhibits);
	ck_assert_int_eq(f.mark, -1);
	close_text();
	ck_assert(!open_text("probe,candidate,mark,marks\na,b,land,2\n", &e));
	ck_assert(!found_next(reader, &f, &e));
	ck_assert(!f.exhibits);
	close_text();
}
END_TEST

START_TEST(no_rows)
{
	static const char *const text[] = { "\n", "id,owner\na,b\n", "probe,score\na,1\n", "probe,candidate,\"mark\n" };
	struct error e;

	ck_assert_int_eq(open_text(text[_i], &e), STATUS_INPUT);
	ck_assert_ptr_null(reader);
	close_text();
}
END_TEST

/* A row that makes no sense is an error, and the next one is read. */
START_TEST(damaged)
{
	static const char *const row[] = { "a", "a,b,breech-face,1,2,3", ",b,,,", "a,,,,", "a,b,nose,,", "a,b,,0,", "a,b,,x,",
					   "a,b,,,1e", "a,b,,,-1" };
	char text[200];
	struct error e;
	struct found f;

	snprintf(text, sizeof text, "probe,candidate,mark,rank,score\n%s\nc,d,,,\n", row[_i]);
	ck_assert(!open_text(text, &e));
	ck_assert_int_eq(found_next(reader, &f, &e), STATUS_INPUT);
	ck_assert_ptr_nonnull(strstr(e.text, "line 2"));
	ck_assert(!found_over(reader));
	ck_assert(!found_next(reader, &f, &e));
	ck_assert_str_eq(f.probe, "c");
	close_text();
	ck_assert(!open_text("probe,candidate\n\"a,b\n", &e));
	ck_assert_int_eq(found_next(reader, &f, &e), STATUS_INPUT);
	ck_assert(found_over(reader));
	close_text();
}
END_TEST

Suite *t_found(void)
{
	Suite *s = suite_create("found");
	TCase *nominal = tcase_create("nominal");

	tcase_add_test(nominal, rows);
	tcase_add_test(nominal, columns);
	tcase_add_test(nominal, exhibits);
	tcase_add_loop_test(nominal, no_rows, 0, 4);
	tcase_add_loop_test(nominal, damaged, 0, 9);
	suite_add_tcase(s, nominal);
	return s;
}
