/* panels.h - two marks in one picture: side by side, split, where they agree, and a caption */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef REPORT_PANELS_H
#define REPORT_PANELS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "report/shade.h"

/* A small area seen on both marks; those with a number have it and a colour, others are grey. */
struct panels_cell {
	double corner[2][4][2];  /* in pixels of the two panels; clockwise from the upper left */
	int number;              /* 0: none */
};

enum panels_look {
	PANELS_LIT,      /* v: heights, lit */
	PANELS_BRIGHT,   /* v: brightness in standard deviations */
	PANELS_RING      /* v: heights, as a ring light shows them: slopes are bright */
};

/* Values that are to be seen, in rows; those with on = 0 are missing. */
struct panels_grid {
	const float *v;
	const uint8_t *on;
	const uint8_t *region;   /* what is outside of it (0) is shown paler; NULL: nothing is */
};

/* A mark in the pose in which both are to be seen. */
struct panels_mark {
	const char *title;
	const char *name;        /* in the split view: "probe" */
	enum panels_look look;
	double steep;            /* a rise of 1 over 1 um is drawn as so steep a slope */
	struct panels_grid all;  /* panel * panel */
	struct panels_grid near; /* panel / 2 a side: the part near_x, near_y, twice as large; v NULL: none */
};

/* Plain data of the caller; all of it stays his. */
struct panels {
	int width, height;       /* of the picture: panels_side() is the side of its panels */
	struct panels_mark mark[2];
	struct shade_light light;
	const float *agree;      /* panel / 2 a side */
	const uint8_t *agree_on;
	double step_um;          /* of a pixel */
	const struct panels_cell *cell;
	int cells;
	bool upright;            /* how the cut of the split view runs, */
	double cut;              /* and at which column or row of pixels */
	double near_x, near_y;   /* upper left of what is shown near, in pixels of the panels */
	const char *heading;
	const char *const *line; /* the caption */
	int lines;
};

#define PANELS_WIDTH_LEAST 480
#define PANELS_HEIGHT_LEAST 240
#define PANELS_SIDE_MOST 4096
/* An even number of pixels. The picture must be within the limits above. */
int panels_side(int width, int height);

/* width * height * 3 bytes, to be freed with free(). */
int panels_make(const struct panels *s, unsigned char **rgb, struct error *e);

/* Only the split view: panel * panel * 3 bytes, to be freed with free(). */
int panels_split(const struct panels *s, unsigned char **rgb, struct error *e);

/* One mark alone (panel * panel), for a list: to be freed with free(). */
int panels_single(const struct panels *s, int which, unsigned char **rgb, struct error *e);

/* width * height * 3 bytes become, in place, (width / by) * (height / by) points: their means. */
void panels_shrink(unsigned char *rgb, int width, int height, int by);

#endif
