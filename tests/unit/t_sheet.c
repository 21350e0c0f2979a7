/* t_sheet.c - tests of report/sheet, report/where and report/once */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "report/once.h"
#include "report/sheet.h"
#include "report/where.h"

struct seen {
	uint64_t key, things, different, sum;
	int some, disorder;
};

static int look(void *context, uint64_t key, uint64_t value, struct error *e)
{
	struct seen *s = context;

	(void)e;
	s->disorder += s->some && key < s->key;
	s->different += !s->some || key != s->key;
	s->some = 1;
	s->key = key;
	s->things++;
	s->sum += value;
	return STATUS_DONE;
}

static void keep(size_t room, uint64_t things, uint64_t different)
{
	struct once o = { .room = room };
	struct seen s = { 0 };

	for (uint64_t i = 0; i < things; i++)
		ck_assert_int_eq(once_add(&o, i * 2654435761 % different, i, NULL), 0);
	ck_assert_int_eq(once_each(&o, look, &s, NULL), 0);
	ck_assert_int_eq(s.disorder, 0);
	ck_assert(s.things == things && s.different == (things < different ? things : different));
	ck_assert(s.sum == things * (things - 1) / 2);
	once_free(&o);
}

START_TEST(once_in_memory_and_beyond)
{
	keep(0, 1000, 333);
	keep(64, 64, 10);
	keep(64, 65, 10);
	keep(64, 4000, 100);     /* 63 runs: a window of one thing each */
	keep(1000, 100000, 5000);
}
END_TEST

START_TEST(once_of_nothing)
{
	struct once o = { 0 };
	struct seen s = { 0 };

	ck_assert_int_eq(once_each(&o, look, &s, NULL), 0);
	ck_assert_int_eq((int)s.things, 0);
	once_free(&o);
}
END_TEST

static const char *const names[] = { "id", "status", "made_year", "at" };
static const struct columns columns = { names, 4 };

static bool fits(const char *condition, const char *id, const char *status, const char *year, const char *at)
{
	const char *field[] = { id, status, year, at };
	struct where w;
	bool good;

	ck_assert_msg(!where_open(&w, &condition, 1, &columns, NULL), "%s", condition);
	good = where_fits(&w, field);
	where_close(&w);
	return good;
}

START_TEST(conditions)
{
	ck_assert(fits("status=active", "", "ACTIVE", "", "") && !fits("status=active", "", "inactive", "", ""));
	ck_assert(fits("status=a|b|c", "", "b", "", "") && !fits("status=a|b|c", "", "d", "", ""));
	ck_assert(fits("status!=a|b", "", "d", "", "") && !fits("status!=a|b", "", "a", "", ""));
	ck_assert(fits("status=", "", "", "", "") && !fits("status=", "", "x", "", ""));
	ck_assert(fits("status!=", "", "x", "", ""));
	ck_assert(fits("id=FRA*26?", "FRAxx26y", "", "", "") && !fits("id=FRA*26?", "FRAxx26", "", "", ""));
	ck_assert(fits("id=*a*b*a", "xxaxxbxxbxa", "", "", "") && !fits("id=*a*b*c", "xxaxxbxxbxa", "", "", ""));
	ck_assert(fits("made_year<2000", "", "", "1999", "") && !fits("made_year<2000", "", "", "2000", ""));
	ck_assert(fits("made_year<=2000", "", "", "2000", "") && !fits("made_year>2000", "", "", "2000", ""));
	ck_assert(fits("made_year>=2000", "", "", "2000", "") && fits("made_year>99", "", "", "1000", ""));
	ck_assert(!fits("made_year<2000", "", "", "", "") && !fits("made_year>2000", "", "", "", ""));
	ck_assert(fits("at=2025-03", "", "", "", "2025-03-31") && !fits("at=2025-03", "", "", "", "2025-04-01"));
	ck_assert(fits("at=2024..2025-03", "", "", "", "2025-03-31") && !fits("at!=2025", "", "", "", "2025-01-01"));
	ck_assert(fits("at>2025-03-30", "", "", "", "2025-03-31"));
}
END_TEST

