/* desk.c - what the verbs of iarms-record share */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "desk.h"

#include <string.h>

void desk_say_error(const struct error *e)
{
	if (e->text[0])
		error_print(stderr, PROGRAM, e);
}

static void show_indexing(void *context, uint64_t done, uint64_t total)
{
	struct desk *d = context;

	if (!d->progressing)
		progress_start(&d->progress, stderr, (enum progress_mode)d->common->progress, "bytes indexed",
			       (int64_t)total);
	d->progressing = true;
	progress_step(&d->progress, (int64_t)(done - d->progress_done));
	d->progress_done = done;
}

static void tell_found(const struct desk *d)
{
	if (d->book.found.torn)
		desk_say("%s: its end was not whole: %zu bytes set aside in %s.torn", BOOK_FILE, d->book.found.torn,
			 BOOK_FILE);
	if (d->book.cover.damaged)
		desk_say("%s: %llu damaged line(s) left out (%s verify lists them)", BOOK_FILE,
			 (unsigned long long)d->book.cover.damaged, PROGRAM);
	if (d->book.merged)
		desk_say("%s: %llu logs one behind the other: %llu line(s) repeated, which count once, and %llu in conflict, "
			 "of which the later holds (%s verify lists them)", BOOK_FILE,
			 (unsigned long long)d->book.cover.headers, (unsigned long long)d->book.cover.repeated,
			 (unsigned long long)d->book.cover.conflicts, PROGRAM);
	if (book_without_index(&d->book))
		desk_say("%s: looking without it, which is slow", book_without_index(&d->book));
}

int desk_open(struct desk *d, const struct common *common, struct error *e)
{
	int status;

	memset(d, 0, sizeof *d);
	d->common = common;
	status = guard_open(&d->guard, common->dir, common->purpose, e);
	if (status)
		return status;
	status = book_open(&d->book, &d->guard, show_indexing, d, e);
	if (d->progressing)
		progress_end(&d->progress);
	d->book.progress = NULL;
	if (!status)
		status = form_open(&d->form, FORM_LAZY, e);
	if (!status)
		status = retention_read(&d->rules, &d->guard.folder, e);
	/* a file that may be missing left a word */
	if (!status)
		error_set(e, STATUS_DONE, "%s", "");
	if (!status)
		tell_found(d);
	else
		desk_close(d);
	return status;
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
