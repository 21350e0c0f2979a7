/* t_rows.c - tests of file/rows */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "file/csv.h"
#include "file/rows.h"

static const struct rows_column columns[] = {
	{ "name", COLUMN_TEXT }, { "count", COLUMN_NUMBER }, { "share", COLUMN_NUMBER },
};

/* Two ordinary rows and one of nothing, in a format, with some of the columns. */
static char *written(enum rows_format format, const char *select)
{
	char *text = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);
	struct rows *r;
	struct error e;

	ck_assert_int_eq(rows_open(&r, out, format, columns, 3, select, &e), 0);
	rows_text(r, "say \"a\", b");
	rows_integer(r, -5);
	rows_real(r, 0.125, 2);
	ck_assert_int_eq(rows_end(r, &e), 0);
	rows_text(r, "Z\xc3\xbcrich\tx");
	rows_integer(r, 1000000);
	rows_real(r, -0.001, 2);
	ck_assert_int_eq(rows_end(r, &e), 0);
	rows_text(r, NULL);
	rows_text(r, NULL);
	rows_real(r, NAN, 2);
	ck_assert_int_eq(rows_end(r, &e), 0);
	ck_assert_int_eq(rows_close(r, &e), 0);
	fclose(out);
	return text;
}

START_TEST(four_formats)
{
	static const char *want[] = {
		"name,count,share\n\"say \"\"a\"\", b\",-5,0.12\nZ\xc3\xbcrich\tx,1000000,0.00\n,,\n",
		"name\tcount\tshare\nsay \"a\", b\t-5\t0.12\nZ\xc3\xbcrich\\tx\t1000000\t0.00\n\t\t\n",
		"{\"name\":\"say \\\"a\\\", b\",\"count\":-5,\"share\":0.12}\n"
		"{\"name\":\"Z\xc3\xbcrich\\u0009x\",\"count\":1000000,\"share\":0.00}\n"
		"{\"name\":null,\"count\":null,\"share\":null}\n",
		"name          count  share\n"
		"say \"a\", b       -5   0.12\n"
		"Z\xc3\xbcrich?x    1000000   0.00\n"
		"                          \n",
	};
	char *got = written((enum rows_format)_i, NULL);

	ck_assert_str_eq(got, want[_i]);
	free(got);
}
END_TEST

/* The same rows, formed apart and put together, or with their columns given at once. */
START_TEST(whole_rows)
{
	static const char *const row[3][3] = { { "say \"a\", b", "-5", "0.12" }, { "Z\xc3\xbcrich\tx", "1000000", "0.00" },
					       { "", "", "" } };
	char *want = written((enum rows_format)_i, "share,name"), *text = NULL;
	struct buf formed[2] = { { 0 } };
	struct error e;
	struct rows *r;
	size_t size;
	FILE *out = open_memstream(&text, &size);

	ck_assert_int_eq(rows_open(&r, out, (enum rows_format)_i, columns, 3, "share,name", &e), 0);
	rows_texts(r, row[0], 3);
	ck_assert_int_eq(rows_end(r, &e), 0);
	ck_assert_int_eq(rows_form(r, row[2], &formed[1], &e), 0);
	ck_assert_int_eq(rows_form(r, row[1], &formed[0], &e), 0);
	ck_assert_int_eq(rows_put(r, &formed[0], &e), 0);
	ck_assert_int_eq(rows_put(r, &formed[1], &e), 0);
	ck_assert_int_eq(rows_close(r, &e), 0);
	fclose(out);
	ck_assert_str_eq(text, want);
	buf_free(&formed[0]);
	buf_free(&formed[1]);
	free(want);
	free(text);
}
END_TEST

START_TEST(columns_one_by_one_and_together)
{
	static const char *const rest[] = { "7", "" };
	char *text = NULL;
	struct error e;
	struct rows *r;
	size_t size;
	FILE *out = open_memstream(&text, &size);

	ck_assert_int_eq(rows_open(&r, out, ROWS_JSON, columns, 3, NULL, &e), 0);
	rows_text(r, "a");
	rows_texts(r, rest, 2);
	ck_assert_int_eq(rows_end(r, &e), 0);
	rows_texts(r, rest, 2);
	ck_assert_int_eq(rows_end(r, &e), STATUS_SYSTEM);   /* one is missing */
	rows_close(r, &e);
	fclose(out);
	ck_assert_str_eq(text, "{\"name\":\"a\",\"count\":7,\"share\":null}\n");
	free(text);
}
END_TEST

