/* t_clock.c - tests of base/clock */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <check.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/clock.h"

/* Counted day by day, the way a person would, from a day that is known. */
START_TEST(every_day_of_the_calendar)
{
	static const int length[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	int64_t n = -354285;  /* 1000-01-01 to 1970-01-01: 970 years of 365 days and 235 leap days */

	for (int y = 1000; y <= 9999; y++) {
		bool leap = y % 400 == 0 || (y % 4 == 0 && y % 100 != 0);

		for (int m = 1; m <= 12; m++) {
			int last = length[m - 1] + (m == 2 && leap);

			for (int d = 1; d <= last; d++, n++) {
				struct date given = { y, m, d, DATE_DAY }, back;

				date_from_days(n, &back);
				if (date_days(&given) != n || back.year != y || back.month != m || back.day != d)
					ck_abort_msg("%d-%d-%d", y, m, d);
			}
		}
	}
	ck_assert(n == 2932897);  /* 10000-01-01 */
}
END_TEST

START_TEST(against_the_c_library)
{
	for (int64_t t = -50000000000; t < 200000000000; t += 86400 * 997 + 12345) {
		char ours[CLOCK_TEXT], theirs[64];
		time_t as_time = (time_t)t;
		struct tm tm;
		int64_t back;

		clock_text(t, ours);
		strftime(theirs, sizeof theirs, "%Y-%m-%dT%H:%M:%SZ", gmtime_r(&as_time, &tm));
		if (tm.tm_year + 1900 < 1000)
			continue;
		ck_assert_str_eq(ours, theirs);
		ck_assert_int_eq(clock_parse(ours, &back, NULL), 0);
		ck_assert(back == t);
	}
}
END_TEST

START_TEST(dates_read)
{
	static const struct { const char *text; int y, m, d; enum date_precision p; } good[] = {
		{ "", 0, 1, 1, DATE_NONE }, { "2025", 2025, 1, 1, DATE_YEAR },
		{ "2025-03", 2025, 3, 1, DATE_MONTH }, { "2024-02-29", 2024, 2, 29, DATE_DAY },
		{ "2000-02-29", 2000, 2, 29, DATE_DAY }, { "9999-12-31", 9999, 12, 31, DATE_DAY },
		{ "1000-01-01", 1000, 1, 1, DATE_DAY },
	};
	char text[DATE_TEXT];
	struct date d;

	for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
		ck_assert_int_eq(date_parse(good[i].text, &d, NULL), 0);
		ck_assert(d.year == good[i].y && d.month == good[i].m && d.day == good[i].d &&
			  d.precision == good[i].p);
		date_text(&d, text);
		ck_assert_str_eq(text, good[i].text);
	}
}
END_TEST

START_TEST(dates_refused)
{
	static const char *bad[] = {
		"2023-02-29", "1900-02-29", "2025-04-31", "2025-13-01", "2025-00-10", "2025-01-00", "0999",
		"0000-01-01", "25-01-01", "2025-1-1", "2025/01/01", "2025-01-01 ", " 2025", "20250101",
		"2025-01-1x", "2025-", "2025-01-", "-025", "+2025-01", "20a5", "2025-01-01T", "x",
	};
	struct date d = { 7, 7, 7, DATE_DAY };
	struct error e;

	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		ck_assert_msg(date_parse(bad[i], &d, &e) == STATUS_INPUT, "%s", bad[i]);
		ck_assert_ptr_nonnull(strstr(e.text, bad[i]));
	}
	ck_assert(d.year == 7 && d.month == 7 && d.day == 7);
}
END_TEST

START_TEST(times_refused)
{
	static const char *bad[] = {
		"", "2025-01-01", "2025-01-01T00:00:00", "2025-01-01T24:00:00Z", "2025-01-01T00:60:00Z",
		"2025-01-01T00:00:60Z", "2025-02-29T00:00:00Z", "2025-01-01 00:00:00Z", "2025-01-01T0:00:000Z",
		"2025-01-01T00:00:00+", "2025-01-01T00:00:00Zx", "2025-01-01T-1:00:00Z",
	};
	int64_t t = 7;

	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		ck_assert_msg(clock_parse(bad[i], &t, NULL) == STATUS_INPUT, "%s", bad[i]);
	ck_assert(t == 7);
}
END_TEST

