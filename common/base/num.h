/* num.h - numbers read whole and with a range */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BASE_NUM_H
#define BASE_NUM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

/* The whole text must be one decimal number in min..max; no blanks, no trailing characters,
 * no locale, no hexadecimal, no infinity. Else STATUS_USAGE, e says why, *out is untouched. */
int num_integer(const char *text, int64_t min, int64_t max, int64_t *out, struct error *e);
int num_real(const char *text, double min, double max, double *out, struct error *e);

/* So many (at most 16) lower-case hexadecimal digits, whatever follows them. False: they are none. */
bool num_hex(const char *text, size_t digits, uint64_t *out);

#endif