START_TEST(selected_columns)
{
	static const char *want[] = {
		"count,name\n-5,\"say \"\"a\"\", b\"\n1000000,Z\xc3\xbcrich\tx\n,\n",
		"count\tname\n-5\tsay \"a\", b\n1000000\tZ\xc3\xbcrich\\tx\n\t\n",
		("{\"count\":-5,\"name\":\"say \\\"a\\\", b\"}\n"
		 "{\"count\":1000000,\"name\":\"Z\xc3\xbcrich\\u0009x\"}\n{\"count\":null,\"name\":null}\n"),
		"  count  name\n     -5  say \"a\", b\n1000000  Z\xc3\xbcrich?x\n         \n",
	};
	char *got = written((enum rows_format)_i, "count,name");

	ck_assert_str_eq(got, want[_i]);
	free(got);
	got = written(ROWS_CSV, "share");
	ck_assert_str_eq(got, "share\n0.12\n0.00\n\"\"\n");
	free(got);
}
END_TEST

START_TEST(select_refused)
{
	static const char *bad[] = { "", ",", "name,", ",name", "nam", "names", "name,,count", "Name", "name,name",
				     "name count" };
	struct error e;
	struct rows *r;

	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		ck_assert_msg(rows_open(&r, stdout, ROWS_CSV, columns, 3, bad[i], &e) == STATUS_USAGE, "%s", bad[i]);
		ck_assert_ptr_null(r);
	}
	rows_open(&r, stdout, ROWS_CSV, columns, 3, "count,mane", &e);
	ck_assert_str_eq(e.text, "no column 'mane'; there are: name count share");
}
END_TEST

/* One field, as each format writes it. */
static char *field(enum rows_format format, int kind, const char *text)
{
	struct rows_column one[] = { { "x", kind }, { "y", COLUMN_TEXT } };
	char *all = NULL, *got;
	size_t size;
	FILE *out = open_memstream(&all, &size);
	struct rows *r;

	ck_assert_int_eq(rows_open(&r, out, format, one, 2, NULL, NULL), 0);
	rows_text(r, text);
	rows_text(r, "");
	ck_assert_int_eq(rows_end(r, NULL), 0);
	ck_assert_int_eq(rows_close(r, NULL), 0);
	fclose(out);
	got = strdup(format == ROWS_JSON ? all + strlen("{\"x\":") : strchr(all, '\n') + 1);
	got[strlen(got) - (format == ROWS_JSON ? strlen(",\"y\":\"\"}\n") : strlen(",\n"))] = 0;
	free(all);
	return got;
}

