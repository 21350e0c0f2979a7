/* pin.h - the firing pin's own impression: without the drag, and without its wall */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef PREP_PIN_H
#define PREP_PIN_H

#include "prep/region.h"

struct pin {
	uint8_t *label;      /* one a point of the surface: 1 where the pin's own impression is */
	double x_px, y_px;   /* its middle */
	double inner_um;     /* radius of the largest circle in the whole impression */
};

/* Wall and drag look alike for all pins of a kind, and stronger than what tells them apart. Of r's
 * firing-pin impression is left out what is narrower than six tenths of its largest circle (a drag),
 * and a margin of 80 um or an eighth of that circle's radius. STATUS_INPUT: there is no impression. pin_free. */
int pin_find(const struct surface *s, const struct region *r, double spacing_x_um, double spacing_y_um,
	     struct pin *out, struct error *e);
void pin_free(struct pin *p);

#endif
