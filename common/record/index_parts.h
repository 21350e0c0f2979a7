/* index_parts.h - what the files of the index share among themselves */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RECORD_INDEX_PARTS_H
#define RECORD_INDEX_PARTS_H

#include "record/index.h"
#include "record/store.h"

enum { INDEX_COVER, INDEX_HEADS, INDEX_OLDER, INDEX_KEYS, INDEX_ORIGINS, INDEX_SERIALS, INDEX_WILD };

struct index {
	struct store *store;
	bool empty;           /* nothing was ever put in; no transaction is open */
};

uint64_t index_key(const char *text);
int index_get_head(uint64_t id, const void *value, size_t size, struct index_head *h, struct error *e);

/* The next word with a digit in a list of parts; false at its end. */
bool index_component(const char **text, char *word, size_t room);

#endif
