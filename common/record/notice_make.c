/* notice_make.c - notices to countries: new ones of an event, or of many */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "record/notice_parts.h"

/* Letters, digits and hyphens: what stands in an id stands in a Message-ID too. */
static int check_part(const char *text, const char *what, struct error *e)
{
	size_t n = 0;

	while ((text[n] >= 'A' && text[n] <= 'Z') || (text[n] >= 'a' && text[n] <= 'z') ||
	       (text[n] >= '0' && text[n] <= '9') || text[n] == '-')
		n++;
	if (n == 0 || n > 48 || text[n])
		return error_set(e, STATUS_INPUT, "'%.60s' cannot be the %s of a notice", text, what);
	return STATUS_DONE;
}

static int check_event(const struct notice_event *event, struct error *e)
{
	if (check_part(event->subject, "subject", e) || check_part(event->event, "event", e))
		return STATUS_INPUT;
	for (size_t i = 0; i < event->count; i++)
		if (check_part(event->to[i], "country", e))
			return STATUS_INPUT;
	return STATUS_DONE;
}

/* An id is at most 3 * 48 + 2 bytes. */
#define ID_SIZE 160
static void make_id(const struct notice_event *event, size_t i, char out[ID_SIZE])
{
	char *p = stpcpy(out, event->subject);

	*p++ = '.';
	p = stpcpy(p, event->event);
	*p++ = '.';
	stpcpy(p, event->to[i]);
}

static bool told_before(const struct notice_event *event, size_t i)
{
	for (size_t k = 0; k < i; k++)
		if (!strcmp(event->to[k], event->to[i]))
			return true;
	return false;
}

/* The notice of an event to its i-th country, as it begins, and the texts that are made for it. */
struct texts {
	char id[ID_SIZE], message_id[ID_SIZE + NOTICE_DOMAIN + 4];
};

static struct notice begin(const struct notice_event *event, size_t i, const char *domain, const char *at,
			   struct texts *t)
{
	char *p = t->message_id;

	make_id(event, i, t->id);
	*p++ = '<';
	p = stpcpy(p, t->id);
	*p++ = '@';
	p = stpcpy(p, domain);
	stpcpy(p, ">");
	return (struct notice){
		.id = t->id, .state = NOTICE_PREPARED, .at = at, .by = event->by, .made = at,
		.kind = event->kind, .subject = event->subject, .event = event->event,
		.country = event->country, .actor = event->actor, .to = event->to[i],
		.message_id = t->message_id, .remark = event->remark ? event->remark : "",
	};
}

void notices_begin(const struct notices *n, int64_t made, const char *by, uint64_t batch,
		   struct notice_lines *lines)
{
	memset(lines, 0, sizeof *lines);
	notice_domain(n->folder, lines->domain);
	clock_text(made, lines->at);
	if (batch)
		snprintf(lines->batch, sizeof lines->batch, NOTICE_BATCH "%016llx", (unsigned long long)batch);
	lines->by = by;
}

int notices_put(const struct notices *n, const struct notice_lines *lines, const struct notice_event *event,
		struct buf *to, struct error *e)
{
	struct texts texts;
	int status = check_event(event, e);

	for (size_t i = 0; i < event->count && !status; i++) {
		struct notice m = begin(event, i, lines->domain, lines->at, &texts);

		if (lines->batch[0])
			m.remark = lines->batch;
		if (!told_before(event, i))
			status = notices_put_line(n, &m, to, e);
	}
	return status;
}

/* A name, and what has changed. */
static int put_change(const struct notices *n, const struct notice_lines *lines, const char *id,
		      enum notice_state state, struct buf *out, struct error *e)
{
	const struct notice m = { .id = id, .state = state, .at = lines->at, .by = lines->by, .made = "", .kind = "",
				  .subject = "", .event = "", .country = "", .actor = "", .to = "", .message_id = "",
				  .remark = "" };

	return notices_put_line(n, &m, out, e);
}

