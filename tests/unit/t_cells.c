/* t_cells.c - tests of match/cells */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <check.h>
#include <math.h>
#include <string.h>

#include "match/cells.h"
#include "match/compare.h"
#include "unit/marked.h"

Suite *t_cells(void);

static struct plate turned[CELLS_TURNS];
static struct cells cells;

static const struct cells_params *params(void)
{
	return &compare_params(VIEW_RELIEF)->cells;
}

/* Lays the probe on the candidate in a first pose, and looks for the candidate's cells. */
static void compare(const struct signature *probe, const struct signature *candidate, struct pose first)
{
	struct plate p, c;
	struct error e;

	ck_assert_int_eq(plate_from_signature(probe, LAYER_RELIEF, &p, &e), 0);
	ck_assert_int_eq(plate_from_signature(candidate, LAYER_RELIEF, &c, &e), 0);
	for (int t = -params()->turns; t <= params()->turns; t++) {
		double extra = t * params()->turn_step_deg, si = sin(extra * M_PI / 180), co = cos(extra * M_PI / 180);
		struct pose pose = { first.turn_deg + extra, co * first.dx_um - si * first.dy_um,
				     si * first.dx_um + co * first.dy_um, 1 };

		ck_assert_int_eq(plate_new(&turned[t + params()->turns], p.side, p.step_um, PLATE_PAD, &e), 0);
		plate_lay(&p, &pose, &c, params()->search_px + 16, &turned[t + params()->turns]);
	}
	memset(&cells, 0xaa, sizeof cells);
	cells_compare(&c, turned, params(), &cells);
	for (int t = 0; t <= 2 * params()->turns; t++)
		plate_free(&turned[t]);
	plate_free(&p);
	plate_free(&c);
}

START_TEST(equal_marks_are_congruent)
{
	struct signature s;

	marked_signature(&(struct marked){ .tool = 1 }, NULL, &s);
	compare(&s, &s, (struct pose){ 0, 0, 0, 1 });
	ck_assert_int_gt(cells.compared, 50);
	ck_assert_int_eq(cells.congruent, cells.compared);
	ck_assert_double_eq_tol(cells.sum, cells.congruent, 1e-9);
	ck_assert_double_eq_tol(cells.pose.turn_deg, 0, 1e-6);
	ck_assert_double_eq_tol(cells.pose.dx_um, 0, 1e-6);
	ck_assert_double_eq_tol(cells.pose.dy_um, 0, 1e-6);
	for (int i = 0; i < cells.compared; i++) {
		const struct cell *c = &cells.cell[i];

		ck_assert(c->congruent && c->turn_deg == 0);
		ck_assert_double_eq_tol(c->alike, 1, 1e-9);
		ck_assert_double_eq_tol(c->x_um, c->px_um, 1e-6);
		ck_assert_double_eq_tol(c->y_um, c->py_um, 1e-6);
		ck_assert_double_lt(hypot(c->x_um, c->y_um), 1800 + 300);
	}
	signature_free(&s);
}
END_TEST

/* A first pose that is off by a little: the consensus says by how much, and which way. */
START_TEST(the_consensus_mends_the_first_pose)
{
	struct marked m = { .tool = 2, .turn_deg = 40, .dx_um = 70, .dy_um = -30 };
	struct signature probe, candidate;

	marked_signature(&(struct marked){ .tool = 2 }, NULL, &probe);
	marked_signature(&m, NULL, &candidate);
	for (int k = 0; k < 4; k++) {
		double turn = (const double[]){ 0, 2, -3, 1 }[k], dx = (const double[]){ 0, 30, -40, 0 }[k], dy = 10. * k;
		double si = sin(turn * M_PI / 180), co = cos(turn * M_PI / 180);
		/* what has to come after the first pose: a turn, then a shift */
		double back_x = m.dx_um - dx, back_y = m.dy_um - dy;
		struct pose first = { m.turn_deg - turn, co * back_x + si * back_y, -si * back_x + co * back_y, 1 };

		compare(&probe, &candidate, first);
		ck_assert_int_gt(cells.congruent, cells.compared * 3 / 4);
		/* cells are looked for in steps of 1.5 degrees and 20 um */
		ck_assert_double_eq_tol(cells.pose.turn_deg, turn, .8);
		ck_assert_double_eq_tol(cells.pose.dx_um, dx, 12);
		ck_assert_double_eq_tol(cells.pose.dy_um, dy, 12);
	}
	signature_free(&candidate);
	signature_free(&probe);
}
END_TEST

