/* t_land_match.c - tests of match/land, land_key, land_score, segment, ridge, and of sign/land */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "made_land.h"
#include "match/land.h"
#include "match/land_score.h"
#include "math/profile.h"
#include "sign/frame.h"
#include "sign/land.h"
#include "sign/pack.h"

#define STEP 1.5625
#define LONGEST 1500

/* A signature of striae `seed`, cut from from_um on, with noise of its own; band as real ones. */
struct profile {
	enum surface_kind kind;
	int n;
	float z[LONGEST], sure[LONGEST];
};

static void profile(struct profile *p, uint64_t seed, double from_um, int n, double noise, uint64_t noise_seed)
{
	struct made_random r = { noise_seed };
	struct made_striae s;
	float form[LONGEST];

	made_striae(&s, seed, 3000);
	p->kind = SURFACE_TOPOGRAPHY;
	p->n = n;
	for (int i = 0; i < n; i++) {
		p->z[i] = (float)(made_height(&s, from_um + i * STEP) + noise * made_normal(&r));
		p->sure[i] = 1;
	}
	ck_assert_int_eq(profile_form(p->z, n, 160, 16, 2, .05, form, NULL), 0);
	for (int i = 0; i < n; i++)
		form[i] = p->z[i] - form[i];
	ck_assert_int_eq(profile_gauss(form, NULL, n, 16 / STEP, p->z, NULL), 0);
}

static struct land_matcher *matcher;
static struct land_bench *bench;

static void start(void)
{
	struct land_match_options o = LAND_MATCH_DEFAULT;
	struct error e;

	matcher = land_matcher_new(&o, LONGEST, STEP, &e);
	ck_assert_msg(matcher != NULL, "%s", e.text);
	bench = land_bench_new(matcher, &e);
	ck_assert(bench != NULL);
}

static void stop(void)
{
	land_bench_free(bench);
	land_matcher_free(matcher);
}

static struct land land_of(struct profile *p, int ends)
{
	return (struct land){ .kind = p->kind, .n = p->n, .step_um = STEP, .z = p->z, .sure = p->sure,
			      .left_end = ends & LAND_LEFT_KNOWN ? LAND_END_RISE : LAND_END_DATA,
			      .right_end = ends & LAND_RIGHT_KNOWN ? LAND_END_GAP : LAND_END_DATA };
}

static struct land_key *key(struct profile *p, int ends)
{
	struct land l = land_of(p, ends);
	struct land_key *k;
	struct error e;

	ck_assert_msg(land_key_make(matcher, &l, &k, &e) == 0, "%s", e.text);
	return k;
}

static struct land_fit compare(struct profile *a, struct profile *b, int ends)
{
	struct land_key *p = key(a, ends), *q = key(b, ends);
	struct land_fit f;

	land_compare(bench, p, q, &f);
	land_key_free(p);
	land_key_free(q);
	return f;
}

static void reverse(struct profile *p)
{
	for (int i = 0; i < p->n / 2; i++) {
		float t = p->z[i];

		p->z[i] = p->z[p->n - 1 - i];
		p->z[p->n - 1 - i] = t;
		t = p->sure[i];
		p->sure[i] = p->sure[p->n - 1 - i];
		p->sure[p->n - 1 - i] = t;
	}
}

START_TEST(itself)
{
	struct profile a;
	struct land_fit f;

	profile(&a, 1, 0, 1200, 0, 1);
	f = compare(&a, &a, 0);
	ck_assert_double_eq_tol(f.ccf, 1, 1e-5);
	ck_assert_double_eq_tol(f.lag_um, 0, 1e-9);
	ck_assert_double_eq_tol(f.overlap, 1, 1e-9);
	ck_assert(!f.turned);
	ck_assert_int_eq(f.cmps, f.cmps_of);
	ck_assert_int_ge(f.cmps_of, 24);
	ck_assert_int_ge(f.cms, 20);
	ck_assert_double_ge(f.lr, 1000);
}
END_TEST

