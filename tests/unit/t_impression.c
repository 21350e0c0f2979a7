/* t_impression.c - tests of sign/impression */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "match/ready.h"
#include "sign/pack.h"
#include "unit/marked.h"

Suite *t_impression(void);

/* Correlation of two signatures' layers over the points that both have. */
static double alike(const struct signature *a, const struct signature *b, enum layer layer)
{
	double ab = 0, aa = 0, bb = 0;

	for (int i = 0; i < a->width * a->height; i++)
		if (a->on[i] && b->on[i]) {
			ab += a->layer[layer][i] * b->layer[layer][i];
			aa += a->layer[layer][i] * a->layer[layer][i];
			bb += b->layer[layer][i] * b->layer[layer][i];
		}
	return ab / sqrt(aa * bb);
}

static void sign(const struct surface *s, const struct impression_place *place, struct signature *out)
{
	struct error e;

	memset(out, 0, sizeof *out);
	ck_assert_msg(impression_sign(s, place, MARK_BREECH_FACE, out, &e) == 0, "%s", e.text);
}

static int count_on(const struct signature *s)
{
	int n = 0;

	for (int i = 0; i < s->width * s->height; i++)
		n += s->on[i];
	return n;
}

/* Most that values of the layer differ by; presence must be equal. */
static int furthest(const struct signature *a, const struct signature *b, enum layer layer)
{
	int most = 0;

	for (int i = 0; i < a->width * a->height; i++) {
		int d = abs(a->layer[layer][i] - b->layer[layer][i]);

		ck_assert_int_eq(a->on[i], b->on[i]);
		most = d > most ? d : most;
	}
	return most;
}

START_TEST(a_topography_has_both_layers)
{
	struct signature s;
	double area;
	int extreme = 0, side = 240;

	marked_signature(&(struct marked){ .tool = 1 }, NULL, &s);
	ck_assert(s.mark == MARK_BREECH_FACE && s.width == side && s.height == side && s.step_um == 20);
	ck_assert(s.layer[LAYER_RELIEF] && s.layer[LAYER_LOOK]);
	area = count_on(&s) * .02 * .02;
	ck_assert_double_eq_tol(area, M_PI * (1.8 * 1.8 - .9 * .9), .07);
	for (int k = 0; k < LAYERS; k++) {
		double sum = 0, squares = 0;

		for (int i = 0; i < side * side; i++) {
			int v = s.layer[k][i];

			ck_assert(s.on[i] || v == 0);
			ck_assert(abs(v) <= SIGNATURE_LIMIT);
			extreme |= abs(v) == SIGNATURE_LIMIT;
			sum += v;
			squares += v * v;
		}
		ck_assert_double_eq_tol(sum / count_on(&s), 0, .2);
		ck_assert_double_eq_tol(sqrt(squares / count_on(&s)), SIGNATURE_UNIT, 1.5);
		ck_assert(s.code[k].on[0] | s.code[k].on[10]);
		for (int w = 0; w < CODE_WORDS; w++)
			ck_assert(!(s.code[k].bit[w] & ~s.code[k].on[w]));
	}
	ck_assert(extreme);
	ck_assert_str_eq(signature_meta(&s, META_ID), "");
	signature_free(&s);
}
END_TEST

/* Filed, taken from the file, and made anew of one that was filed without: the same. Only a relief has it. */
START_TEST(fine_codes_come_from_the_values)
{
	struct fine_code made, ready;
	struct signature s, head;
	struct buf body = { 0 }, old = { 0 };
	int on = 0, up = 0;
	struct error e;

	marked_signature(&(struct marked){ .tool = 1, .gone = .3 }, NULL, &s);
	ck_assert_ptr_nonnull(s.fine);
	ck_assert_int_eq(impression_fine_code(&s, &made, &e), 0);
	ck_assert_mem_eq(&made, s.fine, sizeof made);
	for (int w = 0; w < FINE_WORDS; w++) {
		on += __builtin_popcountll(made.on[w]);
		up += __builtin_popcountll(made.bit[w]);
	}
	/* 70 % of a ring of 0.9 to 1.8 mm, of which two in three are not weak */
	ck_assert(on > 800 && on < 1450);
	ck_assert(up > on * 2 / 5 && up < on * 3 / 5);
	ck_assert_int_eq(pack_signature(&s, &body, &e), 0);
	ck_assert_int_eq(unpack_signature(&body, 0, &head, &e), 0);
	ck_assert_int_eq(ready_fine_code(&head, &(struct buf){ 0 }, &ready, &e), 0);
	ck_assert_mem_eq(&made, &ready, sizeof made);
	signature_free(&head);
	free(s.fine);
	s.fine = NULL;
	ck_assert_int_eq(pack_signature(&s, &old, &e), 0);
	ck_assert_uint_eq(old.size + 1032, body.size);
	ck_assert_int_eq(unpack_signature(&old, 0, &head, &e), 0);
	ck_assert_ptr_null(head.fine);
	ck_assert_int_eq(ready_fine_code(&head, &old, &ready, &e), 0);
	ck_assert_mem_eq(&made, &ready, sizeof made);
	/* grids that make no sense; the values of the relief stand before those of the look, the last part */
	old.data[old.size - 1] ^= 1;
	ck_assert_int_eq(ready_fine_code(&head, &old, &ready, &e), 0);
	memset(old.data + old.size / 2 - 500, 0xff, 1000);
	ck_assert_int_eq(ready_fine_code(&head, &old, &ready, &e), STATUS_INPUT);
	signature_free(&head);
	signature_free(&s);
	marked_signature(&(struct marked){ .tool = 1, .photograph = true }, NULL, &s);
	ck_assert_ptr_null(s.fine);
	ck_assert_int_eq(ready_fine_code(&s, &(struct buf){ 0 }, &ready, &e), STATUS_NO);
	signature_free(&s);
	buf_free(&old);
	buf_free(&body);
}
END_TEST

