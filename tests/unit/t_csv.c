/* t_csv.c - tests of file/csv */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "file/csv.h"

#define BLOCK 65536

/* Everything a reader says of these bytes: "line:[field][field]" a row and, at the end, "end" or the
 * error. A NUL within a field is shown as \0. Rows before the row `from` are left out. */
static char *said(const void *bytes, size_t size, char delimiter, size_t from)
{
	FILE *in = tmpfile();
	struct buf out = { 0 };
	struct csv_reader *r;
	struct csv_row row;
	struct error e;
	int status;

	fwrite(bytes, 1, size, in);
	rewind(in);
	r = csv_open(in, delimiter, &e);
	for (size_t n = 0; (status = csv_next(r, &row, &e)) == STATUS_DONE; n++) {
		if (n < from)
			continue;
		buf_format(&out, NULL, "%zu:", row.line);
		for (size_t i = 0; i < row.fields; i++) {
			buf_text(&out, "[", NULL);
			for (size_t k = 0; k < row.length[i]; k++)
				buf_text(&out, row.field[i][k] ? (char[]){ row.field[i][k], 0 } : "\\0", NULL);
			if (row.field[i][row.length[i]])
				buf_text(&out, "no zero behind it", NULL);
			buf_text(&out, "]", NULL);
		}
		buf_text(&out, " ", NULL);
	}
	buf_text(&out, status == STATUS_NO ? "end" : e.text, NULL);
	if (csv_next(r, &row, &e) != STATUS_NO)
		buf_text(&out, ", and goes on", NULL);
	csv_close(r);
	fclose(in);
	return buf_string(&out, NULL);
}

#define QUOTE "a quote out of place, or one that is not closed"

static const struct sample {
	const char *text;
	size_t size;
	const char *want;
} sample[] = {
#define S(text, want) { text, sizeof text - 1, want }
	S("", "end"),
	S("a", "1:[a] end"),
	S("a,b\n", "1:[a][b] end"),
	S("a,b", "1:[a][b] end"),
	S("a,\n,b\n,", "1:[a][] 2:[][b] 3:[][] end"),
	S("a,b\r\nc,d\r\n", "1:[a][b] 2:[c][d] end"),
	S("a\rb\r\rc\n", "1:[a] 2:[b] 4:[c] end"),
	S("a\n\n\r\n\nb\n", "1:[a] 5:[b] end"),
	S("\n\na", "3:[a] end"),
	S("\"\"\n\"\",\n", "1:[] 2:[][] end"),
	S("\"a,b\",\"c\"\"d\"\n", "1:[a,b][c\"d] end"),
	S("\"a\nb\",c\nd\n", "1:[a\nb][c] 3:[d] end"),
	S("x,\"a\r\nb\rc\n\nd\"\r\ny\r\n", "1:[x][a\r\nb\rc\n\nd] 6:[y] end"),
	S(" a , b\t\n", "1:[ a ][ b\t] end"),
	S("a\0b,\0\n\"\0\"\n", "1:[a\\0b][\\0] 2:[\\0] end"),
	S("\xef\xbb\xbfid,b\n", "1:[id][b] end"),
	S("\xef\xbb\xbf\"id\"\n", "1:[id] end"),
	S("\xef\xbb\xbf", "end"),
	S("a\n\xef\xbb\xbf" "b\n", "1:[a] 2:[\xef\xbb\xbf" "b] end"),
	S("\"a\"", "1:[a] end"),
	S("\"a\nb\nc", "line 1: " QUOTE),
	S("ok\nb,\"c\n\n\n", "1:[ok] line 2: " QUOTE),
	S("ok\n\nno\"t\nc\n", "1:[ok] line 3: " QUOTE),
	S("ok\nx,\"a\" \n", "1:[ok] line 2: " QUOTE),
	S("ok\nx,\"a\"b\n", "1:[ok] line 2: " QUOTE),
	S("ok\nx, \"a\"\n", "1:[ok] line 2: " QUOTE),
	S("\"", "line 1: " QUOTE),
#undef S
};
#define SAMPLES (sizeof sample / sizeof *sample)

