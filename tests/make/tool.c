/* tool.c - a firearm's breech face and firing pin, as they mark a primer */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Marks are a weighted sum of what the class has (same class_seed) and of what one tool has. The
 * octaves were chosen so that the granular kind is like the Fadul breech faces: rms of heights between
 * Gaussians of standard deviations 5, 10, 20, 40, 80 and 160 um .18 .29 .41 .43 .30 um (made .18 .29
 * .38 .39 .39), slopes at 6.25 um .03 .05 .08 .15 (25, 50, 75, 95 of a hundred; made .03 .05 .08 .12).
 * Striae are profiles over u, the distance across them; three profiles take turns along them,
 * and u wavers, because no stria runs unchanged for the whole width. */
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "make/dice.h"
#include "make/placing.h"
#include "make/tool.h"

enum { SEED_FORM = 1, SEED_GRAIN, SEED_STRIA, SEED_WEIGHT, SEED_WAVER, SEED_SCAR, SEED_PIN,
       SEED_EJECTOR, SEED_SHEAR, SEED_PROFILE, SEED_MATT = 20 };

/* by octave, 4 to 1024 um */
static const double fine[TEXTURE_OCTAVES] = { .03, .25 };
static const double grain[TEXTURE_OCTAVES] = { 0, 0, .42, .7, .68, .4, .12 };
static const double stria[TEXTURE_OCTAVES] = { .05, .25, .55, .65, .5, .26, .1 };
static const double sheared[TEXTURE_OCTAVES] = { .10, .35, .65, .65, .50, .26, .10 };

/* Profiles that take turns, each with a weight of this mean and, in two octaves, this rms. */
#define PROFILES 3
#define WEIGHT_MEAN .6
#define WEIGHT_RMS .6
#define WEIGHT_RMS_FINE .3

struct striae {
	struct profile *profile;              /* PROFILES of them */
	struct texture weight[PROFILES], waver;
	double x_um, y_um, radius_um;         /* centre of the arcs and what u is counted from */
	bool straight;
	double c, s;
};

static double across(const struct striae *s, double x, double y)
{
	if (s->straight)
		return s->c * x + s->s * y;
	x -= s->x_um;
	y -= s->y_um;
	return sqrt(x * x + y * y) - s->radius_um;
}

/* The way the class is cut follows from class_seed alone. A lathe's centre is at most off_um from
 * the origin. */
static void cut(struct striae *s, enum tool_kind kind, uint64_t class_seed, double off_um)
{
	struct dice d;
	struct placing p;
	double angle, radius;

	dice_seed(&d, dice_child(class_seed, SEED_FORM));
	angle = dice_range(&d, 0, 360);
	placing_set(&p, 0, 0, angle);
	s->straight = kind == TOOL_PARALLEL;
	s->c = p.c;
	s->s = p.s;
	radius = kind == TOOL_TURNED ? dice_range(&d, 0, off_um) : dice_range(&d, 3500, 9000);
	placing_apply(&p, radius, 0, &s->x_um, &s->y_um);
	s->radius_um = kind == TOOL_TURNED ? 0 : radius;
}

/* Adds striae of the given rms; `seed` is of the class or of the tool. */
static int add_striae(struct texture *t, enum tool_kind kind, double off_um, uint64_t class_seed,
		      uint64_t seed, double rms, struct error *e)
{
	struct striae s = { 0 };
	int status = STATUS_SYSTEM;

	cut(&s, kind, class_seed, off_um);
	s.profile = mem_new(PROFILES, sizeof *s.profile, e);
	if (!s.profile || texture_new(&s.waver, 64, e) ||
	    texture_add(&s.waver, dice_child(seed, SEED_WAVER), 512, 2.5, e))
		goto out;
	for (int k = 0; k < PROFILES; k++) {
		uint64_t own = dice_child(seed, SEED_PROFILE + (uint64_t)k);

		if (texture_new(&s.weight[k], 64, e) ||
		    texture_add(&s.weight[k], dice_child(own, SEED_WEIGHT), 512, WEIGHT_RMS, e) ||
		    texture_add(&s.weight[k], dice_child(own, SEED_WAVER), 256, WEIGHT_RMS_FINE, e))
			goto out;
		profile_add_octaves(&s.profile[k], dice_child(own, SEED_STRIA), stria);
	}
	rms /= texture_rms(stria) * sqrt(PROFILES * (WEIGHT_MEAN * WEIGHT_MEAN + WEIGHT_RMS * WEIGHT_RMS +
						     WEIGHT_RMS_FINE * WEIGHT_RMS_FINE));
	for (int j = 0; j < t->size; j++)
		for (int i = 0; i < t->size; i++) {
			double x = (i - (i >= t->size / 2) * t->size) * t->spacing_um;
			double y = (j - (j >= t->size / 2) * t->size) * t->spacing_um;
			double u;
			float sum = 0;

			if (x * x + y * y > 1950. * 1950)   /* marks nothing */
				continue;
			u = across(&s, x, y) + texture_at(&s.waver, x, y);
			for (int k = 0; k < PROFILES; k++)
				sum += ((float)WEIGHT_MEAN + texture_at(&s.weight[k], x, y)) * profile_at(&s.profile[k], u);
			t->v[j * t->size + i] += (float)rms * sum;
		}
	status = STATUS_DONE;
out:
	for (int k = 0; k < PROFILES; k++)
		texture_free(&s.weight[k]);
	texture_free(&s.waver);
	free(s.profile);
	return status;
}

