/* lazy.c - parts of something that are made when a thread first asks for them */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/lazy.h"

#include <stdbool.h>
#include <stdlib.h>

#include "base/mem.h"

int lazy_new(struct lazy *l, size_t parts, struct error *e)
{
	l->made = mem_new(parts, sizeof *l->made, e);
	if (!l->made)
		return STATUS_SYSTEM;
	for (int k = 0; k < LAZY_LOCKS; k++)
		pthread_mutex_init(&l->making[k], NULL);
	return STATUS_DONE;
}

void lazy_free(struct lazy *l)
{
	if (!l->made)
		return;
	for (int k = 0; k < LAZY_LOCKS; k++)
		pthread_mutex_destroy(&l->making[k]);
	free(l->made);
	l->made = NULL;
}

void lazy_make(struct lazy *l, size_t part, void (*make)(void *context, size_t part), void *context)
{
	pthread_mutex_lock(&l->making[part % LAZY_LOCKS]);
	if (!atomic_load_explicit(&l->made[part], memory_order_relaxed)) {
		make(context, part);
		atomic_store_explicit(&l->made[part], true, memory_order_release);
	}
	pthread_mutex_unlock(&l->making[part % LAZY_LOCKS]);
}
