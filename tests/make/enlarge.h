/* enlarge.h - a signature's layers between their points */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MAKE_ENLARGE_H
#define MAKE_ENLARGE_H

#include <stdint.h>

#include "sign/signature.h"

/* ENLARGED values a point along each side, and ENLARGED_UNIT steps to one of the signature's, so that a turned grid is
 * read from the nearest: bilinear interpolation between points would take a third of the shortest waves away, and a
 * gallery would be smoother than what it is made from. */
#define ENLARGED 4
#define ENLARGED_UNIT 8
#define ENLARGED_MISSING INT8_MIN

/* Starts as all zero; enlarged_free. */
struct enlarged {
	int wide;              /* values along each side: ENLARGED times the signature's points */
	double per_um;
	int8_t (*v)[LAYERS];   /* wide * wide; the first is ENLARGED_MISSING where the signature has no point */
};

/* By Lanczos' kernel over three points each way, of those that are there. s has both layers, and values up to
 * SIGNATURE_LIMIT. */
int enlarge(const struct signature *s, struct enlarged *out, struct error *e);

/* The values at x, y (um from the middle), LAYERS of them; NULL off the grid. */
static inline const int8_t *enlarged_at(const struct enlarged *g, double x_um, double y_um)
{
	double x = x_um * g->per_um + g->wide / 2, y = y_um * g->per_um + g->wide / 2;

	return x >= 0 && y >= 0 && x < g->wide && y < g->wide ? g->v[(int)y * g->wide + (int)x] : NULL;
}

/* One in the signature's unit. */
static inline int16_t enlarged_value(int8_t v)
{
	return (int16_t)((v + (v < 0 ? -ENLARGED_UNIT / 2 : ENLARGED_UNIT / 2)) / ENLARGED_UNIT);
}

void enlarged_free(struct enlarged *g);

#endif
