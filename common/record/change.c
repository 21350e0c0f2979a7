/* change.c - the next revision of a record: rights, moves, notices, in the order that loses nothing */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "record/change.h"

#include <stdlib.h>
#include <string.h>

int change_word(struct change *c, const char *word, struct error *e)
{
	const char *equals = strchr(word, '=');
	enum form_place place;
	char name[40];

	if (!equals || (size_t)(equals - word) >= sizeof name)
		return error_set(e, STATUS_USAGE, "'%.60s' is not FIELD=VALUE", word);
	snprintf(name, sizeof name, "%.*s", (int)(equals - word), word);
	place = form_find(name);
	if (place == FORM_FIELDS)
		return error_set(e, STATUS_USAGE, "no field '%s'", name);
	if (!form_fields[place].set || place == FORM_OWNER || place == FORM_EXCLUDE || place == FORM_ONLY ||
	    place == FORM_CLASS)
		return error_set(e, STATUS_USAGE, "%s cannot be updated", name);
	if (c->field[place])
		return error_set(e, STATUS_USAGE, "%s is given twice", name);
	c->field[place] = equals + 1;
	return STATUS_DONE;
}

/* One change under way. */
struct step {
	struct book *book;
	struct form *form;
	const struct retention *rules;
	const struct change *change;
	struct record record;
	struct pool pool;
	struct notices *notices;
	struct notice_event event;
	const char *to[3];
	char revision[24];
};

/* What the same finder said before of the same find stays, where he does not say it anew. */
static void keep_find(struct step *s, const struct record *before)
{
	static const enum form_place said[] = { FORM_FOUND_AGENCY, FORM_FOUND_DATE, FORM_FOUND_PLACE };
	struct record *r = &s->record;

	if (strcmp(before->field[FORM_STATUS], "located") ||
	    strcmp(before->field[FORM_FOUND_COUNTRY], r->field[FORM_FOUND_COUNTRY]))
		return;
	for (size_t i = 0; i < sizeof said / sizeof *said; i++)
		if (!r->field[said[i]][0])
			r->field[said[i]] = before->field[said[i]];
}

/* The finder: who acts, unless somebody keeps the books for others. */
static int fill_finder(struct step *s, const struct record *before, struct error *e)
{
	const struct standing *who = &s->book->guard->standing;
	struct record *r = &s->record;
	bool keeper = who->alone || who->owner || who->grant.role == ROLE_ADMINISTRATOR ||
		      !strcmp(who->grant.country, RIGHTS_SECRETARIAT);

	if (!r->field[FORM_FOUND_COUNTRY][0])
		r->field[FORM_FOUND_COUNTRY] = who->grant.role == ROLE_NONE ? "" : who->grant.country;
	if (!r->field[FORM_FOUND_COUNTRY][0])
		return error_set(e, STATUS_USAGE, "--country says which country found it");
	if (!keeper && strcmp(r->field[FORM_FOUND_COUNTRY], who->grant.country))
		return error_set(e, STATUS_REFUSED, "%s of %s may not speak for %s", who->officer.name,
				 who->grant.country, r->field[FORM_FOUND_COUNTRY]);
	keep_find(s, before);
	if (!r->field[FORM_FOUND_AGENCY][0] && who->grant.role != ROLE_NONE &&
	    !strcmp(r->field[FORM_FOUND_COUNTRY], who->grant.country))
		r->field[FORM_FOUND_AGENCY] = who->grant.agency;
	if (!r->field[FORM_FOUND_DATE][0]) {
		r->field[FORM_FOUND_DATE] = pool_text(&s->pool, s->book->now_text, 10, e);
		if (!r->field[FORM_FOUND_DATE])
			return STATUS_SYSTEM;
	}
	return STATUS_DONE;
}

