/* submit.c - submit: new trace requests from options, words, or rows */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "desk.h"
#include "act.h"
#include "file/input.h"
#include "record/find.h"
#include "trace/table.h"
#include "verbs.h"

struct submit_options {
	struct common common;
	bool draft, go_on;
	int64_t threads;
	const char *to, *use, *legal_basis, *circumstances, *priority, *reason, *agency, *officer, *case_number;
	const char *crime, *recovery_date, *recovery_place, *ground;
};

#define FIELD(name, member, arg, help) \
	{ name, 0, OPTION_TEXT, offsetof(struct submit_options, member), arg, help, 0, 0 }
static const struct option_line table[] = {
	{ "to", 't', OPTION_TEXT, offsetof(struct submit_options, to), "CODE", "the country that is asked", 0, 0 },
	FIELD("use", use, "TEXT", "what the answer is for"),
	FIELD("legal-basis", legal_basis, "TEXT", "the law that makes the firearm illicit"),
	FIELD("circumstances", circumstances, "TEXT", "how it was found"),
	FIELD("ground", ground, "WORD", "what makes it illicit: national-law, embargo, ..."),
	FIELD("priority", priority, "WORD", TRACE_PRIORITIES " (default: normal)"),
	FIELD("reason", reason, "TEXT", "why it is urgent"),
	FIELD("case", case_number, "TEXT", "your number"),
	FIELD("agency", agency, "NAME", "that asks (default: your own)"),
	FIELD("officer", officer, "NAME", "whom to ask back"),
	FIELD("crime", crime, "TEXT", "offence or its code"),
	FIELD("recovery-date", recovery_date, "DATE", "when it was found"),
	FIELD("recovery-place", recovery_place, "TEXT", "where"),
	{ "draft", 0, OPTION_FLAG, offsetof(struct submit_options, draft), NULL, "write it, and do not send it yet", 0, 0 },
	{ "keep-going", 'k', OPTION_FLAG, offsetof(struct submit_options, go_on), NULL,
	  "leave out rows that are wrong; else none is sent", 0, 0 },
	{ "threads", 'j', OPTION_INTEGER, offsetof(struct submit_options, threads), "N", "0: one a processor", 0, 256 },
	COMMON(submit_options)
};


/* Requests on their way. */
struct submitting {
	struct desk *d;
	const struct submit_options *o;
	struct submission s;
	struct request given;       /* by the options */
	struct desk_rows out;
	int64_t count;
	struct progress progress;
};

static void take_options(struct request *q, const struct submit_options *o)
{
	const struct { enum trace_place place; const char *text; } given[] = {
		{ TRACE_TO, o->to }, { TRACE_USE, o->use }, { TRACE_LEGAL_BASIS, o->legal_basis },
		{ TRACE_CIRCUMSTANCES, o->circumstances }, { TRACE_GROUND, o->ground },
		{ TRACE_PRIORITY, o->priority }, { TRACE_REASON, o->reason }, { TRACE_CASE, o->case_number },
		{ TRACE_AGENCY, o->agency }, { TRACE_OFFICER, o->officer }, { TRACE_CRIME, o->crime },
		{ TRACE_RECOVERY_DATE, o->recovery_date }, { TRACE_RECOVERY_PLACE, o->recovery_place },
	};

	request_clear(q);
	for (size_t i = 0; i < sizeof given / sizeof *given; i++)
		if (given[i].text)
			q->field[given[i].place] = given[i].text;
}

static int form_row(void *context, const struct request *q, struct buf *to, struct error *e)
{
	const struct submitting *p = context;

	return rows_form(p->out.rows, q->field, to, e);
}

/* What is printed is on the disk. */
static int print_written(void *context, struct error *e)
{
	struct submitting *p = context;

	int status = STATUS_DONE;

	p->count += (int64_t)p->s.count;
	for (size_t i = 0; i < p->s.parts && !status; i++)
		status = rows_put(p->out.rows, &p->s.printed[i], e);
	return status;
}

