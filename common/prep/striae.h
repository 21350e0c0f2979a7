/* striae.h - which way striae run, and the sections across them */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef PREP_STRIAE_H
#define PREP_STRIAE_H

#include <stdbool.h>

#include "base/error.h"
#include "scan/surface.h"

/* Where a surface's striae run. */
struct striae_look {
	bool along_x;      /* along the rows; false: along the columns */
	double lean;       /* sideways per length along, -1 to 1: the tangent of the angle between
	                    * the striae and the columns (or rows) */
	double coherence;  /* mean correlation of sections 50 to 350 um apart, leaning so; -1 to 1 */
	bool arched;       /* the surface is curved across the striae, as a bullet is */
	double other;      /* the same at the best lean in the other direction */
};

/* Looks at both directions and all leans between them. STATUS_INPUT: too few points, too small,
 * no spacing. A surface without striae is no error: its coherence is near 0 in both directions. */
int striae_look(const struct surface *s, struct striae_look *look, struct error *e);

/* Sections across the striae, one below the other along them: count rows of width samples, NaN
 * where missing. Sample i of section k lies i * step_um across the striae and k * pitch_um along
 * them, whatever their lean. A surface whose striae run along x is turned by a quarter (clockwise),
 * not mirrored. Owned by the caller; striae_free. */
struct sections {
	int count, width;
	double step_um, pitch_um;
	float *z;
};

/* Each sample is the median of the points within pitch_um along the striae, averaged or
 * interpolated to step_um. At most 512 sections (pitch_um grows) of at most 16384 samples. */
int striae_sections(const struct surface *s, const struct striae_look *look, double step_um,
		    double pitch_um, struct sections *out, struct error *e);
void striae_free(struct sections *s);

/* from's heights above the best line over +- half samples, cut at 3 spreads, divided by the
 * spread, 0 where missing; on (may be NULL): 1 where present. from is a section of n samples. */
void striae_flatten(const float *from, int n, int half, float *few, float *to, float *on);

#endif
