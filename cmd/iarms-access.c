/* iarms-access.c - who may do what with firearm records, and the trail of who did */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/num.h"
#include "base/option.h"
#include "base/verb.h"
#include "file/output.h"
#include "file/rows.h"
#include "guard/audit.h"
#include "guard/guard.h"
#include "guard/program.h"
#include "guard/rights_trail.h"
#include "record/country.h"

#define PROGRAM "iarms-access"

/* What all verbs have; the first member of each verb's options. */
struct common {
	const char *dir, *purpose, *columns;
	int format;
};

#define COMMON(type) \
	{ "dir", 'd', OPTION_TEXT, offsetof(struct type, common.dir), "DIR", "the data folder", 0, 0 }, \
	{ "purpose", 'p', OPTION_TEXT, offsetof(struct type, common.purpose), "TEXT", \
	  "why you ask, for the audit trail", 0, 0 }
#define OUTPUT(type) \
	{ "output", 'o', OPTION_CHOICE, offsetof(struct type, common.format), ROWS_FORMATS, \
	  "form of the rows", 0, 0 }, \
	{ "columns", 'c', OPTION_TEXT, offsetof(struct type, common.columns), "LIST", \
	  "which columns, and their order", 0, 0 }
#define END { NULL, 0, OPTION_FLAG, 0, NULL, NULL, 0, 0 }

static int open_guard(struct guard *g, const struct common *c, struct error *e)
{
	return guard_open(g, c->dir, c->purpose, e);
}

/* grant, revoke */

struct grant_options {
	struct common common;
	const char *country, *agency, *agreement, *from, *to;
	int kind, role;
};

static const struct option_line grant_table[] = {
	{ "country", 0, OPTION_TEXT, offsetof(struct grant_options, country), "CODE", "ISO 3166-1 alpha-3; "
	  RIGHTS_SECRETARIAT " for the secretariat", 0, 0 },
	{ "agency", 0, OPTION_TEXT, offsetof(struct grant_options, agency), "NAME", "where the officer works",
	  0, 0 },
	{ "kind", 0, OPTION_CHOICE, offsetof(struct grant_options, kind), RIGHTS_KINDS, "of the agency", 0, 0 },
	{ "role", 0, OPTION_CHOICE, offsetof(struct grant_options, role), "reader|writer|approver|administrator",
	  "what the officer may do", 0, 0 },
	{ "agreement", 0, OPTION_TEXT, offsetof(struct grant_options, agreement), "ID",
	  "the signed User Agreement", 0, 0 },
	{ "from", 0, OPTION_TEXT, offsetof(struct grant_options, from), "DATE", "first day (default: today)",
	  0, 0 },
	{ "to", 0, OPTION_TEXT, offsetof(struct grant_options, to), "DATE", "last day, at most five years on",
	  0, 0 },
	COMMON(grant_options), END
};

static int set_text(char *to, size_t room, const char *from, const char *what, struct error *e)
{
	if (strlen(from) >= room)
		return error_set(e, STATUS_USAGE, "--%s has more than %zu bytes", what, room - 1);
	memcpy(to, from, strlen(from) + 1);
	return STATUS_DONE;
}

static int fill_grant(struct grant *g, const struct grant_options *o, const struct option_parsed *parsed,
		      const struct guard *guard, struct error *e)
{
	static const char *const needed[] = { "country", "agency", "kind", "role", "agreement", "to" };
	const struct country *country;
	char today[CLOCK_TEXT];

	for (size_t i = 0; i < sizeof needed / sizeof *needed; i++)
		if (!option_given(grant_table, parsed, needed[i]))
			return error_set(e, STATUS_USAGE, "grant: --%s is missing", needed[i]);
	country = country_of(o->country);
	clock_text(guard->now, today);
	today[10] = 0;
	g->at = guard->now;
	g->kind = (enum rights_kind)o->kind;
	g->role = (enum rights_role)(o->role + 1);
	memcpy(g->approved_by, guard->standing.officer.name, sizeof g->approved_by);
	if (strcmp(o->country, RIGHTS_SECRETARIAT) && (!country || country->past))
		return error_set(e, STATUS_USAGE, "--country: '%.20s' is no country (ISO 3166-1 alpha-3)", o->country);
	if (set_text(g->officer, sizeof g->officer, parsed->operand[0], "officer", e) ||
	    set_text(g->country, sizeof g->country, o->country, "country", e) ||
	    set_text(g->agency, sizeof g->agency, o->agency, "agency", e) ||
	    set_text(g->agreement, sizeof g->agreement, o->agreement, "agreement", e) ||
	    date_parse(o->from ? o->from : today, &g->from, e) || date_parse(o->to, &g->to, e))
		return STATUS_USAGE;
	return rights_check(g, e) ? STATUS_USAGE : STATUS_DONE;
}

