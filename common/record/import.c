/* import.c - tables from elsewhere brought into the book: reading and understanding */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "record/import.h"

#include <stdlib.h>
#include <string.h>

#include "base/batch.h"
#include "base/bytes.h"
#include "base/mem.h"
#include "record/import_parts.h"

#define SAMPLE_ROWS 5000
#define WAITING_ROWS 65536      /* written at once */

void import_free(struct import_result *r)
{
	tally_free(&r->tally);
}

void import_drop(void *context, void *job)
{
	struct import_job *j = job;

	(void)context;
	if (!j)
		return;
	pool_free(&j->pool);
	tally_free(&j->tally);
	free(j->row);
	intake_job_free(&j->in);
}

/* A row as it stands there; a NUL in it as the picture of one, for a text ends at a NUL. */
static const char *whole_row(const struct import_job *j, const struct intake_row *r, struct pool *pool,
			     struct error *e)
{
	static const char picture[] = "\xe2\x90\x80";
	const char *text = (const char *)j->in.block.text.data + r->offset;
	char *out = pool_take(pool, 3 * r->length + 1, e), *to = out;

	if (!out)
		return NULL;
	for (size_t i = 0; i < r->length; i++)
		if (text[i])
			*to++ = text[i];
		else
			to = (char *)memcpy(to, picture, 3) + 3;
	*to = 0;
	return out;
}

static bool more_than(const char *const *field, size_t fields, size_t columns)
{
	while (fields > columns)
		if (field[--fields][0])
			return true;
	return false;
}

int import_reject(struct import *im, const struct import_job *j, size_t row, const char *reason,
		  struct error *e)
{
	const struct intake_row *r = intake_job_row(&j->in, row);
	struct pool pool = { 0 };
	struct intake_mended mended;
	const char **field, *whole;
	size_t fields;
	int status;

	im->out->rejected++;
	if (!im->o->reject)
		return STATUS_DONE;
	status = intake_split(&im->in.form, &j->in.block, r, &pool, &field, &fields, &mended, e);
	if (status == STATUS_INPUT || (!status && more_than(field, fields, im->mapping.columns))) {
		whole = whole_row(j, r, &pool, e);
		field = &whole;
		fields = 1;
		status = whole ? STATUS_DONE : STATUS_SYSTEM;
	}
	if (!status)
		status = im->o->reject(im->o->context, r->line, reason, field, fields, e);
	pool_free(&pool);
	return status;
}

/* The next job for the batch. */
static void *next_job(void *context)
{
	struct import *im = context;

	return intake_jobs_next(&im->in);
}

/* One record being cleaned, and where its words are counted. */
struct counting {
	struct import_job *job;
	int failed;
};

static void count_word(void *context, enum form_place place, const char *typed, const char *meant,
		       const char *how)
{
	struct counting *c = context;

	/* one that stays as it was typed is no news, unless it stays open what it means */
	if (!strcmp(typed, meant) && strcmp(how, "family"))
		return;
	if (tally_add(&c->job->tally, place, typed, meant, how, 1, &c->job->error))
		c->failed = 1;
}

static int fix_dates(const struct import *im, struct record *r, struct pool *pool, struct buf *problems,
		     struct error *e)
{
	for (int i = 0; i < FORM_FIELDS; i++) {
		char date[DATE_TEXT];
		struct error why;
		char *text;

		if (form_fields[i].kind != FORM_DATE || !r->field[i][0])
			continue;
		if (when_read(r->field[i], im->mapping.order, im->this_year, date, &why)) {
			/* cleaning takes it away */
			if (form_no_day(im->form, r->field[i]))
				continue;
			if (buf_format(problems, e, "%s%s: %s", problems->size ? "; " : "", form_fields[i].name, why.text))
				return STATUS_SYSTEM;
			r->field[i] = "";
			continue;
		}
		if (!strcmp(date, r->field[i]))
			continue;
		text = pool_text(pool, date, strlen(date), e);
		if (!text)
			return STATUS_SYSTEM;
		r->field[i] = text;
	}
	return STATUS_DONE;
}

