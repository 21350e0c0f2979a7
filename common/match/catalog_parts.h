/* catalog_parts.h - what the files of the index share: how it lies on the disk */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MATCH_CATALOG_PARTS_H
#define MATCH_CATALOG_PARTS_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/stat.h>

#include "base/error.h"
#include "sign/signature.h"

/* Pieces follow one another; each is a header and seven sections, all at multiples of CATALOG_ALIGN: records,
 * codes of either layer, texts, codes of lands, rings of the reliefs, fine codes of them. ibin-index(5) says it byte
 * by byte. */
#define CATALOG_ALIGN 64
#define CATALOG_VERSION 4
#define CATALOG_HEADER 256
#define CATALOG_RECORD 48
#define CATALOG_NO_CODE UINT32_MAX
/* A piece has at most so many signatures. */
#define CATALOG_PIECE 65536
/* A fine code, and its sum, which stands behind all codes of the section. */
#define CATALOG_FINE_SIZE (sizeof(struct fine_code) + 8)
/* With more pieces than this that are not full, the index is made anew. */
#define CATALOG_SMALL_MOST 64

enum catalog_section { CATALOG_RECORDS, CATALOG_RELIEF, CATALOG_LOOK, CATALOG_TEXTS, CATALOG_LANDS,
		       CATALOG_RINGS, CATALOG_FINE, CATALOG_SECTIONS };

struct catalog_piece {
	uint64_t first;               /* number of its first signature; not in the file */
	uint32_t count;
	uint64_t from, to;            /* bytes of the gallery that it stands for */
	bool ended;                   /* an end frame stands before `to` */
	uint64_t gallery_size;        /* when it was made */
	int64_t gallery_s, gallery_ns;   /* time of the last change */
	uint64_t at[CATALOG_SECTIONS], size[CATALOG_SECTIONS], sum[CATALOG_SECTIONS];   /* at: from the header on */
	uint64_t whole;               /* bytes, header included */
	uint32_t frames;              /* CRC over the bodies' CRCs from the gallery's begin to `to` */
};

int catalog_damaged(struct error *e);   /* STATUS_INPUT */

void catalog_put_header(const struct catalog_piece *p, unsigned char h[CATALOG_HEADER]);
/* STATUS_INPUT: damaged or of another version. */
int catalog_get_header(const unsigned char h[CATALOG_HEADER], uint64_t room, struct catalog_piece *p, struct error *e);

struct catalog_record {
	uint64_t at, text_at;         /* text_at: in its piece's texts */
	uint32_t size, sum, text_size, width;
	uint32_t code[LAYERS];        /* which of its piece's codes */
	uint32_t own;                 /* of a profile: where in its piece's codes of lands, in words of 64 bits;
	                               * of an impression: which of its piece's fine codes */
	uint8_t mark, layers;
};
void catalog_put_record(const struct catalog_record *r, unsigned char b[CATALOG_RECORD]);
void catalog_get_record(const unsigned char b[CATALOG_RECORD], struct catalog_record *r);

/* For who extends an index. */
struct catalog;
struct catalog_summary {
	uint64_t count, bytes;        /* signatures; of the file, up to the end of the last piece */
	int small;                    /* pieces that are not full */
	struct catalog_piece last;
};
void catalog_summary(const struct catalog *x, struct catalog_summary *out);

static inline uint64_t catalog_round(uint64_t n)
{
	return (n + CATALOG_ALIGN - 1) & ~(uint64_t)(CATALOG_ALIGN - 1);
}

#endif
