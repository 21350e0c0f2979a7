/* shoulder.c - the two groove shoulders of a land, and the land between them */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "prep/shoulder.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "math/profile.h"
#include "math/robust.h"

/* A land engraved area is a part of a cylinder that lies lower than the grooves on both sides of
 * it. Its median cross-section is an arc; the longest run of knots that one arc explains is the
 * core of the land. From its ends outwards, the land ends where the section has risen from the
 * continued arc and stays above it; the shoulder's foot is where that rise began. A bump after
 * which the arc goes on is a bump; missing points after which it goes on are missing points. */
#define KNOTS_LEAST 8        /* of a section, for its own curve */
#define KNOT 16             /* samples: 25 um of 1.5625 */
#define ON_ARC_UM 6.0       /* a knot this near the arc lies on it */
#define RISE_UM 8.0
#define FALL_UM 15.0
#define STAY_UM 60.0        /* a rise or fall this long is no bump ... */
#define RESUME_UM 150.0     /* ... unless the arc goes on behind it for so long */
#define LONGEST_BUMP_UM 250.0
#define GAP_UM 60.0
#define FOOT_UM 150.0       /* how far from the rise its foot is looked for */
#define FOOT_SLOPE 0.06
#define LEAST_SHARE 0.25    /* of the sections that must have a sample */
#define HIGHER_UM 600.0     /* a run this long may be tried with a higher degree */
#define SMALLEST_RADIUS_UM 1000.0

const char *land_end_name(enum land_end end)
{
	static const char *name[] = { "data", "rise", "gap", "fall", "band", "given" };

	return name[end];
}

/* Medians of KNOT samples; missing where fewer than half are there. */
static void knots_of(const float *z, int n, float *knot)
{
	for (int k = 0; k < n / KNOT; k++) {
		float few[KNOT];
		int m = 0;

		for (int i = k * KNOT; i < (k + 1) * KNOT; i++)
			if (!isnan(z[i]))
				few[m++] = z[i];
		knot[k] = 2 * m >= KNOT ? robust_median(few, m) : NAN;
	}
}

struct bench {
	int count, width, knots;
	float *knot;         /* count * knots */
	float *few;          /* count */
	float *common;       /* knots: what the sections agree on */
	float *profile;      /* width: their median */
	float *share;        /* width: how many of them have a sample, 0 to 1 */
	float *above;        /* width: the profile above the arc, smoothed */
	double *x, *y, *w;   /* knots */
	struct robust_poly *tilt;  /* count */
};

/* What explains a run of knots: a polynomial over samples, trusted from `from` to `to`, and the
 * curvature of its parabola, um per sample squared. */
struct arc {
	struct robust_poly p;
	double from, to, bend;
};

static void bench_free(struct bench *b)
{
	free(b->knot);
	free(b->few);
	free(b->common);
	free(b->profile);
	free(b->share);
	free(b->above);
	free(b->x);
	free(b->tilt);
}

static int bench_make(struct bench *b, const struct sections *s, struct error *e)
{
	b->count = s->count;
	b->width = s->width;
	b->knots = s->width / KNOT;
	b->knot = mem_new((size_t)b->count * (size_t)b->knots, sizeof *b->knot, e);
	b->few = mem_new((size_t)b->count, sizeof *b->few, e);
	b->common = mem_new((size_t)b->knots, sizeof *b->common, e);
	b->profile = mem_new((size_t)b->width, sizeof *b->profile, e);
	b->share = mem_new((size_t)b->width, sizeof *b->share, e);
	b->above = mem_new((size_t)b->width, sizeof *b->above, e);
	b->x = mem_new((size_t)b->knots * 3, sizeof *b->x, e);
	b->tilt = mem_new((size_t)b->count, sizeof *b->tilt, e);
	if (!b->knot || !b->few || !b->common || !b->profile || !b->share || !b->above || !b->x || !b->tilt)
		return STATUS_SYSTEM;
	b->y = b->x + b->knots;
	b->w = b->y + b->knots;
	for (int k = 0; k < b->count; k++) {
		knots_of(s->z + (size_t)k * (size_t)s->width, s->width, b->knot + (size_t)k * (size_t)b->knots);
		b->tilt[k] = (struct robust_poly){ .reach = 1 };
	}
	return STATUS_DONE;
}

