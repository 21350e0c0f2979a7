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

void submission_clear(struct submission *s)
{
	s->count = 0;
	pool_reset(&s->pool);
}

void submission_close(struct submission *s)
{
	if (s->has_records)
		book_close(&s->records);
	pool_free(&s->pool);
	form_memo_free(&s->memo);
	free(s->line);
	memset(s, 0, sizeof *s);
}

static int set(struct request *q, enum trace_place place, const char *text, struct pool *pool, struct error *e)
{
	q->field[place] = pool_text(pool, text, strlen(text), e);
	if (q->field[place])
		return STATUS_DONE;
	q->field[place] = "";
	return STATUS_SYSTEM;
}

int request_stamp(const struct traces *t, struct request *q, enum trace_move move, enum trace_state state,
		  const char *actor, int64_t revision, struct pool *pool, struct error *e)
{
	char number[24] = "1";

	if (revision != 1)
		snprintf(number, sizeof number, "%lld", (long long)revision);
	q->field[TRACE_STATE] = trace_state_name(state);
	q->field[TRACE_EVENT] = trace_move_name(move);
	if (set(q, TRACE_ACTOR, actor, pool, e) || set(q, TRACE_REVISION, number, pool, e) ||
	    set(q, TRACE_AT, t->book.now_text, pool, e) ||
	    set(q, TRACE_BY, t->book.guard->standing.officer.name, pool, e))
		return STATUS_SYSTEM;
	return STATUS_DONE;
}

int request_send(const struct traces *t, struct request *q, struct pool *pool, struct error *e)
{
	char due[DATE_TEXT];

	deadline_day(&t->deadlines, q->field[TRACE_PRIORITY], t->book.today, due);
	if (set(q, TRACE_DUE, due, pool, e) || set(q, TRACE_SUBMITTED_AT, t->book.now_text, pool, e))
		return STATUS_SYSTEM;
	return STATUS_DONE;
}

int submission_check_record(struct submission *s, const char *id, struct buf *problems, struct error *e)
{
	struct index_head head;
	struct record r;
	char reason[60];
	int status;

	if (!id_valid(id))
		return STATUS_DONE;   /* said already */
	if (!s->has_records) {
		status = book_open(&s->records, s->traces->book.guard, NULL, NULL, e);
		if (status)
			return status;
		s->has_records = true;
	}
	status = book_get_packed(&s->records, id_pack(id), &r, &head, e);
	if (status != STATUS_NO)
		return status == STATUS_INPUT ? request_problem(problems, "record", "its line is damaged", e) : status;
	snprintf(reason, sizeof reason, "no record %.20s", id);
	return request_problem(problems, "record", reason, e);
}

static int check(struct submission *s, struct request *q, struct pool *pool, struct error *e)
{
	struct buf problems = { 0 };
	int status = request_clean(s->form, q, s->traces->book.today, &s->memo, pool, &problems, e);

	if (!status && *q->field[TRACE_RECORD])
		status = submission_check_record(s, q->field[TRACE_RECORD], &problems, e);
	if (!status && s->draft && !*q->field[TRACE_FROM])
		status = request_problem(&problems, "from", "missing (the country that asks)", e);
	if (!status && !s->draft)
		status = request_complete(q, &problems, e);
	if (!status && problems.size)
		status = error_set(e, STATUS_INPUT, "%.505s", buf_string(&problems, NULL));
	buf_free(&problems);
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

int submission_add(struct submission *s, struct request *q, struct error *e)
{
	struct traces *t = s->traces;
	const struct standing *who = &t->book.guard->standing;
	struct pool pool = { 0 };
	struct subject subject = { 0 };
	char id[ID_TEXT];
	int status;

	if (!*q->field[TRACE_FROM])
		q->field[TRACE_FROM] = t->country;
	if (!*q->field[TRACE_AGENCY] && !strcmp(q->field[TRACE_FROM], who->grant.country))
		q->field[TRACE_AGENCY] = who->grant.agency;
	if (!*q->field[TRACE_PRIORITY])
		q->field[TRACE_PRIORITY] = "normal";
	status = check(s, q, &pool, e);
	subject.country = q->field[TRACE_FROM];
	if (!status && *t->country && strcmp(t->country, subject.country))
		status = error_set(e, STATUS_REFUSED, "%s may not ask for %s", t->country, subject.country);
	if (!status)
		status = rights_may(who, RIGHTS_TRACE, &subject, e);
	if (!status)
		status = more_room(s, e);
	if (!status && !s->draft)
		status = request_send(t, q, &pool, e);
	if (!status)
		status = request_stamp(t, q, s->draft ? MOVE_DRAFT : MOVE_SUBMIT,
				       s->draft ? TRACE_DRAFT : TRACE_SUBMITTED, subject.country, 1, &pool, e);
	if (!status) {
		book_draw_id(&t->book, subject.country, s->drawn++, id);
		q->field[TRACE_ID] = id;
		status = book_line_put(&t->book, q->field, &s->pool, &s->line[s->count], e);
	}
	s->count += !status;
	pool_free(&pool);
	return status;
}

int submission_write(struct submission *s, struct error *e)
{
	struct book *b = &s->traces->book;
	struct tell tell = { 0 };
	int status = book_lock(b, e);

	if (status)
		return status;
	status = book_name_lines(b, s->line, s->count, e);
	for (size_t i = 0; i < s->count && !status && !s->draft; i++) {
		const struct index_head *head = &s->line[i].entry.head;

		status = tell_add(&tell, head->id, 1, MOVE_SUBMIT, head->owner, head->owner, head->other, "", e);
	}
	if (!status)
		status = tell_prepare(&tell, b, e);
	if (!status) {
		status = book_append_lines(b, s->line, s->count, true, e);
		status = tell_finish(&tell, status, e);
	}
	tell_free(&tell);
	book_unlock(b);
	return status;
}
