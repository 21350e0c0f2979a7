/* make-gallery.c - large galleries out of few signatures, for measuring searches */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "base/mem.h"
#include "base/option.h"
#include "base/sum.h"
#include "make/dice.h"
#include "sign/frame.h"
#include "sign/impression.h"
#include "sign/pack.h"

/* Each signature made has a relief code of its own, put together from those of PARTS others: the ring is cut at as
 * many random angles, and each part is read from the smoothed relief of another signature (what is missing
 * there is missing here), turned by any angle and moved by up to MOVED_UM, as another firearm's would lie. Values are
 * compared with the root mean square of the signature that they come from, as in code_make. So its bits have the
 * strengths, gaps and textures of those that it is made from, and it is a mate of nobody who is no mate of theirs.
 * All else, grids and look code too, is that of the first of its parts. */
#define PARTS 3
#define MOVED_UM 100.0
#define ID "S00000000"

struct options {
	int64_t number, seed, first;
	bool slim;
};

static const struct option_line table[] = {
	{ "number", 'n', OPTION_INTEGER, offsetof(struct options, number), "N", "how many (default 1000)", 0, 1e8 - 1 },
	{ "first", 0, OPTION_INTEGER, offsetof(struct options, first), "N", "number of the first (default 1)", 1, 1e8 - 1 },
	{ "seed", 's', OPTION_INTEGER, offsetof(struct options, seed), "N", "of everything (default 1)", 0, 1e15 },
	{ "slim", 0, OPTION_FLAG, offsetof(struct options, slim), NULL,
	  "without grids: nothing but the search step says anything of them", 0, 0 },
	{ NULL, 0, OPTION_FLAG, 0, NULL, NULL, 0, 0 }
};

static const struct option_program program = {
	"make-gallery", VERSION, "[option...] < base.sig > gallery.sig",
	"Makes large galleries for measuring, out of the breech faces among some signatures."
};

struct base {
	struct grid relief;      /* smoothed */
	double rms;
	struct buf frame;        /* with an id of the length of ID */
	size_t id_at, code_at;   /* in the frame */
};

struct bases {
	struct base *base;
	size_t count;
	float x[CODE_MOST], y[CODE_MOST], angle[CODE_MOST];   /* angle: in turns, 0 to 1 */
	int places;
	bool slim;
};

static int fail(const struct error *e)
{
	error_print(stderr, program.name, e);
	return e->status;
}

static void find_parts(struct base *b)
{
	const unsigned char *body = b->frame.data + FRAME_HEADER;
	size_t text = bytes_get32(body);
	const unsigned char *id = memmem(body, text, "id=" ID, strlen("id=" ID));

	b->id_at = (size_t)(id - b->frame.data) + 3;
	b->code_at = FRAME_HEADER + 4 + text + 8;   /* the first part is the relief's code */
}

static int add_base(struct bases *all, struct signature *s, struct error *e)
{
	struct base *grown = mem_grow(all->base, all->count + 1, sizeof *grown, e), *b;
	double sum = 0, count = 0;

	if (!grown)
		return STATUS_SYSTEM;
	all->base = grown;
	b = &all->base[all->count];
	memset(b, 0, sizeof *b);
	if (signature_set(s, META_ID, ID, e) || impression_search_grid(s, LAYER_RELIEF, &b->relief, e))
		return STATUS_SYSTEM;
	if (all->slim)
		memset(s->on, 0, (size_t)s->width * (size_t)s->height);
	if (frame_pack(s, &b->frame, e))
		return STATUS_SYSTEM;
	for (int i = 0; i < b->relief.width * b->relief.height; i++)
		if (b->relief.on[i]) {
			sum += (double)b->relief.v[i] * b->relief.v[i];
			count++;
		}
	b->rms = count > 0 ? sqrt(sum / count) : 0;
	find_parts(b);
	all->count++;
	return STATUS_DONE;
}

static int read_bases(struct bases *all, struct error *e)
{
	struct code_run run[CODE_RUNS];
	const struct code_lattice *lattice = &impression_params(MARK_BREECH_FACE)->lattice;
	struct frame_reader r;
	int runs = code_runs(lattice, run), status;

	for (int k = 0; k < runs; k++)
		for (int i = 0; i < run[k].count; i++) {
			all->x[all->places] = (float)((run[k].first + i + 0.5) * lattice->pitch_um);
			all->y[all->places] = (float)((run[k].row + 0.5) * lattice->pitch_um);
			all->angle[all->places] = (float)(atan2(all->y[all->places], all->x[all->places]) / (2 * M_PI) + 0.5);
			all->places++;
		}
	frame_reader_start(&r, stdin);
	while (!(status = frame_next(&r, e))) {
		struct signature s;

		status = unpack_signature(&r.body, 1, &s, e);
		if (!status && s.mark == MARK_BREECH_FACE && s.layer[LAYER_RELIEF] && !impression_check(&s, NULL))
			status = add_base(all, &s, e);
		signature_free(&s);
		if (status)
			break;
	}
	frame_reader_free(&r);
	if (status == STATUS_NO && all->count < PARTS)
		return error_set(e, STATUS_INPUT, "fewer than %d breech faces to start from", PARTS);
	return status == STATUS_NO ? STATUS_DONE : status;
}

