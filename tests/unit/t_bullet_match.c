/* t_bullet_match.c - tests of match/bullet */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <check.h>
#include <math.h>
#include <string.h>

#include "made_land.h"
#include "match/bullet.h"
#include "math/profile.h"

#define STEP 1.5625
#define WIDE 1000
#define MOST_KEYS 64

static struct land_matcher *matcher;
static struct land_bench *bench;
static struct land_key *made[MOST_KEYS];
static int keys;

static void start(void)
{
	struct land_match_options o = LAND_MATCH_DEFAULT;

	matcher = land_matcher_new(&o, WIDE, STEP, NULL);
	bench = land_bench_new(matcher, NULL);
	ck_assert(matcher && bench);
	keys = 0;
}

static void stop(void)
{
	while (keys)
		land_key_free(made[--keys]);
	land_bench_free(bench);
	land_matcher_free(matcher);
}

/* The profile of a barrel's land as one shot shows it; turned: scanned the other way up. */
static const struct land_key *shot(uint64_t barrel, int land, uint64_t noise_seed, double noise, int turned)
{
	struct made_random r = { noise_seed * 100 + (uint64_t)land };
	struct land l = { .n = WIDE, .step_um = STEP, .left_end = LAND_END_RISE, .right_end = LAND_END_RISE };
	float z[WIDE], sure[WIDE], form[WIDE];
	struct made_striae s;

	made_striae(&s, barrel * 100 + (uint64_t)land, 2000);
	for (int i = 0; i < WIDE; i++) {
		int at = turned ? WIDE - 1 - i : i;

		z[at] = (float)(made_height(&s, 3 * made_uniform(&r) + i * STEP) + noise * made_normal(&r));
		sure[i] = 1;
	}
	ck_assert_int_eq(profile_form(z, WIDE, 160, 16, 2, .05, form, NULL), 0);
	for (int i = 0; i < WIDE; i++)
		form[i] = z[i] - form[i];
	ck_assert_int_eq(profile_gauss(form, NULL, WIDE, 16 / STEP, z, NULL), 0);
	ck_assert_int_lt(keys, MOST_KEYS);
	l.z = z;
	l.sure = sure;
	ck_assert_int_eq(land_key_make(matcher, &l, &made[keys], NULL), 0);
	return made[keys++];
}

/* Land k of the bullet is the barrel's land (k + phase) % n, or (phase - k) for one the other end up. */
static void bullet(struct bullet *b, uint64_t barrel, int n, int phase, uint64_t noise_seed, double noise, int end_up)
{
	memset(b, 0, sizeof *b);
	for (int k = 0; k < n; k++) {
		int land = end_up ? (phase - k + n) % n : (phase + k) % n;

		ck_assert_int_eq(bullet_add(b, n, k + 1, shot(barrel, land, noise_seed, noise, end_up), NULL), 0);
	}
}

START_TEST(every_phase_is_found)
{
	for (int n = 4; n <= 8; n += 2)
		for (int phase = 0; phase < n; phase += n - 3) {
			struct bullet a, b;
			struct bullet_fit f;

			stop();
			start();
			bullet(&a, 1, n, 0, 1, 0.4, 0);
			bullet(&b, 1, n, (n - phase) % n, 2, 0.4, 0);
			ck_assert_int_eq(bullet_compare(bench, &a, &b, &f, NULL), 0);
			ck_assert_msg(f.phase == phase && !f.backwards, "%d lands: %d not %d", n, f.phase, phase);
			ck_assert_int_eq(f.compared, n);
			ck_assert_double_gt(f.margin, 3);
			ck_assert_double_gt(f.lr, 100);
			for (int i = 0; i < n; i++)
				ck_assert_double_gt(f.fit[i].ccf, 0.7);
			ck_assert_double_eq_tol(f.phases[phase], f.score, 1e-9);
			for (int i = 0; i < n; i++)
				ck_assert_double_eq(f.pairs[i][(phase + i) % n], f.fit[i].score);
		}
}
END_TEST

START_TEST(the_other_end_up)
{
	struct bullet a, b;
	struct bullet_fit f;

	bullet(&a, 1, 6, 0, 1, 0.4, 0);
	bullet(&b, 1, 6, 2, 2, 0.4, 1);
	ck_assert_int_eq(bullet_compare(bench, &a, &b, &f, NULL), 0);
	ck_assert(f.backwards);
	ck_assert_int_eq(f.phase, 2);
	ck_assert_double_gt(f.margin, 3);
	/* each scan turned, the order kept: the files were transposed */
	for (int k = 0; k < 6; k++)
		b.land[k] = shot(1, (k + 2) % 6, 3, 0.4, 1);
	ck_assert_int_eq(bullet_compare(bench, &a, &b, &f, NULL), 0);
	ck_assert(!f.backwards && f.fit[0].turned);
	ck_assert_int_eq(f.phase, 4);
	ck_assert_double_gt(f.margin, 3);
}
END_TEST