/* Sets the fields, and checks the whole. */
static int set_fields(struct step *s, struct error *e)
{
	struct form_manner manner = { .today = s->book->today };
	struct buf problems = { 0 };
	bool locate = !strcmp(s->change->event, "locate");
	int status;

	for (int i = 0; i < FORM_FIELDS; i++)
		if (s->change->field[i])
			s->record.field[i] = s->change->field[i];
	/* a new number has a state of its own */
	if (s->change->field[FORM_SERIAL] && !s->change->field[FORM_SERIAL_STATE])
		s->record.field[FORM_SERIAL_STATE] = "";
	if (locate && !strcmp(s->record.field[FORM_FOUND_COUNTRY], RIGHTS_SECRETARIAT))
		return error_set(e, STATUS_INPUT, "found_country: %s is no country", RIGHTS_SECRETARIAT);
	status = form_clean(s->form, &s->record, &manner, &s->pool, &problems, e);
	if (!status)
		status = form_complete(&s->record, &problems, e);
	if (!status && problems.size)
		status = error_set(e, STATUS_INPUT, "%.450s", buf_string(&problems, NULL));
	buf_free(&problems);
	return status;
}

static int check_move(const struct step *s, struct error *e)
{
	int from = form_state(s->record.field[FORM_STATUS]);
	int to = s->change->to ? form_state(s->change->to) : from;

	if (from < 0 || to < 0 || !form_move((enum form_state)from, (enum form_state)to))
		return error_set(e, STATUS_INPUT, "it is %s, and cannot %s%s", s->record.field[FORM_STATUS],
				 s->change->to ? "become " : "be changed", s->change->to ? s->change->to : "");
	if (!strcmp(s->change->event, "update") && s->change->to && from != STATE_DRAFT)
		return error_set(e, STATUS_INPUT, "it is no draft");
	return STATUS_DONE;
}

/* One that was not reviewed in time comes back when it is. */
static const char *status_after(const struct step *s)
{
	const char *now = s->record.field[FORM_STATUS];

	if (s->change->to)
		return s->change->to;
	return !strcmp(s->change->event, "review") && !strcmp(now, "expired") ? "active" : now;
}

/* Before the revision: the notices are on the disk, and wait for it. */
static int prepare_notices(struct step *s, struct error *e)
{
	struct record *r = &s->record;
	int status;

	if (strcmp(s->change->event, "locate"))
		return STATUS_DONE;
	s->to[0] = r->field[FORM_OWNER];
	s->to[1] = r->field[FORM_FOUND_COUNTRY];
	s->to[2] = RIGHTS_SECRETARIAT;
	snprintf(s->revision, sizeof s->revision, "r%s", r->field[FORM_REVISION]);
	s->event = (struct notice_event){
		.kind = "located", .subject = r->field[FORM_ID], .event = s->revision,
		.country = r->field[FORM_OWNER], .actor = r->field[FORM_FOUND_COUNTRY], .to = s->to, .count = 3,
		.made = s->book->now, .by = s->book->guard->standing.officer.name,
		.remark = r->field[FORM_REASON],
	};
	status = notices_open(&s->notices, &s->book->guard->folder, NULL, e);
	if (!status)
		status = notices_lock(s->notices, e);
	if (!status)
		status = notices_prepare(s->notices, &s->event, e);
	return status;
}

/* The line, and around it what it needs. */
static int write_line(struct step *s, struct error *e)
{
	struct error own;
	int status = prepare_notices(s, e);

	if (!status) {
		status = book_append(s->book, &s->record, 1, e);
		/* settled later if this fails too: it asks whether the revision is there */
		if (status && s->notices)
			notices_void(s->notices, &s->event, &own);
		else if (s->notices)
			status = notices_queue(s->notices, &s->event, e);
	}
	if (s->notices) {
		notices_unlock(s->notices);
		notices_close(s->notices);
		s->notices = NULL;
	}
	return status;
}

/* Said again, as after a failure or by a second pipe: it would tell three countries again, or put off the
 * day of deletion. That it was reviewed can be said again. */
static bool says_the_same(const struct step *s, const struct record *before)
{
	if (!strcmp(s->change->event, "review"))
		return false;
	for (int i = 0; i < FORM_EVENT; i++)
		if (i != FORM_REVIEW && (i != FORM_REASON || s->record.field[i][0]) &&
		    strcmp(before->field[i], s->record.field[i]))
			return false;
	return true;
}

