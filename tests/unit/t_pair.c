/* t_pair.c - tests of match/pair: both marks in one pose, cells on both, agreement and cut */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "match/pair.h"
#include "unit/marked.h"

Suite *t_pair(void);

#define SIDE 200

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

static void make_pair(const struct marked *a, const struct marked *b, struct pair *out)
{
	struct signature p = { 0 }, q = { 0 };
	struct error e = { 0 };

	marked_signature(a, "a", &p);
	marked_signature(b, "b", &q);
	ck_assert_msg(!pair_make(&p, &q, SIDE, room, out, &e), "%s", e.text);
	signature_free(&p);
	signature_free(&q);
}

/* Correlation of the two grids where both are. */
static double alike(const struct grid *a, const struct grid *b)
{
	double aa = 0, bb = 0, ab = 0;

	for (int i = 0; i < a->width * a->height; i++)
		if (a->on[i] && b->on[i]) {
			aa += a->v[i] * a->v[i];
			bb += b->v[i] * b->v[i];
			ab += a->v[i] * b->v[i];
		}
	return ab / sqrt(aa * bb + 1e-9);
}

static double middle(const struct pair_cell *c, int which, int axis)
{
	return (c->corner[which][0][axis] + c->corner[which][2][axis]) / 2;
}

/* The candidate was turned and moved: in the pose both are the same, and so are the cells' places. */
START_TEST(mates)
{
	static const double turn[] = { 0, 33, -90, 180 };
	struct marked a = { .tool = 5, .shot = 1, .noise = 0.2, .turn_deg = turn[_i], .dx_um = 90, .dy_um = -60 };
	struct marked b = { .tool = 5, .shot = 2, .noise = 0.2 };
	struct pair p;
	int congruent = 0;

	make_pair(&a, &b, &p);
	ck_assert(p.posed);
	ck_assert_int_eq(p.view, VIEW_RELIEF);
	ck_assert_double_gt(alike(&p.mark[0], &p.mark[1]), 0.6);
	ck_assert_int_eq(p.cells, p.comparison.cells_compared);
	for (int i = 0; i < p.cells; i++) {
		const struct pair_cell *c = &p.cell[i];
		double edge = hypot(c->corner[1][1][0] - c->corner[1][0][0], c->corner[1][1][1] - c->corner[1][0][1]);

		ck_assert_double_eq_tol(edge * p.mark[0].step_um, 300, 1);
		if (!c->congruent)
			continue;
		congruent++;
		for (int axis = 0; axis < 2; axis++)
			ck_assert_double_lt(fabs(middle(c, 0, axis) - middle(c, 1, axis)) * p.mark[0].step_um, 80);
		/* and they stand the same way */
		for (int axis = 0; axis < 2; axis++)
			ck_assert_double_lt(fabs(c->corner[0][0][axis] - middle(c, 0, axis) - c->corner[1][0][axis] +
						 middle(c, 1, axis)) * p.mark[0].step_um, 20);
	}
	ck_assert_int_eq(congruent, p.comparison.cells);
	ck_assert_int_gt(congruent, 10);
	pair_free(&p);
}
END_TEST

START_TEST(agreement)
{
	struct marked a = { .tool = 5, .shot = 1, .noise = 0.1, .turn_deg = 20 };
	struct marked b = { .tool = 5, .shot = 2, .noise = 0.1 }, c = { .tool = 6, .shot = 3, .noise = 0.1 };
	double mean, other, deviation;
	struct pair p;

	make_pair(&a, &b, &p);
	ck_assert_int_eq(p.agree.width, SIDE / 2);
	grid_moments(&p.agree, &mean, &deviation);
	for (int i = 0; i < p.agree.width * p.agree.height; i++)
		ck_assert_double_le(fabsf(p.agree.v[i]), 1.0001);
	pair_free(&p);
	make_pair(&a, &c, &p);
	grid_moments(&p.agree, &other, &deviation);
	ck_assert_double_gt(mean, 0.7);
	ck_assert_double_lt(other, 0.4);
	pair_free(&p);
}
END_TEST

/* A cut runs where both are. */
START_TEST(cut)
{
	struct marked a = { .tool = 5, .shot = 1, .gone = 0.3 }, b = { .tool = 5, .shot = 2, .noise = 0.1 };
	double all = 0, before = 0, near[2];
	int both = 0;
	struct pair p;

	make_pair(&a, &b, &p);
	for (int i = 0; i < SIDE; i++) {
		int at = p.upright ? i * SIDE + (int)p.cut : (int)p.cut * SIDE + i;

		both += p.mark[0].on[at] && p.mark[1].on[at];
	}
	ck_assert_int_gt(both, SIDE / 5);
	/* neither half of the split view is a sliver */
	for (int i = 0; i < SIDE * SIDE; i++) {
		int on = p.mark[0].on[i] | p.mark[1].on[i];

		all += on;
		before += on && (p.upright ? i % SIDE : i / SIDE) < p.cut;
	}
	ck_assert_double_ge(before / all, PAIR_SHARE - 0.01);
	ck_assert_double_le(before / all, 1 - PAIR_SHARE + 0.01);
	/* what is shown near lies within, on the cut, and shows something */
	ck_assert_double_eq_tol(p.near.step_um, p.frame.step_um / 2, 1e-9);
	near[0] = (p.near.left_um - p.frame.left_um) / p.frame.step_um;
	near[1] = (p.near.top_um - p.frame.top_um) / p.frame.step_um;
	for (int k = 0; k < 2; k++) {
		ck_assert_double_ge(near[k], 0);
		ck_assert_double_le(near[k], SIDE * 3 / 4);
	}
	ck_assert_double_gt(p.cut, near[!p.upright]);
	ck_assert_double_lt(p.cut, near[!p.upright] + SIDE / 4);
	pair_free(&p);
}
END_TEST

