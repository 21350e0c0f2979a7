/* answers.c - answers from the rows of a table */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "answers.h"

#include <string.h>

#include "file/csv.h"

#define MOST 100000            /* rows: all of them are held */

struct reading {
	const struct act *given;
	enum trace_place place[TRACE_FIELDS + 16];   /* of each column; TRACE_FIELDS: passed over */
	size_t columns;
	int id;
	struct buf rows;           /* struct act_row */
	struct pool pool;
};

struct answering {
	struct reading in;
	struct desk_rows out;
	int64_t count;
};

/* A column of an answer; TRACE_FIELDS: of the request, or what stands beside one. */
static enum trace_place place_of(const struct csv_row *header, const char *name)
{
	static const enum trace_place taken[] = { TRACE_OUTCOME, TRACE_UNTRACED, TRACE_CHAIN, TRACE_FIRST_SALE,
						  TRACE_DIVERSION, TRACE_NEXT, TRACE_RESTRICTIONS, TRACE_TEXT };

	if (!strcmp(name, "why"))
		return TRACE_UNTRACED;
	/* in a whole request it is what was said last */
	if (!strcmp(name, "text") && csv_column(header, "event") >= 0)
		return TRACE_FIELDS;
	for (size_t i = 0; i < sizeof taken / sizeof *taken; i++)
		if (!strcmp(name, trace_fields[taken[i]].name))
			return taken[i];
	return TRACE_FIELDS;
}

static int read_header(struct reading *in, struct csv_reader *csv, struct error *e)
{
	bool seen[TRACE_FIELDS + 1] = { false };
	struct csv_row row;
	int status = csv_next(csv, &row, e);

	if (status)
		return status == STATUS_NO ? error_set(e, STATUS_INPUT, "no rows") : status;
	status = csv_check_form(&row, e);
	if (status)
		return status;
	if (row.fields > sizeof in->place / sizeof *in->place)
		return error_set(e, STATUS_INPUT, "more columns than there are fields");
	in->id = csv_column(&row, "id");
	if (in->id < 0)
		return error_set(e, STATUS_INPUT, "no column 'id': a table of another kind?");
	in->columns = row.fields;
	for (size_t i = 0; i < row.fields; i++) {
		const char *name = row.field[i];
		enum trace_place place = place_of(&row, name);

		if (place == TRACE_FIELDS && trace_field_find(name) == TRACE_FIELDS && strcmp(name, "late") &&
		    strcmp(name, "turn"))
			return error_set(e, STATUS_INPUT, "'%.60s' is no field of a request: a table of another kind?", name);
		if (place != TRACE_FIELDS && seen[place])
			return error_set(e, STATUS_INPUT, "'%.60s' is there twice", name);
		seen[place] = true;
		in->place[i] = place;
	}
	return STATUS_DONE;
}

/* Steps with semicolons between. */
static int take_steps(struct reading *in, char *text, struct act *act, struct error *e)
{
	const char **step = pool_take(&in->pool, (strlen(text) + 1) * sizeof *step, e);
	size_t n = 0;

	if (!step)
		return STATUS_SYSTEM;
	for (char *save = NULL, *p = strtok_r(text, ";", &save); p; p = strtok_r(NULL, ";", &save))
		if (p[strspn(p, " ")])
			step[n++] = p + strspn(p, " ");
	act->step = step;
	act->steps = n;
	return STATUS_DONE;
}

static int take_row(struct reading *in, const struct csv_row *row, struct error *e)
{
	struct act_row out = { .line = row->line, .act = *in->given };
	int status = STATUS_DONE;

	if (row->fields != in->columns)
		return error_set(e, STATUS_INPUT, "line %zu: %zu fields, not %zu", row->line, row->fields, in->columns);
	if (in->rows.size / sizeof out == MOST)
		return error_set(e, STATUS_INPUT, "more than %d rows", MOST);
	for (size_t i = 0; i < row->fields && !status; i++) {
		char *text = pool_text(&in->pool, row->field[i], row->length[i], e);

		if (!text)
			return STATUS_SYSTEM;
		if (strlen(text) != row->length[i])
			return error_set(e, STATUS_INPUT, "line %zu: a NUL byte", row->line);
		if ((int)i == in->id)
			out.id = text;
		else if (*text && in->place[i] == TRACE_CHAIN)
			status = take_steps(in, text, &out.act, e);
		else if (*text && in->place[i] != TRACE_FIELDS)
			out.act.field[in->place[i]] = text;
	}
	return status ? status : buf_add(&in->rows, &out, sizeof out, e);
}

static int read_rows(struct reading *in, struct error *e)
{
	struct csv_reader *csv = csv_open(stdin, ',', e);
	struct csv_row row;
	int status = csv ? read_header(in, csv, e) : STATUS_SYSTEM;

	while (!status && !(status = csv_next(csv, &row, e)))
		status = take_row(in, &row, e);
	csv_close(csv);
	if (status == STATUS_NO)
		status = in->rows.size ? STATUS_DONE : error_set(e, STATUS_NO, "no rows: nothing was answered");
	return status == STATUS_INPUT ? error_within(e, DESK_ROWS) : status;
}

static int print_done(void *context, const struct request *q, struct error *e)
{
	struct answering *a = context;

	a->count++;
	return desk_put(&a->out, q, e);
}

static int answer_all(struct answering *a, struct desk *d, bool go_on, struct error *e)
{
	const struct act_rows how = { .go_on = go_on, .wrong = desk_say_row, .done = print_done, .context = a };
	struct guard_mark mark;
	int status = guard_begin(&d->guard, RIGHTS_TRACE, trace_move_name(a->in.given->move), "(" DESK_ROWS ")", NULL, &mark, e);

	if (status)
		return status;
	status = desk_rows_open(&a->out, d->common, NULL, 0, ANSWERS_COLUMNS, e);
	if (!status)
		status = act_on_rows(&d->traces, d->form, (const struct act_row *)(void *)a->in.rows.data,
				     a->in.rows.size / sizeof(struct act_row), &how, e);
	status = desk_rows_close(&a->out, status, e);
	return guard_end(&d->guard, &mark, a->count, status, e);
}

int answers_run(const struct common *c, const struct act *given, bool go_on, struct error *e)
{
	struct answering a = { .in = { .given = given } };
	struct desk d;
	int status = read_rows(&a.in, e);

	if (!status)
		status = desk_open(&d, c, e);
	if (!status) {
		status = answer_all(&a, &d, go_on, e);
		desk_close(&d);
	}
	buf_free(&a.in.rows);
	pool_free(&a.in.pool);
	return status;
}
