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

#define WINDOW_PX_MOST 40 /* what grid_smooth takes */

/* The part of the probe's frame that is shown: pixel 0 has its middle at left, top. */
struct frame {
	double left_um, top_um, step_um;
	int side;
};

struct box {
	double left, top, right, bottom;
};

static struct pose inverse(const struct pose *p)
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

static struct frame frame_of(const struct box *b, int side, const struct signature *s)
{
	double across = fmax(b->right - b->left, b->bottom - b->top);
	struct frame f = { 0, 0, 0, side };

	if (!(across >= 0))   /* nothing is there */
		return (struct frame){ -s->width * s->step_um / 2, -s->height * s->step_um / 2,
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

/* The layer at a place in points, smoothed by the spline over the points that are there; there where
 * they weigh at least half. */
static bool sample(const struct signature *s, const int16_t *layer, double x, double y, float *value)
{
	float wx[4], wy[4], sum = 0, weight = 0;
	int x0, y0;

	if (!(x > -1 && y > -1 && x < s->width && y < s->height))
		return false;
	x0 = (int)floor(x) - 1;
	y0 = (int)floor(y) - 1;
	spline(x - floor(x), wx);
	spline(y - floor(y), wy);
	for (int j = 0; j < 4; j++)
		for (int i = 0; i < 4; i++) {
			int at = (y0 + j) * s->width + x0 + i;

			if (y0 + j < 0 || y0 + j >= s->height || x0 + i < 0 || x0 + i >= s->width || !s->on[at])
				continue;
			weight += wx[i] * wy[j];
			sum += wx[i] * wy[j] * layer[at];
		}
	*value = weight > 0 ? sum / weight / SIGNATURE_UNIT : 0;
	return weight >= 0.5f;
}

/* The layer as the frame shows it, the mark being where `pose` takes a point of the frame. */
static int lay(const struct signature *s, enum layer layer, const struct pose *pose, const struct frame *f,
	       struct grid *out, struct error *e)
{
	if (grid_new(out, f->side, f->side, f->step_um, e))
		return STATUS_SYSTEM;
	for (int y = 0; y < f->side; y++)
		for (int x = 0; x < f->side; x++) {
			double u, v;
			float value;

			move(pose, f->left_um + x * f->step_um, f->top_um + y * f->step_um, &u, &v);
			if (sample(s, s->layer[layer], u / s->step_um + (s->width - 1) / 2.0,
				   v / s->step_um + (s->height - 1) / 2.0, &value)) {
				out->v[y * f->side + x] = value;
				out->on[y * f->side + x] = 1;
			}
		}
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
		    const struct frame *f, double out[4][2])
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
static int take_cells(const struct cells *cells, double cell_um, const struct frame *f, struct pair *out,
		      struct error *e)
{
	struct pose shown = inverse(&out->comparison.pose), first = { 0, 0, 0, 1 };

	out->cell = mem_new((size_t)cells->compared, sizeof *out->cell, e);
	if (!out->cell)
		return STATUS_SYSTEM;
	if (cells->compared)
		first = inverse(&cells->first);
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

/* Local correlation at every second point of the marks' grids. */
static int agree(struct pair *p, double point_um, struct error *e)
{
	const struct grid *a = &p->mark[PAIR_PROBE], *b = &p->mark[PAIR_CANDIDATE];
	int side = a->width / 2, status;
	double step = 2 * a->step_um, sigma = fmin(PAIR_WINDOW * point_um / step, WINDOW_PX_MOST);
	struct grid product[3] = { 0 }, smooth[3] = { 0 };

	status = grid_new(&p->agree, side, side, step, e);
	for (int k = 0; !status && k < 3; k++) {
		status = grid_new(&product[k], side, side, step, e) || grid_new(&smooth[k], side, side, step, e) ?
			 STATUS_SYSTEM : STATUS_DONE;
		for (int i = 0; !status && i < side * side; i++) {
			int from = i / side * 2 * a->width + i % side * 2;

			product[k].on[i] = p->agree.on[i] = a->on[from] & b->on[from];
			product[k].v[i] = product[k].on[i] ? (k == 1 ? b : a)->v[from] * (k == 0 ? a : b)->v[from] : 0;
		}
		if (!status)
			status = grid_smooth(&product[k], sigma, &smooth[k], e);
	}
	for (int i = 0; !status && i < side * side; i++)
		if (p->agree.on[i])
			p->agree.v[i] = smooth[2].v[i] / (sqrtf(smooth[0].v[i] * smooth[1].v[i]) + 0.02f);
	for (int k = 0; k < 3; k++) {
		grid_free(&product[k]);
		grid_free(&smooth[k]);
	}
	return status;
}

/* What a cut along each column (upright) or row shows; see the header. */
static void lines(const struct pair *p, bool upright, double *shown)
{
	const struct grid *a = &p->mark[PAIR_PROBE], *b = &p->mark[PAIR_CANDIDATE];
	int side = a->width, next = upright ? side : 1;

	memset(shown, 0, (size_t)side * sizeof *shown);
	for (int y = 0; y < side - 1; y++)
		for (int x = 0; x < side - 1; x++) {
			int i = y * side + x, j = i + next;

			if (a->on[i] && a->on[j] && b->on[i] && b->on[j])
				shown[upright ? x : y] += fabs((double)(a->v[j] - a->v[i]) * (b->v[j] - b->v[i]));
		}
}

static int cut(struct pair *p, double point_um, struct error *e)
{
	int side = p->mark[PAIR_PROBE].width, band = (int)(BAND * point_um / p->mark[PAIR_PROBE].step_um);
	double *shown = mem_new((size_t)side, sizeof *shown, e), best = 0;

	if (!shown)
		return STATUS_SYSTEM;
	p->upright = true;
	p->cut = side / 2.0;
	for (int way = 1; way >= 0; way--) {
		lines(p, way, shown);
		for (int at = band; at < side - band; at++) {
			double sum = 0;

			for (int i = -band; i <= band; i++)
				sum += shown[at + i];
			if (sum > best) {
				best = sum;
				p->upright = way;
				p->cut = at;
			}
		}
	}
	free(shown);
	return STATUS_DONE;
}

int pair_make(const struct signature *probe, const struct signature *candidate, int side,
	      struct compare_room *room, struct pair *out, struct error *e)
{
	static const struct pose still = { 0, 0, 0, 1 };
	const struct signature *const s[PAIR_MARKS] = { probe, candidate };
	struct box box = { INFINITY, INFINITY, -INFINITY, -INFINITY };
	int view = compare_view(probe, candidate), status;
	struct pose shown;
	struct frame f;

	memset(out, 0, sizeof *out);
	if (view == VIEW_LANDS)
		return error_set(e, STATUS_INPUT, "lands are not laid over each other in this way");
	if (view < 0)
		return error_set(e, STATUS_INPUT, "the two cannot be compared: they are of other marks or kinds");
	out->view = (enum view)view;
	status = compare(s, room, out, e);
	if (!status) {
		shown = inverse(&out->comparison.pose);
		hold(probe, &still, &box);
		hold(candidate, &shown, &box);
		f = frame_of(&box, side, probe);
		status = take_cells(compare_cells(room), compare_params(out->view)->cells.side_px * probe->step_um, &f,
				    out, e);
	}
	if (!status)
		status = lay(probe, compare_layer(out->view), &still, &f, &out->mark[PAIR_PROBE], e);
	if (!status)
		status = lay(candidate, compare_layer(out->view), &out->comparison.pose, &f,
			     &out->mark[PAIR_CANDIDATE], e);
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
