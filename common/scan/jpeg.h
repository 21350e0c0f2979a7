/* jpeg.h - JPEG photographs, and small pictures written as JPEG */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SCAN_JPEG_H
#define SCAN_JPEG_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/error.h"
#include "scan/surface.h"

bool jpeg_is(const unsigned char *bytes, size_t size);

/* Luminance of a baseline or progressive JPEG, grey or colour, turned upright as its EXIF
 * orientation says. Where wishes->enough_px allows, it is decoded at a half, a quarter or an
 * eighth of its size, which costs less than decoding and shrinking.
 * The density in JFIF or EXIF speaks of prints, not of a specimen: spacing stays unknown.
 * STATUS_INPUT: damaged (any sign of it, where libjpeg itself would go on and fill with grey), cut,
 * CMYK, more than wishes->max_points. out is empty then. */
int jpeg_read(const unsigned char *bytes, size_t size, const struct scan_wishes *wishes,
	      struct surface *out, struct error *e);

/* A picture of width * height bytes (grey) or 3 * width * height (red, green, blue), row by row,
 * added to `out` as a baseline JPEG of a quality from 1 to 100. */
int jpeg_write_grey(struct buf *out, int width, int height, const unsigned char *grey, int quality,
		    struct error *e);
int jpeg_write_rgb(struct buf *out, int width, int height, const unsigned char *rgb, int quality,
		   struct error *e);

#endif
