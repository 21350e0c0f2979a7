/* case.c - heads of fired cartridge cases with known truth, as topographies and photographs */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "make/camera.h"
#include "make/case.h"
#include "make/dice.h"
#include "make/instrument.h"
#include "make/specimen.h"

#define MOST_POINTS 60e6     /* of a picture */

enum { SEED_VIEW = 20 };

uint64_t case_seed(uint64_t series, int firearm, int shot)
{
	return dice_child(dice_child(series, (uint64_t)firearm), (uint64_t)shot);
}

void case_defaults(struct case_wishes *w, enum case_kind kind)
{
	*w = (struct case_wishes){ .kind = kind, .seed = 1, .spacing_um = kind == CASE_TOPOGRAPHY ? 6.25 : 2.6,
				   .decentre_um = kind == CASE_TOPOGRAPHY ? 60 : 150, .noise = 1,
				   .contact = .85, .strength = 1, .play_um = 80, .drag = 1, .ejector = 1,
				   .tilt_deg = .4, .missing = 1, .arc_share = 1 };
}

static int check(const struct case_wishes *w, struct error *e)
{
	const struct { const char *name; double value, min, max; } range[] = {
		{ "spacing", w->spacing_um, 1, 50 }, { "width", w->width, 0, 20000 },
		{ "height", w->height, 0, 20000 }, { "rotation", w->rotation_deg, -1e6, 1e6 },
		{ "decentring", w->decentre_um, 0, 3000 }, { "noise", w->noise, 0, 10 },
		{ "contact", w->contact, .1, 1 }, { "strength", w->strength, 0, 10 },
		{ "play", w->play_um, 0, 300 }, { "drag", w->drag, 0, 3 }, { "ejector", w->ejector, 0, 3 },
		{ "defocus", w->defocus_um, 0, 500 }, { "tilt", w->tilt_deg, 0, 10 },
		{ "missing", w->missing, 0, 1000 }, { "arc", w->arc_from, -1, 2 },
		{ "share of the ring", w->arc_share, 0, 1 } };

	for (size_t i = 0; i < sizeof range / sizeof *range; i++)
		if (!(range[i].value >= range[i].min && range[i].value <= range[i].max))
			return error_set(e, STATUS_USAGE, "%s %g is not in %g..%g", range[i].name,
					 range[i].value, range[i].min, range[i].max);
	if ((w->masked || w->single_cast) && w->kind != CASE_TOPOGRAPHY)
		return error_set(e, STATUS_USAGE, "only a topography can be masked or of a cast");
	return STATUS_DONE;
}

struct shown {
	struct specimen specimen;
	struct placing view;      /* the tool's frame in the picture, um from the first point's middle */
	int width, height;
};

static void place_ejector(const struct shown *p, double um, struct case_truth *truth)
{
	const struct specimen *s = &p->specimen;
	double x, y, turn;

	placing_apply(&p->view, s->ejector.x, s->ejector.y, &x, &y);
	truth->ejector_x_px = x / um;
	truth->ejector_y_px = y / um;
	truth->ejector_half_px = s->ejector_gain > 0 ? s->tool->ejector_half_um / um : 0;
	truth->ejector_high_px = s->tool->ejector_high_um / um;
	turn = truth->rotation_deg + s->ejector_deg;
	truth->ejector_deg = turn - 360 * floor(turn / 360);
}

