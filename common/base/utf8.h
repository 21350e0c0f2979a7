/* utf8.h - characters of UTF-8, whole or damaged */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BASE_UTF8_H
#define BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>

/* Bytes (1 to 4) of the character that begins at text, which ends with a zero; 0 when no whole
 * character begins there: the first byte is then damage of its own. */
size_t utf8_length(const char *text);

/* What a terminal would obey: C0, DEL, and C1 as UTF-8 writes it. text is at a character. */
bool utf8_control(const char *text);

#endif
