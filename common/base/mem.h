/* mem.h - memory by count and size, checked for overflow */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BASE_MEM_H
#define BASE_MEM_H

#include <stddef.h>

#include "base/error.h"

/* count elements of size bytes, zeroed, aligned for any type.
 * NULL with "out of memory" in e when there is none; count 0 gives a valid pointer.
 * Free with free(). */
void *mem_new(size_t count, size_t size, struct error *e);

/* old (from mem_grow or NULL), grown to count elements; new bytes are not cleared.
 * NULL on failure, and old stays valid. */
void *mem_grow(void *old, size_t count, size_t size, struct error *e);

/* The same as mem_new, but not cleared, aligned to a line of the cache, and where the system has them in huge pages:
 * for large tables that are read here and there. What is not touched takes no memory. */
void *mem_table(size_t count, size_t size, struct error *e);

/* A copy of a string. */
char *mem_text(const char *text, struct error *e);

#endif