/* Where everything is in the picture. */
static void place(struct shown *p, const struct case_wishes *w, struct case_truth *truth)
{
	const struct specimen *s = &p->specimen;
	const struct tool *t = s->tool;
	bool ring = w->masked;
	double reach = ring ? s->flat_um : 2500, um = w->spacing_um, cx, cy, x, y, far;
	int usual_width = (int)ceil(2 * reach / um) + 1, usual_height = usual_width;
	struct dice d;

	if (w->kind != CASE_TOPOGRAPHY) {
		usual_width = (int)(2592 * 2.6 / um + .5);
		usual_height = (int)(1944 * 2.6 / um + .5);
	}
	p->width = w->width ? w->width : usual_width;
	p->height = w->height ? w->height : usual_height;
	dice_seed(&d, dice_child(w->seed, SEED_VIEW + (uint64_t)w->kind));
	cx = (p->width - 1) * um / 2 + (ring ? 0 : dice_range(&d, -w->decentre_um, w->decentre_um));
	cy = (p->height - 1) * um / 2 + (ring ? 0 : dice_range(&d, -w->decentre_um, w->decentre_um));
	placing_set(&p->view, 0, 0, w->rotation_deg);
	placing_apply(&p->view, s->primer_x_um, s->primer_y_um, &x, &y);
	p->view.x = cx - x;
	p->view.y = cy - y;
	memset(truth, 0, sizeof *truth);
	truth->spacing_um = um;
	truth->rotation_deg = w->rotation_deg;
	truth->primer_x_px = cx / um;
	truth->primer_y_px = cy / um;
	truth->primer_radius_px = s->primer_um / um;
	truth->ring_outer_px = s->flat_um / um;
	truth->tool_x_px = p->view.x / um;
	truth->tool_y_px = p->view.y / um;
	placing_apply(&p->view, t->pin_x_um, t->pin_y_um, &x, &y);
	truth->pin_x_px = x / um;
	truth->pin_y_px = y / um;
	truth->pin_radius_px = t->pin_radius_um / um;
	truth->ring_inner_px = t->aperture_um / um;
	far = t->pin_radius_um + s->drag_um;
	placing_apply(&p->view, t->pin_x_um + far * s->drag_c, t->pin_y_um + far * s->drag_s, &x, &y);
	truth->drag_x_px = x / um;
	truth->drag_y_px = y / um;
	truth->drag_radius_px = s->drag_um > 20 ? t->pin_radius_um * .3 / um : 0;
	place_ejector(p, um, truth);
	truth->shear_deg = t->shear_um > 0 ? w->rotation_deg + t->drag_deg : NAN;
}

static int begin(struct shown *p, const struct tool *t, const struct case_wishes *w,
		 struct case_truth *truth, struct error *e)
{
	int status = check(w, e);

	if (status == STATUS_DONE)
		status = specimen_make(&p->specimen, t, w, e);
	if (status != STATUS_DONE)
		return status;
	place(p, w, truth);
	if ((double)p->width * p->height > MOST_POINTS || p->width < 8 || p->height < 8) {
		specimen_free(&p->specimen);
		return error_set(e, STATUS_USAGE, "a picture of %d x %d points is not made", p->width,
				 p->height);
	}
	return STATUS_DONE;
}

/* A photograph with wide points is made on finer ones and averaged, as a sensor does. */
static int photograph(struct shown *p, const struct case_wishes *w, float **out, struct error *e)
{
	int k = (int)ceil(w->spacing_um / 3.3), status = STATUS_SYSTEM;
	struct light l = { p->width * k, p->height * k, w->spacing_um / k, NULL, NULL };
	size_t n = (size_t)l.width * (size_t)l.height;
	struct placing view = p->view;
	float *z = mem_new(n, sizeof *z, e);

	l.v = z ? mem_new(n, sizeof *z, e) : NULL;
	l.z = z;
	if (!l.v)
		goto out;
	view.x += (k - 1) * l.spacing_um / 2;
	view.y += (k - 1) * l.spacing_um / 2;
	status = specimen_relief(&p->specimen, &view, l.spacing_um, l.width, l.height, z, e);
	if (status == STATUS_DONE)
		status = light_render(&p->specimen, w, &view, &l, e);
	if (status != STATUS_DONE)
		goto out;
	camera_bin(z, p->width, p->height, k);
	camera_bin(l.v, p->width, p->height, k);
	status = camera_take(l.v, z, p->width, p->height, w->spacing_um, w->defocus_um, w->seed,
			     e);
out:
	free(z);
	if (status != STATUS_DONE) {
		free(l.v);
		l.v = NULL;
	}
	*out = l.v;
	return status;
}

static int topography(struct shown *p, const struct case_wishes *w, struct surface *out, struct error *e)
{
	int status = surface_new(out, SURFACE_TOPOGRAPHY, p->width, p->height, e);

	if (status != STATUS_DONE)
		return status;
	out->spacing_x_um = out->spacing_y_um = w->spacing_um;
	out->spacing_origin = SPACING_FILE;
	status = specimen_relief(&p->specimen, &p->view, w->spacing_um, p->width, p->height, out->z, e);
	if (status == STATUS_DONE)
		status = instrument_scan(&p->specimen, w, &p->view, out, e);
	if (status != STATUS_DONE)
		surface_free(out);
	return status;
}

