/* index.c - where each record stands in the log, and which serials lead to it: filling it */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "record/index.h"

#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "base/mem.h"
#include "base/sum.h"
#include "record/index_parts.h"

static const struct store_table tables[] = {
	[INDEX_COVER] = { "cover", STORE_VALUES },
	[INDEX_HEADS] = { "heads", STORE_VALUES },
	[INDEX_OLDER] = { "older", STORE_PAIRS },
	[INDEX_KEYS] = { "keys", STORE_PAIRS },
	[INDEX_ORIGINS] = { "origins", STORE_PAIRS },
	[INDEX_SERIALS] = { "serials", STORE_VALUES },
	[INDEX_WILD] = { "wild", STORE_VALUES },
	{ NULL, STORE_VALUES },
};
_Static_assert(sizeof tables / sizeof *tables - 1 <= STORE_TABLES, "more tables than a store has");

uint16_t index_country(const char *code)
{
	uint16_t v = 0;

	for (int k = 0; k < 3; k++) {
		if (code[k] < 'A' || code[k] > 'Z')
			return 0;
		v = (uint16_t)(v << 5 | (code[k] - 'A'));
	}
	return code[3] ? 0 : v;
}

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
	free(i);
}

bool index_in_memory(const struct index *i)
{
	return store_in_memory(i->store);
}

/* The key table holds hashes of the folded texts; what is found is compared in full later. */
uint64_t index_key(const char *text)
{
	return sum_fnv64(SUM_FNV64_START, text, strlen(text));
}

struct pair {
	uint64_t key, value;
};

static int add_key(struct index_batch *b, const char *text, uint64_t id, struct error *e)
{
	struct pair p = { index_key(text), id };

	return buf_add(&b->keys, &p, sizeof p, e);
}

/* A serial for the sequential scan: its length, the id, its bytes. */
static int add_scanned(struct buf *to, const char *plain, uint64_t id, struct error *e)
{
	unsigned char front[9];
	size_t length = strlen(plain);

	front[0] = (unsigned char)length;
	bytes_put64(front + 1, id);
	if (buf_add(to, front, sizeof front, e))
		return STATUS_SYSTEM;
	return buf_add(to, plain, length, e);
}

static int add_serial(struct index_batch *b, const struct serial *s, uint64_t id, struct error *e)
{
	if (!s->plain[0])
		return STATUS_DONE;
	if (s->wild)
		return add_scanned(&b->wild, s->plain, id, e);
	if (add_key(b, s->alike, id, e) || (strcmp(s->sparse, s->alike) && add_key(b, s->sparse, id, e)))
		return STATUS_SYSTEM;
	return add_scanned(&b->serials, s->plain, id, e);
}

/* Each word with a digit in it may be the serial of a part. */
static int add_components(struct index_batch *b, const char *text, uint64_t id, struct error *e)
{
	struct serial s;
	char word[SERIAL_KEY];

	while (index_component(&text, word, sizeof word)) {
		serial_read(NULL, word, &s);
		if (add_serial(b, &s, id, e))
			return STATUS_SYSTEM;
	}
	return STATUS_DONE;
}

bool index_component(const char **text, char *word, size_t room)
{
	static const char between[] = " ,;:=/|\t\n()";

	for (;;) {
		size_t n;

		*text += strspn(*text, between);
		n = strcspn(*text, between);
		if (n == 0)
			return false;
		snprintf(word, room, "%.*s", (int)(n < room ? n : room - 1), *text);
		*text += n;
		if (n < room && word[strcspn(word, "0123456789")])
			return true;
	}
}

int index_batch_add(struct index_batch *b, const struct index_batch_line *line, struct error *e)
{
	struct pair origin = { line->origin, line->head.id };

	if (buf_add(&b->heads, &line->head, sizeof line->head, e) ||
	    (line->origin && buf_add(&b->origins, &origin, sizeof origin, e)) ||
	    add_serial(b, &line->serial, line->head.id, e) ||
	    (*line->components && add_components(b, line->components, line->head.id, e)))
		return STATUS_SYSTEM;
	return STATUS_DONE;
}

size_t index_batch_lines(const struct index_batch *b)
{
	return b->heads.size / sizeof(struct index_head);
}

void index_batch_clear(struct index_batch *b)
{
	b->heads.size = b->keys.size = b->origins.size = b->serials.size = b->wild.size = 0;
}

void index_batch_free(struct index_batch *b)
{
	buf_free(&b->heads);
	buf_free(&b->keys);
	buf_free(&b->origins);
	buf_free(&b->serials);
	buf_free(&b->wild);
}

#define HEAD_SIZE 40

