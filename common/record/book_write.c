/* book_write.c - all records: entering, revising, appending */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/num.h"
#include "record/book.h"
#include "record/retention.h"

/* The lines just appended into the index. What fails here is made up for by the next that opens it. */
static void follow(struct book *b, const struct record *r, const size_t *size, size_t count,
		   const struct buf *lines, uint64_t offset)
{
	struct index_batch batch = { .cover = b->cover };
	const char *line = (const char *)lines->data;
	struct index_batch_line entry;
	bool bad = log_identify(b->log, &batch.cover.log, NULL) != 0;

	batch.cover.size = log_size(b->log);
	if (batch.cover.headers == 0)
		batch.cover.headers = 1;   /* the log was empty */
	for (size_t i = 0; i < count && !bad; i++) {
		bad = book_index_line(&r[i], offset, size[i], line + size[i] - 9, &entry, NULL) ||
		      index_batch_add(&batch, &entry, NULL);
		batch.cover.lines++;
		batch.cover.last = offset;
		batch.cover.last_sum = entry.head.sum;
		offset += size[i];
		line += size[i];
	}
	index_leave(b->index);
	b->looking = false;
	if (!bad && index_commit(b->index, &batch, &b->cover, false, NULL) == STATUS_DONE)
		b->cover = batch.cover;
	index_batch_free(&batch);
}

int book_append(struct book *b, const struct record *r, size_t count, struct error *e)
{
	struct buf lines = { 0 }, sizes = { 0 };
	uint64_t offset;
	int status = STATUS_DONE;

	for (size_t i = 0; i < count && !status; i++) {
		size_t before = lines.size, size;

		status = log_put(b->log, &lines, r[i].field, e);
		size = lines.size - before;
		if (!status)
			status = buf_add(&sizes, &size, sizeof size, e);
	}
	if (!status)
		status = log_append(b->log, &lines, &offset, e);
	if (!status) {
		struct index_cover cover;

		follow(b, r, (const size_t *)(void *)sizes.data, count, &lines, offset);
		b->looking = !index_look(b->index, &cover, NULL);
		if (b->looking)
			b->cover = cover;
	}
	buf_free(&lines);
	buf_free(&sizes);
	return status;
}

static int set(struct record *r, enum form_place place, const char *text, struct pool *pool, struct error *e)
{
	r->field[place] = pool_text(pool, text, strlen(text), e);
	if (!r->field[place]) {
		r->field[place] = "";
		return STATUS_SYSTEM;
	}
	return STATUS_DONE;
}

/* What every revision has. */
static int stamp(struct book *b, struct record *r, const char *event, const char *status,
		 const struct retention *rules, int64_t revision, struct pool *pool, struct error *e)
{
	char number[24], day[DATE_TEXT] = "";

	r->field[FORM_EVENT] = event;
	if (rules)
		retention_day(rules, r->field[FORM_CATEGORY], status, b->today, day);
	snprintf(number, sizeof number, "%lld", (long long)revision);
	if (set(r, FORM_STATUS, status, pool, e) || (rules && set(r, FORM_REVIEW, day, pool, e)) ||
	    set(r, FORM_REVISION, number, pool, e) || set(r, FORM_AT, b->now_text, pool, e) ||
	    set(r, FORM_BY, b->guard->standing.officer.name, pool, e))
		return STATUS_SYSTEM;
	return STATUS_DONE;
}

int book_enter(struct book *b, struct record *r, const char *event, const char *status,
	       const struct retention *rules, struct pool *pool, struct error *e)
{
	char id[ID_TEXT];

	if (book_new_id(b, r->field[FORM_OWNER], id, e) || set(r, FORM_ID, id, pool, e))
		return STATUS_SYSTEM;
	return stamp(b, r, event, status, rules, 1, pool, e);
}

int book_revise(struct book *b, struct record *r, const char *event, const char *status,
		const struct retention *rules, struct pool *pool, struct error *e)
{
	int64_t revision;

	if (num_integer(r->field[FORM_REVISION], 1, UINT32_MAX - 1, &revision, e))
		return error_within(e, "revision");
	for (int i = 0; i < FORM_FIELDS; i++)
		if (r->field[i][0] && set(r, (enum form_place)i, r->field[i], pool, e))
			return STATUS_SYSTEM;
	r->field[FORM_REASON] = "";   /* each revision has its own */
	return stamp(b, r, event, status, rules, revision + 1, pool, e);
}
