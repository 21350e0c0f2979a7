/* mosaic.c - breech faces put together from parts of others, for galleries to measure searches with */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "make/mosaic.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "base/mem.h"
#include "base/sum.h"
#include "make/dice.h"
#include "make/enlarge.h"
#include "make/mosaic_parts.h"
#include "sign/frame.h"
#include "sign/impression.h"

#define ID "S00000000"

/* The relief, as a code sees it: its search code smoothed, its fine code as it is. */
enum view { SMOOTH, ROUGH, VIEWS };

struct mosaic_base {
	struct grid view[VIEWS];  /* slim; and their root mean squares */
	double rms[VIEWS];
	struct enlarged fine;     /* else: both layers */
	struct buf frame;         /* with an id of the length of ID; slim: nothing is present */
	size_t id_at, parts_at;   /* in the frame: the id, and where the text ends */
	size_t code_at[VIEWS];    /* slim: of the relief */
};

/* Of the made one, which point of the base lies at x, y: at c (x - dx) + s (y - dy), c (y - dy) - s (x - dx). */
struct part {
	const struct mosaic_base *base;
	double c, s, dx, dy, until;   /* until: the angle at which the next begins, in turns */
};

/* Where the relief's code of a kind is, behind its part's header. */
static size_t find_code(const struct mosaic_base *b, int kind)
{
	size_t at = b->parts_at;

	while (b->frame.data[at] != kind || b->frame.data[at + 1] != LAYER_RELIEF)
		at += MOSAIC_PART_HEADER + bytes_get32(b->frame.data + at + 4);
	return at + MOSAIC_PART_HEADER;
}

static void find_parts(struct mosaic_base *b)
{
	const unsigned char *body = b->frame.data + FRAME_HEADER;
	size_t text = bytes_get32(body);
	const unsigned char *id = memmem(body, text, "id=" ID, strlen("id=" ID));

	b->id_at = (size_t)(id - b->frame.data) + 3;
	b->parts_at = FRAME_HEADER + 4 + text;
}

static float turns_of(double x, double y)
{
	return (float)(atan2(y, x) / (2 * M_PI) + 0.5);
}

static void find_places(const struct code_run *run, int runs, double pitch_um, struct mosaic_places *out)
{
	for (int r = 0; r < runs; r++)
		for (int i = 0; i < run[r].count; i++) {
			float x = (float)((run[r].first + i + 0.5) * pitch_um), y = (float)((run[r].row + 0.5) * pitch_um);

			out->at[out->count++] = (struct mosaic_place){ x, y, turns_of(x, y) };
		}
}

static int start(struct mosaic *m, const struct signature *s, struct error *e)
{
	const struct impression_params *p = impression_params(s->mark);
	struct code_run run[CODE_RUNS], fine[FINE_RUNS];
	double half = (s->width - 1) / 2.0;

	m->side = s->width;
	m->step_um = s->step_um;
	m->angle = mem_new((size_t)m->side * (size_t)m->side, sizeof *m->angle, e);
	m->place.at = mem_new(CODE_MOST, sizeof *m->place.at, e);
	m->fine.at = mem_new(FINE_MOST, sizeof *m->fine.at, e);
	if (!m->angle || !m->place.at || !m->fine.at)
		return STATUS_SYSTEM;
	for (int y = 0; y < m->side; y++)
		for (int x = 0; x < m->side; x++)
			m->angle[y * m->side + x] = turns_of(x - half, y - half);
	find_places(run, code_runs(&p->lattice, run), p->lattice.pitch_um, &m->place);
	find_places(fine, code_fine_runs(&p->fine, fine), p->fine.pitch_um, &m->fine);
	return STATUS_DONE;
}

/* How far from the middle anything of s is. */
static double reach_of(const struct signature *s)
{
	double half = (s->width - 1) / 2.0, most = 0;

	for (int y = 0; y < s->height; y++)
		for (int x = 0; x < s->width; x++)
			if (s->on[y * s->width + x])
				most = fmax(most, hypot(x - half, y - half));
	return (most + 1) * s->step_um;
}

/* What codes are read from; then s loses its grid. Each slim one has a fine code in the same place of its frame. */
static int make_slim(struct signature *s, struct mosaic_base *b, struct error *e)
{
	static const struct fine_code any;

	if (impression_search_grid(s, LAYER_RELIEF, &b->view[SMOOTH], e) ||
	    impression_grid(s, LAYER_RELIEF, &b->view[ROUGH], e) || signature_fine_code(s, &any, e))
		return STATUS_SYSTEM;
	for (int k = 0; k < VIEWS; k++)
		b->rms[k] = grid_root_mean_square(&b->view[k]);
	memset(s->on, 0, (size_t)s->width * (size_t)s->height);
	return STATUS_DONE;
}

