/* make-land-gallery.c - large galleries of bullets out of few lands, for measuring searches */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/option.h"
#include "make/dice.h"
#include "match/ready.h"
#include "sign/frame.h"
#include "sign/land.h"
#include "sign/pack.h"

/* Each land made is as long as one of those it is made from, ends as that one does, and is put together from PARTS
 * stretches of as many others, each from anywhere on its land, and read from either end; JOIN samples pass from
 * one to the next. So its striae have their widths, depths, gaps and trust, and it is a mate of nobody: a stretch that
 * two of them share stands at another place. */
#define PARTS 3
#define JOIN 24

struct options {
	int64_t number, seed, first, lands;
};

static const struct option_line table[] = {
	{ "number", 'n', OPTION_INTEGER, offsetof(struct options, number), "N", "how many lands (default 1000)", 0, 1e8 - 1 },
	{ "first", 0, OPTION_INTEGER, offsetof(struct options, first), "N", "number of the first (default 1)", 1, 1e8 - 1 },
	{ "seed", 's', OPTION_INTEGER, offsetof(struct options, seed), "N", "of everything (default 1)", 0, 1e15 },
	{ "lands", 'l', OPTION_INTEGER, offsetof(struct options, lands), "N", "of a bullet (default 6)", 2, 24 },
	{ NULL, 0, OPTION_FLAG, 0, NULL, NULL, 0, 0 }
};

static const struct option_program program = {
	"make-land-gallery", VERSION, "[option...] < base.sig > gallery.sig",
	"Makes large galleries of bullets for measuring, out of the lands among some signatures."
};

struct bases {
	struct land *land;
	size_t count;
};

static int add_base(struct bases *all, const struct signature *s, struct error *e)
{
	struct land *grown = mem_grow(all->land, all->count + 1, sizeof *grown, e), l;
	int status = grown ? ready_land(s, &l, e) : STATUS_SYSTEM;

	if (grown)
		all->land = grown;
	if (!status)
		all->land[all->count++] = l;
	return status;
}

static int read_bases(struct bases *all, struct error *e)
{
	struct frame_reader r;
	int status;

	frame_reader_start(&r, stdin);
	while (!(status = frame_next(&r, e))) {
		struct signature s;

		status = unpack_signature(&r.body, 1, &s, e);
		if (!status && s.mark == MARK_LAND && s.layer[LAYER_RELIEF] && !ready_check(&s, NULL))
			status = add_base(all, &s, e);
		signature_free(&s);
		if (status)
			break;
	}
	frame_reader_free(&r);
	if (status == STATUS_NO && all->count < PARTS)
		return error_set(e, STATUS_INPUT, "fewer than %d lands to start from", PARTS);
	return status == STATUS_NO ? STATUS_DONE : status;
}

/* Sample i of the land made is sample at + step i of this one, round and round. */
struct part {
	const struct land *land;
	int64_t at, step, until;   /* until: where the next begins */
};

static int sample_of(const struct part *p, int64_t i)
{
	int64_t n = p->land->n, k = (p->at + p->step * i) % n;

	return (int)(k < 0 ? k + n : k);
}

static void choose_parts(const struct bases *all, struct dice *d, int n, struct part part[PARTS])
{
	for (int k = 0; k < PARTS; k++) {
		const struct land *l = &all->land[dice_next(d) % all->count];

		part[k] = (struct part){ l, (int64_t)(dice_unit(d) * l->n), dice_unit(d) < .5 ? 1 : -1,
					 (int64_t)((k + .7 + .6 * dice_unit(d)) * n / PARTS) };
	}
	part[PARTS - 1].until = n + JOIN;
}

/* to holds room for n samples. */
static void mix(const struct part part[PARTS], struct land *to)
{
	const struct part *p = part;

	for (int i = 0; i < to->n; i++) {
		int from;
		double next;

		p += i >= p->until;
		from = sample_of(p, i);
		/* the share of the next one rises towards the end of this */
		next = i + JOIN > p->until ? (double)(i + JOIN - p->until) / (JOIN + 1) : 0;
		to->z[i] = p->land->z[from];
		to->sure[i] = p->land->sure[from];
		if (next > 0) {
			int other = sample_of(p + 1, i);
			bool there = to->sure[i] > 0 && p[1].land->sure[other] > 0;

			to->z[i] = there ? (float)((1 - next) * to->z[i] + next * p[1].land->z[other]) : 0;
			to->sure[i] = there ? fminf(to->sure[i], p[1].land->sure[other]) : 0;
		}
	}
}

static int say(struct signature *s, int64_t number, const struct options *o, struct error *e)
{
	static const enum meta key[] = { META_ID, META_EXHIBIT, META_LAND, META_LANDS, META_TWIST };
	char text[5][20];
	int status = STATUS_DONE;

	snprintf(text[0], sizeof *text, "S%08d", (int)number);
	snprintf(text[1], sizeof *text, "X%08d", (int)((number - 1) / o->lands + 1));
	snprintf(text[2], sizeof *text, "%d", (int)((number - 1) % o->lands + 1));
	snprintf(text[3], sizeof *text, "%d", (int)o->lands);
	snprintf(text[4], sizeof *text, "right");
	for (size_t k = 0; !status && k < sizeof key / sizeof *key; k++)
		status = signature_set(s, key[k], text[k], e);
	return status;
}

static int make_one(const struct bases *all, const struct options *o, int64_t number, struct land *room,
		    struct frame_writer *w, struct error *e)
{
	static const struct land_options options = LAND_OPTIONS_DEFAULT;
	struct part part[PARTS];
	struct buf frame = { 0 };
	struct signature s = { 0 };
	struct land l;
	struct dice d;
	int status;

	dice_seed(&d, dice_child((uint64_t)o->seed, (uint64_t)number));
	l = all->land[dice_next(&d) % all->count];
	l.z = room->z;
	l.sure = room->sure;
	choose_parts(all, &d, l.n, part);
	mix(part, &l);
	status = land_file(&l, &options, &s, e);
	if (!status)
		status = say(&s, number, o, e);
	if (!status)
		status = frame_pack(&s, &frame, e);
	if (!status)
		status = frame_write(w, &frame, e);
	buf_free(&frame);
	signature_free(&s);
	return status;
}

int main(int argc, char **argv)
{
	static float z[LAND_MOST], sure[LAND_MOST];
	struct bases all = { 0 };
	struct options o = { 1000, 1, 1, 6 };
	struct option_parsed parsed;
	struct land room = { .z = z, .sure = sure };
	struct frame_writer w;
	struct error e;
	int status = option_parse(table, argc, argv, &o, &parsed, &e);

	if (!status && parsed.action != OPTION_RUN)
		status = option_answer(stdout, &program, table, &parsed, &e);
	else if (!status)
		status = read_bases(&all, &e);
	frame_writer_start(&w, stdout);
	for (int64_t i = 0; !status && all.count && i < o.number; i++)
		status = make_one(&all, &o, o.first + i, &room, &w, &e);
	if (!status && all.count)
		status = frame_finish(&w, &e);
	for (size_t i = 0; i < all.count; i++)
		land_free(&all.land[i]);
	free(all.land);
	if (status)
		error_print(stderr, program.name, &e);
	return status;
}
