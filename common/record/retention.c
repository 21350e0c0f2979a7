/* retention.c - how long records are kept before they are reviewed, or go */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "record/retention.h"

#include "base/num.h"
#include "record/rules.h"

static void defaults(struct retention *r)
{
	for (size_t i = 0; i < sizeof r->category / sizeof *r->category; i++)
		r->category[i] = 60;
	for (size_t i = 0; i < sizeof r->state / sizeof *r->state; i++)
		r->state[i] = 60;
	r->state[STATE_RECOVERED] = r->state[STATE_CLOSED] = r->state[STATE_CANCELLED] = 12;
	r->state[STATE_EXPIRED] = 0;
	r->request[0] = r->request[1] = 60;
}

static int set_rule(void *context, const char *what, const char *months_text, struct error *e)
{
	struct retention *r = context;
	int category = form_code(FORM_CATEGORIES, what), state = form_state(what);
	int request = form_code(RETENTION_REQUESTS, what);
	int64_t months;

	if (num_integer(months_text, 0, RETENTION_MONTHS_MAX, &months, e))
		return STATUS_INPUT;
	if (category >= 0)
		r->category[category] = (short)months;
	else if (state >= STATE_LOCATED && state < STATE_DELETED)
		r->state[state] = (short)months;
	else if (request >= 0)
		r->request[request] = (short)months;
	else
		return error_set(e, STATUS_INPUT, "'%.40s' is no category and no status that has a rule", what);
	return STATUS_DONE;
}

int retention_read(struct retention *r, const struct folder *f, struct error *e)
{
	defaults(r);
	return rules_read(f, RETENTION_FILE, "what", "months", set_rule, r, e);
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
