/* region_mask.c - the regions of a surface that was masked to its ring, or of a mask that is given */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The points that are there, in cells, have an outer edge on a circle that holds them all; it is found
 * through triples of edge cells drawn at random (always the same ones), because a ring may be half
 * missing and its remaining edges be anything. What is missing within, apart from what is missing
 * without, is the hole; where the two are connected, a circle with nothing inside it, through the
 * other edge cells, stands for the hole.
 *
 * Where many points are missing here and there, too, cells at an edge cannot be told from those beside a gap:
 * then the ring is sought again by how many points are there around each cell. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "prep/region_parts.h"

#define CELLS_MOST 360   /* along the longer side */
#define TRIES 400
#define TRIES_MOST 4000  /* where none of these fits: little of the circle is in the frame */
#define NEAR 1.3         /* cells from a circle that count as on it */
#define HOLDS 0.985      /* share of the cells that the circle holds */
#define TURN 72          /* directions in which the edge on the circle is counted */
#define TURN_LEAST 16    /* of them must show it; or, where the frame cuts it on all sides, */
#define TURN_FEW 8       /* so many, */
#define TURN_SEEN 0.75   /* and this share of those in the frame */
#define HOLE_LEAST 0.02  /* area of a hole, in that of the circle */
#define GAPPY 0.01       /* of the cells that are there: so many gaps of a cell, and it is sought again */
#define AROUND 3         /* cells to each side, and where that does not show a ring, */
#define AROUND_FAR 8     /* since gaps may be larger */
#define DENSE 0.95       /* quantile of how many points are there around a cell, */
#define DENSE_SHARE 0.5  /* and the part of it that is the edge */
#define RING_LEAST_UM 700
#define RING_MOST_UM 3000

enum { AWAY, THERE, OUTSIDE, HOLE };

struct cells {
	int width, height, step;  /* step surface points a side */
	uint8_t *is;
	unsigned *points;         /* that are there */
	double tall;  /* height of a point in its width */
	size_t there;
};

struct points {
	double *x, *y;
	int count;
};

static unsigned is_there(const struct surface *s, const uint8_t *keep, size_t i)
{
	return s->z[i] - s->z[i] == 0 && (!keep || keep[i] >= 128);
}

static int cells_new(struct cells *c, const struct surface *s, const uint8_t *keep, struct error *e)
{
	int longest = s->width > s->height ? s->width : s->height;

	c->step = (longest + CELLS_MOST - 1) / CELLS_MOST;
	c->width = (s->width + c->step - 1) / c->step;
	c->height = (s->height + c->step - 1) / c->step;
	c->tall = s->spacing_x_um > 0 && s->spacing_y_um > 0 ? s->spacing_y_um / s->spacing_x_um : 1;
	c->there = 0;
	c->is = mem_new((size_t)c->width * (size_t)c->height, 1, e);
	c->points = mem_new((size_t)c->width * (size_t)c->height, sizeof *c->points, e);
	if (!c->is || !c->points)
		return STATUS_SYSTEM;
	for (int j = 0; j < c->height; j++) {
		unsigned *count = c->points + (size_t)j * (size_t)c->width;

		for (int y = j * c->step; y < (j + 1) * c->step && y < s->height; y++) {
			size_t row = (size_t)y * (size_t)s->width;

			for (int x = 0; x < s->width; x++)
				count[x / c->step] += is_there(s, keep, row + (size_t)x);
		}
		for (int i = 0; i < c->width; i++) {
			int is = 2 * count[i] >= (unsigned)(c->step * c->step);

			c->is[(size_t)j * (size_t)c->width + (size_t)i] = is ? THERE : AWAY;
			c->there += (size_t)is;
		}
	}
	return STATUS_DONE;
}

static void cells_free(struct cells *c)
{
	free(c->is);
	free(c->points);
}

