/* where.h - which rows are meant: conditions on their fields */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef REPORT_WHERE_H
#define REPORT_WHERE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/pool.h"
#include "report/columns.h"
#include "report/span.h"

/* A condition is FIELD, an operator and a value, of which all must hold:
 *	=  !=           one of the words between "|", without case, with ? and *; a year, month or range of dates
 *			(2023..2024-06) is also what a date within it is; nothing behind the = means an empty field
 *	<  <=  >  >=    as numbers where both are, else by their bytes, which orders dates; an empty field is
 *			neither less nor more than anything
 */
enum where_operator { WHERE_IS, WHERE_IS_NOT, WHERE_LESS, WHERE_LESS_OR_SAME, WHERE_MORE, WHERE_MORE_OR_SAME };
struct where_condition {
	int place;
	enum where_operator operator;
	char *value;
	bool dated;
	struct span_period period;
};
struct where {
	struct where_condition *condition;
	size_t count;
	struct pool pool;
};

/* STATUS_USAGE: no such field (the message lists them), or no operator. */
int where_open(struct where *w, const char *const *word, size_t words, const struct columns *columns,
	       struct error *e);
bool where_fits(const struct where *w, const char *const *field);
void where_close(struct where *w);

#endif
