/* desk.c - what the verbs of iarms-trace share */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "desk.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "record/watch.h"

void desk_say_row(void *context, size_t line, const struct error *why)
{
	(void)context;
	desk_say(DESK_ROWS ": line %zu: %s", line, why->text);
}

int desk_open(struct desk *d, const struct common *common, struct error *e)
{
	struct watch w = { .err = stderr, .program = PROGRAM, .mode = (enum progress_mode)common->progress };
	int status;

	memset(d, 0, sizeof *d);
	d->common = common;
	status = guard_open(&d->guard, common->dir, common->purpose, e);
	if (status)
		return status;
	status = traces_open(&d->traces, &d->guard, common->as, watch_indexing, &w, e);
	watch_end(&w);
	d->traces.book.progress = NULL;
	if (!status)
		status = form_open(&d->form, FORM_LAZY, e);
	if (status) {
		desk_close(d);
		return status;
	}
	watch_found(&w, &d->traces.book);
	return STATUS_DONE;
}

void desk_say_made(const struct desk *d)
{
	if (d->guard.folder.made)
		desk_say("%s: there was no such folder; it was made, and nothing is in it", d->guard.folder.path);
}

void desk_close(struct desk *d)
{
	form_close(d->form);
	d->form = NULL;
	traces_close(&d->traces);
	guard_close(&d->guard);
}

int desk_rows_open(struct desk_rows *r, const struct common *c, const struct rows_column *front, size_t count,
		   const char *usual, struct error *e)
{
	for (size_t i = 0; i < count; i++)
		r->column[i] = front[i];
	for (int i = 0; i < TRACE_FIELDS; i++)
		r->column[count + (size_t)i] = (struct rows_column){ trace_fields[i].name, COLUMN_TEXT };
	return rows_open(&r->rows, stdout, (enum rows_format)c->format, r->column, count + TRACE_FIELDS,
			 c->columns ? c->columns : usual, e);
}

void desk_text(struct desk_rows *r, const char *text)
{
	rows_text(r->rows, text && *text ? text : NULL);
}

int desk_put(struct desk_rows *r, const struct request *q, struct error *e)
{
	rows_texts(r->rows, q->field, TRACE_FIELDS);
	return rows_end(r->rows, e);
}

int desk_rows_close(struct desk_rows *r, int status, struct error *e)
{
	status = rows_finish(r->rows, status, e);
	r->rows = NULL;
	return status;
}

int desk_get(struct desk *d, const char *id, struct request *q, struct index_head *head, struct error *e)
{
	int status = traces_get(&d->traces, id, q, head, e);

	if (status != STATUS_NO)
		return status;
	status = book_refresh(&d->traces.book, e);
	return status ? status : traces_get(&d->traces, id, q, head, e);
}

/* The first name is kept: the next call of ids_next may end its life. */
static int first_name(struct ids *ids, char **name, struct error *e)
{
	const char *id;
	int status = ids_next(ids, &id, e);

	*name = NULL;
	if (status)
		return status;
	*name = mem_text(id, e);
	return *name ? STATUS_DONE : STATUS_SYSTEM;
}

static int all_names(struct ids *ids, const char *id, struct desk *d, desk_one *one, void *context, int *worst,
		     struct error *e)
{
	int status = id ? STATUS_DONE : STATUS_NO;

	while (!status) {
		struct error own = { 0 };

		status = one(context, d, id, &own);
		if (status == STATUS_SYSTEM || status == STATUS_USAGE) {
			*e = own;
			return status;
		}
		if (status && own.text[0])
			error_print(stderr, PROGRAM, &own);
		*worst = error_worse(*worst, status);
		status = ids_next(ids, &id, e);
	}
	return status == STATUS_NO ? STATUS_DONE : status;
}

int desk_each(const struct common *c, const struct option_parsed *parsed, int (*begin)(void *context, struct desk *d,
	      struct error *e), desk_one *one, int (*end)(void *context, struct desk *d, int status, struct error *e),
	      void *context, struct error *e)
{
	struct ids ids;
	struct desk d;
	char *first;
	int worst = STATUS_DONE, status = ids_open(&ids, parsed->operand, parsed->operands, stdin, e);

	if (status)
		return status;
	status = first_name(&ids, &first, e);
	if (status > STATUS_NO)
		goto out;
	status = desk_open(&d, c, e);
	if (status)
		goto out;
	status = begin(context, &d, e);
	if (!status) {
		status = all_names(&ids, first, &d, one, context, &worst, e);
		status = end(context, &d, status, e);
	}
	desk_close(&d);
	if (!status && worst)
		status = error_set(e, worst, "%s", "");
out:
	free(first);
	ids_close(&ids);
	return status;
}
