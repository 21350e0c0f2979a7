/* original.c - the scan or photograph that a signature was taken from, to be looked at */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "match/original.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/num.h"
#include "math/robust.h"
#include "prep/level.h"
#include "prep/shear.h"
#include "sign/extract.h"
#include "sign/land.h"

#define ROUND 1.25            /* so much of what is round the mark is shown, of the signature's side */
#define SAME 0.9              /* correlation of two signatures of one file; of two shots of one firearm less */
#define TRIAL_PX 16
#define SLOPES 16384
#define FORM_UM 60           /* standard deviation of what counts as form */
#define FORM_PX_MOST 40       /* what grid_smooth takes */
#define LAND_UNITS 0.02       /* share of a land's points that may differ by a unit: other compilers round
                               * otherwise */

/* A file, and the surface that extraction makes of it. */
struct file {
	const void *bytes;
	size_t size;
	struct extract_options options;
	const char *cast;
	bool flipped;              /* its rows run the other way than it says */
	struct surface surface;
};

/* Extraction as far as the signature tells how it was done. The primer says no more of an ejector mark that a person
 * showed than the signature does. */
static struct extract_options options_of(const struct signature *s)
{
	struct extract_options o = { .any_checksum = true, .region_of = s->mark == MARK_EJECTOR ? s->mark : MARK_BREECH_FACE };
	const char *from = signature_meta(s, META_SPACING_FROM);
	double x, y;

	if (!strcmp(from, "given") || (!strcmp(from, "primer") && extract_shown_at(s, &x, &y)))
		(void)num_real(signature_meta(s, META_SPACING_UM), 0.01, 1000, &o.scale_um, NULL);
	return o;
}

/* The ejector mark that a person showed: bright where the signature has points, at the place that it names. out stays
 * empty where it names none. */
static int show_again(const struct surface *f, const struct signature *s, struct surface *out, struct error *e)
{
	double x_um = 0, y_um, x_px, y_px;

	if (!extract_shown_at(s, &x_px, &y_px)) {
		if (s->mark == MARK_EJECTOR && f->kind == SURFACE_PHOTOGRAPH)
			return error_set(e, STATUS_INPUT, "the signature does not say where the ejector mark was shown, "
					 "and in photographs it is not sought (extract it anew)");
		return STATUS_DONE;
	}
	if (num_real(signature_meta(s, META_SPACING_UM), 0.01, 1000, &x_um, e))
		return error_set(e, STATUS_INPUT, "the signature does not say how large a pixel is");
	y_um = f->spacing_x_um > 0 ? x_um * f->spacing_y_um / f->spacing_x_um : x_um;
	if (surface_new(out, SURFACE_PHOTOGRAPH, f->full_width, f->full_height, e))
		return e->status;
	for (int y = 0; y < out->height; y++)
		for (int x = 0; x < out->width; x++) {
			double sx = (x - x_px) * x_um / s->step_um + (s->width - 1) / 2.0;
			double sy = (y - y_px) * y_um / s->step_um + (s->height - 1) / 2.0;

			if (sx > -0.5 && sy > -0.5 && sx < s->width - 0.5 && sy < s->height - 0.5 &&
			    s->on[lrint(sy) * s->width + lrint(sx)])
				out->z[(size_t)y * (size_t)out->width + (size_t)x] = 255;
		}
	return STATUS_DONE;
}

static int not_the_one(double alike, struct error *e)
{
	return error_set(e, STATUS_INPUT, "not what the signature was taken from: what is found in it correlates with it "
			 "by %.2f", alike);
}

/* Takes a point of the signature to one of what is found in the file. */
static int hold_against(const struct signature *again, const struct signature *s, struct compare_room *room,
			struct pose *out, struct error *e)
{
	enum layer layer = s->layer[LAYER_RELIEF] ? LAYER_RELIEF : LAYER_LOOK;
	size_t n = (size_t)s->width * (size_t)s->height;
	struct pair pair;
	double alike;
	int status;

