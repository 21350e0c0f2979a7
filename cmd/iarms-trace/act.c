/* act.c - the verbs that move requests: acknowledge, ask, supply, answer, forward, ... */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "act.h"

#include <stdlib.h>
#include <string.h>

#include "answers.h"
#include "base/mem.h"
#include "verbs.h"

struct acting {
	const struct act *act;
	struct desk_rows out;
};

static int begin_act(void *context, struct desk *d, struct error *e)
{
	struct acting *a = context;

	return desk_rows_open(&a->out, d->common, NULL, 0, ANSWERS_COLUMNS, e);
}

static int print_moved(void *context, const struct request *q, struct error *e)
{
	return desk_put(context, q, e);
}

static int act_one(void *context, struct desk *d, const char *id, struct error *e)
{
	struct acting *a = context;
	int status = act_on(&d->traces, d->form, id, a->act, print_moved, &a->out, e);

	if (status != STATUS_NO)
		return status;
	/* submitted while this process waited for its name */
	status = book_refresh(&d->traces.book, e);
	return status ? status : act_on(&d->traces, d->form, id, a->act, print_moved, &a->out, e);
}

static int end_act(void *context, struct desk *d, int status, struct error *e)
{
	struct acting *a = context;

	(void)d;
	return desk_rows_close(&a->out, status, e);
}

int act_run(const struct common *c, const struct option_parsed *parsed, struct act *act, struct error *e)
{
	struct option_parsed names = *parsed;
	struct acting a = { .act = act };
	int status = STATUS_DONE;

	names.operands = 0;
	names.operand = mem_new((size_t)parsed->operands + 1, sizeof *names.operand, e);
	if (!names.operand)
		return STATUS_SYSTEM;
	for (int i = 0; i < parsed->operands && !status; i++) {
		if (strchr(parsed->operand[i], '='))
			status = act_word(act, parsed->operand[i], e);
		else
			names.operand[names.operands++] = parsed->operand[i];
	}
	if (!status)
		status = act_check(act, e);
	if (!status)
		status = desk_each(c, &names, begin_act, act_one, end_act, &a, e);
	free(names.operand);
	return status;
}

/* Names only, whatever stands in them. */
static int run_names(const struct common *c, const struct option_parsed *parsed, struct act *act, struct error *e)
{
	for (int i = 0; i < parsed->operands; i++)
		if (strchr(parsed->operand[i], '='))
			return error_set(e, STATUS_USAGE, "'%.60s' is no name of a request", parsed->operand[i]);
	return act_run(c, parsed, act, e);
}

/* Moves that say nothing but a text. */

struct text_options {
	struct common common;
	const char *text;
};

#define TEXT(type, help) { "text", 'm', OPTION_TEXT, offsetof(struct type, text), "TEXT", help, 0, 0 }
static const struct option_line text_table[] = {
	TEXT(text_options, "what the other country is to read"),
	COMMON(text_options)
};

static int run_text(enum trace_move move, const struct text_options *o, const struct option_parsed *parsed,
		    bool words, struct error *e)
{
	struct act act = { .move = move };

	act.field[TRACE_TEXT] = o->text;
	return words ? act_run(&o->common, parsed, &act, e) : run_names(&o->common, parsed, &act, e);
}

#define TEXT_VERB(name, move, words) \
	static int run_##name(void *context, void *options, const struct option_parsed *parsed, struct error *e) \
	{ \
		(void)context; \
		return run_text(move, options, parsed, words, e); \
	}
TEXT_VERB(acknowledge, MOVE_ACKNOWLEDGE, false)
TEXT_VERB(start, MOVE_START, false)
TEXT_VERB(ask, MOVE_ASK, false)
TEXT_VERB(supply, MOVE_SUPPLY, true)
TEXT_VERB(refuse, MOVE_REFUSE, false)
TEXT_VERB(comment, MOVE_COMMENT, false)
TEXT_VERB(withdraw, MOVE_WITHDRAW, false)
TEXT_VERB(close, MOVE_CLOSE, false)

/* answer */

struct answer_options {
	struct common common;
	const char *outcome, *why, *first_sale, *diversion, *next, *restrictions, *text;
	struct option_list step;
	bool gather, correct, rows, go_on;
};

