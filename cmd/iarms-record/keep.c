/* keep.c - purge, verify */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "desk.h"
#include "record/keep.h"
#include "record/verify.h"
#include "verbs.h"

/* purge */

struct purge_options {
	struct common common;
	bool dry;
};

static const struct option_line purge_table[] = {
	{ "dry-run", 'n', OPTION_FLAG, offsetof(struct purge_options, dry), NULL, "say what would go", 0, 0 },
	OUTPUT(purge_options), COMMON(purge_options), END
};

static const struct rows_column purge_columns[] = {
	{ "id", COLUMN_TEXT }, { "owner", COLUMN_TEXT }, { "category", COLUMN_TEXT }, { "status", COLUMN_TEXT },
	{ "review", COLUMN_TEXT }, { "fate", COLUMN_TEXT },
};

static int put_purged(void *context, const struct record *r, const char *fate, struct error *e)
{
	struct rows *rows = context;

	rows_text(rows, r->field[FORM_ID]);
	rows_text(rows, r->field[FORM_OWNER]);
	rows_text(rows, r->field[FORM_CATEGORY]);
	rows_text(rows, r->field[FORM_STATUS]);
	rows_text(rows, r->field[FORM_REVIEW]);
	rows_text(rows, fate);
	return rows_end(rows, e);
}

static int run_purge(void *context, void *options, const struct option_parsed *parsed, struct error *e)
{
	const struct purge_options *o = options;
	struct keep_purge how = { .dry = o->dry, .tell = put_purged };
	struct rows *rows = NULL;
	struct guard_mark mark;
	struct desk d;
	int status = desk_open(&d, &o->common, e);

	(void)context, (void)parsed;
	if (status)
		return status;
	status = guard_begin(&d.guard, RIGHTS_PURGE, "purge", o->dry ? "(dry run)" : "(what is due)", NULL, &mark, e);
	if (!status) {
		status = desk_rows(&rows, &o->common, purge_columns, sizeof purge_columns / sizeof *purge_columns,
				   NULL, e);
		how.context = rows;
		if (!status)
			status = keep_purge(&d.book, &d.rules, &how, e);
		status = rows_finish(rows, status, e);
		status = guard_end(&d.guard, &mark, (int64_t)(how.deleted + how.expired), status, e);
	}
	desk_close(&d);
	return status;
}

/* verify */

struct verify_options {
	struct common common;
	bool repair;
};

static const struct option_line verify_table[] = {
	{ "repair", 0, OPTION_FLAG, offsetof(struct verify_options, repair), NULL,
	  "take damaged lines out of the log, into a file beside it", 0, 0 },
	OUTPUT(verify_options), COMMON(verify_options), END
};

static const struct rows_column verify_columns[] = {
	{ "line", COLUMN_NUMBER }, { "id", COLUMN_TEXT }, { "what", COLUMN_TEXT }, { "why", COLUMN_TEXT },
};

static int put_finding(void *context, uint64_t line, const char *id, const char *what, const char *why,
		       struct error *e)
{
	struct rows *rows = context;

	rows_integer(rows, (int64_t)line);
	rows_text(rows, *id ? id : NULL);
	rows_text(rows, what);
	rows_text(rows, why);
	return rows_end(rows, e);
}

static void say_verified(const struct verify *v)
{
	desk_say("%llu records in %llu lines; damaged %llu, wrong %llu, in conflict %llu",
		 (unsigned long long)v->records, (unsigned long long)v->lines, (unsigned long long)v->damaged,
		 (unsigned long long)v->wrong, (unsigned long long)v->conflicts);
	if (v->headers > 1)
		desk_say("%llu logs were put one behind the other", (unsigned long long)v->headers);
	if (v->headers > 1 || v->repeated)
		desk_say("%llu lines are repeated and count once", (unsigned long long)v->repeated);
	if (v->returned)
		desk_say("%llu lines of what was deleted are back, from another copy: purge takes them out",
			 (unsigned long long)v->returned);
	if (!v->index_fits)
		desk_say("the index does not fit the log: delete %s, it is made anew", BOOK_INDEX);
}

static int repair(struct desk *d, struct error *e)
{
	struct guard_mark mark;
	uint64_t count = 0;
	int status = guard_begin(&d->guard, RIGHTS_REPAIR, "repair", BOOK_FILE, NULL, &mark, e);

	if (status)
		return status;
	status = verify_repair(&d->book, &count, e);
	if (!status && count)
		desk_say("%llu damaged line(s) taken out, to %s.damaged", (unsigned long long)count, BOOK_FILE);
	status = guard_end(&d->guard, &mark, (int64_t)count, status, e);
	/* the index follows */
	if (!status)
		status = book_lock(&d->book, e);
	book_unlock(&d->book);
	return status;
}

static int verify(struct desk *d, struct error *e)
{
	struct verify v = { .tell = put_finding };
	struct rows *rows = NULL;
	struct guard_mark mark;
	/* it prints no more of records than their names, of all of them */
	int status = guard_begin(&d->guard, RIGHTS_REPAIR, "verify", BOOK_FILE, NULL, &mark, e);

	if (status)
		return status;
	status = desk_rows(&rows, d->common, verify_columns, sizeof verify_columns / sizeof *verify_columns, NULL, e);
	v.context = rows;
	if (!status)
		status = verify_run(&d->book, &v, e);
	status = rows_finish(rows, status, e);
	if (status <= STATUS_NO)
		say_verified(&v);
	return guard_end(&d->guard, &mark, (int64_t)v.lines, status, e);
}

static int run_verify(void *context, void *options, const struct option_parsed *parsed, struct error *e)
{
	const struct verify_options *o = options;
	struct desk d;
	int status = desk_open(&d, &o->common, e);

	(void)context, (void)parsed;
	if (status)
		return status;
	if (o->repair)
		status = repair(&d, e);
	if (!status)
		status = verify(&d, e);
	desk_close(&d);
	return status;
}

const struct verb verb_purge = { "purge", "", "delete what was not reviewed in time", purge_table,
				 sizeof(struct purge_options), NULL, 0, 0, run_purge };
const struct verb verb_verify = { "verify", "", "check the log, line by line", verify_table,
				  sizeof(struct verify_options), NULL, 0, 0, run_verify };
