/* look.c - show, list, history, export */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "desk.h"
#include "record/find.h"
#include "verbs.h"

/* show */

struct show_options {
	struct common common;
};

static const struct option_line show_table[] = { OUTPUT(show_options), COMMON(show_options), END };

/* A sheet for people: a row for each field that says something. */
static const struct rows_column sheet[] = {
	{ "id", COLUMN_TEXT }, { "field", COLUMN_TEXT }, { "value", COLUMN_TEXT },
};

static int put_sheet(struct rows *rows, const struct record *r, struct error *e)
{
	int status = STATUS_DONE;

	for (int i = FORM_ID + 1; i < FORM_FIELDS && !status; i++) {
		if (!r->field[i][0])
			continue;
		rows_text(rows, r->field[FORM_ID]);
		rows_text(rows, form_fields[i].name);
		rows_text(rows, r->field[i]);
		status = rows_end(rows, e);
	}
	return status;
}

static int show_one(struct desk *d, const char *id, bool as_sheet, struct rows *rows, struct error *e)
{
	struct index_head head;
	struct record r;
	int status = book_get(&d->book, id, &r, &head, e);

	if (status)
		return status;
	if (as_sheet)
		return put_sheet(rows, &r, e);
	desk_put(rows, &r);
	return rows_end(rows, e);
}

/* Rows are printed as they are found: the trail says before that it begins, and after how many. */
static int show_all(struct desk *d, struct ids *ids, const char *question, struct error *e)
{
	struct rows_column columns[FORM_FIELDS];
	struct rows *rows = NULL;
	struct guard_mark mark;
	const char *id;
	int64_t count = 0;
	bool as_sheet = d->common->format == ROWS_TABLE && !d->common->columns;
	int worst = STATUS_DONE, status = guard_begin(&d->guard, RIGHTS_READ, "show", question, NULL, &mark, e);

	if (status)
		return status;
	if (as_sheet)
		status = desk_rows(&rows, d->common, sheet, sizeof sheet / sizeof *sheet, NULL, e);
	else
		status = desk_rows(&rows, d->common, columns, desk_columns(NULL, 0, columns), NULL, e);
	while (!status && !(status = ids_next(ids, &id, e))) {
		struct error own;

		status = show_one(d, id, as_sheet, rows, &own);
		count += !status;
		if (status == STATUS_NO || status == STATUS_INPUT) {
			desk_say_error(&own);
			worst = error_worse(worst, status);
			status = STATUS_DONE;
		} else if (status) {
			*e = own;
		}
	}
	if (status == STATUS_NO)
		status = STATUS_DONE;
	status = rows_finish(rows, status, e);
	if (!status && worst)
		status = error_set(e, worst, "%s", "");
	return guard_end(&d->guard, &mark, count, status, e);
}

static int run_show(void *context, void *options, const struct option_parsed *parsed, struct error *e)
{
	const struct show_options *o = options;
	struct buf question = { 0 };
	struct ids ids;
	struct desk d;
	int status = desk_open(&d, &o->common, e);

	(void)context;
	if (status)
		return status;
	status = find_text((const char *const *)parsed->operand, (size_t)parsed->operands, &question, e);
	if (!status)
		status = ids_open(&ids, parsed->operand, parsed->operands, stdin, e);
	if (!status) {
		status = show_all(&d, &ids, parsed->operands ? (const char *)question.data : "(standard input)", e);
		ids_close(&ids);
	}
	buf_free(&question);
	desk_close(&d);
	return status;
}

/* list, export: one question */

struct look_options {
	struct common common;
	bool history, all;
};

struct looking {
	struct desk *d;
	struct rows *rows;
	int64_t count;
	bool history, all;
	const char *in_table;   /* columns of a table; NULL: all */
};

static int put_history(struct looking *l, const struct record *r, struct error *e);