START_TEST(quoting)
{
	static const struct { enum rows_format format; int kind; const char *text, *want; } cases[] = {
		{ ROWS_CSV, COLUMN_TEXT, "plain", "plain" }, { ROWS_CSV, COLUMN_TEXT, " x", "\" x\"" },
		{ ROWS_CSV, COLUMN_TEXT, "a\nb", "\"a\nb\"" }, { ROWS_CSV, COLUMN_TEXT, "a\rb", "\"a\rb\"" },
		{ ROWS_CSV, COLUMN_TEXT, "\"", "\"\"\"\"" }, { ROWS_CSV, COLUMN_TEXT, "\xff", "\xff" },
		{ ROWS_TSV, COLUMN_TEXT, "a\tb\\c\nd\re", "a\\tb\\\\c\\nd\\re" },
		{ ROWS_TSV, COLUMN_TEXT, "\"q\"", "\"q\"" },
		{ ROWS_JSON, COLUMN_TEXT, "12", "\"12\"" }, { ROWS_JSON, COLUMN_TEXT, "", "\"\"" },
		{ ROWS_JSON, COLUMN_TEXT, "\x01\x1f\x7f", "\"\\u0001\\u001f\\u007f\"" },
		{ ROWS_JSON, COLUMN_TEXT, "\xc2\x9b", "\"\\u009b\"" },
		{ ROWS_JSON, COLUMN_TEXT, "a\xff" "b\xe2\x82", "\"a\xef\xbf\xbd" "b\xef\xbf\xbd\xef\xbf\xbd\"" },
		{ ROWS_JSON, COLUMN_TEXT, "\xf0\x9f\x94\xab/\\", "\"\xf0\x9f\x94\xab/\\\\\"" },
		{ ROWS_JSON, COLUMN_NUMBER, "12", "12" }, { ROWS_JSON, COLUMN_NUMBER, "-0.5e-3", "-0.5e-3" },
		{ ROWS_JSON, COLUMN_NUMBER, "0", "0" }, { ROWS_JSON, COLUMN_NUMBER, "1E+5", "1E+5" },
		{ ROWS_JSON, COLUMN_NUMBER, "", "\"\"" }, { ROWS_JSON, COLUMN_NUMBER, "-", "\"-\"" },
		{ ROWS_JSON, COLUMN_NUMBER, "007", "\"007\"" }, { ROWS_JSON, COLUMN_NUMBER, ".5", "\".5\"" },
		{ ROWS_JSON, COLUMN_NUMBER, "5.", "\"5.\"" }, { ROWS_JSON, COLUMN_NUMBER, "1e", "\"1e\"" },
		{ ROWS_JSON, COLUMN_NUMBER, "+1", "\"+1\"" }, { ROWS_JSON, COLUMN_NUMBER, "1 ", "\"1 \"" },
		{ ROWS_JSON, COLUMN_NUMBER, "nan", "\"nan\"" },
	};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		char *got = field(cases[i].format, cases[i].kind, cases[i].text);

		ck_assert_str_eq(got, cases[i].want);
		free(got);
	}
}
END_TEST

START_TEST(a_table_obeys_nothing)
{
	static const struct rows_column one[] = { { "x", COLUMN_TEXT }, { "y", COLUMN_TEXT } };
	char *text = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);
	struct rows *r;

	rows_open(&r, out, ROWS_TABLE, one, 2, NULL, NULL);
	rows_text(r, "\033[2Ja\xff" "b\xc2\x9b");
	rows_text(r, "1");
	rows_end(r, NULL);
	rows_text(r, "\xe2\x82\xac");
	rows_text(r, "a\nb");
	rows_end(r, NULL);
	rows_close(r, NULL);
	fclose(out);
	ck_assert_str_eq(text, "x         y\n?[2Ja?b?  1\n\xe2\x82\xac         a?b\n");
	free(text);
}
END_TEST

START_TEST(numbers)
{
	char *text = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);
	struct rows *r;

	rows_open(&r, out, ROWS_CSV, columns, 3, NULL, NULL);
	rows_integer(r, INT64_MIN);
	rows_real(r, 1e300, 1);
	rows_real(r, -INFINITY, 1);
	ck_assert_int_eq(rows_end(r, NULL), 0);
	rows_real(r, -0.0, 0);
	rows_real(r, -0.04, 1);
	rows_real(r, -0.06, 1);
	ck_assert_int_eq(rows_end(r, NULL), 0);
	ck_assert_int_eq(rows_close(r, NULL), 0);
	fclose(out);
	ck_assert(strtod(strchr(strchr(text, '\n'), ',') + 1, NULL) == 1e300);
	ck_assert_ptr_nonnull(strstr(text, "\n-9223372036854775808,1"));
	ck_assert_ptr_nonnull(strstr(text, ",\n0,0.0,-0.1\n"));
	free(text);
}
END_TEST

START_TEST(rows_of_another_length)
{
	struct rows *r;
	struct error e;
	FILE *out = fopen("/dev/null", "w");

	rows_open(&r, out, ROWS_CSV, columns, 3, NULL, &e);
	rows_text(r, "a");
	ck_assert_int_eq(rows_end(r, &e), STATUS_SYSTEM);
	ck_assert_str_eq(e.text, "a row of 1 columns instead of 3");
	rows_close(r, NULL);
	rows_open(&r, out, ROWS_CSV, columns, 3, NULL, &e);
	for (int i = 0; i < 4; i++)
		rows_text(r, "a");
	ck_assert_int_eq(rows_end(r, &e), STATUS_SYSTEM);
	rows_close(r, NULL);
	fclose(out);
	ck_assert_int_eq(rows_close(NULL, &e), 0);
}
END_TEST

