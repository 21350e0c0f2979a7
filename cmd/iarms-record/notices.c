/* notices.c - notices: list, acknowledge, confirm, reject, send */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "desk.h"
#include "record/change.h"
#include "record/notice_desk.h"
#include "verbs.h"

struct notices_options {
	struct common common;
	struct notice_wish wish;
};

static const struct option_line table[] = {
	{ "acknowledge", 'a', OPTION_FLAG, offsetof(struct notices_options, wish.acknowledge), NULL,
	  "the notices that are named were read", 0, 0 },
	{ "confirm", 0, OPTION_FLAG, offsetof(struct notices_options, wish.confirm), NULL,
	  "it is the firearm (for the owner's country)", 0, 0 },
	{ "reject", 0, OPTION_FLAG, offsetof(struct notices_options, wish.reject), NULL,
	  "it is not: the record becomes active again", 0, 0 },
	{ "send", 0, OPTION_FLAG, offsetof(struct notices_options, wish.send), NULL,
	  "hand what is queued to the mail system", 0, 0 },
	{ "remark", 0, OPTION_TEXT, offsetof(struct notices_options, wish.remark), "TEXT", "a word on it", 0, 0 },
	{ "state", 0, OPTION_TEXT, offsetof(struct notices_options, wish.state), "WORD", NOTICE_STATES, 0, 0 },
	{ "to", 0, OPTION_TEXT, offsetof(struct notices_options, wish.to), "CODE", "list those to a country", 0, 0 },
	{ "record", 0, OPTION_TEXT, offsetof(struct notices_options, wish.subject), "ID", "list those about a record", 0, 0 },
	OUTPUT(notices_options), COMMON(notices_options), END
};

struct telling {
	struct desk d;
	const struct notices_options *o;
};

static int refresh(void *context, struct error *e)
{
	struct telling *t = context;

	return book_refresh(&t->d.book, e);
}

static int happened(void *context, const struct notice *n, struct error *e)
{
	struct telling *t = context;

	return change_happened(&t->d.book, n, e);
}

static int back_to_active(void *context, const struct notice *n, struct error *e)
{
	struct telling *t = context;

	if (n->event[0] == 't')   /* of a trace request */
		return STATUS_DONE;
	return change_unlocate(&t->d.book, t->d.form, &t->d.rules, n, t->o->wish.remark ? t->o->wish.remark : "", e);
}

static int run(void *context, void *options, const struct option_parsed *parsed, struct error *e)
{
	struct telling t = { .o = options };
	struct notice_desk desk = { .program = PROGRAM, .guard = &t.d.guard, .wish = &t.o->wish, .happened = happened,
				    .refresh = refresh, .rejected = back_to_active, .context = &t };
	struct ids ids = { 0 };
	int status = notice_wish_check(desk.wish, parsed->operands ? parsed->operand[0] : NULL, e);

	(void)context;
	if (!status)
		status = desk_open(&t.d, &t.o->common, e);
	if (status)
		return status;
	status = desk_rows(&desk.rows, &t.o->common, notice_columns, NOTICE_COLUMNS, NULL, e);
	if (!status)
		status = ids_open(&ids, parsed->operand, parsed->operands, stdin, e);
	if (!status)
		status = notice_desk_run(&desk, &ids, stderr, e);
	ids_close(&ids);
	status = rows_finish(desk.rows, status, e);
	desk_close(&t.d);
	return status;
}

const struct verb verb_notices = { "notices", "[ID...]", "list notices, answer them, send them", table,
				   sizeof(struct notices_options), NULL, 0, -1, run };
