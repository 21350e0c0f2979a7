/* links_read.c - links: the table of exhibits, and hits that an expert kept */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "file/csv.h"
#include "file/input.h"
#include "links.h"

#define EXHIBITS_MOST 1000000

/* The place of an exhibit; one that is met for the first time stands for itself. */
static int place_of(struct links *l, const char *name, size_t *place, struct error *e)
{
	struct links_exhibit fresh = { .crime = "", .country = "", .date = "", .record = "", .trace = "" };
	size_t before = l->names.count;

	if (l->names.count >= EXHIBITS_MOST)
		return error_set(e, STATUS_INPUT, "more than %d exhibits", EXHIBITS_MOST);
	if (groups_place(&l->names, name, place, e))
		return STATUS_SYSTEM;
	if (l->names.count == before)
		return STATUS_DONE;
	fresh.name = l->names.line[*place].key;
	fresh.of = *place;
	return buf_add(&l->exhibit, &fresh, sizeof fresh, e);
}

size_t links_root(const struct links *l, size_t place)
{
	while (links_at(l, place)->of != place) {
		/* halving the way makes the next search shorter */
		links_at(l, place)->of = links_at(l, links_at(l, place)->of)->of;
		place = links_at(l, place)->of;
	}
	return place;
}

static void join(struct links *l, size_t a, size_t b)
{
	size_t x = links_root(l, a), y = links_root(l, b);

	/* the earlier one stands for both, so that the order of the hits does not matter */
	if (x != y)
		links_at(l, x < y ? y : x)->of = x < y ? x : y;
}

/* Rows of a file, each given with the fields that are wanted, in their order; "" where there is no such column. */
static int each_row(const char *path, const char *const *want, size_t wants, size_t must,
		    int (*take)(struct links *l, const char *const *field, struct error *e), struct links *l,
		    struct error *e)
{
	struct csv_reader *reader = NULL;
	struct csv_row row;
	const char *field[8];
	int place[8];
	FILE *in = NULL;
	int status = input_stream(path, &in, e);

	if (!status) {
		reader = csv_open(in, ',', e);
		status = reader ? csv_next(reader, &row, e) : STATUS_SYSTEM;
		if (status == STATUS_NO)
			status = error_set(e, STATUS_INPUT, "no header: it is empty");
	}
	for (size_t i = 0; i < wants && !status; i++) {
		place[i] = csv_column(&row, want[i]);
		if (place[i] < 0 && i < must)
			status = error_set(e, STATUS_INPUT, "there is no column '%s'", want[i]);
	}
	while (!status && !(status = csv_next(reader, &row, e))) {
		for (size_t i = 0; i < wants; i++)
			field[i] = place[i] < 0 || (size_t)place[i] >= row.fields ? "" : row.field[place[i]];
		status = take(l, field, e);
	}
	csv_close(reader);
	if (in)
		input_close(in);
	return status == STATUS_NO ? STATUS_DONE : status ? error_within(e, path) : status;
}

static const char *keep(struct links *l, const char *text, struct error *e)
{
	return *text ? pool_text(&l->pool, text, strlen(text), e) : "";
}

/* Exhibits of the same record or request are of the same firearm: the first of them is kept beside its name. */
static int join_by(struct links *l, const char *id, size_t place, struct error *e)
{
	static const struct links_firearm none = { "", "", "", "", "", "", "" };
	size_t at, before = l->records.count;

	if (!*id)
		return STATUS_DONE;
	if (groups_place(&l->records, id, &at, e))
		return STATUS_SYSTEM;
	if (l->records.count > before) {
		l->records.line[at].n = place;
		return buf_add(&l->firearm, &none, sizeof none, e);
	}
	join(l, (size_t)l->records.line[at].n, place);
	return STATUS_DONE;
}

static int take_exhibit(struct links *l, const char *const *field, struct error *e)
{
	struct links_exhibit *x;
	size_t place;
	int status;

	if (!*field[0])
		return STATUS_DONE;
	status = place_of(l, field[0], &place, e);
	if (status)
		return status;
	x = links_at(l, place);
	x->told = true;
	x->crime = keep(l, field[1], e);
	x->country = keep(l, field[2], e);
	x->date = keep(l, field[3], e);
	x->record = keep(l, field[4], e);
	x->trace = keep(l, field[5], e);
	if (!x->crime || !x->country || !x->date || !x->record || !x->trace)
		return STATUS_SYSTEM;
	status = join_by(l, x->record, place, e);
	return status ? status : join_by(l, links_at(l, place)->trace, place, e);
}

static int take_hit(struct links *l, const char *const *field, struct error *e)
{
	size_t a, b;
	int status;

	if (!*field[0] || !*field[1])
		return STATUS_DONE;
	status = place_of(l, field[0], &a, e);
	if (!status)
		status = place_of(l, field[1], &b, e);
	if (status)
		return status;
	l->hits++;
	l->hits_untold += !links_at(l, a)->told || !links_at(l, b)->told;
	join(l, a, b);
	return STATUS_DONE;
}

int links_read_exhibits(struct links *l, const char *path, struct error *e)
{
	static const char *const want[] = { "exhibit", "case", "country", "date", "record", "trace" };

	return path ? each_row(path, want, 6, 3, take_exhibit, l, e) : STATUS_DONE;
}

int links_read_hits(struct links *l, const char *path, struct error *e)
{
	static const char *const want[] = { "probe", "candidate" };

	return path ? each_row(path, want, 2, 2, take_hit, l, e) : STATUS_DONE;
}
