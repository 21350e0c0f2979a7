/* barrel.c - the lands of a barrel, as they mark a bullet */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The octaves were chosen so that a land has the rms a band of the Hamby lands: .06 .09 .14 .20 .20
 * .15 um between Gaussians of 1.6, 3.1, 6.3, 12.5, 25, 50 and 100 um; a few gouges besides, that
 * stand out of what is otherwise nearly normal. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "make/bullet.h"
#include "make/dice.h"

enum { SEED_FORM = 1, SEED_LAND = 100, SEED_MAIN = 0, SEED_SECOND, SEED_GOUGES };

static const double stria[TEXTURE_OCTAVES] = { .04, .09, .16, .26, .30, .26, .25, .30 };

static void gouges(struct profile *p, uint64_t seed, double size)
{
	struct dice d;
	int n;

	dice_seed(&d, seed);
	n = (int)dice_range(&d, 4, 11);
	while (n--) {
		int at = (int)dice_range(&d, 0, TEXTURE_PERIOD_UM), half = (int)dice_range(&d, 5, 26);
		double depth = size * dice_range(&d, .5, 2.2) * (dice_unit(&d) < .65 ? -1 : 1);

		for (int i = -half; i <= half; i++) {
			double t = 1 - (double)(i * i) / (half * half);

			p->v[(at + i) & (TEXTURE_PERIOD_UM - 1)] += (float)(depth * t * t);
		}
	}
}

static void make_land(struct barrel_land *l, const struct barrel_wishes *w, int k)
{
	uint64_t own = dice_child(w->seed, SEED_LAND + (uint64_t)k);
	uint64_t class = dice_child(w->class_seed, SEED_LAND + (uint64_t)k);
	double shared[TEXTURE_OCTAVES], alone[TEXTURE_OCTAVES];
	struct dice d;

	dice_seed(&d, own);
	l->gain = dice_range(&d, 1.1, 2.3) * (dice_unit(&d) < .15 ? 1.7 : 1);
	for (int i = 0; i < TEXTURE_OCTAVES; i++) {
		shared[i] = sqrt(w->subclass) * stria[i];
		alone[i] = sqrt(1 - w->subclass) * stria[i];
	}
	profile_add_octaves(&l->main, dice_child(class, SEED_MAIN), shared);
	profile_add_octaves(&l->main, dice_child(own, SEED_MAIN), alone);
	profile_add_octaves(&l->second, dice_child(own, SEED_SECOND), stria);
	gouges(&l->main, dice_child(own, SEED_GOUGES), sqrt(1 - w->subclass));
}

int barrel_make(struct barrel *b, const struct barrel_wishes *w, struct error *e)
{
	struct dice d;

	memset(b, 0, sizeof *b);
	if (w->lands < 4 || w->lands > BARREL_LANDS_MAX)
		return error_set(e, STATUS_USAGE, "%d lands are not 4 to %d", w->lands, BARREL_LANDS_MAX);
	if (!(w->subclass >= 0 && w->subclass <= 1))
		return error_set(e, STATUS_USAGE, "a share of %g is not 0 to 1", w->subclass);
	dice_seed(&d, dice_child(w->class_seed, SEED_FORM));
	b->seed = w->seed;
	b->lands = w->lands;
	b->left = w->left;
	b->radius_um = dice_range(&d, 4450, 4560);
	/* lands take somewhat less of the bore than grooves */
	b->land_um = 3.14159265 * b->radius_um / w->lands * dice_range(&d, .82, .9);
	b->depth_um = dice_range(&d, 70, 110);
	b->twist_deg = dice_range(&d, 4.5, 7.5);
	b->land = mem_new((size_t)w->lands, sizeof *b->land, e);
	if (!b->land)
		return STATUS_SYSTEM;
	for (int k = 0; k < w->lands; k++)
		make_land(&b->land[k], w, k);
	return STATUS_DONE;
}

void barrel_free(struct barrel *b)
{
	free(b->land);
	b->land = NULL;
}
