/* submit.h - new trace requests: checked one by one, written all at once */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TRACE_SUBMIT_H
#define TRACE_SUBMIT_H

#include "record/form_memo.h"
#include "trace/tell.h"
#include "trace/traces.h"

/* Requests that wait for submission_write. Memory grows with their number: nothing is written before
 * all of them are known to be good. */
struct submission {
	struct traces *traces;
	struct form *form;
	struct book records;      /* opened where a request names a record */
	bool has_records, draft;
	struct pool pool;         /* lines that wait */
	struct book_line *line;
	size_t count, room;
	uint64_t drawn;           /* numbers of names so far */
	struct tell tell;         /* open where it is no draft */
	/* What is to be printed of a request, by many threads at once; NULL: nothing. */
	int (*print)(void *context, const struct request *q, struct buf *to, struct error *e);
	void *context;
	/* Of those that wait, in their order: their notices, and what is to be printed. */
	struct buf *notices, *printed;
	size_t parts, parts_room;
};
void submission_open(struct submission *s, struct traces *t, struct form *form, bool draft);
void submission_close(struct submission *s);

/* Checks a request in which the fields that people give are filled, and adds it. What is not said: the
 * country and the agency are the officer's, the priority is normal. All that is wrong is in one message,
 * STATUS_INPUT; STATUS_REFUSED: not the officer's to submit. Its texts are only needed during the call; they
 * may be changed. A draft need not be complete. */
int submission_add(struct submission *s, struct request *q, struct error *e);

/* The same in two steps, the first of which many threads may do at once, after submission_share; each has a hand
 * of its own, which starts as all zero. */
int submission_share(struct submission *s, struct error *e);
struct submission_hand {
	struct form_memo memo;
	struct pool pool;
	struct buf problems;
	struct buf notices, printed;   /* of all that it made, */
	size_t told, shown;            /* and bytes of those that were taken, at the front */
	char id[ID_TEXT];
};
void submission_hand_free(struct submission_hand *h);

/* A request that was checked, but for the record that it names; texts in the pool that submission_make was
 * given. */
struct submission_row {
	struct book_line line;
	size_t notice, notice_size, printed, printed_size;   /* in the hand's */
	uint64_t record;          /* packed; 0: it names none */
	int status;               /* STATUS_DONE; STATUS_INPUT, STATUS_REFUSED: why says what is wrong */
	const char *why;
};
/* number: which name of this run it gets. STATUS_DONE, whatever is wrong with the request, or STATUS_SYSTEM. */
int submission_make(const struct submission *s, struct submission_hand *h, struct request *q, uint64_t number,
		    struct pool *pool, struct submission_row *out, struct error *e);
/* In the order in which the hand made them. */
int submission_take(struct submission *s, struct submission_hand *h, const struct submission_row *row,
		    struct error *e);
/* After the last of them: what the hand made, and the pool, become the submission's. */
int submission_keep(struct submission *s, struct submission_hand *h, struct pool *pool, struct error *e);

/* Writes all that wait, with notices to the countries that are asked, or nothing. Then they are on the disk
 * (entry.head.offset of each line says where), and `printed` is for printing, until submission_clear. */
int submission_write(struct submission *s, struct error *e);
void submission_clear(struct submission *s);

/* What both new and changed requests need. Fields of a new one, or of the next revision: revision, time,
 * officer, and what made it. actor must stay; what is made goes into pool. */
int request_stamp(const struct traces *t, struct request *q, enum trace_move move, enum trace_state state,
		  const char *actor, int64_t revision, struct pool *pool, struct error *e);
/* A draft becomes a request: when it was sent, and when it is due. */
void request_send(const struct traces *t, struct request *q);
/* "record: no record X" where an officer names what he does not see. */
int submission_check_record(struct submission *s, uint64_t id, struct buf *problems, struct error *e);

#endif
