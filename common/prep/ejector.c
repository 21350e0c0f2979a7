/* ejector.c - the ejector's imprint on the head of a case */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "prep/ejector.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "math/grid.h"
#include "math/robust.h"
#include "prep/level.h"

/* The head is sampled coarsely about the primer; its plane is that of a ring round the pocket. What lies
 * below it by a dent's depth is opened with a disc that no stroke of a headstamp holds; of what is
 * left the largest piece that is solid and has an even floor is the imprint. */
#define STEP_UM 20.0
#define POCKET 1.06           /* of the pocket's radius: the head begins */
#define ROUND 1.5             /* and the ring that tells its plane ends */
#define RING_TO_POCKET 1.35   /* where only the ring was found */
#define MOST_REACH_UM 12000.0
#define LEAST_HEAD_MM2 1.0
#define LEAST_UM 8.0          /* a dent's depth ... */
#define LEAST_SPREADS 4.0     /* ... and in spreads of the head about its plane */
#define MOST_UM 900.0         /* beyond the head's edge it is deeper */
#define GAP 3                 /* steps: missing points (walls) are low where most of those so near are */
#define GAP_LEAST 6
#define DISC 8                /* steps: half the width of the widest stroke */
#define LEAST_MM2 0.12
#define MOST_MM2 3.0
#define LEAST_SOLID 0.75      /* area over that of the ellipse with its second moments */
#define FLOOR_FROM 0.6        /* of the depth: what is higher is wall ... */
#define FLOOR_TO 1.6          /* ... and what is deeper something else, a letter */

static int refuse(struct error *e, const char *why)
{
	return error_set(e, STATUS_INPUT, "no ejector mark: %s", why);
}

/* The circle that the head lies around. */
static const struct region_circle *primer_of(const struct region *r)
{
	return r->primer.r > 0 ? &r->primer : &r->ring;
}

/* The head about the primer's middle, as heights over its plane; *least is how deep a dent is. */
static int sample_head(const struct surface *s, const struct region *r, double x_um, double y_um,
		       struct grid *g, double *least, struct error *e)
{
	const struct region_circle *primer = primer_of(r);
	double pocket = primer->r * x_um * (primer == &r->ring ? RING_TO_POCKET : 1);
	double reach = fmax(fmax(primer->x, s->width - primer->x) * x_um, fmax(primer->y, s->height - primer->y) * y_um);
	int side = 2 * ((int)(fmin(reach, MOST_REACH_UM) / STEP_UM) + 1), n = side * side, count = 0;
	float *few = mem_new((size_t)n, sizeof *few, e);
	uint8_t *ring = mem_new((size_t)n, 1, e);
	int status = few && ring ? STATUS_DONE : STATUS_SYSTEM;

	if (!status)
		status = level_sample(s, NULL, 0, primer->x, primer->y, x_um, y_um, side, STEP_UM, g, e);
	for (int i = 0; !status && i < n; i++) {
		double q = STEP_UM * hypot(i % side - side / 2 + .5, i / side - side / 2 + .5);

		g->on[i] = g->on[i] && q > POCKET * pocket;
		g->v[i] = g->on[i] ? g->v[i] : 0;
		ring[i] = g->on[i] && q < ROUND * pocket;
		count += ring[i];
	}
	if (!status && count * STEP_UM * STEP_UM < LEAST_HEAD_MM2 * 1e6)
		status = refuse(e, "too little of the head is in the picture");
	if (!status) {
		level_plane_by(g, ring);
		count = 0;
		for (int i = 0; i < n; i++)
			if (ring[i])
				few[count++] = g->v[i];
		*least = fmax(LEAST_UM, LEAST_SPREADS * robust_spread(few, count));
	}
	free(ring);
	free(few);
	return status;
}

/* What lies as deep as a dent may. Walls are often missing, and belong to what they enclose. */
static void find_low(const struct grid *g, double least, uint8_t *low)
{
	int w = g->width;

	for (int i = 0; i < w * w; i++)
		low[i] = g->on[i] && -g->v[i] > least && -g->v[i] < MOST_UM;
	for (int y = GAP; y < w - GAP; y++)
		for (int x = GAP; x < w - GAP; x++) {
			int there = 0, deep = 0;

			if (g->on[y * w + x])
				continue;
			for (int v = y - GAP; v <= y + GAP; v++)
				for (int u = x - GAP; u <= x + GAP; u++) {
					there += g->on[v * w + u];
					deep += g->on[v * w + u] && low[v * w + u];
				}
			low[y * w + x] = there >= GAP_LEAST && 2 * deep > there;
		}
}

