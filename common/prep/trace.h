/* trace.h - the edges of breech-face ring and firing pin, followed point by point */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef PREP_TRACE_H
#define PREP_TRACE_H

#include "prep/outline.h"
#include "prep/rings.h"

/* Outlines are given in pixels of the view; step is the mean step of tone across one. */

/* The ring's outer edge, in a tone as rings_search takes: within `slack` (share of the radius) of the
 * circle. */
int trace_ring(const struct view *tone, const struct circle *ring, double slack, struct outline *out,
	       double *step, struct error *e);

/* The firing-pin impression with its drag: in every direction from the middle of r->pin the outermost
 * place where the dark ends (where r->pin.sign is 0: where the tone changes most), and inside the
 * ring's outline. */
int trace_pin(const struct view *tone, const struct rings *r, const struct outline *ring,
	      struct outline *out, double *step, struct error *e);

#endif
