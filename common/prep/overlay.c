/* overlay.c - a picture of what was found in a surface */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "prep/overlay.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"

/* Slope, in heights a point, that is drawn as white or black. */
#define SLOPE_FULL 0.35

/* Brightness 0 to 255 of a point. */
static double shade(const struct surface *s, int x, int y)
{
	size_t i = (size_t)y * (size_t)s->width + (size_t)x;
	double step = s->spacing_x_um > 0 ? s->spacing_x_um : 1, slope;

	if (isnan(s->z[i]))
		return 0;
	if (s->kind == SURFACE_PHOTOGRAPH)
		return s->z[i];
	if (x + 1 >= s->width || y + 1 >= s->height || isnan(s->z[i + 1]) || isnan(s->z[i + (size_t)s->width]))
		return 128;
	slope = (s->z[i + 1] - s->z[i] + s->z[i + (size_t)s->width] - s->z[i]) / step;
	return 128 + 127 * fmax(-1, fmin(1, slope / SLOPE_FULL));
}

static void tint(unsigned char *p, double grey, uint8_t label)
{
	static const double colour[][3] = {
		{ 1, 1, 1 }, { .72, 1, .72 }, { 1, .62, .62 }, { .65, .75, 1 }, { 1, .95, .5 }
	};

	for (int k = 0; k < 3; k++)
		p[k] = (unsigned char)lrint(fmin(255, grey * colour[label <= REGION_EJECTOR ? label : REGION_NONE][k]));
}

static void draw_circle(struct overlay *o, const struct region_circle *c, double shrink_x, double shrink_y,
			const unsigned char colour[3])
{
	int steps = (int)(8 * c->r / shrink_x) + 16;

	for (int i = 0; c->r > 0 && i < steps; i++) {
		double a = 2 * M_PI * i / steps;
		int x = (int)lrint((c->x + c->r * cos(a)) / shrink_x), y = (int)lrint((c->y + c->r * sin(a)) / shrink_y);

		if (x >= 0 && y >= 0 && x < o->width && y < o->height)
			for (int k = 0; k < 3; k++)
				o->rgb[3 * ((size_t)y * (size_t)o->width + (size_t)x) + (size_t)k] = colour[k];
	}
}

int overlay_make(const struct surface *s, const struct region *found, struct overlay *out, struct error *e)
{
	static const unsigned char ring[3] = { 0, 230, 0 }, primer[3] = { 240, 200, 0 };
	int longer = s->width > s->height ? s->width : s->height;
	double shrink = longer > OVERLAY_SIDE ? (double)longer / OVERLAY_SIDE : 1;

	out->width = (int)(s->width / shrink);
	out->height = (int)(s->height / shrink);
	out->width = out->width > 0 ? out->width : 1;
	out->height = out->height > 0 ? out->height : 1;
	out->rgb = mem_new((size_t)out->width * (size_t)out->height, 3, e);
	if (!out->rgb)
		return STATUS_SYSTEM;
	for (int y = 0; y < out->height; y++)
		for (int x = 0; x < out->width; x++) {
			int sx = (int)(x * shrink), sy = (int)(y * shrink);

			tint(out->rgb + 3 * ((size_t)y * (size_t)out->width + (size_t)x), shade(s, sx, sy),
			     found->label[(size_t)sy * (size_t)s->width + (size_t)sx]);
		}
	draw_circle(out, &found->ring, shrink, shrink, ring);
	draw_circle(out, &found->primer, shrink, shrink, primer);
	return STATUS_DONE;
}
