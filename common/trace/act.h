/* act.h - a move on a trace request: rights, state, notices, in the order that loses nothing */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TRACE_ACT_H
#define TRACE_ACT_H

#include "trace/submit.h"

struct act {
	enum trace_move move;
	const char *field[TRACE_FIELDS];   /* what is set; NULL: stays as it is. For MOVE_FORWARD: of the new
	                                    * request, but for TRACE_NEXT and TRACE_TEXT */
	const char *const *step;           /* of the chain of custody, as they were typed */
	size_t steps;
	bool gather;                       /* answer: with the chain and the restrictions of the requests by
	                                    * which it was forwarded */
};

/* "field=value" among what the sender may give anew. */
int act_word(struct act *a, const char *word, struct error *e);
/* Is it whole by itself: the outcome of an answer, the reason of a refusal? All that lacks in one message,
 * STATUS_USAGE. */
int act_check(const struct act *a, struct error *e);

/* Makes the move, and tells done (may be NULL) of the request as the officer sees it, and of the request by
 * which it was forwarded, when both are on the disk; the other country is told. Who may not know of the
 * request hears that there is none.
 * STATUS_INPUT: there is no such move from its state (another was faster: e says who), or what is set makes no
 * sense; STATUS_REFUSED: it is the other country's to make. */
typedef int act_done(void *context, const struct request *q, struct error *e);
int act_on(struct traces *t, struct form *form, const char *id, const struct act *act, act_done *done,
	   void *context, struct error *e);

/* Moves on many requests, written together: when one cannot be made none is, unless go_on, and all that is wrong is
 * told, row by row. The caller asks guard_begin. */
struct act_row {
	size_t line;              /* for what is told of it */
	const char *id;
	struct act act;
};
struct act_rows {
	bool go_on;
	void (*wrong)(void *context, size_t line, const struct error *why);
	act_done *done;
	void *context;
};
int act_on_rows(struct traces *t, struct form *form, const struct act_row *row, size_t count,
		const struct act_rows *how, struct error *e);

#endif
