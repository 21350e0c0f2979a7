/* t_sort.c - tests of base/sort */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <check.h>
#include <stdlib.h>

#include "base/sort.h"

static uint64_t draw(uint64_t *state)
{
	*state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return *state ^ *state >> 29;
}

/* Sorted, stable, and with the same items as before. */
static void check_order(size_t count, uint64_t mask)
{
	struct sort_item *item = calloc(count + 1, sizeof *item);
	unsigned char *seen = calloc(count + 1, 1);
	uint64_t state = count + mask;

	for (size_t i = 0; i < count; i++)
		item[i] = (struct sort_item){ draw(&state) & mask, i };
	ck_assert_int_eq(sort_items(item, count, NULL), 0);
	for (size_t i = 0; i < count; i++) {
		ck_assert_uint_lt(item[i].value, count);
		ck_assert_uint_eq(seen[item[i].value]++, 0);
		if (i)
			ck_assert(item[i - 1].key < item[i].key || (item[i - 1].key == item[i].key &&
								    item[i - 1].value < item[i].value));
	}
	state = count + mask;
	for (size_t i = 0; i < count; i++)
		item[count].key ^= (draw(&state) & mask) * (i + 1);
	for (size_t i = 0; i < count; i++)
		item[count].key ^= item[i].key * (item[i].value + 1);
	ck_assert_uint_eq(item[count].key, 0);
	free(item);
	free(seen);
}

START_TEST(items_come_in_order)
{
	static const size_t counts[] = { 0, 1, 2, 63, 64, 65, 1000, 70000 };

	for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
		check_order(counts[i], UINT64_MAX);
		check_order(counts[i], 0);          /* all the same */
		check_order(counts[i], 7);
		check_order(counts[i], UINT64_C(0xff00ff0000000000));
	}
}
END_TEST

Suite *t_sort(void);
Suite *t_sort(void)
{
	Suite *s = suite_create("sort");
	TCase *c = tcase_create("sort");

	tcase_add_test(c, items_come_in_order);
	suite_add_tcase(s, c);
	return s;
}
