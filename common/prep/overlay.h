/* overlay.h - a picture of what was found in a surface */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef PREP_OVERLAY_H
#define PREP_OVERLAY_H

#include "prep/region.h"

/* The surface in grey (a topography as if lit from the upper left), at most OVERLAY_SIDE a side, with the
 * breech-face ring tinted green, the firing-pin impression red, what flowed back blue, and the ring's and the
 * primer's circle drawn. rgb is width * height * 3 bytes, to be freed. */
#define OVERLAY_SIDE 1200
struct overlay {
	int width, height;
	unsigned char *rgb;
};
int overlay_make(const struct surface *s, const struct region *found, struct overlay *out, struct error *e);

#endif
