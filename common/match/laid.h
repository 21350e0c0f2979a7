/* laid.h - the codes that a probe would have if it lay otherwise */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MATCH_LAID_H
#define MATCH_LAID_H

#include "base/error.h"
#include "sign/code.h"

/* A turned probe is drawn on a map three times as fine as the lattice of the code. Moved by whole points of that map,
 * its code is picked out of the map's bits, row by row, without another look at the mark: every third bit is a
 * place of the code, so bits are kept by their number modulo three. */
#define LAID_SIDE_MOST 256
#define LAID_PHASES 3

struct laid_map {
	uint64_t bit[LAID_SIDE_MOST][LAID_PHASES][2], on[LAID_SIDE_MOST][LAID_PHASES][2];   /* the lower 64 first */
};

/* What is drawn: the mark at twice its points. */
struct laid {
	struct code_lattice lattice;
	struct code_run run[FINE_RUNS];
	int runs;
	int map_side, reach;   /* of the maps, and how far the probe may be moved on them */
	int side;              /* points of `point` */
	double step_um;
	uint8_t *point;        /* 0 missing or weak, 2 there and not above 0, 3 there and above 0 */
};

/* For codes: g is the smoothed mark, of which nothing is weak. For fine codes: the mark as it is, of which is weak what
 * code_fine_make leaves out. */
int laid_new(struct laid *l, const struct grid *g, const struct code_lattice *lattice, struct error *e);
int laid_new_fine(struct laid *l, const struct grid *g, const struct code_lattice *lattice, struct error *e);
void laid_free(struct laid *l);

/* The mark turned from right towards bottom and made larger. */
void laid_draw(const struct laid *l, double turn_deg, double scale, struct laid_map *map);

/* Moved by right and down thirds of the lattice's pitch, at most LAID_REACH (fine: LAID_FINE_REACH); bits of places
 * that are missing are 0. */
#define LAID_REACH 9
#define LAID_FINE_REACH 12
void laid_code(const struct laid *l, const struct laid_map *map, int right, int down, struct code *out);
void laid_fine_code(const struct laid *l, const struct laid_map *map, int right, int down, struct fine_code *out);

#endif
