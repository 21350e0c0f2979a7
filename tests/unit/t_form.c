/* t_form.c - tests of record/form, record/form_clean and record/form_words */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <check.h>
#include <string.h>

#include "base/clock.h"
#include "record/form.h"
#include "record/form_words.h"

static struct form *form;
static struct pool pool;
static struct buf problems;
static struct record r;
static char told[400];

static void setup(void)
{
	ck_assert_int_eq(form_open(&form, FORM_ALL, NULL), 0);
	record_clear(&r);
	told[0] = 0;
}

static void teardown(void)
{
	form_close(form);
	pool_free(&pool);
	buf_free(&problems);
}

static void note(void *context, enum form_place place, const char *typed, const char *meant, const char *how)
{
	size_t n = strlen(told);

	(void)context;
	snprintf(told + n, sizeof told - n, "%s %s>%s %s;", form_fields[place].name, typed, meant, how);
}

/* The problems, or "". 2026-01-01 is today. */
static const char *clean(bool lenient)
{
	struct form_manner manner = { .today = 20454, .lenient = lenient, .mapped = note };

	problems.size = 0;
	told[0] = 0;
	ck_assert_int_eq(form_clean(form, &r, &manner, &pool, &problems, NULL), 0);
	return buf_string(&problems, NULL);
}

START_TEST(the_table_is_sound)
{
	for (int i = 0; i < FORM_FIELDS; i++) {
		ck_assert_ptr_nonnull(form_fields[i].name);
		ck_assert_int_eq(form_find(form_fields[i].name), i);
		ck_assert(form_fields[i].kind != FORM_CODE || form_fields[i].codes);
	}
	ck_assert_int_eq(form_find("nothing"), FORM_FIELDS);
	for (const struct lexicon_line *l = form_type_words; l->name; l++)
		ck_assert_msg(form_code(FORM_TYPES, l->name) >= 0, "%s", l->name);
	for (const struct lexicon_line *l = form_action_words; l->name; l++)
		ck_assert_msg(form_code(FORM_ACTIONS, l->name) >= 0, "%s", l->name);
	for (const struct lexicon_line *l = form_category_words; l->name; l++)
		ck_assert_msg(form_code(FORM_CATEGORIES, l->name) >= 0, "%s", l->name);
	for (const struct lexicon_line *l = form_ground_words; l->name; l++)
		ck_assert_msg(form_code(FORM_GROUNDS, l->name) >= 0, "%s", l->name);
	for (const struct lexicon_line *l = form_column_words; l->name; l++) {
		ck_assert_msg(!strcmp(l->name, form_fields[l->tag].name), "%s", l->name);
		ck_assert_msg(form_fields[l->tag].set || l->tag == FORM_ID, "%s", l->name);
	}
	ck_assert_int_eq(form_type_letter("revolver"), 'P');
	ck_assert_int_eq(form_type_letter("silencer"), 'V');
	ck_assert_int_eq(form_type_letter("other"), 'Z');
	ck_assert_int_eq(form_type_letter(""), '?');
}
END_TEST

START_TEST(a_record_is_cleaned)
{
	r.field[FORM_OWNER] = " Germany ";
	r.field[FORM_CATEGORY] = "gestohlen";
	r.field[FORM_EVENT_DATE] = "2025-03";
	r.field[FORM_TYPE] = "Pistole";
	r.field[FORM_MAKE] = "S&W ";
	r.field[FORM_CALIBRE] = "9 mm Para";
	r.field[FORM_SERIAL] = "ab-123";
	r.field[FORM_MADE_IN] = "USSR";
	ck_assert_str_eq(clean(false), "");
	ck_assert_str_eq(r.field[FORM_OWNER], "DEU");
	ck_assert_str_eq(r.field[FORM_CATEGORY], "stolen");
	ck_assert_str_eq(r.field[FORM_TYPE], "pistol");
	/* kept to the byte, with the canonical name beside it */
	ck_assert_str_eq(r.field[FORM_MAKE], "S&W ");
	ck_assert_str_eq(r.field[FORM_MAKE_NAME], "SMITH & WESSON");
	ck_assert_str_eq(r.field[FORM_CALIBRE_NAME], "9x19mm Parabellum");
	ck_assert_str_eq(r.field[FORM_SERIAL], "ab-123");
	ck_assert_str_eq(r.field[FORM_SERIAL_KEY], "AB123");
	ck_assert_str_eq(r.field[FORM_SERIAL_STATE], "readable");
	ck_assert_str_eq(r.field[FORM_MADE_IN], "SUN");
	ck_assert_ptr_nonnull(strstr(told, "category gestohlen>stolen spelling;"));
	ck_assert_ptr_nonnull(strstr(told, "make S&W >SMITH & WESSON spelling;"));
}
END_TEST

