/* book_write.c - all records: entering, revising, appending */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/num.h"
#include "base/sort.h"
#include "record/book.h"
#include "record/retention.h"

/* The lines just appended into the index. What fails here is made up for by the next that opens it. */
static void follow(struct book *b, const struct book_line *line, size_t count, bool named)
{
	struct index_batch batch = { .cover = b->cover, .named = named, .places = b->kind->places };
	bool bad = log_identify(b->log, &batch.cover.log, NULL) != 0;

	batch.cover.size = log_size(b->log);
	if (batch.cover.headers == 0)
		batch.cover.headers = 1;   /* the log was empty */
	for (size_t i = 0; i < count && !bad; i++)
		bad = index_batch_add(&batch, &line[i].entry, NULL);
	batch.cover.lines += count;
	batch.cover.last = line[count - 1].entry.head.offset;
	batch.cover.last_sum = line[count - 1].entry.head.sum;
	index_leave(b->index);
	b->looking = false;
	if (!bad && index_commit(b->index, &batch, &b->cover, false, NULL) == STATUS_DONE)
		b->cover = batch.cover;
	index_batch_free(&batch);
}

static int append(struct book *b, struct book_line *line, size_t count, bool named, struct error *e)
{
	struct buf lines = { 0 };
	struct index_cover cover;
	size_t bytes = 0;
	uint64_t offset;
	int status;

	for (size_t i = 0; i < count; i++)
		bytes += line[i].size;
	status = buf_reserve(&lines, bytes, e);
	for (size_t i = 0; i < count && !status; i++)
		status = buf_add(&lines, line[i].text, line[i].size, e);
	if (!status)
		status = log_append(b->log, &lines, &offset, e);
	buf_free(&lines);
	if (status)
		return status;
	for (size_t i = 0; i < count; i++) {
		line[i].entry.head.offset = offset;
		offset += line[i].size;
	}
	follow(b, line, count, named);
	b->looking = !index_look(b->index, &cover, NULL);
	if (b->looking)
		b->cover = cover;
	return STATUS_DONE;
}

/* Eight hexadecimal digits at the end of a line, before its newline. */
static uint32_t sum_of(const char *text, size_t size)
{
	uint64_t sum = 0;

	num_hex(text + size - 9, 8, &sum);
	return (uint32_t)sum;
}

int book_line_make(const struct book *b, const struct record *r, struct pool *pool, struct book_line *out,
		   struct error *e)
{
	return book_line_put(b, r->field, pool, out, e);
}

int book_line_put(const struct book *b, const char *const *field, struct pool *pool, struct book_line *out,
		  struct error *e)
{
	struct buf text = { 0 };
	struct index_serial *s = &out->entry.serial;
	int status = log_put(b->log, &text, field, e);

	if (!status) {
		out->size = text.size;
		out->text = pool_text(pool, (const char *)text.data, text.size, e);
		memset(&out->entry, 0, sizeof out->entry);
		status = out->text ? b->kind->line(field, &out->entry, e) : STATUS_SYSTEM;
	}
	if (!status) {
		out->entry.head.size = (uint32_t)out->size;
		out->entry.head.sum = sum_of(out->text, out->size);
	}
	buf_free(&text);
	/* nothing points to the fields any more */
	if (!status)
		s->plain = *s->plain ? pool_text(pool, s->plain, strlen(s->plain), e) : "";
	if (!status)
		out->entry.components = *out->entry.components ?
			pool_text(pool, out->entry.components, strlen(out->entry.components), e) : "";
	return !status && (!s->plain || !out->entry.components) ? STATUS_SYSTEM : status;
}

static void seal(struct book_line *line)
{
	log_seal(line->text, line->size);
	line->entry.head.sum = sum_of(line->text, line->size);
}

void book_line_origin(struct book_line *line, uint64_t origin)
{
	char old[BOOK_ORIGIN], new[BOOK_ORIGIN];
	char *p = line->text + line->size - BOOK_ORIGIN;

	book_origin_text(line->entry.origin, old);
	book_origin_text(origin, new);
	while (p > line->text && memcmp(p, old, BOOK_ORIGIN - 1) != 0)
		p--;
	memcpy(p, new, BOOK_ORIGIN - 1);
	line->entry.origin = origin;
	seal(line);
}

/* The name is the front of the line. */
static int rename_line(struct book *b, struct book_line *line, struct error *e)
{
	char owner[4], id[ID_TEXT];

	memcpy(owner, line->text, 3);
	owner[3] = 0;
	if (book_new_id(b, owner, id, e))
		return STATUS_SYSTEM;
	memcpy(line->text, id, ID_TEXT - 1);
	line->entry.head.id = id_pack(id);
	seal(line);
	return STATUS_DONE;
}

/* Names that are taken, by a record or by a line before, are replaced: *renamed of them. */
static int free_names(struct book *b, struct book_line *line, size_t count, size_t *renamed, struct error *e)
{
	struct sort_item *item = mem_new(count, sizeof *item, e);
	struct index_head head;
	int status = item ? STATUS_DONE : STATUS_SYSTEM;

	*renamed = 0;
	for (size_t i = 0; i < count && !status; i++)
		item[i] = (struct sort_item){ line[i].entry.head.id, i };
	if (!status)
		status = sort_items(item, count, e);
	for (size_t i = 0; i < count && !status; i++) {
		bool taken = i && item[i].key == item[i - 1].key;

		if (!taken)
			status = index_find(b->index, item[i].key, &head, e);
		if (status == STATUS_NO) {
			status = STATUS_DONE;
		} else if (!status) {
			status = rename_line(b, &line[item[i].value], e);
			++*renamed;
		}
	}
	free(item);
	return status;
}

int book_name_lines(struct book *b, struct book_line *line, size_t count, size_t *renamed, struct error *e)
{
	size_t now = count;
	int status = STATUS_DONE;

	for (*renamed = 0; now && !status; *renamed += now)
		status = free_names(b, line, count, &now, e);
	return status;
}

int book_append_lines(struct book *b, struct book_line *line, size_t count, bool named, struct error *e)
{
	size_t renamed;
	int status = named ? book_name_lines(b, line, count, &renamed, e) : STATUS_DONE;

	return status || !count ? status : append(b, line, count, named, e);
}

int book_append(struct book *b, const struct record *r, size_t count, struct error *e)
{
	struct book_line *line = mem_new(count, sizeof *line, e);
	struct pool pool = { 0 };
	int status = line ? STATUS_DONE : STATUS_SYSTEM;

	for (size_t i = 0; i < count && !status; i++)
		status = book_line_make(b, &r[i], &pool, &line[i], e);
	if (!status)
		status = book_append_lines(b, line, count, false, e);
	pool_free(&pool);
	free(line);
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
	for (int i = 0; i < FORM_FIELDS; i++) {
		/* an empty one points into the line that was read, too */
		if (!r->field[i][0])
			r->field[i] = "";
		else if (set(r, (enum form_place)i, r->field[i], pool, e))
			return STATUS_SYSTEM;
	}
	r->field[FORM_REASON] = "";   /* each revision has its own */
	/* what was never more than a draft stays its country's own affair, however it ends */
	if (!strcmp(r->field[FORM_STATUS], "draft") && strcmp(status, "draft") && strcmp(status, "active"))
		r->field[FORM_ONLY] = r->field[FORM_OWNER];
	return stamp(b, r, event, status, rules, revision + 1, pool, e);
}
