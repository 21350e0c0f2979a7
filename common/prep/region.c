/* region.c - find primer, breech-face ring and firing-pin impression in a surface */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "prep/region.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "prep/flatness.h"
#include "prep/region_parts.h"

#define SPECKLE_PX 1.5  /* blur of a photograph's view */
#define RING_LEAST_UM 1150  /* radius of the ring, where the spacing is known: primers */
#define RING_MOST_UM 3000   /* are 4.45 or 5.3 mm wide */
#define RING_USUAL_UM 1650
#define PRIMER_LEAST_UM 2000  /* radius of the pocket's mouth */
#define MOUTH_NEAR 1.19     /* radius of the mouth, in the ring's: hardly ever less */
#define MOUTH_TURN 72       /* directions in which it is asked for */
#define DEEP_LEAST 0.02     /* of a mask's circle lies as deep as only a firing-pin impression does: it is none; */
			    /* of masked scans at most 0.002, of others from 0.07 on */
#define REST_RING 0.7       /* radius of a ring, in that of all that is left */
#define SMALL_PX 1000  /* longer side of the surface of means that is looked at, at least */

static const struct region_limits usual = REGION_LIMITS_DEFAULT;

void region_free(struct region *r)
{
	free(r->label);
	memset(r, 0, sizeof *r);
}

const char *region_way_text(enum region_way way)
{
	static const char *text[] = { "found", "masked", "mask given", "circle given" };

	return text[way];
}

/* Whether most of the circle where the mouth would be, for a usual ring, lies beyond the frame. */
static bool mouth_hidden(const struct region *r)
{
	double radius = REGION_MOUTH_UM / 2.0 / RING_USUAL_UM * r->ring.r;
	int hidden = 0;

	for (int a = 0; a < MOUTH_TURN; a++) {
		double x = r->ring.x + radius * cos(2 * M_PI * a / MOUTH_TURN);
		double y = r->ring.y + radius * sin(2 * M_PI * a / MOUTH_TURN);

		hidden += x < 0 || y < 0 || x > r->width - 1 || y > r->height - 1;
	}
	return 2 * hidden > MOUTH_TURN;
}

double region_spacing_um(const struct region *r, double mouth_um)
{
	bool mouth = r->primer.r > 0;

	if (mouth_um <= 0)
		mouth_um = REGION_MOUTH_UM;
	/* in a frame that the primer fills, a groove near the ring is taken for the mouth, which is not there */
	if (mouth && r->primer.r < MOUTH_NEAR * r->ring.r && mouth_hidden(r))
		mouth = false;
	if (mouth)
		return mouth_um / (2 * r->primer.r);
	return r->ring.r > 0 ? RING_USUAL_UM * mouth_um / REGION_MOUTH_UM / r->ring.r : 0;
}

static int prepare_photograph(struct view *v, const void *with, struct error *e)
{
	(void)with;
	return view_blur(v, SPECKLE_PX, e);
}

static int prepare_topography(struct view *v, const void *with, struct error *e)
{
	const struct surface *s = with;

	return flatness(v, s->spacing_x_um * v->scale_x, e);
}

struct seek_lens region_lens(const struct surface *s)
{
	struct seek_lens photograph = { prepare_photograph, NULL, 1, 3, RING_LEAST_UM, RING_MOST_UM,
					PRIMER_LEAST_UM };
	struct seek_lens topography = { prepare_topography, s, 0, 1, RING_LEAST_UM, RING_MOST_UM, PRIMER_LEAST_UM };

	return s->kind == SURFACE_PHOTOGRAPH ? photograph : topography;
}

/* An empty one of the surface's size. */
static int begin(const struct surface *s, struct region *out, struct error *e)
{
	memset(out, 0, sizeof *out);
	if (s->width < 16 || s->height < 16)
		return error_set(e, STATUS_INPUT, "the image is too small: %d x %d points", s->width,
				 s->height);
	if (s->valid == 0)
		return error_set(e, STATUS_INPUT, "all points are missing");
	out->label = mem_new((size_t)s->width * (size_t)s->height, 1, e);
	if (!out->label)
		return STATUS_SYSTEM;
	out->width = s->width;
	out->height = s->height;
	out->score = out->focus = out->texture = out->saturated = out->coverage = -1;
	return STATUS_DONE;
}

/* Counts the ring's points, takes missing ones out of it, and says whether that is enough. */
static int count_ring(const struct surface *s, const struct region_limits *l, struct region *out,
		      struct error *e)
{
	size_t n = (size_t)s->width * (size_t)s->height, count[REGION_FLOWBACK + 1] = { 0 };
	int known = s->spacing_x_um > 0 && s->spacing_y_um > 0;
	double tall = known ? s->spacing_x_um / s->spacing_y_um : 1, circle, full;

