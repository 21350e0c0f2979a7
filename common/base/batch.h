/* batch.h - jobs done by several threads, results in order */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BASE_BATCH_H
#define BASE_BATCH_H

#include "base/error.h"

struct batch {
	/* A new job, or NULL when there are no more. Called by one thread at a time. */
	void *(*next)(void *context);
	/* Does it. Called by many threads at once; must not touch what they share. */
	void (*work)(void *context, void *job);
	/* Takes the finished job back, in the order of next, and frees it.
	 * Anything but STATUS_DONE ends the run: jobs already begun are finished and passed to
	 * drop (or to done, when drop is NULL), no new ones are asked for. NULL: there is nothing to be done. */
	int (*done)(void *context, void *job);
	void (*drop)(void *context, void *job);
};

/* Runs until next gives NULL. next, done and drop are called by the thread that calls this, work by
 * others; at most 4 * threads jobs are under way. threads 1 uses no thread; 0 means one a processor.
 * Where the system refuses threads, those that there are do the work, at worst the caller's own.
 * Returns what done returned, or STATUS_SYSTEM when there is no memory. */
int batch_run(const struct batch *batch, void *context, int threads, struct error *e);

/* Processors this process may use. */
int batch_processors(void);

#endif
