/* lexicon.h - names and the many ways in which they are spelt */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RECORD_LEXICON_H
#define RECORD_LEXICON_H

#include <stddef.h>

#include "base/error.h"

struct lexicon_line {
	const char *name;       /* the canonical name, which is a spelling too; NULL ends a table */
	const char *spellings;  /* "one|two|three"; may be NULL */
	int tag;                /* the table's own: a code, a place in another table */
};

/* Brings a text to the key under which it is kept. out has room for LEXICON_KEY bytes. */
#define LEXICON_KEY 160
typedef void lexicon_key(const char *text, char *out);
/* The key of most tables: fold_text with FOLD_KEY. */
void lexicon_plain_key(const char *text, char *out);

struct lexicon;

/* A hash table over lines, which must outlive it. A spelling that two lines claim belongs to the
 * first of them, a name before any spelling. Not changed by lookups: threads may share it. */
int lexicon_new(struct lexicon **lexicon, const struct lexicon_line *lines, lexicon_key *key,
		struct error *e);
void lexicon_free(struct lexicon *l);

/* The line with that key, or NULL. text is not a key yet. */
const struct lexicon_line *lexicon_find(const struct lexicon *l, const char *text);
/* The same for a text that is a key already. */
const struct lexicon_line *lexicon_find_key(const struct lexicon *l, const char *key);

/* The only line that has a spelling one edit away from text; keys shorter than `least` bytes are
 * never near anything. NULL for none and for several. */
const struct lexicon_line *lexicon_near(const struct lexicon *l, const char *text, size_t least);

#endif
