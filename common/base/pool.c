/* pool.c - many small pieces of memory that are freed together */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/pool.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

#define FIRST 4096
#define LARGEST (1 << 20)

struct pool_block {
	struct pool_block *before;
	size_t used, room;
	max_align_t bytes[];
};

static char *place(struct pool *p, size_t size, size_t align, struct error *e)
{
	struct pool_block *b = p->block;
	size_t at = b ? (b->used + align - 1) & ~(align - 1) : 0, room;

	if (b && at <= b->room && size <= b->room - at) {
		b->used = at + size;
		return (char *)b->bytes + at;
	}
	room = !b ? FIRST : b->room < LARGEST ? 2 * b->room : LARGEST;
	if (room < size)
		room = size;
	if (room > (size_t)-1 - sizeof *b) {
		error_memory(e);
		return NULL;
	}
	b = mem_grow(NULL, sizeof *b + room, 1, e);
	if (!b)
		return NULL;
	b->before = p->block;
	b->used = size;
	b->room = room;
	p->block = b;
	return (char *)b->bytes;
}

void *pool_take(struct pool *p, size_t size, struct error *e)
{
	return place(p, size, _Alignof(max_align_t), e);
}

char *pool_text(struct pool *p, const char *text, size_t n, struct error *e)
{
	char *to = place(p, n + 1, 1, e);

	if (!to)
		return NULL;
	if (n)
		memcpy(to, text, n);
	to[n] = 0;
	return to;
}

static void drop(struct pool_block *b)
{
	while (b) {
		struct pool_block *before = b->before;

		free(b);
		b = before;
	}
}

void pool_join(struct pool *p, struct pool *from)
{
	struct pool_block *first = from->block;

	if (!first)
		return;
	while (first->before)
		first = first->before;
	/* behind the newest, of which the rest is still to be used */
	if (p->block) {
		first->before = p->block->before;
		p->block->before = from->block;
	} else {
		p->block = from->block;
	}
	from->block = NULL;
}

void pool_reset(struct pool *p)
{
	if (!p->block)
		return;
	drop(p->block->before);
	p->block->before = NULL;
	p->block->used = 0;
}

void pool_free(struct pool *p)
{
	drop(p->block);
	p->block = NULL;
}
