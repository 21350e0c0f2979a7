/* truth_table.h - the folder that a maker fills, and the table of truth in it */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MAKE_TRUTH_TABLE_H
#define MAKE_TRUTH_TABLE_H

#include <stdio.h>

#include "base/buf.h"
#include "file/rows.h"

struct truth_table {
	struct rows *rows;
	FILE *out;
	struct buf path;
};

/* Makes the folder where there is none and begins folder/name as CSV. After a failure, too, it is
 * to be closed. */
int truth_table_open(struct truth_table *t, const char *folder, const char *name,
		     const struct rows_column *columns, size_t count, struct error *e);

/* Closes and checks; returns status, or what went wrong here where status is STATUS_DONE. */
int truth_table_close(struct truth_table *t, int status, struct error *e);

#endif
