/* source.c - the rows of a report: from the logs of records and of trace requests */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "source.h"

#include <stdlib.h>
#include <string.h>

#include "arm.h"
#include "base/mem.h"
#include "trace/tree.h"

/* No whole line of the log is shorter: it has 42 fields, among them a name, a time and a sum. */
#define CELL 64

/* Where the current lines begin: a bit for each cell of the log. */
struct current {
	unsigned char *bit;    /* NULL: every line is current */
	uint64_t size;
};

static int mark(void *context, const struct index_head *head, struct error *e)
{
	struct current *c = context;
	uint64_t cell = head->offset / CELL;

	(void)e;
	if (head->offset < c->size)
		c->bit[cell / 8] |= (unsigned char)(1 << cell % 8);
	return STATUS_DONE;
}

static int find_current(struct book *b, struct current *c, struct error *e)
{
	c->bit = NULL;
	c->size = b->cover.size;
	if (b->cover.lines == b->cover.records && !b->cover.damaged)
		return STATUS_DONE;
	c->bit = mem_new((size_t)(c->size / CELL / 8 + 1), 1, e);
	return c->bit ? index_each(b->index, mark, c, e) : STATUS_SYSTEM;
}

static bool is_current(const struct current *c, uint64_t offset)
{
	uint64_t cell = offset / CELL;

	return !c->bit || (c->bit[cell / 8] >> cell % 8 & 1);
}

struct reading {
	struct source *s;
	struct source_read *told;
	struct book *b;
	struct traces *traces;          /* NULL: records */
	struct current current;
	struct progress progress;
	int at, state;                  /* columns */
	char traced_in[16];
};
_Static_assert(TRACE_FIELDS + 1 < LOG_COLUMNS, "no room for the source");

/* May the acting officer know of the line? Of a request he may see a part only: out gets what he may. */
static bool sees(const struct reading *r, const char *const *field, const char **out)
{
	struct record record;
	struct request request;
	unsigned party;

	if (!r->traces) {
		memcpy(record.field, field, sizeof record.field);
		memcpy(out, field, sizeof record.field);
		return book_sees(r->b, &record);
	}
	memcpy(request.field, field, sizeof request.field);
	party = traces_party(r->traces, &request);
	request_mask(&request, party);
	memcpy(out, request.field, sizeof request.field);
	return party != PARTY_NONE;
}

/* May an earlier revision be counted? As its record is now: restricted since, it is not, and neither is what
 * was deleted. Only records are asked for by their revisions. */
static int earlier_seen(struct book *b, const struct log_row *row, bool *seen, struct error *e)
{
	const struct standing *s = &b->guard->standing;
	struct index_head head;
	struct record now;
	int status = index_find(b->index, id_pack(row->field[FORM_ID]), &head, e);

	*seen = false;
	if (status == STATUS_NO || (!status && head.state == STATE_DELETED))
		return STATUS_DONE;
	*seen = !status && s->alone;
	if (status || *seen)
		return status;
	status = book_read(b, head.offset, &now, e);
	*seen = !status && book_sees(b, &now);
	return status == STATUS_INPUT ? STATUS_DONE : status;
}

/* Logs that were put together have lines twice, and lines of two machines with one revision, of which one holds. */
static int earlier_counts(struct book *b, const struct log_row *row, bool *counts, struct error *e)
{
	*counts = true;
	if (!b->cover.repeated && !b->cover.conflicts)
		return STATUS_DONE;
	return index_counts(b->index, id_pack(row->field[FORM_ID]), row->offset, true, counts, e);
}

/* A request's own answer says so: the country it names as next, else the one that gave it. */
static bool follow(const char *const *field, const char **country)
{
	if (!arm_traced(field[TRACE_OUTCOME]))
		return false;
	*country = *field[TRACE_NEXT] ? field[TRACE_NEXT] : field[TRACE_TO];
	return true;
}

/* SOURCE_COLUMN of a request: of those that carry it on, the furthest that was traced, the last of several. */
static int find_source(struct reading *r, const char **field, struct error *e)
{
	const char *country = "";
	struct tree tree;
	int status, depth = -1;

	follow(field, &country);
	field[TRACE_FIELDS] = country;
	if (!*field[TRACE_CHILDREN])
		return STATUS_DONE;
	status = tree_open(&tree, r->traces, field[TRACE_ID], false, e);
	if (status)
		return status == STATUS_NO ? STATUS_DONE : status;
	for (size_t i = 0; i < tree.count; i++)
		if (tree.node[i].depth >= depth && follow(tree.node[i].request.field, &country))
			depth = tree.node[i].depth;
	snprintf(r->traced_in, sizeof r->traced_in, "%s", country);
	field[TRACE_FIELDS] = r->traced_in;
	tree_close(&tree);
	return STATUS_DONE;
}

