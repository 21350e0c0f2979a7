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

/* libcsv pushes fields and ends of rows; they are kept in order, as offsets, until asked for. */
struct kept_row {
	size_t first, fields;  /* in ends[] */
	size_t line;
};

struct csv_reader {
	struct csv_parser parser;
	FILE *in;
	bool finished, failed_memory;
	struct buf text;       /* fields, each with a zero behind it */
	struct buf ends;       /* size_t: offset behind each field's zero */
	struct buf rows;       /* struct kept_row */
	size_t next_row;
	size_t line;           /* of the byte being parsed */
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

static void on_field(void *data, size_t size, void *context)
{
	struct csv_reader *r = context;
	const char *p = data, *end = p + size;

	begin_row(r);
	if (buf_add(&r->text, data, size, NULL) || buf_byte(&r->text, 0, NULL) ||
	    buf_add(&r->ends, &r->text.size, sizeof r->text.size, NULL))
		r->failed_memory = true;
	while ((p = memchr(p, '\n', (size_t)(end - p)))) {
		r->line++;
		p++;
	}
}

static void on_end(int c, void *context)
{
	struct csv_reader *r = context;

	if (r->in_row) {
		struct kept_row k = { r->row_first, r->ends.size / sizeof(size_t) - r->row_first,
				      r->row_line };

		if (buf_add(&r->rows, &k, sizeof k, NULL))
			r->failed_memory = true;
		r->in_row = false;
	}
	if (c == '\n')
		r->line++;
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
	r->finished = true;
	if (csv_error(&r->parser) == CSV_ENOMEM || csv_error(&r->parser) == CSV_ETOOBIG)
		return error_memory(e);
	return error_set(e, STATUS_INPUT, "line %zu: a quote out of place, or one that is not closed",
			 r->in_row ? r->row_line : r->line);
}

static int fill(struct csv_reader *r, struct error *e)
{
	size_t n;

	drop_used(r);
	while (r->rows.size == 0 && !r->finished) {
		n = fread(r->block, 1, BLOCK, r->in);
		if (n < BLOCK && ferror(r->in))
			return error_system(e, "cannot read");
		if (n && csv_parse(&r->parser, r->block, n, on_field, on_end, r) != n)
			return parse_error(r, e);
		if (n == 0) {
			r->finished = true;
			if (csv_fini(&r->parser, on_field, on_end, r))
				return parse_error(r, e);
		}
		if (r->failed_memory)
			return error_memory(e);
	}
	return STATUS_DONE;
}

int csv_next(struct csv_reader *r, struct csv_row *row, struct error *e)
{
	struct kept_row k;
	const size_t *ends;
	int status;

	if (r->next_row * sizeof k >= r->rows.size) {
		status = fill(r, e);
		if (status)
			return status;
		if (r->rows.size == 0)
			return STATUS_NO;
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
		if (!strcmp(header->field[i], name))
			return (int)i;
	return -1;
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
