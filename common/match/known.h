/* known.h - which signatures were there before: a list of what tells each from all others */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MATCH_KNOWN_H
#define MATCH_KNOWN_H

#include <stdbool.h>

#include "match/stock.h"

/* A signature is known by 64 bits of its id, kind and content (CRC and size of its body), wherever it stands.
 * The file is text: a first line with their number, then sixteen hexadecimal digits a line, rising; an empty
 * file knows nothing. */
struct known {
	uint64_t *key;       /* rising */
	size_t count;
};

/* STATUS_INPUT: no such file, or not such a list. */
int known_read(const char *path, struct known *out, struct error *e);
void known_free(struct known *k);
bool known_has(const struct known *k, uint64_t key);

/* Of signature n of a stock. */
uint64_t known_key(const struct stock *s, size_t n);

/* All of a stock that is not hidden, as a file that takes the name when it is whole. */
int known_write(const char *path, const struct stock *s, struct error *e);

#endif
