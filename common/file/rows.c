/* rows.c - rows of text with a header: csv, tsv, json or an aligned table */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "file/rows.h"

#include <errno.h>
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"

struct rows {
	FILE *out;
	enum rows_format format;
	const struct rows_column *column;
	size_t count;            /* columns that callers give */
	size_t *shown, shows;    /* places among them that are printed, in order */
	struct buf text;         /* the row's fields, each with a zero behind it */
	size_t *start;           /* of each field in text; SIZE_MAX for none */
	size_t at;               /* the column that comes next */
	struct buf held;         /* table: every row's shown fields, each with a zero behind it */
	bool failed;             /* memory, while a row was put together */
	int error_number;        /* errno of the first write that failed */
};

static int select_columns(struct rows *r, const char *select, struct error *e)
{
	char known[300] = "";

	for (size_t i = 0; i < r->count; i++) {
		if (!select)
			r->shown[r->shows++] = i;
		if (strlen(known) + strlen(r->column[i].name) + 3 < sizeof known)
			sprintf(known + strlen(known), "%s%s", i ? " " : "", r->column[i].name);
	}
	while (select && *select) {
		size_t n = strcspn(select, ","), i = 0;

		while (i < r->count && (strlen(r->column[i].name) != n ||
					memcmp(r->column[i].name, select, n)))
			i++;
		if (i == r->count || r->shows == 4 * r->count)
			return error_set(e, STATUS_USAGE, "no column '%.*s'; there are: %s",
					 (int)(n < 60 ? n : 60), select, known);
		r->shown[r->shows++] = i;
		select += n + (select[n] == ',');
	}
	return STATUS_DONE;
}

static void put(struct rows *r, const char *text, size_t n)
{
	errno = 0;
	if (n && fwrite(text, 1, n, r->out) != n && !r->error_number)
		r->error_number = errno ? errno : EIO;
}

