/* t_evidence.c - tests of match/evidence */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <check.h>
#include <math.h>

#include "match/evidence.h"

Suite *t_evidence(void);

START_TEST(ratios_grow_with_the_score_and_are_bounded)
{
	static const enum mark marks[] = { MARK_BREECH_FACE, MARK_FIRING_PIN, MARK_EJECTOR, MARK_SHEAR };

	for (int k = 0; k < 4; k++) {
		enum view v = marks[k] == MARK_SHEAR ? VIEW_LANDS : VIEW_RELIEF;
		double least, most, before = 0;

		evidence_bounds(v, marks[k], &least, &most);
		ck_assert(least > 0 && least < 1 && most > 1);
		ck_assert_double_eq(evidence_lr(v, marks[k], -5), evidence_lr(v, marks[k], 0));
		ck_assert_double_eq_tol(evidence_lr(v, marks[k], 0), least, 1e-12);
		ck_assert_double_eq_tol(evidence_lr(v, marks[k], 1e5), most, 1e-9);
		for (double s = 0; s < 100; s += 7) {
			double lr = evidence_lr(v, marks[k], s), odds = evidence_odds(v, marks[k], s);

			ck_assert_double_ge(lr, before);
			ck_assert_double_eq_tol(lr, fmin(most, fmax(least, exp(odds))), 1e-9);
			before = lr;
		}
	}
	ck_assert_double_le(evidence_lr(VIEW_RELIEF, MARK_FIRING_PIN, 1e5), 100);   /* made pairs only */
}
END_TEST

START_TEST(no_reference_no_ratio)
{
	ck_assert(isnan(evidence_lr(VIEW_PHOTOGRAPHS, MARK_FIRING_PIN, 50)));
	ck_assert(isnan(evidence_lr(VIEW_ACROSS, MARK_EJECTOR, 50)));
	ck_assert(isnan(evidence_odds(VIEW_LANDS, MARK_LAND, 50)));
	ck_assert(!isnan(evidence_lr(VIEW_PHOTOGRAPHS, MARK_BREECH_FACE, 50)));
}
END_TEST

Suite *t_evidence(void)
{
	Suite *s = suite_create("evidence");
	TCase *c = tcase_create("evidence");

	tcase_add_test(c, ratios_grow_with_the_score_and_are_bounded);
	tcase_add_test(c, no_reference_no_ratio);
	suite_add_tcase(s, c);
	return s;
}
