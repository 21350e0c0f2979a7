/* t_mapping.c - tests of record/mapping */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "record/mapping.h"

static struct mapping *m;

static void setup(void)
{
	m = calloc(1, sizeof *m);
	ck_assert_ptr_nonnull(m);
}

static void teardown(void)
{
	mapping_free(m);
	free(m);
}

/* "header|header" mapped; the fields they have as "make,-,serial". */
static const char *places(const char *headers, const char *map, const char *set)
{
	static char out[400];
	char text[400], *list[40];
	size_t n = 0;

	mapping_free(m);
	memset(m, 0, sizeof *m);
	snprintf(text, sizeof text, "%s", headers);
	for (char *p = text; p; n++) {
		list[n] = p;
		p = strchr(p, '|');
		if (p)
			*p++ = 0;
	}
	if (mapping_make(m, (const char *const *)list, n, true, &map, map != NULL, &set, set != NULL, NULL))
		return "refused";
	*out = 0;
	for (size_t i = 0; i < n; i++)
		snprintf(out + strlen(out), sizeof out - strlen(out), "%s%s", i ? "," : "",
			 m->place[i] < 0 ? "-" : form_fields[m->place[i]].name);
	return out;
}

START_TEST(headers_of_many_languages)
{
	static const struct { const char *headers, *fields; } cases[] = {
		{ "Make|Model|Caliber|Serial Number|Date Stolen|Gun Type|Case No", "make,model,calibre,serial,event_date,type,case" },
		{ "Marque|Mod\xc3\xa8le|Calibre|Num\xc3\xa9ro de s\xc3\xa9rie|Date du vol|Type d'arme|N\xc2\xb0 dossier",
		  "make,model,calibre,serial,event_date,type,case" },
		{ "Hersteller|Modell|Kaliber|Waffennummer|Tatzeit|Waffenart|Aktenzeichen",
		  "make,model,calibre,serial,event_date,type,case" },
		{ "Fabricante|Modelo|Calibre|N\xc3\xbamero de serie|Fecha del robo|Tipo de arma|Expediente",
		  "make,model,calibre,serial,event_date,type,case" },
		{ "Marca|Modelo|Calibre|N\xc3\xbamero de s\xc3\xa9rie|Data da apreens\xc3\xa3o|Esp\xc3\xa9" "cie|Processo",
		  "make,model,calibre,serial,event_date,type,case" },
		{ "Marca|Modello|Calibro|Matricola|Data del furto|Tipo arma|Numero pratica",
		  "make,model,calibre,serial,event_date,type,case" },
		{ "\xd0\x9c\xd0\xb0\xd1\x80\xd0\xba\xd0\xb0|\xd0\x9a\xd0\xb0\xd0\xbb\xd0\xb8\xd0\xb1\xd1\x80|\xd0\x9d\xd0\xbe\xd0\xbc\xd0\xb5\xd1\x80",
		  "make,calibre,serial" },
		{ "\u0627\u0644\u0645\u0627\u0631\u0643\u0629|\u0627\u0644\u0639\u064a\u0627\u0631|\u0627\u0644\u0631\u0642\u0645 \u0627\u0644\u062a\u0633\u0644\u0633\u0644\u064a|\u0646\u0648\u0639 \u0627\u0644\u0633\u0644\u0627\u062d",
		  "make,calibre,serial,type" },
		{ "FIREARM MAKE|weapon_serial|gun cal", "make,serial,calibre" },
		{ "make|Make|serial", "make,-,serial" },
		{ "No|colour|serial", "-,-,serial" },
	};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		ck_assert_str_eq(places(cases[i].headers, NULL, NULL), cases[i].fields);
	ck_assert_str_eq(places("colour|weight", NULL, NULL), "refused");
}
END_TEST

