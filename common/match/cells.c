/* cells.c - congruent matching cells */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "match/cells.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "match/dot.h"

#define CELL_ROW 16
#define ROUNDS 3

/* A cell cut out of the candidate: rows of 16, zero past its side. */
struct cut {
	int16_t v[CELL_ROW * CELL_ROW], square[CELL_ROW * CELL_ROW], on[CELL_ROW * CELL_ROW];
	int x, y, side, count;
};

static void cut_out(const struct plate *p, int x, int y, int side, struct cut *c)
{
	memset(c, 0, sizeof *c);
	c->x = x;
	c->y = y;
	c->side = side;
	for (int j = 0; j < side; j++)
		for (int i = 0; i < side; i++) {
			size_t from = plate_at(p, x + i, y + j);
			int to = j * CELL_ROW + i;

			c->v[to] = p->v[from];
			c->square[to] = p->square[from];
			c->on[to] = p->on[from];
			c->count += p->on[from];
		}
}

/* Correlation of the cell with the window of t at x, y, means taken away, over points in both. */
static double alike(const struct cut *c, const struct plate *t, int x, int y, int least)
{
	const size_t start = plate_at(t, x, y);
	dot_sum s_ab = dot_zero(), s_a = s_ab, s_aa = s_ab, s_b = s_ab, s_bb = s_ab, s_n = s_ab;
	double n, a, b, aa, bb, ab;

	for (int j = 0; j < c->side; j++)
		for (int half = 0; half < CELL_ROW; half += 8) {
			size_t i = start + (size_t)j * (size_t)t->stride + (size_t)half;
			int k = j * CELL_ROW + half;
			dot_sum cv = dot_load(c->v + k), con = dot_load(c->on + k);
			dot_sum tv = dot_load(t->v + i), ton = dot_load(t->on + i);

			s_ab = dot_add(s_ab, cv, tv);
			s_a = dot_add(s_a, cv, ton);
			s_b = dot_add(s_b, con, tv);
			s_n = dot_add(s_n, con, ton);
			s_aa = dot_add(s_aa, dot_load(c->square + k), ton);
			s_bb = dot_add(s_bb, con, dot_load(t->square + i));
		}
	n = dot_total(s_n);
	if (n < least)
		return -1;
	a = dot_total(s_a);
	b = dot_total(s_b);
	aa = dot_total(s_aa) - a * a / n;
	bb = dot_total(s_bb) - b * b / n;
	ab = dot_total(s_ab) - a * b / n;
	return aa > 0 && bb > 0 ? ab / sqrt(aa * bb) : -1;
}

struct peak {
	double alike;
	int x, y, turn;
};

/* The best of the places x +- reach, y +- reach, turn +- reach_turn round a place, in strides. */
static struct peak climb(const struct cut *c, const struct plate *turned, const struct cells_params *p, int least,
			 struct peak at, int reach, int stride, int reach_turn, int stride_turn)
{
	struct peak best = at;

	for (int t = at.turn - reach_turn; t <= at.turn + reach_turn; t += stride_turn)
		for (int y = at.y - reach; y <= at.y + reach; y += stride)
			for (int x = at.x - reach; x <= at.x + reach; x += stride) {
				double a;

				if (t < -p->turns || t > p->turns || abs(x) > p->search_px || abs(y) > p->search_px)
					continue;
				a = alike(c, &turned[t + p->turns], c->x + x, c->y + y, least);
				if (a > best.alike)
					best = (struct peak){ a, x, y, t };
			}
	return best;
}

/* The best place of one cell over all turns and shifts; 0 when it meets too little. Every second
 * shift and turn first, the first pose itself among them (a peak is about as wide as the band's
 * short cut-off, two points); then all round the two best. */
static int find(const struct cut *c, const struct plate *candidate, const struct plate *turned,
		const struct cells_params *p, struct cell *out)
{
	double half = (candidate->side - 1) / 2.0, step = candidate->step_um, x, y, turn;
	int least = (int)ceil(p->fill * p->side_px * p->side_px);
	struct peak first = { -1, 0, 0, 0 }, second = first, best;

	for (int t = -(p->turns & ~1); t <= p->turns; t += 2) {
		struct peak k = climb(c, turned, p, least, (struct peak){ -1, 0, 0, t }, p->search_px & ~1, 2, 0, 1);

		if (k.alike > first.alike) {
			second = first;
			first = k;
		} else if (k.alike > second.alike) {
			second = k;
		}
	}
	best = climb(c, turned, p, least, first, 1, 1, 1, 1);
	if (second.alike > -1)
		second = climb(c, turned, p, least, second, 1, 1, 1, 1);
	if (second.alike > best.alike)
		best = second;
	if (best.alike <= -1)
		return 0;
	out->x_um = (c->x + (c->side - 1) / 2.0 - half) * step;
	out->y_um = (c->y + (c->side - 1) / 2.0 - half) * step;
	out->turn_deg = best.turn * p->turn_step_deg;
	/* back from the turned plate into the first pose */
	turn = out->turn_deg * M_PI / 180;
	x = out->x_um + best.x * step;
	y = out->y_um + best.y * step;
	out->px_um = cos(turn) * x + sin(turn) * y;
	out->py_um = -sin(turn) * x + cos(turn) * y;
	out->alike = best.alike;
	out->congruent = 0;
	return 1;
}

