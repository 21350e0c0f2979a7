/* tree.c - a request with those it was forwarded to: who has it, for how long, and the chain of custody */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "trace/tree.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

int tree_history(struct traces *t, uint64_t id, bool holding, tree_revision *take, void *context, size_t *damaged,
		 struct error *e)
{
	struct buf lines = { 0 };
	const struct index_head *line;
	int status = index_revisions(t->book.index, id, holding, &lines, e);
	size_t n = lines.size / sizeof *line;

	line = (const void *)lines.data;
	for (size_t i = 0; i < n && !status; i++) {
		struct request q;
		unsigned party;

		status = traces_read(t, line[i].offset, &q, e);
		if (status == STATUS_INPUT) {
			if (damaged)
				++*damaged;
			status = STATUS_DONE;
			continue;
		}
		/* what it was as a draft is its sender's own affair */
		party = status ? PARTY_NONE : traces_party(t, &q);
		if (!party)
			continue;
		request_mask(&q, party);
		status = take(context, &q, e);
	}
	buf_free(&lines);
	return status;
}

/* How long a request was whose: the state that each revision brought, until the next. */
struct waiting {
	double receiver, sender;
	int state;
	int64_t since;
};

static void add_time(struct waiting *w, int64_t until)
{
	double days = until > w->since ? (double)(until - w->since) / 86400 : 0;

	if (w->state == TRACE_ASKED)
		w->sender += days;
	else if (w->state >= 0 && w->state != TRACE_FORWARDED &&
		 trace_turn((enum trace_state)w->state) == PARTY_RECEIVER)
		w->receiver += days;
}

static int count_time(void *context, const struct request *q, struct error *e)
{
	struct waiting *w = context;
	int64_t at;

	(void)e;
	if (clock_parse(q->field[TRACE_AT], &at, NULL))
		return STATUS_DONE;
	add_time(w, at);
	w->state = request_state(q);
	w->since = at;
	return STATUS_DONE;
}

static int add_node(struct tree *tree, struct traces *t, const struct request *q, int depth, struct error *e)
{
	struct waiting w = { .state = -1 };
	struct tree_node *node;
	int status;

	if (tree->count == tree->room) {
		size_t room = tree->room ? 2 * tree->room : 8;

		node = mem_grow(tree->node, room, sizeof *node, e);
		if (!node)
			return STATUS_SYSTEM;
		tree->node = node;
		tree->room = room;
	}
	node = &tree->node[tree->count];
	*node = (struct tree_node){ .request = *q, .depth = depth };
	status = request_copy(&node->request, &tree->pool, e);
	if (!status)
		status = tree_history(t, id_pack(node->request.field[TRACE_ID]), true, count_time, &w, NULL, e);
	if (status)
		return status;
	add_time(&w, t->book.now);
	node->days_sender = w.sender;
	node->days_receiver = w.receiver;
	tree->count++;
	return STATUS_DONE;
}

/* A request and what is below it. What may not be seen, or is not there, is passed over. */
static int add_below(struct tree *tree, struct traces *t, const char *id, int depth, struct error *e)
{
	struct index_head head;
	struct request q;
	const char *list;
	int status = traces_get(t, id, &q, &head, NULL);

	if (status == STATUS_NO || status == STATUS_INPUT || depth > TREE_DEEP || tree->count >= TREE_MOST)
		return STATUS_DONE;
	if (status)
		return traces_get(t, id, &q, &head, e);
	status = add_node(tree, t, &q, depth, e);
	if (status)
		return status;
	list = tree->node[tree->count - 1].request.field[TRACE_CHILDREN];
	while (*list && !status) {
		size_t n = strcspn(list, " ");
		char child[ID_TEXT];

		snprintf(child, sizeof child, "%.*s", (int)(n < sizeof child ? n : sizeof child - 1), list);
		list += n + strspn(list + n, " ");
		status = add_below(tree, t, child, depth + 1, e);
	}
	return status;
}

int tree_open(struct tree *tree, struct traces *t, const char *id, bool whole, struct error *e)
{
	struct index_head head;
	struct request q;
	char top[ID_TEXT];
	int status = traces_get(t, id, &q, &head, e);

	memset(tree, 0, sizeof *tree);
	if (status)
		return status;
	snprintf(top, sizeof top, "%s", q.field[TRACE_ID]);
	for (int up = 0; whole && up < TREE_DEEP && id_valid(q.field[TRACE_PARENT]); up++) {
		char parent[ID_TEXT];

		snprintf(parent, sizeof parent, "%s", q.field[TRACE_PARENT]);
		if (traces_get(t, parent, &q, &head, NULL))
			break;
		memcpy(top, parent, sizeof top);
	}
	status = add_below(tree, t, top, 0, e);
	if (status)
		tree_close(tree);
	return status;
}

void tree_close(struct tree *tree)
{
	free(tree->node);
	pool_free(&tree->pool);
	memset(tree, 0, sizeof *tree);
}

static int join(struct tree *tree, const char **to, const char *more, const char *between, struct error *e)
{
	size_t n = strlen(*to) + strlen(between) + strlen(more) + 1;
	char *text;

	if (!*more || strstr(*to, more))
		return STATUS_DONE;
	text = pool_take(&tree->pool, n, e);
	if (!text)
		return STATUS_SYSTEM;
	snprintf(text, n, "%s%s%s", *to, **to ? between : "", more);
	*to = text;
	return STATUS_DONE;
}

/* A step that several answers give is one, under the restrictions of all of them. */
static int merge(struct tree *tree, struct chain_step *step, size_t *count, struct error *e)
{
	size_t left = 0;

	for (size_t i = 0; i < *count; i++) {
		size_t k = 0;

		while (k < left && !chain_same(&step[k], &step[i]))
			k++;
		if (k == left)
			step[left++] = step[i];
		else if (join(tree, &step[k].source, step[i].source, " ", e) ||
			 join(tree, &step[k].restrictions, step[i].restrictions, "; ", e))
			return STATUS_SYSTEM;
	}
	*count = left;
	return STATUS_DONE;
}

int tree_chain(struct tree *tree, struct chain_step step[CHAIN_STEPS], size_t *count, struct error *e)
{
	*count = 0;
	for (size_t i = 0; i < tree->count; i++) {
		const struct request *q = &tree->node[i].request;
		size_t from = *count;
		int status = chain_read(q->field[TRACE_CHAIN], step, count, &tree->pool, e);

		if (status)
			return error_within(e, q->field[TRACE_ID]);
		for (size_t k = from; k < *count; k++) {
			step[k].source = q->field[TRACE_ID];
			step[k].restrictions = q->field[TRACE_RESTRICTIONS];
		}
	}
	*count = chain_sort(step, *count);
	return merge(tree, step, count, e);
}
