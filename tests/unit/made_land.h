/* made_land.h - lands and striated profiles that tests make for themselves */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef UNIT_MADE_LAND_H
#define UNIT_MADE_LAND_H

#include <stdbool.h>
#include <stdint.h>

#include "scan/surface.h"
#include "sign/signature.h"

/* The same numbers on every machine. */
struct made_random { uint64_t state; };

double made_uniform(struct made_random *r);  /* 0 to 1 */
double made_normal(struct made_random *r);

/* Striae of a land as heights over the place across it: ridges and furrows that a seed fixes. */
#define MADE_RIDGES 400
struct made_striae {
	int n;
	double at_um[MADE_RIDGES], wide_um[MADE_RIDGES], high_um[MADE_RIDGES];
};

void made_striae(struct made_striae *s, uint64_t seed, double width_um);
double made_height(const struct made_striae *s, double x_um);

struct made_land {
	uint64_t seed;          /* of the striae */
	uint64_t noise_seed;
	double spacing_um, width_um, height_um;   /* of the scan */
	double land_um;         /* between the shoulders' feet; 0: the whole scan, no groove */
	double left_um;         /* where the left foot lies */
	double radius_um;       /* 0: flat */
	double groove_um;       /* how high the shoulders rise */
	double lean;            /* of everything, sideways per length: a rotation in the plane */
	double noise_um;        /* standard deviation, independent at every point */
	double own;          /* share of striae that are this scan's own (noise_seed) */
	double missing;         /* share of points dropped at random */
	double break_off_um;    /* missing triangle at the first rows */
	double blank_um;        /* of the last rows, without striae */
	double tilt_deg;        /* across */
};
#define MADE_LAND { 1, 1, 1.5625, 2400, 650, 1900, 250, 4500, 45, 0, .1, 0, .02, 40, 100, 0 }

void made_land(const struct made_land *m, struct surface *s);

/* The signature of a land of 700 samples: striae that a seed fixes, and noise of the shot. It has no id. */
void made_land_signature(uint64_t striae, uint64_t shot, bool photograph, struct signature *out);

/* In place: columns become rows (a mirror image), a half turn, rows from bottom to top. */
void made_transpose(struct surface *s);
void made_half_turn(struct surface *s);
void made_upside_down(struct surface *s);

#endif
