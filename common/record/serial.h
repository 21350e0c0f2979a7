/* serial.h - serial numbers: what is one, what only says that there is none, and how two compare */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RECORD_SERIAL_H
#define RECORD_SERIAL_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "record/lexicon.h"

enum serial_state {
	SERIAL_READABLE,
	SERIAL_PARTIAL,     /* some characters unknown: ? for one, * for any number */
	SERIAL_ILLEGIBLE,   /* there, but nobody could read it; the cause is not said */
	SERIAL_REMOVED, SERIAL_GROUND, SERIAL_PUNCHED, SERIAL_ALTERED, SERIAL_CORRODED,
	SERIAL_NONE,        /* none was made */
	SERIAL_UNKNOWN      /* not said */
};
#define SERIAL_STATES "readable|partial|illegible|removed|ground|punched|altered|corroded|none|unknown"

#define SERIAL_KEY 64   /* bytes of a key with its zero; what is longer is cut */

struct serial {
	enum serial_state state;
	bool wild;                 /* plain has ? or * */
	char plain[SERIAL_KEY];    /* capitals, no separators; "" where there is nothing to match on */
	char alike[SERIAL_KEY];    /* plain with look-alikes folded and leading zeros dropped */
	char sparse[SERIAL_KEY];   /* letters between digits dropped, then as alike */
};

/* The words that stand in columns of serial numbers, in many languages. */
int serial_lexicon(struct lexicon **words, struct error *e);

/* Fills the rest from plain, which is a key already. */
void serial_of_key(struct serial *s);

/* What was typed, understood. words NULL: no word is. A number behind a word for it ("S/N: 123") is
 * the number; a word for a state with a number ("ground, 12?") gives both. */
void serial_read(const struct lexicon *words, const char *typed, struct serial *out);

/* The usual cases need no words: nothing at all, or one run of letters and digits with a digit among
 * them. False: serial_read must look closer, and out is not filled. */
bool serial_plain(const char *typed, struct serial *out);

/* From strong to weak. */
enum serial_grade {
	SERIAL_SAME,         /* as typed */
	SERIAL_SEPARATORS,   /* but for blanks, punctuation, accents and case */
	SERIAL_ALIKE,        /* but for look-alikes (O0QD I1L S5 Z2 B8 G6) and leading zeros */
	SERIAL_LETTERS,      /* but for letters between digits, as NCIC compares */
	SERIAL_WILD,         /* fits the ? and * of either */
	SERIAL_WILD_ALIKE,   /* the same, with look-alikes */
	SERIAL_EDIT,         /* one character more, less, other, or two exchanged, look-alikes folded */
	SERIAL_DIFFERENT
};
#define SERIAL_GRADES "exact|separators|look-alikes|letters|wildcard|wildcard-alike|edit"

/* The strongest grade at which they agree. `asked` and `typed` are the raw texts of a and b. */
enum serial_grade serial_compare(const struct serial *a, const char *asked, const struct serial *b,
				 const char *typed);

/* True when the pattern (? *) fits all of text. Bytes. */
bool serial_fits(const char *pattern, const char *text, size_t length);

/* The look-alike class of a byte of a plain key; others are their own class. */
extern const unsigned char serial_class[256];
/* plain (which may have wildcards) to alike; zeros at the front are dropped unless keep_zeros. */
void serial_fold(const char *plain, char out[SERIAL_KEY], bool keep_zeros);

#endif
