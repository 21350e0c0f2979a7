/* form_parts.h - what form_clean.c and form_open.c share */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RECORD_FORM_PARTS_H
#define RECORD_FORM_PARTS_H

#include "record/form.h"
#include "record/lexicon.h"

/* Words of a field of codes, in many languages. NULL: no memory. */
enum form_word_table { WORDS_CATEGORY, WORDS_TYPE, WORDS_ACTION, WORDS_GROUND, WORDS_CLASS, WORDS };
const struct lexicon *form_words(struct form *f, enum form_word_table which);
/* Names of countries; a tag is a place in country_all. NULL: no memory. */
const struct lexicon *form_countries(struct form *f);

#endif
