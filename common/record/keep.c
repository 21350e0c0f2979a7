/* keep.c - what is due for review, and what must go */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "record/keep.h"

#include <stdlib.h>
#include <string.h>

#include "guard/guard.h"
#include "record/grave.h"

static int order_due(const void *a, const void *b)
{
	const struct keep_due *x = a, *y = b;

	if (x->day != y->day)
		return x->day < y->day ? -1 : 1;
	return x->id < y->id ? -1 : x->id > y->id;
}

struct gathering {
	int64_t day;
	struct buf *out;
};

static int take_head(void *context, const struct index_head *head, struct error *e)
{
	struct gathering *g = context;
	struct keep_due due = { head->id, head->review, head->state };

	if (!head->review || head->review > g->day || head->state == STATE_DELETED)
		return STATUS_DONE;
	return buf_add(g->out, &due, sizeof due, e);
}

int keep_due(struct book *b, int64_t day, struct buf *out, struct error *e)
{
	struct gathering g = { day, out };
	int status = index_each(b->index, take_head, &g, e);

	if (out->size)
		qsort(out->data, out->size / sizeof(struct keep_due), sizeof(struct keep_due), order_due);
	return status;
}

/* What goes, and what is written instead. */
struct purging {
	struct book *book;
	const struct retention *rules;
	struct keep_purge *how;
	struct grave grave;
	struct buf expired;     /* struct record */
	struct pool pool;
};

/* The tombstone tells that there was a record, to those who could see it, and nothing of the firearm. */
static int make_tombstone(struct purging *p, struct record *r, struct error *e)
{
	struct record tomb = *r;
	int status;

	record_bare(&tomb);
	status = book_revise(p->book, &tomb, "delete", "deleted", NULL, &p->pool, e);
	/* the trail knows who did it */
	tomb.field[FORM_BY] = "";
	return status ? status : grave_add(&p->grave, tomb.field, e);
}

static int expire(struct purging *p, struct record *r, struct error *e)
{
	int status = book_revise(p->book, r, "expire", "expired", p->rules, &p->pool, e);

	return status ? status : buf_add(&p->expired, r, sizeof *r, e);
}

static int take_due(struct purging *p, const struct keep_due *due, struct error *e)
{
	struct subject subject;
	struct index_head head;
	struct record r;
	bool expires = p->rules->state[STATE_EXPIRED] > 0 &&
		       (due->state == STATE_DRAFT || due->state == STATE_ACTIVE || due->state == STATE_LOCATED);
	int status = book_get_packed(p->book, due->id, &r, &head, e);

	if (status)
		return status == STATUS_NO || status == STATUS_INPUT ? STATUS_DONE : status;
	subject = book_subject(&r);
	if (rights_may(&p->book->guard->standing, RIGHTS_PURGE, &subject, NULL))
		return STATUS_DONE;
	if (p->how->tell)
		status = p->how->tell(p->how->context, &r, expires ? "expired" : "deleted", e);
	if (!status)
		status = expires ? expire(p, &r, e) : make_tombstone(p, &r, e);
	p->how->expired += expires;
	p->how->deleted += !expires;
	return status;
}

/* A record that was deleted before, and of which an older copy brought lines back. */
static int take_returned(void *context, const char *const *field, struct error *e)
{
	struct purging *p = context;
	struct subject subject;
	struct record r;

	memcpy(r.field, field, sizeof r.field);
	subject = book_subject(&r);
	if (rights_may(&p->book->guard->standing, RIGHTS_PURGE, &subject, NULL))
		return STATUS_NO;
	p->how->deleted++;
	return p->how->tell ? p->how->tell(p->how->context, &r, "deleted", e) : STATUS_DONE;
}

static int write_purge(struct purging *p, struct error *e)
{
	int status = STATUS_DONE;

	if (p->expired.size)
		status = book_append(p->book, (const struct record *)(void *)p->expired.data,
				     p->expired.size / sizeof(struct record), e);
	return status ? status : grave_close(&p->grave, e);
}

int keep_purge(struct book *b, const struct retention *rules, struct keep_purge *how, struct error *e)
{
	struct purging p = { .book = b, .rules = rules, .how = how, .grave = { .book = b } };
	struct buf due = { 0 };
	int status = book_lock(b, e);

	how->deleted = how->expired = 0;
	if (status)
		return status;
	status = keep_due(b, b->today, &due, e);
	for (size_t i = 0; i < due.size / sizeof(struct keep_due) && !status; i++)
		status = take_due(&p, (const struct keep_due *)(void *)due.data + i, e);
	if (!status)
		status = grave_returned(&p.grave, take_returned, &p, e);
	if (!status && !how->dry)
		status = write_purge(&p, e);
	book_unlock(b);
	grave_free(&p.grave);
	buf_free(&p.expired);
	buf_free(&due);
	pool_free(&p.pool);
	return status;
}
