/* request.h - the fields of a trace request: their codes, their rules, who sees them */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TRACE_REQUEST_H
#define TRACE_REQUEST_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/error.h"
#include "base/pool.h"
#include "record/form.h"
#include "trace/move.h"

/* The columns of the log, in its order: iarms-trace(5). From TYPE to GROUND, and from MAKE_NAME to
 * SERIAL_KEY, they are those of a firearm record, in the same order. */
enum trace_place {
	TRACE_ID, TRACE_FROM, TRACE_TO, TRACE_AGENCY, TRACE_OFFICER, TRACE_CASE, TRACE_PRIORITY, TRACE_REASON,
	TRACE_RECORD, TRACE_PARENT, TRACE_NEXT, TRACE_CHILDREN,
	TRACE_TYPE, TRACE_ACTION, TRACE_MAKE, TRACE_MODEL, TRACE_CALIBRE, TRACE_SERIAL, TRACE_SERIAL_STATE,
	TRACE_MADE_IN, TRACE_MADE_YEAR, TRACE_IMPORT_COUNTRY, TRACE_IMPORT_YEAR, TRACE_MARKS,
	TRACE_COMPONENTS, TRACE_GROUND,
	TRACE_MAKE_NAME, TRACE_CALIBRE_NAME, TRACE_SERIAL_KEY,
	TRACE_CRIME, TRACE_RECOVERY_DATE, TRACE_RECOVERY_PLACE, TRACE_CIRCUMSTANCES, TRACE_LEGAL_BASIS,
	TRACE_USE,
	TRACE_STATE, TRACE_DUE, TRACE_SUBMITTED_AT, TRACE_ACKNOWLEDGED_AT, TRACE_ASKED_AT, TRACE_ANSWERED_AT,
	TRACE_OUTCOME, TRACE_UNTRACED, TRACE_CHAIN, TRACE_FIRST_SALE, TRACE_DIVERSION, TRACE_RESTRICTIONS,
	TRACE_HELD, TRACE_UNTIL,
	TRACE_TEXT, TRACE_EVENT, TRACE_ACTOR, TRACE_REVISION, TRACE_AT, TRACE_BY,
	TRACE_FIELDS
};

#define TRACE_PRIORITIES "urgent|high|normal"
#define TRACE_OUTCOMES "purchaser|dealer|importer|exporting-state|established|not-traced"
#define TRACE_REASONS "too-old|serial|form-errors|records-unobtainable|other"
#define TRACE_HOLDS "ongoing-investigation|confidentiality-law|no-guarantee|national-security"

struct trace_field {
	const char *name;
	enum { FIELD_KEPT, FIELD_TEXT, FIELD_CODE, FIELD_DATE, FIELD_COUNTRY, FIELD_NAME, FIELD_FIREARM } kind;
	const char *codes;          /* FIELD_CODE */
	unsigned short most;        /* bytes of a FIELD_TEXT */
	bool given;                 /* by who submits */
	unsigned char seen;         /* by these parties */
};
extern const struct trace_field trace_fields[TRACE_FIELDS];

/* TRACE_FIELDS when there is none of that name. */
enum trace_place trace_field_find(const char *name);

/* "field=value" taken apart; value points into word. STATUS_USAGE: it is none. */
int trace_word(const char *word, enum trace_place *place, const char **value, struct error *e);

/* Every field points to a text, "" where there is none; who fills it says where they live. */
struct request {
	const char *field[TRACE_FIELDS];
};
void request_clear(struct request *q);
/* -1 when its state is none. */
int request_state(const struct request *q);

/* What a party may not see becomes "". */
void request_mask(struct request *q, unsigned party);

/* Its firearm as a record, shared with nobody but the two countries; points into the request. */
void request_record(const struct request *q, struct record *r);

/* Brings what people gave to what is kept, as form_clean does: each thing that is wrong adds "field: reason"
 * to problems. memo may be NULL. Returns STATUS_DONE (look at problems->size) or STATUS_SYSTEM. */
int request_clean(struct form *form, struct request *q, int64_t today, struct form_memo *memo,
		  struct pool *pool, struct buf *problems, struct error *e);

/* What a request must have before it is sent: the International Tracing Instrument asks what makes the
 * firearm illicit and how it was found, which firearm it is, and what the answer is for. */
int request_complete(const struct request *q, struct buf *problems, struct error *e);

/* Adds "what: reason" to problems, with "; " between. */
int request_problem(struct buf *problems, const char *what, const char *reason, struct error *e);

/* A text that people typed: UTF-8, not too long. */
int request_check_text(const char *name, const char *text, size_t most, struct buf *problems, struct error *e);
/* A day, month or year that is not ahead, and not before the firearm was made (made_year "": not known). */
int request_check_date(const char *name, const char *text, int64_t today, const char *made_year,
		       struct buf *problems, struct error *e);

#endif
