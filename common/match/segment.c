/* segment.c - congruent matching profile segments: pieces that vote for the same lag */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "match/segment.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "math/lane.h"

/* Sums of products over half a piece are made once for all shifts; those of pieces and of their
 * longer versions are sums of them. Four shifts are done at a time. A shift s pairs a[i] with
 * b[i + s]; it is minus the lag. */
#define HALF (SEGMENT_LENGTH / 2)
#define LONGEST (SEGMENT_LENGTH << (SEGMENT_SCALES - 1))

static int length_of(int scale)
{
	return SEGMENT_LENGTH << scale;
}

void segment_key_free(struct segment_key *key)
{
	free(key->v);
	*key = (struct segment_key){ 0 };
}

int segment_key_make(const float *v, const float *on, int m, struct segment_key *key, struct error *e)
{
	*key = (struct segment_key){ .m = m };
	key->v = mem_new((size_t)m * (1 + 2 * SEGMENT_SCALES), sizeof *key->v, e);
	if (!key->v)
		return STATUS_SYSTEM;
	memcpy(key->v, v, (size_t)m * sizeof *v);
	for (int k = 0; k < SEGMENT_SCALES; k++) {
		int length = length_of(k);
		double sum = 0, square = 0, there = 0;

		key->mean[k] = key->v + (size_t)m * (size_t)(1 + 2 * k);
		key->scale[k] = key->mean[k] + m;
		for (int i = 0; i < m; i++) {
			int start = i - length + 1;
			double about;

			sum += v[i];
			square += (double)v[i] * v[i];
			there += on[i];
			if (start > 0) {
				sum -= v[start - 1];
				square -= (double)v[start - 1] * v[start - 1];
				there -= on[start - 1];
			}
			if (start < 0)
				continue;
			about = square - sum * sum / length;
			key->mean[k][start] = (float)(sum / length);
			if (there > 0.7 * length && about > 1e-6 * length)
				key->scale[k][start] = (float)(1 / sqrt(about));
		}
	}
	return STATUS_DONE;
}

void segment_bench_free(struct segment_bench *bench)
{
	free(bench->b);
	free(bench->product);
	*bench = (struct segment_bench){ 0 };
}

int segment_bench_make(struct segment_bench *bench, int most, struct error *e)
{
	size_t room = (size_t)most * 3 + 64;

	*bench = (struct segment_bench){ .most = most, .shifts = 2 * most + 32 };
	bench->b = mem_new(room * (1 + 2 * SEGMENT_SCALES), sizeof(float), e);
	bench->product = mem_new(((size_t)most / HALF + 2) * (size_t)bench->shifts, sizeof(float), e);
	if (!bench->b || !bench->product) {
		segment_bench_free(bench);
		return STATUS_SYSTEM;
	}
	for (int k = 0; k < SEGMENT_SCALES; k++) {
		bench->mean[k] = bench->b + room * (size_t)(1 + 2 * k);
		bench->scale[k] = bench->mean[k] + room;
	}
	bench->fit = bench->product + (size_t)(most / HALF + 1) * (size_t)bench->shifts;
	return STATUS_DONE;
}

static void place(float *to, const float *from, int n, enum reading reading, float sign, int pad, int all)
{
	memset(to, 0, (size_t)all * sizeof *to);
	for (int i = 0; i < n; i++)
		to[pad + i] = sign * from[reading == READ_STRAIGHT ? i : n - 1 - i];
}

/* b, its means and its scales between zeros, so that no shift needs a test: a window that is not
 * wholly on b has scale 0. */
static void place_all(struct segment_bench *bench, const struct segment_key *b, enum reading reading,
		      int pad, int all)
{
	float sign = reading == READ_TURNED_OVER ? -1 : 1;

	place(bench->b, b->v, b->m, reading, sign, pad, all);
	for (int k = 0; k < SEGMENT_SCALES; k++) {
		int n = b->m - length_of(k) + 1;

		place(bench->mean[k], b->mean[k], n > 0 ? n : 0, reading, sign, pad, all);
		place(bench->scale[k], b->scale[k], n > 0 ? n : 0, reading, 1, pad, all);
	}
}

/* Half piece k of a against b at all shifts, sixteen at a time; b points at the sample that meets
 * a's first one at the first shift, and has room behind for fifteen shifts too many. */
static void products(const float *a, const float *b, int shifts, float *to)
{
	for (int s = 0; s < shifts; s += 16, b += 16) {
		lane p = lane_all(0), q = p, r = p, t = p;

		for (int j = 0; j < HALF; j++) {
			lane v = lane_all(a[j]);

			p += v * lane_load(b + j);
			q += v * lane_load(b + j + 4);
			r += v * lane_load(b + j + 8);
			t += v * lane_load(b + j + 12);
		}
		lane_store(to + s, p);
		lane_store(to + s + 4, q);
		lane_store(to + s + 8, r);
		lane_store(to + s + 12, t);
	}
}

/* Four shifts of the sum of four half pieces. */
static inline lane four(const float *row, size_t stride)
{
	return (lane_load(row) + lane_load(row + stride)) +
		(lane_load(row + 2 * stride) + lane_load(row + 3 * stride));
}

