/* submit.c - new trace requests: checked one by one, written all at once */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "trace/submit.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "record/notice.h"
#include "trace/tell.h"

void submission_open(struct submission *s, struct traces *t, struct form *form, bool draft)
{
	memset(s, 0, sizeof *s);
	s->traces = t;
	s->form = form;
	s->draft = draft;
}

static void drop_parts(struct submission *s)
{
	for (size_t i = 0; i < s->parts; i++) {
		buf_free(&s->notices[i]);
		buf_free(&s->printed[i]);
	}
	s->parts = 0;
}

void submission_clear(struct submission *s)
{
	s->count = 0;
	drop_parts(s);
	pool_reset(&s->pool);
}

void submission_close(struct submission *s)
{
	if (s->has_records)
		book_close(&s->records);
	tell_close(&s->tell);
	drop_parts(s);
	free(s->notices);
	free(s->printed);
	pool_free(&s->pool);
	free(s->line);
	memset(s, 0, sizeof *s);
}

/* Before the first request is made. */
static int begin(struct submission *s, bool many, struct error *e)
{
	return s->draft || s->tell.notices ? STATUS_DONE : tell_open(&s->tell, &s->traces->book, many, e);
}

int submission_share(struct submission *s, struct error *e)
{
	int status = form_fill(s->form, e);

	return status ? status : begin(s, true, e);
}

void submission_hand_free(struct submission_hand *h)
{
	form_memo_free(&h->memo);
	pool_free(&h->pool);
	buf_free(&h->problems);
	buf_free(&h->notices);
	buf_free(&h->printed);
}

int request_stamp(const struct traces *t, struct request *q, enum trace_move move, enum trace_state state,
		  const char *actor, int64_t revision, struct pool *pool, struct error *e)
{
	char number[24];

	q->field[TRACE_STATE] = trace_state_name(state);
	q->field[TRACE_EVENT] = trace_move_name(move);
	q->field[TRACE_ACTOR] = actor;
	q->field[TRACE_REVISION] = "1";
	q->field[TRACE_AT] = t->book.now_text;
	q->field[TRACE_BY] = t->book.guard->standing.officer.name;
	if (revision == 1)
		return STATUS_DONE;
	snprintf(number, sizeof number, "%lld", (long long)revision);
	q->field[TRACE_REVISION] = pool_text(pool, number, strlen(number), e);
	if (q->field[TRACE_REVISION])
		return STATUS_DONE;
	q->field[TRACE_REVISION] = "";
	return STATUS_SYSTEM;
}

void request_send(const struct traces *t, struct request *q)
{
	q->field[TRACE_DUE] = traces_due(t, q->field[TRACE_PRIORITY]);
	q->field[TRACE_SUBMITTED_AT] = t->book.now_text;
}

int submission_check_record(struct submission *s, uint64_t id, struct buf *problems, struct error *e)
{
	char reason[60], name[ID_TEXT];
	int status;

	if (!s->has_records) {
		status = book_open(&s->records, s->traces->book.guard, NULL, NULL, e);
		if (status)
			return status;
		s->has_records = true;
	}
	status = book_has(&s->records, id, e);
	if (status != STATUS_NO)
		return status == STATUS_INPUT ? request_problem(problems, "record", "its line is damaged", e) : status;
	id_unpack(id, name);
	snprintf(reason, sizeof reason, "no record %s", name);
	return request_problem(problems, "record", reason, e);
}

/* All that is wrong with it but for the record: in h->problems. */
static int check(const struct submission *s, struct submission_hand *h, struct request *q, struct error *e)
{
	int status = request_clean(s->form, q, s->traces->book.today, &h->memo, &h->pool, &h->problems, e);

	if (!status && s->draft && !*q->field[TRACE_FROM])
		status = request_problem(&h->problems, "from", "missing (the country that asks)", e);
	if (!status && !s->draft)
		status = request_complete(q, &h->problems, e);
	return status;
}

/* May the officer submit it? */
static int check_right(const struct submission *s, const struct request *q, struct error *e)
{
	const struct subject subject = { .country = q->field[TRACE_FROM] };
	const char *own = s->traces->country;

	if (*own && strcmp(own, subject.country))
		return error_set(e, STATUS_REFUSED, "%s may not ask for %s", own, subject.country);
	return rights_may(&s->traces->book.guard->standing, RIGHTS_TRACE, &subject, e);
}

