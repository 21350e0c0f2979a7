/* fuzz_sig.c - any bytes as a signature file, as one whose sums are right, and as the body of a frame */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz/fuzz.h"

#include <stdio.h>
#include <string.h>

#include "base/bytes.h"
#include "base/sum.h"
#include "sign/frame.h"
#include "sign/impression.h"
#include "sign/land_code.h"
#include "sign/pack.h"

/* What every signature that was unpacked keeps to. */
static void check(const struct signature *s)
{
	size_t points = (size_t)s->width * (size_t)s->height, i;
	struct land_code code;
	int k;

	if (!points || points > SIGNATURE_POINTS_MAX || (s->height > 1 && s->width != s->height) || (int)s->mark < 0 ||
	    s->mark >= MARKS || (!s->layer[0] && !s->layer[1]))
		abort();
	for (k = 0; k < LAYERS; k++)
		for (i = 0; s->layer[k] && i < points; i++)
			if ((!s->on[i] && s->layer[k][i]) || s->on[i] > 1 ||
			    (s->height > 1 && abs(s->layer[k][i]) > SIGNATURE_LIMIT))
				abort();
	if (s->land_code && (s->height != 1 || !land_code_view(s->land_code, s->land_code_size, &code) ||
			     code.n != s->width / 2 / LAND_CODE_STEP))
		abort();
	if (s->fine && (s->mark != MARK_BREECH_FACE || s->height == 1 || !s->layer[LAYER_RELIEF]))
		abort();
	for (k = 0; s->fine && k < FINE_WORDS; k++)
		if (s->fine->bit[k] & ~s->fine->on[k])
			abort();
	for (k = 0; k < METAS; k++)
		if (s->meta[k] && (!*s->meta[k] || strlen(s->meta[k]) >= SIGNATURE_TEXT || strchr(s->meta[k], '\n')))
			abort();
}

static void compare(const struct signature *a, const struct signature *b)
{
	size_t points = (size_t)a->width * (size_t)a->height;
	int k;

	if (a->width != b->width || a->height != b->height || a->mark != b->mark || memcmp(a->on, b->on, points))
		abort();
	for (k = 0; k < LAYERS; k++)
		if (!a->layer[k] != !b->layer[k] || memcmp(&a->code[k], &b->code[k], sizeof a->code[k]) ||
		    (a->layer[k] && memcmp(a->layer[k], b->layer[k], points * sizeof *a->layer[k])))
			abort();
	if (a->land_code_size != b->land_code_size ||
	    (a->land_code && memcmp(a->land_code, b->land_code, a->land_code_size * sizeof *a->land_code)))
		abort();
	if (!a->fine != !b->fine || (a->fine && memcmp(a->fine, b->fine, sizeof *a->fine)))
		abort();
	for (k = 0; k < METAS; k++)
		if (strcmp(signature_meta(a, (enum meta)k), signature_meta(b, (enum meta)k)))
			abort();
}

/* What unpacks packs again, to something that unpacks to the same. */
static void take_body(const struct buf *body)
{
	struct signature s, again;
	struct buf packed = { 0 };
	struct error e = { 0 };
	int status = unpack_signature(body, 1, &s, &e);

	if (status == STATUS_SYSTEM || (status && !e.text[0]))
		abort();
	if (!status) {
		check(&s);
		impression_check(&s, &e);
		if (pack_signature(&s, &packed, &e) || unpack_signature(&packed, 1, &again, &e))
			abort();
		compare(&s, &again);
		signature_free(&again);
		buf_free(&packed);
	}
	signature_free(&s);
	/* without grids less is looked at */
	if (unpack_signature(body, 0, &s, &e) && !status)
		abort();
	signature_free(&s);
}

static void take_file(const uint8_t *data, size_t size)
{
	FILE *in = fmemopen((void *)(uintptr_t)data, size, "r");
	struct frame_reader reader;
	struct error e = { 0 };
	int status;

	if (!in)
		return;
	frame_reader_start(&reader, in);
	while (!(status = frame_next(&reader, &e)))
		take_body(&reader.body);
	if (status != STATUS_NO && status != STATUS_INPUT)
		abort();
	frame_reader_free(&reader);
	fclose(in);
}

/* Puts magic and sums of all headers right, as far as their lengths lead to one; those of end frames, too,
 * where the length is that of one. */
static void put_right(uint8_t *data, size_t size)
{
	uint32_t count = 0, sum = 0;

	for (size_t at = 0, length; at + FRAME_HEADER <= size; at += FRAME_HEADER + length) {
		uint8_t *h = data + at;

		memcpy(h, "IBSG", 4);
		length = bytes_get32(h + 8);
		if (length > size - at - FRAME_HEADER)
			bytes_put32(h + 8, (uint32_t)(length = size - at - FRAME_HEADER));
		if (!bytes_get16(h + 6) && length == 8) {
			bytes_put32(h + FRAME_HEADER, count);
			bytes_put32(h + FRAME_HEADER + 4, sum);
			count = sum = 0;
		}
		bytes_put32(h + 12, sum_crc32(0, h + FRAME_HEADER, length));
		bytes_put32(h + 16, sum_crc32(0, h, 16));
		if (bytes_get16(h + 6) == 1) {
			count++;
			sum = sum_crc32(sum, h + 12, 4);
		}
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct buf body = { (unsigned char *)(uintptr_t)data, size, size };
	uint8_t *copy = malloc(size ? size : 1);

	if (!size || !copy) {
		free(copy);
		return 0;
	}
	take_file(data, size);
	take_body(&body);
	memcpy(copy, data, size);
	put_right(copy, size);
	take_file(copy, size);
	free(copy);
	return 0;
}