/* What happened to one tool only. */
static void add_scars(struct texture *t, uint64_t seed)
{
	struct dice d;
	struct placing p;
	int n;

	dice_seed(&d, dice_child(seed, SEED_SCAR));
	n = (int)dice_range(&d, 15, 40);
	for (int i = 0; i < n; i++) {
		double x = dice_range(&d, -1800, 1800), y = dice_range(&d, -1800, 1800);
		double width = dice_range(&d, 12, 45), depth = dice_range(&d, .8, 3.2);

		placing_set(&p, x, y, 0);
		texture_scratch(t, &p, 0, width, dice_unit(&d) < .7 ? -depth : depth);
	}
	n = (int)dice_range(&d, 3, 10);
	for (int i = 0; i < n; i++) {
		double x = dice_range(&d, -1700, 1700), y = dice_range(&d, -1700, 1700);
		double length = dice_range(&d, 200, 1100), angle = dice_range(&d, 0, 180);
		double width = dice_range(&d, 6, 14), depth = dice_range(&d, .7, 2.5);

		placing_set(&p, x, y, angle);
		texture_scratch(t, &p, length, width, depth);
	}
}

/* Grain as blasted and eroded steel leaves it: the finest of it is rough where the coarser is far
 * from its mean, and smooth between. */
static int add_grain(struct texture *t, uint64_t seed, double rms, struct error *e)
{
	struct texture coarse = { 0 }, detail = { 0 };
	int status = texture_new(&coarse, t->spacing_um, e);

	if (status == STATUS_DONE)
		status = texture_new(&detail, t->spacing_um, e);
	if (status == STATUS_DONE)
		status = texture_add_octaves(&coarse, seed, grain, e);
	if (status == STATUS_DONE)
		status = texture_add_octaves(&detail, seed, fine, e);
	if (status == STATUS_DONE) {
		size_t n = (size_t)coarse.size * (size_t)coarse.size;

		texture_scale(&coarse, 1 / texture_rms(grain));
		rms /= sqrt(1 + .8 * texture_rms(fine) * texture_rms(fine));
		for (size_t i = 0; i < n; i++)
			t->v[i] += (float)rms * (coarse.v[i] + detail.v[i] * (.3f + .8f * fabsf(coarse.v[i])));
	}
	texture_free(&coarse);
	texture_free(&detail);
	return status;
}

/* Striae carry most of a cut face, grain the rest. */
static int add_marks(struct tool *t, const struct tool_wishes *w, uint64_t seed, double rms, struct error *e)
{
	double striae = t->kind == TOOL_GRANULAR ? 0 : .92, rest = sqrt(1 - striae * striae);
	int status = add_grain(&t->mark, dice_child(seed, SEED_GRAIN), rms * rest, e);

	if (status == STATUS_DONE && striae > 0)
		status = add_striae(&t->mark, t->kind, 250, w->class_seed, seed, rms * striae, e);
	return status;
}

/* The nose of the pin: turned and then worn. */
static int make_pin(struct tool *t, const struct tool_wishes *w, struct error *e)
{
	static const double worn[TEXTURE_OCTAVES] = { .06, .25, .4, .5, .4, .3 };
	uint64_t seed = dice_child(w->seed, SEED_PIN);
	int status = texture_new(&t->pin_mark, w->spacing_um, e);

	if (status == STATUS_DONE)
		status = texture_add_octaves(&t->pin_mark, dice_child(seed, SEED_GRAIN), worn, e);
	if (status == STATUS_DONE) {
		texture_scale(&t->pin_mark, .75 / texture_rms(worn));
		status = add_striae(&t->pin_mark, TOOL_TURNED, 50, seed, seed, .5, e);
	}
	return status;
}

