/* fuzz_png.c - any bytes as a PNG; and once more with their checksums put right */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz/fuzz.h"

#include <string.h>

#include "base/sum.h"
#include "scan/png.h"

static void read_all(const uint8_t *data, size_t size)
{
	struct scan_wishes wishes = { .max_points = FUZZ_POINTS };
	struct png_picture picture;
	struct error e = { 0 };
	struct surface s;
	int status = png_read(data, size, &wishes, &s, &e);

	fuzz_check(status, &e, &s);
	if (!png_read_mask(data, size, FUZZ_POINTS, &picture, &e))
		free(picture.pixels);
	if (!png_read_rgb(data, size, FUZZ_POINTS, &picture, &e))
		free(picture.pixels);
}

/* Nothing gets past a CRC by chance: without this the fuzzer would see the first chunk only. */
static void mend(uint8_t *p, size_t size)
{
	size_t at = 8;

	while (size - at >= 12) {
		size_t length = (size_t)p[at] << 24 | (size_t)p[at + 1] << 16 | (size_t)p[at + 2] << 8 | p[at + 3];
		uint32_t sum;
		int i;

		if (length > size - at - 12)
			return;
		sum = sum_crc32(0, p + at + 4, length + 4);
		for (i = 0; i < 4; i++)
			p[at + 8 + length + (size_t)i] = (uint8_t)(sum >> (24 - 8 * i));
		at += length + 12;
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	uint8_t *copy;

	read_all(data, size);
	copy = malloc(size ? size : 1);
	if (!copy)
		return 0;
	if (size)
		memcpy(copy, data, size);
	if (size > 8)
		mend(copy, size);
	read_all(copy, size);
	free(copy);
	return 0;
}
