/* rights.c - who may do what: the rules */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "guard/rights.h"

#include <string.h>

#define DAY_S 86400
#define BIT(action) (UINT32_C(1) << (action))

/* What each role may do. "Own" is bound to the officer's country by rights_may. */
#define READER (BIT(RIGHTS_READ) | BIT(RIGHTS_REPORT))
#define OWN (BIT(RIGHTS_ADD) | BIT(RIGHTS_UPDATE) | BIT(RIGHTS_RECOVER) | BIT(RIGHTS_CANCEL) | \
	     BIT(RIGHTS_CLOSE) | BIT(RIGHTS_RESTRICT) | BIT(RIGHTS_REVIEW) | BIT(RIGHTS_NOTICE) | \
	     BIT(RIGHTS_TRACE))
#define WRITER (READER | OWN | BIT(RIGHTS_LOCATE))
#define APPROVER (WRITER | BIT(RIGHTS_PURGE) | BIT(RIGHTS_GRANT) | BIT(RIGHTS_AUDIT))
/* keeps the system, and reads no records */
#define ADMINISTRATOR (BIT(RIGHTS_PURGE) | BIT(RIGHTS_SEND) | BIT(RIGHTS_GRANT) | BIT(RIGHTS_AUDIT) | \
		       BIT(RIGHTS_REPAIR))
static const uint32_t allowed[] = { 0, READER, WRITER, APPROVER, ADMINISTRATOR };

static const struct { const char *name, *words; } actions[RIGHTS_ACTIONS] = {
	[RIGHTS_READ] = { "read", "read records" },
	[RIGHTS_REPORT] = { "report", "make reports" },
	[RIGHTS_ADD] = { "add", "add records" },
	[RIGHTS_UPDATE] = { "update", "change records" },
	[RIGHTS_RECOVER] = { "recover", "recover records" },
	[RIGHTS_CANCEL] = { "cancel", "cancel records" },
	[RIGHTS_CLOSE] = { "close", "close records" },
	[RIGHTS_RESTRICT] = { "restrict", "restrict records" },
	[RIGHTS_REVIEW] = { "review", "review records" },
	[RIGHTS_LOCATE] = { "locate", "locate records" },
	[RIGHTS_NOTICE] = { "notice", "deal with notices" },
	[RIGHTS_TRACE] = { "trace", "deal with trace requests" },
	[RIGHTS_PURGE] = { "purge", "purge records" },
	[RIGHTS_SEND] = { "send", "send notices" },
	[RIGHTS_GRANT] = { "grant", "grant rights" },
	[RIGHTS_AUDIT] = { "audit", "read the audit trail" },
	[RIGHTS_REPAIR] = { "repair", "repair logs" },
};

static const char *const roles[] = { "none", "reader", "writer", "approver", "administrator", NULL };
static const char *const kinds[] = { "police", "customs", "border", "regulator", "laboratory", "ncb",
				     "secretariat", NULL };

const char *rights_action_name(enum rights_action action)
{
	return (unsigned)action < RIGHTS_ACTIONS ? actions[action].name : NULL;
}

int rights_action_find(const char *name)
{
	for (int i = 0; i < RIGHTS_ACTIONS; i++)
		if (!strcmp(actions[i].name, name))
			return i;
	return -1;
}

static int find_word(const char *const *words, const char *text)
{
	for (int i = 0; words[i]; i++)
		if (!strcmp(words[i], text))
			return i;
	return -1;
}

const char *rights_role_name(enum rights_role role)
{
	return (unsigned)role <= ROLE_ADMINISTRATOR ? roles[role] : NULL;
}

int rights_role_find(const char *name)
{
	return find_word(roles, name);
}

const char *rights_kind_name(enum rights_kind kind)
{
	return (unsigned)kind <= KIND_SECRETARIAT ? kinds[kind] : NULL;
}

int rights_kind_find(const char *name)
{
	return find_word(kinds, name);
}

/* Of several lines the last stands, in force or not: an expired one does not bring back the one
 * before. */
const struct grant *rights_of(const struct rights *r, const char *officer)
{
	for (size_t i = r->count; i-- > 0; )
		if (!strcmp(r->grant[i].officer, officer))
			return &r->grant[i];
	return NULL;
}

static int64_t day_of(int64_t seconds)
{
	return seconds >= 0 ? seconds / DAY_S : (seconds - DAY_S + 1) / DAY_S;
}

void rights_standing(const struct rights *r, const struct officer *officer, int64_t now,
		     struct standing *out)
{
	const struct grant *g = rights_of(r, officer->name);
	char day[DATE_TEXT];

	memset(out, 0, sizeof *out);
	out->officer = *officer;
	out->owner = officer->owner;
	out->alone = officer->owner && r->count == 0;
	out->now = now;
	if (!g) {
		/* he may wonder: before the first grant he could do everything */
		snprintf(out->reason, sizeof out->reason, "has been granted nothing%s", !out->owner ? "" :
			 " (and has needed a grant since the first was made here)");
	} else if (g->role == ROLE_NONE) {
		snprintf(out->reason, sizeof out->reason, "was revoked by %s", g->approved_by);
	} else if (day_of(now) > date_days(&g->to)) {
		date_text(&g->to, day);
		snprintf(out->reason, sizeof out->reason, "had a grant that ended on %s", day);
	} else if (day_of(now) < date_days(&g->from)) {
		date_text(&g->from, day);
		snprintf(out->reason, sizeof out->reason, "has a grant that begins on %s", day);
	} else {
		out->grant = *g;
	}
}

