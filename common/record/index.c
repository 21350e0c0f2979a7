/* index.c - where each record stands in the log, and which serials lead to it: filling it */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "record/index.h"

#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "base/mem.h"
#include "base/sort.h"
#include "record/index_parts.h"

static const struct store_table tables[] = {
	[INDEX_COVER] = { "cover", STORE_VALUES },
	[INDEX_HEADS] = { "heads", STORE_VALUES },
	[INDEX_KEYS] = { "keys", STORE_PAIRS },
	[INDEX_ORIGINS] = { "origins", STORE_PAIRS },
	[INDEX_SERIALS] = { "serials", STORE_VALUES },
	[INDEX_WILD] = { "wild", STORE_VALUES },
	[INDEX_RUNS] = { "runs", STORE_VALUES },
	[INDEX_PLACES] = { "places", STORE_VALUES },
	{ NULL, STORE_VALUES },
};

#define RUN_LEAST 4096         /* lines that are worth a run */
_Static_assert(sizeof tables / sizeof *tables - 1 <= STORE_TABLES, "more tables than a store has");

int index_open(struct index **i, const struct folder *f, const char *name, uint64_t log_bytes,
	       struct error *e)
{
	struct index *new = mem_new(1, sizeof *new, e);
	int status;

	*i = NULL;
	if (!new)
		return STATUS_SYSTEM;
	status = store_open(&new->store, f, name, tables, 2 * log_bytes, e);
	if (status)
		free(new);
	else
		*i = new;
	return status;
}

void index_close(struct index *i)
{
	if (!i)
		return;
	store_close(i->store);
	free(i->run);
	free(i);
}

int index_discard(const struct folder *f, const char *name, struct error *e)
{
	return store_discard(f, name, e);
}

bool index_in_memory(const struct index *i, const struct error **why)
{
	return store_in_memory(i->store, why);
}

/* The line goes behind the others of its record. */
static int place_head(struct index *i, const struct index_head *h, struct index_cover *cover, struct error *e)
{
	struct buf lines = { 0 };
	unsigned char line[INDEX_HEAD];
	const void *there;
	size_t size = 0;
	int status = index_count_line(i, h, NULL, 0, cover, e);

	if (!status)
		status = store_get(i->store, INDEX_HEADS, h->id, &there, &size, e);
	if (!status)
		status = buf_add(&lines, there, size, e);
	else if (status == STATUS_NO)
		status = STATUS_DONE;
	index_put_head(h, line);
	if (!status)
		status = buf_add(&lines, line, sizeof line, e);
	if (!status)
		status = store_put(i->store, INDEX_HEADS, h->id, lines.data, lines.size, e);
	buf_free(&lines);
	return status;
}

static int place_pairs(struct index *i, int table, const struct buf *pairs, struct error *e)
{
	const struct sort_item *p = (const void *)pairs->data;
	int status = STATUS_DONE;

	for (size_t k = 0; k < pairs->size / sizeof *p && !status; k++)
		status = store_put_pair(i->store, table, p[k].key, p[k].value, e);
	return status;
}

static int place_lines(struct index *i, struct index_batch *b, struct index_cover *cover, struct error *e)
{
	const struct index_head *heads = (const void *)b->heads.data;
	int status = STATUS_DONE;

	for (size_t k = 0; k < index_batch_lines(b) && !status; k++)
		status = place_head(i, &heads[k], cover, e);
	if (!status)
		status = place_pairs(i, INDEX_KEYS, &b->keys, e);
	return status ? status : place_pairs(i, INDEX_ORIGINS, &b->origins, e);
}

/* Scanned entries go into chunks of a page each; the last one is filled up first. */
#define CHUNK 4000

static int place_scanned(struct index *i, int table, const struct buf *entries, struct error *e)
{
	unsigned char chunk[CHUNK];
	const unsigned char *p = entries->data, *end = p + entries->size;
	const void *last;
	uint64_t number = 0;
	size_t n = 0;
	int status;

	if (!entries->size)
		return STATUS_DONE;
	status = store_last(i->store, table, &number, &last, &n, e);
	if (status == STATUS_DONE && n <= CHUNK)
		memcpy(chunk, last, n);
	else if (status == STATUS_DONE)
		return error_set(e, STATUS_INPUT, "index: damaged");
	else if (status != STATUS_NO)
		return status;
	while (p < end) {
		size_t size = 9 + (size_t)p[0];

		if (n + size > CHUNK) {
			status = store_put(i->store, table, number, chunk, n, e);
			if (status)
				return status;
			number++;
			n = 0;
		}
		memcpy(chunk + n, p, size);
		n += size;
		p += size;
	}
	return store_put(i->store, table, number, chunk, n, e);
}