/* Another grid of a mark lies where its signature's does, whatever its spacing; near views show the same place. */
START_TEST(laid)
{
	struct marked a = { .tool = 5, .shot = 1, .turn_deg = 40, .dx_um = 100 }, b = { .tool = 5, .shot = 2 };
	struct signature p = { 0 }, q = { 0 };
	struct grid layer, seen, near;
	struct error e;
	struct pair pair;
	int x, y, at;

	marked_signature(&a, "a", &p);
	marked_signature(&b, "b", &q);
	ck_assert(!pair_make(&p, &q, SIDE, room, &pair, &e));
	ck_assert(!pair_layer(&pair, &q, &layer, &e));
	ck_assert(!pair_lay(&pair, PAIR_CANDIDATE, &layer, NULL, &pair.frame, &seen, &e));
	ck_assert_mem_eq(seen.v, pair.mark[PAIR_CANDIDATE].v, SIDE * SIDE * sizeof *seen.v);
	ck_assert(!pair_lay(&pair, PAIR_CANDIDATE, &layer, NULL, &pair.near, &near, &e));
	ck_assert_int_eq(near.width, SIDE / 2);
	x = (int)lrint((pair.near.left_um - pair.frame.left_um) / pair.frame.step_um);
	y = (int)lrint((pair.near.top_um - pair.frame.top_um) / pair.frame.step_um);
	for (int i = 0; i < SIDE / 4; i++) {
		at = (y + i) * SIDE + x + i;
		ck_assert_int_eq(near.on[2 * i * (SIDE / 2) + 2 * i], seen.on[at]);
		ck_assert_float_eq_tol(near.v[2 * i * (SIDE / 2) + 2 * i], seen.v[at], 0.02f);
	}
	grid_free(&layer);
	grid_free(&seen);
	grid_free(&near);
	pair_free(&pair);
	signature_free(&p);
	signature_free(&q);
}
END_TEST

START_TEST(views)
{
	struct marked a = { .tool = 5, .shot = 1, .photograph = true }, b = { .tool = 5, .shot = 2 };
	struct pair p;

	make_pair(&a, &b, &p);
	ck_assert_int_eq(p.view, VIEW_ACROSS);
	pair_free(&p);
	b.photograph = true;
	make_pair(&a, &b, &p);
	ck_assert_int_eq(p.view, VIEW_PHOTOGRAPHS);
	pair_free(&p);
}
END_TEST

/* What cannot be compared is refused; what has no point in it is shown as nothing. */
START_TEST(damaged)
{
	struct marked a = { .tool = 5, .shot = 1 };
	struct signature s = { 0 }, t = { 0 };
	struct error e = { 0 };
	struct pair p;

	marked_signature(&a, "a", &s);
	marked_signature(&a, "b", &t);
	t.mark = MARK_FIRING_PIN;
	ck_assert_int_eq(pair_make(&s, &t, SIDE, room, &p, &e), STATUS_INPUT);
	ck_assert_ptr_null(p.cell);
	t.mark = s.mark;
	memset(t.on, 0, (size_t)(t.width * t.height));
	for (int k = 0; k < LAYERS; k++)
		memset(t.layer[k], 0, (size_t)(t.width * t.height) * sizeof *t.layer[k]);
	ck_assert_msg(!pair_make(&s, &t, SIDE, room, &p, &e), "%s", e.text);
	ck_assert_int_eq(p.comparison.cells, 0);
	ck_assert_int_eq((int)grid_count(&p.mark[PAIR_CANDIDATE]), 0);
	pair_free(&p);
	signature_free(&s);
	signature_free(&t);
}
END_TEST

Suite *t_pair(void)
{
	Suite *s = suite_create("pair");
	TCase *nominal = tcase_create("nominal"), *limits = tcase_create("damaged");

	tcase_add_checked_fixture(nominal, make, drop);
	tcase_set_timeout(nominal, 60);
	tcase_add_loop_test(nominal, mates, 0, 4);
	tcase_add_test(nominal, agreement);
	tcase_add_test(nominal, cut);
	tcase_add_test(nominal, views);
	tcase_add_test(nominal, laid);
	suite_add_tcase(s, nominal);
	tcase_add_checked_fixture(limits, make, drop);
	tcase_set_timeout(limits, 60);
	tcase_add_test(limits, damaged);
	suite_add_tcase(s, limits);
	return s;
}
