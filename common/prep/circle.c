/* circle.c - find circles by the direction of slopes, and fit them */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A circle's edge has its slope along the radius, so every edge point votes for the points on the
 * line along its slope, weighted 1/r so that small and large circles gain the same; concentric
 * circles (primer, pocket, breech-face ring) support one another. About each centre that wins, the
 * mean slope outwards as a function of the radius shows the circles, and each is then fitted alone,
 * because the firing pin and even primer and ring need not be quite concentric. */
#include "prep/circle.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "math/robust.h"

#define ANGLES 96      /* directions in which a circle is looked at */
#define MARGIN 0.125    /* centres may lie outside the frame by this share of its longer side */
#define VOTERS 0.25     /* share of the points, those of steepest slope, that vote */
#define APART_PX 6      /* two centres that are closer are one */
#define PEAKS_MAX 32
#define RADII_MAX 1024
#define UNSURE 0.8      /* circles shown less than that are fitted again, farther about */
#define STANDS_OUT 0.2  /* mean slope outwards, in units of a strong one, that makes a candidate */

/* Votes fall in cells of two by two view pixels. */
struct votes {
	int width, height, margin;
	float *cell;
};

static void cast(struct votes *t, double x, double y, double dx, double dy, double r_min, double r_max,
		 float w)
{
	float px = (float)(x + t->margin) / 2, py = (float)(y + t->margin) / 2;
	float sx = (float)dx / 2, sy = (float)dy / 2;

	for (float r = (float)r_min; r <= (float)r_max; r += 2) {
		int i = (int)(px + sx * r), j = (int)(py + sy * r);

		if (i < 0 || j < 0 || i >= t->width || j >= t->height)
			break;
		t->cell[j * t->width + i] += w / r;
	}
}

/* Slope size at every other pixel of every other row; 0 beyond the circle `within`. */
static void slope_sizes(const struct view *v, const struct slope *g, const struct circle *within,
			float *size)
{
	for (int y = 0; y < v->height / 2; y++)
		for (int x = 0; x < v->width / 2; x++) {
			size_t i = (size_t)(2 * y) * (size_t)v->width + (size_t)(2 * x);
			double dx = within ? 2 * x - within->x : 0;
			double dy = within ? 2 * y - within->y : 0;
			int out = within && dx * dx + dy * dy > within->r * within->r;

			*size++ = out ? 0 : sqrtf(g->x[i] * g->x[i] + g->y[i] * g->y[i]);
		}
}

static int cast_all(struct votes *t, const struct view *v, const struct slope *g,
		    const struct circle *within, double r_min, double r_max, struct error *e)
{
	size_t n = (size_t)(v->width / 2) * (size_t)(v->height / 2), k = 0, m = 0;
	float *size = mem_new(n * 2, sizeof *size, e), *sorted, limit;

	if (!size)
		return STATUS_SYSTEM;
	sorted = size + n;
	slope_sizes(v, g, within, size);
	for (size_t i = 0; i < n; i++)
		if (size[i] > 0)
			sorted[m++] = size[i];
	limit = robust_quantile(sorted, (int)m, 1 - VOTERS);
	for (int y = 0; y < v->height / 2; y++)
		for (int x = 0; x < v->width / 2; x++, k++) {
			size_t i = (size_t)(2 * y) * (size_t)v->width + (size_t)(2 * x);
			float dx, dy, w;

			if (size[k] <= limit)
				continue;
			dx = g->x[i] / size[k];
			dy = g->y[i] / size[k];
			w = fminf(size[k] / limit, 3) - 1;
			cast(t, 2 * x, 2 * y, dx, dy, r_min, r_max, w);
			cast(t, 2 * x, 2 * y, -dx, -dy, r_min, r_max, w);
		}
	free(size);
	return STATUS_DONE;
}

