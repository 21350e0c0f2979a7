/* rings.c - which circles of a view are primer, breech-face ring and firing pin */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Seen from its axis a fired primer is a bright flat with a dark firing-pin impression somewhere in
 * it, a dark band where the primer rolls off, its rim, and the pocket's edge, and a bright case
 * head. So of all circles those are sought where
 *   - the ring has the bright side within, the primer the bright side without, nearly one centre;
 *   - in every direction the flat is brighter than the band outside it, and the head too;
 *   - three tones, one for each zone, explain most of the variance (the pin being left out);
 *   - a circle with the dark side within lies inside the ring.
 * Each of these gives a share of the score; none alone is a condition, so that a primer that is cut
 * by the frame, has letters close by, or has a soft edge is found by the rest. */
#include "prep/rings.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "prep/rays.h"

#define CENTRES 3              /* centres looked at, among large and among small circles each */
#define RECENTRES 4            /* and among the circles found about those */
#define COARSE 2.0             /* blur, px, before votes for large circles */
#define RAYS 48
#define RING_LEAST 0.08        /* radius of a ring, in shares of the frame's shorter side */
#define RING_USUAL 0.2         /* from here on a ring is as large as one expects */
#define PRIMER_MOST 0.95
#define LARGE_FROM 0.25        /* the radii for which votes are counted apart */
#define SMALL_TO 0.28
#define COVER_LEAST 0.3        /* of the directions must show a circle for it to be considered */
#define RING_SHARE_LEAST 0.45  /* ring over primer radius */
#define RING_SHARE_MOST 0.985
#define OFFSET_MOST 0.1        /* between their centres, in primer radii */
#define PIN_LEAST 0.13         /* pin over ring radius */
#define PIN_MOST 0.66
#define PIN_USUAL 0.25
#define TONE_STEP 0.1          /* a difference of tone that counts */
#define GUESSED_PRIMER 1.35    /* primer over ring radius where none is seen */
#define CANDIDATES 12          /* pairs that are looked at closely */
#define BAND_USUAL 0.15        /* the band between ring and primer is rarely thinner, in ring radii */
#define PRIMER_SCORE 2.0       /* of that for the primer's edge */
#define SCORE_BEST 8.1         /* what a clear picture reaches */

struct pair {
	struct rings r;
	double first;  /* score of ring and primer alone */
};

/* Sums over the directions in which something could be seen. */
struct zone_sums {
	double flat_step, flat_wins, head_step, head_wins;
	int flat_seen, head_seen;
};

static void compare_zones(const struct rays *rays, const struct rings *r, struct zone_sums *z)
{
	double ox = r->primer.x - r->ring.x, oy = r->primer.y - r->ring.y;

	memset(z, 0, sizeof *z);
	for (int a = 0; a < rays->angles; a++) {
		double edge = r->primer.r + ox * rays->dx[a] + oy * rays->dy[a];
		double gap = edge - r->ring.r, skip = fmin(2, 0.25 * gap), flat, inner, band, head;

		/* the flat is wide: a bright line alone (a groove's bottom) is none */
		if (!rays_mean(rays, a, 0.87 * r->ring.r, r->ring.r - 2, &flat) ||
		    !rays_mean(rays, a, 0.75 * r->ring.r, 0.87 * r->ring.r, &inner))
			continue;
		flat = fmin(flat, inner);
		if (!rays_mean(rays, a, r->ring.r + skip, edge - skip, &band) &&
		    !rays_mean(rays, a, r->ring.r + skip, r->ring.r + fmin(0.4 * gap, 8), &band))
			continue;
		z->flat_seen++;
		z->flat_step += flat - band;
		z->flat_wins += flat - band > TONE_STEP;
		if (r->has_primer && rays_mean(rays, a, edge + 2, edge * 1.08 + 1, &head)) {
			z->head_seen++;
			z->head_step += head - band;
			z->head_wins += head - band > TONE_STEP;
		}
	}
}

/* Score of ring and primer from their edges and the steps of tone across them; 0: cannot be. */
static double score_pair(const struct rays *rays, const struct rings *r)
{
	struct zone_sums z;
	double score;

	compare_zones(rays, r, &z);
	if (z.flat_seen < RAYS / 4)
		return 0;
	score = r->ring.cover + z.flat_wins / z.flat_seen +
		fmax(0, fmin(z.flat_step / z.flat_seen, 0.6));
	if (r->has_primer) {
		score += 0.7 * r->primer.cover;
		if (z.head_seen >= RAYS / 6)
			score += 0.7 * (z.head_wins + fmax(0, fmin(z.head_step, 0.5 * z.head_seen))) /
				 z.head_seen;
	}
	return score;
}

