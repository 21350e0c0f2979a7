/* t_labels.c - tests of sign/labels */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sign/labels.h"

Suite *t_labels(void);

static int read_bytes(const char *csv, size_t size, struct label_table **t, struct error *e)
{
	FILE *in = size ? fmemopen((void *)(uintptr_t)csv, size, "r") : fopen("/dev/null", "r");
	int status;

	ck_assert_ptr_nonnull(in);
	*t = (struct label_table *)(uintptr_t)1;
	status = labels_read(in, t, e);
	ck_assert_int_eq(!*t, !!status);
	fclose(in);
	return status;
}

static int read_text(const char *csv, struct label_table **t, struct error *e)
{
	return read_bytes(csv, strlen(csv), t, e);
}

START_TEST(rows_are_found_by_name)
{
	struct label_table *t;
	const struct labels *l;
	struct error e;

	ck_assert_int_eq(read_text("\xef\xbb\xbf" "id,file,case,cast,taken,specimen,land,twist\r\n"
				   "A1,scan 1.x3p,\"K \"\"7\"\"\",single,2024-02,evidence,1,left\r\n"
				   ",b/scan2.x3p,,original,,,99,right\n"
				   "C3,-x.x3p,,double,2024,test-fire,,\n", &t, &e), 0);
	l = labels_find(t, "scan 1.x3p");
	ck_assert_ptr_nonnull(l);
	ck_assert_str_eq(l->text[META_ID], "A1");
	ck_assert_str_eq(l->text[META_CASE], "K \"7\"");
	ck_assert_str_eq(l->text[META_CAST], "single");
	ck_assert_ptr_null(l->text[META_COUNTRY]);
	/* in any folder, when the table names none */
	ck_assert_ptr_eq(labels_find(t, "/some/where/scan 1.x3p"), l);
	ck_assert_ptr_null(labels_find(t, "scan2.x3p"));
	ck_assert_ptr_null(labels_find(t, "a/b/scan2.x3p"));
	l = labels_find(t, "b/scan2.x3p");
	ck_assert_ptr_nonnull(l);
	ck_assert_str_eq(l->text[META_ID], "");
	ck_assert_str_eq(l->text[META_LAND], "99");
	ck_assert_ptr_null(labels_find(t, "SCAN 1.x3p"));
	ck_assert_ptr_null(labels_find(t, ""));
	ck_assert_ptr_null(labels_find(t, "/"));
	labels_free(t);
}
END_TEST

/* A name in full comes before the bare name. */
START_TEST(the_whole_name_comes_first)
{
	struct label_table *t;
	struct error e;

	ck_assert_int_eq(read_text("file,id\nx.png,any\na/x.png,that\n", &t, &e), 0);
	ck_assert_str_eq(labels_find(t, "a/x.png")->text[META_ID], "that");
	ck_assert_str_eq(labels_find(t, "b/x.png")->text[META_ID], "any");
	ck_assert_str_eq(labels_find(t, "x.png")->text[META_ID], "any");
	labels_free(t);
}
END_TEST

START_TEST(rows_without_a_file_are_told)
{
	struct label_table *t;
	const char *name;
	char left[100] = "";
	size_t at = 0;
	struct error e;

	ck_assert_int_eq(read_text("file\nd\nb\na\nc\n", &t, &e), 0);
	ck_assert_ptr_nonnull(labels_find(t, "b"));
	ck_assert_ptr_nonnull(labels_find(t, "x/d"));
	while ((name = labels_unused(t, &at)))
		strcat(left, name);
	ck_assert_str_eq(left, "ac");
	labels_free(t);
	at = 0;
	ck_assert_ptr_null(labels_unused(NULL, &at));
	ck_assert_ptr_null(labels_find(NULL, "a"));
	labels_free(NULL);
	/* a table of no rows */
	ck_assert_int_eq(read_text("file,id\n", &t, &e), 0);
	ck_assert_ptr_null(labels_find(t, "a"));
	ck_assert_ptr_null(labels_unused(t, &at));
	labels_free(t);
}
END_TEST