/* Of what people gave, and nothing else. It stands in the log: it must come out the same everywhere. */
static uint64_t fingerprint(const struct record *r)
{
	uint64_t h = 0;

	for (int i = 0; i < FORM_FIELDS; i++) {
		const char *text = r->field[i];
		size_t n;

		if (!form_fields[i].set || !*text)
			continue;
		n = strlen(text);
		h = id_mix(h ^ ((uint64_t)i << 32 | n));
		for (; n >= 8; n -= 8, text += 8)
			h = id_mix(h ^ bytes_get64(text));
		if (n) {
			unsigned char rest[8] = { 0 };

			memcpy(rest, text, n);
			h = id_mix(h ^ bytes_get64(rest));
		}
	}
	return h ? h : 1;
}

/* Only extra fields that are empty are forgiven. */
static int check_count(const struct import *im, const char *const *field, size_t fields, struct error *e)
{
	size_t want = im->mapping.columns;

	if (fields < want)
		return error_set(e, STATUS_INPUT, "%zu fields, not %zu", fields, want);
	for (size_t i = want; i < fields; i++)
		if (field[i][0])
			return error_set(e, STATUS_INPUT, "%zu fields, not %zu", fields, want);
	for (size_t i = 0; i < want; i++)
		if (field[i][0])
			return STATUS_DONE;
	return error_set(e, STATUS_INPUT, "an empty row");
}

/* All that understanding a row needs: one for each job. */
struct understanding {
	struct import *im;
	struct import_job *job;
	struct counting counting;
	struct form_manner manner;
	struct form_memo memo;
	struct pool pool;        /* of the row */
	struct buf problems;
};

/* STATUS_INPUT: problems, or e, say why it does not come in. */
static int clean(struct understanding *u, size_t i, struct record *r, struct error *e)
{
	struct import *im = u->im;
	const char **field;
	size_t fields;
	int status = intake_split(&im->in.form, &u->job->in.block, intake_job_row(&u->job->in, i), &u->pool, &field, &fields,
				 &u->job->mended, e);

	if (!status)
		status = check_count(im, field, fields, e);
	if (!status)
		status = mapping_apply(&im->mapping, field, r, &u->pool, e);
	if (!status && !im->mapping.copy)
		status = fix_dates(im, r, &u->pool, &u->problems, e);
	if (!status)
		status = form_clean(im->form, r, &u->manner, &u->pool, &u->problems, e);
	if (!status && !strcmp(r->field[FORM_STATUS], "deleted"))
		record_bare(r);
	else if (!status)
		status = form_complete(r, &u->problems, e);
	if (!status && u->counting.failed)
		status = STATUS_SYSTEM;
	return !status && u->problems.size ? STATUS_INPUT : status;
}

/* What a new record has from the start. */
static void stamp(const struct import *im, struct record *r, const char *id, const char *origin)
{
	int category = form_code(FORM_CATEGORIES, r->field[FORM_CATEGORY]);

	r->field[FORM_ID] = id;
	r->field[FORM_ORIGIN] = origin;
	r->field[FORM_EVENT] = "import";
	r->field[FORM_STATUS] = "active";
	r->field[FORM_REVIEW] = category < 0 ? "" : im->review[category];
	r->field[FORM_REVISION] = "1";
	r->field[FORM_AT] = im->book->now_text;
	r->field[FORM_BY] = im->book->guard->standing.officer.name;
}

static int keep_subject(const struct record *r, struct pool *pool, struct subject *out, struct error *e)
{
	const struct subject s = book_subject(r);

	*out = s;
	if (*s.country)
		out->country = pool_text(pool, s.country, strlen(s.country), e);
	if (*s.exclude)
		out->exclude = pool_text(pool, s.exclude, strlen(s.exclude), e);
	if (*s.class)
		out->class = pool_text(pool, s.class, strlen(s.class), e);
	return out->country && out->exclude && out->class ? STATUS_DONE : STATUS_SYSTEM;
}

