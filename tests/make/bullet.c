/* bullet.c - land engraved areas of fired bullets with known truth */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A land presses a shallow strip into the bullet. Seen with the base up: the strip follows the
 * bullet's round; at both sides the shoulders rise to what the grooves marked, with a burr; at the
 * top the metal broke off at the base, along a line that the twist slants; striae are strongest
 * there and fade below, in the middle first. A shot adds profiles of its own, stretches the marks
 * a little, and the tank leaves dents and scratches. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "make/bullet.h"
#include "make/camera.h"
#include "make/dice.h"
#include "make/placing.h"
#include "make/side_light.h"

#define WIDEST_UM 3800.0     /* half of a period and more on each side of the middle */
#define MOST_POINTS 60e6

enum { SEED_SHOT = 1, SEED_LAND = 100, SEED_OWN, SEED_ROUGH, SEED_SLOW, SEED_RASH, SEED_SCAN };

/* One land of one bullet. */
struct engraved {
	const struct barrel *barrel;
	const struct barrel_land *land;
	struct profile own;              /* this shot's */
	struct texture rough, slow, rash;
	double gain, own_gain, stretch, slant, middle_um, tilt_x, tilt_y, bow, base_um, fade_um;
	double width_um, height_um, rash_um, burr_um[2], wall_um[2];
};

void bullet_defaults(struct bullet_wishes *w, enum bullet_kind kind)
{
	*w = (struct bullet_wishes){ .kind = kind, .seed = 1, .spacing_um = 1.5625, .slant_deg = 1.2,
				     .noise = 1, .rash = 1, .missing = 1, .shift_um = 90 };
}

static int check(const struct bullet_wishes *w, const struct barrel *b, int k, struct error *e)
{
	const struct { const char *name; double value, min, max; } range[] = {
		{ "spacing", w->spacing_um, .5, 10 }, { "width", w->width, 0, 20000 },
		{ "height", w->height, 0, 20000 }, { "turn", w->turn, 0, 3 }, { "slant", w->slant_deg, 0, 20 },
		{ "noise", w->noise, 0, 10 }, { "rash", w->rash, 0, 20 }, { "missing", w->missing, 0, 1000 },
		{ "shift", w->shift_um, 0, 1000 }, { "land", k, 0, b->lands - 1 } };

	for (size_t i = 0; i < sizeof range / sizeof *range; i++)
		if (!(range[i].value >= range[i].min && range[i].value <= range[i].max))
			return error_set(e, STATUS_USAGE, "%s %g is not in %g..%g", range[i].name,
					 range[i].value, range[i].min, range[i].max);
	return STATUS_DONE;
}

int bullet_phase(const struct barrel *b, const struct bullet_wishes *w, int k)
{
	return (int)((dice_child(w->seed, SEED_SHOT) >> 33) + (uint64_t)k) % b->lands;
}

/* Dents, and scratches that cross the striae; rash holds them on a period of its own. */
static int add_rash(struct engraved *s, uint64_t seed, double much, struct error *e)
{
	static const double rough[TEXTURE_OCTAVES] = { 0, .3, .5, .5, .3 };
	struct dice d;
	int n;

	dice_seed(&d, seed);
	s->rash_um = much * (dice_unit(&d) < .25 ? dice_range(&d, .5, 2.5) : dice_range(&d, 0, .3));
	if (texture_new(&s->rash, 4, e) || texture_add_octaves(&s->rash, seed, rough, e))
		return STATUS_SYSTEM;
	for (int i = 0; i < s->rash.size * s->rash.size; i++) {
		float t = s->rash.v[i] - .5f;   /* only the strongest of it: dents stand alone */

		s->rash.v[i] = t > 0 ? -2 * (float)s->rash_um * t : 0;
	}
	n = (int)(much * dice_range(&d, 0, 9));
	while (n-- > 0) {
		struct placing p;
		double length = dice_range(&d, 100, 900), width = dice_range(&d, 3, 14);
		double depth = dice_range(&d, -4, 1.5), x = dice_range(&d, 0, TEXTURE_PERIOD_UM);
		double y = dice_range(&d, 0, s->height_um);

		placing_set(&p, x, y, dice_range(&d, 0, 180));
		texture_scratch(&s->rash, &p, length, width, depth);
	}
	return STATUS_DONE;
}