/* Mean over 3 x 3 cells, twice, there and back. */
static void smooth(struct votes *t, float *other)
{
	float *from = t->cell, *to = other;
	int w = t->width;

	for (int pass = 0; pass < 2; pass++) {
		for (int y = 1; y + 1 < t->height; y++)
			for (int x = 1; x + 1 < w; x++) {
				const float *p = from + y * w + x;

				float sum = p[-w - 1] + p[-w] + p[-w + 1] + p[-1] + p[0] + p[1] +
					    p[w - 1] + p[w] + p[w + 1];

				to[y * w + x] = sum / 9;
			}
		from = other;
		to = t->cell;
	}
}

/* Puts a peak in its place among the highest `most`; *found is how many there are. */
static void keep_peak(float value, double px, double py, int most, float *values, double *x, double *y,
		      int *found)
{
	int k = *found;

	if (k == most && value <= values[most - 1])
		return;
	if (k < most)
		++*found;
	else
		k = most - 1;
	for (; k > 0 && values[k - 1] < value; k--) {
		values[k] = values[k - 1];
		x[k] = x[k - 1];
		y[k] = y[k - 1];
	}
	values[k] = value;
	x[k] = px;
	y[k] = py;
}

/* The highest cells, at most `most`, each at least APART_PX from every higher one. */
static int peaks(const struct votes *t, int most, double *x, double *y)
{
	double px[PEAKS_MAX], py[PEAKS_MAX];
	float values[PEAKS_MAX];
	int found = 0, kept = 0;

	for (int j = 1; j + 1 < t->height; j++)
		for (int i = 1; i + 1 < t->width; i++) {
			const float *p = t->cell + j * t->width + i;

			if (p[0] > 0 && p[0] >= p[-1] && p[0] > p[1] && p[0] >= p[-t->width] &&
			    p[0] > p[t->width])
				keep_peak(p[0], 2 * i - t->margin + 0.5, 2 * j - t->margin + 0.5,
					  PEAKS_MAX, values, px, py, &found);
		}
	for (int k = 0; k < found && kept < most; k++) {
		int near = 0;

		for (int l = 0; l < kept && !near; l++)
			near = hypot(x[l] - px[k], y[l] - py[k]) < APART_PX;
		if (near)
			continue;
		x[kept] = px[k];
		y[kept++] = py[k];
	}
	return kept;
}

int circle_centres(const struct view *v, const struct slope *g, const struct circle *within,
		   double r_min, double r_max, int most, double *x, double *y, struct error *e)
{
	int longest = v->width > v->height ? v->width : v->height, found = -1;
	struct votes t = { .margin = (int)(MARGIN * longest) };
	size_t cells;

	t.width = (v->width + 2 * t.margin) / 2 + 1;
	t.height = (v->height + 2 * t.margin) / 2 + 1;
	cells = (size_t)t.width * (size_t)t.height;
	t.cell = mem_new(cells * 2, sizeof *t.cell, e);
	if (!t.cell)
		return -1;
	if (cast_all(&t, v, g, within, fmax(r_min, 2), r_max, e) == STATUS_DONE) {
		smooth(&t, t.cell + cells);
		found = peaks(&t, most, x, y);
	}
	free(t.cell);
	return found;
}

/* Unit vectors in the directions in which circles are looked at. */
struct fan {
	float x[ANGLES], y[ANGLES];
};

static void spread_fan(struct fan *f)
{
	const double c = cos(2 * M_PI / ANGLES), s = sin(2 * M_PI / ANGLES);
	double x = 1, y = 0;

	for (int a = 0; a < ANGLES; a++) {
		double turned = x * c - y * s;

		f->x[a] = (float)x;
		f->y[a] = (float)y;
		y = x * s + y * c;
		x = turned;
	}
}

/* Slope in direction (dx, dy) at the pixel nearest to (x, y); *in: whether that is within the view,
 * and not at its border, where there are no slopes. */
static inline float slope_towards(const struct view *v, const struct slope *g, float x, float y,
				  float dx, float dy, int *in)
{
	int ix = (int)(x + 0.5f), iy = (int)(y + 0.5f);
	size_t i;

	*in = ix >= 2 && iy >= 2 && ix < v->width - 2 && iy < v->height - 2;
	if (!*in)
		return 0;
	i = (size_t)iy * (size_t)v->width + (size_t)ix;
	return g->x[i] * dx + g->y[i] * dy;
}

