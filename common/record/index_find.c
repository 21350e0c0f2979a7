/* index_find.c - where each record stands in the log, and which serials lead to it: finding */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "base/mem.h"
#include "record/index_parts.h"

static void get_head(uint64_t id, const unsigned char *p, struct index_head *out)
{
	*out = (struct index_head){
		.id = id, .offset = bytes_get64(p), .size = bytes_get32(p + 8), .sum = bytes_get32(p + 12),
		.revision = bytes_get32(p + 16), .at = (int64_t)bytes_get64(p + 20),
		.review = (int32_t)bytes_get32(p + 28), .owner = bytes_get16(p + 32),
		.state = p[34] & (INDEX_GONE - 1), .gone = (p[34] & INDEX_GONE) != 0,
		.other = bytes_get16(p + 35), .place = bytes_get16(p + 37) | (uint32_t)p[39] << 16,
	};
}

bool index_supersedes(const struct index_head *new, const struct index_head *old)
{
	if (new->gone != old->gone)
		return new->gone;
	if (new->revision != old->revision)
		return new->revision > old->revision;
	if (new->at != old->at)
		return new->at > old->at;
	return new->offset > old->offset;
}

static const struct run *run_of(const struct index *i, size_t n, int kind)
{
	return &i->run[n * RUN_KINDS + (size_t)kind];
}

int index_visit_lines(struct index *i, uint64_t id, index_visit *visit, void *context, struct error *e)
{
	const struct run_key key = run_ask(id);
	struct index_head head;
	const void *value;
	size_t size;
	int status = store_get(i->store, INDEX_HEADS, id, &value, &size, e);

	if (status == STATUS_SYSTEM)
		return status;
	for (size_t at = 0; !status && at + INDEX_HEAD <= size; at += INDEX_HEAD) {
		get_head(id, (const unsigned char *)value + at, &head);
		visit(context, &head);
	}
	for (size_t n = 0; n < i->runs; n++) {
		const struct run *r = run_of(i, n, RUN_HEADS);

		for (size_t k = run_find(r, &key); k < r->count && run_key_at(r, k) == id; k++) {
			get_head(id, run_entry(r, k) + 8, &head);
			visit(context, &head);
		}
	}
	return STATUS_DONE;
}

static void take_current(void *context, const struct index_head *line)
{
	struct index_head *best = context;

	if (!best->id || index_supersedes(line, best))
		*best = *line;
}

int index_find(struct index *i, uint64_t id, struct index_head *out, struct error *e)
{
	int status;

	memset(out, 0, sizeof *out);
	if (i->empty)
		return STATUS_NO;
	status = index_visit_lines(i, id, take_current, out, e);
	return !status && !out->id ? STATUS_NO : status;
}

struct gathering {
	struct buf *lines;
	struct error *e;
	int status;
};

static void take_line(void *context, const struct index_head *line)
{
	struct gathering *g = context;

	if (!g->status)
		g->status = buf_add(g->lines, line, sizeof *line, g->e);
}

static int order_lines(const void *a, const void *b)
{
	const struct index_head *x = a, *y = b;

	return x->offset < y->offset ? -1 : x->offset > y->offset;
}

int index_lines(struct index *i, uint64_t id, struct buf *lines, struct error *e)
{
	struct gathering g = { lines, e, STATUS_DONE };
	struct index_head *line, current;
	size_t n, at = 0, left = 1;
	int status = i->empty ? STATUS_NO : STATUS_DONE;

	lines->size = 0;
	if (!status)
		status = index_visit_lines(i, id, take_line, &g, e);
	if (!status)
		status = g.status;
	if (status || !lines->size)
		return status ? status : STATUS_NO;
	line = (void *)lines->data;
	n = lines->size / sizeof *line;
	qsort(line, n, sizeof *line, order_lines);
	for (size_t k = 1; k < n; k++)
		if (index_supersedes(&line[k], &line[at]))
			at = k;
	current = line[at];
	memmove(line + 1, line, at * sizeof *line);
	line[0] = current;
	for (size_t k = 1; k < n; k++)
		if (line[k].gone == current.gone)
			line[left++] = line[k];
	lines->size = left * sizeof *line;
	return STATUS_DONE;
}

static int order_revisions(const void *a, const void *b)
{
	const struct index_head *x = a, *y = b;

	if (x->revision != y->revision)
		return x->revision < y->revision ? -1 : 1;
	return order_lines(a, b);
}

/* Of lines with one revision: is the k-th passed over, since another holds or says the same before it? */
static bool passed_over(const struct index_head *line, size_t n, size_t k, bool holding)
{
	for (size_t other = 0; other < (holding ? n : k); other++)
		if (holding ? index_supersedes(&line[other], &line[k]) :
		    line[other].sum == line[k].sum && line[other].size == line[k].size)
			return true;
	return false;
}

