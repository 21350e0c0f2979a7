/* t_near.c - tests of match/near */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <check.h>
#include <math.h>
#include <pthread.h>
#include <string.h>

#include "match/near.h"
#include "sign/impression.h"
#include "unit/marked.h"

Suite *t_near(void);

static const struct marked one = { .tool = 1, .shot = 1, .noise = .4 };
static const struct marked moved = { .tool = 1, .shot = 2, .noise = .4, .turn_deg = 200, .dx_um = 90, .dy_um = -60 };

static struct near *prepared(const struct marked *m, bool fine)
{
	const struct impression_params *p = impression_params(MARK_BREECH_FACE);
	struct signature s;
	struct near *n;
	struct grid g;
	struct error e;

	marked_signature(m, NULL, &s);
	ck_assert_int_eq(fine ? impression_grid(&s, LAYER_RELIEF, &g, &e) :
			 impression_search_grid(&s, LAYER_RELIEF, &g, &e), 0);
	n = fine ? near_new_fine(&g, &p->fine, &e) : near_new(&g, &p->lattice, &e);
	ck_assert_ptr_nonnull(n);
	grid_free(&g);
	signature_free(&s);
	return n;
}

static void codes_of(const struct marked *m, struct code *code, struct fine_code *fine)
{
	struct signature s;
	struct error e;

	marked_signature(m, NULL, &s);
	*code = s.code[LAYER_RELIEF];
	ck_assert_int_eq(impression_fine_code(&s, fine, &e), 0);
	signature_free(&s);
}

/* A third of the pitches of both lattices. */
#define STEP (86 / 3.)
#define FINE_STEP (61 / 3.)

static struct near_place place_of(double turn_deg, double dx_um, double dy_um)
{
	return (struct near_place){ (uint8_t)lrint(turn_deg * NEAR_TURNS / 360), (int8_t)lrint(dx_um / STEP),
				    (int8_t)lrint(dy_um / STEP) };
}

static void check_place(const struct near_place *p, double step_um, double deg, double um)
{
	double turn = p->turn * 360. / NEAR_TURNS, dx = p->right * step_um, dy = p->down * step_um;

	ck_assert_msg(fabs(remainder(turn - moved.turn_deg, 360)) <= deg && fabs(dx - moved.dx_um) <= um &&
		      fabs(dy - moved.dy_um) <= um, "%g %g %g", turn, dx, dy);
}

START_TEST(climbs_to_where_the_mate_lies)
{
	struct near *n = prepared(&one, false), *fine = prepared(&one, true);
	struct code code;
	struct fine_code fine_code;

	codes_of(&moved, &code, &fine_code);
	for (int k = 0; k < 27; k++) {
		struct near_place at = place_of(moved.turn_deg + (k / 9 - 1) * 1.6, moved.dx_um + (k / 3 % 3 - 1) * 30,
						moved.dy_um + (k % 3 - 1) * 30), far, some[3];
		double value = near_climb(n, KERNEL_PORTABLE, &code, 1, &at, 1), finest;

		check_place(&at, STEP, 2.9, 45);
		at = near_convert(n, fine, &at);
		far = at;
		finest = near_climb_fine(fine, KERNEL_PORTABLE, &fine_code, &at, 1);
		check_place(&at, FINE_STEP, 1.5, 25);
		ck_assert_double_gt(finest, 1.3 * value);
		/* of several places it goes from the best */
		some[0] = some[2] = (struct near_place){ (uint8_t)(at.turn + 90), 1, 1 };
		some[1] = far;
		ck_assert(near_climb_fine(fine, KERNEL_PORTABLE, &fine_code, some, 3) == finest);
		ck_assert_mem_eq(&some[0], &at, sizeof at);
		far.turn = (uint8_t)(far.turn + 64);
		ck_assert_double_gt(finest, 3 * near_climb_fine(fine, KERNEL_PORTABLE, &fine_code, &far, 1));
	}
	near_free(n);
	near_free(fine);
}
END_TEST

