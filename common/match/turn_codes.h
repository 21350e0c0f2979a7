/* turn_codes.h - a probe's codes at the turns and shifts of the search, made when they are asked for */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MATCH_TURN_CODES_H
#define MATCH_TURN_CODES_H

#include "match/near.h"
#include "match/scan.h"

/* Turns all round, each at every scale: 1 + (k - scales / 2) * scale_step, k from 0 to scales - 1. Number n is turn
 * n / scales at scale n % scales. Of one scale: what is drawn is the near's. The near must outlive it. */
struct turn_codes;
struct turn_codes *turn_codes_new(struct near *near, int turns, int scales, double scale_step, struct error *e);
void turn_codes_free(struct turn_codes *c);

/* Bits that the probe has as it lies. */
int turn_codes_count(const struct turn_codes *c);

/* For scan_codes; threads may share it. */
const struct scan_turn *turn_codes_get(struct turn_codes *c, enum kernel kernel, int number);

/* Shift s of that one, in thirds of the lattice's pitch. */
struct turn_shift {
	int right, down;
};
struct turn_shift turn_codes_shift(const struct turn_codes *c, int number, int s);

#endif