static void fill(const struct submission *s, struct request *q)
{
	const struct traces *t = s->traces;
	const struct grant *grant = &t->book.guard->standing.grant;

	if (!*q->field[TRACE_FROM])
		q->field[TRACE_FROM] = t->country;
	if (!*q->field[TRACE_AGENCY] && !strcmp(q->field[TRACE_FROM], grant->country))
		q->field[TRACE_AGENCY] = grant->agency;
	if (!*q->field[TRACE_PRIORITY])
		q->field[TRACE_PRIORITY] = "normal";
}

static int put_line(const struct submission *s, struct submission_hand *h, struct request *q, uint64_t number,
		    struct pool *pool, struct book_line *line, struct error *e)
{
	const struct traces *t = s->traces;
	int status = request_stamp(t, q, s->draft ? MOVE_DRAFT : MOVE_SUBMIT, s->draft ? TRACE_DRAFT : TRACE_SUBMITTED,
				   q->field[TRACE_FROM], 1, &h->pool, e);

	if (status)
		return status;
	if (!s->draft)
		request_send(t, q);
	book_draw_id(&t->book, q->field[TRACE_FROM], number, h->id);
	q->field[TRACE_ID] = h->id;
	return book_line_put(&t->book, q->field, pool, line, e);
}

static int tell_request(const struct submission *s, const struct request *q, struct buf *to, struct error *e)
{
	const struct tell_move m = { .id = q->field[TRACE_ID], .revision = 1, .move = MOVE_SUBMIT,
				     .owner = q->field[TRACE_FROM], .actor = q->field[TRACE_FROM],
				     .to = q->field[TRACE_TO] };

	return s->draft ? STATUS_DONE : tell_put(&s->tell, &m, to, e);
}

/* What goes with its line. */
static int put_beside(const struct submission *s, struct submission_hand *h, const struct request *q,
		      struct submission_row *out, struct error *e)
{
	int status;

	out->notice = h->notices.size;
	out->printed = h->printed.size;
	status = tell_request(s, q, &h->notices, e);
	if (!status && s->print)
		status = s->print(s->context, q, &h->printed, e);
	out->notice_size = h->notices.size - out->notice;
	out->printed_size = h->printed.size - out->printed;
	return status;
}

/* Why it cannot be submitted: kept in the pool. */
static int reject(struct submission_row *out, int status, const char *why, struct pool *pool, struct error *e)
{
	out->status = status;
	out->why = why ? pool_text(pool, why, strlen(why), e) : NULL;
	return out->why ? STATUS_DONE : STATUS_SYSTEM;
}

int submission_make(const struct submission *s, struct submission_hand *h, struct request *q, uint64_t number,
		    struct pool *pool, struct submission_row *out, struct error *e)
{
	struct error why;
	int status;

	memset(out, 0, sizeof *out);
	h->problems.size = 0;
	pool_reset(&h->pool);
	fill(s, q);
	status = check(s, h, q, e);
	if (status)
		return status;
	if (id_valid(q->field[TRACE_RECORD]))
		out->record = id_pack(q->field[TRACE_RECORD]);
	if (h->problems.size)
		return reject(out, STATUS_INPUT, buf_string(&h->problems, e), pool, e);
	status = check_right(s, q, &why);
	if (!status)
		status = put_line(s, h, q, number, pool, &out->line, &why);
	if (!status)
		status = put_beside(s, h, q, out, &why);
	if (status && status != STATUS_SYSTEM)
		return reject(out, status, why.text, pool, e);
	if (status)
		*e = why;
	return status;
}

static int more_room(struct submission *s, struct error *e)
{
	size_t room = s->room ? 2 * s->room : 64;
	struct book_line *grown;

	if (s->count < s->room)
		return STATUS_DONE;
	grown = mem_grow(s->line, room, sizeof *grown, e);
	if (!grown)
		return STATUS_SYSTEM;
	s->line = grown;
	s->room = room;
	return STATUS_DONE;
}

