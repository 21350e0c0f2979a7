/* t_plate.c - tests of match/plate */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "make/dice.h"
#include "match/plate.h"
#include "unit/marked.h"

Suite *t_plate(void);

static int16_t *at(const struct plate *p, int16_t *field, int x, int y)
{
	return &field[(y + PLATE_PAD) * p->stride + x + PLATE_PAD];
}

static int value(const struct plate *p, int x, int y)
{
	return *at(p, p->v, x, y);
}

static int present(const struct plate *p, int x, int y)
{
	return *at(p, p->on, x, y);
}

static void from(const struct signature *s, struct plate *p)
{
	struct error e;

	ck_assert_int_eq(plate_from_signature(s, s->layer[0] ? LAYER_RELIEF : LAYER_LOOK, p, &e), 0);
}

/* A signature of which only the points within the box are there. */
static void boxed(uint64_t seed, int side, int left, int right, int top, int bottom, struct signature *s)
{
	marked_small(seed, side, 1, s);
	for (int y = 0; y < side; y++)
		for (int x = 0; x < side; x++)
			if (x < left || x >= right || y < top || y >= bottom) {
				s->on[y * side + x] = 0;
				s->layer[0][y * side + x] = 0;
			}
}

START_TEST(a_signature_becomes_a_plate)
{
	struct signature s;
	struct plate p;
	double far = 0;
	int count = 0;

	boxed(1, 37, 5, 30, 9, 31, &s);
	s.on[9 * 37 + 5] = s.on[30 * 37 + 29] = 1;   /* so that the box is full */
	from(&s, &p);
	ck_assert(p.side == 37 && p.step_um == 20 && p.stride >= 37 + 2 * PLATE_PAD && p.stride % 8 == 0);
	ck_assert(p.left == 5 && p.right == 30 && p.top == 9 && p.bottom == 31);
	for (int y = -PLATE_PAD; y < 37 + PLATE_PAD; y++)
		for (int x = -PLATE_PAD; x < p.stride - PLATE_PAD; x++) {
			int in = x >= 0 && x < 37 && y >= 0 && y < 37, on = in && s.on[y * 37 + x];

			ck_assert_int_eq(present(&p, x, y), on);
			ck_assert_int_eq(value(&p, x, y), on ? s.layer[0][y * 37 + x] * PLATE_SCALE : 0);
			ck_assert_int_eq(*at(&p, p.square, x, y), value(&p, x, y) * value(&p, x, y));
			count += on;
			if (on)
				far = fmax(far, hypot(x - 18, y - 18));
		}
	ck_assert_int_eq(p.count, count);
	ck_assert_double_eq_tol(p.reach_px, far, 1e-9);
	plate_free(&p);
	ck_assert_ptr_null(p.v);
	signature_free(&s);
}
END_TEST

START_TEST(an_empty_signature_is_an_empty_plate)
{
	struct signature s;
	struct plate p, half;
	struct error e;
	int overlap;

	boxed(1, 8, 0, 0, 0, 0, &s);
	from(&s, &p);
	ck_assert(p.count == 0 && p.left == 0 && p.right == 0 && p.top == 0 && p.bottom == 0 && p.reach_px == 0);
	ck_assert_int_eq(plate_halve(&p, PLATE_PAD, &half, &e), 0);
	ck_assert_double_eq(plate_correlate(&p, &p, 0, 0, &overlap), 0);
	ck_assert_int_eq(overlap, 0);
	ck_assert_double_eq(plate_worth(1, 0, &p, &p), 0);
	plate_lay(&p, &(struct pose){ 30, 5, 5, 1 }, &p, 3, &half);
	plate_free(&half);
	plate_free(&p);
	signature_free(&s);
	/* and one of a single point, which has no half */
	marked_small(2, 1, 1, &s);
	from(&s, &p);
	ck_assert_int_eq(plate_halve(&p, PLATE_PAD, &half, &e), 0);
	ck_assert_int_eq(half.side, 0);
	plate_free(&half);
	plate_free(&p);
	signature_free(&s);
}
END_TEST

