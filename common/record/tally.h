/* tally.h - which words were understood as what, and how often */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RECORD_TALLY_H
#define RECORD_TALLY_H

#include <stdint.h>

#include "base/error.h"
#include "base/pool.h"
#include "record/form.h"

/* Starts as all zero. Holds at most TALLY_MAX different mappings; what comes after is only counted. */
#define TALLY_MAX 50000
struct tally_line {
	enum form_place place;
	const char *typed, *meant, *how;   /* how must outlive the tally */
	uint64_t count;
	uint64_t hash;
};
struct tally {
	struct tally_line *line;
	size_t lines, room;
	uint32_t *slot;          /* hash table of places in line, from 1; 0: free */
	size_t slots;
	uint64_t beyond;
	struct pool pool;
};

int tally_add(struct tally *t, enum form_place place, const char *typed, const char *meant, const char *how,
	      uint64_t count, struct error *e);
/* All of b into a. */
int tally_merge(struct tally *a, const struct tally *b, struct error *e);
/* By field, then the most frequent first. */
void tally_sort(struct tally *t);
void tally_free(struct tally *t);

#endif
