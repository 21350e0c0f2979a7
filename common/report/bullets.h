/* bullets.h - two bullets in one picture: the table of their lands, and each pair of the best phase */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef REPORT_BULLETS_H
#define REPORT_BULLETS_H

#include "report/striae.h"

/* A pair of lands; of the striae only axis, strips, light and agreement are looked at. The title's lines, NULL: none,
 * are drawn as far as there is room. */
#define BULLETS_TITLE 3
struct bullets_pair {
	const char *title[BULLETS_TITLE];
	const struct striae *striae;   /* NULL: one of the two is missing */
};

/* Plain data of the caller; all of it stays his. */
struct bullets {
	int width, height;             /* of the picture, within the limits of panels.h */
	const struct phases *phases;
	const struct bullets_pair *pair;
	int pairs;                     /* as many as there are lands, in the probe's order */
	const char *heading;
	const char *const *line;       /* the caption */
	int lines;
};

/* width * height * 3 bytes, to be freed with free(). */
int bullets_make(const struct bullets *b, unsigned char **rgb, struct error *e);

#endif
