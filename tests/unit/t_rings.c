/* t_rings.c - tests of match/rings and match/narrow */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <check.h>
#include <complex.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "base/sum.h"
#include "make/dice.h"
#include "match/laid.h"
#include "match/narrow.h"
#include "match/rings.h"
#include "unit/marked.h"

Suite *t_rings(void);

#define LATTICE (&impression_params(MARK_BREECH_FACE)->lattice)

static struct rings_basis *basis(void)
{
	struct error e;
	struct rings_basis *b = rings_new(LATTICE, &e);

	ck_assert_ptr_nonnull(b);
	return b;
}

static struct rings_probe *prepared(const struct rings_basis *b, const struct signature *s)
{
	struct rings_probe *p = aligned_alloc(64, sizeof *p);
	struct grid g;
	struct error e;

	ck_assert_ptr_nonnull(p);
	ck_assert_int_eq(impression_search_grid(s, LAYER_RELIEF, &g, &e), 0);
	ck_assert_int_eq(rings_prepare(b, &g, &s->code[LAYER_RELIEF], p, &e), 0);
	grid_free(&g);
	return p;
}

static uint16_t value_of(const struct rings_probe *p, const struct rings *r)
{
	struct rings_found found = { 1, { 0 } };

	rings_find(kernel_fastest(), p, &r, 1, 0, &found);
	return found.value;
}

static void scatter_on(const struct code_lattice *lattice, struct dice *d, int ones, struct code *c)
{
	struct code_run run[CODE_RUNS];
	int places = 0;

	for (int r = code_runs(lattice, run); r-- > 0;)
		places += run[r].count;
	memset(c, 0, sizeof *c);
	for (int k = 0; k < places; k++)
		if ((int)(dice_next(d) % 100) < ones) {
			c->on[k / 64] |= UINT64_C(1) << k % 64;
			c->bit[k / 64] |= (dice_next(d) & 1) << k % 64;
		}
}

static void scatter(struct dice *d, int ones, struct code *c)
{
	scatter_on(LATTICE, d, ones, c);
}

static int number_at(const struct rings *r, int k)
{
	return (k < 2 * RINGS_ALL ? r->number[k] & 15 : r->number[k - 2 * RINGS_ALL] >> 4) - 8;
}

/* Place by place, from the definition. */
static double complex slowly(const struct code *c, int ring, int m, double *square)
{
	struct code_run run[CODE_RUNS];
	double radius = LATTICE->outer_um / LATTICE->pitch_um - (ring + 0.5) * 1.0465;
	double complex sum = 0;
	int k = 0, runs = code_runs(LATTICE, run);

	*square = 0;
	for (int r = 0; r < runs; r++)
		for (int i = run[r].first; i < run[r].first + run[r].count; i++, k++) {
			double d = hypot(i + 0.5, run[r].row + 0.5) - radius, w = exp(-d * d / (2 * 0.385 * 0.385));
			int v = c->on[k / 64] >> k % 64 & 1 ? 2 * (int)(c->bit[k / 64] >> k % 64 & 1) - 1 : 0;

			if (fabs(d) > 2.7 * 0.385)
				continue;
			*square += w * w;
			sum += v * w * cexp(-I * m * atan2(run[r].row + 0.5, i + 0.5));
		}
	return sum;
}

START_TEST(numbers_are_harmonics)
{
	struct rings_basis *b = basis();
	struct rings rings;
	struct code code;
	struct dice d;
	int at = 0, clipped = 0;

	dice_seed(&d, 1);
	scatter(&d, 50, &code);
	rings_make(b, &code, &rings);
	for (int m = 1; m <= RINGS_ORDERS; m++)
		for (int ring = 0; ring < 2 * RINGS_PAIRS(m); ring++, at += 2) {
			double square;
			double complex v = slowly(&code, ring, m, &square);

			v *= 4 / sqrt(0.35 * square);
			for (int k = 0; k < 2; k++) {
				double want = k ? cimag(v) : creal(v);
				int got = number_at(&rings, at + k);

				clipped += got == 7 || got == -8;
				want = want > 7 ? 7 : want < -8 ? -8 : want;
				/* half for rounding, the rest for weights in sixteenths */
				ck_assert_msg(fabs(got - want) < 1.3, "order %d ring %d: %d, not %g", m, ring, got, want);
			}
		}
	ck_assert_int_eq(at, 4 * RINGS_ALL);
	ck_assert(clipped > 0 && clipped < at / 4);
	for (int band = 0; band < RINGS_BANDS; band++)
		ck_assert(__builtin_popcount(rings.there[band]) > RINGS_SECTORS * 3 / 4);
	rings_free(b);
}
END_TEST

