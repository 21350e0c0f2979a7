/* rings_basis.h - what the files of the rings share: how a lattice's places lie to the rings */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MATCH_RINGS_BASIS_H
#define MATCH_RINGS_BASIS_H

#include "match/rings.h"

/* Lengths are in pitches of the lattice. Ring 0 lies half a step within the outer edge. */
#define RING_STEP 1.0465
/* A place counts for a ring by a Gaussian of its distance from it. The probe is smoothed by as much once
 * more, and along the rings by both together: what is left of waves has half its height at about 250 um on a
 * breech face. */
#define RING_SIGMA 0.385
#define RING_NEAR (2.7 * RING_SIGMA)
/* Standard deviation of the numbers where the mark is, and of what a probe's products are made to have. */
#define NUMBER_SPREAD 4.0
#define MULTIPLIER_BITS 16

/* Orders by their rest modulo four: classes 0 to 3 have the rests 0, 2, 1 and 3. Order 4 k + c is number k of the
 * class of rest c, order 4 k + 4 number k of that of rest 0. */
#define CLASSES 4
#define CLASS_ORDERS 16
#define CLASS(m) ((m) % 2 ? 2 + (m) % 4 / 2 : (m) % 4 / 2)
#define CLASS_PLACE(m) (((m) - 1) / 4)

/* Quarter turns take a place to three others, and its mirror image at the diagonal to three more. The cosines and
 * sines of all eight are the same but for order and sign: what depends on the code is added up for an octet, in
 * eight ways (rings_make.c), and multiplied by the cosines or sines of one place. Octets stand in the order of
 * their distance from the middle, so that a ring is near a run of them. */
#define OCTET_WAYS 8
#define OCTET_GROUP 4
#define OCTETS_MOST (CODE_MOST * 3 / 8 + OCTET_GROUP)
/* Of a group of octets and a ring: weight times cosine, then sine, of each class's orders, in 16ths. */
typedef int8_t ring_group[2 * CLASSES][CLASS_ORDERS][OCTET_GROUP];
/* The same of one octet. */
typedef int16_t ring_orders[CLASS_ORDERS];
typedef ring_orders ring_row[2 * CLASSES];

#define RINGS_CELLS (RINGS_SECTORS * RINGS_BANDS)
#define CELL_WINDOWS 6

struct rings_basis {
	double pitch_um, outer;
	double spread[RINGS];              /* what a number was divided by, as a fraction of the table's unit */
	int32_t multiplier[RINGS];
	/* Of each octet: where its place in the right lower quarter stands among those of the lower half, then that
	 * place turned by a quarter, the mirrored place, and this turned. Of one that is not there: `half`. */
	uint16_t place[OCTETS_MOST][4];
	int octets;                        /* OCTET_GROUP times something */
	int half;                          /* how many places the lattice's lower half has */
	/* A ring's groups, from group `first` on, and its octets' rows, which are those from octet `row_first` on */
	int first[RINGS], groups[RINGS], row_first[RINGS], rows[RINGS];
	ring_group *group_table, *group[RINGS];
	ring_row *row_table, *row[RINGS];
	/* What is too much where 8 was added to all that is multiplied by a group's numbers, negative */
	int32_t bias[RINGS][2 * CLASSES][CLASS_ORDERS];
	/* Where each two rings' numbers are, as they are made: by two rings, class, and its orders */
	uint16_t number[RINGS_ALL];
	uint8_t cell[CODE_MOST];           /* sector + RINGS_SECTORS * band */
	/* How many of a cell's places must be on */
	uint8_t cell_least[RINGS_CELLS];
	/* Where they are: 8 bytes of a code at a time, from a byte on, and which of their bits; the most that a cell has
	 * of those */
	uint64_t cell_bits[RINGS_CELLS][CELL_WINDOWS];
	uint8_t cell_at[RINGS_CELLS][CELL_WINDOWS];
	int windows;
};

static inline double ring_radius(const struct rings_basis *b, int ring)
{
	return b->outer - (ring + 0.5) * RING_STEP;
}

static inline int ring_has_order(int ring, int m)
{
	return m <= RINGS_ORDERS && ring < 2 * RINGS_PAIRS(m);
}

/* In which cells the code says something. */
void rings_there(const struct rings_basis *b, const struct code *code, uint32_t there[RINGS_BANDS]);

#endif
