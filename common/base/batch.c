/* batch.c - jobs done by several threads, results in order */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/batch.h"

#include <pthread.h>
#include <sched.h>
#include <stdbool.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/mem.h"

/* A ring of slots: the caller's thread fills them and takes them back in order, the workers
 * pick them in the same order. Slots a caller is ahead of the workers bound the memory. */
struct slot {
	void *job;
	bool finished;
};

struct ring {
	const struct batch *batch;
	void *context;
	struct slot *slot;
	size_t slots;
	size_t filled, picked, taken;  /* running counts; modulo slots they are places */
	bool closed;
	pthread_mutex_t lock;
	pthread_cond_t fill, finish;
};

int batch_processors(void)
{
	cpu_set_t set;
	int n;

	/* it fails where there are more processors than the set has room for */
	n = sched_getaffinity(0, sizeof set, &set) ? (int)sysconf(_SC_NPROCESSORS_ONLN) : CPU_COUNT(&set);
	return n > 0 ? n : 1;
}

static void *worker(void *arg)
{
	struct ring *r = arg;

	pthread_mutex_lock(&r->lock);
	for (;;) {
		struct slot *s;

		while (r->picked == r->filled && !r->closed)
			pthread_cond_wait(&r->fill, &r->lock);
		if (r->picked == r->filled)
			break;
		s = &r->slot[r->picked++ % r->slots];
		pthread_mutex_unlock(&r->lock);
		r->batch->work(r->context, s->job);
		pthread_mutex_lock(&r->lock);
		s->finished = true;
		pthread_cond_signal(&r->finish);
	}
	pthread_mutex_unlock(&r->lock);
	return NULL;
}

static int give_back(const struct batch *b, void *context, void *job, int status)
{
	if (!status)
		return b->done ? b->done(context, job) : STATUS_DONE;
	if (b->drop)
		b->drop(context, job);
	else if (b->done)
		b->done(context, job);
	return status;
}

/* The oldest job back to the caller; waits until it is finished. */
static int take_oldest(struct ring *r, int status)
{
	struct slot *s = &r->slot[r->taken % r->slots];

	pthread_mutex_lock(&r->lock);
	while (!s->finished)
		pthread_cond_wait(&r->finish, &r->lock);
	pthread_mutex_unlock(&r->lock);
	r->taken++;
	return give_back(r->batch, r->context, s->job, status);
}

static bool oldest_finished(struct ring *r)
{
	bool finished;

	pthread_mutex_lock(&r->lock);
	finished = r->taken < r->filled && r->slot[r->taken % r->slots].finished;
	pthread_mutex_unlock(&r->lock);
	return finished;
}

static int feed(struct ring *r)
{
	int status = STATUS_DONE;
	void *job;

	for (;;) {
		/* what is finished is not kept waiting by a slow source of jobs */
		while (!status && (oldest_finished(r) || r->filled - r->taken == r->slots))
			status = take_oldest(r, status);
		job = status ? NULL : r->batch->next(r->context);
		if (!job)
			break;
		pthread_mutex_lock(&r->lock);
		r->slot[r->filled % r->slots] = (struct slot){ job, false };
		r->filled++;
		pthread_cond_signal(&r->fill);
		pthread_mutex_unlock(&r->lock);
	}
	while (r->taken < r->filled)
		status = take_oldest(r, status);
	return status;
}

static int run_alone(const struct batch *b, void *context)
{
	int status = STATUS_DONE;
	void *job;

	while (!status && (job = b->next(context))) {
		b->work(context, job);
		status = give_back(b, context, job, STATUS_DONE);
	}
	return status;
}

int batch_run(const struct batch *batch, void *context, int threads, struct error *e)
{
	struct ring r = { .batch = batch, .context = context };
	pthread_t *thread;
	int started = 0, status = STATUS_SYSTEM;

	if (threads < 1)
		threads = batch_processors();
	if (threads == 1)
		return run_alone(batch, context);
	r.slots = (size_t)threads * 4;
	r.slot = mem_new(r.slots, sizeof *r.slot, e);
	thread = mem_new((size_t)threads, sizeof *thread, e);
	if (!r.slot || !thread)
		goto out;
	pthread_mutex_init(&r.lock, NULL);
	pthread_cond_init(&r.fill, NULL);
	pthread_cond_init(&r.finish, NULL);
	while (started < threads && !pthread_create(&thread[started], NULL, worker, &r))
		started++;
	status = started ? feed(&r) : run_alone(batch, context);
	pthread_mutex_lock(&r.lock);
	r.closed = true;
	pthread_cond_broadcast(&r.fill);
	pthread_mutex_unlock(&r.lock);
	while (started > 0)
		pthread_join(thread[--started], NULL);
	pthread_cond_destroy(&r.finish);
	pthread_cond_destroy(&r.fill);
	pthread_mutex_destroy(&r.lock);
out:
	free(thread);
	free(r.slot);
	return status;
}