/* Any lag at which enough overlaps, of either, also turned, is found where it is; the noise differs. */
START_TEST(any_lag_is_found)
{
	static const struct { double a, b; int na, nb; } way[] = {
		{ 0, 0, 1200, 1200 }, { 0, 400, 1200, 1200 }, { 400, 0, 1200, 1200 }, { 0, 100.3, 1200, 1180 },
		{ 200, 300, 1400, 700 }, { 900, 0, 600, 1400 }, { 0, 1200, 1500, 800 }, { 50, 0, 500, 500 },
	};

	for (size_t k = 0; k < 2 * sizeof way / sizeof *way; k++) {
		size_t w = k / 2;
		struct profile a, b;
		struct land_fit f;
		double lag = way[w].b - way[w].a;

		profile(&a, 5, way[w].a, way[w].na, 0.3, 10 + k);
		profile(&b, 5, way[w].b, way[w].nb, 0.3, 90 + k);
		if (k % 2)
			reverse(&b);
		f = compare(&a, &b, 0);
		ck_assert_msg(fabs(f.lag_um - lag) < 3.2, "%zu: lag %.1f not %.1f", k, f.lag_um, lag);
		ck_assert_int_eq(f.turned, k % 2);
		ck_assert_msg(f.ccf > 0.8, "%zu: %.3f", k, f.ccf);
		ck_assert_msg(f.score > 20 && f.support * 2 > f.cmps_of, "%zu: %.1f", k, f.score);
	}
}
END_TEST

START_TEST(order_of_the_two_does_not_matter)
{
	struct profile a, b;

	for (uint64_t seed = 1; seed < 6; seed++) {
		struct land_fit f, g;

		profile(&a, seed, 0, 1100, 0.4, seed);
		profile(&b, seed % 2 ? seed : seed + 50, 60, 1210, 0.4, seed + 9);
		f = compare(&a, &b, 0);
		g = compare(&b, &a, 0);
		ck_assert_double_eq_tol(f.strength, g.strength, 1e-3);
		ck_assert_double_eq_tol(f.ccf, g.ccf, 1e-4);
		ck_assert_int_eq(f.turned, g.turned);
		if (!f.turned)
			ck_assert_double_eq_tol(f.lag_um, -g.lag_um, 1e-9);
		ck_assert_int_eq(f.cms, g.cms);
		ck_assert_int_eq(f.cmps_of, g.cmps_of);
		ck_assert_int_le(abs(f.support - g.support), 2);
	}
}
END_TEST

/* Striae of different seeds: none of 190 pairs says "same", all of 20 noisy pairs of one do. */
START_TEST(others_are_told_apart)
{
	struct land_key *k[20], *twin[20];
	double lowest = 1e9, highest = 0;
	int above_one = 0;

	for (uint64_t i = 0; i < 20; i++) {
		struct profile p;

		profile(&p, 100 + i, 0, 1200, 0.5, i);
		k[i] = key(&p, 0);
		profile(&p, 100 + i, 8, 1190, 0.5, 1000 + i);
		twin[i] = key(&p, 0);
	}
	for (int i = 0; i < 20; i++)
		for (int j = i; j < 20; j++) {
			struct land_fit f;

			land_compare(bench, k[i], twin[j], &f);
			if (i == j)
				lowest = fmin(lowest, f.odds);
			else
				highest = fmax(highest, f.odds);
			above_one += i != j && f.lr > 1;
		}
	ck_assert_msg(lowest > highest + 5, "%.1f against %.1f", lowest, highest);
	ck_assert_int_le(above_one, 7);
	for (int i = 0; i < 20; i++) {
		land_key_free(k[i]);
		land_key_free(twin[i]);
	}
}
END_TEST

