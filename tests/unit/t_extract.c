/* t_extract.c - tests of sign/extract */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "sign/extract.h"
#include "unit/archive.h"
#include "unit/marked.h"

Suite *t_extract(void);

static void read_archive(const struct extract_options *o, const char *cast, struct surface *s)
{
	struct buf archive = { 0 };
	struct error e;

	x3p_make(&archive, &(struct x3p_recipe){ 0 });
	ck_assert_msg(extract_read(archive.data, archive.size, o, cast, s, &e) == 0, "%s", e.text);
	buf_free(&archive);
}

/* The heights of the usual archive: 1 2 3 and above them 4 5 6. */
static void check_heights(const struct extract_options *o, const char *cast, const char *expected)
{
	struct surface s;
	char text[40] = "";

	read_archive(o, cast, &s);
	ck_assert(s.width == 3 && s.height == 2);
	for (int i = 0; i < 6; i++)
		snprintf(text + strlen(text), sizeof text - strlen(text), "%s%g", i ? " " : "", round(s.z[i]));
	ck_assert_str_eq(text, expected);
	surface_free(&s);
}

START_TEST(casts_and_mirrored_files_are_turned)
{
	struct extract_options usual = { 0 }, mirror = { .mirror = true };

	check_heights(&usual, NULL, "4 5 6 1 2 3");
	check_heights(&usual, "", "4 5 6 1 2 3");
	check_heights(&usual, "original", "4 5 6 1 2 3");
	check_heights(&usual, "double", "4 5 6 1 2 3");
	check_heights(&usual, "single", "-6 -5 -4 -3 -2 -1");
	check_heights(&mirror, NULL, "1 2 3 4 5 6");
	check_heights(&mirror, "single", "-3 -2 -1 -6 -5 -4");
}
END_TEST

/* The colours of a file's own mask are turned over with its points. */
START_TEST(what_a_file_marks_is_turned_too)
{
	struct surface s;
	struct error e;

	ck_assert_int_eq(surface_new(&s, SURFACE_TOPOGRAPHY, 3, 1, &e), 0);
	s.marked = calloc(3, 1);
	ck_assert_ptr_nonnull(s.marked);
	s.marked[0] = 1;
	s.z[0] = 7;
	s.z[1] = NAN;
	surface_turn_cast(&s);
	ck_assert(s.marked[2] && !s.marked[0] && s.z[2] == -7 && isnan(s.z[1]) && isnan(s.z[0]));
	surface_free(&s);
}
END_TEST

static void located(const struct surface *s, const struct extract_options *o, struct region *found)
{
	struct error e;

	ck_assert_msg(extract_locate(s, o, found, &e) == 0, "%s", e.text);
}

static void check_spacing(const struct surface *s, const struct extract_options *o, const char *spacing, const char *from)
{
	struct region found;
	struct signature sig;
	struct error e;

	located(s, o, &found);
	ck_assert_msg(extract_impression(s, MARK_BREECH_FACE, o, &found, &sig, &e) == 0, "%s", e.text);
	ck_assert_str_eq(signature_meta(&sig, META_SPACING_UM), spacing);
	ck_assert_str_eq(signature_meta(&sig, META_SPACING_FROM), from);
	ck_assert_str_eq(signature_meta(&sig, META_SOURCE), s->kind == SURFACE_PHOTOGRAPH ? "photograph" : "topography");
	ck_assert_str_ne(signature_meta(&sig, META_METHOD), "");
	ck_assert_str_ne(signature_meta(&sig, META_QUALITY), "");
	signature_free(&sig);
	region_free(&found);
}

START_TEST(spacing_says_where_it_is_from)
{
	struct extract_options usual = { 0 }, given = { .scale_um = 5 };
	struct surface s;

	marked_surface(&(struct marked){ .tool = 1 }, &s);
	s.masked = true;
	check_spacing(&s, &usual, "6.25", "file");
	s.spacing_origin = SPACING_ASSUMED;
	check_spacing(&s, &usual, "6.25", "file-as-micrometres");
	check_spacing(&s, &given, "5", "given");
	surface_free(&s);
}
END_TEST

