/* deadline.h - how soon a trace request is to be answered */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TRACE_DEADLINE_H
#define TRACE_DEADLINE_H

#include <stdbool.h>

#include "base/clock.h"
#include "guard/folder.h"
#include "trace/request.h"

/* DEADLINE_FILE in the folder, which the owner of the folder writes by hand, has lines "priority,days".
 * What it does not say is 3 days for urgent, 14 for high, 60 for normal. */
#define DEADLINE_FILE "deadlines.csv"
#define DEADLINE_DAYS_MAX 3660

struct deadlines {
	short days[3];            /* in the order of TRACE_PRIORITIES */
};
int deadlines_read(struct deadlines *d, const struct folder *f, struct error *e);

/* The last day of a request that is submitted today (days since 1970); priority: its place among
 * TRACE_PRIORITIES. */
void deadline_day(const struct deadlines *d, int priority, int64_t today, char out[DATE_TEXT]);

/* Days since it was due, for one that somebody still has to do something about; 0: it is not overdue. */
int64_t deadline_overdue(const struct request *q, int64_t today);

#endif
