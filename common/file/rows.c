/* rows.c - rows of text with a header: csv, tsv, json or an aligned table */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "file/rows.h"

#include <errno.h>
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"

struct rows {
	FILE *out;
	enum rows_format format;
	const struct rows_column *column;
	size_t count;            /* columns that callers give */
	size_t *shown, shows;    /* places among them that are printed, in order */
	struct buf text;         /* the row's fields, each with a zero behind it */
	size_t *start;           /* of each field in text; SIZE_MAX for none */
	const char *const *given;  /* by rows_texts: the columns from `first` on */
	size_t first, givens;
	size_t at;               /* the column that comes next */
	struct buf held;         /* table: every row's shown fields, each with a zero behind it */
	struct buf line;         /* what is written next */
	bool failed;             /* memory, while a row was put together */
	int error_number;        /* errno of the first write that failed */
};

static int no_column(const struct rows *r, const char *name, size_t n, struct error *e)
{
	char known[420] = "";
	size_t at = 0;

	for (size_t i = 0; i < r->count && at < sizeof known; i++)
		at += (size_t)snprintf(known + at, sizeof known - at, "%s%s", i ? " " : "", r->column[i].name);
	return error_set(e, STATUS_USAGE, "no column '%.*s'; there are: %s", (int)(n < 60 ? n : 60), name, known);
}

static int select_columns(struct rows *r, const char *select, struct error *e)
{
	for (size_t i = 0; !select && i < r->count; i++)
		r->shown[r->shows++] = i;
	while (select) {
		size_t n = strcspn(select, ","), i = 0, k = 0;

		while (i < r->count && (strlen(r->column[i].name) != n ||
					memcmp(r->column[i].name, select, n)))
			i++;
		if (i == r->count)
			return no_column(r, select, n, e);
		while (k < r->shows && r->shown[k] != i)
			k++;
		if (k < r->shows)  /* JSON cannot have it twice */
			return error_set(e, STATUS_USAGE, "column '%.*s' is named twice", (int)n, select);
		r->shown[r->shows++] = i;
		select = select[n] ? select + n + 1 : NULL;
	}
	return STATUS_DONE;
}

static inline void put(struct rows *r, const char *text, size_t n)
{
	struct buf *line = &r->line;

	if (line->room - line->size < n && buf_reserve(line, n, NULL)) {
		r->failed = true;
		return;
	}
	if (n)
		memcpy(line->data + line->size, text, n);
	line->size += n;
}

static void write_bytes(struct rows *r, const void *bytes, size_t size)
{
	errno = 0;
	if (size && fwrite(bytes, 1, size, r->out) != size && !r->error_number)
		r->error_number = errno ? errno : EIO;
}

static void write_line(struct rows *r)
{
	write_bytes(r, r->line.data, r->line.size);
	r->line.size = 0;
}

static void put_csv(struct rows *r, const char *text)
{
	static const unsigned char stop[256] = { [0] = 1, [','] = 1, ['"'] = 1, ['\r'] = 1, ['\n'] = 1 };
	size_t plain = 0;

	while (!stop[(unsigned char)text[plain]])
		plain++;
	if (!text[plain] && *text != ' ') {
		put(r, text, plain);
		return;
	}
	put(r, "\"", 1);
	while (*text) {
		size_t n = strcspn(text, "\"");

		put(r, text, n);
		text += n;
		if (*text) {
			put(r, "\"\"", 2);
			text++;
		}
	}
	put(r, "\"", 1);
}

static void put_tsv(struct rows *r, const char *text)
{
	static const char from[] = "\t\n\r\\", to[] = "tnr\\";

	while (*text) {
		size_t n = strcspn(text, from);

		put(r, text, n);
		text += n;
		if (*text) {
			char escape[2] = { '\\', to[strchr(from, *text) - from] };

			put(r, escape, 2);
			text++;
		}
	}
}

static void put_json(struct rows *r, const char *text)
{
	put(r, "\"", 1);
	for (const char *s = text; *s;) {
		size_t n = utf8_length(s);
		char escape[8];

		if (n == 0) {
			put(r, "\xef\xbf\xbd", 3);
			n = 1;
		} else if (*s == '"' || *s == '\\') {
			snprintf(escape, sizeof escape, "\\%c", *s);
			put(r, escape, 2);
		} else if (utf8_control(s)) {
			snprintf(escape, sizeof escape, "\\u%04x", (unsigned char)s[n - 1]);
			put(r, escape, 6);
		} else {
			put(r, s, n);
		}
		s += n;
	}
	put(r, "\"", 1);
}

