/* chain.c - the chain of custody of a firearm: who had it, from when on, by what paper */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "trace/chain.h"

#include <string.h>

#include "record/fold.h"
#include "record/lexicon.h"
#include "trace/request.h"

#define PARTS 5

/* The parts of one step, between bars, without blanks at their ends. */
static int read_step(const char *text, size_t size, struct chain_step *step, struct pool *pool, struct error *e)
{
	const char **part[PARTS] = { &step->date, &step->from, &step->to, &step->event, &step->document };
	const char *end = text + size;

	*step = (struct chain_step){ "", "", "", "", "", "", "" };
	for (int i = 0; i < PARTS; i++) {
		const char *bar = memchr(text, '|', (size_t)(end - text)), *stop = bar ? bar : end;

		while (text < stop && *text == ' ')
			text++;
		for (; stop > text && stop[-1] == ' '; stop--)
			;
		*part[i] = pool_text(pool, text, (size_t)(stop - text), e);
		if (!*part[i])
			return STATUS_SYSTEM;
		if (!bar)
			return STATUS_DONE;
		text = bar + 1;
	}
	return error_set(e, STATUS_INPUT, "more than date|from|to|event|document");
}

int chain_read(const char *text, struct chain_step *step, size_t *count, struct pool *pool, struct error *e)
{
	while (*text) {
		size_t n = strcspn(text, ";");
		int status;

		if (*count == CHAIN_STEPS)
			return error_set(e, STATUS_INPUT, "more than %d steps", CHAIN_STEPS);
		status = read_step(text, n, &step[*count], pool, e);
		if (status)
			return status;
		*count += n > strspn(text, " ");
		text += n + (text[n] == ';');
	}
	return STATUS_DONE;
}

int chain_put(struct buf *chain, const struct chain_step *s, struct error *e)
{
	return buf_format(chain, e, "%s%s|%s|%s|%s|%s", chain->size ? "; " : "", s->date, s->from, s->to, s->event,
			  s->document);
}

int chain_add(struct buf *chain, const char *typed, int64_t today, const char *made_year, struct buf *problems,
	      struct error *e)
{
	struct chain_step step;
	struct pool pool = { 0 };
	struct error why;
	int status;

	if (typed[strcspn(typed, ";")])
		return request_problem(problems, "step", "one at a time (no semicolon)", e);
	status = read_step(typed, strlen(typed), &step, &pool, &why);
	if (status == STATUS_INPUT)
		status = request_problem(problems, "step", why.text, e);
	else if (!status && !*step.from && !*step.to)
		status = request_problem(problems, "step", "neither from whom nor to whom", e);
	else if (!status)
		status = request_check_date("step", step.date, today, made_year, problems, e);
	if (!status)
		status = request_check_text("step", typed, 1000, problems, e);
	if (!status)
		status = chain_put(chain, &step, e);
	pool_free(&pool);
	return status;
}

bool chain_same(const struct chain_step *a, const struct chain_step *b)
{
	return !strcmp(a->date, b->date) && !strcmp(a->from, b->from) && !strcmp(a->to, b->to) &&
	       !strcmp(a->event, b->event) && !strcmp(a->document, b->document);
}

size_t chain_sort(struct chain_step *step, size_t count)
{
	size_t left = 0;

	/* a year sorts before its months, and a month before its days; few steps, mostly in order already */
	for (size_t i = 0; i < count; i++) {
		struct chain_step one = step[i];
		size_t at = left;
		bool known = false;

		for (size_t k = 0; k < left && !known; k++)
			known = chain_same(&step[k], &one) && !strcmp(step[k].restrictions, one.restrictions);
		if (known)
			continue;
		while (at && *one.date && *step[at - 1].date && strcmp(step[at - 1].date, one.date) > 0) {
			step[at] = step[at - 1];
			at--;
		}
		step[at] = one;
		left++;
	}
	return left;
}

bool chain_hole(const struct chain_step *before, const struct chain_step *step)
{
	char a[LEXICON_KEY], b[LEXICON_KEY];

	fold_text(before->to, a, sizeof a, FOLD_KEY);
	fold_text(step->from, b, sizeof b, FOLD_KEY);
	return !*a || strcmp(a, b) != 0;
}
