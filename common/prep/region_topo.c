/* region_topo.c - the regions of a topography that nobody masked */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The ring's outer edge comes from where the surface begins to fall off. Within, heights decide: from
 * the plane that the ring's outer part lies in, the firing-pin impression is sunk (or lost, on its
 * steep walls), and what flowed back into the aperture is raised; both are bounded by closed lines
 * about the impression's middle that enclose as many points off the plane, and as few in it, as a
 * smooth line can. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "math/robust.h"
#include "prep/rays.h"
#include "prep/region_parts.h"

#define VIEW_PX 360
#define BLUR_PX 1.0
#define HEAL_PX 1.5
#define PLANE_FROM 0.7      /* the plane lies in the ring from here out to its edge, in its radius */
#define PLANE_TO 0.97
#define PLANE_ROUNDS 8
#define OFF_UM 10.0         /* off the plane, at least, or as many robust standard deviations: */
#define OFF_SIGMA 4.0
#define REACH 0.94          /* what is off the plane is sought to here, in the ring's radius */
#define PIN_LEAST 0.01      /* area of an impression, in that of the ring's circle */
#define PIN_MOST 0.6
#define WORTH 0.02          /* gain of a point enclosed, against the price of bending: */
#define BEND 0.03
#define JUMP 5
#define EDGE_PX 4           /* the step, and the trough before it, are left out of the ring */
#define PIN_EDGE_PX 2
#define FLOWBACK_LEAST 0.1  /* area of flow-back, in the impression's */

struct relief {
	struct view h;       /* heights off the plane */
	struct circle ring;  /* in its pixels */
	double off_um;
};

/* Sums for z = p[0] + p[1] x + p[2] y, x and y from the ring's middle in its radii. */
struct plane_sums {
	double m[9], r[3];
};

static void add_point(struct plane_sums *s, double x, double y, double z, double w)
{
	double p[3] = { 1, x, y };

	for (int k = 0; k < 3; k++) {
		s->r[k] += w * p[k] * z;
		for (int l = 0; l < 3; l++)
			s->m[3 * k + l] += w * p[k] * p[l];
	}
}

static int in_plane(const struct relief *r, int x, int y, double *u, double *v)
{
	double d;

	*u = (x - r->ring.x) / r->ring.r;
	*v = (y - r->ring.y) / r->ring.r;
	d = hypot(*u, *v);
	return d >= PLANE_FROM && d <= PLANE_TO &&
	       (!r->h.on || r->h.on[(size_t)y * (size_t)r->h.width + (size_t)x]);
}

/* One weighted fit; takes the plane away. limit: where Tukey's weight reaches 0; 0: all alike. */
static int take_plane(struct relief *r, double limit)
{
	struct plane_sums s;
	double u, v;

	memset(&s, 0, sizeof s);
	for (int y = 0; y < r->h.height; y++)
		for (int x = 0; x < r->h.width; x++) {
			double z = r->h.v[(size_t)y * (size_t)r->h.width + (size_t)x];
			double w = limit > 0 ? 1 - z / limit * (z / limit) : 1;

			if (in_plane(r, x, y, &u, &v) && w > 0)
				add_point(&s, u, v, z, w * w);
		}
	if (robust_solve(s.m, s.r, 3))
		return 0;
	for (int y = 0; y < r->h.height; y++)
		for (int x = 0; x < r->h.width; x++) {
			u = (x - r->ring.x) / r->ring.r;
			v = (y - r->ring.y) / r->ring.r;
			r->h.v[(size_t)y * (size_t)r->h.width + (size_t)x] -=
				(float)(s.r[0] + s.r[1] * u + s.r[2] * v);
		}
	return 1;
}

/* Robust standard deviation of the ring's heights. */
static double spread(const struct relief *r, float *sample)
{
	size_t count = 0;
	double u, v;

	for (int y = 0; y < r->h.height; y++)
		for (int x = 0; x < r->h.width; x++)
			if (in_plane(r, x, y, &u, &v))
				sample[count++] = r->h.v[(size_t)y * (size_t)r->h.width + (size_t)x];
	return robust_spread(sample, (int)count);
}

