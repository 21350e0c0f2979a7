/* groups.c - words that are counted: each gets a place, and there are never too many */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/groups.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/sum.h"

/* The slot where the word is, or would be. There is always a free one. */
static size_t look(const struct groups *g, const char *key, uint64_t hash)
{
	size_t at = (size_t)hash & (g->slots - 1);

	for (; g->slot[at]; at = (at + 1) & (g->slots - 1)) {
		const struct groups_line *line = &g->line[g->slot[at] - 1];

		if (line->hash == hash && !strcmp(line->key, key))
			break;
	}
	return at;
}

static int grow(struct groups *g, struct error *e)
{
	size_t room = g->room ? 2 * g->room : 64;
	struct groups_line *line = mem_grow(g->line, room, sizeof *line, e);
	uint32_t *slot;

	if (!line)
		return STATUS_SYSTEM;
	g->line = line;
	slot = mem_new(2 * room, sizeof *slot, e);
	if (!slot)
		return STATUS_SYSTEM;
	free(g->slot);
	g->slot = slot;
	g->slots = 2 * room;
	g->room = room;
	for (size_t i = 0; i < g->count; i++) {
		size_t at = (size_t)line[i].hash & (g->slots - 1);

		while (slot[at])
			at = (at + 1) & (g->slots - 1);
		slot[at] = (uint32_t)i + 1;
	}
	return STATUS_DONE;
}

int groups_place(struct groups *g, const char *key, size_t *place, struct error *e)
{
	size_t length = strlen(key), at, most = g->most ? g->most : GROUPS_MOST;
	uint64_t hash = sum_fnv64(SUM_FNV64_START, key, length);
	struct groups_line *line;

	hash ^= hash >> 29;
	if (g->count == g->room && grow(g, e))
		return STATUS_SYSTEM;
	at = look(g, key, hash);
	if (g->slot[at]) {
		*place = g->slot[at] - 1;
		return STATUS_DONE;
	}
	if (g->count >= most && strcmp(key, GROUPS_OTHERS)) {
		g->full = true;
		return groups_place(g, GROUPS_OTHERS, place, e);
	}
	line = &g->line[g->count];
	line->key = pool_text(&g->pool, key, length, e);
	if (!line->key)
		return STATUS_SYSTEM;
	line->hash = hash;
	line->n = 0;
	*place = g->count;
	g->slot[at] = (uint32_t)++g->count;
	return STATUS_DONE;
}

int groups_count(struct groups *g, const char *key, size_t *place, struct error *e)
{
	size_t at;

	if (groups_place(g, key, &at, e))
		return STATUS_SYSTEM;
	g->line[at].n++;
	g->total++;
	if (place)
		*place = at;
	return STATUS_DONE;
}

size_t groups_find(const struct groups *g, const char *key)
{
	uint64_t hash = sum_fnv64(SUM_FNV64_START, key, strlen(key));
	size_t at;

	if (!g->slots)
		return SIZE_MAX;
	hash ^= hash >> 29;
	at = look(g, key, hash);
	return g->slot[at] ? g->slot[at] - 1 : SIZE_MAX;
}

static int by_word(const void *a, const void *b, void *context)
{
	const struct groups *g = context;
	const char *x = g->line[*(const size_t *)a].key, *y = g->line[*(const size_t *)b].key;
	int x_last = !strcmp(x, GROUPS_OTHERS), y_last = !strcmp(y, GROUPS_OTHERS);

	return x_last != y_last ? x_last - y_last : strcmp(x, y);
}

static int by_count(const void *a, const void *b, void *context)
{
	const struct groups *g = context;
	const struct groups_line *x = &g->line[*(const size_t *)a], *y = &g->line[*(const size_t *)b];

	if (x->n != y->n && strcmp(x->key, GROUPS_OTHERS) && strcmp(y->key, GROUPS_OTHERS))
		return x->n > y->n ? -1 : 1;
	return by_word(a, b, context);
}

int groups_sorted(const struct groups *g, enum groups_order order, size_t **place, struct error *e)
{
	*place = mem_new(g->count, sizeof **place, e);
	if (!*place)
		return STATUS_SYSTEM;
	for (size_t i = 0; i < g->count; i++)
		(*place)[i] = i;
	qsort_r(*place, g->count, sizeof **place, order == GROUPS_BY_COUNT ? by_count : by_word, (void *)g);
	return STATUS_DONE;
}

void *groups_beside(struct buf *all, size_t place, size_t size, struct error *e)
{
	size_t need = (place + 1) * size, had = all->size;

	if (need > had) {
		if (buf_reserve(all, need - had, e))
			return NULL;
		memset(all->data + had, 0, need - had);
		all->size = need;
	}
	return all->data + place * size;
}

void groups_free(struct groups *g)
{
	size_t most = g->most;

	free(g->line);
	free(g->slot);
	pool_free(&g->pool);
	memset(g, 0, sizeof *g);
	g->most = most;
}
