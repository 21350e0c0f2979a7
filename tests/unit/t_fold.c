/* t_fold.c - tests of record/fold and record/lexicon */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <check.h>
#include <string.h>

#include "record/fold.h"
#include "record/lexicon.h"

START_TEST(texts_are_folded)
{
	static const struct { const char *text, *words; } cases[] = {
		{ "", "" }, { "  -- ", "" }, { "Smith & Wesson", "SMITH WESSON" }, { "S&W", "S W" },
		{ "TAURUS INT'L", "TAURUS INTL" }, { "S.A.", "SA" }, { "U.S.A. Inc.", "USA INC" },
		{ "No.123", "NO 123" }, { "9.3x62", "9 3X62" }, { "\xc4\x8c" "esk\xc3\xa1 Zbrojovka", "CESKA ZBROJOVKA" },
		{ "Stra\xc3\x9f" "e", "STRASSE" }, { "\xc3\x86r\xc3\xb8", "AERO" }, { "7.62\xc3\x97" "39", "7 62X39" },
		{ "\xd0\xb8\xd0\xb6", "\xd0\x98\xd0\x96" }, { "e\xcc\x81t\xc3\xa9", "ETE" },
		{ "\xef\xbc\xa1\xef\xbc\x91", "A1" }, { "\xd9\xa1\xd9\xa2", "12" }, { "N\xc2\xba 5", "N 5" },
		{ "a\xff" "b", "A B" }, { "\xe2\x80\x9cx\xe2\x80\x9d", "X" }, { "F.LLI Pietta", "FLLI PIETTA" },
	};
	char out[80];

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		ck_assert_uint_eq(fold_text(cases[i].text, out, sizeof out, FOLD_WORDS), strlen(cases[i].words));
		ck_assert_str_eq(out, cases[i].words);
	}
	fold_text("S. & W. Corp", out, sizeof out, FOLD_KEY);
	ck_assert_str_eq(out, "SWCORP");
}
END_TEST

START_TEST(long_texts_are_cut_at_a_character)
{
	char text[100], out[16];

	for (int i = 0; i < 49; i++)
		memcpy(text + 2 * i, "\xd0\x98", 2);
	text[98] = 0;
	ck_assert(fold_text(text, out, sizeof out, FOLD_KEY) < sizeof out);
	ck_assert(fold_utf8(out));
	ck_assert_uint_gt(strlen(out), 8);
}
END_TEST

START_TEST(characters_there_and_back)
{
	static const uint32_t some[] = { 1, 0x7f, 0x80, 0x7ff, 0x800, 0xd7ff, 0xffff, 0x10000, 0x10ffff };

	for (size_t i = 0; i < sizeof some / sizeof *some; i++) {
		char text[5] = "";
		uint32_t c = 0;
		size_t n = fold_encode(some[i], text);

		text[n] = 0;
		ck_assert_uint_eq(fold_decode(text, &c), n);
		ck_assert_uint_eq(c, some[i]);
	}
	ck_assert(!fold_utf8("a\xc0\x80"));
	ck_assert(!fold_utf8("\xed\xa0\x80"));
	ck_assert(!fold_utf8("\xc3"));
}
END_TEST

static bool edit(const char *a, const char *b)
{
	bool one = fold_one_edit(a, strlen(a), b, strlen(b));

	ck_assert(one == fold_one_edit(b, strlen(b), a, strlen(a)));
	return one;
}

START_TEST(one_edit)
{
	ck_assert(edit("ABC", "AB"));
	ck_assert(edit("ABC", "BC"));
	ck_assert(edit("ABC", "ABXC"));
	ck_assert(edit("ABC", "AXC"));
	ck_assert(edit("ABCD", "ACBD"));
	ck_assert(edit("", "A"));
	ck_assert(edit("AAA", "AA"));
	ck_assert(!edit("ABC", "ABC"));
	ck_assert(!edit("", ""));
	ck_assert(!edit("ABCD", "BADC"));
	ck_assert(!edit("ABC", "A"));
	ck_assert(!edit("ABCD", "DBCA"));
	ck_assert(!edit("ABCDE", "BCDEF"));
}
END_TEST

static const struct lexicon_line lines[] = {
	{ "BERETTA", "P Beretta|Beretta USA|shared", 1 },
	{ "BENELLI", "Benelli Armi|shared", 2 },
	{ "BERETTO", NULL, 3 },
	{ NULL, NULL, 0 },
};

START_TEST(spellings_are_found)
{
	struct lexicon *l;

	ck_assert_int_eq(lexicon_new(&l, lines, lexicon_plain_key, NULL), 0);
	ck_assert_int_eq(lexicon_find(l, "p. beretta")->tag, 1);
	ck_assert_int_eq(lexicon_find(l, "BENELLI")->tag, 2);
	/* the first line has it */
	ck_assert_int_eq(lexicon_find(l, "Shared")->tag, 1);
	ck_assert_ptr_null(lexicon_find(l, "BERET"));
	ck_assert_ptr_null(lexicon_find(l, ""));
	ck_assert_ptr_null(lexicon_find(l, "---"));
	ck_assert_int_eq(lexicon_near(l, "BENELI", 6)->tag, 2);
	ck_assert_ptr_null(lexicon_near(l, "BENELI", 7));
	/* one edit from two names: neither */
	ck_assert_ptr_null(lexicon_near(l, "BERETTI", 6));
	lexicon_free(l);
	lexicon_free(NULL);
}
END_TEST

Suite *t_fold(void);
Suite *t_fold(void)
{
	Suite *s = suite_create("fold");
	TCase *c = tcase_create("fold");

	tcase_add_test(c, texts_are_folded);
	tcase_add_test(c, long_texts_are_cut_at_a_character);
	tcase_add_test(c, characters_there_and_back);
	tcase_add_test(c, one_edit);
	tcase_add_test(c, spellings_are_found);
	suite_add_tcase(s, c);
	return s;
}
