/* tell.c - notices of moves: prepared before the move is written, valid after */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "trace/tell.h"

#include <stdio.h>
#include <string.h>

#include "trace/traces.h"

#define KIND "trace-"

int tell_open(struct tell *t, const struct book *b, bool many, struct error *e)
{
	int status;

	memset(t, 0, sizeof *t);
	t->book = b;
	status = notices_open_blind(&t->notices, &b->guard->folder, e);
	if (!status)
		notices_begin(t->notices, b->now, b->guard->standing.officer.name, many ? id_mix(b->seed) : 0, &t->lines);
	return status;
}

int tell_put(const struct tell *t, const struct tell_move *m, struct buf *to, struct error *e)
{
	char event[24] = "t1", kind[24];
	const struct notice_event notice = {
		.kind = kind, .subject = m->id, .event = event, .country = m->owner, .actor = m->actor, .to = &m->to,
		.count = 1, .made = t->book->now, .by = t->lines.by, .remark = "",
	};

	if (m->revision != 1)
		snprintf(event, sizeof event, "t%lld", (long long)m->revision);
	stpcpy(stpcpy(kind, KIND), trace_move_name(m->move));
	return notices_put(t->notices, &t->lines, &notice, to, e);
}

int tell_prepare(struct tell *t, const struct buf *text, size_t pieces, struct error *e)
{
	size_t bytes = 0;
	int status;

	for (size_t i = 0; i < pieces; i++)
		bytes += text[i].size;
	if (!bytes)
		return STATUS_DONE;
	status = notices_lock(t->notices, e);
	if (status)
		return status;
	t->locked = true;
	t->text = text;
	t->pieces = pieces;
	return notices_tell(t->notices, &t->lines, text, pieces, NOTICE_PREPARED, e);
}

void tell_finish(struct tell *t, int status)
{
	struct error own;

	if (!t->locked)
		return;
	/* where this fails it is settled later, by asking whether the move is there */
	notices_tell(t->notices, &t->lines, t->text, t->pieces, status ? NOTICE_VOID : NOTICE_QUEUED, &own);
	notices_unlock(t->notices);
	t->locked = false;
}

void tell_close(struct tell *t)
{
	if (t->locked)
		notices_unlock(t->notices);
	notices_close(t->notices);
	memset(t, 0, sizeof *t);
}

bool tell_is_trace(const struct notice *n)
{
	return !strncmp(n->kind, KIND, strlen(KIND));
}

int tell_happened(void *context, const struct notice *notice, struct error *e)
{
	struct book *b = context;
	struct buf lines = { 0 };
	const struct index_head *line;
	bool found = false;
	int status;

	if (!tell_is_trace(notice))
		return STATUS_REFUSED;
	if (!id_valid(notice->subject) || notice->event[0] != 't')
		return error_set(e, STATUS_INPUT, "%s is about no trace request", notice->id);
	status = index_lines(b->index, id_pack(notice->subject), &lines, e);
	line = (const void *)lines.data;
	for (size_t i = 0; i < lines.size / sizeof *line && !status && !found; i++) {
		struct log_row row;

		status = book_read_row(b, line[i].offset, &row, e);
		found = !status && !strcmp(row.field[TRACE_REVISION], notice->event + 1) &&
			!strcmp(row.field[TRACE_EVENT], notice->kind + strlen(KIND)) &&
			!strcmp(row.field[TRACE_ACTOR], notice->actor);
		if (status == STATUS_INPUT)
			status = STATUS_DONE;
	}
	buf_free(&lines);
	return status || found ? status : STATUS_NO;
}
