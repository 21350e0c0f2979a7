/* output.c - a report in the form that was asked for */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "output.h"

#include <string.h>

#include "report/paper.h"
#include "report/web.h"

static int no_table(const struct sheet *s, const char *name, struct error *e)
{
	struct buf known = { 0 };
	int status = STATUS_SYSTEM, bad = STATUS_DONE;

	for (size_t i = 0; i < s->tables && !bad; i++)
		bad = buf_format(&known, e, " %s", s->table[i]->name);
	if (!bad && buf_string(&known, e))
		status = error_set(e, STATUS_USAGE, "no table '%s' here; there are:%s", name, (char *)known.data);
	buf_free(&known);
	return status;
}

/* Pages are complete in memory before anything is written. */
static int write_pages(struct desk *d, const struct sheet *s, const struct sheet_table *one, struct error *e)
{
	struct buf out = { 0 };
	char now[CLOCK_TEXT];
	int status;

	clock_text(d->now, now);
	if (d->common->format == DESK_HTML)
		status = web_page(s, &out, e);
	else if (d->common->format == DESK_SVG)
		status = web_picture(s, one, &out, e);
	else
		status = paper_pages(s, now, &out, e);
	if (!status && out.size && fwrite(out.data, 1, out.size, stdout) != out.size)
		status = error_system(e, "standard output");
	buf_free(&out);
	return status;
}

int output_write(struct desk *d, struct sheet *s, struct error *e)
{
	const struct common *c = d->common;
	struct sheet_table *one = c->table ? sheet_find(s, c->table) : NULL;

	if (c->table && !one)
		return no_table(s, c->table, e);
	switch ((enum desk_format)c->format) {
	case DESK_CSV: return sheet_print(s, one, stdout, ROWS_CSV, c->columns, e);
	case DESK_TSV: return sheet_print(s, one, stdout, ROWS_TSV, c->columns, e);
	case DESK_JSON: return sheet_print(s, one, stdout, ROWS_JSON, c->columns, e);
	case DESK_TABLE:
		return one || c->columns ? sheet_print(s, one, stdout, ROWS_TABLE, c->columns, e) :
		       sheet_print_pages(s, stdout, e);
	case DESK_DOT: return d->report->dot(s, stdout, e);
	default: return write_pages(d, s, one, e);
	}
}
