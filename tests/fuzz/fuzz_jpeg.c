/* fuzz_jpeg.c - any bytes as a JPEG, whole and reduced */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz/fuzz.h"

#include "scan/jpeg.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct scan_wishes wishes = { .max_points = FUZZ_POINTS, .enough_px = size % 2 ? 8 : 0 };
	struct error e = { 0 };
	struct surface s;
	int status = jpeg_read(data, size, &wishes, &s, &e);

	fuzz_check(status, &e, &s);
	return 0;
}