/* Correlation of a's window of 2^scale pieces that starts at half piece `first`, at all shifts. */
static int fit_window(struct segment_bench *bench, const struct segment_key *a, int scale, int first, int at,
		      int shifts)
{
	size_t stride = (size_t)bench->shifts;
	int start = first * HALF;
	float own = a->scale[scale][start], less = a->mean[scale][start] * (float)length_of(scale);
	const float *row = bench->product + (size_t)first * stride;
	const float *mean = bench->mean[scale] + at + start, *other = bench->scale[scale] + at + start;

	if (!(own > 0))
		return 0;
	for (int s = 0; s < shifts; s += 4) {
		lane sum = scale == 0 ? lane_load(row + s) + lane_load(row + stride + s) :
			scale == 1 ? four(row + s, stride) :
			four(row + s, stride) + four(row + 4 * stride + s, stride);

		sum -= lane_all(less) * lane_load(mean + s);
		lane_store(bench->fit + s, sum * lane_all(own) * lane_load(other + s));
	}
	return 1;
}

static int best_of(const float *fit, int from, int to)
{
	int best = from;

	for (int s = from + 1; s < to; s++)
		if (fit[s] > fit[best])
			best = s;
	return best;
}

/* Local maxima above `level`, of n shifts; fit[-1] and fit[n] may be read. */
static int peaks_above(const float *fit, int n, float level)
{
	lane_mask count = { 0 };
	lane least = lane_all(level);

	for (int s = 0; s + 4 <= n; s += 4) {
		lane v = lane_load(fit + s);

		count += (v > least) & (v > lane_load(fit + s - 1)) & (v >= lane_load(fit + s + 1));
	}
	return lane_count(count);
}

/* Whether one of the `ranks` best local maxima lies within reach of shift `near`; *best is the
 * highest point there. */
static int fits_near(const float *fit, int shifts, int near, int reach, int ranks, int *best)
{
	int from = near - reach < 0 ? 0 : near - reach, higher;
	int to = near + reach + 1 > shifts ? shifts : near + reach + 1;

	*best = best_of(fit, from, to);
	if (fit[*best] <= 0)
		return 0;
	higher = peaks_above(fit, shifts, fit[*best]);
	return higher < ranks;
}

/* The most places within tolerance of one another; *lag their mean. */
static int most_agree(const int *place, int n, double tolerance, double *lag)
{
	int most = 0;

	for (int i = 0; i < n; i++) {
		double sum = 0;
		int count = 0;

		for (int j = 0; j < n; j++)
			if (abs(place[j] - place[i]) <= tolerance) {
				sum += place[j];
				count++;
			}
		if (count > most) {
			most = count;
			*lag = sum / count;
		}
	}
	return most;
}

/* Where a's longer window starts so that the piece at half piece `first` is in its middle, as far
 * as the profile's ends allow. */
static int window_start(int first, int scale, int halves_of_a)
{
	int wide = 2 << scale, start = first + 1 - wide / 2;

	if (start > halves_of_a - wide)
		start = halves_of_a - wide;
	return start < 0 ? -1 : start;
}

/* The shift that a piece names, or -1. */
static int place_of(struct segment_bench *bench, const struct segment_key *a, int first, int halves, int at,
		    int shifts, int reach, int *cut)
{
	static const int ranks[SEGMENT_SCALES] = { 5, 3, 1 };
	int here = 0;

	*cut = 0;
	for (int k = SEGMENT_SCALES - 1; k >= 0; k--) {
		int start = window_start(first, k, halves);

		if (start < 0)
			start = 0;
		if (start + (2 << k) > halves || !fit_window(bench, a, k, start, at, shifts))
			return -1;
		bench->fit[shifts] = bench->fit[-1] = -2;
		if (k == SEGMENT_SCALES - 1) {
			*cut = 1;
			here = best_of(bench->fit, 0, shifts);
			if (bench->fit[here] <= 0)
				return -1;
		} else if (!fits_near(bench->fit, shifts, here, reach, ranks[k], &here)) {
			return -1;
		}
	}
	return here;
}

void segment_compare(struct segment_bench *bench, const struct segment_key *a, const struct segment_key *b,
		     enum reading reading, int least_lag, int most_lag, double tolerance, double asked,
		     struct segments *out)
{
	int halves = a->m / HALF, shifts = (most_lag - least_lag + 1) & ~3, pad, all, n = 0;
	int place[SEGMENT_PIECES_MOST];

	*out = (struct segments){ 0 };
	bench->pieces = 0;
	if (a->m > bench->most || b->m > bench->most || a->m < LONGEST || b->m < LONGEST || shifts < 4 ||
	    shifts + 32 > bench->shifts || most_lag > bench->most || -least_lag > bench->most)
		return;
	/* shift 0 of the table is -most_lag; a's first sample meets b[-most_lag] there */
	pad = most_lag > 0 ? most_lag : 0;
	all = pad + (b->m > a->m + shifts - most_lag ? b->m : a->m + shifts - most_lag) + 24;
	place_all(bench, b, reading, pad, all);
	for (int k = 0; k < halves; k++)
		products(a->v + k * HALF, bench->b + pad - most_lag + k * HALF, shifts,
			 bench->product + (size_t)k * (size_t)bench->shifts);
	for (int first = 0; first + 2 <= halves && bench->pieces < SEGMENT_PIECES_MOST; first += 2) {
		int cut, s = place_of(bench, a, first, halves, pad - most_lag, shifts, (int)tolerance, &cut);
		bool here = s >= 0 && fabs(most_lag - s - asked) <= tolerance;

		bench->what[bench->pieces++] = here ? SEGMENT_SUPPORTS : cut ? SEGMENT_ELSEWHERE : SEGMENT_NOT_CUT;
		out->pieces += cut;
		if (s >= 0)
			place[n++] = most_lag - s;
		out->supporting += here;
	}
	out->congruent = most_agree(place, n, tolerance, &out->lag);
}