/* Of a firing pin's lattice there is a place whose mirror image has other numbers in one ring. */
START_TEST(every_kernel_makes_the_same)
{
	static const enum mark of[] = { MARK_BREECH_FACE, MARK_FIRING_PIN, MARK_EJECTOR };
	const struct code_lattice *lattice = &impression_params(of[_i])->lattice;
	struct error e;
	struct rings_basis *b = rings_new(lattice, &e);
	struct dice d;

	ck_assert_ptr_nonnull(b);
	dice_seed(&d, 3);
	for (int round = 0; round < 206; round++) {
		struct rings portable, rings;
		struct code code;

		scatter_on(lattice, &d, round % 103 < 101 ? round % 103 : 100, &code);
		/* the largest sums; also of places that there are not */
		if (round % 103 > 100)
			memset(&code, round % 2 ? 0xff : 0, sizeof code.bit);
		if (round == 205)
			memset(code.on, 0xff, sizeof code.on);
		rings_make_by(b, KERNEL_PORTABLE, &code, &portable);
		for (int k = 0; k < KERNELS; k++) {
			if (!kernel_supported((enum kernel)k))
				continue;
			memset(&rings, 0xaa, sizeof rings);
			rings_make_by(b, (enum kernel)k, &code, &rings);
			ck_assert(!memcmp(&rings, &portable, sizeof rings));
		}
		rings_make(b, &code, &rings);
		ck_assert(!memcmp(&rings, &portable, sizeof rings));
	}
	rings_free(b);
}
END_TEST

/* Indexes have them from before. */
START_TEST(numbers_stay_what_they_were)
{
	struct rings_basis *b = basis();
	uint64_t sum = SUM_FNV64_START;
	struct dice d;

	dice_seed(&d, 17);
	for (int ones = 10; ones <= 100; ones += 10) {
		struct rings rings;
		struct code code;
		unsigned char there[4 * RINGS_BANDS];

		scatter(&d, ones, &code);
		rings_make(b, &code, &rings);
		for (int k = 0; k < RINGS_BANDS; k++)
			bytes_put32(there + 4 * k, rings.there[k]);
		sum = sum_fnv64(sum_fnv64(sum, rings.number, sizeof rings.number), there, sizeof there);
	}
	ck_assert_uint_eq(sum, UINT64_C(16245411976262503662));
	rings_free(b);
}
END_TEST

/* A lattice that a code has not enough bits for. */
START_TEST(too_many_places_are_refused)
{
	struct code_lattice lattice = *LATTICE;
	struct error e;

	lattice.inner_um = 0;
	lattice.outer_um = 25.9 * lattice.pitch_um;
	ck_assert_ptr_null(rings_new(&lattice, &e));
	ck_assert_int_eq(e.status, STATUS_INPUT);
}
END_TEST

#define MANY RINGS_BATCH

START_TEST(kernels_agree)
{
	static struct rings rings[MANY];
	struct rings_probe *p = aligned_alloc(64, sizeof *p);
	const struct rings *of[MANY];
	struct rings_found want[MANY], got[MANY];
	struct dice d;

	ck_assert_ptr_nonnull(p);
	for (int round = 0; round < 3; round++) {
		dice_seed(&d, (uint64_t)round);
		for (size_t i = 0; i < sizeof *p; i++)
			((uint8_t *)p)[i] = (uint8_t)dice_next(&d);
		/* sums that fit, sums that must be made to fit, and the largest */
		for (size_t i = 0; i < sizeof p->table; i++)
			((int8_t *)p->table)[i] = (int8_t)(round == 0 ? ((int8_t *)p->table)[i] / 8 : round == 1 ?
							    ((int8_t *)p->table)[i] : 127);
		memset(p->bias, 0, sizeof p->bias);
		for (size_t i = 0; i < sizeof p->weight / sizeof *p->weight; i++)
			p->weight[i] &= INT16_MAX;
		p->cells = 100;
		for (int i = 0; i < MANY; i++) {
			for (size_t k = 0; k < sizeof *rings; k++)
				((uint8_t *)&rings[i])[k] = (uint8_t)dice_next(&d);
			of[i] = &rings[i];
		}
		memset(rings[3].number, 0xff, sizeof rings[3].number);
		memset(rings[4].there, 0, sizeof rings[4].there);
		rings_find(KERNEL_PORTABLE, p, of, MANY, 0, want);
		for (int k = 1; k < KERNELS; k++)
			for (int n = 1; n <= MANY && kernel_supported((enum kernel)k); n += 3) {
				memset(got, 0xff, sizeof got);
				rings_find((enum kernel)k, p, of, n, 0, got);
				for (int i = 0; i < n; i++)
					ck_assert_msg(!memcmp(&got[i], &want[i], sizeof *got), "%s, round %d, %d of %d: %u, not %u",
						      kernel_name((enum kernel)k), round, i, n, got[i].value, want[i].value);
				ck_assert(n == MANY || got[n].value == 0xffff);
			}
	}
	ck_assert(kernel_supported(KERNEL_PORTABLE) && kernel_supported(kernel_fastest()));
	free(p);
}
END_TEST