/* Draws everything that one land of one shot has; the picture's sizes in um are known. */
static int engrave(struct engraved *s, const struct bullet_wishes *w, int k, struct error *e)
{
	static const double own[TEXTURE_OCTAVES] = { .05, .10, .16, .24, .24, .18, .15, .2 };
	static const double rough[TEXTURE_OCTAVES] = { .3, .5, .5, .4, .3, .2 };
	uint64_t seed = dice_child(w->seed, SEED_LAND + (uint64_t)k);
	struct dice d;

	dice_seed(&d, seed);
	s->gain = s->land->gain * dice_range(&d, .8, 1.15);
	s->own_gain = w->noise * dice_range(&d, .7, 1.4);
	s->stretch = 1 + w->noise * dice_range(&d, -.0025, .0025);
	s->slant = dice_range(&d, -w->slant_deg, w->slant_deg) * .0174533;
	s->middle_um = s->width_um / 2 + dice_range(&d, -w->shift_um, w->shift_um);
	s->tilt_x = dice_range(&d, -.03, .03);
	s->tilt_y = dice_range(&d, -.008, .008);
	s->bow = dice_range(&d, 0, 9) / (330. * 330);
	s->base_um = dice_range(&d, -60, 110);
	s->fade_um = s->height_um * dice_range(&d, .6, 1.3);
	for (int side = 0; side < 2; side++) {
		s->burr_um[side] = dice_range(&d, 4, 30);
		s->wall_um[side] = dice_range(&d, 35, 130);
	}
	profile_add_octaves(&s->own, dice_child(seed, SEED_OWN), own);
	if (texture_new(&s->rough, 4, e) ||
	    texture_add_octaves(&s->rough, dice_child(seed, SEED_ROUGH), rough, e) ||
	    texture_new(&s->slow, 32, e) ||
	    texture_add(&s->slow, dice_child(seed, SEED_SLOW), 256, 1, e))
		return STATUS_SYSTEM;
	return add_rash(s, dice_child(seed, SEED_RASH), w->rash, e);
}

static double smooth(double t)
{
	t = t < 0 ? 0 : t > 1 ? 1 : t;
	return t * t * (3 - 2 * t);
}

/* What lies past a shoulder, by the distance from it. */
static double beyond(const struct engraved *s, int side, double out, double v)
{
	double some = texture_at(&s->slow, 900 * side + out, v), t = (out - .6 * s->wall_um[side]) / 45, z;

	out += 4 * texture_at(&s->rough, 1900 * side, v) * some;
	if (out < 0)
		return 0;
	z = s->barrel->depth_um * smooth(out / s->wall_um[side]);
	t = 1 - t * t;
	if (t > 0)
		z += s->burr_um[side] * t * (1 + .7 * some) * smooth(out / 30);
	return z * (1 + .12 * some);
}