	if (s->valid < n)
		for (size_t i = 0; i < n; i++)
			if (out->label[i] == REGION_BREECH && s->z[i] - s->z[i] != 0)
				out->label[i] = REGION_NONE;
	for (size_t i = 0; i < n; i++)
		count[out->label[i]]++;
	out->breech = count[REGION_BREECH];
	circle = M_PI * out->ring.r * out->ring.r * tall;
	full = circle - (double)(count[REGION_PIN] + count[REGION_FLOWBACK]);
	out->coverage = full > 0 ? fmin(1, (double)out->breech / full) : 0;
	if (out->ring.r < l->least_radius_px)
		return error_set(e, STATUS_INPUT, "too little surface: the ring's radius is only %.0f points",
				 out->ring.r);
	if (out->breech < l->least_points || (double)out->breech < l->least_share * circle)
		return error_set(e, STATUS_INPUT, "too little surface: %zu points, %.0f %% of the ring's circle",
				 out->breech, 100 * (double)out->breech / circle);
	return STATUS_DONE;
}

/* Fills out from what was sought. */
static int take(const struct region_job *job, struct region *out, struct error *e)
{
	struct seek_found f = job->found;
	const struct rings *r = &f.rings;
	int status;

	seek_enlarge(&f, job->step);
	out->ring = (struct region_circle){ r->ring.x, r->ring.y, r->ring.r };
	if (r->has_primer)
		out->primer = (struct region_circle){ r->primer.x, r->primer.y, r->primer.r };
	out->score = job->given ? -1 : r->score;
	if (job->full->kind == SURFACE_PHOTOGRAPH)
		status = region_photo(job, out, e);
	else
		status = region_topo(job, out, e);
	return status ? status : count_ring(job->full, job->limits, out, e);
}

static double least_score(const struct surface *s, const struct region_limits *l)
{
	return s->kind == SURFACE_PHOTOGRAPH ? l->least_score_photo : l->least_score_topo;
}

/* 0 to 1 between two ends, to a power. */
static double grade(double value, double bad, double good, double power)
{
	return value < 0 ? 1 : pow(fmax(0.02, fmin(1, (value - bad) / (good - bad))), power);
}

/* A product, so that one bad figure is enough to spoil it. What was not measured does not count. */
static void judge(const struct surface *s, const struct region_limits *l, struct region *out)
{
	out->quality = 100 * grade(out->score, least_score(s, l) - 0.1, 0.9, 0.3) *
		       grade(out->focus, 0.5 * l->least_focus, 0.9, 0.5) *
		       grade(out->coverage, 0, 0.9, 0.4) * grade(out->texture, 0, 0.04, 0.3) *
		       grade(out->saturated < 0 ? -1 : 1 - out->saturated, 0.4, 0.95, 0.3);
}

static int finish(const struct surface *s, const struct region_limits *l, int status,
		  struct region *out)
{
	if (status)
		region_free(out);
	else
		judge(s, l, out);
	return status;
}

/* Seeks the ring, or only what is in it where the circle is given, and judges. */
static int seek(const struct surface *s, const struct region_limits *l,
		const struct region_circle *given, struct region *out, struct error *e)
{
	int step = (s->width > s->height ? s->width : s->height) / SMALL_PX, status, found;
	struct region_job job = { .full = s, .small = s, .step = 1, .limits = l, .given = !!given };
	struct surface small = { .z = NULL };
	struct seek_lens lens;

	if (step > 1) {
		job.step = step;
		if (view_condense(s, step, &small, e))
			return STATUS_SYSTEM;
		job.small = &small;
	}
	lens = region_lens(job.small);
	if (given)
		found = seek_within(job.small, &lens, (given->x + 0.5) / job.step - 0.5,
				    (given->y + 0.5) / job.step - 0.5, given->r / job.step, &job.found,
				    e);
	else
		found = seek_find(job.small, &lens, &job.found, e);
	if (found < 0)
		status = e->status;
	else if (!given && (found == 0 || job.found.rings.score < least_score(s, l)))
		status = error_set(e, STATUS_INPUT, "no primer found (best score %.2f, %.2f needed)",
				   found ? job.found.rings.score : 0, least_score(s, l));
	else
		status = take(&job, out, e);
	surface_free(&small);
	return status;
}