START_TEST(halves_are_means_of_what_is_there)
{
	struct signature s;
	struct plate p, half;
	struct error e;

	marked_small(3, 21, 1, &s);
	from(&s, &p);
	ck_assert_int_eq(plate_halve(&p, PLATE_PAD, &half, &e), 0);
	ck_assert(half.side == 10 && half.step_um == 40);
	for (int y = 0; y < 10; y++)
		for (int x = 0; x < 10; x++) {
			int n = 0, sum = 0;

			for (int k = 0; k < 4; k++) {
				n += present(&p, 2 * x + k % 2, 2 * y + k / 2);
				sum += value(&p, 2 * x + k % 2, 2 * y + k / 2);
			}
			ck_assert_int_eq(present(&half, x, y), n >= 2);
			ck_assert_int_eq(value(&half, x, y), n >= 2 ? sum / n : 0);
		}
	plate_free(&half);
	plate_free(&p);
	signature_free(&s);
}
END_TEST

/* Quarter turns and shifts by whole points need no interpolation: the point p lies at R(turn) p + shift. */
START_TEST(quarter_turns_and_whole_shifts_are_exact)
{
	static const int c[] = { 1, 0, -1, 0 }, s_[] = { 0, 1, 0, -1 };
	struct signature s;
	struct plate p, to;
	struct error e;
	int n = 40;

	marked_small(4, n, 1, &s);
	from(&s, &p);
	ck_assert_int_eq(plate_new(&to, n, 20, PLATE_PAD, &e), 0);
	for (int quarter = -2; quarter < 6; quarter++)
		for (int shift = -7; shift <= 7; shift += 7) {
			struct pose pose = { quarter * 90., shift * 20., -20. * shift / 7, 1 };
			int seen = 0, k = quarter & 3;

			plate_lay(&p, &pose, &p, n, &to);
			for (int y = 0; y < n; y++)
				for (int x = 0; x < n; x++) {
					/* doubled coordinates from the middle, which lies between points */
					int px = 2 * x - n + 1, py = 2 * y - n + 1;
					int qx = c[k] * px - s_[k] * py + 2 * shift, qy = s_[k] * px + c[k] * py - 2 * shift / 7;
					int u = (qx + n - 1) / 2, v = (qy + n - 1) / 2;

					if (qx < 1 - n || qy < 1 - n || u >= n || v >= n)
						continue;
					ck_assert_int_eq(present(&to, u, v), present(&p, x, y));
					ck_assert_int_eq(value(&to, u, v), value(&p, x, y));
					seen += present(&to, u, v);
				}
			ck_assert_int_gt(seen, n * n / 2);
		}
	plate_free(&to);
	plate_free(&p);
	signature_free(&s);
}
END_TEST

/* A smooth pattern, turned, scaled and shifted by any amount, against the same made from its formula. */
static int formula(double x, double y)
{
	return (int)lrint(13 * sin(x / 5 + 1) * cos(y / 7 + x / 15));
}

START_TEST(any_pose_keeps_the_pattern)
{
	static const struct pose poses[] = { { 33, 47, -81, 1 }, { -121.5, 3, 9, 1 }, { 200, -55.5, 20.2, 1.15 }, { 7, 0, 0, .85 },
					     { 725, 0, 0, 1 } };
	struct signature s;
	struct plate p, to;
	struct error e;
	int n = 90;

	marked_small(5, n, 1, &s);
	for (int i = 0; i < n * n; i++) {
		s.on[i] = i % 97 != 0;
		s.layer[0][i] = (int16_t)(s.on[i] ? formula(i % n - (n - 1) / 2., i / n - (n - 1) / 2.) : 0);
	}
	from(&s, &p);
	ck_assert_int_eq(plate_new(&to, n, 20, PLATE_PAD, &e), 0);
	for (size_t k = 0; k < sizeof poses / sizeof *poses; k++) {
		double turn = poses[k].turn_deg * M_PI / 180, worst = 0;
		int seen = 0;

		plate_lay(&p, &poses[k], &p, n, &to);
		for (int y = 0; y < n; y++)
			for (int x = 0; x < n; x++) {
				double qx = (x - (n - 1) / 2.) - poses[k].dx_um / 20, qy = (y - (n - 1) / 2.) - poses[k].dy_um / 20;
				double px = (cos(turn) * qx + sin(turn) * qy) / poses[k].scale;
				double py = (-sin(turn) * qx + cos(turn) * qy) / poses[k].scale;
				double d = value(&to, x, y) / (double)PLATE_SCALE - formula(px, py);

				if (!present(&to, x, y))
					continue;
				worst = fmax(worst, fabs(d));
				ck_assert_int_eq(*at(&to, to.square, x, y), value(&to, x, y) * value(&to, x, y));
				seen++;
			}
		ck_assert_int_gt(seen, n * n / 2);
		ck_assert_msg(worst < 2.2, "pose %zu: off by %g", k, worst);
	}
	plate_free(&to);
	plate_free(&p);
	signature_free(&s);
}
END_TEST

