/* t_calibre.c - tests of record/make and record/calibre, and of their tables */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <check.h>
#include <string.h>

#include "record/calibre.h"
#include "record/country.h"
#include "record/make.h"

static struct makes *makes;
static struct calibres *calibres;

static void setup(void)
{
	ck_assert_int_eq(makes_open(&makes, NULL), 0);
	ck_assert_int_eq(calibres_open(&calibres, NULL), 0);
}

static void teardown(void)
{
	makes_close(makes);
	calibres_close(calibres);
}

START_TEST(makes_are_understood)
{
	static const struct { const char *typed, *name; enum make_how how; } cases[] = {
		{ "GLOCK", "GLOCK", MAKE_SPELLING }, { "Glock Ges.m.b.H.", "GLOCK", MAKE_SPELLING },
		{ "S&W", "SMITH & WESSON", MAKE_SPELLING }, { "Smith and Wesson Inc.", "SMITH & WESSON", MAKE_SPELLING },
		{ "TAURUS INT'L", "TAURUS", MAKE_SPELLING }, { "Sturm, Ruger & Co., Inc.", "RUGER", MAKE_SPELLING },
		{ "\xc4\x8c" "esk\xc3\xa1 zbrojovka", "CZ", MAKE_SPELLING }, { "H & K", "HECKLER & KOCH", MAKE_SPELLING },
		{ "GLC", "GLOCK", MAKE_CODE }, { "glc", NULL, MAKE_NONE }, { "SCCY Firearms USA", "SCCY", MAKE_SPELLING },
		{ "Cobra Arms International", "COBRA", MAKE_LOOSE }, { "glock 19", "GLOCK", MAKE_FRONT },
		{ "Sig Sauer P226", "SIG SAUER", MAKE_FRONT }, { "Smtih & Wesson", "SMITH & WESSON", MAKE_NEAR },
		{ "Wincester", "WINCHESTER", MAKE_NEAR }, { "unknown", NULL, MAKE_EMPTY }, { "", NULL, MAKE_EMPTY },
		{ "--", NULL, MAKE_EMPTY }, { "Unobtainium Works", NULL, MAKE_NONE }, { "X 12", NULL, MAKE_NONE },
	};
	struct make_match m;

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		make_find(makes, cases[i].typed, &m);
		ck_assert_msg((m.how == cases[i].how || (m.make && m.how <= MAKE_LOOSE && cases[i].how <= MAKE_LOOSE)) &&
			      !m.make == !cases[i].name, "'%s': %d %s", cases[i].typed, m.how,
			      m.make ? m.make->name : "");
		if (m.make)
			ck_assert_str_eq(m.make->name, cases[i].name);
	}
}
END_TEST

/* Each spelling of the table leads to its own line: none is dead, and none was typed in wrongly. */
static void each_spelling(const char *list, void (*check)(const char *spelling, const void *line),
			  const void *line)
{
	while (list && *list) {
		char one[160];
		size_t n = strcspn(list, "|");

		snprintf(one, sizeof one, "%.*s", (int)n, list);
		check(one, line);
		list += n + (list[n] == '|');
	}
}

static void is_make(const char *spelling, const void *line)
{
	struct make_match m;

	make_find(makes, spelling, &m);
	ck_assert_msg(m.make == line && m.how == MAKE_SPELLING, "%s of %s: %s", spelling,
		      ((const struct make *)line)->name, m.make ? m.make->name : "none");
}

START_TEST(the_table_of_makes_is_sound)
{
	for (const struct make *m = make_table; m->name; m++) {
		is_make(m->name, m);
		each_spelling(m->spellings, is_make, m);
		ck_assert_msg(!*m->country || country_of(m->country), "%s", m->name);
	}
}
END_TEST