START_TEST(other_marks_are_not_congruent)
{
	struct signature a, b;

	marked_signature(&(struct marked){ .tool = 1 }, NULL, &a);
	marked_signature(&(struct marked){ .tool = 2 }, NULL, &b);
	for (int turn = 0; turn < 360; turn += 45) {
		compare(&a, &b, (struct pose){ turn, 0, 0, 1 });
		ck_assert_int_gt(cells.compared, 50);
		ck_assert_int_le(cells.congruent, 2);
	}
	signature_free(&a);
	signature_free(&b);
}
END_TEST

/* Only cells that both have are compared. */
START_TEST(missing_parts_are_not_compared)
{
	struct signature whole, half, none;
	int all;

	marked_signature(&(struct marked){ .tool = 3 }, NULL, &whole);
	marked_signature(&(struct marked){ .tool = 3, .gone = .5 }, NULL, &half);
	compare(&whole, &whole, (struct pose){ 0, 0, 0, 1 });
	all = cells.compared;
	compare(&whole, &half, (struct pose){ 0, 0, 0, 1 });
	ck_assert_int_lt(cells.compared, all * 2 / 3);
	ck_assert_int_gt(cells.congruent, cells.compared * 9 / 10);
	for (int i = 0; i < cells.compared; i++)   /* the lower half is gone */
		ck_assert_double_lt(cells.cell[i].y_um, 150);
	compare(&half, &whole, (struct pose){ 0, 0, 0, 1 });
	ck_assert_int_lt(cells.compared, all * 4 / 5);
	ck_assert_int_gt(cells.congruent, all / 3);
	marked_small(1, 240, 1, &none);
	memset(none.on, 0, 240 * 240);
	for (int k = 0; k < 2; k++) {
		compare(k ? &whole : &none, k ? &none : &whole, (struct pose){ 0, 0, 0, 1 });
		ck_assert(cells.compared == 0 && cells.congruent == 0 && cells.sum == 0);
		ck_assert(cells.pose.turn_deg == 0 && cells.pose.dx_um == 0 && cells.pose.scale == 1);
	}
	signature_free(&none);
	signature_free(&half);
	signature_free(&whole);
}
END_TEST

/* A surface of one value has no correlation, and divides nothing by zero. */
START_TEST(constant_marks_are_not_congruent)
{
	struct signature flat, s;

	marked_small(1, 240, 1, &flat);
	for (int i = 0; i < 240 * 240; i++) {
		flat.on[i] = 1;
		flat.layer[0][i] = 9;
	}
	marked_signature(&(struct marked){ .tool = 3 }, NULL, &s);
	compare(&flat, &flat, (struct pose){ 0, 0, 0, 1 });
	ck_assert(cells.congruent == 0 && cells.sum == 0);
	compare(&flat, &s, (struct pose){ 0, 0, 0, 1 });
	ck_assert_int_eq(cells.congruent, 0);
	signature_free(&s);
	signature_free(&flat);
}
END_TEST

START_TEST(parameters_fit_the_plates)
{
	for (int v = 0; v < VIEWS; v++) {
		const struct cells_params *p = &compare_params((enum view)v)->cells;

		ck_assert(p->side_px >= 8 && p->side_px <= 16);
		ck_assert(p->search_px + 16 <= PLATE_PAD);
		ck_assert(2 * p->turns + 1 <= CELLS_TURNS);
		ck_assert(p->fill > 0 && p->fill <= 1 && p->alike > 0 && p->alike < 1);
		ck_assert_int_le(compare_params((enum view)v)->search.hypotheses, SEARCH_MOST);
	}
}
END_TEST

Suite *t_cells(void)
{
	Suite *s = suite_create("cells");
	TCase *c = tcase_create("nominal");

	tcase_set_timeout(c, 60);
	tcase_add_test(c, equal_marks_are_congruent);
	tcase_add_test(c, the_consensus_mends_the_first_pose);
	tcase_add_test(c, other_marks_are_not_congruent);
	suite_add_tcase(s, c);
	c = tcase_create("limits");
	tcase_set_timeout(c, 60);
	tcase_add_test(c, missing_parts_are_not_compared);
	tcase_add_test(c, constant_marks_are_not_congruent);
	tcase_add_test(c, parameters_fit_the_plates);
	suite_add_tcase(s, c);
	return s;
}
