/* sum.c - checksums */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/sum.h"

#include <string.h>
#include <zlib.h>

#include "base/bytes.h"

uint32_t sum_crc32(uint32_t start, const void *data, size_t size)
{
	return size ? (uint32_t)crc32_z(start, data, size) : start;
}

uint64_t sum_fnv64(uint64_t start, const void *data, size_t size)
{
	const unsigned char *p = data;

	while (size--)
		start = (start ^ *p++) * UINT64_C(0x100000001b3);
	return start;
}

static uint64_t wide_step(uint64_t sum, uint64_t word)
{
	sum = (sum ^ word) * UINT64_C(0x9e3779b97f4a7c15);
	return sum ^ sum >> 32;
}

uint64_t sum_wide64(const void *data, size_t size)
{
	const unsigned char *p = data;
	uint64_t lane[4] = { 1, 2, 3, 4 }, sum = size;
	unsigned char last[32] = { 0 };
	size_t n = size;

	for (; n >= 32; n -= 32, p += 32)
		for (int k = 0; k < 4; k++)
			lane[k] = wide_step(lane[k], bytes_get64(p + 8 * k));
	if (n)
		memcpy(last, p, n);
	for (int k = 0; k < 4; k++)
		sum = wide_step(sum, wide_step(lane[k], bytes_get64(last + 8 * k)));
	return sum;
}
