/* t_land_search.c - tests of sign/land_code, match/land_scan and match/land_search */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "made_land.h"
#include "make/dice.h"
#include "match/land_search.h"

Suite *t_land_search(void);

#define STEP_UM 1.5625

struct coded {
	uint64_t filed[LAND_CODE_ROOM];
	size_t size;
	struct land_code code;
};

static void view(struct coded *c)
{
	ck_assert(land_code_view(c->filed, c->size, &c->code));
}

/* Striae of a barrel's land from from_um on; a shot leaves noise of its own. */
static void land(struct coded *c, uint64_t barrel, uint64_t shot, double from_um, int n, bool turned, bool lit)
{
	struct made_random r = { shot };
	struct made_striae striae;
	struct land l = { .kind = lit ? SURFACE_PHOTOGRAPH : SURFACE_TOPOGRAPHY, .n = n, .step_um = STEP_UM,
			  .left_end = LAND_END_RISE, .right_end = LAND_END_RISE };
	struct error e;

	made_striae(&striae, barrel, 3000);
	l.z = mem_new((size_t)n * 2, sizeof *l.z, &e);
	ck_assert_ptr_nonnull(l.z);
	l.sure = l.z + n;
	for (int i = 0; i < n; i++) {
		double z = made_height(&striae, from_um + i * STEP_UM) + 0.2 * made_normal(&r);

		/* what is lit from the left is lit from the right when it is turned round */
		l.z[turned ? n - 1 - i : i] = (float)(turned && lit ? -z : z);
		l.sure[i] = 1;
	}
	ck_assert_int_eq(land_code_make(&l, c->filed, &c->size, &e), 0);
	view(c);
	free(l.z);
}

/* Noise, of so many bits. */
static void scatter(struct coded *c, struct dice *d, int n, int ends)
{
	int words = (n + 63) / 64;

	memset(c->filed, 0, sizeof c->filed);
	c->filed[0] = (uint64_t)n | (uint64_t)ends << 16;
	c->size = 1 + 2 * (size_t)words;
	for (int i = 0; i < n; i++) {
		uint64_t r = dice_next(d), on = (r & 7) > 0, bit = r >> 3 & 1;

		c->filed[1 + words + i / 64] |= on << i % 64;
		c->filed[1 + i / 64] |= (on & bit) << i % 64;
	}
	view(c);
}

static int value_at(const struct land_code *c, int i)
{
	if (i < 0 || i >= c->n || !(c->on[i / 64] >> i % 64 & 1))
		return 0;
	return c->bit[i / 64] >> i % 64 & 1 ? 1 : -1;
}

static struct land_rows rows_of(const struct land_code *c, uint64_t *room)
{
	size_t one = ((size_t)c->words + 1) * 64;

	for (int u = -1; u < c->words; u++)
		for (int r = 0; r < 64; r++) {
			uint64_t *bit = &room[(u + 1) * 64 + r], *on = bit + one;

			*bit = *on = 0;
			for (int k = 0; k < 64; k++) {
				int v = value_at(c, 64 * u + r + k);

				*on |= (uint64_t)(v != 0) << k;
				*bit |= (uint64_t)(v > 0) << k;
			}
		}
	return (struct land_rows){ c->words, room, room + one };
}

