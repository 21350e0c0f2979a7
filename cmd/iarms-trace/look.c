/* look.c - list, overdue, export, monitor: requests that fit a question, or have moved */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "desk.h"
#include "trace/looks.h"
#include "trace/query.h"
#include "trace/tree.h"
#include "verbs.h"

/* list */

struct look_options {
	struct common common;
	bool incoming, outgoing, overdue, history;
	const char *state;
};

#define DIRECTION(type) \
	{ "incoming", 'i', OPTION_FLAG, offsetof(struct type, incoming), NULL, "asked of your country", 0, 0 }, \
	{ "outgoing", 'u', OPTION_FLAG, offsetof(struct type, outgoing), NULL, "asked by your country", 0, 0 }
static const struct option_line list_table[] = {
	DIRECTION(look_options),
	{ "state", 's', OPTION_TEXT, offsetof(struct look_options, state), "LIST", "in one of these states", 0, 0 },
	{ "overdue", 0, OPTION_FLAG, offsetof(struct look_options, overdue), NULL, "only what is late", 0, 0 },
	COMMON(look_options)
};

struct looking {
	struct desk d;
	struct desk_rows out;
	struct query query;
	bool late, history;       /* with days overdue and whose turn it is; with all revisions */
	int64_t count;
};

static int put_revision(void *context, const struct request *q, struct error *e)
{
	struct looking *l = context;

	l->count++;
	return desk_put(&l->out, q, e);
}

static int put_one(void *context, const struct request *q, const struct index_head *head, struct error *e)
{
	struct looking *l = context;
	size_t damaged = 0;

	if (l->history)
		return tree_history(&l->d.traces, head->id, true, put_revision, l, &damaged, e);
	if (l->late) {
		bool sender = trace_turn((enum trace_state)head->state) == PARTY_SENDER;

		rows_integer(l->out.rows, deadline_overdue(q, l->d.traces.book.today));
		desk_text(&l->out, q->field[sender ? TRACE_FROM : TRACE_TO]);
	}
	return put_revision(l, q, e);
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
	static const struct rows_column late[] = { { "late", COLUMN_NUMBER }, { "turn", COLUMN_TEXT } };
	struct guard_mark mark;
	size_t damaged = 0;
	int status = guard_begin(&l->d.guard, RIGHTS_READ, verb, question, NULL, &mark, e);

	if (status)
		return status;
	desk_say_made(&l->d);
	status = desk_rows_open(&l->out, l->d.common, late, l->late ? 2 : 0, usual, e);
	if (!status)
		status = query_run(&l->query, &l->d.traces, put_one, l, &damaged, e);
	status = desk_rows_close(&l->out, status, e);
	if (!status && damaged)
		status = error_set(e, STATUS_INPUT, "%zu damaged line(s) could not be looked at", damaged);
	return guard_end(&l->d.guard, &mark, l->count, status, e);
}

static int run_look(struct looking *l, const struct look_options *o, const struct option_parsed *parsed,
		    const char *verb, const char *usual, struct error *e)
{
	struct buf question = { 0 };
	int status = desk_open(&l->d, &o->common, e);

	if (status)
		return status;
	status = ask(l, o, parsed, e);
	if (!status)
		status = put_question(o, parsed, &question, e);
	if (!status)
		status = look(l, verb, (const char *)question.data, usual, e);
	query_close(&l->query);
	buf_free(&question);
	desk_close(&l->d);
	return status;
}

static int run_list(void *context, void *options, const struct option_parsed *parsed, struct error *e)
{
	struct looking l = { .count = 0 };

	(void)context;
	return run_look(&l, options, parsed, "list", USUAL, e);
}

/* overdue: status 1 where nothing is */

static const struct option_line overdue_table[] = { DIRECTION(look_options), COMMON(look_options) };

