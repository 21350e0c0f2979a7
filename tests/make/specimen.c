/* specimen.c - one fired case: its sizes, what was printed on it, its heights */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A small pistol primer in a case head. Sizes as measured in real topographies: the flat part
 * ends at 1.6 to 1.75 mm, the edge rolls off over half a millimetre into a gap 200 um deep, the
 * pocket's edge comes up at 2.3 to 2.45 mm. Marks are the tool's, cut off where they are deep
 * (metal does not flow into every pit), weighted with how firmly the primer was pressed there,
 * over the primer's own surface, and joined by what this shot alone left. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "make/dice.h"
#include "make/specimen.h"

enum { SEED_SIZES = 1, SEED_OWN, SEED_HEAD, SEED_LATHE, SEED_FINE, SEED_SLOW = 10 };

static double clamp01(double t)
{
	return t < 0 ? 0 : t > 1 ? 1 : t;
}

static double smooth_step(double t)
{
	t = clamp01(t);
	return t * t * (3 - 2 * t);
}

/* A bump of height 1 at 0 that is over at -1 and 1. */
static double bump(double t)
{
	t = 1 - t * t;
	return t > 0 ? t * t : 0;
}

static void draw_sizes(struct specimen *s, const struct case_wishes *w)
{
	static const char *const stamp[] = { "9MM LUGER FC", "WIN 9MM LUGER", "380 AUTO PPU",
					     "9X19 GFL 12", "CBC 9MM LUGER", "45 AUTO RP" };
	struct dice d;
	struct placing p;

	dice_seed(&d, dice_child(w->seed, SEED_SIZES));
	placing_set(&p, 0, 0, dice_range(&d, 0, 360));
	placing_apply(&p, w->play_um * dice_unit(&d), 0, &s->primer_x_um, &s->primer_y_um);
	s->primer_um = dice_range(&d, 2190, 2240);
	s->flat_um = dice_range(&d, 1620, 1750);
	s->pocket_um = s->primer_um + dice_range(&d, 20, 60);
	s->head_um = s->pocket_um + dice_range(&d, 110, 260);
	s->rim_um = dice_range(&d, 4850, 4960);
	s->head_z_um = dice_range(&d, -20, 45);
	s->strength = w->strength * dice_range(&d, .85, 1.1);
	s->clip_um = s->tool->rms_um * dice_range(&d, .9, 1.8);
	placing_set(&p, 0, 0, s->tool->drag_deg + dice_range(&d, -10, 10));
	s->drag_c = p.c;
	s->drag_s = -p.s;
	s->drag_um = w->drag * s->tool->drag_um * dice_range(&d, .4, 1.3);
	s->ejector_deg = s->tool->ejector_deg + dice_range(&d, -2, 2);
	placing_set(&p, 0, 0, s->ejector_deg);
	s->ejector = p;
	placing_apply(&p, 0, -s->tool->ejector_out_um + dice_range(&d, -60, 60), &s->ejector.x, &s->ejector.y);
	s->ejector_gain = w->ejector * dice_range(&d, .6, 1.2);
	s->letters_deg = dice_range(&d, 0, 360);
	s->letters_um = dice_range(&d, 3350, 3550);
	s->letters = stamp[dice_next(&d) % (sizeof stamp / sizeof *stamp)];
	s->arc_from = w->arc_from;
	s->arc_share = w->arc_share;
}

/* Heights about the primer's middle. */
static double ring_height(const struct specimen *s, double dome, double depth, double r)
{
	double t;

	if (r < s->flat_um)
		return dome * (1 - r * r / (s->flat_um * s->flat_um));
	if (r < s->primer_um) {   /* breaks off at the edge of what was pressed flat, ever steeper */
		t = (r - s->flat_um) / (s->primer_um - s->flat_um);
		return -depth * (.85 * t + .15 * t * t * t);
	}
	if (r < s->pocket_um)
		return -depth - 15;
	if (r < s->head_um) {
		t = (s->head_um - r) / (s->head_um - s->pocket_um);
		return s->head_z_um - (depth + s->head_z_um) * (.45 * t + .55 * t * t * t);
	}
	if (r < s->rim_um)
		return s->head_z_um;
	t = (r - s->rim_um) / 250;
	return s->head_z_um - (t < 1 ? 350 * (1 - sqrt(1 - t * t)) : 1400);
}

