/* profile.c - a row of heights, some missing: smooth it, find its form, sample it anew */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "math/profile.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "math/robust.h"

void profile_box(const float *from, int n, int half, float *to)
{
	double sum = 0;
	int count = 0;

	for (int i = 0; i < n && i < half; i++)
		if (!isnan(from[i])) {
			sum += from[i];
			count++;
		}
	for (int i = 0; i < n; i++) {
		if (i + half < n && !isnan(from[i + half])) {
			sum += from[i + half];
			count++;
		}
		if (i - half - 1 >= 0 && !isnan(from[i - half - 1])) {
			sum -= from[i - half - 1];
			count--;
		}
		to[i] = count > half ? (float)(sum / count) : NAN;
	}
}

/* Running sums of what a straight line needs, about an origin that stays put: double precision
 * holds 16,384 samples squared with nine digits to spare. */
struct line_sums {
	double n, x, xx, z, xz;
};

static void line_add(struct line_sums *s, double x, double z, double sign)
{
	s->n += sign;
	s->x += sign * x;
	s->xx += sign * x * x;
	s->z += sign * z;
	s->xz += sign * x * z;
}

void profile_above_line(const float *from, int n, int half, float *to)
{
	struct line_sums s = { 0 };

	for (int i = 0; i < n && i < half; i++)
		if (!isnan(from[i]))
			line_add(&s, i, from[i], 1);
	for (int i = 0; i < n; i++) {
		double mean, slope, spread;

		if (i + half < n && !isnan(from[i + half]))
			line_add(&s, i + half, from[i + half], 1);
		if (i - half - 1 >= 0 && !isnan(from[i - half - 1]))
			line_add(&s, i - half - 1, from[i - half - 1], -1);
		to[i] = NAN;
		if (isnan(from[i]) || s.n < half + 0.5)
			continue;
		mean = s.x / s.n;
		spread = s.xx - s.x * mean;
		slope = spread > 0.5 ? (s.xz - s.z * mean) / spread : 0;
		to[i] = (float)(from[i] - (s.z / s.n + slope * (i - mean)));
	}
}

int profile_gauss(const float *from, const float *weight, int n, double cutoff, float *to, struct error *e)
{
	double sigma = 0.4697 * cutoff / sqrt(2 * M_PI);
	int reach = (int)ceil(3 * sigma);
	float *kernel = mem_new((size_t)reach + 1, sizeof *kernel, e);
	double all;

	if (!kernel)
		return STATUS_SYSTEM;
	all = kernel[0] = 1;
	for (int k = 1; k <= reach; k++) {
		kernel[k] = (float)exp(-k * k / (2 * sigma * sigma));
		all += 2 * kernel[k];
	}
	for (int i = 0; i < n; i++) {
		float sum = 0, own = 0, on = 0;

		for (int j = i - reach < 0 ? 0 : i - reach; j <= i + reach && j < n; j++) {
			float k = kernel[abs(i - j)], w = weight ? weight[j] : 1;

			if (isnan(from[j]))
				continue;
			sum += k * w * from[j];
			own += k * w;
			on += k;
		}
		to[i] = on >= 0.25 * all && own > 0 ? sum / own : NAN;
	}
	free(kernel);
	return STATUS_DONE;
}

/* A parabola that is fitted to one side only, with some of its points out of the game, swings at its
 * end. What this much of the weight says is that slope and curvature are those of the parabola
 * through the whole profile; in the midst of points it changes next to nothing. */
#define STIFF 0.3

/* Knots: x in samples, z the median round it, w the share of its samples that are present. */
struct knots {
	int n;
	double *x, *z, *w, *form;
	float *few;
};

static int knots_make(struct knots *k, const float *from, int n, int knot, struct error *e)
{
	int filled = 0;

	k->n = (n + knot - 1) / knot;
	k->x = mem_new((size_t)k->n * 4, sizeof *k->x, e);
	k->few = mem_new((size_t)(k->n > knot ? k->n : knot), sizeof *k->few, e);
	if (!k->x || !k->few)
		return STATUS_SYSTEM;
	k->z = k->x + k->n;
	k->w = k->z + k->n;
	k->form = k->w + k->n;
	for (int i = 0; i < k->n; i++) {
		int first = (int)((long)i * n / k->n), last = (int)((long)(i + 1) * n / k->n), m = 0;
		double at = 0;

		for (int j = first; j < last; j++)
			if (!isnan(from[j])) {
				k->few[m++] = from[j];
				at += j;
			}
		k->x[i] = m ? at / m : (first + last - 1) / 2.0;
		k->w[i] = (double)m / (last - first);
		k->z[i] = m ? robust_median(k->few, m) : 0;
		filled += m > 0;
	}
	return filled >= 4 ? STATUS_DONE : error_set(e, STATUS_INPUT, "too few points for a form");
}

/* The parabola through the whole profile, which is taken off the knots. */
static void take_whole(struct knots *k, double least, struct robust_poly *whole)
{
	if (robust_poly_fit(k->x, k->z, k->w, k->n, 2, 4, least, whole))
		return;
	for (int i = 0; i < k->n; i++)
		k->z[i] -= robust_poly_at(whole, k->x[i]);
}

/* The height at `at` of the parabola that fits the knots best under a Gaussian of sigma. Where
 * the knots do not hold a parabola (a gap as wide as the kernel) the kernel is widened. */
