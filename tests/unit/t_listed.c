/* t_listed.c - tests of match/listed */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <check.h>
#include <stdio.h>
#include <string.h>

#include "match/listed.h"

Suite *t_listed(void);

#define MANY 20

/* Values 0 to 4, each four times; every fifth is a photograph's. Ids run the other way than numbers. */
static struct gallery_entry entry[MANY];
static struct gallery gallery = { .entry = entry, .count = MANY };
static struct stock stock;

static void make(void)
{
	struct error e;

	for (int i = 0; i < MANY; i++) {
		char id[16];

		snprintf(id, sizeof id, "n%02d", MANY - i);
		ck_assert_int_eq(signature_set(&entry[i].head, META_ID, id, &e), STATUS_DONE);
	}
	ck_assert_int_eq(stock_new(&stock, &gallery, NULL, 0, NULL, 0, &e), STATUS_DONE);
}

static void drop(void)
{
	stock_free(&stock);
	for (int i = 0; i < MANY; i++)
		signature_free(&entry[i].head);
}

static size_t list_all(struct listed list[MANY])
{
	memset(list, 0, MANY * sizeof *list);
	for (uint32_t i = 0; i < MANY; i++)
		list[i] = (struct listed){ .entry = i, .view = i % 5 == 4 ? VIEW_PHOTOGRAPHS : VIEW_RELIEF,
					   .searched = i / 4 };
	return MANY;
}

/* What is left of the reliefs, as bits by number; of the photographs all must be, and all in order. */
static unsigned left_of(const struct listed *list, size_t count)
{
	unsigned bits = 0, photographs = 0;

	for (size_t i = 0; i < count; i++) {
		ck_assert(i == 0 || list[i].entry > list[i - 1].entry);
		if (list[i].view == VIEW_RELIEF)
			bits |= 1u << list[i].entry;
		else
			photographs++;
	}
	ck_assert_uint_eq(photographs, 4);
	return bits;
}

static unsigned reliefs_from(uint32_t first)
{
	unsigned bits = 0;

	for (uint32_t i = first; i < MANY; i++)
		bits |= i % 5 == 4 ? 0 : 1u << i;
	return bits;
}

/* All that are worth it, unless those are too few or too many. */
START_TEST(worth_within_bounds)
{
	static const struct { double worth; size_t least, most; uint32_t first; } cases[] = {
		{ 3, 0, 16, 12 }, { 3, 6, 6, 12 }, { 2.5, 1, 9, 12 }, { 0, 0, 16, 0 }, { -1, 2, 16, 0 }, { 4, 3, 3, 16 }
	};
	struct listed list[MANY];
	struct error e;

	for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
		size_t count = list_all(list);

		ck_assert_int_eq(listed_keep_worth(list, &count, VIEW_RELIEF, cases[k].worth, cases[k].least, cases[k].most,
						   &stock, &e), STATUS_DONE);
		ck_assert_msg(left_of(list, count) == reliefs_from(cases[k].first), "case %zu: %x", k, left_of(list, count));
	}
}
END_TEST

START_TEST(best_beyond_bounds)
{
	struct listed list[MANY];
	struct error e;
	size_t count = list_all(list);

	/* three are worth it: five are wanted, and of the equally good ones (12, 13, 15) the first by id are 15 and 13 */
	ck_assert_uint_eq(listed_worth(list, count, VIEW_RELIEF, 4), 3);
	ck_assert_int_eq(listed_keep_worth(list, &count, VIEW_RELIEF, 4, 5, 9, &stock, &e), STATUS_DONE);
	ck_assert_uint_eq(left_of(list, count), reliefs_from(16) | 1u << 15 | 1u << 13);
	/* six are worth it: four may stay */
	count = list_all(list);
	ck_assert_uint_eq(listed_worth(list, count, VIEW_RELIEF, 3), 6);
	ck_assert_int_eq(listed_keep_worth(list, &count, VIEW_RELIEF, 3, 1, 4, &stock, &e), STATUS_DONE);
	ck_assert_uint_eq(left_of(list, count), reliefs_from(16) | 1u << 15);
	/* none at all */
	count = list_all(list);
	ck_assert_int_eq(listed_keep_worth(list, &count, VIEW_RELIEF, 9, 0, 4, &stock, &e), STATUS_DONE);
	ck_assert_uint_eq(left_of(list, count), 0);
	/* more than there are */
	count = list_all(list);
	ck_assert_int_eq(listed_keep_worth(list, &count, VIEW_RELIEF, 9, 100, 100, &stock, &e), STATUS_DONE);
	ck_assert_uint_eq(left_of(list, count), reliefs_from(0));
}
END_TEST

Suite *t_listed(void)
{
	Suite *s = suite_create("listed");
	TCase *c = tcase_create("keep");

	tcase_add_unchecked_fixture(c, make, drop);
	tcase_add_test(c, worth_within_bounds);
	tcase_add_test(c, best_beyond_bounds);
	suite_add_tcase(s, c);
	return s;
}