	*out = (struct pose){ 0, 0, 0, 1 };
	if (again->width == s->width && again->height == s->height && again->layer[layer] &&
	    !memcmp(again->on, s->on, n) && !memcmp(again->layer[layer], s->layer[layer], n * sizeof **s->layer))
		return STATUS_DONE;
	status = pair_make(again, s, TRIAL_PX, room, &pair, e);
	if (status)
		return status;
	alike = pair.posed ? pair.comparison.correlation : 0;
	*out = pose_inverse(&pair.comparison.pose);
	pair_free(&pair);
	return alike < SAME ? not_the_one(alike, e) : STATUS_DONE;
}

/* The median of slopes, of as many points as are enough to tell: edges are few, and steep. by: those that
 * count; across: only along the rows. */
static double median_slope(const float *v, const uint8_t *by, int width, int height, bool across, double step_um)
{
	float slope[SLOPES];
	size_t n = (size_t)width * (size_t)height, every = n / SLOPES + 1;
	int count = 0;

	for (size_t i = 0; i + (size_t)width < n && count < SLOPES; i += every) {
		size_t below = across ? i : i + (size_t)width;

		if (i % (size_t)width + 1 < (size_t)width && by[i] && by[i + 1] && by[below])
			slope[count++] = hypotf(v[i + 1] - v[i], v[below] - v[i]);
	}
	return count ? robust_median(slope, count) / step_um : 0;
}

/* Luminance in standard deviations of the mark's. */
static void even_out(struct grid *g, const uint8_t *by)
{
	size_t n = (size_t)g->width * (size_t)g->height;
	double sum = 0, square = 0, count = 0, mean, deviation;

	for (size_t i = 0; i < n; i++)
		if (by[i]) {
			sum += g->v[i];
			square += (double)g->v[i] * g->v[i];
			count++;
		}
	mean = count > 0 ? sum / count : 0;
	deviation = count > 0 ? sqrt(fmax(0, square / count - mean * mean)) : 0;
	for (size_t i = 0; i < n; i++)
		if (g->on[i])
			g->v[i] = deviation > 0 ? (float)((g->v[i] - mean) / deviation) : 0;
}

/* Which points of g are the mark's own. */
static uint8_t *own_points(const struct original *o, const struct signature *s, struct error *e)
{
	const struct grid *g = &o->g;
	uint8_t *by = mem_new((size_t)g->width * (size_t)g->height, 1, e);
	struct pose back = pose_inverse(&o->from_mark);
	double a = back.turn_deg * M_PI / 180, c = back.scale * cos(a), n = back.scale * sin(a);

	for (int y = 0; by && y < g->height; y++)
		for (int x = 0; x < g->width; x++) {
			double u = (x - (g->width - 1) / 2.0) * g->step_um, v = (y - (g->height - 1) / 2.0) * g->step_um;
			double sx = (c * u - n * v + back.dx_um) / s->step_um + (s->width - 1) / 2.0;
			double sy = (n * u + c * v + back.dy_um) / s->step_um + (s->height - 1) / 2.0;
			size_t i = (size_t)y * (size_t)g->width + (size_t)x;

			by[i] = g->on[i] && sx > -0.5 && sy > -0.5 && sx < s->width - 0.5 && sy < s->height - 0.5 &&
				s->on[lrint(sy) * s->width + lrint(sx)];
		}
	return by;
}

/* Firing pins leave bowls, and ejectors dents, on whose slopes nothing fine would be seen. */
static int take_form(struct grid *g, struct error *e)
{
	struct grid form = { 0 };
	int status = grid_new(&form, g->width, g->height, g->step_um, e);

	if (!status)
		status = grid_smooth(g, fmin(FORM_UM / g->step_um, FORM_PX_MOST), &form, e);
	if (!status)
		grid_subtract(g, &form);
	grid_free(&form);
	return status;
}

