/* land.c - how well two land signatures agree, over all lags */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "match/land.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "match/land_score.h"
#include "math/lane.h"

/* The two are correlated at all lags, b as it is and turned round, by Fourier transforms of the
 * weighted profiles, zero where missing. At each lag the sum of products is divided by the root
 * of the shared weight, which makes it as uncertain at one lag as at the next. Its size in root
 * mean squares of all lags (`strength`) takes into account how many independent striae the two
 * have: two profiles of few, broad waves reach a high correlation easily, and a high strength
 * never.
 *
 * The lag is the one with the largest strength^2 plus twice the logarithm of how much more often
 * the same land's lag lies there than another's (`place`). Striae stand where they stood between
 * the barrel's shoulders, so where both signatures begin (or end) at a shoulder, the same land's
 * lag is near the one at which those meet; another's is anywhere. And two scans are more often
 * the same way up than not. No lag is excluded by it. */
#define SEARCH_UM 5.0         /* the correlation's own peak is looked for so near the lag */
#define PLACED 0.85           /* share of lands whose shoulders are where they were found ... */
#define PLACE_UM 15.0         /* ... to so much (mean of a two-sided exponential) */
#define RANGE_UM 800.0        /* over which another land's lags spread */
#define TURNED 0.2            /* share of the same lands' scans that lie the other way up */

struct land_bench {
	const struct land_matcher *m;
	float complex *wave[2], *weight[2];   /* products: b as it is, b turned */
	float *sum[2], *shared[2];            /* n */
	struct segment_bench segments;
};

void land_bench_free(struct land_bench *b)
{
	if (!b)
		return;
	for (int k = 0; k < 2; k++) {
		fft_release(b->wave[k]);
		fft_release(b->weight[k]);
		fft_release(b->sum[k]);
		fft_release(b->shared[k]);
	}
	segment_bench_free(&b->segments);
	free(b);
}

struct land_bench *land_bench_new(const struct land_matcher *m, struct error *e)
{
	struct land_bench *b = mem_new(1, sizeof *b, e);
	int bad = 0;

	if (!b)
		return NULL;
	b->m = m;
	for (int k = 0; k < 2; k++) {
		b->wave[k] = fft_memory((size_t)m->bins, sizeof **b->wave, e);
		b->weight[k] = fft_memory((size_t)m->bins, sizeof **b->weight, e);
		b->sum[k] = fft_memory((size_t)m->n, sizeof **b->sum, e);
		b->shared[k] = fft_memory((size_t)m->n, sizeof **b->shared, e);
		bad |= !b->wave[k] || !b->weight[k] || !b->sum[k] || !b->shared[k];
	}
	if (bad || segment_bench_make(&b->segments, m->longest / 2, e)) {
		land_bench_free(b);
		return NULL;
	}
	return b;
}

/* straight = a conj(b), turned = a b, two bins at a time; returns the sum of |a b|^2. */
static double cross(const float complex *a, const float complex *b, float complex *straight,
		    float complex *turned, int bins)
{
	const float *p = (const float *)a, *q = (const float *)b;
	float *s = (float *)straight, *t = (float *)turned;
	const lane sign = { 1, -1, 1, -1 };
	lane power = { 0 };

	for (int k = 0; k < 2 * bins; k += 4) {
		lane x = lane_load(p + k), y = lane_load(q + k);
		lane u = x * __builtin_shufflevector(y, y, 0, 0, 2, 2);
		lane v = __builtin_shufflevector(x, x, 1, 0, 3, 2) *
			__builtin_shufflevector(y, y, 1, 1, 3, 3) * sign;
		lane c = u + v;

		lane_store(s + k, c);
		lane_store(t + k, u - v);
		power += c * c;
	}
	return lane_sum(power);
}

struct pick {
	int lag;
	bool turned;
	double place;
	double value;   /* strength^2 plus twice what the lag speaks for or against */
	double square;  /* strength^2 */
};

/* Lags at which shoulders meet, where there are such. What was lit from the left is lit from the right
 * when it is turned round, so that its slopes are turned over. */
struct meeting {
	bool known[2];
	int at[2];
	bool over;     /* b's heights are turned over */
};

static struct meeting meeting_of(const struct land_key *a, const struct land_key *b, bool turned)
{
	int left = turned ? LAND_RIGHT_KNOWN : LAND_LEFT_KNOWN;
	int right = turned ? LAND_LEFT_KNOWN : LAND_RIGHT_KNOWN;

	return (struct meeting){ { a->ends & LAND_LEFT_KNOWN && b->ends & left,
				   a->ends & LAND_RIGHT_KNOWN && b->ends & right }, { 0, a->n - b->n },
				 turned && b->lit };
}

