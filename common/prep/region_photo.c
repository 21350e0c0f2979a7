/* region_photo.c - the regions of a photograph, and whether it is sharp and well exposed */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Focus is measured where the marks are: the ring is covered with scratches and grain of all sizes,
 * so a sharp picture has about as much detail of 8 to 16 um as of 32 to 64 um, and a Gaussian blur of
 * 10, 20, 30 um leaves 0.7, 0.35, 0.2 of it, whatever the firearm. Sizes are from the ring's usual
 * radius. Detail is the difference of two Gaussian blurs. Texture sets the coarser one against the step
 * of luminance from the ring to the band round it, which no haze or exposure changes: drawn circles,
 * clocks and coins' rims have the step without the texture. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "math/robust.h"
#include "prep/rays.h"
#include "prep/region_parts.h"

#define RING_UM 1650
#define DETAIL_PX 360        /* side of the view in which detail is measured */
#define FINE_UM 8.0          /* the finer of the two blurs between which detail lies */
#define COARSE_UM 32.0
#define TOP 253.5            /* luminance that counts as saturated */
#define PIN_STEP_LEAST 0.12  /* of tone across the pin's outline: less is no pin */
#define SURE 0.85            /* score of a ring that needs no pin to be believed */
#define AROUND 1.2           /* half the side of that view, in the ring's radius */

/* Robust standard deviation (1.4826 times the median size), over the view's points that are labelled,
 * of the difference of the view blurred by sigma and by twice sigma. */
static int detail(const struct view *v, const uint8_t *label, double sigma_px, double *out,
		  struct error *e)
{
	struct view fine = { .v = NULL }, coarse = { .v = NULL };
	size_t count = 0;
	int status = view_copy(v, &fine, e);

	if (status == STATUS_DONE)
		status = view_copy(v, &coarse, e);
	if (status == STATUS_DONE)
		status = view_blur(&fine, sigma_px, e);
	if (status == STATUS_DONE)
		status = view_blur(&coarse, 2 * sigma_px, e);
	if (status == STATUS_DONE) {
		for (size_t i = 0; i < view_points(v); i += 2)
			if (label[i])
				fine.v[count++] = fine.v[i] - coarse.v[i];
		*out = robust_spread(fine.v, (int)count);
	}
	view_free(&fine);
	view_free(&coarse);
	return status;
}

/* The ring in the view's pixels, well away from its edges. */
static uint8_t *inner_ring(const struct view *v, const struct seek_found *found, struct error *e)
{
	const struct outline *from[2] = { &found->ring, &found->pin };
	const struct circle *about[2] = { &found->rings.ring, &found->rings.pin };
	const double share[2] = { 0.92, 1.15 };
	uint8_t *label = mem_new(view_points(v), 1, e);

	for (int k = 0; label && k < (found->rings.has_pin ? 2 : 1); k++) {
		struct outline o = *from[k];

		for (int i = 0; i < OUTLINE_POINTS; i++) {
			double x = about[k]->x + share[k] * (o.x[i] - about[k]->x);
			double y = about[k]->y + share[k] * (o.y[i] - about[k]->y);

			view_in(v, x, y, o.x + i, o.y + i);
		}
		outline_fill(&o, label, v->width, v->height, k == 0);
	}
	return label;
}

/* Mean size of the difference between the ring's outer part and the band outside it. */
static int step_around(const struct view *v, double x, double y, double r, double *out,
		       struct error *e)
{
	double sum = 0, in, beyond;
	struct rays rays;
	int seen = 0;

	if (rays_new(&rays, v, x, y, 72, (int)(AROUND * r) + 4, e))
		return STATUS_SYSTEM;
	for (int a = 0; a < rays.angles; a++)
		if (rays_mean(&rays, a, 0.82 * r, 0.95 * r, &in) &&
		    rays_mean(&rays, a, 1.05 * r, 1.15 * r, &beyond)) {
			sum += fabs(in - beyond);
			seen++;
		}
	*out = seen ? sum / seen : 0;
	rays_free(&rays);
	return STATUS_DONE;
}

/* Sets focus and texture. */
static int measure_detail(const struct surface *s, const struct seek_found *found, struct region *out,
			  struct error *e)
{
	const struct circle *ring = &found->rings.ring;
	double half = AROUND * ring->r, pixel_um, fine, coarse, step, x, y;
	uint8_t *label;
	struct view v;
	int status = view_cut(s, floor(ring->x - half), floor(ring->y - half), ceil(2 * half),
			      ceil(2 * half), DETAIL_PX, &v, e);

