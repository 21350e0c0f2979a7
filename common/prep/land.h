/* land.h - the signature of a land engraved area */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef PREP_LAND_H
#define PREP_LAND_H

#include <math.h>

#include "base/error.h"
#include "prep/shoulder.h"
#include "scan/surface.h"

/* Everything that the method depends on; travels with the signature. */
struct land_options {
	double step_um;        /* of the signature: 1.5625 */
	double section_um;     /* 5 to 50: height of a section, along the striae */
	double short_um;       /* short cut-off of the band, 8 to 40 */
	double long_um;        /* long cut-off, 100 to 1000 */
	double agree_um;       /* length over which sections are asked to agree, 50 to 500 */
	struct shoulder_options shoulder;
	double least_coherence;  /* of the sections, below which there are no striae; 0 to 1 */
	double least_quality;    /* 0 to 100 */
	bool flat;             /* striae on a flat (aperture shear) are wanted: no shoulders, no arc */
};
#define LAND_OPTIONS_DEFAULT { 1.5625, 12.5, 16, 250, 300, { 30, 300, NAN, NAN }, .25, 15, false }
/* of aperture shear (shear.h) */
#define SHEAR_OPTIONS_DEFAULT { 1.5625, 12.5, 16, 250, 300, { 30, 300, NAN, NAN }, .25, 15, true }

/* Sample i lies i * step_um from the left end of the land as a person sees it with the striae
 * upright; a scan whose striae lay along x was turned clockwise, not mirrored. */
struct land {
	enum surface_kind kind;   /* of what it came from: heights do not compare with luminance */
	int n;                    /* samples, at most LAND_MOST */
	double step_um;
	float *z;                 /* um; of a photograph: hundredths of the natural logarithm of
	                           * luminance; 0 where missing */
	float *sure;              /* 0 to 1: how well the sections agree there; 0 where missing */
	enum land_end left_end, right_end;
	double left_um;           /* where the signature begins, from the left end of the scan */
	double width_um;
	double radius_um, sag_um; /* of the form taken away; 0 where there was none */
	double alike;             /* share of the sections that are curved so, 0 to 1 */
	double lean_deg;          /* of the striae against the nearer side of the scan */
	double coherence;         /* of distant sections, -1 to 1 */
	double roughness_um;      /* root mean square of z, in its unit */
	double valid;             /* share of the scan's points that are not missing */
	double quality;           /* 0 to 100: 100 times the mean of sure */
	bool along_x;
};
#define LAND_MOST 8192

/* Which ends lie at a fixed distance from a groove's shoulder. */
#define LAND_LEFT_KNOWN 1
#define LAND_RIGHT_KNOWN 2
int land_ends(const struct land *l);

/* STATUS_INPUT says why a surface has no signature: no spacing, too few points, no striae, all
 * groove, a flat (which is what a breech face is). Freed by land_free. */
int land_extract(const struct surface *s, const struct land_options *options, struct land *out,
		 struct error *e);

/* The same where it is known which way the striae run. */
int land_extract_along(const struct surface *s, const struct striae_look *look, const struct land_options *options,
		       struct land *out, struct error *e);
void land_free(struct land *l);

/* A land as it is to be looked at: rows of as many samples as its signature has, from the same left end,
 * the striae made straight and the form taken away. NaN where missing. Freed with free(z). */
struct land_strip {
	int rows, n;
	double row_um;            /* between rows, along the striae */
	float *z;                 /* rows * n, in the unit of struct land */
};

/* Of the surface, with the options, that l is from. look NULL: which way the striae run is found. */
int land_strip(const struct surface *s, const struct striae_look *look, const struct land_options *options,
	       const struct land *l, struct land_strip *out, struct error *e);

/* Whether options are within their ranges. */
int land_options_check(const struct land_options *o, struct error *e);

#endif
