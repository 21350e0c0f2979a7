/* side_light.h - a relief under a lamp from the side */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MAKE_SIDE_LIGHT_H
#define MAKE_SIDE_LIGHT_H

#include <stdint.h>

/* Unit vectors, x to the right, y downwards, z to the lens: to the lamp, and half way from there
 * to the lens, where a mirror would have to face. */
struct side_lamp {
	float x, y, z, gloss_x, gloss_y, gloss_z;
};

/* From about from_deg (0 from the right, 90 from the top), give or take spread_deg. */
void side_lamp_draw(struct side_lamp *lamp, uint64_t seed, double from_deg, double spread_deg);

/* Light (0 black, 1 bright) thrown into the lens by a slope of gx, gy: Lambert and a broad gloss,
 * without cast shadows. */
static inline float side_lamp_light(const struct side_lamp *p, float gx, float gy)
{
	float norm = 1 / __builtin_sqrtf(1 + gx * gx + gy * gy);
	float lambert = (p->z - gx * p->x - gy * p->y) * norm;
	float gloss = (p->gloss_z - gx * p->gloss_x - gy * p->gloss_y) * norm, t = (1 - gloss) * 22;

	return .02f + (lambert > 0 ? .42f * lambert + .5f / ((1 + t) * (1 + t)) : 0);
}

/* A whole relief z in um; metal that is a little rough. */
void side_light(const struct side_lamp *lamp, uint64_t seed, const float *z, int width, int height,
		double spacing_um, float *light);

#endif