START_TEST(a_full_disk)
{
	enum rows_format format = (enum rows_format)_i;
	FILE *out = fopen("/dev/full", "w");
	struct error e = { 0, "" };
	struct rows *r;
	int worst = 0;

	ck_assert_int_eq(rows_open(&r, out, format, columns, 3, NULL, &e), 0);
	for (int i = 0; i < 3000 && !worst; i++) {
		rows_text(r, "some text");
		rows_integer(r, i);
		rows_real(r, i, 3);
		worst = rows_end(r, &e);
	}
	if (!worst)
		worst = rows_close(r, &e);
	else
		ck_assert_int_eq(rows_close(r, NULL), STATUS_SYSTEM);
	ck_assert_int_eq(worst, STATUS_SYSTEM);
	ck_assert_str_eq(e.text, "standard output: No space left on device");
	fclose(out);
	/* also when there is only a header, or nothing that the buffer could not hold */
	out = fopen("/dev/full", "w");
	rows_open(&r, out, format, columns, 3, NULL, &e);
	if (format != ROWS_JSON)
		ck_assert_int_eq(rows_close(r, &e), STATUS_SYSTEM);
	else
		rows_close(r, NULL);
	fclose(out);
}
END_TEST

/* What is written as CSV is read back the same, whatever it is. */
START_TEST(read_back)
{
	static const char letters[] = "ab,\"\n\r \t;\xc3\xbc\xef\xbb\xbf\x01";
	static const struct rows_column two[] = { { "x", COLUMN_TEXT }, { "y", COLUMN_TEXT } };
	char word[4000][2][12];
	unsigned seed = 12345;
	FILE *file = tmpfile();
	struct csv_reader *in;
	struct csv_row row;
	struct rows *r;

	rows_open(&r, file, ROWS_CSV, two, 2, _i ? "x" : NULL, NULL);
	for (int i = 0; i < 4000; i++) {
		for (int k = 0; k < 2; k++) {
			int n = 0;

			for (int want = (int)((seed = seed * 1664525 + 1013904223) >> 24) % 10; n < want; n++)
				word[i][k][n] = letters[((seed = seed * 1664525 + 1013904223) >> 20) %
							(sizeof letters - 1)];
			word[i][k][n] = 0;
			rows_text(r, word[i][k]);
		}
		ck_assert_int_eq(rows_end(r, NULL), 0);
	}
	ck_assert_int_eq(rows_close(r, NULL), 0);
	rewind(file);
	in = csv_open(file, ',', NULL);
	ck_assert_int_eq(csv_next(in, &row, NULL), 0);
	for (int i = 0; i < 4000; i++) {
		ck_assert_int_eq(csv_next(in, &row, NULL), 0);
		ck_assert_uint_eq(row.fields, _i ? 1 : 2);
		for (size_t k = 0; k < row.fields; k++)
			ck_assert_str_eq(row.field[k], word[i][k]);
	}
	ck_assert_int_eq(csv_next(in, &row, NULL), STATUS_NO);
	csv_close(in);
	fclose(file);
}
END_TEST

Suite *t_rows(void);
Suite *t_rows(void)
{
	Suite *s = suite_create("rows");
	TCase *c = tcase_create("rows");

	tcase_add_loop_test(c, four_formats, 0, 4);
	tcase_add_loop_test(c, whole_rows, 0, 4);
	tcase_add_test(c, columns_one_by_one_and_together);
	tcase_add_loop_test(c, selected_columns, 0, 4);
	tcase_add_test(c, select_refused);
	tcase_add_test(c, quoting);
	tcase_add_test(c, a_table_obeys_nothing);
	tcase_add_test(c, numbers);
	tcase_add_test(c, rows_of_another_length);
	tcase_add_loop_test(c, a_full_disk, 0, 4);
	tcase_add_loop_test(c, read_back, 0, 2);
	tcase_set_timeout(c, 30);
	suite_add_tcase(s, c);
	return s;
}
