/* calibre.h - calibres: one name for each of their many spellings, given the type of firearm */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RECORD_CALIBRE_H
#define RECORD_CALIBRE_H

#include <stdbool.h>

#include "base/error.h"

/* A calibre, as the table has it. A bare one (".38", "7.62mm") is what people write who leave out
 * the rest: it names a family, and may be any calibre of it. */
struct calibre {
	const char *name;       /* ".380 ACP", "7.62x39mm", "12 gauge" */
	const char *family;     /* the name of the bare one; NULL where there is none */
	const char *spellings;  /* "380 AUTO|9mm Kurz" */
};
extern const struct calibre calibre_table[];     /* ends with a NULL name */
bool calibre_bare(const struct calibre *c);

/* Short spellings that mean different calibres in different firearms. */
struct calibre_short {
	const char *spelling;
	const char *types;      /* letters of CALIBRE_...: in which it means this */
	const char *name;
};
extern const struct calibre_short calibre_shorts[];

/* Calibres that the same firearm commonly takes, or that people do not tell apart: compatible, not
 * equal. Each line is one set: "one|two|three". */
extern const char *const calibre_sets[];

/* What the type says about the meaning of a short spelling. */
enum calibre_type {
	CALIBRE_ANY = '-',        /* not known */
	CALIBRE_PISTOL = 'P', CALIBRE_REVOLVER = 'V', CALIBRE_RIFLE = 'R', CALIBRE_SHOTGUN = 'S',
	CALIBRE_SMG = 'B', CALIBRE_MACHINE_GUN = 'M', CALIBRE_OTHER = 'Z'
};

enum calibre_how {
	CALIBRE_NONE,      /* not in the table */
	CALIBRE_EMPTY,     /* nothing was typed, or a word for "unknown" */
	CALIBRE_SPELLING,  /* a name or spelling of the table */
	CALIBRE_BY_TYPE,   /* a short spelling, understood by the type */
	CALIBRE_FRONT      /* the text begins with a spelling: "9mm Luger FMJ" */
};

struct calibre_match {
	enum calibre_how how;
	const struct calibre *calibre;   /* NULL for CALIBRE_NONE and CALIBRE_EMPTY */
};

/* The table made ready for look-ups. Not changed by them: threads may share it. */
struct calibres;
int calibres_open(struct calibres **calibres, struct error *e);
void calibres_close(struct calibres *c);
void calibre_find(const struct calibres *c, const char *typed, enum calibre_type type,
		  struct calibre_match *out);

enum calibre_relation { CALIBRE_EQUAL, CALIBRE_COMPATIBLE, CALIBRE_DIFFERENT };
/* Of two names of the table; names that are not in it are equal or different. */
enum calibre_relation calibre_compare(const struct calibres *c, const char *a, const char *b);

#endif
