/* sum.c - checksums */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/sum.h"

#include <zlib.h>

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
