/* code.h - the compact code of a mark, for searching */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SIGN_CODE_H
#define SIGN_CODE_H

#include <stdint.h>

#include "math/grid.h"

/* The sign of the smoothed mark on CODE_RINGS circles round its middle, at CODE_ANGLES angles each
 * (the way of iris codes: Daugman 2004). A turn of the mark is a turn of each ring. Bit a of ring r
 * stands in word 2 r + a / 64, at a % 64; angle 0 points right, angles run towards the bottom. */
#define CODE_RINGS 12
#define CODE_ANGLES 128
#define CODE_WORDS (CODE_RINGS * CODE_ANGLES / 64)

struct code {
	uint64_t bit[CODE_WORDS];
	uint64_t on[CODE_WORDS];   /* 1 where bit says something */
};

/* Radii of the rings: first_um, first_um + pitch_um, ... */
struct code_rings {
	double first_um, pitch_um;
};

/* The code of g (already smoothed) as it would be if g were made larger by `scale` round its middle and then
 * moved by dx_um, dy_um. */
void code_make(const struct grid *g, const struct code_rings *rings, double dx_um, double dy_um,
	       double scale, struct code *out);

/* out = in turned by `steps` angles of 360 / CODE_ANGLES degrees, from right towards bottom. */
void code_turn(const struct code *in, int steps, struct code *out);

#endif