static int submit_words(struct submitting *p, const struct option_parsed *parsed, struct error *e)
{
	struct request q = p->given;
	int status;

	for (int i = 0; i < parsed->operands; i++) {
		enum trace_place place;
		const char *value;

		if (trace_word(parsed->operand[i], &place, &value, e))
			return STATUS_USAGE;
		if (!trace_fields[place].given)
			return error_set(e, STATUS_USAGE, "%s cannot be given", trace_fields[place].name);
		if (q.field[place][0])
			return error_set(e, STATUS_USAGE, "%s is given twice", trace_fields[place].name);
		q.field[place] = value;
	}
	status = submission_add(&p->s, &q, e);
	if (!status)
		status = submission_write(&p->s, e);
	return status ? status : print_written(p, e);
}

static void show_progress(void *context, uint64_t bytes)
{
	struct submitting *p = context;

	progress_step(&p->progress, (int64_t)bytes);
}

static int submit_rows(struct submitting *p, struct error *e)
{
	const struct table_options how = {
		.given = p->given, .name = DESK_ROWS, .go_on = p->o->go_on, .threads = (int)p->o->threads, .wrong = desk_say_row,
		.written = print_written, .progress = show_progress, .context = p,
	};
	int status;

	progress_start(&p->progress, stderr, (enum progress_mode)p->o->common.progress, "bytes",
		       input_size(stdin));
	status = table_submit(&p->s, stdin, &how, e);
	progress_end(&p->progress);
	return !status && !p->count ? error_set(e, STATUS_NO, "no rows: nothing was submitted") : status;
}

static int submit(struct submitting *p, const struct option_parsed *parsed, struct error *e)
{
	bool from_rows = parsed->operands == 0 || (parsed->operands == 1 && !strcmp(parsed->operand[0], "-"));
	struct buf question = { 0 };
	struct guard_mark mark;
	int status = find_text((const char *const *)parsed->operand, (size_t)parsed->operands, &question, e);

	if (!status)
		status = guard_begin(&p->d->guard, RIGHTS_TRACE, "submit", from_rows ? "(" DESK_ROWS ")" :
				     (const char *)question.data, NULL, &mark, e);
	if (!status) {
		status = desk_rows_open(&p->out, &p->o->common, NULL, 0, USUAL ",record", e);
		if (!status)
			status = from_rows ? submit_rows(p, e) : submit_words(p, parsed, e);
		status = desk_rows_close(&p->out, status, e);
		status = guard_end(&p->d->guard, &mark, p->count, status, e);
	}
	buf_free(&question);
	return status;
}

/* Names of drafts: they are changed by the options and words that are given, and sent unless --draft. */
static int submit_drafts(const struct submit_options *o, const struct option_parsed *parsed, struct error *e)
{
	struct act act = { .move = o->draft ? MOVE_DRAFT : MOVE_SUBMIT };
	struct request given;

	take_options(&given, o);
	for (int i = 0; i < TRACE_FIELDS; i++)
		act.field[i] = *given.field[i] ? given.field[i] : NULL;
	return act_run(&o->common, parsed, &act, e);
}

static int run(void *context, void *options, const struct option_parsed *parsed, struct error *e)
{
	static struct submitting p;   /* large */
	struct desk d;
	int status;

	(void)context;
	memset(&p, 0, sizeof p);
	p.o = options;
	if (parsed->operands && strcmp(parsed->operand[0], "-") && !strchr(parsed->operand[0], '='))
		return submit_drafts(p.o, parsed, e);
	status = desk_open(&d, &p.o->common, e);
	if (status)
		return status;
	p.d = &d;
	take_options(&p.given, p.o);
	submission_open(&p.s, &d.traces, d.form, p.o->draft);
	p.s.print = form_row;
	p.s.context = &p;
	status = submit(&p, parsed, e);
	submission_close(&p.s);
	desk_close(&d);
	return status;
}

const struct verb verb_submit = { "submit", "[ID...] [FIELD=VALUE...]", "ask a country: once, or for each row of standard input",
				  table, sizeof(struct submit_options), NULL, 0, -1, run };
