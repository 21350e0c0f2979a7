/* t_compare.c - tests of match/compare: mates are found in any pose, others are not */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "match/compare.h"
#include "unit/marked.h"

Suite *t_compare(void);

/* A score that mates made here reach, and one that others stay below. */
#define HIGH 30
#define LOW 10

static struct compare_room *room;

static void make(void)
{
	struct error e;

	room = compare_room_new(&e);
	ck_assert_ptr_nonnull(room);
}

static void drop(void)
{
	compare_room_free(room);
}

static enum layer layer_of(enum view v)
{
	return v == VIEW_RELIEF ? LAYER_RELIEF : LAYER_LOOK;
}

static struct comparison compare(const struct signature *probe, const struct signature *candidate, enum view v)
{
	struct compare_side a, b;
	struct search_probe search = { 0 };
	struct comparison c;
	struct error e;

	ck_assert_int_eq(compare_prepare(probe, layer_of(v), &a, &e), 0);
	ck_assert_int_eq(compare_prepare(candidate, layer_of(v), &b, &e), 0);
	ck_assert_int_eq(search_prepare_sweep(&a.rough, &compare_params(v)->search, &search, &e), 0);
	memset(&c, 0xaa, sizeof c);
	ck_assert_int_eq(compare_marks(&a, &search, &b, v, room, &c, &e), 0);
	search_free(&search);
	compare_release(&a);
	compare_release(&b);
	ck_assert(isfinite(c.score) && c.score >= 0 && c.score <= 100);
	ck_assert(c.cells >= 0 && c.cells <= c.cells_compared);
	return c;
}

/* The pose of c puts the probe as m says that the candidate lies (the probe was not moved). */
static void check_pose(const struct comparison *c, const struct marked *m)
{
	ck_assert_msg(fabs(remainder(c->pose.turn_deg - m->turn_deg, 360)) < 1.2, "turn %g is not %g", c->pose.turn_deg,
		      m->turn_deg);
	ck_assert_msg(hypot(c->pose.dx_um - m->dx_um, c->pose.dy_um - m->dy_um) < 30, "turn %g: shift %g %g is not %g %g",
		      m->turn_deg, c->pose.dx_um, c->pose.dy_um, m->dx_um, m->dy_um);
}

START_TEST(mates_are_found_in_any_pose)
{
	struct signature probe, candidate;

	marked_signature(&(struct marked){ .tool = 1, .shot = 1, .noise = .6 }, NULL, &probe);
	for (int k = 0; k < 7; k++) {
		struct marked m = { .tool = 1, .shot = 2, .noise = .6, .turn_deg = 52.3 * k, .dx_um = 150 - 50 * k,
				    .dy_um = 20. * k - 110 };
		struct comparison c;

		marked_signature(&m, NULL, &candidate);
		c = compare(&probe, &candidate, VIEW_RELIEF);
		ck_assert_msg(c.score > HIGH, "turn %g: %g", m.turn_deg, c.score);
		ck_assert_int_gt(c.cells, c.cells_compared / 2);
		ck_assert(c.pose.scale == 1 && c.overlap > .8 && c.correlation > .4);
		check_pose(&c, &m);
		signature_free(&candidate);
	}
	signature_free(&probe);
}
END_TEST

/* Compared the other way round, the pose is the inverse. */
START_TEST(the_other_way_round_is_the_inverse)
{
	struct marked m = { .tool = 2, .shot = 2, .noise = .5, .turn_deg = 100, .dx_um = 120, .dy_um = 40 };
	struct marked inverse = { .turn_deg = -100 };
	struct signature a, b;
	struct comparison there, back;
	double turn = 100 * M_PI / 180;

	inverse.dx_um = -(cos(turn) * m.dx_um + sin(turn) * m.dy_um);
	inverse.dy_um = -(-sin(turn) * m.dx_um + cos(turn) * m.dy_um);
	marked_signature(&(struct marked){ .tool = 2, .shot = 1, .noise = .5 }, NULL, &a);
	marked_signature(&m, NULL, &b);
	there = compare(&a, &b, VIEW_RELIEF);
	back = compare(&b, &a, VIEW_RELIEF);
	check_pose(&there, &m);
	check_pose(&back, &inverse);
	ck_assert_double_eq_tol(there.score, back.score, .1 * there.score);
	signature_free(&a);
	signature_free(&b);
}
END_TEST

