/* band.c - the shoulders of a land in a photograph under side light */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "prep/band.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "math/profile.h"
#include "math/robust.h"

/* Under a lamp from the side a shoulder is a broad band that is much brighter or darker than the
 * land, whose own light changes by little and evenly. Deep striae are such bands too, but narrow. */
#define BAND_UM 30.0        /* a narrower band of light is a stria */
#define BROAD_UM 70.0
#define STRONG 2.0          /* so much further from the land's light, a narrow band will do */
#define BAND_SPREADS 3.5
#define BAND_LEAST 12.0     /* hundredths of a logarithm: weaker bands are uneven light */
#define RESUME_UM 150.0
#define LEAST_WIDTH 128     /* samples */

/* Medians of the sections, without a straight line, smoothed over 2 half + 1 samples. */
static int brightness(const struct sections *s, int half, float *to, struct error *e)
{
	float *few = mem_new((size_t)s->count, sizeof *few, e);
	float *median = mem_new((size_t)s->width, sizeof *median, e);
	int status = few && median ? STATUS_DONE : STATUS_SYSTEM;

	for (int i = 0; !status && i < s->width; i++) {
		int n = 0;

		for (int k = 0; k < s->count; k++) {
			float z = s->z[(size_t)k * (size_t)s->width + (size_t)i];

			if (!isnan(z))
				few[n++] = z;
		}
		median[i] = n ? robust_median(few, n) : NAN;
	}
	if (!status)
		profile_box(median, s->width, half, to);
	free(few);
	free(median);
	return status;
}

/* What is left of the light when the straight line that most of the middle three fifths follow is
 * taken off (a cylinder turns from the lamp), and its spread there. */
static int even_out(float *light, int n, double *spread, struct error *e)
{
	double *x = mem_new((size_t)n * 2, sizeof *x, e), *y;
	struct robust_poly p;
	int m = 0;

	if (!x)
		return STATUS_SYSTEM;
	y = x + n;
	for (int i = n / 5; i < n - n / 5; i++)
		if (!isnan(light[i])) {
			x[m] = i;
			y[m++] = light[i];
		}
	robust_poly_fit(x, y, NULL, m, 1, 6, 1, &p);
	*spread = p.spread;
	for (int i = 0; i < n; i++)
		light[i] -= (float)robust_poly_at(&p, i);
	free(x);
	return STATUS_DONE;
}

/* How much of the um from i on (outwards) is light that is further than reach from the land's own;
 * what lies beyond the scan is neither. */
static double strange(const float *light, int n, int i, int side, double length_um, double reach,
		      double step_um)
{
	int length = (int)(length_um / step_um), count = 0, seen = 0;

	for (; seen < length && i >= 0 && i < n; i += side, seen++)
		count += isnan(light[i]) || fabs(light[i]) > reach;
	return seen ? (double)count / seen : 1;
}

/* From the middle outwards: where a band begins that is broad, or strong, or has no land behind. */
static int band_from(const float *light, int n, int side, double reach, double step_um)
{
	int broad = (int)(BROAD_UM / step_um);

	for (int i = n / 2; i >= 0 && i < n; i += side) {
		if (!isnan(light[i]) && fabs(light[i]) <= reach)
			continue;
		if (strange(light, n, i, side, BROAD_UM, reach, step_um) > 0.8 ||
		    strange(light, n, i, side, BAND_UM, STRONG * reach, step_um) > 0.8)
			return i;
		if (strange(light, n, i, side, BAND_UM, reach, step_um) > 0.8 &&
		    strange(light, n, i + side * broad, side, RESUME_UM, reach, step_um) > 0.2)
			return i;
	}
	return side < 0 ? -1 : n;
}

int band_find(const struct sections *s, const struct shoulder_options *options, struct shoulders *out,
			struct error *e)
{
	int n = s->width, margin = (int)(options->margin_um / s->step_um), left, right, status;
	double reach = 0;
	float *light;

	*out = (struct shoulders){ 0 };
	if (n < LEAST_WIDTH || s->count < 1)
		return error_set(e, STATUS_INPUT, "%.0f um across are too narrow for a land", n * s->step_um);
	light = mem_new((size_t)n, sizeof *light, e);
	if (!light)
		return STATUS_SYSTEM;
	status = brightness(s, (int)(10 / s->step_um), light, e);
	if (!status)
		status = even_out(light, n, &reach, e);
	reach = fmax(BAND_SPREADS * reach, BAND_LEAST);
	left = band_from(light, n, -1, reach, s->step_um);
	right = band_from(light, n, 1, reach, s->step_um);
	out->left_end = left < 0 ? LAND_END_DATA : LAND_END_BAND;
	out->right_end = right >= n ? LAND_END_DATA : LAND_END_BAND;
	out->left = left < 0 ? 0 : left + margin;
	out->right = right >= n ? n - 1 : right - margin;
	free(light);
	if (status)
		return status;
	return shoulder_settle(s, options, out, e);
}
