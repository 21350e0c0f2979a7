/* act_write.c - moves on trace requests: rights, lines, notices, in the order that loses nothing */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/set.h"
#include "trace/act_parts.h"

/* Moves that are written together. */
struct writing {
	struct traces *t;
	struct tell tell;
	struct buf told;          /* notices */
	struct buf lines;         /* struct book_line */
};

static void end_writing(struct writing *w)
{
	tell_close(&w->tell);
	buf_free(&w->told);
	buf_free(&w->lines);
}

static int add_told(struct writing *w, const struct request *q, enum trace_move move, int64_t revision, const char *to,
		    struct error *e)
{
	const struct tell_move told = {
		.id = q->field[TRACE_ID], .revision = revision, .move = move, .owner = q->field[TRACE_FROM],
		.actor = q->field[TRACE_ACTOR], .to = to,
	};

	return tell_put(&w->tell, &told, &w->told, e);
}

static int add_line(struct writing *w, const struct request *q, struct pool *pool, struct error *e)
{
	struct book_line line;
	int status = book_line_put(&w->t->book, q->field, pool, &line, e);

	return status ? status : buf_add(&w->lines, &line, sizeof line, e);
}

/* Its lines and notices. Of a draft nobody is told. */
static int add_move(struct writing *w, struct moving *m, struct error *e)
{
	const char *other = m->q.field[m->party == PARTY_SENDER ? TRACE_TO : TRACE_FROM];
	bool quiet = m->to == TRACE_DRAFT || (m->from == TRACE_DRAFT && m->to == TRACE_WITHDRAWN);
	int status = add_line(w, &m->q, &m->pool, e);

	if (!status && m->has_child)
		status = add_line(w, &m->child, &m->pool, e);
	if (!status && !quiet)
		status = add_told(w, &m->q, m->act->move, m->revision + 1, other, e);
	if (!status && m->has_child)
		status = add_told(w, &m->child, MOVE_SUBMIT, 1, m->child.field[TRACE_TO], e);
	return status;
}

static int write_moves(struct writing *w, struct error *e)
{
	int status = tell_prepare(&w->tell, &w->told, 1, e);

	if (!status) {
		status = book_append_lines(&w->t->book, (struct book_line *)(void *)w->lines.data,
					   w->lines.size / sizeof(struct book_line), false, e);
		tell_finish(&w->tell, status);
	}
	return status;
}

/* Locked: reads, asks, writes. */
static int move_locked(struct moving *m, const char *name, struct error *e)
{
	struct writing w = { .t = m->t };
	struct guard *g = m->t->book.guard;
	const char *verb = trace_move_name(m->act->move);
	struct subject subject = { .country = m->actor };
	struct guard_mark mark;
	int status;

	/* who may move nothing learns nothing */
	if (rights_may(&g->standing, RIGHTS_TRACE, NULL, NULL))
		return guard_begin(g, RIGHTS_TRACE, verb, name, NULL, &mark, e);
	status = act_prepare(m, name, e);
	if (!status)
		status = guard_begin(g, RIGHTS_TRACE, verb, name, &subject, &mark, e);
	if (status)
		return status;
	status = tell_open(&w.tell, &m->t->book, false, e);
	if (!status)
		status = add_move(&w, m, e);
	if (!status)
		status = write_moves(&w, e);
	end_writing(&w);
	return guard_end(g, &mark, !status, status, e);
}

static int tell_done(struct moving *m, act_done *done, void *context, struct error *e)
{
	int status = STATUS_DONE;

	request_mask(&m->q, traces_party(m->t, &m->q));
	if (done)
		status = done(context, &m->q, e);
	if (!status && done && m->has_child)
		status = done(context, &m->child, e);
	return status;
}

static void begin_move(struct moving *m, struct traces *t, struct form *form, const struct act *act)
{
	memset(m, 0, sizeof *m);
	m->t = t;
	m->form = form;
	m->act = act;
	submission_open(&m->s, t, form, false);
}

static void end_move(struct moving *m)
{
	submission_close(&m->s);
	pool_free(&m->pool);
}

int act_on(struct traces *t, struct form *form, const char *id, const struct act *act, act_done *done,
	   void *context, struct error *e)
{
	struct moving m;
	char name[ID_TEXT];
	int status = id_read(id, name, e);

	if (!status)
		status = book_lock(&t->book, e);
	if (status)
		return status;
	begin_move(&m, t, form, act);
	status = move_locked(&m, name, e);
	book_unlock(&t->book);
	if (!status)
		status = tell_done(&m, done, context, e);
	end_move(&m);
	return status;
}

/* Many at once. */
struct many {
	struct writing w;
	struct moving *m;         /* one a row; act NULL: it is left out */
	struct set seen;
	int worst;
};

static int prepare_row(struct many *all, struct moving *m, const struct act_row *row, struct error *e)
{
	struct subject subject = { .country = m->actor };
	char name[ID_TEXT];
	int status = id_read(row->id, name, e);

	if (status)
		return status;
	if (set_count(&all->seen, id_mix(id_pack(name))))
		return error_set(e, STATUS_INPUT, "%s comes twice", name);
	status = set_add(&all->seen, id_mix(id_pack(name)), e);
	if (!status)
		status = act_check(&row->act, e);
	if (status == STATUS_USAGE) {
		e->status = STATUS_INPUT;
		status = error_within(e, name);
	}
	if (!status)
		status = act_prepare(m, name, e);
	if (!status)
		status = rights_may(&m->t->book.guard->standing, RIGHTS_TRACE, &subject, e);
	return status ? status : add_move(&all->w, m, e);
}

static int move_rows(struct many *all, struct form *form, const struct act_row *row, size_t count,
		     const struct act_rows *how, struct error *e)
{
	int status = tell_open(&all->w.tell, &all->w.t->book, true, e);

	for (size_t i = 0; i < count && !status; i++) {
		struct error why;

		begin_move(&all->m[i], all->w.t, form, &row[i].act);
		status = prepare_row(all, &all->m[i], &row[i], &why);
		if (!status)
			continue;
		all->m[i].act = NULL;
		if (status == STATUS_SYSTEM) {
			*e = why;
			break;
		}
		how->wrong(how->context, row[i].line, &why);
		all->worst = error_worse(all->worst, status);
		status = STATUS_DONE;
	}
	if (!status && all->worst && !how->go_on)
		return error_set(e, all->worst, "nothing was done (--keep-going leaves out what is wrong)");
	return status || !all->w.lines.size ? status : write_moves(&all->w, e);
}

int act_on_rows(struct traces *t, struct form *form, const struct act_row *row, size_t count,
		const struct act_rows *how, struct error *e)
{
	struct many all = { .w = { .t = t }, .m = mem_new(count, sizeof *all.m, e) };
	int status = all.m ? book_lock(&t->book, e) : STATUS_SYSTEM;

	if (status) {
		free(all.m);
		return status;
	}
	status = move_rows(&all, form, row, count, how, e);
	book_unlock(&t->book);
	for (size_t i = 0; i < count; i++) {
		if (!status && all.m[i].act)
			status = tell_done(&all.m[i], how->done, how->context, e);
		end_move(&all.m[i]);
	}
	end_writing(&all.w);
	set_free(&all.seen);
	free(all.m);
	return !status && all.worst ? error_set(e, all.worst, "%s", "") : status;
}