static int make_matt(struct tool *t, const struct tool_wishes *w, struct error *e)
{
	static const double patches[TEXTURE_OCTAVES] = { 0, .3, .5, .6, .6, .5, .4 };
	int status = texture_new(&t->matt, w->spacing_um < 8 ? 8 : w->spacing_um, e);

	if (status == STATUS_DONE)
		status = texture_add_octaves(&t->matt, dice_child(w->seed, SEED_MATT), patches, e);
	if (status == STATUS_DONE)
		texture_scale(&t->matt, 1 / texture_rms(patches));
	return status;
}

/* A small steel face, milled and worn; only the middle of the texture is used. */
static int make_ejector(struct tool *t, const struct tool_wishes *w, struct error *e)
{
	static const double worn[TEXTURE_OCTAVES] = { .06, .3, .5, .7, .6, .5 };
	uint64_t seed = dice_child(w->seed, SEED_EJECTOR);
	int status = texture_new(&t->ejector_mark, w->spacing_um < 4 ? 4 : w->spacing_um, e);

	if (status == STATUS_DONE)
		status = texture_add_octaves(&t->ejector_mark, dice_child(seed, SEED_GRAIN), worn, e);
	if (status == STATUS_DONE) {
		texture_scale(&t->ejector_mark, .9 / texture_rms(worn));
		status = add_striae(&t->ejector_mark, TOOL_PARALLEL, 0, dice_child(w->class_seed, SEED_EJECTOR),
				    seed, 1.1, e);
	}
	return status;
}

/* Sizes that a model of firearm has, each gun with a little of its own. */
static void form(struct tool *t, const struct tool_wishes *w)
{
	struct dice d, own;
	struct placing p;

	dice_seed(&d, dice_child(w->class_seed, SEED_FORM + 100));
	dice_seed(&own, dice_child(w->seed, SEED_FORM));
	t->rms_um = dice_range(&d, .9, 1.6) * dice_range(&own, .9, 1.1);
	t->pin_radius_um = dice_range(&d, 660, 900) + dice_range(&own, -15, 15);
	t->pin_depth_um = dice_range(&d, 310, 400);
	t->pin_flat_um = dice_range(&d, 0, 200);
	t->lip_um = dice_range(&d, 6, 22);
	t->pad_um = dice_unit(&d) < .55 ? dice_range(&d, 12, 65) : 0;
	t->aperture_um = t->pad_um > 0 ? t->pin_radius_um + dice_range(&d, 170, 420) :
					 t->pin_radius_um + dice_range(&d, 70, 120);
	if (t->aperture_um > 1300)
		t->aperture_um = 1300;
	placing_set(&p, 0, 0, dice_range(&d, 0, 360));
	placing_apply(&p, dice_range(&d, 20, 280), 0, &t->pin_x_um, &t->pin_y_um);
	t->pin_x_um += dice_range(&own, -25, 25);
	t->pin_y_um += dice_range(&own, -25, 25);
	t->drag_deg = dice_range(&d, 0, 360);
	t->drag_um = dice_range(&d, 0, 300);
	t->ejector_deg = dice_range(&d, 0, 360);
	t->ejector_out_um = dice_range(&d, 4260, 4420);
	t->ejector_half_um = dice_range(&d, 260, 420);
	t->ejector_high_um = dice_range(&d, 170, 280);
	t->ejector_depth_um = dice_range(&d, 25, 60);
	t->shear_um = t->pad_um > 0 && dice_unit(&d) < .5 ? dice_range(&d, .6, 1.2) : 0;
	profile_add_octaves(&t->shear, dice_child(w->seed, SEED_SHEAR), sheared);
	t->pressure_deg = dice_range(&own, 0, 360);
	t->pressure = dice_range(&own, 0, .9);
}

int tool_make(struct tool *t, const struct tool_wishes *w, struct error *e)
{
	int status;

	memset(t, 0, sizeof *t);
	t->kind = w->kind;
	t->seed = w->seed;
	form(t, w);
	status = texture_new(&t->mark, w->spacing_um, e);
	if (status == STATUS_DONE && w->subclass > 0)
		status = add_marks(t, w, dice_child(w->class_seed, SEED_GRAIN), t->rms_um * sqrt(w->subclass), e);
	if (status == STATUS_DONE && w->subclass < 1)
		status = add_marks(t, w, w->seed, t->rms_um * sqrt(1 - w->subclass), e);
	if (status == STATUS_DONE) {
		add_scars(&t->mark, w->seed);
		status = make_pin(t, w, e);
	}
	if (status == STATUS_DONE)
		status = make_matt(t, w, e);
	if (status == STATUS_DONE)
		status = make_ejector(t, w, e);
	if (status != STATUS_DONE)
		tool_free(t);
	return status;
}

void tool_free(struct tool *t)
{
	texture_free(&t->mark);
	texture_free(&t->matt);
	texture_free(&t->pin_mark);
	texture_free(&t->ejector_mark);
}