START_TEST(as_rfc_4180)
{
	const struct sample *s = &sample[_i];
	char *got = said(s->text, s->size, ',', 0);

	ck_assert_str_eq(got, s->want);
	free(got);
}
END_TEST

/* A line more before it, long enough that the block ends at each of its bytes. */
START_TEST(across_blocks)
{
	const struct sample *s = &sample[_i];
	char *plain = malloc(2 * BLOCK), *want, *got;

	if (s->text[0] == '\xef')
		goto out;
	memset(plain, 'x', 2 * BLOCK);
	plain[BLOCK - 2] = '\n';
	memcpy(plain + BLOCK - 1, s->text, s->size);
	want = said(plain, BLOCK - 1 + s->size, ',', 1);
	for (size_t at = 0; at <= s->size + 1; at++) {
		memset(plain, 'x', 2 * BLOCK);
		plain[BLOCK - at - 1] = '\n';
		memcpy(plain + BLOCK - at, s->text, s->size);
		got = said(plain, BLOCK - at + s->size, ',', 1);
		ck_assert_msg(!strcmp(got, want), "%zu: '%s' instead of '%s'", at, got, want);
		free(got);
	}
	free(want);
out:
	free(plain);
}
END_TEST

START_TEST(fields_longer_than_blocks)
{
	size_t n = 3 * BLOCK + 17;
	char *text = malloc(n + 10), *got;

	memset(text, 'y', n);
	memcpy(text, "a,\"", 3);
	for (size_t i = 100; i < n; i += 1000)
		text[i] = '\n';
	memcpy(text + n, "\",b\nc", 5);
	got = said(text, n + 5, ',', 0);
	ck_assert_uint_eq(strlen(got), n - 3 + strlen("1:[a][][b] 199:[c] end"));
	ck_assert_mem_eq(got, "1:[a][yyyy", 10);
	ck_assert_str_eq(got + strlen(got) - strlen("][b] 199:[c] end"), "][b] 199:[c] end");
	free(got);
	free(text);
}
END_TEST

START_TEST(a_row_has_an_end)
{
	size_t n = 12u << 20;
	char *text = malloc(n), *got;

	memset(text, 'z', n);
	memcpy(text, "a\n\"", 3);
	got = said(text, n, ',', 0);
	ck_assert_str_eq(got, "1:[a] line 2: a row of more than 8388608 bytes (a quote that is not closed?)");
	free(got);
	memset(text, ',', n);
	got = said(text, n, ',', 0);
	ck_assert_str_eq(got, "line 1: a row of more than 8388608 bytes (a quote that is not closed?)");
	free(got);
	free(text);
}
END_TEST

START_TEST(other_delimiters)
{
	char *got = said("a;b,c;\"d;e\"\n", 12, ';', 0);

	ck_assert_str_eq(got, "1:[a][b,c][d;e] end");
	free(got);
}
END_TEST

START_TEST(many_rows)
{
	struct buf text = { 0 };
	struct csv_reader *r;
	struct csv_row row;
	struct error e;
	FILE *in = tmpfile();
	size_t n = 0;
	int status;

	for (int i = 0; i < 50000; i++)
		buf_format(&text, NULL, "%d,\"x\n%d\",%.*s\n", i, i * 3, i % 97,
			   "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa");
	fwrite(text.data, 1, text.size, in);
	rewind(in);
	r = csv_open(in, ',', &e);
	while ((status = csv_next(r, &row, &e)) == STATUS_DONE) {
		if (row.fields != 3 || row.line != 2 * n + 1 || atoi(row.field[0]) != (int)n ||
		    atoi(row.field[1] + 2) != (int)n * 3 || row.length[2] != n % 97)
			ck_abort_msg("row %zu, line %zu: %s,%s,%s", n, row.line, row.field[0], row.field[1],
				     row.field[2]);
		n++;
	}
	ck_assert_int_eq(status, STATUS_NO);
	ck_assert_uint_eq(n, 50000);
	csv_close(r);
	fclose(in);
	buf_free(&text);
}
END_TEST

