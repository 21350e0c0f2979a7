/* guard.c - the one face: open the folder, know the officer, ask, and leave a line for each action */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "guard/guard.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/clock.h"
#include "guard/audit.h"

static const char *const outcomes[] = { "done", "no", "usage", "input", "system", "refused" };

static int set_purpose(struct guard *g, const char *purpose, struct error *e)
{
	/* it is the officer's own word, so the environment is as good as an option */
	if (!purpose)
		purpose = getenv("IARMS_PURPOSE");
	if (!purpose)
		purpose = "";
	if (strlen(purpose) >= sizeof g->purpose)
		return error_set(e, STATUS_USAGE, "the purpose has more than %zu bytes",
				 sizeof g->purpose - 1);
	memcpy(g->purpose, purpose, strlen(purpose) + 1);
	return STATUS_DONE;
}

int guard_open(struct guard *g, const char *folder_path, const char *purpose, struct error *e)
{
	struct officer officer;
	int status;

	memset(g, 0, sizeof *g);
	g->folder.fd = -1;
	status = set_purpose(g, purpose, e);
	if (!status)
		status = clock_now(&g->now, e);
	if (!status)
		status = folder_open(&g->folder, folder_path, e);
	if (!status)
		status = officer_acting(&g->folder, &officer, e);
	if (!status)
		status = rights_read(&g->rights, &g->folder, e);
	if (!status)
		rights_standing(&g->rights, &officer, g->now, &g->standing);
	if (status)
		guard_close(g);
	return status;
}

void guard_close(struct guard *g)
{
	rights_free(&g->rights);
	folder_close(&g->folder);
}

static int leave_line(struct guard *g, const char *verb, const char *what, int64_t of, int64_t count,
		      const char *outcome, bool flush, int64_t *n, struct error *e)
{
	const struct standing *s = &g->standing;
	struct audit_entry entry = {
		.officer = s->officer.name, .via = s->officer.via, .country = s->grant.country,
		.agency = s->grant.agency, .purpose = g->purpose, .action = verb, .what = what,
		.of = of, .count = count, .outcome = outcome,
	};
	int status = clock_now(&entry.at, e);

	return status ? status : audit_write(&g->folder, &entry, flush, n, e);
}

/* What was refused is put on record too; if that fails, the refusal stands all the same. */
static int ask(struct guard *g, enum rights_action action, const char *verb, const char *what,
	       const struct subject *subject, struct error *e)
{
	struct error own;
	int status = rights_may(&g->standing, action, subject, e);

	if (status && leave_line(g, verb, what, 0, -1, outcomes[status], false, NULL, &own))
		return error_set(e, own.status, "%s", own.text);
	return status;
}

static bool changes(enum rights_action action)
{
	return action != RIGHTS_READ && action != RIGHTS_REPORT && action != RIGHTS_AUDIT;
}

int guard_begin(struct guard *g, enum rights_action action, const char *verb, const char *what,
		const struct subject *subject, struct guard_mark *mark, struct error *e)
{
	int status = ask(g, action, verb, what, subject, e);

	mark->verb = verb;
	mark->what = what;
	mark->line = 0;
	if (status)
		return status;
	return leave_line(g, verb, what, 0, -1, "begun", changes(action), &mark->line, e);
}

static const char *outcome_of(int status)
{
	return (size_t)status < sizeof outcomes / sizeof *outcomes ? outcomes[status] : "?";
}

int guard_end(struct guard *g, const struct guard_mark *mark, int64_t count, int status, struct error *e)
{
	struct error own;
	/* "what" stands in the line that began it */
	int ended = leave_line(g, mark->verb, "", mark->line, count, outcome_of(status), false, NULL, &own);

	return ended && status <= STATUS_NO ? error_set(e, ended, "%s", own.text) : status;
}

int guard_log(struct guard *g, enum rights_action action, const char *verb, const char *what,
	      int64_t count, int status, struct error *e)
{
	int refused = ask(g, action, verb, what, NULL, e);

	return refused ? refused : guard_note(g, verb, what, count, status, e);
}

int guard_note(struct guard *g, const char *verb, const char *what, int64_t count, int status,
	       struct error *e)
{
	return leave_line(g, verb, what, 0, count, outcome_of(status), false, NULL, e);
}

int guard_grant(struct guard *g, const struct grant *grant, struct error *e)
{
	const char *verb = grant->role == ROLE_NONE ? "revoke" : "grant";
	struct guard_mark mark;
	struct buf line = { 0 };
	struct error own = { 0 };
	int status = rights_check(grant, e);

	if (status)
		return status;
	if (rights_line(&line, grant, e) || !buf_string(&line, e)) {
		status = STATUS_SYSTEM;
		goto out;
	}
	status = rights_may_grant(&g->standing, &g->rights, grant, e);
	if (status) {
		if (guard_note(g, verb, (const char *)line.data, -1, status, &own))
			status = error_set(e, own.status, "%s", own.text);
		goto out;
	}
	status = guard_begin(g, RIGHTS_GRANT, verb, (const char *)line.data, NULL, &mark, e);
	if (status)
		goto out;
	status = rights_append(&g->folder, &g->standing, grant, e);
	status = guard_end(g, &mark, status ? 0 : 1, status, e);
out:
	buf_free(&line);
	return status;
}
