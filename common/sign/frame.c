/* frame.c - signatures in files: frames that can be concatenated (ibin-sig(5)) */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sign/frame.h"

#include <errno.h>
#include <string.h>

#include "base/bytes.h"
#include "base/sum.h"
#include "file/input.h"
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

/* The n bytes that were read as the header at the reader's place; STATUS_NO when nothing at all follows. */
static int check_header(struct frame_reader *r, const unsigned char h[FRAME_HEADER], size_t n, struct error *e)
{
	if (n == 0 && r->ended)
		return STATUS_NO;
	if (n == 0)
		return damaged(r, r->at ? "the file is cut: no end frame" : "the file is empty", e);
	if (memcmp(h, magic, n < 4 ? n : 4))
		return damaged(r, r->at ? "not a signature frame" : "not a signature file (ibin-extract makes them)", e);
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

static void take_header(struct frame_reader *r, const unsigned char h[FRAME_HEADER], struct frame_body *out)
{
	*out = (struct frame_body){ r->at, 0, bytes_get32(h + 8), bytes_get32(h + 12) };
	r->next = r->at + FRAME_HEADER + out->size;
}

static int get_header(struct frame_reader *r, unsigned char h[FRAME_HEADER], struct error *e)
{
	size_t n = fread(h, 1, FRAME_HEADER, r->in);

	r->at = r->next;
	return ferror(r->in) ? error_system(e, "cannot read") : check_header(r, h, n, e);
}

static int get_body(struct frame_reader *r, const struct frame_body *b, struct error *e)
{
	size_t got;

	r->body.size = 0;
	if (buf_reserve(&r->body, b->size, e))
		return STATUS_SYSTEM;
	got = fread(r->body.data, 1, b->size, r->in);
	if (ferror(r->in))
		return error_system(e, "cannot read");
	r->body.size = got;
	return got == b->size ? STATUS_DONE : damaged(r, "the file is cut within a frame", e);
}

int frame_check(const struct frame_body *b, const struct buf *in, struct error *e)
{
	const char *what = NULL;

	if (b->begin > in->size || in->size - b->begin < b->size)
		what = "the file is cut within a frame";
	else if (b->sum != sum_crc32(0, in->data + b->begin, b->size))
		what = "a frame is damaged";
	return what ? error_set(e, STATUS_INPUT, "at byte %llu: %s", (unsigned long long)b->at, what) : STATUS_DONE;
}

/* What stands in r->body. */
static int take_end(struct frame_reader *r, int kind, const struct frame_body *b, struct error *e)
{
	int status = frame_check(b, &r->body, e);

	if (status)
		return status;
	if (kind != KIND_END || b->size != END_BODY)
		return damaged(r, "a frame of an unknown kind", e);
	if (bytes_get32(r->body.data) != r->count || bytes_get32(r->body.data + 4) != r->sum)
		return damaged(r, "frames are missing, added or out of order", e);
	r->ended = 1;
	r->count = r->sum = 0;
	return STATUS_DONE;
}

static void take_signature(struct frame_reader *r, const struct frame_body *b)
{
	r->ended = 0;
	r->count++;
	r->sum = add_sum(r->sum, b->sum);
}

int frame_bodies(int fd, struct frame_body *b, size_t count, struct buf *to, struct error *e)
{
	size_t size = (size_t)(b[count - 1].at - b[0].at) + b[count - 1].size;
	ssize_t got;

	to->size = 0;
	if (buf_reserve(to, size, e))
		return STATUS_SYSTEM;
	got = input_read_at(fd, to->data, size, b[0].at + FRAME_HEADER);
	if (got < 0)
		return error_system(e, "cannot read");
	to->size = (size_t)got;
	for (size_t i = 0; i < count; i++)
		b[i].begin = (size_t)(b[i].at - b[0].at);
	return STATUS_DONE;
}

int frame_pass(struct frame_reader *r, struct frame_body *out, struct error *e)
{
	unsigned char h[FRAME_HEADER];
	int status = STATUS_DONE;

	while (!status) {
		ssize_t n = input_read_at(fileno(r->in), h, sizeof h, r->next);

		r->at = r->next;
		if (n < 0)
			return error_system(e, "cannot read");
		status = check_header(r, h, (size_t)n, e);
		if (status)
			break;
		take_header(r, h, out);
		if (bytes_get16(h + 6) == KIND_SIGNATURE) {
			take_signature(r, out);
			break;
		}
		status = frame_bodies(fileno(r->in), out, 1, &r->body, e);
		if (!status)
			status = take_end(r, bytes_get16(h + 6), out, e);
	}
	return status;
}

int frame_next(struct frame_reader *r, struct error *e)
{
	unsigned char h[FRAME_HEADER];
	struct frame_body b;
	int status = STATUS_DONE;

	while (!status) {
		status = get_header(r, h, e);
		if (status)
			break;
		take_header(r, h, &b);
		status = get_body(r, &b, e);
		if (!status && bytes_get16(h + 6) == KIND_SIGNATURE) {
			take_signature(r, &b);
			r->body_sum = b.sum;
			return frame_check(&b, &r->body, e);
		}
		if (!status)
			status = take_end(r, bytes_get16(h + 6), &b, e);
	}
	return status;
}
