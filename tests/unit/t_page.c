/* t_page.c - tests of report/page and report/lineup: escaping, pictures inside, nothing from elsewhere */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <check.h>
#include <string.h>

#include "report/lineup.h"
#include "report/page.h"

Suite *t_page(void);

START_TEST(words)
{
	struct page p = { 0 };

	page_words(&p, "a<b> & \"c\"\x01\xff \xc3\xa9");
	page_tag(&p, "td class=\"n\"", "<");
	ck_assert_str_eq(buf_string(&p.out, NULL), "a&lt;b&gt; &amp; &quot;c&quot;\xef\xbf\xbd\xef\xbf\xbd \xc3\xa9"
			 "<td class=\"n\">&lt;</td>");
	page_free(&p);
}
END_TEST

/* Base64 of each remainder (RFC 4648, section 10). */
START_TEST(picture)
{
	static const char *const plain[] = { "f", "fo", "foo", "foob" };
	static const char *const coded[] = { ",Zg==\"", ",Zm8=\"", ",Zm9v\"", ",Zm9vYg==\"" };
	struct buf b = { 0 };
	struct page p = { 0 };

	buf_text(&b, plain[_i], NULL);
	page_picture(&p, &b, 10, 20, "it's \"so\"");
	ck_assert_ptr_nonnull(strstr(buf_string(&p.out, NULL), coded[_i]));
	ck_assert_ptr_nonnull(strstr((char *)p.out.data, "alt=\"it's &quot;so&quot;\""));
	page_free(&p);
	buf_free(&b);
}
END_TEST

static int count(const char *in, const char *what)
{
	int n = 0;

	for (; (in = strstr(in, what)); in += strlen(what))
		n++;
	return n;
}

/* Ids that would be markup stay words; as many pictures as there should be; nothing from elsewhere. */
START_TEST(pages)
{
	struct lineup_pair a = { .kind = LINEUP_IMPRESSIONS, .probe = "P<script>", .candidate = "C&1", .mark = "breech-face",
				 .rank = "1", .score = "72.78", .lr = "2157", .agreement = "36 / 46", .pose = "337.0",
				 .file = "001-a.png", .words = "what is seen", .line = { "line <one>", "line two" } }, b = a;
	const struct lineup_pair *const pair[] = { &a, &b };
	const struct lineup l = { pair, 2, "by us" };
	struct buf out = { 0 };
	const char *text;

	buf_text(&a.alone.jpeg, "x", NULL);
	b.candidate = "C2";
	b.kind = LINEUP_LANDS;
	ck_assert(!(_i ? lineup_examiner : lineup_index)(&l, &out, NULL));
	text = buf_string(&out, NULL);
	ck_assert_int_eq(count(text, "<img "), _i ? 5 : 4);
	ck_assert_int_eq(count(text, "<img "), count(text, "alt=\""));
	ck_assert_int_eq(count(text, "<img "), count(text, "src=\"data:image/jpeg;base64,"));
	ck_assert_int_eq(count(text, "src="), count(text, "<img "));
	ck_assert_int_eq(count(text, "<script"), 0);
	ck_assert_int_eq(count(text, "http"), 1);   /* the attribute http-equiv */
	ck_assert_int_gt(count(text, "P&lt;script&gt;"), 1);
	ck_assert_int_gt(count(text, "C&amp;1"), 1);
	ck_assert_int_eq(count(text, "<h1>"), 1);
	/* what figures mean is said of the kinds there are */
	ck_assert_int_eq(count(text, "<dt>Score"), _i ? 2 : 0);
	ck_assert_int_eq(count(text, "(margin)"), 0);
	ck_assert_int_eq(count(text, "id=\"pair-2\""), 1);
	ck_assert_int_ge(count(text, "scope=\"col\""), 8);
	ck_assert_int_eq(count(text, "type=\"radio\""), _i ? 12 : 0);
	ck_assert_int_eq(count(text, "<section"), count(text, "</section>"));
	ck_assert_int_eq(count(text, "<label"), count(text, "</label>"));
	ck_assert_int_eq(count(text, "<td"), count(text, "</td>"));
	buf_free(&out);
	buf_free(&a.alone.jpeg);
}
END_TEST

Suite *t_page(void)
{
	Suite *s = suite_create("page");
	TCase *nominal = tcase_create("nominal");

	tcase_add_test(nominal, words);
	tcase_add_loop_test(nominal, picture, 0, 4);
	tcase_add_loop_test(nominal, pages, 0, 2);
	suite_add_tcase(s, nominal);
	return s;
}