double land_place(const struct land_match_options *o, double off_um, bool turned)
{
	double way = o->one_way ? 0 : log((turned ? TURNED : 1 - TURNED) / 0.5);

	if (isinf(off_um))
		return way;
	return way + log(PLACED * RANGE_UM / (2 * PLACE_UM) * exp(-off_um / PLACE_UM) + 1 - PLACED);
}

static double place_at(const struct land_matcher *m, const struct meeting *p, int lag, bool turned)
{
	double off = INFINITY;

	for (int k = 0; k < 2; k++)
		if (p->known[k])
			off = fmin(off, abs(lag - p->at[k]) * m->step_um);
	return land_place(&m->o, off, turned);
}

/* Lags at which b as it is meets a lie at lag modulo n; b turned meets it at nb - 1 + lag. */
static void pick_lag(const struct land_bench *bench, bool turned, int base, int least, int most, double scale,
		     const struct meeting *p, struct pick *best)
{
	const float *sum = bench->sum[turned], *shared = bench->shared[turned];
	float sign = p->over ? -1 : 1;
	double far = place_at(bench->m, p, 1 << 20, turned);
	int n = bench->m->n, reach = (int)(6 * PLACE_UM / bench->m->step_um);

	for (int lag = least; lag <= most; lag++) {
		int at = base + lag;
		double square, place = far, value;

		at += at < 0 ? n : at >= n ? -n : 0;
		if (sign * sum[at] <= 0)
			continue;
		square = scale * sum[at] * sum[at] / (shared[at] + 1e-3f * (float)n);
		if (abs(lag - p->at[0]) < reach || abs(lag - p->at[1]) < reach)
			place = place_at(bench->m, p, lag, turned);
		value = square + 2 * place;
		if (value > best->value)
			*best = (struct pick){ lag, turned, place, value, square };
	}
}

/* Plain correlation where both have a point, and how many those are; b is not turned. */
static double correlate(const struct land_key *a, const float *b, const float *b_on, int nb, int lag,
			int *points)
{
	int first = lag > 0 ? lag : 0, last = a->n < nb + lag ? a->n : nb + lag, i = first;
	lane n = { 0 }, x = n, y = n, xx = n, yy = n, xy = n;
	double count, sx, sy, vx, vy, vxy;

	for (; i + 4 <= last; i += 4) {
		lane on = lane_load(a->on + i) * lane_load(b_on + i - lag);
		lane p = lane_load(a->z + i) * on, q = lane_load(b + i - lag) * on;

		n += on;
		x += p;
		y += q;
		xx += p * p;
		yy += q * q;
		xy += p * q;
	}
	count = lane_sum(n);
	sx = lane_sum(x);
	sy = lane_sum(y);
	vx = lane_sum(xx);
	vy = lane_sum(yy);
	vxy = lane_sum(xy);
	for (; i < last; i++) {
		double on = a->on[i] * b_on[i - lag], p = a->z[i] * on, q = b[i - lag] * on;

		count += on;
		sx += p;
		sy += q;
		vx += p * p;
		vy += q * q;
		vxy += p * q;
	}
	*points = (int)count;
	if (count < 2)
		return 0;
	vx -= sx * sx / count;
	vy -= sy * sy / count;
	return vx > 0 && vy > 0 ? (vxy - sx * sy / count) / sqrt(vx * vy) : 0;
}

/* The correlation's own peak beside the lag. The transforms' room holds b turned. */
static void refine(const struct land_bench *bench, const struct land_key *a, const struct land_key *b,
		   const struct pick *pick, struct land_fit *fit)
{
	int reach = (int)lrint(SEARCH_UM / bench->m->step_um);
	int least = a->present < b->present ? a->present : b->present;
	const float *z = b->z, *on = b->on;

	if (pick->turned) {
		for (int i = 0; i < b->n; i++) {
			bench->sum[0][i] = b->lit ? -b->z[b->n - 1 - i] : b->z[b->n - 1 - i];
			bench->shared[0][i] = b->on[b->n - 1 - i];
		}
		z = bench->sum[0];
		on = bench->shared[0];
	}
	fit->ccf = -1;
	for (int lag = pick->lag - reach; lag <= pick->lag + reach; lag++) {
		int points;
		double c = correlate(a, z, on, b->n, lag, &points);

		if (c <= fit->ccf)
			continue;
		fit->ccf = c;
		fit->lag_um = lag * bench->m->step_um;
		fit->overlap = (double)points / least;
	}
}

static enum reading reading_of(const struct land_key *b, bool turned)
{
	return !turned ? READ_STRAIGHT : b->lit ? READ_TURNED_OVER : READ_TURNED;
}

