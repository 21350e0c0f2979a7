/* scan.h - many codes against one turn of a probe at all shifts, as fast as the processor counts bits */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MATCH_SCAN_H
#define MATCH_SCAN_H

#include "match/kernel.h"
#include "match/laid.h"
#include "sign/code.h"

/* Shifts of one turn come in groups of eight, so that a vector holds one word of each. */
#define SCAN_GROUP 8
#define SCAN_GROUPS_MOST 8

/* One turn of the probe. Bits of places where the probe is missing hold noise. */
struct scan_turn {
	const uint64_t *on;    /* CODE_WORDS: where the probe is, unshifted */
	const uint64_t *bit;   /* CODE_WORDS times `groups * SCAN_GROUP`: word w of shift s at w * groups * 8 + s */
	int groups;            /* 1 to SCAN_GROUPS_MOST */
};

struct scan_found {
	int common;            /* bits that both have, unshifted */
	int differ;            /* of those, how many differ at the best shift */
	int shift;             /* which that is; the first of several */
};

/* out[i] is what was found for *code[i]. */
void scan_codes(enum kernel k, const struct scan_turn *turn, const struct code *const *code, int n,
		struct scan_found *out);

/* Bits that both have, and how many of those differ. */
void scan_pair(enum kernel k, const struct code *a, const struct code *b, int *common, int *differ);
/* The same of a map's rows in some place and a code spread by rows. */
void scan_rows(enum kernel k, const struct laid_place *a, const struct laid_rows *b, int *common, int *differ);

#endif
