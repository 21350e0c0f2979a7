/* t_groups.c - tests of report/groups and report/spread */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "report/groups.h"
#include "report/spread.h"

START_TEST(words_are_counted)
{
	struct groups g = { 0 };
	size_t *place, at;

	ck_assert(groups_find(&g, "b") == SIZE_MAX);
	for (int i = 0; i < 1000; i++)
		ck_assert_int_eq(groups_count(&g, i % 3 ? "b" : i % 2 ? "a" : "", &at, NULL), 0);
	ck_assert_int_eq(g.count, 3);
	ck_assert_int_eq(g.total, 1000);
	ck_assert_int_eq(g.line[groups_find(&g, "b")].n, 666);
	ck_assert_int_eq(g.line[groups_find(&g, "")].n, 167);
	ck_assert_int_eq(groups_sorted(&g, GROUPS_BY_COUNT, &place, NULL), 0);
	ck_assert_str_eq(g.line[place[0]].key, "b");
	ck_assert_str_eq(g.line[place[1]].key, "");
	free(place);
	groups_free(&g);
}
END_TEST

START_TEST(too_many_words)
{
	struct groups g = { .most = 100 };
	size_t *place, other;
	char word[16];

	for (int round = 0; round < 2; round++)
		for (int i = 0; i < 5000; i++) {
			snprintf(word, sizeof word, "w%d", i);
			ck_assert_int_eq(groups_count(&g, word, NULL, NULL), 0);
		}
	ck_assert_int_eq(g.count, 101);
	ck_assert(g.full);
	other = groups_find(&g, GROUPS_OTHERS);
	ck_assert_int_eq(g.line[other].n, 2 * 4900);
	ck_assert_int_eq(g.line[groups_find(&g, "w99")].n, 2);
	ck_assert_int_eq(g.total, 10000);
	/* the others are last, however many they are */
	ck_assert_int_eq(groups_sorted(&g, GROUPS_BY_COUNT, &place, NULL), 0);
	ck_assert(place[100] == other);
	free(place);
	ck_assert_int_eq(groups_sorted(&g, GROUPS_BY_WORD, &place, NULL), 0);
	ck_assert(place[100] == other);
	free(place);
	groups_free(&g);
}
END_TEST

static int order(const void *a, const void *b)
{
	const int *x = a, *y = b;

	return *x < *y ? -1 : *x > *y;
}

/* Against sorting all of them. */
START_TEST(quantiles)
{
	static const int counts[] = { 1, 2, 3, 4, 10, 101, 1000 };
	unsigned dice = 12345;

	for (size_t k = 0; k < sizeof counts / sizeof *counts; k++) {
		int n = counts[k], value[1000];
		struct spread s = { 0 };
		double sum = 0;

		for (int i = 0; i < n; i++) {
			dice = dice * 1664525 + 1013904223;
			value[i] = (int)(dice >> 16) % 40 - 5;
			sum += value[i];
			ck_assert_int_eq(spread_add(&s, value[i], NULL), 0);
		}
		qsort(value, (size_t)n, sizeof *value, order);
		ck_assert_double_eq_tol(spread_mean(&s), sum / n, 1e-9);
		ck_assert_double_eq(spread_median(&s),
				    n % 2 ? value[n / 2] : (value[n / 2 - 1] + value[n / 2]) / 2.0);
		for (int p = 1; p <= 100; p++)
			ck_assert_double_eq(spread_percentile(&s, p), value[(p * n + 99) / 100 - 1]);
		spread_free(&s);
	}
}
END_TEST

START_TEST(nothing_has_no_middle)
{
	struct spread s = { 0 };

	ck_assert(isnan(spread_mean(&s)) && isnan(spread_median(&s)) && isnan(spread_percentile(&s, 90)));
	for (int64_t i = -100000; i <= 100000; i++)
		ck_assert_int_eq(spread_add(&s, i * 7919, NULL), 0);
	ck_assert_double_eq(spread_median(&s), 0);
	ck_assert_double_eq(spread_mean(&s), 0);
	ck_assert_double_eq(spread_percentile(&s, 100), 791900000);
	spread_free(&s);
}
END_TEST

START_TEST(what_stands_beside_starts_with_nothing)
{
	struct beside { int64_t n; double sum; } *b;
	struct buf all = { 0 };

	b = groups_beside(&all, 3, sizeof *b, NULL);
	ck_assert(b->n == 0 && b->sum == 0);
	b->n = 7;
	for (size_t place = 0; place < 3; place++)
		ck_assert_int_eq(((struct beside *)groups_beside(&all, place, sizeof *b, NULL))->n, 0);
	b = groups_beside(&all, 5000, sizeof *b, NULL);
	ck_assert(b->n == 0 && b->sum == 0);
	ck_assert_int_eq(((struct beside *)groups_beside(&all, 3, sizeof *b, NULL))->n, 7);
	ck_assert_uint_eq(all.size, 5001 * sizeof *b);
	buf_free(&all);
}
END_TEST

Suite *t_groups(void);
Suite *t_groups(void)
{
	Suite *s = suite_create("groups");
	TCase *c = tcase_create("groups");

	tcase_add_test(c, words_are_counted);
	tcase_add_test(c, too_many_words);
	tcase_add_test(c, quantiles);
	tcase_add_test(c, nothing_has_no_middle);
	tcase_add_test(c, what_stands_beside_starts_with_nothing);
	suite_add_tcase(s, c);
	return s;
}
