/* own_codes.c - what an index has of breech faces, for those in memory */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "match/own_codes.h"

#include <stdatomic.h>
#include <stdlib.h>

#include "base/batch.h"
#include "base/mem.h"
#include "match/ready.h"

/* Entries in one job. */
#define CHUNK 64

struct making {
	const struct gallery *g;
	const struct rings_basis *basis;
	struct own_codes *out;
	size_t next;
	atomic_bool no_memory;
};

static void *next_chunk(void *context)
{
	struct making *m = context;
	struct gallery_entry *first = m->g->entry + m->next;

	if (m->next >= m->g->count)
		return NULL;
	m->next += CHUNK;
	return first;
}

static void make_one(struct making *m, size_t i)
{
	const struct gallery_entry *entry = &m->g->entry[i];
	struct fine_code code;
	int status;

	if (entry->head.mark != MARK_BREECH_FACE || !entry->head.layer[LAYER_RELIEF])
		return;
	rings_make(m->basis, &entry->head.code[LAYER_RELIEF], &m->out->rings[i]);
	if (entry->head.fine)
		return;
	/* one whose grids make no sense has none: whoever compares it says why */
	status = ready_fine_code(&entry->head, &entry->body, &code, NULL);
	if (!status && (m->out->fine[i] = mem_new(1, sizeof code, NULL)))
		*m->out->fine[i] = code;
	else if (!status || status == STATUS_SYSTEM)
		atomic_store(&m->no_memory, true);
}

static void make_chunk(void *context, void *job)
{
	struct making *m = context;
	size_t first = (size_t)((struct gallery_entry *)job - m->g->entry);

	for (size_t i = first; i < first + CHUNK && i < m->g->count; i++)
		make_one(m, i);
}

int own_codes_make(const struct gallery *g, const struct rings_basis *basis, int threads, struct own_codes *out,
		   struct error *e)
{
	static const struct batch steps = { next_chunk, make_chunk, NULL, NULL };
	struct making m = { .g = g, .basis = basis, .out = out };
	int status;

	out->count = g->count;
	out->rings = mem_new(g->count, sizeof *out->rings, e);
	out->fine = mem_new(g->count, sizeof *out->fine, e);
	if (!out->rings || !out->fine)
		return STATUS_SYSTEM;
	status = batch_run(&steps, &m, threads, e);
	return !status && atomic_load(&m.no_memory) ? error_memory(e) : status;
}

void own_codes_free(struct own_codes *o)
{
	for (size_t i = 0; o->fine && i < o->count; i++)
		free(o->fine[i]);
	free(o->fine);
	free(o->rings);
	*o = (struct own_codes){ 0 };
}
