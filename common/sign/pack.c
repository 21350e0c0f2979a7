/* pack.c - a signature as the body of a frame, and back */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sign/pack.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "base/bytes.h"
#include "base/mem.h"
#include "base/num.h"
#include "base/sum.h"
#include "sign/impression.h"
#include "sign/land_code.h"

/* Body: u32 length of the text, the text ("key=value\n" ...), then parts. The text begins with mark, width,
 * height and step_um; the meta texts follow. A part: u8 kind, u8 layer, u16 0, u32 length, bytes. */
enum part { PART_CODE = 1, PART_PRESENCE = 2, PART_VALUES = 3, PART_LAND_CODE = 4, PART_FINE_CODE = 5 };
#define PART_HEADER 8
#define CODE_BYTES (2 * 8 * CODE_WORDS)
#define FINE_BYTES (2 * 8 * FINE_WORDS)

static int put_part(struct buf *out, enum part kind, int layer, const void *bytes, size_t size, struct error *e)
{
	unsigned char h[PART_HEADER] = { (unsigned char)kind, (unsigned char)layer };

	bytes_put32(h + 4, (uint32_t)size);
	return buf_add(out, h, sizeof h, e) || buf_add(out, bytes, size, e) ? STATUS_SYSTEM : STATUS_DONE;
}

static int put_packed(struct buf *out, enum part kind, int layer, const unsigned char *bytes, size_t size,
		      struct error *e)
{
	uLongf packed = compressBound(size);
	unsigned char *room = mem_new(packed, 1, e);
	int status;

	if (!room)
		return STATUS_SYSTEM;
	if (compress2(room, &packed, bytes, size, 9) != Z_OK)
		status = error_memory(e);
	else
		status = put_part(out, kind, layer, room, packed, e);
	free(room);
	return status;
}

static int put_text(const struct signature *s, struct buf *out, struct error *e)
{
	size_t start = out->size;

	if (buf_add(out, "\0\0\0\0", 4, e) ||
	    buf_format(out, e, "mark=%s\nwidth=%d\nheight=%d\nstep_um=%.10g\n", mark_name(s->mark), s->width,
		       s->height, s->step_um))
		return STATUS_SYSTEM;
	for (int k = 0; k < METAS; k++)
		if (s->meta[k] && buf_format(out, e, "%s=%s\n", meta_name((enum meta)k), s->meta[k]))
			return STATUS_SYSTEM;
	bytes_put32(out->data + start, (uint32_t)(out->size - start - 4));
	return STATUS_DONE;
}

static int put_code(const struct code *c, int layer, struct buf *out, struct error *e)
{
	unsigned char b[CODE_BYTES];

	bytes_put_words(b, c->bit, CODE_WORDS);
	bytes_put_words(b + CODE_BYTES / 2, c->on, CODE_WORDS);
	return put_part(out, PART_CODE, layer, b, sizeof b, e);
}

static int put_fine_code(const struct fine_code *c, struct buf *out, struct error *e)
{
	unsigned char b[FINE_BYTES];

	bytes_put_words(b, c->bit, FINE_WORDS);
	bytes_put_words(b + FINE_BYTES / 2, c->on, FINE_WORDS);
	return put_part(out, PART_FINE_CODE, LAYER_RELIEF, b, sizeof b, e);
}

/* The layer whose profile a matcher compares, and has the code of. */
static int profile_layer(unsigned layers)
{
	return layers >> LAYER_RELIEF & 1 ? LAYER_RELIEF : LAYER_LOOK;
}

static int put_land_code(const struct signature *s, struct buf *out, struct error *e)
{
	unsigned char b[8 * LAND_CODE_ROOM];

	land_code_put(s->land_code, s->land_code_size, b);
	return put_part(out, PART_LAND_CODE, profile_layer(s->layer[LAYER_RELIEF] ? 1u << LAYER_RELIEF : 0), b,
			8 * s->land_code_size, e);
}

/* What a point is guessed to be from its neighbours that are already known: the mean of the left
 * and the upper one, or the one there is, or 0. Only the difference is stored. */
static int guess(const struct signature *s, const int16_t *v, int x, int y)
{
	size_t i = (size_t)y * (size_t)s->width + (size_t)x;
	int left = x > 0 && s->on[i - 1], up = y > 0 && s->on[i - (size_t)s->width];
	int sum = (left ? v[i - 1] : 0) + (up ? v[i - (size_t)s->width] : 0);

	return left && up ? sum / 2 : sum;
}

