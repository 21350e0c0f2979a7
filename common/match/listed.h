/* listed.h - lists of candidates: keeping the best of them */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MATCH_LISTED_H
#define MATCH_LISTED_H

#include "match/compare.h"
#include "match/stock.h"

/* What may become a candidate: there may be a million of them. */
struct listed {
	double searched;           /* how well the step that saw it last liked it */
	uint32_t entry;            /* number in the stock */
	uint8_t view;              /* enum view; lands are only among lands */
	struct search_found found; /* of reliefs of breech faces */
};

size_t listed_count(const struct listed *list, size_t count, enum view v);

/* How many of one view have at least this value. */
size_t listed_worth(const struct listed *list, size_t count, enum view v, double worth);

/* Of those of one view only the best `most` stay, and of equally good ones the first in the stock's order; all others
 * stay, too, and all in their order. */
int listed_keep(struct listed *list, size_t *count, enum view v, size_t most, const struct stock *stock,
		struct error *e);

/* The same of those that have at least the value `worth`, if they are at least `least` and at most `most`; else of the
 * best so many. least is at most `most`. */
int listed_keep_worth(struct listed *list, size_t *count, enum view v, double worth, size_t least, size_t most,
		      const struct stock *stock, struct error *e);

/* Only the best `most` stay, best first, ties by the stock's order. */
void listed_best(struct listed *list, size_t *count, size_t most, const struct stock *stock);

#endif