START_TEST(a_photograph_has_a_look)
{
	struct signature s, relief;

	marked_signature(&(struct marked){ .tool = 1, .photograph = true }, NULL, &s);
	ck_assert(!s.layer[LAYER_RELIEF] && s.layer[LAYER_LOOK]);
	marked_signature(&(struct marked){ .tool = 1 }, NULL, &relief);
	/* a topography's look is what a photograph shows */
	ck_assert_double_gt(alike(&s, &relief, LAYER_LOOK), .5);
	signature_free(&relief);
	marked_signature(&(struct marked){ .tool = 2 }, NULL, &relief);
	ck_assert_double_lt(fabs(alike(&s, &relief, LAYER_LOOK)), .1);
	signature_free(&relief);
	signature_free(&s);
}
END_TEST

START_TEST(the_method_is_told_and_checked)
{
	struct signature s;
	char method[SIGNATURE_TEXT], other[SIGNATURE_TEXT];
	struct error e;

	marked_signature(&(struct marked){ .tool = 1 }, NULL, &s);
	impression_method(impression_params(MARK_BREECH_FACE), method, sizeof method);
	ck_assert_str_eq(signature_meta(&s, META_METHOD), method);
	ck_assert_int_eq(strncmp(method, "impression/", 11), 0);
	ck_assert_int_eq(impression_check(&s, &e), 0);
	impression_method(impression_params(MARK_FIRING_PIN), other, sizeof other);
	ck_assert_str_ne(method, other);
	s.mark = MARK_FIRING_PIN;
	for (int m = MARK_FIRING_PIN; m <= MARK_EJECTOR; m++) {
		struct signature pin = { .mark = (enum mark)m, .width = 240, .height = 240, .step_um = 10 };

		impression_method(impression_params(pin.mark), other, sizeof other);
		ck_assert_int_eq(signature_set(&pin, META_METHOD, other, &e), 0);
		ck_assert_int_eq(impression_check(&pin, &e), 0);
		signature_free(&pin);
	}
	ck_assert_int_eq(impression_check(&s, &e), STATUS_INPUT);
	ck_assert_ptr_nonnull(strstr(e.text, method));
	s.mark = MARK_LAND;
	ck_assert_int_eq(impression_check(&s, &e), STATUS_INPUT);
	s.mark = MARK_BREECH_FACE;
	s.width = s.height = 239;
	ck_assert_int_eq(impression_check(&s, &e), STATUS_INPUT);
	s.width = s.height = 240;
	s.step_um = 20.0001;
	ck_assert_int_eq(impression_check(&s, &e), STATUS_INPUT);
	s.step_um = 20;
	ck_assert_int_eq(signature_set(&s, META_METHOD, "impression/0", &e), 0);
	ck_assert_int_eq(impression_check(&s, &e), STATUS_INPUT);
	ck_assert_int_eq(signature_set(&s, META_METHOD, NULL, &e), 0);
	ck_assert_int_eq(impression_check(&s, &e), STATUS_INPUT);
	signature_free(&s);
}
END_TEST

/* Turned clockwise by a quarter. */
static void quarter(struct surface *s)
{
	int n = s->width;
	float *z = malloc((size_t)n * (size_t)n * sizeof *z);

	ck_assert_ptr_nonnull(z);
	for (int y = 0; y < n; y++)
		for (int x = 0; x < n; x++)
			z[(size_t)x * (size_t)n + (size_t)(n - 1 - y)] = s->z[(size_t)y * (size_t)n + (size_t)x];
	free(s->z);
	s->z = z;
}

