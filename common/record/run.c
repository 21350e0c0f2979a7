/* run.c - entries that were put in together: sorted, and not changed any more */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "record/run.h"

#include <string.h>

#include "base/bytes.h"
#include "record/id.h"

#define FRONT 24               /* count, width, blocks */
#define BLOCK 64               /* bytes of the filter that one key has to do with */
#define BITS_A_KEY 12
#define PROBES 6               /* bits of its block that a key sets: about 1 in 100 comes in by mistake */

static uint64_t blocks_of(size_t count)
{
	return (uint64_t)count * BITS_A_KEY / (8 * BLOCK) + 1;
}

size_t run_size(size_t count, size_t width)
{
	return FRONT + (size_t)blocks_of(count) * BLOCK + count * width;
}

/* place: 32 bits that choose the block; bits: PROBES times nine that say which of its bits. */
struct run_key run_ask(uint64_t key)
{
	uint64_t mixed = id_mix(key);

	return (struct run_key){ key, mixed >> 32, id_mix(mixed) };
}

static size_t block_of(const struct run_key *k, uint64_t blocks)
{
	return (size_t)(k->place * blocks >> 32) * BLOCK;
}

unsigned char *run_begin(unsigned char *out, size_t count, size_t width)
{
	uint64_t blocks = blocks_of(count);

	bytes_put64(out, count);
	bytes_put64(out + 8, width);
	bytes_put64(out + 16, blocks);
	memset(out + FRONT, 0, (size_t)blocks * BLOCK);
	return out + FRONT + blocks * BLOCK;
}

void run_end(unsigned char *out)
{
	size_t count = (size_t)bytes_get64(out), width = (size_t)bytes_get64(out + 8);
	uint64_t blocks = bytes_get64(out + 16);
	const unsigned char *entry = out + FRONT + blocks * BLOCK;

	for (size_t i = 0; i < count; i++) {
		struct run_key key = run_ask(bytes_get64(entry + i * width));
		unsigned char *block = out + FRONT + block_of(&key, blocks);
		uint64_t bits = key.bits;

		for (int k = 0; k < PROBES; k++, bits >>= 9)
			block[bits >> 3 & 63] |= (unsigned char)(1 << (bits & 7));
	}
}

int run_read(const void *value, size_t size, size_t width, struct run *out, struct error *e)
{
	const unsigned char *p = value;
	uint64_t count;

	if (size < FRONT)
		return error_set(e, STATUS_INPUT, "index: damaged");
	count = bytes_get64(p);
	if (bytes_get64(p + 8) != width || count > size / width || bytes_get64(p + 16) != blocks_of((size_t)count) ||
	    run_size((size_t)count, width) != size)
		return error_set(e, STATUS_INPUT, "index: damaged");
	out->filter = p + FRONT;
	out->blocks = blocks_of((size_t)count);
	out->entry = out->filter + out->blocks * BLOCK;
	out->count = (size_t)count;
	out->width = width;
	return STATUS_DONE;
}

bool run_may(const struct run *r, const struct run_key *k)
{
	const unsigned char *block = r->filter + block_of(k, r->blocks);
	uint64_t bits = k->bits;

	for (int i = 0; i < PROBES; i++, bits >>= 9)
		if (!(block[bits >> 3 & 63] & 1 << (bits & 7)))
			return false;
	return true;
}

uint64_t run_key_at(const struct run *r, size_t i)
{
	return bytes_get64(run_entry(r, i));
}

size_t run_find(const struct run *r, const struct run_key *k)
{
	size_t from = 0, to = r->count;

	if (!run_may(r, k))
		return r->count;
	while (from < to) {
		size_t middle = from + (to - from) / 2;

		if (run_key_at(r, middle) < k->key)
			from = middle + 1;
		else
			to = middle;
	}
	return from < r->count && run_key_at(r, from) == k->key ? from : r->count;
}
