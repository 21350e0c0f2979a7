/* pair.c - two compared marks laid over each other, as plain grids and cells to be drawn */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "match/pair.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "match/evidence.h"

/* In points of the signatures: */
#define MARGIN 7      /* round what is there, since cells reach over its edge */
#define BAND 3        /* slopes along a cut are looked at so far to both its sides */

#define LEVEL 0.02    /* share of the mean square that keeps flat places from agreeing by chance */

#define WINDOW_PX_MOST 40 /* what grid_smooth takes */

struct box {
	double left, top, right, bottom;
};

struct pose pose_inverse(const struct pose *p)
{
	double a = -p->turn_deg * M_PI / 180, c = cos(a) / p->scale, s = sin(a) / p->scale;

	return (struct pose){ -p->turn_deg, -(c * p->dx_um - s * p->dy_um), -(s * p->dx_um + c * p->dy_um),
			      1 / p->scale };
}

static void move(const struct pose *p, double x, double y, double *to_x, double *to_y)
{
	double a = p->turn_deg * M_PI / 180, c = p->scale * cos(a), s = p->scale * sin(a);

	*to_x = c * x - s * y + p->dx_um;
	*to_y = s * x + c * y + p->dy_um;
}

/* Makes the box hold all points of s, moved. */
static void hold(const struct signature *s, const struct pose *moved, struct box *b)
{
	for (int y = 0; y < s->height; y++)
		for (int x = 0; x < s->width; x++) {
			double u, v;

			if (!s->on[y * s->width + x])
				continue;
			move(moved, (x - (s->width - 1) / 2.0) * s->step_um, (y - (s->height - 1) / 2.0) * s->step_um,
			     &u, &v);
			b->left = fmin(b->left, u);
			b->right = fmax(b->right, u);
			b->top = fmin(b->top, v);
			b->bottom = fmax(b->bottom, v);
		}
}

static struct pair_frame frame_of(const struct box *b, int side, const struct signature *s)
{
	double across = fmax(b->right - b->left, b->bottom - b->top);
	struct pair_frame f = { 0, 0, 0, side };

	if (!(across >= 0))   /* nothing is there */
		return (struct pair_frame){ -s->width * s->step_um / 2, -s->height * s->step_um / 2,
				       s->width * s->step_um / side, side };
	f.step_um = (across + 2 * MARGIN * s->step_um) / (side - 1);
	f.left_um = (b->left + b->right) / 2 - f.step_um * (side - 1) / 2;
	f.top_um = (b->top + b->bottom) / 2 - f.step_um * (side - 1) / 2;
	return f;
}

/* Cubic B-spline weights of the four neighbours of a point `t` beyond the second one. */
static void spline(double t, float w[4])
{
	double u = 1 - t;

	w[0] = (float)(u * u * u / 6);
	w[1] = (float)(2.0 / 3 - t * t + t * t * t / 2);
	w[2] = (float)(2.0 / 3 - u * u + u * u * u / 2);
	w[3] = (float)(t * t * t / 6);
}

/* The grid at a place in points, smoothed by the spline over the points that are there; there where
 * they weigh at least half. */
static bool sample(const struct grid *g, double x, double y, float *value)
{
	float wx[4], wy[4], sum = 0, weight = 0;
	int x0, y0;

	if (!(x > -1 && y > -1 && x < g->width && y < g->height))
		return false;
	x0 = (int)floor(x) - 1;
	y0 = (int)floor(y) - 1;
	spline(x - floor(x), wx);
	spline(y - floor(y), wy);
	for (int j = 0; j < 4; j++)
		for (int i = 0; i < 4; i++) {
			ptrdiff_t at = (ptrdiff_t)(y0 + j) * g->width + x0 + i;

			if (y0 + j < 0 || y0 + j >= g->height || x0 + i < 0 || x0 + i >= g->width || !g->on[at])
				continue;
			weight += wx[i] * wy[j];
			sum += wx[i] * wy[j] * g->v[at];
		}
	*value = weight > 0 ? sum / weight : 0;
	return weight >= 0.5f;
}