/* Locked: reads, asks, writes. */
static int revise(struct step *s, const char *id, struct error *e)
{
	struct guard *g = s->book->guard;
	struct record before;
	struct index_head head;
	struct guard_mark mark;
	struct subject subject;
	struct error own;
	bool review = !strcmp(s->change->event, "review");
	int status = book_get(s->book, id, &s->record, &head, e);

	if (status == STATUS_NO && guard_note(g, s->change->event, id, 0, STATUS_NO, &own))
		return error_set(e, own.status, "%s", own.text);
	before = s->record;   /* good until another line is read */
	if (!status)
		status = check_move(s, e);
	if (!status)
		status = book_revise(s->book, &s->record, s->change->event, status_after(s),
				     s->change->to || review ? s->rules : NULL, &s->pool, e);
	if (!status)
		status = set_fields(s, e);
	if (!status && !strcmp(s->change->event, "locate"))
		status = fill_finder(s, &before, e);
	if (status)
		return status == STATUS_INPUT ? error_within(e, id) : status;
	subject = book_subject(&s->record);
	status = guard_begin(g, s->change->right, s->change->event, id, &subject, &mark, e);
	if (status)
		return status;
	if (says_the_same(s, &before))
		s->record = before;
	else
		status = write_line(s, e);
	return guard_end(g, &mark, !status, status, e);
}

int change_record(struct book *b, struct form *form, const struct retention *rules, const char *id,
		  const struct change *change, change_done *done, void *context, struct error *e)
{
	struct step s = { .book = b, .form = form, .rules = rules, .change = change };
	int status = book_lock(b, e);

	if (status)
		return status;
	status = revise(&s, id, e);
	book_unlock(b);
	if (!status && done)
		status = done(context, &s.record, e);
	pool_free(&s.pool);
	return status;
}

/* Among all lines of the record: is there one that says "locate", with the revision and by the country of
 * the notice; and one that says it later? */
static int look_for(struct book *b, const struct notice *notice, bool *found, bool *later, struct error *e)
{
	struct buf lines = { 0 };
	const struct index_head *line;
	struct record r;
	long revision = strtol(notice->event + 1, NULL, 10);
	int status;

	*found = *later = false;
	if (!id_valid(notice->subject) || notice->event[0] != 'r')
		return error_set(e, STATUS_INPUT, "%s is about no record", notice->id);
	status = index_lines(b->index, id_pack(notice->subject), &lines, e);
	line = (const void *)lines.data;
	for (size_t i = 0; i < lines.size / sizeof *line && !status; i++) {
		status = book_read(b, line[i].offset, &r, e);
		if (!status && !strcmp(r.field[FORM_EVENT], "locate")) {
			*found |= line[i].revision == revision &&
				  !strcmp(r.field[FORM_FOUND_COUNTRY], notice->actor);
			*later |= line[i].revision > revision;
		}
		if (status == STATUS_INPUT)
			status = STATUS_DONE;
	}
	buf_free(&lines);
	return status == STATUS_NO ? STATUS_DONE : status;
}

int change_happened(void *context, const struct notice *notice, struct error *e)
{
	bool found, later;
	int status;

	if (notice->event[0] == 't')   /* of a trace request */
		return STATUS_REFUSED;
	status = look_for(context, notice, &found, &later, e);
	return status || found ? status : STATUS_NO;
}

int change_unlocate(struct book *b, struct form *form, const struct retention *rules, const struct notice *notice,
		    const char *reason, struct error *e)
{
	struct change change = { .event = "reject", .right = RIGHTS_UPDATE, .to = "active" };
	struct index_head head;
	struct record r;
	bool found, later;
	int status = look_for(b, notice, &found, &later, e);

	if (status || !found || later)
		return status;
	status = book_get(b, notice->subject, &r, &head, e);
	if (status || strcmp(r.field[FORM_STATUS], "located"))
		return status;
	change.field[FORM_REASON] = reason;
	return change_record(b, form, rules, notice->subject, &change, NULL, NULL, e);
}
