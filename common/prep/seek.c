/* seek.c - primer, breech-face ring and firing pin, coarsely over a whole surface, then closely */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The search goes over a small view of everything, at a cost that does not depend on the size of
 * the surface; what it finds is looked at again in a view cut out round it, whose tones and
 * resolution are then the same whatever the primer's share of the picture.
 *
 * A light from one side makes one slope of a pair bright and the other dark, and flats lie between:
 * nearness to the flats' own value turns that into the picture under a ring light. The flats' value
 * is taken to be the middle one of the whole picture, or of its middle part. */
#include "prep/seek.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "prep/rays.h"

#define WHOLE_PX 360     /* longer side of the view that is searched */
#define CLOSE_PX 400     /* side of the view that is looked at closely */
#define CLOSE_RADII 1.3  /* half its side, in primer radii */
#define STRONG 0.03      /* slope of tone per px from which an edge counts as shown */
#define CLEAR 0.85       /* a score from which other lights are not tried */
#define DOUBTFUL 0.62    /* a score below which even a dark field is tried */
#define WRONG_LIGHT 0.1  /* less, where the ring looks lit from one side and is taken as not */
#define ONE_SIDED 0.7    /* how much it must look so, see sidedness */
#define UNUSUAL 0.04     /* what a score must be better by, to assume an unusual light */
#define STEEPEST 5        /* of view_equalise */
#define BETWEEN_BLUR 1.5  /* px, more than other lights need */
#define BETWEEN_WIDE 2    /* how far from the flats' value, in its spread, a value still is near */
#define ZOOM_RADII 1.6    /* half the side of the part that is searched again, in a circle's radius */
#define ZOOM_MOST 0.75    /* only when it is smaller than this share of the shorter side */
#define ZOOM_LEAST_PX 64
#define ZOOM_BETTER 0.02
/* A whole case head looks much like a primer: its rim like the ring's edge, the primer like a firing pin. But
 * within it there is a whole primer, with a wide ring and a pin, that is about as convincing and whose middle is the
 * head's, since both are turned on one lathe; and it is this share of the head. */
#define HEAD_PRIMER_LEAST 0.25
#define HEAD_PRIMER_MOST 0.55
#define HEAD_EDGE 1.15    /* a primer's own rolled edge is wider than a rim's: what has one is no head */
#define HEAD_OFF 0.04
#define HEAD_SCORE 0.8
#define HEAD_LESS 0.03    /* by so much it may be less convincing */
#define HEAD_RING 0.55    /* least radius of its ring, in the primer's */
#define HEAD_PX 200       /* a coarse look is enough, it is looked at closely later */
#define HEAD_PART 0.62    /* half the side of what is searched, in the ring's radius */
#define PIN_CENTRES 4
#define PIN_LEAST 0.12    /* radius of the pin, in ring radii */
#define PIN_MOST 0.68
#define SLACK 0.07        /* how far the ring's edge may lie off its circle */
#define SLACK_BETWEEN 0.03

/* The tone of a prepared view under a light; part is where the flats' value is taken from. */
static int relight(struct view *v, int equalise, enum seek_light light, const struct circle *part,
		   struct error *e)
{
	int status;

	if (light == SEEK_FLATS_BETWEEN) {
		status = view_blur(v, BETWEEN_BLUR, e);
		return status ? status : view_nearness(v, part->x, part->y, part->r, BETWEEN_WIDE, e);
	}
	status = equalise ? view_equalise(v, STEEPEST, e) : STATUS_DONE;
	if (status == STATUS_DONE && light == SEEK_FLATS_DARK)
		for (size_t i = 0; i < view_points(v); i++)
			v->v[i] = 1 - v->v[i];
	return status;
}

/* Whether the band round the ring is brighter than the flat on one side and darker on the other, as
 * a light from one side makes it: the first harmonic of its difference, around the ring, against the
 * mean. Above 1 it is. -1: no memory. */
static double sidedness(const struct view *prepared, const struct rings *r, struct error *e)
{
	double mean = 0, along_x = 0, along_y = 0, flat, band, from = r->ring.r, to = 1.2 * from;
	struct rays rays;
	int seen = 0;

	if (r->has_primer)
		to = fmin(to, r->primer.r);
	if (rays_new(&rays, prepared, r->ring.x, r->ring.y, 72, (int)(1.5 * from) + 4, e))
		return -1;
	for (int a = 0; a < rays.angles; a++) {
		if (!rays_mean(&rays, a, 0.8 * from, 0.95 * from, &flat) ||
		    !rays_mean(&rays, a, from + 0.2 * (to - from), to - 0.2 * (to - from), &band))
			continue;
		mean += band - flat;
		along_x += 2 * (band - flat) * rays.dx[a];
		along_y += 2 * (band - flat) * rays.dy[a];
		seen++;
	}
	rays_free(&rays);
	return seen > 36 ? hypot(along_x, along_y) / fmax(fabs(mean), 1e-9) : 0;
}

