/* id.h - names of records: short, unique, fit for a telephone, with a check character */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RECORD_ID_H
#define RECORD_ID_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"

/* "FRA26-EPH8-0V40": country of the owner and year of entry, seven characters drawn at random, and
 * a check character (ISO 7064, MOD 37,36, over the twelve before it). The random part and the check
 * use 26 characters of which no two look alike: of O 0 Q D only 0, of I 1 L only 1, of S 5, Z 2, B 8,
 * G 6 the digit, of U V only V. Numbers are drawn, not counted: two machines that do not know
 * each other hardly ever give the same one, and a gap does not tell that something is hidden. */
#define ID_TEXT 16              /* bytes, with the zero */
#define ID_NUMBERS UINT64_C(8031810176)   /* 26^7 */

/* The name with that number (below ID_NUMBERS). False when its check would be no character of the
 * 26: take another number. */
bool id_make(const char *country, int year, uint64_t number, char out[ID_TEXT]);

/* What somebody typed or heard: blanks, hyphens and case do not matter, look-alikes are understood.
 * STATUS_INPUT: it is none, or its check character does not fit ("one of the characters is wrong"). */
int id_read(const char *typed, char out[ID_TEXT], struct error *e);

/* True for a name exactly as id_make writes it. */
bool id_valid(const char *text);

/* A valid name as a number: sorts by country, year, number. Never 0. */
uint64_t id_pack(const char *valid);
void id_unpack(uint64_t packed, char out[ID_TEXT]);

/* Well-mixed bits of a number, for drawing. */
uint64_t id_mix(uint64_t x);

#endif