START_TEST(calibres_are_understood)
{
	static const struct { const char *typed; char type; const char *name; } cases[] = {
		{ "9mm", '-', "9x19mm Parabellum" }, { "9 x 19", 'P', "9x19mm Parabellum" }, { "9MM", 'P', "9x19mm Parabellum" },
		{ "9 mm Para", 'B', "9x19mm Parabellum" }, { "9mm Luger FMJ", 'P', "9x19mm Parabellum" },
		{ ".32", 'P', ".32 ACP" }, { ".32", 'V', ".32 S&W Long" }, { ".32", 'S', "32 gauge" }, { ".32", '-', ".32" },
		{ "7,65", 'P', ".32 ACP" }, { "7,62x39", 'R', "7.62x39mm" }, { "7.62 X 54 R", 'R', "7.62x54mmR" },
		{ "12 GA.", 'S', "12 gauge" }, { "12/70", 'S', "12 gauge" }, { "cal. 12", '-', "12 gauge" },
		{ "CAL.45 ACP", 'P', ".45 ACP" }, { "0.45", 'V', ".45 Colt" }, { ".45", '-', ".45" }, { "10", 'S', "10 gauge" },
		{ "10mm", 'P', "10mm Auto" }, { "30-06", 'R', ".30-06 Springfield" }, { ".38 Spl", 'V', ".38 Special" },
		{ "6,35", 'P', ".25 ACP" }, { "unknown", 'P', NULL }, { "", '-', NULL }, { "17.5 furlongs", 'R', NULL },
		{ "10", '-', NULL }, { ".223", 'R', ".223 Remington" }, { "5.56 NATO", 'R', "5.56x45mm NATO" },
	};
	struct calibre_match m;

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		calibre_find(calibres, cases[i].typed, (enum calibre_type)cases[i].type, &m);
		ck_assert_msg(!m.calibre == !cases[i].name && (!m.calibre || !strcmp(m.calibre->name, cases[i].name)),
			      "'%s' %c: %s", cases[i].typed, cases[i].type, m.calibre ? m.calibre->name : "none");
	}
}
END_TEST

static void is_calibre(const char *spelling, const void *line)
{
	struct calibre_match m;

	calibre_find(calibres, spelling, CALIBRE_ANY, &m);
	ck_assert_msg(m.calibre == line, "%s of %s: %s", spelling, ((const struct calibre *)line)->name,
		      m.calibre ? m.calibre->name : "none");
}

START_TEST(the_table_of_calibres_is_sound)
{
	struct calibre_match m;

	for (const struct calibre *c = calibre_table; c->name; c++) {
		is_calibre(c->name, c);
		each_spelling(c->spellings, is_calibre, c);
		if (c->family) {
			calibre_find(calibres, c->family, CALIBRE_ANY, &m);
			ck_assert_msg(m.calibre && !strcmp(m.calibre->name, c->family), "family of %s", c->name);
		}
	}
	for (const struct calibre_short *s = calibre_shorts; s->spelling; s++)
		for (const char *t = s->types; *t; t++) {
			calibre_find(calibres, s->spelling, (enum calibre_type)*t, &m);
			ck_assert_msg(m.calibre && !strcmp(m.calibre->name, s->name), "%s %c", s->spelling, *t);
		}
}
END_TEST

static void is_named(const char *name, const void *line)
{
	struct calibre_match m;

	(void)line;
	calibre_find(calibres, name, CALIBRE_ANY, &m);
	ck_assert_msg(m.calibre && !strcmp(m.calibre->name, name), "%s", name);
}

START_TEST(calibres_are_compared)
{
	for (const char *const *set = calibre_sets; *set; set++)
		each_spelling(*set, is_named, NULL);
	ck_assert_int_eq(calibre_compare(calibres, ".380 ACP", ".380 ACP"), CALIBRE_EQUAL);
	ck_assert_int_eq(calibre_compare(calibres, ".223 Remington", "5.56x45mm NATO"), CALIBRE_COMPATIBLE);
	ck_assert_int_eq(calibre_compare(calibres, "7.62x51mm NATO", ".308 Winchester"), CALIBRE_COMPATIBLE);
	ck_assert_int_eq(calibre_compare(calibres, ".38", ".38 Special"), CALIBRE_COMPATIBLE);
	ck_assert_int_eq(calibre_compare(calibres, ".38 S&W", ".38 Special"), CALIBRE_DIFFERENT);
	ck_assert_int_eq(calibre_compare(calibres, "7.62x39mm", "7.62x51mm NATO"), CALIBRE_DIFFERENT);
	ck_assert_int_eq(calibre_compare(calibres, "no calibre", "no calibre"), CALIBRE_EQUAL);
	ck_assert_int_eq(calibre_compare(calibres, "no calibre", ".38"), CALIBRE_DIFFERENT);
}
END_TEST

Suite *t_calibre(void);
Suite *t_calibre(void)
{
	Suite *s = suite_create("calibre");
	TCase *c = tcase_create("calibre");

	tcase_add_checked_fixture(c, setup, teardown);
	tcase_add_test(c, makes_are_understood);
	tcase_add_test(c, the_table_of_makes_is_sound);
	tcase_add_test(c, calibres_are_understood);
	tcase_add_test(c, the_table_of_calibres_is_sound);
	tcase_add_test(c, calibres_are_compared);
	suite_add_tcase(s, c);
	return s;
}
