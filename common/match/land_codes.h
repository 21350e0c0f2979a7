/* land_codes.h - the search codes of all lands of a stock */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MATCH_LAND_CODES_H
#define MATCH_LAND_CODES_H

#include "match/stock.h"

/* Those behind an index are used as they lie there, those in memory made when they are first asked for. */
struct land_codes;

/* The stock must outlive it. */
struct land_codes *land_codes_new(const struct stock *s, struct error *e);
void land_codes_free(struct land_codes *c);

/* That of signature n, which must be a striated mark; threads may ask for different ones at the same time. STATUS_NO:
 * none can be made, since it makes no sense. */
int land_codes_get(struct land_codes *c, size_t n, struct land_code *out, struct error *e);

#endif