START_TEST(all_problems_in_one_message)
{
	r.field[FORM_OWNER] = "Atlantis";
	r.field[FORM_CATEGORY] = "sold";
	r.field[FORM_EVENT_DATE] = "2025-02-30";
	r.field[FORM_TYPE] = "trebuchet";
	r.field[FORM_MADE_YEAR] = "19x4";
	r.field[FORM_EXCLUDE] = "FRA, QQQ";
	r.field[FORM_MODEL] = "a\xff" "b";
	clean(false);
	ck_assert_ptr_nonnull(strstr((char *)problems.data, "owner: 'Atlantis' is no country; "));
	ck_assert_ptr_nonnull(strstr((char *)problems.data, "category: 'sold' is none of " FORM_CATEGORIES));
	ck_assert_ptr_nonnull(strstr((char *)problems.data, "event_date: '2025-02-30' is not in the calendar"));
	ck_assert_ptr_nonnull(strstr((char *)problems.data, "type: 'trebuchet' is none of "));
	ck_assert_ptr_nonnull(strstr((char *)problems.data, "made_year: '19x4' is no year"));
	ck_assert_ptr_nonnull(strstr((char *)problems.data, "exclude: 'QQQ' is no country"));
	ck_assert_ptr_nonnull(strstr((char *)problems.data, "model: not UTF-8"));
}
END_TEST

START_TEST(dates_that_cannot_be)
{
	r.field[FORM_EVENT_DATE] = "2026-01-02";
	ck_assert_str_eq(clean(false), "event_date: 2026-01-02 lies ahead");
	r.field[FORM_EVENT_DATE] = "2026-01-01";
	ck_assert_str_eq(clean(false), "");
	r.field[FORM_EVENT_DATE] = "2026";
	ck_assert_str_eq(clean(false), "");
	r.field[FORM_EVENT_DATE] = "2019-05-01";
	r.field[FORM_MADE_YEAR] = "2020";
	ck_assert_str_eq(clean(false), "made_year: 2020 is after event_date 2019-05-01");
	r.field[FORM_MADE_YEAR] = "2027";
	ck_assert_str_eq(clean(false), "made_year: 2027 lies ahead");
	r.field[FORM_OWNER] = "YUG";
	r.field[FORM_MADE_YEAR] = "";
	ck_assert_str_eq(clean(false), "owner: YUG (Yugoslavia) is no more");
}
END_TEST

START_TEST(lenient_keeps_what_is_not_understood)
{
	r.field[FORM_TYPE] = "trebuchet";
	r.field[FORM_MADE_IN] = "Ruritania";
	r.field[FORM_REMARKS] = "found in a well";
	ck_assert_str_eq(clean(true), "");
	ck_assert_str_eq(r.field[FORM_TYPE], "");
	ck_assert_str_eq(r.field[FORM_REMARKS], "found in a well; type: trebuchet; made_in: Ruritania");
	r.field[FORM_CATEGORY] = "sold";
	ck_assert_ptr_nonnull(strstr(clean(true), "category: "));
}
END_TEST