/* The section with the most knots: what the others are first levelled against. */
static void start_common(struct bench *b)
{
	int best = 0, most = -1;

	for (int k = 0; k < b->count; k++) {
		int n = 0;

		for (int j = 0; j < b->knots; j++)
			n += !isnan(b->knot[k * b->knots + j]);
		/* the middle one of equals */
		if (n > most || (n == most && abs(k - b->count / 2) < abs(best - b->count / 2))) {
			most = n;
			best = k;
		}
	}
	for (int j = 0; j < b->knots; j++)
		b->common[j] = b->knot[best * b->knots + j];
}

static void level_once(struct bench *b)
{
	for (int k = 0; k < b->count; k++) {
		int n = 0;

		for (int j = 0; j < b->knots; j++) {
			double d = b->knot[k * b->knots + j] - b->common[j];

			if (isnan(d))
				continue;
			b->x[n] = (j + 0.5) * KNOT;
			b->y[n++] = d;
		}
		if (n < 6 || robust_poly_fit(b->x, b->y, NULL, n, 1, 5, 0.5, &b->tilt[k]))
			b->tilt[k].c[0] = NAN;
	}
	for (int j = 0; j < b->knots; j++) {
		int n = 0;

		for (int k = 0; k < b->count; k++) {
			double z = b->knot[k * b->knots + j] - robust_poly_at(&b->tilt[k], (j + 0.5) * KNOT);

			if (!isnan(z))
				b->few[n++] = (float)z;
		}
		b->common[j] = n >= LEAST_SHARE * b->count && n ? robust_median(b->few, n) : NAN;
	}
}

/* Takes the tilts away and fills profile and share. */
static void profile_of(struct bench *b, struct sections *s)
{
	for (int k = 0; k < b->count; k++) {
		float *z = s->z + (size_t)k * (size_t)s->width;
		double slope = robust_poly_slope(&b->tilt[k], 0), height = robust_poly_at(&b->tilt[k], 0);

		for (int i = 0; i < s->width; i++)
			z[i] = (float)(z[i] - height - slope * i);
	}
	for (int i = 0; i < b->width; i++) {
		int n = 0;

		for (int k = 0; k < b->count; k++) {
			float z = s->z[(size_t)k * (size_t)s->width + (size_t)i];

			if (!isnan(z))
				b->few[n++] = z;
		}
		b->share[i] = (float)n / (float)b->count;
		b->profile[i] = b->share[i] >= LEAST_SHARE && n ? robust_median(b->few, n) : NAN;
	}
}

/* Whether the arc is one a land can have: not hollow, not tighter than any bullet. */
static bool arc_of_land(const struct arc *a, double step_um)
{
	double bend = a->bend / (step_um * step_um);  /* 1/um */

	return bend < 1e-5 && bend > -1 / SMALLEST_RADIUS_UM;
}

/* The arc at x: beyond the knots that made it, it goes on as the parabola that touches it there,
 * because polynomials of higher degree turn away. */
static double arc_at(const struct arc *a, double x)
{
	double end = fmin(fmax(x, a->from), a->to), d = x - end;

	return robust_poly_at(&a->p, end) + d * (robust_poly_slope(&a->p, end) + 0.5 * a->bend * d);
}