START_TEST(a_quarter_turn_turns_the_signature)
{
	struct marked m = { .tool = 4, .gone = .3 };
	struct impression_place place;
	struct signature first, turned;
	struct surface s;
	uint8_t *label;
	int far = 0, differ = 0;

	for (int photograph = 0; photograph < 2; photograph++) {
		m.photograph = photograph;
		marked_surface(&m, &s);
		marked_place(&m, &s, &place, &label);
		if (photograph)   /* all of it takes part */
			place.label = NULL;
		sign(&s, &place, &first);
		quarter(&s);
		place.label = NULL;
		sign(&s, &place, &turned);
		for (int k = photograph ? LAYER_LOOK : 0; k < LAYERS; k++)
			for (int y = 0; y < 240; y++)
				for (int x = 0; x < 240; x++) {
					int a = first.layer[k][y * 240 + x], b = turned.layer[k][x * 240 + 239 - y];

					ck_assert_int_eq(first.on[y * 240 + x], turned.on[x * 240 + 239 - y]);
					far = abs(a - b) > far ? abs(a - b) : far;
					differ += a != b;
				}
		free(label);
		surface_free(&s);
		signature_free(&first);
		signature_free(&turned);
	}
	ck_assert_int_le(far, 1);
	ck_assert_int_lt(differ, 100);
}
END_TEST

/* Tilt, height, unit of height and spacing of the scan say nothing about the mark. */
START_TEST(how_it_was_scanned_does_not_matter)
{
	struct marked m = { .tool = 5 };
	struct signature first, other;
	struct impression_place place;
	struct surface s;
	uint8_t *label;

	marked_signature(&m, NULL, &first);
	m.tilt_um = 200;
	marked_signature(&m, NULL, &other);
	ck_assert_double_gt(alike(&first, &other, LAYER_RELIEF), .99);
	signature_free(&other);
	m.tilt_um = 0;
	marked_surface(&m, &s);
	marked_place(&m, &s, &place, &label);
	for (int i = 0; i < s.width * s.height; i++)
		s.z[i] = s.z[i] * 1000 + 777;
	sign(&s, &place, &other);
	ck_assert_int_le(furthest(&first, &other, LAYER_RELIEF), 1);
	ck_assert_double_gt(alike(&first, &other, LAYER_LOOK), .999);
	signature_free(&other);
	free(label);
	surface_free(&s);
	for (int k = 0; k < 3; k++) {
		m.spacing_um = (const double[]){ 3, 9, 14 }[k];
		marked_signature(&m, NULL, &other);
		ck_assert_double_gt(alike(&first, &other, LAYER_RELIEF), m.spacing_um < 10 ? .96 : .9);
		signature_free(&other);
	}
	/* pixels that are not square: every second row is left out */
	m.spacing_um = 3;
	marked_surface(&m, &s);
	marked_place(&m, &s, &place, &label);
	for (int y = 0; y < s.height / 2; y++)
		memcpy(s.z + y * s.width, s.z + (2 * y + 1) * s.width, (size_t)s.width * sizeof *s.z);
	s.height /= 2;
	place.label = NULL;
	place.y_px = (place.y_px - 1) / 2;
	place.spacing_y_um = 6;
	sign(&s, &place, &other);
	ck_assert_double_gt(alike(&first, &other, LAYER_RELIEF), .96);
	signature_free(&other);
	free(label);
	surface_free(&s);
	signature_free(&first);
}
END_TEST

/* A mirror image is another mark: handedness is kept. */
START_TEST(a_mirror_image_is_another)
{
	struct signature a, b;

	marked_signature(&(struct marked){ .tool = 6 }, NULL, &a);
	marked_signature(&(struct marked){ .tool = 6, .mirror = true }, NULL, &b);
	ck_assert_double_lt(fabs(alike(&a, &b, LAYER_RELIEF)), .1);
	for (int y = 0; y < 240; y++)
		for (int x = 0; x < 120; x++) {
			int16_t *v = b.layer[LAYER_RELIEF] + y * 240, held = v[x];

			v[x] = v[239 - x];
			v[239 - x] = held;
		}
	ck_assert_double_gt(alike(&a, &b, LAYER_RELIEF), .99);
	signature_free(&a);
	signature_free(&b);
}
END_TEST

