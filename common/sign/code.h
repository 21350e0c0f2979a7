/* code.h - the compact code of a mark, for searching */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SIGN_CODE_H
#define SIGN_CODE_H

#include <stdbool.h>
#include <stdint.h>

#include "math/grid.h"

/* The sign of the smoothed mark at the places of a square lattice round its middle (binary codes with a mask, in
 * the way of iris codes: Daugman 2004; but on a lattice and not on rings, which would crowd inside and be
 * sparse outside, where most of the mark is). Bit k is bit k % 64 of word k / 64 and stands for place k. */
#define CODE_WORDS 32
#define CODE_MOST (64 * CODE_WORDS)

struct code {
	uint64_t bit[CODE_WORDS];
	uint64_t on[CODE_WORDS];   /* 1 where bit says something */
};

/* The places are the points ((i + 1/2) pitch, (j + 1/2) pitch), i and j whole numbers, right and down from the
 * middle, whose distance from it is inner_um to outer_um: by rows from the top, each to the right. */
struct code_lattice {
	double inner_um, outer_um, pitch_um;
};

/* Rows and columns reach from -CODE_REACH to CODE_REACH - 1. */
#define CODE_REACH 26

/* A run of neighbouring places in a row. */
struct code_run {
	int row, first, count;     /* places (first ... first + count - 1, row) */
};
#define CODE_RUNS (4 * CODE_REACH)

/* Fills run with the lattice's runs in order; returns how many there are. */
int code_runs(const struct code_lattice *lattice, struct code_run run[CODE_RUNS]);

/* A value nearer to 0 than this share of the root mean square is as likely noise: its bit says nothing. */
#define CODE_WEAK 0.4

/* The code of g, already smoothed. */
void code_make(const struct grid *g, const struct code_lattice *lattice, struct code *out);

/* The same of more places and of the mark as it is, not smoothed: half of a ring still has enough bits of its own. A
 * search looks at it where the other leaves a doubt. */
#define FINE_WORDS 64
#define FINE_MOST (64 * FINE_WORDS)

struct fine_code {
	uint64_t bit[FINE_WORDS];
	uint64_t on[FINE_WORDS];
};

/* Rows and columns reach from -FINE_HALF to FINE_HALF - 1; a run may have more than 64 places. */
#define FINE_HALF 37
#define FINE_RUNS (4 * FINE_HALF)
int code_fine_runs(const struct code_lattice *lattice, struct code_run run[FINE_RUNS]);

/* The code of g. */
void code_fine_make(const struct grid *g, const struct code_lattice *lattice, struct fine_code *out);

/* Is any bit on? */
bool code_fine_says(const struct fine_code *c);

#endif
