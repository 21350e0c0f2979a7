/* purge.c - purge: delete what was kept long enough */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "trace/purge.h"

#include "desk.h"
#include "verbs.h"

struct purge_options {
	struct common common;
	bool dry;
	int64_t within;
};

static const struct option_line table[] = {
	{ "dry-run", 'n', OPTION_FLAG, offsetof(struct purge_options, dry), NULL, "say what would go", 0, 0 },
	{ "within", 'w', OPTION_INTEGER, offsetof(struct purge_options, within), "DAYS",
	  "with --dry-run: and what will go within so many days", 0, 36600 },
	COMMON(purge_options)
};

static const struct rows_column columns[] = {
	{ "id", COLUMN_TEXT }, { "from", COLUMN_TEXT }, { "to", COLUMN_TEXT }, { "state", COLUMN_TEXT },
	{ "at", COLUMN_TEXT }, { "until", COLUMN_TEXT },
};

static int put_purged(void *context, const struct request *q, const char *until, struct error *e)
{
	struct desk_rows *out = context;

	desk_text(out, q->field[TRACE_ID]);
	desk_text(out, q->field[TRACE_FROM]);
	desk_text(out, q->field[TRACE_TO]);
	desk_text(out, q->field[TRACE_STATE]);
	desk_text(out, q->field[TRACE_AT]);
	desk_text(out, until);
	return rows_end(out->rows, e);
}

static int purge(struct desk *d, const struct purge_options *o, struct error *e)
{
	struct desk_rows out = { .rows = NULL };
	struct purge how = { .dry = o->dry, .ahead = o->within, .tell = put_purged, .context = &out };
	struct retention rules;
	struct guard_mark mark;
	int status = retention_read(&rules, &d->guard.folder, e);

	if (!status)
		status = guard_begin(&d->guard, RIGHTS_PURGE, "purge", o->dry ? "(dry run)" : "(what is due)", NULL, &mark, e);
	if (status)
		return status;
	status = rows_open(&out.rows, stdout, (enum rows_format)d->common->format, columns,
			   sizeof columns / sizeof *columns, d->common->columns, e);
	if (!status)
		status = purge_run(&d->traces, &rules, &how, e);
	status = desk_rows_close(&out, status, e);
	return guard_end(&d->guard, &mark, (int64_t)how.count, status, e);
}

static int run(void *context, void *options, const struct option_parsed *parsed, struct error *e)
{
	const struct purge_options *o = options;
	struct desk d;
	int status;

	(void)context;
	(void)parsed;
	if (o->within && !o->dry)
		return error_set(e, STATUS_USAGE, "--within: only with --dry-run");
	status = desk_open(&d, &o->common, e);
	if (status)
		return status;
	status = purge(&d, o, e);
	desk_close(&d);
	return status;
}

const struct verb verb_purge = { "purge", "", "delete what was kept long enough", table,
				 sizeof(struct purge_options), NULL, 0, 0, run };
