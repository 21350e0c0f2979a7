/* catalog_chunk.c - some signatures of a gallery, read at once and taken apart for its index */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "match/catalog_chunk.h"

#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "base/mem.h"
#include "base/sum.h"
#include "match/ready.h"
#include "sign/impression.h"
#include "sign/pack.h"

struct catalog_room {
	struct buf bodies;
	struct catalog_room *next;
};

void catalog_chunk_find(struct catalog_chunk *c, struct frame_reader *r, size_t most)
{
	uint64_t from = r->next;

	c->gallery = fileno(r->in);
	c->count = 0;
	c->status = STATUS_DONE;
	while (!c->status && c->count < CATALOG_CHUNK && c->count < most && r->next - from < CATALOG_CHUNK_BYTES) {
		c->status = frame_pass(r, &c->frame[c->count], &c->error);
		c->count += !c->status;
	}
}

static int find_basis(struct catalog_shared *all, enum mark mark, const struct rings_basis **out, struct error *e)
{
	pthread_mutex_lock(&all->lock);
	if (!all->basis[mark])
		all->basis[mark] = rings_new(&impression_params(mark)->lattice, e);
	*out = all->basis[mark];
	pthread_mutex_unlock(&all->lock);
	return *out ? STATUS_DONE : STATUS_SYSTEM;
}

static struct catalog_room *take_room(struct catalog_shared *all, struct error *e)
{
	struct catalog_room *room;

	pthread_mutex_lock(&all->lock);
	room = all->room;
	if (room)
		all->room = room->next;
	pthread_mutex_unlock(&all->lock);
	return room ? room : mem_new(1, sizeof *room, e);
}

static void give_room(struct catalog_shared *all, struct catalog_room *room)
{
	pthread_mutex_lock(&all->lock);
	room->next = all->room;
	all->room = room;
	pthread_mutex_unlock(&all->lock);
}

void catalog_shared_free(struct catalog_shared *all)
{
	struct catalog_room *room;

	for (int k = 0; k < MARKS; k++)
		rings_free(all->basis[k]);
	while ((room = all->room)) {
		all->room = room->next;
		buf_free(&room->bodies);
		free(room);
	}
}

static int add_rings(struct catalog_chunk *c, const struct signature *s, struct catalog_shared *shared, struct error *e)
{
	const struct rings_basis *basis;
	unsigned char b[sizeof(struct rings)];
	struct rings rings;

	if (find_basis(shared, s->mark, &basis, e))
		return STATUS_SYSTEM;
	rings_make(basis, &s->code[LAYER_RELIEF], &rings);
	memcpy(b, rings.number, sizeof rings.number);
	for (int k = 0; k < RINGS_BANDS; k++)
		bytes_put32(b + sizeof rings.number + 4 * k, rings.there[k]);
	return buf_add(&c->section[CATALOG_RINGS], b, sizeof b, e);
}

static int add_codes(struct catalog_chunk *c, const struct signature *s, struct catalog_shared *shared,
		     struct catalog_record *r, struct error *e)
{
	for (int l = 0; l < LAYERS; l++) {
		struct buf *codes = &c->section[CATALOG_RELIEF + l];
		unsigned char b[sizeof(struct code)];

		r->code[l] = CATALOG_NO_CODE;
		if (!s->layer[l] || s->height == 1)
			continue;
		r->code[l] = (uint32_t)(codes->size / sizeof b);
		bytes_put_words(b, s->code[l].bit, CODE_WORDS);
		bytes_put_words(b + sizeof b / 2, s->code[l].on, CODE_WORDS);
		if (buf_add(codes, b, sizeof b, e))
			return STATUS_SYSTEM;
		if (l == LAYER_RELIEF && add_rings(c, s, shared, e))
			return STATUS_SYSTEM;
	}
	return STATUS_DONE;
}

/* One that has no code, and whose profile or grid makes no sense, has none here: whoever compares it says why. */
static int add_land(struct catalog_chunk *c, const struct signature *s, const struct buf *body,
		    struct catalog_record *r, struct error *e)
{
	struct buf *codes = &c->section[CATALOG_LANDS];
	uint64_t filed[LAND_CODE_ROOM];
	unsigned char b[sizeof filed];
	size_t size;
	int status;