static int fits_round(const struct circle *primer, const struct circle *ring, double least)
{
	return primer->sign > 0 && primer->r >= least && ring->r < RING_SHARE_MOST * primer->r &&
	       ring->r > RING_SHARE_LEAST * primer->r &&
	       hypot(primer->x - ring->x, primer->y - ring->y) < OFFSET_MOST * primer->r;
}

static int same_pair(const struct pair *a, const struct pair *b)
{
	return a->r.has_primer == b->r.has_primer && fabs(a->r.ring.r - b->r.ring.r) < 4 &&
	       hypot(a->r.ring.x - b->r.ring.x, a->r.ring.y - b->r.ring.y) < 5 &&
	       fabs(a->r.primer.r - b->r.primer.r) < 4;
}

/* Keeps the best CANDIDATES pairs, best first; of two that are nearly the same the better one. */
static void keep_pair(struct pair *best, int *count, const struct pair *p)
{
	int k;

	for (k = 0; k < *count; k++)
		if (same_pair(best + k, p)) {
			if (best[k].first >= p->first)
				return;
			memmove(best + k, best + k + 1, (size_t)(*count - k - 1) * sizeof *best);
			--*count;
			break;
		}
	if (*count == CANDIDATES && best[CANDIDATES - 1].first >= p->first)
		return;
	if (*count < CANDIDATES)
		++*count;
	for (k = *count - 1; k > 0 && best[k - 1].first < p->first; k--)
		best[k] = best[k - 1];
	best[k] = *p;
}

/* All pairs of a ring with a primer, and the ring alone. */
static int pair_up(const struct view *tone, const struct circles *all, double r_least, double r_most,
		   double primer_least, struct pair *best, int *count, struct error *e)
{
	for (int i = 0; i < all->count; i++) {
		const struct circle *ring = all->c + i;
		struct rays rays;

		if (ring->sign > 0 || ring->r < r_least || ring->r > r_most)
			continue;
		if (rays_new(&rays, tone, ring->x, ring->y, RAYS, (int)(2.5 * ring->r) + 4, e))
			return STATUS_SYSTEM;
		for (int j = -1; j < all->count; j++) {
			struct pair p = { .r = { .ring = *ring, .primer = *ring } };

			if (j >= 0 && !fits_round(all->c + j, ring, primer_least))
				continue;
			p.r.has_primer = j >= 0;
			if (j >= 0)
				p.r.primer = all->c[j];
			else
				p.r.primer.r *= GUESSED_PRIMER;
			p.first = score_pair(&rays, &p.r);
			if (p.first > 0)
				keep_pair(best, count, &p);
		}
		rays_free(&rays);
	}
	return STATUS_DONE;
}

/* Whether a point lies within `share` of a circle's radius. */
static inline int inside(const struct circle *c, double share, int x, int y)
{
	double dx = x - c->x, dy = y - c->y;

	return dx * dx + dy * dy < share * share * c->r * c->r;
}

static double tone_at(const struct view *tone, double x, double y, int *in)
{
	int i = (int)(x + 0.5), j = (int)(y + 0.5);

	*in = x >= 0 && y >= 0 && i < tone->width && j < tone->height;
	return *in ? tone->v[(size_t)j * (size_t)tone->width + (size_t)i] : 0;
}

/* Mean step of tone outwards across a circle, from `depth` of its radius within it to a quarter
 * outside. */
static double step_across(const struct view *tone, const struct circle *c, double depth)
{
	double step = 0;
	int seen = 0;

	for (int a = 0; a < RAYS / 2; a++) {
		double dx = cos(4 * M_PI * a / RAYS), dy = sin(4 * M_PI * a / RAYS), sum = 0;
		int k, in = 1, within = 1;

		for (k = 1; k <= 5 && in && within; k++) {
			double inner = c->r * (1 - depth * k / 5) - 1;
			double outer = c->r * (1 + 0.05 * k) + 1;

			sum += tone_at(tone, c->x + dx * outer, c->y + dy * outer, &in) -
			       tone_at(tone, c->x + dx * inner, c->y + dy * inner, &within);
		}
		if (in && within) {
			step += sum / 5;
			seen++;
		}
	}
	return seen >= RAYS / 8 ? step / seen : 0;
}