int pair_lay(const struct pair *p, enum pair_mark which, const struct grid *from, const struct pose *further,
	     const struct pair_frame *f, struct grid *out, struct error *e)
{
	static const struct pose still = { 0, 0, 0, 1 };
	const struct pose *pose = which == PAIR_CANDIDATE ? &p->comparison.pose : &still;

	if (grid_new(out, f->side, f->side, f->step_um, e))
		return STATUS_SYSTEM;
	for (int y = 0; y < f->side; y++)
		for (int x = 0; x < f->side; x++) {
			double u, v;
			float value;

			move(pose, f->left_um + x * f->step_um, f->top_um + y * f->step_um, &u, &v);
			if (further)
				move(further, u, v, &u, &v);
			if (sample(from, u / from->step_um + (from->width - 1) / 2.0,
				   v / from->step_um + (from->height - 1) / 2.0, &value)) {
				out->v[y * f->side + x] = value;
				out->on[y * f->side + x] = 1;
			}
		}
	return STATUS_DONE;
}

int pair_layer(const struct pair *p, const struct signature *s, struct grid *out, struct error *e)
{
	const int16_t *layer = s->layer[compare_layer(p->view)];

	if (grid_new(out, s->width, s->height, s->step_um, e))
		return STATUS_SYSTEM;
	memcpy(out->on, s->on, (size_t)s->width * (size_t)s->height);
	for (int i = 0; i < s->width * s->height; i++)
		if (out->on[i])
			out->v[i] = (float)layer[i] / SIGNATURE_UNIT;
	return STATUS_DONE;
}

static int compare(const struct signature *const s[PAIR_MARKS], struct compare_room *room, struct pair *out,
		   struct error *e)
{
	enum layer layer = compare_layer(out->view);
	struct compare_side side[PAIR_MARKS] = { 0 };
	struct search_probe search = { 0 };
	int status = compare_prepare(s[PAIR_PROBE], layer, &side[PAIR_PROBE], e);

	if (!status)
		status = compare_prepare(s[PAIR_CANDIDATE], layer, &side[PAIR_CANDIDATE], e);
	if (!status)
		status = search_prepare_sweep(&side[PAIR_PROBE].rough, &compare_params(out->view)->search, &search, e);
	if (!status)
		status = compare_marks(&side[PAIR_PROBE], &search, &side[PAIR_CANDIDATE], out->view, room,
				       &out->comparison, e);
	out->posed = out->comparison.pose.scale > 0;
	if (!out->posed)
		out->comparison.pose.scale = 1;
	out->lr = evidence_lr(out->view, s[PAIR_PROBE]->mark, out->comparison.score);
	search_free(&search);
	for (int i = 0; i < PAIR_MARKS; i++)
		compare_release(&side[i]);
	return status;
}

/* A square of a cell's size round a middle, turned, moved by a pose into the frame. */
static void corners(double x_um, double y_um, double side_um, double turn_deg, const struct pose *to,
		    const struct pair_frame *f, double out[4][2])
{
	static const int way[4][2] = { { -1, -1 }, { 1, -1 }, { 1, 1 }, { -1, 1 } };
	const struct pose square = { turn_deg, x_um, y_um, 1 };

	for (int i = 0; i < 4; i++) {
		double x, y;

		move(&square, way[i][0] * side_um / 2, way[i][1] * side_um / 2, &x, &y);
		move(to, x, y, &x, &y);
		out[i][0] = (x - f->left_um) / f->step_um;
		out[i][1] = (y - f->top_um) / f->step_um;
	}
}

/* On the candidate a cell lies square; its like on the probe lay turned by -turn_deg in the first pose. */
static int take_cells(const struct cells *cells, double cell_um, const struct pair_frame *f, struct pair *out,
		      struct error *e)
{
	struct pose shown = pose_inverse(&out->comparison.pose), first = { 0, 0, 0, 1 };

