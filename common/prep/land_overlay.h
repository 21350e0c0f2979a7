/* land_overlay.h - a picture of the land that was found in a scan */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef PREP_LAND_OVERLAY_H
#define PREP_LAND_OVERLAY_H

#include "prep/land.h"
#include "prep/overlay.h"

/* From top to bottom, all on one axis across the striae, at most OVERLAY_SIDE wide:
 * the scan with its striae made straight and its coarse form taken away, lit from the left (a photograph: its
 * logarithm), true to scale; the land green, what is beyond its ends red, and a line at each end that is a shoulder;
 * a bar, the greener the better the sections agree there;
 * the mean section as it was measured;
 * the signature, with lines LAND_OVERLAY_UM apart (of photographs: LAND_OVERLAY_PERCENT);
 * ticks 100 um apart, every fifth of them longer.
 * l is what o gave of s. Freed with free(out->rgb). */
#define LAND_OVERLAY_UM 1
#define LAND_OVERLAY_PERCENT 10
int land_overlay(const struct surface *s, const struct land_options *o, const struct land *l, struct overlay *out,
		 struct error *e);

#endif
