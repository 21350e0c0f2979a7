/* sort.c - many numbers in order, by their bytes */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/sort.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

#define FEW 64                 /* below, moving them one by one is faster */
#define DIGITS 8               /* bytes of a key */

static void insert(struct sort_item *item, size_t count)
{
	for (size_t i = 1; i < count; i++) {
		struct sort_item moved = item[i];
		size_t k = i;

		for (; k > 0 && item[k - 1].key > moved.key; k--)
			item[k] = item[k - 1];
		item[k] = moved;
	}
}

/* How many keys have each value of each byte. */
static void count_digits(const struct sort_item *item, size_t count, size_t n[DIGITS][256])
{
	memset(n, 0, DIGITS * sizeof *n);
	for (size_t i = 0; i < count; i++)
		for (int d = 0; d < DIGITS; d++)
			n[d][item[i].key >> (8 * d) & 255]++;
}

/* One pass: by one byte, the order of the rest kept. */
static void spread(const struct sort_item *from, struct sort_item *to, size_t count, int digit,
		   const size_t n[256])
{
	size_t place[256], next = 0;

	for (int v = 0; v < 256; v++) {
		place[v] = next;
		next += n[v];
	}
	for (size_t i = 0; i < count; i++)
		to[place[from[i].key >> (8 * digit) & 255]++] = from[i];
}

int sort_items(struct sort_item *item, size_t count, struct error *e)
{
	size_t n[DIGITS][256];
	struct sort_item *spare, *from = item, *to;

	if (count < FEW) {
		insert(item, count);
		return STATUS_DONE;
	}
	spare = mem_new(count, sizeof *spare, e);
	if (!spare)
		return STATUS_SYSTEM;
	count_digits(item, count, n);
	to = spare;
	for (int d = 0; d < DIGITS; d++) {
		struct sort_item *other = from;

		if (n[d][item[0].key >> (8 * d) & 255] == count)
			continue;   /* the same in all of them */
		spread(from, to, count, d, n[d]);
		from = to;
		to = other;
	}
	if (from != item)
		memcpy(item, from, count * sizeof *item);
	free(spare);
	return STATUS_DONE;
}
