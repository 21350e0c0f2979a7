/* striae.h - two lands in one picture: strips one above the other, signatures, and a caption */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef REPORT_STRIAE_H
#define REPORT_STRIAE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "report/draw.h"
#include "report/phases.h"
#include "report/shade.h"

/* Rows of n values along the axis that both lands share; striae stand upright. */
struct striae_strip {
	const char *title, *name;
	bool lit;                /* v: heights; else brightness in standard deviations */
	double steep;            /* of heights: a rise of 1 over 1 um is drawn as so steep a slope */
	const float *v;
	const uint8_t *on;
	int rows;                /* 1: a signature, drawn out along the striae */
	double row_um;           /* between rows */
};

/* A stretch of the axis that was looked for in the other land: those that were found at the lag have a number. */
struct striae_segment {
	double from_um, to_um;   /* as first_um */
	int number;              /* 0: none */
};

/* Plain data of the caller; all of it stays his. */
struct striae {
	int width, height;       /* of the picture, within the limits of panels.h */
	int n;                   /* samples on the axis, */
	double step_um;          /* between them, */
	double first_um;         /* and where the first one is, from the probe's left end */
	struct striae_strip strip[2];
	struct shade_light light;
	const float *profile[2]; /* n: the signatures */
	const uint8_t *profile_on[2];
	const char *unit;        /* of the signatures, as "\302\265m"; "" for none */
	const float *agree;      /* n: -1 to 1 */
	const uint8_t *agree_on;
	const struct striae_segment *segment;
	int segments;
	const struct phases *phases;  /* of the bullets that they are from; NULL: none */
	const char *heading;
	const char *const *line;
	int lines;
};

/* width * height * 3 bytes, to be freed with free(). */
int striae_make(const struct striae *s, unsigned char **rgb, struct error *e);

/* A bar of the agreement. */
void striae_agreement(struct draw *d, const struct striae *s, int x, int y, int width, int height);

/* Only the strips, one above the other (-1: both), for a list: width * height * 3 bytes, to be freed with
 * free(). */
int striae_strips(const struct striae *s, int which, int width, int height, unsigned char **rgb, struct error *e);

#endif