/* Gaps of a cell or so within what is there. */
static size_t count_gaps(const struct cells *c)
{
	size_t gaps = 0;

	for (int j = 1; j + 1 < c->height; j++)
		for (int i = 1; i + 1 < c->width; i++) {
			const uint8_t *q = c->is + (size_t)j * (size_t)c->width + (size_t)i;
			int there = 0;

			for (int k = -1; k <= 1; k++)
				there += (q[k - c->width] == THERE) + (q[k] == THERE) + (q[k + c->width] == THERE);
			gaps += *q == AWAY && there >= 5;
		}
	return gaps;
}

/* Cells by how many points are there around them, so many cells to each side. */
static int close_gaps(struct cells *c, int reach, struct error *e)
{
	size_t n = (size_t)c->width * (size_t)c->height, seen = 0, below = 0;
	unsigned side = 2 * (unsigned)reach + 1, most = (unsigned)(c->step * c->step) * side * side, dense = 0;
	unsigned *around = mem_new(n, sizeof *around, e), *with = mem_new((size_t)most + 1, sizeof *with, e);

	for (int j = 0; around && with && j < c->height; j++)
		for (int i = 0; i < c->width; i++) {
			unsigned *sum = around + (size_t)j * (size_t)c->width + (size_t)i;

			for (int y = j > reach ? j - reach : 0; y <= j + reach && y < c->height; y++)
				for (int x = i > reach ? i - reach : 0; x <= i + reach && x < c->width; x++)
					*sum += c->points[(size_t)y * (size_t)c->width + (size_t)x];
			with[*sum]++;
			seen += *sum > 0;
		}
	for (unsigned k = 1; around && with && k <= most && !dense; k++) {
		below += with[k];
		dense = (double)below >= DENSE * (double)seen ? k : 0;
	}
	c->there = 0;
	for (size_t i = 0; around && with && i < n; i++) {
		c->is[i] = around[i] >= DENSE_SHARE * dense && dense ? THERE : AWAY;
		c->there += c->is[i] == THERE;
	}
	n = around && with;
	free(around);
	free(with);
	return n ? STATUS_DONE : STATUS_SYSTEM;
}

/* In units of a cell's width. */
static double cell_y(const struct cells *c, int j)
{
	return j * c->tall;
}

/* Cells that are there and have a neighbour that is not; those at the frame are no edge. */
static int edge_points(const struct cells *c, struct points *p, struct error *e)
{
	size_t n = (size_t)c->width * (size_t)c->height;

	p->count = 0;
	p->x = mem_new(n * 2, sizeof *p->x, e);
	if (!p->x)
		return STATUS_SYSTEM;
	p->y = p->x + n;
	for (int j = 1; j + 1 < c->height; j++)
		for (int i = 1; i + 1 < c->width; i++) {
			const uint8_t *q = c->is + (size_t)j * (size_t)c->width + (size_t)i;

			if (*q != THERE || (q[-1] == THERE && q[1] == THERE && q[-c->width] == THERE &&
					    q[c->width] == THERE))
				continue;
			p->x[p->count] = i;
			p->y[p->count++] = cell_y(c, j);
		}
	return STATUS_DONE;
}

static unsigned draw(unsigned *state, int count)
{
	*state = *state * 1664525u + 1013904223u;
	return (unsigned)(((uint64_t)*state * (uint64_t)count) >> 32);
}

/* How many edge points lie on the circle; -1 where more than a few lie beyond it (outer), or within
 * it (inner). */
static int support(const struct points *p, const struct circle *c, int outer, double most_wrong)
{
	double most = most_wrong * p->count;
	int on = 0, wrong = 0;

	for (int i = 0; i < p->count && wrong <= most; i++) {
		double dx = p->x[i] - c->x, dy = p->y[i] - c->y, d = sqrt(dx * dx + dy * dy) - c->r;

		on += fabs(d) < NEAR;
		wrong += outer ? d > 2.5 : d < -2.5;
	}
	return wrong > most ? -1 : on;
}

/* The circle that most edge points lie on; support in *on. */
static int best_circle(const struct points *p, int outer, double r_least, double r_most,
		       struct circle *best, int *on)
{
	unsigned state = 1;
	int last = TRIES;

