/* t_land_pair.c - tests of match/land_pair: two lands on one axis, at the lag, the way they fit */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <check.h>
#include <math.h>
#include <stdlib.h>

#include "made_land.h"
#include "match/land_pair.h"
#include "math/profile.h"

Suite *t_land_pair(void);

#define STEP 1.5625
#define WIDE 900
#define CUT 64        /* samples that b lacks at its left end */

static struct land_matcher *matcher;
static struct land_bench *bench;

static void start(void)
{
	struct land_match_options o = LAND_MATCH_DEFAULT;

	matcher = land_matcher_new(&o, WIDE, STEP, NULL);
	bench = land_bench_new(matcher, NULL);
	ck_assert(matcher && bench);
}

static void stop(void)
{
	land_bench_free(bench);
	land_matcher_free(matcher);
}

/* The striae of a seed from sample `first` on, n of them, from sample other_from on those of another; turned: read from right to left; lit: as slopes
 * under a light from one side, which a turn turns over. Two samples are missing. */
static struct land_key *mixed(uint64_t seed, int first, int n, bool turned, bool lit, int other_from)
{
	struct land l = { .kind = lit ? SURFACE_PHOTOGRAPH : SURFACE_TOPOGRAPHY, .n = n, .step_um = STEP };
	float raw[WIDE + 1], z[WIDE], sure[WIDE];
	struct made_striae s, other;
	struct land_key *out;

	made_striae(&s, seed, 2000);
	made_striae(&other, seed + 100, 2000);
	for (int i = 0; i <= n; i++)
		raw[i] = (float)made_height(i >= other_from ? &other : &s, (first + i) * STEP);
	ck_assert_int_eq(profile_gauss(raw, NULL, n, 16 / STEP, z, NULL), 0);
	for (int i = 0; lit && i < n - 1; i++)
		z[i] = z[i + 1] - z[i];
	for (int i = 0; turned && i < n / 2; i++) {
		float left = z[i];

		z[i] = z[n - 1 - i];
		z[n - 1 - i] = left;
	}
	for (int i = 0; i < n; i++) {
		z[i] = turned && lit ? -z[i] : z[i];
		sure[i] = i == 100 || i == 101 ? 0 : 1;
	}
	l.z = z;
	l.sure = sure;
	ck_assert_int_eq(land_key_make(matcher, &l, &out, NULL), 0);
	return out;
}

static struct land_key *key(uint64_t seed, int first, int n, bool turned, bool lit)
{
	return mixed(seed, first, n, turned, lit, n + 1);
}

static double alike(const struct land_pair *p)
{
	const struct grid *a = &p->profile[0], *b = &p->profile[1];
	double aa = 0, bb = 0, ab = 0;

	for (int i = 0; i < a->width; i++)
		if (a->on[i] && b->on[i]) {
			aa += a->v[i] * a->v[i];
			bb += b->v[i] * b->v[i];
			ab += a->v[i] * b->v[i];
		}
	return ab / sqrt(aa * bb + 1e-20);
}

/* The candidate lacks its left end, and may be turned or lit: on the axis it lies where it belongs. */
START_TEST(laid)
{
	bool turned = _i & 1, lit = _i & 2;
	struct land_key *a = key(7, 0, WIDE, false, lit), *b = key(7, CUT, WIDE - CUT, turned, lit);
	struct land_pair p;
	struct land_fit fit;
	double mean = 0;
	int both = 0;

	land_compare(bench, a, b, &fit);
	ck_assert_int_eq(fit.turned, turned);
	ck_assert(!land_pair_make(matcher, a, b, &fit, &p, NULL));
	ck_assert_int_eq(p.turned, turned);
	ck_assert_int_eq(p.over, turned && lit);
	ck_assert_int_eq(p.at[PAIR_PROBE], 0);
	ck_assert_int_le(abs(p.at[PAIR_CANDIDATE] - CUT), 1);
	ck_assert_double_eq(p.first_um, 0);
	ck_assert_int_ge(p.agree.width, WIDE);
	ck_assert_int_eq(p.profile[PAIR_PROBE].on[100], 0);
	ck_assert_int_eq(p.profile[PAIR_CANDIDATE].on[p.at[PAIR_CANDIDATE] + (turned ? WIDE - CUT - 101 : 100)], 0);
	ck_assert_int_eq(p.profile[PAIR_CANDIDATE].on[p.at[PAIR_CANDIDATE] - 1], 0);
	ck_assert_double_gt(alike(&p), 0.9);
	for (int i = 0; i < p.agree.width; i++) {
		ck_assert_int_eq(p.agree.on[i], p.profile[0].on[i] & p.profile[1].on[i]);
		mean += p.agree.v[i];
		both += p.agree.on[i];
	}
	ck_assert_double_gt(mean / both, 0.8);
	land_pair_free(&p);
	land_key_free(a);
	land_key_free(b);
}
END_TEST

