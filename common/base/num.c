/* num.c - numbers read whole and with a range */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/num.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

int num_integer(const char *text, int64_t min, int64_t max, int64_t *out, struct error *e)
{
	char *end;
	long long value;

	if (!*text || strspn(text, "+-0123456789") != strlen(text))
		return error_set(e, STATUS_USAGE, "'%.60s' is not a whole number", text);
	errno = 0;
	value = strtoll(text, &end, 10);
	if (*end || end == text)
		return error_set(e, STATUS_USAGE, "'%.60s' is not a whole number", text);
	if (errno == ERANGE || value < min || value > max)
		return error_set(e, STATUS_USAGE, "%.60s is not between %lld and %lld", text,
				 (long long)min, (long long)max);
	*out = value;
	return STATUS_DONE;
}

/* No program sets LC_NUMERIC, so strtod reads a point as the decimal mark. */
int num_real(const char *text, double min, double max, double *out, struct error *e)
{
	char *end;
	double value;

	if (!*text || strspn(text, "+-.0123456789eE") != strlen(text))
		return error_set(e, STATUS_USAGE, "'%.60s' is not a number", text);
	errno = 0;
	value = strtod(text, &end);
	if (*end || end == text)
		return error_set(e, STATUS_USAGE, "'%.60s' is not a number", text);
	if (!isfinite(value) || value < min || value > max)
		return error_set(e, STATUS_USAGE, "%.60s is not between %g and %g", text, min, max);
	*out = value;
	return STATUS_DONE;
}

bool num_hex(const char *text, size_t digits, uint64_t *out)
{
	static const unsigned char plus_one[256] = {
		['0'] = 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, ['a'] = 11, 12, 13, 14, 15, 16,
	};
	uint64_t value = 0;

	for (size_t i = 0; i < digits; i++) {
		unsigned digit = plus_one[(unsigned char)text[i]];

		if (!digit)
			return false;
		value = value << 4 | (digit - 1);
	}
	*out = value;
	return true;
}
