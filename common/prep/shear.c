/* shear.c - aperture shear: striae on what flowed back into the firing-pin aperture */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "prep/shear.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "math/robust.h"

/* Every DIRECTION_DEG round the firing pin the flow-back on that side is laid out with its arc made
 * straight: moved only along the direction itself, which leaves parallel striae as they are. Rows that
 * are apart by APART_UM or more are then correlated at all leans; where they agree best, the striae
 * are. */
#define DIRECTION_DEG 15.0
#define HALF_UM 700.0        /* of the patch, across the striae ... */
#define HALF_SHARE 0.8       /* ... but no more than this of the arc's radius */
#define NEAR_COS 0.87        /* points within 30 degrees of the direction tell the arc's radii */
#define LEAST_POINTS 200     /* of these */
#define LEAST_HIGH_UM 90.0
#define SECTION_UM 12.5
#define SECTIONS 40
#define APART_UM 40.0
#define LINE_UM 30.0         /* half length of the line that heights are taken above */
#define LEANS 5              /* on either side of upright, LEAN apart */
#define LEAN 0.08
#define LEAST_SHARE 0.4      /* of a row must be there */
/* Of 74 made cases without shear two gave more than 0.3 (0.30 and 0.32); of 33 with it 20 gave more than this, the
 * others, faint, 0.08 to 0.31, as those without; of two real ones one gave 0.57, the other 0.39. */
#define LEAST_COHERENCE 0.32
#define LEAST_MM2 0.05

/* The flow-back in one direction. */
struct arc {
	double dx, dy;               /* outwards, in the surface */
	double in_um, out_um, r_um;  /* nearest, farthest and middle distance from the pin */
};

/* What is at hand while directions are tried. */
struct seeker {
	const struct surface *s;
	const struct region *r;
	double x_um, y_um;           /* of a point */
	int x0, x1, y0, y1;          /* the flow-back lies within */
	float *distance;             /* room for all of it */
};

static bool flows(const struct seeker *k, int x, int y)
{
	size_t i = (size_t)y * (size_t)k->s->width + (size_t)x;

	return k->r->label[i] == REGION_FLOWBACK && !isnan(k->s->z[i]);
}

static int find_flow(struct seeker *k, struct error *e)
{
	size_t n = 0;

	for (int y = 0; y < k->s->height; y++)
		for (int x = 0; x < k->s->width; x++) {
			if (!flows(k, x, y))
				continue;
			k->x0 = n == 0 || x < k->x0 ? x : k->x0;
			k->x1 = x > k->x1 ? x : k->x1;
			k->y0 = n++ == 0 ? y : k->y0;
			k->y1 = y;
		}
	if (n == 0)
		return error_set(e, STATUS_INPUT, "no aperture shear: nothing flowed back into the firing-pin aperture");
	k->distance = mem_new(n, sizeof *k->distance, e);
	return k->distance ? STATUS_DONE : STATUS_SYSTEM;
}

static bool find_arc(const struct seeker *k, double deg, struct arc *out)
{
	int n = 0;

	out->dx = cos(deg * M_PI / 180);
	out->dy = -sin(deg * M_PI / 180);
	for (int y = k->y0; y <= k->y1; y++)
		for (int x = k->x0; x <= k->x1; x++) {
			double px = (x - k->r->pin.x) * k->x_um, py = (y - k->r->pin.y) * k->y_um, q;

			if (!flows(k, x, y))
				continue;
			q = hypot(px, py);
			if (px * out->dx + py * out->dy > NEAR_COS * q)
				k->distance[n++] = (float)q;
		}
	if (n < LEAST_POINTS)
		return false;
	out->in_um = robust_quantile(k->distance, n, 0.05);
	out->out_um = robust_quantile(k->distance, n, 0.95);
	out->r_um = robust_quantile(k->distance, n, 0.5);
	return out->out_um - out->in_um >= LEAST_HIGH_UM;
}

