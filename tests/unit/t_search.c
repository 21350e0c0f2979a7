/* t_search.c - tests of match/search */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "match/compare.h"
#include "match/search.h"
#include "unit/marked.h"

Suite *t_search(void);

static double turn_between(double a, double b)
{
	return fabs(remainder(a - b, 360));
}

/* The hits of a mark's relief on another's. */
static int search(const struct signature *probe, const struct signature *candidate, struct search_hit *hit)
{
	const struct search_params *params = &compare_params(VIEW_RELIEF)->search;
	struct search_probe p = { 0 };
	struct compare_side a, b;
	struct error e;
	int n;

	ck_assert_int_eq(compare_prepare(probe, LAYER_RELIEF, &a, &e), 0);
	ck_assert_int_eq(compare_prepare(candidate, LAYER_RELIEF, &b, &e), 0);
	ck_assert_int_eq(search_prepare_sweep(&a.rough, params, &p, &e), 0);
	ck_assert_int_eq(p.plates, SEARCH_TURNS);
	n = search_sweep(&p, &a.rough, &b.rough, params, hit);
	search_free(&p);
	ck_assert_ptr_null(p.turned);
	compare_release(&a);
	compare_release(&b);
	return n;
}

/* How well the codes of two reliefs can be laid on each other. */
static double agreement(const struct signature *probe, const struct signature *candidate)
{
	const struct search_params *params = &compare_params(VIEW_RELIEF)->search;
	struct search_probe p = { 0 };
	struct error e;
	const struct code *code = &candidate->code[LAYER_RELIEF];
	double value = -1, same = -1;

	ck_assert_int_eq(search_prepare_codes(probe, LAYER_RELIEF, params, &p, &e), 0);
	ck_assert_int_eq(p.turns, SEARCH_TURNS);
	search_codes(&p, KERNEL_PORTABLE, &code, NULL, 1, params, &value);
	search_codes(&p, kernel_fastest(), &code, NULL, 1, params, &same);
	ck_assert(same == value);
	search_free(&p);
	ck_assert_ptr_null(p.codes);
	ck_assert_ptr_null(p.near);
	return value;
}

START_TEST(codes_of_mates_agree_at_any_turn)
{
	struct signature probe, candidate, other;
	double far;

	marked_signature(&(struct marked){ .tool = 1, .shot = 1, .noise = .7 }, NULL, &probe);
	marked_signature(&(struct marked){ .tool = 2, .shot = 1, .noise = .7 }, NULL, &other);
	far = agreement(&probe, &other);
	for (int turn = 5; turn < 360; turn += 71) {
		struct marked m = { .tool = 1, .shot = 2, .noise = .7, .turn_deg = turn, .dx_um = 90, .dy_um = -60 };

		marked_signature(&m, NULL, &candidate);
		ck_assert_double_gt(agreement(&probe, &candidate), 1.5 * far);
		signature_free(&candidate);
	}
	signature_free(&other);
	signature_free(&probe);
}
END_TEST

START_TEST(any_turn_is_found)
{
	struct signature probe, candidate;
	struct search_hit hit[SEARCH_MOST];

	marked_signature(&(struct marked){ .tool = 1, .shot = 1, .noise = .7 }, NULL, &probe);
	for (int turn = 5; turn < 360; turn += 71) {
		struct marked m = { .tool = 1, .shot = 2, .noise = .7, .turn_deg = turn, .dx_um = 90, .dy_um = -60 };
		int n;

		marked_signature(&m, NULL, &candidate);
		n = search(&probe, &candidate, hit);
		ck_assert_int_eq(n, compare_params(VIEW_RELIEF)->search.hypotheses);
		ck_assert_msg(turn_between(hit[0].pose.turn_deg, turn) <= 3, "turn %d: %g", turn, hit[0].pose.turn_deg);
		ck_assert_double_lt(hypot(hit[0].pose.dx_um - 90, hit[0].pose.dy_um + 60), 80);
		ck_assert(hit[0].pose.scale == 1);
		ck_assert_double_gt(hit[0].value, 1.5 * hit[1].value);
		signature_free(&candidate);
	}
	signature_free(&probe);
}
END_TEST

START_TEST(hits_are_in_order_and_apart)
{
	const struct search_params *params = &compare_params(VIEW_RELIEF)->search;
	struct signature a, b;
	struct search_hit hit[SEARCH_MOST];
	int n;

	marked_signature(&(struct marked){ .tool = 1 }, NULL, &a);
	marked_signature(&(struct marked){ .tool = 2 }, NULL, &b);
	n = search(&a, &b, hit);
	ck_assert_int_eq(n, params->hypotheses);
	for (int i = 0; i < n; i++) {
		ck_assert(i == 0 || hit[i].value <= hit[i - 1].value);
		ck_assert(hit[i].pose.turn_deg >= 0 && hit[i].pose.turn_deg < 360);
		ck_assert(hypot(hit[i].pose.dx_um, hit[i].pose.dy_um) <= params->shift_um + 1e-6);
		/* by the angle, or by two points of 80 um in either direction */
		for (int j = 0; j < i; j++)
			ck_assert(turn_between(hit[i].pose.turn_deg, hit[j].pose.turn_deg) > params->apart * 360. / SEARCH_TURNS ||
				  fabs(hit[i].pose.dx_um - hit[j].pose.dx_um) >= 160 ||
				  fabs(hit[i].pose.dy_um - hit[j].pose.dy_um) >= 160);
	}
	signature_free(&a);
	signature_free(&b);
}
END_TEST

