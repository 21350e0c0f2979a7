/* t_known.c - tests of match/known */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "match/known.h"
#include "unit/marked.h"
#include "unit/scratch.h"

Suite *t_known(void);

static struct gallery gallery;
static struct stock stock;

static void make(void)
{
	scratch_make();
	gallery.entry = calloc(9, sizeof *gallery.entry);
	gallery.room = 9;
	for (int i = 0; i < 9; i++) {
		struct error e;
		char id[16];

		marked_small((uint64_t)i, 8, 3, &gallery.entry[i].head);
		snprintf(id, sizeof id, "n%d", i);
		signature_set(&gallery.entry[i].head, META_ID, id, &e);
		gallery.entry[i].head.sum = 1000 - (uint32_t)i / 2;   /* some are alike but for their id */
		gallery.count++;
	}
	stock = (struct stock){ .g = &gallery, .count = 9, .ordered = 9 };
}

static void drop(void)
{
	stock_free(&stock);
	gallery_free(&gallery);
	scratch_remove();
}

START_TEST(what_is_listed_is_known)
{
	uint8_t hidden[9] = { 0, 0, 1, 0, 0, 0, 0, 1, 0 };
	struct known k;
	struct error e;

	stock.hidden = hidden;
	ck_assert_int_eq(known_write(scratch_path("list"), &stock, &e), 0);
	stock.hidden = NULL;
	ck_assert_int_eq(known_read(scratch_path("list"), &k, &e), 0);
	ck_assert_uint_eq(k.count, 7);
	for (size_t n = 0; n < 9; n++)
		ck_assert_int_eq(known_has(&k, known_key(&stock, n)), !hidden[n]);
	ck_assert_int_eq(stock_since(&stock, &k, NULL, &e), 0);
	for (size_t n = 0; n < 9; n++)
		ck_assert_int_eq(stock.fresh[n], hidden[n]);
	ck_assert_int_eq(stock_since(&stock, NULL, &k, &e), 0);
	ck_assert_int_eq(memcmp(stock.hidden, hidden, 9), 0);
	known_free(&k);
	ck_assert_ptr_null(k.key);
}
END_TEST

START_TEST(empty_lists_know_nothing)
{
	struct known k;
	struct error e;

	scratch_write("list", "", 0);
	ck_assert_int_eq(known_read(scratch_path("list"), &k, &e), 0);
	ck_assert(k.count == 0 && !known_has(&k, 0));
	known_free(&k);
	stock.count = 0;
	ck_assert_int_eq(known_write(scratch_path("list"), &stock, &e), 0);
	ck_assert_int_eq(known_read(scratch_path("list"), &k, &e), 0);
	ck_assert_uint_eq(k.count, 0);
	known_free(&k);
}
END_TEST

START_TEST(damage_is_noticed)
{
	struct known k;
	struct error e;
	size_t size;
	char *bytes;

	ck_assert_int_eq(known_read(scratch_path("none"), &k, &e), STATUS_INPUT);
	ck_assert_int_eq(known_write(scratch_path("list"), &stock, &e), 0);
	bytes = scratch_read("list", &size);
	for (size_t n = 1; n < size; n++) {
		scratch_write("list", bytes, n);
		ck_assert_int_eq(known_read(scratch_path("list"), &k, &e), STATUS_INPUT);
		ck_assert_ptr_null(k.key);
	}
	bytes[40] = 'g';
	scratch_write("list", bytes, size);
	ck_assert_int_eq(known_read(scratch_path("list"), &k, &e), STATUS_INPUT);
	memcpy(bytes + 26, "ffffffffffffffff", 16);
	scratch_write("list", bytes, size);
	ck_assert_int_eq(known_read(scratch_path("list"), &k, &e), STATUS_INPUT);
	free(bytes);
}
END_TEST

Suite *t_known(void)
{
	Suite *s = suite_create("known");
	TCase *c = tcase_create("nominal");

	tcase_add_checked_fixture(c, make, drop);
	tcase_add_test(c, what_is_listed_is_known);
	suite_add_tcase(s, c);
	c = tcase_create("limits");
	tcase_add_checked_fixture(c, make, drop);
	tcase_add_test(c, empty_lists_know_nothing);
	suite_add_tcase(s, c);
	c = tcase_create("damaged");
	tcase_add_checked_fixture(c, make, drop);
	tcase_add_test(c, damage_is_noticed);
	suite_add_tcase(s, c);
	return s;
}