/* The run of knots about `seed` that lies on the arc; up to GAP_UM of others within it. */
static int run_on_arc(const struct bench *b, const struct arc *a, double step_um, int seed, int *first,
		      int *last)
{
	int gap = (int)(GAP_UM / step_um / KNOT) + 1, n = 0;

	*first = *last = seed;
	for (int side = -1; side <= 1; side += 2) {
		int miss = 0;

		for (int j = side < 0 ? seed : seed + 1; j >= 0 && j < b->knots && miss <= gap; j += side) {
			bool on = fabs(b->common[j] - arc_at(a, (j + 0.5) * KNOT)) < ON_ARC_UM;

			miss = on ? 0 : miss + 1;
			n += on;
			if (on)
				*(side < 0 ? first : last) = j;
		}
	}
	return n;
}

static int fit_knots(struct bench *b, int first, int last, int degree, struct arc *a)
{
	int n = 0;

	for (int j = first; j <= last; j++)
		if (!isnan(b->common[j])) {
			b->x[n] = (j + 0.5) * KNOT;
			b->y[n++] = b->common[j];
		}
	if (n < degree + 4 || robust_poly_fit(b->x, b->y, NULL, n, degree, 8, 1.0, &a->p))
		return -1;
	a->from = b->x[0];
	a->to = b->x[n - 1];
	if (degree == 2)
		a->bend = 2 * a->p.c[2] / (a->p.reach * a->p.reach);
	return 0;
}

/* Lets the run first..last grow while its arc explains more; returns how many knots lie on it. */
static int grow(struct bench *b, double step_um, int degree, struct arc *a, int *first, int *last)
{
	int grown = 0;

	for (int round = 0; round < 8; round++) {
		struct arc next = *a;
		int left = *first, right = *last, n;

		if (fit_knots(b, left, right, degree, &next) || !arc_of_land(&next, step_um))
			return grown;
		n = run_on_arc(b, &next, step_um, (left + right) / 2, &left, &right);
		if (n <= grown)
			return grown;
		grown = n;
		*a = next;
		*first = left;
		*last = right;
	}
	return grown;
}

/* Starts from windows of several widths and places, lets each grow, and keeps the longest run.
 * A land that is no circle (pressed, worn) may need a higher degree; it gets it only where its
 * run is long enough to bear it and grows by it. */
static int core(struct bench *b, double step_um, struct arc *arc, int *first, int *last)
{
	static const double share[] = { 0.7, 0.45, 0.3, 0.2 };
	int most = 0;

	for (size_t k = 0; k < sizeof share / sizeof *share; k++) {
		int wide = (int)(share[k] * b->knots);

		for (int from = 0; wide >= 8 && from + wide <= b->knots; from += wide / 4) {
			int left = from, right = from + wide - 1;
			struct arc a = { 0 };
			int n = grow(b, step_um, 2, &a, &left, &right);

			if (n > most) {
				most = n;
				*arc = a;
				*first = left;
				*last = right;
			}
		}
	}
	for (int degree = 3; degree <= ROBUST_DEGREE && most * KNOT * step_um > HIGHER_UM; degree++) {
		int left = *first, right = *last;
		struct arc a = *arc;
		int n = grow(b, step_um, degree, &a, &left, &right);

		if (n > 1.05 * most) {
			most = n;
			*arc = a;
			*first = left;
			*last = right;
		}
	}
	return most;
}

/* A look outwards from the core: i runs 0, 1, 2... from `from` in direction side. */
struct view {
	const struct bench *b;
	int from, side, n;
	double step_um;
};

static float above_at(const struct view *v, int i)
{
	return v->b->above[v->from + v->side * i];
}

/* How much of the um behind i lies on the arc (or is missing), above `high`, below `low`. */
static void behind(const struct view *v, int i, double length_um, double *on, double *high, double *missing)
{
	int length = (int)(length_um / v->step_um), n = 0, up = 0, gone = 0;
	int count = 0;

	for (; count < length && i + count < v->n; count++) {
		float a = above_at(v, i + count);

		if (isnan(a))
			gone++;
		else if (a > RISE_UM * 0.6f)
			up++;
		else if (a > -FALL_UM)
			n++;
	}
	*on = count ? (double)n / length : 0;
	*high = count ? (double)up / count : 0;
	*missing = count ? (double)gone / count : 1;
}

