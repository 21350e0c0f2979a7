/* columns.c - the columns that rows have, found by name */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/columns.h"

#include <string.h>

#include "base/buf.h"

int columns_place(const struct columns *c, const char *name)
{
	for (size_t i = 0; i < c->count; i++)
		if (!strcmp(c->name[i], name))
			return (int)i;
	return -1;
}

int columns_known(const struct columns *c, const char *name, int *place, struct error *e)
{
	struct buf known = { 0 };
	int bad = STATUS_DONE;

	*place = columns_place(c, name);
	if (*place >= 0)
		return STATUS_DONE;
	for (size_t i = 0; i < c->count && !bad; i++)
		bad = buf_format(&known, e, "%s%s", i ? " " : "", c->name[i]);
	if (!bad && buf_string(&known, e))
		error_set(e, STATUS_USAGE, "no field '%s' here; there are: %s", name, (const char *)known.data);
	else
		error_memory(e);
	buf_free(&known);
	return e ? e->status : STATUS_USAGE;
}
