/* catalog_parts.c - headers and records of the index, as they lie on the disk */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "match/catalog_parts.h"

#include <string.h>

#include "base/bytes.h"
#include "base/sum.h"
#include "match/rings.h"

static const unsigned char magic[4] = { 'I', 'B', 'I', 'X' };

void catalog_put_header(const struct catalog_piece *p, unsigned char h[CATALOG_HEADER])
{
	memset(h, 0, CATALOG_HEADER);
	memcpy(h, magic, 4);
	bytes_put16(h + 4, CATALOG_VERSION);
	bytes_put16(h + 6, p->ended);
	bytes_put32(h + 8, p->count);
	bytes_put32(h + 12, p->frames);
	bytes_put64(h + 16, p->from);
	bytes_put64(h + 24, p->to);
	bytes_put64(h + 32, p->gallery_size);
	bytes_put64(h + 40, (uint64_t)p->gallery_s);
	bytes_put64(h + 48, (uint64_t)p->gallery_ns);
	bytes_put64(h + 56, p->whole);
	for (int k = 0; k < CATALOG_SECTIONS; k++) {
		bytes_put64(h + 64 + 24 * k, p->at[k]);
		bytes_put64(h + 72 + 24 * k, p->size[k]);
		bytes_put64(h + 80 + 24 * k, p->sum[k]);
	}
	bytes_put32(h + CATALOG_HEADER - 4, sum_crc32(0, h, CATALOG_HEADER - 4));
}

int catalog_damaged(struct error *e)
{
	return error_set(e, STATUS_INPUT, "the index is damaged");
}

int catalog_get_header(const unsigned char h[CATALOG_HEADER], uint64_t room, struct catalog_piece *p, struct error *e)
{
	uint64_t end = CATALOG_HEADER;

	if (memcmp(h, magic, 4) || bytes_get32(h + CATALOG_HEADER - 4) != sum_crc32(0, h, CATALOG_HEADER - 4))
		return catalog_damaged(e);
	if (bytes_get16(h + 4) != CATALOG_VERSION)
		return error_set(e, STATUS_INPUT, "index version %u; this program knows %d", bytes_get16(h + 4),
				 CATALOG_VERSION);
	p->ended = bytes_get16(h + 6) & 1;
	p->count = bytes_get32(h + 8);
	p->frames = bytes_get32(h + 12);
	p->from = bytes_get64(h + 16);
	p->to = bytes_get64(h + 24);
	p->gallery_size = bytes_get64(h + 32);
	p->gallery_s = (int64_t)bytes_get64(h + 40);
	p->gallery_ns = (int64_t)bytes_get64(h + 48);
	p->whole = bytes_get64(h + 56);
	/* a header whose sum is right may still have been made to harm */
	if (p->whole > room || p->count > CATALOG_PIECE || p->from > p->to || p->to > INT64_MAX)
		return catalog_damaged(e);
	for (int k = 0; k < CATALOG_SECTIONS; k++) {
		p->at[k] = bytes_get64(h + 64 + 24 * k);
		p->size[k] = bytes_get64(h + 72 + 24 * k);
		p->sum[k] = bytes_get64(h + 80 + 24 * k);
		if (p->at[k] != catalog_round(end) || p->at[k] > p->whole || p->size[k] > p->whole - p->at[k])
			return catalog_damaged(e);
		end = p->at[k] + p->size[k];
	}
	if (p->whole != catalog_round(end) || p->size[CATALOG_RECORDS] != (uint64_t)p->count * CATALOG_RECORD ||
	    p->size[CATALOG_RELIEF] % sizeof(struct code) || p->size[CATALOG_LOOK] % sizeof(struct code) ||
	    p->size[CATALOG_LANDS] % sizeof(uint64_t) || p->size[CATALOG_FINE] % CATALOG_FINE_SIZE ||
	    p->size[CATALOG_RINGS] != p->size[CATALOG_RELIEF] / sizeof(struct code) * sizeof(struct rings))
		return catalog_damaged(e);
	return STATUS_DONE;
}

void catalog_put_record(const struct catalog_record *r, unsigned char b[CATALOG_RECORD])
{
	bytes_put64(b, r->at);
	bytes_put64(b + 8, r->text_at);
	bytes_put32(b + 16, r->size);
	bytes_put32(b + 20, r->sum);
	bytes_put32(b + 24, r->text_size);
	bytes_put32(b + 28, r->width);
	bytes_put32(b + 32, r->code[0]);
	bytes_put32(b + 36, r->code[1]);
	bytes_put32(b + 40, (uint32_t)(r->mark | r->layers << 8));
	bytes_put32(b + 44, r->own);
}

void catalog_get_record(const unsigned char b[CATALOG_RECORD], struct catalog_record *r)
{
	r->at = bytes_get64(b);
	r->text_at = bytes_get64(b + 8);
	r->size = bytes_get32(b + 16);
	r->sum = bytes_get32(b + 20);
	r->text_size = bytes_get32(b + 24);
	r->width = bytes_get32(b + 28);
	r->code[0] = bytes_get32(b + 32);
	r->code[1] = bytes_get32(b + 36);
	r->mark = b[40];
	r->layers = b[41];
	r->own = bytes_get32(b + 44);
}
