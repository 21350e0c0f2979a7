/* plate.h - one layer of a signature in whole numbers, ready to be turned and correlated */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MATCH_PLATE_H
#define MATCH_PLATE_H

#include <stdint.h>

#include "base/error.h"
#include "sign/signature.h"

/* Sums of products of these are exact, so results do not depend on the machine or on the order of
 * summing. Rows are `stride` long and padded with missing points on all sides, so that a window may
 * reach past the edge by up to `pad`: plate_at tells where a point is. */
#define PLATE_PAD 24       /* of the plates that cells are sought on */
#define PLATE_PAD_ROUGH 8  /* of those that are only moved a little */
#define PLATE_SCALE 4      /* v is in units of 1 / (SIGNATURE_UNIT * PLATE_SCALE) deviations */
struct plate {
	int side, stride, pad;
	double step_um;
	int16_t *v, *square, *on;   /* value, its square, 1 or 0; all 0 where missing */
	int left, right, top, bottom;  /* box of the points present: left <= x < right */
	double reach_px;            /* farthest of them from the middle */
	int count;
};

/* Where a probe lies on a candidate: q = scale * R(turn) * p + shift, both from the middles, x to
 * the right, y downwards, turn from right towards bottom (clockwise to the eye). */
struct pose {
	double turn_deg, dx_um, dy_um, scale;
};

int plate_new(struct plate *p, int side, double step_um, int pad, struct error *e);
void plate_free(struct plate *p);

static inline size_t plate_at(const struct plate *p, int x, int y)
{
	return (size_t)(y + p->pad) * (size_t)p->stride + (size_t)(x + p->pad);
}

/* The layer at the signature's own step. */
int plate_from_signature(const struct signature *s, enum layer layer, struct plate *out, struct error *e);

/* The same at twice the step: means of 2 x 2 points, where at least two are there. */
int plate_halve(const struct plate *from, int pad, struct plate *out, struct error *e);

/* to (same side and step) = from laid in the pose; only the part inside the box of `over` (grown by
 * margin_px) is made, so shifts against `over` must stay within margin_px. over NULL: all of it. */
void plate_lay(const struct plate *from, const struct pose *pose, const struct plate *over, int margin_px,
	       struct plate *to);

/* Correlation of a with b moved so that b's point x + sx, y + sy meets a's x, y: sum of products over
 * the root of the product of the sums of squares, all over points present in both (values are
 * band-passed, so their local mean is near 0). *overlap is how many there were. */
double plate_correlate(const struct plate *a, const struct plate *b, int sx, int sy, int *overlap);

/* A correlation over a small part of the smaller mark is worth less: times the root of that part,
 * and nothing below PLATE_LEAST_SHARE of it. */
#define PLATE_LEAST_SHARE 0.2
double plate_worth(double correlation, int overlap, const struct plate *a, const struct plate *b);

/* The worth of plate_correlate(a, b, sx, sy), where b is the plate `probe` laid out. */
double plate_whole_worth(const struct plate *a, const struct plate *b, int sx, int sy, const struct plate *probe);

/* The same for the part of a that is worth most: all of it, three of the quarters about its middle that follow each
 * other, or two. A breech face often touched the primer on one side only; what lies on the other is not its mark
 * and counts for nothing. */
double plate_part_worth(const struct plate *a, const struct plate *b, int sx, int sy, const struct plate *probe);

#endif
