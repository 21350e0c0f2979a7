/* bullet_search.h - the first step for bullets: what the codes of all their lands say together */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MATCH_BULLET_SEARCH_H
#define MATCH_BULLET_SEARCH_H

#include "match/exhibit.h"
#include "match/land_codes.h"

/* For each exhibit of the gallery from `first` on, what bullet_compare would find for odds of it and exhibit i of the
 * probes, from the codes of its lands alone: -INFINITY where there is nothing to compare, BULLET_OTHER_CLASS where no
 * barrel fired both. threads 0: one a processor. */
#define BULLET_OTHER_CLASS (-1e9)
int bullet_search(const struct exhibits *gallery, struct land_codes *codes, const struct exhibits *probes, size_t i,
		  size_t first, int threads, double *odds, struct error *e);

#endif
