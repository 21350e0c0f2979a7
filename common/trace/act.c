/* act.c - a move on a trace request: who may make it, and what it makes of the request */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "trace/act_parts.h"

#include <string.h>

#include "base/num.h"
#include "record/country.h"
#include "trace/chain.h"

static const char *keep(struct moving *m, const char *text, struct error *e)
{
	const char *kept = pool_text(&m->pool, text, strlen(text), e);

	return kept ? kept : "";
}

/* Which party the officer is for this move. Who works alone, for no country, is the one whose move it is; the
 * sender, where it is both parties'. */
static int choose_party(struct moving *m, const char *id, struct error *e)
{
	unsigned mine = traces_party(m->t, &m->q), movers = trace_movers(m->act->move);
	struct error own;

	if (!mine || request_state(&m->q) == TRACE_DELETED) {
		if (guard_note(m->t->book.guard, trace_move_name(m->act->move), id, 0, STATUS_NO, &own))
			return error_set(e, own.status, "%s", own.text);
		return traces_none(m->q.field[TRACE_ID], mine ? &m->q : NULL, e);
	}
	if (!(mine & movers))
		return error_set(e, STATUS_REFUSED, "%s: only the %s (%s) may %s", m->q.field[TRACE_ID],
				 movers & PARTY_SENDER ? "sender" : "receiver",
				 m->q.field[movers & PARTY_SENDER ? TRACE_FROM : TRACE_TO], trace_move_name(m->act->move));
	m->party = mine & movers & PARTY_SENDER ? PARTY_SENDER : PARTY_RECEIVER;
	snprintf(m->actor, sizeof m->actor, "%s", m->q.field[m->party == PARTY_SENDER ? TRACE_FROM : TRACE_TO]);
	return STATUS_DONE;
}

/* The move that the table allows, or who was faster. */
static int choose_state(struct moving *m, struct error *e)
{
	int from = request_state(&m->q), to;

	if (from < 0 || num_integer(m->q.field[TRACE_REVISION], 1, UINT32_MAX - 1, &m->revision, NULL))
		return error_set(e, STATUS_INPUT, "%s: its line makes no sense", m->q.field[TRACE_ID]);
	to = trace_next((enum trace_state)from, m->act->move, m->party);
	if (to < 0)
		return error_set(e, STATUS_INPUT, "%s is %s (%s by %s of %s, %s): no move '%s' from there",
				 m->q.field[TRACE_ID], m->q.field[TRACE_STATE], m->q.field[TRACE_EVENT],
				 m->q.field[TRACE_BY], m->q.field[TRACE_ACTOR], m->q.field[TRACE_AT],
				 trace_move_name(m->act->move));
	m->from = (enum trace_state)from;
	m->to = (enum trace_state)to;
	return STATUS_DONE;
}

/* What the sender gives anew is understood as when it was submitted. */
static int set_given(struct moving *m, struct buf *problems, struct error *e)
{
	bool draft = m->act->move == MOVE_DRAFT, any = m->act->move == MOVE_SUBMIT;
	int status = STATUS_DONE;

	for (int i = 0; i < TRACE_FIELDS; i++)
		if (m->act->field[i] && trace_fields[i].given) {
			m->q.field[i] = m->act->field[i];
			any = true;
		}
	if (!any)
		return STATUS_DONE;
	/* a new number has a state of its own */
	if (m->act->field[TRACE_SERIAL] && !m->act->field[TRACE_SERIAL_STATE])
		m->q.field[TRACE_SERIAL_STATE] = "";
	if (!*m->q.field[TRACE_PRIORITY])
		m->q.field[TRACE_PRIORITY] = "normal";
	status = request_clean(m->form, &m->q, m->t->book.today, NULL, &m->pool, problems, e);
	if (!status && act_given(m->act, TRACE_RECORD) && id_valid(m->q.field[TRACE_RECORD]))
		status = submission_check_record(&m->s, id_pack(m->q.field[TRACE_RECORD]), problems, e);
	return status || draft ? status : request_complete(&m->q, problems, e);
}

