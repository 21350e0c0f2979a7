/* set.h - a set of numbers, with a count for each */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BASE_SET_H
#define BASE_SET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

/* Starts as all zero. The numbers should be well mixed (hashes, random ones); 0 may be one of them. */
struct set_slot {
	uint64_t number;
	uint32_t count;    /* 0: free */
};
struct set {
	struct set_slot *slot;
	size_t slots, used;
};

/* How often the number was added. */
uint32_t set_count(const struct set *s, uint64_t number);
/* Adds it once more. */
int set_add(struct set *s, uint64_t number, struct error *e);
void set_clear(struct set *s);   /* keeps the memory */
void set_free(struct set *s);

#endif
