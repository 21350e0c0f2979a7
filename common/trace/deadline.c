/* deadline.c - how soon a trace request is to be answered */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "trace/deadline.h"

#include "base/num.h"
#include "record/rules.h"

static int set_days(void *context, const char *priority, const char *text, struct error *e)
{
	struct deadlines *d = context;
	int place = form_code(TRACE_PRIORITIES, priority);
	int64_t days;

	if (place < 0)
		return error_set(e, STATUS_INPUT, "'%.40s' is none of " TRACE_PRIORITIES, priority);
	if (num_integer(text, 0, DEADLINE_DAYS_MAX, &days, e))
		return STATUS_INPUT;
	d->days[place] = (short)days;
	return STATUS_DONE;
}

int deadlines_read(struct deadlines *d, const struct folder *f, struct error *e)
{
	*d = (struct deadlines){ .days = { 3, 14, 60 } };
	return rules_read(f, DEADLINE_FILE, "priority", "days", set_days, d, e);
}

void deadline_day(const struct deadlines *d, int priority, int64_t today, char out[DATE_TEXT])
{
	struct date day;

	date_from_days(today + d->days[priority], &day);
	date_text(&day, out);
}

int64_t deadline_overdue(const struct request *q, int64_t today)
{
	int state = request_state(q);
	struct date due;

	if (state < 0 || state == TRACE_DRAFT || trace_turn((enum trace_state)state) == PARTY_NONE ||
	    date_parse(q->field[TRACE_DUE], &due, NULL) || due.precision != DATE_DAY)
		return 0;
	return date_days(&due) < today ? today - date_days(&due) : 0;
}