#define COVER_SIZE 104
#define COVER_VERSION 4

static void put_cover(const struct index_cover *c, unsigned char out[COVER_SIZE])
{
	const uint64_t numbers[] = { COVER_VERSION, c->log.device, c->log.inode, c->size, c->last, c->last_sum,
				     c->lines, c->records, c->damaged, c->headers, c->repeated,
				     c->conflicts, c->returned };

	for (size_t k = 0; k < COVER_SIZE / 8; k++)
		bytes_put64(out + 8 * k, numbers[k]);
}

static int read_cover(struct index *i, struct index_cover *c, struct error *e)
{
	const unsigned char *p;
	const void *value;
	size_t size;
	int status = store_get(i->store, INDEX_COVER, 0, &value, &size, e);

	memset(c, 0, sizeof *c);
	if (status == STATUS_NO)
		return STATUS_DONE;
	if (status)
		return status;
	p = value;
	if (size != COVER_SIZE || bytes_get64(p) != COVER_VERSION)
		return STATUS_DONE;   /* of another version: as if it were empty */
	c->log.device = bytes_get64(p + 8);
	c->log.inode = bytes_get64(p + 16);
	c->size = bytes_get64(p + 24);
	c->last = bytes_get64(p + 32);
	c->last_sum = bytes_get64(p + 40);
	c->lines = bytes_get64(p + 48);
	c->records = bytes_get64(p + 56);
	c->damaged = bytes_get64(p + 64);
	c->headers = bytes_get64(p + 72);
	c->repeated = bytes_get64(p + 80);
	c->conflicts = bytes_get64(p + 88);
	c->returned = bytes_get64(p + 96);
	return STATUS_DONE;
}

int index_look(struct index *i, struct index_cover *cover, struct error *e)
{
	int status = store_begin(i->store, false, e);

	memset(cover, 0, sizeof *cover);
	if (status == STATUS_NO) {
		i->empty = true;
		return STATUS_DONE;
	}
	i->empty = false;
	if (!status)
		status = read_cover(i, cover, e);
	if (!status)
		status = index_load_runs(i, e);
	if (status)
		store_abort(i->store);
	return status;
}

void index_leave(struct index *i)
{
	store_abort(i->store);
}

static int commit(struct index *i, struct index_batch *b, const struct index_cover *from, bool fresh,
		  struct error *e)
{
	unsigned char value[COVER_SIZE];
	struct index_cover now, next = b->cover;
	int status = store_begin(i->store, true, e);

	if (!status)
		status = read_cover(i, &now, e);
	if (!status && memcmp(&now, from, sizeof now))
		status = STATUS_NO;
	if (!status && fresh)
		status = store_clear(i->store, e);
	if (!status)
		status = index_load_runs(i, e);
	if (!status && b->places)
		status = index_place_current(i, b, e);
	if (!status)
		status = index_batch_lines(b) < RUN_LEAST ? place_lines(i, b, &next, e) :
			 index_place_runs(i, b, &next, e);
	if (!status)
		status = place_scanned(i, INDEX_SERIALS, &b->serials, e);
	if (!status)
		status = place_scanned(i, INDEX_WILD, &b->wild, e);
	put_cover(&next, value);
	if (!status)
		status = store_put(i->store, INDEX_COVER, 0, value, sizeof value, e);
	if (!status)
		status = store_commit(i->store, e);
	else
		store_abort(i->store);
	if (!status)
		b->cover = next;
	return status;
}

int index_commit(struct index *i, struct index_batch *b, const struct index_cover *from, bool fresh,
		 struct error *e)
{
	int status;

	do
		status = commit(i, b, from, fresh, e);
	while (status == STATUS_SYSTEM && store_grew(i->store));
	return status;
}
