/* mosaic_parts.c - the parts of a signature's body, written quickly */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "make/mosaic_parts.h"

#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "base/bytes.h"
#include "base/mem.h"

enum { KIND_PRESENCE = 2, KIND_VALUES };

void mosaic_put_code(const struct code *c, unsigned char *to)
{
	bytes_put_words(to, c->bit, CODE_WORDS);
	bytes_put_words(to + 8 * CODE_WORDS, c->on, CODE_WORDS);
}

void mosaic_put_fine_code(const struct fine_code *c, unsigned char *to)
{
	bytes_put_words(to, c->bit, FINE_WORDS);
	bytes_put_words(to + 8 * FINE_WORDS, c->on, FINE_WORDS);
}

/* A header and room for `size` bytes behind it; NULL: no memory. */
static unsigned char *add_part(struct buf *out, int kind, int layer, size_t size, struct error *e)
{
	unsigned char *h;

	if (buf_reserve(out, MOSAIC_PART_HEADER + size, e))
		return NULL;
	h = out->data + out->size;
	memset(h, 0, MOSAIC_PART_HEADER);
	h[0] = (unsigned char)kind;
	h[1] = (unsigned char)layer;
	bytes_put32(h + 4, (uint32_t)size);
	out->size += MOSAIC_PART_HEADER + size;
	return h + MOSAIC_PART_HEADER;
}

static int add_packed(struct buf *out, int kind, int layer, unsigned char *bytes, size_t size, int level, int strategy,
		      struct error *e)
{
	z_stream z = { 0 };
	size_t before = out->size, most;
	unsigned char *to;
	int packed;

	if (deflateInit2(&z, level, Z_DEFLATED, 15, 8, strategy) != Z_OK)
		return error_memory(e);
	most = deflateBound(&z, (uLong)size);
	to = add_part(out, kind, layer, most, e);
	if (!to) {
		deflateEnd(&z);
		return STATUS_SYSTEM;
	}
	z.next_in = bytes;
	z.avail_in = (uInt)size;
	z.next_out = to;
	z.avail_out = (uInt)most;
	packed = deflate(&z, Z_FINISH) == Z_STREAM_END;
	bytes_put32(to - 4, (uint32_t)z.total_out);
	out->size = before + MOSAIC_PART_HEADER + z.total_out;
	deflateEnd(&z);
	return packed ? STATUS_DONE : error_set(e, STATUS_SYSTEM, "zlib does not pack %zu bytes", size);
}

/* Each value less what its left and upper neighbours make of it. */
static size_t differences(const struct signature *s, const int16_t *v, unsigned char *to)
{
	size_t n = 0;

	for (int y = 0; y < s->height; y++)
		for (int x = 0; x < s->width; x++) {
			size_t i = (size_t)y * (size_t)s->width + (size_t)x;
			int left, up, guess;

			if (!s->on[i])
				continue;
			left = x > 0 && s->on[i - 1];
			up = y > 0 && s->on[i - (size_t)s->width];
			guess = (left ? v[i - 1] : 0) + (up ? v[i - (size_t)s->width] : 0);
			to[n++] = (unsigned char)(v[i] - (left && up ? guess / 2 : guess));
		}
	return n;
}

int mosaic_put_parts(const struct signature *s, struct buf *out, struct error *e)
{
	size_t n = (size_t)s->width * (size_t)s->height;
	unsigned char *bytes = mem_new(n + 1, 1, e);
	int status = bytes ? STATUS_DONE : STATUS_SYSTEM;

	for (int k = 0; !status && k < LAYERS; k++) {
		unsigned char *to = add_part(out, MOSAIC_KIND_CODE, k, 16 * CODE_WORDS, e);

		if (to)
			mosaic_put_code(&s->code[k], to);
		else
			status = STATUS_SYSTEM;
	}
	if (!status && s->fine) {
		unsigned char *to = add_part(out, MOSAIC_KIND_FINE, LAYER_RELIEF, 16 * FINE_WORDS, e);

		if (to)
			mosaic_put_fine_code(s->fine, to);
		else
			status = STATUS_SYSTEM;
	}
	for (size_t i = 0; !status && i < n; i++)
		bytes[i / 8] |= (unsigned char)(s->on[i] << i % 8);
	if (!status)
		status = add_packed(out, KIND_PRESENCE, 0, bytes, (n + 7) / 8, 6, Z_DEFAULT_STRATEGY, e);
	for (int k = 0; !status && k < LAYERS; k++)
		status = add_packed(out, KIND_VALUES, k, bytes, differences(s, s->layer[k], bytes), 1, Z_HUFFMAN_ONLY, e);
	free(bytes);
	return status;
}