static int run_overdue(void *context, void *options, const struct option_parsed *parsed, struct error *e)
{
	struct look_options *o = options;
	struct looking l = { .late = true };
	int status;

	(void)context;
	o->overdue = true;
	status = run_look(&l, o, parsed, "overdue", "late,turn,id,from,to,priority,state,due,case,agency", e);
	return !status && !l.count ? error_set(e, STATUS_NO, "%s", "") : status;
}

/* export: all columns */

static const struct option_line export_table[] = {
	DIRECTION(look_options),
	{ "state", 's', OPTION_TEXT, offsetof(struct look_options, state), "LIST", "in one of these states", 0, 0 },
	{ "history", 'H', OPTION_FLAG, offsetof(struct look_options, history), NULL, "all revisions", 0, 0 },
	COMMON(look_options)
};

static int run_export(void *context, void *options, const struct option_parsed *parsed, struct error *e)
{
	const struct look_options *o = options;
	struct looking l = { .history = o->history };

	(void)context;
	return run_look(&l, o, parsed, "export", NULL, e);
}

/* monitor: nothing at all is printed where nothing is new */

struct monitor_options {
	struct common common;
	const char *since;
	bool peek;
};

static const struct option_line monitor_table[] = {
	{ "since", 0, OPTION_TEXT, offsetof(struct monitor_options, since), "TIME",
	  "not since the last look, but since then", 0, 0 },
	{ "peek", 'n', OPTION_FLAG, offsetof(struct monitor_options, peek), NULL, "this was not a look", 0, 0 },
	COMMON(monitor_options)
};

static int put_news(void *context, const struct request *q, struct error *e)
{
	struct looking *l = context;
	int status = STATUS_DONE;

	if (!l->count)
		status = desk_rows_open(&l->out, l->d.common, NULL, 0, "at,event,actor,by,id,from,to,state,text", e);
	return status ? status : put_revision(l, q, e);
}

static int monitor(struct looking *l, const struct monitor_options *o, int64_t since, struct error *e)
{
	struct looks *looks = NULL;
	struct guard_mark mark;
	size_t damaged = 0;
	int status = guard_begin(&l->d.guard, RIGHTS_READ, "monitor", o->since ? o->since : "(since the last look)", NULL,
				 &mark, e);

	if (status)
		return status;
	status = looks_open(&looks, &l->d.traces, e);
	if (!status)
		status = looks_run(looks, since, put_news, l, &damaged, e);
	status = desk_rows_close(&l->out, status, e);
	if (!status && !o->peek && !o->since)
		status = looks_remember(looks, e);
	looks_close(looks);
	if (!status && damaged)
		status = error_set(e, STATUS_INPUT, "%zu damaged line(s) could not be looked at", damaged);
	return guard_end(&l->d.guard, &mark, l->count, status, e);
}

static int run_monitor(void *context, void *options, const struct option_parsed *parsed, struct error *e)
{
	const struct monitor_options *o = options;
	struct looking l = { .count = 0 };
	int64_t since = 0;
	int status;

	(void)context;
	(void)parsed;
	if (o->since && clock_parse_bound(o->since, false, &since, e)) {
		error_within(e, "--since");
		return STATUS_USAGE;
	}
	status = desk_open(&l.d, &o->common, e);
	if (status)
		return status;
	status = monitor(&l, o, since, e);
	desk_close(&l.d);
	return !status && !l.count ? error_set(e, STATUS_NO, "%s", "") : status;
}

const struct verb verb_list = { "list", "[FIELD=VALUE...]", "print the requests that fit", list_table,
				sizeof(struct look_options), NULL, 0, -1, run_list };
const struct verb verb_overdue = { "overdue", "[FIELD=VALUE...]", "print what is late, and whose turn it is",
				   overdue_table, sizeof(struct look_options), NULL, 0, -1, run_overdue };
const struct verb verb_export = { "export", "[FIELD=VALUE...]", "print all that is known of requests", export_table,
				  sizeof(struct look_options), NULL, 0, -1, run_export };
const struct verb verb_monitor = { "monitor", "", "print what others have done since your last look", monitor_table,
				   sizeof(struct monitor_options), NULL, 0, 0, run_monitor };
