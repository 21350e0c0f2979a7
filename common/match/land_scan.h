/* land_scan.h - the code of a land against another's at many lags, as fast as the processor counts bits */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MATCH_LAND_SCAN_H
#define MATCH_LAND_SCAN_H

#include "match/scan.h"
#include "sign/land_code.h"

/* Lags come in groups of eight, so that a vector holds one word of each. */
#define LAND_SCAN_GROUP 8
/* Lags of two lands, each of the most bits, that overlap by half; both ends rounded to whole groups. */
#define LAND_SCAN_LAGS_MOST (2 * LAND_CODE_BITS + 2 * LAND_SCAN_GROUP)

/* A probe at 64 lags: its bits from 64 u + r on (before its first and behind its last: 0) are word r of row u + 1, u
 * from -1 to words - 1. */
struct land_rows {
	int words;
	const uint64_t *bit, *on;   /* (words + 1) * 64 each, at lines of the cache */
};

/* For each of groups * 8 lags from first_group * 8 on: how many bits that both have agree, less those that differ.
 * At a lag the candidate's bit j meets the probe's bit j + lag. Does not depend on the kernel. */
void land_scan(enum kernel k, const struct land_rows *probe, const struct land_code *c, int first_group,
	       int groups, int16_t *agree);

#endif