/* As begin left it. */
static void begin_again(struct region *out)
{
	struct region fresh = { .width = out->width, .height = out->height, .label = out->label };

	memset(out->label, 0, (size_t)out->width * (size_t)out->height);
	fresh.score = fresh.focus = fresh.texture = fresh.saturated = fresh.coverage = -1;
	*out = fresh;
}

/* Of a scan that nobody masked, but that lost its steep places, and with them all that is round the primer: the
 * primer's flat is most of what is left. Where a smaller ring is found in it, or none, it is that. */
static int find_in_rest(const struct surface *s, const struct region_limits *l, struct region *out, struct error *e)
{
	struct region_circle rest = out->ring;
	int status;

	begin_again(out);
	status = seek(s, l, NULL, out, e);
	if (status == STATUS_SYSTEM || (status == STATUS_DONE && out->ring.r >= REST_RING * rest.r))
		return status;
	begin_again(out);
	return seek(s, l, &rest, out, e);
}

/* Where the surface is masked already: its mask. Else sought and judged. */
static int find(const struct surface *s, const struct region_limits *l, struct region *out,
		struct error *e)
{
	double deep = 0;
	int masked = 0;

	if (s->kind == SURFACE_TOPOGRAPHY && s->valid < (size_t)s->width * (size_t)s->height)
		masked = region_mask(s, NULL, 0, out, e);
	if (masked < 0 || (masked && region_topo_deep(s, &out->ring, &deep, e)))
		return STATUS_SYSTEM;
	if (!masked)
		return seek(s, l, NULL, out, e);
	if (deep >= DEEP_LEAST)
		return find_in_rest(s, l, out, e);
	out->way = REGION_MASKED;
	return count_ring(s, l, out, e);
}

int region_find(const struct surface *s, const struct region_limits *limits, struct region *out,
		struct error *e)
{
	const struct region_limits *l = limits ? limits : &usual;
	struct error own;
	int status;

	e = e ? e : &own;
	status = begin(s, out, e);
	if (status == STATUS_DONE)
		status = find(s, l, out, e);
	return finish(s, l, status, out);
}

/* Figures of a photograph whose mask is given; nothing is refused for them. */
static int measure(const struct surface *s, const struct region_limits *l, struct region *out,
		   struct error *e)
{
	struct region_job job = { .full = s, .small = s, .step = 1, .limits = l, .given = 1 };
	struct rings *r = &job.found.rings;

	r->ring = (struct circle){ out->ring.x, out->ring.y, out->ring.r, -1, 1, 1 };
	r->pin = (struct circle){ out->pin.x, out->pin.y, out->pin.r, 1, 1, 1 };
	r->has_pin = out->pin.r > 0;
	outline_circle(&job.found.ring, out->ring.x, out->ring.y, out->ring.r, out->ring.r);
	outline_circle(&job.found.pin, out->pin.x, out->pin.y, out->pin.r, out->pin.r);
	return s->kind == SURFACE_PHOTOGRAPH ? region_photo_measure(&job, out, NULL, e) : STATUS_DONE;
}

int region_from_mask(const struct surface *s, const uint8_t *mask, const struct region_limits *limits,
		     struct region *out, struct error *e)
{
	const struct region_limits *l = limits ? limits : &usual;
	struct error own;
	int status, found;

	e = e ? e : &own;
	status = begin(s, out, e);
	if (status == STATUS_DONE) {
		found = region_mask(s, mask, 1, out, e);
		if (found < 0)
			status = STATUS_SYSTEM;
		else if (found == 0)
			status = error_set(e, STATUS_INPUT, "the mask is empty");
		out->way = REGION_GIVEN_MASK;
	}
	if (status == STATUS_DONE)
		status = count_ring(s, l, out, e);
	if (status == STATUS_DONE)
		status = measure(s, l, out, e);
	return finish(s, l, status, out);
}

int region_from_circle(const struct surface *s, double x, double y, double r,
		       const struct region_limits *limits, struct region *out, struct error *e)
{
	const struct region_limits *l = limits ? limits : &usual;
	struct region_circle given = { x, y, r };
	struct error own;
	int status;

	e = e ? e : &own;
	memset(out, 0, sizeof *out);
	if (!(r > 0) || !(r < s->width + s->height) || !(x + r > 0) || !(y + r > 0) ||
	    !(x - r < s->width) || !(y - r < s->height))
		return error_set(e, STATUS_INPUT,
				 "the circle %g,%g,%g does not fit the image of %d x %d points", x, y, r,
				 s->width, s->height);
	status = begin(s, out, e);
	if (status == STATUS_DONE)
		status = seek(s, l, &given, out, e);
	out->way = REGION_GIVEN_CIRCLE;
	return finish(s, l, status, out);
}
