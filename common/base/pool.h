/* pool.h - many small pieces of memory that are freed together */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BASE_POOL_H
#define BASE_POOL_H

#include <stddef.h>

#include "base/error.h"

/* Starts as all zero. Pieces stay where they are until pool_reset or pool_free. */
struct pool_block;
struct pool {
	struct pool_block *block;   /* the newest; each knows the one before */
};

/* size bytes, not cleared, aligned for any type. NULL: no memory. */
void *pool_take(struct pool *p, size_t size, struct error *e);
/* A copy of n bytes with a zero behind them, aligned for nothing. */
char *pool_text(struct pool *p, const char *text, size_t n, struct error *e);

/* The pieces of another become its own. */
void pool_join(struct pool *p, struct pool *from);

/* All pieces are free; the largest block is kept for the next ones. */
void pool_reset(struct pool *p);
void pool_free(struct pool *p);

#endif
