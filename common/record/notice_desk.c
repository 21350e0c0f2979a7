/* notice_desk.c - what officers do with notices: read them, answer them, have them sent */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "record/notice_desk.h"

#include <string.h>

#include "record/mail.h"

#define MESSAGE_S 60            /* for the mail system to take one message */

const struct rows_column notice_columns[NOTICE_COLUMNS] = {
	{ "id", COLUMN_TEXT }, { "state", COLUMN_TEXT }, { "made", COLUMN_TEXT }, { "kind", COLUMN_TEXT },
	{ "subject", COLUMN_TEXT }, { "event", COLUMN_TEXT }, { "country", COLUMN_TEXT }, { "actor", COLUMN_TEXT },
	{ "to", COLUMN_TEXT }, { "at", COLUMN_TEXT }, { "by", COLUMN_TEXT }, { "remark", COLUMN_TEXT },
};

static int put(struct rows *rows, const struct notice *n, struct error *e)
{
	const char *texts[NOTICE_COLUMNS] = { n->id, notice_state_name(n->state), n->made, n->kind, n->subject, n->event,
					      n->country, n->actor, n->to, n->at, n->by, n->remark };

	for (size_t i = 0; i < NOTICE_COLUMNS; i++)
		rows_text(rows, texts[i] && *texts[i] ? texts[i] : NULL);
	return rows_end(rows, e);
}

int notice_wish_check(const struct notice_wish *w, const char *operand, struct error *e)
{
	int deeds = w->acknowledge + w->confirm + w->reject + w->send;

	if (deeds > 1)
		return error_set(e, STATUS_USAGE, "notices: one of --acknowledge, --confirm, --reject, --send");
	if (operand && (deeds == 0 || w->send))
		return error_set(e, STATUS_USAGE, "notices: what about %.60s?", operand);
	if (w->state) {
		int state = NOTICE_PREPARED;

		while (state <= NOTICE_REJECTED && strcmp(w->state, notice_state_name((enum notice_state)state)))
			state++;
		if (state > NOTICE_REJECTED)
			return error_set(e, STATUS_USAGE, "--state: '%.40s' is none of %s", w->state, NOTICE_STATES);
	}
	return STATUS_DONE;
}

/* What a process that was killed left undecided. Needs no right: it only completes what was done. */
static int settle(struct notice_desk *d, struct error *e)
{
	bool prepared = false;
	int status;

	for (size_t i = 0; i < notices_count(d->notices); i++)
		prepared |= notices_at(d->notices, i)->state == NOTICE_PREPARED;
	if (!prepared)
		return STATUS_DONE;
	status = notices_lock(d->notices, e);
	/* what was appended since the book was opened */
	if (!status)
		status = d->refresh(d->context, e);
	if (!status)
		status = notices_settle(d->notices, d->happened, d->context, d->guard->now,
					d->guard->standing.officer.name, NULL, e);
	notices_unlock(d->notices);
	return status;
}

/* Notices to the own country; who works alone, or keeps the folder, sees all. */
static bool may_look(const struct notice_desk *d, const struct notice *n)
{
	const struct standing *s = &d->guard->standing;

	if (d->mine && !d->mine(n))
		return false;
	return s->alone || (s->owner && s->grant.role == ROLE_NONE) || !strcmp(n->to, s->grant.country);
}

static bool wanted(const struct notice_wish *w, const struct notice *n)
{
	return (!w->state || !strcmp(w->state, notice_state_name(n->state))) && (!w->to || !strcmp(w->to, n->to)) &&
	       (!w->subject || !strcmp(w->subject, n->subject));
}

static int list(struct notice_desk *d, struct error *e)
{
	struct guard_mark mark;
	int64_t count = 0;
	int status = guard_begin(d->guard, RIGHTS_READ, "notices", d->wish->subject ? d->wish->subject : "(list)", NULL,
				 &mark, e);

	if (status)
		return status;
	for (size_t i = 0; i < notices_count(d->notices) && !status; i++) {
		const struct notice *n = notices_at(d->notices, i);

		if (!may_look(d, n) || !wanted(d->wish, n))
			continue;
		count++;
		status = put(d->rows, n, e);
	}
	return guard_end(d->guard, &mark, count, status, e);
}