/* Shoulders that meet speak for a lag, and never hide a clear one elsewhere. */
START_TEST(shoulders)
{
	struct profile a, b;
	struct land_fit free_, known;

	profile(&a, 7, 0, 1200, 1.2, 1);
	profile(&b, 7, 3, 1200, 1.2, 2);
	free_ = compare(&a, &b, 0);
	known = compare(&a, &b, LAND_LEFT_KNOWN | LAND_RIGHT_KNOWN);
	ck_assert_double_eq_tol(known.lag_um, 3, 3);
	ck_assert_double_gt(known.odds, free_.odds + 1);
	ck_assert_double_gt(known.place, 2);
	profile(&b, 7, 300, 1200, 0.2, 2);
	known = compare(&a, &b, LAND_LEFT_KNOWN);
	ck_assert_double_eq_tol(known.lag_um, 300, 4);
	ck_assert_double_lt(known.place, 0);
	/* turned, b's right shoulder stands on the left */
	profile(&b, 7, 3, 1150, 0.2, 2);
	reverse(&b);
	known = compare(&a, &b, LAND_LEFT_KNOWN);
	ck_assert(known.turned);
	free_ = compare(&a, &b, 0);
	ck_assert_double_eq_tol(known.place, free_.place, 1e-9);
}
END_TEST

START_TEST(missing_points_take_no_part)
{
	struct profile a, b;
	struct land_fit f, g;

	profile(&a, 3, 0, 1200, 0.2, 1);
	profile(&b, 3, 20, 1200, 0.2, 2);
	for (int i = 400; i < 700; i++)
		b.sure[i] = 0;
	f = compare(&a, &b, 0);
	for (int i = 400; i < 700; i++)
		b.z[i] = i % 2 ? 1e6f : NAN;
	g = compare(&a, &b, 0);
	ck_assert(!memcmp(&f, &g, sizeof f));
	ck_assert_double_eq_tol(f.lag_um, 20, 1.6);
	ck_assert_double_gt(f.ccf, 0.85);
	ck_assert_double_eq_tol(f.overlap, 1, 0.03);
}
END_TEST

/* Flat, constant, tiny or broken profiles: a reason, or a fit that says nothing. */
START_TEST(nothing_to_compare)
{
	struct profile a, b;
	struct land_key *k;
	struct land_fit f;
	struct error e;
	struct land l;

	profile(&a, 3, 0, 1200, 0.2, 1);
	b = a;
	memset(b.z, 0, sizeof b.z);
	f = compare(&a, &b, 0);
	ck_assert_double_lt(f.lr, 0.1);
	ck_assert_double_eq_tol(f.ccf, 0, 1e-9);
	f = compare(&b, &b, LAND_LEFT_KNOWN);
	ck_assert(isfinite(f.score) && isfinite(f.odds));
	l = land_of(&a, 0);
	l.n = 63;
	ck_assert_int_eq(land_key_make(matcher, &l, &k, &e), STATUS_INPUT);
	l.n = LONGEST + 1;
	ck_assert_int_eq(land_key_make(matcher, &l, &k, &e), STATUS_INPUT);
	l.n = 1200;
	l.step_um = 3;
	ck_assert_int_eq(land_key_make(matcher, &l, &k, &e), STATUS_INPUT);
	l.step_um = STEP;
	memset(a.sure, 0, sizeof a.sure);
	ck_assert_int_eq(land_key_make(matcher, &l, &k, &e), STATUS_INPUT);
	ck_assert_ptr_null(k);
	land_key_free(NULL);
}
END_TEST

START_TEST(options_have_ranges)
{
	struct land_match_options o = LAND_MATCH_DEFAULT;
	struct error e;

	o.overlap = 0.3;
	ck_assert_ptr_null(land_matcher_new(&o, 1000, STEP, &e));
	ck_assert_int_eq(e.status, STATUS_USAGE);
	o = (struct land_match_options)LAND_MATCH_DEFAULT;
	ck_assert_ptr_null(land_matcher_new(&o, 10, STEP, &e));
	ck_assert_ptr_null(land_matcher_new(&o, 100000, STEP, &e));
	land_matcher_free(NULL);
	land_bench_free(NULL);
}
END_TEST

