/* picture_out.h - writes photographs and masks */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MAKE_PICTURE_OUT_H
#define MAKE_PICTURE_OUT_H

#include "base/error.h"

struct picture {
	int width, height, channels;   /* 1 grey, 3 RGB */
	const unsigned char *bytes;
};

/* quality 1 to 100. */
int picture_write_jpeg(const struct picture *p, int quality, const char *path, struct error *e);
int picture_write_png(const struct picture *p, const char *path, struct error *e);

#endif
