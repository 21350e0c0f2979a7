/* t_country.c - tests of record/country and record/id */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "record/country.h"
#include "record/id.h"

START_TEST(codes)
{
	int n = 0;

	for (const struct country *c = country_all(); *c->code; c++, n++) {
		ck_assert_ptr_eq(country_of(c->code), c);
		if (c[1].code[0])
			ck_assert_int_lt(strcmp(c->code, c[1].code), 0);
	}
	ck_assert_int_gt(n, 255);
	ck_assert(country_of("SUN")->past);
	ck_assert(!country_of("XKX")->past);
	ck_assert_ptr_null(country_of("XPO"));
	ck_assert_ptr_null(country_of("fra"));
	ck_assert_ptr_null(country_of("FR"));
	ck_assert_ptr_null(country_of(""));
}
END_TEST

START_TEST(names)
{
	static const struct { const char *text, *code; } cases[] = {
		{ "Germany", "DEU" }, { "deutschland", "DEU" }, { "US", "USA" }, { "U.S.A.", "USA" },
		{ "C\xc3\xb4te d'Ivoire", "CIV" }, { "UK", "GBR" }, { "de", "DEU" }, { "cze", "CZE" },
		{ "USSR", "SUN" }, { "Yugoslavia", "YUG" }, { "CHE", "CHE" }, { "BRASIL", "BRA" },
		{ "Atlantis", NULL }, { "", NULL }, { "X", NULL },
	};
	struct lexicon_line *rows;
	struct lexicon *l;

	ck_assert_int_eq(country_lexicon(&l, &rows, NULL), 0);
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const struct lexicon_line *line = lexicon_find(l, cases[i].text);

		ck_assert_msg(!line == !cases[i].code, "%s", cases[i].text);
		if (line)
			ck_assert_str_eq(country_all()[line->tag].code, cases[i].code);
	}
	lexicon_free(l);
	free(rows);
}
END_TEST

START_TEST(lists)
{
	struct error e;

	ck_assert_int_eq(country_list_check("", &e), 0);
	ck_assert_int_eq(country_list_check("FRA DEU, USA;YUG ", &e), 0);
	ck_assert_int_eq(country_list_check("FRA XXX", &e), STATUS_INPUT);
	ck_assert_ptr_nonnull(strstr(e.text, "XXX"));
	ck_assert_int_eq(country_list_check("FR", &e), STATUS_INPUT);
	ck_assert_int_eq(country_list_check("FRAN", &e), STATUS_INPUT);
	ck_assert(country_list_has("FRA DEU", "DEU"));
	ck_assert(!country_list_has("FRA DEUX", "DEU"));
	ck_assert(!country_list_has("", "DEU"));
}
END_TEST

/* Some names; each is read back however it is typed. */
START_TEST(ids_there_and_back)
{
	char id[ID_TEXT], read[ID_TEXT], loose[40];
	int made = 0;

	for (uint64_t i = 0; i < 2000; i++) {
		uint64_t number = i < 2 ? i * (ID_NUMBERS - 1) : id_mix(i) % ID_NUMBERS;

		if (!id_make(i % 2 ? "FRA" : "ZWE", 2000 + (int)(i % 100), number, id))
			continue;
		made++;
		ck_assert_uint_eq(strlen(id), ID_TEXT - 1);
		ck_assert(id_valid(id));
		id_unpack(id_pack(id), read);
		ck_assert_str_eq(read, id);
		ck_assert_uint_ne(id_pack(id), 0);
		snprintf(loose, sizeof loose, " %.5s%.4s %.4s", id, id + 6, id + 11);
		for (char *p = loose; *p; p++)
			*p = *p == '0' ? 'o' : *p == '5' ? 's' : *p;
		ck_assert_int_eq(id_read(loose, read, NULL), 0);
		ck_assert_str_eq(read, id);
	}
	/* the check falls on one of 26 characters of 36 */
	ck_assert_int_gt(made, 1200);
	ck_assert_int_lt(made, 1700);
}
END_TEST