/* A view of the heights off the ring's plane. */
static int relief_new(const struct surface *s, const struct circle *ring, struct relief *r,
		      struct error *e)
{
	int known = s->spacing_x_um > 0 && s->spacing_y_um > 0;
	double tall = known ? s->spacing_x_um / s->spacing_y_um : 1;
	double half = 1.05 * ring->r;
	float *sample;
	int status = view_cut(s, floor(ring->x - half), floor(ring->y - half * tall), ceil(2 * half),
			      ceil(2 * half * tall), VIEW_PX, &r->h, e);

	if (status)
		return status;
	view_in(&r->h, ring->x, ring->y, &r->ring.x, &r->ring.y);
	r->ring.r = ring->r / r->h.scale_x;
	sample = mem_new(view_points(&r->h), sizeof *sample, e);
	status = sample ? view_heal(&r->h, HEAL_PX, e) : STATUS_SYSTEM;
	if (status == STATUS_DONE)
		status = view_blur(&r->h, BLUR_PX, e);
	if (status == STATUS_DONE) {
		double limit = 0;

		for (int round = 0; round < PLANE_ROUNDS; round++) {
			if (!take_plane(r, limit))
				break;
			limit = 4.685 * spread(r, sample);
		}
		r->off_um = fmax(OFF_UM, OFF_SIGMA * spread(r, sample));
	}
	free(sample);
	if (status)
		view_free(&r->h);
	return status;
}

/* How much a point is off the plane, -1 to 1: sign < 0 below, 0 either way. A missing one is. */
static double off(const struct relief *r, size_t i, int sign)
{
	double h = r->h.v[i];

	if (r->h.on && !r->h.on[i])
		return 1;
	return fmax(-1, fmin(1, ((sign ? sign * h : fabs(h)) - r->off_um) / r->off_um));
}

/* The middle of what is sunk, and its share of the ring's circle. */
static double sunk(const struct relief *r, double *x, double *y)
{
	double count = 0;

	*x = *y = 0;
	for (int j = 0; j < r->h.height; j++)
		for (int i = 0; i < r->h.width; i++) {
			if (hypot(i - r->ring.x, j - r->ring.y) > 0.9 * REACH * r->ring.r ||
			    off(r, (size_t)j * (size_t)r->h.width + (size_t)i, -1) <= 0)
				continue;
			*x += i;
			*y += j;
			count++;
		}
	if (count > 0) {
		*x /= count;
		*y /= count;
	}
	return count / (M_PI * r->ring.r * r->ring.r);
}

/* The closed line about (x, y) round what is off the plane; limit: how far each ray may go. */
static int enclose(const struct relief *r, double x, double y, int sign, const int *limit,
		   int *distance, struct error *e)
{
	int reach = (int)(2 * r->ring.r) + 2, status;
	struct view q;
	struct rays rays;
	float *gain;

	if (view_copy(&r->h, &q, e))
		return STATUS_SYSTEM;
	for (size_t i = 0; i < view_points(&q); i++)
		q.v[i] = (float)off(r, i, sign);
	status = rays_new(&rays, &q, x, y, OUTLINE_POINTS, reach, e);
	view_free(&q);
	if (status)
		return status;
	gain = mem_new((size_t)OUTLINE_POINTS * (size_t)reach, sizeof *gain, e);
	for (int a = 0; gain && a < OUTLINE_POINTS; a++) {
		float sum = 0;

		for (int d = 0; d < reach; d++) {
			size_t i = (size_t)a * (size_t)reach + (size_t)d;

			sum += d < limit[a] && d < rays.end[a] ? (float)WORTH * rays.v[i] : -1;
			gain[i] = sum;
		}
	}
	status = STATUS_SYSTEM;
	if (gain)
		status = rays_contour(gain, OUTLINE_POINTS, reach, 1, reach, JUMP, BEND, distance, e);
	free(gain);
	rays_free(&rays);
	return status;
}