static int run_grant(void *context, void *options, const struct option_parsed *parsed, struct error *e)
{
	const struct grant_options *o = options;
	struct grant grant = { 0 };
	struct guard g;
	int status = open_guard(&g, &o->common, e);

	(void)context;
	if (status)
		return status;
	status = fill_grant(&grant, o, parsed, &g, e);
	if (!status)
		status = guard_grant(&g, &grant, e);
	guard_close(&g);
	return status;
}

struct revoke_options {
	struct common common;
};

static const struct option_line revoke_table[] = { COMMON(revoke_options), END };

static int run_revoke(void *context, void *options, const struct option_parsed *parsed, struct error *e)
{
	const struct revoke_options *o = options;
	struct grant grant;
	const struct grant *old;
	struct guard g;
	int status = open_guard(&g, &o->common, e);

	(void)context;
	if (status)
		return status;
	for (int i = 0; i < parsed->operands && !status; i++) {
		old = rights_of(&g.rights, parsed->operand[i]);
		if (!old || old->role == ROLE_NONE) {
			status = error_set(e, STATUS_NO, "%.64s has no grant", parsed->operand[i]);
			if (guard_note(&g, "revoke", parsed->operand[i], 0, STATUS_NO, e))
				status = STATUS_SYSTEM;
			continue;
		}
		grant = *old;
		grant.at = g.now;
		grant.role = ROLE_NONE;
		memcpy(grant.approved_by, g.standing.officer.name, sizeof grant.approved_by);
		status = guard_grant(&g, &grant, e);
	}
	guard_close(&g);
	return status;
}

/* list */

struct list_options {
	struct common common;
	bool all;
	const char *country;
};

static const struct option_line list_table[] = {
	{ "all", 'a', OPTION_FLAG, offsetof(struct list_options, all), NULL,
	  "every line ever written, not only the one that stands", 0, 0 },
	{ "country", 0, OPTION_TEXT, offsetof(struct list_options, country), "CODE", "only officers of it", 0, 0 },
	OUTPUT(list_options), COMMON(list_options), END
};

static const struct rows_column list_columns[] = {
	{ "officer", COLUMN_TEXT }, { "country", COLUMN_TEXT }, { "agency", COLUMN_TEXT },
	{ "kind", COLUMN_TEXT }, { "role", COLUMN_TEXT }, { "agreement", COLUMN_TEXT },
	{ "approved_by", COLUMN_TEXT }, { "from", COLUMN_TEXT }, { "to", COLUMN_TEXT },
	{ "at", COLUMN_TEXT }, { "state", COLUMN_TEXT },
};

/* One's own lines; those of the own country; or all. */
static bool may_look(const struct guard *g, const char *officer, const char *country)
{
	struct subject subject = { .country = country };

	return !strcmp(officer, g->standing.officer.name) ||
	       !rights_may(&g->standing, RIGHTS_AUDIT, &subject, NULL);
}

static const char *state_of(const struct guard *g, const struct grant *grant)
{
	struct officer officer = { 0 };
	struct standing s;

	if (rights_of(&g->rights, grant->officer) != grant)
		return "replaced";
	memcpy(officer.name, grant->officer, sizeof officer.name);
	rights_standing(&g->rights, &officer, g->now, &s);
	if (grant->role == ROLE_NONE)
		return "revoked";
	return s.grant.role != ROLE_NONE ? "in force" : date_days(&grant->to) * 86400 <= g->now ? "ended" :
	       "to come";
}

