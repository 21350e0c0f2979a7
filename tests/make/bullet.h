/* bullet.h - land engraved areas of fired bullets with known truth */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MAKE_BULLET_H
#define MAKE_BULLET_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "make/texture.h"
#include "scan/surface.h"

#define BARREL_LANDS_MAX 8

struct barrel_wishes {
	uint64_t class_seed;  /* barrels rifled one after the other with the same tool share it */
	uint64_t seed;        /* the one barrel */
	int lands;            /* 4 to 8 */
	bool left;            /* twist */
	double subclass;      /* share of the variance that such barrels have in common, 0 to 1 */
};
#define BARREL_WISHES_DEFAULT { 1, 1, 6, false, 0.1 }

struct barrel_land {
	struct profile main, second;  /* um by um across the land, about its middle */
	double gain;                  /* some lands mark three times as deep as others */
};

/* The lands of a barrel, in the order in which they follow each other round a bullet that is seen
 * with its base up: the next one is to the right. Owned by the caller. */
struct barrel {
	uint64_t seed;
	int lands;
	bool left;
	double radius_um, land_um;    /* of the bullet; width of a land */
	double depth_um, twist_deg;
	struct barrel_land *land;
};

int barrel_make(struct barrel *b, const struct barrel_wishes *w, struct error *e);
void barrel_free(struct barrel *b);

enum bullet_kind { BULLET_TOPOGRAPHY, BULLET_PHOTO_SIDE };
#define BULLET_KINDS "topography|photo-side"   /* for OPTION_CHOICE */

/* The same barrel and seed give the same bullet, whatever the kind, spacing and turn. */
struct bullet_wishes {
	enum bullet_kind kind;
	uint64_t seed;        /* the shot */
	double spacing_um;    /* 0.5 to 10 */
	int width, height;    /* points before the turn; 0: the land with its shoulders, 660 um high */
	int turn;             /* quarter turns counter-clockwise; 0: striae upright, base up */
	double slant_deg;     /* striae off the upright, at most */
	double noise;         /* what two shots do not share; 1 is like real ones */
	double rash;          /* damage by the tank and on the way, 1 is usual, 0 none */
	double missing;       /* dropped points; 1 is usual, 0 none but those on the shoulders */
	double shift_um;      /* the land off the picture's middle, at most */
};
void bullet_defaults(struct bullet_wishes *w, enum bullet_kind kind);

/* Pixels of the picture before its turn, from the middle of its first point. */
struct bullet_truth {
	int land;               /* of the barrel, from 0 */
	double spacing_um;
	double left_px, right_px;  /* shoulders at half the height */
	double middle_px;          /* where the land's profile has its origin, at half the height */
	double slant_deg;          /* of the striae, positive: their upper ends to the right */
	double base_px, fade_px;   /* in the middle: striae run from the broken edge to here */
};

/* Which of the barrel's lands is the bullet's land number k (0 to lands - 1). */
int bullet_phase(const struct barrel *b, const struct bullet_wishes *w, int k);

/* Land number k of a bullet. Parameters out of range are STATUS_USAGE. The caller frees out. */
int bullet_land(const struct barrel *b, const struct bullet_wishes *w, int k, struct surface *out,
		struct bullet_truth *truth, struct error *e);

#endif
