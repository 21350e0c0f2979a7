/* original.h - the scan or photograph that a signature was taken from, to be looked at */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MATCH_ORIGINAL_H
#define MATCH_ORIGINAL_H

#include "match/pair.h"
#include "prep/land.h"

/* What of a file is drawn. Owned by the caller; original_free. */
struct original {
	bool photograph;
	double spacing_um;         /* of the file */
	double slope;              /* heights: the median of the mark's slopes (across its striae) */
	/* impressed marks */
	struct grid g;             /* all that the file shows round the mark: heights in um without the mark's
	                            * tilt, or luminance in standard deviations of the mark's about its mean */
	struct pose from_mark;     /* takes a point of the signature to one of g, both from their middles */
	/* striated ones */
	struct land_strip strip;
};

/* Reads a file's bytes as extraction does, finds the mark again, and holds it against the signature: where it
 * is the same, or lies elsewhere in the same picture (a person may have said where it is), it is the original.
 * STATUS_INPUT: it is not, and why. step_um: g is sampled no finer than this, and no finer than the file.
 * room: to compare in; impressed marks only. */
int original_find(const void *bytes, size_t size, const struct signature *s, double step_um,
		  struct compare_room *room, struct original *out, struct error *e);
void original_free(struct original *o);

#endif
