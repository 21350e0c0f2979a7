/* csv.c - rows of CSV, read one by one */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "file/csv.h"

#include <csv.h>
#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"

#define BLOCK 65536
#define ROW_MAX (8 << 20)

/* libcsv pushes fields and ends of rows; they are kept in order, as offsets, until asked for. */
struct kept_row {
	size_t first, fields;  /* in ends[] */
	size_t line;
};

struct csv_reader {
	struct csv_parser parser;
	FILE *in;
	bool begun, finished, failed_memory;
	struct error pending;  /* found behind rows that the caller has not had yet */
	struct buf text;       /* fields, each with a zero behind it */
	struct buf ends;       /* size_t: offset behind each field's zero */
	struct buf rows;       /* struct kept_row */
	size_t next_row;
	size_t line;           /* where the field being parsed begins */
	bool after_cr;         /* the byte before it ended a line, and LF would belong to it */
	size_t row_line, row_first;
	bool in_row;
	struct buf fields, lengths;  /* what the caller sees */
	char block[BLOCK];
};

static void begin_row(struct csv_reader *r)
{
	if (r->in_row)
		return;
	r->in_row = true;
	r->row_line = r->line;
	r->row_first = r->ends.size / sizeof(size_t);
}

/* LF, CR LF and a lone CR each end a line. */
static size_t line_ends(const char *p, size_t size)
{
	const char *end = p + size, *at;
	size_t n = 0;

	for (at = p; at < end && (at = memchr(at, '\n', (size_t)(end - at))); at++)
		n++;
	for (at = p; at < end && (at = memchr(at, '\r', (size_t)(end - at))); at++)
		n += at + 1 == end || at[1] != '\n';
	return n;
}

static void on_field(void *data, size_t size, void *context)
{
	struct csv_reader *r = context;

	if (r->failed_memory)  /* rows that were whole before stay right */
		return;
	begin_row(r);
	if (buf_add(&r->text, data, size, NULL) || buf_byte(&r->text, 0, NULL) ||
	    buf_add(&r->ends, &r->text.size, sizeof r->text.size, NULL))
		r->failed_memory = true;
	r->line += line_ends(data, size);
	r->after_cr = false;
}

static void on_end(int c, void *context)
{
	struct csv_reader *r = context;

	if (r->failed_memory)
		return;
	if (r->in_row) {
		struct kept_row k = { r->row_first, r->ends.size / sizeof(size_t) - r->row_first,
				      r->row_line };

		if (buf_add(&r->rows, &k, sizeof k, NULL))
			r->failed_memory = true;
		r->in_row = false;
	}
	if (c == '\r' || (c == '\n' && !r->after_cr))
		r->line++;
	r->after_cr = c == '\r';
}

/* Blanks around a field belong to it. */
static int no_space(unsigned char c)
{
	(void)c;
	return 0;
}

struct csv_reader *csv_open(FILE *in, char delimiter, struct error *e)
{
	struct csv_reader *r = mem_new(1, sizeof *r, e);

	if (!r)
		return NULL;
	if (csv_init(&r->parser, CSV_STRICT | CSV_STRICT_FINI | CSV_REPALL_NL)) {
		free(r);
		error_memory(e);
		return NULL;
	}
	csv_set_delim(&r->parser, (unsigned char)delimiter);
	csv_set_space_func(&r->parser, no_space);
	csv_set_blk_size(&r->parser, BLOCK / 4);
	r->in = in;
	r->line = 1;
	return r;
}

/* What was handed out is dropped; a row whose end has not come yet moves to the front. */
static void drop_used(struct csv_reader *r)
{
	size_t *ends = (size_t *)(void *)r->ends.data;
	size_t keep_from = 0, count = r->ends.size / sizeof *ends;

	if (!r->in_row) {
		r->text.size = r->ends.size = 0;
	} else if (r->row_first > 0) {
		keep_from = ends[r->row_first - 1];
		memmove(r->text.data, r->text.data + keep_from, r->text.size - keep_from);
		r->text.size -= keep_from;
		for (size_t i = r->row_first; i < count; i++)
			ends[i - r->row_first] = ends[i] - keep_from;
		r->ends.size = (count - r->row_first) * sizeof *ends;
		r->row_first = 0;
	}
	r->rows.size = 0;
	r->next_row = 0;
}

static int parse_error(struct csv_reader *r, struct error *e)
{
	if (csv_error(&r->parser) == CSV_ENOMEM || csv_error(&r->parser) == CSV_ETOOBIG)
		return error_memory(e);
	return error_set(e, STATUS_INPUT, "line %zu: a quote out of place, or one that is not closed",
			 r->in_row ? r->row_line : r->line);
}

