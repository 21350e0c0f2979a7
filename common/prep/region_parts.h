/* region_parts.h - what the region modules share */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef PREP_REGION_PARTS_H
#define PREP_REGION_PARTS_H

#include "prep/region.h"
#include "prep/seek.h"

/* What is looked at: the surface, and a smaller one of its means to look at it quickly. */
struct region_job {
	const struct surface *full, *small;
	int step;  /* full points a small one */
	const struct region_limits *limits;
	int given;                /* the ring was given by a person, and is not doubted */
	struct seek_found found;  /* on the small surface */
};

/* Each fills figures, pin and labels of out, whose label and size are there already (all REGION_NONE),
 * and refuses what it alone can judge. job->found has the ring's outline, and the pin's where
 * found.rings.has_pin. */
int region_photo(const struct region_job *job, struct region *out, struct error *e);
/* Sets the figures of a photograph whose ring is labelled already; levels (may be NULL): standard
 * deviation of the ring's luminance. */
int region_photo_measure(const struct region_job *job, struct region *out, double *levels,
			 struct error *e);
int region_topo(const struct region_job *job, struct region *out, struct error *e);

/* The share of a circle (px of s) in which points are there and lie below the plane of its outer part as only a
 * firing-pin impression does. */
int region_topo_deep(const struct surface *s, const struct region_circle *ring, double *share, struct error *e);

/* Labels what `keep` (or, NULL, the surface's points that are there) says is ring, its hole as pin.
 * 1 when it is a ring, 0 when not (out is as before), -1 on an error; `sure`: it is one. */
int region_mask(const struct surface *s, const uint8_t *keep, int sure, struct region *out,
		struct error *e);

/* The ways in which surfaces are looked at. */
struct seek_lens region_lens(const struct surface *s);

#endif
