/* set.c - a set of numbers, with a count for each */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/set.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

static struct set_slot *place(struct set_slot *slot, size_t slots, uint64_t number)
{
	size_t at = (size_t)(number ^ number >> 32) & (slots - 1);

	while (slot[at].count && slot[at].number != number)
		at = (at + 1) & (slots - 1);
	return &slot[at];
}

uint32_t set_count(const struct set *s, uint64_t number)
{
	return s->slots ? place(s->slot, s->slots, number)->count : 0;
}

static int grow(struct set *s, struct error *e)
{
	size_t slots = s->slots ? 2 * s->slots : 64;
	struct set_slot *slot = mem_new(slots, sizeof *slot, e);

	if (!slot)
		return STATUS_SYSTEM;
	for (size_t i = 0; i < s->slots; i++)
		if (s->slot[i].count)
			*place(slot, slots, s->slot[i].number) = s->slot[i];
	free(s->slot);
	s->slot = slot;
	s->slots = slots;
	return STATUS_DONE;
}

int set_add(struct set *s, uint64_t number, struct error *e)
{
	struct set_slot *slot;

	if (2 * s->used >= s->slots && grow(s, e))
		return STATUS_SYSTEM;
	slot = place(s->slot, s->slots, number);
	if (!slot->count)
		s->used++;
	slot->number = number;
	if (slot->count < UINT32_MAX)
		slot->count++;
	return STATUS_DONE;
}

void set_clear(struct set *s)
{
	if (s->used)
		memset(s->slot, 0, s->slots * sizeof *s->slot);
	s->used = 0;
}

void set_free(struct set *s)
{
	free(s->slot);
	memset(s, 0, sizeof *s);
}
