/* tally.c - which words were understood as what, and how often */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "record/tally.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/sum.h"

static uint64_t hash_of(enum form_place place, const char *typed, const char *meant)
{
	uint64_t h = SUM_FNV64_START ^ (uint64_t)place << 32;

	h = sum_fnv64(h, typed, strlen(typed) + 1);
	return sum_fnv64(h, meant, strlen(meant));
}

/* The slot of that mapping, which is free when there is none yet. how goes with the rest. */
static uint32_t *place_of(const struct tally *t, uint64_t hash, enum form_place place, const char *typed,
			  const char *meant)
{
	size_t at = (size_t)hash & (t->slots - 1);

	for (; t->slot[at]; at = (at + 1) & (t->slots - 1)) {
		const struct tally_line *l = &t->line[t->slot[at] - 1];

		if (l->hash == hash && l->place == place && !strcmp(l->typed, typed) &&
		    !strcmp(l->meant, meant))
			break;
	}
	return &t->slot[at];
}

static int grow(struct tally *t, struct error *e)
{
	size_t room = t->room ? 2 * t->room : 64, slots = 4 * room;
	struct tally_line *line = mem_grow(t->line, room, sizeof *line, e);
	uint32_t *slot;

	if (!line)
		return STATUS_SYSTEM;
	t->line = line;
	slot = mem_new(slots, sizeof *slot, e);
	if (!slot)
		return STATUS_SYSTEM;
	free(t->slot);
	t->slot = slot;
	t->slots = slots;
	t->room = room;
	for (size_t i = 0; i < t->lines; i++)
		*place_of(t, line[i].hash, line[i].place, line[i].typed, line[i].meant) = (uint32_t)(i + 1);
	return STATUS_DONE;
}

int tally_add(struct tally *t, enum form_place place, const char *typed, const char *meant, const char *how,
	      uint64_t count, struct error *e)
{
	uint64_t hash = hash_of(place, typed, meant);
	struct tally_line *l;
	uint32_t *slot;

	if (t->lines == t->room && grow(t, e))
		return STATUS_SYSTEM;
	slot = place_of(t, hash, place, typed, meant);
	if (*slot) {
		t->line[*slot - 1].count += count;
		return STATUS_DONE;
	}
	if (t->lines == TALLY_MAX) {
		t->beyond += count;
		return STATUS_DONE;
	}
	l = &t->line[t->lines];
	*l = (struct tally_line){ place, pool_text(&t->pool, typed, strlen(typed), e),
				  pool_text(&t->pool, meant, strlen(meant), e), how, count, hash };
	if (!l->typed || !l->meant)
		return STATUS_SYSTEM;
	*slot = (uint32_t)++t->lines;
	return STATUS_DONE;
}

int tally_merge(struct tally *a, const struct tally *b, struct error *e)
{
	for (size_t i = 0; i < b->lines; i++)
		if (tally_add(a, b->line[i].place, b->line[i].typed, b->line[i].meant, b->line[i].how,
			      b->line[i].count, e))
			return STATUS_SYSTEM;
	a->beyond += b->beyond;
	return STATUS_DONE;
}

static int order(const void *a, const void *b)
{
	const struct tally_line *x = a, *y = b;

	if (x->place != y->place)
		return x->place < y->place ? -1 : 1;
	if (x->count != y->count)
		return x->count > y->count ? -1 : 1;
	return strcmp(x->typed, y->typed) ? strcmp(x->typed, y->typed) : strcmp(x->meant, y->meant);
}

void tally_sort(struct tally *t)
{
	if (t->lines)
		qsort(t->line, t->lines, sizeof *t->line, order);
	/* the table's places are no longer true */
	free(t->slot);
	t->slot = NULL;
	t->slots = t->room = 0;
}

void tally_free(struct tally *t)
{
	free(t->line);
	free(t->slot);
	pool_free(&t->pool);
	memset(t, 0, sizeof *t);
}
