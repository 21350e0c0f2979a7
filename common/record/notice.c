/* notice.c - notices to countries: an append-only log, and how each fares */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "record/notice.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "base/sum.h"
#include "record/log.h"
#include "record/notice_parts.h"

#define WAIT_S 120

enum { ID, STATE, AT, BY, MADE, KIND, SUBJECT, EVENT, COUNTRY, ACTOR, TO, MESSAGE_ID, REMARK, COLUMNS };
static const char *const columns[COLUMNS] = {
	"notice", "state", "at", "by", "made", "kind", "subject", "event", "country", "actor", "to", "message_id",
	"remark",
};
static const struct log_shape shape = { NOTICE_FILE, columns, COLUMNS };

static const char *const states[] = { "prepared", "void", "queued", "sent", "acknowledged", "confirmed",
				      "rejected" };
#define STATES (sizeof states / sizeof *states)

/* From which state (row) a notice comes to which (column). A line that makes no such step changes
 * nothing: it was written twice, or two logs were put together. */
static const bool step[STATES][STATES] = {
	[NOTICE_PREPARED] = { [NOTICE_VOID] = true, [NOTICE_QUEUED] = true },
	[NOTICE_VOID] = { [NOTICE_PREPARED] = true },
	[NOTICE_QUEUED] = { [NOTICE_SENT] = true, [NOTICE_ACKNOWLEDGED] = true, [NOTICE_CONFIRMED] = true,
			    [NOTICE_REJECTED] = true },
	[NOTICE_SENT] = { [NOTICE_ACKNOWLEDGED] = true, [NOTICE_CONFIRMED] = true, [NOTICE_REJECTED] = true },
	[NOTICE_ACKNOWLEDGED] = { [NOTICE_CONFIRMED] = true, [NOTICE_REJECTED] = true },
};

const char *notice_state_name(enum notice_state state)
{
	return (size_t)state < STATES ? states[state] : NULL;
}

static int find_state(const char *name)
{
	for (size_t i = 0; i < STATES; i++)
		if (!strcmp(states[i], name))
			return (int)i;
	return -1;
}

/* Where an id is in the table, or the free place where it belongs. */
static size_t place(const struct notices *n, const char *id)
{
	size_t mask = n->places - 1, at = (size_t)sum_fnv64(SUM_FNV64_START, id, strlen(id)) & mask;

	while (n->table[at] && strcmp(n->entry[n->table[at] - 1].notice.id, id))
		at = (at + 1) & mask;
	return at;
}

static int grow_table(struct notices *n, struct error *e)
{
	size_t *old = n->table, places = n->places ? 2 * n->places : 256;

	n->table = mem_new(places, sizeof *n->table, e);
	if (!n->table) {
		n->table = old;
		return STATUS_SYSTEM;
	}
	n->places = places;
	for (size_t i = 0; i < n->count; i++)
		n->table[place(n, n->entry[i].notice.id)] = i + 1;
	free(old);
	return STATUS_DONE;
}

static struct notice_entry *find(const struct notices *n, const char *id)
{
	size_t at = n->places ? n->table[place(n, id)] : 0;

	return at ? &n->entry[at - 1] : NULL;
}

/* Takes over the texts of the entry. */
static int insert(struct notices *n, const struct notice_entry *made, struct error *e)
{
	if (n->count == n->room) {
		size_t room = n->room ? 2 * n->room : 64;
		struct notice_entry *grown = mem_grow(n->entry, room, sizeof *grown, e);

		if (!grown)
			return STATUS_SYSTEM;
		n->entry = grown;
		n->room = room;
	}
	if (2 * (n->count + 1) > n->places && grow_table(n, e))
		return STATUS_SYSTEM;
	n->entry[n->count] = *made;
	n->table[place(n, made->notice.id)] = n->count + 1;
	n->count++;
	return STATUS_DONE;
}

/* The texts of a line, in one piece that belongs to the entry. */
static int make_entry(struct notice_entry *made, const char *const field[COLUMNS], struct error *e)
{
	const char *text[COLUMNS];
	size_t size = 0;
	char *p;

	for (int i = 0; i < COLUMNS; i++)
		size += strlen(field[i]) + 1;
	made->texts = p = mem_new(size, 1, e);
	if (!p)
		return STATUS_SYSTEM;
	for (int i = 0; i < COLUMNS; i++) {
		size_t length = strlen(field[i]) + 1;

		memcpy(p, field[i], length);
		text[i] = p;
		p += length;
	}
	made->notice = (struct notice){
		.id = text[ID], .state = (enum notice_state)find_state(field[STATE]), .at = text[AT], .by = text[BY],
		.made = text[MADE], .kind = text[KIND], .subject = text[SUBJECT], .event = text[EVENT],
		.country = text[COUNTRY], .actor = text[ACTOR], .to = text[TO], .message_id = text[MESSAGE_ID],
		.remark = text[REMARK],
	};
	return STATUS_DONE;
}