/* A line of distances about (x, y), `more` pixels farther out, as an outline on the full surface. */
static void to_outline(const struct relief *r, int step, double x, double y, const int *distance,
		       double more, struct outline *out)
{
	for (int a = 0; a < OUTLINE_POINTS; a++) {
		double turn = 2 * M_PI * a / OUTLINE_POINTS, d = distance[a] + more;

		view_out(&r->h, x + d * cos(turn), y + d * sin(turn), out->x + a, out->y + a);
		out->x[a] = (out->x[a] + 0.5) * step - 0.5;
		out->y[a] = (out->y[a] + 0.5) * step - 0.5;
	}
}

/* How far each ray from (x, y) goes within REACH of the ring. */
static void ring_limits(const struct relief *r, double x, double y, int *limit)
{
	for (int a = 0; a < OUTLINE_POINTS; a++) {
		double dx = cos(2 * M_PI * a / OUTLINE_POINTS), dy = sin(2 * M_PI * a / OUTLINE_POINTS);
		double ox = x - r->ring.x, oy = y - r->ring.y, along = ox * dx + oy * dy;
		double edge = REACH * r->ring.r, square = along * along + edge * edge - ox * ox - oy * oy;

		limit[a] = (int)(sqrt(fmax(0, square)) - along);
	}
}

/* Labels impression and flow-back. */
static int label_inner(const struct relief *r, int step, double x, double y, struct region *out,
		       struct error *e)
{
	int limit[OUTLINE_POINTS], inner[OUTLINE_POINTS], pin[OUTLINE_POINTS], status;
	double area, inner_area, ix, iy;
	struct outline edge;

	ring_limits(r, x, y, limit);
	status = enclose(r, x, y, 0, limit, inner, e);
	if (status == STATUS_DONE)
		status = enclose(r, x, y, -1, inner, pin, e);
	if (status)
		return status;
	to_outline(r, step, x, y, pin, PIN_EDGE_PX, &edge);
	area = outline_area(&edge, &out->pin.x, &out->pin.y);
	out->pin.r = sqrt(area / M_PI);
	to_outline(r, step, x, y, inner, EDGE_PX, &edge);
	inner_area = outline_area(&edge, &ix, &iy);
	outline_fill(&edge, out->label, out->width, out->height,
		     inner_area > (1 + FLOWBACK_LEAST) * area ? REGION_FLOWBACK : REGION_PIN);
	to_outline(r, step, x, y, pin, PIN_EDGE_PX, &edge);
	outline_fill(&edge, out->label, out->width, out->height, REGION_PIN);
	snprintf(out->note, sizeof out->note, "topography%s",
		 inner_area > (1 + FLOWBACK_LEAST) * area ? ", flow-back left out" : "");
	return STATUS_DONE;
}

int region_topo(const struct region_job *job, struct region *out, struct error *e)
{
	struct seek_found f = job->found;
	double x, y, share;
	struct relief r;
	int status;

	status = relief_new(job->small, &f.rings.ring, &r, e);
	if (status)
		return status;
	seek_enlarge(&f, job->step);
	outline_fill(&f.ring, out->label, out->width, out->height, REGION_BREECH);
	share = sunk(&r, &x, &y);
	if (share >= PIN_LEAST && share <= PIN_MOST)
		status = label_inner(&r, job->step, x, y, out, e);
	else
		snprintf(out->note, sizeof out->note, "topography; no firing-pin impression");
	if (job->given)
		strncat(out->note, "; ring as given", sizeof out->note - strlen(out->note) - 1);
	view_free(&r.h);
	return status;
}

int region_topo_deep(const struct surface *s, const struct region_circle *ring, double *share, struct error *e)
{
	struct circle circle = { ring->x, ring->y, ring->r, -1, 1, 1 };
	size_t deep = 0;
	struct relief r;
	int status = relief_new(s, &circle, &r, e);

	if (status)
		return status;
	for (int y = 0; y < r.h.height; y++)
		for (int x = 0; x < r.h.width; x++) {
			size_t i = (size_t)y * (size_t)r.h.width + (size_t)x;

			deep += hypot(x - r.ring.x, y - r.ring.y) <= 0.9 * REACH * r.ring.r &&
				(!r.h.on || r.h.on[i]) && r.h.v[i] < -r.off_um;
		}
	*share = (double)deep / (M_PI * r.ring.r * r.ring.r);
	view_free(&r.h);
	return STATUS_DONE;
}
