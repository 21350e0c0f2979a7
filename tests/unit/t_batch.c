/* t_batch.c - tests of base/batch */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <check.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>
#include <time.h>

#include "base/batch.h"

struct job {
	int number;
	long squared;
};

struct run {
	int total, stop_at;        /* done fails at this number; -1 never */
	int asked, ended, dropped;
	int under_way, most;       /* only the calling thread counts */
	int worked;                /* where the threads count */
	pthread_t caller;
	bool strangers;            /* next, done or drop was called by another thread */
};

static void *next(void *context)
{
	struct run *r = context;
	struct job *j;

	r->strangers |= !pthread_equal(r->caller, pthread_self());
	if (r->asked == r->total)
		return NULL;
	j = calloc(1, sizeof *j);
	j->number = r->asked++;
	if (++r->under_way > r->most)
		r->most = r->under_way;
	return j;
}

/* Some jobs take longer, so that they end out of order. */
static void work(void *context, void *job)
{
	struct job *j = job;

	(void)context;
	if (j->number % 7 == 0)
		nanosleep(&(struct timespec){ 0, 300000 }, NULL);
	j->squared = (long)j->number * j->number;
}

static int done(void *context, void *job)
{
	struct run *r = context;
	struct job *j = job;
	bool good = j->number == r->ended && j->squared == (long)j->number * j->number;

	r->strangers |= !pthread_equal(r->caller, pthread_self());
	r->ended++;
	r->under_way--;
	free(j);
	ck_assert(good);
	return r->ended - 1 == r->stop_at ? STATUS_INPUT : STATUS_DONE;
}

static void drop(void *context, void *job)
{
	struct run *r = context;

	r->strangers |= !pthread_equal(r->caller, pthread_self());
	r->dropped++;
	r->under_way--;
	free(job);
}

static const struct batch batch = { next, work, done, drop };

START_TEST(in_order_with_any_number_of_threads)
{
	static const int threads[] = { 1, 2, 3, 8, 32, 0, -1 };

	for (size_t i = 0; i < sizeof threads / sizeof *threads; i++) {
		struct run r = { .total = 1000, .stop_at = -1, .caller = pthread_self() };

		ck_assert_int_eq(batch_run(&batch, &r, threads[i], NULL), 0);
		ck_assert_int_eq(r.ended, 1000);
		ck_assert_int_eq(r.dropped, 0);
		ck_assert(!r.strangers);
		if (threads[i] > 0)
			ck_assert_int_le(r.most, threads[i] * 4);
	}
}
END_TEST

START_TEST(no_jobs_and_few)
{
	for (int total = 0; total < 5; total++) {
		struct run r = { .total = total, .stop_at = -1, .caller = pthread_self() };

		ck_assert_int_eq(batch_run(&batch, &r, 16, NULL), 0);
		ck_assert_int_eq(r.ended, total);
	}
}
END_TEST

START_TEST(stops_where_told)
{
	for (int threads = 1; threads < 9; threads += 3)
		for (int stop = 0; stop < 200; stop += 33) {
			struct run r = { .total = 200, .stop_at = stop, .caller = pthread_self() };

			ck_assert_int_eq(batch_run(&batch, &r, threads, NULL), STATUS_INPUT);
			ck_assert_int_eq(r.ended, stop + 1);
			ck_assert_int_eq(r.ended + r.dropped, r.asked);
			ck_assert_int_le(r.dropped, threads * 4);
			ck_assert_int_eq(r.under_way, 0);
		}
}
END_TEST

static int done_loosely(void *context, void *job)
{
	struct run *r = context;

	r->ended++;
	free(job);
	return r->ended == 50 ? STATUS_INPUT : STATUS_DONE;
}

START_TEST(without_drop_done_takes_them)
{
	struct batch loose = { next, work, done_loosely, NULL };
	struct run r = { .total = 200, .stop_at = -1, .caller = pthread_self() };

	ck_assert_int_eq(batch_run(&loose, &r, 4, NULL), STATUS_INPUT);
	ck_assert_int_eq(r.ended, r.asked);
	ck_assert_int_lt(r.asked, 200);
}
END_TEST

/* A source so slow that all it gave is worked on before it gives more: that is handed out before the ring is
 * full. Only what a thread has worked on and has not said so yet may be kept, one job a thread. */
static void *next_slowly(void *context)
{
	struct run *r = context;

	while (__atomic_load_n(&r->worked, __ATOMIC_SEQ_CST) < r->asked)
		nanosleep(&(struct timespec){ 0, 100000 }, NULL);
	return next(context);
}

static void work_counted(void *context, void *job)
{
	struct run *r = context;

	work(context, job);
	__atomic_fetch_add(&r->worked, 1, __ATOMIC_SEQ_CST);
}

START_TEST(a_slow_source_holds_nothing_back)
{
	struct batch slow = { next_slowly, work_counted, done, drop };
	struct run r = { .total = 60, .stop_at = -1, .caller = pthread_self() };

	ck_assert_int_eq(batch_run(&slow, &r, 8, NULL), 0);
	ck_assert_int_eq(r.ended, 60);
	ck_assert_int_le(r.most, 8 + 1);  /* of 32 */
	ck_assert_int_ge(batch_processors(), 1);
}
END_TEST

Suite *t_batch(void);
Suite *t_batch(void)
{
	Suite *s = suite_create("batch");
	TCase *c = tcase_create("batch");

	tcase_add_test(c, in_order_with_any_number_of_threads);
	tcase_add_test(c, no_jobs_and_few);
	tcase_add_test(c, stops_where_told);
	tcase_add_test(c, without_drop_done_takes_them);
	tcase_add_test(c, a_slow_source_holds_nothing_back);
	tcase_set_timeout(c, 60);
	suite_add_tcase(s, c);
	return s;
}
