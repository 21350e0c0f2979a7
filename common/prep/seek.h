/* seek.h - primer, breech-face ring and firing pin, coarsely over a whole surface, then closely */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef PREP_SEEK_H
#define PREP_SEEK_H

#include "prep/trace.h"

/* How a photograph's tones tell flats from slopes. */
enum seek_light {
	SEEK_FLATS_BRIGHT,   /* ring light, light along the axis */
	SEEK_FLATS_BETWEEN,  /* light from one side: a slope is darker or brighter than a flat */
	SEEK_FLATS_DARK      /* low light from all sides */
};

/* Makes of a view of the surface one whose values are the higher the flatter a point is (a light's
 * reflection), without speckle finer than about 1.5 px. */
struct seek_lens {
	int (*prepare)(struct view *v, const void *with, struct error *e);
	const void *with;
	int equalise;                        /* its scale means nothing: it is to be equalised */
	int lights;                          /* how many of enum seek_light are tried, from the first */
	double ring_least_um, ring_most_um;  /* radius of the ring where the spacing is known; 0: any */
	double primer_least_um;              /* and of the primer */
};

struct seek_found {
	enum seek_light light;
	double sided;                /* how much the ring looks lit from one side though it is taken as not */
	struct rings rings;          /* in surface pixels; radii along x */
	struct outline ring, pin;    /* in surface pixels */
	double ring_step, pin_step;  /* mean step of tone across the outlines, 0 to 1 */
	double edge_px;              /* surface pixels to a pixel of the view that was traced in */
};

/* Returns 1 when something was found, however bad: judge by out->rings.score; 0 when nothing at all,
 * -1 on an error. */
int seek_find(const struct surface *s, const struct seek_lens *lens, struct seek_found *out,
	      struct error *e);

/* The same when the ring's outer edge is known (surface pixels): finds primer and firing pin. */
int seek_within(const struct surface *s, const struct seek_lens *lens, double x, double y, double r,
		struct seek_found *out, struct error *e);

/* What was found on a surface of means over step * step points, as seen on the full one. */
void seek_enlarge(struct seek_found *found, int step);

#endif