int circle_through(const double *x, const double *y, const double *w, int n, struct circle *c)
{
	double sw = 0, mx = 0, my = 0, suu = 0, suv = 0, svv = 0, suz = 0, svz = 0, det, u0, v0;

	for (int i = 0; i < n; i++) {
		sw += w[i];
		mx += w[i] * x[i];
		my += w[i] * y[i];
	}
	if (sw <= 0)
		return 0;
	mx /= sw;
	my /= sw;
	for (int i = 0; i < n; i++) {
		double u = x[i] - mx, v = y[i] - my, z = u * u + v * v;

		suu += w[i] * u * u;
		suv += w[i] * u * v;
		svv += w[i] * v * v;
		suz += w[i] * u * z;
		svz += w[i] * v * z;
	}
	det = suu * svv - suv * suv;
	if (det <= 1e-6 * (suu + svv) * (suu + svv))
		return 0;
	u0 = (suz * svv - svz * suv) / (2 * det);
	v0 = (svz * suu - suz * suv) / (2 * det);
	c->x = mx + u0;
	c->y = my + v0;
	c->r = sqrt(u0 * u0 + v0 * v0 + (suu + svv) / sw);
	return 1;
}

/* Points where an edge of c's sign is steepest, one a direction; nearer ones are preferred a little. */
struct edge {
	double x[ANGLES], y[ANGLES], size[ANGLES], w[ANGLES];
	int count, seen;
};

static void find_edge(const struct view *v, const struct slope *g, const struct fan *fan,
		      const struct circle *c, double reach, struct edge *edge)
{
	float cx = (float)c->x, cy = (float)c->y, cr = (float)c->r;
	float from = cr - (float)reach > 2 ? cr - (float)reach : 2, to = cr + (float)reach;

	edge->count = edge->seen = 0;
	for (int a = 0; a < ANGLES; a++) {
		float dx = fan->x[a], dy = fan->y[a], best = 0, at = 0;
		int in;

		slope_towards(v, g, cx + dx * cr, cy + dy * cr, dx, dy, &in);
		if (!in)
			continue;
		edge->seen++;
		for (float r = from; r <= to; r += 1) {
			float s = slope_towards(v, g, cx + dx * r, cy + dy * r, dx, dy, &in);
			float away = (r - cr) / (float)reach;

			s = c->sign > 0 ? s : c->sign < 0 ? -s : fabsf(s);
			s *= 1 - 0.5f * away * away;
			if (s > best) {
				best = s;
				at = r;
			}
		}
		if (best <= 0)
			continue;
		edge->x[edge->count] = c->x + (double)dx * at;
		edge->y[edge->count] = c->y + (double)dy * at;
		edge->size[edge->count++] = best;
	}
}

static double distance(const struct edge *edge, int i, const struct circle *c)
{
	double dx = edge->x[i] - c->x, dy = edge->y[i] - c->y;

	return fabs(sqrt(dx * dx + dy * dy) - c->r);
}

/* Iterated fit through the points of the edge. */
static int settle(struct edge *edge, double strong, struct circle *c)
{
	float rest[ANGLES];
	double limit;

	for (int i = 0; i < edge->count; i++)
		edge->w[i] = fmin(edge->size[i] / strong, 1);
	for (int pass = 0; pass < 3; pass++) {
		if (!circle_through(edge->x, edge->y, edge->w, edge->count, c))
			return 0;
		for (int i = 0; i < edge->count; i++)
			rest[i] = (float)distance(edge, i, c);
		limit = fmax(4 * robust_median(rest, edge->count), 1.5);
		for (int i = 0; i < edge->count; i++) {
			double u = distance(edge, i, c) / limit, w = u < 1 ? 1 - u * u : 0;

			edge->w[i] = fmin(edge->size[i] / strong, 1) * w * w;
		}
	}
	return 1;
}

