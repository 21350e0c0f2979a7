/* light.c - a fired case under a microscope's ring light, or with light from the side */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A ring light strikes metal some 20 degrees off the lens's axis. What lies flat throws it past the
 * lens, a slope of the tangent of half that angle throws it in, steeper ones past it again; walls and
 * the primer's rolled edge are black. Below the lens's resolution metal is rough: its facets' slopes
 * t are spread about the surface's slope s as in the GGX distribution (Trowbridge and Reitz 1975;
 * Walter and others 2007), P(t) = a^2 / (pi (a^2 + |t - s|^2)^2). Those with |t| = g, in whatever
 * direction, throw the ring's light into the lens; the mean of P over them has a closed form, `lobe`.
 * A little light comes from everywhere.
 *
 * How rough (matt) metal is was pressed into it by the tool as its marks were, and so is alike in two
 * shots; where nothing touched the primer it is not. Each shot has of its own a texture that
 * topographies do not resolve, and stains: lacquer, soot, scale.
 *
 * The parameters were chosen by comparing made photographs with real ones (NIST: two fadul, four
 * colt) and with topographies of the same slide. Mean light by slope, fadul 1-1: 69 of 255 where it
 * is flat, 88 at .05, 132 at .1, 153 at .15 and .2, 135 at .3; the rolled edge a third of the flat
 * within 80 um. Rms of the logarithm of light in octaves of 32 to 256 um: colt .04 to .08, fadul
 * .13 to .16, made .05 to .14. Correlation of signatures' LOOK layers (80 to 400 um) at the true
 * pose, medians: two photographs of one tool .46 (one pair), made .47 to .50; photograph and
 * topography .42 (six pairs, .24 to .48), made .34 to .35; two topographies .53, made .51 to .53.
 *
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

#define MIRROR_SLOPE_LEAST .165  /* g: a ring 19 to 22 degrees off the axis */
#define MIRROR_SLOPE_MOST .195
#define FACETS_LEAST .052        /* a: spread of facets' slopes */
#define FACETS_MOST .07
#define FLAT_LEAST .1f           /* light of flat metal */
#define FLAT_MOST .18f
#define DIFFUSE .03f             /* light that no facet throws */
#define SPECKLE_LEAST .02        /* rms slope that differs from point to point */
#define SPECKLE_MOST .035
#define FINE_SLOPE .02f          /* rms slope of the shot's fine texture */
#define MATT_RMS .1f             /* of the facets' spread's logarithm, as the tool printed it */
#define MATT_UNTOUCHED 1.2f      /* times the spread where nothing pressed the primer */
#define STAIN_RMS .1f            /* of the logarithm of light */

struct lamp {
	float mirror_slope, facets, flat, speckle;
	float uneven_x, uneven_y, spot, spot_um;
	struct side_lamp side;
};

/* exp(t) for small t, the same to the last bit with every libm. */
static float rise(float t)
{
	t = 1 + t / 8;
	t = t < 0 ? 0 : t;
	t *= t;
	t *= t;
	return t * t;
}

/* The mean of P, times pi, over facets of slope g in all directions: 2 / (2 pi) times the integral
 * of a^2 / (A - B cos)^2 over half a turn, A = a^2 + g^2 + s^2, B = 2 g s. */
static float lobe(float s, float g, float a)
{
	float sum = a * a + g * g + s * s;
	float apart = (a * a + (g - s) * (g - s)) * (a * a + (g + s) * (g + s));

	return a * a * sum / (apart * sqrtf(apart));
}

static void draw_lamp(struct lamp *p, uint64_t seed)
{
	struct dice d;
	struct placing way;
	double x, y;

	dice_seed(&d, dice_child(seed, SEED_LAMP));
	p->mirror_slope = (float)dice_range(&d, MIRROR_SLOPE_LEAST, MIRROR_SLOPE_MOST);
	p->facets = (float)dice_range(&d, FACETS_LEAST, FACETS_MOST);
	p->flat = (float)dice_range(&d, FLAT_LEAST, FLAT_MOST) / lobe(0, p->mirror_slope, p->facets);
	p->speckle = (float)dice_range(&d, SPECKLE_LEAST, SPECKLE_MOST);
	placing_set(&way, 0, 0, dice_range(&d, 0, 360));
	placing_apply(&way, dice_range(&d, 0, .25), 0, &x, &y);
	p->uneven_x = (float)x;
	p->uneven_y = (float)y;
	p->spot = (float)dice_range(&d, .1, 1.1);
	p->spot_um = (float)dice_range(&d, 90, 200);
	side_lamp_draw(&p->side, seed, 0, 180);
}

