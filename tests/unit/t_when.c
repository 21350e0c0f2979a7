/* t_when.c - tests of record/when */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <check.h>
#include <string.h>

#include "record/when.h"

static const struct {
	const char *typed, *day_first, *month_first, *unknown;   /* NULL: no date, or one that could be two */
} dates[] = {
	{ "", "", "", "" },
	{ "2025-04-03", "2025-04-03", "2025-04-03", "2025-04-03" },
	{ "2025/4/3", "2025-04-03", "2025-04-03", "2025-04-03" },
	{ "2025-04-03T12:30:00Z", "2025-04-03", "2025-04-03", "2025-04-03" },
	{ "2025-04-03 12:30", "2025-04-03", "2025-04-03", "2025-04-03" },
	{ "20250403", "2025-04-03", "2025-04-03", "2025-04-03" },
	{ "3.4.2025", "2025-04-03", "2025-04-03", "2025-04-03" },
	{ "03.04.25", "2025-04-03", "2025-04-03", "2025-04-03" },
	{ "3/4/2025", "2025-04-03", "2025-03-04", NULL },
	{ "3-4-25", "2025-04-03", "2025-03-04", NULL },
	{ "4/4/2025", "2025-04-04", "2025-04-04", "2025-04-04" },
	{ "13/4/2025", "2025-04-13", NULL, "2025-04-13" },
	{ "4/13/2025", NULL, "2025-04-13", "2025-04-13" },
	{ "3 Apr 2025", "2025-04-03", "2025-04-03", "2025-04-03" },
	{ "April 3, 2025", "2025-04-03", "2025-04-03", "2025-04-03" },
	{ "3rd of April 2025", "2025-04-03", "2025-04-03", "2025-04-03" },
	{ "3. M\xc3\xa4rz 2025", "2025-03-03", "2025-03-03", "2025-03-03" },
	{ "3 de abril de 2025", "2025-04-03", "2025-04-03", "2025-04-03" },
	{ "3 ao\xc3\xbbt 2025", "2025-08-03", "2025-08-03", "2025-08-03" },
	{ "1 juin 2025", "2025-06-01", "2025-06-01", "2025-06-01" },
	{ "1 juillet 2025", "2025-07-01", "2025-07-01", "2025-07-01" },
	{ "2025", "2025", "2025", "2025" },
	{ "2025-04", "2025-04", "2025-04", "2025-04" },
	{ "04/2025", "2025-04", "2025-04", "2025-04" },
	{ "Apr 2025", "2025-04", "2025-04", "2025-04" },
	{ "1/1/27", "1927-01-01", "1927-01-01", "1927-01-01" },
	{ "29.2.2024", "2024-02-29", "2024-02-29", "2024-02-29" },
	{ "29.2.2025", NULL, NULL, NULL },
	{ "32.1.2025", NULL, NULL, NULL },
	{ "2025-13-01", NULL, NULL, NULL },
	{ "2025-02-30", NULL, NULL, NULL },
	{ "0000-00-00", NULL, NULL, NULL },
	{ "\u0663/\u0664/\u0662\u0660\u0662\u0665", "2025-04-03", "2025-03-04", NULL },
	{ "\u200f3 \u0623\u0628\u0631\u064a\u0644 2025", "2025-04-03", "2025-04-03", "2025-04-03" },
	{ "3\u00a0\u043c\u0430\u044f 2025 \u0433.", "2025-05-03", "2025-05-03", "2025-05-03" },
	{ "3\u20134\u20132025", "2025-04-03", "2025-03-04", NULL },
	{ "44927", NULL, NULL, NULL },
	{ "25", NULL, NULL, NULL },
	{ "1/2/3/4", NULL, NULL, NULL },
	{ "123456789", NULL, NULL, NULL },
	{ "yesterday", NULL, NULL, NULL },
	{ "-", NULL, NULL, NULL },
};

START_TEST(dates_as_people_write_them)
{
	for (size_t i = 0; i < sizeof dates / sizeof *dates; i++) {
		const char *want[] = { dates[i].unknown, dates[i].day_first, dates[i].month_first };

		for (int order = WHEN_UNKNOWN; order <= WHEN_MONTH_FIRST; order++) {
			char out[DATE_TEXT];
			struct error e = { 0 };
			int status = when_read(dates[i].typed, (enum when_order)order, 2026, out, &e);

			if (want[order])
				ck_assert_msg(!status && !strcmp(out, want[order]), "'%s' %d: '%s' %s", dates[i].typed,
					      order, out, e.text);
			else
				ck_assert_msg(status == STATUS_INPUT && e.text[0], "'%s' %d: '%s'", dates[i].typed, order,
					      out);
		}
	}
}
END_TEST

START_TEST(what_tells_the_order)
{
	ck_assert_int_eq(when_tells("13/4/2025"), WHEN_DAY_FIRST);
	ck_assert_int_eq(when_tells("4/13/2025"), WHEN_MONTH_FIRST);
	ck_assert_int_eq(when_tells("4/3/2025"), WHEN_UNKNOWN);
	ck_assert_int_eq(when_tells("13.4.2025"), WHEN_UNKNOWN);
	ck_assert_int_eq(when_tells("2025-04-13"), WHEN_UNKNOWN);
	ck_assert_int_eq(when_tells("13 Apr 2025"), WHEN_UNKNOWN);
	ck_assert_int_eq(when_tells("nonsense"), WHEN_UNKNOWN);
}
END_TEST

/* 1900 was no leap year, which spreadsheets do not know: what they count is right from March of it on. */
START_TEST(days_as_spreadsheets_count_them)
{
	static const struct { const char *typed, *date; } days[] = {
		{ "44927", "2023-01-01" }, { "45720", "2025-03-04" }, { "25569", "1970-01-01" }, { "45720 ", "2025-03-04" },
		{ "2025-04-03", "2025-04-03" }, { "13/4/2025", "2025-04-13" }, { "3/4/2025", NULL }, { "20250403", "2025-04-03" },
	};

	for (size_t i = 0; i < sizeof days / sizeof *days; i++) {
		char out[DATE_TEXT];
		int status = when_read(days[i].typed, WHEN_DAYS, 2026, out, NULL);

		ck_assert_msg(!status == (days[i].date != NULL), "%s", days[i].typed);
		if (days[i].date)
			ck_assert_str_eq(out, days[i].date);
	}
}
END_TEST

Suite *t_when(void);
Suite *t_when(void)
{
	Suite *suite = suite_create("when");
	TCase *c = tcase_create("all");

	tcase_add_test(c, dates_as_people_write_them);
	tcase_add_test(c, days_as_spreadsheets_count_them);
	tcase_add_test(c, what_tells_the_order);
	suite_add_tcase(suite, c);
	return suite;
}
