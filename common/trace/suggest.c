/* suggest.c - what is known already of the firearm of a trace request */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "trace/suggest.h"

#include <string.h>

struct suggesting {
	const struct request *asked;
	struct traces *traces;        /* NULL: hits are records */
	suggest_take *take;
	void *context;
};

static int take_hit(void *context, const struct find_hit *hit, struct error *e)
{
	struct suggesting *s = context;
	struct suggestion one = { .hit = hit };
	struct find_hit again = *hit;
	struct index_head head;
	struct request q;
	struct record r;
	int status;

	if (!s->traces)
		return strcmp(hit->record->field[FORM_STATUS], "deleted") ? s->take(s->context, &one, e) : STATUS_DONE;
	if (!strcmp(hit->record->field[FORM_ID], s->asked->field[TRACE_ID]))
		return STATUS_DONE;
	/* the same line again, in full; what the hit points to ends with that */
	status = index_find(s->traces->book.index, id_pack(hit->record->field[FORM_ID]), &head, e);
	if (!status)
		status = traces_read(s->traces, head.offset, &q, e);
	if (status || !traces_party(s->traces, &q))
		return status == STATUS_SYSTEM ? status : STATUS_DONE;
	request_mask(&q, traces_party(s->traces, &q));
	request_record(&q, &r);
	again.record = &r;
	one.hit = &again;
	one.request = &q;
	return s->take(s->context, &one, e);
}

/* The firearm as the words of a question. Without a serial all words must fit, so that only those are asked
 * which tell firearms apart. */
static int ask(const struct request *q, struct form *form, int64_t today, struct find *f, struct pool *pool,
	       struct error *e)
{
	static const enum trace_place places[] = { TRACE_SERIAL, TRACE_MAKE, TRACE_MODEL, TRACE_CALIBRE, TRACE_TYPE,
						   TRACE_ACTION, TRACE_MADE_IN, TRACE_MADE_YEAR };
	bool serial = q->field[TRACE_SERIAL_KEY][0] != 0;
	const char *word[sizeof places / sizeof *places];
	size_t n = 0;

	for (size_t i = serial ? 0 : 1; i < (serial ? sizeof places / sizeof *places : 4); i++) {
		const char *value = q->field[places[i]], *name = trace_fields[places[i]].name;
		char *text;

		if (!*value)
			continue;
		text = pool_take(pool, strlen(name) + strlen(value) + 2, e);
		if (!text)
			return STATUS_SYSTEM;
		memcpy(text, name, strlen(name));
		text[strlen(name)] = '=';
		memcpy(text + strlen(name) + 1, value, strlen(value) + 1);
		word[n++] = text;
	}
	/* a make alone is no firearm */
	if (!n || (!serial && n < 3))
		return STATUS_NO;
	return find_open(f, form, word, n, today, e);
}

int suggest_run(const struct request *q, struct traces *t, struct book *records, struct form *form,
		suggest_take *take, void *context, struct error *e)
{
	struct suggesting s = { .asked = q, .take = take, .context = context };
	struct pool pool = { 0 };
	struct find f;
	int status = ask(q, form, t->book.today, &f, &pool, e);

	if (!status) {
		status = find_run(&f, records, take_hit, &s, NULL, e);
		s.traces = t;
		if (!status)
			status = find_run(&f, &t->book, take_hit, &s, NULL, e);
		find_close(&f);
	}
	pool_free(&pool);
	return status == STATUS_NO ? STATUS_DONE : status;
}