int index_revisions(struct index *i, uint64_t id, bool holding, struct buf *lines, struct error *e)
{
	struct index_head *line;
	size_t n, left = 0, first, end;
	int status = index_lines(i, id, lines, e);

	line = (void *)lines->data;
	n = lines->size / sizeof *line;
	if (n > 1)
		qsort(line, n, sizeof *line, order_revisions);
	for (first = 0; first < n; first = end) {
		size_t kept = left;

		for (end = first; end < n && line[end].revision == line[first].revision; end++)
			;
		/* it is asked of each among all of them, so they are moved up after; the place is not told here */
		for (size_t k = first; k < end; k++)
			line[k].place = passed_over(line + first, end - first, k - first, holding);
		for (size_t k = first; k < end; k++)
			if (!line[k].place)
				line[kept++] = line[k];
		left = kept;
	}
	lines->size = left * sizeof *line;
	return status;
}

int index_counts(struct index *i, uint64_t id, uint64_t offset, bool holding, bool *counts, struct error *e)
{
	struct buf lines = { 0 };
	const struct index_head *line;
	int status = index_revisions(i, id, holding, &lines, e);

	*counts = false;
	line = (const void *)lines.data;
	for (size_t k = 0; k < lines.size / sizeof *line && !*counts; k++)
		*counts = line[k].offset == offset;
	buf_free(&lines);
	return status == STATUS_NO ? STATUS_DONE : status;
}

struct stones_and_lines {
	size_t stones, plain;
};

static void count_line(void *context, const struct index_head *line)
{
	struct stones_and_lines *n = context;

	n->stones += line->gone;
	n->plain += !line->gone;
}

int index_returned(struct index *i, uint64_t id, size_t *count, struct error *e)
{
	struct stones_and_lines n = { 0, 0 };
	int status = i->empty ? STATUS_DONE : index_visit_lines(i, id, count_line, &n, e);

	*count = n.stones ? n.plain : 0;
	return status;
}

int index_find_origin(struct index *i, uint64_t origin, uint64_t *id, struct error *e)
{
	const struct run_key key = run_ask(origin);
	int status = i->empty ? STATUS_NO : store_pair(i->store, INDEX_ORIGINS, origin, true, id, e);

	for (size_t n = 0; n < i->runs && status == STATUS_NO && !i->empty; n++) {
		const struct run *r = run_of(i, n, RUN_ORIGINS);
		size_t k = run_find(r, &key);

		if (k < r->count) {
			*id = bytes_get64(run_entry(r, k) + 8);
			status = STATUS_DONE;
		}
	}
	return status;
}

/* Going through all records: the least id of what the tree and each run come to next. */
struct walk {
	struct index *index;
	size_t *at;             /* in each run */
	uint64_t tree;          /* what the tree comes to; with */
	const unsigned char *value;
	size_t size;            /* 0: it came to its end */
};

static int walk_tree(struct walk *w, uint64_t from, struct error *e)
{
	const void *value;
	int status;

	w->tree = from;
	status = store_from(w->index->store, INDEX_HEADS, &w->tree, &value, &w->size, e);
	w->value = value;
	if (status)
		w->size = 0;
	return status == STATUS_NO ? STATUS_DONE : status;
}

/* The current line of the next record. STATUS_NO: there is none. */
static int walk_next(struct walk *w, struct index_head *out, struct error *e)
{
	struct index_head head;
	uint64_t id = w->size ? w->tree : UINT64_MAX;

	memset(out, 0, sizeof *out);
	for (size_t n = 0; n < w->index->runs; n++) {
		const struct run *r = run_of(w->index, n, RUN_HEADS);

		if (w->at[n] < r->count && run_key_at(r, w->at[n]) < id)
			id = run_key_at(r, w->at[n]);
	}
	if (id == UINT64_MAX)
		return STATUS_NO;
	for (size_t n = 0; n < w->index->runs; n++) {
		const struct run *r = run_of(w->index, n, RUN_HEADS);

		for (; w->at[n] < r->count && run_key_at(r, w->at[n]) == id; w->at[n]++) {
			get_head(id, run_entry(r, w->at[n]) + 8, &head);
			take_current(out, &head);
		}
	}
	if (!w->size || w->tree != id)
		return STATUS_DONE;
	for (size_t at = 0; at + INDEX_HEAD <= w->size; at += INDEX_HEAD) {
		get_head(id, w->value + at, &head);
		take_current(out, &head);
	}
	return walk_tree(w, id + 1, e);
}

int index_each(struct index *i, index_take *take, void *context, struct error *e)
{
	struct walk w = { .index = i };
	struct index_head head;
	int status;

	if (i->empty)
		return STATUS_DONE;
	w.at = mem_new(i->runs + 1, sizeof *w.at, e);
	status = w.at ? walk_tree(&w, 0, e) : STATUS_SYSTEM;
	while (!status && !(status = walk_next(&w, &head, e)))
		status = take(context, &head, e);
	free(w.at);
	return status == STATUS_NO ? STATUS_DONE : status;
}