	*on = 0;
	for (int t = 0; t < (*on ? last : TRIES_MOST) && p->count >= 3; t++) {
		static const double one[3] = { 1, 1, 1 };
		double x[3], y[3];
		struct circle c;
		int n;

		for (int k = 0; k < 3; k++) {
			unsigned i = draw(&state, p->count);

			x[k] = p->x[i];
			y[k] = p->y[i];
		}
		if (!circle_through(x, y, one, 3, &c) || c.r < r_least || c.r > r_most)
			continue;
		n = support(p, &c, outer, outer ? 0.02 : 0.05);
		if (n > *on) {
			if (!*on && t >= TRIES)
				last = t + TRIES;
			*on = n;
			*best = c;
		}
	}
	return *on > 0;
}

/* Least squares through the edge points on the circle, twice. Returns the directions that show it. */
static int settle(const struct points *p, struct circle *c, double *weight)
{
	uint8_t shown[TURN] = { 0 };
	int turns = 0;

	for (int round = 0; round < 2; round++) {
		struct circle to = *c;

		for (int i = 0; i < p->count; i++)
			weight[i] = fabs(hypot(p->x[i] - c->x, p->y[i] - c->y) - c->r) < NEAR;
		if (circle_through(p->x, p->y, weight, p->count, &to) && fabs(to.r - c->r) < 4)
			*c = to;
	}
	for (int i = 0; i < p->count; i++)
		if (fabs(hypot(p->x[i] - c->x, p->y[i] - c->y) - c->r) < NEAR) {
			double turn = atan2(p->y[i] - c->y, p->x[i] - c->x) / (2 * M_PI);

			shown[(int)((turn < 0 ? turn + 1 : turn) * TURN) % TURN] = 1;
		}
	for (int k = 0; k < TURN; k++)
		turns += shown[k];
	return turns;
}

/* Marks what is missing and connected to the frame or to what is beyond the circle as OUTSIDE. */
static int flood(struct cells *c, const struct circle *ring, struct error *e)
{
	size_t n = (size_t)c->width * (size_t)c->height, top = 0;
	int *stack = mem_new(n, sizeof *stack, e);

	if (!stack)
		return STATUS_SYSTEM;
	for (int j = 0; j < c->height; j++)
		for (int i = 0; i < c->width; i++) {
			size_t at = (size_t)j * (size_t)c->width + (size_t)i;

			if (c->is[at] == AWAY &&
			    hypot(i - ring->x, cell_y(c, j) - ring->y) > ring->r - 1) {
				c->is[at] = OUTSIDE;
				stack[top++] = (int)at;
			}
		}
	while (top > 0) {
		int at = stack[--top], x = at % c->width;
		int near[4] = { x > 0 ? at - 1 : -1, x + 1 < c->width ? at + 1 : -1, at - c->width,
				at + c->width };

		for (int k = 0; k < 4; k++)
			if (near[k] >= 0 && near[k] < (int)n && c->is[near[k]] == AWAY) {
				c->is[near[k]] = OUTSIDE;
				stack[top++] = near[k];
			}
	}
	free(stack);
	return STATUS_DONE;
}