static int put_hit(void *context, const struct find_hit *hit, struct error *e)
{
	struct looking *l = context;

	/* tombstones are no records any more, unless somebody asks for them */
	if (!l->all && !strcmp(hit->record->field[FORM_STATUS], "deleted"))
		return STATUS_DONE;
	if (l->history)
		return put_history(l, hit->record, e);
	l->count++;
	desk_put(l->rows, hit->record);
	return rows_end(l->rows, e);
}

static int answer(struct desk *d, const struct find *f, struct looking *l, const char *verb,
		  const char *question, struct error *e)
{
	struct rows_column columns[FORM_FIELDS];
	size_t damaged = 0, n = desk_columns(NULL, 0, columns);
	struct guard_mark mark;
	int status = guard_begin(&d->guard, RIGHTS_READ, verb, question, NULL, &mark, e);

	if (status)
		return status;
	desk_say_made(d);
	status = desk_rows(&l->rows, d->common, columns, n, d->common->format == ROWS_TABLE ? l->in_table : NULL, e);
	if (!status)
		status = find_run(f, &d->book, put_hit, l, &damaged, e);
	status = rows_finish(l->rows, status, e);
	if (!status && damaged)
		status = error_set(e, STATUS_INPUT, "%zu damaged line(s) could not be looked at", damaged);
	return guard_end(&d->guard, &mark, l->count, status, e);
}

static int look(const struct look_options *o, const struct option_parsed *parsed, const char *verb,
		struct looking *l, struct error *e)
{
	struct buf question = { 0 };
	struct find f;
	struct desk d;
	int status = desk_open(&d, &o->common, e);

	if (status)
		return status;
	l->d = &d;
	status = find_text((const char *const *)parsed->operand, (size_t)parsed->operands, &question, e);
	if (!status)
		status = find_open(&f, d.form, (const char *const *)parsed->operand, (size_t)parsed->operands,
				   d.book.today, e);
	if (!status) {
		f.all = true;
		l->all = l->all || f.asked.field[FORM_STATUS][0] || f.asked.field[FORM_ID][0];
		status = answer(&d, &f, l, verb, (const char *)question.data, e);
		find_close(&f);
	}
	buf_free(&question);
	desk_close(&d);
	return status;
}

static const struct option_line list_table[] = {
	{ "all", 'a', OPTION_FLAG, offsetof(struct look_options, all), NULL, "deleted ones too", 0, 0 },
	OUTPUT(look_options), COMMON(look_options), END
};

static int run_list(void *context, void *options, const struct option_parsed *parsed, struct error *e)
{
	const struct look_options *o = options;
	struct looking l = { .all = o->all, .in_table = DESK_MAIN };

	(void)context;
	return look(o, parsed, "list", &l, e);
}

static const struct option_line export_table[] = {
	{ "history", 'H', OPTION_FLAG, offsetof(struct look_options, history), NULL,
	  "all revisions, not only the current ones", 0, 0 },
	OUTPUT(look_options), COMMON(look_options), END
};

static int run_export(void *context, void *options, const struct option_parsed *parsed, struct error *e)
{
	const struct look_options *o = options;
	struct looking l = { .all = true, .history = o->history };

	(void)context;
	return look(o, parsed, "export", &l, e);
}

/* history */

/* The fields in which two revisions differ, but for those that every revision sets. */
static int put_changes(const struct record *before, const struct record *after, struct buf *out, struct error *e)
{
	out->size = 0;
	for (int i = 0; i < FORM_EVENT; i++)
		if (i != FORM_REVIEW && strcmp(before->field[i], after->field[i]) &&
		    buf_format(out, e, "%s%s", out->size ? " " : "", form_fields[i].name))
			return STATUS_SYSTEM;
	return buf_string(out, e) ? STATUS_DONE : STATUS_SYSTEM;
}

typedef int put_revision(void *context, const struct record *r, const char *changed, struct error *e);

/* A damaged line is named and left out; holding: so is one that another machine's later one took the place of. */
static int each_revision(struct desk *d, uint64_t id, bool holding, put_revision *put, void *context,
			 struct error *e)
{
	struct buf lines = { 0 }, changed = { 0 };
	struct pool kept[2] = { { 0 } };
	struct record before, r;
	const struct index_head *line;
	int status = index_revisions(d->book.index, id, holding, &lines, e);
	size_t n = lines.size / sizeof *line, told = 0;