static void put_head(const struct index_head *h, unsigned char out[HEAD_SIZE])
{
	bytes_put64(out, h->offset);
	bytes_put32(out + 8, h->size);
	bytes_put32(out + 12, h->sum);
	bytes_put32(out + 16, h->revision);
	bytes_put64(out + 20, (uint64_t)h->at);
	bytes_put32(out + 28, (uint32_t)h->review);
	bytes_put16(out + 32, h->owner);
	out[34] = h->state;
	memset(out + 35, 0, HEAD_SIZE - 35);
}

int index_get_head(uint64_t id, const void *value, size_t size, struct index_head *h, struct error *e)
{
	const unsigned char *p = value;

	if (size != HEAD_SIZE)
		return error_set(e, STATUS_SYSTEM, "index: damaged");
	*h = (struct index_head){
		.id = id, .offset = bytes_get64(p), .size = bytes_get32(p + 8), .sum = bytes_get32(p + 12),
		.revision = bytes_get32(p + 16), .at = (int64_t)bytes_get64(p + 20),
		.review = (int32_t)bytes_get32(p + 28), .owner = bytes_get16(p + 32), .state = p[34],
	};
	return STATUS_DONE;
}

/* Which of two lines of a record is current: the higher revision; of two with the same, which only
 * two machines can have made, the later. */
static bool supersedes(const struct index_head *new, const struct index_head *old)
{
	if (new->revision != old->revision)
		return new->revision > old->revision;
	return new->at >= old->at;
}

static int place_head(struct index *i, const struct index_head *h, struct index_cover *cover, struct error *e)
{
	unsigned char value[HEAD_SIZE];
	struct index_head old;
	const void *there;
	int status;

	put_head(h, value);
	status = store_put_new(i->store, INDEX_HEADS, h->id, value, sizeof value, &there, e);
	if (status == STATUS_DONE)
		cover->records++;
	if (status != STATUS_NO)
		return status;
	if (index_get_head(h->id, there, HEAD_SIZE, &old, e))
		return STATUS_SYSTEM;
	if (old.offset == h->offset)
		return STATUS_DONE;
	if (old.revision == h->revision && old.sum == h->sum && old.size == h->size) {
		cover->repeated++;
		return STATUS_DONE;
	}
	if (old.revision == h->revision)
		cover->conflicts++;
	if (!supersedes(h, &old))
		return store_put_pair(i->store, INDEX_OLDER, h->id, h->offset, e);
	status = store_put_pair(i->store, INDEX_OLDER, h->id, old.offset, e);
	return status ? status : store_put(i->store, INDEX_HEADS, h->id, value, sizeof value, e);
}

static int order_heads(const void *a, const void *b)
{
	const struct index_head *x = a, *y = b;

	if (x->id != y->id)
		return x->id < y->id ? -1 : 1;
	return x->offset < y->offset ? -1 : x->offset > y->offset;
}

static int order_pairs(const void *a, const void *b)
{
	const struct pair *x = a, *y = b;

	if (x->key != y->key)
		return x->key < y->key ? -1 : 1;
	return x->value < y->value ? -1 : x->value > y->value;
}

static int place_pairs(struct index *i, int table, struct buf *pairs, struct error *e)
{
	struct pair *p = (void *)pairs->data;
	size_t n = pairs->size / sizeof *p;
	int status = STATUS_DONE;

	if (n)
		qsort(p, n, sizeof *p, order_pairs);
	for (size_t k = 0; k < n && !status; k++)
		status = store_put_pair(i->store, table, p[k].key, p[k].value, e);
	return status;
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
		return error_set(e, STATUS_SYSTEM, "index: damaged");
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

#define COVER_SIZE 96
#define COVER_VERSION 1

static void put_cover(const struct index_cover *c, unsigned char out[COVER_SIZE])
{
	const uint64_t numbers[] = { COVER_VERSION, c->log.device, c->log.inode, c->size, c->last, c->last_sum,
				     c->lines, c->records, c->damaged, c->headers, c->repeated,
				     c->conflicts };

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
	struct index_head *heads = (void *)b->heads.data;
	size_t n = index_batch_lines(b);
	unsigned char value[COVER_SIZE];
	struct index_cover now, next = b->cover;
	int status = store_begin(i->store, true, e);

	if (!status)
		status = read_cover(i, &now, e);
	if (!status && memcmp(&now, from, sizeof now))
		status = STATUS_NO;
	if (!status && fresh)
		status = store_clear(i->store, e);
	if (n)
		qsort(heads, n, sizeof *heads, order_heads);
	for (size_t k = 0; k < n && !status; k++)
		status = place_head(i, &heads[k], &next, e);
	if (!status)
		status = place_pairs(i, INDEX_KEYS, &b->keys, e);
	if (!status)
		status = place_pairs(i, INDEX_ORIGINS, &b->origins, e);
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