/* One search under an assumed light; keeps the better of it and what was found before. */
static int try_light(const struct view *prepared, const struct rings_wish *wish, int equalise,
		     enum seek_light light, const struct circle *part, struct rings *best,
		     struct seek_found *out, struct error *e)
{
	struct view tone;
	struct rings r;
	double sided, advantage;
	int found = -1;

	if (view_copy(prepared, &tone, e))
		return -1;
	if (relight(&tone, equalise, light, part, e) == STATUS_DONE)
		found = rings_search(&tone, wish, &r, e);
	view_free(&tone);
	sided = found > 0 ? sidedness(prepared, &r, e) : 0;
	if (sided < 0)
		return -1;
	if (light == SEEK_FLATS_BETWEEN && sided < 1)
		return 0;
	/* the usual light is given up for a better one only, the easier the more it looks wrong */
	advantage = light == SEEK_FLATS_BRIGHT ? 0 :
		    best->score <= 0 ? UNUSUAL : UNUSUAL - (out->sided > ONE_SIDED ? WRONG_LIGHT : 0);
	if (found > 0 && r.score - advantage > best->score) {
		*best = r;
		out->light = light;
		out->sided = light == SEEK_FLATS_BRIGHT ? sided : 0;
	}
	return found;
}

static int search(const struct view *prepared, const struct seek_lens *lens,
		  const struct rings_wish *wish, struct rings *best, struct seek_found *out,
		  struct error *e)
{
	static const enum seek_light order[] = { SEEK_FLATS_BRIGHT, SEEK_FLATS_BETWEEN,
						 SEEK_FLATS_BETWEEN, SEEK_FLATS_DARK };
	double side = prepared->width < prepared->height ? prepared->width : prepared->height;
	struct circle part = { prepared->width / 2.0, prepared->height / 2.0, 4 * side, 0, 0, 0 };
	int found = 0;

	for (size_t i = 0; i < sizeof order / sizeof *order && found >= 0; i++) {
		int more;

		if ((int)order[i] >= lens->lights || (i > 0 && best->score >= CLEAR) ||
		    (order[i] == SEEK_FLATS_DARK && best->score >= DOUBTFUL))
			break;
		if (i == 2)
			part.r = 0.3 * side;
		more = try_light(prepared, wish, lens->equalise, order[i], &part, best, out, e);
		found = more < 0 || more > found ? more : found;
	}
	return found;
}

static void circle_out(const struct view *v, struct circle *c)
{
	view_out(v, c->x, c->y, &c->x, &c->y);
	c->r *= v->scale_x;
}

static void circle_in(const struct view *v, struct circle *c)
{
	view_in(v, c->x, c->y, &c->x, &c->y);
	c->r /= v->scale_x;
}

static void outline_out(const struct view *v, struct outline *o)
{
	for (int i = 0; i < OUTLINE_POINTS; i++)
		view_out(v, o->x[i], o->y[i], o->x + i, o->y + i);
}

/* A close view: its tone under the light, and as it is where that is another. */
struct close {
	struct view tone, plain;
	struct slope slope, plain_slope;
};

/* The firing pin among circles about the points within the ring that slopes point to. */
static int find_pin(const struct close *c, enum seek_light light, struct rings *r, struct error *e)
{
	int either = light == SEEK_FLATS_BETWEEN;
	const struct slope *g = either ? &c->plain_slope : &c->slope;
	const struct view *v = either ? &c->plain : &c->tone;
	double x[PIN_CENTRES], y[PIN_CENTRES];
	struct circles all = { .count = 0 };
	struct circle within = r->ring;
	int centres;

	within.r *= 0.97;
	centres = circle_centres(v, g, &within, PIN_LEAST * r->ring.r, PIN_MOST * r->ring.r,
				 PIN_CENTRES, x, y, e);
	if (centres < 0)
		return STATUS_SYSTEM;
	if (r->has_pin && !either)
		all.c[all.count++] = r->pin;
	for (int k = 0; k < centres; k++)
		circle_about(v, g, x[k], y[k], PIN_LEAST * r->ring.r, PIN_MOST * r->ring.r, either,
			     STRONG, 0.3, &all);
	rings_pin(&c->tone, &all, r);
	return STATUS_DONE;
}

