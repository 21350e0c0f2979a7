/* land_code.h - the search code of a land: where its fine striae rise and fall */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SIGN_LAND_CODE_H
#define SIGN_LAND_CODE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "prep/land.h"

/* One bit for so many samples of a signature. */
#define LAND_CODE_STEP 3
#define LAND_CODE_BITS (LAND_MOST / LAND_CODE_STEP)
#define LAND_CODE_WORDS ((LAND_CODE_BITS + 63) / 64)
/* Words of the longest, as it is filed. */
#define LAND_CODE_ROOM (1 + 2 * LAND_CODE_WORDS)

/* Bit i of the code is bit i % 64 of word i / 64. Owned by whoever has the words. */
struct land_code {
	int n, words;
	int ends;              /* LAND_LEFT_KNOWN, LAND_RIGHT_KNOWN */
	bool lit;              /* of a photograph */
	const uint64_t *bit;   /* words: 1 where the profile is above the waves around; 0 where `on` is 0 */
	const uint64_t *on;    /* words: 1 where it says something */
};

/* Fills filed, room for LAND_CODE_ROOM words, with the code of a land: one word that says the rest but
 * `words`, bit, on. *size is how many were needed. The same on every machine. STATUS_INPUT: too short. */
int land_code_make(const struct land *land, uint64_t *filed, size_t *size, struct error *e);

/* What land_code_make filed; false where `room` words cannot hold it. */
bool land_code_view(const uint64_t *filed, size_t room, struct land_code *out);

/* Filed words as bytes, as files hold them: eight a word, little-endian. */
void land_code_put(const uint64_t *filed, size_t size, unsigned char *bytes);

/* And back, from a file that nobody vouches for: false where the bytes are no code of a profile of so many samples.
 * Bits that mean nothing are taken as 0. Fills as land_code_make does. */
bool land_code_get(const unsigned char *bytes, size_t length, int samples, uint64_t *filed, size_t *size);

#endif
