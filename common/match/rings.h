/* rings.h - the first step of a search: marks as harmonics on rings, compared at all turns at once */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MATCH_RINGS_H
#define MATCH_RINGS_H

#include <stdbool.h>
#include <stdint.h>

#include "match/kernel.h"
#include "math/grid.h"
#include "sign/code.h"

/* A code (sign/code) is seen as points of +1 and -1 on the plane. What they sum to near each of RINGS rings
 * round the middle, times exp(-i m angle), are the ring's harmonics m. Those of long waves, some 200 um and
 * more on a breech face, are kept in four bits each: about half of what a code tells, but the sums of
 * products of two marks' harmonics over the rings are the Fourier series of their correlation over all
 * turns, so that 128 turns cost little more than one. */
#define RINGS 20
#define RINGS_ORDERS 63
/* Of order m (1 to RINGS_ORDERS) the outermost rings, two times so many, whose circumference has long enough
 * waves. */
#define RINGS_PAIRS(m) ((70 - (m)) * 3 / 17 < RINGS / 2 ? (70 - (m)) * 3 / 17 : RINGS / 2)
/* The sum of that. */
#define RINGS_ALL 384
/* Where the mark is: cells of 32 sectors in 8 bands of equal area. */
#define RINGS_SECTORS 32
#define RINGS_BANDS 8

/* What an index keeps of a code, as it lies in the file. Number k of the 4 * RINGS_ALL numbers (by order,
 * then from the outermost ring on, two rings at a time: real, imaginary, real, imaginary) is that in the low
 * half of byte k, for the second half of the numbers the high half of byte k - 2 * RINGS_ALL; 8 stands for
 * 0. Bit n of a band is sector n, from the right towards the bottom. */
struct rings {
	uint8_t number[2 * RINGS_ALL];
	uint32_t there[RINGS_BANDS];
};

/* What is needed to make them of a lattice's codes; freed by rings_free. Never changes; threads may use it. NULL: no
 * memory, or a lattice that is none of ours (STATUS_INPUT): more places than a code has bits. */
struct rings_basis;
struct rings_basis *rings_new(const struct code_lattice *lattice, struct error *e);
void rings_free(struct rings_basis *b);
void rings_make(const struct rings_basis *b, const struct code *code, struct rings *out);
/* By a kernel that is supported; the result is the same. */
void rings_make_by(const struct rings_basis *b, enum kernel kernel, const struct code *code, struct rings *out);

/* A probe made ready, at RINGS_SHIFTS shifts of up to some 200 um. Owned by the caller, aligned to 64 bytes. */
#define RINGS_SHIFTS 16
#define RINGS_TURNS 128
#define RINGS_ROOTS 92   /* the Fourier series' passes need so many */
struct rings_probe {
	/* Of each pair of rings and shift: real and imaginary of both, and what gives the imaginary part. */
	int8_t table[RINGS_ALL][2][RINGS_SHIFTS][4];
	int32_t bias[RINGS_ORDERS][2][RINGS_SHIFTS];   /* what the numbers' 8 for 0 adds */
	uint32_t there[RINGS_BANDS][RINGS_SECTORS];    /* at each turn */
	int32_t weight[RINGS_SECTORS * RINGS_BANDS + 1];   /* by common cells, if those are enough; in 32768ths */
	int cells;
	int16_t root[RINGS_ROOTS][2];   /* cos and sin of 2 pi k / RINGS_TURNS, in 32768ths */
} __attribute__((aligned(64)));

/* g: the probe's mark as impression_search_grid gives it; own: its code. */
int rings_prepare(const struct rings_basis *b, const struct grid *g, const struct code *own, struct rings_probe *out,
		  struct error *e);

/* How well the probe can be laid on each of n others at best, at most RINGS_BATCH, and, of those of which that is at
 * least `least`, where to look closer: the turns of the best peaks, best first; where there are fewer, the first is
 * there several times. The same of every kernel, and whatever else is among the n. Of 796 made mates with half of the
 * ring in common 789 have their true turn among these or next to one. */
#define RINGS_PEAKS 12
#define RINGS_BATCH 64
struct rings_found {
	uint16_t value;
	uint8_t turn[RINGS_PEAKS];
};
void rings_find(enum kernel k, const struct rings_probe *p, const struct rings *const *of, int n, int least,
		struct rings_found *found);

#endif