/* The height at x, y um of the picture before its turn. */
static double height_at(const struct engraved *s, double x, double y)
{
	double half = s->barrel->land_um / 2, from_middle = y - s->height_um / 2;
	double u = x - s->middle_um + s->slant * from_middle, arc = x - s->width_um / 2, z, v, edge, touch;
	double wander = 3 * texture_at(&s->slow, 200, y), relative = u / half;

	z = -arc * arc / (2 * s->barrel->radius_um) + s->tilt_x * arc + s->tilt_y * from_middle -
	    s->bow * from_middle * from_middle;
	edge = s->base_um + (s->barrel->left ? -1 : 1) * s->barrel->twist_deg * .0174533 * u +
	       12 * texture_at(&s->slow, x, 700) + 6 * texture_at(&s->rough, x, 300);
	v = y - edge;
	touch = smooth((s->fade_um * (1 + .5 * relative * relative * relative * relative) +
			90 * texture_at(&s->slow, x, 2000) - y) / 160);
	if (v < 0)   /* broken off */
		return z - 12 + .45 * (v < -70 ? -70 : v) + 3 * texture_at(&s->rough, x, y) +
		       beyond(s, 0, -u - half, y) + beyond(s, 1, u - half, y);
	if (u > -half - wander - 5 && u < half + wander + 5) {
		double m = profile_at(&s->land->main, s->stretch * u);
		double some = texture_at(&s->slow, u, y / 3 + 1000);

		m += .35 * some * profile_at(&s->land->second, u);
		z += touch * (s->gain * m + s->own_gain * (1 + .4 * some) * profile_at(&s->own, u));
	} else {     /* what the grooves marked, or nothing */
		z += 1.5 * profile_at(&s->own, u + 1500);
	}
	z += (.05 + .28 * (1 - touch)) * texture_at(&s->rough, x, y) + texture_at(&s->rash, x, y);
	return z + beyond(s, 0, -u - half + wander, y) + beyond(s, 1, u - half - wander, y);
}

/* Noise, outliers and lost points. Slopes are those of the heights before: to the right and down,
 * so a row is kept whole in `line` until its last point is done. */
static void measure(struct surface *out, uint64_t seed, const struct bullet_wishes *w, float *line)
{
	int width = out->width, height = out->height;
	float limit = (float)(1.1 * out->spacing_x_um);
	struct dice d;
	double noise;

	dice_seed(&d, seed);
	noise = w->noise * dice_range(&d, .03, .09);
	for (int j = 0; j < height; j++) {
		float *row = out->z + (size_t)j * (size_t)width;
		const float *next = j + 1 < height ? row + width : row;

		for (int i = 0; i < width; i++) {
			uint64_t h = dice_next(&d);
			float chance = (float)(dice_mix(h) >> 40) * 0x1p-24f;
			float dx = row[i + 1 < width ? i + 1 : i] - row[i], dy = next[i] - row[i];
			float steep = sqrtf(dx * dx + dy * dy) / limit;

			line[i] = row[i] + (float)(noise * dice_bell(h));
			if (chance < 4e-5f * (float)w->missing)
				line[i] += (float)dice_range(&d, -25, 25);
			else if (1 - chance < (steep > .75f ? (steep - .75f) * 2 : 0) + 2e-4f * (float)w->missing)
				line[i] = NAN;
		}
		memcpy(row, line, (size_t)width * sizeof *row);
	}
}

/* Quarter turns counter-clockwise. */
static int turn(struct surface *s, int quarters, struct error *e)
{
	int w = s->width, h = s->height;
	float *z;

	if (quarters == 0)
		return STATUS_DONE;
	z = mem_new((size_t)w * (size_t)h, sizeof *z, e);
	if (!z)
		return STATUS_SYSTEM;
	for (int j = 0; j < h; j++)
		for (int i = 0; i < w; i++) {
			int x = quarters == 1 ? j : quarters == 2 ? w - 1 - i : h - 1 - j;
			int y = quarters == 1 ? w - 1 - i : quarters == 2 ? h - 1 - j : i;

			z[(size_t)y * (size_t)(quarters == 2 ? w : h) + (size_t)x] =
				s->z[(size_t)j * (size_t)w + (size_t)i];
		}
	free(s->z);
	s->z = z;
	if (quarters != 2) {
		s->width = s->full_width = h;
		s->height = s->full_height = w;
	}
	return STATUS_DONE;
}

