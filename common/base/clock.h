/* clock.h - the time, which can be set, and dates of the calendar */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BASE_CLOCK_H
#define BASE_CLOCK_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"

/* Seconds since 1970-01-01 UTC: SOURCE_DATE_EPOCH where it is set (and the run is not set-user-id or
 * set-group-id), else the system's clock.
 * A SOURCE_DATE_EPOCH that is no number is STATUS_USAGE. */
int clock_now(int64_t *seconds, struct error *e);

/* Monotonic seconds, for rates and time left; never set. */
double clock_elapsed(void);

/* "2026-11-22T01:13:43Z" and back. */
#define CLOCK_TEXT 24
void clock_text(int64_t seconds, char out[CLOCK_TEXT]);
int clock_parse(const char *text, int64_t *seconds, struct error *e);

/* For options like --since and --until: "2026-11-22T01:13:43Z", or the first (last: the last) second
 * of a year, month or day. */
int clock_parse_bound(const char *text, bool last, int64_t *seconds, struct error *e);

/* A day of the (proleptic) Gregorian calendar, and how exactly it was given. */
enum date_precision { DATE_NONE, DATE_YEAR, DATE_MONTH, DATE_DAY };
struct date {
	int year, month, day;           /* month and day are 1 where they were not given */
	enum date_precision precision;
};

/* "2025", "2025-03", "2025-03-31"; years 1000 to 9999; days that do not exist are STATUS_INPUT.
 * An empty text gives DATE_NONE. */
int date_parse(const char *text, struct date *out, struct error *e);

/* As given: "2025", "2025-03" or "2025-03-31"; "" for DATE_NONE. */
#define DATE_TEXT 16
void date_text(const struct date *d, char out[DATE_TEXT]);

/* Days since 1970-01-01, and back. */
int64_t date_days(const struct date *d);
void date_from_days(int64_t days, struct date *out);

/* d moved by whole months; a day past the month's end becomes its last day. */
struct date date_add_months(struct date d, int months);

#endif