/* The other way about the axis begins left of the probe. */
START_TEST(before)
{
	struct land_key *a = key(7, CUT, WIDE - CUT, false, false), *b = key(7, 0, WIDE, false, false);
	struct land_pair p;
	struct land_fit fit;

	land_compare(bench, a, b, &fit);
	ck_assert(!land_pair_make(matcher, a, b, &fit, &p, NULL));
	ck_assert_int_eq(p.at[PAIR_CANDIDATE], 0);
	ck_assert_int_le(abs(p.at[PAIR_PROBE] - CUT), 1);
	ck_assert_double_eq_tol(p.first_um, -p.at[PAIR_PROBE] * STEP, 1e-9);
	ck_assert_double_gt(alike(&p), 0.9);
	land_pair_free(&p);
	land_key_free(a);
	land_key_free(b);
}
END_TEST

/* From BREAK on b has other striae, a has CUT samples more at its left end: only segments before the break name the
 * lag. b may be turned, and be the probe. */
START_TEST(pieces)
{
	enum { BREAK = 500 };
	bool turned = _i & 1, first = _i & 2;
	struct land_key *a = key(7, 0, WIDE, false, false), *b = mixed(7, CUT, WIDE - CUT, turned, false, BREAK);
	struct land_piece piece[SEGMENT_PIECES_MOST];
	double from_um = 0, to_um = (WIDE - CUT) * STEP, break_um = BREAK * STEP;
	struct land_fit fit;
	int n, here = 0;

	land_compare(bench, first ? b : a, first ? a : b, &fit);
	ck_assert_int_eq(fit.turned, turned);
	n = land_pieces(bench, first ? b : a, first ? a : b, &fit, piece);
	ck_assert_int_eq(n, fit.cmps_of);
	ck_assert_int_gt(n, 10);
	if (!first)
		from_um = fit.lag_um;
	for (int i = 0; i < n; i++) {
		double middle = (piece[i].from_um + piece[i].to_um) / 2 - from_um;

		ck_assert(i == 0 || piece[i].from_um >= piece[i - 1].to_um - 1e-6);
		ck_assert(middle > 0 && middle < to_um);
		/* b as the probe stands as it is: turned, its break lies the other way */
		if (piece[i].here)
			ck_assert(first && turned ? middle > to_um - break_um - 40 : middle < break_um + 40);
		here += piece[i].here;
	}
	ck_assert_int_eq(here, fit.support);
	ck_assert_int_ge(here, 4);
	land_key_free(a);
	land_key_free(b);
}
END_TEST

/* A photograph and a scan are no comparison, and can still be laid out. */
START_TEST(no_comparison)
{
	struct land_key *a = key(7, 0, 200, false, false), *b = key(8, 0, 300, false, true);
	struct land_pair p;
	struct land_fit fit;

	land_compare(bench, a, b, &fit);
	ck_assert(!land_pair_make(matcher, a, b, &fit, &p, NULL));
	ck_assert_int_eq(p.agree.width, 300);
	land_pair_free(&p);
	land_key_free(a);
	land_key_free(b);
}
END_TEST

Suite *t_land_pair(void)
{
	Suite *s = suite_create("land_pair");
	TCase *nominal = tcase_create("nominal"), *limits = tcase_create("limits");

	tcase_add_checked_fixture(nominal, start, stop);
	tcase_add_loop_test(nominal, laid, 0, 4);
	tcase_add_test(nominal, before);
	tcase_add_loop_test(nominal, pieces, 0, 4);
	suite_add_tcase(s, nominal);
	tcase_add_checked_fixture(limits, start, stop);
	tcase_add_test(limits, no_comparison);
	suite_add_tcase(s, limits);
	return s;
}
