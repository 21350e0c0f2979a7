/* t_mosaic.c - tests of the made galleries' signatures: make/mosaic, make/enlarge, make/mosaic_parts */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "make/enlarge.h"
#include "make/mosaic.h"
#include "make/mosaic_parts.h"
#include "match/pair.h"
#include "sign/frame.h"
#include "sign/pack.h"
#include "unit/marked.h"

Suite *t_mosaic(void);

/* Of as many firearms, whose marks are tools 1, 2...; made once for all tests. */
enum { BASES = 3 };
static struct buf body[BASES];

static void make_bases(void)
{
	for (int i = 0; i < BASES; i++) {
		struct marked with = { .tool = (uint64_t)i + 1, .spacing_um = 10, .gone = i == 1 ? .2 : 0 };
		struct signature s;
		struct error e;

		marked_signature(&with, "base", &s);
		ck_assert_int_eq(signature_set(&s, META_CASE, i == 0 ? "first" : "other", &e), 0);
		ck_assert_int_eq(pack_signature(&s, &body[i], &e), 0);
		signature_free(&s);
	}
}

static void free_bases(void)
{
	for (int i = 0; i < BASES; i++)
		buf_free(&body[i]);
}

static void bases(struct mosaic *m)
{
	for (int i = 0; i < BASES; i++) {
		struct signature s;
		struct error e;

		ck_assert_int_eq(unpack_signature(&body[i], 1, &s, &e), 0);
		ck_assert_msg(mosaic_add(m, &s, &e) == 0, "%s", e.text);
		signature_free(&s);
	}
}

/* A frame of its own, checked and unpacked as any reader does. */
static void make(const struct mosaic *m, uint64_t seed, int number, struct signature *out, struct buf *frame)
{
	struct frame_writer w;
	struct frame_reader r;
	char *data = NULL;
	size_t size;
	FILE *file = open_memstream(&data, &size);
	struct error e;

	ck_assert_msg(mosaic_make(m, seed, number, frame, &e) == 0, "%s", e.text);
	frame_writer_start(&w, file);
	ck_assert_int_eq(frame_write(&w, frame, &e), 0);
	ck_assert_int_eq(frame_finish(&w, &e), 0);
	ck_assert_int_eq(fclose(file), 0);
	file = fmemopen(data, size, "r");
	frame_reader_start(&r, file);
	ck_assert_msg(frame_next(&r, &e) == 0, "%s", e.text);
	ck_assert_msg(unpack_signature(&r.body, 1, out, &e) == 0, "%s", e.text);
	ck_assert_int_eq(frame_next(&r, &e), STATUS_NO);
	frame_reader_free(&r);
	fclose(file);
	free(data);
}

START_TEST(the_codes_are_those_of_the_grid)
{
	struct mosaic m = { 0 };
	struct fine_code fine;
	struct signature s;
	struct buf frame = { 0 };
	struct error e;

	bases(&m);
	make(&m, 1, 7, &s, &frame);
	ck_assert_int_eq(impression_check(&s, &e), 0);
	ck_assert_str_eq(signature_meta(&s, META_ID), "S00000007");
	for (int k = 0; k < LAYERS; k++) {
		struct grid g;
		struct code c;

		ck_assert_int_eq(impression_search_grid(&s, (enum layer)k, &g, &e), 0);
		code_make(&g, &impression_params(MARK_BREECH_FACE)->lattice, &c);
		ck_assert_mem_eq(&c, &s.code[k], sizeof c);
		ck_assert(c.on[0] | c.on[CODE_WORDS / 2]);
		grid_free(&g);
	}
	ck_assert_ptr_nonnull(s.fine);
	ck_assert_int_eq(impression_fine_code(&s, &fine, &e), 0);
	ck_assert_mem_eq(&fine, s.fine, sizeof fine);
	buf_free(&frame);
	signature_free(&s);
	mosaic_free(&m);
}
END_TEST

/* Contrast and presence are those of what it was made from. */
START_TEST(the_grid_is_as_those_of_its_bases)
{
	struct mosaic m = { 0 };
	double count = 0;
	int others = 0;

	bases(&m);
	for (int n = 1; n <= 8; n++) {
		struct buf frame = { 0 };
		struct signature s;
		double on = 0, squares[LAYERS] = { 0 };

		make(&m, 2, n, &s, &frame);
		for (int i = 0; i < s.width * s.height; i++) {
			on += s.on[i];
			for (int k = 0; k < LAYERS; k++) {
				ck_assert(s.on[i] || !s.layer[k][i]);
				squares[k] += s.layer[k][i] * s.layer[k][i];
			}
		}
		for (int k = 0; k < LAYERS; k++)
			ck_assert_double_eq_tol(sqrt(squares[k] / on), SIGNATURE_UNIT, .8);
		count += on * .02 * .02 / 8;
		others += strcmp(signature_meta(&s, META_CASE), "first") != 0;
		buf_free(&frame);
		signature_free(&s);
	}
	/* rings of 0.9 to 1.8 mm, of which one in three lacks a fifth */
	ck_assert_double_eq_tol(count, M_PI * (1.8 * 1.8 - .9 * .9) * 14 / 15, .4);
	ck_assert(others > 0 && others < 8);
	mosaic_free(&m);
}
END_TEST

