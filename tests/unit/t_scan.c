/* t_scan.c - tests of scan/scan and scan/surface */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "archive.h"
#include "scan/jpeg.h"
#include "scan/png.h"
#include "scan/surface.h"

Suite *t_scan(void);

START_TEST(surfaces)
{
	struct surface s;
	struct error e;
	int i;

	ck_assert_int_eq(surface_new(&s, SURFACE_TOPOGRAPHY, 3, 2, &e), 0);
	for (i = 0; i < 6; i++)
		ck_assert(isnan(s.z[i]));
	ck_assert_uint_eq(s.valid, 0);
	surface_free(&s);
	ck_assert_ptr_null(s.z);
	ck_assert_int_eq(surface_new(&s, SURFACE_PHOTOGRAPH, 3, 2, &e), 0);
	for (i = 0; i < 6; i++)
		ck_assert(s.z[i] == 0);
	ck_assert_uint_eq(s.valid, 6);
	surface_free(&s);
	ck_assert_int_eq(surface_new(&s, SURFACE_PHOTOGRAPH, 0, 2, &e), STATUS_INPUT);
	ck_assert_int_eq(surface_new(&s, SURFACE_PHOTOGRAPH, 2, -1, &e), STATUS_INPUT);
	ck_assert_int_eq(surface_new(&s, SURFACE_PHOTOGRAPH, 25000, 20001, &e), STATUS_INPUT);
	ck_assert_int_eq(surface_new(&s, SURFACE_PHOTOGRAPH, 2147483647, 2147483647, &e), STATUS_INPUT);
	ck_assert_ptr_null(s.z);
}
END_TEST

START_TEST(flips)
{
	static const float rows[] = { 7, 8, 9, 4, 5, 6, 1, 2, 3 }, columns[] = { 9, 8, 7, 6, 5, 4, 3, 2, 1 };
	struct surface s;
	int i;

	ck_assert_int_eq(surface_new(&s, SURFACE_TOPOGRAPHY, 3, 3, NULL), 0);
	s.marked = malloc(9);
	for (i = 0; i < 9; i++)
		s.marked[i] = (unsigned char)(s.z[i] = (float)(i + 1));
	surface_flip_rows(&s);
	ck_assert_int_eq(memcmp(s.z, rows, sizeof rows), 0);
	surface_flip_columns(&s);
	ck_assert_int_eq(memcmp(s.z, columns, sizeof columns), 0);
	for (i = 0; i < 9; i++)
		ck_assert_int_eq(s.marked[i], 9 - i);
	surface_free(&s);
}
END_TEST

/* notes are whole or not there */
START_TEST(notes)
{
	struct surface s = { 0 };
	int i;

	surface_note(&s, "one");
	surface_note(&s, "%s", "two");
	ck_assert_str_eq(s.note, "one; two");
	for (i = 0; i < 100; i++)
		surface_note(&s, "a note of twenty-one");
	ck_assert_uint_lt(strlen(s.note), sizeof s.note);
	ck_assert_str_eq(s.note + strlen(s.note) - 20, "a note of twenty-one");
}
END_TEST

START_TEST(chosen_by_first_bytes)
{
	unsigned char grey[64] = { 0 };
	struct buf b = { 0 };
	struct surface s;

	x3p_make(&b, &(struct x3p_recipe){ 0 });
	ck_assert_int_eq(scan_read(b.data, b.size, NULL, &s, NULL), 0);
	ck_assert_int_eq(s.kind, SURFACE_TOPOGRAPHY);
	surface_free(&s);
	buf_free(&b);
	ck_assert_int_eq(jpeg_write_grey(&b, 8, 8, grey, 90, NULL), 0);
	ck_assert_int_eq(scan_read(b.data, b.size, NULL, &s, NULL), 0);
	ck_assert_int_eq(s.kind, SURFACE_PHOTOGRAPH);
	surface_free(&s);
	buf_free(&b);
	ck_assert_int_eq(png_write_grey(&b, 8, 8, grey, NULL), 0);
	ck_assert_int_eq(scan_read(b.data, b.size, NULL, &s, NULL), 0);
	ck_assert_int_eq(s.kind, SURFACE_PHOTOGRAPH);
	surface_free(&s);
	buf_free(&b);
}
END_TEST

/* no image at all; images of other kinds by their names */
START_TEST(others_refused)
{
	static const struct {
		const char *bytes;
		size_t size;
		const char *words;
	} cases[] = {
		{ "", 0, "empty" }, { "P", 1, "not an X3P" }, { "PK\3\4", 4, "without its end" }, { "hello, world\n", 13, "not an X3P" },
		{ "\xff\xd8\xff", 3, "JPEG" }, { "\xff\xd8", 2, "not an X3P" }, { "\x89PNG\r\n\x1a\n", 8, "PNG" },
		{ "\x89PNG\r\n", 6, "not an X3P" }, { "II*\0\0\0\0\0", 8, "a TIFF picture" }, { "BM......", 8, "a BMP" },
		{ "GIF89a", 6, "a GIF" }, { "RIFF\0\0\0\0WEBPVP8 ", 16, "a WebP" },
		{ "\0\0\0\x18" "ftypheic", 12, "a HEIC" }, { "%PDF-1.4", 8, "a PDF" },
		{ "Binary TrueMap Data File v2.0\r\n", 31, "a TrueMap" },
	};
	size_t i;

	for (i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct error e = { 0 };
		struct surface s;

		ck_assert_int_eq(scan_read(cases[i].bytes, cases[i].size, NULL, &s, &e), STATUS_INPUT);
		ck_assert_msg(strstr(e.text, cases[i].words) != NULL, "want '%s': %s", cases[i].words, e.text);
		ck_assert_ptr_null(s.z);
	}
}
END_TEST

Suite *t_scan(void)
{
	Suite *s = suite_create("scan");
	TCase *c = tcase_create("scan");

	tcase_add_test(c, surfaces);
	tcase_add_test(c, flips);
	tcase_add_test(c, notes);
	tcase_add_test(c, chosen_by_first_bytes);
	tcase_add_test(c, others_refused);
	suite_add_tcase(s, c);
	return s;
}
