/* near.h - the best pose of a probe near another: maps of it at all turns, made when they are asked for */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MATCH_NEAR_H
#define MATCH_NEAR_H

#include "base/error.h"
#include "match/laid.h"
#include "math/grid.h"
#include "sign/code.h"

/* A probe's codes, or its fine codes, at NEAR_TURNS turns and all shifts by thirds of the lattice's pitch, up to
 * 229 um (224 um). The map of a turn (match/laid) is drawn when it is first asked for; threads may share it. */
#define NEAR_TURNS 256
struct near;

/* For codes g is the smoothed mark, for fine codes the mark as it is. Freed by near_free. */
struct near *near_new(const struct grid *g, const struct code_lattice *lattice, struct error *e);
struct near *near_new_fine(const struct grid *g, const struct code_lattice *lattice, struct error *e);
void near_free(struct near *n);

/* What it draws its maps of, and that of a turn. */
const struct laid *near_laid(const struct near *n);
const uint64_t *near_map(struct near *n, enum kernel kernel, int turn);

/* A pose in steps: in NEAR_TURNS, and in thirds of the pitch of the lattice of the near that is meant. */
struct near_place {
	uint8_t turn;
	int8_t right, down;
};

/* The same pose for another near. */
struct near_place near_convert(const struct near *from, const struct near *to, const struct near_place *at);

/* How well the probe can be laid on a code near the best of some places, by single steps of turn and shift from each, a
 * few at most: (agreeing - differing bits) / sqrt(common bits), 0 where fewer than `least` are in common. Each place
 * becomes the one that was reached from it. For near_new; the kernel makes no difference. */
double near_climb(struct near *n, enum kernel kernel, const struct code *c, int least, struct near_place *at,
		  int places);

/* The same for near_new_fine; at[0] becomes the best of those that were reached. */
double near_climb_fine(struct near *n, enum kernel kernel, const struct fine_code *c, struct near_place *at,
		       int places);

#endif
