/* narrow.h - the search: of all candidates of a probe those that are worth comparing in full */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MATCH_NARROW_H
#define MATCH_NARROW_H

#include "match/compare.h"
#include "match/stock.h"

/* What may become a candidate: there may be a million of them. */
struct listed {
	double searched;         /* how well the codes agree (search_codes) */
	uint32_t entry;          /* number in the stock */
	uint16_t rough;          /* how well the rings do (rings_scan) */
	uint8_t view;            /* enum view; lands are only among lands */
};

/* Of the breech faces' reliefs, when they are more than NARROW_LEAST, the first step keeps this share, but
 * no fewer than that (what it loses: ibin-scale(7)). */
#define NARROW_LEAST 10000
#define NARROW_SHARE 0.25

/* What is needed for a stock (with lands or without): kernels, and the rings of what is in memory. The stock
 * must outlive it and stay as it is; what is searched of its indexes must be checked (catalog_need_codes and
 * so on). threads: as batch_run. */
struct narrow;
struct narrow *narrow_new(const struct stock *stock, int threads, bool lands, struct error *e);
void narrow_free(struct narrow *n);

/* The steps, for measuring. Each fills in its values; narrow_rings keeps those of `list` that the next step
 * is to see, in their order, and tells how many. Lands have one step of their own. */
int narrow_rings(struct narrow *n, const struct signature *probe, struct listed *list, size_t *count, struct error *e);
int narrow_codes(struct narrow *n, const struct signature *probe, struct listed *list, size_t count, struct error *e);

int narrow_lands(struct narrow *n, const struct signature *probe, struct listed *list, size_t count, struct error *e);

/* All steps: leaves the best `most` of the list, best first, ties by the stock's order. */
int narrow_list(struct narrow *n, const struct signature *probe, struct listed *list, size_t *count, size_t most,
		struct error *e);

#endif
