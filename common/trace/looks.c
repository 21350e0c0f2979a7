/* looks.c - how far each officer has read the log of trace requests */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "trace/looks.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/num.h"
#include "base/sum.h"

#define WAIT_S 120
#define LINES_MOST 1000        /* then only the last look of each officer is kept */

enum { OFFICER, COUNTRY, AT, SIZE, LAST, LAST_SUM, COLUMNS };
static const char *const columns[COLUMNS] = { "officer", "country", "at", "size", "last", "last_sum" };
static const struct log_shape shape = { LOOKS_FILE, columns, COLUMNS };

struct looks {
	struct traces *traces;
	struct log *log;
	size_t lines;             /* of the log of looks */
	struct index_cover seen;  /* size, last and last_sum of the last look; size 0: none */
	int64_t at;
	struct index_cover now;
};

/* The last line of this officer for this country stands. */
static void take_line(struct looks *l, const char *const *field)
{
	const struct traces *t = l->traces;
	int64_t size, last, sum, at;

	if (strcmp(field[OFFICER], t->book.guard->standing.officer.name) || strcmp(field[COUNTRY], t->country) ||
	    num_integer(field[SIZE], 0, INT64_MAX, &size, NULL) || num_integer(field[LAST], 0, INT64_MAX, &last, NULL) ||
	    num_integer(field[LAST_SUM], 0, UINT32_MAX, &sum, NULL) || clock_parse(field[AT], &at, NULL))
		return;
	l->seen.size = (uint64_t)size;
	l->seen.last = (uint64_t)last;
	l->seen.last_sum = (uint64_t)sum;
	l->at = at;
}

int looks_open(struct looks **out, struct traces *t, struct error *e)
{
	struct looks *l = mem_new(1, sizeof *l, e);
	struct log_reader *r = NULL;
	struct log_row row;
	int status;

	*out = NULL;
	if (!l)
		return STATUS_SYSTEM;
	l->traces = t;
	l->now = t->book.cover;
	status = log_open(&l->log, &t->book.guard->folder, &shape, NULL, e);
	if (!status)
		status = log_reader_open(&r, l->log, e);
	if (!status) {
		log_scan(r, 0);
		/* a damaged line is one look forgotten */
		while ((status = log_next(r, &row, e)) == STATUS_DONE || status == STATUS_INPUT)
			if (l->lines++, !status)
				take_line(l, row.field);
		if (status == STATUS_NO)
			status = STATUS_DONE;
	}
	log_reader_close(r);
	if (status)
		looks_close(l);
	else
		*out = l;
	return status;
}

void looks_close(struct looks *l)
{
	if (!l)
		return;
	log_close(l->log);
	free(l);
}

/* Does the line that was the last one still stand where it stood? Else the log is another, and the time of the
 * look tells what is new. */
static bool fits(struct looks *l)
{
	struct log_row row;
	uint64_t sum;

	return l->seen.size && l->seen.size <= l->now.size &&
	       !book_read_row(&l->traces->book, l->seen.last, &row, NULL) &&
	       row.offset + row.size <= l->seen.size && num_hex(row.raw + row.size - 9, 8, &sum) &&
	       sum == l->seen.last_sum;
}

/* Is it news to him? */
static bool news(const struct looks *l, const struct request *q, int64_t since)
{
	const struct traces *t = l->traces;
	const struct standing *s = &t->book.guard->standing;
	int64_t at;

	if (since && (clock_parse(q->field[TRACE_AT], &at, NULL) || at < since))
		return false;
	if (s->alone)
		return !*t->country || strcmp(q->field[TRACE_ACTOR], t->country) != 0;
	return strcmp(q->field[TRACE_BY], s->officer.name) || strcmp(q->field[TRACE_ACTOR], t->country);
}

/* What was deleted is no news, and neither is what an older copy brought back of it, or says once more. */
static int is_old(struct looks *l, const struct request *q, uint64_t offset, bool *old, struct error *e)
{
	bool counts = true;
	int status = STATUS_DONE;

	*old = request_state(q) == TRACE_DELETED;
	if (!*old && (l->now.returned || l->now.repeated) && id_valid(q->field[TRACE_ID]))
		status = index_counts(l->traces->book.index, id_pack(q->field[TRACE_ID]), offset, false, &counts, e);
	*old |= !counts;
	return status;
}