/* Primers are of nickelled or bare brass, cases of brass. */
static void tint(const struct shown *p, const struct case_wishes *w, const float *grey,
		 unsigned char *to)
{
	static const double metal[3][3] = { { 1, .97, .9 }, { 1.05, .93, .62 }, { 1.08, .95, .55 } };
	int primer = (int)(dice_mix(w->seed) & 1);
	double r = p->specimen.primer_um + 15;

	for (int j = 0; j < p->height; j++)
		for (int i = 0; i < p->width; i++) {
			double x, y;
			int which;

			placing_undo(&p->view, i * w->spacing_um, j * w->spacing_um, &x, &y);
			x -= p->specimen.primer_x_um;
			y -= p->specimen.primer_y_um;
			which = x * x + y * y < r * r ? primer : 2;
			for (int k = 0; k < 3; k++) {
				double v = *grey * metal[which][k] + .5;

				*to++ = (unsigned char)(v > 255 ? 255 : v);
			}
			grey++;
		}
}

int case_photograph(const struct tool *t, const struct case_wishes *w, struct case_photo *out,
		    struct case_truth *truth, struct error *e)
{
	struct shown *p = mem_new(1, sizeof *p, e);
	float *grey = NULL;
	size_t n;
	int status = p ? begin(p, t, w, truth, e) : STATUS_SYSTEM;

	memset(out, 0, sizeof *out);
	if (status != STATUS_DONE) {
		free(p);
		return status;
	}
	out->width = p->width;
	out->height = p->height;
	out->channels = w->colour ? 3 : 1;
	n = (size_t)p->width * (size_t)p->height;
	status = photograph(p, w, &grey, e);
	if (status == STATUS_DONE && !(out->bytes = mem_new(n, (size_t)out->channels, e)))
		status = STATUS_SYSTEM;
	if (status == STATUS_DONE && w->colour)
		tint(p, w, grey, out->bytes);
	for (size_t i = 0; status == STATUS_DONE && !w->colour && i < n; i++)
		out->bytes[i] = (unsigned char)(grey[i] + .5f);
	free(grey);
	specimen_free(&p->specimen);
	free(p);
	return status;
}

/* What a cast of it would be measured as. */
static void cast(struct surface *s, struct case_truth *truth)
{
	double *const x[] = { &truth->primer_x_px, &truth->tool_x_px, &truth->pin_x_px, &truth->drag_x_px,
			      &truth->ejector_x_px };

	surface_flip_columns(s);
	for (size_t i = 0; i < (size_t)s->width * (size_t)s->height; i++)
		s->z[i] = -s->z[i];
	for (size_t i = 0; i < sizeof x / sizeof *x; i++)
		*x[i] = s->width - 1 - *x[i];
}

int case_make(const struct tool *t, const struct case_wishes *w, struct surface *out,
	      struct case_truth *truth, struct error *e)
{
	struct case_wishes grey = *w;
	struct case_photo photo;
	struct shown *p;
	int status;

	memset(out, 0, sizeof *out);
	if (w->kind == CASE_TOPOGRAPHY) {
		p = mem_new(1, sizeof *p, e);
		status = p ? begin(p, t, w, truth, e) : STATUS_SYSTEM;
		if (status == STATUS_DONE) {
			status = topography(p, w, out, e);
			if (status == STATUS_DONE && w->single_cast)
				cast(out, truth);
			specimen_free(&p->specimen);
		}
		free(p);
		return status;
	}
	grey.colour = false;
	status = case_photograph(t, &grey, &photo, truth, e);
	if (status == STATUS_DONE)
		status = surface_new(out, SURFACE_PHOTOGRAPH, photo.width, photo.height, e);
	for (size_t i = 0; status == STATUS_DONE && i < out->valid; i++)
		out->z[i] = photo.bytes[i];
	free(photo.bytes);
	return status;
}

void case_mask(const struct case_truth *truth, enum case_region region, int width, int height,
	       unsigned char *out)
{
	struct placing p;

	placing_set(&p, 0, 0, truth->ejector_deg);
	for (int j = 0; j < height; j++)
		for (int i = 0; i < width; i++) {
			double x = i - truth->primer_x_px, y = j - truth->primer_y_px;
			double px = i - truth->pin_x_px, py = j - truth->pin_y_px;
			double ex = i - truth->ejector_x_px, ey = j - truth->ejector_y_px, a, b;
			bool ring = x * x + y * y <= truth->ring_outer_px * truth->ring_outer_px;
			bool pin = px * px + py * py <= truth->pin_radius_px * truth->pin_radius_px;
			bool in = region == CASE_FIRING_PIN ? pin : ring && !pin;

			if (region == CASE_EJECTOR) {
				a = (p.c * ex - p.s * ey) / truth->ejector_half_px;
				b = (p.s * ex + p.c * ey) / truth->ejector_high_px;
				in = truth->ejector_half_px > 0 && a * a * a * a + b * b * b * b <= 1;
			}

			out[(size_t)j * (size_t)width + (size_t)i] = in ? 255 : 0;
		}
}
