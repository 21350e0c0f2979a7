/* notice_desk.h - what officers do with notices: read them, answer them, have them sent */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RECORD_NOTICE_DESK_H
#define RECORD_NOTICE_DESK_H

#include <stdbool.h>

#include "base/option.h"
#include "file/ids.h"
#include "file/rows.h"
#include "guard/guard.h"
#include "record/notice.h"

/* What a program's verb "notices" is asked. */
struct notice_wish {
	bool acknowledge, confirm, reject, send;
	const char *state, *to, *subject, *remark;   /* NULL: any, none */
};
/* STATUS_USAGE: it makes no sense; operand: names are given. */
int notice_wish_check(const struct notice_wish *w, const char *operand, struct error *e);

struct notice_desk {
	const char *program;           /* for words on standard error */
	struct guard *guard;
	const struct notice_wish *wish;
	struct rows *rows;             /* of notice_columns */
	struct notices *notices;
	/* Is it one that this program deals with? NULL: all are. */
	bool (*mine)(const struct notice *n);
	/* Did the event of a notice that was left undecided happen (after what others appended was read)? */
	notice_happened *happened;
	int (*refresh)(void *context, struct error *e);
	/* After one was rejected by its owner, and each time that he says it again; may be NULL. */
	int (*rejected)(void *context, const struct notice *n, struct error *e);
	void *context;
};
extern const struct rows_column notice_columns[];
#define NOTICE_COLUMNS 12

/* All that is wished: settles what a process that was killed left undecided, then lists, answers those whose
 * names ids gives, or sends. What goes wrong with one is said on err, the rest goes on, and the worst status is
 * returned. */
int notice_desk_run(struct notice_desk *d, struct ids *ids, FILE *err, struct error *e);

#endif