static void put_csv(struct rows *r, const char *text)
{
	if (!text[strcspn(text, ",\"\r\n")] && *text != ' ') {
		put(r, text, strlen(text));
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

/* Bytes of the UTF-8 character at s, or 0 when there is none (RFC 3629, table 3-7 of Unicode). */
static size_t utf8_length(const unsigned char *s)
{
	static const struct { unsigned char low, high, second_low, second_high; size_t n; } form[] = {
		{ 0x00, 0x7f, 0, 0, 1 }, { 0xc2, 0xdf, 0x80, 0xbf, 2 },
		{ 0xe0, 0xe0, 0xa0, 0xbf, 3 }, { 0xe1, 0xec, 0x80, 0xbf, 3 },
		{ 0xed, 0xed, 0x80, 0x9f, 3 }, { 0xee, 0xef, 0x80, 0xbf, 3 },
		{ 0xf0, 0xf0, 0x90, 0xbf, 4 }, { 0xf1, 0xf3, 0x80, 0xbf, 4 },
		{ 0xf4, 0xf4, 0x80, 0x8f, 4 },
	};

	for (size_t i = 0; i < sizeof form / sizeof *form; i++) {
		if (s[0] < form[i].low || s[0] > form[i].high)
			continue;
		if (form[i].n > 1 && (s[1] < form[i].second_low || s[1] > form[i].second_high))
			return 0;
		for (size_t k = 2; k < form[i].n; k++)
			if ((s[k] & 0xc0) != 0x80)
				return 0;
		return form[i].n;
	}
	return 0;
}

static void put_json(struct rows *r, const char *text)
{
	const unsigned char *s = (const unsigned char *)text;

	put(r, "\"", 1);
	while (*s) {
		size_t n = utf8_length(s);
		char escape[8];

		if (n == 0) {
			put(r, "\xef\xbf\xbd", 3);
			n = 1;
		} else if (*s == '"' || *s == '\\') {
			snprintf(escape, sizeof escape, "\\%c", *s);
			put(r, escape, 2);
		} else if (*s < 0x20 || *s == 0x7f) {
			snprintf(escape, sizeof escape, "\\u%04x", *s);
			put(r, escape, 6);
		} else {
			put(r, (const char *)s, n);
		}
		s += n;
	}
	put(r, "\"", 1);
}

static const char *field(const struct rows *r, size_t column)
{
	return r->start[column] == SIZE_MAX ? NULL : (const char *)r->text.data + r->start[column];
}

static void put_field(struct rows *r, size_t column, const char *text)
{
	if (r->format == ROWS_CSV) {
		put_csv(r, text ? text : "");
	} else if (r->format == ROWS_TSV) {
		put_tsv(r, text ? text : "");
	} else {
		put_json(r, r->column[column].name);
		put(r, ":", 1);
		if (!text)
			put(r, "null", 4);
		else if (r->column[column].kind == COLUMN_NUMBER)
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
	r->shown = mem_new(4 * count, sizeof *r->shown, e);
	r->start = mem_new(count, sizeof *r->start, e);
	if (r->shown && r->start)
		status = select_columns(r, select, e);
	if (status) {
		free(r->shown);
		free(r->start);
		free(r);
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
		r->failed = true;
		return;
	}
	r->start[r->at++] = text ? r->text.size : SIZE_MAX;
	if (text && buf_add(&r->text, text, strlen(text) + 1, NULL))
		r->failed = true;
}

void rows_integer(struct rows *r, int64_t value)
{
	char text[32];

	snprintf(text, sizeof text, "%lld", (long long)value);
	rows_text(r, text);
}

void rows_real(struct rows *r, double value, int decimals)
{
	char text[64];

	if (!isfinite(value)) {
		rows_text(r, NULL);
		return;
	}
	snprintf(text, sizeof text, "%.*f", decimals, value);
	/* no "-0.00" */
	if (text[0] == '-' && !text[1 + strspn(text + 1, "0.")])
		rows_text(r, text + 1);
	else
		rows_text(r, text);
}

int rows_end(struct rows *r, struct error *e)
{
	if (r->failed || r->at != r->count)
		return error_memory(e);
	if (r->format == ROWS_JSON)
		put(r, "{", 1);
	for (size_t i = 0; i < r->shows; i++) {
		const char *text = field(r, r->shown[i]);

		if (r->format == ROWS_TABLE) {
			if (buf_add(&r->held, text ? text : "", text ? strlen(text) + 1 : 1, e))
				return STATUS_SYSTEM;
			continue;
		}
		if (i)
			put(r, r->format == ROWS_TSV ? "\t" : ",", 1);
		put_field(r, r->shown[i], text);
	}
	if (r->format != ROWS_TABLE)
		put(r, r->format == ROWS_JSON ? "}\n" : "\n", r->format == ROWS_JSON ? 2 : 1);
	r->at = 0;
	r->text.size = 0;
	if (r->error_number) {
		errno = r->error_number;
		return error_system(e, "standard output");
	}
	return STATUS_DONE;
}

/* Characters, not bytes; control characters are written as one '?' each. */
static size_t width(const char *text)
{
	size_t n = 0;

	for (; *text; text++)
		n += ((unsigned char)*text & 0xc0) != 0x80;
	return n;
}

static void put_padded(struct rows *r, const char *text, size_t wide, bool right, bool last)
{
	size_t pad = wide - width(text);

	for (size_t i = 0; right && i < pad; i++)
		put(r, " ", 1);
	for (const char *p = text; *p; p++)
		put(r, (unsigned char)*p < 0x20 || *p == 0x7f ? "?" : p, 1);
	for (size_t i = 0; !right && !last && i < pad; i++)
		put(r, " ", 1);
	put(r, last ? "\n" : "  ", last ? 1 : 2);
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
	errno = r->error_number;
	if (!status && (errno || fflush(r->out) || ferror(r->out)))
		status = error_system(e, "standard output");
	buf_free(&r->text);
	buf_free(&r->held);
	free(r->shown);
	free(r->start);
	free(r);
	return status;
}