/* Fits again, where what comes out is not far from what went in. */
static void refit(const struct close *c, struct circle *circle, double reach)
{
	struct circle to = *circle;

	if (circle_fit(&c->tone, &c->slope, &to, reach * circle->r, STRONG) &&
	    hypot(to.x - circle->x, to.y - circle->y) < 0.1 * circle->r)
		*circle = to;
}

/* Fits again and traces in a close view; everything in its pixels. */
static int look(const struct close *c, int given, struct seek_found *out, struct error *e)
{
	double slack = out->light == SEEK_FLATS_BETWEEN ? SLACK_BETWEEN : SLACK;
	struct rings *r = &out->rings;

	if (!given)
		refit(c, &r->ring, 0.05);
	if (r->has_primer)
		refit(c, &r->primer, 0.04);
	if (find_pin(c, out->light, r, e))
		return STATUS_SYSTEM;
	outline_circle(&out->ring, r->ring.x, r->ring.y, r->ring.r, r->ring.r);
	if (!given && trace_ring(&c->tone, &r->ring, slack, &out->ring, &out->ring_step, e))
		return STATUS_SYSTEM;
	if (r->has_pin && trace_pin(out->light == SEEK_FLATS_BETWEEN ? &c->plain : &c->tone, r,
				    &out->ring, &out->pin, &out->pin_step, e))
		return STATUS_SYSTEM;
	return STATUS_DONE;
}

static void close_free(struct close *c)
{
	view_free(&c->tone);
	view_free(&c->plain);
	slope_free(&c->slope);
	slope_free(&c->plain_slope);
}

/* From a view cut out, of which c->tone has the ownership, to tones and slopes. */
static int light_up(struct close *c, const struct seek_lens *lens, enum seek_light light,
		    const struct circle *ring, struct error *e)
{
	int status = lens->prepare(&c->tone, lens->with, e);

	if (status == STATUS_DONE && light == SEEK_FLATS_BETWEEN) {
		status = view_copy(&c->tone, &c->plain, e);
		if (status == STATUS_DONE)
			status = view_blur(&c->plain, BETWEEN_BLUR, e);
		if (status == STATUS_DONE)
			status = view_equalise(&c->plain, STEEPEST, e);
		if (status == STATUS_DONE)
			status = view_slope(&c->plain, &c->plain_slope, e);
	}
	if (status == STATUS_DONE)
		status = relight(&c->tone, lens->equalise, light, ring, e);
	if (status == STATUS_DONE)
		status = view_slope(&c->tone, &c->slope, e);
	return status;
}

/* Cuts out a close view round the primer, of which out->rings knows where it is, and looks. */
static int look_closely(const struct surface *s, const struct seek_lens *lens, int given,
			struct seek_found *out, struct error *e)
{
	struct rings *r = &out->rings;
	double half_x = CLOSE_RADII * r->primer.r, half_y = half_x;
	struct close c;
	int status;

	memset(&c, 0, sizeof c);
	if (s->spacing_x_um > 0 && s->spacing_y_um > 0)
		half_y *= s->spacing_x_um / s->spacing_y_um;
	status = view_cut(s, floor(r->primer.x - half_x), floor(r->primer.y - half_y),
			  ceil(2 * half_x), ceil(2 * half_y), CLOSE_PX, &c.tone, e);
	if (status)
		return status;
	out->edge_px = c.tone.scale_x;
	circle_in(&c.tone, &r->ring);
	circle_in(&c.tone, &r->primer);
	circle_in(&c.tone, &r->pin);
	status = light_up(&c, lens, out->light, &r->ring, e);
	if (status == STATUS_DONE)
		status = look(&c, given, out, e);
	circle_out(&c.tone, &r->ring);
	circle_out(&c.tone, &r->primer);
	circle_out(&c.tone, &r->pin);
	outline_out(&c.tone, &out->ring);
	outline_out(&c.tone, &out->pin);
	close_free(&c);
	return status;
}

/* Searches a part of the surface; what it finds is in pixels of the surface. */
static int search_part(const struct surface *s, const struct seek_lens *lens, double left, double top,
		       double width, double height, int longest_px, struct seek_found *out, struct error *e)
{
	struct rings_wish wish = { STRONG, 0, 0, 0 };
	struct view v;
	int found = -1;

	memset(out, 0, sizeof *out);
	if (view_cut(s, left, top, width, height, longest_px, &v, e))
		return -1;
	if (s->spacing_x_um > 0) {
		wish.ring_least = lens->ring_least_um / (s->spacing_x_um * v.scale_x);
		wish.ring_most = lens->ring_most_um / (s->spacing_x_um * v.scale_x);
		wish.primer_least = lens->primer_least_um / (s->spacing_x_um * v.scale_x);
	}
	if (lens->prepare(&v, lens->with, e) == STATUS_DONE)
		found = search(&v, lens, &wish, &out->rings, out, e);
	if (found > 0) {
		circle_out(&v, &out->rings.ring);
		circle_out(&v, &out->rings.primer);
		circle_out(&v, &out->rings.pin);
	}
	view_free(&v);
	return found;
}