/* Marks the cells that the move m (first pose -> candidate) puts in place; returns their number. */
static int agree(struct cells *s, const struct cells_params *p, double step_um, const struct pose *m, double *sum)
{
	double c = cos(m->turn_deg * M_PI / 180), si = sin(m->turn_deg * M_PI / 180);
	double near = p->near_px * step_um;
	int n = 0;

	*sum = 0;
	for (int i = 0; i < s->compared; i++) {
		struct cell *q = &s->cell[i];
		double ex = c * q->px_um - si * q->py_um + m->dx_um - q->x_um;
		double ey = si * q->px_um + c * q->py_um + m->dy_um - q->y_um;

		q->congruent = q->alike >= p->alike && ex * ex + ey * ey <= near * near &&
			       fabs(q->turn_deg - m->turn_deg) <= p->near_deg;
		n += q->congruent;
		*sum += q->congruent ? q->alike : 0;
	}
	return n;
}

/* The rigid move of least squares for the cells that are marked (Kabsch, in the plane). */
static void fit(const struct cells *s, int n, struct pose *m)
{
	double px = 0, py = 0, x = 0, y = 0, along = 0, across = 0, c, si;

	for (int i = 0; i < s->compared; i++)
		if (s->cell[i].congruent) {
			px += s->cell[i].px_um / n;
			py += s->cell[i].py_um / n;
			x += s->cell[i].x_um / n;
			y += s->cell[i].y_um / n;
		}
	for (int i = 0; i < s->compared; i++)
		if (s->cell[i].congruent) {
			double ax = s->cell[i].px_um - px, ay = s->cell[i].py_um - py;
			double bx = s->cell[i].x_um - x, by = s->cell[i].y_um - y;

			along += ax * bx + ay * by;
			across += ax * by - ay * bx;
		}
	m->turn_deg = atan2(across, along) * 180 / M_PI;
	c = cos(m->turn_deg * M_PI / 180);
	si = sin(m->turn_deg * M_PI / 180);
	m->dx_um = x - (c * px - si * py);
	m->dy_um = y - (si * px + c * py);
	m->scale = 1;
}

/* Every cell that is alike enough proposes its own move; the move that most cells agree to, after
 * refining, is the consensus. */
static void consensus(struct cells *s, const struct cells_params *p, double step_um)
{
	struct pose best = { 0, 0, 0, 1 };
	double best_sum = -1, sum;
	int best_n = 0;

	for (int i = 0; i < s->compared; i++) {
		const struct cell q = s->cell[i];
		double c = cos(q.turn_deg * M_PI / 180), si = sin(q.turn_deg * M_PI / 180);
		struct pose m = { q.turn_deg, q.x_um - (c * q.px_um - si * q.py_um),
				  q.y_um - (si * q.px_um + c * q.py_um), 1 };

		if (q.alike < p->alike)
			continue;
		for (int round = 0; round < ROUNDS; round++) {
			int n = agree(s, p, step_um, &m, &sum);

			if (n > best_n || (n == best_n && sum > best_sum)) {
				best = m;
				best_n = n;
				best_sum = sum;
			}
			if (n < 2)
				break;
			fit(s, n, &m);
		}
	}
	s->pose = best;
	s->congruent = agree(s, p, step_um, &best, &s->sum);
}

void cells_compare(const struct plate *candidate, const struct plate *turned, const struct cells_params *params,
		   struct cells *out)
{
	int side = params->side_px, least = (int)ceil(params->fill * side * side);
	int first_x = candidate->left, first_y = candidate->top;

	out->compared = out->congruent = 0;
	for (int y = first_y; y < candidate->bottom; y += side)
		for (int x = first_x; x < candidate->right; x += side) {
			struct cut c;

			if (out->compared == CELLS_MOST)
				break;
			cut_out(candidate, x, y, side, &c);
			if (c.count >= least && find(&c, candidate, turned, params, &out->cell[out->compared]))
				out->compared++;
		}
	consensus(out, params, candidate->step_um);
}