/* What came of those that were prepared. */
static int put_outcome(const struct notices *n, const struct notice_lines *lines, const struct buf *text,
		       enum notice_state state, struct buf *out, struct error *e)
{
	const char *p = (const char *)text->data, *end = p + text->size;
	char id[ID_SIZE];
	int status = STATUS_DONE;

	while (p < end && !status) {
		/* there is no comma in a name */
		size_t name = (size_t)((const char *)memchr(p, ',', (size_t)(end - p)) - p);

		memcpy(id, p, name);
		id[name] = 0;
		status = put_change(n, lines, id, state, out, e);
		p = (const char *)memchr(p, '\n', (size_t)(end - p)) + 1;
	}
	return status;
}

static int put_outcomes(const struct notices *n, const struct notice_lines *lines, const struct buf *text,
			size_t pieces, enum notice_state state, struct buf *out, struct error *e)
{
	int status = STATUS_DONE;

	if (lines->batch[0])
		return put_change(n, lines, lines->batch, state, out, e);
	for (size_t i = 0; i < pieces && !status; i++)
		status = put_outcome(n, lines, &text[i], state, out, e);
	return status;
}

int notices_tell(struct notices *n, const struct notice_lines *lines, const struct buf *text, size_t pieces,
		 enum notice_state state, struct error *e)
{
	struct buf out = { 0 };
	int status;

	if (state == NOTICE_PREPARED) {
		status = log_append_all(n->log, text, pieces, e);
	} else {
		status = put_outcomes(n, lines, text, pieces, state, &out, e);
		if (!status && out.size)
			status = log_add(n->log, &out, e);
	}
	buf_free(&out);
	return status ? status : notices_read_on(n, e);
}

int notices_prepare(struct notices *n, const struct notice_event *event, struct error *e)
{
	char domain[NOTICE_DOMAIN], at[CLOCK_TEXT];
	struct texts *texts;
	struct notice *list;
	size_t count = 0;
	int status = check_event(event, e);

	if (status)
		return status;
	list = mem_new(event->count, sizeof *list, e);
	texts = mem_new(event->count, sizeof *texts, e);
	if (!list || !texts) {
		status = STATUS_SYSTEM;
		goto out;
	}
	notice_domain(n->folder, domain);
	clock_text(event->made, at);
	for (size_t i = 0; i < event->count; i++) {
		struct notice m = begin(event, i, domain, at, &texts[count]);
		const struct notice *old = notices_find(n, m.id);

		/* prepared again: the first attempt did not come to an end */
		if (!told_before(event, i) && (!old || old->state == NOTICE_VOID))
			list[count++] = m;
	}
	status = notices_append(n, list, count, e);
out:
	free(list);
	free(texts);
	return status;
}

/* Those of the event that are prepared, to another state. */
static int decide(struct notices *n, const struct notice_event *event, enum notice_state to, struct error *e)
{
	struct notice *list = mem_new(event->count, sizeof *list, e);
	char id[ID_SIZE], at[CLOCK_TEXT];
	size_t count = 0;
	int status = check_event(event, e);

	if (!list || status) {
		free(list);
		return list ? status : STATUS_SYSTEM;
	}
	clock_text(event->made, at);
	for (size_t i = 0; i < event->count; i++) {
		const struct notice *old;

		make_id(event, i, id);
		old = notices_find(n, id);
		if (!old || old->state != NOTICE_PREPARED || told_before(event, i))
			continue;
		list[count] = *old;
		list[count].state = to;
		list[count].at = at;
		list[count++].by = event->by;
	}
	status = notices_append(n, list, count, e);
	free(list);
	return status;
}

int notices_queue(struct notices *n, const struct notice_event *event, struct error *e)
{
	return decide(n, event, NOTICE_QUEUED, e);
}

int notices_void(struct notices *n, const struct notice_event *event, struct error *e)
{
	return decide(n, event, NOTICE_VOID, e);
}
