/* t_scan.c - tests of match/scan and match/laid */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <check.h>
#include <math.h>
#include <string.h>

#include "make/dice.h"
#include "match/laid.h"
#include "match/scan.h"

Suite *t_scan(void);

#define CODES 33

static uint64_t words[CODE_WORDS * (1 + SCAN_GROUPS_MOST * SCAN_GROUP)];
static struct code code[CODES];
static const struct code *pointer[CODES];

static void scatter(uint64_t seed)
{
	struct dice d;

	dice_seed(&d, seed);
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		words[i] = dice_next(&d);
	for (int i = 0; i < CODES; i++) {
		for (int w = 0; w < CODE_WORDS; w++) {
			code[i].on[w] = dice_next(&d) | (i % 3 ? dice_next(&d) : 0);
			code[i].bit[w] = dice_next(&d) & code[i].on[w];
		}
		pointer[i] = &code[i];
	}
	memset(&code[4], 0, sizeof code[4]);
	memset(code[5].on, 0xff, sizeof code[5].on);
}

/* bit by bit */
static void slowly(const struct scan_turn *t, const struct code *c, struct scan_found *out)
{
	int shifts = t->groups * SCAN_GROUP;

	*out = (struct scan_found){ 0, CODE_MOST + 1, 0 };
	for (int k = 0; k < CODE_MOST; k++)
		out->common += (int)(t->on[k / 64] >> k % 64 & c->on[k / 64] >> k % 64 & 1);
	for (int s = 0; s < shifts; s++) {
		int d = 0;

		for (int k = 0; k < CODE_MOST; k++) {
			uint64_t both = t->on[k / 64] & c->on[k / 64];

			d += (int)(((t->bit[k / 64 * shifts + s] ^ c->bit[k / 64]) & both) >> k % 64 & 1);
		}
		if (d < out->differ) {
			out->differ = d;
			out->shift = s;
		}
	}
}

START_TEST(kernels_agree)
{
	for (int groups = 1; groups <= SCAN_GROUPS_MOST; groups++) {
		struct scan_turn t = { words, words + CODE_WORDS, groups };
		struct scan_found want[CODES], got[CODES];

		scatter((uint64_t)groups);
		for (int i = 0; i < CODES; i++)
			slowly(&t, &code[i], &want[i]);
		for (int k = 0; k < KERNELS; k++) {
			if (!kernel_supported((enum kernel)k))
				continue;
			for (int n = 1; n <= CODES; n += 8) {
				memset(got, 0xff, sizeof got);
				scan_codes((enum kernel)k, &t, pointer, n, got);
				for (int i = 0; i < n; i++)
					ck_assert_msg(got[i].common == want[i].common && got[i].differ == want[i].differ &&
						      got[i].shift == want[i].shift, "%s, %d groups, code %d: %d %d %d",
						      kernel_name((enum kernel)k), groups, i, got[i].common,
						      got[i].differ, got[i].shift);
			}
		}
	}
	ck_assert(kernel_supported(KERNEL_PORTABLE) && kernel_supported(kernel_fastest()));
}
END_TEST

START_TEST(pairs_agree)
{
	scatter(99);
	for (int i = 1; i < CODES; i++) {
		int common = 0, differ = 0;

		for (int k = 0; k < CODE_MOST; k++) {
			uint64_t both = (code[0].on[k / 64] & code[i].on[k / 64]) >> k % 64 & 1;

			common += (int)both;
			differ += (int)(both & (code[0].bit[k / 64] ^ code[i].bit[k / 64]) >> k % 64);
		}
		for (int k = 0; k < KERNELS; k++) {
			int n = -1, d = -1;

			if (!kernel_supported((enum kernel)k))
				continue;
			scan_pair((enum kernel)k, &code[0], &code[i], &n, &d);
			ck_assert_int_eq(n, common);
			ck_assert_int_eq(d, differ);
		}
	}
}
END_TEST

START_TEST(fine_pairs_agree)
{
	struct fine_code a, b;
	struct dice d;

	dice_seed(&d, 3);
	for (int i = 0; i < 50; i++) {
		int common = 0, differ = 0;

		for (int w = 0; w < FINE_WORDS; w++) {
			a.bit[w] = dice_next(&d);
			b.bit[w] = dice_next(&d);
			a.on[w] = i == 0 ? 0 : dice_next(&d);
			b.on[w] = i == 1 ? UINT64_MAX : dice_next(&d);
			for (int k = 0; k < 64; k++) {
				int on = (int)(a.on[w] >> k & b.on[w] >> k & 1);

				common += on;
				differ += on & (int)((a.bit[w] ^ b.bit[w]) >> k);
			}
		}
		for (int k = 0; k < KERNELS; k++) {
			int n = -1, m = -1;

			if (!kernel_supported((enum kernel)k))
				continue;
			scan_fine_pair((enum kernel)k, &a, &b, &n, &m);
			ck_assert_int_eq(n, common);
			ck_assert_int_eq(m, differ);
		}
	}
}
END_TEST