static bool looks_at(const struct rings_found *f, int turn)
{
	bool found = false;

	for (int k = 0; k < RINGS_PEAKS; k++)
		found |= abs(f->turn[k] - turn) <= 1;
	return found;
}

/* What a second mark of a tool has, moved and then turned as far as 0, 2, 4 ... or 1, 3, 5 ... turns of the search
 * (of 2.8 degrees). Its code is laid there: making each from a surface of its own took nearly all of the time. */
static void fill_turned(const struct rings_basis *b, uint64_t tool, struct rings rings[16])
{
	static uint64_t map[LAID_MAP_MOST];
	struct signature s;
	struct laid laid;
	struct grid g;
	struct error e;

	marked_signature(&(struct marked){ .tool = tool, .shot = 2, .noise = .7, .dx_um = 60 }, NULL, &s);
	ck_assert_int_eq(impression_search_grid(&s, LAYER_RELIEF, &g, &e), 0);
	ck_assert_int_eq(laid_new(&laid, &g, LATTICE, &e), 0);
	for (int i = (int)tool - 1; i < 16; i += 2) {
		struct code code;

		laid_draw(&laid, kernel_fastest(), i * 90. / 32 + 1, 1, map);
		laid_code(&laid, map, 0, 0, &code);
		rings_make(b, &code, &rings[i]);
	}
	laid_free(&laid);
	grid_free(&g);
	signature_free(&s);
}

/* Among others it says the same value as alone, in every kernel the same turns, and those of a mate. */
START_TEST(turns_are_found)
{
	struct rings_basis *b = basis();
	struct signature probe;
	static struct rings rings[MANY];
	const struct rings *of[MANY];
	struct rings_found want[RINGS_BATCH], got[RINGS_BATCH];
	struct rings_probe *p;

	marked_signature(&(struct marked){ .tool = 1, .shot = 1, .noise = .7 }, NULL, &probe);
	p = prepared(b, &probe);
	fill_turned(b, 1, rings);
	fill_turned(b, 2, rings);
	for (int i = 0; i < RINGS_BATCH; i++) {
		of[i] = &rings[i];
		if (i >= 16)
			rings[i] = rings[i % 16];
	}
	memset(rings[RINGS_BATCH - 1].there, 0, sizeof rings->there);
	rings_find(KERNEL_PORTABLE, p, of, RINGS_BATCH, 0, want);
	for (int i = 0; i < RINGS_BATCH; i++) {
		ck_assert_uint_eq(want[i].value, value_of(p, of[i]));
		for (int k = 0; k < RINGS_PEAKS; k++)
			ck_assert_int_lt(want[i].turn[k], RINGS_TURNS);
		if (i + 1 < RINGS_BATCH && i % 2 == 0)
			ck_assert(looks_at(&want[i], i % 16));
	}
	ck_assert_uint_eq(want[RINGS_BATCH - 1].value, 0);
	/* of those below what is asked for only the value is said */
	rings_find(KERNEL_PORTABLE, p, of, RINGS_BATCH, want[0].value, got);
	for (int i = 0; i < RINGS_BATCH; i++) {
		static const uint8_t none[RINGS_PEAKS] = { 0 };

		ck_assert_uint_eq(got[i].value, want[i].value);
		ck_assert_mem_eq(got[i].turn, want[i].value >= want[0].value ? want[i].turn : none, sizeof none);
	}
	ck_assert_uint_gt(want[0].value, want[3].value);
	for (int k = 1; k < KERNELS; k++)
		for (int n = 1; n <= RINGS_BATCH && kernel_supported((enum kernel)k); n += 9) {
			memset(got, 0, sizeof got);
			rings_find((enum kernel)k, p, of, n, 0, got);
			for (int i = 0; i < n; i++)
				ck_assert_msg(!memcmp(&got[i], &want[i], sizeof *got), "%s: %d of %d",
					      kernel_name((enum kernel)k), i, n);
		}
	free(p);
	signature_free(&probe);
	rings_free(b);
}
END_TEST

