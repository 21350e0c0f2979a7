/* submit.h - new trace requests: checked one by one, written all at once */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TRACE_SUBMIT_H
#define TRACE_SUBMIT_H

#include "record/form_memo.h"
#include "trace/traces.h"

/* Requests that wait for submission_write. Memory grows with their number: nothing is written before
 * all of them are known to be good. */
struct submission {
	struct traces *traces;
	struct form *form;
	struct book records;      /* opened where a request names a record */
	bool has_records, draft;
	struct pool pool;         /* lines that wait */
	struct form_memo memo;
	struct book_line *line;
	size_t count, room;
	uint64_t drawn;
};
void submission_open(struct submission *s, struct traces *t, struct form *form, bool draft);
void submission_close(struct submission *s);

/* Checks a request in which the fields that people give are filled, and adds it. What is not said: the
 * country and the agency are the officer's, the priority is normal. All that is wrong is in one message,
 * STATUS_INPUT; STATUS_REFUSED: not the officer's to submit. Its texts are only needed during the call; they
 * may be changed. A draft need not be complete. */
int submission_add(struct submission *s, struct request *q, struct error *e);

/* Writes all that wait, with notices to the countries that are asked, or nothing. Then `line` says where each
 * is (entry.head.offset), until submission_clear. */
int submission_write(struct submission *s, struct error *e);
void submission_clear(struct submission *s);

/* What both new and changed requests need. Fields of a new one, or of the next revision: revision, time,
 * officer, and what made it. Texts go into pool. */
int request_stamp(const struct traces *t, struct request *q, enum trace_move move, enum trace_state state,
		  const char *actor, int64_t revision, struct pool *pool, struct error *e);
/* A draft becomes a request: when it was sent, and when it is due. */
int request_send(const struct traces *t, struct request *q, struct pool *pool, struct error *e);
/* "record: no record X" where an officer names what he does not see. */
int submission_check_record(struct submission *s, const char *id, struct buf *problems, struct error *e);

#endif
