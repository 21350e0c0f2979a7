/* add.c - add: new records from words or rows */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "desk.h"
#include "file/csv.h"
#include "record/find.h"
#include "verbs.h"

struct add_options {
	struct common common;
	bool draft;
};

static const struct option_line table[] = {
	{ "draft", 0, OPTION_FLAG, offsetof(struct add_options, draft), NULL,
	  "not yet shared: update --activate ends that", 0, 0 },
	OUTPUT(add_options), COMMON(add_options), END
};

#define ROWS_AT_ONCE 1000

/* Records on their way into the book. */
struct adding {
	struct desk *d;
	const struct add_options *o;
	struct rows *rows;
	struct pool pool;
	struct record waiting[ROWS_AT_ONCE];
	size_t count;
	int64_t added;
};

static int set_field(struct record *r, const char *name, const char *value, struct error *e)
{
	enum form_place place = form_find(name);

	if (place == FORM_FIELDS)
		return error_set(e, STATUS_USAGE, "no field '%.60s'", name);
	if (!form_fields[place].set)
		return error_set(e, STATUS_USAGE, "%s cannot be given", name);
	if (r->field[place][0])
		return error_set(e, STATUS_USAGE, "%s is given twice", name);
	r->field[place] = value;
	return STATUS_DONE;
}

/* Clean, complete, and the officer's to add; all that is wrong in one message. */
static int check(struct adding *a, struct record *r, struct error *e)
{
	struct form_manner manner = { .today = a->d->book.today };
	const struct standing *s = &a->d->guard.standing;
	struct buf problems = { 0 };
	struct subject subject;
	int status;

	/* whose else should it be? */
	if (!r->field[FORM_OWNER][0] && s->grant.role != ROLE_NONE)
		r->field[FORM_OWNER] = s->grant.country;
	status = form_clean(a->d->form, r, &manner, &a->pool, &problems, e);
	if (!status)
		status = form_complete(r, &problems, e);
	if (!status && problems.size)
		status = error_set(e, STATUS_INPUT, "%.500s", buf_string(&problems, NULL));
	buf_free(&problems);
	subject = book_subject(r);
	return status ? status : rights_may(s, RIGHTS_ADD, &subject, e);
}

/* Writes what waits, and then prints it: what is printed is on the disk. */
static int write_all(struct adding *a, struct error *e)
{
	struct book *b = &a->d->book;
	int status = a->count ? book_lock(b, e) : STATUS_DONE;

	for (size_t i = 0; i < a->count && !status; i++)
		status = book_enter(b, &a->waiting[i], "add", a->o->draft ? "draft" : "active", &a->d->rules,
				    &a->pool, e);
	if (!status && a->count)
		status = book_append(b, a->waiting, a->count, e);
	book_unlock(b);
	for (size_t i = 0; i < a->count && !status; i++) {
		desk_put(a->rows, &a->waiting[i]);
		status = rows_end(a->rows, e);
		a->added++;
	}
	a->count = 0;
	pool_reset(&a->pool);
	return status;
}

static int add_words(struct adding *a, const struct option_parsed *parsed, struct error *e)
{
	struct record *r = &a->waiting[0];
	int status = STATUS_DONE;

	record_clear(r);
	for (int i = 0; i < parsed->operands && !status; i++) {
		char *equals = strchr(parsed->operand[i], '=');

		if (!equals)
			return error_set(e, STATUS_USAGE, "'%.60s' is not FIELD=VALUE", parsed->operand[i]);
		*equals = 0;
		status = set_field(r, parsed->operand[i], equals + 1, e);
	}
	if (!status)
		status = check(a, r, e);
	a->count = !status;
	return status ? status : write_all(a, e);
}

/* One row of names of fields and their values; STATUS_INPUT: it is left out. */
static int take_row(struct adding *a, const enum form_place *place, size_t columns, const struct csv_row *row,
		    struct error *e)
{
	struct record *r = &a->waiting[a->count];

