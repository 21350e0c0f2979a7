/* iarms-form.c - trace requests as forms on paper */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/clock.h"
#include "base/option.h"
#include "file/csv.h"
#include "file/input.h"
#include "guard/privilege.h"
#include "iarms-form/form.h"

/* A program of its own, so that iarms-trace starts without the libraries that lay out letters. */
static const struct option_program program = {
	"iarms-form", VERSION, "[FILE...] > PDF",
	"Draws trace requests as forms on paper: rows of iarms-trace export, from files or standard input."
};

static const struct option_line table[] = {
	{ NULL, 0, OPTION_FLAG, 0, NULL, NULL, 0, 0 }
};

/* Columns beside those of a request are passed over: TRACE_FIELDS. */
#define COLUMNS (TRACE_FIELDS + 64)
struct header {
	enum trace_place place[COLUMNS];
	size_t columns;
	int id;                   /* the column of it */
};

struct run {
	struct printform *paper;
	struct buf pdf;
	struct pool pool;
	int64_t count;
	int status;               /* the worst so far */
};

static void complain(struct run *run, const struct error *e)
{
	if (e->text[0])
		error_print(stderr, program.name, e);
	run->status = error_worse(run->status, e->status);
}

/* All columns of a request must be there: a form that lacks what was left out would look whole. */
static int read_header(const struct csv_row *row, struct header *h, struct error *e)
{
	if (row->fields > COLUMNS)
		return error_set(e, STATUS_INPUT, "%zu columns: not the rows of iarms-trace export", row->fields);
	for (int i = 0; i < TRACE_FIELDS; i++)
		if (csv_column(row, trace_fields[i].name) < 0)
			return error_set(e, STATUS_INPUT, "no column '%s': not the rows of iarms-trace export",
					 trace_fields[i].name);
	for (size_t i = 0; i < row->fields; i++) {
		h->place[i] = trace_field_find(row->field[i]);
		if (h->place[i] != TRACE_FIELDS && csv_column(row, row->field[i]) != (int)i)
			return error_set(e, STATUS_INPUT, "two columns are called '%s'", row->field[i]);
	}
	h->columns = row->fields;
	h->id = csv_column(row, trace_fields[TRACE_ID].name);
	return STATUS_DONE;
}

/* STATUS_INPUT: no form can be made of it; nothing of it is drawn then. */
static int draw_row(struct run *run, const struct header *h, const struct csv_row *row, struct error *e)
{
	struct request q;
	int status;

	if (row->fields != h->columns)
		return error_set(e, STATUS_INPUT, "%zu fields, the header has %zu", row->fields, h->columns);
	request_clear(&q);
	for (size_t i = 0; i < h->columns; i++) {
		if (strlen(row->field[i]) != row->length[i])
			return error_set(e, STATUS_INPUT, "a NUL byte");
		if (h->place[i] != TRACE_FIELDS)
			q.field[h->place[i]] = row->field[i];
	}
	status = form_check(&q, e);
	if (status)
		return status;
	run->count++;
	return form_put(run->paper, &q, &run->pool, e);
}

static int draw_rows(struct run *run, struct csv_reader *csv, const char *name, struct error *e)
{
	struct header h;
	struct csv_row row;
	struct error own;
	char where[300];
	int status = csv_next(csv, &row, e);

	if (status == STATUS_NO)   /* as `iarms-trace show` of nothing */
		return STATUS_DONE;
	if (!status)
		status = read_header(&row, &h, e);
	while (!status && !(status = csv_next(csv, &row, e))) {
		/* one export behind the other */
		if ((size_t)h.id < row.fields && !strcmp(row.field[h.id], trace_fields[TRACE_ID].name)) {
			status = read_header(&row, &h, e);
			continue;
		}
		status = draw_row(run, &h, &row, &own);
		if (status == STATUS_SYSTEM) {
			*e = own;
		} else if (status) {
			snprintf(where, sizeof where, "%.250s: line %zu", name, row.line);
			error_within(&own, where);
			complain(run, &own);
			status = STATUS_DONE;
		}
	}
	return status == STATUS_NO ? STATUS_DONE : status;
}

static int draw_file(struct run *run, const char *path, struct error *e)
{
	const char *name = strcmp(path, "-") ? path : "standard input";
	struct csv_reader *csv;
	FILE *in = NULL;
	int status = input_stream(path, &in, e);

	if (!status) {
		csv = csv_open(in, ',', e);
		status = csv ? draw_rows(run, csv, name, e) : STATUS_SYSTEM;
		csv_close(csv);
		input_close(in);
	}
	return status ? error_within(e, name) : STATUS_DONE;
}

/* What is wrong with a file or a row does not keep the others from being drawn. Nothing is written before all was
 * read: a PDF has its table of contents at its end. */
static int draw_all(struct run *run, const struct option_parsed *parsed, struct error *e)
{
	static char standard_input[] = "-", *const none[] = { standard_input };
	char *const *file = parsed->operands ? parsed->operand : none;
	int files = parsed->operands ? parsed->operands : 1, status;
	char now[CLOCK_TEXT];
	int64_t seconds;

	status = clock_now(&seconds, e);
	if (status)
		return status;
	clock_text(seconds, now);
	status = printform_open(&run->paper, "Trace requests", now, &run->pdf, e);
	for (int i = 0; i < files && status != STATUS_SYSTEM; i++) {
		status = draw_file(run, file[i], e);
		if (status && status != STATUS_SYSTEM)
			complain(run, e);
	}
	if (status == STATUS_SYSTEM)
		return status;
	if (!run->count)
		return run->status ? STATUS_DONE : error_set(e, STATUS_NO, "no requests: no form");
	status = printform_end(run->paper, e);
	if (!status && (fwrite(run->pdf.data, 1, run->pdf.size, stdout) != run->pdf.size || fflush(stdout)))
		status = error_system(e, "standard output");
	return status;
}

int main(int argc, char **argv)
{
	struct run run = { .count = 0 };
	struct option_parsed parsed;
	struct error e = { 0 };
	int options, status = privilege_start(&e);

	/* it needs no rights, and what draws letters reads files that the environment names */
	if (!status)
		status = privilege_drop(&e);
	if (!status)
		status = option_parse(table, argc, argv, &options, &parsed, &e);
	if (!status && parsed.action != OPTION_RUN)
		status = option_answer(stdout, &program, table, &parsed, &e);
	else if (!status)
		status = draw_all(&run, &parsed, &e);
	if (status)
		complain(&run, &e);
	printform_close(run.paper);
	buf_free(&run.pdf);
	pool_free(&run.pool);
	return run.status;
}