static int photograph(struct surface *s, uint64_t seed, struct error *e)
{
	size_t n = (size_t)s->width * (size_t)s->height;
	float *light = mem_new(n, sizeof *light, e);
	int status = light ? STATUS_DONE : STATUS_SYSTEM;
	struct side_lamp lamp;
	double low = INFINITY, high = -INFINITY;

	if (status == STATUS_DONE) {
		side_lamp_draw(&lamp, seed, 0, 25);
		side_light(&lamp, seed, s->z, s->width, s->height, s->spacing_x_um, light);
		/* the lens is focused on the middle of what there is, and is deep enough for the round */
		for (size_t i = 0; i < n; i++) {
			low = fmin(low, s->z[i]);
			high = fmax(high, s->z[i]);
		}
		for (size_t i = 0; i < n; i++)
			s->z[i] = (float)((s->z[i] - (low + high) / 2) * .5);
		status = camera_take(light, s->z, s->width, s->height, s->spacing_x_um, 0, seed, e);
	}
	for (size_t i = 0; status == STATUS_DONE && i < n; i++)
		s->z[i] = floorf(light[i] + .5f);
	s->kind = SURFACE_PHOTOGRAPH;
	free(light);
	return status;
}

static void tell(const struct engraved *s, const struct bullet_wishes *w, int land, struct bullet_truth *t)
{
	double um = w->spacing_um, half = s->barrel->land_um / 2;

	t->land = land;
	t->spacing_um = um;
	t->middle_px = s->middle_um / um;
	t->left_px = (s->middle_um - half) / um;
	t->right_px = (s->middle_um + half) / um;
	t->slant_deg = s->slant / .0174533;
	t->base_px = fmax(s->base_um, 0) / um;
	t->fade_px = fmin(s->fade_um, s->height_um) / um;
}

static int make(struct engraved *s, const struct bullet_wishes *w, int k, struct surface *out,
		struct error *e)
{
	uint64_t seed = dice_child(dice_child(w->seed, SEED_SCAN), (uint64_t)k);
	double um = w->spacing_um;
	float *line = NULL;
	int width = w->width ? w->width : (int)((s->barrel->land_um + 340) / um);
	int height = w->height ? w->height : (int)(660 / um), status;

	if ((double)width * height > MOST_POINTS || width < 8 || height < 8 || width * um > WIDEST_UM)
		return error_set(e, STATUS_USAGE, "a land of %d x %d points at %g um is not made", width,
				 height, um);
	s->width_um = (width - 1) * um;
	s->height_um = (height - 1) * um;
	status = engrave(s, w, k, e);
	if (status == STATUS_DONE)
		status = surface_new(out, SURFACE_TOPOGRAPHY, width, height, e);
	if (status != STATUS_DONE)
		return status;
	out->spacing_x_um = out->spacing_y_um = um;
	out->spacing_origin = SPACING_FILE;
	for (int j = 0; j < height; j++)
		for (int i = 0; i < width; i++)
			out->z[(size_t)j * (size_t)width + (size_t)i] = (float)height_at(s, i * um, j * um);
	if (w->kind == BULLET_PHOTO_SIDE) {
		status = photograph(out, seed, e);
	} else {
		line = mem_new((size_t)width, sizeof *line, e);
		status = line ? STATUS_DONE : STATUS_SYSTEM;
		if (line)
			measure(out, seed, w, line);
	}
	if (status == STATUS_DONE)
		status = turn(out, w->turn, e);
	for (size_t i = out->valid = 0; status == STATUS_DONE && i < (size_t)width * (size_t)height; i++)
		out->valid += !isnan(out->z[i]);
	out->masked = out->valid < (size_t)width * (size_t)height;
	if (status != STATUS_DONE)
		surface_free(out);
	free(line);
	return status;
}

int bullet_land(const struct barrel *b, const struct bullet_wishes *w, int k, struct surface *out,
		struct bullet_truth *truth, struct error *e)
{
	struct engraved *s;
	int status, land;

	memset(out, 0, sizeof *out);
	status = check(w, b, k, e);
	if (status != STATUS_DONE)
		return status;
	s = mem_new(1, sizeof *s, e);
	if (!s)
		return STATUS_SYSTEM;
	land = bullet_phase(b, w, k);
	s->barrel = b;
	s->land = &b->land[land];
	status = make(s, w, k, out, e);
	if (status == STATUS_DONE)
		tell(s, w, land, truth);
	texture_free(&s->rough);
	texture_free(&s->slow);
	texture_free(&s->rash);
	free(s);
	return status;
}