/* What an earlier, larger pose left in the plate is never seen by a correlation within the margin. */
START_TEST(what_was_there_before_is_not_seen)
{
	struct signature whole, part;
	struct plate big, small, used, fresh;
	struct error e;

	marked_small(6, 64, 1, &whole);
	boxed(7, 64, 20, 41, 13, 30, &part);
	from(&whole, &big);
	from(&part, &small);
	ck_assert_int_eq(plate_new(&used, 64, 20, PLATE_PAD, &e), 0);
	ck_assert_int_eq(plate_new(&fresh, 64, 20, PLATE_PAD, &e), 0);
	plate_lay(&big, &(struct pose){ 0, 0, 0, 1 }, &big, 64, &used);
	plate_lay(&big, &(struct pose){ 30, 50, 10, 1 }, &small, 4, &used);
	plate_lay(&big, &(struct pose){ 30, 50, 10, 1 }, &small, 4, &fresh);
	for (int y = -4; y <= 4; y++)
		for (int x = -4; x <= 4; x++) {
			int n, m;
			double a = plate_correlate(&small, &used, x, y, &n), b = plate_correlate(&small, &fresh, x, y, &m);

			ck_assert(a == b && n == m && n > 50);
		}
	plate_free(&fresh);
	plate_free(&used);
	plate_free(&small);
	plate_free(&big);
	signature_free(&part);
	signature_free(&whole);
}
END_TEST

static double correlate(const struct plate *a, const struct plate *b, int sx, int sy, int *overlap)
{
	double ab = 0, aa = 0, bb = 0;

	*overlap = 0;
	for (int y = 0; y < a->side; y++)
		for (int x = 0; x < a->side; x++) {
			int u = x + sx, v = y + sy;

			if (u < 0 || v < 0 || u >= b->side || v >= b->side || !present(a, x, y) || !present(b, u, v))
				continue;
			++*overlap;
			ab += value(a, x, y) * value(b, u, v);
			aa += value(a, x, y) * value(a, x, y);
			bb += value(b, u, v) * value(b, u, v);
		}
	return aa > 0 && bb > 0 ? ab / sqrt(aa * bb) : 0;
}

/* The same of a's points in the quarters that `quarters` (bits, counted round the middle) holds, times the root of
 * their share. */
static double worth_of(const struct plate *a, const struct plate *b, int sx, int sy, int quarters, int smaller)
{
	struct plate part = *a;
	size_t n = (size_t)a->stride * (size_t)(a->side + 2 * a->pad);
	double c;
	int overlap;

	part.v = malloc(3 * n * sizeof *part.v);
	memcpy(part.v, a->v, 3 * n * sizeof *part.v);
	part.square = part.v + n;
	part.on = part.square + n;
	for (int y = 0; y < a->side; y++)
		for (int x = 0; x < a->side; x++) {
			int low = y >= a->side / 2, right = x >= a->side / 2, k = low ? (right ? 2 : 3) : right;

			if (!(quarters >> k & 1))
				*at(&part, part.on, x, y) = 0;
		}
	c = correlate(&part, b, sx, sy, &overlap);
	free(part.v);
	return overlap < PLATE_LEAST_SHARE * smaller ? 0 : c * sqrt((double)overlap / smaller);
}

START_TEST(the_part_that_is_worth_most_counts)
{
	static const int part[] = { 3, 6, 12, 9, 7, 14, 13, 11, 15 };
	struct signature s, t;
	struct plate a, b;

	for (int round = 0; round < 4; round++) {
		marked_small(8, 45, 1, &s);
		marked_small(8, 45, 1, &t);
		/* of the second half of the columns, or of the rows, another one's marks */
		for (int i = 0; round && i < 45 * 45; i++)
			if ((round == 1 ? i % 45 : i / 45) >= 22)
				t.layer[0][i] = (int16_t)(t.layer[0][i] * (i * 7 % 3 - 1));
		from(&s, &a);
		from(&t, &b);
		for (int y = -6; y <= 6; y += 3)
			for (int x = -7; x <= 7; x++) {
				double most = 0;

				for (size_t k = 0; k < sizeof part / sizeof *part; k++)
					most = fmax(most, worth_of(&a, &b, x, y, part[k], a.count < b.count ? a.count : b.count));
				ck_assert_double_eq_tol(plate_part_worth(&a, &b, x, y, &b), most, 1e-9);
			}
		if (round)
			ck_assert_double_gt(plate_part_worth(&a, &b, 0, 0, &b), plate_whole_worth(&a, &b, 0, 0, &b) + .01);
		plate_free(&a);
		plate_free(&b);
		signature_free(&s);
		signature_free(&t);
	}
}
END_TEST

