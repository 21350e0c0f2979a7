/* fuzz.h - what fuzz targets share */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TESTS_FUZZ_H
#define TESTS_FUZZ_H

#include <math.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "scan/surface.h"

/* Given bytes, reads them; a crash, a sanitizer's report or abort() is a find. Always 0. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Small enough that the fuzzer is not kept from its work by honest large pictures. */
#define FUZZ_POINTS ((size_t)1 << 20)

/* What every reader promises about what it gives. */
static inline void fuzz_check(int status, const struct error *e, struct surface *s)
{
	size_t points = (size_t)s->width * (size_t)s->height, valid = 0, i;

	if (status) {
		if (s->z || s->marked || e->status != status || !e->text[0] || status == STATUS_SYSTEM)
			abort();
		return;
	}
	if (s->width < 1 || s->height < 1 || points > FUZZ_POINTS)
		abort();
	for (i = 0; i < points; i++) {
		if (isinf(s->z[i]) || (s->kind == SURFACE_PHOTOGRAPH && !(s->z[i] >= 0 && s->z[i] < 255.01f)))
			abort();
		valid += !isnan(s->z[i]);
	}
	if (valid != s->valid || !valid || s->masked != (valid < points))
		abort();
	if (!(s->spacing_x_um >= 0 && s->spacing_y_um >= 0) || isinf(s->spacing_x_um) || isinf(s->spacing_y_um))
		abort();
	surface_free(s);
}

#endif
