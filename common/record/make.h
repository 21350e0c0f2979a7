/* make.h - makers of firearms: one name for each of their many spellings */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RECORD_MAKE_H
#define RECORD_MAKE_H

#include "base/error.h"

/* A maker, as the table has it. */
struct make {
	const char *name;       /* capitals, short */
	const char *country;    /* alpha-3 of the usual place of manufacture; "" when there are several */
	const char *code;       /* NCIC codes of that maker, "GLC|GLD"; "" when not known */
	const char *spellings;  /* "S & W|SMITH AND WESSON" */
};
extern const struct make make_table[];   /* ends with a NULL name */

enum make_how {
	MAKE_NONE,       /* not in the table */
	MAKE_EMPTY,      /* nothing was typed, or a word for "unknown" */
	MAKE_SPELLING,   /* a name or spelling of the table, but for case, accents, punctuation, "Inc." */
	MAKE_LOOSE,      /* the same without words like "arms", "international", "industries" */
	MAKE_CODE,       /* an NCIC code */
	MAKE_FRONT,      /* the text begins with a name of the table: "GLOCK 19" */
	MAKE_NEAR        /* one letter off exactly one name of the table */
};

struct make_match {
	enum make_how how;
	const struct make *make;   /* NULL for MAKE_NONE and MAKE_EMPTY */
};

/* The table made ready for look-ups. Not changed by them: threads may share it. */
struct makes;
int makes_open(struct makes **makes, struct error *e);
void makes_close(struct makes *m);
void make_find(const struct makes *m, const char *typed, struct make_match *out);

#endif
