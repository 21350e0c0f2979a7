/* clock.c - the time, which can be set, and dates of the calendar */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/clock.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/num.h"

#define DAY_SECONDS 86400

int clock_now(int64_t *seconds, struct error *e)
{
	/* a set-user-id or set-group-id run lets nobody choose its time */
	const char *set = secure_getenv("SOURCE_DATE_EPOCH");

	if (set && *set) {
		int status = num_integer(set, 0, INT64_C(253402300799), seconds, e);

		if (status)
			error_within(e, "SOURCE_DATE_EPOCH");
		return status;
	}
	*seconds = (int64_t)time(NULL);
	return STATUS_DONE;
}

double clock_elapsed(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static int leap(int year)
{
	return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int month_days(int year, int month)
{
	static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };

	return month == 2 && leap(year) ? 29 : days[month - 1];
}

/* Days are counted in years that begin in March, so that the leap day comes last. */
int64_t date_days(const struct date *d)
{
	int64_t y = d->month <= 2 ? d->year - 1 : d->year;
	int64_t m = d->month <= 2 ? d->month + 9 : d->month - 3;
	int64_t era = (y >= 0 ? y : y - 399) / 400;
	int64_t yoe = y - era * 400;
	int64_t doy = (153 * m + 2) / 5 + d->day - 1;

	return era * 146097 + yoe * 365 + yoe / 4 - yoe / 100 + doy - 719468;
}

void date_from_days(int64_t days, struct date *out)
{
	int64_t z = days + 719468;
	int64_t era = (z >= 0 ? z : z - 146096) / 146097;
	int64_t doe = z - era * 146097;
	int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
	int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
	int64_t m = (5 * doy + 2) / 153;

	out->day = (int)(doy - (153 * m + 2) / 5 + 1);
	out->month = (int)(m < 10 ? m + 3 : m - 9);
	out->year = (int)(yoe + era * 400 + (out->month <= 2));
	out->precision = DATE_DAY;
}

struct date date_add_months(struct date d, int months)
{
	int64_t n = (int64_t)d.year * 12 + d.month - 1 + months;
	int64_t year = n >= 0 ? n / 12 : (n - 11) / 12;
	int last;

	d.year = (int)year;
	d.month = (int)(n - year * 12) + 1;
	last = month_days(d.year, d.month);
	if (d.day > last)
		d.day = last;
	return d;
}

/* Exactly n digits at text, or -1. */
static int digits(const char *text, int n)
{
	int v = 0;

	for (int i = 0; i < n; i++) {
		if (text[i] < '0' || text[i] > '9')
			return -1;
		v = v * 10 + text[i] - '0';
	}
	return v;
}

int date_parse(const char *text, struct date *out, struct error *e)
{
	size_t n = strlen(text);
	struct date d = { 0, 1, 1, DATE_NONE };

	if (n == 0) {
		*out = d;
		return STATUS_DONE;
	}
	if (n != 4 && n != 7 && n != 10)
		goto no_date;
	d.precision = n == 4 ? DATE_YEAR : n == 7 ? DATE_MONTH : DATE_DAY;
	d.year = digits(text, 4);
	if (n >= 7)
		d.month = text[4] == '-' ? digits(text + 5, 2) : -1;
	if (n == 10)
		d.day = text[7] == '-' ? digits(text + 8, 2) : -1;
	if (d.year < 0 || d.month < 0 || d.day < 0)
		goto no_date;
	if (d.year < 1000 || d.month < 1 || d.month > 12 || d.day < 1 ||
	    d.day > month_days(d.year, d.month))
		return error_set(e, STATUS_INPUT, "'%s' is not in the calendar", text);
	*out = d;
	return STATUS_DONE;
no_date:
	return error_set(e, STATUS_INPUT, "'%.40s' is not a date (YYYY, YYYY-MM or YYYY-MM-DD)", text);
}

void date_text(const struct date *d, char out[DATE_TEXT])
{
	static const int lengths[] = { 0, 4, 7, 10 };
	char full[48];

	snprintf(full, sizeof full, "%04d-%02d-%02d", d->year, d->month, d->day);
	full[lengths[d->precision]] = 0;
	memcpy(out, full, (size_t)lengths[d->precision] + 1);
}

void clock_text(int64_t seconds, char out[CLOCK_TEXT])
{
	int64_t days = seconds / DAY_SECONDS - (seconds % DAY_SECONDS < 0);
	int rest = (int)(seconds - days * DAY_SECONDS);
	struct date d;
	char full[80];

	date_from_days(days, &d);
	snprintf(full, sizeof full, "%04d-%02d-%02dT%02d:%02d:%02dZ", d.year, d.month, d.day,
		 rest / 3600, rest / 60 % 60, rest % 60);
	full[CLOCK_TEXT - 1] = 0;
	memcpy(out, full, CLOCK_TEXT);
}

int clock_parse(const char *text, int64_t *seconds, struct error *e)
{
	char day[11];
	struct date d;
	int h, m, s;

	if (strlen(text) != 20 || text[10] != 'T' || text[13] != ':' || text[16] != ':' || text[19] != 'Z')
		goto no_time;
	memcpy(day, text, 10);
	day[10] = 0;
	h = digits(text + 11, 2);
	m = digits(text + 14, 2);
	s = digits(text + 17, 2);
	if (h < 0 || h > 23 || m < 0 || m > 59 || s < 0 || s > 59)
		goto no_time;
	if (date_parse(day, &d, e))
		return STATUS_INPUT;
	*seconds = date_days(&d) * DAY_SECONDS + h * 3600 + m * 60 + s;
	return STATUS_DONE;
no_time:
	return error_set(e, STATUS_INPUT, "'%.40s' is not a time (YYYY-MM-DDThh:mm:ssZ)", text);
}

int clock_parse_bound(const char *text, bool last, int64_t *seconds, struct error *e)
{
	struct date d;

	if (strchr(text, 'T'))
		return clock_parse(text, seconds, e);
	if (date_parse(text, &d, e))
		return STATUS_INPUT;
	if (d.precision == DATE_NONE)
		return error_set(e, STATUS_INPUT, "a date is empty");
	if (last && d.precision != DATE_DAY)
		*seconds = date_days(&(struct date){ d.precision == DATE_YEAR || d.month == 12 ? d.year + 1 : d.year,
						     d.precision == DATE_YEAR ? 1 : d.month % 12 + 1, 1,
						     DATE_DAY }) * DAY_SECONDS - 1;
	else
		*seconds = date_days(&d) * DAY_SECONDS + (last ? DAY_SECONDS - 1 : 0);
	return STATUS_DONE;
}
