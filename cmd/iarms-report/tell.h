/* tell.h - counts as tables, and codes in words */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef IARMS_REPORT_TELL_H
#define IARMS_REPORT_TELL_H

#include "report/groups.h"
#include "report/sheet.h"

#define TELL_UNKNOWN "unknown"

static inline const char *tell_or_unknown(const char *text)
{
	return *text ? text : TELL_UNKNOWN;
}

/* A code in the reader's language; NULL: it is none, but a name. */
const char *tell_word(const char *code);

/* A table of one key, with a count and a share. */
struct tell_counts {
	const char *name, *title, *key;     /* of the table, and of its key */
	const char *unit, *unit_title;      /* what is counted: "records" */
	size_t shown;                       /* as many; the rest together */
	enum groups_order order;
};
int tell_groups(struct sheet *sheet, const struct groups *g, const struct tell_counts *how, struct error *e);

#endif
