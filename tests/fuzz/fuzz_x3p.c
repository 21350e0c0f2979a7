/* fuzz_x3p.c - any bytes as an X3P archive */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz/fuzz.h"

#include "scan/x3p.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct scan_wishes wishes = { .max_points = FUZZ_POINTS, .any_checksum = true };
	struct error e = { 0 };
	struct surface s;
	int status = x3p_read(data, size, &wishes, &s, &e);

	fuzz_check(status, &e, &s);
	return 0;
}