/* Mean tone within a circle. */
static double tone_within(const struct view *tone, const struct circle *c)
{
	double sum = 0;
	int count = 0;

	for (int y = (int)fmax(0, c->y - c->r); y < tone->height && y < c->y + c->r; y += 2)
		for (int x = (int)fmax(0, c->x - c->r); x < tone->width && x < c->x + c->r; x += 2)
			if (inside(c, 1, x, y)) {
				sum += tone->v[(size_t)y * (size_t)tone->width + (size_t)x];
				count++;
			}
	return count ? sum / count : 0;
}

/* How much a circle looks like a firing-pin impression in a ring of radius r, 0 to 1; small ones are
 * likelier to be parts of it. Under a light from one side, where the edge goes from brighter to darker
 * and back (sign 0), the tone steps little from what flowed back to the impression: there the edge
 * being all round counts, and how few points inside look flat. */
static double pin_worth(const struct view *tone, const struct circle *c, double r)
{
	double step = fmax(0, step_across(tone, c, c->sign ? 0.25 : 0.9));

	double small = fmin(1, c->r / (PIN_USUAL * r));

	if (c->sign)
		return c->cover * fmin(step / 0.4, 1) * sqrt(small);
	return c->cover * c->cover * fmin(step / 0.25, 1) * (1 - tone_within(tone, c)) * small;
}

double rings_pin(const struct view *tone, const struct circles *all, struct rings *r)
{
	double best = 0;

	r->has_pin = 0;
	for (int i = 0; i < all->count; i++) {
		const struct circle *c = all->c + i;
		double away = hypot(c->x - r->ring.x, c->y - r->ring.y), worth;

		if (c->sign < 0 || c->r < PIN_LEAST * r->ring.r || c->r > PIN_MOST * r->ring.r ||
		    away + c->r > 1.03 * r->ring.r)
			continue;
		worth = pin_worth(tone, c, r->ring.r);
		if (worth > best) {
			best = worth;
			r->pin = *c;
			r->has_pin = 1;
		}
	}
	return best;
}

/* Share of the variance of tone that three zones explain, each zone counting the same however large
 * it is; 0 when the flat is not brighter than the band round it. A head that is not brighter than the
 * band (a dark ground behind) counts as band. */
static double explained(const struct view *tone, const struct rings *r)
{
	double sum[3] = { 0 }, square[3] = { 0 }, total = 0, squares = 0, rest = 0;
	double reach = 1.2 * r->primer.r;
	double top = r->primer.y - reach > 0 ? r->primer.y - reach : 0;
	double left = r->primer.x - reach > 0 ? r->primer.x - reach : 0;
	int count[3] = { 0 }, zones = 0;

	for (int y = (int)top; y < tone->height && y < r->primer.y + reach; y += 2)
		for (int x = (int)left; x < tone->width && x < r->primer.x + reach; x += 2) {
			size_t i = (size_t)y * (size_t)tone->width + (size_t)x;
			double t = tone->v[i];
			int zone = inside(&r->primer, 1, x, y) ? 1 : 2;

			if ((zone == 2 && (!r->has_primer || !inside(&r->primer, 1.2, x, y))) ||
			    (tone->on && !tone->on[i]))
				continue;
			if (inside(&r->ring, 1, x, y))
				zone = 0;
			if (zone == 0 && r->has_pin && inside(&r->pin, 1.05, x, y))
				continue;
			sum[zone] += t;
			square[zone] += t * t;
			count[zone]++;
		}
	if (!count[0] || !count[1])
		return 0;
	if (count[2] && sum[2] / count[2] <= sum[1] / count[1]) {
		sum[1] += sum[2];
		square[1] += square[2];
		count[1] += count[2];
		count[2] = 0;
	}
	if (sum[0] / count[0] <= sum[1] / count[1])
		return 0;
	for (int k = 0; k < 3; k++)
		if (count[k]) {
			double mean = sum[k] / count[k];

			total += mean;
			squares += square[k] / count[k];
			rest += square[k] / count[k] - mean * mean;
			zones++;
		}
	squares -= total * total / zones;
	return squares > 0 ? fmax(0, 1 - rest / squares) : 0;
}

static double shorter_side(const struct view *v)
{
	return v->width < v->height ? v->width : v->height;
}

/* Points that slopes point to: at large distances, where speckle is blurred away first, and small. */
static int vote(const struct view *tone, const struct slope *g, double r_least, double *x, double *y,
		struct error *e)
{
	double side = shorter_side(tone);
	struct slope coarse = { NULL, NULL };
	struct view soft = { .v = NULL };
	int large = -1, small = -1;

