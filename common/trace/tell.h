/* tell.h - notices of moves: prepared before the move is written, valid after */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TRACE_TELL_H
#define TRACE_TELL_H

#include "record/book.h"
#include "record/notice.h"
#include "trace/move.h"

struct tell {
	const struct book *book;
	struct notices *notices;  /* NULL: not open */
	struct notice_lines lines;
	const struct buf *text;   /* what is prepared */
	size_t pieces;
	bool locked;
};
int tell_open(struct tell *t, const struct book *b, bool many, struct error *e);

/* A move by one country of which another is told. */
struct tell_move {
	const char *id;
	int64_t revision;
	enum trace_move move;
	const char *owner, *actor, *to;
};
/* Its notice, added to `to`; many threads may do so at once. */
int tell_put(const struct tell *t, const struct tell_move *m, struct buf *to, struct error *e);

/* With the book locked: the notices, in as many pieces as there are, are on the disk. text must stay. */
int tell_prepare(struct tell *t, const struct buf *text, size_t pieces, struct error *e);
/* After the moves were written, or were not (status); unlocks. */
void tell_finish(struct tell *t, int status);
/* One that is all zero, too. */
void tell_close(struct tell *t);

/* For notices_settle: did the move that a notice is about happen? context is the book. */
notice_happened tell_happened;
/* Is it a notice of a trace request? */
bool tell_is_trace(const struct notice *n);

#endif
