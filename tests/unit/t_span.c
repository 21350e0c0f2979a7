/* t_span.c - tests of report/span: the bands of time to crime, on every day around month ends and leap days */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <check.h>
#include <string.h>

#include "report/span.h"

static int last_day(int y, int m)
{
	static const int length[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };

	return length[m - 1] + (m == 2 && (y % 400 == 0 || (y % 4 == 0 && y % 100 != 0)));
}

static void next_day(int *y, int *m, int *d)
{
	if (++*d > last_day(*y, *m)) {
		*d = 1;
		if (++*m > 12) {
			*m = 1;
			++*y;
		}
	}
}

/* Whole months between two days as a person counts them on a calendar: the day of the month was reached, or
 * the month has no such day and has ended. Nothing is added to a date. */
static int whole_months(int y, int m, int d, int to_y, int to_m, int to_d)
{
	int months = (to_y - y) * 12 + to_m - m;

	return to_d >= d || to_d == last_day(to_y, to_m) ? months : months - 1;
}

static enum span_band counted(int months)
{
	return months < 3 ? SPAN_UNDER_3_MONTHS : months < 7 ? SPAN_UNDER_7_MONTHS : months < 12 ?
	       SPAN_UNDER_1_YEAR : months < 24 ? SPAN_UNDER_2_YEARS : months < 36 ? SPAN_UNDER_3_YEARS :
	       SPAN_3_YEARS_AND_OVER;
}

/* All recoveries of 1,130 days after each sale. */
static void all_from(int y, int m, int d, int sales)
{
	for (int i = 0; i < sales; i++, next_day(&y, &m, &d)) {
		struct date sold = { y, m, d, DATE_DAY };
		int to_y = y, to_m = m, to_d = d;

		for (int n = 0; n < 1130; n++, next_day(&to_y, &to_m, &to_d)) {
			struct date recovered = { to_y, to_m, to_d, DATE_DAY };
			int months = whole_months(y, m, d, to_y, to_m, to_d);
			int64_t days = -1;

			if (span_of(&sold, &recovered, &days) != counted(months) || days != n)
				ck_abort_msg("%d-%d-%d to %d-%d-%d: band %d, %d days", y, m, d, to_y, to_m, to_d,
					     (int)span_of(&sold, &recovered, &days), (int)days);
		}
	}
}

START_TEST(every_day_around_a_leap_year)
{
	all_from(2023, 1, 1, 800);
}
END_TEST

START_TEST(centuries)
{
	all_from(1899, 11, 25, 100);   /* 1900 has no leap day */
	all_from(1999, 11, 25, 100);   /* 2000 has one */
}
END_TEST

static enum span_band between(const char *from, const char *to, int64_t *days)
{
	struct date a, b;

	ck_assert_int_eq(date_parse(from, &a, NULL), 0);
	ck_assert_int_eq(date_parse(to, &b, NULL), 0);
	return span_of(&a, &b, days);
}

START_TEST(by_hand)
{
	static const struct { const char *from, *to; enum span_band band; int64_t days; } table[] = {
		{ "2024-11-30", "2025-02-27", SPAN_UNDER_3_MONTHS, 89 },
		{ "2024-11-30", "2025-02-28", SPAN_UNDER_7_MONTHS, 90 },
		{ "2024-02-29", "2025-02-27", SPAN_UNDER_1_YEAR, 364 },
		{ "2024-02-29", "2025-02-28", SPAN_UNDER_2_YEARS, 365 },
		{ "2024-02-28", "2025-02-28", SPAN_UNDER_2_YEARS, 366 },
		{ "2022-03-01", "2025-02-28", SPAN_UNDER_3_YEARS, 1095 },
		{ "2022-03-01", "2025-03-01", SPAN_3_YEARS_AND_OVER, 1096 },
		{ "2025-01-01", "2025-01-01", SPAN_UNDER_3_MONTHS, 0 },
		{ "2025-01-02", "2025-01-01", SPAN_NEGATIVE, -1 },
		{ "1899-12-31", "2025-01-01", SPAN_3_YEARS_AND_OVER, 45657 },
	};
	int64_t days;

	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		ck_assert_int_eq(between(table[i].from, table[i].to, &days), table[i].band);
		ck_assert_int_eq(days, table[i].days);
	}
	ck_assert_int_eq(between("2025-01", "2025-02-01", &days), SPAN_UNKNOWN);
	ck_assert_int_eq(between("2025-01-01", "2025", &days), SPAN_UNKNOWN);
	ck_assert_int_eq(between("", "2025-01-01", &days), SPAN_UNKNOWN);
}
END_TEST

