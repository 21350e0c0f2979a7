/* suggest.c - suggest: what is known already of the firearm of a request, before it is sent */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "trace/suggest.h"

#include <string.h>

#include "desk.h"
#include "verbs.h"

struct suggest_options {
	struct common common;
};

static const struct option_line table[] = { COMMON(suggest_options) };

static const struct rows_column columns[] = {
	{ "for", COLUMN_TEXT }, { "what", COLUMN_TEXT }, { "id", COLUMN_TEXT }, { "grade", COLUMN_TEXT },
	{ "where", COLUMN_TEXT }, { "agree", COLUMN_TEXT }, { "disagree", COLUMN_TEXT }, { "country", COLUMN_TEXT },
	{ "state", COLUMN_TEXT }, { "category", COLUMN_TEXT }, { "date", COLUMN_TEXT }, { "type", COLUMN_TEXT },
	{ "make_name", COLUMN_TEXT }, { "model", COLUMN_TEXT }, { "calibre_name", COLUMN_TEXT },
	{ "serial", COLUMN_TEXT }, { "outcome", COLUMN_TEXT },
};

struct suggesting {
	const struct suggest_options *o;
	const struct option_parsed *parsed;
	struct book records;
	bool has_records;
	struct desk_rows out;
	struct guard_mark mark;
	struct buf question;
	const char *name;         /* of the request, "" for one that has none yet */
	int64_t count;
};

static int put(void *context, const struct suggestion *one, struct error *e)
{
	struct suggesting *s = context;
	const struct find_hit *h = one->hit;
	const struct request *q = one->request;
	const struct record *r = h->record;
	const char *const text[] = {
		s->name, q ? "request" : "record", r->field[FORM_ID], find_grade(h->grade),
		h->grade == SERIAL_DIFFERENT ? NULL : h->component ? "component" : "serial", h->agree, h->disagree,
		r->field[FORM_OWNER], q ? q->field[TRACE_STATE] : r->field[FORM_STATUS],
		q ? NULL : r->field[FORM_CATEGORY], q ? q->field[TRACE_SUBMITTED_AT] : r->field[FORM_EVENT_DATE],
		r->field[FORM_TYPE], r->field[FORM_MAKE_NAME], r->field[FORM_MODEL], r->field[FORM_CALIBRE_NAME],
		r->field[FORM_SERIAL], q ? q->field[TRACE_OUTCOME] : NULL,
	};

	for (size_t i = 0; i < sizeof text / sizeof *text; i++)
		desk_text(&s->out, text[i]);
	s->count++;
	return rows_end(s->out.rows, e);
}

static int begin(void *context, struct desk *d, struct error *e)
{
	struct suggesting *s = context;
	const struct option_parsed *p = s->parsed;
	int status = find_text((const char *const *)p->operand, (size_t)p->operands, &s->question, e);

	if (!status)
		status = book_open(&s->records, &d->guard, NULL, NULL, e);
	s->has_records = !status;
	if (!status)
		status = guard_begin(&d->guard, RIGHTS_READ, "suggest", p->operands ? (const char *)s->question.data :
				     "(standard input)", NULL, &s->mark, e);
	return status ? status : rows_open(&s->out.rows, stdout, (enum rows_format)d->common->format, columns,
					   sizeof columns / sizeof *columns, d->common->columns, e);
}

static int suggest_one(void *context, struct desk *d, const char *id, struct error *e)
{
	struct suggesting *s = context;
	struct pool pool = { 0 };
	struct index_head head;
	struct request q;
	int status = desk_get(d, id, &q, &head, e);

	if (!status)
		status = request_copy(&q, &pool, e);
	s->name = q.field[TRACE_ID];
	if (!status)
		status = suggest_run(&q, &d->traces, &s->records, d->form, put, s, e);
	pool_free(&pool);
	return status;
}

static int end(void *context, struct desk *d, int status, struct error *e)
{
	struct suggesting *s = context;

	status = desk_rows_close(&s->out, status, e);
	return guard_end(&d->guard, &s->mark, s->count, status, e);
}

/* One that is not there yet, in words. */
static int suggest_words(struct suggesting *s, struct error *e)
{
	struct buf problems = { 0 };
	struct pool pool = { 0 };
	struct request q;
	struct desk d;
	int status = desk_open(&d, &s->o->common, e);

	if (status)
		return status;
	request_clear(&q);
	for (int i = 0; i < s->parsed->operands && !status; i++) {
		enum trace_place place;
		const char *value;

		status = trace_word(s->parsed->operand[i], &place, &value, e);
		if (!status)
			q.field[place] = value;
	}
	if (!status)
		status = request_clean(d.form, &q, d.traces.book.today, NULL, &pool, &problems, e);
	if (!status && problems.size)
		status = error_set(e, STATUS_USAGE, "%.500s", buf_string(&problems, NULL));
	if (!status)
		status = begin(s, &d, e);
	s->name = "";
	if (!status) {
		status = suggest_run(&q, &d.traces, &s->records, d.form, put, s, e);
		status = end(s, &d, status, e);
	}
	buf_free(&problems);
	pool_free(&pool);
	desk_close(&d);
	return status;
}

static int run(void *context, void *options, const struct option_parsed *parsed, struct error *e)
{
	struct suggesting s = { .o = options, .parsed = parsed };
	int status;

	(void)context;
	status = parsed->operands && strchr(parsed->operand[0], '=') ? suggest_words(&s, e) :
		 desk_each(&s.o->common, parsed, begin, suggest_one, end, &s, e);
	if (s.has_records)
		book_close(&s.records);
	buf_free(&s.question);
	return !status && !s.count ? error_set(e, STATUS_NO, "%s", "") : status;
}

const struct verb verb_suggest = { "suggest", "[ID...] [FIELD=VALUE...]", "print what is known of the firearm already",
				   table, sizeof(struct suggest_options), NULL, 0, -1, run };