/* What does not change need not be said again: a line with no Message-ID is one of those. */
static void inherit(const struct notice *n, const char *field[COLUMNS])
{
	field[MADE] = n->made;
	field[KIND] = n->kind;
	field[SUBJECT] = n->subject;
	field[EVENT] = n->event;
	field[COUNTRY] = n->country;
	field[ACTOR] = n->actor;
	field[TO] = n->to;
	field[MESSAGE_ID] = n->message_id;
	field[REMARK] = n->remark;
}

/* An entry in another state. */
static int change(struct notice_entry *entry, const char *const read[COLUMNS], struct error *e)
{
	const char *field[COLUMNS];
	struct notice_entry made;
	int status;

	memcpy(field, read, sizeof field);
	field[ID] = entry->notice.id;
	if (!*field[MESSAGE_ID])
		inherit(&entry->notice, field);
	status = make_entry(&made, field, e);
	if (status)
		return status;
	free(entry->texts);
	*entry = made;
	return STATUS_DONE;
}

static int change_batch(struct notices *n, const char *const field[COLUMNS], int state, struct error *e)
{
	int status = STATUS_DONE;

	for (size_t i = 0; i < n->count && !status; i++) {
		struct notice_entry *entry = &n->entry[i];

		if (entry->notice.state == NOTICE_PREPARED && step[NOTICE_PREPARED][state] &&
		    !strcmp(entry->notice.remark, field[ID])) {
			status = change(entry, field, e);
			entry->notice.remark = "";
		}
	}
	return status;
}

/* A line of the log, read or just written. STATUS_INPUT: it is none. */
static int apply(struct notices *n, const char *const field[COLUMNS], struct error *e)
{
	struct notice_entry *entry = find(n, field[ID]), made;
	int state = find_state(field[STATE]), status;

	if (state < 0 || !*field[ID])
		return error_set(e, STATUS_INPUT, "no notice, or no state of one");
	if (entry)
		return step[entry->notice.state][state] ? change(entry, field, e) : STATUS_DONE;
	if (!strncmp(field[ID], NOTICE_BATCH, strlen(NOTICE_BATCH)))
		return change_batch(n, field, state, e);
	if (!*field[MESSAGE_ID])
		return error_set(e, STATUS_INPUT, "a change of a notice that is not there");
	status = make_entry(&made, field, e);
	if (status)
		return status;
	status = insert(n, &made, e);
	if (status)
		free(made.texts);
	return status;
}

static void forget(struct notices *n)
{
	for (size_t i = 0; i < n->count; i++)
		free(n->entry[i].texts);
	free(n->entry);
	free(n->table);
	n->entry = NULL;
	n->table = NULL;
	n->count = n->room = n->places = 0;
	n->seen = 0;
	n->damaged = 0;
}

int notices_read_on(struct notices *n, struct error *e)
{
	struct log_reader *r = NULL;
	struct log_identity id;
	struct log_row row;
	int status = n->blind ? STATUS_DONE : log_identify(n->log, &id, e);

	if (n->blind)
		return STATUS_DONE;
	if (!status)
		status = log_reader_open(&r, n->log, e);
	if (status)
		return status;
	if (id.device != n->file.device || id.inode != n->file.inode || log_size(n->log) < n->seen)
		forget(n);
	n->file = id;
	log_scan(r, n->seen);
	while ((status = log_next(r, &row, e)) != STATUS_NO) {
		if (!status)
			status = apply(n, row.field, e);
		if (status == STATUS_INPUT)
			n->damaged++;
		else if (status)
			break;
	}
	if (status == STATUS_NO) {
		n->seen = log_size(n->log);
		status = STATUS_DONE;
	}
	log_reader_close(r);
	return status;
}

static int open_notices(struct notices **out, const struct folder *f, bool blind, size_t *damaged, struct error *e)
{
	struct notices *n = mem_new(1, sizeof *n, e);
	int status;

	*out = NULL;
	if (!n)
		return STATUS_SYSTEM;
	n->folder = f;
	n->blind = blind;
	status = log_open(&n->log, f, &shape, NULL, e);
	if (!status)
		status = notices_read_on(n, e);
	if (damaged)
		*damaged = n->damaged;
	if (status)
		notices_close(n);
	else
		*out = n;
	return status;
}

int notices_open(struct notices **n, const struct folder *f, size_t *damaged, struct error *e)
{
	return open_notices(n, f, false, damaged, e);
}

