/* purge.c - trace requests that have been kept long enough */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "trace/purge.h"

#include <stdlib.h>
#include <string.h>

#include "record/grave.h"

/* Before tombstones stood in the log itself, this said what was purged. */
#define PURGED_FILE "purged.csv"
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
	struct grave grave;
	bool old;                 /* PURGED_FILE is there, and all of it was understood */
};

/* Somebody has to act on it: it is open. */
static bool has_ended(const struct index_head *head)
{
	return trace_turn((enum trace_state)head->state) == PARTY_NONE;
}

static int64_t kept_until(const struct retention *rules, const struct index_head *head)
{
	struct date d;

	date_from_days(head->at / 86400, &d);
	d = date_add_months(d, rules->request[has_ended(head)]);
	return date_days(&d);
}

static int take_head(void *context, const struct index_head *head, struct error *e)
{
	struct purging *p = context;
	struct due due = { *head, kept_until(p->rules, head) };

	if (head->gone || due.until >= p->t->book.today + (p->how->dry ? p->how->ahead : 0))
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

/* What goes, told as the secretariat sees it. */
static int tell(struct purging *p, struct request *q, const char *until, struct error *e)
{
	p->how->count++;
	request_mask(q, PARTY_SECRETARIAT);
	return p->how->tell ? p->how->tell(p->how->context, q, until, e) : STATUS_DONE;
}

static bool may(const struct purging *p, const char *country)
{
	const struct subject subject = { .country = country };

	return !rights_may(&p->t->book.guard->standing, RIGHTS_PURGE, &subject, NULL);
}

/* No officer and no word of the request is in it, and where it was never sent not even whom it was to ask. */
static int add_stone(struct purging *p, const char *const field[COLUMNS], uint32_t before, const char *rule,
		     struct error *e)
{
	struct request stone;
	char revision[24];

	snprintf(revision, sizeof revision, "%lu", (unsigned long)(before < UINT32_MAX ? before + 1 : before));
	request_clear(&stone);
	stone.field[TRACE_ID] = field[ID];
	stone.field[TRACE_FROM] = field[FROM];
	stone.field[TRACE_TO] = field[TO];
	stone.field[TRACE_STATE] = trace_state_name(TRACE_DELETED);
	stone.field[TRACE_TEXT] = rule;
	stone.field[TRACE_EVENT] = TRACE_DELETE;
	stone.field[TRACE_REVISION] = revision;
	stone.field[TRACE_AT] = field[AT];
	return grave_add(&p->grave, stone.field, e);
}

static int take_due(struct purging *p, const struct due *due, struct error *e)
{
	bool ended = has_ended(&due->head);
	const char *field[COLUMNS];
	struct request q;
	struct date day;
	char until[DATE_TEXT], rule[60];
	int status = traces_read(p->t, due->head.offset, &q, e);

	/* a damaged line is for verify --repair to take out */
	if (status)
		return status == STATUS_INPUT ? STATUS_DONE : status;
	if (!may(p, q.field[TRACE_FROM]) || set_count(&p->grave.gone, id_mix(due->head.id)))
		return STATUS_DONE;
	field[ID] = q.field[TRACE_ID];
	field[FROM] = q.field[TRACE_FROM];
	field[TO] = traces_sent(&q) ? q.field[TRACE_TO] : "";
	field[AT] = p->t->book.now_text;
	snprintf(rule, sizeof rule, "%s: %d months", ended ? "request-ended" : "request-open", p->rules->request[ended]);
	status = add_stone(p, field, due->head.revision, rule, e);
	date_from_days(due->until, &day);
	date_text(&day, until);
	return status ? status : tell(p, &q, until, e);
}

/* One that went before, of which an older copy brought lines back. */
static int take_returned(void *context, const char *const *field, struct error *e)
{
	struct purging *p = context;
	struct request q;

	memcpy(q.field, field, sizeof q.field);
	return may(p, q.field[TRACE_FROM]) ? tell(p, &q, "", e) : STATUS_NO;
}

/* A line of PURGED_FILE. */
static int take_old(struct purging *p, const char **field, struct error *e)
{
	struct index_head head;
	struct request q;
	int status;

	if (!id_valid(field[ID]) || set_count(&p->grave.gone, id_mix(id_pack(field[ID]))))
		return STATUS_DONE;
	if (!strcmp(field[STATE], trace_state_name(TRACE_DRAFT)))
		field[TO] = "";
	status = index_find(p->t->book.index, id_pack(field[ID]), &head, e);
	if (status == STATUS_SYSTEM || (!status && head.gone))
		return status;
	if (status)
		return add_stone(p, field, 1, "", e);
	status = add_stone(p, field, head.revision, "", e);
	if (!status)
		status = traces_read(p->t, head.offset, &q, e);
	if (status)
		return status == STATUS_INPUT ? STATUS_DONE : status;
	return tell(p, &q, "", e);
}

static int take_over(struct purging *p, struct error *e)
{
	struct log_reader *r = NULL;
	struct log *purged;
	struct log_row row;
	int status = log_open(&purged, &p->t->book.guard->folder, &shape, NULL, e);

	p->old = !status && log_size(purged) > 0;
	if (!status)
		status = log_reader_open(&r, purged, e);
	if (!status)
		log_scan(r, 0);
	while (!status && ((status = log_next(r, &row, e)) == STATUS_DONE || status == STATUS_INPUT)) {
		/* where a line cannot be read the file stays, for who can */
		p->old &= !status;
		status = status ? STATUS_DONE : take_old(p, row.field, e);
	}
	log_reader_close(r);
	log_close(purged);
	return status == STATUS_NO ? STATUS_DONE : status;
}

static int write_purge(struct purging *p, struct error *e)
{
	int status = grave_close(&p->grave, e);

	if (!status && p->old)
		status = folder_remove(&p->t->book.guard->folder, PURGED_FILE, e);
	return status == STATUS_NO ? STATUS_DONE : status;
}

int purge_run(struct traces *t, const struct retention *rules, struct purge *how, struct error *e)
{
	struct purging p = { .t = t, .rules = rules, .how = how, .grave = { .book = &t->book } };
	const struct due *due;
	int status = book_lock(&t->book, e);

	how->count = 0;
	if (status)
		return status;
	status = take_over(&p, e);
	if (!status)
		status = index_each(t->book.index, take_head, &p, e);
	due = (const void *)p.due.data;
	if (!status && p.due.size)
		qsort(p.due.data, p.due.size / sizeof *due, sizeof *due, by_time);
	for (size_t i = 0; i < p.due.size / sizeof *due && !status; i++)
		status = take_due(&p, &due[i], e);
	if (!status)
		status = grave_returned(&p.grave, take_returned, &p, e);
	if (!status && !how->dry)
		status = write_purge(&p, e);
	book_unlock(&t->book);
	grave_free(&p.grave);
	buf_free(&p.due);
	return status;
}
