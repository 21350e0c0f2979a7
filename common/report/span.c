/* span.c - from one day to another: in days, and in the bands of time to crime */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/span.h"

#include <stdio.h>
#include <string.h>

static const struct {
	const char *name;
	int months;     /* where it ends */
} bands[] = {
	[SPAN_UNDER_3_MONTHS] = { "under-3-months", 3 },
	[SPAN_UNDER_7_MONTHS] = { "3-to-under-7-months", 7 },
	[SPAN_UNDER_1_YEAR] = { "7-months-to-under-1-year", 12 },
	[SPAN_UNDER_2_YEARS] = { "1-to-under-2-years", 24 },
	[SPAN_UNDER_3_YEARS] = { "2-to-under-3-years", 36 },
	[SPAN_3_YEARS_AND_OVER] = { "3-years-and-over", 0 },
	[SPAN_NEGATIVE] = { "negative", 0 },
	[SPAN_UNKNOWN] = { "unknown", 0 },
};

const char *span_name(enum span_band band)
{
	return bands[band].name;
}

static bool before(const struct date *a, const struct date *b)
{
	return date_days(a) < date_days(b);
}

enum span_band span_of(const struct date *from, const struct date *to, int64_t *days)
{
	int band = 0;

	if (from->precision != DATE_DAY || to->precision != DATE_DAY)
		return SPAN_UNKNOWN;
	*days = date_days(to) - date_days(from);
	if (*days < 0)
		return SPAN_NEGATIVE;
	for (; band < SPAN_3_YEARS_AND_OVER; band++) {
		struct date end = date_add_months(*from, bands[band].months);

		if (before(to, &end))
			break;
	}
	return (enum span_band)band;
}

bool span_within(const struct date *from, const struct date *to, int months)
{
	struct date end = date_add_months(*from, months);

	return !before(&end, to);
}

bool span_days(const char *from, const char *to, int64_t *days)
{
	struct date a, b;

	if (date_parse(from, &a, NULL) || date_parse(to, &b, NULL) || a.precision != DATE_DAY ||
	    b.precision != DATE_DAY)
		return false;
	*days = date_days(&b) - date_days(&a);
	return true;
}

/* The first and the last day of what a date says. */
static void bounds(const struct date *d, int64_t *first, int64_t *last)
{
	struct date begin = *d, end;

	begin.precision = DATE_DAY;
	end = d->precision == DATE_DAY ? begin : date_add_months(begin, d->precision == DATE_YEAR ? 12 : 1);
	*first = date_days(&begin);
	*last = date_days(&end) - (d->precision != DATE_DAY);
}

int span_period(const char *text, struct span_period *out, struct error *e)
{
	const char *dots = strstr(text, ".."), *end = dots ? dots + 2 : text;
	size_t n = dots ? (size_t)(dots - text) : strlen(text);
	struct date from, to;
	char front[DATE_TEXT];
	int64_t unused;

	if (n >= sizeof front || (!*text || !strcmp(text, "..")))
		return error_set(e, STATUS_USAGE, "'%s' is no period: 2025, 2025-03, 2025-03-31 or 2024..2025-06", text);
	memcpy(front, text, n);
	front[n] = 0;
	if (date_parse(front, &from, e) || date_parse(end, &to, e))
		return error_set(e, STATUS_USAGE, "'%s' is no period: 2025, 2025-03, 2025-03-31 or 2024..2025-06", text);
	*out = (struct span_period){ INT64_MIN, INT64_MAX, 0, 9999 };
	if (from.precision != DATE_NONE) {
		bounds(&from, &out->first, &unused);
		out->first_year = from.year;
	}
	if (to.precision != DATE_NONE) {
		bounds(&to, &unused, &out->last);
		out->last_year = to.year;
	}
	if (out->first > out->last)
		return error_set(e, STATUS_USAGE, "'%s' ends before it begins", text);
	return STATUS_DONE;
}

bool span_in(const struct span_period *p, const struct date *d)
{
	int64_t first, last;

	if (d->precision == DATE_NONE)
		return false;
	bounds(d, &first, &last);
	return first >= p->first && last <= p->last;
}

void span_step(const struct date *d, enum span_step step, char out[SPAN_STEP_TEXT])
{
	out[0] = 0;
	if (d->precision == DATE_NONE || (step != SPAN_YEAR && d->precision == DATE_YEAR))
		return;
	if (step == SPAN_YEAR)
		snprintf(out, SPAN_STEP_TEXT, "%04d", d->year % 10000);
	else if (step == SPAN_MONTH)
		snprintf(out, SPAN_STEP_TEXT, "%04d-%02d", d->year % 10000, d->month % 100);
	else
		snprintf(out, SPAN_STEP_TEXT, "%04d-Q%d", d->year % 10000, (d->month + 2) / 3 % 10);
}
