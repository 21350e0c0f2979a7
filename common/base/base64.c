/* base64.c - bytes as text of 64 letters */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/base64.h"

int base64_add(struct buf *to, const void *bytes, size_t size, struct error *e)
{
	static const char digit[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	const unsigned char *p = bytes;
	unsigned char *out;

	if (buf_reserve(to, (size + 2) / 3 * 4, e))
		return STATUS_SYSTEM;
	out = to->data + to->size;
	for (size_t left = size; left > 0; left -= left < 3 ? left : 3, p += 3) {
		unsigned v = (unsigned)p[0] << 16 | (left > 1 ? (unsigned)p[1] << 8 : 0) | (left > 2 ? p[2] : 0);

		*out++ = (unsigned char)digit[v >> 18];
		*out++ = (unsigned char)digit[v >> 12 & 63];
		*out++ = left > 1 ? (unsigned char)digit[v >> 6 & 63] : '=';
		*out++ = left > 2 ? (unsigned char)digit[v & 63] : '=';
	}
	to->size += (size + 2) / 3 * 4;
	return STATUS_DONE;
}