static int take_line(struct reading *r, const struct log_row *line, struct error *e)
{
	const char *field[LOG_COLUMNS];
	struct source_row row = { r->traces ? SOURCE_TRACES : SOURCE_RECORDS, field, is_current(&r->current, line->offset) };
	bool seen = sees(r, line->field, field), counts = true;
	int status = STATUS_DONE;

	if (!row.current && (!r->s->earlier || r->traces || !id_valid(field[FORM_ID])))
		return STATUS_DONE;
	if (!row.current)
		status = earlier_counts(r->b, line, &counts, e);
	if (!status && !row.current && counts)
		status = earlier_seen(r->b, line, &seen, e);
	if (status || !counts || !seen)
		return status;
	if (strcmp(field[r->at], r->told->last) > 0)
		snprintf(r->told->last, sizeof r->told->last, "%s", field[r->at]);
	if (!strcmp(field[r->state], "deleted")) {
		r->told->deleted += row.current;
		return STATUS_DONE;
	}
	r->told->rows += row.current;
	if (r->traces && r->s->sources)
		status = find_source(r, field, e);
	return status ? status : r->s->take(r->s->context, &row, e);
}

static int read_log(struct reading *r, struct error *e)
{
	struct log_reader *reader = NULL;
	struct log_row line;
	uint64_t told = 0;
	int status = log_reader_open(&reader, r->b->log, e);

	if (!status)
		log_scan(reader, 0);
	while (!status) {
		status = log_next(reader, &line, e);
		if (line.offset >= r->current.size && status != STATUS_NO)
			status = STATUS_NO;
		if (status == STATUS_INPUT) {
			r->told->damaged++;
			status = STATUS_DONE;
			continue;
		}
		if (!status)
			status = take_line(r, &line, e);
		if (!status && line.offset - told > 1 << 20) {
			progress_step(&r->progress, (int64_t)(line.offset - told));
			told = line.offset;
		}
	}
	log_reader_close(reader);
	return status == STATUS_NO ? STATUS_DONE : status;
}

/* The log of an open book, whose columns have these names. */
static int read_book(struct source *s, struct book *b, struct traces *traces, const struct columns *columns,
		     struct error *e)
{
	enum source_kind kind = traces ? SOURCE_TRACES : SOURCE_RECORDS;
	struct reading r = { .s = s, .told = &s->read[s->reads++], .b = b, .traces = traces,
			     .at = traces ? (int)TRACE_AT : (int)FORM_AT,
			     .state = traces ? (int)TRACE_STATE : (int)FORM_STATUS };
	int status;

	snprintf(r.told->what, sizeof r.told->what, "%s", b->kind->shape->file);
	status = s->begin(s->context, kind, columns, e);
	if (!status)
		status = find_current(b, &r.current, e);
	if (!status) {
		progress_start(&r.progress, stderr, s->progress, "bytes", (int64_t)b->cover.size);
		status = read_log(&r, e);
		progress_end(&r.progress);
		free(r.current.bit);
	}
	/* how many lines there are tells of those that may not be seen */
	if (s->guard->standing.alone)
		r.told->lines = b->cover.lines;
	return status;
}

int source_records(struct source *s, struct error *e)
{
	const char *name[FORM_FIELDS];
	const struct columns columns = { name, FORM_FIELDS };
	struct book b;
	int status = book_open(&b, s->guard, NULL, NULL, e);

	for (int i = 0; i < FORM_FIELDS; i++)
		name[i] = form_fields[i].name;
	if (status)
		return status;
	status = read_book(s, &b, NULL, &columns, e);
	book_close(&b);
	return status;
}

int source_traces(struct source *s, struct error *e)
{
	const char *name[TRACE_FIELDS + 1];
	const struct columns columns = { name, (size_t)TRACE_FIELDS + s->sources };
	struct traces t;
	int status = traces_open(&t, s->guard, NULL, NULL, NULL, e);

	for (int i = 0; i < TRACE_FIELDS; i++)
		name[i] = trace_fields[i].name;
	name[TRACE_FIELDS] = SOURCE_COLUMN;
	if (status)
		return status;
	status = read_book(s, &t.book, &t, &columns, e);
	traces_close(&t);
	return status;
}
