/* light.c - a fired case under a microscope's ring light, or with light from the side */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A ring light strikes metal at a grazing angle: what lies flat throws it past the lens and is
 * dark grey, slopes of 15 to 20 degrees throw it into the lens and are bright, walls are black.
 * Measured on a photograph and the topography of the same case (Fadul 1-1): flat 69, slope .05
 * 77, .1 94, .2 113 grey levels of 255. Below the lens's resolution metal is rough, and each spot of it
 * throws light as its own slope wants: speckle.
 * Light from the side: Lambert and a broad gloss, no cast shadows. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "make/dice.h"
#include "make/instrument.h"
#include "make/side_light.h"

enum { SEED_SPECKLE = 60, SEED_LAMP };

#define BESIDE_UM -900.f  /* so deep lies only what is beside the case: its dark support */
#define CURVE 512
#define CURVE_END 2.5f    /* beyond this slope the curve is level */

struct lamp {
	float curve[CURVE + 1];     /* ring light: light by slope */
	float rough, uneven_x, uneven_y, spot, spot_um;
	struct side_lamp side;
};

static double ring_curve(double slope, double flat, double bright)
{
	double t = slope / .33, u = (slope - .23) / .1;

	return .015 + flat / (1 + t * t * t * t) + bright / ((1 + u * u) * (1 + u * u));
}

static void draw_lamp(struct lamp *p, uint64_t seed)
{
	struct dice d;
	struct placing way;
	double x, y, flat, bright;

	dice_seed(&d, dice_child(seed, SEED_LAMP));
	flat = dice_range(&d, .1, .18);
	bright = dice_range(&d, .7, 1.5);
	for (int i = 0; i <= CURVE; i++)
		p->curve[i] = (float)ring_curve((double)CURVE_END * i / CURVE, flat, bright);
	p->rough = (float)dice_range(&d, .02, .05);
	placing_set(&way, 0, 0, dice_range(&d, 0, 360));
	placing_apply(&way, dice_range(&d, 0, .25), 0, &x, &y);
	p->uneven_x = (float)x;
	p->uneven_y = (float)y;
	p->spot = (float)dice_range(&d, .1, 1.1);
	p->spot_um = (float)dice_range(&d, 90, 200);
	side_lamp_draw(&p->side, seed, 0, 180);
}

static float from_ring(const struct lamp *p, float gx, float gy)
{
	float slope = sqrtf(gx * gx + gy * gy), at = slope * (CURVE / CURVE_END);
	int i = at < CURVE ? (int)at : CURVE - 1;
	float f = at < CURVE ? at - (float)i : 1, light = p->curve[i] + f * (p->curve[i + 1] - p->curve[i]);

	return light * (1 + (gx * p->uneven_x + gy * p->uneven_y) / (slope + .05f));
}

/* A pin's impression is a hollow mirror: light goes round in it and comes out at its bottom. */
static float from_hollow(const struct specimen *s, const struct lamp *p, double px, double py)
{
	float q = (float)((px * px + py * py) / ((double)p->spot_um * p->spot_um));
	float mottle = texture_at(&s->tool->pin_mark, px, py) * .25f;

	return p->spot * (mottle < -.8f ? .2f : 1 + mottle) / ((1 + q) * (1 + q));
}

int light_render(const struct specimen *s, const struct case_wishes *w, const struct placing *view,
		 struct light *l, struct error *e)
{
	struct lamp *lamp = mem_new(1, sizeof *lamp, e);
	double reach = s->tool->pin_radius_um * .9;
	float scale = (float)(.5 / l->spacing_um), rough, dull;
	struct dice d;

	if (!lamp)
		return STATUS_SYSTEM;
	draw_lamp(lamp, w->seed);
	dice_seed(&d, dice_child(w->seed, SEED_SPECKLE));
	rough = lamp->rough;
	dull = s->own_rms_um > 0 ? .13f / (float)s->own_rms_um : 0;   /* lacquer, soot and scale */
	for (int j = 0; j < l->height; j++) {
		const float *up = l->z + (size_t)(j > 0 ? j - 1 : j) * (size_t)l->width;
		const float *row = l->z + (size_t)j * (size_t)l->width;
		const float *down = l->z + (size_t)(j + 1 < l->height ? j + 1 : j) * (size_t)l->width;

		for (int i = 0; i < l->width; i++) {
			uint64_t h = dice_next(&d);
			float gx = (row[i + 1 < l->width ? i + 1 : i] - row[i > 0 ? i - 1 : i]) * scale;
			float gy = (down[i] - up[i]) * scale, light, stain;
			double x, y;

			gx += rough * (float)dice_bell(h);
			gy += rough * (float)dice_bell(dice_mix(h));
			placing_undo(view, i * l->spacing_um, j * l->spacing_um, &x, &y);
			stain = 1 + dull * texture_at(&s->own, 2 * y, 2 * x);
			if (w->kind == CASE_PHOTO_SIDE) {
				light = side_lamp_light(&lamp->side, gx, gy);
			} else {
				light = from_ring(lamp, gx, gy);
				x -= s->tool->pin_x_um;
				y -= s->tool->pin_y_um;
				if (x * x + y * y < reach * reach)
					light = .6f * light + from_hollow(s, lamp, x, y);
			}
			if (row[i] < BESIDE_UM)
				light *= .1f;
			stain = stain < .35f ? .35f : stain > 1.8f ? 1.8f : stain;
			l->v[(size_t)j * (size_t)l->width + (size_t)i] = light * stain;
		}
	}
	free(lamp);
	return STATUS_DONE;
}
