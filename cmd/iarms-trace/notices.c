/* notices.c - notices: list those of trace requests, acknowledge them, send all that is queued */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "desk.h"
#include "record/notice_desk.h"
#include "trace/tell.h"
#include "verbs.h"

struct notices_options {
	struct common common;
	struct notice_wish wish;
};

static const struct option_line table[] = {
	{ "acknowledge", 'a', OPTION_FLAG, offsetof(struct notices_options, wish.acknowledge), NULL,
	  "the notices that are named were read", 0, 0 },
	{ "send", 0, OPTION_FLAG, offsetof(struct notices_options, wish.send), NULL,
	  "hand what is queued to the mail system", 0, 0 },
	{ "remark", 0, OPTION_TEXT, offsetof(struct notices_options, wish.remark), "TEXT", "a word on it", 0, 0 },
	{ "state", 0, OPTION_TEXT, offsetof(struct notices_options, wish.state), "WORD", NOTICE_STATES, 0, 0 },
	{ "to", 0, OPTION_TEXT, offsetof(struct notices_options, wish.to), "CODE", "list those to a country", 0, 0 },
	{ "request", 0, OPTION_TEXT, offsetof(struct notices_options, wish.subject), "ID", "list those about a request",
	  0, 0 },
	COMMON(notices_options)
};

static int refresh(void *context, struct error *e)
{
	struct desk *d = context;

	return book_refresh(&d->traces.book, e);
}

static int happened(void *context, const struct notice *n, struct error *e)
{
	struct desk *d = context;

	return tell_happened(&d->traces.book, n, e);
}

static int run(void *context, void *options, const struct option_parsed *parsed, struct error *e)
{
	const struct notices_options *o = options;
	struct desk d;
	struct notice_desk desk = { .program = PROGRAM, .guard = &d.guard, .wish = &o->wish, .mine = tell_is_trace,
				    .happened = happened, .refresh = refresh, .context = &d };
	struct desk_rows out = { .rows = NULL };
	struct ids ids = { 0 };
	int status = notice_wish_check(desk.wish, parsed->operands ? parsed->operand[0] : NULL, e);

	(void)context;
	if (!status)
		status = desk_open(&d, &o->common, e);
	if (status)
		return status;
	status = rows_open(&out.rows, stdout, (enum rows_format)o->common.format, notice_columns, NOTICE_COLUMNS,
			   o->common.columns, e);
	desk.rows = out.rows;
	if (!status)
		status = ids_open(&ids, parsed->operand, parsed->operands, stdin, e);
	if (!status)
		status = notice_desk_run(&desk, &ids, stderr, e);
	ids_close(&ids);
	status = desk_rows_close(&out, status, e);
	desk_close(&d);
	return status;
}

const struct verb verb_notices = { "notices", "[ID...]", "list notices of requests, acknowledge them, send them", table,
				   sizeof(struct notices_options), NULL, 0, -1, run };
