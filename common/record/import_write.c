/* import_write.c - tables from elsewhere brought into the book: telling new rows from known, writing */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/sort.h"
#include "record/import_parts.h"

#define NAMELESS_MAX (1 << 19)   /* rows without a serial that are told apart exactly */

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
	if (!before)
		return STATUS_DONE;
	row->origin = id_mix(row->origin + before);
	if (row->line.text && !im->mapping.copy)
		book_line_origin(&row->line, row->origin);
	return STATUS_DONE;
}

static struct import_row *row_at(const struct import *im, uint64_t place)
{
	return &im->waiting[place >> 32]->row[place & UINT32_MAX];
}

/* All that wait, by their fingerprints: looked up in that order. */
static int gather(struct import *im, struct sort_item *item, size_t *count, struct error *e)
{
	*count = 0;
	for (size_t j = 0; j < im->jobs; j++)
		for (size_t i = im->waiting[j]->in.first; i < im->waiting[j]->rows; i++) {
			struct import_row *row = &im->waiting[j]->row[i];

			if (row->reason)
				continue;
			if (!row->sure && number_nameless(im, row, e))
				return STATUS_SYSTEM;
			item[(*count)++] = (struct sort_item){ row->origin, (uint64_t)j << 32 | i };
		}
	return sort_items(item, *count, e);
}

/* Which of them are in the book, and which say again what a row before said. */
static int look_up(struct import *im, const struct sort_item *item, size_t count, struct error *e)
{
	struct index_head head;
	uint64_t id;

	for (size_t i = 0; i < count; i++) {
		struct import_row *row = row_at(im, item[i].value);
		int status;

		if (i && item[i].key == item[i - 1].key) {
			const struct import_row *before = row_at(im, item[i - 1].value);

			row->known = before->known;
			row->repeated = !row->known || before->repeated;
			continue;
		}
		status = index_find_origin(im->book->index, item[i].key, &id, e);
		if (status == STATUS_NO)
			continue;
		if (!status)
			status = index_find(im->book->index, id, &head, e);
		if (status)
			return status;
		/* written in this run: the file says it twice */
		row->repeated = head.revision == 1 && head.offset >= im->began;
		row->known = !row->repeated;
	}
	return STATUS_DONE;
}

/* Of what was deleted here nothing comes in again, and what was deleted elsewhere is deleted here, as if there
 * were none: STATUS_NO. */
static int take_deleted(const struct index_head *head, const struct index_head *line, struct import_row *row,
			struct error *e)
{
	char id[ID_TEXT], when[CLOCK_TEXT];

	if (!head->gone)
		return line->gone ? STATUS_NO : STATUS_DONE;
	row->known = true;
	if (line->gone || line->revision < head->revision)
		return STATUS_DONE;
	id_unpack(line->id, id);
	clock_text(head->at, when);
	return error_set(e, STATUS_INPUT, "id: %s was deleted at %s", id, when);
}

/* A line of an export: taken as it is, under its name. */
static int take_copy(struct import *im, struct import_row *row, struct error *e)
{
	const struct index_head *line = &row->line.entry.head;
	uint64_t twice = id_mix(line->id ^ id_mix(line->revision));
	struct index_head head;
	char id[ID_TEXT];
	int status = index_find(im->book->index, line->id, &head, e);

	if (!status) {
		status = take_deleted(&head, line, row, e);
		if (status == STATUS_INPUT || row->known)
			return status;
	}
	id_unpack(line->id, id);
	if (status == STATUS_NO || (status == STATUS_DONE && head.revision < line->revision))
		return set_count(&im->seen, twice) ?
		       error_set(e, STATUS_INPUT, "id: the file has revision %lu of %s twice",
				 (unsigned long)line->revision, id) :
		       set_add(&im->seen, twice, e);
	if (status)
		return status;
	row->known = true;
	if (head.revision == line->revision && (head.sum != line->sum || head.size != line->size))
		return error_set(e, STATUS_INPUT, "id: there is another record %s with revision %lu", id,
				 (unsigned long)line->revision);
	return STATUS_DONE;
}

/* Why the officer may not enter records of that country; NULL where he may. Asked once a country, about. */
static const char *may_add(struct import *im, const struct import_row *row)
{
	struct import_right *right = &im->right[index_country(row->subject.country) % IMPORT_RIGHTS];

	if (im->mapping.copy)
		return NULL;
	if (strcmp(right->country, row->subject.country)) {
		snprintf(right->country, sizeof right->country, "%s", row->subject.country);
		right->refused.status = rights_may(&im->book->guard->standing, RIGHTS_ADD, &row->subject,
						   &right->refused);
	}
	return right->refused.status ? right->refused.text : NULL;
}

/* Why a row that was understood does not come in; NULL in *reason when it does, or is known. */
static int judge(struct import *im, struct import_row *row, const char **reason, struct error *why,
		 struct error *e)
{
	int status;

	*reason = NULL;
	if (row->repeated || (im->o->dry && row->sure && set_count(&im->seen, row->origin)))
		*reason = "the same as a row before it, in the columns that are taken";
	else
		*reason = may_add(im, row);
	if (*reason || row->known)
		return STATUS_DONE;
	if (!im->mapping.copy)
		return im->o->dry ? set_add(&im->seen, row->origin, e) : STATUS_DONE;
	status = take_copy(im, row, why);
	if (status == STATUS_INPUT) {
		*reason = why->text;
		return STATUS_DONE;
	}
	if (status)
		*e = *why;
	return status;
}

/* One row, in the order of the file: rejected, known, or one of `lines`. */
static int sort_row(struct import *im, struct import_job *job, size_t i, struct book_line *lines,
		    size_t *added, struct error *e)
{
	struct import_row *row = &job->row[i];
	const char *reason = row->reason;
	struct error why;
	int status = STATUS_DONE;

	im->out->rows++;
	if (!reason)
		status = judge(im, row, &reason, &why, e);
	if (status)
		return status;
	if (reason)
		return import_reject(im, job, i, reason, e);
	if (row->known)
		im->out->known++;
	else
		lines[(*added)++] = row->line;
	return STATUS_DONE;
}

static int sort_out(struct import *im, struct book_line *lines, size_t *added, struct error *e)
{
	int status = STATUS_DONE;

	*added = 0;
	if (im->mapping.copy && !im->o->dry)
		set_clear(&im->seen);   /* what was written is in the index */
	for (size_t j = 0; j < im->jobs; j++)
		for (size_t i = im->waiting[j]->in.first; i < im->waiting[j]->rows && !status; i++)
			status = sort_row(im, im->waiting[j], i, lines, added, e);
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
	struct sort_item *item = mem_new(im->waiting_rows + 1, sizeof *item, e);
	struct book_line *lines = mem_new(im->waiting_rows + 1, sizeof *lines, e);
	size_t count = 0, added = 0;
	int status = item && lines ? check_copy(im, e) : STATUS_SYSTEM;

	if (!status)
		status = gather(im, item, &count, e);
	if (!status && !im->o->dry)
		status = book_lock(im->book, e);
	if (!status && !im->begun) {
		im->began = log_size(im->book->log);
		im->begun = true;
	}
	if (!status && !im->mapping.copy)
		status = look_up(im, item, count, e);
	if (!status)
		status = sort_out(im, lines, &added, e);
	if (!status && added && !im->o->dry)
		status = book_append_lines(im->book, lines, added, !im->mapping.copy, e);
	if (!im->o->dry)
		book_unlock(im->book);
	if (!status) {
		im->out->added += added;
		status = finish_jobs(im, e);
	}
	free(item);
	free(lines);
	return status;
}