START_TEST(ids_sort_by_country_and_year)
{
	char a[ID_TEXT], b[ID_TEXT];
	uint64_t n = 7;

	while (!id_make("FRA", 2026, n++, a))
		;
	while (!id_make("FRA", 2027, n -= 5, b))
		n = n < 10 ? 1000 : n;
	ck_assert_uint_lt(id_pack(a), id_pack(b));
	while (!id_make("FRB", 2001, n++, b))
		;
	ck_assert_uint_lt(id_pack(a), id_pack(b));
}
END_TEST

/* ISO 7064 MOD 37,36 finds every single wrong character, and nearly every exchange of neighbours. */
START_TEST(ids_notice_what_was_misheard)
{
	static const char others[] = "0123456789ACEFHJKMNPRTVWXY";
	char id[ID_TEXT], typed[ID_TEXT], read[ID_TEXT];
	int exchanged = 0, noticed = 0;

	for (uint64_t i = 1; i < 60; i++) {
		if (!id_make("DEU", 2026, id_mix(i) % ID_NUMBERS, id))
			continue;
		for (size_t k = 3; k < ID_TEXT - 1; k++) {
			for (const char *o = others; *o && id[k] != '-'; o++) {
				memcpy(typed, id, ID_TEXT);
				typed[k] = *o;
				if (*o != id[k])
					ck_assert_int_eq(id_read(typed, read, NULL), STATUS_INPUT);
			}
			if (k + 2 < ID_TEXT && id[k] != '-' && id[k + 1] != '-' && id[k] != id[k + 1]) {
				memcpy(typed, id, ID_TEXT);
				typed[k] = id[k + 1];
				typed[k + 1] = id[k];
				exchanged++;
				noticed += id_read(typed, read, NULL) != 0;
			}
		}
	}
	ck_assert_int_ge(noticed * 100, exchanged * 97);
}
END_TEST

/* Worked out apart from this program, with a rule that gives the M of "A1-2425G-ABC1234002-M", the
 * example of the Global Release Identifier, which has the same check. */
START_TEST(ids_use_the_standard_check)
{
	char id[ID_TEXT];

	ck_assert(id_make("FRA", 2026, 0, id));
	ck_assert_str_eq(id, "FRA26-0000-000P");
	ck_assert(id_make("DEU", 2026, ID_NUMBERS - 1, id));
	ck_assert_str_eq(id, "DEU26-YYYY-YYYN");
	ck_assert_int_eq(id_read("gbr 99 1234 5671", id, NULL), 0);
	ck_assert_str_eq(id, "GBR99-1234-5671");
}
END_TEST

START_TEST(ids_refused)
{
	static const char *const bad[] = {
		"", "FRA26-0000-000", "FRA26-0000-0000-0", "1234567890123", "FRA26-0000-000Q", "FRAA6-0000-000P",
		"QQQ26-0000-000P", "FRA26/0000/000P", "FRA26-0000-000",
	};
	char id[ID_TEXT];

	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		ck_assert_msg(id_read(bad[i], id, NULL) == STATUS_INPUT, "%s", bad[i]);
		ck_assert(!id_valid(bad[i]));
	}
	ck_assert(id_valid("FRA26-0000-000P"));
	ck_assert(!id_valid("FRA26 0000 000P"));
	ck_assert(!id_valid("fra26-0000-000p"));
}
END_TEST

Suite *t_country(void);
Suite *t_country(void)
{
	Suite *s = suite_create("country");
	TCase *c = tcase_create("country");

	tcase_add_test(c, codes);
	tcase_add_test(c, names);
	tcase_add_test(c, lists);
	tcase_add_test(c, ids_there_and_back);
	tcase_add_test(c, ids_sort_by_country_and_year);
	tcase_add_test(c, ids_notice_what_was_misheard);
	tcase_add_test(c, ids_use_the_standard_check);
	tcase_add_test(c, ids_refused);
	suite_add_tcase(s, c);
	return s;
}