START_TEST(correlations_are_over_what_both_have)
{
	struct signature s, t;
	struct plate a, b;
	int n, m;

	for (int round = 0; round < 4; round++) {
		if (round & 1)
			boxed(8, 45, 3, 22, 11, 44, &s);
		else
			marked_small(8, 45, 1, &s);
		if (round & 2)
			boxed(9, 45, 13, 45, 0, 20, &t);
		else
			marked_small(9, 45, 1, &t);
		from(&s, &a);
		from(&t, &b);
		for (int y = -20; y <= 20; y += 4)
			for (int x = -20; x <= 20; x++) {
				ck_assert_double_eq_tol(plate_correlate(&a, &b, x, y, &n), correlate(&a, &b, x, y, &m), 1e-12);
				ck_assert_int_eq(n, m);
			}
		ck_assert_double_eq_tol(plate_correlate(&a, &a, 0, 0, &n), 1, 1e-12);
		ck_assert_int_eq(n, a.count);
		plate_free(&a);
		plate_free(&b);
		signature_free(&s);
		signature_free(&t);
	}
}
END_TEST

/* The largest signature of the largest values: sums do not overflow. */
START_TEST(the_largest_sums_are_exact)
{
	struct signature s;
	struct plate p, q;
	int n;

	marked_small(1, 1024, 1, &s);
	for (int i = 0; i < 1024 * 1024; i++) {
		s.on[i] = 1;
		s.layer[0][i] = SIGNATURE_LIMIT;
	}
	from(&s, &p);
	ck_assert_double_eq_tol(plate_correlate(&p, &p, 0, 0, &n), 1, 1e-12);
	ck_assert_int_eq(n, 1024 * 1024);
	for (int i = 0; i < 1024 * 1024; i++)
		s.layer[0][i] = -SIGNATURE_LIMIT;
	from(&s, &q);
	ck_assert_double_eq_tol(plate_correlate(&p, &q, 0, 0, &n), -1, 1e-12);
	plate_free(&q);
	plate_free(&p);
	signature_free(&s);
}
END_TEST

START_TEST(small_overlaps_are_worth_less)
{
	struct plate a = { .count = 1000 }, b = { .count = 400 }, none = { 0 };

	ck_assert_double_eq_tol(plate_worth(.5, 400, &a, &b), .5, 1e-12);
	ck_assert_double_eq_tol(plate_worth(.5, 100, &a, &b), .25, 1e-12);
	ck_assert_double_eq_tol(plate_worth(.5, 100, &b, &a), .25, 1e-12);
	ck_assert_double_eq_tol(plate_worth(-.5, 400, &a, &b), -.5, 1e-12);
	ck_assert_double_gt(plate_worth(.5, 80, &a, &b), 0);
	ck_assert_double_eq(plate_worth(.5, 79, &a, &b), 0);
	ck_assert_double_eq(plate_worth(.5, 0, &none, &b), 0);
	/* a scaled plate may have more points than it had */
	ck_assert_double_eq_tol(plate_worth(.5, 500, &a, &b), .5, 1e-12);
}
END_TEST

Suite *t_plate(void)
{
	Suite *s = suite_create("plate");
	TCase *c = tcase_create("nominal");

	tcase_add_test(c, a_signature_becomes_a_plate);
	tcase_add_test(c, halves_are_means_of_what_is_there);
	tcase_add_test(c, quarter_turns_and_whole_shifts_are_exact);
	tcase_add_test(c, any_pose_keeps_the_pattern);
	tcase_add_test(c, correlations_are_over_what_both_have);
	tcase_add_test(c, the_part_that_is_worth_most_counts);
	tcase_add_test(c, small_overlaps_are_worth_less);
	suite_add_tcase(s, c);
	c = tcase_create("limits");
	tcase_add_test(c, an_empty_signature_is_an_empty_plate);
	tcase_add_test(c, what_was_there_before_is_not_seen);
	tcase_add_test(c, the_largest_sums_are_exact);
	suite_add_tcase(s, c);
	return s;
}
