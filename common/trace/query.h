/* query.h - trace requests that fit a question */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TRACE_QUERY_H
#define TRACE_QUERY_H

#include "record/find.h"
#include "trace/traces.h"

/* "field=value" words, all of which must hold, and a direction. Words about the firearm are understood as
 * those of a search for records are, but all of them choose; texts are compared without case, accents and
 * punctuation and may have * and ?; dates and times by what is given of them, or as a range. */
struct query {
	struct find find;         /* the firearm */
	bool firearm;
	const char *asked[TRACE_FIELDS];   /* the rest; NULL: not asked */
	unsigned parties;         /* PARTY_SENDER: outgoing, PARTY_RECEIVER: incoming; 0: all that may be seen */
	uint32_t states;          /* bits of enum trace_state; 0: any but tombstones */
	bool overdue;
	int64_t today;
};

/* Only what the officer's country may see of it counts. STATUS_USAGE: a word that makes no sense; a direction
 * for who works alone and has not said for which country. The words are kept, not copied. */
int query_open(struct query *q, const struct traces *t, struct form *form, const char *const *word, size_t words,
	       struct error *e);
void query_close(struct query *q);
/* "submitted,answered" added to the states. */
int query_states(struct query *q, const char *list, struct error *e);

/* Each that fits, in the order in which they were submitted or last moved (with a serial: from the best to
 * the weakest), masked for the officer and valid during the call. What take returns other than STATUS_DONE
 * ends it. damaged (may be NULL) counts lines that cannot be read. */
typedef int query_take(void *context, const struct request *q, const struct index_head *head, struct error *e);
int query_run(const struct query *q, struct traces *t, query_take *take, void *context, size_t *damaged,
	      struct error *e);

#endif
