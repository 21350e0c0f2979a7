/* keep.c - what is due for review, and what must go */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "record/keep.h"

#include <stdlib.h>
#include <string.h>

#include "base/set.h"
#include "guard/guard.h"

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
	struct set gone;        /* mixed names */
	struct buf tombstones;  /* lines */
	struct buf expired;     /* struct record */
	struct pool pool;
	uint64_t asked;         /* the name that was asked about last, and the answer */
	bool answer;
};

/* The tombstone tells that there was a record, to those who could see it, and nothing of the firearm. */
static int make_tombstone(struct purging *p, struct record *r, struct error *e)
{
	static const enum form_place kept[] = { FORM_ID, FORM_OWNER, FORM_CLASS, FORM_EXCLUDE, FORM_ONLY,
						FORM_ORIGIN, FORM_REVISION };
	struct record tomb;
	int status;

	record_clear(&tomb);
	for (size_t i = 0; i < sizeof kept / sizeof *kept; i++)
		tomb.field[kept[i]] = r->field[kept[i]];
	status = book_revise(p->book, &tomb, "delete", "deleted", NULL, &p->pool, e);
	if (!status)
		status = log_put(p->book->log, &p->tombstones, tomb.field, e);
	return status ? status : set_add(&p->gone, id_mix(id_pack(tomb.field[FORM_ID])), e);
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

static bool is_gone(struct purging *p, const char *id)
{
	uint64_t packed;

	if (!id_valid(id))
		return false;
	packed = id_pack(id);
	if (packed != p->asked) {
		p->asked = packed;
		p->answer = set_count(&p->gone, id_mix(packed)) > 0;
	}
	return p->answer;
}

/* A damaged line may be one of those that go: its name is the first thing on it. */
static bool keep_line(void *context, const struct log_row *row, bool damaged)
{
	char id[ID_TEXT] = "";

	if (!damaged)
		return !is_gone(context, row->field[FORM_ID]);
	if (row->raw && row->size > ID_TEXT && row->raw[ID_TEXT - 1] == ',')
		memcpy(id, row->raw, ID_TEXT - 1);
	return !is_gone(context, id);
}

static int write_purge(struct purging *p, struct error *e)
{
	static const char *const beside[] = { BOOK_FILE ".torn", BOOK_FILE ".damaged" };
	struct book *b = p->book;
	int status = STATUS_DONE;

	if (p->expired.size)
		status = book_append(b, (const struct record *)(void *)p->expired.data,
				     p->expired.size / sizeof(struct record), e);
	if (status || !p->how->deleted)
		return status;
	status = log_rewrite(b->log, keep_line, p, &p->tombstones, NULL, e);
	/* what was set aside holds parts of lines that nobody can tell from those that go */
	for (size_t i = 0; i < sizeof beside / sizeof *beside && !status; i++) {
		status = folder_remove(&b->guard->folder, beside[i], e);
		if (status == STATUS_NO)
			status = STATUS_DONE;
	}
	return status;
}

int keep_purge(struct book *b, const struct retention *rules, struct keep_purge *how, struct error *e)
{
	struct purging p = { .book = b, .rules = rules, .how = how };
	struct buf due = { 0 };
	int status = book_lock(b, e);

	how->deleted = how->expired = 0;
	if (status)
		return status;
	status = keep_due(b, b->today, &due, e);
	for (size_t i = 0; i < due.size / sizeof(struct keep_due) && !status; i++)
		status = take_due(&p, (const struct keep_due *)(void *)due.data + i, e);
	if (!status && !how->dry)
		status = write_purge(&p, e);
	book_unlock(b);
	set_free(&p.gone);
	buf_free(&p.tombstones);
	buf_free(&p.expired);
	buf_free(&due);
	pool_free(&p.pool);
	return status;
}