/* Values: for each point present, in order, value - guess as one byte (modulo 256), of profiles as
 * two (little-endian). It follows from the size, so that what a matcher takes for an impression
 * never holds more than SIGNATURE_LIMIT. */
static int value_bytes(const struct signature *s)
{
	return s->height == 1 ? 2 : 1;
}

static int put_values(const struct signature *s, int layer, struct buf *out, struct error *e)
{
	size_t n = (size_t)s->width * (size_t)s->height, wide = (size_t)value_bytes(s), size = 0;
	unsigned char *b = mem_new(n, wide, e);
	int status;

	if (!b)
		return STATUS_SYSTEM;
	for (int y = 0; y < s->height; y++)
		for (int x = 0; x < s->width; x++) {
			size_t i = (size_t)y * (size_t)s->width + (size_t)x;
			int d = s->layer[layer][i] - guess(s, s->layer[layer], x, y);

			if (!s->on[i])
				continue;
			b[size++] = (unsigned char)d;
			if (wide == 2)
				b[size++] = (unsigned char)((unsigned)d >> 8);
		}
	status = put_packed(out, PART_VALUES, layer, b, size, e);
	free(b);
	return status;
}

static int put_presence(const struct signature *s, struct buf *out, struct error *e)
{
	size_t n = (size_t)s->width * (size_t)s->height;
	unsigned char *bits = mem_new((n + 7) / 8, 1, e);
	int status;

	if (!bits)
		return STATUS_SYSTEM;
	for (size_t i = 0; i < n; i++)
		if (s->on[i])
			bits[i / 8] |= (unsigned char)(1 << i % 8);
	status = put_packed(out, PART_PRESENCE, 0, bits, (n + 7) / 8, e);
	free(bits);
	return status;
}

/* Codes first, so that a search need not read further. */
int pack_signature(const struct signature *s, struct buf *out, struct error *e)
{
	if (put_text(s, out, e))
		return STATUS_SYSTEM;
	for (int k = 0; k < LAYERS; k++)
		if (s->layer[k] && s->height > 1 && put_code(&s->code[k], k, out, e))
			return STATUS_SYSTEM;
	if (s->land_code && put_land_code(s, out, e))
		return STATUS_SYSTEM;
	if (s->fine && put_fine_code(s->fine, out, e))
		return STATUS_SYSTEM;
	if (put_presence(s, out, e))
		return STATUS_SYSTEM;
	for (int k = 0; k < LAYERS; k++)
		if (s->layer[k] && put_values(s, k, out, e))
			return STATUS_SYSTEM;
	return STATUS_DONE;
}

static int bad(struct error *e, const char *what)
{
	return error_set(e, STATUS_INPUT, "a signature's %s makes no sense", what);
}

/* What the text says before any part is read; -1 and 0 where it has not said it yet. */
struct said {
	int mark, width, height;
	double step_um;
};

/* Most keys are not most names, by their first letter. */
static bool is(const char *key, const char *name)
{
	return *key == *name && !strcmp(key, name);
}

/* One "key=value" of the text, ended by a zero. Each key may stand there once. */
static int take_text(struct signature *s, const char *key, const char *value, struct said *said,
		     struct error *e)
{
	int64_t n = 0;
	int k, *side;

	if (is(key, "mark")) {
		if (said->mark >= 0 || (said->mark = mark_find(value)) < 0)
			return bad(e, key);
		return STATUS_DONE;
	}
	if (is(key, "width") || is(key, "height")) {
		side = *key == 'w' ? &said->width : &said->height;
		if (*side || num_integer(value, 1, SIGNATURE_POINTS_MAX, &n, e))
			return bad(e, key);
		*side = (int)n;
		return STATUS_DONE;
	}
	if (is(key, "step_um"))
		return said->step_um > 0 || num_real(value, 0.01, 1000, &said->step_um, e) ? bad(e, key) :
		       STATUS_DONE;
	k = meta_find(key);
	if (k >= 0 && s->meta[k])
		return bad(e, key);
	/* a key that this program does not know yet is left out */
	return k < 0 ? STATUS_DONE : signature_set(s, (enum meta)k, value, e);
}

