/* groups.h - words that are counted: each gets a place, and there are never too many */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef REPORT_GROUPS_H
#define REPORT_GROUPS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/error.h"
#include "base/pool.h"

/* A word that is met for the first time gets the next place, from 0. Starts as all zero but for `most`:
 * when so many places are taken (0: GROUPS_MOST), every further new word is `others`, so that memory is
 * bounded whatever the rows say. */
#define GROUPS_MOST 65536
#define GROUPS_OTHERS "(others)"
struct groups_line {
	char *key;          /* in the pool; ends with a zero */
	uint64_t hash;
	uint64_t n;         /* how often it was counted */
};
struct groups {
	struct groups_line *line;
	size_t count, room, most;
	uint32_t *slot;     /* place + 1; 0: free */
	size_t slots;
	struct pool pool;
	uint64_t total;     /* of all n */
	bool full;          /* some words are among `others` */
};

/* The place of a word. */
int groups_place(struct groups *g, const char *key, size_t *place, struct error *e);
/* Counts a word; place may be NULL. */
int groups_count(struct groups *g, const char *key, size_t *place, struct error *e);
/* SIZE_MAX where there is none. */
size_t groups_find(const struct groups *g, const char *key);

/* The places in an order: the most frequent first (then by the word), or by the word; others last. To be freed
 * with free(). */
enum groups_order { GROUPS_BY_COUNT, GROUPS_BY_WORD };
int groups_sorted(const struct groups *g, enum groups_order order, size_t **place, struct error *e);

/* What else belongs to each place, `size` bytes of it, all zero at first: that of one place, until there is more.
 * NULL: no memory. */
void *groups_beside(struct buf *all, size_t place, size_t size, struct error *e);

void groups_free(struct groups *g);

#endif