START_TEST(missing_lands)
{
	struct bullet a, b;
	struct bullet_fit f;
	double whole;

	bullet(&a, 1, 6, 0, 1, 0.4, 0);
	bullet(&b, 1, 6, 1, 2, 0.4, 0);
	ck_assert_int_eq(bullet_compare(bench, &a, &b, &f, NULL), 0);
	whole = f.score;
	a.land[0] = a.land[3] = b.land[1] = b.land[5] = NULL;
	ck_assert_int_eq(bullet_compare(bench, &a, &b, &f, NULL), 0);
	ck_assert_int_eq(f.phase, 5);
	ck_assert_int_eq(f.compared, 3);
	ck_assert_double_lt(f.score, whole);
	ck_assert_double_gt(f.margin, 2);
	ck_assert(f.fit[0].ccf == 0 && f.fit[1].ccf > 0.7);
	for (int i = 0; i < f.lands; i++)
		for (int j = 0; j < f.lands; j++)
			ck_assert(isnan(f.pairs[i][j]) == (!a.land[i] || !b.land[j]));
	memset(a.land, 0, sizeof a.land);
	ck_assert_int_eq(bullet_compare(bench, &a, &b, &f, NULL), STATUS_INPUT);
}
END_TEST

START_TEST(two_barrels)
{
	struct bullet a, b;
	struct bullet_fit f;

	bullet(&a, 1, 6, 0, 1, 0.4, 0);
	bullet(&b, 2, 6, 0, 2, 0.4, 0);
	ck_assert_int_eq(bullet_compare(bench, &a, &b, &f, NULL), 0);
	ck_assert_double_lt(f.lr, 1);
	ck_assert_double_lt(f.score, 10);
	ck_assert(!f.other_class);
}
END_TEST

START_TEST(other_class)
{
	struct bullet a, b;
	struct bullet_fit f;

	bullet(&a, 1, 6, 0, 1, 0.4, 0);
	bullet(&b, 1, 5, 0, 2, 0.4, 0);
	ck_assert_int_eq(bullet_compare(bench, &a, &b, &f, NULL), 0);
	ck_assert(f.other_class && f.score == 0 && f.lr < 0.1 && f.lr > 0);
	b = a;
	a.twist = TWIST_LEFT;
	ck_assert_int_eq(bullet_compare(bench, &a, &b, &f, NULL), 0);
	ck_assert(!f.other_class);
	b.twist = TWIST_RIGHT;
	ck_assert_int_eq(bullet_compare(bench, &a, &b, &f, NULL), 0);
	ck_assert(f.other_class);
}
END_TEST

START_TEST(contradictions)
{
	const struct land_key *k = shot(1, 0, 1, 0, 0);
	struct bullet b = { 0 };
	struct error e;

	ck_assert_int_eq(bullet_add(&b, 6, 2, k, &e), 0);
	ck_assert_int_eq(bullet_add(&b, 5, 3, k, &e), STATUS_INPUT);
	ck_assert_ptr_nonnull(strstr(e.text, "contradict"));
	ck_assert_int_eq(bullet_add(&b, 6, 2, k, &e), STATUS_INPUT);
	ck_assert_ptr_nonnull(strstr(e.text, "twice"));
	ck_assert_int_eq(bullet_add(&b, 6, 7, k, &e), STATUS_INPUT);
	ck_assert_int_eq(bullet_add(&b, 6, 0, k, &e), STATUS_INPUT);
	ck_assert_int_eq(bullet_add(&b, 1, 1, k, &e), STATUS_INPUT);
	ck_assert_int_eq(bullet_add(&b, BULLET_LANDS + 1, 1, k, &e), STATUS_INPUT);
	ck_assert(b.lands == 6 && b.land[1] == k);
}
END_TEST

Suite *t_bullet_match(void);
Suite *t_bullet_match(void)
{
	Suite *s = suite_create("bullet_match");
	TCase *t = tcase_create("core");

	tcase_add_checked_fixture(t, start, stop);
	tcase_set_timeout(t, 120);
	tcase_add_test(t, every_phase_is_found);
	tcase_add_test(t, the_other_end_up);
	tcase_add_test(t, missing_lands);
	tcase_add_test(t, two_barrels);
	tcase_add_test(t, other_class);
	tcase_add_test(t, contradictions);
	suite_add_tcase(s, t);
	return s;
}