/* Score of a probe against it, as ibin-match has it. */
static double score(const struct signature *probe, const struct signature *s, struct compare_room *room)
{
	struct pair pair;
	struct error e;
	double value;

	ck_assert_msg(pair_make(probe, s, 64, room, &pair, &e) == 0, "%s", e.text);
	value = pair.comparison.score;
	pair_free(&pair);
	return value;
}

START_TEST(it_is_a_mate_of_its_parts_alone)
{
	struct mosaic m = { 0 };
	struct compare_room *room;
	struct signature s, other;
	struct buf frame = { 0 };
	struct error e;
	double best = 0;

	bases(&m);
	make(&m, 3, 1, &s, &frame);
	room = compare_room_new(&e);
	ck_assert_ptr_nonnull(room);
	for (int i = 0; i < BASES; i++) {
		ck_assert_int_eq(unpack_signature(&body[i], 1, &other, &e), 0);
		best = fmax(best, score(&other, &s, room));
		signature_free(&other);
	}
	ck_assert_double_gt(best, 15);
	marked_signature(&(struct marked){ .tool = 9, .spacing_um = 10 }, "other", &other);
	ck_assert_double_lt(score(&other, &s, room), 8);
	signature_free(&other);
	compare_room_free(room);
	buf_free(&frame);
	signature_free(&s);
	mosaic_free(&m);
}
END_TEST

START_TEST(each_depends_on_seed_and_number_alone)
{
	struct mosaic m = { .slim = _i };
	struct buf both = { 0 }, second = { 0 }, other = { 0 };
	struct error e;
	size_t first;

	bases(&m);
	ck_assert_int_eq(mosaic_make(&m, 1, 1, &both, &e), 0);
	first = both.size;
	ck_assert_int_eq(mosaic_make(&m, 1, 2, &both, &e), 0);
	ck_assert_int_eq(mosaic_make(&m, 1, 2, &second, &e), 0);
	ck_assert_uint_eq(second.size, both.size - first);
	ck_assert_mem_eq(second.data, both.data + first, second.size);
	ck_assert_int_eq(mosaic_make(&m, 2, 2, &other, &e), 0);
	ck_assert(other.size != second.size || memcmp(other.data, second.data, other.size));
	buf_free(&other);
	buf_free(&second);
	buf_free(&both);
	mosaic_free(&m);
}
END_TEST

/* Where both say something, at least at `least` places, they say the same but at one place in twenty. */
static void nearly_the_same(const uint64_t *a, const uint64_t *a_on, const uint64_t *b, const uint64_t *b_on, int words,
			    int least)
{
	int common = 0, differ = 0;

	for (int w = 0; w < words; w++) {
		common += __builtin_popcountll(a_on[w] & b_on[w]);
		differ += __builtin_popcountll(a_on[w] & b_on[w] & (a[w] ^ b[w]));
	}
	ck_assert_int_gt(common, least);
	ck_assert_int_lt(differ * 20, common);
}

/* A slim one has no grid, and nearly the code of the whole one: that has the same parts in the same places. */
START_TEST(a_slim_one_has_nearly_the_code_of_the_whole)
{
	struct mosaic whole = { 0 }, slim = { .slim = true };
	struct signature a, b;
	struct buf frame = { 0 }, slim_frame = { 0 };

	bases(&whole);
	bases(&slim);
	make(&whole, 5, 1, &a, &frame);
	make(&slim, 5, 1, &b, &slim_frame);
	nearly_the_same(a.code[LAYER_RELIEF].bit, a.code[LAYER_RELIEF].on, b.code[LAYER_RELIEF].bit, b.code[LAYER_RELIEF].on,
			CODE_WORDS, 500);
	ck_assert(a.fine && b.fine);
	nearly_the_same(a.fine->bit, a.fine->on, b.fine->bit, b.fine->on, FINE_WORDS, 1000);
	for (int i = 0; i < b.width * b.height; i++)
		ck_assert(!b.on[i]);
	ck_assert(slim_frame.size * 3 < frame.size);
	buf_free(&frame);
	buf_free(&slim_frame);
	signature_free(&a);
	signature_free(&b);
	mosaic_free(&whole);
	mosaic_free(&slim);
}
END_TEST

START_TEST(what_cannot_be_a_base_is_passed_over)
{
	struct mosaic m = { 0 };
	struct signature s;
	struct error e;

	marked_signature(&(struct marked){ .tool = 1, .photograph = true, .spacing_um = 10 }, "p", &s);
	ck_assert_int_eq(mosaic_add(&m, &s, &e), STATUS_NO);
	signature_free(&s);
	marked_small(1, 32, 1u << LAYER_RELIEF | 1u << LAYER_LOOK, &s);   /* of another method */
	ck_assert_int_eq(mosaic_add(&m, &s, &e), STATUS_NO);
	signature_free(&s);
	ck_assert_uint_eq(m.count, 0);
	mosaic_free(&m);
}
END_TEST

