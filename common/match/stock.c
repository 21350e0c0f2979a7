/* stock.c - all that probes are compared with: signatures in memory, and those behind indexes */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "match/stock.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "match/known.h"

/* The index that has signature n, and its number there. n is not in memory. */
static const struct catalog *behind(const struct stock *s, size_t n, size_t *i)
{
	size_t k = 0;

	n -= s->g->count;
	while (n >= catalog_count(s->index[k]))
		n -= catalog_count(s->index[k++]);
	*i = n;
	return s->index[k];
}

static bool hidden(const struct stock *s, size_t n)
{
	return s->hidden && s->hidden[n];
}

static int hide(struct stock *s, const struct gallery_where *where, size_t conditions, struct error *e)
{
	size_t n = s->g->count;

	if (!conditions || !s->indexes)
		return STATUS_DONE;
	s->hidden = mem_new(s->count, 1, e);
	if (!s->hidden)
		return STATUS_SYSTEM;
	for (size_t k = 0; k < s->indexes; k++) {
		if (catalog_need_texts(s->index[k], e))
			return STATUS_INPUT;
		for (size_t i = 0; i < catalog_count(s->index[k]); i++)
			s->hidden[n++] = !catalog_allowed(s->index[k], i, where, conditions);
	}
	return STATUS_DONE;
}

int stock_new(struct stock *s, const struct gallery *g, struct catalog *const *index, size_t indexes,
	      const struct gallery_where *where, size_t conditions, struct error *e)
{
	int status;

	*s = (struct stock){ .g = g, .index = index, .indexes = indexes, .count = g->count };
	for (size_t k = 0; k < indexes; k++)
		s->count += catalog_count(index[k]);
	if (s->count > UINT32_MAX)
		return error_set(e, STATUS_SYSTEM, "more signatures than can be numbered; compare shards");
	s->ordered = s->count;
	status = hide(s, where, conditions, e);
	if (status)
		stock_free(s);
	return status;
}

void stock_free(struct stock *s)
{
	free(s->hidden);
	free(s->fresh);
	free(s->order);
	free(s->place);
	memset(s, 0, sizeof *s);
}

int stock_since(struct stock *s, const struct known *last, const struct known *next, struct error *e)
{
	if (last && !(s->fresh = mem_new(s->count, 1, e)))
		return STATUS_SYSTEM;
	if (next && !s->hidden && !(s->hidden = mem_new(s->count, 1, e)))
		return STATUS_SYSTEM;
	for (size_t n = 0; n < s->count; n++) {
		uint64_t key = known_key(s, n);

		if (last)
			s->fresh[n] = !known_has(last, key);
		if (next && !known_has(next, key))
			s->hidden[n] = 1;
	}
	return STATUS_DONE;
}

const char *stock_text(const struct stock *s, size_t n, enum meta key, size_t *size)
{
	const struct gallery_entry *entry = stock_entry(s, n);
	const char *text;

	if (!entry) {
		size_t i;
		const struct catalog *x = behind(s, n, &i);

		return catalog_text(x, i, key, size);
	}
	text = signature_meta(&entry->head, key);
	*size = strlen(text);
	return text;
}

const char *stock_id(const struct stock *s, size_t n, size_t *size)
{
	return stock_text(s, n, META_ID, size);
}

int stock_order_texts(const char *a, size_t a_size, const char *b, size_t b_size)
{
	int c = memcmp(a, b, a_size < b_size ? a_size : b_size);

	return c ? c : (a_size > b_size) - (a_size < b_size);
}

/* What can be told without the content. */
static bool may_be_same(const struct stock *a, size_t i, const struct stock *b, size_t j)
{
	struct catalog_item x, y;
	size_t n, m;
	const char *p = stock_id(a, i, &n), *q = stock_id(b, j, &m);

	if (stock_order_texts(p, n, q, m))
		return false;
	stock_item(a, i, &x);
	stock_item(b, j, &y);
	return x.mark == y.mark && x.sum == y.sum && x.size == y.size;
}

bool stock_same(const struct stock *a, size_t i, const struct stock *b, size_t j)
{
	struct gallery_entry loaded[2] = { 0 };
	const struct gallery_entry *x = stock_entry(a, i), *y = stock_entry(b, j);
	bool same = false;

	if (!may_be_same(a, i, b, j))
		return false;
	if (!x && !stock_load(a, i, &loaded[0], NULL))
		x = &loaded[0];
	if (!y && !stock_load(b, j, &loaded[1], NULL))
		y = &loaded[1];
	if (x && y)
		same = gallery_same(x, y);
	gallery_entry_free(&loaded[0]);
	gallery_entry_free(&loaded[1]);
	return same;
}