START_TEST(mates_agree_at_any_turn)
{
	struct rings_basis *b = basis();
	struct signature probe, candidate;
	struct rings_probe *p;
	struct rings rings;
	double far = 0;

	marked_signature(&(struct marked){ .tool = 1, .shot = 1, .noise = .7 }, NULL, &probe);
	p = prepared(b, &probe);
	for (uint64_t tool = 2; tool < 6; tool++) {
		marked_signature(&(struct marked){ .tool = tool, .shot = 1, .noise = .7 }, NULL, &candidate);
		rings_make(b, &candidate.code[LAYER_RELIEF], &rings);
		far = fmax(far, value_of(p, &rings));
		signature_free(&candidate);
	}
	ck_assert_double_gt(far, 100);
	for (int turn = 5; turn < 360; turn += 71) {
		struct marked m = { .tool = 1, .shot = 2, .noise = .7, .turn_deg = turn, .dx_um = 90, .dy_um = -60 };

		marked_signature(&m, NULL, &candidate);
		rings_make(b, &candidate.code[LAYER_RELIEF], &rings);
		ck_assert_msg(value_of(p, &rings) > 1.5 * far, "turn %d: %d, others to %g", turn, value_of(p, &rings), far);
		signature_free(&candidate);
	}
	free(p);
	signature_free(&probe);
	rings_free(b);
}
END_TEST

START_TEST(nothing_agrees_with_nothing)
{
	struct rings_basis *b = basis();
	struct rings_probe *p;
	struct rings rings, own;
	struct code none = { { 0 }, { 0 } };
	struct signature s;

	marked_signature(&(struct marked){ .tool = 1 }, NULL, &s);
	p = prepared(b, &s);
	rings_make(b, &s.code[LAYER_RELIEF], &own);
	rings_make(b, &none, &rings);
	ck_assert_int_eq(value_of(p, &rings), 0);
	ck_assert_int_gt(value_of(p, &own), 0);
	free(p);
	/* nor does a probe that is nothing, with whatever */
	memset(s.on, 0, (size_t)s.width * (size_t)s.height);
	s.code[LAYER_RELIEF] = none;
	p = prepared(b, &s);
	ck_assert_int_eq(value_of(p, &own), 0);
	free(p);
	/* bits of places that there are not do no harm */
	memset(&none, 0xff, sizeof none);
	rings_make(b, &none, &rings);
	signature_free(&s);
	rings_free(b);
}
END_TEST

#define STOCK (NARROW_RINGS_LEAST + 100)
#define EMPTY 200

/* A gallery in memory: random codes, EMPTY without any, a photograph, and the probe's own mate. */
static void fill_stock(struct gallery *g, const struct signature *mate)
{
	static int16_t there;
	struct dice d;
	struct error e;

	dice_seed(&d, 5);
	g->entry = calloc(STOCK + 2, sizeof *g->entry);
	ck_assert_ptr_nonnull(g->entry);
	for (int i = 0; i < STOCK + 2; i++) {
		struct signature *s = &g->entry[i].head;
		char id[20];

		snprintf(id, sizeof id, "n%06d", (i * 7919) % (STOCK + 2));
		ck_assert_int_eq(signature_set(s, META_ID, id, &e), 0);
		s->layer[LAYER_LOOK] = &there;
		if (i == STOCK)   /* a photograph */
			continue;
		s->layer[LAYER_RELIEF] = &there;
		if (i == STOCK / 2)
			s->code[LAYER_RELIEF] = mate->code[LAYER_RELIEF];
		else if (i >= EMPTY)
			scatter(&d, 40, &s->code[LAYER_RELIEF]);
	}
	g->count = STOCK + 2;
}