/* The height at a place, of flow-back only; NaN elsewhere. */
static float height_at(const struct seeker *k, double x, double y)
{
	const struct surface *s = k->s;
	int ix = (int)floor(x), iy = (int)floor(y);
	double fx = x - ix, fy = y - iy;
	const float *p;

	if (ix < 0 || iy < 0 || ix + 1 >= s->width || iy + 1 >= s->height ||
	    !flows(k, ix + (fx >= .5), iy + (fy >= .5)))
		return NAN;
	p = s->z + (size_t)iy * (size_t)s->width + (size_t)ix;
	return (float)((p[0] * (1 - fx) + p[1] * fx) * (1 - fy) +
		       (p[s->width] * (1 - fx) + p[s->width + 1] * fx) * fy);
}

static int lay_out(const struct seeker *k, const struct arc *arc, struct surface *patch, struct error *e)
{
	double step = fmin(k->x_um, k->y_um), half = fmin(HALF_UM, HALF_SHARE * arc->r_um);
	int w = 2 * (int)(half / step) + 1, h = (int)((arc->out_um - arc->in_um) / step) + 1;
	int status = surface_new(patch, SURFACE_TOPOGRAPHY, w, h, e);

	if (status)
		return status;
	patch->spacing_x_um = patch->spacing_y_um = step;
	patch->spacing_origin = k->s->spacing_origin;
	patch->valid = 0;
	for (int j = 0; j < h; j++)
		for (int i = 0; i < w; i++) {
			double u = (i - w / 2) * step;
			double v = arc->out_um - j * step + sqrt(arc->r_um * arc->r_um - u * u) - arc->r_um;
			float z = height_at(k, k->r->pin.x + (v * arc->dx - u * arc->dy) / k->x_um,
					    k->r->pin.y + (v * arc->dy + u * arc->dx) / k->y_um);

			patch->z[(size_t)j * (size_t)w + (size_t)i] = z;
			patch->valid += !isnan(z);
		}
	return STATUS_DONE;
}

/* Rows of the patch, means of SECTION_UM, flattened; which of them say enough to be compared. */
struct rows {
	int n, width;
	double pitch_um;
	float *z, *on;    /* n * width */
	bool good[SECTIONS];
};

static int make_rows(const struct surface *patch, struct rows *out, struct error *e)
{
	int w = patch->width, high = (int)fmax(1, lrint(SECTION_UM / patch->spacing_y_um)), there;
	size_t room;

	if (high * SECTIONS < patch->height)
		high = (patch->height + SECTIONS - 1) / SECTIONS;

	*out = (struct rows){ .width = w, .n = patch->height / high, .pitch_um = high * patch->spacing_y_um };
	room = (size_t)out->n * (size_t)w;
	out->z = mem_new(2 * room + 2 * (size_t)w, sizeof *out->z, e);
	if (!out->z)
		return STATUS_SYSTEM;
	out->on = out->z + room;
	for (int k = 0; k < out->n; k++) {
		float *row = out->on + room, *few = row + w;

		there = 0;
		for (int i = 0; i < w; i++) {
			double sum = 0;
			int count = 0;

			for (int j = k * high; j < (k + 1) * high; j++) {
				float z = patch->z[(size_t)j * (size_t)w + (size_t)i];

				if (!isnan(z)) {
					sum += z;
					count++;
				}
			}
			row[i] = count ? (float)(sum / count) : NAN;
			there += count > 0;
		}
		out->good[k] = there >= LEAST_SHARE * w;
		striae_flatten(row, w, (int)(LINE_UM / patch->spacing_x_um), few, out->z + (size_t)k * (size_t)w,
			       out->on + (size_t)k * (size_t)w);
	}
	return STATUS_DONE;
}

/* Correlation of two rows, b moved to the left by so many samples. */
static double alike(const struct rows *r, int a, int b, int shift)
{
	const float *x = r->z + (size_t)a * (size_t)r->width, *y = r->z + (size_t)b * (size_t)r->width;
	const float *xon = r->on + (size_t)a * (size_t)r->width, *yon = r->on + (size_t)b * (size_t)r->width;
	int from = shift < 0 ? -shift : 0, to = shift > 0 ? r->width - shift : r->width;
	double xx = 0, yy = 0, xy = 0;

	for (int i = from; i < to; i++) {
		float on = xon[i] * yon[i + shift];

		xx += (double)(on * x[i] * x[i]);
		yy += (double)(on * y[i + shift] * y[i + shift]);
		xy += (double)(on * x[i] * y[i + shift]);
	}
	return xx > 0 && yy > 0 ? xy / sqrt(xx * yy) : 0;
}