	out->cell = mem_new((size_t)cells->compared, sizeof *out->cell, e);
	if (!out->cell)
		return STATUS_SYSTEM;
	if (cells->compared)
		first = pose_inverse(&cells->first);
	for (int i = 0; i < cells->compared; i++) {
		const struct cell *c = &cells->cell[i];
		struct pair_cell *p = &out->cell[out->cells++];

		corners(c->x_um, c->y_um, cell_um, 0, &shown, f, p->corner[PAIR_CANDIDATE]);
		corners(c->px_um, c->py_um, cell_um, -c->turn_deg, &first, f, p->corner[PAIR_PROBE]);
		p->alike = c->alike;
		p->congruent = c->congruent;
	}
	return STATUS_DONE;
}

static double mean_square(const struct grid *g)
{
	double mean, deviation;

	grid_moments(g, &mean, &deviation);
	return mean * mean + deviation * deviation;
}

int pair_agree(const struct grid *a, const struct grid *b, int every, double sigma_um, struct grid *out,
	       struct error *e)
{
	double sigma = fmin(sigma_um / out->step_um, WINDOW_PX_MOST);
	/* where hardly anything is on either, nothing is said */
	float least = (float)(LEVEL * sqrt(mean_square(a) * mean_square(b)) + 1e-20);
	struct grid product[3] = { 0 }, smooth[3] = { 0 };
	int n = out->width * out->height, status = STATUS_DONE;

	for (int k = 0; !status && k < 3; k++) {
		status = grid_new(&product[k], out->width, out->height, out->step_um, e) ||
			 grid_new(&smooth[k], out->width, out->height, out->step_um, e) ? STATUS_SYSTEM : STATUS_DONE;
		for (int i = 0; !status && i < n; i++) {
			int from = i / out->width * every * a->width + i % out->width * every;

			product[k].on[i] = out->on[i] = a->on[from] & b->on[from];
			product[k].v[i] = product[k].on[i] ? (k == 1 ? b : a)->v[from] * (k == 0 ? a : b)->v[from] : 0;
		}
		if (!status)
			status = grid_smooth(&product[k], sigma, &smooth[k], e);
	}
	for (int i = 0; !status && i < n; i++)
		if (out->on[i])
			out->v[i] = smooth[2].v[i] / (sqrtf(smooth[0].v[i] * smooth[1].v[i]) + least);
	for (int k = 0; k < 3; k++) {
		grid_free(&product[k]);
		grid_free(&smooth[k]);
	}
	return status;
}

/* At every second point of the marks' grids. */
static int agree(struct pair *p, double point_um, struct error *e)
{
	const struct grid *a = &p->mark[PAIR_PROBE];

	if (grid_new(&p->agree, a->width / 2, a->width / 2, 2 * a->step_um, e))
		return STATUS_SYSTEM;
	return pair_agree(a, &p->mark[PAIR_CANDIDATE], 2, PAIR_WINDOW * point_um, &p->agree, e);
}

/* What is to be seen at a point: how both slope towards the next, in size; a root, so that one steep edge does
 * not outweigh all else. */
static double seen(const struct pair *p, int i, int next)
{
	const struct grid *a = &p->mark[PAIR_PROBE], *b = &p->mark[PAIR_CANDIDATE];
	int j = i + next;

	return a->on[i] && a->on[j] && b->on[i] && b->on[j] ?
	       sqrt(fabs((double)(a->v[j] - a->v[i]) * (b->v[j] - b->v[i]))) : 0;
}

/* What a cut along each column (upright) or row shows, and how many points of either mark it has; see
 * the header. */
static void lines(const struct pair *p, bool upright, double *shown, double *points)
{
	int side = p->frame.side, next = upright ? side : 1;

	memset(shown, 0, (size_t)side * sizeof *shown);
	memset(points, 0, (size_t)side * sizeof *points);
	for (int y = 0; y < side - 1; y++)
		for (int x = 0; x < side - 1; x++) {
			int i = y * side + x;

			shown[upright ? x : y] += seen(p, i, next);
			points[upright ? x : y] += p->mark[PAIR_PROBE].on[i] | p->mark[PAIR_CANDIDATE].on[i];
		}
}