START_TEST(kernels_agree)
{
	static const int length[] = { 1, 7, 63, 64, 65, 200, 411, 640, 1000, LAND_CODE_BITS };
	enum { LENGTHS = sizeof length / sizeof *length, MOST = 8 + LAND_SCAN_LAGS_MOST };
	static uint64_t room[2 * (LAND_CODE_WORDS + 1) * 64] __attribute__((aligned(64)));
	static struct coded a, b;
	struct dice d;

	dice_seed(&d, 5);
	for (int i = 0; i < LENGTHS * LENGTHS; i++) {
		int n = length[i % LENGTHS], m = length[i / LENGTHS];
		int first = -(m / 2 + 15) / 8, groups = (n / 2 + m / 2) / 8 + 5;
		static int16_t want[MOST], got[MOST];
		struct land_rows rows;

		scatter(&a, &d, n, 0);
		scatter(&b, &d, m, 0);
		rows = rows_of(&a.code, room);
		/* one lag in seven is worked out bit by bit; the others must be the same in all kernels */
		land_scan(KERNEL_PORTABLE, &rows, &b.code, first, groups, want);
		for (int k = i % 7; k < groups * LAND_SCAN_GROUP; k += 7) {
			int sum = 0;

			for (int j = 0; j < m; j++)
				sum += value_at(&b.code, j) * value_at(&a.code, j + first * LAND_SCAN_GROUP + k);
			ck_assert_msg(sum == want[k], "%d and %d, lag %d: %d, not %d", n, m,
				      first * LAND_SCAN_GROUP + k, want[k], sum);
		}
		for (int k = 0; k < KERNELS; k++) {
			if (!kernel_supported((enum kernel)k))
				continue;
			memset(got, 0x55, sizeof got);
			land_scan((enum kernel)k, &rows, &b.code, first, groups, got);
			ck_assert_msg(!memcmp(want, got, (size_t)groups * LAND_SCAN_GROUP * sizeof *want),
				      "%s: %d and %d bits", kernel_name((enum kernel)k), n, m);
			ck_assert_int_eq(got[groups * LAND_SCAN_GROUP], 0x5555);
		}
	}
}
END_TEST

static struct land_searched search(const struct coded *a, const struct coded *b)
{
	struct land_probe *p = land_probe_new(&a->code, NULL);
	struct land_searched first = { 0, 0 };

	ck_assert_ptr_nonnull(p);
	for (int k = 0; k < KERNELS; k++) {
		struct land_searched s;

		if (!kernel_supported((enum kernel)k))
			continue;
		land_search(p, (enum kernel)k, &b->code, &s);
		if (k == 0)
			first = s;
		ck_assert(s.straight == first.straight && s.turned == first.turned);
	}
	land_probe_free(p);
	return first;
}

START_TEST(mates_are_above_others)
{
	static struct coded probe, mate, other;
	float best = 0, worst = 1e9f;

	for (uint64_t k = 0; k < 12; k++) {
		float v;

		/* lands begin elsewhere, and are longer or shorter */
		land(&probe, 100 + k, 1, 300, 1200, false, false);
		land(&mate, 100 + k, 2, 300 + 30 * (double)k, 1230 - 20 * (int)k, false, false);
		v = land_searched_best((struct land_searched[]){ search(&probe, &mate) });
		worst = v < worst ? v : worst;
		for (uint64_t i = 0; i < 12; i++) {
			land(&other, 200 + i, 3, 300, 1210, false, false);
			v = land_searched_best((struct land_searched[]){ search(&probe, &other) });
			best = v > best ? v : best;
		}
	}
	ck_assert_msg(worst > 1.5 * best, "mates from %.1f on, others up to %.1f", (double)worst, (double)best);
}
END_TEST

START_TEST(one_turned_round_is_found)
{
	static struct coded probe, mate, straight;

	for (int lit = 0; lit < 2; lit++) {
		struct land_searched s, t;

		land(&probe, 7, 1, 200, 1100, false, lit);
		land(&mate, 7, 2, 210, 1300, true, lit);
		land(&straight, 7, 2, 210, 1300, false, lit);
		s = search(&probe, &mate);
		t = search(&probe, &straight);
		ck_assert_msg(s.turned > 2 * s.straight && t.straight > 2 * t.turned, "%.1f %.1f, %.1f %.1f",
			      (double)s.straight, (double)s.turned, (double)t.straight, (double)t.turned);
		/* it is nearly the same whichever of the two is the probe */
		t = search(&mate, &probe);
		ck_assert(fabsf(t.turned - s.turned) < 0.1f * s.turned);
	}
}
END_TEST

START_TEST(shoulders_speak)
{
	static struct coded probe, mate, unknown;
	float with, without, away;

	land(&probe, 9, 1, 200, 1100, false, false);
	land(&mate, 9, 2, 200, 1100, false, false);
	with = search(&probe, &mate).straight;
	unknown = mate;
	unknown.filed[0] &= 0xffff;
	view(&unknown);
	without = search(&probe, &unknown).straight;
	/* they meet at a lag that is not that of the striae */
	land(&mate, 9, 2, 500, 1100, false, false);
	mate.filed[0] &= ~(UINT64_C(2) << 16);
	view(&mate);
	away = search(&probe, &mate).straight;
	ck_assert_msg(with > without + 5 && without > away, "%.1f %.1f %.1f", (double)with, (double)without,
		      (double)away);
}
END_TEST