static const struct code_lattice lattice = { 425, 2225, 86 };

/* A smooth pattern that no turn brings back, turned clockwise, made larger and moved; what is beyond 2200 um is missing. */
static void draw(struct grid *g, double turn_deg, double scale, double dx_um, double dy_um)
{
	double turn = turn_deg * M_PI / 180;
	struct error e;

	ck_assert_int_eq(grid_new(g, 240, 240, 20, &e), 0);
	for (int y = 0; y < 240; y++)
		for (int x = 0; x < 240; x++) {
			size_t i = (size_t)y * 240 + (size_t)x;
			double qx = ((x - 119.5) * 20 - dx_um) / scale, qy = ((y - 119.5) * 20 - dy_um) / scale;
			double px = cos(turn) * qx + sin(turn) * qy, py = -sin(turn) * qx + cos(turn) * qy;

			g->on[i] = hypot(px, py) < 2200;
			g->v[i] = (float)(g->on[i] ? sin(px / 110 + 1) + cos(py / 90 + px / 260 + 2) : 0);
		}
}

/* Share of the bits that both have that differ; at least nine in ten of a's must be there in b. */
static double differ(const struct code *a, const struct code *b)
{
	int n = 0, d = 0, all = 0;

	for (int w = 0; w < CODE_WORDS; w++)
		all += __builtin_popcountll(a->on[w]);
	scan_pair(KERNEL_PORTABLE, a, b, &n, &d);
	ck_assert_int_gt(n, all * 9 / 10);
	return n ? (double)d / n : 1;
}

START_TEST(laid_codes_are_those_of_moved_marks)
{
	static const struct { double turn, scale; int right, down; } pose[] = {
		{ 0, 1, 0, 0 }, { 90, 1, 0, 0 }, { 37, 1, 3, -5 }, { 211, 1, -7, 1 }, { 300, 1.06, 2, 2 }, { 5, .91, -9, 0 },
		{ 180, 1, 0, 9 }
	};
	static struct laid_map map;
	struct grid g;
	struct laid l;
	struct error e;

	draw(&g, 0, 1, 0, 0);
	ck_assert_int_eq(laid_new(&l, &g, &lattice, &e), 0);
	grid_free(&g);
	for (size_t i = 0; i < sizeof pose / sizeof *pose; i++) {
		struct code laid, moved, still;

		draw(&g, pose[i].turn, pose[i].scale, pose[i].right * 86 / 3., pose[i].down * 86 / 3.);
		code_make(&g, &lattice, &moved);
		laid_draw(&l, pose[i].turn, pose[i].scale, &map);
		laid_code(&l, &map, pose[i].right, pose[i].down, &laid);
		laid_code(&l, &map, 0, 0, &still);
		for (int w = 0; w < CODE_WORDS; w++)
			ck_assert(!(laid.bit[w] & ~laid.on[w]));
		ck_assert_msg(differ(&moved, &laid) < .02, "pose %zu", i);
		if (pose[i].right || pose[i].down)
			ck_assert_double_gt(differ(&moved, &still), .05);
		grid_free(&g);
	}
	laid_free(&l);
	ck_assert_ptr_null(l.point);
}
END_TEST

START_TEST(nothing_is_laid_as_nothing)
{
	static struct laid_map map;
	struct grid g;
	struct laid l;
	struct code c;
	struct error e;

	draw(&g, 0, 1, 0, 0);
	memset(g.on, 0, 240 * 240);
	ck_assert_int_eq(laid_new(&l, &g, &lattice, &e), 0);
	laid_draw(&l, 12, 1, &map);
	for (int k = -LAID_REACH; k <= LAID_REACH; k += LAID_REACH) {
		laid_code(&l, &map, k, -k, &c);
		for (int w = 0; w < CODE_WORDS; w++)
			ck_assert(c.on[w] == 0 && c.bit[w] == 0);
	}
	laid_free(&l);
	grid_free(&g);
}
END_TEST

Suite *t_scan(void)
{
	Suite *s = suite_create("scan");
	TCase *c = tcase_create("nominal");

	tcase_set_timeout(c, 60);
	tcase_add_test(c, kernels_agree);
	tcase_add_test(c, pairs_agree);
	tcase_add_test(c, fine_pairs_agree);
	tcase_add_test(c, laid_codes_are_those_of_moved_marks);
	suite_add_tcase(s, c);
	c = tcase_create("limits");
	tcase_add_test(c, nothing_is_laid_as_nothing);
	suite_add_tcase(s, c);
	return s;
}
