/* flatness.h - a topography as a light along its axis would show it */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef PREP_FLATNESS_H
#define PREP_FLATNESS_H

#include "prep/view.h"

/* Replaces heights by 1 / (1 + (slope / FLATNESS_SLOPE)^2): 1 on flats, near 0 on walls and where
 * heights are missing over more than a few points. Slopes count from that of the plane that most of
 * the points agree on. pixel_um is what a pixel of the view measures, 0 where nobody knows: then the
 * median slope stands for half of FLATNESS_SLOPE. */
#define FLATNESS_SLOPE 0.18
int flatness(struct view *v, double pixel_um, struct error *e);

#endif
