/* marked.h - surfaces with random marks, lying as a test wants them, and their signatures */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef UNIT_MARKED_H
#define UNIT_MARKED_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "scan/surface.h"
#include "sign/impression.h"

/* A ring of 900 to 1800 um round the mark's middle, with a random relief of 1 um on it. Where a point
 * of the mark is p from its middle, it lies at R(turn) p + (dx, dy) from the surface's middle, x to
 * the right and y downwards: the pose that a comparison with a mark that was not moved has to find. */
struct marked {
	uint64_t tool;        /* equal ones have the same marks */
	uint64_t shot;        /* what this one does not share with others, */
	double noise;         /* and its rms in um */
	double turn_deg;      /* clockwise to the eye */
	double dx_um, dy_um;
	bool mirror;          /* left and right exchanged, before it is turned */
	bool photograph;      /* under a ring light */
	double gone;          /* share of the ring that is missing, clockwise from the right */
	double spacing_um;    /* 0: 6.25 */
	double tilt_um;       /* from the left edge to the right one */
};

/* 4.2 mm wide; a topography's points off the ring are missing, a photograph's are 0 (use marked_place). */
void marked_surface(const struct marked *m, struct surface *out);

/* Where it is. The labels are the caller's, to be freed with free(): 1 on the ring. */
void marked_place(const struct marked *m, const struct surface *s, struct impression_place *place,
		  uint8_t **label);

/* Both at once; id may be NULL. */
void marked_signature(const struct marked *m, const char *id, struct signature *out);

/* A signature of side x side random values with some missing, and its texts: small, for formats. */
void marked_small(uint64_t seed, int side, unsigned layers, struct signature *out);

/* Appends whole files of signatures: a frame each, and an end frame. */
void marked_file(const struct signature *s, int count, struct buf *out);

#endif