	if (status)
		return status;
	pixel_um = RING_UM / ring->r * v.scale_x;
	view_in(&v, ring->x, ring->y, &x, &y);
	label = inner_ring(&v, found, e);
	status = label ? detail(&v, label, FINE_UM / pixel_um, &fine, e) : STATUS_SYSTEM;
	if (status == STATUS_DONE)
		status = detail(&v, label, COARSE_UM / pixel_um, &coarse, e);
	if (status == STATUS_DONE)
		status = step_around(&v, x, y, ring->r / v.scale_x, &step, e);
	if (status == STATUS_DONE) {
		out->focus = coarse > 0 ? fine / coarse : 0;
		out->texture = step > 0 ? coarse / step : 0;
	}
	free(label);
	view_free(&v);
	return status;
}

/* Sets the share of the ring at the top of the range; returns the standard deviation of its luminance.
 * Every job->step-th point of every job->step-th row tells. */
static double measure_exposure(const struct region_job *job, struct region *out)
{
	const struct surface *s = job->full;
	double sum = 0, square = 0, count = 0, top = 0;

	for (int y = 0; y < s->height; y += job->step)
		for (int x = 0; x < s->width; x += job->step) {
			size_t i = (size_t)y * (size_t)s->width + (size_t)x;

			if (out->label[i] != REGION_BREECH)
				continue;
			sum += s->z[i];
			square += (double)s->z[i] * s->z[i];
			top += s->z[i] >= TOP;
			count++;
		}
	out->saturated = count > 0 ? top / count : 0;
	return count > 0 ? sqrt(fmax(0, square / count - sum / count * (sum / count))) : 0;
}

int region_photo_measure(const struct region_job *job, struct region *out, double *levels,
			 struct error *e)
{
	double spread = measure_exposure(job, out);

	if (levels)
		*levels = spread;
	return measure_detail(job->small, &job->found, out, e);
}

static int refuse(const struct region_job *job, const struct region *out, double levels,
		  struct error *e)
{
	const struct region_limits *l = job->limits;

	if (!job->given && out->pin.r <= 0 && out->score < SURE)
		return error_set(e, STATUS_INPUT,
				 "no primer found: something round, without a firing-pin impression");
	if (out->saturated > l->most_saturated)
		return error_set(e, STATUS_INPUT, "overexposed: %.0f %% of the ring is white",
				 100 * out->saturated);
	if (levels < l->least_levels)
		return error_set(e, STATUS_INPUT,
				 "underexposed: the ring's luminance varies by %.1f of 255 only",
				 levels);
	if (out->texture < l->least_texture)
		return error_set(e, STATUS_INPUT,
				 "out of focus, or no cartridge case: no marks on what looks like one");
	if (out->focus < l->least_focus)
		return error_set(e, STATUS_INPUT,
				 "out of focus (fine detail %.2f of coarse, %.2f needed)", out->focus,
				 l->least_focus);
	return STATUS_DONE;
}

int region_photo(const struct region_job *job, struct region *out, struct error *e)
{
	static const char *const light[] = { "", ", lit from one side", ", flats darker than slopes" };
	struct seek_found f = job->found;
	int has_pin = f.rings.has_pin && f.pin_step >= PIN_STEP_LEAST, status;
	double levels, area;

	seek_enlarge(&f, job->step);
	outline_fill(&f.ring, out->label, out->width, out->height, REGION_BREECH);
	if (has_pin) {
		outline_fill(&f.pin, out->label, out->width, out->height, REGION_PIN);
		area = outline_area(&f.pin, &out->pin.x, &out->pin.y);
		out->pin.r = sqrt(area / M_PI);
	}
	status = region_photo_measure(job, out, &levels, e);
	if (status == STATUS_DONE)
		status = refuse(job, out, levels, e);
	if (status)
		return status;
	snprintf(out->note, sizeof out->note, "%s%s%s%s", has_pin ? "" : "no firing-pin impression; ",
		 job->given || out->primer.r > 0 ? "" : "the primer's edge is not seen; ",
		 job->given ? "ring as given" : "photograph", light[f.light]);
	return STATUS_DONE;
}
