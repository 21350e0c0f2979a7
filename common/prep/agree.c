/* agree.c - the profile that sections have in common, and how sure it is at each place */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "prep/agree.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "math/robust.h"

/* Starts from the median of the sections and goes round ROUNDS times: correlate each section with
 * the mean locally, weight it by that, take the mean anew. The section's own part is taken out of
 * the mean before they are correlated, so that noise does not agree with itself. */
#define ROUNDS 4
#define SIDES 2             /* neighbouring sections that share in a local correlation */
#define LEAST 0.1           /* share of the sections that must have a point */
#define CUT 4.0f            /* spreads about the median beyond which a point is no stria's */
#define LIVELY 0.9          /* share of the sections that are calmer than the spread that counts */

struct bench {
	int n, m, half;
	float *v;              /* n * m: 0 where missing */
	float *w;              /* n * m: weights, 0 where missing */
	float *vv;             /* (2 SIDES + 1) rows of m: local sums of v v, v s, s s */
	float *vs, *ss;
	float *all;            /* m: sum of weights */
	float *few;            /* 2 n + 2 m */
	float *mean, *sure;
};

/* from's sums over i - half to i + half. */
static void local_sums(const float *from, int m, int half, float *to)
{
	double sum = 0;

	for (int i = 0; i < m && i < half; i++)
		sum += from[i];
	for (int i = 0; i < m; i++) {
		if (i + half < m)
			sum += from[i + half];
		if (i > half)
			sum -= from[i - half - 1];
		to[i] = (float)sum;
	}
}

/* The spread of the livelier sections: where most are worn smooth, the striae of the others must
 * not pass for outliers. */
static float lively(struct bench *b, const float *z)
{
	float *spread = b->few + b->n;
	int n = 0;

	for (int k = 0; k < b->n; k++) {
		int m = 0;

		for (int i = 0; i < b->m; i++) {
			float a = z[(size_t)k * (size_t)b->m + (size_t)i];

			if (!isnan(a))
				b->mean[m++] = a;
		}
		if (m)
			spread[n++] = robust_spread(b->mean, m);
	}
	return robust_quantile(spread, n, LIVELY);
}

static void start(struct bench *b, const float *z)
{
	float least = lively(b, z);

	for (int i = 0; i < b->m; i++) {
		float middle, spread;
		int n = 0;

		for (int k = 0; k < b->n; k++) {
			float a = z[(size_t)k * (size_t)b->m + (size_t)i];

			if (!isnan(a))
				b->few[n++] = a;
		}
		if (n < LEAST * b->n || n == 0) {
			b->mean[i] = NAN;
			for (int k = 0; k < b->n; k++)
				b->v[(size_t)k * (size_t)b->m + (size_t)i] =
					b->w[(size_t)k * (size_t)b->m + (size_t)i] = 0;
			continue;
		}
		middle = robust_median(b->few, n);
		for (int k = 0; k < n; k++)
			b->few[k] -= middle;
		spread = robust_spread(b->few, n);
		for (int k = 0; k < b->n; k++) {
			size_t at = (size_t)k * (size_t)b->m + (size_t)i;
			int in = !isnan(z[at]) && fabsf(z[at] - middle) <= CUT * fmaxf(spread, least);

			b->v[at] = in ? z[at] : 0;
			b->w[at] = (float)in;
		}
		b->mean[i] = middle;
	}
}

static void sum_weights(struct bench *b)
{
	memset(b->all, 0, (size_t)b->m * sizeof *b->all);
	for (int k = 0; k < b->n; k++)
		for (int i = 0; i < b->m; i++)
			b->all[i] += b->w[(size_t)k * (size_t)b->m + (size_t)i];
}

