/* png.h - PNG photographs and masks, and small pictures written as PNG */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SCAN_PNG_H
#define SCAN_PNG_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/error.h"
#include "scan/surface.h"

bool png_is(const unsigned char *bytes, size_t size);

/* Luminance (0 to 255; of a 16-bit picture with its fractions) of any PNG: grey, colour, palette, 1
 * to 16 bit, interlaced. Transparent parts are laid over black. An orientation in eXIf is followed.
 * pHYs gives the spacing where its unit is the metre, the spacing is one of a microscope (0.3 to
 * 60 um) and no density of prints or screens (a multiple of 50, 72 or 96 dots an inch, up to 5,000).
 * STATUS_INPUT: damaged (any wrong CRC), cut, more than wishes->max_points. out is empty then. */
int png_read(const unsigned char *bytes, size_t size, const struct scan_wishes *wishes,
	     struct surface *out, struct error *e);

/* A picture of bytes. Owned by the caller; free(pixels). */
struct png_picture {
	int width, height;
	int channels;           /* 1 grey; 3 red, green, blue */
	unsigned char *pixels;  /* width * height * channels, row by row, the top first */
};

/* A mask: 255 where the luminance is 128 or more (and not transparent), else 0; one channel. */
int png_read_mask(const unsigned char *bytes, size_t size, size_t max_points,
		  struct png_picture *out, struct error *e);

/* Three channels, whatever the file has; over black. */
int png_read_rgb(const unsigned char *bytes, size_t size, size_t max_points, struct png_picture *out,
		 struct error *e);

/* A picture of width * height bytes (grey) or 3 * width * height (red, green, blue), row by row,
 * added to `out` as a PNG. */
int png_write_grey(struct buf *out, int width, int height, const unsigned char *grey, struct error *e);
int png_write_rgb(struct buf *out, int width, int height, const unsigned char *rgb, struct error *e);

#endif
