/* stock.h - all that probes are compared with: signatures in memory, and those behind indexes */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MATCH_STOCK_H
#define MATCH_STOCK_H

#include "match/catalog.h"

/* Signatures have numbers: first those in memory, in the gallery's order, then those of each index. Nothing is
 * owned but `hidden`, `order` and `place` (stock_free); galleries and indexes must outlive it and stay as they are. */
struct stock {
	const struct gallery *g;
	struct catalog *const *index;
	size_t indexes, count;
	uint8_t *hidden;     /* 1: not to be compared (a condition); NULL: none */
	uint8_t *fresh;      /* 1: new; only pairs with a new one are compared (stock_since); NULL: all */
	uint32_t *order;     /* numbers in order (gallery_order), hidden ones left out; NULL: the numbers themselves */
	uint32_t *place;     /* of a number: where it stands in that order */
	size_t ordered;
};

/* STATUS_INPUT: an index is damaged. */
int stock_new(struct stock *s, const struct gallery *g, struct catalog *const *index, size_t indexes,
	      const struct gallery_where *where, size_t conditions, struct error *e);
void stock_free(struct stock *s);

/* Before stock_sort. What `last` knows is old: only pairs in which one is new are to be compared. What `next` does not
 * know is hidden: it came later. Either may be NULL. */
struct known;
int stock_since(struct stock *s, const struct known *last, const struct known *next, struct error *e);

/* Puts all signatures in order, for who goes through them. A sorted gallery without indexes, of which nothing
 * is hidden, is in order. */
int stock_sort(struct stock *s, struct error *e);

void stock_item(const struct stock *s, size_t n, struct catalog_item *out);
/* Not ended by a zero; *size is its length: 0 where it is not said. */
const char *stock_text(const struct stock *s, size_t n, enum meta key, size_t *size);
const char *stock_id(const struct stock *s, size_t n, size_t *size);
/* Two such texts, as strcmp has them in order. */
int stock_order_texts(const char *a, size_t a_size, const char *b, size_t b_size);
/* Codes of an index are there after catalog_need_codes. */
const struct code *stock_code(const struct stock *s, size_t n, enum layer layer);
/* The rings of the relief of an impression behind an index, when its codes are there. */
const struct rings *stock_rings(const struct stock *s, size_t n);
/* The fine code of the relief of an impression; NULL: there is none at hand (of one in memory: it was filed without),
 * or it is damaged. */
const struct fine_code *stock_fine(const struct stock *s, size_t n);
/* Of a striated mark behind an index, after catalog_need_lands; false where there is none. */
bool stock_land(const struct stock *s, size_t n, struct land_code *out);
/* NULL: behind an index. */
const struct gallery_entry *stock_entry(const struct stock *s, size_t n);
/* A copy of one behind an index. */
int stock_load(const struct stock *s, size_t n, struct gallery_entry *out, struct error *e);
/* Puts "id: " before the error. */
int stock_within(const struct stock *s, size_t n, struct error *e);

/* The same id and the same content (gallery_same)? What cannot be read is not the same. */
bool stock_same(const struct stock *a, size_t i, const struct stock *b, size_t j);

/* As gallery_order, but for two of the same id, kind, size and CRC, which are in order. */
int stock_order(const struct stock *s, size_t a, size_t b);

/* Samples of the longest profile (land, shear) that is not hidden; 0: there is none. */
int stock_longest_profile(const struct stock *s);

#endif