START_TEST(kernels_climb_alike)
{
	struct near *n = prepared(&one, false), *fine = prepared(&one, true);
	struct code code;
	struct fine_code fine_code;

	codes_of(&moved, &code, &fine_code);
	for (int turn = 0; turn < NEAR_TURNS; turn += 29) {
		struct near_place from = { (uint8_t)turn, 1, -7 }, want = from, want_fine = from;
		double value = near_climb(n, KERNEL_PORTABLE, &code, 1, &want, 1);
		double finest = near_climb_fine(fine, KERNEL_PORTABLE, &fine_code, &want_fine, 1);

		for (int k = 1; k < KERNELS; k++) {
			struct near_place at = from;

			if (!kernel_supported((enum kernel)k))
				continue;
			ck_assert(near_climb(n, (enum kernel)k, &code, 1, &at, 1) == value && !memcmp(&at, &want, sizeof at));
			at = from;
			ck_assert(near_climb_fine(fine, (enum kernel)k, &fine_code, &at, 1) == finest &&
				  !memcmp(&at, &want_fine, sizeof at));
		}
	}
	near_free(n);
	near_free(fine);
}
END_TEST

/* Of several places each is followed: the one that is best to begin with need not lead to the best. */
START_TEST(every_place_is_followed)
{
	struct near *fine = prepared(&one, true);
	struct code code;
	struct fine_code fine_code;
	int behind = 0;

	codes_of(&moved, &code, &fine_code);
	for (int k = 0; k < 64; k++) {
		struct near_place at[3], reached[3];
		double best = 0, alone[3];
		int first = 0;

		for (int i = 0; i < 3; i++) {
			at[i] = (struct near_place){ (uint8_t)(85 * i + 3 * k), (int8_t)(k % 5 - 2), (int8_t)(k % 7 - 3) };
			reached[i] = at[i];
			alone[i] = near_climb_fine(fine, KERNEL_PORTABLE, &fine_code, &reached[i], 1);
			best = fmax(best, alone[i]);
		}
		while (alone[first] < best)
			first++;
		behind += first > 0;
		ck_assert(near_climb_fine(fine, KERNEL_PORTABLE, &fine_code, at, 3) == best);
		ck_assert_mem_eq(&at[0], &reached[first], sizeof at[0]);
	}
	ck_assert_int_gt(behind, 10);
	near_free(fine);
}
END_TEST

struct climber {
	struct near *n;
	const struct code *code;
	double value[72];
};

static void *climb_all(void *context)
{
	struct climber *c = context;

	for (int k = 0; k < 72; k++) {
		struct near_place at = { (uint8_t)(3 * k), 0, 0 };

		c->value[k] = near_climb(c->n, kernel_fastest(), c->code, 1, &at, 1);
	}
	return NULL;
}

START_TEST(threads_share_it)
{
	struct climber c[4];
	struct near *n = prepared(&one, false);
	pthread_t thread[4];
	struct code code;
	struct fine_code fine_code;

	codes_of(&moved, &code, &fine_code);
	for (int k = 0; k < 4; k++) {
		c[k] = (struct climber){ n, &code, { 0 } };
		ck_assert_int_eq(pthread_create(&thread[k], NULL, climb_all, &c[k]), 0);
	}
	for (int k = 0; k < 4; k++)
		ck_assert_int_eq(pthread_join(thread[k], NULL), 0);
	for (int k = 1; k < 4; k++)
		ck_assert_mem_eq(c[k].value, c[0].value, sizeof c->value);
	near_free(n);
}
END_TEST

START_TEST(limits_hold)
{
	struct near *n = prepared(&one, false);
	struct code code, none = { { 0 }, { 0 } };
	struct near_place at = { 255, 127, -128 };
	struct fine_code fine_code;

	codes_of(&moved, &code, &fine_code);
	/* from far outside it comes in; nothing in common is worth nothing */
	near_climb(n, kernel_fastest(), &code, 1, &at, 1);
	ck_assert_double_le(hypot(at.right, at.down) * STEP, 230);
	ck_assert(near_climb(n, kernel_fastest(), &none, 0, &at, 1) == 0);
	at = place_of(moved.turn_deg, moved.dx_um, moved.dy_um);
	ck_assert_double_gt(near_climb(n, kernel_fastest(), &code, 1, &at, 1), 5);
	ck_assert(near_climb(n, kernel_fastest(), &code, CODE_MOST, &at, 1) == 0);
	near_free(n);
	near_free(NULL);
}
END_TEST

Suite *t_near(void)
{
	Suite *s = suite_create("near");
	TCase *c = tcase_create("nominal");

	tcase_set_timeout(c, 60);
	tcase_add_test(c, climbs_to_where_the_mate_lies);
	tcase_add_test(c, every_place_is_followed);
	tcase_add_test(c, kernels_climb_alike);
	tcase_add_test(c, threads_share_it);
	suite_add_tcase(s, c);
	c = tcase_create("limits");
	tcase_set_timeout(c, 60);
	tcase_add_test(c, limits_hold);
	suite_add_tcase(s, c);
	return s;
}