static double regress(const struct knots *k, const double *weight, double at, double sigma)
{
	for (int tries = 0; tries < 8; tries++, sigma *= 1.5) {
		double m[5] = { 0 }, a[9], b[3] = { 0 };
		int used = 0;

		for (int j = 0; j < k->n; j++) {
			double t = (k->x[j] - at) / sigma, w;

			if (fabs(t) > 3.5 || weight[j] <= 0)
				continue;
			used++;
			w = weight[j] * exp(-t * t / 2);
			for (int p = 0; p < 5; p++, w *= t) {
				m[p] += w;
				if (p < 3)
					b[p] += w * k->z[j];
			}
		}
		if (used < 4)
			continue;
		for (int p = 0; p < 9; p++)
			a[p] = m[p / 3 + p % 3];
		a[4] += STIFF * m[0];
		a[8] += STIFF * m[0];
		if (!robust_solve(a, b, 3))
			return b[0];
	}
	return NAN;
}

/* The cubic through the four knots round `at`; x of the knots rises. */
static double knots_between(const struct knots *k, double at, int *near)
{
	double t, d0, d1, h;
	int i = *near;

	while (i < k->n - 2 && at > k->x[i + 1])
		i++;
	*near = i;
	h = k->x[i + 1] - k->x[i];
	t = (at - k->x[i]) / h;
	d1 = d0 = k->form[i + 1] - k->form[i];
	if (i > 0)
		d0 = (k->form[i + 1] - k->form[i - 1]) / (k->x[i + 1] - k->x[i - 1]) * h;
	if (i < k->n - 2)
		d1 = (k->form[i + 2] - k->form[i]) / (k->x[i + 2] - k->x[i]) * h;
	if (t < 0)
		return k->form[i] + t * d0;
	if (t > 1)
		return k->form[i + 1] + (t - 1) * d1;
	return (1 + 2 * t) * (1 - t) * (1 - t) * k->form[i] + t * (1 - t) * (1 - t) * d0 +
	       t * t * (3 - 2 * t) * k->form[i + 1] + t * t * (t - 1) * d1;
}

int profile_form(const float *from, int n, double cutoff, int knot, int rounds, double least, float *to,
		 struct error *e)
{
	struct knots k = { 0 };
	struct robust_poly whole;
	double sigma = 0.7309 * cutoff / sqrt(2 * M_PI), *weight = NULL;
	int status = knots_make(&k, from, n, knot, e), near = 0;

	if (status)
		goto out;
	take_whole(&k, least, &whole);
	weight = mem_new((size_t)k.n, sizeof *weight, e);
	if (!weight) {
		status = STATUS_SYSTEM;
		goto out;
	}
	for (int round = 0; round <= rounds; round++) {
		double reach = 0;
		int m = 0;

		for (int i = 0; i < k.n && round; i++)
			if (k.w[i] > 0)
				k.few[m++] = (float)(k.z[i] - k.form[i]);
		if (round)
			reach = 4.4 / 1.4826 * robust_spread(k.few, m);
		reach = fmax(reach, least);
		for (int i = 0; i < k.n; i++) {
			double u = round ? (k.z[i] - k.form[i]) / reach : 0;

			weight[i] = fabs(u) < 1 ? k.w[i] * (1 - u * u) * (1 - u * u) : 0;
		}
		for (int i = 0; i < k.n; i++)
			k.form[i] = regress(&k, weight, k.x[i], sigma);
	}
	for (int i = 0; i < n; i++)
		to[i] = (float)(knots_between(&k, i, &near) + robust_poly_at(&whole, i));
out:
	free(weight);
	free(k.x);
	free(k.few);
	return status;
}

/* The mean of what is present between a and b, in proportion; sample i reaches from i - 1/2 to
 * i + 1/2. */
static float average_between(const float *from, int n, double a, double b)
{
	double sum = 0, own = 0;
	int i = (int)floor(a + 0.5);

	for (i = i < 0 ? 0 : i; i < n && i - 0.5 < b; i++) {
		double share = fmin(b, i + 0.5) - fmax(a, i - 0.5);

		if (share > 0 && !isnan(from[i])) {
			sum += share * from[i];
			own += share;
		}
	}
	return own >= 0.5 * (b - a) ? (float)(sum / own) : NAN;
}

static float interpolate(const float *from, int n, double at)
{
	int i = (int)floor(at);
	double t = at - i, a, b, c, d;

	if (i < 0 || i >= n || (i == n - 1 && t > 1e-6))
		return NAN;
	if (i == n - 1)
		return from[i];
	b = from[i];
	c = from[i + 1];
	if (isnan(b) || isnan(c))
		return (float)(t < 0.5 ? b : c);
	a = i > 0 ? from[i - 1] : NAN;
	d = i + 2 < n ? from[i + 2] : NAN;
	if (isnan(a) || isnan(d))
		return (float)(b + t * (c - b));
	return (float)(b + 0.5 * t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a))));
}

void profile_resample(const float *from, int n, double first, double step, float *to, int m)
{
	for (int i = 0; i < m; i++) {
		double at = first + i * step;

		to[i] = step > 1.33 ? average_between(from, n, at - step / 2, at + step / 2) :
			interpolate(from, n, at);
	}
}
