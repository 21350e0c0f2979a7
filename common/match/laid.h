/* laid.h - the codes that a probe would have if it lay otherwise */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MATCH_LAID_H
#define MATCH_LAID_H

#include "base/error.h"
#include "match/kernel.h"
#include "sign/code.h"

/* A map has three rows for every one of the lattice, and as many columns; LAID_ROWS_MOST is enough for its rows. */
#define LAID_PHASES 3
#define LAID_ROWS_MOST 256

/* Neighbouring places of the lattice that are in one word of a row. */
struct laid_run {
	uint16_t at;           /* the first, among the lattice's places */
	uint8_t word, shift;   /* in which word, and from which bit of it on */
	uint64_t mask;         /* as many ones */
};

/* What is drawn: the mark at twice its points. */
struct laid {
	struct code_lattice lattice;
	struct laid_run run[2 * FINE_RUNS];
	int runs;
	int half;              /* the lattice's rows and columns reach from -half to half - 1 */
	int reach;             /* how far the probe may be moved on a map, in thirds of the lattice's pitch */
	int words;             /* in a row: two where it has more than 64 places, half of them in each */
	uint8_t half_row[LAID_ROWS_MOST];   /* of each row of a map, how far it reaches left and right of the middle */
	int side, stride;      /* points of `point`, and bytes from row to row */
	double step_um;
	uint8_t *point;        /* 0 missing or weak, 2 there and not above 0, 3 there and above 0; one more all round */
};

/* For codes: g is the smoothed mark, of which nothing is weak. For fine codes: the mark as it is, of which is weak what
 * code_fine_make leaves out. */
int laid_new(struct laid *l, const struct grid *g, const struct code_lattice *lattice, struct error *e);
int laid_new_fine(struct laid *l, const struct grid *g, const struct code_lattice *lattice, struct error *e);
void laid_free(struct laid *l);

/* A turned probe is drawn on a map three times as fine as the lattice. Moved by whole points of that map, its code is
 * every third bit of every third row: so rows and bits are kept by their number modulo three, and a code in any
 * place is a run of rows, whose bits have to be shifted by one number, without another look at the mark. */
/* 64-bit words of a map; that of a code has no more than LAID_MAP_MOST. */
#define LAID_MAP_MOST 1170
size_t laid_map_words(const struct laid *l);
/* The mark turned from right towards bottom and made larger. By a kernel that is supported; the map is the same. */
void laid_draw(const struct laid *l, enum kernel kernel, double turn_deg, double scale, uint64_t *map);

/* The map's rows at a place: moved by right and down, at most `reach` each. Shifted right by `shift`, word k stands for
 * the same places of the lattice as word k of laid_rows; what else is in it says nothing. */
#define LAID_REACH 9
#define LAID_FINE_REACH 12
struct laid_place {
	const uint64_t *bit, *on;
	int shift;
};
struct laid_place laid_place(const struct laid *l, const uint64_t *map, int right, int down);

/* The code there; bits of places that are missing are 0. Not for fine codes. */
void laid_code(const struct laid *l, const uint64_t *map, int right, int down, struct code *out);

/* A code (CODE_WORDS of each) or fine code (FINE_WORDS) by rows, to be compared with those of a map. */
#define LAID_WORDS_MOST 152
struct laid_rows {
	int words;   /* a multiple of eight; what is more than the lattice's rows is 0 */
	uint64_t bit[LAID_WORDS_MOST], on[LAID_WORDS_MOST];
};
void laid_spread(const struct laid *l, const uint64_t *bit, const uint64_t *on, struct laid_rows *out);

#endif