static int sample(const struct surface *f, const struct extract_place *p, const struct signature *s, double step_um,
		  struct original *out, struct error *e)
{
	double step = fmax(step_um, fmin(p->spacing_x_um, p->spacing_y_um));
	int side = (int)ceil(ROUND * s->width * s->step_um / step), status;
	uint8_t *by;

	status = level_sample(f, NULL, 0, p->x_px, p->y_px, p->spacing_x_um, p->spacing_y_um, side, step, &out->g, e);
	if (status)
		return status;
	out->photograph = f->kind == SURFACE_PHOTOGRAPH;
	out->spacing_um = p->spacing_x_um;
	by = own_points(out, s, e);
	if (!by)
		return STATUS_SYSTEM;
	if (out->photograph) {
		even_out(&out->g, by);
	} else {
		level_plane_by(&out->g, by);
		if (s->mark != MARK_BREECH_FACE)
			status = take_form(&out->g, e);
		out->slope = median_slope(out->g.v, by, side, side, false, out->g.step_um);
	}
	free(by);
	return status;
}

/* A photograph that was read smaller than it is, in full. */
static int read_full(const struct file *f, struct extract_place *p, struct surface *out, struct error *e)
{
	struct scan_wishes wishes = SCAN_WISHES_DEFAULT;
	double r = f->surface.reduction;
	int status = scan_read(f->bytes, f->size, &wishes, out, e);

	if (status)
		return status;
	if (f->flipped)
		surface_flip_rows(out);
	if (!strcmp(f->cast, "single"))
		surface_turn_cast(out);
	*p = (struct extract_place){ r * p->x_px + (r - 1) / 2, r * p->y_px + (r - 1) / 2, p->spacing_x_um / r,
				     p->spacing_y_um / r };
	return STATUS_DONE;
}

static int find_impression(const struct file *f, const struct signature *s, double step_um, struct compare_room *room,
			   struct original *out, struct error *e)
{
	struct extract_options options = f->options;
	const struct extract_options *o = &options;
	struct region found = { 0 };
	struct signature again = { 0 };
	struct surface full = { 0 }, shown = { 0 };
	struct extract_place place;
	int status = show_again(&f->surface, s, &shown, e);

	if (shown.z)
		options.region = &shown;
	if (!status)
		status = extract_locate(&f->surface, o, &found, e);
	if (!status)
		status = s->mark == MARK_EJECTOR ? extract_ejector(&f->surface, o, &found, &again, e) :
			 extract_impression(&f->surface, s->mark, o, &found, &again, e);
	if (!status)
		status = hold_against(&again, s, room, &out->from_mark, e);
	if (!status)
		status = extract_place(&f->surface, s->mark, o, &found, &place, e);
	if (!status && f->surface.reduction > 1 && step_um < place.spacing_x_um)
		status = read_full(f, &place, &full, e);
	if (!status)
		status = sample(full.z ? &full : &f->surface, &place, s, step_um, out, e);
	surface_free(&shown);
	surface_free(&full);
	signature_free(&again);
	region_free(&found);
	return status;
}

/* The land's own signature against the one that is filed: places are those of the same samples, or it is
 * another file. */
static int same_land(const struct land *l, const struct land_options *o, const struct signature *s, struct error *e)
{
	struct signature again = { 0 };
	enum layer layer = s->layer[LAYER_RELIEF] ? LAYER_RELIEF : LAYER_LOOK;
	int off = 0, status = land_file(l, o, &again, e);

	if (!status && (again.width != s->width || !again.layer[layer]))
		status = error_set(e, STATUS_INPUT, "not what the signature was taken from: another land is found in it");
	for (int i = 0; !status && i < s->width; i++)
		off += again.on[i] != s->on[i] || abs(again.layer[layer][i] - s->layer[layer][i]) > 1;
	if (!status && off > LAND_UNITS * s->width)
		status = error_set(e, STATUS_INPUT, "not what the signature was taken from: another land is found in it");
	signature_free(&again);
	return status;
}

