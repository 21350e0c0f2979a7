/* import_write.c - tables from elsewhere brought into the book: telling new rows from known, writing */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/num.h"
#include "record/import_parts.h"

#define NAMELESS_MAX (1 << 19)   /* rows without a serial that are told apart exactly */

/* A row of what waits, by its fingerprint: looked up in that order, the index is read once through. */
struct candidate {
	uint64_t origin;
	uint32_t job, row;
	bool known, repeated;
};

static int by_origin(const void *a, const void *b)
{
	const struct candidate *x = a, *y = b;

	if (x->origin != y->origin)
		return x->origin < y->origin ? -1 : 1;
	return x->job != y->job ? (x->job < y->job ? -1 : 1) : x->row < y->row ? -1 : x->row > y->row;
}

static int by_place(const void *a, const void *b)
{
	const struct candidate *x = a, *y = b;

	return x->job != y->job ? (x->job < y->job ? -1 : 1) : x->row < y->row ? -1 : x->row > y->row;
}

/* The fingerprint of the k-th row that says the same of a firearm without a serial: they are k firearms,
 * and stay k when the file comes again. Beyond NAMELESS_MAX different ones, rows share counters: still
 * none is lost, and the same file still adds nothing. */
static int number_nameless(struct import *im, struct import_row *row, struct error *e)
{
	uint64_t counter = row->origin;
	uint32_t before;

	if (im->nameless.used >= NAMELESS_MAX && !set_count(&im->nameless, counter))
		counter = id_mix(counter % (NAMELESS_MAX / 8));
	before = set_count(&im->nameless, counter);
	if (set_add(&im->nameless, counter, e))
		return STATUS_SYSTEM;
	if (before)
		row->origin = id_mix(row->origin + before);
	return STATUS_DONE;
}

static int gather(struct import *im, struct candidate *c, size_t *count, struct error *e)
{
	*count = 0;
	for (size_t j = 0; j < im->jobs; j++)
		for (size_t i = im->waiting[j]->first; i < im->waiting[j]->rows; i++) {
			struct import_row *row = &im->waiting[j]->row[i];

			if (row->reason)
				continue;
			if (!row->sure && number_nameless(im, row, e))
				return STATUS_SYSTEM;
			c[(*count)++] = (struct candidate){ row->origin, (uint32_t)j, (uint32_t)i, false, false };
		}
	return STATUS_DONE;
}

/* Which of them are in the book, and which say again what a row before said. */
static int look_up(struct import *im, struct candidate *c, size_t count, struct error *e)
{
	struct index_head head;
	uint64_t id;

	for (size_t i = 0; i < count; i++) {
		int status;

		if (i && c[i].origin == c[i - 1].origin) {
			c[i].known = c[i - 1].known;
			c[i].repeated = !c[i].known || c[i - 1].repeated;
			continue;
		}
		status = index_find_origin(im->book->index, c[i].origin, &id, e);
		if (status == STATUS_NO)
			continue;
		if (!status)
			status = index_find(im->book->index, id, &head, e);
		if (status)
			return status;
		/* written in this run: the file says it twice */
		c[i].repeated = head.revision == 1 && head.offset >= im->began;
		c[i].known = !c[i].repeated;
	}
	return STATUS_DONE;
}

/* A line of an export: taken as it is, under its name. */
static int take_copy(struct import *im, struct import_row *row, bool *known, struct error *e)
{
	struct record *r = &row->record;
	struct index_batch_line line;
	struct index_head head;
	struct buf text = { 0 };
	uint64_t twice;
	int status = book_index_line(r, 0, 0, "0", &line, e);

	*known = false;
	if (status)
		return status;
	twice = id_mix(line.head.id ^ id_mix(line.head.revision));
	status = index_find(im->book->index, line.head.id, &head, e);
	if (status == STATUS_NO || (status == STATUS_DONE && head.revision < line.head.revision))
		return set_count(&im->seen, twice) ?
		       error_set(e, STATUS_INPUT, "id: the file has revision %s of %s twice",
				 r->field[FORM_REVISION], r->field[FORM_ID]) :
		       set_add(&im->seen, twice, e);
	if (status)
		return status;
	*known = true;
	if (head.revision > line.head.revision)
		return STATUS_DONE;
	status = log_put(im->book->log, &text, r->field, e);
	if (!status && strtoul((const char *)text.data + text.size - 9, NULL, 16) != head.sum)
		status = error_set(e, STATUS_INPUT, "id: there is another record %s with revision %s",
				   r->field[FORM_ID], r->field[FORM_REVISION]);
	buf_free(&text);
	return status;
}

