/* verify.c - is the log whole, and does the index fit it? */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "record/verify.h"

#include <stdlib.h>
#include <string.h>

#include "record/country.h"

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

static int tell_wrong(struct verifying *p, const struct record *r, const char *why, struct error *e)
{
	p->v->wrong++;
	return tell(p, r->field[FORM_ID], "wrong", why, e);
}

static bool place_ends(const struct record *r, enum form_place place)
{
	return !r->field[place][0] || country_of(r->field[place]);
}

/* What one line says by itself. */
static int check_line(struct verifying *p, const struct record *r, struct error *e)
{
	struct date d;

	if (!country_of(r->field[FORM_OWNER]))
		return tell_wrong(p, r, "its owner is no country", e);
	if (form_code(FORM_EVENTS, r->field[FORM_EVENT]) < 0)
		return tell_wrong(p, r, "its event is none", e);
	if (!place_ends(r, FORM_MADE_IN) || !place_ends(r, FORM_IMPORT_COUNTRY) || !place_ends(r, FORM_FOUND_COUNTRY))
		return tell_wrong(p, r, "a country that is none", e);
	for (int i = 0; i < FORM_FIELDS; i++) {
		const struct form_field *f = &form_fields[i];

		if (f->kind == FORM_CODE && r->field[i][0] && form_code(f->codes, r->field[i]) < 0)
			return tell_wrong(p, r, f->name, e);
		if (f->kind == FORM_DATE && date_parse(r->field[i], &d, NULL))
			return tell_wrong(p, r, f->name, e);
	}
	return STATUS_DONE;
}

/* The line with the revision before, among those that are not current. */
static int find_revision(struct book *b, uint64_t id, uint64_t revision, struct record *r, struct error *e)
{
	struct buf lines = { 0 };
	const struct index_head *line;
	int status = index_lines(b->index, id, &lines, e);
	size_t n = lines.size / sizeof *line;

	line = (const void *)lines.data;
	for (size_t i = 0; i < n && !status; i++) {
		if (line[i].revision != revision)
			continue;
		status = book_read(b, line[i].offset, r, e);
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

/* A second revision follows a first one, and is a move that is allowed. r is not valid after it. */
static int check_step(struct verifying *p, const struct record *r, const struct index_head *line, struct error *e)
{
	int to = line->state, status;
	char id[ID_TEXT];
	struct record before;

	if (line->revision == 1 || to == STATE_DELETED)
		return STATUS_DONE;
	memcpy(id, r->field[FORM_ID], ID_TEXT);
	status = find_revision(p->book, line->id, line->revision - 1, &before, e);
	if (status == STATUS_NO)
		return STATUS_DONE;   /* an import of an export begins where the export was */
	if (status)
		return status;
	if (form_state(before.field[FORM_STATUS]) >= 0 &&
	    form_move((enum form_state)form_state(before.field[FORM_STATUS]), (enum form_state)to))
		return STATUS_DONE;
	p->v->wrong++;
	return tell(p, id, "wrong", "a move between states that is not allowed", e);
}

/* How it stands to the lines before it that have its name and revision; lines: all of the record, as the
 * index has them. */
static int check_others(struct verifying *p, const char *id, const struct index_head *line,
			const struct index_head *lines, size_t n, struct error *e)
{
	bool same = false, other = false;

	for (size_t i = 0; i < n; i++) {
		if (lines[i].revision != line->revision || lines[i].offset >= line->offset)
			continue;
		same |= lines[i].sum == line->sum && lines[i].size == line->size;
		other = true;
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

/* What the index makes of the line. */
static int check_index(struct verifying *p, const struct record *r, const struct index_head *line, struct error *e)
{
	struct buf lines = { 0 };
	const struct index_head *head;
	char id[ID_TEXT];
	int status = index_lines(p->book->index, line->id, &lines, e);

	if (status == STATUS_NO) {
		p->v->index_fits = false;
		status = STATUS_DONE;
	} else if (!status) {
		head = (const void *)lines.data;
		p->current += head->offset == line->offset;
		memcpy(id, r->field[FORM_ID], ID_TEXT);
		status = check_step(p, r, line, e);
		if (!status)
			status = check_others(p, id, line, head, lines.size / sizeof *head, e);
	}
	buf_free(&lines);
	return status;
}

static int take_row(struct verifying *p, const struct log_row *row, struct error *e)
{
	struct index_batch_line line;
	struct record r;
	struct error why;
	int status;

	memcpy(r.field, row->field, sizeof r.field);
	if (book_index_line(&r, row->offset, row->size, row->raw + row->size - 9, &line, &why)) {
		p->v->damaged++;
		return tell(p, r.field[FORM_ID], "damaged", why.text, e);
	}
	p->v->lines++;
	status = check_line(p, &r, e);
	return status ? status : check_index(p, &r, &line.head, e);
}

int verify_run(struct book *b, struct verify *v, struct error *e)
{
	struct verifying p = { .book = b, .v = v };
	struct log_reader *scan;
	struct log_row row;
	struct error why;
	uint64_t headers = 0;
	int status = log_reader_open(&scan, b->log, e);

	v->lines = v->records = v->headers = v->damaged = v->wrong = v->repeated = v->conflicts = 0;
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
	return v->damaged || v->wrong || v->conflicts || !v->index_fits ? STATUS_NO : STATUS_DONE;
}

struct repairing {
	uint64_t count;
};

static bool keep_whole(void *context, const struct log_row *row, bool damaged)
{
	struct repairing *r = context;
	struct index_batch_line line;
	struct record record;

	if (!damaged) {
		memcpy(record.field, row->field, sizeof record.field);
		damaged = book_index_line(&record, row->offset, row->size, "0", &line, NULL) != 0;
	}
	r->count += damaged;
	return !damaged;
}

int verify_repair(struct book *b, uint64_t *count, struct error *e)
{
	struct repairing r = { 0 };
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