/* A circle and a mask are in pixels of the file, also where the photograph was decoded smaller. */
START_TEST(given_regions_follow_a_reduction)
{
	struct extract_options o = { .circle = { 671, 671, 576 }, .scale_um = 3.125 };
	struct surface s, mask;
	struct region found;
	struct signature sig;
	struct error e;

	marked_surface(&(struct marked){ .tool = 1, .photograph = true }, &s);
	ck_assert_int_eq(s.width, 672);
	s.reduction = 2;
	s.full_width = s.full_height = 1344;
	located(&s, &o, &found);
	ck_assert(found.way == REGION_GIVEN_CIRCLE);
	ck_assert_double_eq_tol(found.ring.x, 335.25, .01);
	ck_assert_double_eq_tol(found.ring.y, 335.25, .01);
	ck_assert_double_eq_tol(found.ring.r, 288, .01);
	ck_assert_int_eq(extract_impression(&s, MARK_BREECH_FACE, &o, &found, &sig, &e), 0);
	ck_assert_str_eq(signature_meta(&sig, META_SPACING_UM), "3.125");
	ck_assert_str_eq(signature_meta(&sig, META_REGION), "circle given");
	signature_free(&sig);
	region_free(&found);
	/* the ring, drawn at full size */
	ck_assert_int_eq(surface_new(&mask, SURFACE_PHOTOGRAPH, 1344, 1344, &e), 0);
	for (int y = 0; y < 1344; y++)
		for (int x = 0; x < 1344; x++) {
			double r = hypot(x - 671.5, y - 671.5);

			mask.z[y * 1344 + x] = r < 576 && r > 288 ? 255 : 0;
		}
	o.region = &mask;
	located(&s, &o, &found);
	ck_assert(found.way == REGION_GIVEN_MASK);
	ck_assert_double_eq_tol(found.ring.x, 335.5, .6);
	ck_assert_double_eq_tol(found.ring.y, 335.5, .6);
	for (int y = 0; y < 672; y++)
		for (int x = 0; x < 672; x++) {
			double r = hypot(x - 335.5, y - 335.5);

			if (r < 286.5 && r > 145.5)
				ck_assert_int_eq(found.label[y * 672 + x], REGION_BREECH);
			else if (r > 289.5 || r < 142.5)
				ck_assert_int_ne(found.label[y * 672 + x], REGION_BREECH);
		}
	/* no firing pin is known of; nor where none was found */
	ck_assert_int_eq(extract_impression(&s, MARK_FIRING_PIN, &o, &found, &sig, &e), STATUS_INPUT);
	ck_assert_ptr_nonnull(strstr(e.text, "masked"));
	found.way = REGION_FOUND;
	found.pin.r = 0;
	ck_assert_int_eq(extract_impression(&s, MARK_FIRING_PIN, &o, &found, &sig, &e), STATUS_INPUT);
	ck_assert_ptr_nonnull(strstr(e.text, "no firing-pin impression was found"));
	ck_assert_int_eq(extract_shear(&s, &o, &found, &sig, &e), STATUS_INPUT);
	ck_assert(!sig.on && !sig.meta[META_SOURCE]);
	region_free(&found);
	mask.full_width = 1343;
	ck_assert_int_eq(extract_locate(&s, &o, &found, &e), STATUS_INPUT);
	ck_assert_ptr_nonnull(strstr(e.text, "1343 x 1344"));
	surface_free(&mask);
	surface_free(&s);
}
END_TEST

static void check_label(const char *file, const struct labels *row, const struct labels *defaults, const char *id)
{
	struct signature s = { 0 };
	struct error e;

	ck_assert_msg(extract_label(&s, file, row, defaults, &e) == 0, "%s", e.text);
	ck_assert_str_eq(signature_meta(&s, META_ID), id);
	signature_free(&s);
}

START_TEST(labels_come_from_table_options_and_name)
{
	char one[] = "one", two[] = "two", none[] = "", bad[] = "a\nb";
	struct labels row = { { 0 } }, defaults = { { 0 } };
	struct signature s = { 0 };
	char name[600], end[SIGNATURE_TEXT];
	struct error e;

	check_label("scan.x3p", NULL, &defaults, "scan");
	check_label("/a.b/c/scan.7.x3p", NULL, &defaults, "scan.7");
	check_label(".x3p", NULL, &defaults, ".x3p");
	check_label("scan", &row, &defaults, "scan");
	check_label("-", NULL, &defaults, "-");
	check_label("a\nb\x7f.jpg", NULL, &defaults, "a?b?");
	memset(name, 'n', sizeof name);
	memcpy(name + sizeof name - 5, ".png", 5);
	memset(end, 'n', sizeof end);
	end[SIGNATURE_TEXT - 1] = 0;
	check_label(name, NULL, &defaults, end);
	defaults.text[META_ID] = two;
	check_label("scan.x3p", &row, &defaults, "two");
	row.text[META_ID] = none;
	check_label("scan.x3p", &row, &defaults, "two");
	row.text[META_ID] = one;
	check_label("scan.x3p", &row, &defaults, "one");
	ck_assert_ptr_null(extract_text(META_CAST, &row, &defaults));
	row.text[META_CAST] = none;
	defaults.text[META_CAST] = two;
	ck_assert_str_eq(extract_text(META_CAST, &row, &defaults), "two");
	ck_assert_str_eq(extract_text(META_CAST, NULL, &defaults), "two");
	row.text[META_CASE] = bad;
	ck_assert_int_eq(extract_label(&s, "scan.x3p", &row, &defaults, &e), STATUS_INPUT);
	signature_free(&s);
}
END_TEST

START_TEST(what_has_no_mark_is_refused)
{
	static const struct extract_options usual = { 0 };
	struct region found;
	struct surface s;
	struct error e;

	ck_assert_int_eq(surface_new(&s, SURFACE_PHOTOGRAPH, 600, 500, &e), 0);
	ck_assert_int_eq(extract_locate(&s, &usual, &found, &e), STATUS_INPUT);
	ck_assert(e.text[0]);
	surface_free(&s);
	read_archive(&usual, NULL, &s);
	ck_assert_int_eq(extract_locate(&s, &usual, &found, &e), STATUS_INPUT);
	surface_free(&s);
	ck_assert_int_eq(extract_read("", 0, &usual, NULL, &s, &e), STATUS_INPUT);
	ck_assert_int_eq(extract_read("P5 1 1 255 x", 12, &usual, "single", &s, &e), STATUS_INPUT);
}
END_TEST

Suite *t_extract(void)
{
	Suite *s = suite_create("extract");
	TCase *c = tcase_create("nominal");

	tcase_set_timeout(c, 60);
	tcase_add_test(c, casts_and_mirrored_files_are_turned);
	tcase_add_test(c, what_a_file_marks_is_turned_too);
	tcase_add_test(c, spacing_says_where_it_is_from);
	tcase_add_test(c, given_regions_follow_a_reduction);
	tcase_add_test(c, labels_come_from_table_options_and_name);
	suite_add_tcase(s, c);
	c = tcase_create("damaged");
	tcase_add_test(c, what_has_no_mark_is_refused);
	suite_add_tcase(s, c);
	return s;
}