static int understand(struct understanding *u, size_t i, struct error *e)
{
	const struct import *im = u->im;
	struct import_row *row = &u->job->row[i];
	struct record r;
	const char *wrong;
	char id[ID_TEXT], origin[BOOK_ORIGIN];
	int status = clean(u, i, &r, e);

	if (status)
		return status;
	row->origin = fingerprint(&r);
	row->sure = r.field[FORM_SERIAL_KEY][0] && !strpbrk(r.field[FORM_SERIAL_KEY], "?*");
	if (!im->mapping.copy) {
		book_draw_id(im->book, r.field[FORM_OWNER], u->job->in.number + i, id);
		book_origin_text(row->origin, origin);
		stamp(im, &r, id, origin);
	}
	wrong = im->mapping.copy ? record_wrong(&r) : NULL;
	if (wrong)
		return error_set(e, STATUS_INPUT, "%s", wrong);
	status = keep_subject(&r, &u->job->pool, &row->subject, e);
	if (!status && (im->mapping.copy || !im->o->dry))
		status = book_line_make(im->book, &r, &u->job->pool, &row->line, e);
	return status;
}

/* Understands the rows of a job. */
static void work(void *context, void *job)
{
	struct import *im = context;
	struct import_job *j = job;
	struct understanding u = { .im = im, .job = j, .counting = { j, 0 } };

	u.manner = (struct form_manner){ .today = im->book->today, .lenient = !im->mapping.copy,
					 .mapped = count_word, .context = &u.counting, .memo = &u.memo };
	j->rows = intake_rows(&j->in.block);
	j->row = mem_new(j->rows, sizeof *j->row, &j->error);
	if (!j->row)
		j->error.status = STATUS_SYSTEM;
	for (size_t i = j->in.first; j->row && i < j->rows; i++) {
		struct error e = { 0 };
		const char *reason;
		int status;

		u.problems.size = 0;
		pool_reset(&u.pool);
		status = understand(&u, i, &e);
		if (status == STATUS_DONE)
			continue;
		if (status == STATUS_INPUT) {
			reason = u.problems.size ? buf_string(&u.problems, &e) : e.text;
			j->row[i].reason = reason ? pool_text(&j->pool, reason, strlen(reason), &e) : NULL;
		}
		if (!j->row[i].reason) {
			/* what counting said already stays */
			if (e.text[0])
				j->error = e;
			j->error.status = STATUS_SYSTEM;
			break;
		}
	}
	pool_free(&u.pool);
	form_memo_free(&u.memo);
	buf_free(&u.problems);
}

/* A job that was understood: kept until enough of them wait. */
static int take_job(void *context, void *job)
{
	struct import *im = context;
	struct import_job *j = job;
	struct import_job **waiting;

	if (im->o->progress)
		im->o->progress(im->o->context, j->in.block.bytes);
	if (j->error.status) {
		*im->error = j->error;
		import_drop(im, j);
		return STATUS_SYSTEM;
	}
	if (im->jobs == im->jobs_room) {
		waiting = mem_grow(im->waiting, im->jobs_room + 64, sizeof *waiting, im->error);
		if (!waiting) {
			import_drop(im, j);
			return STATUS_SYSTEM;
		}
		im->waiting = waiting;
		im->jobs_room += 64;
	}
	im->waiting[im->jobs++] = j;
	im->waiting_rows += j->rows - j->in.first;
	return im->waiting_rows >= WAITING_ROWS ? import_write(im, im->error) : STATUS_DONE;
}

/* Column numbers for names. */
static int number_columns(struct import *im, size_t n, const char ***names, struct error *e)
{
	const char **list = pool_take(&im->mapping.pool, n * sizeof *list + 1, e);

	for (size_t i = 0; i < n && list; i++) {
		char text[24];

		snprintf(text, sizeof text, "%zu", i + 1);
		list[i] = pool_text(&im->mapping.pool, text, strlen(text), e);
		if (!list[i])
			return STATUS_SYSTEM;
	}
	*names = list;
	return list ? STATUS_DONE : STATUS_SYSTEM;
}

