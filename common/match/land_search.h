/* land_search.h - the first step for lands: how well the code of one can lie on another's, all lags */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MATCH_LAND_SEARCH_H
#define MATCH_LAND_SEARCH_H

#include "match/land_scan.h"

/* A probe made ready for searching; free with land_probe_free. Threads may use it at the same time. */
struct land_probe;
struct land_probe *land_probe_new(const struct land_code *code, struct error *e);
void land_probe_free(struct land_probe *p);

/* As land_compare would find strength^2 + 2 place (land.h) from the signs alone, of the best lag at which seven tenths
 * of the shorter one overlap. Cheap, to choose candidates by. -INFINITY: a photograph and a topography. */
struct land_searched {
	float straight, turned;   /* the candidate as it is, and turned round */
};
void land_search(const struct land_probe *probe, enum kernel kernel, const struct land_code *candidate,
		 struct land_searched *out);

/* The better of the two. */
static inline float land_searched_best(const struct land_searched *s)
{
	return s->straight > s->turned ? s->straight : s->turned;
}

#endif