	status = ready_land_code(s, body, filed, &size, e);
	if (status)
		return status == STATUS_INPUT ? STATUS_DONE : status;
	land_code_put(filed, size, b);
	r->own = (uint32_t)(codes->size / sizeof *filed);
	return buf_add(codes, b, size * sizeof *filed, e);
}

static int add_fine(struct catalog_chunk *c, const struct signature *s, const struct buf *body,
		    struct catalog_record *r, struct error *e)
{
	struct buf *codes = &c->section[CATALOG_FINE];
	struct fine_code code;
	unsigned char b[sizeof code], sum[8];
	int status = ready_fine_code(s, body, &code, e);

	if (status)
		return status == STATUS_SYSTEM ? status : STATUS_DONE;
	bytes_put_words(b, code.bit, FINE_WORDS);
	bytes_put_words(b + sizeof b / 2, code.on, FINE_WORDS);
	bytes_put64(sum, sum_wide64(b, sizeof b));
	r->own = (uint32_t)(codes->size / sizeof b);
	return buf_add(codes, b, sizeof b, e) || buf_add(&c->fine_sums, sum, sizeof sum, e) ? STATUS_SYSTEM : STATUS_DONE;
}

/* The record, and what it points to. */
static int add(struct catalog_chunk *c, const struct frame_body *f, const struct buf *bodies,
	       const struct signature *s, struct catalog_shared *shared, struct catalog_record *r, struct error *e)
{
	/* as it stands there: nothing is added to it */
	const struct buf body = { bodies->data + f->begin, f->size, 0 };
	int status;

	*r = (struct catalog_record){ .at = f->at, .size = f->size, .sum = f->sum, .width = (uint32_t)s->width,
				      .mark = (uint8_t)s->mark, .own = CATALOG_NO_CODE, .text_size = bytes_get32(body.data),
				      .text_at = c->section[CATALOG_TEXTS].size };
	for (int l = 0; l < LAYERS; l++)
		r->layers |= (uint8_t)(s->layer[l] ? 1u << l : 0);
	status = add_codes(c, s, shared, r, e);
	if (!status)
		status = mark_striated(s->mark) ? add_land(c, s, &body, r, e) : add_fine(c, s, &body, r, e);
	return status ? status : buf_add(&c->section[CATALOG_TEXTS], body.data + 4, r->text_size, e);
}

static int take_apart(struct catalog_chunk *c, size_t i, const struct buf *bodies,
		      int (*check)(const struct signature *head, struct error *e), struct catalog_shared *shared,
		      struct error *e)
{
	const struct frame_body *f = &c->frame[i];
	struct signature s;
	int status = frame_check(f, bodies, e);

	if (!status)
		status = unpack_head(bodies->data + f->begin, f->size, f->sum, &s, e);
	if (status)
		return status;
	status = check(&s, e);
	if (status)
		error_within(e, signature_meta(&s, META_ID));
	else
		status = add(c, f, bodies, &s, shared, &c->record[i], e);
	signature_free(&s);
	return status;
}

void catalog_chunk_take_apart(struct catalog_chunk *c, int (*check)(const struct signature *head, struct error *e),
			      struct catalog_shared *shared)
{
	struct catalog_room *room = NULL;
	struct error e;
	int status = STATUS_DONE;

	for (int k = 0; k < CATALOG_SECTIONS; k++)
		c->section[k].size = 0;
	c->fine_sums.size = 0;
	if (!c->count)
		return;
	room = take_room(shared, &e);
	status = room ? frame_bodies(c->gallery, c->frame, c->count, &room->bodies, &e) : STATUS_SYSTEM;
	for (size_t i = 0; !status && i < c->count; i++)
		status = take_apart(c, i, &room->bodies, check, shared, &e);
	if (status) {
		c->status = status;
		c->error = e;
	}
	if (room)
		give_room(shared, room);
}

void catalog_chunk_free(struct catalog_chunk *c)
{
	for (int k = 0; k < CATALOG_SECTIONS; k++)
		buf_free(&c->section[k]);
	buf_free(&c->fine_sums);
	free(c);
}
