/* form_words.h - the words of many languages for the codes of a form */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RECORD_FORM_WORDS_H
#define RECORD_FORM_WORDS_H

#include "record/lexicon.h"

/* The name of each line is the code. Each ends with a NULL name. */
extern const struct lexicon_line form_category_words[];
extern const struct lexicon_line form_type_words[];
extern const struct lexicon_line form_action_words[];
extern const struct lexicon_line form_ground_words[];
extern const struct lexicon_line form_class_words[];

/* Names of columns in files from elsewhere; the tag is an enum form_place. */
extern const struct lexicon_line form_column_words[];

#endif