START_TEST(columns_by_name)
{
	char *field[] = { (char[]){ "id" }, (char[]){ "mark\0x" }, (char[]){ "mark" }, (char[]){ "mark" } };
	size_t length[] = { 2, 6, 4, 4 };
	struct csv_row row = { field, length, 4, 1 };

	ck_assert_int_eq(csv_column(&row, "id"), 0);
	ck_assert_int_eq(csv_column(&row, "mark"), 2);
	ck_assert_int_eq(csv_column(&row, "Mark"), -1);
	ck_assert_int_eq(csv_column(&row, "mar"), -1);
	ck_assert_int_eq(csv_column(&row, ""), -1);
}
END_TEST

static ssize_t failing_read(void *cookie, char *to, size_t size)
{
	int *calls = cookie;

	if (++*calls > 1)
		return -1;
	memset(to, 'r', size);
	for (size_t i = 9; i < size; i += 10)
		to[i] = '\n';
	return (ssize_t)size;
}

/* One column with another delimiter in it, or two bytes a character, is told as what it is. */
START_TEST(tables_of_another_form)
{
	static const struct {
		const char *text, *said;
	} form[] = {
		{ "id;make\n", "semicolons" }, { "id\tmake\n", "tabs" }, { "id|make\n", "bars" },
		{ "\xff\xfei\n", "UTF-16" }, { "\xfe\xff\n", "UTF-16" },
		{ "id\n", NULL }, { "id;make,serial\n", NULL }, { "\"\"\n", NULL },
	};

	for (size_t i = 0; i < sizeof form / sizeof *form; i++) {
		FILE *in = fmemopen((void *)(uintptr_t)form[i].text, strlen(form[i].text), "r");
		struct csv_reader *r = csv_open(in, ',', NULL);
		struct csv_row row;
		struct error e = { 0 };

		ck_assert_int_eq(csv_next(r, &row, &e), STATUS_DONE);
		ck_assert_int_eq(csv_check_form(&row, &e), form[i].said ? STATUS_INPUT : STATUS_DONE);
		ck_assert(!form[i].said || strstr(e.text, form[i].said));
		csv_close(r);
		fclose(in);
	}
}
END_TEST

START_TEST(a_failing_disk_comes_after_the_rows)
{
	int calls = 0;
	FILE *in = fopencookie(&calls, "r", (cookie_io_functions_t){ .read = failing_read });
	struct csv_reader *r = csv_open(in, ',', NULL);
	struct csv_row row;
	struct error e;
	int status, n = 0;

	while ((status = csv_next(r, &row, &e)) == STATUS_DONE && n < 100000)
		n++;
	ck_assert_int_eq(status, STATUS_SYSTEM);
	ck_assert_int_gt(n, 50);
	ck_assert_int_eq(csv_next(r, &row, &e), STATUS_NO);
	csv_close(r);
	fclose(in);
	csv_close(NULL);
}
END_TEST

Suite *t_csv(void);
Suite *t_csv(void)
{
	Suite *s = suite_create("csv");
	TCase *c = tcase_create("csv");

	tcase_add_loop_test(c, as_rfc_4180, 0, SAMPLES);
	tcase_add_loop_test(c, across_blocks, 0, SAMPLES);
	tcase_add_test(c, fields_longer_than_blocks);
	tcase_add_test(c, a_row_has_an_end);
	tcase_add_test(c, other_delimiters);
	tcase_add_test(c, many_rows);
	tcase_add_test(c, columns_by_name);
	tcase_add_test(c, tables_of_another_form);
	tcase_add_test(c, a_failing_disk_comes_after_the_rows);
	tcase_set_timeout(c, 30);
	suite_add_tcase(s, c);
	return s;
}
