/* t_original.c - tests of match/original: what a signature was taken from is known again, and where the mark is */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "file/data.h"
#include "make/x3p_out.h"
#include "match/original.h"
#include "scan/png.h"
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

#define WIDE 360
#define MARK_X 200
#define MARK_Y 150

/* A picture of metal without a primer, as a PNG. */
static void make_photograph(uint32_t seed, struct buf *png, struct error *e)
{
	static unsigned char rgb[WIDE * WIDE * 3];
	float rough[WIDE * WIDE];

	for (int i = 0; i < WIDE * WIDE; i++) {
		seed = seed * 1664525u + 1013904223u;
		rough[i] = (float)(seed >> 24);
	}
	for (int i = 0; i < WIDE * WIDE; i++) {
		float sum = 0;

		for (int k = 0; k < 49; k++)
			sum += rough[(i + k / 7 * WIDE + k % 7) % (WIDE * WIDE)] / 49;
		memset(rgb + 3 * (size_t)i, (int)fmaxf(0, fminf(255, 128 + 4 * (sum - 128))), 3);
	}
	ck_assert(!png_write_rgb(png, WIDE, WIDE, rgb, e));
}

/* An ejector mark that a person showed in a photograph is where he showed it. */
START_TEST(shown)
{
	struct extract_options options = { .scale_um = 7, .region_of = MARK_EJECTOR, .circle = { MARK_X, MARK_Y, 60 } };
	struct buf png = { 0 }, other = { 0 };
	struct original o;
	struct signature s;
	struct surface f;
	struct region found;
	struct error e = { 0 };
	double product = 0, square[2] = { 0 };

	make_photograph(5, &png, &e);
	make_photograph(6, &other, &e);
	ck_assert(!extract_read(png.data, png.size, &options, NULL, &f, &e));
	ck_assert(!extract_locate(&f, &options, &found, &e));
	ck_assert_msg(!extract_ejector(&f, &options, &found, &s, &e), "%s", e.text);
	ck_assert_str_eq(signature_meta(&s, META_REGION), "circle given at 200.0,150.0");
	ck_assert_msg(!original_find(png.data, png.size, &s, 7, room, &o, &e), "%s", e.text);
	ck_assert(o.photograph);
	ck_assert_double_lt(hypot(o.from_mark.dx_um, o.from_mark.dy_um), 7);
	for (int y = -20; y <= 20; y++)
		for (int x = -20; x <= 20; x++) {
			int side = o.g.width;
			double a = o.g.v[(side / 2 + y) * side + side / 2 + x], b = f.z[(MARK_Y + y) * WIDE + MARK_X + x] - 128;

			product += a * b;
			square[0] += a * a;
			square[1] += b * b;
		}
	ck_assert_double_gt(product / sqrt(square[0] * square[1]), 0.8);
	original_free(&o);
	ck_assert_int_eq(original_find(other.data, other.size, &s, 7, room, &o, &e), STATUS_INPUT);
	/* an old signature, and damaged ones */
	ck_assert(!signature_set(&s, META_REGION, "circle given", &e));
	ck_assert_int_eq(original_find(png.data, png.size, &s, 7, room, &o, &e), STATUS_INPUT);
	ck_assert_ptr_nonnull(strstr(e.text, "does not say where"));
	ck_assert(!signature_set(&s, META_REGION, "circle given at 1e300,-1e300", &e));
	ck_assert_int_eq(original_find(png.data, png.size, &s, 7, room, &o, &e), STATUS_INPUT);
	ck_assert(!signature_set(&s, META_REGION, "circle given at nan,0", &e));
	ck_assert_int_eq(original_find(png.data, png.size, &s, 7, room, &o, &e), STATUS_INPUT);
	signature_free(&s);
	region_free(&found);
	surface_free(&f);
	buf_free(&png);
	buf_free(&other);
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
	tcase_add_test(nominal, shown);
	suite_add_tcase(s, nominal);
	tcase_add_checked_fixture(damaged, start, stop);
	tcase_set_timeout(damaged, 60);
	tcase_add_test(damaged, not_it);
	suite_add_tcase(s, damaged);
	return s;
}