START_TEST(photographs_and_topographies_do_not_compare)
{
	static struct coded a, b;
	struct land_searched s;

	land(&a, 3, 1, 0, 900, false, false);
	land(&b, 3, 1, 0, 900, false, true);
	s = search(&a, &b);
	ck_assert(isinf(s.straight) && s.straight < 0 && isinf(s.turned) && s.turned < 0);
}
END_TEST

START_TEST(any_length)
{
	static const int length[] = { 1, 2, 64, 65, 411, LAND_CODE_BITS };
	static struct coded a, b;
	struct dice d;

	dice_seed(&d, 6);
	for (size_t i = 0; i < 36; i++) {
		struct land_searched s;

		scatter(&a, &d, length[i / 6], (int)i % 4);
		scatter(&b, &d, length[i % 6], (int)(i / 4) % 4);
		s = search(&a, &b);
		ck_assert(isfinite(s.straight) && isfinite(s.turned));
	}
	/* one that says nothing */
	memset(b.filed + 1, 0, (b.size - 1) * sizeof *b.filed);
	ck_assert(isfinite(search(&a, &b).straight) && isfinite(search(&b, &a).straight));
}
END_TEST

START_TEST(what_cannot_be_coded)
{
	float z[8] = { 1, 2, 3, 1, 2, 3, 1, 2 }, sure[8] = { 1, 1, 1, 1, 1, 1, 1, 1 };
	struct land l = { .n = 2, .step_um = STEP_UM, .z = z, .sure = sure };
	static struct coded c;
	struct error e;

	ck_assert_int_eq(land_code_make(&l, c.filed, &c.size, &e), STATUS_INPUT);
	l.n = LAND_MOST + 1;
	ck_assert_int_eq(land_code_make(&l, c.filed, &c.size, &e), STATUS_INPUT);
	l.n = 3;
	ck_assert_int_eq(land_code_make(&l, c.filed, &c.size, &e), 0);
	view(&c);
	ck_assert_int_eq(c.code.n, 1);
	/* nothing is there, or nothing is high */
	for (int i = 0; i < 8; i++)
		z[i] = i % 2 ? NAN : 5;
	l.n = 8;
	ck_assert_int_eq(land_code_make(&l, c.filed, &c.size, &e), 0);
	view(&c);
	ck_assert_uint_eq(c.code.on[0], 0);
	memset(sure, 0, sizeof sure);
	ck_assert_int_eq(land_code_make(&l, c.filed, &c.size, &e), 0);
	view(&c);
	ck_assert_uint_eq(c.code.on[0], 0);
}
END_TEST

START_TEST(damaged_codes_are_not_seen)
{
	uint64_t filed[LAND_CODE_ROOM] = { 100 };
	struct land_code c;

	ck_assert(land_code_view(filed, 5, &c) && c.words == 2);
	ck_assert(!land_code_view(filed, 4, &c));
	ck_assert(!land_code_view(filed, 0, &c));
	filed[0] = 0;
	ck_assert(!land_code_view(filed, 5, &c));
	filed[0] = LAND_CODE_BITS + 1;
	ck_assert(!land_code_view(filed, LAND_CODE_ROOM, &c));
	filed[0] = LAND_CODE_BITS;
	ck_assert(land_code_view(filed, LAND_CODE_ROOM, &c));
	ck_assert(!land_code_view(filed, LAND_CODE_ROOM - 1, &c));
}
END_TEST

Suite *t_land_search(void)
{
	Suite *s = suite_create("land_search");
	TCase *t = tcase_create("land_search");

	tcase_add_test(t, kernels_agree);
	tcase_add_test(t, mates_are_above_others);
	tcase_add_test(t, one_turned_round_is_found);
	tcase_add_test(t, shoulders_speak);
	tcase_add_test(t, photographs_and_topographies_do_not_compare);
	tcase_add_test(t, any_length);
	tcase_add_test(t, what_cannot_be_coded);
	tcase_add_test(t, damaged_codes_are_not_seen);
	suite_add_tcase(s, t);
	return s;
}