START_TEST(columns_about_persons_are_never_taken)
{
	const char *row[] = { "A1", "Somebody", "red", "Street 5" };
	struct pool pool = { 0 };
	struct record r;

	ck_assert_str_eq(places("serial|Owner name|Name|Gun name", NULL, "owner=FRA"), "serial,-,-,-");
	ck_assert(m->person[1] && m->person[2] && !m->person[3]);
	ck_assert_str_eq(places("serial|Owner", NULL, "owner=FRA"), "serial,-");
	ck_assert(m->person[1]);
	ck_assert_str_eq(places("serial|Suspect name|colour|Owner's address", NULL, NULL), "serial,-,-,-");
	m->rest = true;
	ck_assert_int_eq(mapping_apply(m, row, &r, &pool, NULL), 0);
	ck_assert_str_eq(r.field[FORM_REMARKS], "colour: red");
	pool_free(&pool);
}
END_TEST

START_TEST(what_is_given_comes_first)
{
	ck_assert_str_eq(places("make|serial|x", "make=x,model=1", NULL), "model,serial,make");
	ck_assert_str_eq(places("make|serial", NULL, "make=FN"), "-,serial");
	ck_assert_str_eq(m->constant[FORM_MAKE], "FN");
	ck_assert_str_eq(places("make|serial", "make=nonsense", NULL), "refused");
	ck_assert_str_eq(places("make|serial", "nonsense=make", NULL), "refused");
	ck_assert_str_eq(places("make|serial", "make=3", NULL), "refused");
	ck_assert_str_eq(places("make|serial", "make", NULL), "refused");
	ck_assert_str_eq(places("make|serial", "id=make", NULL), "refused");
	ck_assert_str_eq(places("make|serial", NULL, "status=active"), "refused");
}
END_TEST

/* "Nature" is the kind of a firearm in one table and of an offence in another. */
START_TEST(values_tell_category_from_type)
{
	static const struct { const char *value; int place; } cases[] = {
		{ "vol", FORM_CATEGORY }, { "pistolet", FORM_TYPE }, { "autre chose", FORM_TYPE },
	};
	struct form *form;

	ck_assert_int_eq(form_open(&form, FORM_LAZY, NULL), 0);
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const char *row[] = { cases[i].value, "A1" };
		struct mapping_sample sample = { 0 };

		places("Nature|serial", NULL, NULL);
		mapping_look(m, row, 2, form, &sample);
		mapping_settle(m, &sample);
		ck_assert_int_eq(m->place[0], cases[i].place);
		places("Nature|serial", NULL, "category=lost");
		mapping_settle(m, &sample);
		ck_assert_int_eq(m->place[0], FORM_TYPE);
	}
	form_close(form);
}
END_TEST

START_TEST(an_owner_and_a_category_are_needed)
{
	struct error e;

	places("serial", NULL, "category=lost");
	ck_assert_int_eq(mapping_needs(m, NULL, &e), STATUS_INPUT);
	ck_assert_ptr_nonnull(strstr(e.text, "--set owner="));
	ck_assert_int_eq(mapping_needs(m, "FRA", &e), 0);
	ck_assert_str_eq(m->constant[FORM_OWNER], "FRA");
	places("serial|Pays", NULL, "category=lost");
	ck_assert_int_eq(mapping_needs(m, NULL, &e), STATUS_INPUT);
	ck_assert_ptr_nonnull(strstr(e.text, "--map owner=Pays"));
	places("serial|owner", NULL, NULL);
	ck_assert_int_eq(mapping_needs(m, "FRA", &e), STATUS_INPUT);
	ck_assert_ptr_nonnull(strstr(e.text, "--set category="));
}
END_TEST

Suite *t_mapping(void);
Suite *t_mapping(void)
{
	Suite *suite = suite_create("mapping");
	TCase *c = tcase_create("all");

	tcase_add_checked_fixture(c, setup, teardown);
	tcase_add_test(c, headers_of_many_languages);
	tcase_add_test(c, columns_about_persons_are_never_taken);
	tcase_add_test(c, what_is_given_comes_first);
	tcase_add_test(c, values_tell_category_from_type);
	tcase_add_test(c, an_owner_and_a_category_are_needed);
	suite_add_tcase(suite, c);
	return suite;
}
