/* ejector.h - the ejector's imprint on the head of a case */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef PREP_EJECTOR_H
#define PREP_EJECTOR_H

#include "prep/region.h"

struct ejector {
	uint8_t *label;        /* one a point of the surface: 1 on the floor of the imprint */
	double x_px, y_px;     /* its middle */
	double depth_um;       /* below the head round the primer; NaN where it was given */
	double area_mm2;
};

/* Finds a dent with an even floor in the head of a topography whose primer was found, outside the
 * primer's pocket. Headstamps are as deep, but made of strokes: what is narrower than 320 um is passed
 * over. STATUS_INPUT: there is none, too little of the head is there, or the surface is a photograph.
 * ejector_free. */
int ejector_find(const struct surface *s, const struct region *r, double spacing_x_um, double spacing_y_um,
		 struct ejector *out, struct error *e);

/* The imprint is where mask (the surface's width * height) is 128 or more. */
int ejector_from_mask(const struct surface *s, const uint8_t *mask, struct ejector *out, struct error *e);

/* The imprint is all within a circle, px. */
int ejector_from_circle(const struct surface *s, double x, double y, double r, struct ejector *out,
			struct error *e);

void ejector_free(struct ejector *j);

#endif
