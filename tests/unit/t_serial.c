/* t_serial.c - tests of record/serial */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <check.h>
#include <string.h>

#include "record/serial.h"

static struct lexicon *words;

static void setup(void)
{
	ck_assert_int_eq(serial_lexicon(&words, NULL), 0);
}

static void teardown(void)
{
	lexicon_free(words);
}

START_TEST(what_was_typed_is_understood)
{
	static const struct { const char *typed; enum serial_state state; const char *plain; } cases[] = {
		{ "", SERIAL_UNKNOWN, "" }, { "AB123456", SERIAL_READABLE, "AB123456" },
		{ "ab-123 456", SERIAL_READABLE, "AB123456" }, { "S/N", SERIAL_NONE, "" },
		{ "S/N 12345", SERIAL_READABLE, "12345" }, { "SN: AB12", SERIAL_READABLE, "AB12" },
		{ "No. 55", SERIAL_READABLE, "55" }, { "serial number 12", SERIAL_READABLE, "12" },
		{ "S 12345", SERIAL_READABLE, "S12345" }, { "NO12345", SERIAL_READABLE, "NO12345" },
		{ "unknown", SERIAL_UNKNOWN, "" }, { "N/A", SERIAL_UNKNOWN, "" }, { "none", SERIAL_NONE, "" },
		{ "sin n\xc3\xbamero", SERIAL_NONE, "" }, { "ohne Nummer", SERIAL_NONE, "" },
		{ "OBLITERATED", SERIAL_REMOVED, "" }, { "obliterted", SERIAL_REMOVED, "" },
		{ "ground off", SERIAL_GROUND, "" }, { "limado", SERIAL_GROUND, "" },
		{ "re-stamped", SERIAL_ALTERED, "" }, { "adulterada", SERIAL_ALTERED, "" },
		{ "rusted", SERIAL_CORRODED, "" }, { "illisible", SERIAL_ILLEGIBLE, "" },
		{ "\xd1\x81\xd0\xbf\xd0\xb8\xd0\xbb\xd0\xb5\xd0\xbd", SERIAL_REMOVED, "" },
		{ "AB??12", SERIAL_PARTIAL, "AB??12" }, { "12*", SERIAL_PARTIAL, "12*" },
		{ "ground, 12?4", SERIAL_GROUND, "12?4" }, { "???", SERIAL_UNKNOWN, "" },
		{ "*", SERIAL_UNKNOWN, "" }, { "unknown 12", SERIAL_PARTIAL, "12" },
		{ "\xd0\x93\xd0\xa9 1234", SERIAL_READABLE, "\xd0\x93\xd0\xa9" "1234" },
		{ "ABC", SERIAL_READABLE, "ABC" }, { "--", SERIAL_UNKNOWN, "" },
	};
	struct serial s;

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		serial_read(words, cases[i].typed, &s);
		ck_assert_msg(s.state == cases[i].state, "'%s': state %d", cases[i].typed, s.state);
		ck_assert_str_eq(s.plain, cases[i].plain);
		ck_assert(s.wild == (strpbrk(s.plain, "?*") != NULL));
	}
}
END_TEST

START_TEST(long_ones_are_cut)
{
	char typed[500];
	struct serial s;

	memset(typed, '7', sizeof typed - 1);
	typed[sizeof typed - 1] = 0;
	serial_read(words, typed, &s);
	ck_assert_uint_lt(strlen(s.plain), SERIAL_KEY);
	memcpy(typed + 10, " - ", 3);
	serial_read(words, typed, &s);
	ck_assert_uint_lt(strlen(s.plain), SERIAL_KEY);
	memset(typed, '?', sizeof typed - 1);
	serial_read(words, typed, &s);
	ck_assert_uint_lt(strlen(s.plain), SERIAL_KEY);
}
END_TEST

static enum serial_grade grade(const char *a, const char *b)
{
	struct serial x, y;
	enum serial_grade g;

	serial_read(words, a, &x);
	serial_read(words, b, &y);
	g = serial_compare(&x, a, &y, b);
	ck_assert_int_eq(g, serial_compare(&y, b, &x, a));
	return g;
}

