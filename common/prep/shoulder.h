/* shoulder.h - the two groove shoulders of a land, and the land between them */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef PREP_SHOULDER_H
#define PREP_SHOULDER_H

#include "prep/striae.h"

/* What a land ends at. */
enum land_end {
	LAND_END_DATA,      /* the scan: no shoulder was seen on this side */
	LAND_END_RISE,      /* a groove's shoulder: the surface rises above the land and stays there */
	LAND_END_GAP,       /* missing points behind which the land does not go on: most often a wall
	                     * too steep for the instrument */
	LAND_END_FALL,      /* an edge below which the surface stays */
	LAND_END_BAND,      /* a photograph's broad bright or dark band: a shoulder under side light */
	LAND_END_GIVEN      /* by a person */
};

const char *land_end_name(enum land_end end);

struct shoulders {
	double left, right;         /* samples of the sections: the land without its feet */
	enum land_end left_end, right_end;
	double radius_um;           /* of the land across the striae; 0: flat; hollow: below 0 */
	double sag_um;              /* how far the land's middle stands above its ends */
	double alike;               /* share of the sections that are curved like their median */
};

struct shoulder_options {
	double margin_um;     /* kept away from a shoulder's foot */
	double least_um;      /* a narrower land is refused */
	double left_um, right_um;  /* given by a person, from the left end of the sections; NAN: found */
};

/* Levels the sections (takes each one's height and tilt away, in place, so that they agree),
 * takes their median, and finds the land in it. STATUS_INPUT: there is no land, and why. */
int shoulder_find(struct sections *s, const struct shoulder_options *options, struct shoulders *out,
		  struct error *e);

/* For those who find shoulders otherwise: ends that a person gave take the place of those found, and
 * what is no land is STATUS_INPUT. */
int shoulder_settle(const struct sections *s, const struct shoulder_options *options, struct shoulders *out,
		    struct error *e);

#endif