static bool is_listed(const struct guard *g, const struct grant *grant, const struct list_options *o,
		      const struct option_parsed *parsed)
{
	bool named = parsed->operands == 0;

	for (int i = 0; i < parsed->operands && !named; i++)
		named = !strcmp(parsed->operand[i], grant->officer);
	return named && (o->all || rights_of(&g->rights, grant->officer) == grant) &&
	       (!o->country || !strcmp(o->country, grant->country)) &&
	       may_look(g, grant->officer, grant->country);
}

static int put_grant(struct rows *rows, const struct guard *g, const struct grant *grant, struct error *e)
{
	char at[CLOCK_TEXT], from[DATE_TEXT], to[DATE_TEXT];

	clock_text(grant->at, at);
	date_text(&grant->from, from);
	date_text(&grant->to, to);
	rows_text(rows, grant->officer);
	rows_text(rows, grant->country);
	rows_text(rows, grant->agency);
	rows_text(rows, rights_kind_name(grant->kind));
	rows_text(rows, rights_role_name(grant->role));
	rows_text(rows, grant->agreement);
	rows_text(rows, grant->approved_by);
	rows_text(rows, from);
	rows_text(rows, to);
	rows_text(rows, at);
	rows_text(rows, state_of(g, grant));
	return rows_end(rows, e);
}

static int run_list(void *context, void *options, const struct option_parsed *parsed, struct error *e)
{
	const struct list_options *o = options;
	struct guard g;
	struct rows *rows = NULL;
	int64_t count = 0;
	int status = open_guard(&g, &o->common, e);

	(void)context;
	if (status)
		return status;
	for (size_t i = 0; i < g.rights.count; i++)
		count += is_listed(&g, &g.rights.grant[i], o, parsed);
	status = guard_note(&g, "list-rights", parsed->operands ? parsed->operand[0] : "", count,
			    count ? STATUS_DONE : STATUS_NO, e);
	if (!status)
		status = rows_open(&rows, stdout, (enum rows_format)o->common.format, list_columns,
				   sizeof list_columns / sizeof *list_columns, o->common.columns, e);
	for (size_t i = 0; i < g.rights.count && !status; i++)
		if (is_listed(&g, &g.rights.grant[i], o, parsed))
			status = put_grant(rows, &g, &g.rights.grant[i], e);
	status = rows_finish(rows, status, e);
	guard_close(&g);
	return status ? status : count ? STATUS_DONE : STATUS_NO;
}

/* check */

struct check_options {
	struct common common;
	struct subject subject;
};

static const struct option_line check_table[] = {
	{ "country", 0, OPTION_TEXT, offsetof(struct check_options, subject.country), "CODE",
	  "of the record that is acted on", 0, 0 },
	{ "exclude", 0, OPTION_TEXT, offsetof(struct check_options, subject.exclude), "LIST",
	  "the countries that it excludes", 0, 0 },
	{ "class", 0, OPTION_TEXT, offsetof(struct check_options, subject.class), "WORD", "its class", 0, 0 },
	OUTPUT(check_options), COMMON(check_options), END
};

static const struct rows_column check_columns[] = {
	{ "officer", COLUMN_TEXT }, { "action", COLUMN_TEXT }, { "answer", COLUMN_TEXT },
	{ "reason", COLUMN_TEXT },
};

static int find_standing(const struct guard *g, const char *name, struct standing *out, struct error *e)
{
	struct officer officer;
	const struct grant *grant;
	int status;

	*out = g->standing;
	if (!name || !strcmp(name, g->standing.officer.name))
		return STATUS_DONE;
	grant = rights_of(&g->rights, name);
	if (!may_look(g, name, grant ? grant->country : ""))
		return error_set(e, STATUS_REFUSED, "you may not ask about %.64s", name);
	status = officer_named(&g->folder, name, &officer, e);
	if (status)
		return status == STATUS_INPUT ? STATUS_USAGE : status;
	rights_standing(&g->rights, &officer, g->now, out);
	return STATUS_DONE;
}

