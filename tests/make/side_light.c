/* side_light.c - a relief under a lamp from the side */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stddef.h>

#include "make/dice.h"
#include "make/placing.h"
#include "make/side_light.h"

enum { SEED_SIDE = 70, SEED_ROUGH };

void side_lamp_draw(struct side_lamp *lamp, uint64_t seed, double from_deg, double spread_deg)
{
	struct dice d;
	struct placing way;
	double x, y, z;

	dice_seed(&d, dice_child(seed, SEED_SIDE));
	placing_set(&way, 0, 0, from_deg + dice_range(&d, -spread_deg, spread_deg));
	z = dice_range(&d, .42, .6);               /* sine of the height above the specimen */
	x = way.c * sqrt(1 - z * z);
	y = -way.s * sqrt(1 - z * z);
	lamp->x = (float)x;
	lamp->y = (float)y;
	lamp->z = (float)z;
	lamp->gloss_x = (float)(x / sqrt(2 + 2 * z));
	lamp->gloss_y = (float)(y / sqrt(2 + 2 * z));
	lamp->gloss_z = (float)((1 + z) / sqrt(2 + 2 * z));
}

void side_light(const struct side_lamp *lamp, uint64_t seed, const float *z, int width, int height,
		double spacing_um, float *light)
{
	float scale = (float)(.5 / spacing_um), rough;
	struct dice d;

	dice_seed(&d, dice_child(seed, SEED_ROUGH));
	rough = (float)dice_range(&d, .02, .05);
	for (int j = 0; j < height; j++) {
		const float *row = z + (size_t)j * (size_t)width;
		const float *up = j > 0 ? row - width : row, *down = j + 1 < height ? row + width : row;

		for (int i = 0; i < width; i++) {
			uint64_t h = dice_next(&d);
			float gx = (row[i + 1 < width ? i + 1 : i] - row[i > 0 ? i - 1 : i]) * scale;
			float gy = (down[i] - up[i]) * scale;

			gx += rough * (float)dice_bell(h);
			gy += rough * (float)dice_bell(dice_mix(h));
			light[(size_t)j * (size_t)width + (size_t)i] = side_lamp_light(lamp, gx, gy);
		}
	}
}
