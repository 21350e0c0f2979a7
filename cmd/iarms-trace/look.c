/* look.c - list, show: requests as they are */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "desk.h"
#include "trace/query.h"
#include "verbs.h"

/* list */

struct look_options {
	struct common common;
	bool incoming, outgoing, overdue;
	const char *state;
};

static const struct option_line list_table[] = {
	{ "incoming", 'i', OPTION_FLAG, offsetof(struct look_options, incoming), NULL, "asked of your country", 0, 0 },
	{ "outgoing", 'u', OPTION_FLAG, offsetof(struct look_options, outgoing), NULL, "asked by your country", 0, 0 },
	{ "state", 's', OPTION_TEXT, offsetof(struct look_options, state), "LIST", "in one of these states", 0, 0 },
	{ "overdue", 0, OPTION_FLAG, offsetof(struct look_options, overdue), NULL, "only what is late", 0, 0 },
	COMMON(look_options)
};

struct looking {
	struct desk d;
	struct desk_rows out;
	struct query query;
	int64_t count;
};

static int put_one(void *context, const struct request *q, const struct index_head *head, struct error *e)
{
	struct looking *l = context;

	(void)head;
	l->count++;
	return desk_put(&l->out, q, e);
}

static int ask(struct looking *l, const struct look_options *o, const struct option_parsed *parsed, struct error *e)
{
	int status = query_open(&l->query, &l->d.traces, l->d.form, (const char *const *)parsed->operand,
				(size_t)parsed->operands, e);

	l->query.parties = (o->incoming ? PARTY_RECEIVER : 0u) | (o->outgoing ? PARTY_SENDER : 0u);
	l->query.overdue = o->overdue;
	if (!status && o->state)
		status = query_states(&l->query, o->state, e);
	return status;
}

/* The question in full, for the audit trail. */
static int put_question(const struct look_options *o, const struct option_parsed *parsed, struct buf *out,
			struct error *e)
{
	if (buf_format(out, e, "%s%s%s%s%s", o->incoming ? "--incoming " : "", o->outgoing ? "--outgoing " : "",
		       o->overdue ? "--overdue " : "", o->state ? "--state " : "", o->state ? o->state : "") ||
	    (o->state && buf_text(out, " ", e)))
		return STATUS_SYSTEM;
	return find_text((const char *const *)parsed->operand, (size_t)parsed->operands, out, e);
}

static int look(struct looking *l, const char *verb, const char *question, const char *usual, struct error *e)
{
	struct guard_mark mark;
	size_t damaged = 0;
	int status = guard_begin(&l->d.guard, RIGHTS_READ, verb, question, NULL, &mark, e);

	if (status)
		return status;
	status = desk_rows_open(&l->out, l->d.common, NULL, 0, usual, e);
	if (!status)
		status = query_run(&l->query, &l->d.traces, put_one, l, &damaged, e);
	status = desk_rows_close(&l->out, status, e);
	if (!status && damaged)
		status = error_set(e, STATUS_INPUT, "%zu damaged line(s) could not be looked at", damaged);
	return desk_end(&l->d, &mark, l->count, status, e);
}

static int run_list(void *context, void *options, const struct option_parsed *parsed, struct error *e)
{
	const struct look_options *o = options;
	struct buf question = { 0 };
	struct looking l = { .count = 0 };
	int status = desk_open(&l.d, &o->common, e);

	(void)context;
	if (status)
		return status;
	status = ask(&l, o, parsed, e);
	if (!status)
		status = put_question(o, parsed, &question, e);
	if (!status)
		status = look(&l, "list", (const char *)question.data, USUAL, e);
	query_close(&l.query);
	buf_free(&question);
	desk_close(&l.d);
	return status;
}

/* show */

struct show_options {
	struct common common;
};

static const struct option_line show_table[] = { COMMON(show_options) };

struct showing {
	const struct option_parsed *parsed;
	struct desk_rows out;
	struct guard_mark mark;
	struct buf question;
	int64_t count;
};

static int begin_show(void *context, struct desk *d, struct error *e)
{
	struct showing *s = context;
	const struct option_parsed *p = s->parsed;
	int status = find_text((const char *const *)p->operand, (size_t)p->operands, &s->question, e);

	if (!status)
		status = guard_begin(&d->guard, RIGHTS_READ, "show", p->operands ? (const char *)s->question.data :
				     "(standard input)", NULL, &s->mark, e);
	return status ? status : desk_rows_open(&s->out, d->common, NULL, 0, NULL, e);
}

static int show_one(void *context, struct desk *d, const char *id, struct error *e)
{
	struct showing *s = context;
	struct index_head head;
	struct request q;
	int status = desk_get(d, id, &q, &head, e);

	s->count += !status;
	return status ? status : desk_put(&s->out, &q, e);
}

static int end_show(void *context, struct desk *d, int status, struct error *e)
{
	struct showing *s = context;

	status = desk_rows_close(&s->out, status, e);
	return desk_end(d, &s->mark, s->count, status, e);
}

static int run_show(void *context, void *options, const struct option_parsed *parsed, struct error *e)
{
	const struct show_options *o = options;
	struct showing s = { .parsed = parsed };
	int status = desk_each(&o->common, parsed, begin_show, show_one, end_show, &s, e);

	(void)context;
	buf_free(&s.question);
	return status;
}

const struct verb verb_list = { "list", "[FIELD=VALUE...]", "print the requests that fit", list_table,
				sizeof(struct look_options), NULL, 0, -1, run_list };
const struct verb verb_show = { "show", "[ID...]", "print requests by their names", show_table,
				sizeof(struct show_options), NULL, 0, -1, run_show };