	if (row->fields != columns)
		return error_set(e, STATUS_INPUT, "%zu fields, not %zu", row->fields, columns);
	record_clear(r);
	for (size_t i = 0; i < columns; i++) {
		if (strlen(row->field[i]) != row->length[i])
			return error_set(e, STATUS_INPUT, "a NUL byte");
		r->field[place[i]] = pool_text(&a->pool, row->field[i], row->length[i], e);
		if (!r->field[place[i]])
			return STATUS_SYSTEM;
	}
	return check(a, r, e);
}

static int read_header(struct csv_reader *csv, enum form_place *place, size_t *columns, struct error *e)
{
	struct csv_row row;
	struct record seen;
	int status = csv_next(csv, &row, e);

	if (status)
		return status == STATUS_NO ? error_set(e, STATUS_INPUT, "no rows") : status;
	if (row.fields > FORM_FIELDS)
		return error_set(e, STATUS_INPUT, "more columns than there are fields");
	record_clear(&seen);
	for (size_t i = 0; i < row.fields; i++) {
		if (set_field(&seen, row.field[i], "x", e))
			return STATUS_INPUT;
		place[i] = form_find(row.field[i]);
	}
	*columns = row.fields;
	return STATUS_DONE;
}

static int add_rows(struct adding *a, struct error *e)
{
	enum form_place place[FORM_FIELDS];
	struct csv_reader *csv = csv_open(stdin, ',', e);
	struct csv_row row;
	size_t columns = 0;
	int worst = STATUS_DONE, status = csv ? read_header(csv, place, &columns, e) : STATUS_SYSTEM;

	while (!status && !(status = csv_next(csv, &row, e))) {
		struct error own;

		status = take_row(a, place, columns, &row, &own);
		if (status == STATUS_INPUT || status == STATUS_REFUSED) {
			desk_say("standard input: line %zu: %s", row.line, own.text);
			worst = error_worse(worst, status);
			status = STATUS_DONE;
			continue;
		}
		if (status) {
			*e = own;
			break;
		}
		if (++a->count == ROWS_AT_ONCE)
			status = write_all(a, e);
	}
	csv_close(csv);
	/* what came before a row that cannot be read was good */
	if (status == STATUS_NO || status == STATUS_INPUT) {
		struct error own;
		int written = write_all(a, &own);

		if (written) {
			*e = own;
			return written;
		}
	}
	if (status == STATUS_INPUT) {
		desk_say("standard input: %s", e->text);
		return error_set(e, status, "standard input: nothing was read from there on");
	}
	if (status == STATUS_NO)
		return worst ? error_set(e, worst, "%s", "") : STATUS_DONE;
	return status;
}

static int run(void *context, void *options, const struct option_parsed *parsed, struct error *e)
{
	static const char usual[] = "id,owner,category,status,type,make_name,model,calibre_name,serial_key,"
				    "serial_state,review";
	static struct adding a;   /* large */
	struct rows_column columns[FORM_FIELDS];
	struct buf question = { 0 };
	struct guard_mark mark;
	struct desk d;
	bool from_rows = parsed->operands == 0 || (parsed->operands == 1 && !strcmp(parsed->operand[0], "-"));
	int status;

	(void)context;
	memset(&a, 0, sizeof a);
	a.o = options;
	status = desk_open(&d, &a.o->common, e);
	if (status)
		return status;
	a.d = &d;
	status = find_text((const char *const *)parsed->operand, (size_t)parsed->operands, &question, e);
	if (!status)
		status = guard_begin(&d.guard, RIGHTS_ADD, "add", from_rows ? "(standard input)" :
				     (const char *)question.data, NULL, &mark, e);
	if (status)
		goto out;
	status = desk_rows(&a.rows, &a.o->common, columns, desk_columns(NULL, 0, columns), usual, e);
	if (!status)
		status = from_rows ? add_rows(&a, e) : add_words(&a, parsed, e);
	status = rows_finish(a.rows, status, e);
	status = guard_end(&d.guard, &mark, a.added, status, e);
out:
	pool_free(&a.pool);
	buf_free(&question);
	desk_close(&d);
	return status;
}

const struct verb verb_add = { "add", "[FIELD=VALUE...]", "enter a record, or one a row of standard input", table,
			       sizeof(struct add_options), NULL, 0, -1, run };