static int run_check(void *context, void *options, const struct option_parsed *parsed, struct error *e)
{
	const struct check_options *o = options;
	const struct subject *subject = o->subject.country || o->subject.exclude || o->subject.class ?
					&o->subject : NULL;
	int action = rights_action_find(parsed->operand[0]), status, answer = STATUS_NO;
	const char *name = parsed->operands > 1 ? parsed->operand[1] : NULL;
	struct error reason = { 0 };
	struct rows *rows = NULL;
	char what[120];
	struct standing s;
	struct guard g;

	(void)context;
	if (action < 0)
		return error_set(e, STATUS_USAGE, "no action '%.40s'; see iarms-rights(5)", parsed->operand[0]);
	status = open_guard(&g, &o->common, e);
	if (status)
		return status;
	status = find_standing(&g, name, &s, e);
	if (!status)
		answer = rights_may(&s, (enum rights_action)action, subject, &reason);
	snprintf(what, sizeof what, "%s %.64s %.20s", parsed->operand[0], s.officer.name,
		 o->subject.country ? o->subject.country : "");
	if (!status)
		status = guard_note(&g, "check-right", what, 1, STATUS_DONE, e);
	if (!status)
		status = rows_open(&rows, stdout, (enum rows_format)o->common.format, check_columns,
				   sizeof check_columns / sizeof *check_columns, o->common.columns, e);
	if (!status) {
		rows_text(rows, s.officer.name);
		rows_text(rows, rights_action_name((enum rights_action)action));
		rows_text(rows, answer ? "no" : "yes");
		rows_text(rows, reason.text);
		status = rows_end(rows, e);
	}
	status = rows_finish(rows, status, e);
	guard_close(&g);
	return status ? status : answer ? STATUS_NO : STATUS_DONE;
}

/* audit */

struct audit_options {
	struct common common;
	bool verify;
	const char *expect, *officer, *action, *country, *outcome, *since, *until;
};

static const struct option_line audit_table[] = {
	{ "verify", 0, OPTION_FLAG, offsetof(struct audit_options, verify), NULL,
	  "walk the chain, and hold the rights against it", 0, 0 },
	{ "expect", 0, OPTION_TEXT, offsetof(struct audit_options, expect), "N:HASH",
	  "with --verify: a line that was noted elsewhere", 0, 0 },
	{ "officer", 0, OPTION_TEXT, offsetof(struct audit_options, officer), "NAME", "only what he did", 0, 0 },
	{ "action", 0, OPTION_TEXT, offsetof(struct audit_options, action), "WORD", "only this", 0, 0 },
	{ "country", 0, OPTION_TEXT, offsetof(struct audit_options, country), "CODE", "only officers of it", 0, 0 },
	{ "outcome", 0, OPTION_TEXT, offsetof(struct audit_options, outcome), "WORD", "only what came out so",
	  0, 0 },
	{ "since", 0, OPTION_TEXT, offsetof(struct audit_options, since), "DATE",
	  "a day, or a time YYYY-MM-DDThh:mm:ssZ", 0, 0 },
	{ "until", 0, OPTION_TEXT, offsetof(struct audit_options, until), "DATE", "the same, included", 0, 0 },
	OUTPUT(audit_options), COMMON(audit_options), END
};

static const struct rows_column audit_columns[] = {
	{ "n", COLUMN_NUMBER }, { "time", COLUMN_TEXT }, { "officer", COLUMN_TEXT }, { "country", COLUMN_TEXT },
	{ "agency", COLUMN_TEXT }, { "via", COLUMN_TEXT }, { "purpose", COLUMN_TEXT }, { "action", COLUMN_TEXT },
	{ "what", COLUMN_TEXT }, { "of", COLUMN_NUMBER }, { "count", COLUMN_NUMBER }, { "outcome", COLUMN_TEXT },
	{ "before", COLUMN_TEXT },
};

