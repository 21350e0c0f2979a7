/* compare.c - two impressed marks: search, register, verify */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "match/compare.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

/* With so many congruent cells their consensus is a better first pose than the registered one: cells are
 * sought again from there. */
#define MANY_CELLS 6
/* The first, largest steps of sharpening a pose (and half a point of shift). */
#define SHARPEN_DEG 0.5
#define SHARPEN_SCALE 0.01
#define SHARPEN_ROUNDS 6
/* The score is what the final pose is worth (plate_worth), in hundredths, times how far the congruent cells
 * bear it out: 1 - exp(-sum of their correlations / CELLS_ENOUGH), so that some twenty are enough
 * and one more or less then hardly counts. */
#define CELLS_ENOUGH 6
/* The score of looks counts in units of what chance gives the pair, which is about this in large marks without
 * a direction: where it is more, the score is less. */
#define CHANCE_LEAST 0.03
/* Chance is looked at in so many turns, but for those next to the one found (CHANCE_FROM), each with three shifts
 * each way, so many coarse points apart. */
#define CHANCE_TURNS 16
#define CHANCE_FROM 1
#define CHANCE_SHIFT 3
/* Two settled poses that are nearer than this, and one coarse point, are one; so many registered ones are looked
 * at for each that is settled. */
#define SAME_DEG 1.5
#define SETTLE_MOST 2

static const struct compare_params params[VIEWS] = {
	[VIEW_RELIEF] = { { 250, 0, 0, 0.125, 8, 3, 0 }, 1.9, 1, 0, 3, 0.85, { 15, 5, 2, 1.5, 0.3, 0.7, 2, 3 } },
	[VIEW_PHOTOGRAPHS] = { { 250, 0.03, 0.03, 0.25, 32, 3, 1 }, 1.9, 1, 6, 2, 0,
			       { 15, 5, 2, 1.5, 0.3, 0.5, 2, 3 } },
	[VIEW_ACROSS] = { { 250, 0.15, 0.03, 0.25, 32, 3, 1 }, 1.9, 1, 6, 2, 0, { 15, 5, 2, 1.5, 0.3, 0.5, 2, 3 } },
};

struct compare_room {
	int side;
	double step_um;
	struct plate coarse;
	struct plate turned[CELLS_TURNS];
	struct cells cells, best_cells;
};

const struct compare_params *compare_params(enum view v)
{
	return &params[v];
}

int compare_view(const struct signature *a, const struct signature *b)
{
	if (a->mark != b->mark || a->step_um != b->step_um)
		return -1;
	if (mark_striated(a->mark))
		return !a->layer[LAYER_RELIEF] == !b->layer[LAYER_RELIEF] ? VIEW_LANDS : -1;
	if (a->width != b->width)
		return -1;
	if (a->layer[LAYER_RELIEF] && b->layer[LAYER_RELIEF])
		return VIEW_RELIEF;
	if (!a->layer[LAYER_LOOK] || !b->layer[LAYER_LOOK])
		return -1;
	return a->layer[LAYER_RELIEF] || b->layer[LAYER_RELIEF] ? VIEW_ACROSS : VIEW_PHOTOGRAPHS;
}

enum layer compare_layer(enum view v)
{
	return v == VIEW_RELIEF ? LAYER_RELIEF : LAYER_LOOK;
}

int compare_prepare(const struct signature *s, enum layer layer, struct compare_side *out, struct error *e)
{
	memset(out, 0, sizeof *out);
	out->signature = s;
	out->layer = layer;
	if (plate_from_signature(s, layer, &out->fine, e) || plate_halve(&out->fine, PLATE_PAD_ROUGH, &out->coarse, e) ||
	    plate_halve(&out->coarse, PLATE_PAD_ROUGH, &out->rough, e)) {
		compare_release(out);
		return STATUS_SYSTEM;
	}
	return STATUS_DONE;
}

void compare_release(struct compare_side *side)
{
	plate_free(&side->fine);
	plate_free(&side->coarse);
	plate_free(&side->rough);
}

struct compare_room *compare_room_new(struct error *e)
{
	return mem_new(1, sizeof(struct compare_room), e);
}

static void empty(struct compare_room *room)
{
	plate_free(&room->coarse);
	for (int i = 0; i < CELLS_TURNS; i++)
		plate_free(&room->turned[i]);
	room->side = 0;
}

void compare_room_free(struct compare_room *room)
{
	if (!room)
		return;
	empty(room);
	free(room);
}

const struct cells *compare_cells(const struct compare_room *room)
{
	return &room->best_cells;
}

/* Plates of the candidate's size. */
static int furnish(struct compare_room *room, const struct plate *fine, struct error *e)
{
	if (room->side == fine->side && room->step_um == fine->step_um)
		return STATUS_DONE;
	empty(room);
	if (plate_new(&room->coarse, fine->side / 2, 2 * fine->step_um, PLATE_PAD_ROUGH, e))
		return STATUS_SYSTEM;
	for (int i = 0; i < CELLS_TURNS; i++)
		if (plate_new(&room->turned[i], fine->side, fine->step_um, PLATE_PAD, e))
			return STATUS_SYSTEM;
	room->side = fine->side;
	room->step_um = fine->step_um;
	return STATUS_DONE;
}