START_TEST(nothing_in_common_is_no_hit)
{
	struct signature a, b;
	struct search_hit hit[SEARCH_MOST];

	marked_signature(&(struct marked){ .tool = 1 }, NULL, &a);
	marked_signature(&(struct marked){ .tool = 2 }, NULL, &b);
	memset(&b.code, 0, sizeof b.code);
	ck_assert(agreement(&a, &b) == 0);
	/* a probe without a point correlates with nothing */
	memset(a.on, 0, (size_t)a.width * (size_t)a.height);
	memset(a.layer[LAYER_RELIEF], 0, (size_t)a.width * (size_t)a.height * sizeof *a.layer[0]);
	for (int n = search(&a, &b, hit); n-- > 0;)
		ck_assert(hit[n].value <= 0);
	signature_free(&a);
	signature_free(&b);
}
END_TEST

/* Values that can be worked out: a code laid on itself agrees in nearly all bits, its opposite in none. */
START_TEST(values_are_as_documented)
{
	const struct search_params *params = &compare_params(VIEW_RELIEF)->search;
	struct signature s;
	struct code *own = &s.code[LAYER_RELIEF];
	int count = 0;
	double all;

	marked_signature(&(struct marked){ .tool = 1 }, NULL, &s);
	for (int w = 0; w < CODE_WORDS; w++)
		count += __builtin_popcountll(own->on[w]);
	all = agreement(&s, &s);
	ck_assert_double_le(all, sqrt(count));
	ck_assert_double_gt(all, .95 * sqrt(count));
	for (int w = 0; w < CODE_WORDS; w++)
		own->bit[w] = ~own->bit[w] & own->on[w];
	ck_assert_double_lt(agreement(&s, &s), .5 * all);
	memset(own, 0, sizeof *own);
	ck_assert(agreement(&s, &s) == 0);
	ck_assert(params->least_common > 0);
	signature_free(&s);
}
END_TEST

/* What is in the batch with a candidate does not matter, nor how many. */
START_TEST(batches_do_not_matter)
{
	const struct search_params *params = &compare_params(VIEW_RELIEF)->search;
	struct signature s[5];
	const struct code *code[SEARCH_BATCH];
	double alone[5], value[SEARCH_BATCH];
	struct search_probe p = { 0 };
	struct error e;

	for (int i = 0; i < 5; i++)
		marked_signature(&(struct marked){ .tool = 1 + (uint64_t)i / 2, .shot = (uint64_t)i, .noise = .5,
				.turn_deg = 50. * i }, NULL, &s[i]);
	ck_assert_int_eq(search_prepare_codes(&s[0], LAYER_RELIEF, params, &p, &e), 0);
	for (int i = 0; i < SEARCH_BATCH; i++)
		code[i] = &s[i % 5].code[LAYER_RELIEF];
	for (int i = 0; i < 5; i++)
		search_codes(&p, kernel_fastest(), &code[i], NULL, 1, params, &alone[i]);
	search_codes(&p, kernel_fastest(), code, NULL, SEARCH_BATCH, params, value);
	for (int i = 0; i < SEARCH_BATCH; i++)
		ck_assert(value[i] == alone[i % 5]);
	ck_assert_double_gt(alone[1], 1.3 * alone[2]);
	search_free(&p);
	for (int i = 0; i < 5; i++)
		signature_free(&s[i]);
}
END_TEST

/* The value at these turns, and the places. */
static double at_turns(const struct search_probe *p, const struct code *code, int turn, struct search_found *found)
{
	double value = -1;

	found->rings = 1600;
	for (int k = 0; k < RINGS_PEAKS; k++)
		found->turn[k] = (uint8_t)(turn + 3 * k);
	search_codes(p, kernel_fastest(), &code, &found, 1, &compare_params(VIEW_RELIEF)->search, &value);
	return value;
}