/* What the row that has not ended yet takes up so far. */
static size_t open_row_size(const struct csv_reader *r)
{
	const size_t *ends = (const size_t *)(const void *)r->ends.data;
	size_t from = r->row_first ? ends[r->row_first - 1] : 0;

	return (r->in_row ? r->text.size - from : 0) + r->parser.entry_pos;
}

/* A byte order mark is no part of the first name. */
static size_t mark_size(struct csv_reader *r, size_t n)
{
	bool mark = !r->begun && n >= 3 && !memcmp(r->block, "\xef\xbb\xbf", 3);

	r->begun = true;
	return mark ? 3 : 0;
}

/* One block of the file through the parser. */
static int parse_block(struct csv_reader *r, struct error *e)
{
	size_t n = fread(r->block, 1, BLOCK, r->in), from = mark_size(r, n);
	int number = errno;

	if (n > from && csv_parse(&r->parser, r->block + from, n - from, on_field, on_end, r) != n - from)
		return parse_error(r, e);
	if (n < BLOCK && ferror(r->in)) {
		errno = number;
		return error_system(e, "cannot read");
	}
	if (n < BLOCK) {
		r->finished = true;
		if (csv_fini(&r->parser, on_field, on_end, r))
			return parse_error(r, e);
	}
	if (r->failed_memory)
		return error_memory(e);
	if (open_row_size(r) > ROW_MAX)
		return error_set(e, STATUS_INPUT, "line %zu: a row of more than %d bytes (a quote that is "
				 "not closed?)", r->in_row ? r->row_line : r->line, ROW_MAX);
	return STATUS_DONE;
}

/* Until there is a row. Rows that stand before a fault are handed out before it is reported, so that
 * where the blocks happen to end makes no difference. */
static void fill(struct csv_reader *r)
{
	drop_used(r);
	while (r->rows.size == 0 && !r->finished)
		if (parse_block(r, &r->pending))
			r->finished = true;
}

int csv_next(struct csv_reader *r, struct csv_row *row, struct error *e)
{
	struct kept_row k;
	const size_t *ends;

	if (r->next_row * sizeof k >= r->rows.size)
		fill(r);
	if (r->rows.size == 0) {
		struct error pending = r->pending;

		r->pending.status = STATUS_DONE;
		return pending.status ? error_set(e, pending.status, "%s", pending.text) : STATUS_NO;
	}
	memcpy(&k, r->rows.data + r->next_row++ * sizeof k, sizeof k);
	r->fields.size = r->lengths.size = 0;
	ends = (const size_t *)(void *)r->ends.data;
	for (size_t i = k.first; i < k.first + k.fields; i++) {
		size_t from = i ? ends[i - 1] : 0, length = ends[i] - 1 - from;
		char *at = (char *)r->text.data + from;

		if (buf_add(&r->fields, &at, sizeof at, e) ||
		    buf_add(&r->lengths, &length, sizeof length, e))
			return STATUS_SYSTEM;
	}
	row->field = (char **)(void *)r->fields.data;
	row->length = (size_t *)(void *)r->lengths.data;
	row->fields = k.fields;
	row->line = k.line;
	return STATUS_DONE;
}

int csv_column(const struct csv_row *header, const char *name)
{
	for (size_t i = 0; i < header->fields; i++)
		if (header->length[i] == strlen(name) && !memcmp(header->field[i], name, strlen(name)))
			return (int)i;
	return -1;
}

int csv_check_form(const struct csv_row *header, struct error *e)
{
	const char *first = header->field[0];
	size_t n = strcspn(first, ";\t|");

	if (!strncmp(first, "\xff\xfe", 2) || !strncmp(first, "\xfe\xff", 2))
		return error_set(e, STATUS_INPUT, "it is in UTF-16; rows of UTF-8 are read");
	if (header->fields > 1 || !first[n])
		return STATUS_DONE;
	return error_set(e, STATUS_INPUT, "its header has %s and no comma; rows of CSV with commas are read",
			 first[n] == ';' ? "semicolons" : first[n] == '|' ? "bars" : "tabs");
}

void csv_close(struct csv_reader *r)
{
	if (!r)
		return;
	csv_free(&r->parser);
	buf_free(&r->text);
	buf_free(&r->ends);
	buf_free(&r->rows);
	buf_free(&r->fields);
	buf_free(&r->lengths);
	free(r);
}
