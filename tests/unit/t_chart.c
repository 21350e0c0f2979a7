/* t_chart.c - tests of report/chart, report/web and report/paper */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "report/chart.h"
#include "report/paper.h"
#include "report/web.h"

static size_t times(const char *text, const char *what)
{
	size_t n = 0;

	for (; (text = strstr(text, what)); text++)
		n++;
	return n;
}

/* One table of each kind, with all that a cell may be. */
static void make(struct sheet *s, bool to_left)
{
	static const char *const months[] = { "2024-12", "2025-01", "2025-02", "2025-06", "unknown" };
	struct sheet_table *t;

	sheet_open(s, "test", "Bars & <lines>");
	s->manner.to_left = to_left;
	sheet_subtitle(s, "of \"2025\"");
	t = sheet_table(s, "bars", "Bars");
	sheet_key(t, "make", "make");
	sheet_counts(t, "n", "number", "arms");
	sheet_shares(t, "percent", "percent");
	sheet_rests(t, 112, "arms");
	sheet_drawn(t, SHEET_BARS, 1, "arms");
	for (int i = 0; i < 40; i++) {
		sheet_put_text(t, sheet_format(s, i ? "make %d" : "a name that is much longer than <its> place %d", i), NULL);
		sheet_put_count(t, i == 3 ? -1 : 1000 >> i % 9);
		sheet_put_value(t, i == 3 ? NAN : 12.5);
	}
	t = sheet_table(s, "lines", "Lines");
	sheet_key(t, "month", "month");
	sheet_counts(t, "new", "new", "arms");
	sheet_counts(t, "old", "old", "arms");
	sheet_drawn(t, SHEET_LINES, 1, "arms");
	for (int i = 0; i < 5; i++) {
		sheet_put_text(t, months[i], NULL);
		sheet_put_count(t, i * 7);
		sheet_put_count(t, i == 1 ? -1 : 3);
	}
	t = sheet_table(s, "matrix", "Matrix");
	sheet_key(t, "from", "from");
	sheet_key(t, "to", "to");
	sheet_counts(t, "n", "n", "arms");
	sheet_drawn(t, SHEET_MATRIX, 2, "arms");
	for (int i = 0; i < 30; i++) {
		sheet_put_text(t, sheet_format(s, "A%d", i % 15), NULL);
		sheet_put_text(t, sheet_format(s, "B%d", i / 3), NULL);
		sheet_put_count(t, i * i + 3);
	}
	sheet_table(s, "empty", "Nothing");
	t = sheet_table(s, "one", "One row");
	sheet_counts(t, "n", "n", "arms");
	sheet_values(t, "mean", "mean", "days", 1);
	sheet_put_count(t, 1234567);
	sheet_put_value(t, -1234.5);
	t = sheet_table(s, "about", "About");
	sheet_key(t, "what", "what");
	sheet_words(t, "value", "value");
	for (int i = 0; i < 60; i++) {
		sheet_put_text(t, "rule", NULL);
		sheet_put_text(t, "a sentence that goes on and on until it no longer fits into one line of the page, and "
			       "then goes on a little more\xff", NULL);
	}
}

START_TEST(page)
{
	struct buf out = { 0 };
	struct sheet s;
	const char *text;

	make(&s, false);
	sheet_hide(&s, 10);
	ck_assert_int_eq(web_page(&s, &out, NULL), 0);
	text = buf_string(&out, NULL);
	ck_assert_ptr_nonnull(strstr(text, "<h1>Bars &amp; &lt;lines&gt;</h1>"));
	ck_assert_int_eq(times(text, "<svg "), 3);
	ck_assert_int_eq(times(text, "<svg "), times(text, "</svg>"));
	ck_assert_int_eq(times(text, "<h2 "), 6);
	ck_assert_int_eq(times(text, "<table "), times(text, "</table>"));
	ck_assert_ptr_nonnull(strstr(text, "<td class=\"n\">hidden</td>"));
	ck_assert_ptr_nonnull(strstr(text, "1,234,567"));
	ck_assert_ptr_nonnull(strstr(text, "-1,234.5"));
	/* nothing that runs, and nothing from elsewhere */
	ck_assert_ptr_null(strstr(text, "<script"));
	ck_assert_ptr_null(strstr(text, "http:"));
	ck_assert_ptr_null(strstr(text, "https:"));
	ck_assert_ptr_null(strstr(text, "src="));
	ck_assert_ptr_null(strchr(text, '\xff'));
	ck_assert_ptr_null(strstr(text, "nan"));
	buf_free(&out);
	sheet_close(&s);
}
END_TEST