START_TEST(conditions_refused)
{
	static const char *const bad[] = { "status", "=x", "", "nothing=1", "Status=x", "<5" };
	struct where w;
	struct error e;

	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		ck_assert_msg(where_open(&w, &bad[i], 1, &columns, &e) == STATUS_USAGE, "%s", bad[i]);
	ck_assert_int_eq(where_open(&w, &bad[3], 1, &columns, &e), STATUS_USAGE);
	ck_assert_ptr_nonnull(strstr(e.text, "id status made_year at"));
}
END_TEST

static struct sheet_table *make(struct sheet *s, const int64_t *n, size_t count)
{
	static const char *const keys[] = { "a", "b", "c", "d", "e" };
	struct sheet_table *t;

	sheet_open(s, "test", "A test");
	t = sheet_table(s, "numbers", "Numbers");
	sheet_key(t, "key", "key");
	sheet_counts(t, "n", "n", "things");
	sheet_shares(t, "percent", "percent");
	sheet_values(t, "median", "median", "days", 1);
	for (size_t i = 0; i < count; i++) {
		sheet_put_text(t, keys[i], NULL);
		sheet_put_count(t, n[i]);
		sheet_put_value(t, 12.345);
		sheet_put_value(t, NAN);
	}
	return t;
}

static char *printed(const struct sheet *s, const struct sheet_table *one)
{
	char *text = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);

	ck_assert_int_eq(sheet_print(s, one, out, ROWS_CSV, NULL, NULL), 0);
	fclose(out);
	return text;
}

START_TEST(tables_as_rows)
{
	static const int64_t n[] = { 7, -1 };
	struct sheet s;
	struct sheet_table *t = make(&s, n, 2);
	char *text;

	sheet_rests(t, 7, "things");
	sheet_table(&s, "empty", "Nothing");
	text = printed(&s, NULL);
	ck_assert_str_eq(text, "table,row,column,value,unit,n\nnumbers,a,n,7,things,7\nnumbers,a,percent,12.3,%,7\n"
			 "numbers,a,median,,days,7\nnumbers,b,n,,things,7\nnumbers,b,percent,12.3,%,7\n"
			 "numbers,b,median,,days,7\nempty,,,,,0\n");
	free(text);
	text = printed(&s, t);
	ck_assert_str_eq(text, "key,n,percent,median\na,7,12.3,\nb,,12.3,\n");
	free(text);
	ck_assert_int_eq(sheet_ready(&s, NULL), 0);
	sheet_close(&s);
}
END_TEST

/* Counts after hiding those below 5; -1 for a hidden one. */
static void hides(const int64_t *n, size_t count, const int *hidden)
{
	struct sheet s;
	struct sheet_table *t = make(&s, n, count);

	sheet_hide(&s, 5);
	for (size_t i = 0; i < count; i++) {
		ck_assert_msg((sheet_at(t, i, 1)->state == SHEET_HIDDEN) == hidden[i], "row %zu", i);
		ck_assert((sheet_at(t, i, 2)->state == SHEET_HIDDEN) == hidden[i]);
		ck_assert(sheet_at(t, i, 3)->state == SHEET_NOTHING);
	}
	sheet_close(&s);
}

START_TEST(small_cells)
{
	hides((int64_t[]){ 100, 5, 0, 50 }, 4, (int[]){ 0, 0, 0, 0 });
	hides((int64_t[]){ 100, 4, 1, 50 }, 4, (int[]){ 0, 1, 1, 0 });
	/* one alone could be told from the rest: the next smallest goes with it */
	hides((int64_t[]){ 100, 4, 0, 50 }, 4, (int[]){ 0, 1, 0, 1 });
	hides((int64_t[]){ 4 }, 1, (int[]){ 1 });
}
END_TEST

Suite *t_sheet(void);
Suite *t_sheet(void)
{
	Suite *s = suite_create("sheet");
	TCase *c = tcase_create("sheet");

	tcase_add_test(c, once_in_memory_and_beyond);
	tcase_add_test(c, once_of_nothing);
	tcase_add_test(c, conditions);
	tcase_add_test(c, conditions_refused);
	tcase_add_test(c, tables_as_rows);
	tcase_add_test(c, small_cells);
	suite_add_tcase(s, c);
	return s;
}
