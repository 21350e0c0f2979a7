/* signature.h - the electronic signature of one mark, as it is in memory */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SIGN_SIGNATURE_H
#define SIGN_SIGNATURE_H

#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "sign/code.h"

enum mark { MARK_BREECH_FACE, MARK_FIRING_PIN, MARK_EJECTOR, MARK_SHEAR, MARK_LAND, MARKS };

/* What a person or the method says about a signature: short texts, in this order in listings. */
enum meta {
	META_ID, META_EXHIBIT, META_CASE, META_COUNTRY, META_CALIBRE, META_FIREARM_CLASS, META_SPECIMEN,
	META_CAST, META_TAKEN, META_LAND, META_LANDS, META_TWIST,   /* given by a person */
	META_SOURCE, META_SPACING_UM, META_SPACING_FROM, META_REGION, META_QUALITY, META_METHOD,
	METAS
};

/* A layer is one way to see the mark: its relief (heights), or its look under a ring light. A
 * photograph has a look; a topography has both, so that it can be compared with either. */
enum layer { LAYER_RELIEF, LAYER_LOOK, LAYERS };

/* Values are in units of 1/SIGNATURE_UNIT standard deviation, clipped to +-SIGNATURE_LIMIT; 0 where
 * the point is missing. Row 0 is the top. The middle of the grid is the middle of the mark.
 * Profiles (lands) have height 1. Owned by whoever made it; signature_free. */
#define SIGNATURE_UNIT 6
#define SIGNATURE_LIMIT 15
#define SIGNATURE_POINTS_MAX (1 << 20)
struct signature {
	enum mark mark;
	char *meta[METAS];          /* NULL where nothing is known */
	int width, height;
	double step_um;             /* between points */
	uint8_t *on;                /* width * height: 1 where there is a value */
	int16_t *layer[LAYERS];     /* width * height; NULL where the layer is not there */
	struct code code[LAYERS];   /* of the layers that are there; of impressions */
	struct fine_code *fine;     /* of the relief (impression_fine_code); NULL: none was filed */
	uint64_t *land_code;        /* of a profile, as land_code_make files it; NULL: none was filed */
	size_t land_code_size;      /* words */
	uint32_t sum;               /* CRC of the frame's body it was read from; tells content */
};

/* The names that files, options and columns use; -1 when there is no such name. */
const char *mark_name(enum mark m);
int mark_find(const char *name);
/* A profile across striae (a land, aperture shear); else an impression, a grid. */
int mark_striated(enum mark m);
const char *meta_name(enum meta m);
int meta_find(const char *name);

#define SIGNATURE_TEXT 251   /* room for the longest meta text */

/* STATUS_INPUT for a text that cannot stand in a signature: of more than 250 bytes, or with control
 * characters. */
int signature_text_check(enum meta key, const char *text, struct error *e);

/* A copy of a text that passes the check becomes the meta text; NULL or "" clears it. */
int signature_set(struct signature *s, enum meta key, const char *text, struct error *e);

/* "" where nothing is known. */
const char *signature_meta(const struct signature *s, enum meta key);

/* Makes room for the grid and the layers wanted (bit n: layer n). */
int signature_room(struct signature *s, int width, int height, unsigned layers, struct error *e);

/* A copy of filed words becomes the search code of a profile. */
int signature_land_code(struct signature *s, const uint64_t *filed, size_t size, struct error *e);

/* A copy becomes the fine code. */
int signature_fine_code(struct signature *s, const struct fine_code *code, struct error *e);

void signature_free(struct signature *s);

#endif