static const struct rows_column verify_columns[] = {
	{ "lines", COLUMN_NUMBER }, { "breaks", COLUMN_NUMBER }, { "torn_bytes", COLUMN_NUMBER },
	{ "not_ended", COLUMN_NUMBER }, { "backwards", COLUMN_NUMBER }, { "rights", COLUMN_NUMBER },
	{ "rights_added", COLUMN_NUMBER }, { "rights_missing", COLUMN_NUMBER }, { "last", COLUMN_NUMBER },
	{ "hash", COLUMN_TEXT }, { "first", COLUMN_TEXT },
};

static int parse_expect(const char *text, struct audit_head *out, struct error *e)
{
	char number[24];
	size_t n = strcspn(text, ":");

	if (n < sizeof number && text[n] == ':' && strlen(text + n + 1) == AUDIT_HASH - 1 &&
	    strspn(text + n + 1, "0123456789abcdef") == AUDIT_HASH - 1) {
		memcpy(number, text, n);
		number[n] = 0;
		memcpy(out->hash, text + n + 1, AUDIT_HASH);
		if (!num_integer(number, 1, INT64_MAX, &out->lines, NULL))
			return STATUS_DONE;
	}
	return error_set(e, STATUS_USAGE, "--expect: '%.40s' is not the number of a line, a colon and its hash",
			 text);
}

static int verify(struct guard *g, const struct audit_options *o, struct error *e)
{
	struct audit_head expect = { 0 };
	struct audit_check c;
	struct rights_trail t;
	struct rows *rows = NULL;
	int status = o->expect ? parse_expect(o->expect, &expect, e) : STATUS_DONE, whole, agree = STATUS_NO;

	if (!status)
		status = guard_log(g, RIGHTS_AUDIT, "verify-trail", o->expect ? o->expect : "", -1, 0, e);
	if (status)
		return status;
	whole = audit_verify(&g->folder, o->expect ? &expect : NULL, &c, e);
	if (whole <= STATUS_NO)
		agree = rights_trail_check(&g->folder, &t, e);
	if (whole > STATUS_NO || agree > STATUS_NO)
		return error_worse(whole, agree);
	status = rows_open(&rows, stdout, (enum rows_format)o->common.format, verify_columns,
			   sizeof verify_columns / sizeof *verify_columns, o->common.columns, e);
	if (!status) {
		rows_integer(rows, c.lines);
		rows_integer(rows, c.breaks);
		rows_integer(rows, c.torn);
		rows_integer(rows, c.open);
		rows_integer(rows, c.backwards);
		rows_integer(rows, (int64_t)t.lines);
		rows_integer(rows, (int64_t)t.added);
		rows_integer(rows, (int64_t)t.missing);
		rows_integer(rows, c.last.lines);
		rows_text(rows, c.last.hash);
		rows_text(rows, *c.first_break ? c.first_break : t.first);
		status = rows_end(rows, e);
	}
	status = rows_finish(rows, status, e);
	if (!status && whole)
		return error_set(e, STATUS_NO, "the audit trail: %s", c.first_break);
	return !status && agree ? error_set(e, STATUS_NO, "%s", t.first) : status;
}

static bool is_wanted(const struct guard *g, const struct audit_line *l, const struct audit_options *o,
		      int64_t since, int64_t until)
{
	return l->at >= since && l->at <= until && (!o->officer || !strcmp(o->officer, l->officer)) &&
	       (!o->action || !strcmp(o->action, l->action)) &&
	       (!o->country || !strcmp(o->country, l->country)) &&
	       (!o->outcome || !strcmp(o->outcome, l->outcome)) && may_look(g, l->officer, l->country);
}

static int put_line(struct rows *rows, const struct audit_line *l, struct error *e)
{
	const char *const texts[] = { l->time, l->officer, l->country, l->agency, l->via, l->purpose, l->action,
				      l->what };

	rows_integer(rows, l->n);
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		rows_text(rows, texts[i]);
	if (l->of)
		rows_integer(rows, l->of);
	else
		rows_text(rows, NULL);
	if (l->count >= 0)
		rows_integer(rows, l->count);
	else
		rows_text(rows, NULL);
	rows_text(rows, l->outcome);
	rows_text(rows, l->before);
	return rows_end(rows, e);
}