/* Keeps of in what a disc fits into: out is in opened. */
static void open_with_disc(const uint8_t *in, int side, uint8_t *core, uint8_t *out)
{
	memset(out, 0, (size_t)side * (size_t)side);
	memset(core, 0, (size_t)side * (size_t)side);
	for (int y = DISC; y < side - DISC; y++)
		for (int x = DISC; x < side - DISC; x++) {
			bool all = in[y * side + x];

			for (int v = -DISC; all && v <= DISC; v++)
				for (int u = -DISC; all && u <= DISC; u++)
					all = u * u + v * v > DISC * DISC || in[(y + v) * side + x + u];
			core[y * side + x] = all;
		}
	for (int y = DISC; y < side - DISC; y++)
		for (int x = DISC; x < side - DISC; x++)
			for (int v = -DISC; core[y * side + x] && v <= DISC; v++)
				for (int u = -DISC; u <= DISC; u++)
					if (u * u + v * v <= DISC * DISC)
						out[(y + v) * side + x + u] = 1;
}

/* One piece of the opened mask. */
struct piece {
	int count;
	double x, y, xx, xy, yy;   /* sums */
};

/* Gathers the piece that holds `from` and gives its points `name`. */
static void gather(uint8_t *mask, int side, int from, uint8_t name, int *stack, struct piece *p)
{
	int top = 0;

	*p = (struct piece){ 0 };
	mask[from] = name;
	stack[top++] = from;
	while (top) {
		int i = stack[--top], x = i % side, y = i / side;
		static const int near[4][2] = { { 1, 0 }, { -1, 0 }, { 0, 1 }, { 0, -1 } };

		p->count++;
		p->x += x;
		p->y += y;
		p->xx += (double)x * x;
		p->xy += (double)x * y;
		p->yy += (double)y * y;
		for (int k = 0; k < 4; k++) {
			int u = x + near[k][0], v = y + near[k][1];

			if (u >= 0 && v >= 0 && u < side && v < side && mask[v * side + u] == 1) {
				mask[v * side + u] = name;
				stack[top++] = v * side + u;
			}
		}
	}
}

static bool solid(const struct piece *p)
{
	double n = p->count, mx = p->x / n, my = p->y / n;
	double xx = p->xx / n - mx * mx + 1 / 12., xy = p->xy / n - mx * my, yy = p->yy / n - my * my + 1 / 12.;
	double area = n * STEP_UM * STEP_UM * 1e-6;

	return area >= LEAST_MM2 && area <= MOST_MM2 && n >= LEAST_SOLID * 4 * M_PI * sqrt(fmax(0, xx * yy - xy * xy));
}

/* The largest solid piece of the mask stays 2, all else becomes 0. False: there is none. */
static bool keep_largest(uint8_t *mask, int side, int *stack)
{
	int best = -1, most = 0, n = side * side;
	struct piece p;

	for (int i = 0; i < n; i++) {
		if (mask[i] != 1)
			continue;
		gather(mask, side, i, 3, stack, &p);
		if (solid(&p) && p.count > most) {
			most = p.count;
			best = i;
		}
	}
	for (int i = 0; i < n; i++)
		mask[i] = mask[i] == 3;
	if (best >= 0)
		gather(mask, side, best, 2, stack, &p);
	return best >= 0;
}

/* The points of the surface that lie on the floor of the piece. */
static int mark_floor(const struct surface *s, const struct region_circle *primer, const struct grid *g,
		      const uint8_t *mask, double x_um, double y_um, struct ejector *out, struct error *e)
{
	int n = g->width * g->width, count = 0;
	double sx = 0, sy = 0, points = 0;
	float *few = mem_new((size_t)n, sizeof *few, e);

	out->label = few ? mem_new((size_t)s->width * (size_t)s->height, 1, e) : NULL;
	if (!out->label) {
		free(few);
		return STATUS_SYSTEM;
	}
	for (int i = 0; i < n; i++)
		if (mask[i] == 2 && g->on[i])
			few[count++] = -g->v[i];
	out->depth_um = robust_median(few, count);
	free(few);
	for (int y = 0; y < s->height; y++)
		for (int x = 0; x < s->width; x++) {
			int u = (int)floor((x - primer->x) * x_um / STEP_UM + g->width / 2.0);
			int v = (int)floor((y - primer->y) * y_um / STEP_UM + g->width / 2.0);
			size_t at = (size_t)y * (size_t)s->width + (size_t)x;
			float depth;

			if (u < 0 || v < 0 || u >= g->width || v >= g->width || mask[v * g->width + u] != 2)
				continue;
			depth = -g->v[v * g->width + u];
			if (isnan(s->z[at]) || depth < FLOOR_FROM * out->depth_um || depth > FLOOR_TO * out->depth_um)
				continue;
			out->label[at] = 1;
			sx += x;
			sy += y;
			points++;
		}
	if (points * x_um * y_um * 1e-6 < LEAST_MM2 / 2)
		return refuse(e, "the floor of the only dent is not even");
	out->x_px = sx / points;
	out->y_px = sy / points;
	out->area_mm2 = points * x_um * y_um * 1e-6;
	return STATUS_DONE;
}

