/* t_scan.c - tests of match/scan */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <check.h>
#include <string.h>

#include "make/dice.h"
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

/* Rows whose words are shifted before they are compared. */
START_TEST(rows_agree)
{
	static uint64_t bit[LAID_WORDS_MOST + 5], on[LAID_WORDS_MOST + 5];
	struct laid_rows b;
	struct dice d;

	dice_seed(&d, 3);
	for (int i = 0; i < 50; i++) {
		struct laid_place a = { bit + i % 5, on + i % 3, i % 9 };
		int common = 0, differ = 0;

		b.words = i % 2 ? 56 : LAID_WORDS_MOST;
		for (int w = 0; w < LAID_WORDS_MOST + 5; w++) {
			bit[w] = dice_next(&d);
			on[w] = i == 0 ? 0 : dice_next(&d);
		}
		for (int w = 0; w < b.words; w++) {
			b.bit[w] = dice_next(&d);
			b.on[w] = i == 1 ? UINT64_MAX : dice_next(&d);
			for (int k = 0; k + a.shift < 64; k++) {
				int both = (int)(a.on[w] >> (k + a.shift) & b.on[w] >> k & 1);

				common += both;
				differ += both & (int)(a.bit[w] >> (k + a.shift) ^ b.bit[w] >> k);
			}
		}
		for (int k = 0; k < KERNELS; k++) {
			int n = -1, m = -1;

			if (!kernel_supported((enum kernel)k))
				continue;
			scan_rows((enum kernel)k, &a, &b, &n, &m);
			ck_assert_int_eq(n, common);
			ck_assert_int_eq(m, differ);
		}
	}
}
END_TEST

Suite *t_scan(void)
{
	Suite *s = suite_create("scan");
	TCase *c = tcase_create("nominal");

	tcase_set_timeout(c, 60);
	tcase_add_test(c, kernels_agree);
	tcase_add_test(c, pairs_agree);
	tcase_add_test(c, rows_agree);
	suite_add_tcase(s, c);
	return s;
}
