/* index_run.c - where each record stands in the log, and which serials lead to it: thousands at once */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>

#include "base/bytes.h"
#include "base/mem.h"
#include "base/sort.h"
#include "record/index_parts.h"

static const size_t widths[RUN_KINDS] = {
	[RUN_HEADS] = 8 + INDEX_HEAD, [RUN_KEYS] = INDEX_PAIR, [RUN_ORIGINS] = INDEX_PAIR,
};

static uint64_t run_number(size_t n, int kind)
{
	return 4 * (uint64_t)n + (uint64_t)kind;
}

static int more_room(struct index *i, struct error *e)
{
	struct run *run = mem_grow(i->run, (i->room + 16) * RUN_KINDS, sizeof *run, e);

	if (!run)
		return STATUS_SYSTEM;
	i->run = run;
	i->room += 16;
	return STATUS_DONE;
}

int index_load_runs(struct index *i, struct error *e)
{
	const void *value;
	size_t size;

	for (i->runs = 0;; i->runs++) {
		if (i->runs == i->room && more_room(i, e))
			return STATUS_SYSTEM;
		for (int kind = 0; kind < RUN_KINDS; kind++) {
			int status = store_get(i->store, INDEX_RUNS, run_number(i->runs, kind), &value, &size, e);

			if (status == STATUS_NO && kind == 0)
				return STATUS_DONE;
			if (status == STATUS_NO)
				return error_set(e, STATUS_INPUT, "index: damaged");
			if (!status)
				status = run_read(value, size, widths[kind],
						  &i->run[i->runs * RUN_KINDS + (size_t)kind], e);
			if (status)
				return status;
		}
	}
}

void index_put_head(const struct index_head *h, unsigned char out[INDEX_HEAD])
{
	bytes_put64(out, h->offset);
	bytes_put32(out + 8, h->size);
	bytes_put32(out + 12, h->sum);
	bytes_put32(out + 16, h->revision);
	bytes_put64(out + 20, (uint64_t)h->at);
	bytes_put32(out + 28, (uint32_t)h->review);
	bytes_put16(out + 32, h->owner);
	out[34] = (unsigned char)(h->state | (h->gone ? INDEX_GONE : 0));
	bytes_put16(out + 35, h->other);
	bytes_put16(out + 37, (uint16_t)h->place);
	out[39] = (unsigned char)(h->place >> 16);
}

/* How a line stands to those that are there already. */
struct standing_lines {
	const struct index_head *line;
	size_t stones, plain;
	bool same, other;
};

static void compare_line(void *context, const struct index_head *there)
{
	struct standing_lines *s = context;

	s->stones += there->gone;
	s->plain += !there->gone;
	if (there->revision != s->line->revision)
		return;
	if (there->sum == s->line->sum && there->size == s->line->size)
		s->same = true;
	else
		s->other |= !there->gone && !s->line->gone;
}

int index_count_line(struct index *i, const struct index_head *h, const struct index_head *const *others,
		     size_t n, struct index_cover *cover, struct error *e)
{
	struct standing_lines s = { .line = h };
	int status = index_visit_lines(i, h->id, compare_line, &s, e);

	for (size_t k = 0; k < n; k++)
		compare_line(&s, others[k]);
	cover->records += !s.stones && !s.plain;
	if (h->gone && !s.stones)
		cover->returned += s.plain;
	else if (!h->gone && s.stones)
		cover->returned++;
	if (s.same)
		cover->repeated++;
	else if (s.other)
		cover->conflicts++;
	return status;
}

/* Counts the lines, which are sorted by id. */
static int count_lines(struct index *i, const struct index_head **heads, size_t n, struct index_cover *cover,
		       struct error *e)
{
	size_t first = 0;
	int status = STATUS_DONE;

	for (size_t k = 0; k < n && !status; k++) {
		if (heads[k]->id != heads[first]->id)
			first = k;
		status = index_count_line(i, heads[k], heads + first, k - first, cover, e);
	}
	return status;
}

static int place_heads(struct index *i, const struct index_head **heads, size_t n, struct error *e)
{
	unsigned char *entry;
	void *to;
	int status = store_room(i->store, INDEX_RUNS, run_number(i->runs, RUN_HEADS),
				run_size(n, widths[RUN_HEADS]), &to, e);

	if (status)
		return status;
	entry = run_begin(to, n, widths[RUN_HEADS]);
	for (size_t k = 0; k < n; k++, entry += widths[RUN_HEADS]) {
		bytes_put64(entry, heads[k]->id);
		index_put_head(heads[k], entry + 8);
	}
	run_end(to);
	return STATUS_DONE;
}

static int place_pairs(struct index *i, int kind, struct buf *pairs, struct error *e)
{
	struct sort_item *item = (void *)pairs->data;
	size_t n = pairs->size / sizeof *item;
	unsigned char *entry;
	void *to;
	int status = sort_items(item, n, e);

	if (!status)
		status = store_room(i->store, INDEX_RUNS, run_number(i->runs, kind), run_size(n, INDEX_PAIR), &to, e);
	if (status)
		return status;
	entry = run_begin(to, n, INDEX_PAIR);
	for (size_t k = 0; k < n; k++, entry += INDEX_PAIR) {
		bytes_put64(entry, item[k].key);
		bytes_put64(entry + 8, item[k].value);
	}
	run_end(to);
	return STATUS_DONE;
}

int index_place_runs(struct index *i, struct index_batch *b, struct index_cover *cover, struct error *e)
{
	const struct index_head *lines = (const void *)b->heads.data;
	size_t n = index_batch_lines(b);
	struct sort_item *item = mem_new(n, sizeof *item, e);
	const struct index_head **heads = mem_new(n, sizeof *heads, e);
	int status = item && heads ? STATUS_DONE : STATUS_SYSTEM;

	for (size_t k = 0; k < n && !status; k++)
		item[k] = (struct sort_item){ lines[k].id, k };
	if (!status)
		status = sort_items(item, n, e);
	for (size_t k = 0; k < n && !status; k++)
		heads[k] = &lines[item[k].value];
	if (b->named)
		cover->records += n;
	else if (!status)
		status = count_lines(i, heads, n, cover, e);
	if (!status)
		status = place_heads(i, heads, n, e);
	if (!status)
		status = place_pairs(i, RUN_KEYS, &b->keys, e);
	if (!status)
		status = place_pairs(i, RUN_ORIGINS, &b->origins, e);
	free(item);
	free(heads);
	return status;
}