static int value_at(const struct grid *g, double x_um, double y_um, float *v)
{
	double x = x_um / g->step_um + (g->width - 1) / 2.0, y = y_um / g->step_um + (g->height - 1) / 2.0;
	int ix = (int)floor(x), iy = (int)floor(y);
	float fx = (float)(x - ix), fy = (float)(y - iy);
	size_t w = (size_t)g->width, i = (size_t)iy * w + (size_t)ix;

	if (ix < 0 || iy < 0 || ix + 1 >= g->width || iy + 1 >= g->height ||
	    !(g->on[i] & g->on[i + 1] & g->on[i + w] & g->on[i + w + 1]))
		return 0;
	*v = (g->v[i] * (1 - fx) + g->v[i + 1] * fx) * (1 - fy) + (g->v[i + w] * (1 - fx) + g->v[i + w + 1] * fx) * fy;
	return 1;
}

struct part {
	const struct base *base;
	double c, s, dx, dy, until;   /* until: the angle at which the next begins, in turns */
};

static void choose_parts(const struct bases *all, struct dice *d, struct part part[PARTS])
{
	for (int k = 0; k < PARTS; k++) {
		double turn = 2 * M_PI * dice_unit(d), way = 2 * M_PI * dice_unit(d), far = MOVED_UM * sqrt(dice_unit(d));

		part[k] = (struct part){ &all->base[dice_next(d) % all->count], cos(turn), sin(turn), far * cos(way),
					 far * sin(way), k + 1 < PARTS ? dice_unit(d) : 1 };
	}
	if (part[0].until > part[1].until) {
		double until = part[0].until;

		part[0].until = part[1].until;
		part[1].until = until;
	}
}

/* The bytes of the code, as they stand in a signature. */
static void mix_code(const struct bases *all, const struct part part[PARTS], double start, unsigned char *out)
{
	struct code c = { { 0 }, { 0 } };

	for (int k = 0; k < all->places; k++) {
		double angle = all->angle[k] + start, x = all->x[k], y = all->y[k];
		const struct part *p = part;
		float v;

		angle -= angle >= 1;
		while (angle >= p->until && p < part + PARTS - 1)
			p++;
		x -= p->dx;
		y -= p->dy;
		if (!value_at(&p->base->relief, p->c * x + p->s * y, -p->s * x + p->c * y, &v) ||
		    fabs((double)v) < CODE_WEAK * p->base->rms)
			continue;
		c.on[k / 64] |= UINT64_C(1) << k % 64;
		if (v > 0)
			c.bit[k / 64] |= UINT64_C(1) << k % 64;
	}
	for (int w = 0; w < CODE_WORDS; w++) {
		bytes_put64(out + 8 * w, c.bit[w]);
		bytes_put64(out + 8 * (CODE_WORDS + w), c.on[w]);
	}
}

static int make_one(const struct bases *all, const struct options *o, int64_t number, struct frame_writer *w,
		    struct error *e)
{
	struct part part[PARTS];
	struct dice d;
	struct base *b;
	unsigned char *h;
	char id[sizeof ID];

	dice_seed(&d, dice_child((uint64_t)o->seed, (uint64_t)number));
	choose_parts(all, &d, part);
	b = &all->base[part[0].base - all->base];
	h = b->frame.data;
	snprintf(id, sizeof id, "S%08d", (int)number);
	memcpy(h + b->id_at, id, sizeof id - 1);
	mix_code(all, part, dice_unit(&d), h + b->code_at);
	bytes_put32(h + 12, sum_crc32(0, h + FRAME_HEADER, b->frame.size - FRAME_HEADER));
	bytes_put32(h + 16, sum_crc32(0, h, 16));
	return frame_write(w, &b->frame, e);
}

int main(int argc, char **argv)
{
	static struct bases all;
	struct options o = { 1000, 1, 1, false };
	struct option_parsed parsed;
	struct frame_writer w;
	struct error e;
	int status = option_parse(table, argc, argv, &o, &parsed, &e);

	if (!status && parsed.action != OPTION_RUN)
		return option_answer(stdout, &program, table, &parsed, &e) ? fail(&e) : STATUS_DONE;
	all.slim = o.slim;
	if (!status)
		status = read_bases(&all, &e);
	frame_writer_start(&w, stdout);
	for (int64_t i = 0; !status && i < o.number; i++)
		status = make_one(&all, &o, o.first + i, &w, &e);
	if (!status)
		status = frame_finish(&w, &e);
	for (size_t i = 0; i < all.count; i++) {
		buf_free(&all.base[i].frame);
		grid_free(&all.base[i].relief);
	}
	free(all.base);
	return status ? fail(&e) : STATUS_DONE;
}
