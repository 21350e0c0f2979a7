/* instrument.c - a topography as an instrument measures it */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "make/camera.h"
#include "make/dice.h"
#include "make/instrument.h"

#define STEEP 1.15f      /* a slope that a confocal microscope's aperture hardly takes in */

enum { SEED_SCAN = 40 };

static float slope(const float *z, int width, double spacing)
{
	float dx = z[1] - z[-1], dy = z[width] - z[-width];

	return sqrtf(dx * dx + dy * dy) / (float)(2 * spacing);
}

static void lose_blobs(struct surface *out, struct dice *d, double missing)
{
	size_t n = (size_t)(missing * (double)out->width * (double)out->height * 2e-4);

	for (size_t k = 0; k < n; k++) {
		int x = (int)dice_range(d, 0, out->width), y = (int)dice_range(d, 0, out->height);
		int r = (int)dice_range(d, 0, 3);

		for (int j = y - r; j <= y + r; j++)
			for (int i = x - r; i <= x + r; i++)
				if (i >= 0 && j >= 0 && i < out->width && j < out->height &&
				    (i - x) * (i - x) + (j - y) * (j - y) <= r * r)
					out->z[(size_t)j * (size_t)out->width + (size_t)i] = NAN;
	}
}

static void mask(const struct specimen *s, const struct placing *view, struct surface *out)
{
	/* whoever masks by hand leaves the rounded edges out */
	double outer = s->flat_um - 15, inner = s->tool->aperture_um + 60;

	for (int j = 0; j < out->height; j++)
		for (int i = 0; i < out->width; i++) {
			double x, y, dx, dy, px, py;

			placing_undo(view, i * out->spacing_x_um, j * out->spacing_x_um, &x, &y);
			dx = x - s->primer_x_um;
			dy = y - s->primer_y_um;
			px = x - s->tool->pin_x_um;
			py = y - s->tool->pin_y_um;
			if (dx * dx + dy * dy > outer * outer || px * px + py * py < inner * inner ||
			    !specimen_in_arc(s, x, y))
				out->z[(size_t)j * (size_t)out->width + (size_t)i] = NAN;
		}
}

/* Heights become measured ones. lost holds the chance that a point is lost, from the slope of the
 * heights before they have noise. */
static void measure(const struct case_wishes *w, struct surface *out, struct dice *d, float *lost)
{
	int width = out->width, height = out->height;
	double tilt = w->tilt_deg * .0174533;
	double tx = dice_range(d, -tilt, tilt), ty = dice_range(d, -tilt, tilt);
	double piston = dice_range(d, -60, 60), noise = w->noise * dice_range(d, .04, .1);
	float outlier = (float)(w->missing * 6e-5), drop = (float)w->missing;

	for (int j = 1; j < height - 1; j++)
		for (int i = 1; i < width - 1; i++) {
			const float *at = out->z + (size_t)j * (size_t)width + i;
			float steep = slope(at, width, out->spacing_x_um) / STEEP;

			/* the steeper the likelier: a half at the limit, all well beyond it */
			lost[(size_t)j * (size_t)width + i] = steep > .7f ? (steep - .7f) / .6f : 0;
		}
	for (int j = 0; j < height; j++)
		for (int i = 0; i < width; i++) {
			size_t at = (size_t)j * (size_t)width + (size_t)i;
			uint64_t h = dice_next(d);
			float chance = (float)(dice_mix(h) >> 40) * 0x1p-24f;

			out->z[at] += (float)(noise * dice_bell(h) + piston + tx * i * out->spacing_x_um +
					      ty * j * out->spacing_y_um);
			if (chance < outlier)
				out->z[at] += (float)dice_range(d, -60, 60);
			else if (1 - chance < lost[at] * (drop > 0 ? 1 : .6f))
				out->z[at] = NAN;
		}
}

int instrument_scan(const struct specimen *s, const struct case_wishes *w, const struct placing *view,
		    struct surface *out, struct error *e)
{
	size_t n = (size_t)out->width * (size_t)out->height;
	float *lost = mem_new(n, sizeof *lost, e);
	struct dice d;

	if (!lost)
		return STATUS_SYSTEM;
	dice_seed(&d, dice_child(w->seed, SEED_SCAN));
	camera_soften(out->z, lost, out->width, out->height);   /* its lens does not resolve single points */
	memset(lost, 0, n * sizeof *lost);
	measure(w, out, &d, lost);
	lose_blobs(out, &d, w->missing);
	if (w->masked)
		mask(s, view, out);
	out->valid = 0;
	for (size_t i = 0; i < n; i++)
		out->valid += !isnan(out->z[i]);
	out->masked = out->valid < n;
	free(lost);
	return STATUS_DONE;
}
