/* rules.c - small tables of two columns that the owner of the folder writes by hand */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "record/rules.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "file/csv.h"

#define LINES_MAX 100

static int read_lines(FILE *in, const char *what, const char *amount, rules_set *set, void *context,
		      struct error *e)
{
	struct csv_reader *csv = csv_open(in, ',', e);
	struct csv_row row;
	char where[40];
	int status = csv ? csv_next(csv, &row, e) : STATUS_SYSTEM;

	if (!status && (row.fields != 2 || strcmp(row.field[0], what) || strcmp(row.field[1], amount)))
		status = error_set(e, STATUS_INPUT, "its first line is not %s,%s", what, amount);
	for (int lines = 0; !status && !(status = csv_next(csv, &row, e)); lines++) {
		if (row.fields != 2)
			status = error_set(e, STATUS_INPUT, "not two fields");
		else
			status = lines < LINES_MAX ? set(context, row.field[0], row.field[1], e) :
				 error_set(e, STATUS_INPUT, "too many lines");
		if (status) {
			snprintf(where, sizeof where, "line %zu", row.line);
			status = error_within(e, where);
		}
	}
	csv_close(csv);
	return status == STATUS_NO ? STATUS_DONE : status;
}

int rules_read(const struct folder *f, const char *file, const char *what, const char *amount,
	       rules_set *set, void *context, struct error *e)
{
	FILE *in;
	int fd, status = folder_file(f, file, O_RDONLY, &fd, e);

	if (status)
		return status == STATUS_NO ? STATUS_DONE : status;
	in = fdopen(fd, "r");
	if (!in) {
		close(fd);
		return error_memory(e);
	}
	status = read_lines(in, what, amount, set, context, e);
	fclose(in);
	if (!status)
		return STATUS_DONE;
	error_within(e, file);
	return status == STATUS_SYSTEM ? status : STATUS_INPUT;
}