START_TEST(grades)
{
	static const struct { const char *a, *b; enum serial_grade grade; } cases[] = {
		{ "AB123", "AB123", SERIAL_SAME }, { "AB123", "ab-123", SERIAL_SEPARATORS },
		{ "AB 123", "AB-123", SERIAL_SEPARATORS }, { "A8123", "AB123", SERIAL_ALIKE },
		{ "00123", "123", SERIAL_ALIKE }, { "O1S", "015", SERIAL_ALIKE }, { "QI2", "012", SERIAL_ALIKE },
		/* the rule of NCIC, with its own example */
		{ "369J257", "369257", SERIAL_LETTERS }, { "369J257", "369M257", SERIAL_LETTERS },
		{ "A369257", "369257", SERIAL_EDIT }, { "369257A", "369257B", SERIAL_EDIT },
		{ "AB?23", "AB123", SERIAL_WILD }, { "AB*", "AB", SERIAL_WILD }, { "*23", "AB123", SERIAL_WILD },
		{ "A8?23", "AB123", SERIAL_WILD_ALIKE }, { "AB?23", "AB23", SERIAL_DIFFERENT },
		{ "AB?2", "A?12", SERIAL_WILD }, { "A*2", "AB?", SERIAL_WILD }, { "A?C", "B?C", SERIAL_DIFFERENT },
		{ "*1*", "?2?1", SERIAL_WILD }, { "AC1234", "AC1243", SERIAL_EDIT }, { "AC1234", "AC134", SERIAL_EDIT },
		{ "AC1234", "AC4321", SERIAL_DIFFERENT }, { "unknown", "unknown", SERIAL_DIFFERENT },
		{ "", "", SERIAL_DIFFERENT },
		/* Cyrillic letters that look like Latin ones */
		{ "\xd0\xa1\xd0\x90 12", "CA12", SERIAL_ALIKE },
	};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		ck_assert_msg(grade(cases[i].a, cases[i].b) == cases[i].grade, "%s %s: %d", cases[i].a,
			      cases[i].b, grade(cases[i].a, cases[i].b));
}
END_TEST

START_TEST(wildcards)
{
	ck_assert(serial_fits("", "", 0));
	ck_assert(serial_fits("*", "", 0));
	ck_assert(!serial_fits("?", "", 0));
	ck_assert(serial_fits("*a*b*", "xaxxbx", 6));
	ck_assert(!serial_fits("*a*b", "xaxxbx", 6));
	ck_assert(serial_fits("?", "\xd0\x98", 2));
	ck_assert(!serial_fits("??", "\xd0\x98", 2));
	/* no blow-up */
	ck_assert(!serial_fits("*a*a*a*a*a*a*a*a*a*a*b", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", 60));
}
END_TEST

START_TEST(what_fills_a_column_is_no_number)
{
	static const char *const fillers[] = { "0", "000000", "0-0", "X", "xxxx", "????", "see notes", "#N/A", "N.D." };
	struct serial s;

	for (size_t i = 0; i < sizeof fillers / sizeof *fillers; i++) {
		ck_assert_msg(!serial_plain(fillers[i], &s), "%s", fillers[i]);
		serial_read(words, fillers[i], &s);
		ck_assert_int_eq(s.state, SERIAL_UNKNOWN);
		ck_assert_str_eq(s.plain, "");
	}
	ck_assert(serial_plain("X0", &s));
	ck_assert(serial_plain("0001", &s));
	ck_assert_str_eq(s.alike, "1");
}
END_TEST

START_TEST(keys_are_made_from_plain)
{
	struct serial a, b = { 0 };

	serial_read(words, "0AB-12C34", &a);
	memcpy(b.plain, a.plain, sizeof b.plain);
	serial_of_key(&b);
	ck_assert_str_eq(a.alike, b.alike);
	ck_assert_str_eq(a.sparse, b.sparse);
	ck_assert_str_eq(a.alike, "A812C34");
	serial_read(words, "00A", &a);
	ck_assert_str_eq(a.alike, "A");
}
END_TEST

Suite *t_serial(void);
Suite *t_serial(void)
{
	Suite *s = suite_create("serial");
	TCase *c = tcase_create("serial");

	tcase_add_checked_fixture(c, setup, teardown);
	tcase_add_test(c, what_was_typed_is_understood);
	tcase_add_test(c, long_ones_are_cut);
	tcase_add_test(c, grades);
	tcase_add_test(c, wildcards);
	tcase_add_test(c, what_fills_a_column_is_no_number);
	tcase_add_test(c, keys_are_made_from_plain);
	suite_add_tcase(s, c);
	return s;
}
