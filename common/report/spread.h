/* spread.h - how whole numbers are spread: mean, median and other quantiles, exact */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef REPORT_SPREAD_H
#define REPORT_SPREAD_H

#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

/* Each different number is kept once with how often it came: days between dates are few, however many rows
 * there are. Starts as all zero. Numbers may be negative; they must stay within +-10^9. */
struct spread_line {
	int64_t value;
	uint64_t n;         /* 0: free */
};
struct spread {
	struct spread_line *line;
	size_t slots, used;
	uint64_t n;
	int64_t sum;
};

int spread_add(struct spread *s, int64_t value, struct error *e);

/* NaN of nothing. */
double spread_mean(const struct spread *s);
/* The middle number, or the mean of the two in the middle. Sorts: nothing may be added after. */
double spread_median(struct spread *s);
/* The smallest number that at least percent (above 0, up to 100) of them do not exceed ("nearest rank").
 * Sorts as well. */
double spread_percentile(struct spread *s, double percent);

void spread_free(struct spread *s);

#endif
