/* gallery.c - signatures read from files, kept packed, found by what is said of them */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "match/gallery.h"

#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "sign/frame.h"
#include "sign/pack.h"

int gallery_where_parse(const char *text, struct gallery_where *out, struct error *e)
{
	const char *equals = strchr(text, '=');
	char key[32];
	int k = -1;

	if (equals && (size_t)(equals - text) < sizeof key) {
		memcpy(key, text, (size_t)(equals - text));
		key[equals - text] = 0;
		k = meta_find(key);
	}
	if (k < 0) {
		char known[300] = "";

		for (int i = 0; i < METAS; i++)
			snprintf(known + strlen(known), sizeof known - strlen(known), " %s", meta_name((enum meta)i));
		return error_set(e, STATUS_USAGE, "'%.60s' is not key=value with one of the keys%s", text, known);
	}
	out->key = (enum meta)k;
	out->pattern = equals + 1;
	return STATUS_DONE;
}

static int allowed(const struct signature *s, const struct gallery_where *where, size_t conditions)
{
	for (size_t i = 0; i < conditions; i++)
		if (fnmatch(where[i].pattern, signature_meta(s, where[i].key), 0))
			return 0;
	return 1;
}

static int make_room(struct gallery *g, size_t more, struct error *e)
{
	struct gallery_entry *entry;
	size_t room = g->room + g->room / 2 + more + 16;

	if (g->count + more <= g->room)
		return STATUS_DONE;
	entry = mem_grow(g->entry, room, sizeof *entry, e);
	if (!entry)
		return STATUS_SYSTEM;
	g->entry = entry;
	g->room = room;
	return STATUS_DONE;
}

static int add(struct gallery *g, const struct buf *body, struct signature *head, struct error *e)
{
	struct gallery_entry *entry;

	if (make_room(g, 1, e))
		return STATUS_SYSTEM;
	entry = &g->entry[g->count];
	memset(entry, 0, sizeof *entry);
	if (buf_add(&entry->body, body->data, body->size, e))
		return STATUS_SYSTEM;
	entry->head = *head;
	memset(head, 0, sizeof *head);
	g->count++;
	return STATUS_DONE;
}

int gallery_read(struct gallery *g, FILE *in, const struct gallery_where *where, size_t conditions,
		 struct error *e)
{
	return gallery_read_from(g, in, 0, where, conditions, e);
}

int gallery_read_from(struct gallery *g, FILE *in, uint64_t from, const struct gallery_where *where,
		      size_t conditions, struct error *e)
{
	struct frame_reader r;
	int status;

	frame_reader_start(&r, in);
	r.next = from;
	r.ended = from > 0;
	while (!(status = frame_next(&r, e))) {
		struct signature head;

		status = unpack_head(r.body.data, r.body.size, r.body_sum, &head, e);
		if (!status && allowed(&head, where, conditions))
			status = add(g, &r.body, &head, e);
		signature_free(&head);
		if (status)
			break;
	}
	frame_reader_free(&r);
	return status == STATUS_NO ? STATUS_DONE : status;
}

int gallery_take(struct gallery *g, struct gallery *from, struct error *e)
{
	int status = make_room(g, from->count, e);

	if (!status && from->count) {
		memcpy(g->entry + g->count, from->entry, from->count * sizeof *from->entry);
		g->count += from->count;
		from->count = 0;
	}
	gallery_free(from);
	return status;
}

int gallery_order(const struct gallery_entry *x, const struct gallery_entry *y)
{
	int c = strcmp(signature_meta(&x->head, META_ID), signature_meta(&y->head, META_ID));

	if (!c)
		c = (x->head.mark > y->head.mark) - (x->head.mark < y->head.mark);
	if (!c)
		c = (x->head.sum > y->head.sum) - (x->head.sum < y->head.sum);
	if (!c)
		c = (x->body.size > y->body.size) - (x->body.size < y->body.size);
	return c ? c : memcmp(x->body.data, y->body.data, x->body.size);
}

static int in_order(const void *a, const void *b)
{
	return gallery_order(a, b);
}

void gallery_sort(struct gallery *g)
{
	if (g->count)
		qsort(g->entry, g->count, sizeof *g->entry, in_order);
}

int gallery_same(const struct gallery_entry *a, const struct gallery_entry *b)
{
	return a == b || gallery_order(a, b) == 0;
}

const struct gallery_entry *gallery_find(const struct gallery *g, const char *id, int mark, size_t *others)
{
	const struct gallery_entry *found = NULL;
	size_t low = 0, high = g->count;

	*others = 0;
	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (strcmp(signature_meta(&g->entry[middle].head, META_ID), id) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	for (; low < g->count && !strcmp(signature_meta(&g->entry[low].head, META_ID), id); low++) {
		const struct gallery_entry *entry = &g->entry[low];

		if (mark >= 0 && entry->head.mark != (enum mark)mark)
			continue;
		if (!found)
			found = entry;
		else if (!gallery_same(found, entry))
			++*others;
	}
	return found;
}

void gallery_entry_free(struct gallery_entry *entry)
{
	signature_free(&entry->head);
	buf_free(&entry->body);
}

void gallery_free(struct gallery *g)
{
	for (size_t i = 0; i < g->count; i++)
		gallery_entry_free(&g->entry[i]);
	free(g->entry);
	memset(g, 0, sizeof *g);
}