/* As RFC 8259 writes numbers; what else stands in a column of numbers is quoted. */
static bool json_number(const char *text)
{
	static const char digits[] = "0123456789";
	const char *p = text + (*text == '-');
	size_t n = strspn(p, digits);

	if (n == 0 || (n > 1 && *p == '0'))
		return false;
	p += n;
	if (*p == '.') {
		n = strspn(++p, digits);
		if (n == 0)
			return false;
		p += n;
	}
	if (*p == 'e' || *p == 'E') {
		p += 1 + (p[1] == '+' || p[1] == '-');
		n = strspn(p, digits);
		if (n == 0)
			return false;
		p += n;
	}
	return !*p;
}

static const char *field(const struct rows *r, size_t column)
{
	if (r->given && column >= r->first && column - r->first < r->givens)
		return *r->given[column - r->first] ? r->given[column - r->first] : NULL;
	return r->start[column] == SIZE_MAX ? NULL : (const char *)r->text.data + r->start[column];
}

static void put_field(struct rows *r, size_t column, const char *text)
{
	if (r->format == ROWS_CSV) {
		if (r->shows == 1 && (!text || !*text))  /* or it would be a blank line, which is no row */
			put(r, "\"\"", 2);
		else
			put_csv(r, text ? text : "");
	} else if (r->format == ROWS_TSV) {
		put_tsv(r, text ? text : "");
	} else {
		put_json(r, r->column[column].name);
		put(r, ":", 1);
		if (!text)
			put(r, "null", 4);
		else if (r->column[column].kind == COLUMN_NUMBER && json_number(text))
			put(r, text, strlen(text));
		else
			put_json(r, text);
	}
}

static void put_header(struct rows *r)
{
	for (size_t i = 0; i < r->shows; i++) {
		const char *name = r->column[r->shown[i]].name;

		if (r->format == ROWS_TABLE) {
			r->failed |= buf_add(&r->held, name, strlen(name) + 1, NULL) != 0;
			continue;
		}
		if (i)
			put(r, r->format == ROWS_CSV ? "," : "\t", 1);
		put_field(r, r->shown[i], name);
	}
	if (r->format != ROWS_TABLE)
		put(r, "\n", 1);
	write_line(r);
}

static void rows_free(struct rows *r)
{
	buf_free(&r->text);
	buf_free(&r->held);
	buf_free(&r->line);
	free(r->shown);
	free(r->start);
	free(r);
}

int rows_open(struct rows **rows, FILE *out, enum rows_format format,
	      const struct rows_column *columns, size_t count, const char *select, struct error *e)
{
	struct rows *r = mem_new(1, sizeof *r, e);
	int status = STATUS_SYSTEM;

	*rows = NULL;
	if (!r)
		return STATUS_SYSTEM;
	r->out = out;
	r->format = format;
	r->column = columns;
	r->count = count;
	r->shown = mem_new(count, sizeof *r->shown, e);
	r->start = mem_new(count, sizeof *r->start, e);
	if (r->shown && r->start)
		status = select_columns(r, select, e);
	if (status) {
		rows_free(r);
		return status;
	}
	if (format != ROWS_JSON)
		put_header(r);
	*rows = r;
	return STATUS_DONE;
}

void rows_text(struct rows *r, const char *text)
{
	if (r->at >= r->count) {
		r->at++;  /* rows_end says so */
		return;
	}
	r->start[r->at++] = text ? r->text.size : SIZE_MAX;
	if (text && buf_add(&r->text, text, strlen(text) + 1, NULL))
		r->failed = true;
}

void rows_texts(struct rows *r, const char *const *text, size_t columns)
{
	r->given = text;
	r->givens = columns;
	r->first = r->at;
	r->at += columns;
}

void rows_integer(struct rows *r, int64_t value)
{
	char text[32];

	snprintf(text, sizeof text, "%lld", (long long)value);
	rows_text(r, text);
}

void rows_real(struct rows *r, double value, int decimals)
{
	char text[400];  /* the largest double has 309 digits */

	if (!isfinite(value)) {
		rows_text(r, NULL);
		return;
	}
	snprintf(text, sizeof text, "%.*f", decimals < 0 ? 0 : decimals > 60 ? 60 : decimals, value);
	/* no "-0.00" */
	if (text[0] == '-' && !text[1 + strspn(text + 1, "0.")])
		rows_text(r, text + 1);
	else
		rows_text(r, text);
}

