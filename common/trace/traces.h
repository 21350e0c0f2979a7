/* traces.h - all trace requests: the log, its index, and what the acting officer may see of them */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TRACE_TRACES_H
#define TRACE_TRACES_H

#include "record/book.h"
#include "trace/deadline.h"
#include "trace/request.h"

#define TRACES_FILE "traces.csv"
#define TRACES_INDEX "traces.index"

/* A book of requests: the lines of its index have the sender as owner, the receiver as other, the day on
 * which they are due as review, and enum trace_state. */
extern const struct book_kind traces_kind;

struct traces {
	struct book book;
	struct deadlines deadlines;
	char country[4];          /* for which the officer acts; "": for any (working alone) */
	uint16_t code;            /* the same, index_country */
	char due[3][DATE_TEXT];   /* of a request that is sent now, by priority */
};

/* as: for which country (NULL: the officer's own). Only who works alone may name one that is not his own. */
int traces_open(struct traces *t, struct guard *guard, const char *as, book_progress *progress, void *context,
		struct error *e);
void traces_close(struct traces *t);

/* The day on which a request is due that is sent now. */
const char *traces_due(const struct traces *t, const char *priority);

/* What the acting officer is to a request: PARTY_..., both where he works alone and for no country.
 * PARTY_NONE: he may not know of it. */
unsigned traces_party(const struct traces *t, const struct request *q);
/* The same from what the index says. */
unsigned traces_party_of(const struct traces *t, const struct index_head *head);

/* The current line of a request, without what the officer may not see. It points into the book until the
 * next line is read. STATUS_NO ("no trace request X"): there is none, any more, or he may not see it. */
int traces_get(struct traces *t, const char *id, struct request *q, struct index_head *head, struct error *e);
/* The STATUS_NO of that. stone: what is left of it, where the officer may know; else NULL. */
int traces_none(const char *id, const struct request *stone, struct error *e);
/* The line at an offset: as it is, whoever asks, a tombstone too. */
int traces_read(struct traces *t, uint64_t offset, struct request *q, struct error *e);

/* Was it sent, so that the country which is asked may know of it? Not a draft, one that was withdrawn before it was
 * sent, or what is left of either, which does not say whom it was to ask. */
bool traces_sent(const struct request *q);

/* Does a tombstone say it? */
bool traces_kept(enum trace_place place);

/* The texts of a request, copied. */
int request_copy(struct request *q, struct pool *pool, struct error *e);

#endif