int circle_fit(const struct view *v, const struct slope *g, struct circle *c, double reach_px,
	       double strong)
{
	double r = c->r;
	struct edge edge;
	struct fan fan;
	int shown = 0;

	spread_fan(&fan);
	for (int round = 0; round < 2; round++, reach_px *= 0.6) {
		find_edge(v, g, &fan, c, reach_px, &edge);
		if (edge.count < ANGLES / 8 || !settle(&edge, strong, c))
			return 0;
		if (!(fabs(c->r - r) < 0.5 * r))
			return 0;
	}
	for (int i = 0; i < edge.count; i++)
		shown += distance(&edge, i, c) < fmax(1.5, 0.025 * c->r) && edge.size[i] > strong;
	c->cover = edge.seen ? (double)shown / edge.seen : 0;
	c->seen = (double)edge.seen / ANGLES;
	return edge.seen >= ANGLES / 6;
}

static void add_circle(struct circles *all, const struct circle *c)
{
	for (int i = 0; i < all->count; i++) {
		struct circle *have = all->c + i;

		if (have->sign == c->sign && fabs(have->r - c->r) < 2.5 &&
		    hypot(have->x - c->x, have->y - c->y) < 3) {
			if (c->cover > have->cover)
				*have = *c;
			return;
		}
	}
	if (all->count < CIRCLES_MAX)
		all->c[all->count++] = *c;
}

/* Mean slope outwards (or its size) at each radius, in units of a strong one, smoothed over five
 * radii; 0 where less than a sixth of the circle is in the frame. */
static void profile(const struct view *v, const struct slope *g, double x, double y, int from, int to,
		    int either, double strong, float *even)
{
	float sum[RADII_MAX + 8] = { 0 }, count[RADII_MAX + 8] = { 0 };
	struct fan fan;

	spread_fan(&fan);
	for (int a = 0; a < ANGLES; a++)
		for (int r = from - 2; r < to + 2; r++) {
			float dx = fan.x[a], dy = fan.y[a], far = (float)r, s;
			int in;

			s = slope_towards(v, g, (float)x + dx * far, (float)y + dy * far, dx, dy, &in);
			if (!in)
				continue;
			s /= (float)strong;
			s = either ? fabsf(s) : s;
			sum[r] += s > 2 ? 2 : s < -2 ? -2 : s;
			count[r]++;
		}
	for (int r = from; r < to; r++) {
		float s = 0, n = 0;

		for (int k = -2; k <= 2; k++) {
			s += sum[r + k] * (float)(3 - abs(k));
			n += count[r + k] * (float)(3 - abs(k));
		}
		even[r] = n > 9 * ANGLES / 6.0f ? s / n : 0;
	}
}

void circle_about(const struct view *v, const struct slope *g, double x, double y, double r_min,
		  double r_max, int either, double strong, double least, struct circles *add)
{
	float even[RADII_MAX + 8] = { 0 };
	int from = (int)fmax(r_min, 4), to = (int)fmin(r_max, RADII_MAX);

	profile(v, g, x, y, from, to, either, strong, even);
	for (int r = from + 1; r + 1 < to; r++) {
		float here = fabsf(even[r]);
		struct circle c = { x, y, r, either ? 0 : even[r] > 0 ? 1 : -1, 0, 0 };

		if (here < STANDS_OUT || here < fabsf(even[r - 1]) || here <= fabsf(even[r + 1]))
			continue;
		if (!circle_fit(v, g, &c, fmax(3, 0.06 * r), strong))
			continue;
		for (int more = 0; more < 2 && c.cover < UNSURE && c.cover >= least / 2; more++) {
			struct circle wider = c;  /* the centre may have been too far off */

			if (!circle_fit(v, g, &wider, fmax(4, 0.12 * wider.r), strong) ||
			    wider.cover <= c.cover)
				break;
			c = wider;
		}
		if (c.cover >= least)
			add_circle(add, &c);
	}
}
