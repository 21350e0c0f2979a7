/* form.h - the fields of a firearm record: their codes, their rules, the moves between states */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RECORD_FORM_H
#define RECORD_FORM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/error.h"
#include "base/pool.h"
#include "record/calibre.h"
#include "record/form_memo.h"
#include "record/serial.h"

/* The columns of the log, in its order. */
enum form_place {
	FORM_ID, FORM_OWNER, FORM_AGENCY, FORM_CASE, FORM_CATEGORY, FORM_EVENT_DATE, FORM_EVENT_PLACE,
	FORM_TYPE, FORM_ACTION, FORM_MAKE, FORM_MODEL, FORM_CALIBRE, FORM_SERIAL, FORM_SERIAL_STATE,
	FORM_MADE_IN, FORM_MADE_YEAR, FORM_IMPORT_COUNTRY, FORM_IMPORT_YEAR, FORM_MARKS,
	FORM_COMPONENTS, FORM_GROUND, FORM_CLASS, FORM_EXCLUDE, FORM_ONLY, FORM_PURPOSE, FORM_REVIEW,
	FORM_STATUS, FORM_REMARKS,
	FORM_MAKE_NAME, FORM_CALIBRE_NAME, FORM_SERIAL_KEY,
	FORM_FOUND_COUNTRY, FORM_FOUND_AGENCY, FORM_FOUND_DATE, FORM_FOUND_PLACE, FORM_REASON,
	FORM_ORIGIN, FORM_EVENT, FORM_REVISION, FORM_AT, FORM_BY,
	FORM_FIELDS
};

enum form_kind { FORM_TEXT, FORM_CODE, FORM_DATE, FORM_YEAR, FORM_COUNTRY, FORM_COUNTRIES, FORM_KEPT };

struct form_field {
	const char *name;
	enum form_kind kind;
	const char *codes;     /* FORM_CODE: "one|two" */
	unsigned short most;   /* bytes */
	bool typed;            /* by people: kept as it is, to the byte */
	bool set;              /* people may give it (with add, update, import) */
	bool firearm;          /* says which firearm it is */
};
extern const struct form_field form_fields[FORM_FIELDS];

/* FORM_FIELDS when there is none of that name. */
enum form_place form_find(const char *name);

/* Every field points to a text, "" where there is none; who fills it says where they live. */
struct record {
	const char *field[FORM_FIELDS];
};
void record_clear(struct record *r);

#define FORM_CATEGORIES "lost|stolen|trafficked|smuggled"
#define FORM_TYPES "pistol|revolver|rifle|shotgun|submachine-gun|machine-gun|combination|disguised|" \
	"grenade-launcher|cannon|mortar|missile|rocket|silencer|other"
#define FORM_ACTIONS "automatic|semi-automatic|bolt|lever|pump|revolver|single-shot|break|side-by-side|" \
	"over-under|three-barrels|four-barrels|carbine|derringer|flintlock|percussion|gas-air|blank|" \
	"flare|tear-gas|launcher|recoilless|jet|other"
#define FORM_GROUNDS "national-law|embargo|unmarked|unlicensed-manufacture|unauthorised-transfer"
#define FORM_CLASSES "official|restricted|confidential"
#define FORM_STATES "draft|active|located|recovered|closed|cancelled|expired|deleted"

/* What made a revision. */
#define FORM_EVENTS "add|import|update|locate|reject|recover|cancel|close|restrict|review|expire|delete"

enum form_state { STATE_DRAFT, STATE_ACTIVE, STATE_LOCATED, STATE_RECOVERED, STATE_CLOSED,
		  STATE_CANCELLED, STATE_EXPIRED, STATE_DELETED };
/* -1 when it is none. */
int form_state(const char *word);
/* May a record go from one state to the other? A state may stay, but deleted is the end. */
bool form_move(enum form_state from, enum form_state to);

/* Takes away what a tombstone does not say. */
void record_bare(struct record *r);

/* What a line of the log says that cannot be; NULL: nothing. */
const char *record_wrong(const struct record *r);

/* The place of a word among "one|two"; -1. */
int form_code(const char *codes, const char *word);

/* The NCIC letter of a word of FORM_TYPES, '?' for none; and what it means for calibres. */
char form_type_letter(const char *type);
enum calibre_type form_calibre_type(const struct record *r);

/* The tables of words, makes and calibres. FORM_LAZY: each is made ready when it is first needed, which
 * is fast where few are; FORM_ALL: at once, and then threads may share it. */
struct form;
enum form_when { FORM_LAZY, FORM_ALL };
int form_open(struct form **form, enum form_when when, struct error *e);
/* The rest of one that was opened FORM_LAZY, before threads share it. */
int form_fill(struct form *f, struct error *e);
void form_close(struct form *f);
/* By name or code; NULL: it is none. */
const struct country *form_country(struct form *f, const char *text);
/* Is it a word for one of the codes of that field? */
bool form_says(struct form *f, enum form_place place, const char *text);
/* Stands for no date at all: "-", "00/00/0000", "unknown" in any language. */
bool form_no_day(struct form *f, const char *text);
/* NULL: no memory. */
const struct lexicon *form_serial_words(struct form *f);
const struct calibres *form_calibres(struct form *f);
const struct makes *form_makes(struct form *f);

/* How records are cleaned. */
struct form_manner {
	int64_t today;          /* days since 1970: later dates are wrong */
	bool lenient;           /* a type, action, ground, state of serial or country of manufacture that is
	                         * not understood goes into the remarks, and is no problem */
	/* May be NULL. A text that stood for something else was understood: how is a word for reports
	 * ("spelling", "near", "code", ...), "none" when it was not. */
	void (*mapped)(void *context, enum form_place place, const char *typed, const char *meant,
		       const char *how);
	void *context;
	struct form_memo *memo; /* of this thread; may be NULL */
};

/* Brings what people gave to what is kept: codes and countries from the words of many languages,
 * dates checked, make_name, calibre_name, serial_state and serial_key made. Texts that change are
 * put into pool; a word that is not understood stays as it is. Each thing that is wrong adds
 * "field: reason" to problems, with "; " between. Returns STATUS_DONE (look at problems->size) or STATUS_SYSTEM. */
int form_clean(struct form *f, struct record *r, const struct form_manner *manner,
	       struct pool *pool, struct buf *problems, struct error *e);

/* What a record must have before it is kept: owner, category, something that says which firearm. */
int form_complete(const struct record *r, struct buf *problems, struct error *e);

#endif
