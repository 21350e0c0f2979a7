/* source_file.c - the rows of a report: from a file of CSV */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/pool.h"
#include "file/csv.h"
#include "file/input.h"
#include "source.h"

/* What the caller calls a column: "FIELD=COLUMN". */
static const char *called(const struct option_list *map, const char *column, size_t *n)
{
	for (size_t i = 0; i < map->count; i++) {
		const char *equals = strchr(map->item[i], '=');

		if (equals && !strcmp(equals + 1, column)) {
			*n = (size_t)(equals - map->item[i]);
			return map->item[i];
		}
	}
	*n = strlen(column);
	return column;
}

static int check_map(const struct option_list *map, const struct csv_row *header, struct error *e)
{
	for (size_t i = 0; i < map->count; i++) {
		const char *equals = strchr(map->item[i], '=');

		if (!equals || equals == map->item[i])
			return error_set(e, STATUS_USAGE, "--map '%s': FIELD=COLUMN is meant", map->item[i]);
		if (csv_column(header, equals + 1) < 0)
			return error_set(e, STATUS_USAGE, "--map '%s': there is no such column", map->item[i]);
	}
	return STATUS_DONE;
}

static int read_header(struct source *s, const struct csv_row *header, struct pool *pool, struct columns *columns,
		       struct error *e)
{
	const char **name = pool_take(pool, (header->fields + 1) * sizeof *name, e);
	int status = check_map(&s->map, header, e);

	for (size_t i = 0; name && !status && i < header->fields; i++) {
		size_t n;
		const char *text = called(&s->map, header->field[i], &n);

		name[i] = pool_text(pool, text, n, e);
		if (!name[i])
			status = STATUS_SYSTEM;
		*columns = (struct columns){ name, i };
		if (!status && columns_place(columns, name[i]) >= 0)
			status = error_set(e, STATUS_INPUT, "two columns are called '%s'", name[i]);
	}
	*columns = (struct columns){ name, header->fields };
	return name ? status : STATUS_SYSTEM;
}

/* Columns that say of a row what it is; -1: not there. */
struct places {
	int at, status, state;
};

static bool says(const struct csv_row *csv, int place, const char *word)
{
	return place >= 0 && !strcmp(csv->field[place], word);
}

static int take_row(struct source *s, const struct csv_row *csv, const struct columns *columns,
		    const struct places *place, struct error *e)
{
	struct source_read *told = &s->read[s->reads - 1];
	struct source_row row = { SOURCE_ROWS, (const char *const *)csv->field, true };

	if (csv->fields != columns->count)
		return error_set(e, STATUS_INPUT, "line %zu: %zu fields, the header has %zu", csv->line, csv->fields,
				 columns->count);
	told->lines = csv->line;
	if (place->at >= 0 && strcmp(csv->field[place->at], told->last) > 0)
		snprintf(told->last, sizeof told->last, "%s", csv->field[place->at]);
	/* exports have tombstones, which count from a file as little as from the log */
	if (says(csv, place->status, "deleted") || says(csv, place->state, "deleted")) {
		told->deleted++;
		return STATUS_DONE;
	}
	told->rows++;
	return s->take(s->context, &row, e);
}

static int read_rows(struct source *s, struct csv_reader *reader, struct pool *pool, struct error *e)
{
	struct columns columns;
	struct csv_row row;
	struct places place;
	int status = csv_next(reader, &row, e);

	if (status == STATUS_NO)
		return error_set(e, STATUS_INPUT, "no header: it is empty");
	if (!status)
		status = csv_check_form(&row, e);
	if (!status)
		status = read_header(s, &row, pool, &columns, e);
	if (!status)
		status = s->begin(s->context, SOURCE_ROWS, &columns, e);
	if (status)
		return status;
	place.at = columns_place(&columns, "at");
	place.status = columns_place(&columns, "status");
	place.state = columns_place(&columns, "state");
	while (!(status = csv_next(reader, &row, e)) && !(status = take_row(s, &row, &columns, &place, e)))
		;
	return status == STATUS_NO ? STATUS_DONE : status;
}

int source_file(struct source *s, const char *path, struct error *e)
{
	struct source_read *told = &s->read[s->reads++];
	struct csv_reader *reader = NULL;
	struct pool pool = { 0 };
	FILE *in = NULL;
	int status = input_stream(path, &in, e);

	snprintf(told->what, sizeof told->what, "%s", strcmp(path, "-") ? path : "standard input");
	if (!status) {
		reader = csv_open(in, ',', e);
		status = reader ? read_rows(s, reader, &pool, e) : STATUS_SYSTEM;
		csv_close(reader);
		input_close(in);
	}
	pool_free(&pool);
	return status && status != STATUS_USAGE ? error_within(e, told->what) : status;
}