/* Local sums of section k against the mean without it, into row `slot` of vv, vs, ss. */
static void correlate(struct bench *b, int k, int slot)
{
	const float *v = b->v + (size_t)k * (size_t)b->m, *w = b->w + (size_t)k * (size_t)b->m;
	float *product = b->few + 2 * b->n, *others = product + b->m;
	size_t row = (size_t)slot * (size_t)b->m;

	for (int i = 0; i < b->m; i++) {
		float own = w[i], left = b->all[i] - own;

		/* the mean of the others, 0 where this section or they have nothing */
		others[i] = own > 0 && left > 1e-6f ? (b->mean[i] * b->all[i] - own * v[i]) / left : 0;
		product[i] = v[i] * others[i];
	}
	local_sums(product, b->m, b->half, b->vs + row);
	for (int i = 0; i < b->m; i++)
		product[i] = others[i] * others[i];
	local_sums(product, b->m, b->half, b->ss + row);
	for (int i = 0; i < b->m; i++)
		product[i] = others[i] != 0 ? v[i] * v[i] : 0;
	local_sums(product, b->m, b->half, b->vv + row);
}

/* New weights of section k from the sums of it and its neighbours; adds to mean and sure. */
static void weigh(struct bench *b, int k, float *mean, float *sure, float *all)
{
	size_t row = (size_t)k * (size_t)b->m;
	int rows = 2 * SIDES + 1;

	for (int i = 0; i < b->m; i++) {
		float vv = 0, vs = 0, ss = 0, c, w;

		if (!(b->w[row + (size_t)i] > 0))
			continue;
		for (int j = k - SIDES; j <= k + SIDES; j++) {
			size_t at = (size_t)(j % rows) * (size_t)b->m + (size_t)i;

			if (j < 0 || j >= b->n)
				continue;
			vv += b->vv[at];
			vs += b->vs[at];
			ss += b->ss[at];
		}
		c = vv > 0 && ss > 0 ? vs / sqrtf(vv * ss) : 0;
		c = c > 0 ? c : 0;
		w = c * c * c * c + 1e-4f;
		b->w[row + (size_t)i] = w;
		mean[i] += w * b->v[row + (size_t)i];
		sure[i] += w * c;
		all[i] += w;
	}
}

/* One round. Sections are correlated SIDES ahead of the one that is weighed; a section's new
 * weights may stand beside others' old ones, because each reads only its own. */
static int round_once(struct bench *b, struct error *e)
{
	float *mean = mem_new((size_t)b->m * 3, sizeof *mean, e), *sure, *all;

	if (!mean)
		return STATUS_SYSTEM;
	sure = mean + b->m;
	all = sure + b->m;
	sum_weights(b);
	for (int k = 0; k < b->n + SIDES; k++) {
		if (k < b->n)
			correlate(b, k, k % (2 * SIDES + 1));
		if (k >= SIDES)
			weigh(b, k - SIDES, mean, sure, all);
	}
	for (int i = 0; i < b->m; i++) {
		if (!(all[i] > 0))
			continue;
		b->mean[i] = mean[i] / all[i];
		b->sure[i] = sure[i] / all[i];
	}
	free(mean);
	return STATUS_DONE;
}

int agree(const float *z, int count, int width, int half, float *mean, float *sure, struct error *e)
{
	struct bench b = { .n = count, .m = width, .half = half, .mean = mean, .sure = sure };
	size_t points = (size_t)count * (size_t)width, rows = (2 * SIDES + 1) * (size_t)width;
	int status = STATUS_SYSTEM;

	b.v = mem_new(points, sizeof *b.v, e);
	b.w = mem_new(points, sizeof *b.w, e);
	b.vv = mem_new(3 * rows, sizeof *b.vv, e);
	b.all = mem_new((size_t)width, sizeof *b.all, e);
	b.few = mem_new(2 * (size_t)count + 2 * (size_t)width, sizeof *b.few, e);
	if (!b.v || !b.w || !b.vv || !b.all || !b.few)
		goto out;
	b.vs = b.vv + rows;
	b.ss = b.vs + rows;
	memset(sure, 0, (size_t)width * sizeof *sure);
	start(&b, z);
	status = STATUS_DONE;
	for (int round = 0; !status && round < ROUNDS; round++)
		status = round_once(&b, e);
out:
	free(b.v);
	free(b.w);
	free(b.vv);
	free(b.all);
	free(b.few);
	return status;
}
