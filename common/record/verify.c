/* verify.c - is the log whole, and does the index fit it? */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "record/verify.h"

#include <stdlib.h>

struct verifying {
	struct book *book;
	struct verify *v;
	uint64_t line;
	uint64_t current;     /* lines that the index has as current ones */
};

static int tell(struct verifying *p, const char *id, const char *what, const char *why, struct error *e)
{
	return p->v->tell ? p->v->tell(p->v->context, p->line, id, what, why, e) : STATUS_DONE;
}

/* The line with the revision before, among those that are not current. */
static int find_revision(struct book *b, uint64_t id, uint64_t revision, struct log_row *row, struct error *e)
{
	struct buf lines = { 0 };
	const struct index_head *line;
	int status = index_lines(b->index, id, &lines, e);
	size_t n = lines.size / sizeof *line;

	line = (const void *)lines.data;
	for (size_t i = 0; i < n && !status; i++) {
		if (line[i].revision != revision)
			continue;
		status = book_read_row(b, line[i].offset, row, e);
		if (status != STATUS_INPUT)
			goto out;
		status = STATUS_DONE;
	}
	if (!status)
		status = STATUS_NO;
out:
	buf_free(&lines);
	return status;
}

/* A second revision follows a first one, and is a move that is allowed. */
static int check_step(struct verifying *p, const struct log_row *row, const struct index_head *line, struct error *e)
{
	struct log_row before;
	int status;

	if (line->revision == 1)
		return STATUS_DONE;
	status = find_revision(p->book, line->id, line->revision - 1, &before, e);
	if (status == STATUS_NO)
		return STATUS_DONE;   /* an import of an export begins where the export was */
	if (status || p->book->kind->follows(before.field, row->field))
		return status;
	p->v->wrong++;
	return tell(p, row->field[0], "wrong", "a move between states that is not allowed", e);
}

/* How it stands to the lines before it that have its name and revision; lines: all of the record, as the
 * index has them. */
static int check_others(struct verifying *p, const char *id, const struct index_head *line,
			const struct index_head *lines, size_t n, struct error *e)
{
	bool same = false, other = false;

	for (size_t i = 0; i < n; i++) {
		if (lines[i].revision != line->revision || lines[i].gone != line->gone || lines[i].offset >= line->offset)
			continue;
		same |= lines[i].sum == line->sum && lines[i].size == line->size;
		other = !line->gone;   /* tombstones of two machines say the same */
	}
	if (same) {
		p->v->repeated++;
		return tell(p, id, "repeated", "it stands in the log before, word for word", e);
	}
	if (!other)
		return STATUS_DONE;
	p->v->conflicts++;
	return tell(p, id, "conflict", "another line has the same name and revision", e);
}

/* It should not be there any more. */
static int tell_returned(struct verifying *p, const char *id, const struct index_head *line,
			 const struct index_head *stone, struct error *e)
{
	char when[CLOCK_TEXT], why[160];

	clock_text(stone->at, when);
	snprintf(why, sizeof why, "deleted at %s, and back from %s; purge takes it out", when,
		 line->at > stone->at ? "a copy that was changed after" : "an older copy");
	p->v->returned++;
	return tell(p, id, "returned", why, e);
}

/* What the index makes of the line. */
static int check_index(struct verifying *p, const struct log_row *row, const struct index_head *line, struct error *e)
{
	struct buf lines = { 0 };
	const struct index_head *head = NULL;
	int status = index_lines(p->book->index, line->id, &lines, e);

	if (status == STATUS_NO) {
		p->v->index_fits = false;
		status = STATUS_DONE;
	} else if (!status) {
		head = (const void *)lines.data;
		p->current += head->offset == line->offset;
	}
	if (!status && head && head->gone && !line->gone) {
		status = tell_returned(p, row->field[0], line, head, e);
	} else if (!status && head) {
		status = check_step(p, row, line, e);
		if (!status)
			status = check_others(p, row->field[0], line, head, lines.size / sizeof *head, e);
	}
	buf_free(&lines);
	return status;
}

static int take_row(struct verifying *p, const struct log_row *row, struct error *e)
{
	struct index_batch_line line;
	struct error why;
	const char *wrong;
	int status = STATUS_DONE;

	if (book_index_row(p->book->kind, row, &line, &why)) {
		p->v->damaged++;
		return tell(p, row->field[0], "damaged", why.text, e);
	}
	p->v->lines++;
	wrong = p->book->kind->wrong(row->field);
	if (wrong) {
		p->v->wrong++;
		status = tell(p, row->field[0], "wrong", wrong, e);
	}
	return status ? status : check_index(p, row, &line.head, e);
}

int verify_run(struct book *b, struct verify *v, struct error *e)
{
	struct verifying p = { .book = b, .v = v };
	struct log_reader *scan;
	struct log_row row;
	struct error why;
	uint64_t headers = 0;
	int status = log_reader_open(&scan, b->log, e);

	v->lines = v->records = v->headers = v->damaged = v->wrong = v->repeated = v->conflicts = v->returned = 0;
	v->index_fits = true;
	if (status)
		return status;
	log_scan(scan, 0);
	while ((status = log_next(scan, &row, &why)) == STATUS_DONE || status == STATUS_INPUT) {
		p.line += 1 + log_headers(scan) - headers;
		headers = log_headers(scan);
		if (status == STATUS_INPUT) {
			v->damaged++;
			status = tell(&p, "", "damaged", why.text, e);
		} else {
			status = take_row(&p, &row, e);
		}
		if (status)
			break;
	}
	v->headers = log_headers(scan);
	log_reader_close(scan);
	if (status == STATUS_SYSTEM && e != &why && !e->status)
		*e = why;
	if (status != STATUS_NO)
		return status;
	v->records = b->cover.records;
	v->index_fits = v->index_fits && p.current == v->records;
	return v->damaged || v->wrong || v->conflicts || v->returned || !v->index_fits ? STATUS_NO : STATUS_DONE;
}

struct repairing {
	const struct book_kind *kind;
	uint64_t count;
};

static bool keep_whole(void *context, const struct log_row *row, bool damaged)
{
	struct repairing *r = context;
	struct index_batch_line line;

	damaged = damaged || book_index_row(r->kind, row, &line, NULL);
	r->count += damaged;
	return !damaged;
}

int verify_repair(struct book *b, uint64_t *count, struct error *e)
{
	struct repairing r = { .kind = b->kind };
	int status = book_lock(b, e);

	*count = 0;
	if (status)
		return status;
	if (b->cover.damaged)
		status = log_rewrite(b->log, keep_whole, &r, NULL, "damaged", e);
	book_unlock(b);
	*count = r.count;
	return status;
}