START_TEST(values_that_no_key_takes_are_refused)
{
	static const struct { enum meta key; const char *good, *bad; } value[] = {
		{ META_SPECIMEN, "test-fire", "test" }, { META_CAST, "double", "Single" }, { META_TAKEN, "2024-02-29", "2023-02-29" },
		{ META_TAKEN, "2024", "29.02.2024" }, { META_LAND, "6", "0" }, { META_LANDS, "99", "100" }, { META_LAND, "1", "1.5" },
		{ META_TWIST, "right", "R" }, { META_ID, "any thing, \"at\" all", "a\nb" }, { META_COUNTRY, "DEU", "D\x7f" },
	};
	struct error e;

	for (size_t k = 0; k < sizeof value / sizeof *value; k++) {
		ck_assert_int_eq(labels_check(value[k].key, value[k].good, &e), 0);
		ck_assert_int_eq(labels_check(value[k].key, value[k].bad, &e), STATUS_INPUT);
		ck_assert(e.status == STATUS_INPUT && e.text[0]);
		ck_assert_int_eq(labels_check(value[k].key, "", &e), 0);
	}
}
END_TEST

START_TEST(tables_that_make_no_sense_are_refused)
{
	static char longest[400];
	static const struct { const char *csv, *says; } bad[] = {
		{ "", "empty" }, { "\n\n", "empty" }, { "id,case\nA,B\n", "no column 'file'" }, { "file,colour\na,b\n", "no column 'colour'" },
		{ "file,method\na,b\n", "no column 'method'" }, { "File\na\n", "no column 'File'" }, { "file,file\na,b\n", "two columns 'file'" },
		{ "id,file,id\na,b,c\n", "two columns 'id'" }, { "file,id\na,1\nb,2\na,3\n", "two rows for 'a'" },
		{ "file,id\na,1\nb\n", "line 3: 1 fields" }, { "file,id\na,1,2\n", "line 2: 3 fields" },
		{ "file,specimen\n\na,tested\n", "line 3: specimen" }, { "file,id\n,1\n", "line 2: no name" },
		{ "file,id\na,\"x\ny\"\n", "line 2: id: holds a control character" }, { "file,id\na,\"x\n", "line" },
		{ "file,id\na,b\"c\n", "line 2" }, { longest, "line 2: id: longer than 250 bytes" },
	};
	struct label_table *t;
	struct error e;

	snprintf(longest, sizeof longest, "file,id\na,%0251d\n", 1);
	for (size_t k = 0; k < sizeof bad / sizeof *bad; k++) {
		ck_assert_msg(read_text(bad[k].csv, &t, &e) == STATUS_INPUT, "%s", bad[k].csv);
		ck_assert_msg(strstr(e.text, bad[k].says) != NULL, "'%s': %s", bad[k].csv, e.text);
	}
	ck_assert_int_eq(read_bytes("file,id\na\0b,c\n", 14, &t, &e), STATUS_INPUT);
	ck_assert_ptr_nonnull(strstr(e.text, "line 2: a NUL"));
	ck_assert_int_eq(read_bytes("file,id\na,c\0\n", 13, &t, &e), STATUS_INPUT);
	ck_assert_int_eq(read_bytes("file\0,id\na,c\n", 13, &t, &e), STATUS_INPUT);
}
END_TEST

START_TEST(many_rows_are_found)
{
	struct label_table *t;
	char *csv = malloc(400000), *p = csv, name[20];
	struct error e;

	ck_assert_ptr_nonnull(csv);
	p += sprintf(p, "file,id\n");
	for (int i = 0; i < 5000; i++)
		p += sprintf(p, "f%d.jpg,n%d\n", i * 7919 % 5000, i * 7919 % 5000);
	ck_assert_int_eq(read_text(csv, &t, &e), 0);
	for (int i = 0; i < 5000; i += 13) {
		snprintf(name, sizeof name, "f%d.jpg", i);
		ck_assert_int_eq(atoi(labels_find(t, name)->text[META_ID] + 1), i);
	}
	labels_free(t);
	free(csv);
}
END_TEST

Suite *t_labels(void)
{
	Suite *s = suite_create("labels");
	TCase *c = tcase_create("nominal");

	tcase_add_test(c, rows_are_found_by_name);
	tcase_add_test(c, the_whole_name_comes_first);
	tcase_add_test(c, rows_without_a_file_are_told);
	tcase_add_test(c, values_that_no_key_takes_are_refused);
	suite_add_tcase(s, c);
	c = tcase_create("limits");
	tcase_add_test(c, tables_that_make_no_sense_are_refused);
	tcase_add_test(c, many_rows_are_found);
	suite_add_tcase(s, c);
	return s;
}
