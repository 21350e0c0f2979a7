/* shade.c - a relief under a light, a brightness, or an agreement as colours */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/shade.h"

#include <math.h>
#include <stddef.h>
#include <stdlib.h>

#include "base/mem.h"

#define FLAT 0.01      /* share of the mean square slope below which all is equally dark */

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

/* to[i] = the sum of from over +- reach, of `count` values `next` apart. */
static void running_sum(const float *from, float *to, int count, int next, int reach)
{
	double sum = 0;

	for (int i = -reach; i < count; i++) {
		if (i + reach < count)
			sum += from[(ptrdiff_t)(i + reach) * next];
		if (i - reach > 0)
			sum -= from[(ptrdiff_t)(i - reach - 1) * next];
		if (i >= 0)
			to[(ptrdiff_t)i * next] = (float)sum;
	}
}

static void box_sum(float *v, float *scratch, int width, int height, int reach)
{
	for (int y = 0; y < height; y++)
		running_sum(v + (ptrdiff_t)y * width, scratch + (ptrdiff_t)y * width, width, 1, reach);
	for (int x = 0; x < width; x++)
		running_sum(scratch + x, v + x, height, width, reach);
}

/* Of values where they count: about their mean, in standard deviations. */
static void even_out(float *v, const uint8_t *on, const uint8_t *region, size_t points)
{
	double sum = 0, square = 0, count = 0, mean, deviation;

	for (size_t i = 0; i < points; i++)
		if (on[i] && (!region || region[i])) {
			sum += v[i];
			square += (double)v[i] * v[i];
			count++;
		}
	mean = count > 0 ? sum / count : 0;
	deviation = count > 0 ? sqrt(fmax(0, square / count - mean * mean)) : 0;
	for (size_t i = 0; i < points; i++)
		v[i] = deviation > 0 ? (float)((v[i] - mean) / deviation) : 0;
}

int shade_ring(const float *v, const uint8_t *on, const uint8_t *region, int width, int height, int reach,
	       unsigned char *rgb, struct error *e)
{
	size_t points = (size_t)width * (size_t)height;
	float *energy = mem_new(3 * points, sizeof *energy, e), *weight = energy + points, *scratch = weight + points;
	double all = 0, count = 0;

	if (!energy)
		return STATUS_SYSTEM;
	for (size_t i = 0; i < points; i++) {
		int x = (int)(i % (size_t)width), y = (int)(i / (size_t)width);

		if (!on[i])
			continue;
		energy[i] = (float)(pow(slope(v + i, on + i, x, width, 1), 2) + pow(slope(v + i, on + i, y, height, width), 2));
		weight[i] = 1;
		all += energy[i];
		count++;
	}
	box_sum(energy, scratch, width, height, reach);
	box_sum(weight, scratch, width, height, reach);
	for (size_t i = 0; i < points; i++)
		if (on[i])
			energy[i] = (float)log(fmax(0, energy[i]) / weight[i] + FLAT * all / count + 1e-30);
	even_out(energy, on, region, points);
	shade_brightness(energy, on, width, height, rgb);
	free(energy);
	return STATUS_DONE;
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