static int set_text(struct moving *m, enum trace_place place, struct buf *problems, struct error *e)
{
	const struct trace_field *f = &trace_fields[place];

	if (!m->act->field[place])
		return STATUS_DONE;
	m->q.field[place] = m->act->field[place];
	return request_check_text(f->name, m->q.field[place], f->most, problems, e);
}

/* The restrictions of an answer that is used travel with what is said by it. */
static int add_restrictions(struct moving *m, const struct request *child, struct error *e)
{
	struct buf all = { 0 };
	int status;

	if (!*child->field[TRACE_RESTRICTIONS] || strstr(m->q.field[TRACE_RESTRICTIONS], child->field[TRACE_RESTRICTIONS]))
		return STATUS_DONE;
	status = buf_format(&all, e, "%s%s%s: %s", m->q.field[TRACE_RESTRICTIONS],
			    *m->q.field[TRACE_RESTRICTIONS] ? "; " : "", child->field[TRACE_TO],
			    child->field[TRACE_RESTRICTIONS]);
	if (!status)
		m->q.field[TRACE_RESTRICTIONS] = keep(m, buf_string(&all, e), e);
	buf_free(&all);
	return status;
}

/* Steps of the answers to the requests by which it was forwarded, and what restricts them. */
static int gather_children(struct moving *m, struct chain_step *step, size_t *count, struct error *e)
{
	const char *list = m->q.field[TRACE_CHILDREN];
	char id[ID_TEXT];
	int status = STATUS_DONE;

	for (; *list && !status; list += strspn(list, " ")) {
		size_t n = strcspn(list, " ");
		struct index_head head;
		struct request child;

		snprintf(id, sizeof id, "%.*s", (int)(n < sizeof id ? n : sizeof id - 1), list);
		list += n;
		status = id_valid(id) ? index_find(m->t->book.index, id_pack(id), &head, e) : STATUS_NO;
		if (!status)
			status = traces_read(m->t, head.offset, &child, e);
		if (!status && *child.field[TRACE_OUTCOME]) {
			status = add_restrictions(m, &child, e);
			if (!status)
				status = chain_read(keep(m, child.field[TRACE_CHAIN], e), step, count, &m->pool, e);
		}
		if (status == STATUS_NO)
			status = STATUS_DONE;
	}
	return status;
}

static int set_chain(struct moving *m, struct buf *problems, struct error *e)
{
	static const size_t most = 60000;
	struct chain_step step[CHAIN_STEPS];
	struct buf text = { 0 };
	size_t count = 0;
	int status = STATUS_DONE;

	for (size_t i = 0; i < m->act->steps && !status; i++)
		status = chain_add(&text, m->act->step[i], m->t->book.today, m->q.field[TRACE_MADE_YEAR], problems, e);
	if (!status && text.size)
		status = chain_read(buf_string(&text, e), step, &count, &m->pool, e);
	if (!status && m->act->gather)
		status = gather_children(m, step, &count, e);
	count = chain_sort(step, count);
	text.size = 0;
	for (size_t i = 0; i < count && !status; i++)
		status = chain_put(&text, &step[i], e);
	if (!status && text.size > most)
		status = request_problem(problems, "step", "the chain is too long", e);
	if (!status)
		m->q.field[TRACE_CHAIN] = text.size ? keep(m, buf_string(&text, e), e) : "";
	buf_free(&text);
	return status;
}

