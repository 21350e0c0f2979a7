/* columns.h - the columns that rows have, found by name */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef REPORT_COLUMNS_H
#define REPORT_COLUMNS_H

#include <stddef.h>

#include "base/error.h"

/* The names in the order of the fields of each row. They live as long as the caller says. */
struct columns {
	const char *const *name;
	size_t count;
};

/* The place of a column; -1: there is none. */
int columns_place(const struct columns *c, const char *name);

/* The same where it must be there: else STATUS_USAGE, and e lists those there are. */
int columns_known(const struct columns *c, const char *name, int *place, struct error *e);

/* A field of a row; "" where the column is not there (place -1). */
static inline const char *columns_field(const char *const *field, int place)
{
	return place < 0 ? "" : field[place];
}

#endif