/* Searches round what was found, where that is small, as if the picture had been taken of it alone,
 * and keeps what that finds where it is better. */
static int zoom(const struct surface *s, const struct seek_lens *lens, struct seek_found *out,
		struct error *e)
{
	const struct circle *c = &out->rings.primer;
	double half_x = ZOOM_RADII * c->r, half_y = half_x;
	double side = s->width < s->height ? s->width : s->height;
	struct seek_found near;
	int found;

	if (s->spacing_x_um > 0 && s->spacing_y_um > 0)
		half_y *= s->spacing_x_um / s->spacing_y_um;
	if (2 * half_x > ZOOM_MOST * side || 2 * half_x < ZOOM_LEAST_PX)
		return 0;
	found = search_part(s, lens, floor(c->x - half_x), floor(c->y - half_y), ceil(2 * half_x),
			    ceil(2 * half_y), WHOLE_PX, &near, e);
	if (found > 0 && near.rings.score > out->rings.score + ZOOM_BETTER)
		*out = near;
	return found;
}

/* Where what was found is a case head, finds the primer in it. */
static int head(const struct surface *s, const struct seek_lens *lens, struct seek_found *out, struct error *e)
{
	const struct circle *c = &out->rings.ring;
	double half_x = HEAD_PART * c->r, half_y = half_x, share;
	struct seek_found in;
	int found;

	if (s->spacing_x_um > 0 && s->spacing_y_um > 0)
		half_y *= s->spacing_x_um / s->spacing_y_um;
	if (2 * half_x < ZOOM_LEAST_PX ||
	    (out->rings.has_primer && out->rings.primer.r > HEAD_EDGE * c->r))
		return 0;
	found = search_part(s, lens, floor(c->x - half_x), floor(c->y - half_y), ceil(2 * half_x),
			    ceil(2 * half_y), HEAD_PX, &in, e);
	share = in.rings.primer.r / c->r;
	if (found > 0 && in.rings.has_primer && in.rings.has_pin && in.rings.score >= HEAD_SCORE &&
	    in.rings.score >= out->rings.score - HEAD_LESS && in.rings.ring.r >= HEAD_RING * in.rings.primer.r &&
	    share >= HEAD_PRIMER_LEAST && share <= HEAD_PRIMER_MOST &&
	    hypot(in.rings.primer.x - c->x, (in.rings.primer.y - c->y) * half_x / half_y) <= HEAD_OFF * c->r)
		*out = in;
	return found;
}

int seek_find(const struct surface *s, const struct seek_lens *lens, struct seek_found *out,
	      struct error *e)
{
	int found = search_part(s, lens, 0, 0, s->width, s->height, WHOLE_PX, out, e);

	if (found > 0 && zoom(s, lens, out, e) < 0)
		found = -1;
	if (found > 0 && head(s, lens, out, e) < 0)
		found = -1;
	if (found > 0 && look_closely(s, lens, 0, out, e))
		found = -1;
	return found;
}

int seek_within(const struct surface *s, const struct seek_lens *lens, double x, double y, double r,
		struct seek_found *out, struct error *e)
{
	struct circle given = { x, y, r, -1, 1, 1 };

	memset(out, 0, sizeof *out);
	out->rings.ring = out->rings.primer = given;
	out->rings.primer.r *= 1.4;
	return look_closely(s, lens, 1, out, e) ? -1 : 1;
}

static double enlarge(double x, int step)
{
	return (x + 0.5) * step - 0.5;
}

void seek_enlarge(struct seek_found *found, int step)
{
	struct circle *circle[3] = { &found->rings.ring, &found->rings.primer, &found->rings.pin };
	struct outline *outline[2] = { &found->ring, &found->pin };

	for (int k = 0; k < 3; k++) {
		circle[k]->x = enlarge(circle[k]->x, step);
		circle[k]->y = enlarge(circle[k]->y, step);
		circle[k]->r *= step;
	}
	for (int k = 0; k < 2; k++)
		for (int i = 0; i < OUTLINE_POINTS; i++) {
			outline[k]->x[i] = enlarge(outline[k]->x[i], step);
			outline[k]->y[i] = enlarge(outline[k]->y[i], step);
		}
	found->edge_px *= step;
}