int looks_run(struct looks *l, int64_t since, looks_take *take, void *context, size_t *damaged, struct error *e)
{
	bool fit = !since && fits(l);
	int64_t from = since ? since : fit ? 0 : l->at;
	struct log_reader *r;
	struct log_row row;
	int status = log_reader_open(&r, l->traces->book.log, e);

	if (status)
		return status;
	log_scan(r, fit ? l->seen.size : 0);
	while ((status = log_next(r, &row, e)) == STATUS_DONE || status == STATUS_INPUT) {
		struct request q;
		unsigned party;
		bool old;

		/* what came in since the index was looked at is left for the next look */
		if (row.offset >= l->now.size)
			break;
		if (status == STATUS_INPUT) {
			*damaged += 1;
			continue;
		}
		memcpy(q.field, row.field, sizeof q.field);
		status = is_old(l, &q, row.offset, &old, e);
		if (status)
			break;
		party = old ? PARTY_NONE : traces_party(l->traces, &q);
		if (!party || !news(l, &q, from))
			continue;
		request_mask(&q, party);
		status = take(context, &q, e);
		if (status)
			break;
	}
	log_reader_close(r);
	return status == STATUS_NO || status == STATUS_INPUT ? STATUS_DONE : status;
}

/* Where the last look of each officer for each country is. */
struct last_look {
	uint64_t who, offset;
};

static uint64_t who_of(const struct log_row *row)
{
	uint64_t sum = sum_fnv64(SUM_FNV64_START, row->field[OFFICER], strlen(row->field[OFFICER]) + 1);

	return sum_fnv64(sum, row->field[COUNTRY], strlen(row->field[COUNTRY]));
}

static struct last_look *find_last(const struct buf *last, uint64_t who)
{
	struct last_look *look = (void *)last->data;

	for (size_t i = 0; i < last->size / sizeof *look; i++)
		if (look[i].who == who)
			return &look[i];
	return NULL;
}

static int gather_last(struct looks *l, struct buf *last, struct error *e)
{
	struct log_reader *r;
	struct log_row row;
	int status = log_reader_open(&r, l->log, e);

	if (status)
		return status;
	log_scan(r, 0);
	while ((status = log_next(r, &row, e)) == STATUS_DONE || status == STATUS_INPUT) {
		struct last_look new = { 0, row.offset }, *old;

		if (status)
			continue;
		new.who = who_of(&row);
		old = find_last(last, new.who);
		if (old)
			old->offset = row.offset;
		else if (buf_add(last, &new, sizeof new, e))
			break;
	}
	log_reader_close(r);
	return status == STATUS_NO ? STATUS_DONE : STATUS_SYSTEM;
}

static bool keep_last(void *context, const struct log_row *row, bool damaged)
{
	const struct last_look *look = damaged ? NULL : find_last(context, who_of(row));

	return look && look->offset == row->offset;
}

/* Locked: the new line, and of the old ones only those that count. */
static int compact(struct looks *l, const struct buf *line, struct error *e)
{
	struct buf last = { 0 };
	int status = gather_last(l, &last, e);

	if (!status)
		status = log_rewrite(l->log, keep_last, &last, line, NULL, e);
	buf_free(&last);
	return status;
}

int looks_remember(struct looks *l, struct error *e)
{
	const struct traces *t = l->traces;
	char size[24], last[24], sum[24];
	const char *field[COLUMNS] = { t->book.guard->standing.officer.name, t->country, t->book.now_text, size, last,
				       sum };
	struct buf line = { 0 };
	int status;

	/* nothing new was written by anybody: the last look is as good */
	if (l->now.size == l->seen.size && l->now.last == l->seen.last && l->now.last_sum == l->seen.last_sum)
		return STATUS_DONE;
	snprintf(size, sizeof size, "%llu", (unsigned long long)l->now.size);
	snprintf(last, sizeof last, "%llu", (unsigned long long)l->now.last);
	snprintf(sum, sizeof sum, "%llu", (unsigned long long)l->now.last_sum);
	status = log_lock(l->log, WAIT_S, e);
	if (status)
		return status;
	status = log_put(l->log, &line, field, e);
	if (!status)
		status = l->lines < LINES_MOST ? log_append(l->log, &line, NULL, e) : compact(l, &line, e);
	log_unlock(l->log);
	buf_free(&line);
	return status;
}