START_TEST(types_and_states_of_serials)
{
	static const struct { const char *typed, *type; } types[] = {
		{ "P", "pistol" }, { "R", "rifle" }, { "Handgun - Pistol", "pistol" }, { "REVOLVER HANDGUN", "revolver" },
		{ "Rifle (bolt action)", "rifle" }, { "B", "submachine-gun" }, { "escopeta", "shotgun" },
		{ "unknown", "" }, { "\xd0\xbf\xd0\xb8\xd1\x81\xd1\x82\xd0\xbe\xd0\xbb\xd0\xb5\xd1\x82", "pistol" },
	};

	for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
		r.field[FORM_TYPE] = types[i].typed;
		ck_assert_str_eq(clean(false), "");
		ck_assert_str_eq(r.field[FORM_TYPE], types[i].type);
	}
	r.field[FORM_TYPE] = "pistol";
	r.field[FORM_ACTION] = "revolver";
	clean(false);
	ck_assert_str_eq(r.field[FORM_TYPE], "revolver");
	r.field[FORM_SERIAL] = "ground off";
	clean(false);
	ck_assert_str_eq(r.field[FORM_SERIAL_STATE], "ground");
	ck_assert_ptr_nonnull(strstr(told, "serial ground off>ground word;"));
	r.field[FORM_SERIAL] = "12?4";
	r.field[FORM_SERIAL_STATE] = "punched";
	clean(false);
	ck_assert_str_eq(r.field[FORM_SERIAL_STATE], "punched");
	ck_assert_str_eq(r.field[FORM_SERIAL_KEY], "12?4");
	r.field[FORM_SERIAL] = "";
	r.field[FORM_SERIAL_STATE] = "readable";
	ck_assert_str_eq(clean(false), "serial_state: readable, but there is no serial");
}
END_TEST

START_TEST(what_a_record_must_have)
{
	ck_assert_int_eq(form_complete(&r, &problems, NULL), 0);
	ck_assert_ptr_nonnull(strstr(buf_string(&problems, NULL), "owner: missing"));
	ck_assert_ptr_nonnull(strstr((char *)problems.data, "category: missing"));
	ck_assert_ptr_nonnull(strstr((char *)problems.data, "nothing says which firearm"));
	problems.size = 0;
	r.field[FORM_OWNER] = "FRA";
	r.field[FORM_CATEGORY] = "lost";
	r.field[FORM_CALIBRE] = "9mm";
	ck_assert_int_eq(form_complete(&r, &problems, NULL), 0);
	ck_assert_uint_eq(problems.size, 0);
}
END_TEST

START_TEST(long_texts)
{
	static char text[9000];

	memset(text, 'x', sizeof text - 1);
	r.field[FORM_MODEL] = text;
	ck_assert_str_eq(clean(false), "model: longer than 200 bytes");
	r.field[FORM_MODEL] = text + sizeof text - 1 - 200;
	ck_assert_str_eq(clean(false), "");
	r.field[FORM_TYPE] = text;
	ck_assert_ptr_nonnull(strstr(clean(false), "type: 'xxx"));
}
END_TEST

START_TEST(moves)
{
	ck_assert(form_move(STATE_ACTIVE, STATE_LOCATED));
	ck_assert(form_move(STATE_LOCATED, STATE_LOCATED));
	ck_assert(form_move(STATE_LOCATED, STATE_ACTIVE));
	ck_assert(form_move(STATE_LOCATED, STATE_RECOVERED));
	ck_assert(!form_move(STATE_RECOVERED, STATE_LOCATED));
	ck_assert(!form_move(STATE_CANCELLED, STATE_ACTIVE));
	ck_assert(!form_move(STATE_DRAFT, STATE_LOCATED));
	for (int to = STATE_DRAFT; to <= STATE_DELETED; to++)
		ck_assert(!form_move(STATE_DELETED, (enum form_state)to));
	ck_assert_int_eq(form_state("expired"), STATE_EXPIRED);
	ck_assert_int_eq(form_state("gone"), -1);
	ck_assert_int_eq(form_state(""), -1);
}
END_TEST

Suite *t_form(void);
Suite *t_form(void)
{
	Suite *s = suite_create("form");
	TCase *c = tcase_create("form");

	tcase_add_checked_fixture(c, setup, teardown);
	tcase_add_test(c, the_table_is_sound);
	tcase_add_test(c, a_record_is_cleaned);
	tcase_add_test(c, all_problems_in_one_message);
	tcase_add_test(c, dates_that_cannot_be);
	tcase_add_test(c, lenient_keeps_what_is_not_understood);
	tcase_add_test(c, types_and_states_of_serials);
	tcase_add_test(c, what_a_record_must_have);
	tcase_add_test(c, long_texts);
	tcase_add_test(c, moves);
	suite_add_tcase(s, c);
	return s;
}