/* What the pin adds: a ball's cap with a flat nose, a rounded shoulder, the lip, the pad. */
static double pin_height(const struct tool *t, double lip, double q)
{
	double a = t->pin_radius_um - t->pin_flat_um, depth = t->pin_depth_um, z = 0, c;
	double nose = (a * a + depth * depth) / (2 * depth), p = q - t->pin_flat_um;

	if (p <= 0)
		z = -depth;
	else if (p < a)
		z = -depth + nose - sqrt(nose * nose - p * p);
	c = (q - t->pin_radius_um - 50) / 110;
	z += lip * bump(c);
	if (t->pad_um > 0 && q > t->pin_radius_um - 60) {
		c = (q - t->pin_radius_um) / (t->aperture_um - t->pin_radius_um);
		z += t->pad_um * (1 - .45 * clamp01(c)) * smooth_step((t->aperture_um + 15 - q) / 30) *
		     smooth_step((q - t->pin_radius_um + 60) / 90);
	}
	return z;
}

/* A running mean of 2 * half + 1; the beginning is a mirror. */
static void soften(float *v, int n, int half, float *scratch)
{
	double sum = 0;

	memcpy(scratch, v, (size_t)n * sizeof *v);
	for (int k = -half; k <= half; k++)
		sum += scratch[k < 0 ? -k : k];
	for (int i = 0; i < n; i++) {
		int out = i - half, in = i + half + 1;

		v[i] = (float)(sum / (2 * half + 1));
		sum += scratch[in < n ? in : n - 1] - scratch[out < 0 ? -out : out];
	}
}

static int make_tables(struct specimen *s, const struct case_wishes *w, struct error *e)
{
	float *scratch = mem_new(SPECIMEN_RADIUS_UM + 2, sizeof *scratch, e);
	struct dice d;
	double dome, depth, lip;

	if (!scratch)
		return STATUS_SYSTEM;
	dice_seed(&d, dice_child(w->seed, SEED_SIZES + 100));
	dome = dice_range(&d, -4, 9);
	depth = dice_range(&d, 235, 310);
	lip = s->tool->lip_um * dice_range(&d, .7, 1.3);
	for (int r = 0; r < SPECIMEN_RADIUS_UM + 2; r++)
		s->ring_z[r] = (float)ring_height(s, dome, depth, r);
	soften(s->ring_z, SPECIMEN_RADIUS_UM + 2, 12, scratch);
	for (int q = 0; q < SPECIMEN_PIN_UM + 2; q++)
		s->pin_z[q] = (float)pin_height(s->tool, lip, q);
	soften(s->pin_z, SPECIMEN_PIN_UM + 2, 16, scratch);
	soften(s->pin_z, SPECIMEN_PIN_UM + 2, 10, scratch);
	free(scratch);
	return STATUS_DONE;
}

static double about(const struct specimen *s, double x, double y)
{
	x -= s->primer_x_um;
	y -= s->primer_y_um;
	return sqrt(x * x + y * y);
}

static double from_pin(const struct specimen *s, double x, double y)
{
	x -= s->tool->pin_x_um;
	y -= s->tool->pin_y_um;
	return sqrt(x * x + y * y);
}

