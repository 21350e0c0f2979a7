/* when.h - dates as people write them */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RECORD_WHEN_H
#define RECORD_WHEN_H

#include "base/clock.h"
#include "base/error.h"

/* What 3/4/2025 means; WHEN_DAYS: that is not known, and 45720 is the number of days since 30 December
 * 1899, as spreadsheets keep dates. */
enum when_order { WHEN_UNKNOWN, WHEN_DAY_FIRST, WHEN_MONTH_FIRST, WHEN_DAYS };
#define WHEN_ORDERS "auto|dmy|mdy|days"   /* for OPTION_CHOICE */

/* Reads 2025-04-03 (also with / . and a time behind it), 20250403, 3.4.2025 (with points the day is
 * first), 3/4/2025 and 3-4-25 by the order, 3 Apr 2025, April 3, 2025, 2025, 2025-04, 04/2025. Names of
 * months in English, French, German, Spanish, Portuguese, Italian, Russian, Arabic; digits of any script. Two
 * digits of a year are of the hundred years up to this_year. out is "YYYY", "YYYY-MM" or "YYYY-MM-DD".
 * STATUS_INPUT: no date, or one that could be two; e says which. */
int when_read(const char *text, enum when_order order, int this_year, char out[DATE_TEXT],
	      struct error *e);

/* What a text tells about the order: 13/4 only makes sense with the day first. */
enum when_order when_tells(const char *text);

#endif
