/* grant.c - grant, revoke: who gets a role, and who loses it */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/clock.h"
#include "desk.h"
#include "guard/rights_trail.h"
#include "record/country.h"
#include "verbs.h"

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
	int status = guard_open(&g, o->common.dir, o->common.purpose, e);

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
	int status = guard_open(&g, o->common.dir, o->common.purpose, e);

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


const struct verb verb_grant = { "grant", "OFFICER", "give an officer a role", grant_table,
				 sizeof(struct grant_options), NULL, 1, 1, run_grant };
const struct verb verb_revoke = { "revoke", "OFFICER...", "take it back", revoke_table,
				 sizeof(struct revoke_options), NULL, 1, -1, run_revoke };