static int by_size(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static double pressure(const struct specimen *s, double x, double y)
{
	struct placing p;
	double u, v;

	placing_set(&p, 0, 0, s->tool->pressure_deg);
	placing_undo(&p, x, y, &u, &v);
	return texture_at(&s->slow[WEAK_CONTACT], x, y) + s->tool->pressure * u / 1000;
}

/* The bias that leaves the wanted share of the ring in contact: a quantile of the pressure. */
static int find_bias(struct specimen *s, double share, struct error *e)
{
	enum { SIDE = 48 };
	double *p = mem_new(SIDE * SIDE, sizeof *p, e), step = 2 * s->flat_um / SIDE;
	size_t n = 0;

	if (!p)
		return STATUS_SYSTEM;
	for (int j = 0; j < SIDE; j++)
		for (int i = 0; i < SIDE; i++) {
			double x = s->primer_x_um + (i + .5 - SIDE / 2) * step;
			double y = s->primer_y_um + (j + .5 - SIDE / 2) * step;

			if (about(s, x, y) < s->flat_um && from_pin(s, x, y) > s->tool->aperture_um)
				p[n++] = pressure(s, x, y);
		}
	qsort(p, n, sizeof *p, by_size);
	s->contact_bias = share >= 1 || n == 0 ? -100 : p[(size_t)((1 - share) * (double)n)];
	free(p);
	return STATUS_DONE;
}

static int make_slow(struct specimen *s, const struct case_wishes *w, struct error *e)
{
	static const struct { int step; double rms; } field[WEAK_FIELDS] = {
		[WEAK_CONTACT] = { 512, 1 }, [WEAK_WAVER] = { 256, 4 }, [WEAK_GAPS] = { 256, 1 } };

	for (int i = 0; i < WEAK_FIELDS; i++) {
		uint64_t seed = dice_child(w->seed, SEED_SLOW + (uint64_t)i * 16);

		if (texture_new(&s->slow[i], w->spacing_um < 16 ? 16 : w->spacing_um, e) ||
		    texture_add(&s->slow[i], seed, field[i].step, field[i].rms, e))
			return STATUS_SYSTEM;
	}
	return texture_add(&s->slow[WEAK_WAVER], dice_child(w->seed, SEED_SLOW - 1), 32, 2, e);
}

/* What the shot leaves besides the marks has their spectrum; the primer's own surface and the
 * case head's are finer and lower. */
static int make_surfaces(struct specimen *s, const struct case_wishes *w, struct error *e)
{
	static const double alone[TEXTURE_OCTAVES] = { .03, .16, .36, .50, .45, .35, .30, .4 };
	static const double unresolved[TEXTURE_OCTAVES] = { 1, .5 };
	static const double head[TEXTURE_OCTAVES] = { .05, .22, .40, .35, .3, .3, .3 };
	double spacing = s->tool->mark.spacing_um;
	struct dice d;

	dice_seed(&d, dice_child(w->seed, SEED_OWN));
	if (texture_new(&s->own, spacing, e) ||
	    texture_add_octaves(&s->own, dice_child(w->seed, SEED_OWN), alone, e) ||
	    texture_new(&s->head, w->masked ? 128 : spacing < 4 ? 4 : spacing, e) ||
	    texture_add_octaves(&s->head, dice_child(w->seed, SEED_HEAD), head, e))
		return STATUS_SYSTEM;
	if (w->kind != CASE_TOPOGRAPHY &&
	    (texture_new(&s->fine, spacing < 4 ? 4 : spacing, e) ||
	     texture_add_octaves(&s->fine, dice_child(w->seed, SEED_FINE), unresolved, e)))
		return STATUS_SYSTEM;
	s->own_rms_um = .31 * w->noise * s->tool->rms_um * dice_range(&d, .75, 1.35);
	texture_scale(&s->own, s->own_rms_um / texture_rms(alone));
	texture_scale(&s->head, dice_range(&d, .4, 1.) / texture_rms(head));
	profile_add(&s->lathe, dice_child(w->seed, SEED_LATHE), 16, dice_range(&d, .1, .5));
	profile_add(&s->lathe, dice_child(w->seed, SEED_LATHE + 1), 64, .6);
	return STATUS_DONE;
}

int specimen_make(struct specimen *s, const struct tool *t, const struct case_wishes *w,
		  struct error *e)
{
	int status;

	memset(s, 0, sizeof *s);
	s->tool = t;
	draw_sizes(s, w);
	status = make_tables(s, w, e);
	if (status == STATUS_DONE)
		status = make_slow(s, w, e);
	if (status == STATUS_DONE)
		status = find_bias(s, w->contact, e);
	if (status == STATUS_DONE)
		status = make_surfaces(s, w, e);
	if (status != STATUS_DONE)
		specimen_free(s);
	return status;
}

void specimen_free(struct specimen *s)
{
	texture_free(&s->own);
	texture_free(&s->fine);
	texture_free(&s->head);
	for (int i = 0; i < WEAK_FIELDS; i++)
		texture_free(&s->slow[i]);
}

/* atan2 would do, but libms differ in its last bit; a tenth of a degree is enough here. */
static double angle_turns(double x, double y)
{
	double a = fabs(x), b = fabs(y), t = a > b ? b / a : a > 0 || b > 0 ? a / b : 0;

	t = (.1591549 - .0530516 * t * t + .0254 * t * t * t * t - .0065 * t * t * t * t * t * t) * t;
	if (b > a)
		t = .25 - t;
	if (x < 0)
		t = .5 - t;
	return y < 0 ? 1 - t : t;
}

bool specimen_in_arc(const struct specimen *s, double x_um, double y_um)
{
	double t;

	if (s->arc_share >= 1)
		return true;
	t = angle_turns(x_um - s->tool->pin_x_um, s->tool->pin_y_um - y_um) - s->arc_from;
	return t - floor(t) < s->arc_share;
}

double specimen_contact(const struct specimen *s, double x_um, double y_um)
{
	if (!specimen_in_arc(s, x_um, y_um))
		return 0;
	return smooth_step(.5 + (pressure(s, x_um, y_um) - s->contact_bias) * 1.6);
}
