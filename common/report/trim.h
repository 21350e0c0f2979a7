/* trim.h - what pictures of pairs have in common: titles, scale bars, captions */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef REPORT_TRIM_H
#define REPORT_TRIM_H

#include "report/draw.h"

#define TRIM_GAP 8
#define TRIM_INK 0x202024
#define TRIM_CUT 0xd81b60      /* the line between two marks */
#define TRIM_PROBE 0x0b4f9e    /* of curves: told apart by all kinds of colour sight */
#define TRIM_CANDIDATE 0xd95f0e

/* The size of letters that suits a picture. */
double trim_letter(int width, int height);

/* A scale bar of a round length that fills at most `most_px`, its left end at x and its foot at y. */
void trim_scale_bar(struct draw *d, double x, double y, double most_px, double letter, double step_um);

/* Heading and lines from x, y downwards, in at most width * height pixels: what is too long goes on in a
 * line of its own, and letters become smaller where they must. */
void trim_caption(struct draw *d, double x, double y, double width, double height, double letter,
		   const char *heading, const char *const *line, int lines);

#endif
