/* purge.c - trace requests that have been kept long enough */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "trace/purge.h"

#include <stdlib.h>
#include <string.h>

#include "base/set.h"

#define WAIT_S 120

enum { ID, FROM, TO, STATE, MOVED, AT, BY, COLUMNS };
static const char *const columns[COLUMNS] = { "id", "from", "to", "state", "moved", "at", "by" };
static const struct log_shape shape = { PURGED_FILE, columns, COLUMNS };

struct due {
	struct index_head head;
	int64_t until;            /* the last day on which it is kept */
};

struct purging {
	struct traces *t;
	const struct retention *rules;
	struct purge *how;
	struct buf due;           /* struct due */
	struct log *purged;
	struct buf lines;         /* for it */
	struct set gone;          /* mixed names */
};

/* Somebody has to act on it: it is open. */
static int64_t kept_until(const struct retention *rules, const struct index_head *head)
{
	bool ended = trace_turn((enum trace_state)head->state) == PARTY_NONE;
	struct date d;

	date_from_days(head->at / 86400, &d);
	d = date_add_months(d, rules->request[ended]);
	return date_days(&d);
}

static int take_head(void *context, const struct index_head *head, struct error *e)
{
	struct purging *p = context;
	struct due due = { *head, kept_until(p->rules, head) };

	if (due.until >= p->t->book.today + (p->how->dry ? p->how->ahead : 0))
		return STATUS_DONE;
	return buf_add(&p->due, &due, sizeof due, e);
}

static int by_time(const void *a, const void *b)
{
	const struct due *x = a, *y = b;

	if (x->head.at != y->head.at)
		return x->head.at < y->head.at ? -1 : 1;
	return x->head.id < y->head.id ? -1 : x->head.id > y->head.id;
}

static int put_purged(struct purging *p, const struct request *q, struct error *e)
{
	const struct book *b = &p->t->book;
	const char *const field[COLUMNS] = { q->field[TRACE_ID], q->field[TRACE_FROM], q->field[TRACE_TO],
					     q->field[TRACE_STATE], q->field[TRACE_AT], b->now_text,
					     b->guard->standing.officer.name };

	return log_put(p->purged, &p->lines, field, e);
}

static int take_due(struct purging *p, const struct due *due, struct error *e)
{
	struct subject subject;
	struct request q;
	struct date day;
	char until[DATE_TEXT];
	int status = traces_read(p->t, due->head.offset, &q, e);

	/* a damaged line is for verify --repair to take out */
	if (status)
		return status == STATUS_INPUT ? STATUS_DONE : status;
	subject = (struct subject){ .country = q.field[TRACE_FROM] };
	if (rights_may(&p->t->book.guard->standing, RIGHTS_PURGE, &subject, NULL))
		return STATUS_DONE;
	p->how->count++;
	date_from_days(due->until, &day);
	date_text(&day, until);
	status = set_add(&p->gone, id_mix(due->head.id), e);
	if (!status)
		status = put_purged(p, &q, e);
	request_mask(&q, PARTY_SECRETARIAT);
	return status || !p->how->tell ? status : p->how->tell(p->how->context, &q, until, e);
}

/* A damaged line may be one of those that go: its name is the first thing on it. */
static bool keep_line(void *context, const struct log_row *row, bool damaged)
{
	const struct purging *p = context;
	char id[ID_TEXT] = "";

	if (!damaged)
		snprintf(id, sizeof id, "%s", row->field[TRACE_ID]);
	else if (row->raw && row->size > ID_TEXT && row->raw[ID_TEXT - 1] == ',')
		memcpy(id, row->raw, ID_TEXT - 1);
	return !id_valid(id) || !set_count(&p->gone, id_mix(id_pack(id)));
}

static int write_purge(struct purging *p, struct error *e)
{
	static const char *const beside[] = { TRACES_FILE ".torn", TRACES_FILE ".damaged" };
	int status = log_lock(p->purged, WAIT_S, e);

	if (status)
		return status;
	status = log_append(p->purged, &p->lines, NULL, e);
	log_unlock(p->purged);
	if (!status)
		status = log_rewrite(p->t->book.log, keep_line, p, NULL, NULL, e);
	/* what was set aside holds parts of lines that nobody can tell from those that go */
	for (size_t i = 0; i < sizeof beside / sizeof *beside && !status; i++) {
		status = folder_remove(&p->t->book.guard->folder, beside[i], e);
		if (status == STATUS_NO)
			status = STATUS_DONE;
	}
	return status;
}

int purge_run(struct traces *t, const struct retention *rules, struct purge *how, struct error *e)
{
	struct purging p = { .t = t, .rules = rules, .how = how };
	const struct due *due;
	int status = book_lock(&t->book, e);

	how->count = 0;
	if (status)
		return status;
	status = log_open(&p.purged, &t->book.guard->folder, &shape, NULL, e);
	if (!status)
		status = index_each(t->book.index, take_head, &p, e);
	due = (const void *)p.due.data;
	if (!status && p.due.size)
		qsort(p.due.data, p.due.size / sizeof *due, sizeof *due, by_time);
	for (size_t i = 0; i < p.due.size / sizeof *due && !status; i++)
		status = take_due(&p, &due[i], e);
	if (!status && how->count && !how->dry)
		status = write_purge(&p, e);
	book_unlock(&t->book);
	log_close(p.purged);
	set_free(&p.gone);
	buf_free(&p.lines);
	buf_free(&p.due);
	return status;
}

int purge_when(struct traces *t, const char *id, char when[CLOCK_TEXT], struct error *e)
{
	struct log_reader *r = NULL;
	struct log *purged;
	struct log_row row;
	bool found = false;
	int status = log_open(&purged, &t->book.guard->folder, &shape, NULL, e);

	if (!status)
		status = log_reader_open(&r, purged, e);
	if (!status)
		log_scan(r, 0);
	while (!status && ((status = log_next(r, &row, e)) == STATUS_DONE || status == STATUS_INPUT)) {
		struct request q;

		if (!status && !strcmp(row.field[ID], id)) {
			request_clear(&q);
			q.field[TRACE_FROM] = row.field[FROM];
			q.field[TRACE_TO] = row.field[TO];
			q.field[TRACE_STATE] = row.field[STATE];
			found = traces_party(t, &q) != PARTY_NONE;
			snprintf(when, CLOCK_TEXT, "%s", row.field[AT]);
		}
		status = STATUS_DONE;
	}
	log_reader_close(r);
	log_close(purged);
	return status > STATUS_NO ? status : found ? STATUS_DONE : STATUS_NO;
}
