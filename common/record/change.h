/* change.h - the next revision of a record: rights, moves, notices, in the order that loses nothing */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RECORD_CHANGE_H
#define RECORD_CHANGE_H

#include "record/book.h"
#include "record/notice.h"
#include "record/retention.h"

struct change {
	const char *event;                /* of FORM_EVENTS; "locate" tells three countries */
	const char *to;                   /* the status after it; NULL: it stays */
	enum rights_action right;
	const char *field[FORM_FIELDS];   /* what is set; NULL: stays as it is */
};

/* "field=value" among what people may set. */
int change_word(struct change *c, const char *word, struct error *e);

/* Makes the revision and tells done (may be NULL) when it is on the disk; one that says
 * only what the one before said is not made. Who may not see the record
 * hears that there is none. For "locate" the finder's country, where none is given, is the officer's,
 * the date today; notices go to the owner's country, the finder's and the General Secretariat.
 * STATUS_INPUT: not a move from its state, or what is set makes no sense. */
typedef int change_done(void *context, const struct record *r, struct error *e);
int change_record(struct book *b, struct form *form, const struct retention *rules, const char *id,
		  const struct change *change, change_done *done, void *context, struct error *e);

/* The find that a notice told of is none: the record is active again, unless it has moved on or was found
 * once more since. */
int change_unlocate(struct book *b, struct form *form, const struct retention *rules, const struct notice *notice,
		    const char *reason, struct error *e);

/* For notices_settle: did the revision that a notice is about happen? context is the book. */
notice_happened change_happened;

#endif
