/* frame.h - signatures in files: frames that can be concatenated (ibin-sig(5)) */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SIGN_FRAME_H
#define SIGN_FRAME_H

#include <stdint.h>
#include <stdio.h>

#include "base/buf.h"
#include "base/error.h"
#include "sign/signature.h"

#define FRAME_VERSION 1
#define FRAME_HEADER 20          /* bytes before the body */
#define FRAME_BODY_MAX (8u << 20)

/* Appends one frame, which holds the signature, to out. */
int frame_pack(const struct signature *s, struct buf *out, struct error *e);

/* A writer counts and sums its frames, so that the end frame can vouch for them. */
struct frame_writer {
	FILE *out;
	uint32_t count, sum;
};
void frame_writer_start(struct frame_writer *w, FILE *out);
int frame_write(struct frame_writer *w, const struct buf *frame, struct error *e);
/* The end frame; every file ends with one. Flushes, and checks that. */
int frame_finish(struct frame_writer *w, struct error *e);

/* A reader of a file or pipe, frame by frame. A run of frames must end with an end frame that agrees
 * with it; several such runs may follow each other. */
struct frame_reader {
	FILE *in;
	uint32_t count, sum;     /* of the run so far */
	int ended;               /* the last frame was an end frame */
	uint64_t at;             /* offset of the frame that was read last */
	uint64_t next;           /* offset of the one that follows */
	struct buf body;
	uint32_t body_sum;       /* CRC of body */
};
void frame_reader_start(struct frame_reader *r, FILE *in);

/* The body of the next signature frame, checked, in r->body. STATUS_NO: the file ended as it should.
 * STATUS_INPUT: cut, damaged, of a newer version, or no signature file; e says where. */
int frame_next(struct frame_reader *r, struct error *e);

/* The same of a file in steps, of which other threads can take all but the first. The headers alone, from r->next on;
 * the file's position is not used. Bodies are not looked at, so that what is cut within one is not noticed here. */
struct frame_body {
	uint64_t at;             /* offset of its frame */
	size_t begin;            /* in the buffer */
	uint32_t size, sum;      /* sum: what its CRC must be */
};
int frame_pass(struct frame_reader *r, struct frame_body *out, struct error *e);
/* Bodies of frames that were passed one after the other become the buffer's content, as they are, and more that stands
 * between them. STATUS_SYSTEM: they cannot be read; what is cut is as long as it is. */
int frame_bodies(int fd, struct frame_body *b, size_t count, struct buf *to, struct error *e);
/* STATUS_INPUT: the body is damaged or cut. */
int frame_check(const struct frame_body *b, const struct buf *in, struct error *e);

void frame_reader_free(struct frame_reader *r);

#endif
