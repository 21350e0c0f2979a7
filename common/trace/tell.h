/* tell.h - notices of moves: prepared before the move is written, valid after */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TRACE_TELL_H
#define TRACE_TELL_H

#include "record/book.h"
#include "record/notice.h"
#include "trace/move.h"

/* Starts as all zero. */
struct tell {
	struct tell_event *event;
	size_t count, room;
	struct pool pool;
	struct notices *notices;
	struct notice_event *list;
};

/* A move by one country of which another is told; countries as index_country gives them. */
int tell_add(struct tell *t, uint64_t id, int64_t revision, enum trace_move move, uint16_t owner, uint16_t actor,
	     uint16_t to, const char *remark, struct error *e);

/* With the book locked: the notices are on the disk. */
int tell_prepare(struct tell *t, const struct book *b, struct error *e);
/* After the moves were written, or were not (status): the worse of both. */
int tell_finish(struct tell *t, int status, struct error *e);
void tell_free(struct tell *t);

/* For notices_settle: did the move that a notice is about happen? context is the book. */
notice_happened tell_happened;
/* Is it a notice of a trace request? */
bool tell_is_trace(const struct notice *n);

#endif
