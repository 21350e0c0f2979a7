/* exif.h - which way up a photograph was taken */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SCAN_EXIF_H
#define SCAN_EXIF_H

#include <stddef.h>

/* The orientation, 1 to 8 (Exif 2.3, tag 0x0112), from a TIFF structure ("II*\0" or "MM\0*" and
 * on: what stands behind "Exif\0\0" in a JPEG, or in the eXIf chunk of a PNG). 1, as it is, where
 * there is none or the structure is damaged. */
int exif_orientation(const unsigned char *tiff, size_t size);

/* Where the row `y` of a stored picture lies in the picture turned upright, which is width * height:
 * its pixel x at start + x * step. */
struct exif_row {
	ptrdiff_t start, step;
};
struct exif_row exif_row(int orientation, int width, int height, int y);

/* Orientations 5 to 8 exchange width and height. */
static inline int exif_turned(int orientation)
{
	return orientation >= 5;
}

#endif
