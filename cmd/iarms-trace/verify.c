/* verify.c - verify: is the log of requests whole, and is every move in it one that there is? */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "record/verify.h"

#include "desk.h"
#include "verbs.h"

struct verify_options {
	struct common common;
	bool repair;
};

static const struct option_line table[] = {
	{ "repair", 0, OPTION_FLAG, offsetof(struct verify_options, repair), NULL,
	  "take damaged lines out of the log, into a file beside it", 0, 0 },
	COMMON(verify_options)
};

static const struct rows_column columns[] = {
	{ "line", COLUMN_NUMBER }, { "id", COLUMN_TEXT }, { "what", COLUMN_TEXT }, { "why", COLUMN_TEXT },
};

static int put_finding(void *context, uint64_t line, const char *id, const char *what, const char *why,
		       struct error *e)
{
	struct desk_rows *out = context;

	rows_integer(out->rows, (int64_t)line);
	desk_text(out, id);
	desk_text(out, what);
	desk_text(out, why);
	return rows_end(out->rows, e);
}

static int repair(struct desk *d, struct error *e)
{
	uint64_t count;
	int status = verify_repair(&d->traces.book, &count, e);

	if (!status && count)
		desk_say("%llu damaged line(s) taken out, to " TRACES_FILE ".damaged", (unsigned long long)count);
	return status ? status : book_refresh(&d->traces.book, e);
}

static int verify(struct desk *d, bool mend, struct error *e)
{
	struct desk_rows out = { .rows = NULL };
	struct verify v = { .tell = put_finding, .context = &out };
	struct guard_mark mark;
	/* it prints no more of requests than their names, of all of them */
	int status = guard_begin(&d->guard, RIGHTS_REPAIR, mend ? "repair" : "verify", TRACES_FILE, NULL, &mark, e);

	if (status)
		return status;
	status = mend ? repair(d, e) : STATUS_DONE;
	if (!status)
		status = rows_open(&out.rows, stdout, (enum rows_format)d->common->format, columns, 4, d->common->columns, e);
	if (!status)
		status = verify_run(&d->traces.book, &v, e);
	status = desk_rows_close(&out, status, e);
	if (status <= STATUS_NO)
		desk_say("%llu requests in %llu lines; damaged %llu, wrong %llu, repeated %llu, in conflict %llu, returned %llu%s",
			 (unsigned long long)v.records, (unsigned long long)v.lines, (unsigned long long)v.damaged,
			 (unsigned long long)v.wrong, (unsigned long long)v.repeated, (unsigned long long)v.conflicts,
			 (unsigned long long)v.returned,
			 v.index_fits ? "" : "; the index does not fit: delete " TRACES_INDEX);
	if (status == STATUS_NO)
		error_set(e, status, "%s", "");
	return guard_end(&d->guard, &mark, (int64_t)v.lines, status, e);
}

static int run(void *context, void *options, const struct option_parsed *parsed, struct error *e)
{
	const struct verify_options *o = options;
	struct desk d;
	int status = desk_open(&d, &o->common, e);

	(void)context;
	(void)parsed;
	if (status)
		return status;
	status = verify(&d, o->repair, e);
	desk_close(&d);
	return status;
}

const struct verb verb_verify = { "verify", "", "say whether the log is whole", table, sizeof(struct verify_options),
				  NULL, 0, 0, run };
