/* table.c - the rows of a table as new trace requests */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "trace/table.h"

#include <stdlib.h>
#include <string.h>

#include "base/batch.h"
#include "base/mem.h"
#include "base/set.h"
#include "record/intake_jobs.h"

/* A run of rows: read by one thread, checked by another, taken by the first, in order. */
struct job {
	struct intake_job in;
	struct submission_row *row;
	size_t rows;
	struct submission_hand hand;
	struct pool pool;         /* lines, and what is wrong */
	struct error error;       /* no memory */
};

/* What the columns of a table are: fields of a request; or, where it has rows of firearm records, the record's
 * name and firearm. TRACE_FIELDS: passed over. */
struct table {
	struct submission *s;
	const struct table_options *o;
	struct intake_jobs in;
	enum trace_place place[TRACE_FIELDS + FORM_FIELDS];
	size_t columns;
	int owner;                /* column of the owner of a record; -1 */
	bool from_records;
	struct set records;       /* named by rows: each is asked for once */
	int worst;
	struct error *error;
};

static enum trace_place place_of(bool records, const char *name)
{
	enum trace_place place = trace_field_find(name);

	if (!records)
		return place;
	if (!strcmp(name, "id"))
		return TRACE_RECORD;
	return (place >= TRACE_TYPE && place <= TRACE_COMPONENTS) ? place : TRACE_FIELDS;
}

/* A column that goes with rows of records, and says nothing of the firearm. */
static bool beside(const char *name)
{
	static const char *const known[] = { "row", "grade", "where", "agree", "disagree" };
	bool is = form_find(name) != FORM_FIELDS;

	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		is = is || !strcmp(name, known[i]);
	return is;
}

static int find_column(const char *const *name, size_t names, const char *wanted)
{
	for (size_t i = 0; i < names; i++)
		if (!strcmp(name[i], wanted))
			return (int)i;
	return -1;
}

static int take_header(struct table *t, const char *const *name, size_t names, struct error *e)
{
	bool seen[TRACE_FIELDS + 1] = { false };

	if (names > sizeof t->place / sizeof *t->place)
		return error_set(e, STATUS_INPUT, "more columns than there are fields");
	t->owner = find_column(name, names, "owner");
	t->from_records = t->owner >= 0 && find_column(name, names, "id") >= 0;
	for (size_t i = 0; i < names; i++) {
		enum trace_place place = place_of(t->from_records, name[i]);

		if (place == TRACE_FIELDS && !(t->from_records && beside(name[i])))
			return error_set(e, STATUS_INPUT, "'%.60s' is no field of a request: a table of another kind?", name[i]);
		if (place != TRACE_FIELDS && !trace_fields[place].given)
			return error_set(e, STATUS_INPUT, "'%.60s' cannot be given: these are requests already?", name[i]);
		if (place != TRACE_FIELDS && seen[place])
			return error_set(e, STATUS_INPUT, "'%.60s' is there twice", name[i]);
		seen[place] = true;
		t->place[i] = place;
	}
	t->columns = names;
	return STATUS_DONE;
}

static int read_header(struct table *t, struct error *e)
{
	struct intake_mended mended;
	struct pool pool = { 0 };
	const char **name;
	size_t names;
	int status = intake_split(&t->in.form, &t->in.sample->block, intake_job_row(t->in.sample, 0), &pool, &name,
				  &names, &mended, e);

	if (!status)
		status = take_header(t, name, names, e);
	t->in.sample->first = 1;
	pool_free(&pool);
	return status;
}

static void drop(void *context, void *job)
{
	struct job *j = job;

	(void)context;
	pool_free(&j->pool);
	submission_hand_free(&j->hand);
	free(j->row);
	intake_job_free(&j->in);
}

static void *next(void *context)
{
	struct table *t = context;

	return intake_jobs_next(&t->in);
}

/* The row as a request, its texts in pool. STATUS_INPUT: it cannot be one. */
static int split(const struct table *t, const struct job *j, size_t i, struct pool *pool, struct request *q,
		 struct error *e)
{
	struct intake_mended mended;
	const char **field;
	size_t fields;
	int status = intake_split(&t->in.form, &j->in.block, intake_job_row(&j->in, i), pool, &field, &fields, &mended, e);

	if (status)
		return status;
	if (fields != t->columns)
		return error_set(e, STATUS_INPUT, "%zu fields, not %zu", fields, t->columns);
	*q = t->o->given;
	for (size_t k = 0; k < fields; k++)
		if (t->place[k] != TRACE_FIELDS && *field[k])
			q->field[t->place[k]] = field[k];
	/* who works alone, for no country, asks for the one whose record it is */
	if (t->from_records && !*t->s->traces->country)
		q->field[TRACE_FROM] = field[t->owner];
	return STATUS_DONE;
}