int mosaic_add(struct mosaic *m, struct signature *s, struct error *e)
{
	struct mosaic_base *grown, *b;

	if (s->mark != MARK_BREECH_FACE || !s->layer[LAYER_RELIEF] || !(m->slim || s->layer[LAYER_LOOK]) ||
	    impression_check(s, NULL))
		return STATUS_NO;
	if (!m->angle && start(m, s, e))
		return STATUS_SYSTEM;
	grown = mem_grow(m->base, m->count + 1, sizeof *grown, e);
	if (!grown)
		return STATUS_SYSTEM;
	m->base = grown;
	b = &m->base[m->count++];
	memset(b, 0, sizeof *b);
	m->reach_um = fmax(m->reach_um, reach_of(s) + MOSAIC_MOVED_UM);
	if (signature_set(s, META_ID, ID, e))
		return STATUS_SYSTEM;
	if (m->slim ? make_slim(s, b, e) : enlarge(s, &b->fine, e))
		return STATUS_SYSTEM;
	if (frame_pack(s, &b->frame, e))
		return STATUS_SYSTEM;
	find_parts(b);
	b->code_at[SMOOTH] = m->slim ? find_code(b, MOSAIC_KIND_CODE) : 0;
	b->code_at[ROUGH] = m->slim ? find_code(b, MOSAIC_KIND_FINE) : 0;
	return STATUS_DONE;
}

void mosaic_free(struct mosaic *m)
{
	for (size_t i = 0; i < m->count; i++) {
		buf_free(&m->base[i].frame);
		for (int k = 0; k < VIEWS; k++)
			grid_free(&m->base[i].view[k]);
		enlarged_free(&m->base[i].fine);
	}
	free(m->base);
	free(m->angle);
	free(m->place.at);
	free(m->fine.at);
	memset(m, 0, sizeof *m);
}

static void choose_parts(const struct mosaic *m, struct dice *d, struct part part[MOSAIC_PARTS])
{
	for (int k = 0; k < MOSAIC_PARTS; k++) {
		double turn = 2 * M_PI * dice_unit(d), way = 2 * M_PI * dice_unit(d);
		double far = MOSAIC_MOVED_UM * sqrt(dice_unit(d));

		part[k] = (struct part){ &m->base[dice_next(d) % m->count], cos(turn), sin(turn), far * cos(way),
					 far * sin(way), k + 1 < MOSAIC_PARTS ? dice_unit(d) : 1 };
	}
	if (part[0].until > part[1].until) {
		double until = part[0].until;

		part[0].until = part[1].until;
		part[1].until = until;
	}
}

static const struct part *part_at(const struct part part[MOSAIC_PARTS], double angle)
{
	int k = 0;

	angle -= angle >= 1;
	for (int i = 0; i < MOSAIC_PARTS - 1; i++)
		k += angle >= part[i].until;
	return &part[k];
}

/* So many places are found before the first is read: the bases are larger than any cache. */
#define AHEAD 32

/* A place of the code, on the grid of its part. */
struct aim {
	const struct part *part;
	double x, y;
};

static void take_aim(const struct mosaic_place *at, const struct part part[MOSAIC_PARTS], double from, enum view view,
		     struct aim *out)
{
	const struct part *p = part_at(part, at->angle + from);
	double x = at->x_um - p->dx, y = at->y_um - p->dy;
	const struct grid *g = &p->base->view[view];
	int ix, iy;

	out->part = p;
	out->x = (p->c * x + p->s * y) / g->step_um + (g->width - 1) / 2.0;
	out->y = (-p->s * x + p->c * y) / g->step_um + (g->height - 1) / 2.0;
	ix = (int)out->x;
	iy = (int)out->y;
	if (ix < 0 || iy < 0 || ix + 1 >= g->width || iy + 1 >= g->height)
		return;
	for (int k = iy * g->width + ix, row = 0; row < 2; row++, k += g->width) {
		__builtin_prefetch(&g->v[k]);
		__builtin_prefetch(&g->on[k]);
	}
}

/* A code of the relief without its grid; bits and on are all 0. */
static void mix_code(const struct mosaic_places *places, const struct part part[MOSAIC_PARTS], double from,
		     enum view view, uint64_t *bits, uint64_t *on)
{
	struct aim aim[AHEAD];

	for (int k = 0, aimed = 0; k < places->count; k++) {
		const struct aim *a = &aim[k % AHEAD];
		const struct mosaic_base *base;
		float v;

		for (; aimed < places->count && aimed < k + AHEAD; aimed++)
			take_aim(&places->at[aimed], part, from, view, &aim[aimed % AHEAD]);
		base = a->part->base;
		if (!grid_at(&base->view[view], a->x, a->y, &v) || fabs((double)v) < CODE_WEAK * base->rms[view])
			continue;
		on[k / 64] |= UINT64_C(1) << k % 64;
		if (v > 0)
			bits[k / 64] |= UINT64_C(1) << k % 64;
	}
}

/* Where the points first to last of row j are read from; missing ones are NULL. Memory is told of all before one is read:
 * the bases are larger than any cache. */