START_TEST(to_the_left)
{
	struct buf out = { 0 };
	struct sheet s;

	make(&s, true);
	ck_assert_int_eq(web_page(&s, &out, NULL), 0);
	ck_assert_ptr_nonnull(strstr(buf_string(&out, NULL), "dir=\"rtl\""));
	buf_free(&out);
	sheet_close(&s);
}
END_TEST

/* What is drawn the other way round is the mirror image: every box of one is a box of the other. */
START_TEST(mirrored)
{
	struct buf out[2] = { { 0 }, { 0 } };
	double x, y, w, h;
	int boxes = 0;

	for (int i = 0; i < 2; i++) {
		struct sheet s;

		make(&s, i);
		ck_assert_int_eq(web_picture(&s, sheet_find(&s, "bars"), &out[i], NULL), 0);
		sheet_close(&s);
	}
	for (const char *p = buf_string(&out[0], NULL); (p = strstr(p, "<rect ")); p++) {
		char other[128];

		ck_assert_int_eq(sscanf(p, "<rect x=\"%lf\" y=\"%lf\" width=\"%lf\" height=\"%lf\"", &x, &y, &w, &h), 4);
		if (!boxes++)
			continue;   /* the background */
		for (int tenth = -1; tenth <= 1; tenth++) {
			snprintf(other, sizeof other, "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\"",
				 CHART_WIDTH - x - w + tenth / 10.0, y, w);
			if (strstr(buf_string(&out[1], NULL), other))
				break;
			ck_assert_msg(tenth < 1, "%s", other);
		}
	}
	ck_assert_int_gt(boxes, 10);
	buf_free(&out[0]);
	buf_free(&out[1]);
}
END_TEST

START_TEST(nothing_to_draw)
{
	struct buf out = { 0 };
	struct sheet s;

	make(&s, false);
	ck_assert_int_eq(web_picture(&s, sheet_find(&s, "empty"), &out, NULL), STATUS_NO);
	ck_assert_int_eq(web_picture(&s, sheet_find(&s, "about"), &out, NULL), STATUS_NO);
	buf_free(&out);
	sheet_close(&s);
}
END_TEST

START_TEST(pages_to_print)
{
	struct buf out = { 0 }, again = { 0 };

	for (int i = 0; i < 2; i++) {
		struct sheet s;
		struct error e;
		int status;

		make(&s, i);
		status = paper_pages(&s, "2026-01-01T00:00:00Z", i ? &again : &out, &e);
		sheet_close(&s);
		if (status && strstr(e.text, "no font"))
			break;
		ck_assert_int_eq(status, 0);
	}
	if (out.size) {
		ck_assert(!memcmp(out.data, "%PDF-", 5));
		ck_assert_ptr_nonnull(memmem(out.data, out.size, "2026", 4));
		ck_assert_ptr_nonnull(memmem(out.data, out.size, "/Count ", 7));
		ck_assert(again.size > 1000);
	}
	buf_free(&out);
	buf_free(&again);
}
END_TEST

START_TEST(words_that_fit)
{
	struct buf out = { 0 };

	ck_assert_int_eq(canvas_fit("short", 10, 100, &out, NULL), 0);
	ck_assert_str_eq((char *)out.data, "short");
	ck_assert_int_eq(canvas_fit("a much longer text", 10, 60, &out, NULL), 0);
	ck_assert_ptr_nonnull(strstr((char *)out.data, "\xe2\x80\xa6"));
	ck_assert(canvas_length((char *)out.data, 10) <= 66);
	ck_assert_int_eq(canvas_fit("\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9", 10, 14, &out, NULL), 0);
	ck_assert(!strncmp((char *)out.data, "\xe2\x80\xa6", 3) || !strncmp((char *)out.data, "\xc3\xa9", 2));
	buf_free(&out);
}
END_TEST

Suite *t_chart(void);
Suite *t_chart(void)
{
	Suite *s = suite_create("chart");
	TCase *c = tcase_create("chart");

	tcase_add_test(c, page);
	tcase_add_test(c, to_the_left);
	tcase_add_test(c, mirrored);
	tcase_add_test(c, nothing_to_draw);
	tcase_add_test(c, pages_to_print);
	tcase_add_test(c, words_that_fit);
	suite_add_tcase(s, c);
	return s;
}
