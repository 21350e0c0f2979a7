/* pin.c - the firing pin's own impression: without the drag, and without its wall */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "prep/pin.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"

#define NARROW 0.6     /* of the largest circle's radius: what a circle so large does not fit into is drag */
#define MARGIN 0.125   /* of it, and MARGIN_UM, but no more than MARGIN_MOST of it: the wall */
#define MARGIN_UM 80.0
#define MARGIN_MOST 0.3

/* The box round the impression with a border of one point, and distances in it. */
struct box {
	int x0, y0, width, height;
	float step_x, step_y, step_xy;   /* um to the neighbours */
	float *distance;                 /* width * height */
};

static float shorter(float a, float b)
{
	return a < b ? a : b;
}

/* From 0 where they are 0 and a great number elsewhere, distances to the nearest 0, along steps to the
 * eight neighbours (too long by at most a twelfth). Two passes, there and back. */
static void spread(struct box *b)
{
	int w = b->width, n = w * b->height;
	float *d = b->distance;

	for (int i = w + 1; i < n - w - 1; i++) {
		d[i] = shorter(d[i], shorter(d[i - 1] + b->step_x, d[i - w] + b->step_y));
		d[i] = shorter(d[i], shorter(d[i - w - 1], d[i - w + 1]) + b->step_xy);
	}
	for (int i = n - w - 2; i > w; i--) {
		d[i] = shorter(d[i], shorter(d[i + 1] + b->step_x, d[i + w] + b->step_y));
		d[i] = shorter(d[i], shorter(d[i + w + 1], d[i + w - 1]) + b->step_xy);
	}
}

static int make_box(const struct region *r, double x_um, double y_um, struct box *out, struct error *e)
{
	int x0 = r->width, x1 = -1, y0 = r->height, y1 = -1;

	for (int y = 0; y < r->height; y++)
		for (int x = 0; x < r->width; x++)
			if (r->label[(size_t)y * (size_t)r->width + (size_t)x] == REGION_PIN) {
				x0 = x < x0 ? x : x0;
				x1 = x > x1 ? x : x1;
				y0 = y < y0 ? y : y0;
				y1 = y;
			}
	if (x1 < 0)
		return error_set(e, STATUS_INPUT, "no firing-pin impression was found");
	*out = (struct box){ x0 - 1, y0 - 1, x1 - x0 + 3, y1 - y0 + 3, (float)x_um, (float)y_um,
			     (float)hypot(x_um, y_um), NULL };
	out->distance = mem_new((size_t)out->width * (size_t)out->height, sizeof *out->distance, e);
	return out->distance ? STATUS_DONE : STATUS_SYSTEM;
}

static size_t place(const struct region *r, const struct box *b, int i)
{
	return (size_t)(b->y0 + i / b->width) * (size_t)r->width + (size_t)(b->x0 + i % b->width);
}

static bool in_box(const struct box *b, int i)
{
	int x = i % b->width, y = i / b->width;

	return x > 0 && y > 0 && x < b->width - 1 && y < b->height - 1;
}

/* Marks what is left, from how far each point is from the edge and from what a large circle fits into. */
static int leave(const struct region *r, struct box *b, struct pin *out, struct error *e)
{
	int n = b->width * b->height;
	float *edge = mem_new((size_t)n, sizeof *edge, e);
	double sx = 0, sy = 0, count = 0, margin, narrow;

	if (!edge)
		return STATUS_SYSTEM;
	for (int i = 0; i < n; i++)
		b->distance[i] = in_box(b, i) && r->label[place(r, b, i)] == REGION_PIN ? 1e9f : 0;
	spread(b);
	for (int i = 0; i < n; i++) {
		edge[i] = b->distance[i];
		out->inner_um = fmax(out->inner_um, edge[i]);
	}
	narrow = NARROW * out->inner_um;
	margin = fmin(MARGIN_MOST * out->inner_um, fmax(MARGIN_UM, MARGIN * out->inner_um));
	for (int i = 0; i < n; i++)
		b->distance[i] = in_box(b, i) && edge[i] >= narrow ? 0 : 1e9f;
	spread(b);
	for (int i = 0; i < n; i++) {
		if (!in_box(b, i) || edge[i] <= margin || b->distance[i] > narrow - margin)
			continue;
		out->label[place(r, b, i)] = 1;
		sx += b->x0 + i % b->width;
		sy += b->y0 + i / b->width;
		count++;
	}
	out->x_px = sx / count;
	out->y_px = sy / count;
	free(edge);
	return STATUS_DONE;
}

int pin_find(const struct surface *s, const struct region *r, double spacing_x_um, double spacing_y_um,
	     struct pin *out, struct error *e)
{
	struct box box = { 0 };
	int status;

	*out = (struct pin){ .label = mem_new((size_t)s->width * (size_t)s->height, 1, e) };
	status = out->label ? make_box(r, spacing_x_um, spacing_y_um, &box, e) : STATUS_SYSTEM;
	if (!status)
		status = leave(r, &box, out, e);
	free(box.distance);
	if (status)
		pin_free(out);
	return status;
}

void pin_free(struct pin *p)
{
	free(p->label);
	*p = (struct pin){ 0 };
}