int notices_open_blind(struct notices **n, const struct folder *f, struct error *e)
{
	return open_notices(n, f, true, NULL, e);
}

void notices_close(struct notices *n)
{
	if (!n)
		return;
	forget(n);
	log_close(n->log);
	free(n);
}

size_t notices_count(const struct notices *n)
{
	return n->count;
}

const struct notice *notices_at(const struct notices *n, size_t i)
{
	return i < n->count ? &n->entry[i].notice : NULL;
}

const struct notice *notices_find(const struct notices *n, const char *id)
{
	const struct notice_entry *entry = find(n, id);

	return entry ? &entry->notice : NULL;
}

int notices_refresh(struct notices *n, struct error *e)
{
	int status = log_refresh(n->log, e);

	return status ? status : notices_read_on(n, e);
}

int notices_lock(struct notices *n, struct error *e)
{
	int status = log_lock(n->log, WAIT_S, e);

	if (status)
		return status;
	status = notices_read_on(n, e);
	if (status)
		log_unlock(n->log);
	return status;
}

void notices_unlock(struct notices *n)
{
	log_unlock(n->log);
}

int notices_put_line(const struct notices *n, const struct notice *m, struct buf *lines, struct error *e)
{
	const char *const field[COLUMNS] = { m->id, states[m->state], m->at, m->by, m->made, m->kind, m->subject,
				       m->event, m->country, m->actor, m->to, m->message_id, m->remark };

	return log_put(n->log, lines, field, e);
}

int notices_append(struct notices *n, const struct notice *list, size_t count, struct error *e)
{
	struct buf lines = { 0 };
	int status = STATUS_DONE;

	for (size_t i = 0; i < count && !status; i++)
		status = notices_put_line(n, &list[i], &lines, e);
	if (!status && count)
		status = log_append(n->log, &lines, NULL, e);
	buf_free(&lines);
	return status ? status : notices_read_on(n, e);
}

/* The same notice in another state. */
int notices_change(struct notices *n, const struct notice *old, enum notice_state to, const char *at,
		   const char *by, const char *remark, struct error *e)
{
	struct notice changed = *old;

	changed.state = to;
	changed.at = at;
	changed.by = by;
	changed.remark = remark;
	return notices_append(n, &changed, 1, e);
}

int notices_settle(struct notices *n, notice_happened *happened, void *context, int64_t now, const char *by,
		   size_t *changed, struct error *e)
{
	struct notice *list = mem_new(n->count, sizeof *list, e);
	size_t count = 0;
	char at[CLOCK_TEXT];
	struct error own;
	int status = list ? STATUS_DONE : STATUS_SYSTEM, written;

	clock_text(now, at);
	for (size_t i = 0; i < n->count && !status; i++) {
		const struct notice *m = &n->entry[i].notice;

		if (m->state != NOTICE_PREPARED)
			continue;
		status = happened(context, m, e);
		if (status == STATUS_DONE || status == STATUS_NO) {
			list[count] = *m;
			list[count].state = status ? NOTICE_VOID : NOTICE_QUEUED;
			list[count].at = at;
			list[count].by = by;
			if (!strncmp(m->remark, NOTICE_BATCH, strlen(NOTICE_BATCH)))
				list[count].remark = "";
			count++;
		}
		if (status == STATUS_NO || status == STATUS_REFUSED)
			status = STATUS_DONE;
	}
	/* what is known by now is written, whatever came of the rest */
	written = count ? notices_append(n, list, count, &own) : STATUS_DONE;
	if (written && !status)
		status = error_set(e, written, "%s", own.text);
	if (changed)
		*changed = written ? 0 : count;
	free(list);
	return status;
}

int notices_move(struct notices *n, const char *id, enum notice_state to, int64_t now, const char *by,
		 const char *remark, struct error *e)
{
	const struct notice *m = notices_find(n, id);
	char at[CLOCK_TEXT];

	if (!m || m->state == NOTICE_PREPARED || m->state == NOTICE_VOID)
		return error_set(e, STATUS_NO, "no notice %.60s", id);
	if (to != NOTICE_ACKNOWLEDGED && to != NOTICE_CONFIRMED && to != NOTICE_REJECTED)
		return error_set(e, STATUS_USAGE, "a notice is acknowledged, confirmed or rejected");
	if (!step[m->state][to])
		return error_set(e, STATUS_REFUSED, "%.60s is %s already", id, states[m->state]);
	if (to != NOTICE_ACKNOWLEDGED && strcmp(m->to, m->country))
		return error_set(e, STATUS_REFUSED, "%.60s: only %s confirms or rejects", id, m->country);
	clock_text(now, at);
	return notices_change(n, m, to, at, by, remark ? remark : "", e);
}
