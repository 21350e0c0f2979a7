/* land_codes.c - the search codes of all lands of a stock */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "match/land_codes.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "match/ready.h"

struct land_codes {
	const struct stock *stock;
	uint64_t **made;       /* one per signature in memory; NULL: not asked for yet, or the signature has it */
};

struct land_codes *land_codes_new(const struct stock *s, struct error *e)
{
	struct land_codes *c = mem_new(1, sizeof *c, e);

	if (!c)
		return NULL;
	c->stock = s;
	c->made = mem_new(s->g->count, sizeof *c->made, e);
	if (!c->made) {
		land_codes_free(c);
		return NULL;
	}
	return c;
}

void land_codes_free(struct land_codes *c)
{
	if (!c)
		return;
	for (size_t i = 0; c->made && i < c->stock->g->count; i++)
		free(c->made[i]);
	free(c->made);
	free(c);
}

static int make(const struct gallery_entry *entry, uint64_t **out, struct error *e)
{
	uint64_t filed[LAND_CODE_ROOM];
	size_t size;
	int status = ready_land_code(&entry->head, &entry->body, filed, &size, e);

	if (status)
		return status == STATUS_INPUT ? STATUS_NO : status;
	*out = mem_new(size, sizeof **out, e);
	if (!*out)
		return STATUS_SYSTEM;
	memcpy(*out, filed, size * sizeof **out);
	return STATUS_DONE;
}

int land_codes_get(struct land_codes *c, size_t n, struct land_code *out, struct error *e)
{
	const struct gallery_entry *entry = stock_entry(c->stock, n);
	const struct signature *head;
	int status;

	if (!entry)
		return stock_land(c->stock, n, out) ? STATUS_DONE : STATUS_NO;
	head = &entry->head;
	if (head->land_code)
		return land_code_view(head->land_code, head->land_code_size, out) ? STATUS_DONE : STATUS_NO;
	if (!c->made[n] && (status = make(entry, &c->made[n], e)))
		return status;
	return land_code_view(c->made[n], LAND_CODE_ROOM, out) ? STATUS_DONE : STATUS_NO;
}
