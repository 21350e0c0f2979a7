/* trail.c - audit: the trail of who did what, read and verified */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/num.h"
#include "desk.h"
#include "file/output.h"
#include "guard/audit.h"
#include "guard/rights_trail.h"
#include "verbs.h"

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
	       (!o->outcome || !strcmp(o->outcome, l->outcome)) && desk_may_look(g, l->officer, l->country);
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
	status = guard_open(&g, o->common.dir, o->common.purpose, e);
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

const struct verb verb_audit = { "audit", "", "read or verify the audit trail", audit_table,
				 sizeof(struct audit_options), NULL, 0, 0, run_audit };