static int set_answer(struct moving *m, struct buf *problems, struct error *e)
{
	static const enum trace_place all[] = { TRACE_OUTCOME, TRACE_UNTRACED, TRACE_FIRST_SALE, TRACE_DIVERSION,
						TRACE_RESTRICTIONS };
	const struct country *next;
	int status = STATUS_DONE;

	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		m->q.field[all[i]] = m->act->field[all[i]] ? m->act->field[all[i]] : "";
	status = set_text(m, TRACE_DIVERSION, problems, e);
	if (!status)
		status = set_text(m, TRACE_RESTRICTIONS, problems, e);
	if (!status)
		status = request_check_date("first_sale", m->q.field[TRACE_FIRST_SALE], m->t->book.today,
					    m->q.field[TRACE_MADE_YEAR], problems, e);
	if (!status && act_given(m->act, TRACE_NEXT)) {
		next = form_country(m->form, m->act->field[TRACE_NEXT]);
		m->q.field[TRACE_NEXT] = next ? next->code : "";
		if (!next || next->past)
			status = request_problem(problems, "next", "no country", e);
	}
	return status ? status : set_chain(m, problems, e);
}

/* A day that is ahead; the request is not due before. */
static int set_hold(struct moving *m, struct buf *problems, struct error *e)
{
	const char *until = m->act->field[TRACE_UNTIL] ? m->act->field[TRACE_UNTIL] : "";
	struct error why;
	struct date d;

	m->q.field[TRACE_HELD] = m->act->field[TRACE_HELD];
	m->q.field[TRACE_UNTIL] = until;
	if (!*until)
		return STATUS_DONE;
	if (date_parse(until, &d, &why))
		return request_problem(problems, "until", why.text, e);
	if (d.precision != DATE_DAY || date_days(&d) < m->t->book.today)
		return request_problem(problems, "until", "not a day that lies ahead (YYYY-MM-DD)", e);
	if (strcmp(until, m->q.field[TRACE_DUE]) > 0)
		m->q.field[TRACE_DUE] = until;
	return STATUS_DONE;
}

/* The clock stood still while the sender was asked. */
static int move_due(struct moving *m, struct error *e)
{
	char day[DATE_TEXT];
	int64_t asked;
	struct date due;

	if (m->from != TRACE_ASKED || m->to == TRACE_ASKED)
		return STATUS_DONE;
	if (!clock_parse(m->q.field[TRACE_ASKED_AT], &asked, NULL) && !date_parse(m->q.field[TRACE_DUE], &due, NULL) &&
	    m->t->book.today > asked / 86400) {
		date_from_days(date_days(&due) + m->t->book.today - asked / 86400, &due);
		date_text(&due, day);
		m->q.field[TRACE_DUE] = keep(m, day, e);
		if (!*m->q.field[TRACE_DUE])
			return STATUS_SYSTEM;
	}
	m->q.field[TRACE_ASKED_AT] = "";
	return STATUS_DONE;
}

/* Times that the move sets, and what it ends. */
static int set_times(struct moving *m, struct error *e)
{
	const char *now = keep(m, m->t->book.now_text, e);
	int status = *now ? move_due(m, e) : STATUS_SYSTEM;

	if (status)
		return status;
	if (m->act->move == MOVE_SUBMIT)
		request_send(m->t, &m->q);
	if (m->party == PARTY_RECEIVER && m->act->move != MOVE_COMMENT && !*m->q.field[TRACE_ACKNOWLEDGED_AT])
		m->q.field[TRACE_ACKNOWLEDGED_AT] = now;
	if (m->act->move == MOVE_ASK)
		m->q.field[TRACE_ASKED_AT] = now;
	if (m->act->move == MOVE_ANSWER || m->act->move == MOVE_REFUSE)
		m->q.field[TRACE_ANSWERED_AT] = now;
	if (m->from == TRACE_RESTRICTED && m->to != TRACE_RESTRICTED)
		m->q.field[TRACE_HELD] = m->q.field[TRACE_UNTIL] = "";
	return status;
}