static int find_dent(const struct surface *s, const struct region *r, double x_um, double y_um, const struct grid *g,
		     double least, struct ejector *out, struct error *e)
{
	size_t n = (size_t)g->width * (size_t)g->width;
	uint8_t *low = mem_new(3 * n, 1, e), *core = low ? low + n : NULL, *open = low ? low + 2 * n : NULL;
	int *stack = mem_new(n, sizeof *stack, e);
	int status = low && stack ? STATUS_DONE : STATUS_SYSTEM;

	if (!status) {
		find_low(g, least, low);
		open_with_disc(low, g->width, core, open);
		status = keep_largest(open, g->width, stack) ? STATUS_DONE :
			 refuse(e, "the head has no dent that is wider than the strokes of a headstamp");
	}
	if (!status)
		status = mark_floor(s, primer_of(r), g, open, x_um, y_um, out, e);
	free(low);
	free(stack);
	return status;
}

int ejector_find(const struct surface *s, const struct region *r, double spacing_x_um, double spacing_y_um,
		 struct ejector *out, struct error *e)
{
	struct grid g = { 0 };
	double least;
	int status;

	*out = (struct ejector){ 0 };
	if (s->kind != SURFACE_TOPOGRAPHY)
		return refuse(e, "in photographs it is not sought; --region or --circle show where it is");
	if (r->way == REGION_MASKED)
		return refuse(e, "the scan is masked to the breech face");
	status = sample_head(s, r, spacing_x_um, spacing_y_um, &g, &least, e);
	if (!status)
		status = find_dent(s, r, spacing_x_um, spacing_y_um, &g, least, out, e);
	grid_free(&g);
	if (status)
		ejector_free(out);
	return status;
}

/* The middle of what is labelled. */
static int settle(const struct surface *s, struct ejector *out, struct error *e)
{
	double sx = 0, sy = 0, n = 0;

	for (int y = 0; y < s->height; y++)
		for (int x = 0; x < s->width; x++) {
			size_t i = (size_t)y * (size_t)s->width + (size_t)x;

			out->label[i] = out->label[i] && !isnan(s->z[i]);
			if (!out->label[i])
				continue;
			sx += x;
			sy += y;
			n++;
		}
	out->depth_um = NAN;
	if (n == 0) {
		ejector_free(out);
		return refuse(e, "where it should be there is nothing");
	}
	out->x_px = sx / n;
	out->y_px = sy / n;
	out->area_mm2 = n * s->spacing_x_um * s->spacing_y_um * 1e-6;
	return STATUS_DONE;
}

int ejector_from_mask(const struct surface *s, const uint8_t *mask, struct ejector *out, struct error *e)
{
	size_t n = (size_t)s->width * (size_t)s->height;

	*out = (struct ejector){ .label = mem_new(n, 1, e) };
	if (!out->label)
		return STATUS_SYSTEM;
	for (size_t i = 0; i < n; i++)
		out->label[i] = mask[i] >= 128;
	return settle(s, out, e);
}

int ejector_from_circle(const struct surface *s, double x, double y, double r, struct ejector *out,
			struct error *e)
{
	*out = (struct ejector){ .label = mem_new((size_t)s->width * (size_t)s->height, 1, e) };
	if (!out->label)
		return STATUS_SYSTEM;
	for (int j = 0; j < s->height; j++)
		for (int i = 0; i < s->width; i++)
			out->label[(size_t)j * (size_t)s->width + (size_t)i] = hypot(i - x, j - y) <= r;
	return settle(s, out, e);
}

void ejector_free(struct ejector *j)
{
	free(j->label);
	*j = (struct ejector){ 0 };
}