/* Moves what goes with the row behind that of the rows that were taken before. */
static void take_text(struct buf *all, size_t *taken, size_t from, size_t size)
{
	if (size && from != *taken)
		memmove(all->data + *taken, all->data + from, size);
	*taken += size;
}

int submission_take(struct submission *s, struct submission_hand *h, const struct submission_row *row,
		    struct error *e)
{
	struct buf problems = { 0 };
	int status = row->status == STATUS_INPUT ? buf_text(&problems, row->why, e) : STATUS_DONE;

	if (!status && row->record && row->status != STATUS_REFUSED)
		status = submission_check_record(s, row->record, &problems, e);
	if (!status && problems.size)
		status = error_set(e, STATUS_INPUT, "%.505s", buf_string(&problems, NULL));
	else if (!status && row->status)
		status = error_set(e, row->status, "%s", row->why);
	buf_free(&problems);
	if (!status)
		status = more_room(s, e);
	if (status)
		return status;
	take_text(&h->notices, &h->told, row->notice, row->notice_size);
	take_text(&h->printed, &h->shown, row->printed, row->printed_size);
	s->line[s->count++] = row->line;
	return STATUS_DONE;
}

static int more_parts(struct submission *s, struct error *e)
{
	size_t room = s->parts_room ? 2 * s->parts_room : 16;
	struct buf *notices, *printed;

	if (s->parts < s->parts_room)
		return STATUS_DONE;
	notices = mem_grow(s->notices, room, sizeof *notices, e);
	if (!notices)
		return STATUS_SYSTEM;
	s->notices = notices;
	printed = mem_grow(s->printed, room, sizeof *printed, e);
	if (!printed)
		return STATUS_SYSTEM;
	s->printed = printed;
	s->parts_room = room;
	return STATUS_DONE;
}

int submission_keep(struct submission *s, struct submission_hand *h, struct pool *pool, struct error *e)
{
	if (more_parts(s, e))
		return STATUS_SYSTEM;
	h->notices.size = h->told;
	h->printed.size = h->shown;
	s->notices[s->parts] = h->notices;
	s->printed[s->parts++] = h->printed;
	h->notices = h->printed = (struct buf){ 0 };
	h->told = h->shown = 0;
	pool_join(&s->pool, pool);
	return STATUS_DONE;
}

int submission_add(struct submission *s, struct request *q, struct error *e)
{
	struct submission_hand hand = { .problems = { 0 } };
	struct submission_row row;
	struct pool pool = { 0 };
	int status = begin(s, false, e);

	if (!status)
		status = submission_make(s, &hand, q, s->drawn++, &pool, &row, e);
	if (!status)
		status = submission_take(s, &hand, &row, e);
	if (!status)
		status = submission_keep(s, &hand, &pool, e);
	submission_hand_free(&hand);
	pool_free(&pool);
	return status;
}

/* A name was taken: what goes with the lines is made anew. */
static int rename_beside(struct submission *s, struct error *e)
{
	struct submission_hand hand = { .problems = { 0 } };
	struct buf text = { 0 };
	struct pool pool = { 0 };
	struct request q;
	struct log_row row;
	int status = STATUS_DONE;

	drop_parts(s);
	for (size_t i = 0; i < s->count && !status; i++) {
		struct submission_row beside;

		status = log_split(s->traces->book.log, s->line[i].text, s->line[i].size, &text, &row, e);
		if (status)
			break;
		memcpy(q.field, row.field, sizeof q.field);
		status = put_beside(s, &hand, &q, &beside, e);
	}
	hand.told = hand.notices.size;
	hand.shown = hand.printed.size;
	if (!status)
		status = submission_keep(s, &hand, &pool, e);
	submission_hand_free(&hand);
	buf_free(&text);
	return status;
}

int submission_write(struct submission *s, struct error *e)
{
	struct book *b = &s->traces->book;
	size_t renamed = 0;
	int status = book_lock(b, e);

	if (status)
		return status;
	status = book_name_lines(b, s->line, s->count, &renamed, e);
	if (!status && renamed)
		status = rename_beside(s, e);
	if (!status)
		status = tell_prepare(&s->tell, s->notices, s->parts, e);
	if (!status) {
		status = book_append_lines(b, s->line, s->count, false, e);
		tell_finish(&s->tell, status);
	}
	book_unlock(b);
	return status;
}
