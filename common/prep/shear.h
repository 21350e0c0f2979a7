/* shear.h - aperture shear: striae on what flowed back into the firing-pin aperture */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef PREP_SHEAR_H
#define PREP_SHEAR_H

#include "prep/region.h"
#include "prep/striae.h"

/* Where a barrel drops while the primer's metal still stands in the firing-pin aperture, the aperture's
 * edge wipes striae on it. They are parallel, and run away from the firing pin on one side of it. */
struct shear {
	struct surface patch;      /* what stands in the aperture on that side: the striae upright, away
	                            * from the pin upwards, its rows along the aperture's arc */
	struct striae_look look;   /* of the patch: along its columns */
	double outward_deg;        /* which way is up, in the surface, counter-clockwise from the right as seen */
	double area_mm2;           /* of the points in the patch */
};

/* s is a topography whose regions were found, a point of it so large. STATUS_INPUT: no flow-back, or none
 * with striae; a photograph. shear_free. */
int shear_find(const struct surface *s, const struct region *r, double spacing_x_um, double spacing_y_um,
	       struct shear *out, struct error *e);
void shear_free(struct shear *h);

#endif
