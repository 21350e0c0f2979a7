/* look.c - list, check: who has which role, and what it allows */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/clock.h"
#include "desk.h"
#include "file/output.h"
#include "verbs.h"

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
	       desk_may_look(g, grant->officer, grant->country);
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
	int status = guard_open(&g, o->common.dir, o->common.purpose, e);

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
	if (!desk_may_look(g, name, grant ? grant->country : ""))
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
	status = guard_open(&g, o->common.dir, o->common.purpose, e);
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


const struct verb verb_list = { "list", "[OFFICER...]", "who has which role", list_table,
				 sizeof(struct list_options), NULL, 0, -1, run_list };
const struct verb verb_check = { "check", "ACTION [OFFICER]", "may an officer do this", check_table,
				 sizeof(struct check_options), NULL, 1, 2, run_check };
