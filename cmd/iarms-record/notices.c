/* notices.c - notices: list, acknowledge, confirm, reject, send */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "desk.h"
#include "record/change.h"
#include "record/mail.h"
#include "record/notice.h"
#include "verbs.h"

#define MESSAGE_S 60            /* for the mail system to take one message */

struct notices_options {
	struct common common;
	bool acknowledge, confirm, reject, send;
	const char *state, *to, *record, *remark;
};

static const struct option_line table[] = {
	{ "acknowledge", 'a', OPTION_FLAG, offsetof(struct notices_options, acknowledge), NULL,
	  "the notices that are named were read", 0, 0 },
	{ "confirm", 0, OPTION_FLAG, offsetof(struct notices_options, confirm), NULL,
	  "it is the firearm (for the owner's country)", 0, 0 },
	{ "reject", 0, OPTION_FLAG, offsetof(struct notices_options, reject), NULL,
	  "it is not: the record becomes active again", 0, 0 },
	{ "send", 0, OPTION_FLAG, offsetof(struct notices_options, send), NULL,
	  "hand what is queued to the mail system", 0, 0 },
	{ "remark", 0, OPTION_TEXT, offsetof(struct notices_options, remark), "TEXT", "a word on it", 0, 0 },
	{ "state", 0, OPTION_TEXT, offsetof(struct notices_options, state), "WORD", NOTICE_STATES, 0, 0 },
	{ "to", 0, OPTION_TEXT, offsetof(struct notices_options, to), "CODE", "list those to a country", 0, 0 },
	{ "record", 0, OPTION_TEXT, offsetof(struct notices_options, record), "ID", "list those about a record", 0, 0 },
	OUTPUT(notices_options), COMMON(notices_options), END
};

static const struct rows_column columns[] = {
	{ "id", COLUMN_TEXT }, { "state", COLUMN_TEXT }, { "made", COLUMN_TEXT }, { "kind", COLUMN_TEXT },
	{ "subject", COLUMN_TEXT }, { "event", COLUMN_TEXT }, { "country", COLUMN_TEXT }, { "actor", COLUMN_TEXT },
	{ "to", COLUMN_TEXT }, { "at", COLUMN_TEXT }, { "by", COLUMN_TEXT }, { "remark", COLUMN_TEXT },
};

struct telling {
	struct desk d;
	const struct notices_options *o;
	struct notices *notices;
	struct rows *rows;
};

static int put(struct rows *rows, const struct notice *n, struct error *e)
{
	const char *texts[] = { n->id, notice_state_name(n->state), n->made, n->kind, n->subject, n->event,
				n->country, n->actor, n->to, n->at, n->by, n->remark };

	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		rows_text(rows, texts[i] && *texts[i] ? texts[i] : NULL);
	return rows_end(rows, e);
}

/* What a process that was killed left undecided. Needs no right: it only completes what was done. */
static int settle(struct telling *t, struct error *e)
{
	bool prepared = false;
	int status;

	for (size_t i = 0; i < notices_count(t->notices); i++)
		prepared |= notices_at(t->notices, i)->state == NOTICE_PREPARED;
	if (!prepared)
		return STATUS_DONE;
	/* the book before the notices, as everybody takes them; what was appended since it was opened */
	status = book_lock(&t->d.book, e);
	if (!status)
		status = notices_lock(t->notices, e);
	if (!status)
		status = notices_settle(t->notices, change_happened, &t->d.book, t->d.book.now,
					t->d.guard.standing.officer.name, NULL, e);
	notices_unlock(t->notices);
	book_unlock(&t->d.book);
	return status;
}

/* Notices to the own country; who works alone, or keeps the folder, sees all. */
static bool may_look(const struct telling *t, const struct notice *n)
{
	const struct standing *s = &t->d.guard.standing;

	return s->alone || (s->owner && s->grant.role == ROLE_NONE) || !strcmp(n->to, s->grant.country);
}

static bool wanted(const struct telling *t, const struct notice *n)
{
	return (!t->o->state || !strcmp(t->o->state, notice_state_name(n->state))) &&
	       (!t->o->to || !strcmp(t->o->to, n->to)) && (!t->o->record || !strcmp(t->o->record, n->subject));
}

static int list(struct telling *t, struct error *e)
{
	struct guard_mark mark;
	int64_t count = 0;
	int status = guard_begin(&t->d.guard, RIGHTS_READ, "notices", t->o->record ? t->o->record : "(list)", NULL,
				 &mark, e);

	if (status)
		return status;
	for (size_t i = 0; i < notices_count(t->notices) && !status; i++) {
		const struct notice *n = notices_at(t->notices, i);

		if (!may_look(t, n) || !wanted(t, n))
			continue;
		count++;
		status = put(t->rows, n, e);
	}
	return desk_end(&t->d, &mark, count, status, e);
}