int stock_order(const struct stock *s, size_t a, size_t b)
{
	struct catalog_item x, y;
	size_t n, m;
	const char *p = stock_id(s, a, &n), *q = stock_id(s, b, &m);
	int c = stock_order_texts(p, n, q, m);

	if (c)
		return c;
	stock_item(s, a, &x);
	stock_item(s, b, &y);
	if (x.mark != y.mark)
		return x.mark > y.mark ? 1 : -1;
	if (x.sum != y.sum)
		return x.sum > y.sum ? 1 : -1;
	if (x.size != y.size)
		return x.size > y.size ? 1 : -1;
	return (a > b) - (a < b);
}

static int in_order(const void *a, const void *b, void *context)
{
	return stock_order(context, *(const uint32_t *)a, *(const uint32_t *)b);
}

int stock_sort(struct stock *s, struct error *e)
{
	if (!s->indexes && !s->hidden)
		return STATUS_DONE;
	for (size_t k = 0; k < s->indexes; k++)
		if (catalog_need_texts(s->index[k], e))
			return STATUS_INPUT;
	s->order = mem_new(s->count, sizeof *s->order, e);
	s->place = mem_new(s->count, sizeof *s->place, e);
	if (!s->order || !s->place)
		return STATUS_SYSTEM;
	s->ordered = 0;
	for (size_t n = 0; n < s->count; n++)
		if (!hidden(s, n))
			s->order[s->ordered++] = (uint32_t)n;
	if (s->ordered)
		qsort_r(s->order, s->ordered, sizeof *s->order, in_order, s);
	for (size_t i = 0; i < s->ordered; i++)
		s->place[s->order[i]] = (uint32_t)i;
	return STATUS_DONE;
}

void stock_item(const struct stock *s, size_t n, struct catalog_item *out)
{
	const struct gallery_entry *entry = stock_entry(s, n);
	size_t i;

	if (!entry) {
		const struct catalog *x = behind(s, n, &i);

		catalog_item(x, i, out);
		return;
	}
	*out = (struct catalog_item){ 0, (uint32_t)entry->body.size, entry->head.sum, entry->head.mark, 0,
				    entry->head.width };
	for (int l = 0; l < LAYERS; l++)
		out->layers |= entry->head.layer[l] ? 1u << l : 0;
}

const struct code *stock_code(const struct stock *s, size_t n, enum layer layer)
{
	const struct gallery_entry *entry = stock_entry(s, n);
	const struct catalog *x;
	size_t i;

	if (entry)
		return &entry->head.code[layer];
	x = behind(s, n, &i);
	return catalog_code(x, i, layer);
}

const struct rings *stock_rings(const struct stock *s, size_t n)
{
	size_t i;
	const struct catalog *x = behind(s, n, &i);

	return catalog_rings(x, i);
}

const struct fine_code *stock_fine(const struct stock *s, size_t n)
{
	const struct gallery_entry *entry = stock_entry(s, n);
	const struct catalog *x;
	size_t i;

	if (entry)
		return entry->head.fine;
	x = behind(s, n, &i);
	return catalog_fine(x, i);
}

bool stock_land(const struct stock *s, size_t n, struct land_code *out)
{
	size_t i;
	const struct catalog *x = behind(s, n, &i);

	return catalog_land(x, i, out);
}

const struct gallery_entry *stock_entry(const struct stock *s, size_t n)
{
	return n < s->g->count ? &s->g->entry[n] : NULL;
}

int stock_load(const struct stock *s, size_t n, struct gallery_entry *out, struct error *e)
{
	size_t i;
	const struct catalog *x = behind(s, n, &i);

	return catalog_load(x, i, out, e);
}

int stock_within(const struct stock *s, size_t n, struct error *e)
{
	char id[SIGNATURE_TEXT];
	size_t size;
	const char *from = stock_id(s, n, &size);

	size = size < sizeof id ? size : sizeof id - 1;
	memcpy(id, from, size);
	id[size] = 0;
	return error_within(e, id);
}

int stock_longest_profile(const struct stock *s)
{
	int most = 0;

	for (size_t n = 0; n < s->count; n++) {
		struct catalog_item item;

		if (hidden(s, n))
			continue;
		stock_item(s, n, &item);
		if (mark_striated(item.mark) && item.width / 2 > most)
			most = item.width / 2;
	}
	return most;
}
