/* instrument.h - what an instrument makes of a fired case's heights */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MAKE_INSTRUMENT_H
#define MAKE_INSTRUMENT_H

#include "make/case.h"
#include "make/specimen.h"

/* Turns the heights of `out` into a measurement: tilt and piston, noise, outliers, points lost on
 * steep walls and elsewhere, and with w->masked everything outside the ring. */
int instrument_scan(const struct specimen *s, const struct case_wishes *w, const struct placing *view,
		    struct surface *out, struct error *e);

/* Light of a picture, before the camera: 0 is black, 1 about as bright as flat metal can be. */
struct light {
	int width, height;
	double spacing_um;
	const float *z;     /* heights, width * height */
	float *v;           /* light, as many, written */
};

/* Under a ring light, or one from the side. STATUS_SYSTEM: no memory. */
int light_render(const struct specimen *s, const struct case_wishes *w, const struct placing *view,
		 struct light *l, struct error *e);

#endif