/* The row as it is printed, or held, into r->line. */
static void compose(struct rows *r)
{
	if (r->format == ROWS_JSON)
		put(r, "{", 1);
	for (size_t i = 0; i < r->shows; i++) {
		const char *text = field(r, r->shown[i]);

		if (r->format == ROWS_TABLE) {
			put(r, text ? text : "", text ? strlen(text) + 1 : 1);
			continue;
		}
		if (i)
			put(r, r->format == ROWS_TSV ? "\t" : ",", 1);
		put_field(r, r->shown[i], text);
	}
	if (r->format != ROWS_TABLE)
		put(r, r->format == ROWS_JSON ? "}\n" : "\n", r->format == ROWS_JSON ? 2 : 1);
}

int rows_form(const struct rows *r, const char *const *text, struct buf *to, struct error *e)
{
	struct rows own = *r;
	size_t before = to->size;

	own.given = text;
	own.givens = r->count;
	own.first = 0;
	own.failed = false;
	own.line = *to;
	compose(&own);
	*to = own.line;
	if (!own.failed)
		return STATUS_DONE;
	to->size = before;
	return error_memory(e);
}

/* What is composed goes out, or is held. */
static int give_out(struct rows *r, const void *row, size_t size, struct error *e)
{
	if (r->format == ROWS_TABLE)
		return buf_add(&r->held, row, size, e);
	write_bytes(r, row, size);
	if (r->error_number) {
		errno = r->error_number;
		return error_system(e, "standard output");
	}
	return STATUS_DONE;
}

int rows_put(struct rows *r, const struct buf *formed, struct error *e)
{
	return formed->size ? give_out(r, formed->data, formed->size, e) : STATUS_DONE;
}

int rows_end(struct rows *r, struct error *e)
{
	int status;

	if (r->failed)
		return error_memory(e);
	if (r->at != r->count)
		return error_set(e, STATUS_SYSTEM, "a row of %zu columns instead of %zu", r->at, r->count);
	compose(r);
	r->at = 0;
	r->text.size = 0;
	r->given = NULL;
	if (r->failed)  /* no part of a row */
		return error_memory(e);
	status = give_out(r, r->line.data, r->line.size, e);
	r->line.size = 0;
	return status;
}

/* Characters, not bytes: a control character or a damaged byte is shown as one '?'. Wide characters
 * and combining ones count as one, too. */
static size_t width(const char *text)
{
	size_t n = 0, bytes;

	for (; *text; text += bytes ? bytes : 1, n++)
		bytes = utf8_length(text);
	return n;
}

static void put_padded(struct rows *r, const char *text, size_t wide, bool right, bool last)
{
	size_t pad = wide - width(text);

	for (size_t i = 0; right && i < pad; i++)
		put(r, " ", 1);
	for (const char *p = text; *p;) {
		size_t n = utf8_length(p);

		if (n && !utf8_control(p))
			put(r, p, n);
		else
			put(r, "?", 1);
		p += n ? n : 1;
	}
	for (size_t i = 0; !right && !last && i < pad; i++)
		put(r, " ", 1);
	put(r, last ? "\n" : "  ", last ? 1 : 2);
	if (last)
		write_line(r);
}

static int put_table(struct rows *r, struct error *e)
{
	const char *end = (const char *)r->held.data + r->held.size, *p;
	size_t *wide = mem_new(r->shows, sizeof *wide, e), i;

	if (!wide)
		return STATUS_SYSTEM;
	for (p = (const char *)r->held.data, i = 0; p < end; p += strlen(p) + 1, i = (i + 1) % r->shows)
		if (width(p) > wide[i])
			wide[i] = width(p);
	for (p = (const char *)r->held.data, i = 0; p < end; p += strlen(p) + 1, i = (i + 1) % r->shows)
		put_padded(r, p, wide[i], r->column[r->shown[i]].kind == COLUMN_NUMBER,
			   i + 1 == r->shows);
	free(wide);
	return STATUS_DONE;
}

int rows_close(struct rows *r, struct error *e)
{
	int status = STATUS_DONE;

	if (!r)
		return STATUS_DONE;
	if (r->failed)
		status = error_memory(e);
	else if (r->format == ROWS_TABLE)
		status = put_table(r, e);
	if (!status && r->failed)
		status = error_memory(e);
	errno = r->error_number;
	if (!status && (errno || fflush(r->out) || ferror(r->out))) {
		if (!errno)  /* it failed before, in other hands */
			errno = EIO;
		status = error_system(e, "standard output");
	}
	rows_free(r);
	return status;
}

int rows_finish(struct rows *r, int status, struct error *e)
{
	struct error own;

	return rows_close(r, &own) && status <= STATUS_NO ? error_set(e, own.status, "%s", own.text) : status;
}
