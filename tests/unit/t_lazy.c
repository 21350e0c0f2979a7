/* t_lazy.c - tests of base/lazy */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <check.h>
#include <pthread.h>
#include <string.h>

#include "base/lazy.h"

Suite *t_lazy(void);

#define PARTS 1000
#define THREADS 4

struct counted {
	struct lazy lazy;
	int made[PARTS];   /* no two threads may make one, so this needs no lock */
};

static void count(void *context, size_t part)
{
	struct counted *c = context;

	c->made[part]++;
}

static void *need_all(void *context)
{
	struct counted *c = context;

	for (size_t k = 0; k < PARTS; k++) {
		lazy_need(&c->lazy, k * 7 % PARTS, count, c);
		if (c->made[k * 7 % PARTS] != 1)
			return c;
	}
	return NULL;
}

START_TEST(each_part_is_made_once)
{
	static struct counted c;
	pthread_t thread[THREADS];
	struct error e;

	ck_assert_int_eq(lazy_new(&c.lazy, PARTS, &e), 0);
	for (int k = 0; k < THREADS; k++)
		ck_assert_int_eq(pthread_create(&thread[k], NULL, need_all, &c), 0);
	for (int k = 0; k < THREADS; k++) {
		void *failed;

		ck_assert_int_eq(pthread_join(thread[k], &failed), 0);
		ck_assert_ptr_null(failed);
	}
	lazy_free(&c.lazy);
}
END_TEST

START_TEST(only_what_is_asked_for_is_made)
{
	struct counted c;
	struct error e;

	memset(&c, 0, sizeof c);
	lazy_free(&c.lazy);
	ck_assert_int_eq(lazy_new(&c.lazy, PARTS, &e), 0);
	lazy_need(&c.lazy, 0, count, &c);
	lazy_need(&c.lazy, PARTS - 1, count, &c);
	lazy_need(&c.lazy, 0, count, &c);
	for (int k = 0; k < PARTS; k++)
		ck_assert_int_eq(c.made[k], k == 0 || k == PARTS - 1);
	lazy_free(&c.lazy);
	lazy_free(&c.lazy);
}
END_TEST

Suite *t_lazy(void)
{
	Suite *s = suite_create("lazy");
	TCase *c = tcase_create("nominal");

	tcase_add_test(c, each_part_is_made_once);
	tcase_add_test(c, only_what_is_asked_for_is_made);
	suite_add_tcase(s, c);
	return s;
}
