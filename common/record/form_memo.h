/* form_memo.h - words that were understood a moment ago */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RECORD_FORM_MEMO_H
#define RECORD_FORM_MEMO_H

#include <stdbool.h>
#include <stdint.h>

#include "base/pool.h"

/* The same few words stand in thousands of rows, one below the other. Each thread has its own memo. A
 * word takes the place of another with the same place in the table: it is never full. Starts as all
 * zero. */
#define FORM_MEMO_SLOTS 512
struct form_memo {
	struct form_memo_slot {
		uint64_t hash;        /* 0: free */
		const char *typed, *meant, *how;
	} slot[FORM_MEMO_SLOTS];
	struct pool pool;
	unsigned kept;
};

/* Looks a word up: kind is the field, and all else that its meaning hangs on. *hash is for keeping it. */
bool form_memo_find(const struct form_memo *m, unsigned kind, const char *typed, uint64_t *hash,
		    const char **meant, const char **how);
/* meant and how must outlive the memo. Where there is no memory the word is not kept. */
void form_memo_keep(struct form_memo *m, uint64_t hash, const char *typed, const char *meant, const char *how);
void form_memo_free(struct form_memo *m);

#endif
