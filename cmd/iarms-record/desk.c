/* desk.c - what the verbs of iarms-record share */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "desk.h"

#include <string.h>

#include "record/watch.h"

void desk_say_error(const struct error *e)
{
	if (e->text[0])
		error_print(stderr, PROGRAM, e);
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
	status = book_open(&d->book, &d->guard, watch_indexing, &w, e);
	watch_end(&w);
	d->book.progress = NULL;
	if (!status)
		status = form_open(&d->form, FORM_LAZY, e);
	if (!status)
		status = retention_read(&d->rules, &d->guard.folder, e);
	/* a file that may be missing left a word */
	if (!status)
		error_set(e, STATUS_DONE, "%s", "");
	if (!status)
		watch_found(&w, &d->book);
	else
		desk_close(d);
	return status;
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
	book_close(&d->book);
	guard_close(&d->guard);
}

size_t desk_columns(const struct rows_column *front, size_t count, struct rows_column *out)
{
	for (size_t i = 0; i < count; i++)
		out[i] = front[i];
	for (int i = 0; i < FORM_FIELDS; i++)
		out[count + (size_t)i] = (struct rows_column){ form_fields[i].name, COLUMN_TEXT };
	return count + FORM_FIELDS;
}

int desk_rows(struct rows **rows, const struct common *c, const struct rows_column *columns, size_t count,
	      const char *usual, struct error *e)
{
	return rows_open(rows, stdout, (enum rows_format)c->format, columns, count,
			 c->columns ? c->columns : usual, e);
}

void desk_put(struct rows *rows, const struct record *r)
{
	rows_texts(rows, r->field, FORM_FIELDS);
}