static int get_text(struct signature *s, const unsigned char *text, size_t size, struct error *e)
{
	struct said said = { -1, 0, 0, 0 };
	char line[512];

	while (size) {
		const unsigned char *end = memchr(text, '\n', size);
		size_t n = end ? (size_t)(end - text) : size;
		char *equals;
		int status;

		if (!end || n >= sizeof line || memchr(text, 0, n))
			return bad(e, "text");
		memcpy(line, text, n);
		line[n] = 0;
		equals = strchr(line, '=');
		if (!equals)
			return bad(e, "text");
		*equals = 0;
		status = take_text(s, line, equals + 1, &said, e);
		if (status)
			return status;
		text += n + 1;
		size -= n + 1;
	}
	if (said.mark < 0)
		return bad(e, "mark");
	if (!said.width || !said.height || said.step_um <= 0 || (said.height > 1 && said.width != said.height) ||
	    (int64_t)said.width * said.height > SIGNATURE_POINTS_MAX)
		return bad(e, "size");
	s->mark = (enum mark)said.mark;
	s->width = said.width;
	s->height = said.height;
	s->step_um = said.step_um;
	return STATUS_DONE;
}

/* Exactly `size` bytes from a packed part, which holds nothing else. */
static int unpack_part(const char *what, const unsigned char *bytes, size_t length, unsigned char *to,
		       size_t size, struct error *e)
{
	uLongf got = size;
	uLong used = length;
	int result = uncompress2(to, &got, bytes, &used);

	if (result == Z_MEM_ERROR)
		return error_memory(e);
	return result == Z_OK && got == size && used == length ? STATUS_DONE : bad(e, what);
}

static int get_presence(struct signature *s, const unsigned char *bytes, size_t length, struct error *e)
{
	size_t n = (size_t)s->width * (size_t)s->height;
	unsigned char *bits = mem_new((n + 7) / 8, 1, e);
	int status;

	if (!bits)
		return STATUS_SYSTEM;
	status = unpack_part("presence", bytes, length, bits, (n + 7) / 8, e);
	for (size_t i = 0; !status && i < n; i++)
		s->on[i] = bits[i / 8] >> i % 8 & 1;
	free(bits);
	return status;
}

static int get_values(struct signature *s, int layer, const unsigned char *bytes, size_t length, struct error *e)
{
	size_t n = (size_t)s->width * (size_t)s->height, wide = (size_t)value_bytes(s), count = 0, at = 0;
	int16_t *v = s->layer[layer];
	unsigned char *b;
	int status;

	for (size_t i = 0; i < n; i++)
		count += s->on[i];
	b = mem_new(count, wide, e);
	if (!b)
		return STATUS_SYSTEM;
	status = unpack_part("values", bytes, length, b, count * wide, e);
	for (int y = 0; !status && y < s->height; y++)
		for (int x = 0; x < s->width; x++) {
			size_t i = (size_t)y * (size_t)s->width + (size_t)x;
			int d, value;

			if (!s->on[i])
				continue;
			d = wide == 1 ? (int8_t)b[at] : (int16_t)bytes_get16(b + at);
			at += wide;
			value = wide == 1 ? (int8_t)(guess(s, v, x, y) + d) : (int16_t)(guess(s, v, x, y) + d);
			if (wide == 1 && (value > SIGNATURE_LIMIT || value < -SIGNATURE_LIMIT)) {
				status = bad(e, "values");
				break;
			}
			v[i] = (int16_t)value;
		}
	free(b);
	return status;
}

/* Words of bits, and as many that say which of them mean anything: others are taken as 0. */
static void get_bits(const unsigned char *bytes, int words, uint64_t *bit, uint64_t *on)
{
	bytes_get_words(bytes, bit, (size_t)words);
	bytes_get_words(bytes + 8 * words, on, (size_t)words);
	for (int w = 0; w < words; w++)
		bit[w] &= on[w];
}

static int get_fine_code(struct signature *s, const unsigned char *bytes, size_t length, struct error *e)
{
	struct fine_code c;

	if (s->height == 1 || !impression_has_fine(s->mark) || length != FINE_BYTES)
		return bad(e, "fine code");
	get_bits(bytes, FINE_WORDS, c.bit, c.on);
	return signature_fine_code(s, &c, e);
}

/* Of a profile of another length, or of what is lit and is not, it is refused. That of another land cannot be told
 * without making it anew: a search then passes its own signature over, or compares it for nothing. */
static int get_land_code(struct signature *s, int layer, const unsigned char *bytes, size_t length, struct error *e)
{
	uint64_t filed[LAND_CODE_ROOM];
	struct land_code code;
	size_t size;

	if (s->height != 1 || s->width % 2 || !land_code_get(bytes, length, s->width / 2, filed, &size) ||
	    !land_code_view(filed, size, &code) || code.lit != (layer == LAYER_LOOK))
		return bad(e, "code");
	return signature_land_code(s, filed, size, e);
}