/* Finds the largest piece of what is still AWAY, marks it as HOLE; its size, and its middle. */
static int largest_hole(struct cells *c, double *area, double *x, double *y, struct error *e)
{
	size_t n = (size_t)c->width * (size_t)c->height, best = 0;
	int *stack = mem_new(n, sizeof *stack, e), *piece = mem_new(n, sizeof *piece, e), chosen = 0,
	    pieces = 0;

	*area = *x = *y = 0;
	for (size_t start = 0; stack && piece && start < n; start++) {
		size_t top = 0, size = 0;

		if (c->is[start] != AWAY || piece[start])
			continue;
		piece[start] = ++pieces;
		for (stack[top++] = (int)start; top > 0; size++) {
			int at = stack[--top], i = at % c->width;
			int near[4] = { i > 0 ? at - 1 : -1, i + 1 < c->width ? at + 1 : -1,
					at - c->width, at + c->width };

			for (int k = 0; k < 4; k++)
				if (near[k] >= 0 && near[k] < (int)n && c->is[near[k]] == AWAY &&
				    !piece[near[k]]) {
					piece[near[k]] = pieces;
					stack[top++] = near[k];
				}
		}
		if (size > best) {
			best = size;
			chosen = pieces;
		}
	}
	for (size_t i = 0; stack && piece && best > 0 && i < n; i++)
		if (piece[i] == chosen) {
			c->is[i] = HOLE;
			*x += (double)(i % (size_t)c->width) / (double)best;
			*y += cell_y(c, (int)(i / (size_t)c->width)) / (double)best;
		}
	*area = (double)best * c->tall;
	n = stack && piece;
	free(stack);
	free(piece);
	return n ? STATUS_DONE : STATUS_SYSTEM;
}

/* A circle without anything in it, through the edge points that are not on the ring's circle. */
static int open_hole(struct points *p, const struct circle *ring, struct circle *hole)
{
	int kept = 0, on;

	for (int i = 0; i < p->count; i++)
		if (hypot(p->x[i] - ring->x, p->y[i] - ring->y) < 0.95 * ring->r) {
			p->x[kept] = p->x[i];
			p->y[kept++] = p->y[i];
		}
	p->count = kept;
	return best_circle(p, 0, 0.15 * ring->r, 0.95 * ring->r, hole, &on) && on > 0.25 * kept &&
	       hypot(hole->x - ring->x, hole->y - ring->y) < 0.6 * ring->r;
}

/* Cells to surface points. */
static struct region_circle outwards(const struct cells *c, double x, double y, double r)
{
	struct region_circle to = { (x + 0.5) * c->step - 0.5, (y / c->tall + 0.5) * c->step - 0.5,
				    r * c->step };

	return to;
}

/* hole: NULL where the hole's cells are marked. */
static void label(const struct surface *s, const uint8_t *keep, const struct cells *c,
		  const struct circle *ring, const struct circle *hole, struct region *out)
{
	for (int y = 0; y < s->height; y++)
		for (int x = 0; x < s->width; x++) {
			size_t i = (size_t)y * (size_t)s->width + (size_t)x;
			int cx = x / c->step, cy = y / c->step,
			    cell = c->is[(size_t)cy * (size_t)c->width + (size_t)cx];

			if (is_there(s, keep, i))
				out->label[i] = REGION_BREECH;
			else if (cell == HOLE ||
				 (hole && hypot(cx - hole->x, cell_y(c, cy) - hole->y) < hole->r &&
				  hypot(cx - ring->x, cell_y(c, cy) - ring->y) < ring->r))
				out->label[i] = REGION_PIN;
		}
}

/* Whether enough of the circle is shown, for what the frame lets be seen of it. */
static bool shown(const struct cells *c, const struct circle *ring, int turns)
{
	int seen = 0;

	if (turns >= TURN_LEAST)
		return true;
	for (int k = 0; k < TURN; k++) {
		double x = ring->x + ring->r * cos(2 * M_PI * (k + 0.5) / TURN);
		double y = (ring->y + ring->r * sin(2 * M_PI * (k + 0.5) / TURN)) / c->tall;

		seen += x >= 1 && y >= 1 && x < c->width - 1 && y < c->height - 1;
	}
	return turns >= TURN_FEW && turns >= TURN_SEEN * seen;
}

/* Is the circle one that a ring's mask has? */
static int plausible(const struct surface *s, const struct cells *c, const struct circle *ring,
		     int turns)
{
	double um = ring->r * c->step * s->spacing_x_um;
	size_t held = 0;

	for (int j = 0; j < c->height; j++)
		for (int i = 0; i < c->width; i++)
			held += c->is[(size_t)j * (size_t)c->width + (size_t)i] == THERE &&
				hypot(i - ring->x, cell_y(c, j) - ring->y) < ring->r + 2;
	return shown(c, ring, turns) && (double)held >= HOLDS * (double)c->there &&
	       (s->spacing_x_um <= 0 || (um >= RING_LEAST_UM && um <= RING_MOST_UM));
}