static int move_one(struct telling *t, const char *id, enum notice_state to, const char *verb, struct error *e)
{
	const struct notice *n = notices_find(t->notices, id);
	const char *remark = t->o->remark ? t->o->remark : "";
	struct subject subject = { 0 };
	struct guard_mark mark;
	bool again;
	int status;

	if (!n || !may_look(t, n))
		return error_set(e, STATUS_NO, "no notice %.60s", id);
	subject.country = n->to;
	status = guard_begin(&t->d.guard, RIGHTS_NOTICE, verb, id, &subject, &mark, e);
	if (status)
		return status;
	/* rejected already: perhaps somebody was killed before the record was active again */
	again = to == NOTICE_REJECTED && n->state == to;
	status = again ? STATUS_DONE : notices_lock(t->notices, e);
	if (!status && !again) {
		status = notices_move(t->notices, id, to, t->d.book.now, t->d.guard.standing.officer.name, remark, e);
		notices_unlock(t->notices);
	}
	n = notices_find(t->notices, id);
	if (!status && to == NOTICE_REJECTED)
		status = change_unlocate(&t->d.book, t->d.form, &t->d.rules, n, remark, e);
	if (!status)
		status = put(t->rows, notices_find(t->notices, id), e);
	return desk_end(&t->d, &mark, !status, status, e);
}

static int move(struct telling *t, const struct option_parsed *parsed, struct error *e)
{
	enum notice_state to = t->o->acknowledge ? NOTICE_ACKNOWLEDGED : t->o->confirm ? NOTICE_CONFIRMED :
			       NOTICE_REJECTED;
	const char *verb = t->o->acknowledge ? "acknowledge" : t->o->confirm ? "confirm" : "reject", *id;
	struct ids ids;
	int worst = STATUS_DONE, status = ids_open(&ids, parsed->operand, parsed->operands, stdin, e);

	while (!status && !(status = ids_next(&ids, &id, e))) {
		struct error own;

		status = move_one(t, id, to, verb, &own);
		if (status == STATUS_SYSTEM) {
			*e = own;
		} else if (status) {
			desk_say_error(&own);
			worst = error_worse(worst, status);
			status = STATUS_DONE;
		}
	}
	ids_close(&ids);
	if (status == STATUS_NO)
		status = worst ? error_set(e, worst, "%s", "") : STATUS_DONE;
	return status;
}

static void tell_sent(void *context, const struct notice *n, int status, const struct error *e)
{
	struct telling *t = context;

	if (status)
		desk_say("%s: not sent: %s", n->id, e->text);
	else
		put(t->rows, n, NULL);
}

static int send(struct telling *t, struct error *e)
{
	struct notice_sending how = { .command = mail_command(), .seconds = MESSAGE_S,
				      .by = t->d.guard.standing.officer.name, .report = tell_sent, .context = t };
	struct notice_sent sent = { 0 };
	struct guard_mark mark;
	int status = guard_begin(&t->d.guard, RIGHTS_SEND, "send", "(what is queued)", NULL, &mark, e);

	if (status)
		return status;
	status = notices_send(t->notices, &how, &sent, e);
	if (!status && sent.failed)
		status = error_set(e, STATUS_SYSTEM, "%zu notice(s) not sent; they stay queued", sent.failed);
	return desk_end(&t->d, &mark, (int64_t)sent.sent, status, e);
}

static int check_options(const struct notices_options *o, const struct option_parsed *parsed, struct error *e)
{
	int deeds = o->acknowledge + o->confirm + o->reject + o->send;

	if (deeds > 1)
		return error_set(e, STATUS_USAGE, "notices: one of --acknowledge, --confirm, --reject, --send");
	if (parsed->operands && (deeds == 0 || o->send))
		return error_set(e, STATUS_USAGE, "notices: what about %.60s?", parsed->operand[0]);
	if (o->state) {
		int state = NOTICE_PREPARED;

		while (state <= NOTICE_REJECTED && strcmp(o->state, notice_state_name((enum notice_state)state)))
			state++;
		if (state > NOTICE_REJECTED)
			return error_set(e, STATUS_USAGE, "--state: '%.40s' is none of %s", o->state, NOTICE_STATES);
	}
	return STATUS_DONE;
}

static int run(void *context, void *options, const struct option_parsed *parsed, struct error *e)
{
	struct telling t = { .o = options };
	size_t damaged = 0;
	int status = check_options(t.o, parsed, e);

	(void)context;
	if (!status)
		status = desk_open(&t.d, &t.o->common, e);
	if (status)
		return status;
	status = notices_open(&t.notices, &t.d.guard.folder, &damaged, e);
	if (damaged)
		desk_say("%s: %zu damaged line(s) left out", NOTICE_FILE, damaged);
	if (!status)
		status = settle(&t, e);
	if (!status)
		status = desk_rows(&t.rows, &t.o->common, columns, sizeof columns / sizeof *columns, NULL, e);
	if (!status)
		status = t.o->send ? send(&t, e) :
			 t.o->acknowledge || t.o->confirm || t.o->reject ? move(&t, parsed, e) : list(&t, e);
	status = desk_close_rows(t.rows, status, e);
	if (t.notices)
		notices_close(t.notices);
	desk_close(&t.d);
	return status;
}

const struct verb verb_notices = { "notices", "[ID...]", "list notices, answer them, send them", table,
				   sizeof(struct notices_options), NULL, 0, -1, run };