/* The same firearm, asked for by the one who was asked. */
static int make_child(struct moving *m, struct buf *problems, struct error *e)
{
	const struct standing *who = &m->t->book.guard->standing;
	struct request *c = &m->child;
	struct buf children = { 0 };
	char id[ID_TEXT];
	int status;

	*c = m->q;
	for (int i = TRACE_AGENCY; i <= TRACE_CHILDREN; i++)
		if (i != TRACE_PRIORITY && i != TRACE_REASON)
			c->field[i] = "";
	for (int i = TRACE_STATE; i < TRACE_FIELDS; i++)
		c->field[i] = "";
	for (int i = 0; i < TRACE_FIELDS; i++)
		if (m->act->field[i] && trace_fields[i].given)
			c->field[i] = m->act->field[i];
	c->field[TRACE_FROM] = m->q.field[TRACE_TO];
	c->field[TRACE_TO] = m->act->field[TRACE_NEXT];
	if (!*c->field[TRACE_AGENCY] && !strcmp(c->field[TRACE_FROM], who->grant.country))
		c->field[TRACE_AGENCY] = who->grant.agency;
	c->field[TRACE_PARENT] = m->q.field[TRACE_ID];
	status = request_clean(m->form, c, m->t->book.today, NULL, &m->pool, problems, e);
	if (!status)
		status = request_complete(c, problems, e);
	if (!status && !strcmp(c->field[TRACE_TO], m->q.field[TRACE_FROM]))
		status = request_problem(problems, "to", "the country that asks", e);
	if (!status)
		status = book_new_id(&m->t->book, c->field[TRACE_FROM], id, e);
	if (status)
		return status;
	c->field[TRACE_ID] = keep(m, id, e);
	if (!*c->field[TRACE_ID])
		return STATUS_SYSTEM;
	request_send(m->t, c);
	status = request_stamp(m->t, c, MOVE_SUBMIT, TRACE_SUBMITTED, c->field[TRACE_FROM], 1, &m->pool, e);
	if (!status)
		status = buf_format(&children, e, "%s%s%s", m->q.field[TRACE_CHILDREN],
				    *m->q.field[TRACE_CHILDREN] ? " " : "", id);
	if (!status)
		m->q.field[TRACE_CHILDREN] = keep(m, buf_string(&children, e), e);
	m->q.field[TRACE_NEXT] = c->field[TRACE_TO];
	m->has_child = true;
	buf_free(&children);
	return status;
}

/* The next revision, in full. */
static int revise(struct moving *m, struct error *e)
{
	struct buf problems = { 0 };
	int status = request_copy(&m->q, &m->pool, e);

	m->q.field[TRACE_TEXT] = "";
	if (!status && m->act->move != MOVE_FORWARD)
		status = set_given(m, &problems, e);
	if (!status)
		status = set_text(m, TRACE_TEXT, &problems, e);
	if (!status && (m->act->move == MOVE_ANSWER || m->act->move == MOVE_CORRECT))
		status = set_answer(m, &problems, e);
	if (!status && m->act->move == MOVE_RESTRICT)
		status = set_hold(m, &problems, e);
	if (!status)
		status = set_times(m, e);
	if (!status && m->act->move == MOVE_FORWARD)
		status = make_child(m, &problems, e);
	if (!status)
		status = request_stamp(m->t, &m->q, m->act->move, m->to, m->actor, m->revision + 1, &m->pool, e);
	if (!status && problems.size)
		status = error_set(e, STATUS_INPUT, "%s: %.480s", m->q.field[TRACE_ID], buf_string(&problems, NULL));
	buf_free(&problems);
	return status;
}

int act_prepare(struct moving *m, const char *name, struct error *e)
{
	struct guard *g = m->t->book.guard;
	struct index_head head;
	struct error own;
	int status = index_find(m->t->book.index, id_pack(name), &head, e);

	if (!status)
		status = traces_read(m->t, head.offset, &m->q, e);
	if (status == STATUS_NO) {
		if (guard_note(g, trace_move_name(m->act->move), name, 0, STATUS_NO, &own))
			return error_set(e, own.status, "%s", own.text);
		return traces_none(name, NULL, e);
	}
	if (!status)
		status = choose_party(m, name, e);
	if (!status)
		status = choose_state(m, e);
	return status ? status : revise(m, e);
}
