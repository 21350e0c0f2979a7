/* span.h - from one day to another: in days, and in the bands of time to crime */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef REPORT_SPAN_H
#define REPORT_SPAN_H

#include <stdbool.h>
#include <stdint.h>

#include "base/clock.h"

/* Time to crime is the time from the first retail sale to the recovery. Its bands are counted with the
 * calendar: a band ends on the day of the month of the sale, so many months later, or on the last day of that
 * month where it has no such day (sold on 29 February, a year ends on 28 February). The day on which it ends
 * belongs to the next band. The bands are those of the yearly trace tables of the US Bureau of Alcohol,
 * Tobacco, Firearms and Explosives. */
enum span_band {
	SPAN_UNDER_3_MONTHS, SPAN_UNDER_7_MONTHS, SPAN_UNDER_1_YEAR, SPAN_UNDER_2_YEARS,
	SPAN_UNDER_3_YEARS, SPAN_3_YEARS_AND_OVER,
	SPAN_BANDS,
	SPAN_NEGATIVE = SPAN_BANDS,   /* recovered before it was sold: an error */
	SPAN_UNKNOWN                  /* a date is missing, or not exact to the day */
};
/* "under-3-months", ... "negative", "unknown". */
const char *span_name(enum span_band band);

/* days is set unless it is SPAN_UNKNOWN. */
enum span_band span_of(const struct date *from, const struct date *to, int64_t *days);

/* Not later than so many months (of the calendar) after. Both to the day. */
bool span_within(const struct date *from, const struct date *to, int months);

/* Both texts, as dates to the day: whether they are, and the days from one to the other. */
bool span_days(const char *from, const char *to, int64_t *days);

/* A period of dates: "2025", "2025-03", "2025-03-31", or two of them with ".." between, of which one may be
 * missing. In days since 1970, both included. STATUS_USAGE: it is none. */
struct span_period {
	int64_t first, last;
	int first_year, last_year;
};
int span_period(const char *text, struct span_period *out, struct error *e);
/* Is all of the date, as exactly as it is known, within? */
bool span_in(const struct span_period *p, const struct date *d);

/* "2025-03", "2025-Q1" or "2025" for a date; "" where it is not known so exactly. */
enum span_step { SPAN_MONTH, SPAN_QUARTER, SPAN_YEAR };
#define SPAN_STEPS "month|quarter|year"
#define SPAN_STEP_TEXT 16
void span_step(const struct date *d, enum span_step step, char out[SPAN_STEP_TEXT]);

#endif