/* Prints what is wanted; *count says how many. */
static int print_trail(struct guard *g, const struct audit_options *o, int64_t since, int64_t until,
		       int64_t *count, struct error *e)
{
	struct audit_reader *r = NULL;
	struct rows *rows = NULL;
	struct audit_line line;
	int status = audit_reader_open(&r, &g->folder, e);

	if (!status)
		status = rows_open(&rows, stdout, (enum rows_format)o->common.format, audit_columns,
				   sizeof audit_columns / sizeof *audit_columns, o->common.columns, e);
	while (!status && !(status = audit_next(r, &line, e)))
		if (is_wanted(g, &line, o, since, until)) {
			status = put_line(rows, &line, e);
			++*count;
		}
	if (status == STATUS_NO)
		status = *count ? STATUS_DONE : STATUS_NO;
	status = rows_finish(rows, status, e);
	audit_reader_close(r);
	return status;
}

/* The question in full, for the trail itself. */
static int put_question(struct buf *to, const struct audit_options *o, struct error *e)
{
	const struct { const char *name, *value; } part[] = {
		{ "officer", o->officer }, { "action", o->action }, { "country", o->country },
		{ "outcome", o->outcome }, { "since", o->since }, { "until", o->until },
	};

	for (size_t i = 0; i < sizeof part / sizeof *part; i++)
		if (part[i].value && buf_format(to, e, "%s%s=%s", to->size ? " " : "", part[i].name,
						part[i].value))
			return STATUS_SYSTEM;
	return buf_string(to, e) ? STATUS_DONE : STATUS_SYSTEM;
}

static int run_audit(void *context, void *options, const struct option_parsed *parsed, struct error *e)
{
	const struct audit_options *o = options;
	int64_t since = INT64_MIN, until = INT64_MAX, count = 0;
	enum rights_action action = RIGHTS_AUDIT;
	struct buf question = { 0 };
	struct guard_mark mark;
	struct guard g;
	int status;

	(void)context;
	(void)parsed;
	if (o->expect && !o->verify)
		return error_set(e, STATUS_USAGE, "--expect goes with --verify");
	if ((o->since && clock_parse_bound(o->since, false, &since, e)) ||
	    (o->until && clock_parse_bound(o->until, true, &until, e)))
		return STATUS_USAGE;
	status = open_guard(&g, &o->common, e);
	if (status)
		return status;
	if (o->verify) {
		status = verify(&g, o, e);
		goto out;
	}
	/* one's own lines are to be read by all who may read */
	if (rights_may(&g.standing, RIGHTS_AUDIT, NULL, NULL))
		action = RIGHTS_READ;
	status = put_question(&question, o, e);
	if (!status)
		status = guard_begin(&g, action, "read-trail", (const char *)question.data, NULL, &mark, e);
	if (status)
		goto out;
	status = print_trail(&g, o, since, until, &count, e);
	status = guard_end(&g, &mark, count, status, e);
out:
	buf_free(&question);
	guard_close(&g);
	return status;
}

static const struct verb verbs[] = {
	{ "grant", "OFFICER", "give an officer a role", grant_table, sizeof(struct grant_options), NULL, 1, 1,
	  run_grant },
	{ "revoke", "OFFICER...", "take it back", revoke_table, sizeof(struct revoke_options), NULL, 1, -1,
	  run_revoke },
	{ "list", "[OFFICER...]", "who has which role", list_table, sizeof(struct list_options), NULL, 0, -1,
	  run_list },
	{ "check", "ACTION [OFFICER]", "may an officer do this", check_table, sizeof(struct check_options), NULL,
	  1, 2, run_check },
	{ "audit", "", "read or verify the audit trail", audit_table, sizeof(struct audit_options), NULL, 0, 0,
	  run_audit },
	{ NULL, NULL, NULL, NULL, 0, NULL, 0, 0, NULL }
};

static const struct verb_program program = {
	PROGRAM, "Says who may do what with firearm records and trace requests, and who did.", VERSION, verbs
};

int main(int argc, char **argv)
{
	return program_run(&program, argc, argv, stdout, stderr);
}