	if (view_copy(tone, &soft, e) == STATUS_DONE && view_blur(&soft, COARSE, e) == STATUS_DONE &&
	    view_slope(&soft, &coarse, e) == STATUS_DONE)
		large = circle_centres(&soft, &coarse, NULL, LARGE_FROM * side, 0.8 * side, CENTRES, x,
				       y, e);
	if (large >= 0)
		small = circle_centres(tone, g, NULL, r_least, SMALL_TO * side, CENTRES, x + large,
				       y + large, e);
	slope_free(&coarse);
	view_free(&soft);
	return small < 0 ? -1 : large + small;
}

/* Centres of the circles that are shown best, those apart that were looked at already (the first
 * `count` of x and y). */
static int recentre(const struct circles *all, int count, double *x, double *y)
{
	int more = 0;

	for (; more < RECENTRES; more++) {
		const struct circle *best = NULL;

		for (int i = 0; i < all->count; i++) {
			const struct circle *c = all->c + i;
			int near = 0;

			for (int k = 0; k < count + more && !near; k++)
				near = hypot(x[k] - c->x, y[k] - c->y) < fmax(2, 0.02 * c->r);
			if (!near && (!best || c->cover * c->seen > best->cover * best->seen))
				best = c;
		}
		if (!best)
			break;
		x[count + more] = best->x;
		y[count + more] = best->y;
	}
	return more;
}

/* Circles about all these centres, and about the centres that these circles then have. */
static int gather(const struct view *tone, const struct slope *g, double strong, double r_least,
		  struct circles *all, struct error *e)
{
	double side = shorter_side(tone), x[2 * CENTRES + RECENTRES], y[2 * CENTRES + RECENTRES];
	int count = vote(tone, g, r_least, x, y, e), from = 0;

	if (count < 0)
		return STATUS_SYSTEM;
	for (int round = 0; round < 2; round++) {
		for (int k = from; k < count; k++)
			circle_about(tone, g, x[k], y[k], r_least * PIN_LEAST, PRIMER_MOST * side, 0,
				     strong, COVER_LEAST, all);
		from = count;
		if (round == 0)
			count += recentre(all, count, x, y);
	}
	return STATUS_DONE;
}

/* The score of a clear picture: less where the frame is too small to show a primer's edge. */
static double attainable(const struct view *tone, const struct rings *r)
{
	int hidden = 0;

	for (int a = 0; a < RAYS && !r->has_primer; a++) {
		double x = r->primer.x + r->primer.r * cos(2 * M_PI * a / RAYS);
		double y = r->primer.y + r->primer.r * sin(2 * M_PI * a / RAYS);

		hidden += x < 0 || y < 0 || x > tone->width - 1 || y > tone->height - 1;
	}
	return SCORE_BEST - PRIMER_SCORE * hidden / RAYS;
}

static int choose(const struct view *tone, const struct slope *g, const struct rings_wish *wish,
		  struct circles *all, struct rings *out, struct error *e)
{
	double side = shorter_side(tone);
	double least = wish->ring_least > 0 ? wish->ring_least : RING_LEAST * side;
	double most = wish->ring_most > 0 ? wish->ring_most : INFINITY;
	struct pair pairs[CANDIDATES];
	int count = 0;

	all->count = 0;
	if (gather(tone, g, wish->strong, least, all, e) ||
	    pair_up(tone, all, least, most, wish->primer_least, pairs, &count, e))
		return -1;
	for (int k = 0; k < count; k++) {
		struct rings *r = &pairs[k].r;
		double wide = r->has_primer ? r->primer.r / r->ring.r : 1;
		double size = r->ring.r / (RING_USUAL * side), score;

		score = pairs[k].first + rings_pin(tone, all, r);
		r->fit = explained(tone, r);
		score += 2 * r->fit + 0.5 * fmin(size, 1);
		score += 0.3 * (fmin(wide, 1.9) - 1) + 0.3 * fmin((wide - 1) / BAND_USUAL, 1);
		r->score = score / attainable(tone, r);
		if (k == 0 || r->score > out->score)
			*out = *r;
	}
	return count > 0;
}

int rings_search(const struct view *tone, const struct rings_wish *wish, struct rings *out,
		 struct error *e)
{
	struct circles *all = mem_new(1, sizeof *all, e);
	struct slope g = { NULL, NULL };
	int found = -1;

	memset(out, 0, sizeof *out);
	if (all && view_slope(tone, &g, e) == STATUS_DONE)
		found = choose(tone, &g, wish, all, out, e);
	slope_free(&g);
	free(all);
	return found;
}
