/* act_check.c - a move on a trace request: is what is said whole by itself? */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "trace/act_parts.h"

int act_word(struct act *a, const char *word, struct error *e)
{
	enum trace_place place;
	const char *value;

	if (trace_word(word, &place, &value, e))
		return STATUS_USAGE;
	if (!trace_fields[place].given || place == TRACE_FROM || (place == TRACE_TO && a->move != MOVE_DRAFT &&
								  a->move != MOVE_SUBMIT))
		return error_set(e, STATUS_USAGE, "%s cannot be changed", trace_fields[place].name);
	if (a->field[place])
		return error_set(e, STATUS_USAGE, "%s is given twice", trace_fields[place].name);
	a->field[place] = value;
	return STATUS_DONE;
}

bool act_given(const struct act *a, enum trace_place place)
{
	return a->field[place] && *a->field[place];
}

static bool anything(const struct act *a)
{
	for (int i = 0; i < TRACE_FIELDS; i++)
		if (a->field[i])
			return true;
	return false;
}

static int check_answer(const struct act *a, struct buf *problems, struct error *e)
{
	bool untraced = act_given(a, TRACE_OUTCOME) && !strcmp(a->field[TRACE_OUTCOME], "not-traced");

	if (!act_given(a, TRACE_OUTCOME))
		return request_problem(problems, "outcome", "missing (" TRACE_OUTCOMES ")", e);
	if (untraced && !act_given(a, TRACE_UNTRACED))
		return request_problem(problems, "why", "missing (not traced because of: " TRACE_REASONS ")", e);
	if (!untraced && act_given(a, TRACE_UNTRACED))
		return request_problem(problems, "why", "only with the outcome not-traced", e);
	return STATUS_DONE;
}

int act_check(const struct act *a, struct error *e)
{
	static const struct { enum trace_move move; enum trace_place place; const char *name, *why; } needed[] = {
		{ MOVE_ASK, TRACE_TEXT, "text", "missing (what you need to know)" },
		{ MOVE_REFUSE, TRACE_TEXT, "text", "missing (why it is refused)" },
		{ MOVE_COMMENT, TRACE_TEXT, "text", "missing" },
		{ MOVE_RESTRICT, TRACE_HELD, "why", "missing (" TRACE_HOLDS ")" },
		{ MOVE_FORWARD, TRACE_NEXT, "to", "missing (the next country)" },
	};
	static const enum trace_place codes[] = { TRACE_OUTCOME, TRACE_UNTRACED, TRACE_HELD };
	struct buf problems = { 0 };
	int status = STATUS_DONE;

	for (size_t i = 0; i < sizeof needed / sizeof *needed && !status; i++)
		if (a->move == needed[i].move && !act_given(a, needed[i].place))
			status = request_problem(&problems, needed[i].name, needed[i].why, e);
	for (size_t i = 0; i < sizeof codes / sizeof *codes && !status; i++) {
		const struct trace_field *f = &trace_fields[codes[i]];
		char reason[200];

		snprintf(reason, sizeof reason, "'%.40s' is none of %s", act_given(a, codes[i]) ? a->field[codes[i]] : "",
			 f->codes);
		if (act_given(a, codes[i]) && form_code(f->codes, a->field[codes[i]]) < 0)
			status = request_problem(&problems, f->name, reason, e);
	}
	if (!status && (a->move == MOVE_ANSWER || a->move == MOVE_CORRECT))
		status = check_answer(a, &problems, e);
	if (!status && a->move == MOVE_SUPPLY && !anything(a))
		status = request_problem(&problems, "text", "missing, and no field is given", e);
	if (!status && problems.size)
		status = error_set(e, STATUS_USAGE, "%.500s", buf_string(&problems, NULL));
	buf_free(&problems);
	return status;
}