START_TEST(bounds)
{
	static const struct { const char *text, *first, *last; } table[] = {
		{ "2025", "2025-01-01T00:00:00Z", "2025-12-31T23:59:59Z" },
		{ "2024-02", "2024-02-01T00:00:00Z", "2024-02-29T23:59:59Z" },
		{ "2025-12", "2025-12-01T00:00:00Z", "2025-12-31T23:59:59Z" },
		{ "2025-12-31", "2025-12-31T00:00:00Z", "2025-12-31T23:59:59Z" },
		{ "2025-12-31T10:11:12Z", "2025-12-31T10:11:12Z", "2025-12-31T10:11:12Z" },
	};
	static const char *const bad[] = { "", "2025-13", "2025-02-29", "2025-12-31T", "yesterday" };
	char text[CLOCK_TEXT];
	int64_t t;

	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		ck_assert_int_eq(clock_parse_bound(table[i].text, false, &t, NULL), 0);
		clock_text(t, text);
		ck_assert_str_eq(text, table[i].first);
		ck_assert_int_eq(clock_parse_bound(table[i].text, true, &t, NULL), 0);
		clock_text(t, text);
		ck_assert_str_eq(text, table[i].last);
	}
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		ck_assert_int_eq(clock_parse_bound(bad[i], true, &t, NULL), STATUS_INPUT);
}
END_TEST

START_TEST(months_added)
{
	static const struct { const char *from; int months; const char *to; } cases[] = {
		{ "2025-01-31", 1, "2025-02-28" }, { "2024-01-31", 1, "2024-02-29" },
		{ "2025-12-15", 1, "2026-01-15" }, { "2025-01-15", -1, "2024-12-15" },
		{ "2024-02-29", 12, "2025-02-28" }, { "2025-03-31", -1, "2025-02-28" },
		{ "2025-05-31", -15, "2024-02-29" }, { "2025-08-31", 0, "2025-08-31" },
		{ "2000-02-29", 4800, "2400-02-29" },
	};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		char text[DATE_TEXT];
		struct date d;

		date_parse(cases[i].from, &d, NULL);
		d = date_add_months(d, cases[i].months);
		date_text(&d, text);
		ck_assert_str_eq(text, cases[i].to);
	}
	/* before the first year, too, months are months */
	for (int back = 0; back < 40000; back += 7) {
		struct date d = date_add_months((struct date){ 1000, 6, 1, DATE_DAY }, -back);

		ck_assert(d.month >= 1 && d.month <= 12);
		ck_assert_int_eq(d.year * 12 + d.month, 1000 * 12 + 6 - back);
	}
}
END_TEST

START_TEST(now_can_be_set)
{
	int64_t t = 7, before;
	struct error e;
	char text[CLOCK_TEXT];

	setenv("SOURCE_DATE_EPOCH", "1767225600", 1);
	ck_assert_int_eq(clock_now(&t, &e), 0);
	clock_text(t, text);
	ck_assert_str_eq(text, "2026-01-01T00:00:00Z");
	setenv("SOURCE_DATE_EPOCH", "tomorrow", 1);
	ck_assert_int_eq(clock_now(&t, &e), STATUS_USAGE);
	ck_assert_ptr_nonnull(strstr(e.text, "SOURCE_DATE_EPOCH: "));
	ck_assert_int_eq(clock_now(&t, NULL), STATUS_USAGE);
	setenv("SOURCE_DATE_EPOCH", "-1", 1);
	ck_assert_int_eq(clock_now(&t, &e), STATUS_USAGE);
	setenv("SOURCE_DATE_EPOCH", "", 1);
	before = (int64_t)time(NULL);
	ck_assert_int_eq(clock_now(&t, &e), 0);
	ck_assert(t >= before && t <= (int64_t)time(NULL));
	ck_assert(clock_elapsed() <= clock_elapsed());
}
END_TEST

Suite *t_clock(void);
Suite *t_clock(void)
{
	Suite *s = suite_create("clock");
	TCase *c = tcase_create("clock");

	tcase_add_test(c, every_day_of_the_calendar);
	tcase_add_test(c, against_the_c_library);
	tcase_add_test(c, dates_read);
	tcase_add_test(c, dates_refused);
	tcase_add_test(c, times_refused);
	tcase_add_test(c, bounds);
	tcase_add_test(c, months_added);
	tcase_add_test(c, now_can_be_set);
	suite_add_tcase(s, c);
	return s;
}