/* True where a country stands in a list. What cannot be understood excludes everybody. */
static bool listed(const char *list, const char *country)
{
	static const char between[] = " ,;\t";

	while (list && *(list += strspn(list, between))) {
		size_t n = strcspn(list, between);

		if (n != 3 || !strncasecmp(list, country, 3))
			return true;
		for (size_t i = 0; i < n; i++)
			if ((list[i] | 0x20) < 'a' || (list[i] | 0x20) > 'z')
				return true;
		list += n;
	}
	return false;
}

static bool same_country(const struct standing *s, const struct subject *subject)
{
	return subject->country && *subject->country && !strcmp(subject->country, s->grant.country);
}

bool rights_sees(const struct standing *s, const struct subject *subject)
{
	const char *class = subject->class ? subject->class : "";

	/* who keeps the folder purges and sends for all; reading is refused to him elsewhere */
	if (s->alone || (s->owner && s->grant.role == ROLE_NONE))
		return true;
	if (s->grant.role == ROLE_NONE)
		return false;
	if (same_country(s, subject))
		return true;
	if (listed(subject->exclude, s->grant.country))
		return false;
	if (!*class || !strcmp(class, "official"))
		return true;
	return !strcmp(class, "restricted") &&
	       (s->grant.kind == KIND_NCB || s->grant.kind == KIND_SECRETARIAT);
}

/* The role alone. */
static int may_at_all(const struct standing *s, enum rights_action action, struct error *e)
{
	static const uint32_t owners = BIT(RIGHTS_PURGE) | BIT(RIGHTS_SEND) | BIT(RIGHTS_GRANT) |
				       BIT(RIGHTS_AUDIT) | BIT(RIGHTS_REPAIR);

	if (s->alone || (s->owner && owners & BIT(action)) || allowed[s->grant.role] & BIT(action))
		return STATUS_DONE;
	if (s->grant.role == ROLE_NONE)
		return error_set(e, STATUS_REFUSED, "%s may not %s: %s", s->officer.name,
				 actions[action].words, s->reason);
	return error_set(e, STATUS_REFUSED, "%s may not %s as a%s %s", s->officer.name,
			 actions[action].words, s->grant.role >= ROLE_APPROVER ? "n" : "",
			 roles[s->grant.role]);
}

int rights_may(const struct standing *s, enum rights_action action, const struct subject *subject,
	       struct error *e)
{
	bool keeper = s->owner || s->grant.role == ROLE_ADMINISTRATOR;

	if ((unsigned)action >= RIGHTS_ACTIONS)
		return error_set(e, STATUS_REFUSED, "no such action");
	if (may_at_all(s, action, e))
		return STATUS_REFUSED;
	if (!subject || s->alone || (keeper && action >= RIGHTS_PURGE))
		return STATUS_DONE;
	/* a new record is nobody's secret yet */
	if (action != RIGHTS_ADD && !rights_sees(s, subject))
		return error_set(e, STATUS_NO, "there is none");
	if ((OWN | BIT(RIGHTS_PURGE) | BIT(RIGHTS_AUDIT)) & BIT(action) && !same_country(s, subject))
		return error_set(e, STATUS_REFUSED, "%s of %s may not %s of %s", s->officer.name,
				 s->grant.country, actions[action].words,
				 subject->country && *subject->country ? subject->country : "no country");
	return STATUS_DONE;
}

/* May he decide on officers of this country, kind and role? */
static int may_decide(const struct standing *s, const struct grant *g, struct error *e)
{
	bool central = g->kind == KIND_NCB || g->kind == KIND_SECRETARIAT || g->role == ROLE_ADMINISTRATOR;

	if (central) {
		if (s->owner || s->grant.role == ROLE_ADMINISTRATOR)
			return STATUS_DONE;
		return error_set(e, STATUS_REFUSED, "officers of an NCB or the secretariat, and administrators, "
				 "are approved by an administrator");
	}
	if (s->grant.role == ROLE_APPROVER && s->grant.kind == KIND_NCB &&
	    !strcmp(s->grant.country, g->country))
		return STATUS_DONE;
	return error_set(e, STATUS_REFUSED, "%s officers of %s are approved by an approver of the NCB of %s "
			 "(Article 21)", kinds[g->kind], g->country, g->country);
}

int rights_may_grant(const struct standing *s, const struct rights *r, const struct grant *grant,
		     struct error *e)
{
	const struct grant *old = rights_of(r, grant->officer);
	bool keeper = s->owner || s->grant.role == ROLE_ADMINISTRATOR;
	int status = may_at_all(s, RIGHTS_GRANT, e);

	if (status)
		return status;
	if (strcmp(grant->approved_by, s->officer.name))
		return error_set(e, STATUS_REFUSED, "%s cannot approve in the name of %s", s->officer.name,
				 grant->approved_by);
	if (!s->owner && !strcmp(grant->officer, s->officer.name))
		return error_set(e, STATUS_REFUSED, "nobody but the owner of the data folder grants to himself");
	/* taking away is always for who keeps the folder; so is what another country has granted */
	if (old && old->role != ROLE_NONE && !keeper && (status = may_decide(s, old, e)))
		return status;
	if (grant->role == ROLE_NONE)
		return keeper ? STATUS_DONE : may_decide(s, grant, e);
	if (date_days(&grant->to) < day_of(s->now))
		return error_set(e, STATUS_REFUSED, "the grant ends before it is written");
	return may_decide(s, grant, e);
}
