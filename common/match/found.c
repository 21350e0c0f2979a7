/* found.c - rows of ibin-match, read back */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "match/found.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/num.h"
#include "file/csv.h"

enum column { PROBE, CANDIDATE, MARK, RANK, SCORE, KINDS, COLUMNS };
static const char *const name[COLUMNS] = { "probe", "candidate", "mark", "rank", "score", "marks" };

struct found_reader {
	struct csv_reader *csv;
	int place[COLUMNS];   /* -1: not there */
	size_t fields;
	bool over;
};

int found_open(struct found_reader **out, FILE *in, struct error *e)
{
	struct found_reader *r = mem_new(1, sizeof *r, e);
	struct csv_row row;
	int status;

	*out = NULL;
	if (!r)
		return STATUS_SYSTEM;
	r->csv = csv_open(in, ',', e);
	status = r->csv ? csv_next(r->csv, &row, e) : STATUS_SYSTEM;
	if (status == STATUS_NO)
		status = error_set(e, STATUS_INPUT, "no rows, not even their header");
	for (int i = 0; !status && i < COLUMNS; i++)
		r->place[i] = csv_column(&row, name[i]);
	if (!status && (r->place[PROBE] < 0 || r->place[CANDIDATE] < 0))
		status = error_set(e, STATUS_INPUT, "these are not rows of ibin-match as CSV, which it prints without -o: the "
				   "header has no column %s", name[r->place[PROBE] < 0 ? PROBE : CANDIDATE]);
	if (status) {
		found_close(r);
		return status;
	}
	r->fields = row.fields;
	*out = r;
	return STATUS_DONE;
}

static const char *text(const struct found_reader *r, const struct csv_row *row, enum column c)
{
	return r->place[c] < 0 ? "" : row->field[r->place[c]];
}

static int id(const struct found_reader *r, const struct csv_row *row, enum column c, char out[SIGNATURE_TEXT],
	      struct error *e)
{
	size_t length = row->length[r->place[c]];
	const char *from = text(r, row, c);

	if (length == 0 || length >= SIGNATURE_TEXT || strlen(from) != length)
		return error_set(e, STATUS_INPUT, "line %zu: the %s is no id", row->line, name[c]);
	memcpy(out, from, length + 1);
	return STATUS_DONE;
}

int found_next(struct found_reader *r, struct found *out, struct error *e)
{
	struct error why = { 0 };
	struct csv_row row;
	int status = r->over ? STATUS_NO : csv_next(r->csv, &row, e);

	if (status) {
		r->over = true;
		return status;
	}
	*out = (struct found){ .mark = -1, .line = row.line, .exhibits = r->place[KINDS] >= 0 && r->place[MARK] < 0 };
	if (row.fields != r->fields)
		return error_set(e, STATUS_INPUT, "line %zu: %zu fields where the header has %zu", row.line, row.fields,
				 r->fields);
	if (id(r, &row, PROBE, out->probe, e) || id(r, &row, CANDIDATE, out->candidate, e))
		return STATUS_INPUT;
	if (*text(r, &row, MARK) && (out->mark = mark_find(text(r, &row, MARK))) < 0)
		return error_set(e, STATUS_INPUT, "line %zu: '%.40s' is no mark", row.line, text(r, &row, MARK));
	if (*text(r, &row, RANK) && num_integer(text(r, &row, RANK), 1, INT64_MAX, &out->rank, &why))
		return error_set(e, STATUS_INPUT, "line %zu: the rank: %s", row.line, why.text);
	out->has_score = *text(r, &row, SCORE) != 0;
	if (out->has_score && num_real(text(r, &row, SCORE), 0, 1e9, &out->score, &why))
		return error_set(e, STATUS_INPUT, "line %zu: the score: %s", row.line, why.text);
	return STATUS_DONE;
}

bool found_over(const struct found_reader *r)
{
	return r->over;
}

void found_close(struct found_reader *r)
{
	if (!r)
		return;
	csv_close(r->csv);
	free(r);
}