static const struct option_line answer_table[] = {
	{ "outcome", 0, OPTION_TEXT, offsetof(struct answer_options, outcome), "WORD", TRACE_OUTCOMES, 0, 0 },
	{ "why", 0, OPTION_TEXT, offsetof(struct answer_options, why), "WORD", TRACE_REASONS, 0, 0 },
	{ "step", 's', OPTION_LIST, offsetof(struct answer_options, step), "TEXT",
	  "of the chain: 'date|from|to|event|document'; as often as needed", 0, 0 },
	{ "first-sale", 0, OPTION_TEXT, offsetof(struct answer_options, first_sale), "DATE", "to a user", 0, 0 },
	{ "diversion", 0, OPTION_TEXT, offsetof(struct answer_options, diversion), "TEXT", "where it went astray", 0, 0 },
	{ "next", 0, OPTION_TEXT, offsetof(struct answer_options, next), "CODE", "the country to ask next", 0, 0 },
	{ "restrictions", 'r', OPTION_TEXT, offsetof(struct answer_options, restrictions), "TEXT",
	  "on the use of this answer", 0, 0 },
	{ "gather", 'g', OPTION_FLAG, offsetof(struct answer_options, gather), NULL,
	  "with the chain and restrictions of those it was forwarded to", 0, 0 },
	{ "correct", 0, OPTION_FLAG, offsetof(struct answer_options, correct), NULL,
	  "instead of the answer that there is", 0, 0 },
	{ "rows", 0, OPTION_FLAG, offsetof(struct answer_options, rows), NULL,
	  "answers from CSV on standard input, all or none", 0, 0 },
	{ "keep-going", 'k', OPTION_FLAG, offsetof(struct answer_options, go_on), NULL,
	  "with --rows: leave out rows that are wrong", 0, 0 },
	TEXT(answer_options, "anything else"),
	COMMON(answer_options)
};

static int run_answer(void *context, void *options, const struct option_parsed *parsed, struct error *e)
{
	const struct answer_options *o = options;
	struct act act = { .move = o->correct ? MOVE_CORRECT : MOVE_ANSWER, .step = o->step.item,
			   .steps = o->step.count, .gather = o->gather };

	(void)context;
	act.field[TRACE_OUTCOME] = o->outcome;
	act.field[TRACE_UNTRACED] = o->why;
	act.field[TRACE_FIRST_SALE] = o->first_sale;
	act.field[TRACE_DIVERSION] = o->diversion;
	act.field[TRACE_NEXT] = o->next;
	act.field[TRACE_RESTRICTIONS] = o->restrictions;
	act.field[TRACE_TEXT] = o->text;
	if (o->go_on && !o->rows)
		return error_set(e, STATUS_USAGE, "--keep-going: only with --rows");
	if (o->rows && parsed->operands)
		return error_set(e, STATUS_USAGE, "--rows: the rows have the names");
	return o->rows ? answers_run(&o->common, &act, o->go_on, e) : run_names(&o->common, parsed, &act, e);
}

/* restrict */

struct restrict_options {
	struct common common;
	const char *why, *until, *text;
};

static const struct option_line restrict_table[] = {
	{ "why", 0, OPTION_TEXT, offsetof(struct restrict_options, why), "WORD",
	  "ongoing-investigation, confidentiality-law, ...", 0, 0 },
	{ "until", 0, OPTION_TEXT, offsetof(struct restrict_options, until), "DATE", "the day until which it is", 0, 0 },
	TEXT(restrict_options, "anything else"),
	COMMON(restrict_options)
};

static int run_restrict(void *context, void *options, const struct option_parsed *parsed, struct error *e)
{
	const struct restrict_options *o = options;
	struct act act = { .move = MOVE_RESTRICT };

	(void)context;
	act.field[TRACE_HELD] = o->why;
	act.field[TRACE_UNTIL] = o->until;
	act.field[TRACE_TEXT] = o->text;
	return run_names(&o->common, parsed, &act, e);
}

/* forward */

struct forward_options {
	struct common common;
	const char *to, *text;
};

static const struct option_line forward_table[] = {
	{ "to", 't', OPTION_TEXT, offsetof(struct forward_options, to), "CODE", "the next country", 0, 0 },
	TEXT(forward_options, "what the country that asked is to read"),
	COMMON(forward_options)
};

static int run_forward(void *context, void *options, const struct option_parsed *parsed, struct error *e)
{
	const struct forward_options *o = options;
	struct act act = { .move = MOVE_FORWARD };

	(void)context;
	act.field[TRACE_NEXT] = o->to;
	act.field[TRACE_TEXT] = o->text;
	return act_run(&o->common, parsed, &act, e);
}

#define VERB(name, operands, about, table, type) \
	const struct verb verb_##name = { #name, operands, about, table, sizeof(struct type), NULL, 0, -1, run_##name }
VERB(acknowledge, "[ID...]", "receiver: it has arrived", text_table, text_options);
VERB(start, "[ID...]", "receiver: it is being worked on", text_table, text_options);
VERB(ask, "[ID...]", "receiver: something is missing", text_table, text_options);
VERB(supply, "[ID...] [FIELD=VALUE...]", "sender: more information", text_table, text_options);
VERB(answer, "[ID...]", "receiver: the outcome, and the chain of custody", answer_table, answer_options);
VERB(refuse, "[ID...]", "receiver: there will be no answer", text_table, text_options);
VERB(restrict, "[ID...]", "receiver: there can be no answer now", restrict_table, restrict_options);
VERB(forward, "[ID...] [FIELD=VALUE...]", "receiver: ask the next country", forward_table, forward_options);
VERB(comment, "[ID...]", "either: a word on it", text_table, text_options);
VERB(withdraw, "[ID...]", "sender: it is not needed any more", text_table, text_options);
VERB(close, "[ID...]", "sender: the answer was taken", text_table, text_options);
