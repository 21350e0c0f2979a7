/* narrow.h - the search: of all candidates of a probe those that are worth comparing in full */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MATCH_NARROW_H
#define MATCH_NARROW_H

#include "match/listed.h"

/* Of reliefs of breech faces, each step but the last keeps what is worth it: the rings, the codes at the turns that the
 * rings say, and the codes closer, those that have at least this value, but no more than a share of all, and no fewer
 * than so many. Mates of which much is in common are far above these values and few others reach them; where the
 * probe shows little, mates come near them, and so do most others: so much is looked at only for such probes.
 * The last looks at fine codes. What is lost: ibin-scale(7). Others, as photographs, have one step, by their codes. */
#define NARROW_RINGS_WORTH 3500
#define NARROW_RINGS 0.8
#define NARROW_RINGS_LEAST 10000
#define NARROW_CODES_WORTH 6.5
#define NARROW_CODES 0.3
#define NARROW_CODES_LEAST 10000
#define NARROW_CLOSER_WORTH 6.75
#define NARROW_CLOSER 0.1
#define NARROW_CLOSER_LEAST 4000

/* What is needed for a stock (with lands or without): kernels, and the codes of what is in memory. The stock must
 * outlive it and stay as it is; what is searched of its indexes must be checked (catalog_need_codes and so on).
 * threads: as batch_run. */
struct narrow;
struct narrow *narrow_new(const struct stock *stock, int threads, bool lands, struct error *e);
void narrow_free(struct narrow *n);

/* The steps, in this order, between begin and end. `list` is what is left: each step fills in its values and drops what
 * the next is not to see, but leaves `most`. Lands have one step, and need neither begin nor end. */
int narrow_begin(struct narrow *n, const struct signature *probe, const struct listed *list, size_t count, size_t most,
		 struct error *e);
enum narrow_step { NARROW_BY_RINGS, NARROW_BY_CODES, NARROW_BY_CLOSER, NARROW_BY_FINE, NARROW_STEPS };
int narrow_step(struct narrow *n, enum narrow_step step, struct listed *list, size_t *count, struct error *e);
void narrow_end(struct narrow *n);

int narrow_lands(struct narrow *n, const struct signature *probe, struct listed *list, size_t count, struct error *e);

/* All steps: leaves the best `most` of the list, best first, ties by the stock's order. Where candidates are seen in
 * several ways (enum view), of each as many in a hundred. */
int narrow_list(struct narrow *n, const struct signature *probe, struct listed *list, size_t *count, size_t most,
		struct error *e);

#endif