static int strip_slope(const struct land_strip *t, double step_um, double *slope, struct error *e)
{
	size_t n = (size_t)t->rows * (size_t)t->n;
	uint8_t *by = mem_new(n, 1, e);

	if (!by)
		return STATUS_SYSTEM;
	for (size_t i = 0; i < n; i++)
		by[i] = !isnan(t->z[i]);
	*slope = median_slope(t->z, by, t->n, t->rows, true, step_um);
	free(by);
	return STATUS_DONE;
}

static int find_strip(const struct surface *f, const struct striae_look *look, const struct land_options *o,
		      const struct signature *s, struct original *out, struct error *e)
{
	struct land land = { 0 };
	int status = look ? land_extract_along(f, look, o, &land, e) : land_extract(f, o, &land, e);

	if (!status)
		status = same_land(&land, o, s, e);
	if (!status)
		status = land_strip(f, look, o, &land, &out->strip, e);
	if (!status)
		status = strip_slope(&out->strip, land.step_um, &out->slope, e);
	land_free(&land);
	return status;
}

static int find_striated(const struct file *file, const struct signature *s, struct original *out, struct error *e)
{
	static const struct land_options lands = LAND_OPTIONS_DEFAULT, shears = SHEAR_OPTIONS_DEFAULT;
	const struct extract_options *o = &file->options;
	const struct surface *f = &file->surface;
	struct surface scaled = *f;   /* shares the points */
	struct extract_place place;
	struct region found = { 0 };
	struct shear shear = { 0 };
	int status;

	out->photograph = f->kind == SURFACE_PHOTOGRAPH;
	if (o->scale_um > 0) {
		scaled.spacing_x_um = scaled.spacing_y_um = o->scale_um * f->reduction;
		scaled.spacing_origin = SPACING_GIVEN;
	}
	out->spacing_um = scaled.spacing_x_um;
	if (s->mark == MARK_LAND)
		return find_strip(&scaled, NULL, &lands, s, out, e);
	status = extract_locate(f, o, &found, e);
	if (!status)
		status = extract_place(f, MARK_BREECH_FACE, o, &found, &place, e);
	if (!status)
		status = shear_find(f, &found, place.spacing_x_um, place.spacing_y_um, &shear, e);
	if (!status)
		status = find_strip(&shear.patch, &shear.look, &shears, s, out, e);
	shear_free(&shear);
	region_free(&found);
	return status;
}

int original_find(const void *bytes, size_t size, const struct signature *s, double step_um,
		  struct compare_room *room, struct original *out, struct error *e)
{
	struct file f = { .bytes = bytes, .size = size, .options = options_of(s), .cast = signature_meta(s, META_CAST) };
	bool striated = mark_striated(s->mark);
	int status;

	*out = (struct original){ .from_mark = { 0, 0, 0, 1 } };
	status = extract_read(bytes, size, &f.options, f.cast, &f.surface, e);
	if (status)
		return status;
	status = striated ? find_striated(&f, s, out, e) : find_impression(&f, s, step_um, room, out, e);
	if (status == STATUS_INPUT) {
		struct error other;

		/* the person who took it may have said that rows run the other way (--mirror) */
		original_free(out);
		out->from_mark.scale = 1;
		surface_flip_rows(&f.surface);
		f.flipped = true;
		if (!(striated ? find_striated(&f, s, out, &other) : find_impression(&f, s, step_um, room, out, &other)))
			status = STATUS_DONE;
	}
	surface_free(&f.surface);
	if (status)
		original_free(out);
	return status;
}

void original_free(struct original *o)
{
	grid_free(&o->g);
	free(o->strip.z);
	memset(o, 0, sizeof *o);
}
