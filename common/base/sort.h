/* sort.h - many numbers in order, by their bytes */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BASE_SORT_H
#define BASE_SORT_H

#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

struct sort_item {
	uint64_t key, value;
};

/* By key; items with the same key stay in the order in which they came. Needs as much memory again. */
int sort_items(struct sort_item *item, size_t count, struct error *e);

#endif
