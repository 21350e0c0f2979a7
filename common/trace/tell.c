/* tell.c - notices of moves: prepared before the move is written, valid after */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "trace/tell.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "trace/traces.h"

#define KIND "trace-"

struct tell_event {
	char id[ID_TEXT], revision[24], kind[24];
	char owner[4], actor[4], to[4];
	const char *remark;
	const char *tos[1];
};

int tell_add(struct tell *t, uint64_t id, int64_t revision, enum trace_move move, uint16_t owner, uint16_t actor,
	     uint16_t to, const char *remark, struct error *e)
{
	struct tell_event *event;

	if (t->count == t->room) {
		size_t room = t->room ? 2 * t->room : 4;

		event = mem_grow(t->event, room, sizeof *event, e);
		if (!event)
			return STATUS_SYSTEM;
		t->event = event;
		t->room = room;
	}
	event = &t->event[t->count];
	id_unpack(id, event->id);
	if (revision == 1)
		memcpy(event->revision, "t1", 3);
	else
		snprintf(event->revision, sizeof event->revision, "t%lld", (long long)revision);
	memcpy(event->kind, KIND, sizeof KIND);
	strncat(event->kind, trace_move_name(move), sizeof event->kind - sizeof KIND);
	traces_country(owner, event->owner);
	traces_country(actor, event->actor);
	traces_country(to, event->to);
	event->remark = *remark ? pool_text(&t->pool, remark, strlen(remark), e) : "";
	t->count += event->remark != NULL;
	return event->remark ? STATUS_DONE : STATUS_SYSTEM;
}

int tell_prepare(struct tell *t, const struct book *b, struct error *e)
{
	int status;

	if (!t->count)
		return STATUS_DONE;
	t->list = mem_new(t->count, sizeof *t->list, e);
	if (!t->list)
		return STATUS_SYSTEM;
	for (size_t i = 0; i < t->count; i++) {
		struct tell_event *event = &t->event[i];

		event->tos[0] = event->to;
		t->list[i] = (struct notice_event){
			.kind = event->kind, .subject = event->id, .event = event->revision, .country = event->owner,
			.actor = event->actor, .to = event->tos, .count = 1, .made = b->now,
			.by = b->guard->standing.officer.name, .remark = event->remark,
		};
	}
	status = notices_open_blind(&t->notices, &b->guard->folder, e);
	if (!status)
		status = notices_lock(t->notices, e);
	if (status) {
		notices_close(t->notices);
		t->notices = NULL;
	}
	return status ? status : notices_tell(t->notices, t->list, t->count, NOTICE_PREPARED, e);
}

int tell_finish(struct tell *t, int status, struct error *e)
{
	struct error own;

	if (!t->notices)
		return status;
	/* settled later if this fails too: it asks whether the move is there */
	if (status)
		notices_tell(t->notices, t->list, t->count, NOTICE_VOID, &own);
	else
		status = notices_tell(t->notices, t->list, t->count, NOTICE_QUEUED, e);
	return status;
}

void tell_free(struct tell *t)
{
	if (t->notices)
		notices_unlock(t->notices);
	notices_close(t->notices);
	pool_free(&t->pool);
	free(t->list);
	free(t->event);
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
