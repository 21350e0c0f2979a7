/* once.c - things that must count once, however often they come, in bounded memory */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/once.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

/* What is in memory becomes a sorted run of the file. */
static int spill(struct once *o, struct error *e)
{
	int status = sort_items(o->item, o->count, e);

	if (status)
		return status;
	if (o->runs == ONCE_RUNS)
		return error_set(e, STATUS_SYSTEM, "too many rows to tell which of them are the same");
	if (!o->file)
		o->file = tmpfile();
	if (!o->file || fwrite(o->item, sizeof *o->item, o->count, o->file) != o->count)
		return error_system(e, "cannot keep rows in a temporary file");
	o->run[o->runs++] = o->count;
	o->count = 0;
	return STATUS_DONE;
}

int once_add(struct once *o, uint64_t key, uint64_t value, struct error *e)
{
	if (!o->room)
		o->room = ONCE_ROOM;
	if (!o->item)
		o->item = mem_new(o->room, sizeof *o->item, e);
	if (!o->item)
		return STATUS_SYSTEM;
	if (o->count == o->room && spill(o, e))
		return STATUS_SYSTEM;
	o->item[o->count++] = (struct sort_item){ key, value };
	return STATUS_DONE;
}

/* A run of the file while runs are merged: a window of it in memory. */
struct window {
	struct sort_item *item;
	size_t at, count, room;
	uint64_t next, left;      /* place in the file, and how many are still there */
};

static int refill(struct once *o, struct window *w, struct error *e)
{
	if (w->at < w->count || !w->left)
		return STATUS_DONE;
	w->count = w->left < w->room ? (size_t)w->left : w->room;
	w->at = 0;
	if (fseeko(o->file, (off_t)(w->next * sizeof *w->item), SEEK_SET) ||
	    fread(w->item, sizeof *w->item, w->count, o->file) != w->count)
		return error_system(e, "cannot read rows back from a temporary file");
	w->next += w->count;
	w->left -= w->count;
	return STATUS_DONE;
}

/* A heap of windows: the one whose next thing is least on top; of equal ones the earlier run. */
static int less(const struct window *w, size_t a, size_t b)
{
	uint64_t x = w[a].item[w[a].at].key, y = w[b].item[w[b].at].key;

	return x != y ? x < y : a < b;
}

static void sink(const struct window *w, size_t *heap, size_t count, size_t at)
{
	for (;;) {
		size_t child = 2 * at + 1, swap;

		if (child >= count)
			return;
		if (child + 1 < count && less(w, heap[child + 1], heap[child]))
			child++;
		if (!less(w, heap[child], heap[at]))
			return;
		swap = heap[at];
		heap[at] = heap[child];
		heap[child] = swap;
		at = child;
	}
}

static int merge(struct once *o, struct window *w, size_t *heap, once_take *take, void *context, struct error *e)
{
	size_t count = 0;
	int status = STATUS_DONE;

	for (size_t i = 0; i < o->runs && !status; i++) {
		status = refill(o, &w[i], e);
		if (w[i].count)
			heap[count++] = i;
	}
	for (size_t i = count; i-- > 0 && !status;)
		sink(w, heap, count, i);
	while (count && !status) {
		struct window *top = &w[heap[0]];
		struct sort_item item = top->item[top->at++];

		status = take(context, item.key, item.value, e);
		if (!status)
			status = refill(o, top, e);
		if (top->at == top->count)
			heap[0] = heap[--count];
		if (!status && count)
			sink(w, heap, count, 0);
	}
	return status;
}

int once_each(struct once *o, once_take *take, void *context, struct error *e)
{
	struct window *w = NULL;
	size_t *heap = NULL, share;
	uint64_t at = 0;
	int status = STATUS_DONE;

	if (!o->runs) {
		status = sort_items(o->item, o->count, e);
		for (size_t i = 0; i < o->count && !status; i++)
			status = take(context, o->item[i].key, o->item[i].value, e);
		return status;
	}
	if (o->count)
		status = spill(o, e);
	if (!status && fflush(o->file))
		status = error_system(e, "cannot keep rows in a temporary file");
	w = status ? NULL : mem_new(o->runs, sizeof *w, e);
	heap = w ? mem_new(o->runs, sizeof *heap, e) : NULL;
	/* the memory that held the rows now holds a window of each run */
	share = o->room / (o->runs ? o->runs : 1);
	for (size_t i = 0; heap && i < o->runs; i++) {
		w[i] = (struct window){ .item = o->item + i * share, .room = share, .next = at, .left = o->run[i] };
		at += o->run[i];
	}
	if (!heap && !status)
		status = STATUS_SYSTEM;
	else if (!status && !share)
		status = error_set(e, STATUS_SYSTEM, "too many rows to tell which of them are the same");
	if (!status)
		status = merge(o, w, heap, take, context, e);
	free(heap);
	free(w);
	return status;
}

void once_free(struct once *o)
{
	free(o->item);
	if (o->file)
		fclose(o->file);
	memset(o, 0, sizeof *o);
}