/* What is written quickly is read as what was there, whatever the values are and wherever points are missing. */
START_TEST(parts_are_read_back)
{
	static const char text[] = "mark=breech-face\nwidth=33\nheight=33\nstep_um=20\n";
	struct signature s, back;
	struct buf parts = { 0 };
	struct error e;

	marked_small((uint64_t)_i + 1, 33, 1u << LAYER_RELIEF | 1u << LAYER_LOOK, &s);
	if (_i == 1) {
		memset(s.on, 0, 33 * 33);
		memset(s.layer[0], 0, 33 * 33 * sizeof *s.layer[0]);
		memset(s.layer[1], 0, 33 * 33 * sizeof *s.layer[1]);
	}
	ck_assert_int_eq(buf_add(&parts, (unsigned char[]){ sizeof text - 1, 0, 0, 0 }, 4, &e), 0);
	ck_assert_int_eq(buf_text(&parts, text, &e), 0);
	ck_assert_int_eq(mosaic_put_parts(&s, &parts, &e), 0);
	ck_assert_msg(unpack_signature(&parts, 1, &back, &e) == 0, "%s", e.text);
	ck_assert_mem_eq(back.on, s.on, 33 * 33);
	for (int k = 0; k < LAYERS; k++) {
		ck_assert_mem_eq(back.layer[k], s.layer[k], 33 * 33 * sizeof *s.layer[k]);
		ck_assert_mem_eq(&back.code[k], &s.code[k], sizeof s.code[k]);
	}
	ck_assert_mem_eq(back.fine, s.fine, sizeof *s.fine);
	buf_free(&parts);
	signature_free(&back);
	signature_free(&s);
}
END_TEST

/* Waves of four points keep their height between the points, where a mean of neighbours would take a third of it. */
START_TEST(between_points_short_waves_stay)
{
	enum { SIDE = 48 };
	struct signature s = { .mark = MARK_BREECH_FACE, .step_um = 20 };
	struct enlarged g = { 0 };
	double worst = 0;
	struct error e;

	ck_assert_int_eq(signature_room(&s, SIDE, SIDE, 1u << LAYER_RELIEF | 1u << LAYER_LOOK, &e), 0);
	for (int i = 0; i < SIDE * SIDE; i++) {
		s.on[i] = i % SIDE < 40;
		s.layer[LAYER_RELIEF][i] = s.on[i] ? (int16_t)lrint(12 * cos(M_PI / 2 * (i % SIDE) + .5)) : 0;
		s.layer[LAYER_LOOK][i] = s.on[i] ? (int16_t)lrint(12 * cos(M_PI / 2 * (i / SIDE) + .5)) : 0;
	}
	ck_assert_int_eq(enlarge(&s, &g, &e), 0);
	for (int y = 0; y < SIDE * ENLARGED; y++)
		for (int x = 0; x < SIDE * ENLARGED; x++) {
			double at[2] = { (x + .5) / ENLARGED - .5, (y + .5) / ENLARGED - .5 };
			double half = (SIDE - 1) / 2.0;
			const int8_t *v = enlarged_at(&g, (at[0] - half) * 20, (at[1] - half) * 20);

			ck_assert_ptr_nonnull(v);
			ck_assert_int_eq(*v != ENLARGED_MISSING, x < 40 * ENLARGED);
			if (x < 5 * ENLARGED || y < 5 * ENLARGED || x >= 35 * ENLARGED || y >= 43 * ENLARGED)
				continue;
			for (int k = 0; k < LAYERS; k++)
				worst = fmax(worst, fabs(enlarged_value(v[k]) - 12 * cos(M_PI / 2 * at[k] + .5)));
		}
	ck_assert_double_lt(worst, 1.8);
	ck_assert(!enlarged_at(&g, -10000, 0) && !enlarged_at(&g, 0, 10000));
	enlarged_free(&g);
	signature_free(&s);
}
END_TEST

Suite *t_mosaic(void)
{
	Suite *s = suite_create("make/mosaic");
	TCase *t = tcase_create("mosaic");

	tcase_add_unchecked_fixture(t, make_bases, free_bases);
	tcase_add_test(t, the_codes_are_those_of_the_grid);
	tcase_add_test(t, the_grid_is_as_those_of_its_bases);
	tcase_add_test(t, it_is_a_mate_of_its_parts_alone);
	tcase_add_loop_test(t, each_depends_on_seed_and_number_alone, 0, 2);
	tcase_add_test(t, a_slim_one_has_nearly_the_code_of_the_whole);
	tcase_add_test(t, what_cannot_be_a_base_is_passed_over);
	tcase_add_loop_test(t, parts_are_read_back, 0, 2);
	tcase_add_test(t, between_points_short_waves_stay);
	tcase_set_timeout(t, 120);
	suite_add_tcase(s, t);
	return s;
}