/* The steps of a search where the rings say at which turns to look. */
START_TEST(steps_come_closer)
{
	const struct search_params *params = &compare_params(VIEW_RELIEF)->search;
	struct marked m = { .tool = 1, .shot = 2, .noise = .5, .turn_deg = 91, .dx_um = 45 };
	struct signature probe, mate, other;
	struct fine_code fine[2];
	const struct code *code[2];
	struct search_probe p = { 0 };
	struct search_found found, far_found, *none = &found;
	double all, far, near, closer;
	struct error e;

	marked_signature(&(struct marked){ .tool = 1, .shot = 1, .noise = .5 }, NULL, &probe);
	marked_signature(&m, NULL, &mate);
	marked_signature(&(struct marked){ .tool = 2, .shot = 1, .noise = .5 }, NULL, &other);
	ck_assert_int_eq(impression_fine_code(&mate, &fine[0], &e), 0);
	ck_assert_int_eq(impression_fine_code(&other, &fine[1], &e), 0);
	ck_assert_int_eq(search_prepare_codes(&probe, LAYER_RELIEF, params, &p, &e), 0);
	ck_assert_int_eq(search_prepare_fine(&probe, &p, &e), 0);
	code[0] = &mate.code[LAYER_RELIEF];
	code[1] = &other.code[LAYER_RELIEF];
	search_codes(&p, kernel_fastest(), code, NULL, 1, params, &all);
	/* where it does not lie, and next to where it does: turn 32 of 128 */
	ck_assert_double_lt(at_turns(&p, code[0], 60, &found), all * .7);
	near = at_turns(&p, code[0], 31, &found);
	ck_assert_double_gt(near, all * .8);
	/* the rings' value is added, but not closer: 1600 is 1 */
	ck_assert_double_lt(near, all + 1 + 1e-9);
	closer = search_closer(&p, kernel_fastest(), code[0], params, &found);
	ck_assert_double_ge(closer, near);
	ck_assert_double_gt(closer, all * .95 + 1);
	ck_assert_msg(abs(found.place[0].turn - 65) <= 1 && abs(found.place[0].right - 2) <= 1 &&
		      abs(found.place[0].down) <= 1, "%d %d %d", found.place[0].turn, found.place[0].right,
		      found.place[0].down);
	ck_assert_double_gt(search_fine(&p, kernel_fastest(), &fine[0], closer, &found), 15);
	/* without one its code has to do */
	ck_assert(search_fine(&p, kernel_fastest(), NULL, closer, &found) == closer - 1);
	far = at_turns(&p, code[1], 31, &far_found);
	ck_assert_double_lt(far, all);
	far = search_closer(&p, kernel_fastest(), code[1], params, &far_found);
	ck_assert_double_lt(search_fine(&p, kernel_fastest(), &fine[1], far, &far_found), 6);
	/* rings that have nothing in common have no turns */
	found.rings = 0;
	search_codes(&p, kernel_fastest(), code, &none, 1, params, &far);
	ck_assert(far == 0);
	search_free(&p);
	ck_assert_ptr_null(p.fine);
	signature_free(&probe);
	signature_free(&mate);
	signature_free(&other);
}
END_TEST

/* A photograph's scale is a guess: the sweep tries others. */
START_TEST(sweeps_find_turn_and_scale)
{
	const struct search_params *params = &compare_params(VIEW_ACROSS)->search;
	struct signature probe, candidate;
	struct search_hit hit[SEARCH_MOST];
	struct compare_side a, b;
	struct search_probe p = { 0 };
	struct error e;
	int n;

	marked_signature(&(struct marked){ .tool = 3, .photograph = true }, NULL, &probe);
	marked_signature(&(struct marked){ .tool = 3, .turn_deg = 250, .dx_um = -80 }, NULL, &candidate);
	ck_assert_int_eq(compare_prepare(&probe, LAYER_LOOK, &a, &e), 0);
	ck_assert_int_eq(compare_prepare(&candidate, LAYER_LOOK, &b, &e), 0);
	ck_assert_int_eq(search_prepare_sweep(&a.rough, params, &p, &e), 0);
	n = search_sweep(&p, &a.rough, &b.rough, params, hit);
	search_free(&p);
	ck_assert_int_eq(n, params->hypotheses);
	ck_assert_double_le(turn_between(hit[0].pose.turn_deg, 250), 3);
	ck_assert_double_lt(hypot(hit[0].pose.dx_um + 80, hit[0].pose.dy_um), 90);
	ck_assert_double_eq_tol(hit[0].pose.scale, 1, .031);
	/* without scales, too */
	params = &(struct search_params){ .shift_um = 100, .hypotheses = 3, .apart = 2 };
	ck_assert_int_eq(search_prepare_sweep(&a.rough, params, &p, &e), 0);
	n = search_sweep(&p, &a.rough, &b.rough, params, hit);
	search_free(&p);
	ck_assert_int_eq(n, 3);
	ck_assert(hit[0].pose.scale == 1);
	compare_release(&a);
	compare_release(&b);
	signature_free(&candidate);
	signature_free(&probe);
}
END_TEST

Suite *t_search(void)
{
	Suite *s = suite_create("search");
	TCase *c = tcase_create("nominal");

	tcase_set_timeout(c, 60);
	tcase_add_test(c, any_turn_is_found);
	tcase_add_test(c, codes_of_mates_agree_at_any_turn);
	tcase_add_test(c, hits_are_in_order_and_apart);
	tcase_add_test(c, values_are_as_documented);
	tcase_add_test(c, batches_do_not_matter);
	tcase_add_test(c, steps_come_closer);
	tcase_add_test(c, sweeps_find_turn_and_scale);
	suite_add_tcase(s, c);
	c = tcase_create("limits");
	tcase_set_timeout(c, 60);
	tcase_add_test(c, nothing_in_common_is_no_hit);
	suite_add_tcase(s, c);
	return s;
}