START_TEST(one_way_does_not_turn)
{
	struct land_match_options o = LAND_MATCH_DEFAULT;
	struct land_matcher *m;
	struct land_bench *room;
	struct land_key *p, *q;
	struct profile a, b;
	struct land_fit f;
	struct land l;

	o.one_way = true;
	m = land_matcher_new(&o, LONGEST, STEP, NULL);
	room = land_bench_new(m, NULL);
	profile(&a, 3, 0, 1200, 0.2, 1);
	b = a;
	reverse(&b);
	l = land_of(&a, 0);
	ck_assert_int_eq(land_key_make(m, &l, &p, NULL), 0);
	l = land_of(&b, 0);
	ck_assert_int_eq(land_key_make(m, &l, &q, NULL), 0);
	land_compare(room, p, q, &f);
	ck_assert(!f.turned);
	ck_assert_double_lt(f.ccf, 0.6);
	land_key_free(p);
	land_key_free(q);
	land_bench_free(room);
	land_matcher_free(m);
}
END_TEST

/* Under a lamp from the left a slope is bright; turned round, it is dark. */
START_TEST(photographs)
{
	struct profile a, b;
	struct land_fit f, g;

	profile(&a, 3, 0, 1200, 0.2, 1);
	profile(&b, 3, 30, 1180, 0.2, 2);
	a.kind = b.kind = SURFACE_PHOTOGRAPH;
	f = compare(&a, &b, 0);
	ck_assert(!f.turned && f.ccf > 0.9);
	reverse(&b);
	for (int i = 0; i < b.n; i++)
		b.z[i] = -b.z[i];
	g = compare(&a, &b, 0);
	ck_assert(g.turned);
	ck_assert_double_eq_tol(g.lag_um, f.lag_um, 1.6);
	ck_assert_double_eq_tol(g.ccf, f.ccf, 1e-3);
	ck_assert_int_le(abs(g.cms - f.cms), 1);
	ck_assert_int_le(abs(g.support - f.support), 1);
	b.kind = SURFACE_TOPOGRAPHY;
	f = compare(&a, &b, 0);
	ck_assert(f.ccf == 0 && f.score < 0.1 && f.lr < 0.1);
}
END_TEST

/* A staircase of known turns: +1 at 100, 300, ..., -1 at 200, 400, ... */
START_TEST(ridges)
{
	float v[1000], on[1000];
	struct ridges r, s;

	for (int i = 0; i < 1000; i++) {
		v[i] = (float)(-cos(2 * M_PI * i / 200) + 0.05 * sin(i * 1.7));
		on[i] = 1;
	}
	ck_assert_int_eq(ridges_find(v, on, 1000, &r, NULL), 0);
	ck_assert_int_eq(r.n, 9);
	for (int k = 0; k < r.n; k++) {
		ck_assert_int_eq(r.sign[k], k % 2 ? -1 : 1);
		ck_assert_float_eq_tol(r.at[k], 100.0f * (float)(k + 1), 12);
	}
	ck_assert_int_eq(ridges_consecutive(&r, &r, 0, 0, 1000, 5), 9);
	ck_assert_int_eq(ridges_consecutive(&r, &r, 200, 0, 1000, 5), 7);
	ck_assert_int_eq(ridges_consecutive(&r, &r, 100, 0, 1000, 5), 0);
	/* read backwards, and one of nine moved away: two runs of four */
	ck_assert_int_ge(ridges_consecutive(&r, &r, 0, 1, 1001, 25), 9);
	ck_assert_int_eq(ridges_find(v, on, 1000, &s, NULL), 0);
	s.at[4] += 50;
	ck_assert_int_eq(ridges_consecutive(&r, &s, 0, 0, 1000, 5), 4);
	ridges_free(&r);
	ridges_free(&s);
	ck_assert_int_eq(ridges_find(v, on, 0, &s, NULL), 0);
	ck_assert_int_eq(s.n, 0);
	ridges_free(&s);
}
END_TEST