struct registered {
	struct pose pose;
	double worth;
};

/* One level of a comparison: two plates of the same step, and one to lay the probe out on. */
struct level {
	const struct plate *probe, *candidate;
	struct plate *laid;
	int parts;
};

static double worth_at(const struct level *l, int sx, int sy)
{
	return l->parts ? plate_part_worth(l->candidate, l->laid, sx, sy, l->probe) :
			  plate_whole_worth(l->candidate, l->laid, sx, sy, l->probe);
}

/* Turns by -step, 0, step and shifts by up to `shift` points; keeps the best. */
static void improve(const struct level *l, double step, int shift, struct registered *r)
{
	struct registered best = *r;

	for (int k = -1; k <= 1; k++) {
		struct pose p = r->pose;

		p.turn_deg += k * step;
		plate_lay(l->probe, &p, l->candidate, shift + 1, l->laid);
		for (int sy = -shift; sy <= shift; sy++)
			for (int sx = -shift; sx <= shift; sx++) {
				double w = worth_at(l, sx, sy);

				if (w > best.worth) {
					best.worth = w;
					best.pose = p;
					best.pose.dx_um -= sx * l->laid->step_um;
					best.pose.dy_um -= sy * l->laid->step_um;
				}
			}
	}
	*r = best;
}

/* Climbs by small steps of turn, shift and (where spacing is only estimated) scale, each laid out anew
 * so that shifts are not bound to whole points. */
static void sharpen(const struct level *l, int with_scale, struct registered *r)
{
	for (double step = 1; step > 0.2; step /= 2)
		for (int round = 0; round < SHARPEN_ROUNDS; round++) {
			struct registered best = *r;

			for (int k = 0; k < (with_scale ? 8 : 6); k++) {
				double way = (k & 1 ? -1 : 1) * step;
				struct registered t = { r->pose, 0 };

				t.pose.turn_deg += k / 2 == 0 ? way * SHARPEN_DEG : 0;
				t.pose.dx_um += k / 2 == 1 ? way * l->laid->step_um / 2 : 0;
				t.pose.dy_um += k / 2 == 2 ? way * l->laid->step_um / 2 : 0;
				t.pose.scale *= k / 2 == 3 ? 1 + way * SHARPEN_SCALE : 1;
				plate_lay(l->probe, &t.pose, l->candidate, 1, l->laid);
				t.worth = worth_at(l, 0, 0);
				if (t.worth > best.worth)
					best = t;
			}
			if (best.worth <= r->worth)
				break;
			*r = best;
		}
}

static int better(const void *a, const void *b)
{
	double x = ((const struct registered *)a)->worth, y = ((const struct registered *)b)->worth;

	return (x < y) - (x > y);
}

static void turn_point(double degrees, double *x, double *y)
{
	double c = cos(degrees * M_PI / 180), s = sin(degrees * M_PI / 180), u = *x;

	*x = c * u - s * *y;
	*y = s * u + c * *y;
}

/* after o first */
static struct pose join(const struct pose *first, const struct pose *after)
{
	struct pose p = *first;

	turn_point(after->turn_deg, &p.dx_um, &p.dy_um);
	p.turn_deg += after->turn_deg;
	p.dx_um += after->dx_um;
	p.dy_um += after->dy_um;
	p.scale *= after->scale;
	return p;
}

/* Cells from a first pose. The pose they agree on replaces it; where they are many, it is sharpened on
 * the fine plates. */
static void verify(const struct compare_side *probe, const struct compare_side *candidate,
		   const struct compare_params *p, int with_scale, struct compare_room *room,
		   struct registered *r, struct comparison *out)
{
	const struct level fine = { &probe->fine, &candidate->fine, &room->turned[0], p->search.parts };
	const struct cells_params *cp = &p->cells;
	struct comparison c = *out;
	int overlap, smaller;

	for (int t = -cp->turns; t <= cp->turns; t++) {
		struct pose small = { t * cp->turn_step_deg, 0, 0, 1 }, turned = join(&r->pose, &small);

		plate_lay(&probe->fine, &turned, &candidate->fine, cp->search_px + 16, &room->turned[t + cp->turns]);
	}
	cells_compare(&candidate->fine, room->turned, cp, &room->cells);
	room->cells.first = r->pose;
	c.cells = room->cells.congruent;
	c.cells_compared = room->cells.compared;
	c.cells_sum = room->cells.sum;
	c.registered = r->worth;
	if (c.cells >= 3)
		r->pose = join(&r->pose, &room->cells.pose);
	if (c.cells >= MANY_CELLS) {
		r->worth = 0;
		improve(&fine, 1, 2, r);
		sharpen(&fine, with_scale, r);
	}
	c.pose = r->pose;
	plate_lay(&probe->fine, &c.pose, &candidate->fine, 1, &room->turned[0]);
	c.correlation = plate_correlate(&candidate->fine, &room->turned[0], 0, 0, &overlap);
	smaller = probe->fine.count < candidate->fine.count ? probe->fine.count : candidate->fine.count;
	c.overlap = smaller ? (double)overlap / smaller : 0;
	c.worth = worth_at(&fine, 0, 0);
	c.score = 100 * c.worth * (1 - exp(-c.cells_sum / CELLS_ENOUGH));
	/* by cells first; the correlation decides between poses with few */
	if (out->score < 0 || c.cells_sum + 10 * c.correlation > out->cells_sum + 10 * out->correlation) {
		*out = c;
		room->best_cells = room->cells;
	}
}