START_TEST(others_score_low)
{
	struct signature s[4];

	for (int i = 0; i < 4; i++)
		marked_signature(&(struct marked){ .tool = (uint64_t)i + 10, .shot = 1, .noise = .6 }, NULL, &s[i]);
	for (int i = 0; i < 4; i++)
		for (int j = 0; j < i; j++) {
			struct comparison c = compare(&s[i], &s[j], VIEW_RELIEF);

			ck_assert_msg(c.score < LOW && c.cells < 6, "score %g, %d cells", c.score, c.cells);
		}
	for (int i = 0; i < 4; i++)
		signature_free(&s[i]);
}
END_TEST

START_TEST(a_mirror_image_is_no_mate)
{
	struct signature a, b;

	marked_signature(&(struct marked){ .tool = 3 }, NULL, &a);
	marked_signature(&(struct marked){ .tool = 3, .mirror = true }, NULL, &b);
	ck_assert_double_gt(compare(&a, &a, VIEW_RELIEF).score, 95);
	ck_assert_double_lt(compare(&a, &b, VIEW_RELIEF).score, LOW);
	signature_free(&a);
	signature_free(&b);
}
END_TEST

/* Half of one and half of the other, which share a quarter. */
START_TEST(parts_that_overlap_are_enough)
{
	struct marked m = { .tool = 4, .shot = 2, .noise = .4, .gone = .5, .turn_deg = 200, .dx_um = 40 };
	struct signature a, b;
	struct comparison c;

	marked_signature(&(struct marked){ .tool = 4, .shot = 1, .noise = .4 }, NULL, &a);
	marked_signature(&m, NULL, &b);
	c = compare(&a, &b, VIEW_RELIEF);
	ck_assert_double_gt(c.score, HIGH);
	check_pose(&c, &m);
	c = compare(&b, &a, VIEW_RELIEF);
	ck_assert_double_gt(c.score, HIGH);
	signature_free(&a);
	signature_free(&b);
}
END_TEST

START_TEST(photographs_are_compared)
{
	struct marked m = { .tool = 5, .shot = 2, .noise = .4, .photograph = true, .turn_deg = 77, .dx_um = -60, .dy_um = 60 };
	struct signature photo, other, relief;
	struct comparison c;

	marked_signature(&(struct marked){ .tool = 5, .shot = 1, .noise = .4, .photograph = true }, NULL, &photo);
	marked_signature(&m, NULL, &other);
	c = compare(&photo, &other, VIEW_PHOTOGRAPHS);
	ck_assert_double_gt(c.score, 1.5 * LOW);
	check_pose(&c, &m);
	m.photograph = false;
	marked_signature(&m, NULL, &relief);
	c = compare(&photo, &relief, VIEW_ACROSS);
	ck_assert_double_gt(c.score, 1.5 * LOW);
	check_pose(&c, &m);
	ck_assert_double_eq_tol(c.pose.scale, 1, .04);
	signature_free(&relief);
	m.tool = 6;
	marked_signature(&m, NULL, &relief);
	ck_assert_double_lt(compare(&photo, &relief, VIEW_ACROSS).score, LOW);
	signature_free(&relief);
	signature_free(&other);
	signature_free(&photo);
}
END_TEST

/* A photograph whose spacing was taken wrongly is found at another scale: scale * R(turn) p + shift. */
START_TEST(a_wrong_scale_is_found)
{
	struct marked m = { .tool = 7, .turn_deg = 30, .dx_um = 50 };
	struct signature photo, relief;
	struct impression_place place;
	struct surface s;
	struct comparison c;
	uint8_t *label;
	struct error e;

	marked_surface(&(struct marked){ .tool = 7, .photograph = true }, &s);
	marked_place(&(struct marked){ .tool = 7 }, &s, &place, &label);
	place.spacing_x_um /= 1.09;   /* all looks smaller than it is */
	place.spacing_y_um /= 1.09;
	memset(&photo, 0, sizeof photo);
	ck_assert_int_eq(impression_sign(&s, &place, MARK_BREECH_FACE, &photo, &e), 0);
	marked_signature(&m, NULL, &relief);
	c = compare(&photo, &relief, VIEW_ACROSS);
	ck_assert_double_gt(c.score, 1.5 * LOW);
	ck_assert_double_eq_tol(c.pose.scale, 1.09, .021);
	check_pose(&c, &m);
	signature_free(&relief);
	signature_free(&photo);
	surface_free(&s);
	free(label);
}
END_TEST

