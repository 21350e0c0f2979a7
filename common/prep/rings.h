/* rings.h - which circles of a view are primer, breech-face ring and firing pin */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef PREP_RINGS_H
#define PREP_RINGS_H

#include "prep/circle.h"

/* In pixels of the view. */
struct rings {
	struct circle ring;    /* outer edge of the flat of the primer */
	struct circle primer;  /* where the case head begins; as guessed when it has none */
	struct circle pin;     /* the firing-pin impression, roughly */
	int has_primer, has_pin;
	double fit;    /* share of the tones' variance that the three zones explain, 0 to 1 */
	double score;  /* of the whole, 0 to about 1 */
};

/* What is known beforehand; 0 where nothing is. */
struct rings_wish {
	double strong;                 /* slope from which an edge counts as shown */
	double ring_least, ring_most;  /* radius of the ring, px */
	double primer_least;           /* radius of the primer, px */
};

/* Seeks in `tone`, whose values run from 0 to 1 with flats bright and slopes dark, as view_equalise
 * leaves a photograph under a ring light. Returns 1 when something was found at all, 0 when nothing,
 * -1 without memory. */
int rings_search(const struct view *tone, const struct rings_wish *wish, struct rings *out,
		 struct error *e);

/* Chooses the circle of `all` within r->ring that most looks like a firing-pin impression and puts it
 * in r->pin and r->has_pin; returns how much it does, 0 to 1. */
double rings_pin(const struct view *tone, const struct circles *all, struct rings *r);

#endif