/* What stands in points that are missing, or not the mark's, changes nothing at all. */
START_TEST(missing_points_take_no_part)
{
	struct marked m = { .tool = 7, .gone = .4 };
	struct impression_place place;
	struct signature missing, labelled;
	struct surface s;
	uint8_t *label;

	marked_surface(&m, &s);
	marked_place(&m, &s, &place, &label);
	place.label = NULL;
	sign(&s, &place, &missing);
	place.label = label;
	for (int i = 0; i < s.width * s.height; i++)
		if (!label[i])
			s.z[i] = i % 3 ? -1e4f : 1e4f;
	sign(&s, &place, &labelled);
	ck_assert_int_eq(furthest(&missing, &labelled, LAYER_RELIEF), 0);
	ck_assert_int_eq(furthest(&missing, &labelled, LAYER_LOOK), 0);
	ck_assert_int_eq(memcmp(missing.code, labelled.code, sizeof missing.code), 0);
	signature_free(&labelled);
	signature_free(&missing);
	free(label);
	surface_free(&s);
}
END_TEST

START_TEST(too_little_surface_is_refused)
{
	struct marked m = { .tool = 8, .gone = .95 };
	struct impression_place place;
	struct signature out = { 0 };
	struct surface s;
	uint8_t *label;
	struct error e;

	marked_surface(&m, &s);
	marked_place(&m, &s, &place, &label);
	ck_assert_int_eq(impression_sign(&s, &place, MARK_BREECH_FACE, &out, &e), STATUS_INPUT);
	ck_assert_ptr_nonnull(strstr(e.text, "too little surface"));
	signature_free(&out);
	/* all missing; and a place that is not on the surface */
	for (int i = 0; i < s.width * s.height; i++)
		s.z[i] = NAN;
	place.label = NULL;
	ck_assert_int_eq(impression_sign(&s, &place, MARK_BREECH_FACE, &out, &e), STATUS_INPUT);
	signature_free(&out);
	for (int i = 0; i < s.width * s.height; i++)
		s.z[i] = 0;
	place.x_px = 1e6;
	ck_assert_int_eq(impression_sign(&s, &place, MARK_BREECH_FACE, &out, &e), STATUS_INPUT);
	signature_free(&out);
	free(label);
	surface_free(&s);
}
END_TEST

START_TEST(a_flat_surface_is_refused)
{
	struct signature out = { 0 };
	struct surface s;
	struct error e;

	for (int kind = 0; kind < 2; kind++) {
		struct impression_place place = { .x_px = 150, .y_px = 150, .spacing_x_um = 10,
						  .spacing_y_um = 10 };

		ck_assert_int_eq(surface_new(&s, kind ? SURFACE_PHOTOGRAPH : SURFACE_TOPOGRAPHY, 301, 301, &e), 0);
		for (int i = 0; i < 301 * 301; i++)
			s.z[i] = 25;
		ck_assert_int_eq(impression_sign(&s, &place, MARK_BREECH_FACE, &out, &e), STATUS_INPUT);
		ck_assert_ptr_nonnull(strstr(e.text, "no marks"));
		signature_free(&out);
		surface_free(&s);
	}
}
END_TEST

/* Every kind of impression has parameters that make sense together. */
START_TEST(parameters_make_sense)
{
	for (int m = 0; m < MARKS; m++) {
		const struct impression_params *p = impression_params((enum mark)m);
		double points = p->side_um / p->step_um;

		if (mark_striated((enum mark)m))
			continue;
		ck_assert(points == floor(points) && fmod(points, 4) == 0 && points * points <= SIGNATURE_POINTS_MAX);
		ck_assert(p->short_um < p->look_short_um && p->look_short_um < p->long_um);
		ck_assert(p->search_um >= p->short_um && p->search_um < p->long_um);
		ck_assert(p->lattice.inner_um > 0 && p->lattice.outer_um < p->side_um / 2);
		ck_assert(p->least_mm2 > 0);
	}
}
END_TEST

Suite *t_impression(void)
{
	Suite *s = suite_create("impression");
	TCase *c = tcase_create("nominal");

	tcase_set_timeout(c, 60);
	tcase_add_test(c, a_topography_has_both_layers);
	tcase_add_test(c, fine_codes_come_from_the_values);
	tcase_add_test(c, a_photograph_has_a_look);
	tcase_add_test(c, the_method_is_told_and_checked);
	tcase_add_test(c, a_quarter_turn_turns_the_signature);
	tcase_add_test(c, how_it_was_scanned_does_not_matter);
	tcase_add_test(c, a_mirror_image_is_another);
	suite_add_tcase(s, c);
	c = tcase_create("limits");
	tcase_set_timeout(c, 60);
	tcase_add_test(c, missing_points_take_no_part);
	tcase_add_test(c, too_little_surface_is_refused);
	tcase_add_test(c, a_flat_surface_is_refused);
	tcase_add_test(c, parameters_make_sense);
	suite_add_tcase(s, c);
	return s;
}