static int move_one(struct notice_desk *d, const char *id, enum notice_state to, const char *verb, struct error *e)
{
	const struct notice *n = notices_find(d->notices, id);
	const char *remark = d->wish->remark ? d->wish->remark : "";
	struct subject subject = { 0 };
	struct guard_mark mark;
	bool again;
	int status;

	if (!n || !may_look(d, n))
		return error_set(e, STATUS_NO, "no notice %.60s", id);
	subject.country = n->to;
	status = guard_begin(d->guard, RIGHTS_NOTICE, verb, id, &subject, &mark, e);
	if (status)
		return status;
	/* rejected already: perhaps somebody was killed before what follows from it was done */
	again = to == NOTICE_REJECTED && n->state == to;
	status = again ? STATUS_DONE : notices_lock(d->notices, e);
	if (!status && !again) {
		status = notices_move(d->notices, id, to, d->guard->now, d->guard->standing.officer.name, remark, e);
		notices_unlock(d->notices);
	}
	n = notices_find(d->notices, id);
	if (!status && to == NOTICE_REJECTED && d->rejected)
		status = d->rejected(d->context, n, e);
	if (!status)
		status = put(d->rows, notices_find(d->notices, id), e);
	return guard_end(d->guard, &mark, !status, status, e);
}

static int move(struct notice_desk *d, struct ids *ids, FILE *err, struct error *e)
{
	const struct notice_wish *w = d->wish;
	enum notice_state to = w->acknowledge ? NOTICE_ACKNOWLEDGED : w->confirm ? NOTICE_CONFIRMED : NOTICE_REJECTED;
	const char *verb = w->acknowledge ? "acknowledge" : w->confirm ? "confirm" : "reject", *id;
	int worst = STATUS_DONE, status = STATUS_DONE;

	while (!status && !(status = ids_next(ids, &id, e))) {
		struct error own;

		status = move_one(d, id, to, verb, &own);
		if (status == STATUS_SYSTEM) {
			*e = own;
		} else if (status) {
			if (own.text[0])
				error_print(err, d->program, &own);
			worst = error_worse(worst, status);
			status = STATUS_DONE;
		}
	}
	if (status == STATUS_NO)
		status = worst ? error_set(e, worst, "%s", "") : STATUS_DONE;
	return status;
}

struct telling {
	struct notice_desk *desk;
	FILE *err;
};

static void tell_sent(void *context, const struct notice *n, int status, const struct error *e)
{
	struct telling *t = context;

	if (status)
		error_say(t->err, t->desk->program, "%s: not sent: %s", n->id, e->text);
	else
		put(t->desk->rows, n, NULL);
}

/* All that is queued, whoever's: there is one queue. */
static int send(struct notice_desk *d, FILE *err, struct error *e)
{
	struct telling telling = { d, err };
	struct notice_sending how = { .command = mail_command(), .seconds = MESSAGE_S,
				      .by = d->guard->standing.officer.name, .report = tell_sent, .context = &telling };
	struct notice_sent sent = { 0 };
	struct guard_mark mark;
	int status = guard_begin(d->guard, RIGHTS_SEND, "send", "(what is queued)", NULL, &mark, e);

	if (status)
		return status;
	status = notices_send(d->notices, &how, &sent, e);
	if (!status && sent.failed)
		status = error_set(e, STATUS_SYSTEM, "%zu notice(s) not sent; they stay queued", sent.failed);
	return guard_end(d->guard, &mark, (int64_t)sent.sent, status, e);
}

int notice_desk_run(struct notice_desk *d, struct ids *ids, FILE *err, struct error *e)
{
	const struct notice_wish *w = d->wish;
	size_t damaged = 0;
	int status = notices_open(&d->notices, &d->guard->folder, &damaged, e);

	if (damaged)
		error_say(err, d->program, "%s: %zu damaged line(s) left out", NOTICE_FILE, damaged);
	if (!status)
		status = settle(d, e);
	if (!status)
		status = w->send ? send(d, err, e) :
			 w->acknowledge || w->confirm || w->reject ? move(d, ids, err, e) : list(d, e);
	notices_close(d->notices);
	d->notices = NULL;
	return status;
}