/* Mean correlation of distant rows at the best lean. */
static void look_at(const struct rows *r, double step_um, struct striae_look *out)
{
	*out = (struct striae_look){ .coherence = -1 };
	for (int l = -LEANS; l <= LEANS; l++) {
		double sum = 0;
		int pairs = 0;

		for (int a = 0; a < r->n; a++)
			for (int b = a + 1; b < r->n; b++) {
				double apart = (b - a) * r->pitch_um;

				if (apart < APART_UM || !r->good[a] || !r->good[b])
					continue;
				sum += alike(r, a, b, (int)lrint(l * LEAN * apart / step_um));
				pairs++;
			}
		if (pairs >= 3 && sum / pairs > out->coherence) {
			out->coherence = sum / pairs;
			out->lean = l * LEAN;
		}
	}
}

/* The flow-back in one direction and how well its rows agree; coherence -1 where there is none. */
static int try_direction(const struct seeker *k, double deg, struct shear *out, struct error *e)
{
	struct rows rows = { 0 };
	struct arc arc;
	int status;

	*out = (struct shear){ .outward_deg = deg, .look = { .coherence = -1 } };
	if (!find_arc(k, deg, &arc))
		return STATUS_DONE;
	status = lay_out(k, &arc, &out->patch, e);
	if (!status)
		status = make_rows(&out->patch, &rows, e);
	if (!status)
		look_at(&rows, out->patch.spacing_x_um, &out->look);
	out->area_mm2 = (double)out->patch.valid * out->patch.spacing_x_um * out->patch.spacing_y_um * 1e-6;
	free(rows.z);
	if (status)
		shear_free(out);
	return status;
}

/* The best of the directions, then straight along its striae. */
static int seek(const struct seeker *k, struct shear *out, struct error *e)
{
	double best = -1, deg = 0;
	int status = STATUS_DONE;

	for (int d = 0; !status && d < (int)(360 / DIRECTION_DEG); d++) {
		status = try_direction(k, d * DIRECTION_DEG, out, e);
		if (!status && out->look.coherence > best) {
			best = out->look.coherence;
			/* striae that lean to the right going down point to the left going up */
			deg = out->outward_deg + 180 / M_PI * atan(out->look.lean);
		}
		shear_free(out);
	}
	if (status)
		return status;
	if (best < 0)
		return error_set(e, STATUS_INPUT, "no aperture shear: too little flowed back into the firing-pin aperture");
	status = try_direction(k, deg, out, e);
	if (!status && (out->look.coherence < LEAST_COHERENCE || out->area_mm2 < LEAST_MM2))
		status = error_set(e, STATUS_INPUT, "no aperture shear: what flowed back has no striae (rows of %.2f "
				   "mm2 agree to %.2f, %.2f are needed)", out->area_mm2, out->look.coherence,
				   LEAST_COHERENCE);
	return status;
}

int shear_find(const struct surface *s, const struct region *r, double spacing_x_um, double spacing_y_um,
	       struct shear *out, struct error *e)
{
	struct seeker k = { .s = s, .r = r, .x_um = spacing_x_um, .y_um = spacing_y_um };
	int status;

	*out = (struct shear){ 0 };
	if (s->kind != SURFACE_TOPOGRAPHY)
		return error_set(e, STATUS_INPUT, "no aperture shear: it is sought in topographies only");
	if (!(r->pin.r > 0) || r->way == REGION_MASKED || r->way == REGION_GIVEN_MASK)
		return error_set(e, STATUS_INPUT, "no aperture shear: no firing-pin impression was found");
	status = find_flow(&k, e);
	if (!status)
		status = seek(&k, out, e);
	free(k.distance);
	if (status)
		shear_free(out);
	return status;
}

void shear_free(struct shear *h)
{
	surface_free(&h->patch);
	*h = (struct shear){ 0 };
}