static int check_row(const struct table *t, struct job *j, size_t i, struct pool *pool, struct error *e)
{
	struct submission_row *row = &j->row[i];
	struct error why;
	struct request q;

	row->status = split(t, j, i, pool, &q, &why);
	if (!row->status)
		return submission_make(t->s, &j->hand, &q, t->s->drawn + j->in.number + i, &j->pool, row, e);
	if (row->status == STATUS_INPUT)
		row->why = pool_text(&j->pool, why.text, strlen(why.text), e);
	else
		*e = why;
	return row->why ? STATUS_DONE : STATUS_SYSTEM;
}

static void work(void *context, void *job)
{
	const struct table *t = context;
	struct job *j = job;
	struct pool pool = { 0 };   /* of a row */
	int status;

	j->rows = intake_rows(&j->in.block);
	j->row = mem_new(j->rows, sizeof *j->row, &j->error);
	/* as much as most need, once */
	status = !j->row || buf_reserve(&j->hand.notices, j->rows * 200, &j->error) ||
		 buf_reserve(&j->hand.printed, j->rows * 120, &j->error) ? STATUS_SYSTEM : STATUS_DONE;
	for (size_t i = j->in.first; i < j->rows && !status; i++) {
		pool_reset(&pool);
		status = check_row(t, j, i, &pool, &j->error);
	}
	j->error.status = status;
	pool_free(&pool);
}

/* STATUS_NO: it was asked for by a row before. */
static int take_row(struct table *t, struct job *j, const struct submission_row *row, struct error *e)
{
	uint64_t number = id_mix(row->record);
	char id[ID_TEXT];

	if (t->from_records && row->record) {
		id_unpack(row->record, id);
		if (set_count(&t->records, number))
			return error_set(e, STATUS_NO, "record %s comes twice, and is asked for once", id);
		if (set_add(&t->records, number, e))
			return STATUS_SYSTEM;
	}
	return submission_take(t->s, &j->hand, row, e);
}

static int write_all(struct table *t, struct error *e)
{
	int status = t->s->count ? submission_write(t->s, e) : STATUS_DONE;

	if (!status)
		status = t->o->written(t->o->context, e);
	submission_clear(t->s);
	return status;
}

static int take_rows(struct table *t, struct job *j, struct error *e)
{
	for (size_t i = j->in.first; i < j->rows; i++) {
		struct error why;
		int status = take_row(t, j, &j->row[i], &why);

		if (status == STATUS_SYSTEM) {
			*e = why;
			return status;
		}
		if (status)
			t->o->wrong(t->o->context, intake_job_row(&j->in, i)->line, &why);
		if (status != STATUS_NO)
			t->worst = error_worse(t->worst, status);
	}
	return submission_keep(t->s, &j->hand, &j->pool, e);
}

static int take_job(void *context, void *job)
{
	struct table *t = context;
	struct job *j = job;
	int status = j->error.status;

	if (t->o->progress)
		t->o->progress(t->o->context, j->in.block.bytes);
	if (status)
		*t->error = j->error;
	else
		status = take_rows(t, j, t->error);
	drop(t, j);
	return !status && t->o->go_on && t->s->count >= TABLE_AT_ONCE ? write_all(t, t->error) : status;
}

static int run(struct table *t, FILE *in, struct error *e)
{
	static const struct batch batch = { next, work, take_job, drop };
	const struct intake_form form = { .encoding = INTAKE_AUTO };
	int status = submission_share(t->s, e);

	if (!status)
		status = intake_jobs_open(&t->in, in, &form, sizeof(struct job), 0, e);
	if (status == STATUS_NO)
		return error_set(e, STATUS_INPUT, "no rows");
	if (!status)
		status = read_header(t, e);
	if (!status)
		status = batch_run(&batch, t, t->o->threads, e);
	if (!status && t->in.read_failed)
		status = STATUS_SYSTEM;
	return status;
}

int table_submit(struct submission *s, FILE *in, const struct table_options *o, struct error *e)
{
	struct table *t = mem_new(1, sizeof *t, e);
	int status = t ? STATUS_DONE : STATUS_SYSTEM, worst;

	if (status)
		return status;
	t->s = s;
	t->o = o;
	t->error = e;
	status = run(t, in, e);
	if (status == STATUS_INPUT)
		error_within(e, o->name);
	if (!status && t->worst && !o->go_on)
		status = error_set(e, t->worst, "nothing was submitted (--keep-going leaves out what is wrong)");
	if (!status)
		status = write_all(t, e);
	s->drawn += t->in.given;
	worst = t->worst;
	intake_jobs_close(&t->in);
	set_free(&t->records);
	free(t);
	return !status && worst ? error_set(e, worst, "%s", "") : status;
}
