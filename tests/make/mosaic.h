/* mosaic.h - breech faces put together from parts of others, for galleries to measure searches with */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MAKE_MOSAIC_H
#define MAKE_MOSAIC_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "math/grid.h"
#include "sign/code.h"
#include "sign/signature.h"

/* The ring of each is cut at MOSAIC_PARTS random angles, and each part is that of another signature, turned by any
 * angle and moved by up to MOSAIC_MOVED_UM, as another firearm's would lie. So marks, gaps and textures are those of what
 * it is made from, and it is a mate of nobody who is no mate of theirs. Its texts, but for the id, are those of the
 * first of its parts.
 *
 * Relief, look and presence are read from the same places of a part; the codes are what the grid so made gives
 * (impression_search_grid, code_make, impression_fine_code), as an extractor's are. Slim ones have no grid: nothing is
 * present. Their relief's codes have the same parts, each read from the relief that its bases have (smoothed, for the
 * search code), and compared with the root mean square there, and their look code is that of the first part; only the
 * search of reliefs says anything of them. */
#define MOSAIC_PARTS 3
#define MOSAIC_MOVED_UM 100.0
#define MOSAIC_NUMBER_MOST 99999999

struct mosaic_base;

/* Starts as all zero but for slim; mosaic_free. Once all bases are there, any number of threads may use it. */
struct mosaic {
	bool slim;
	struct mosaic_base *base;
	size_t count;
	int side;                 /* of the grids, in points */
	double step_um, reach_um; /* reach: nothing is farther from the middle */
	float *angle;             /* of each point, in turns, 0 to 1 */
	struct mosaic_places {
		struct mosaic_place {
			float x_um, y_um, angle;
		} *at;
		int count;
	} place, fine;            /* of the search code, and of the fine one */
};

/* Adds s, whose id is changed. STATUS_NO: no breech face with relief and look, as this program compares them. */
int mosaic_add(struct mosaic *m, struct signature *s, struct error *e);

/* Appends to out the frame of signature `number` (its id is S and eight digits) that hangs on the seed; of at least
 * MOSAIC_PARTS bases. It depends on nothing else. */
int mosaic_make(const struct mosaic *m, uint64_t seed, int number, struct buf *out, struct error *e);

void mosaic_free(struct mosaic *m);

#endif