static float from_ring(const struct lamp *p, float gx, float gy, float matt)
{
	float slope = sqrtf(gx * gx + gy * gy);
	float light = DIFFUSE / (1 + 4 * slope * slope) + p->flat * lobe(slope, p->mirror_slope, p->facets * matt);

	return light * (1 + (gx * p->uneven_x + gy * p->uneven_y) / (slope + .05f));
}

/* A pin's impression is a hollow mirror: light goes round in it and comes out at its bottom. */
static float from_hollow(const struct specimen *s, const struct lamp *p, double px, double py)
{
	float q = (float)((px * px + py * py) / ((double)p->spot_um * p->spot_um));
	float mottle = texture_at(&s->tool->pin_mark, px, py) * .25f;

	return p->spot * (mottle < -.8f ? .2f : 1 + mottle) / ((1 + q) * (1 + q));
}

/* Light of a point of the tool's frame: its slope, how firmly it was pressed. */
static float at_point(const struct specimen *s, const struct lamp *lamp, bool side, double x, double y,
		      float gx, float gy, float contact)
{
	double reach = s->tool->pin_radius_um * .9;
	float matt, light;

	gx += FINE_SLOPE * texture_at(&s->fine, x, y);
	gy += FINE_SLOPE * texture_at(&s->fine, 1700 - y, x + 900);
	if (side)
		return side_lamp_light(&lamp->side, gx, gy);
	matt = MATT_UNTOUCHED + contact * (rise(MATT_RMS * texture_at(&s->tool->matt, x, y)) - MATT_UNTOUCHED);
	light = from_ring(lamp, gx, gy, matt);
	x -= s->tool->pin_x_um;
	y -= s->tool->pin_y_um;
	if (x * x + y * y < reach * reach)
		light = .6f * light + from_hollow(s, lamp, x, y);
	return light;
}

int light_render(const struct specimen *s, const struct case_wishes *w, const struct placing *view,
		 struct light *l, struct error *e)
{
	struct lamp *lamp = mem_new(1, sizeof *lamp, e);
	float scale = (float)(.5 / l->spacing_um), stain;
	struct contact_map contact;
	struct dice d;

	if (!lamp || contact_map_make(&contact, s, view, l->spacing_um, l->width, l->height, e)) {
		free(lamp);
		return STATUS_SYSTEM;
	}
	draw_lamp(lamp, w->seed);
	dice_seed(&d, dice_child(w->seed, SEED_SPECKLE));
	stain = s->own_rms_um > 0 ? STAIN_RMS / (float)s->own_rms_um : 0;
	for (int j = 0; j < l->height; j++) {
		const float *up = l->z + (size_t)(j > 0 ? j - 1 : j) * (size_t)l->width;
		const float *row = l->z + (size_t)j * (size_t)l->width;
		const float *down = l->z + (size_t)(j + 1 < l->height ? j + 1 : j) * (size_t)l->width;

		for (int i = 0; i < l->width; i++) {
			uint64_t h = dice_next(&d);
			float gx = (row[i + 1 < l->width ? i + 1 : i] - row[i > 0 ? i - 1 : i]) * scale;
			float gy = (down[i] - up[i]) * scale, light;
			double x, y;

			gx += lamp->speckle * (float)dice_bell(h);
			gy += lamp->speckle * (float)dice_bell(dice_mix(h));
			placing_undo(view, i * l->spacing_um, j * l->spacing_um, &x, &y);
			light = at_point(s, lamp, w->kind == CASE_PHOTO_SIDE, x, y, gx, gy,
					 contact_map_at(&contact, i, j));
			if (row[i] < BESIDE_UM)
				light *= .1f;
			light *= rise(stain * texture_at(&s->own, 2 * y, 2 * x));
			l->v[(size_t)j * (size_t)l->width + (size_t)i] = light;
		}
	}
	contact_map_free(&contact);
	free(lamp);
	return STATUS_DONE;
}
