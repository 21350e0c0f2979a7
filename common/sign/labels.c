/* labels.c - what a person says of each file: the table behind --meta */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sign/labels.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "base/num.h"
#include "file/csv.h"

struct label_row {
	char *file;
	struct labels labels;
	int used;
};

struct label_table {
	struct label_row *row;
	size_t count, room;
};

static const char *last_part(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

static int one_of(const char *text, const char *const *words)
{
	for (; *words; words++)
		if (!strcmp(text, *words))
			return 1;
	return 0;
}

int labels_check(enum meta key, const char *text, struct error *e)
{
	static const char *const specimens[] = { "evidence", "test-fire", NULL };
	static const char *const casts[] = { "original", "double", "single", NULL };
	static const char *const twists[] = { "left", "right", NULL };
	struct date date;
	int64_t n;

	if (!*text)
		return STATUS_DONE;
	if (signature_text_check(key, text, e))
		return STATUS_INPUT;
	if (key == META_SPECIMEN && !one_of(text, specimens))
		return error_set(e, STATUS_INPUT, "specimen '%.60s' is neither evidence nor test-fire", text);
	if (key == META_CAST && !one_of(text, casts))
		return error_set(e, STATUS_INPUT, "cast '%.60s' is none of original, double, single", text);
	if (key == META_TWIST && !one_of(text, twists))
		return error_set(e, STATUS_INPUT, "twist '%.60s' is neither left nor right", text);
	if ((key == META_LAND || key == META_LANDS) && num_integer(text, 1, 99, &n, e)) {
		error_within(e, meta_name(key));
		return e ? (e->status = STATUS_INPUT) : STATUS_INPUT;
	}
	if (key == META_TAKEN && date_parse(text, &date, e))
		return error_within(e, "taken");
	return STATUS_DONE;
}

/* Which key each column is; -1 for the column `file`. */
static int read_header(const struct csv_row *header, int *key, struct error *e)
{
	for (size_t i = 0; i < header->fields; i++) {
		const char *name = header->field[i];

		key[i] = meta_find(name);
		if (strcmp(name, "file") && (key[i] < 0 || key[i] > META_TWIST))
			return error_set(e, STATUS_INPUT, "no column '%.60s'; there are: file id exhibit case country "
					 "calibre firearm_class specimen cast taken land lands twist", name);
		if ((size_t)csv_column(header, name) != i)
			return error_set(e, STATUS_INPUT, "two columns '%.60s'", name);
	}
	return csv_column(header, "file") >= 0 ? STATUS_DONE : error_set(e, STATUS_INPUT, "no column 'file'");
}

static int add_row(struct label_table *t, const struct csv_row *in, const int *key, struct error *e)
{
	struct label_row *row;

	if (t->count == t->room) {
		row = mem_grow(t->row, t->room * 2 + 16, sizeof *row, e);
		if (!row)
			return STATUS_SYSTEM;
		t->row = row;
		t->room = t->room * 2 + 16;
	}
	row = &t->row[t->count++];
	memset(row, 0, sizeof *row);
	for (size_t i = 0; i < in->fields; i++) {
		char **to = key[i] < 0 ? &row->file : &row->labels.text[key[i]];
		int status = key[i] < 0 ? STATUS_DONE : labels_check((enum meta)key[i], in->field[i], e);

		if (strlen(in->field[i]) != in->length[i])
			status = error_set(e, STATUS_INPUT, "a NUL in a field");
		else if (key[i] < 0 && !*in->field[i])
			status = error_set(e, STATUS_INPUT, "no name in the column 'file'");
		if (status)
			return status;
		free(*to);
		*to = mem_text(in->field[i], e);
		if (!*to)
			return STATUS_SYSTEM;
	}
	return STATUS_DONE;
}

static int by_file(const void *a, const void *b)
{
	return strcmp(((const struct label_row *)a)->file, ((const struct label_row *)b)->file);
}

static int read_rows(struct csv_reader *r, struct label_table *t, struct error *e)
{
	struct csv_row row;
	size_t fields, line = 1;
	int *key = NULL, status = csv_next(r, &row, e);

	if (status)
		return status == STATUS_NO ? error_set(e, STATUS_INPUT, "it is empty") : status;
	fields = row.fields;
	key = mem_new(fields, sizeof *key, e);
	status = key ? read_header(&row, key, e) : STATUS_SYSTEM;
	while (!status && !(status = csv_next(r, &row, e))) {
		line = row.line;
		status = row.fields == fields ? add_row(t, &row, key, e) :
			 error_set(e, STATUS_INPUT, "%zu fields, the header has %zu", row.fields, fields);
		if (status) {
			char place[40];

			snprintf(place, sizeof place, "line %zu", line);
			error_within(e, place);
		}
	}
	free(key);
	if (status != STATUS_NO)
		return status;
	if (t->count)
		qsort(t->row, t->count, sizeof *t->row, by_file);
	for (size_t i = 1; i < t->count; i++)
		if (!by_file(&t->row[i - 1], &t->row[i]))
			return error_set(e, STATUS_INPUT, "two rows for '%.100s'", t->row[i].file);
	return STATUS_DONE;
}

int labels_read(FILE *in, struct label_table **table, struct error *e)
{
	struct label_table *t = mem_new(1, sizeof *t, e);
	struct csv_reader *r = t ? csv_open(in, ',', e) : NULL;
	int status = r ? read_rows(r, t, e) : STATUS_SYSTEM;

	csv_close(r);
	if (status) {
		labels_free(t);
		t = NULL;
	}
	*table = t;
	return status;
}

void labels_free(struct label_table *t)
{
	if (!t)
		return;
	for (size_t i = 0; i < t->count; i++) {
		free(t->row[i].file);
		for (int k = 0; k < METAS; k++)
			free(t->row[i].labels.text[k]);
	}
	free(t->row);
	free(t);
}

const struct labels *labels_find(const struct label_table *t, const char *file)
{
	const char *names[2] = { file, last_part(file) };

	for (int i = 0; t && t->count && i < 2; i++) {
		struct label_row wanted = { .file = (char *)(uintptr_t)names[i] };
		struct label_row *row = bsearch(&wanted, t->row, t->count, sizeof *row, by_file);

		if (row) {
			row->used = 1;
			return &row->labels;
		}
	}
	return NULL;
}

const char *labels_unused(const struct label_table *t, size_t *at)
{
	while (t && *at < t->count) {
		const struct label_row *row = &t->row[(*at)++];

		if (!row->used)
			return row->file;
	}
	return NULL;
}