/* Whether within LONGEST_BUMP_UM of i the arc goes on and stays. */
static bool resumes(const struct view *v, int i)
{
	int reach = (int)(LONGEST_BUMP_UM / v->step_um);

	for (int k = i; k < i + reach && k < v->n; k += 4) {
		double on, high, missing;

		behind(v, k, RESUME_UM, &on, &high, &missing);
		if (on > 0.9)
			return true;
	}
	return false;
}

/* The end of the land on one side: how far from v->from, and what is there. */
static int end_of_land(const struct view *v, enum land_end *end)
{
	int gap = 0, fall = 0, stay = (int)(STAY_UM / v->step_um);

	*end = LAND_END_DATA;
	for (int i = 0; i < v->n; i++) {
		float a = above_at(v, i);

		gap = isnan(a) ? gap + 1 : 0;
		fall = a < -FALL_UM ? fall + 1 : 0;
		if (a > RISE_UM) {
			double on, high, missing;

			behind(v, i, STAY_UM, &on, &high, &missing);
			if (high + missing < 0.8 || resumes(v, i))
				continue;
			*end = LAND_END_RISE;
			return i;
		}
		if (gap > GAP_UM / v->step_um && !resumes(v, i)) {
			/* points that are missing to the scan's end are its end */
			bool more = false;

			for (int k = i; k < v->n && !more; k++)
				more = !isnan(above_at(v, k));
			*end = more ? LAND_END_GAP : LAND_END_DATA;
			return i - gap + 1;
		}
		if (fall > 2 * stay && !resumes(v, i)) {
			*end = LAND_END_FALL;
			return i - fall + 1;
		}
	}
	return v->n;
}

/* Back from a rise at i to where it began. */
static int foot(const struct view *v, int i)
{
	int far = i - (int)(FOOT_UM / v->step_um), few = (int)(10 / v->step_um) + 1;

	for (; i > far && i - few > 0; i--) {
		float here = above_at(v, i), inner = above_at(v, i - few);

		if (isnan(here) || isnan(inner))
			continue;
		if (here < 0.4 * RISE_UM && here - inner < FOOT_SLOPE * few * v->step_um)
			break;
	}
	return i;
}

static double side_of(const struct bench *b, double step_um, int from, int side, double margin_um,
		      enum land_end *end)
{
	struct view v = { b, from, side, side < 0 ? from + 1 : b->width - from, step_um };
	int i = end_of_land(&v, end);

	if (*end == LAND_END_RISE || *end == LAND_END_GAP)
		i = foot(&v, i);
	/* the last sample of the scan has a neighbour missing; a fall's edge is round as well */
	i -= (int)((*end == LAND_END_DATA ? 0 : margin_um) / step_um) + 1;
	return from + side * i;
}

static int judge(const struct shoulders *s, const struct sections *sections, double least_um, struct error *e)
{
	double wide_um = (s->right - s->left) * sections->step_um;

	if (s->left_end == LAND_END_FALL && s->right_end != LAND_END_RISE && s->right_end != LAND_END_GAP)
		return error_set(e, STATUS_INPUT, "all groove: what is seen stands above its left side");
	if (s->right_end == LAND_END_FALL && s->left_end != LAND_END_RISE && s->left_end != LAND_END_GAP)
		return error_set(e, STATUS_INPUT, "all groove: what is seen stands above its right side");
	if (wide_um < least_um)
		return error_set(e, STATUS_INPUT, "all groove or too narrow: the land between the shoulders is "
				 "%.0f um wide, %.0f are needed", fmax(wide_um, 0), least_um);
	return STATUS_DONE;
}

/* The share of the sections that are curved as the land is, within a third: a cylinder is the same all
 * along, a dent or a primer's edge is not. */
