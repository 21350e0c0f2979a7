/* frame.c - signatures in files: frames that can be concatenated (ibin-sig(5)) */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sign/frame.h"

#include <errno.h>
#include <string.h>

#include "base/bytes.h"
#include "base/sum.h"
#include "sign/pack.h"

/* Header: magic, version, kind, length of the body, its CRC-32, CRC-32 of these sixteen bytes. */
static const unsigned char magic[4] = { 'I', 'B', 'S', 'G' };

enum kind { KIND_END = 0, KIND_SIGNATURE = 1 };

/* The body of an end frame: how many frames it closes, and a sum over their CRCs. */
#define END_BODY 8

static void put_header(unsigned char h[FRAME_HEADER], enum kind kind, const void *body, uint32_t length)
{
	memcpy(h, magic, 4);
	bytes_put16(h + 4, FRAME_VERSION);
	bytes_put16(h + 6, (uint16_t)kind);
	bytes_put32(h + 8, length);
	bytes_put32(h + 12, sum_crc32(0, body, length));
	bytes_put32(h + 16, sum_crc32(0, h, 16));
}

/* The sum over a run's frames: each frame's body CRC, little-endian, through CRC-32. */
static uint32_t add_sum(uint32_t sum, uint32_t crc)
{
	unsigned char b[4];

	bytes_put32(b, crc);
	return sum_crc32(sum, b, 4);
}

int frame_pack(const struct signature *s, struct buf *out, struct error *e)
{
	size_t start = out->size;
	int status;

	if (buf_reserve(out, FRAME_HEADER, e))
		return STATUS_SYSTEM;
	out->size += FRAME_HEADER;
	status = pack_signature(s, out, e);
	if (!status && out->size - start - FRAME_HEADER > FRAME_BODY_MAX)
		status = error_set(e, STATUS_INPUT, "the signature is too large for a frame");
	if (status) {
		out->size = start;
		return status;
	}
	put_header(out->data + start, KIND_SIGNATURE, out->data + start + FRAME_HEADER,
		   (uint32_t)(out->size - start - FRAME_HEADER));
	return STATUS_DONE;
}

void frame_writer_start(struct frame_writer *w, FILE *out)
{
	w->out = out;
	w->count = w->sum = 0;
}

int frame_write(struct frame_writer *w, const struct buf *frame, struct error *e)
{
	if (fwrite(frame->data, 1, frame->size, w->out) != frame->size)
		return error_system(e, "cannot write");
	w->count++;
	w->sum = add_sum(w->sum, bytes_get32(frame->data + 12));
	return STATUS_DONE;
}

int frame_finish(struct frame_writer *w, struct error *e)
{
	unsigned char end[FRAME_HEADER + END_BODY];

	bytes_put32(end + FRAME_HEADER, w->count);
	bytes_put32(end + FRAME_HEADER + 4, w->sum);
	put_header(end, KIND_END, end + FRAME_HEADER, END_BODY);
	errno = 0;
	if (fwrite(end, 1, sizeof end, w->out) != sizeof end || fflush(w->out) || ferror(w->out))
		return error_system(e, "cannot write");
	return STATUS_DONE;
}

void frame_reader_start(struct frame_reader *r, FILE *in)
{
	memset(r, 0, sizeof *r);
	r->in = in;
}

void frame_reader_free(struct frame_reader *r)
{
	buf_free(&r->body);
}

static int damaged(const struct frame_reader *r, const char *what, struct error *e)
{
	return error_set(e, STATUS_INPUT, "at byte %llu: %s", (unsigned long long)r->at, what);
}

/* The header at the reader's place; STATUS_NO when nothing at all follows. */
static int get_header(struct frame_reader *r, unsigned char h[FRAME_HEADER], struct error *e)
{
	size_t n = fread(h, 1, FRAME_HEADER, r->in);

	r->at = r->next;
	if (ferror(r->in))
		return error_system(e, "cannot read");
	if (n == 0 && r->ended)
		return STATUS_NO;
	if (n == 0)
		return damaged(r, r->at ? "the file is cut: no end frame" : "the file is empty", e);
	if (memcmp(h, magic, n < 4 ? n : 4))
		return damaged(r, r->at ? "not a signature frame" : "not a signature file", e);
	if (n < FRAME_HEADER)
		return damaged(r, "the file is cut within a header", e);
	if (bytes_get32(h + 16) != sum_crc32(0, h, 16))
		return damaged(r, "a header is damaged", e);
	if (bytes_get16(h + 4) != FRAME_VERSION)
		return error_set(e, STATUS_INPUT, "at byte %llu: frame version %u; this program knows %d",
				 (unsigned long long)r->at, bytes_get16(h + 4), FRAME_VERSION);
	if (bytes_get32(h + 8) > FRAME_BODY_MAX)
		return damaged(r, "a frame is larger than frames are", e);
	return STATUS_DONE;
}

static int get_body(struct frame_reader *r, const unsigned char h[FRAME_HEADER], struct buf *to,
		    struct frame_body *out, struct error *e)
{
	uint32_t length = bytes_get32(h + 8);
	size_t got;

	if (buf_reserve(to, length, e))
		return STATUS_SYSTEM;
	got = fread(to->data + to->size, 1, length, r->in);
	if (ferror(r->in))
		return error_system(e, "cannot read");
	if (got != length)
		return damaged(r, "the file is cut within a frame", e);
	*out = (struct frame_body){ r->at, to->size, length, bytes_get32(h + 12) };
	to->size += length;
	r->next = r->at + FRAME_HEADER + length;
	return STATUS_DONE;
}

int frame_check(const struct frame_body *b, const struct buf *in, struct error *e)
{
	if (b->sum == sum_crc32(0, in->data + b->begin, b->size))
		return STATUS_DONE;
	return error_set(e, STATUS_INPUT, "at byte %llu: a frame is damaged", (unsigned long long)b->at);
}

static int take_end(struct frame_reader *r, int kind, const struct frame_body *b, const struct buf *in, struct error *e)
{
	int status = frame_check(b, in, e);

	if (status)
		return status;
	if (kind != KIND_END || b->size != END_BODY)
		return damaged(r, "a frame of an unknown kind", e);
	if (bytes_get32(in->data + b->begin) != r->count || bytes_get32(in->data + b->begin + 4) != r->sum)
		return damaged(r, "frames are missing, added or out of order", e);
	r->ended = 1;
	r->count = r->sum = 0;
	return STATUS_DONE;
}

int frame_read(struct frame_reader *r, struct buf *to, struct frame_body *out, struct error *e)
{
	unsigned char h[FRAME_HEADER];
	int status;

	for (;;) {
		status = get_header(r, h, e);
		if (!status)
			status = get_body(r, h, to, out, e);
		if (status)
			return status;
		if (bytes_get16(h + 6) == KIND_SIGNATURE) {
			r->ended = 0;
			r->count++;
			r->sum = add_sum(r->sum, out->sum);
			return STATUS_DONE;
		}
		to->size = out->begin;
		status = take_end(r, bytes_get16(h + 6), out, to, e);
		if (status)
			return status;
	}
}

int frame_next(struct frame_reader *r, struct error *e)
{
	struct frame_body b;
	int status;

	r->body.size = 0;
	status = frame_read(r, &r->body, &b, e);
	if (status)
		return status;
	r->body_sum = b.sum;
	return frame_check(&b, &r->body, e);
}
