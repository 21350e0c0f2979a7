/* gallery.h - signatures read from files, kept packed, found by what is said of them */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MATCH_GALLERY_H
#define MATCH_GALLERY_H

#include <stdio.h>

#include "base/buf.h"
#include "base/error.h"
#include "sign/signature.h"

/* One signature: what is said of it and its codes at hand, the rest packed. */
struct gallery_entry {
	struct signature head;   /* without grids; head.layer tells only which layers there are */
	struct buf body;
};

struct gallery {
	struct gallery_entry *entry;
	size_t count, room;
};

/* key=value, as `--where` has it; value may hold the wildcards of fnmatch(3). */
struct gallery_where {
	enum meta key;
	const char *pattern;
};
int gallery_where_parse(const char *text, struct gallery_where *out, struct error *e);

/* Adds all signatures of a file that the conditions allow. Returns at the first damage: what came
 * before it stays added. */
int gallery_read(struct gallery *g, FILE *in, const struct gallery_where *where, size_t conditions,
		 struct error *e);

/* The same for what follows in a file that was read as far as `from`. */
int gallery_read_from(struct gallery *g, FILE *in, uint64_t from, const struct gallery_where *where,
		      size_t conditions, struct error *e);

/* Moves all of from into g; from is empty afterwards, also when there was no memory. */
int gallery_take(struct gallery *g, struct gallery *from, struct error *e);

/* By id, then by mark, then by content: below, at or above 0. */
int gallery_order(const struct gallery_entry *a, const struct gallery_entry *b);

/* In that order: the order then does not depend on the order of files. */
void gallery_sort(struct gallery *g);

/* The first entry with this id and mark (-1: any) in a sorted gallery, NULL when there is none; *others is how
 * many more there are with other content, of which it cannot be told which is meant. */
const struct gallery_entry *gallery_find(const struct gallery *g, const char *id, int mark, size_t *others);

/* The same id and the same content. */
int gallery_same(const struct gallery_entry *a, const struct gallery_entry *b);

void gallery_free(struct gallery *g);
void gallery_entry_free(struct gallery_entry *entry);

#endif
