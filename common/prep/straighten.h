/* straighten.h - make the striae of a run of sections stand straight */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef PREP_STRAIGHTEN_H
#define PREP_STRAIGHTEN_H

#include "prep/striae.h"

/* The sideways course of striae over sections: at section k they lie
 * lean * t + bend * (t * t - 1/3) um to the right of where they lie on the average, where t runs
 * from -1 at the first section to 1 at the last. */
struct striae_course {
	double lean_um, bend_um;
	double coherence;  /* mean correlation of each section with the mean of all the others */
};

/* Finds the course that is left after striae_look (up to a lean of .06 either way) and takes it
 * out of the sections, by interpolation; what moves in from beyond the ends is missing.
 * Fewer than 4 sections stay as they are. STATUS_SYSTEM without memory. */
int straighten(struct sections *s, struct striae_course *course, struct error *e);

#endif
