/* truth_table.c - the folder that a maker fills, and the table of truth in it */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "make/truth_table.h"

int truth_table_open(struct truth_table *t, const char *folder, const char *name,
		     const struct rows_column *columns, size_t count, struct error *e)
{
	int status;

	memset(t, 0, sizeof *t);
	if (mkdir(folder, 0777) && errno != EEXIST)
		return error_system(e, "%s", folder);
	status = buf_format(&t->path, e, "%s/%s%c", folder, name, 0);
	if (status != STATUS_DONE)
		return status;
	t->out = fopen((const char *)t->path.data, "w");
	if (!t->out)
		return error_system(e, "%s", (const char *)t->path.data);
	return rows_open(&t->rows, t->out, ROWS_CSV, columns, count, NULL, e);
}

int truth_table_close(struct truth_table *t, int status, struct error *e)
{
	struct error own = { 0 };
	int closed = rows_close(t->rows, &own);

	if (closed != STATUS_DONE)
		error_within(&own, (const char *)t->path.data);
	if (t->out && fclose(t->out) && closed == STATUS_DONE)
		closed = error_system(&own, "%s", (const char *)t->path.data);
	if (status == STATUS_DONE && closed != STATUS_DONE) {
		status = closed;
		if (e)
			*e = own;
	}
	buf_free(&t->path);
	return status;
}
