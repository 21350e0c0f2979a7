/* region.h - find primer, breech-face ring and firing-pin impression in a surface */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef PREP_REGION_H
#define PREP_REGION_H

#include <stddef.h>
#include <stdint.h>

#include "scan/surface.h"

enum region_label {
	REGION_NONE,
	REGION_BREECH,   /* the ring: the flat of the primer, without what follows */
	REGION_PIN,      /* the firing-pin impression with its drag; of a masked scan, its hole */
	REGION_FLOWBACK, /* of topographies: what flowed back into the firing-pin aperture and stands
			  * round the impression; in photographs it counts as ring */
	REGION_EJECTOR   /* the ejector's imprint, where it was looked for */
};

enum region_way {
	REGION_FOUND,
	REGION_MASKED,      /* the scan was masked already, and its mask was kept */
	REGION_GIVEN_MASK,  /* by a person */
	REGION_GIVEN_CIRCLE
};

/* Pixels of the surface, whole coordinates at pixel centres; r along x, 0: not found. */
struct region_circle {
	double x, y, r;
};

struct region {
	int width, height;  /* of the surface */
	uint8_t *label;     /* width * height, enum region_label */
	enum region_way way;
	struct region_circle ring;    /* its outer edge */
	struct region_circle primer;  /* where the case head begins: the mouth of the primer's pocket */
	struct region_circle pin;     /* centroid, and radius of a circle of the same area */
	size_t breech;                /* points of the ring that are not missing */
	double quality;               /* 0 to 100 */

	/* What the quality is made of; -1 where it was not measured. */
	double score;      /* how well circles and tones fit a primer, 0 to about 1 */
	double focus;      /* detail of 8 to 16 um over detail of 32 to 64 um; sharp: above 0.9 */
	double texture;    /* detail of 32 to 64 um over the step of luminance at the ring's edge */
	double saturated;  /* share of the ring's points at the top of the range */
	double coverage;   /* share of the ring that is in the frame and not missing */

	char note[200];  /* what was found, and what is doubtful, for people */
};

/* What is refused. The scores and the texture lie between what real and made pictures of primers
 * give and what pictures of other things give. */
struct region_limits {
	double least_score_photo;  /* 0 to 1 */
	double least_score_topo;   /* lower, because sizes and slopes are known */
	double least_focus;        /* a Gaussian blur of 30 um leaves about 0.2 */
	double least_texture;
	double most_saturated;   /* share of the ring */
	double least_levels;     /* standard deviation of luminance in the ring, of 255 */
	double least_radius_px;  /* of the ring, in the surface */
	double least_share;      /* the ring's points, of its circle: a full ring has 0.5 to 0.9 */
	size_t least_points;     /* of the ring */
};
#define REGION_LIMITS_DEFAULT { 0.69, 0.58, 0.17, 0.02, 0.6, 1.0, 30, 0.05, 2000 }

/* Finds the regions. A scan that is masked to a ring keeps its mask. STATUS_INPUT says why a surface
 * cannot serve: no primer, out of focus, over- or underexposed, too little surface. limits NULL: the
 * default. out is filled only on success, else empty; region_free. A cast is turned into a positive
 * by the caller, before. */
int region_find(const struct surface *s, const struct region_limits *limits, struct region *out,
		struct error *e);

/* The ring is where mask (the surface's width * height, row by row) is 128 or more and the surface is
 * not missing. */
int region_from_mask(const struct surface *s, const uint8_t *mask, const struct region_limits *limits,
		     struct region *out, struct error *e);

/* The ring's outer edge is this circle (px); the firing pin is found within. */
int region_from_circle(const struct surface *s, double x, double y, double r,
		       const struct region_limits *limits, struct region *out, struct error *e);

void region_free(struct region *r);

/* The pocket's mouth, where small primers (4.45 mm) sit: as wide in photographs of 9 mm cases whose
 * ring is 1.70 mm in radius in topographies of the same cases. About 5500 for large primers. */
#define REGION_MOUTH_UM 4900

/* The spacing of a photograph that says nothing about it: from the primer's circle, if it was found,
 * else from the ring's (whose size differs from case to case by some 10 %). mouth_um 0: the default. */
double region_spacing_um(const struct region *r, double mouth_um);

/* "found", "masked", "mask given", "circle given". */
const char *region_way_text(enum region_way way);

#endif