static size_t list_all(struct listed *list)
{
	for (uint32_t i = 0; i < STOCK + 2; i++)
		list[i] = (struct listed){ .entry = i, .view = i == STOCK ? VIEW_ACROSS : VIEW_RELIEF };
	return STOCK + 2;
}

START_TEST(first_step_keeps_the_best)
{
	struct signature probe, mate;
	struct gallery g = { 0 };
	struct stock stock;
	struct narrow *n;
	struct listed *list = calloc(STOCK + 2, sizeof *list);
	char last_kept[20] = "", first_gone[20] = "z";
	uint8_t *kept = calloc(STOCK + 2, 1);
	struct error e = { 0 };
	size_t count, empty = 0;

	ck_assert(list && kept);
	marked_signature(&(struct marked){ .tool = 1, .shot = 1, .noise = .7 }, NULL, &probe);
	marked_signature(&(struct marked){ .tool = 1, .shot = 2, .noise = .7, .turn_deg = 200 }, NULL, &mate);
	fill_stock(&g, &mate);
	ck_assert_int_eq(stock_new(&stock, &g, NULL, 0, NULL, 0, &e), 0);
	n = narrow_new(&stock, 2, false, &e);
	ck_assert_ptr_nonnull(n);
	count = list_all(list);
	ck_assert_msg(narrow_begin(n, &probe, list, count, 10, &e) == 0, "%s", e.text);
	ck_assert_msg(narrow_step(n, NARROW_BY_RINGS, list, &count, &e) == 0, "%s", e.text);
	narrow_end(n);
	/* as many reliefs as are to be kept, and the photograph, in their order */
	ck_assert_uint_eq(count, NARROW_RINGS_LEAST + 1);
	for (size_t i = 0; i < count; i++) {
		ck_assert(i == 0 || list[i].entry > list[i - 1].entry);
		kept[list[i].entry] = 1;
	}
	ck_assert(kept[STOCK] && kept[STOCK / 2]);
	/* of those that are equally bad, the first by id */
	for (size_t i = 0; i < EMPTY; i++) {
		const char *id = signature_meta(&g.entry[i].head, META_ID);

		empty += kept[i];
		if (kept[i] && strcmp(id, last_kept) > 0)
			strcpy(last_kept, id);
		if (!kept[i] && strcmp(id, first_gone) < 0)
			strcpy(first_gone, id);
	}
	ck_assert_uint_eq(empty, EMPTY - 101);
	ck_assert_str_lt(last_kept, first_gone);
	/* all steps: the mate first; no step drops what is wanted in the end */
	count = list_all(list);
	ck_assert_int_eq(narrow_list(n, &probe, list, &count, 10, &e), 0);
	ck_assert_uint_eq(count, 10);
	ck_assert_uint_eq(list[0].entry, STOCK / 2);
	count = list_all(list);
	ck_assert_int_eq(narrow_list(n, &probe, list, &count, NARROW_RINGS_LEAST + 50, &e), 0);
	ck_assert_uint_eq(count, NARROW_RINGS_LEAST + 50);
	ck_assert_uint_eq(list[0].entry, STOCK / 2);
	narrow_free(n);
	stock_free(&stock);
	for (size_t i = 0; i < g.count; i++) {
		memset(g.entry[i].head.layer, 0, sizeof g.entry[i].head.layer);
		signature_free(&g.entry[i].head);
	}
	free(g.entry);
	free(list);
	free(kept);
	signature_free(&probe);
	signature_free(&mate);
}
END_TEST

Suite *t_rings(void)
{
	Suite *s = suite_create("rings");
	TCase *c = tcase_create("nominal");

	tcase_set_timeout(c, 120);
	tcase_add_test(c, numbers_are_harmonics);
	tcase_add_loop_test(c, every_kernel_makes_the_same, 0, 3);
	tcase_add_test(c, numbers_stay_what_they_were);
	tcase_add_test(c, kernels_agree);
	tcase_add_test(c, turns_are_found);
	tcase_add_test(c, mates_agree_at_any_turn);
	tcase_add_test(c, first_step_keeps_the_best);
	suite_add_tcase(s, c);
	c = tcase_create("limits");
	tcase_set_timeout(c, 60);
	tcase_add_test(c, nothing_agrees_with_nothing);
	tcase_add_test(c, too_many_places_are_refused);
	suite_add_tcase(s, c);
	return s;
}