static void aim_row(const struct mosaic *m, const struct part part[MOSAIC_PARTS], double from, int j, int first, int last,
		    const int8_t **at)
{
	double half = (m->side - 1) / 2.0;

	for (int i = first; i <= last; i++) {
		const struct part *p = part_at(part, m->angle[j * m->side + i] + from);
		double x = (i - half) * m->step_um - p->dx, y = (j - half) * m->step_um - p->dy;

		at[i] = enlarged_at(&p->base->fine, p->c * x + p->s * y, -p->s * x + p->c * y);
		__builtin_prefetch(at[i]);
	}
}

static int mix_grid(const struct mosaic *m, const struct part part[MOSAIC_PARTS], double from, struct signature *s,
		    struct error *e)
{
	double half = (m->side - 1) / 2.0, reach = m->reach_um / m->step_um;
	const int8_t **at = mem_new((size_t)m->side, sizeof *at, e);

	for (int j = 0; at && j < m->side; j++) {
		double chord = reach * reach - (j - half) * (j - half), wide = chord > 0 ? sqrt(chord) : -1;
		int first = wide < half ? (int)(half - wide) : 0, last = m->side - 1 - first;

		aim_row(m, part, from, j, first, last, at);
		for (int i = first; i <= last; i++)
			if (at[i] && *at[i] != ENLARGED_MISSING) {
				s->on[j * m->side + i] = 1;
				for (int k = 0; k < LAYERS; k++)
					s->layer[k][j * m->side + i] = enlarged_value(at[i][k]);
			}
	}
	free(at);
	return at ? STATUS_DONE : STATUS_SYSTEM;
}

static int code_layers(struct signature *s, struct error *e)
{
	struct fine_code fine;
	int status;

	for (int k = 0; k < LAYERS; k++) {
		struct grid g;

		if (impression_search_grid(s, (enum layer)k, &g, e))
			return STATUS_SYSTEM;
		code_make(&g, &impression_params(s->mark)->lattice, &s->code[k]);
		grid_free(&g);
	}
	status = impression_fine_code(s, &fine, e);
	if (!status)
		status = signature_fine_code(s, &fine, e);
	return status == STATUS_NO ? STATUS_DONE : status;
}

/* The text of the first part, and then parts. */
static int whole_frame(const struct mosaic *m, const struct part part[MOSAIC_PARTS], double from, struct buf *out,
		       struct error *e)
{
	struct signature s = { .mark = MARK_BREECH_FACE, .step_um = m->step_um };
	int status = signature_room(&s, m->side, m->side, 1u << LAYER_RELIEF | 1u << LAYER_LOOK, e);

	if (!status)
		status = mix_grid(m, part, from, &s, e);
	if (!status)
		status = code_layers(&s, e);
	if (!status)
		status = buf_add(out, part[0].base->frame.data, part[0].base->parts_at, e);
	if (!status)
		status = mosaic_put_parts(&s, out, e);
	signature_free(&s);
	return status;
}

/* The whole frame of the first part, and in it other codes. */
static int slim_frame(const struct mosaic *m, const struct part part[MOSAIC_PARTS], double from, struct buf *out,
		      struct error *e)
{
	const struct mosaic_base *b = part[0].base;
	struct fine_code fine = { 0 };
	struct code code = { 0 };
	unsigned char *frame;

	if (buf_add(out, b->frame.data, b->frame.size, e))
		return STATUS_SYSTEM;
	frame = out->data + out->size - b->frame.size;
	mix_code(&m->place, part, from, SMOOTH, code.bit, code.on);
	mosaic_put_code(&code, frame + b->code_at[SMOOTH]);
	mix_code(&m->fine, part, from, ROUGH, fine.bit, fine.on);
	mosaic_put_fine_code(&fine, frame + b->code_at[ROUGH]);
	return STATUS_DONE;
}

int mosaic_make(const struct mosaic *m, uint64_t seed, int number, struct buf *out, struct error *e)
{
	size_t start_at = out->size;
	struct part part[MOSAIC_PARTS];
	struct dice d;
	double from;
	unsigned char *h;
	char id[sizeof ID + 3];
	int status;

	dice_seed(&d, dice_child(seed, (uint64_t)number));
	choose_parts(m, &d, part);
	from = dice_unit(&d);
	status = m->slim ? slim_frame(m, part, from, out, e) : whole_frame(m, part, from, out, e);
	if (status)
		return status;
	h = out->data + start_at;
	snprintf(id, sizeof id, "S%08d", number);
	memcpy(h + part[0].base->id_at, id, sizeof ID - 1);
	bytes_put32(h + 8, (uint32_t)(out->size - start_at - FRAME_HEADER));
	bytes_put32(h + 12, sum_crc32(0, h + FRAME_HEADER, out->size - start_at - FRAME_HEADER));
	bytes_put32(h + 16, sum_crc32(0, h, 16));
	return STATUS_DONE;
}
