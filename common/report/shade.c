/* shade.c - a relief under a light, a brightness, or an agreement as colours */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/shade.h"

#include <math.h>
#include <stddef.h>

static unsigned char byte(double v)
{
	return (unsigned char)(v <= 0 ? 0 : v >= 1 ? 255 : lrint(255 * v));
}

static void nothing(unsigned char *rgb)
{
	rgb[0] = SHADE_NOTHING >> 16 & 255;
	rgb[1] = SHADE_NOTHING >> 8 & 255;
	rgb[2] = SHADE_NOTHING & 255;
}

/* The slope at a point, `place` along a row or column of `length` points that are `next` apart. */
static double slope(const float *v, const uint8_t *on, int place, int length, ptrdiff_t next)
{
	int before = place > 0 && on[-next], after = place + 1 < length && on[next];

	if (!before && !after)
		return 0;
	return ((double)v[after ? next : 0] - v[before ? -next : 0]) / (before + after);
}

void shade_relief(const float *v, const uint8_t *on, int width, int height, double steep,
		  const struct shade_light *light, unsigned char *rgb)
{
	double a = light->azimuth_deg * M_PI / 180, el = light->elevation_deg * M_PI / 180;
	/* towards the light; y runs downwards */
	double lx = sin(a) * cos(el), ly = -cos(a) * cos(el), lz = sin(el);

	for (int y = 0; y < height; y++)
		for (int x = 0; x < width; x++, v++, on++, rgb += 3) {
			double sx, sy, lit;

			if (!*on) {
				nothing(rgb);
				continue;
			}
			sx = steep * slope(v, on, x, width, 1);
			sy = steep * slope(v, on, y, height, width);
			lit = (lz - sx * lx - sy * ly) / sqrt(1 + sx * sx + sy * sy);
			rgb[0] = rgb[1] = rgb[2] = byte(0.05 + 0.95 * fmax(lit, 0));
		}
}

void shade_ring(const float *v, const uint8_t *on, int width, int height, double steep, unsigned char *rgb)
{
	for (int y = 0; y < height; y++)
		for (int x = 0; x < width; x++, v++, on++, rgb += 3) {
			double sx, sy;

			if (!*on) {
				nothing(rgb);
				continue;
			}
			sx = steep * slope(v, on, x, width, 1);
			sy = steep * slope(v, on, y, height, width);
			rgb[0] = rgb[1] = rgb[2] = byte(0.08 + 0.92 * (1 - 1 / (1 + hypot(sx, sy))));
		}
}

void shade_pale(const uint8_t *region, int points, unsigned char *rgb)
{
	static const unsigned char ground[] = { SHADE_NOTHING >> 16 & 255, SHADE_NOTHING >> 8 & 255, SHADE_NOTHING & 255 };

	for (int i = 0; i < points; i++)
		for (int k = 0; !region[i] && k < 3; k++)
			rgb[3 * i + k] = (unsigned char)((rgb[3 * i + k] + ground[k]) / 2);
}

void shade_brightness(const float *v, const uint8_t *on, int width, int height, unsigned char *rgb)
{
	for (ptrdiff_t i = 0; i < (ptrdiff_t)width * height; i++, rgb += 3)
		if (on[i])
			rgb[0] = rgb[1] = rgb[2] = byte(0.5 + v[i] / 5.0);
		else
			nothing(rgb);
}

void shade_agreement(const float *v, const uint8_t *on, int width, int height, unsigned char *rgb)
{
	static const double ends[2][3] = { { 0.85, 0.37, 0.01 }, { 0.02, 0.29, 0.60 } };

	for (ptrdiff_t i = 0; i < (ptrdiff_t)width * height; i++, rgb += 3) {
		const double *end = ends[v[i] > 0];
		double much = fmin(fabs((double)v[i]), 1);

		for (int k = 0; on[i] && k < 3; k++)
			rgb[k] = byte(0.97 + (end[k] - 0.97) * much);
		if (!on[i])
			nothing(rgb);
	}
}
