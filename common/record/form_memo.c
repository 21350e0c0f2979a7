/* form_memo.c - words that were understood a moment ago */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "record/form_memo.h"

#include <string.h>

#include "base/sum.h"

#define KEPT_MAX 20000         /* words until the memory is given back */

bool form_memo_find(const struct form_memo *m, unsigned kind, const char *typed, uint64_t *hash,
		    const char **meant, const char **how)
{
	const struct form_memo_slot *slot;

	*hash = sum_fnv64(SUM_FNV64_START + kind, typed, strlen(typed)) | 1;
	slot = &m->slot[*hash >> 32 & (FORM_MEMO_SLOTS - 1)];
	if (slot->hash != *hash || strcmp(slot->typed, typed) != 0)
		return false;
	*meant = slot->meant;
	*how = slot->how;
	return true;
}

void form_memo_keep(struct form_memo *m, uint64_t hash, const char *typed, const char *meant, const char *how)
{
	struct form_memo_slot *slot = &m->slot[hash >> 32 & (FORM_MEMO_SLOTS - 1)];
	char *copy;

	if (m->kept++ > KEPT_MAX)
		form_memo_free(m);
	copy = pool_text(&m->pool, typed, strlen(typed), NULL);
	if (copy)
		*slot = (struct form_memo_slot){ hash, copy, meant, how };
}

void form_memo_free(struct form_memo *m)
{
	pool_free(&m->pool);
	memset(m, 0, sizeof *m);
}