START_TEST(three_years_or_less)
{
	struct date sold = { 2022, 3, 1, DATE_DAY }, day = { 2025, 3, 1, DATE_DAY }, after = { 2025, 3, 2, DATE_DAY };

	ck_assert(span_within(&sold, &day, 36));
	ck_assert(!span_within(&sold, &after, 36));
}
END_TEST

static bool in(const char *period, const char *date)
{
	struct span_period p;
	struct date d;

	ck_assert_int_eq(span_period(period, &p, NULL), 0);
	ck_assert_int_eq(date_parse(date, &d, NULL), 0);
	return span_in(&p, &d);
}

START_TEST(periods)
{
	static const char *const bad[] = { "", "..", "2025-13", "2025-02-30", "x", "2026..2025", "2025-03-02..2025-03-01",
					   "2025...2026", "2025-03-31T00:00:00Z", "20250331" };
	struct span_period p;
	struct error e;

	ck_assert(in("2025", "2025-12-31") && in("2025", "2025-01-01") && in("2025", "2025") && in("2025", "2025-06"));
	ck_assert(!in("2025", "2024-12-31") && !in("2025", "2026-01-01") && !in("2025", "2024") && !in("2025", ""));
	ck_assert(in("2024-02", "2024-02-29") && !in("2024-02", "2024-03-01") && !in("2024-02", "2024"));
	ck_assert(in("2023..2024-06", "2024-06-30") && in("2023..2024-06", "2023") && !in("2023..2024-06", "2024"));
	ck_assert(in("..2024", "1000-01-01") && !in("..2024", "2025-01-01"));
	ck_assert(in("2024..", "9999-12-31") && !in("2024..", "2023-12-31"));
	ck_assert(in("2025-03-31", "2025-03-31") && !in("2025-03-31", "2025-04-01"));
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		ck_assert_msg(span_period(bad[i], &p, &e) == STATUS_USAGE, "%s", bad[i]);
}
END_TEST

START_TEST(steps)
{
	static const struct { const char *date, *month, *quarter, *year; } table[] = {
		{ "2025-01-31", "2025-01", "2025-Q1", "2025" }, { "2025-03", "2025-03", "2025-Q1", "2025" },
		{ "2025-04-01", "2025-04", "2025-Q2", "2025" }, { "2025-12-31", "2025-12", "2025-Q4", "2025" },
		{ "2025", "", "", "2025" }, { "", "", "", "" },
	};
	char text[SPAN_STEP_TEXT];
	struct date d;

	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		date_parse(table[i].date, &d, NULL);
		span_step(&d, SPAN_MONTH, text);
		ck_assert_str_eq(text, table[i].month);
		span_step(&d, SPAN_QUARTER, text);
		ck_assert_str_eq(text, table[i].quarter);
		span_step(&d, SPAN_YEAR, text);
		ck_assert_str_eq(text, table[i].year);
	}
}
END_TEST

Suite *t_span(void);
Suite *t_span(void)
{
	Suite *s = suite_create("span");
	TCase *c = tcase_create("span");

	tcase_add_test(c, every_day_around_a_leap_year);
	tcase_add_test(c, centuries);
	tcase_add_test(c, by_hand);
	tcase_add_test(c, three_years_or_less);
	tcase_add_test(c, periods);
	tcase_add_test(c, steps);
	suite_add_tcase(s, c);
	return s;
}