/* The shorter one is cut in pieces: all of them may then be found. At half the sampling. */
static void congruent(struct land_bench *bench, const struct land_key *a, const struct land_key *b, int least,
		      int most, struct land_fit *fit)
{
	double step_um = bench->m->step_um, lag = fit->lag_um / step_um;
	double tolerance = bench->m->o.segment_um / step_um / 2;
	enum reading as = reading_of(b, fit->turned);
	int further = fit->turned ? a->n - b->n : 0;  /* lags of a on b, turned, run the same way */
	struct segments s;

	if (a->n <= b->n)
		segment_compare(&bench->segments, &a->segments, &b->segments, as, least / 2, most / 2,
				tolerance, lag / 2, &s);
	else if (fit->turned)
		segment_compare(&bench->segments, &b->segments, &a->segments, as, (least - further) / 2,
				(most - further) / 2, tolerance, (lag - further) / 2, &s);
	else
		segment_compare(&bench->segments, &b->segments, &a->segments, as, -most / 2, -least / 2,
				tolerance, -lag / 2, &s);
	fit->cmps = s.congruent;
	fit->cmps_of = s.pieces;
	fit->support = s.supporting;
}

/* Lags at which enough of the shorter one overlaps. */
static void lags_of(const struct land_matcher *m, const struct land_key *a, const struct land_key *b, int *least,
		    int *most)
{
	int shorter = a->n < b->n ? a->n : b->n, out = (int)floor((1 - m->o.overlap) * shorter);

	*least = -out - (b->n > a->n ? b->n - a->n : 0);
	*most = out + (a->n > b->n ? a->n - b->n : 0);
}

int land_pieces(struct land_bench *bench, const struct land_key *a, const struct land_key *b,
		const struct land_fit *fit, struct land_piece out[SEGMENT_PIECES_MOST])
{
	double step_um = bench->m->step_um, wide_um = 2 * SEGMENT_LENGTH * step_um;
	bool cut_b = a->n > b->n, back = cut_b && fit->turned;
	struct land_fit again = *fit;
	int least, most, n = 0;

	if (a->lit != b->lit)
		return 0;
	lags_of(bench->m, a, b, &least, &most);
	congruent(bench, a, b, least, most, &again);
	for (int i = 0; i < bench->segments.pieces; i++) {
		int k = back ? bench->segments.pieces - 1 - i : i;
		double from = k * wide_um;

		if (bench->segments.what[k] == SEGMENT_NOT_CUT)
			continue;
		if (back)
			from = b->n * step_um - from - wide_um;
		if (cut_b)
			from += fit->lag_um;
		out[n++] = (struct land_piece){ from, from + wide_um, bench->segments.what[k] == SEGMENT_SUPPORTS };
	}
	return n;
}

static double root(double v)
{
	return v > 0 ? sqrt(v) : 0;
}

void land_compare(struct land_bench *bench, const struct land_key *a, const struct land_key *b,
		  struct land_fit *fit)
{
	const struct land_matcher *m = bench->m;
	int least, most;
	double power, scale;
	struct meeting meeting;
	struct pick pick = { 0, false, 0, -INFINITY, 0 };

	*fit = (struct land_fit){ 0 };
	lags_of(m, a, b, &least, &most);
	if (a->lit != b->lit) {
		land_score(fit);
		return;
	}
	power = cross(a->wave, b->wave, bench->wave[0], bench->wave[1], m->bins);
	cross(a->weight, b->weight, bench->weight[0], bench->weight[1], m->bins);
	/* Over all lags the mean of products^2 is 2 power / n^2 (half of the bins are there), and that of
	 * the shared weight the product of the two sums / n; the inverse transforms leave a factor n. */
	scale = (double)crealf(a->weight[0]) * crealf(b->weight[0]) / (2 * power + 1e-30);
	for (int way = 0; way < (m->o.one_way ? 1 : 2); way++) {
		fft_inverse(m->fft, bench->wave[way], bench->sum[way]);
		fft_inverse(m->fft, bench->weight[way], bench->shared[way]);
		meeting = meeting_of(a, b, way);
		pick_lag(bench, way, way ? b->n - 1 : 0, least, most, scale, &meeting, &pick);
	}
	fit->strength = root(pick.square);
	fit->place = pick.place;
	fit->turned = pick.turned;
	refine(bench, a, b, &pick, fit);
	congruent(bench, a, b, least, most, fit);
	fit->cms = ridges_consecutive(&a->ridges, &b->ridges, fit->lag_um / m->step_um,
				      reading_of(b, pick.turned), b->n, m->o.stria_um / m->step_um);
	land_score(fit);
}