/* Which parts there were, and of which layers the grid is wanted: bit n of a mask stands for layer n. */
struct parts {
	unsigned wanted, coded, land_coded, valued;
	int present;
};

static int get_part(struct signature *s, int kind, int layer, const unsigned char *bytes, size_t length,
		    struct parts *had, struct error *e)
{
	unsigned bit = layer < LAYERS ? 1u << layer : 0;
	bool grid = had->wanted & bit;

	switch (kind) {
	case PART_CODE:
		if (!bit || had->coded & bit || length != CODE_BYTES)
			return bad(e, "code");
		had->coded |= bit;
		get_bits(bytes, CODE_WORDS, s->code[layer].bit, s->code[layer].on);
		return STATUS_DONE;
	case PART_PRESENCE:
		if (had->present)
			return bad(e, "presence");
		had->present = 1;
		return had->wanted ? get_presence(s, bytes, length, e) : STATUS_DONE;
	case PART_VALUES:
		if (!bit || had->valued & bit || !had->present)
			return bad(e, "values");
		had->valued |= bit;
		s->layer[layer] = mem_new(grid ? (size_t)s->width * (size_t)s->height : 1, sizeof(int16_t), e);
		if (!s->layer[layer])
			return STATUS_SYSTEM;
		return grid ? get_values(s, layer, bytes, length, e) : STATUS_DONE;
	case PART_LAND_CODE:
		if (!bit || had->land_coded)
			return bad(e, "code");
		had->land_coded = bit;
		return get_land_code(s, layer, bytes, length, e);
	case PART_FINE_CODE:
		if (layer != LAYER_RELIEF || s->fine)
			return bad(e, "fine code");
		return get_fine_code(s, bytes, length, e);
	default:
		return STATUS_DONE;   /* a part that a later program knows */
	}
}

/* There must be a layer, and of an impression a code for each, else a search would pass it over; a profile may have
 * one, of the layer that is compared, and a relief a fine one: those filed before there were such parts have none. */
static int check_parts(const struct signature *s, const struct parts *had, struct error *e)
{
	if (!had->valued)
		return bad(e, "layers");
	if (had->land_coded && had->land_coded != 1u << profile_layer(had->valued))
		return bad(e, "code");
	if (s->fine && !(had->valued >> LAYER_RELIEF & 1))
		return bad(e, "fine code");
	return had->coded != (s->height > 1 ? had->valued : 0) ? bad(e, "code") : STATUS_DONE;
}

static int unpack(const unsigned char *p, size_t size, unsigned wanted, struct signature *out, struct error *e)
{
	const unsigned char *end;
	struct parts had = { wanted, 0, 0, 0, 0 };
	uint32_t length;
	int status;

	memset(out, 0, sizeof *out);
	if (size < 4 || (length = bytes_get32(p)) > size - 4)
		return bad(e, "text");
	end = p + size;
	status = get_text(out, p + 4, length, e);
	if (!status && wanted)
		status = signature_room(out, out->width, out->height, 0, e);
	for (p += 4 + length; !status && p < end; p += length) {
		const unsigned char *h = p;

		if (end - p < PART_HEADER || (length = bytes_get32(h + 4)) > (size_t)(end - p) - PART_HEADER) {
			status = bad(e, "part");
			break;
		}
		p += PART_HEADER;
		status = get_part(out, h[0], h[1], p, length, &had, e);
	}
	if (!status)
		status = check_parts(out, &had, e);
	if (status)
		signature_free(out);
	return status;
}

static int unpack_layers(const struct buf *body, unsigned wanted, struct signature *out, struct error *e)
{
	int status = unpack(body->data, body->size, wanted, out, e);

	if (!status)
		out->sum = sum_crc32(0, body->data, body->size);
	return status;
}

int unpack_signature(const struct buf *body, int grids, struct signature *out, struct error *e)
{
	return unpack_layers(body, grids ? (1u << LAYERS) - 1 : 0, out, e);
}

int unpack_layer(const struct buf *body, enum layer layer, struct signature *out, struct error *e)
{
	return unpack_layers(body, 1u << layer, out, e);
}

int unpack_head(const unsigned char *body, size_t size, uint32_t sum, struct signature *out, struct error *e)
{
	int status = unpack(body, size, 0, out, e);

	if (!status)
		out->sum = sum;
	return status;
}
