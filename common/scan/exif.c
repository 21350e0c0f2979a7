/* exif.c - which way up a photograph was taken */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scan/exif.h"

#include <stdint.h>
#include <string.h>

#include "base/bytes.h"

static uint32_t get16(const unsigned char *p, int big)
{
	return big ? (uint32_t)(p[0] << 8 | p[1]) : bytes_get16(p);
}

static uint32_t get32(const unsigned char *p, int big)
{
	return big ? get16(p, 1) << 16 | get16(p + 2, 1) : bytes_get32(p);
}

/* Only the first directory is read: it is the main picture's, the others are thumbnails. */
int exif_orientation(const unsigned char *tiff, size_t size)
{
	uint32_t at, entries, i;
	int big;

	if (size < 8)
		return 1;
	if (!memcmp(tiff, "II*\0", 4))
		big = 0;
	else if (!memcmp(tiff, "MM\0*", 4))
		big = 1;
	else
		return 1;
	at = get32(tiff + 4, big);
	if (at < 8 || at > size - 2)
		return 1;
	entries = get16(tiff + at, big);
	at += 2;
	for (i = 0; i < entries && size - at >= 12; i++, at += 12) {
		const unsigned char *entry = tiff + at;
		uint32_t value;

		if (get16(entry, big) != 0x0112)
			continue;
		/* one SHORT, in the first two bytes of the value field */
		if (get16(entry + 2, big) != 3 || get32(entry + 4, big) != 1)
			return 1;
		value = get16(entry + 8, big);
		return value >= 1 && value <= 8 ? (int)value : 1;
	}
	return 1;
}

struct exif_row exif_row(int orientation, int width, int height, int y)
{
	ptrdiff_t w = width, h = height, last = h - 1;

	switch (orientation) {
	case 2:
		return (struct exif_row){ y * w + w - 1, -1 };
	case 3:
		return (struct exif_row){ (last - y) * w + w - 1, -1 };
	case 4:
		return (struct exif_row){ (last - y) * w, 1 };
	case 5:
		return (struct exif_row){ y, w };
	case 6:
		return (struct exif_row){ w - 1 - y, w };
	case 7:
		return (struct exif_row){ last * w + w - 1 - y, -w };
	case 8:
		return (struct exif_row){ last * w + y, -w };
	default:
		return (struct exif_row){ y * w, 1 };
	}
}
