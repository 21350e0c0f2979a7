/* fold.h - text brought to one spelling: no case, no accents, no punctuation */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RECORD_FOLD_H
#define RECORD_FOLD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The character at s, which ends with a zero; returns its bytes, 0 when it is not UTF-8. */
size_t fold_decode(const char *s, uint32_t *character);
size_t fold_encode(uint32_t character, char out[4]);
bool fold_utf8(const char *s);

enum fold_how {
	FOLD_WORDS,   /* single blanks between words */
	FOLD_KEY      /* no blanks at all */
};

/* Capital ASCII letters and digits, where a Latin letter has its base letter (é E, ß SS, Ø O) and
 * other digits and full-width forms their ASCII ones; Greek and Cyrillic are capital and stay;
 * other letters stay. Punctuation and blanks separate words; an apostrophe, and a dot behind a single
 * letter, vanish ("S.A." is SA, "INT'L" is INTL). Always ends with a zero; what does not fit in
 * room is cut at a whole character. Returns its length. */
size_t fold_text(const char *text, char *out, size_t room, enum fold_how how);

/* True when one insertion, deletion, replacement or exchange of neighbours makes b of a; false
 * when they are equal. Bytes. */
bool fold_one_edit(const char *a, size_t a_length, const char *b, size_t b_length);

#endif