static double alike(struct bench *b, int first, int last, double bend)
{
	int asked = 0, same = 0;

	for (int k = 0; k < b->count; k++) {
		struct robust_poly p;
		int n = 0;

		for (int j = first; j <= last; j++) {
			float z = b->knot[k * b->knots + j];

			if (isnan(z))
				continue;
			b->x[n] = (j + 0.5) * KNOT;
			b->y[n++] = z;
		}
		if (n < KNOTS_LEAST || 4 * n < last - first + 1 || robust_poly_fit(b->x, b->y, NULL, n, 2, 6, 1, &p))
			continue;
		asked++;
		same += fabs(2 * p.c[2] / (p.reach * p.reach) - bend) < fabs(bend) / 3;
	}
	return asked ? (double)same / asked : 0;
}

/* Radius and sag of the parabola through the whole land. */
static void measure(struct bench *b, const struct sections *s, struct shoulders *out)
{
	int first = (int)(out->left / KNOT), last = (int)(out->right / KNOT) - 1;
	double half = (out->right - out->left) / 2;
	struct arc a = { 0 };

	if (fit_knots(b, first, last, 2, &a))
		return;
	out->sag_um = -a.bend / 2 * half * half;
	out->radius_um = fabs(a.bend) > 1e-12 ? -s->step_um * s->step_um / a.bend : 0;
	out->alike = alike(b, first, last, a.bend);
}

static int find(struct bench *b, const struct sections *s, const struct shoulder_options *o,
		struct shoulders *out, struct error *e)
{
	struct arc arc = { 0 };
	int first = 0, last = 0, inset, n = core(b, s->step_um, &arc, &first, &last);
	float *rough = b->share;  /* no longer needed */

	if (n * KNOT * s->step_um < o->least_um / 2)
		return error_set(e, STATUS_INPUT, "all groove or no land: of %.0f um across no stretch of %.0f "
				 "lies on one arc", s->width * s->step_um, o->least_um / 2);
	for (int i = 0; i < b->width; i++)
		rough[i] = (float)(b->profile[i] - arc_at(&arc, i));
	profile_box(rough, b->width, 4, b->above);
	inset = (last - first) / 4;
	out->left = side_of(b, s->step_um, (first + inset) * KNOT, -1, o->margin_um, &out->left_end);
	out->right = side_of(b, s->step_um, (last - inset) * KNOT, 1, o->margin_um, &out->right_end);
	return STATUS_DONE;
}

int shoulder_settle(const struct sections *s, const struct shoulder_options *options, struct shoulders *out,
		    struct error *e)
{
	if (!isnan(options->left_um)) {
		out->left = fmin(fmax(options->left_um / s->step_um, 0), s->width - 1);
		out->left_end = LAND_END_GIVEN;
	}
	if (!isnan(options->right_um)) {
		out->right = fmin(fmax(options->right_um / s->step_um, 0), s->width - 1);
		out->right_end = LAND_END_GIVEN;
	}
	return judge(out, s, options->least_um, e);
}

int shoulder_find(struct sections *s, const struct shoulder_options *options, struct shoulders *out,
		  struct error *e)
{
	struct bench b = { 0 };
	int status;

	*out = (struct shoulders){ 0 };
	status = s->width < 8 * KNOT || s->count < 1 ?
		error_set(e, STATUS_INPUT, "%.0f um across are too narrow for a land", s->width * s->step_um) :
		bench_make(&b, s, e);
	if (status)
		goto out;
	start_common(&b);
	for (int round = 0; round < 3; round++)
		level_once(&b);
	profile_of(&b, s);
	knots_of(b.profile, b.width, b.common);
	status = find(&b, s, options, out, e);
	if (status)
		goto out;
	status = shoulder_settle(s, options, out, e);
	if (!status)
		measure(&b, s, out);
out:
	bench_free(&b);
	return status;
}
