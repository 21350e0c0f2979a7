/* listed.c - lists of candidates: keeping the best of them */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "match/listed.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"

size_t listed_count(const struct listed *list, size_t count, enum view v)
{
	size_t n = 0;

	for (size_t i = 0; i < count; i++)
		n += list[i].view == v;
	return n;
}

size_t listed_worth(const struct listed *list, size_t count, enum view v, double worth)
{
	size_t n = 0;

	for (size_t i = 0; i < count; i++)
		n += list[i].view == v && list[i].searched >= worth;
	return n;
}

/* The number `place` (from 0) of n values, from the greatest on; changes their order. Hoare's quickselect. */
static double select_value(double *v, size_t n, size_t place)
{
	size_t low = 0, high = n - 1;

	while (low < high) {
		double pivot = v[low + (high - low) / 2];
		size_t i = low, j = high;

		for (;;) {
			double moved;

			while (v[i] > pivot)
				i++;
			while (v[j] < pivot)
				j--;
			if (i >= j)
				break;
			moved = v[i];
			v[i++] = v[j];
			v[j--] = moved;
		}
		/* all up to j are at least pivot, all from j + 1 on at most */
		if (place <= j)
			high = j;
		else
			low = j + 1;
	}
	return v[place];
}

static int by_stock(const void *a, const void *b, void *stock)
{
	return stock_order(stock, *(const uint32_t *)a, *(const uint32_t *)b);
}

/* What is needed to tell who stays: those above `least`, and of those that equal it the ones up to `last`. */
struct bound {
	double least;
	uint32_t last;
	int all;      /* of those that equal it */
};

static int find_bound(const struct listed *list, size_t count, enum view v, size_t most, const struct stock *stock,
		      struct bound *b, struct error *e)
{
	double *value = mem_new(count, sizeof *value, e);
	uint32_t *tie = NULL;
	size_t n = 0, above = 0, ties = 0;

	if (!value)
		return STATUS_SYSTEM;
	for (size_t i = 0; i < count; i++)
		if (list[i].view == v)
			value[n++] = list[i].searched;
	b->least = select_value(value, n, most - 1);
	free(value);
	for (size_t i = 0; i < count; i++) {
		above += list[i].view == v && list[i].searched > b->least;
		ties += list[i].view == v && list[i].searched == b->least;
	}
	b->all = above + ties == most;
	if (b->all)
		return STATUS_DONE;
	tie = mem_new(ties, sizeof *tie, e);
	if (!tie)
		return STATUS_SYSTEM;
	ties = 0;
	for (size_t i = 0; i < count; i++)
		if (list[i].view == v && list[i].searched == b->least)
			tie[ties++] = list[i].entry;
	qsort_r(tie, ties, sizeof *tie, by_stock, (void *)(uintptr_t)stock);
	b->last = tie[most - above - 1];
	free(tie);
	return STATUS_DONE;
}

int listed_keep(struct listed *list, size_t *count, enum view v, size_t most, const struct stock *stock,
		struct error *e)
{
	size_t kept = 0;
	struct bound b = { INFINITY, 0, 0 };

	if (listed_count(list, *count, v) <= most)
		return STATUS_DONE;
	if (most > 0 && find_bound(list, *count, v, most, stock, &b, e))
		return STATUS_SYSTEM;
	for (size_t i = 0; i < *count; i++) {
		const struct listed *c = &list[i];

		if (c->view != v || c->searched > b.least ||
		    (c->searched == b.least && (b.all || stock_order(stock, c->entry, b.last) <= 0)))
			list[kept++] = list[i];
	}
	*count = kept;
	return STATUS_DONE;
}

int listed_keep_worth(struct listed *list, size_t *count, enum view v, double worth, size_t least, size_t most,
		      const struct stock *stock, struct error *e)
{
	size_t there = listed_worth(list, *count, v, worth), kept = 0;

	if (there < least || there > most)
		return listed_keep(list, count, v, there < least ? least : most, stock, e);
	for (size_t i = 0; i < *count; i++)
		if (list[i].view != v || list[i].searched >= worth)
			list[kept++] = list[i];
	*count = kept;
	return STATUS_DONE;
}

/* Is a to be kept rather than b? */
static int better(const struct stock *stock, const struct listed *a, const struct listed *b)
{
	if (a->searched != b->searched)
		return a->searched > b->searched;
	return stock_order(stock, a->entry, b->entry) < 0;
}

static int by_search(const void *a, const void *b, void *stock)
{
	return better(stock, a, b) ? -1 : 1;
}

/* Lets the first of a heap, whose worst is on top, sink to its place. */
static void sink(const struct stock *stock, struct listed *heap, size_t count, size_t at)
{
	for (;;) {
		size_t child = 2 * at + 1;
		struct listed moved = heap[at];

		if (child + 1 < count && better(stock, &heap[child], &heap[child + 1]))
			child++;
		if (child >= count || better(stock, &heap[child], &heap[at]))
			return;
		heap[at] = heap[child];
		heap[child] = moved;
		at = child;
	}
}

void listed_best(struct listed *list, size_t *count, size_t most, const struct stock *stock)
{
	most = most < *count ? most : *count;
	for (size_t i = most / 2; i-- > 0;)
		sink(stock, list, most, i);
	for (size_t i = most; most && i < *count; i++)
		if (better(stock, &list[i], &list[0])) {
			list[0] = list[i];
			sink(stock, list, most, 0);
		}
	*count = most;
	qsort_r(list, most, sizeof *list, by_search, (void *)(uintptr_t)stock);
}
