/* run.h - entries that were put in together: sorted, and not changed any more */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RECORD_RUN_H
#define RECORD_RUN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

/* A block of bytes: how many entries, a Bloom filter of their keys (each key sets bits of one block
 * of 64 bytes, so that asking for one that is not there touches one line of memory), then the entries,
 * `width` bytes each, that begin with their key, sorted by it. A tree would be written to all over by
 * keys that are drawn at random; a run is written once, from front to back. */
struct run {
	const unsigned char *filter, *entry;
	uint64_t blocks;
	size_t count, width;
};

/* Bytes that a run of so many entries takes. */
size_t run_size(size_t count, size_t width);
/* Makes one in `out`, run_size bytes: begin says where its entries go, sorted; end, when they are there,
 * makes the filter. */
unsigned char *run_begin(unsigned char *out, size_t count, size_t width);
void run_end(unsigned char *out);

/* Points into value. STATUS_INPUT: it is none of that width. */
int run_read(const void *value, size_t size, size_t width, struct run *out, struct error *e);

/* A key made ready for being looked up in several runs. */
struct run_key {
	uint64_t key, place, bits;
};
struct run_key run_ask(uint64_t key);
/* False: no entry has the key. */
bool run_may(const struct run *r, const struct run_key *k);
/* The first entry with the key, or `count`: a run may have several. */
size_t run_find(const struct run *r, const struct run_key *k);

static inline const unsigned char *run_entry(const struct run *r, size_t i)
{
	return r->entry + i * r->width;
}
uint64_t run_key_at(const struct run *r, size_t i);

#endif