/* The part of the cut where most is to be seen, what is in its middle counting most. */
static int look_near(struct pair *p, struct error *e)
{
	int side = p->frame.side, half = side / 8, at = (int)p->cut, best_at = side / 2;
	double *along = mem_new((size_t)side, sizeof *along, e), best = 0;

	if (!along)
		return STATUS_SYSTEM;
	for (int i = 0; i < side - 1; i++)
		for (int k = at - half; k < at + half; k++)
			if (k >= 0 && k < side - 1)
				along[i] += seen(p, p->upright ? i * side + k : k * side + i, p->upright ? side : 1);
	for (int i = half; i <= side - half; i++) {
		double sum = 0;

		for (int k = 1 - half; k < half; k++)
			sum += along[i + k] * (half - abs(k));
		if (sum > best) {
			best = sum;
			best_at = i;
		}
	}
	at = at < half ? half : at > side - half ? side - half : at;
	p->near.step_um = p->frame.step_um / 2;
	p->near.side = side / 2;
	p->near.left_um = p->frame.left_um + ((p->upright ? at : best_at) - half) * p->frame.step_um;
	p->near.top_um = p->frame.top_um + ((p->upright ? best_at : at) - half) * p->frame.step_um;
	free(along);
	return STATUS_DONE;
}

static int cut(struct pair *p, double point_um, struct error *e)
{
	int side = p->frame.side, band = (int)(BAND * point_um / p->frame.step_um);
	double *shown = mem_new((size_t)side * 2, sizeof *shown, e), best = 0;

	if (!shown)
		return STATUS_SYSTEM;
	p->upright = true;
	p->cut = side / 2.0;
	for (int way = 1; way >= 0; way--) {
		double *points = shown + side, all = 0, before = 0;

		lines(p, way, shown, points);
		for (int at = 0; at < side; at++)
			all += points[at];
		for (int at = 0; at < band && at < side; at++)
			before += points[at];
		for (int at = band; at < side - band; at++) {
			double sum = 0;

			for (int i = -band; i <= band; i++)
				sum += shown[at + i];
			if (sum > best && before >= PAIR_SHARE * all && before <= (1 - PAIR_SHARE) * all) {
				best = sum;
				p->upright = way;
				p->cut = at;
			}
			before += points[at];
		}
	}
	free(shown);
	return look_near(p, e);
}

int pair_make(const struct signature *probe, const struct signature *candidate, int side,
	      struct compare_room *room, struct pair *out, struct error *e)
{
	static const struct pose still = { 0, 0, 0, 1 };
	const struct signature *const s[PAIR_MARKS] = { probe, candidate };
	struct box box = { INFINITY, INFINITY, -INFINITY, -INFINITY };
	int view = compare_view(probe, candidate), status;
	struct pose shown;

	memset(out, 0, sizeof *out);
	if (view == VIEW_LANDS)
		return error_set(e, STATUS_INPUT, "lands are not laid over each other in this way");
	if (view < 0)
		return error_set(e, STATUS_INPUT, "the two cannot be compared: they are of other marks or kinds");
	out->view = (enum view)view;
	status = compare(s, room, out, e);
	if (!status) {
		shown = pose_inverse(&out->comparison.pose);
		hold(probe, &still, &box);
		hold(candidate, &shown, &box);
		out->frame = frame_of(&box, side, probe);
		status = take_cells(compare_cells(room), compare_params(out->view)->cells.side_px * probe->step_um,
				    &out->frame, out, e);
	}
	for (int i = 0; !status && i < PAIR_MARKS; i++) {
		struct grid layer = { 0 };

		status = pair_layer(out, s[i], &layer, e);
		if (!status)
			status = pair_lay(out, (enum pair_mark)i, &layer, NULL, &out->frame, &out->mark[i], e);
		grid_free(&layer);
	}
	if (!status)
		status = agree(out, probe->step_um, e);
	if (!status)
		status = cut(out, probe->step_um, e);
	if (status)
		pair_free(out);
	return status;
}

void pair_free(struct pair *p)
{
	for (int i = 0; i < PAIR_MARKS; i++)
		grid_free(&p->mark[i]);
	grid_free(&p->agree);
	free(p->cell);
	memset(p, 0, sizeof *p);
}