static void look_at_sample(struct import *im)
{
	struct mapping_sample sample = { 0 };
	struct intake_mended mended;
	struct pool pool = { 0 };

	for (size_t i = im->in.sample->first; i < intake_rows(&im->in.sample->block) && i < SAMPLE_ROWS; i++) {
		const char **field;
		size_t fields;

		if (!intake_split(&im->in.form, &im->in.sample->block, intake_job_row(im->in.sample, i), &pool, &field, &fields,
				 &mended, NULL))
			mapping_look(&im->mapping, field, fields, im->form, &sample);
		pool_reset(&pool);
	}
	mapping_settle(&im->mapping, &sample);
	pool_free(&pool);
}

/* The header, and what the columns are. */
static int begin(struct import *im, struct error *e)
{
	const struct import_options *o = im->o;
	const struct standing *who = &im->book->guard->standing;
	struct intake_mended mended;
	const char **field, **names;
	struct error why;
	size_t fields;
	int status, needs = STATUS_DONE;

	im->mapping.order = o->order;
	im->mapping.rest = o->rest;
	status = intake_split(&im->in.form, &im->in.sample->block, intake_job_row(im->in.sample, 0), &im->mapping.pool,
			     &field, &fields, &mended, e);
	if (status)
		return status == STATUS_INPUT ? error_within(e, "the header") : status;
	names = field;
	if (!o->named && number_columns(im, fields, &names, e))
		return STATUS_SYSTEM;
	im->in.sample->first = o->named;
	status = mapping_make(&im->mapping, names, fields, o->named, o->map, o->maps, o->set, o->sets, e);
	if (status)
		return status;
	look_at_sample(im);
	/* whose else should they be? */
	if (!im->mapping.copy)
		needs = mapping_needs(&im->mapping, who->grant.role == ROLE_NONE ? NULL : who->grant.country, &why);
	/* what the columns are is told even then */
	status = o->begin ? o->begin(o->context, &im->mapping, &im->in.form, e) : STATUS_DONE;
	return status || !needs ? status : error_set(e, needs, "%s", why.text);
}

static int review_days(struct import *im, struct error *e)
{
	static const char *const categories[] = { "lost", "stolen", "trafficked", "smuggled" };
	struct retention rules;
	int status = retention_read(&rules, &im->book->guard->folder, e);

	for (int i = 0; i < 4 && !status; i++)
		retention_day(&rules, categories[i], "active", im->book->today,
			      im->review[form_code(FORM_CATEGORIES, categories[i])]);
	return status;
}

int import_run(struct book *b, FILE *in, const struct import_options *o, struct import_result *out,
	       struct error *e)
{
	static const struct batch batch = { next_job, work, take_job, import_drop };
	struct import *im = mem_new(1, sizeof *im, e);
	struct date today;
	int status = im ? STATUS_DONE : STATUS_SYSTEM;

	memset(out, 0, sizeof *out);
	if (status)
		return status;
	im->book = b;
	im->o = o;
	im->out = out;
	im->error = e;
	date_from_days(b->today, &today);
	im->this_year = today.year;
	status = form_open(&im->form, FORM_ALL, e);
	if (!status)
		status = review_days(im, e);
	if (!status)
		status = intake_jobs_open(&im->in, in, &o->intake, sizeof(struct import_job), b->drawn, e);
	if (status == STATUS_NO)
		status = error_set(e, STATUS_INPUT, "no rows in it");
	if (!status)
		status = begin(im, e);
	if (!status) {
		status = batch_run(&batch, im, o->threads, e);
		if (!status && im->in.read_failed)
			status = STATUS_SYSTEM;
		if (!status)
			status = import_write(im, e);
	}
	if (im->in.intake)
		b->drawn = im->in.given;
	for (size_t i = 0; i < im->jobs; i++)
		import_drop(im, im->waiting[i]);
	free(im->waiting);
	set_free(&im->nameless);
	set_free(&im->seen);
	mapping_free(&im->mapping);
	intake_jobs_close(&im->in);
	form_close(im->form);
	free(im);
	return status;
}
