/* aperture.h - the edge of the firing-pin hole in a breech-face ring */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef PREP_APERTURE_H
#define PREP_APERTURE_H

#include "math/grid.h"

/* Primer metal flows into the breech face's firing-pin hole: within the hole's edge there is no breech
 * face, but a pad that is wiped, sheared and different each time. Examiners leave it out (Fadul 2011,
 * Song 2018). The edge shows as a circle about the firing-pin impression along which steps of height
 * or tone run across, not along. */
struct aperture {
	int found;
	double x_um, y_um;    /* from the grid's middle */
	double radius_um;
	double strength;      /* how far it stands out, in units of the texture's own variation */
};

/* g: the ring, levelled, at 5 to 20 um; the impression's middle is at pin_x_um, pin_y_um from g's middle
 * and its radius is pin_um (0: not known). hole_um: the radius of a hole that was left out of g already, 0: none;
 * what disturbs beyond it is near to it. At most `most` of the ring's area is given up; what is less
 * strong than `least` is no edge. In photographs the crater's lip is as black as the hole's edge outside it, and
 * often the stronger circle: the outermost circle that is as strong as `beyond` is taken. 0: the strongest; in
 * heights the hole's edge is the higher step. */
int aperture_find(const struct grid *g, double pin_x_um, double pin_y_um, double pin_um, double hole_um,
		  double most, double least, double beyond, struct aperture *out, struct error *e);

/* Removes what lies within the edge (and a little beyond it) from g. */
void aperture_cut(const struct aperture *a, struct grid *g);

#endif