/* For a mask that is no ring: the circle about its middle that holds it. */
static void enclose(const struct cells *c, struct circle *ring)
{
	double x = 0, y = 0, r = 0;

	for (int pass = 0; pass < 2; pass++)
		for (int j = 0; j < c->height; j++)
			for (int i = 0; i < c->width; i++) {
				if (c->is[(size_t)j * (size_t)c->width + (size_t)i] != THERE)
					continue;
				if (pass)
					r = fmax(r, hypot(i - x, cell_y(c, j) - y));
				x += pass ? 0 : i / (double)c->there;
				y += pass ? 0 : cell_y(c, j) / (double)c->there;
			}
	*ring = (struct circle){ x, y, r + 0.5, 0, 0, 0 };
}

static int find_ring(const struct surface *s, const uint8_t *keep, int sure, struct cells *c,
		     struct points *p, double *weight, struct region *out, struct error *e)
{
	int longest = c->width > c->height ? c->width : c->height, on, turns = 0, open = 0;
	struct circle ring = { c->width / 2.0, cell_y(c, c->height) / 2, longest / 2.0, 0, 0, 0 },
		      hole = ring;
	double area = 0, x = 0, y = 0;

	if (best_circle(p, 1, 0.05 * longest, 1.5 * longest, &ring, &on))
		turns = settle(p, &ring, weight);
	if (!shown(c, &ring, turns))
		enclose(c, &ring);
	if (!sure && !plausible(s, c, &ring, turns))
		return 0;
	if (flood(c, &ring, e) || largest_hole(c, &area, &x, &y, e))
		return -1;
	if (area < HOLE_LEAST * M_PI * ring.r * ring.r)
		open = open_hole(p, &ring, &hole);
	else
		hole = (struct circle){ x, y, sqrt(area / M_PI), 0, 0, 0 };
	if (area < HOLE_LEAST * M_PI * ring.r * ring.r && !open && !sure)
		return 0;
	label(s, keep, c, &ring, open ? &hole : NULL, out);
	out->ring = outwards(c, ring.x, ring.y, ring.r);
	if (open || area >= HOLE_LEAST * M_PI * ring.r * ring.r)
		out->pin = outwards(c, hole.x, hole.y, hole.r);
	snprintf(out->note, sizeof out->note, "%s%s", keep ? "mask given" : "mask of the scan kept",
		 open		  ? "; its hole is open"
		 : out->pin.r > 0 ? ""
				  : "; it has no hole");
	return 1;
}

/* As region_mask, on cells. */
static int find_on(const struct surface *s, const uint8_t *keep, int sure, struct cells *c, struct region *out,
		   struct error *e)
{
	struct points p = { NULL, NULL, 0 };
	double *weight = NULL;
	int found = -1;

	if (c->there == 0)
		return 0;
	if (edge_points(c, &p, e) == STATUS_DONE)
		weight = mem_new((size_t)p.count + 1, sizeof *weight, e);
	if (weight)
		found = find_ring(s, keep, sure, c, &p, weight, out, e);
	free(weight);
	free(p.x);
	return found;
}

int region_mask(const struct surface *s, const uint8_t *keep, int sure, struct region *out,
		struct error *e)
{
	struct cells c;
	int found = -1;

	if (!cells_new(&c, s, keep, e)) {
		bool gappy = (double)count_gaps(&c) > GAPPY * (double)c.there;

		found = find_on(s, keep, sure, &c, out, e);
		if (!found && gappy)
			found = close_gaps(&c, AROUND, e) ? -1 : find_on(s, keep, sure, &c, out, e);
		if (!found && gappy)
			found = close_gaps(&c, AROUND_FAR, e) ? -1 : find_on(s, keep, sure, &c, out, e);
	}
	cells_free(&c);
	return found;
}