static int same_pose(const struct pose *a, const struct pose *b, double um)
{
	return fabs(remainder(a->turn_deg - b->turn_deg, 360)) < SAME_DEG && fabs(a->dx_um - b->dx_um) < um &&
	       fabs(a->dy_um - b->dy_um) < um;
}

/* The best of n registered poses sharpened on the coarse plates, then on the fine ones, where they are put in
 * order anew; returns how many there are. */
static int settle(const struct compare_side *probe, const struct compare_side *candidate,
		  const struct compare_params *p, struct compare_room *room, struct registered *r, int n)
{
	const struct level coarse = { &probe->coarse, &candidate->coarse, &room->coarse, p->search.parts };
	const struct level fine = { &probe->fine, &candidate->fine, &room->turned[0], p->search.parts };
	int kept = 0;

	n = n < SETTLE_MOST * p->settled ? n : SETTLE_MOST * p->settled;
	for (int i = 0; i < n && kept < p->settled; i++) {
		struct registered s = r[i];
		int k = 0;

		sharpen(&coarse, 1, &s);
		while (k < kept && !same_pose(&s.pose, &r[k].pose, coarse.laid->step_um))
			k++;
		if (k == kept)
			r[kept++] = s;
	}
	for (int i = 0; i < kept; i++) {
		r[i].worth = -1;
		improve(&fine, 0.5, 1, &r[i]);
		sharpen(&fine, 1, &r[i]);
	}
	qsort(r, (size_t)kept, sizeof *r, better);
	return kept;
}

/* What chance gives this pair: the root mean square of its correlations in poses turned away from the one that
 * was found. Marks that run in circles or lines agree by chance more often than grains do, small marks more
 * often than large ones. */
static double chance_of(const struct level *l, const struct pose *found)
{
	double square = 0;
	int n = 0;

	for (int k = CHANCE_FROM; k <= CHANCE_TURNS - CHANCE_FROM; k++) {
		struct pose p = *found;

		p.turn_deg += k * 360.0 / CHANCE_TURNS;
		plate_lay(l->probe, &p, l->candidate, CHANCE_SHIFT + 1, l->laid);
		for (int i = 0; i < 9; i++, n++) {
			int overlap;
			double c = plate_correlate(l->candidate, l->laid, (i % 3 - 1) * CHANCE_SHIFT,
						   (i / 3 - 1) * CHANCE_SHIFT, &overlap);

			square += c * c;
		}
	}
	return sqrt(square / n);
}

int compare_marks(const struct compare_side *probe, const struct search_probe *search,
		  const struct compare_side *candidate, enum view v, struct compare_room *room,
		  struct comparison *out, struct error *e)
{
	const struct compare_params *p = &params[v];
	struct search_hit hit[SEARCH_MOST];
	struct registered r[SEARCH_MOST];
	const struct level coarse = { &probe->coarse, &candidate->coarse, &room->coarse, p->search.parts };
	int n;

	memset(out, 0, sizeof *out);
	out->score = -1;
	room->best_cells.compared = room->best_cells.congruent = 0;
	if (furnish(room, &candidate->fine, e))
		return STATUS_SYSTEM;
	n = search_sweep(search, &probe->rough, &candidate->rough, &p->search, hit);
	out->searched = n ? hit[0].value : 0;
	for (int i = 0; i < n; i++) {
		r[i] = (struct registered){ hit[i].pose, -1 };
		improve(&coarse, p->register_step_deg, p->register_shift_px, &r[i]);
	}
	qsort(r, (size_t)n, sizeof *r, better);
	if (p->settled)
		n = settle(probe, candidate, p, room, r, n);
	for (int i = 0; i < n && i < p->verified; i++) {
		if (i && r[i].worth < p->verify_share * r[0].worth)
			break;
		if (!p->settled)
			improve(&coarse, p->register_step_deg / 2, 1, &r[i]);
		verify(probe, candidate, p, v != VIEW_RELIEF, room, &r[i], out);
		if (out->cells >= MANY_CELLS)
			verify(probe, candidate, p, v != VIEW_RELIEF, room, &r[i], out);
	}
	if (out->score < 0)
		out->score = 0;
	if (p->settled && n) {
		out->chance = chance_of(&coarse, &out->pose);
		out->score *= out->chance > CHANCE_LEAST ? CHANCE_LEAST / out->chance : 1;
	}
	return STATUS_DONE;
}
