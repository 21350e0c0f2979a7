/* once.h - things that must count once, however often they come, in bounded memory */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef REPORT_ONCE_H
#define REPORT_ONCE_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "base/error.h"
#include "base/sort.h"

/* Each thing has a key (a hash of 64 bits) and a value of the caller's. They are kept in memory up to `room`
 * of them, and beyond that sorted in a file without a name (tmpfile(3)), which only this process has.
 * Starts as all zero; room 0: ONCE_ROOM. */
#define ONCE_ROOM (1 << 18)
#define ONCE_RUNS 4096
struct once {
	struct sort_item *item;
	size_t count, room;
	FILE *file;
	size_t runs;
	uint64_t run[ONCE_RUNS];   /* how many things each sorted run in the file has */
};

int once_add(struct once *o, uint64_t key, uint64_t value, struct error *e);

/* Every thing in the order of the keys, and of the same key in the order in which they came. Nothing may be
 * added after. */
typedef int once_take(void *context, uint64_t key, uint64_t value, struct error *e);
int once_each(struct once *o, once_take *take, void *context, struct error *e);

void once_free(struct once *o);

#endif
