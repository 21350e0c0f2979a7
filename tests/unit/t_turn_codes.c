/* t_turn_codes.c - tests of match/turn_codes */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "match/turn_codes.h"
#include "sign/impression.h"
#include "unit/marked.h"

Suite *t_turn_codes(void);

#define TURNS 128

static struct near *prepared(void)
{
	struct signature s;
	struct near *n;
	struct grid g;
	struct error e;

	marked_signature(&(struct marked){ .tool = 1, .shot = 1, .noise = .4 }, NULL, &s);
	ck_assert_int_eq(impression_search_grid(&s, LAYER_RELIEF, &g, &e), 0);
	n = near_new(&g, &impression_params(MARK_BREECH_FACE)->lattice, &e);
	ck_assert_ptr_nonnull(n);
	grid_free(&g);
	signature_free(&s);
	return n;
}

/* Every shift's bits are those of the code there, where it has any; else noise. */
static void check_turn(const struct laid *l, const uint64_t *map, const struct turn_codes *c, int number,
		       const struct scan_turn *turn)
{
	int shifts = turn->groups * SCAN_GROUP, noise = 0, silent = 0;
	struct code code;

	laid_code(l, map, 0, 0, &code);
	ck_assert_mem_eq(turn->on, code.on, sizeof code.on);
	for (int s = 0; s < shifts; s++) {
		struct turn_shift at = turn_codes_shift(c, number, s);

		ck_assert_int_le(at.right * at.right + at.down * at.down, 49);
		laid_code(l, map, at.right, at.down, &code);
		for (int w = 0; w < CODE_WORDS; w++) {
			uint64_t bits = turn->bit[w * shifts + s];

			ck_assert((bits & code.on[w]) == code.bit[w]);
			noise += __builtin_popcountll(bits & ~code.on[w]);
			silent += __builtin_popcountll(~code.on[w]);
		}
	}
	ck_assert_double_eq_tol((double)noise / silent, .5, .03);
}

START_TEST(shifts_are_those_of_the_map)
{
	struct near *n = prepared();
	struct error e;
	struct turn_codes *c = turn_codes_new(n, TURNS, 1, 0, &e);
	struct code own;
	int count = 0;

	ck_assert_ptr_nonnull(c);
	for (int t = 0; t < TURNS; t += 21) {
		const struct scan_turn *turn = turn_codes_get(c, kernel_fastest(), t);

		check_turn(near_laid(n), near_map(n, KERNEL_PORTABLE, t * NEAR_TURNS / TURNS), c, t, turn);
		ck_assert(turn_codes_get(c, KERNEL_PORTABLE, t) == turn);
	}
	laid_code(near_laid(n), near_map(n, KERNEL_PORTABLE, 0), 0, 0, &own);
	for (int w = 0; w < CODE_WORDS; w++)
		count += __builtin_popcountll(own.on[w]);
	ck_assert_int_gt(count, 500);
	ck_assert_int_eq(turn_codes_count(c), count);
	turn_codes_free(c);
	turn_codes_free(NULL);
	near_free(n);
}
END_TEST

START_TEST(scales_are_drawn)
{
	static uint64_t map[LAID_MAP_MOST];
	struct near *n = prepared();
	struct error e;
	struct turn_codes *c = turn_codes_new(n, TURNS, 5, .03, &e);

	ck_assert_ptr_nonnull(c);
	for (int k = 0; k < 5; k++) {
		laid_draw(near_laid(n), KERNEL_PORTABLE, 33 * 360. / TURNS, 1 + (k - 2) * .03, map);
		check_turn(near_laid(n), map, c, 33 * 5 + k, turn_codes_get(c, kernel_fastest(), 33 * 5 + k));
	}
	/* neighbours differ by turn: even ones have shifts that odd ones have not */
	ck_assert_int_eq(turn_codes_shift(c, 32 * 5 + 4, 0).right & 1, 0);
	ck_assert_int_eq(turn_codes_shift(c, 33 * 5, 0).right & 1, 1);
	turn_codes_free(c);
	near_free(n);
}
END_TEST

Suite *t_turn_codes(void)
{
	Suite *s = suite_create("turn_codes");
	TCase *c = tcase_create("nominal");

	tcase_set_timeout(c, 60);
	tcase_add_test(c, shifts_are_those_of_the_map);
	tcase_add_test(c, scales_are_drawn);
	suite_add_tcase(s, c);
	return s;
}