/* May the officer enter records of that country? Asked once for rows that follow each other. */
static bool may_add(struct import *im, const struct record *r, struct error *why)
{
	struct subject subject = book_subject(r);

	if (im->mapping.copy)
		return true;
	if (strcmp(im->asked, r->field[FORM_OWNER])) {
		snprintf(im->asked, sizeof im->asked, "%s", r->field[FORM_OWNER]);
		im->refused.status = rights_may(&im->book->guard->standing, RIGHTS_ADD, &subject, &im->refused);
	}
	*why = im->refused;
	return !im->refused.status;
}

/* A row that is new: made into the line that will be written. */
static int enter(struct import *im, struct import_job *job, struct import_row *row, struct error *e)
{
	char origin[BOOK_ORIGIN];

	if (im->o->dry)
		return set_add(&im->seen, row->origin, e);
	book_origin_text(row->origin, origin);
	row->record.field[FORM_ORIGIN] = pool_text(&job->pool, origin, BOOK_ORIGIN - 1, e);
	if (!row->record.field[FORM_ORIGIN])
		return STATUS_SYSTEM;
	return book_enter(im->book, &row->record, "import", "active", &im->rules, &job->pool, e);
}

/* One row, in the order of the file: rejected, known, or one of `records`. */
static int sort_row(struct import *im, struct import_job *job, size_t i, const struct candidate *c,
		    struct record *records, size_t *added, struct error *e)
{
	struct import_row *row = &job->row[i];
	const char *reason = row->reason;
	bool known = c && c->known;
	struct error why = { 0 };
	int status = STATUS_DONE;

	im->out->rows++;
	if (!reason && (c->repeated || (im->o->dry && row->sure && set_count(&im->seen, row->origin))))
		reason = "the same as a row before it";
	if (!reason && !may_add(im, &row->record, &why))
		reason = why.text;
	if (!reason && im->mapping.copy) {
		status = take_copy(im, row, &known, &why);
		if (status == STATUS_INPUT) {
			reason = why.text;
			status = STATUS_DONE;
		}
	} else if (!reason && !known) {
		status = enter(im, job, row, e);
	}
	if (status)
		return status;
	if (reason)
		return import_reject(im, job, i, reason, e);
	if (known)
		im->out->known++;
	else
		records[(*added)++] = row->record;
	return STATUS_DONE;
}

static int sort_out(struct import *im, const struct candidate *c, struct record *records, size_t *added,
		    struct error *e)
{
	int status = STATUS_DONE;

	*added = 0;
	if (im->mapping.copy && !im->o->dry)
		set_clear(&im->seen);   /* what was written is in the index */
	for (size_t j = 0; j < im->jobs; j++)
		for (size_t i = im->waiting[j]->first; i < im->waiting[j]->rows && !status; i++) {
			bool bad = im->waiting[j]->row[i].reason != NULL;

			status = sort_row(im, im->waiting[j], i, bad ? NULL : c, records, added, e);
			c += !bad;
		}
	return status;
}

static int finish_jobs(struct import *im, struct error *e)
{
	int status = STATUS_DONE;

	for (size_t j = 0; j < im->jobs; j++) {
		struct import_job *job = im->waiting[j];

		im->out->mended.windows += job->mended.windows;
		im->out->mended.twice += job->mended.twice;
		if (!status)
			status = tally_merge(&im->out->tally, &job->tally, e);
		import_drop(im, job);
	}
	im->jobs = im->waiting_rows = 0;
	return status;
}

/* Names and revisions are not for everybody to give. */
static int check_copy(const struct import *im, struct error *e)
{
	const struct standing *s = &im->book->guard->standing;

	if (!im->mapping.copy || s->alone || s->owner || s->grant.role == ROLE_ADMINISTRATOR)
		return STATUS_DONE;
	return error_set(e, STATUS_REFUSED, "records with their names and revisions are brought in by an "
			 "administrator");
}

int import_write(struct import *im, struct error *e)
{
	struct candidate *c = mem_new(im->waiting_rows + 1, sizeof *c, e);
	struct record *records = mem_new(im->waiting_rows + 1, sizeof *records, e);
	size_t count = 0, added = 0;
	int status = c && records ? check_copy(im, e) : STATUS_SYSTEM;

	if (!status)
		status = gather(im, c, &count, e);
	if (count)
		qsort(c, count, sizeof *c, by_origin);
	if (!status && !im->o->dry)
		status = book_lock(im->book, e);
	if (!status && !im->begun) {
		im->began = log_size(im->book->log);
		im->begun = true;
	}
	if (!status && !im->mapping.copy)
		status = look_up(im, c, count, e);
	if (count)
		qsort(c, count, sizeof *c, by_place);
	if (!status)
		status = sort_out(im, c, records, &added, e);
	if (!status && added && !im->o->dry)
		status = book_append(im->book, records, added, e);
	if (!im->o->dry)
		book_unlock(im->book);
	if (!status) {
		im->out->added += added;
		status = finish_jobs(im, e);
	}
	free(c);
	free(records);
	return status;
}