/* What stands in points that are missing changes nothing; nor does what the room held before. */
START_TEST(comparisons_do_not_depend_on_what_was_before)
{
	struct signature a, b, other, part;
	struct comparison first, again;

	marked_signature(&(struct marked){ .tool = 8, .shot = 1, .noise = .6 }, NULL, &a);
	marked_signature(&(struct marked){ .tool = 8, .shot = 2, .noise = .6, .turn_deg = 50, .gone = .2 }, NULL, &b);
	marked_signature(&(struct marked){ .tool = 9, .photograph = true }, NULL, &other);
	marked_signature(&(struct marked){ .tool = 9, .gone = .7 }, NULL, &part);
	first = compare(&a, &b, VIEW_RELIEF);
	compare(&other, &a, VIEW_ACROSS);
	compare(&part, &b, VIEW_RELIEF);
	compare(&a, &part, VIEW_RELIEF);
	for (int i = 0; i < b.width * b.height; i++)
		if (!b.on[i])
			b.layer[LAYER_RELIEF][i] = 15;
	again = compare(&a, &b, VIEW_RELIEF);
	ck_assert_int_eq(memcmp(&first, &again, sizeof first), 0);
	ck_assert_int_eq(compare_cells(room)->congruent, again.cells);
	signature_free(&a);
	signature_free(&b);
	signature_free(&other);
	signature_free(&part);
}
END_TEST

/* Signatures that no scan gives: of nothing, of one value, of noise, of one point. */
START_TEST(senseless_signatures_score_nothing)
{
	struct signature s[5];
	struct comparison c;

	for (int k = 0; k < 5; k++) {
		marked_small((uint64_t)k + 1, 240, 3, &s[k]);
		for (int i = 0; k != 3 && i < 240 * 240; i++) {
			int v = k == 1 ? 15 : k == 2 ? (i ^ i / 240) & 1 ? 15 : -15 : 0;

			s[k].on[i] = k == 0 ? 0 : k == 4 ? i == 120 * 240 + 120 : 1;
			s[k].layer[0][i] = s[k].layer[1][i] = (int16_t)v;
		}
	}
	for (int v = 0; v < VIEWS; v++)
		for (int i = 0; i < 5; i++)
			for (int j = 0; j < 5; j++) {
				/* a sweep of every pair is slow */
				if (v == VIEW_ACROSS && i != j && i != 3)
					continue;
				c = compare(&s[i], &s[j], (enum view)v);
				if (i != j || i == 0 || i == 4)
					ck_assert_msg(c.score < LOW, "%d %d: %g", i, j, c.score);
			}
	for (int k = 0; k < 5; k++)
		signature_free(&s[k]);
	compare_room_free(NULL);
}
END_TEST

Suite *t_compare(void)
{
	Suite *s = suite_create("compare");
	TCase *c = tcase_create("nominal");

	tcase_add_checked_fixture(c, make, drop);
	tcase_set_timeout(c, 120);
	tcase_add_test(c, mates_are_found_in_any_pose);
	tcase_add_test(c, the_other_way_round_is_the_inverse);
	tcase_add_test(c, others_score_low);
	tcase_add_test(c, a_mirror_image_is_no_mate);
	tcase_add_test(c, parts_that_overlap_are_enough);
	tcase_add_test(c, photographs_are_compared);
	tcase_add_test(c, a_wrong_scale_is_found);
	suite_add_tcase(s, c);
	c = tcase_create("limits");
	tcase_add_checked_fixture(c, make, drop);
	tcase_set_timeout(c, 120);
	tcase_add_test(c, comparisons_do_not_depend_on_what_was_before);
	tcase_add_test(c, senseless_signatures_score_nothing);
	suite_add_tcase(s, c);
	return s;
}
