/* lazy.h - parts of something that are made when a thread first asks for them */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BASE_LAZY_H
#define BASE_LAZY_H

#include <pthread.h>
#include <stdatomic.h>
#include <stddef.h>

#include "base/error.h"

#define LAZY_LOCKS 16

struct lazy {
	atomic_bool *made;
	pthread_mutex_t making[LAZY_LOCKS];   /* a part, by its number modulo that */
};

/* Of so many parts none is made. lazy_free may be called after it failed, and on what is all zero. */
int lazy_new(struct lazy *l, size_t parts, struct error *e);
void lazy_free(struct lazy *l);

/* For lazy_need. */
void lazy_make(struct lazy *l, size_t part, void (*make)(void *context, size_t part), void *context);

/* Part number `part` is there afterwards: make(context, part) was called by this thread or another, once. make may need
 * parts of another lazy, but none of this one. */
static inline void lazy_need(struct lazy *l, size_t part, void (*make)(void *context, size_t part), void *context)
{
	if (!atomic_load_explicit(&l->made[part], memory_order_acquire))
		lazy_make(l, part, make, context);
}

#endif
