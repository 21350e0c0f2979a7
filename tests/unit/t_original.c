/* t_original.c - tests of match/original: what a signature was taken from is known again, and where the mark is */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "file/data.h"
#include "make/x3p_out.h"
#include "match/original.h"
#include "sign/extract.h"
#include "unit/marked.h"
#include "unit/scratch.h"

Suite *t_original(void);

static struct compare_room *room;

static void start(void)
{
	room = compare_room_new(NULL);
	ck_assert_ptr_nonnull(room);
	scratch_make();
}

static void stop(void)
{
	scratch_remove();
	compare_room_free(room);
}

/* The file that a scan of these marks would be. */
static void make_file(uint64_t tool, struct data *out)
{
	const struct marked m = { .tool = tool, .shot = 1, .tilt_um = 30 };
	struct surface s;
	struct error e = { 0 };

	marked_surface(&m, &s);
	ck_assert_msg(!x3p_write(&s, X3P_DOUBLE, scratch_path("a.x3p"), &e), "%s", e.text);
	ck_assert(!data_read(scratch_path("a.x3p"), 1 << 28, out, &e));
	surface_free(&s);
}

static void sign(const struct data *d, const struct extract_options *o, struct signature *out)
{
	struct surface s;
	struct region found;
	struct error e = { 0 };

	ck_assert(!extract_read(d->bytes, d->size, o, NULL, &s, &e));
	ck_assert_msg(!extract_locate(&s, o, &found, &e), "%s", e.text);
	ck_assert(!extract_impression(&s, MARK_BREECH_FACE, o, &found, out, &e));
	region_free(&found);
	surface_free(&s);
}

/* The file is known again; the mark lies level in the middle of what is drawn. */
START_TEST(known)
{
	static const struct extract_options usual = { 0 };
	struct original o;
	struct signature s;
	struct error e = { 0 };
	struct data d;
	double left = 0, right = 0;
	int lefts = 0, rights = 0;

	make_file(3, &d);
	sign(&d, &usual, &s);
	ck_assert_msg(!original_find(d.bytes, d.size, &s, 12, room, &o, &e), "%s", e.text);
	ck_assert(!o.photograph);
	ck_assert(o.from_mark.turn_deg == 0 && o.from_mark.dx_um == 0 && o.from_mark.scale == 1);
	ck_assert_double_eq_tol(o.g.step_um, 12, 1e-9);
	ck_assert_double_ge(o.g.width * o.g.step_um, s.width * s.step_um);
	ck_assert_double_gt(o.slope, 0);
	ck_assert_double_eq_tol(o.spacing_um, 6.25, 0.01);
	for (int i = 0; i < o.g.width * o.g.height; i++)
		if (o.g.on[i] && i % o.g.width < o.g.width / 3) {
			left += o.g.v[i];
			lefts++;
		} else if (o.g.on[i] && i % o.g.width > o.g.width * 2 / 3) {
			right += o.g.v[i];
			rights++;
		}
	ck_assert(lefts > 100 && rights > 100);
	ck_assert_double_lt(fabs(left / lefts - right / rights), 1);
	original_free(&o);
	/* not finer than the file */
	ck_assert(!original_find(d.bytes, d.size, &s, 0, room, &o, &e));
	ck_assert_double_eq_tol(o.g.step_um, 6.25, 0.01);
	original_free(&o);
	signature_free(&s);
	data_free(&d);
}
END_TEST

/* A person had said where it is: its place is found. The grid of the signature is moved by whole points. */
START_TEST(elsewhere)
{
	static const struct extract_options usual = { 0 };
	enum { X = 4, Y = -3 };
	struct original o;
	struct signature s, moved;
	struct error e = { 0 };
	struct data d;

	make_file(3, &d);
	sign(&d, &usual, &s);
	sign(&d, &usual, &moved);
	for (int y = 0; y < s.height; y++)
		for (int x = 0; x < s.width; x++) {
			int to = y * s.width + x, from = (y + Y) * s.width + x + X;
			bool in = x + X >= 0 && x + X < s.width && y + Y >= 0 && y + Y < s.height;

			moved.on[to] = in ? s.on[from] : 0;
			for (int k = 0; k < LAYERS; k++)
				moved.layer[k][to] = in ? s.layer[k][from] : 0;
		}
	ck_assert_msg(!original_find(d.bytes, d.size, &moved, 12, room, &o, &e), "%s", e.text);
	ck_assert_double_eq_tol(o.from_mark.dx_um, X * s.step_um, 6);
	ck_assert_double_eq_tol(o.from_mark.dy_um, Y * s.step_um, 6);
	ck_assert_double_lt(fabs(o.from_mark.turn_deg), 1);
	original_free(&o);
	signature_free(&moved);
	signature_free(&s);
	data_free(&d);
}
END_TEST

START_TEST(mirrored)
{
	static const struct extract_options usual = { 0 }, mirror = { .mirror = true };
	struct original o, plain;
	struct signature s, t;
	struct error e = { 0 };
	struct data d;
	int w;

	make_file(3, &d);
	sign(&d, &mirror, &s);
	sign(&d, &usual, &t);
	ck_assert_msg(!original_find(d.bytes, d.size, &s, 12, room, &o, &e), "%s", e.text);
	ck_assert(!original_find(d.bytes, d.size, &t, 12, room, &plain, &e));
	w = o.g.width;
	for (int i = 0; i < w * w; i += 97)
		ck_assert_int_eq(o.g.on[i], plain.g.on[(w - 1 - i / w) * w + i % w]);
	original_free(&o);
	original_free(&plain);
	signature_free(&s);
	signature_free(&t);
	data_free(&d);
}
END_TEST

/* Another file of that name, one that is cut, one that is no scan. */
START_TEST(not_it)
{
	static const struct extract_options usual = { 0 };
	struct original o;
	struct signature s;
	struct error e = { 0 };
	struct data d, other;

	make_file(3, &d);
	sign(&d, &usual, &s);
	make_file(4, &other);
	ck_assert_int_eq(original_find(other.bytes, other.size, &s, 12, room, &o, &e), STATUS_INPUT);
	ck_assert_ptr_nonnull(strstr(e.text, "not what the signature was taken from"));
	ck_assert_ptr_null(o.g.v);
	ck_assert_int_eq(original_find(d.bytes, d.size / 2, &s, 12, room, &o, &e), STATUS_INPUT);
	ck_assert_int_eq(original_find("no scan", 7, &s, 12, room, &o, &e), STATUS_INPUT);
	s.mark = MARK_LAND;
	ck_assert_int_eq(original_find(d.bytes, d.size, &s, 12, room, &o, &e), STATUS_INPUT);
	signature_free(&s);
	data_free(&other);
	data_free(&d);
}
END_TEST

Suite *t_original(void)
{
	Suite *s = suite_create("original");
	TCase *nominal = tcase_create("nominal"), *damaged = tcase_create("damaged");

	tcase_add_checked_fixture(nominal, start, stop);
	tcase_set_timeout(nominal, 60);
	tcase_add_test(nominal, known);
	tcase_add_test(nominal, elsewhere);
	tcase_add_test(nominal, mirrored);
	suite_add_tcase(s, nominal);
	tcase_add_checked_fixture(damaged, start, stop);
	tcase_set_timeout(damaged, 60);
	tcase_add_test(damaged, not_it);
	suite_add_tcase(s, damaged);
	return s;
}
