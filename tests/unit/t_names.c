/* t_names.c - tests of file/names */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "file/names.h"

static FILE *holding(const void *bytes, size_t size)
{
	FILE *f = tmpfile();

	ck_assert_uint_eq(fwrite(bytes, 1, size, f), size);
	rewind(f);
	return f;
}

/* The names, each in brackets, and how it ended. */
static void names_are(const void *bytes, size_t size, bool nul, const char *want)
{
	char got[500] = "";
	FILE *in = holding(bytes, size);
	const char *name;
	struct names n;
	struct error e;
	int status;

	names_open(&n, NULL, 0, in, nul);
	while ((status = names_next(&n, &name, &e)) == STATUS_DONE || (status == STATUS_INPUT && strlen(got) < 400))
		snprintf(got + strlen(got), sizeof got - strlen(got), status ? "(%s)" : "[%s]",
			 status ? "bad" : name);
	snprintf(got + strlen(got), sizeof got - strlen(got), "%d", status);
	ck_assert_str_eq(got, want);
	ck_assert_int_eq(names_next(&n, &name, &e), STATUS_NO);
	names_close(&n);
	fclose(in);
}

START_TEST(operands_first)
{
	char a[] = "a b", b[] = "", c[] = "-x";
	char *operand[] = { a, b, c };
	FILE *in = holding("no\n", 3);
	const char *name;
	struct names n;

	names_open(&n, operand, 3, in, false);
	for (int i = 0; i < 3; i++) {
		ck_assert_int_eq(names_next(&n, &name, NULL), 0);
		ck_assert_ptr_eq(name, operand[i]);
	}
	ck_assert_int_eq(names_next(&n, &name, NULL), STATUS_NO);
	ck_assert_int_eq(names_next(&n, &name, NULL), STATUS_NO);
	names_close(&n);
	fclose(in);
}
END_TEST

START_TEST(lines)
{
	names_are("", 0, false, "1");
	names_are("a", 1, false, "[a]1");
	names_are("a\n\n\n b \n-c\n", 11, false, "[a][ b ][-c]1");
	names_are("\n\n", 2, false, "1");
	names_are("a\r\n", 3, false, "[a\r]1");
}
END_TEST

START_TEST(ended_by_nul)
{
	names_are("a\nb\0c\0\0d", 8, true, "[a\nb][c][d]1");
	names_are("\0\0", 2, true, "1");
	names_are("a\0b\nc\n", 6, false, "(bad)[c]1");
}
END_TEST

START_TEST(long_names)
{
	char *text = malloc(200000);
	FILE *in;
	const char *name;
	struct names n;
	struct error e;

	memset(text, 'n', 200000);
	text[65536] = '\n';
	in = holding(text, 65536 + 1);
	names_open(&n, NULL, 0, in, false);
	ck_assert_int_eq(names_next(&n, &name, &e), 0);
	ck_assert_uint_eq(strlen(name), 65536);
	ck_assert_int_eq(names_next(&n, &name, &e), STATUS_NO);
	names_close(&n);
	fclose(in);
	text[65536] = 'n';
	names_are(text, 65537, false, "(bad)1");
	names_are(text, 200000, false, "(bad)1");
	free(text);
}
END_TEST

static ssize_t failing_read(void *cookie, char *to, size_t size)
{
	(void)cookie;
	(void)to;
	(void)size;
	return -1;
}

START_TEST(cannot_read)
{
	FILE *in = fopencookie(NULL, "r", (cookie_io_functions_t){ .read = failing_read });
	const char *name;
	struct names n;
	struct error e;

	names_open(&n, NULL, 0, in, false);
	ck_assert_int_eq(names_next(&n, &name, &e), STATUS_SYSTEM);
	ck_assert_int_eq(names_next(&n, &name, &e), STATUS_NO);
	names_close(&n);
	fclose(in);
}
END_TEST

Suite *t_names(void);
Suite *t_names(void)
{
	Suite *s = suite_create("names");
	TCase *c = tcase_create("names");

	tcase_add_test(c, operands_first);
	tcase_add_test(c, lines);
	tcase_add_test(c, ended_by_nul);
	tcase_add_test(c, long_names);
	tcase_add_test(c, cannot_read);
	suite_add_tcase(s, c);
	return s;
}
