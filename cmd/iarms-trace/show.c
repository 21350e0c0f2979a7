/* show.c - show: requests, their revisions, their tree, their chain of custody */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "desk.h"
#include "record/find.h"
#include "trace/tree.h"
#include "verbs.h"

struct show_options {
	struct common common;
	bool history, tree, chain;
};

static const struct option_line table[] = {
	{ "history", 'H', OPTION_FLAG, offsetof(struct show_options, history), NULL, "all revisions", 0, 0 },
	{ "tree", 'T', OPTION_FLAG, offsetof(struct show_options, tree), NULL,
	  "with those it was forwarded to, and days at each country", 0, 0 },
	{ "chain", 'C', OPTION_FLAG, offsetof(struct show_options, chain), NULL,
	  "the chain of custody that the answers give", 0, 0 },
	COMMON(show_options)
};

struct showing {
	const struct show_options *o;
	const struct option_parsed *parsed;
	struct desk_rows out;
	struct guard_mark mark;
	struct buf question;
	int64_t count;
};

static const struct rows_column tree_front[] = {
	{ "tree", COLUMN_TEXT }, { "days_to", COLUMN_NUMBER }, { "days_from", COLUMN_NUMBER },
};
static const struct rows_column chain_columns[] = {
	{ "id", COLUMN_TEXT }, { "step", COLUMN_NUMBER }, { "hole", COLUMN_TEXT }, { "date", COLUMN_TEXT },
	{ "from", COLUMN_TEXT }, { "to", COLUMN_TEXT }, { "event", COLUMN_TEXT }, { "document", COLUMN_TEXT },
	{ "source", COLUMN_TEXT }, { "restrictions", COLUMN_TEXT },
};

static int open_rows(struct showing *s, const struct common *c, struct error *e)
{
	if (s->o->chain)
		return rows_open(&s->out.rows, stdout, (enum rows_format)c->format, chain_columns,
				 sizeof chain_columns / sizeof *chain_columns, c->columns, e);
	if (s->o->tree)
		return desk_rows_open(&s->out, c, tree_front, 3, "tree,from,to,state,submitted,answered,days_to,days_from,"
				      "outcome", e);
	return desk_rows_open(&s->out, c, NULL, 0, s->o->history ? "id,revision,at,by,actor,event,state,due,outcome,text" :
			      NULL, e);
}

static int begin(void *context, struct desk *d, struct error *e)
{
	struct showing *s = context;
	const struct option_parsed *p = s->parsed;
	const char *verb = s->o->history ? "history" : s->o->tree ? "tree" : s->o->chain ? "chain" : "show";
	int status = find_text((const char *const *)p->operand, (size_t)p->operands, &s->question, e);

	if (!status)
		status = guard_begin(&d->guard, RIGHTS_READ, verb, p->operands ? (const char *)s->question.data :
				     "(standard input)", NULL, &s->mark, e);
	return status ? status : open_rows(s, d->common, e);
}

static int put_revision(void *context, const struct request *q, struct error *e)
{
	return desk_put(context, q, e);
}

static int show_history(struct showing *s, struct desk *d, const struct index_head *head, struct error *e)
{
	size_t damaged = 0;
	int status = tree_history(&d->traces, head->id, false, put_revision, &s->out, &damaged, e);

	return !status && damaged ? error_set(e, STATUS_INPUT, "%zu damaged line(s) left out", damaged) : status;
}

static int show_tree(struct showing *s, const struct tree *tree, struct error *e)
{
	int status = STATUS_DONE;

	for (size_t i = 0; i < tree->count && !status; i++) {
		const struct tree_node *n = &tree->node[i];
		char name[2 * TREE_DEEP + ID_TEXT + 8];

		snprintf(name, sizeof name, "%*s%s%s", n->depth > 1 ? 2 * (n->depth - 1) : 0, "", n->depth ? "> " : "",
			 n->request.field[TRACE_ID]);
		rows_text(s->out.rows, name);
		rows_real(s->out.rows, n->days_receiver, 1);
		rows_real(s->out.rows, n->days_sender, 1);
		status = desk_put(&s->out, &n->request, e);
	}
	return status;
}

static int show_chain(struct showing *s, struct tree *tree, struct error *e)
{
	struct chain_step step[CHAIN_STEPS];
	const char *id = tree->node[0].request.field[TRACE_ID];
	size_t n;
	int status = tree_chain(tree, step, &n, e);

	for (size_t i = 0; i < n && !status; i++) {
		const struct chain_step *c = &step[i];
		const char *const text[] = { c->date, c->from, c->to, c->event, c->document, c->source, c->restrictions };

		rows_text(s->out.rows, id);
		rows_integer(s->out.rows, (int64_t)i + 1);
		rows_text(s->out.rows, i && chain_hole(&step[i - 1], c) ? "before" : NULL);
		for (size_t k = 0; k < sizeof text / sizeof *text; k++)
			desk_text(&s->out, text[k]);
		status = rows_end(s->out.rows, e);
	}
	return status;
}

static int show_one(void *context, struct desk *d, const char *id, struct error *e)
{
	struct showing *s = context;
	struct index_head head;
	struct tree tree;
	struct request q;
	int status = desk_get(d, id, &q, &head, e);

	s->count += !status;
	if (status)
		return status;
	if (s->o->history)
		return show_history(s, d, &head, e);
	if (!s->o->tree && !s->o->chain)
		return desk_put(&s->out, &q, e);
	status = tree_open(&tree, &d->traces, id, s->o->tree, e);
	if (status)
		return status;
	status = s->o->tree ? show_tree(s, &tree, e) : show_chain(s, &tree, e);
	tree_close(&tree);
	return status;
}

static int end(void *context, struct desk *d, int status, struct error *e)
{
	struct showing *s = context;

	status = desk_rows_close(&s->out, status, e);
	return guard_end(&d->guard, &s->mark, s->count, status, e);
}

static int run(void *context, void *options, const struct option_parsed *parsed, struct error *e)
{
	struct showing s = { .o = options, .parsed = parsed };
	int status;

	(void)context;
	if (s.o->history + s.o->tree + s.o->chain > 1)
		return error_set(e, STATUS_USAGE, "show: one of --history, --tree, --chain");
	status = desk_each(&s.o->common, parsed, begin, show_one, end, &s, e);
	buf_free(&s.question);
	return status;
}

const struct verb verb_show = { "show", "[ID...]", "print requests by their names", table,
				sizeof(struct show_options), NULL, 0, -1, run };