START_TEST(scores_grow_with_odds)
{
	ck_assert_double_eq_tol(land_score_of(0), 10 * log10(2), 1e-9);
	ck_assert_double_eq_tol(land_score_of(-50), 0, 1e-9);
	ck_assert_double_eq_tol(land_score_of(100), 1000 / M_LN10, 1e-6);
	for (double x = -40; x < 60; x += 0.5) {
		ck_assert(land_score_of(x + 0.5) > land_score_of(x));
		ck_assert(land_lr_of(x + 0.5) >= land_lr_of(x));
	}
	ck_assert(land_lr_of(1e6) < 1e5 && land_lr_of(-1e6) > 1e-5);
}
END_TEST

/* What is filed comes back to the rounding, and compares alike; through a frame as well. */
START_TEST(filed_and_unfiled)
{
	struct land_options o = LAND_OPTIONS_DEFAULT;
	struct land l = { .kind = SURFACE_TOPOGRAPHY, .n = 1200, .step_um = STEP, .left_um = 298.4, .width_um = 1199 * STEP,
			  .quality = 88, .left_end = LAND_END_RISE, .right_end = LAND_END_DATA }, back;
	struct signature s = { 0 }, t = { 0 };
	struct buf body = { 0 };
	struct profile p;
	struct error e;

	profile(&p, 3, 0, 1200, 0.2, 1);
	for (int i = 100; i < 130; i++)
		p.sure[i] = 0;
	p.sure[7] = 0.25f;
	l.z = p.z;
	l.sure = p.sure;
	ck_assert_msg(land_file(&l, &o, &s, &e) == 0, "%s", e.text);
	ck_assert_int_eq(pack_signature(&s, &body, &e), 0);
	ck_assert_msg(unpack_signature(&body, 1, &t, &e) == 0, "%s", e.text);
	ck_assert_msg(land_unfile(&t, &o, &back, &e) == 0, "%s", e.text);
	ck_assert(back.n == l.n && back.kind == l.kind && land_ends(&back) == LAND_LEFT_KNOWN);
	ck_assert_double_eq_tol(back.left_um, 298.4, 1e-9);
	for (int i = 0; i < l.n; i++) {
		ck_assert_float_eq_tol(back.sure[i], p.sure[i], 6e-4f);
		if (p.sure[i] > 0)
			ck_assert_float_eq_tol(back.z[i], p.z[i], 6e-4f);
	}
	land_free(&back);
	o.long_um = 300;
	ck_assert_int_eq(land_unfile(&t, &o, &back, &e), STATUS_INPUT);
	ck_assert_ptr_nonnull(strstr(e.text, "band 16-250"));
	t.mark = MARK_BREECH_FACE;
	ck_assert_int_eq(land_unfile(&t, &o, &back, &e), STATUS_INPUT);
	signature_free(&s);
	signature_free(&t);
	buf_free(&body);
}
END_TEST

Suite *t_land_match(void);
Suite *t_land_match(void)
{
	Suite *s = suite_create("land_match");
	TCase *t = tcase_create("core");

	tcase_add_checked_fixture(t, start, stop);
	tcase_set_timeout(t, 120);
	tcase_add_test(t, itself);
	tcase_add_test(t, any_lag_is_found);
	tcase_add_test(t, order_of_the_two_does_not_matter);
	tcase_add_test(t, others_are_told_apart);
	tcase_add_test(t, shoulders);
	tcase_add_test(t, missing_points_take_no_part);
	tcase_add_test(t, nothing_to_compare);
	tcase_add_test(t, options_have_ranges);
	tcase_add_test(t, one_way_does_not_turn);
	tcase_add_test(t, photographs);
	tcase_add_test(t, ridges);
	tcase_add_test(t, scores_grow_with_odds);
	tcase_add_test(t, filed_and_unfiled);
	suite_add_tcase(s, t);
	return s;
}
