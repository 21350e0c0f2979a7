/* catalog_chunk.h - some signatures of a gallery, read at once and taken apart for its index */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MATCH_CATALOG_CHUNK_H
#define MATCH_CATALOG_CHUNK_H

#include <pthread.h>

#include "base/buf.h"
#include "match/catalog_parts.h"
#include "match/rings.h"
#include "sign/frame.h"

/* A chunk has at most so many, and ends behind the first that makes it longer than so many bytes. */
#define CATALOG_CHUNK 512
#define CATALOG_CHUNK_BYTES (256u << 10)

/* What chunks share: what rings are made with, each when it is first wanted, and room for bodies, which a chunk needs
 * only while it is taken apart. lock is initialized, the rest starts as zero. */
struct catalog_shared {
	pthread_mutex_t lock;
	struct rings_basis *basis[MARKS];
	struct catalog_room *room;    /* nobody is using it */
};
void catalog_shared_free(struct catalog_shared *s);

/* Starts as all zero, and can be filled again and again. */
struct catalog_chunk {
	int gallery;                  /* descriptor */
	struct frame_body frame[CATALOG_CHUNK];
	size_t count;
	int status;                   /* STATUS_DONE, STATUS_NO behind the gallery's last, or what is wrong: */
	struct error error;
	/* of each, places counted from the begin of the chunk's own sections */
	struct catalog_record record[CATALOG_CHUNK];
	struct buf section[CATALOG_SECTIONS];   /* records are left empty, and sums of fine codes out */
	struct buf fine_sums;         /* of each fine code, a word */
	struct catalog_chunk *next;   /* for who keeps them */
};

/* Finds up to `most` frames. */
void catalog_chunk_find(struct catalog_chunk *c, struct frame_reader *r, size_t most);

/* Reads, checks and takes apart what was found. Where one of them is damaged, or refused by check, status and error say
 * so whatever came behind it. Threads may do different ones at the same time. */
void catalog_chunk_take_apart(struct catalog_chunk *c, int (*check)(const struct signature *head, struct error *e),
			      struct catalog_shared *shared);

void catalog_chunk_free(struct catalog_chunk *c);

#endif
