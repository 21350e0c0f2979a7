/* retention.c - how long records are kept before they are reviewed, or go */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "record/retention.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/num.h"
#include "file/csv.h"

#define LINES_MAX_RULES 100

void retention_defaults(struct retention *r)
{
	for (size_t i = 0; i < sizeof r->category / sizeof *r->category; i++)
		r->category[i] = 60;
	for (size_t i = 0; i < sizeof r->state / sizeof *r->state; i++)
		r->state[i] = 60;
	r->state[STATE_RECOVERED] = r->state[STATE_CLOSED] = r->state[STATE_CANCELLED] = 12;
	r->state[STATE_EXPIRED] = 0;
}

static int set_rule(struct retention *r, const char *what, const char *months_text, struct error *e)
{
	int category = form_code(FORM_CATEGORIES, what), state = form_state(what);
	int64_t months;

	if (num_integer(months_text, 0, RETENTION_MONTHS_MAX, &months, e))
		return STATUS_INPUT;
	if (category >= 0)
		r->category[category] = (short)months;
	else if (state >= STATE_LOCATED && state < STATE_DELETED)
		r->state[state] = (short)months;
	else
		return error_set(e, STATUS_INPUT, "'%.40s' is no category and no status that has a rule", what);
	return STATUS_DONE;
}

static int read_rules(struct retention *r, FILE *in, struct error *e)
{
	struct csv_reader *csv = csv_open(in, ',', e);
	struct csv_row row;
	char where[40];
	int status = csv ? csv_next(csv, &row, e) : STATUS_SYSTEM;

	if (!status && (row.fields != 2 || strcmp(row.field[0], "what") || strcmp(row.field[1], "months")))
		status = error_set(e, STATUS_INPUT, "its first line is not what,months");
	for (int lines = 0; !status && !(status = csv_next(csv, &row, e)); lines++) {
		if (row.fields != 2)
			status = error_set(e, STATUS_INPUT, "not two fields");
		else
			status = lines < LINES_MAX_RULES ? set_rule(r, row.field[0], row.field[1], e) :
				 error_set(e, STATUS_INPUT, "too many lines");
		if (status) {
			snprintf(where, sizeof where, "line %zu", row.line);
			status = error_within(e, where);
		}
	}
	csv_close(csv);
	return status == STATUS_NO ? STATUS_DONE : status;
}

int retention_read(struct retention *r, const struct folder *f, struct error *e)
{
	FILE *in;
	int fd, status;

	retention_defaults(r);
	status = folder_file(f, RETENTION_FILE, O_RDONLY, &fd, e);
	if (status)
		return status == STATUS_NO ? STATUS_DONE : status;
	in = fdopen(fd, "r");
	if (!in) {
		close(fd);
		return error_memory(e);
	}
	if (read_rules(r, in, e)) {
		error_within(e, RETENTION_FILE);
		status = STATUS_INPUT;
	}
	fclose(in);
	return status;
}

void retention_day(const struct retention *r, const char *category, const char *status, int64_t today,
		   char out[DATE_TEXT])
{
	int state = form_state(status), kind = form_code(FORM_CATEGORIES, category);
	int months = state >= STATE_LOCATED && state < STATE_DELETED ? r->state[state] :
		     kind >= 0 ? r->category[kind] : r->category[0];
	struct date d;

	date_from_days(today, &d);
	d = date_add_months(d, months);
	date_text(&d, out);
}