	record_clear(&before);
	line = (const void *)lines.data;
	for (size_t i = 0; i < n && !status; i++) {
		struct pool *pool = &kept[told % 2];

		status = book_read(&d->book, line[i].offset, &r, e);
		if (status == STATUS_INPUT) {
			desk_say_error(e);
			status = STATUS_DONE;
			continue;
		}
		/* what it was as a draft is its country's own affair */
		if (!status && !strcmp(r.field[FORM_STATUS], "draft") && !book_sees(&d->book, &r))
			continue;
		pool_reset(pool);
		for (int k = 0; k < FORM_FIELDS && !status; k++) {
			r.field[k] = pool_text(pool, r.field[k], strlen(r.field[k]), e);
			status = r.field[k] ? STATUS_DONE : STATUS_SYSTEM;
		}
		if (!status)
			status = put_changes(&before, &r, &changed, e);
		if (!status)
			status = put(context, &r, told++ ? (const char *)changed.data : NULL, e);
		before = r;
	}
	pool_free(&kept[0]);
	pool_free(&kept[1]);
	buf_free(&lines);
	buf_free(&changed);
	return status == STATUS_NO ? STATUS_DONE : status;
}

static int put_exported(void *context, const struct record *r, const char *changed, struct error *e)
{
	struct looking *l = context;

	(void)changed;
	l->count++;
	desk_put(l->rows, r);
	return rows_end(l->rows, e);
}

static int put_history(struct looking *l, const struct record *r, struct error *e)
{
	return each_revision(l->d, id_pack(r->field[FORM_ID]), true, put_exported, l, e);
}

static int put_changed(void *context, const struct record *r, const char *changed, struct error *e)
{
	rows_text(context, changed);
	desk_put(context, r);
	return rows_end(context, e);
}

static int show_history(struct desk *d, const char *typed, const char *id, struct error *e)
{
	static const struct rows_column front[] = { { "changed", COLUMN_TEXT } };
	static const char usual[] = "id,revision,at,by,event,status,changed,reason,found_country,found_date,found_place";
	struct rows_column columns[FORM_FIELDS + 1];
	struct index_head head;
	struct rows *rows = NULL;
	struct guard_mark mark;
	struct record r;
	int64_t count = 0;
	int status = guard_begin(&d->guard, RIGHTS_READ, "history", typed, NULL, &mark, e);

	if (status)
		return status;
	status = book_get(&d->book, id, &r, &head, e);
	if (!status)
		status = desk_rows(&rows, d->common, columns, desk_columns(front, 1, columns), usual, e);
	if (!status)
		status = each_revision(d, head.id, false, put_changed, rows, e);
	if (!status)
		count = head.revision;
	status = rows_finish(rows, status, e);
	return guard_end(&d->guard, &mark, count, status, e);
}

static int run_history(void *context, void *options, const struct option_parsed *parsed, struct error *e)
{
	const struct show_options *o = options;
	struct desk d;
	int status = desk_open(&d, &o->common, e);

	(void)context;
	if (status)
		return status;
	status = show_history(&d, parsed->operand[0], parsed->operand[0], e);
	desk_close(&d);
	return status;
}

const struct verb verb_show = { "show", "[ID...]", "print records by their names", show_table,
				sizeof(struct show_options), NULL, 0, -1, run_show };
const struct verb verb_list = { "list", "[FIELD=VALUE...]", "print the records that fit", list_table,
				sizeof(struct look_options), NULL, 0, -1, run_list };
const struct verb verb_export = { "export", "[FIELD=VALUE...]", "print all of the records, for import elsewhere",
				  export_table, sizeof(struct look_options), NULL, 0, -1, run_export };
const struct verb verb_history = { "history", "ID", "print the revisions of a record", show_table,
				   sizeof(struct show_options), NULL, 1, 1, run_history };
