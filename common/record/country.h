/* country.h - countries: ISO 3166-1 alpha-3, those that are no more, and a few others */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RECORD_COUNTRY_H
#define RECORD_COUNTRY_H

#include <stdbool.h>

#include "base/error.h"
#include "record/lexicon.h"

#define COUNTRY_SECRETARIAT "XPO"   /* the General Secretariat, as on its travel documents */

struct country {
	char code[4];          /* alpha-3 */
	char two[3];           /* alpha-2, or "" */
	bool past;             /* exists no more: fit for made_in, not for an owner */
	const char *name;      /* English, short */
	const char *others;    /* "Deutschland|Allemagne|..."; may be NULL */
};

/* By its alpha-3 code in capitals, exactly; NULL: there is none. XPO is none. */
const struct country *country_of(const char *code);

/* All of them in the order of their codes; the last has an empty code. */
const struct country *country_all(void);

/* By code of three or two letters or by name, in the languages that the table has, for input from
 * elsewhere. The lexicon's tag is a place in country_all(). */
int country_lexicon(struct lexicon **lexicon, struct lexicon_line **lines, struct error *e);

/* A list of codes separated by blanks, commas or semicolons: each known, in capitals. */
int country_list_check(const char *list, struct error *e);
bool country_list_has(const char *list, const char *code);

#endif
