/* lexicon.c - names and the many ways in which they are spelt */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "record/lexicon.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/sum.h"
#include "record/fold.h"

/* Open addressing; keys lie one behind the other in `keys`. */
struct slot {
	const struct lexicon_line *line;  /* NULL: free */
	uint32_t key, length;
};

struct lexicon {
	lexicon_key *key;
	struct slot *slot;
	size_t slots;          /* a power of two, at most half full */
	struct buf keys;
};

void lexicon_plain_key(const char *text, char *out)
{
	fold_text(text, out, LEXICON_KEY, FOLD_KEY);
}

static struct slot *place(const struct lexicon *l, const char *key, size_t length)
{
	size_t at = (size_t)sum_fnv64(SUM_FNV64_START, key, length) & (l->slots - 1);

	while (l->slot[at].line && (l->slot[at].length != length ||
				    memcmp(l->keys.data + l->slot[at].key, key, length)))
		at = (at + 1) & (l->slots - 1);
	return &l->slot[at];
}

static int add(struct lexicon *l, const struct lexicon_line *line, const char *text, struct error *e)
{
	char key[LEXICON_KEY];
	struct slot *s;
	size_t length;

	l->key(text, key);
	length = strlen(key);
	if (!length)
		return STATUS_DONE;
	s = place(l, key, length);
	if (s->line)
		return STATUS_DONE;
	*s = (struct slot){ line, (uint32_t)l->keys.size, (uint32_t)length };
	return buf_add(&l->keys, key, length + 1, e);
}

static int add_spellings(struct lexicon *l, const struct lexicon_line *line, struct error *e)
{
	const char *p = line->spellings;

	while (p && *p) {
		char one[LEXICON_KEY];
		size_t n = strcspn(p, "|");

		if (n >= sizeof one)
			return error_set(e, STATUS_SYSTEM, "a spelling of %s is too long", line->name);
		memcpy(one, p, n);
		one[n] = 0;
		if (add(l, line, one, e))
			return STATUS_SYSTEM;
		p += n + (p[n] == '|');
	}
	return STATUS_DONE;
}

int lexicon_new(struct lexicon **lexicon, const struct lexicon_line *lines, lexicon_key *key,
		struct error *e)
{
	struct lexicon *l = mem_new(1, sizeof *l, e);
	size_t spellings = 0;

	*lexicon = NULL;
	if (!l)
		return STATUS_SYSTEM;
	l->key = key;
	for (const struct lexicon_line *line = lines; line->name; line++) {
		spellings += 2;
		for (const char *p = line->spellings; p && *p; p++)
			spellings += *p == '|';
	}
	for (l->slots = 16; l->slots < 2 * spellings; l->slots *= 2)
		;
	l->slot = mem_new(l->slots, sizeof *l->slot, e);
	if (!l->slot)
		goto failed;
	for (const struct lexicon_line *line = lines; line->name; line++)
		if (add(l, line, line->name, e))
			goto failed;
	for (const struct lexicon_line *line = lines; line->name; line++)
		if (add_spellings(l, line, e))
			goto failed;
	*lexicon = l;
	return STATUS_DONE;
failed:
	lexicon_free(l);
	return STATUS_SYSTEM;
}

void lexicon_free(struct lexicon *l)
{
	if (!l)
		return;
	free(l->slot);
	buf_free(&l->keys);
	free(l);
}

const struct lexicon_line *lexicon_find_key(const struct lexicon *l, const char *key)
{
	size_t length = strlen(key);

	return length ? place(l, key, length)->line : NULL;
}

const struct lexicon_line *lexicon_find(const struct lexicon *l, const char *text)
{
	char key[LEXICON_KEY];

	l->key(text, key);
	return lexicon_find_key(l, key);
}

const struct lexicon_line *lexicon_near(const struct lexicon *l, const char *text, size_t least)
{
	const struct lexicon_line *found = NULL;
	char key[LEXICON_KEY];
	size_t length;

	l->key(text, key);
	length = strlen(key);
	if (length < least)
		return NULL;
	for (size_t i = 0; i < l->slots; i++) {
		const struct slot *s = &l->slot[i];

		if (!s->line || s->length < least || s->line == found ||
		    !fold_one_edit(key, length, (const char *)l->keys.data + s->key, s->length))
			continue;
		if (found)
			return NULL;
		found = s->line;
	}
	return found;
}
