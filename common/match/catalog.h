/* catalog.h - the index beside a gallery: what a search needs of each signature, mapped (ibin-index(5)) */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MATCH_CATALOG_H
#define MATCH_CATALOG_H

#include <stdbool.h>
#include <stdint.h>

#include "match/gallery.h"
#include "match/rings.h"
#include "sign/land_code.h"

#define CATALOG_SUFFIX ".idx"

/* One signature. */
struct catalog_item {
	uint64_t at;              /* its frame's offset in the gallery */
	uint32_t size, sum;       /* of the body: bytes, CRC */
	enum mark mark;
	unsigned layers;          /* bit n: layer n is there */
	int width;                /* points in a row */
};

/* An open index, and its gallery. Freed by catalog_close. One that was opened never changes; threads may read it. */
struct catalog;

/* Opens the index beside a gallery, if there is one that fits. STATUS_NO: there is none. STATUS_INPUT: there is
 * one, but it is damaged, or not of this gallery, or the gallery has changed under it; the error says so (without
 * the name). It fits when the gallery has not changed since, by size and time of change; else when every frame
 * that the index has stands in the gallery where it says, by its header. */
int catalog_open(const char *gallery, struct catalog **out, struct error *e);
void catalog_close(struct catalog *x);

/* Bytes of the gallery that the index knows; what was added since begins there. */
uint64_t catalog_covers(const struct catalog *x);
/* All of the gallery that there was at opening. */
uint64_t catalog_gallery_size(const struct catalog *x);
size_t catalog_count(const struct catalog *x);
void catalog_item(const struct catalog *x, size_t i, struct catalog_item *out);

/* Checks a part of the index against its sums, once; STATUS_INPUT: damaged. To be called, by one thread, before
 * catalog_code of that layer, catalog_land, or catalog_text, catalog_id and catalog_allowed, are. */
int catalog_need_codes(struct catalog *x, enum layer layer, struct error *e);
int catalog_need_lands(struct catalog *x, struct error *e);
int catalog_need_texts(struct catalog *x, struct error *e);

/* What was looked at so far may leave this process's memory; it comes back when it is looked at again. */
void catalog_rest(const struct catalog *x);

/* NULL where the layer is not there. */
const struct code *catalog_code(const struct catalog *x, size_t i, enum layer layer);

/* The rings of the relief, checked with its code; NULL where the layer is not there. */
const struct rings *catalog_rings(const struct catalog *x, size_t i);

/* The fine code of the relief, which no catalog_need_... checks: NULL where there is none, and where it is damaged. */
const struct fine_code *catalog_fine(const struct catalog *x, size_t i);

/* The code of a striated mark; false where none could be made. */
bool catalog_land(const struct catalog *x, size_t i, struct land_code *out);

/* A text, not ended by a zero; *size is its length: 0 where it is not said. */
const char *catalog_text(const struct catalog *x, size_t i, enum meta key, size_t *size);
const char *catalog_id(const struct catalog *x, size_t i, size_t *size);

/* Do all conditions hold? */
bool catalog_allowed(const struct catalog *x, size_t i, const struct gallery_where *where, size_t conditions);

/* Reads a signature from the gallery, as gallery_read would have. STATUS_INPUT: the gallery was changed since it was
 * opened. The entry is freed by gallery_entry_free. May be called by threads. */
int catalog_load(const struct catalog *x, size_t i, struct gallery_entry *out, struct error *e);

/* Adds to g what the gallery has beyond catalog_covers. */
int catalog_read_rest(const struct catalog *x, struct gallery *g, const struct gallery_where *where, size_t conditions,
		    struct error *e);

/* Makes the index of a gallery, or brings it up to date: what was added to the gallery is added to it; where it
 * does not fit, or is in too many pieces, it is made anew. At no time is there one that does not fit, and a search that
 * is under way keeps what it has. STATUS_INPUT: the gallery is damaged, changes while it is read, or holds
 * signatures that check (as ready_check; by many threads at once) refuses; there is then no new index. Another who
 * makes it is waited for. */
struct catalog_made {
	uint64_t added, signatures;   /* so many were added; there are so many now */
	bool anew;
};
int catalog_make(const char *gallery, int (*check)(const struct signature *head, struct error *e), int threads,
	       struct catalog_made *made, struct error *e);

#endif
