/* impression.h - the signature of an impressed mark: breech face, firing pin, ejector */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SIGN_IMPRESSION_H
#define SIGN_IMPRESSION_H

#include <stdbool.h>

#include "scan/surface.h"
#include "sign/signature.h"

/* What the method is made of; it travels in the signature's "method" text. Lengths are in
 * micrometres on the specimen. Cut-offs are those of the Gaussian filter of ISO 16610-61. */
struct impression_params {
	double side_um;       /* the square that is looked at */
	double step_um;       /* between points of the signature; it is made at half of this */
	double short_um;      /* shorter waves of the relief are noise */
	double look_short_um; /* shorter waves of the look depend on the light */
	double long_um;       /* longer waves are form */
	double even_um;       /* contrast is evened out over this length (a standard deviation) */
	double search_um;     /* short cut-off of what the search code sees */
	struct code_lattice lattice;
	struct code_lattice fine;   /* of the fine code of the relief; pitch 0: this kind of mark has none */
	double least_mm2;     /* less surface than this says too little */
};

/* The parameters of a kind of mark. */
const struct impression_params *impression_params(enum mark mark);

/* "impression/1 step 20 band 40,80-400 even 150": signatures are compared only when this is equal. */
void impression_method(const struct impression_params *p, char *text, size_t size);

/* STATUS_INPUT when s was made by another method, or is of a size that this one does not make. */
int impression_check(const struct signature *s, struct error *e);

/* Where the mark is on the surface. */
struct impression_place {
	const uint8_t *label;   /* one per point of the surface, or NULL for all that are there */
	uint8_t wanted;         /* the label of the mark */
	double x_px, y_px;      /* the mark's middle: the centre of the primer or of the impression */
	int has_pin;            /* a breech face: the middle of the firing-pin impression is known */
	int bowl;               /* it is steep and round: a firing-pin impression */
	int plain;              /* no part of a turned or round form: means at a distance are not taken away */
	double pin_x_px, pin_y_px, pin_px;   /* and its radius */
	double hole_um;         /* radius of the firing-pin hole where the label leaves that out, 0: it does not */
	double spacing_x_um, spacing_y_um;
};

/* Fills mark, grid, layers and codes of out (not the meta texts, except quality and method).
 * Steps: sample at half of step_um; take away tilt (topography: robust plane; photograph: the logarithm
 * of luminance first); leave out the firing-pin hole; take away the means at each distance from the
 * middle and from the firing pin; for a topography also make the look (logarithm of the slope, as a
 * ring light shows it); Gaussian band; even out the contrast; halve; round.
 * STATUS_INPUT when there is too little surface or nothing on it. */
int impression_sign(const struct surface *s, const struct impression_place *place, enum mark mark,
		    struct signature *out, struct error *e);

/* Has this kind of mark a fine code? */
bool impression_has_fine(enum mark mark);

/* The fine code of the relief's own values. STATUS_NO: this kind of mark has none, the relief is not there, or
 * it has nothing at the lattice's places. */
int impression_fine_code(const struct signature *s, struct fine_code *out, struct error *e);

/* The layer of a signature as values, and those smoothed for the search code; free with grid_free. */
int impression_grid(const struct signature *s, enum layer layer, struct grid *out, struct error *e);
int impression_search_grid(const struct signature *s, enum layer layer, struct grid *out, struct error *e);

#endif
