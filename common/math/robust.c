/* robust.c - medians, and polynomials that outliers do not bend */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "math/robust.h"

#include <math.h>
#include <string.h>

static void swap(float *a, float *b)
{
	float t = *a;

	*a = *b;
	*b = t;
}

/* Insertion is the fastest for the handful of rows that make a section. */
static void sort_few(float *v, int n)
{
	for (int i = 1; i < n; i++) {
		float t = v[i];
		int j = i;

		for (; j > 0 && v[j - 1] > t; j--)
			v[j] = v[j - 1];
		v[j] = t;
	}
}

/* v[k] becomes what it would be if v were sorted, nothing before it is larger and nothing behind
 * it smaller (quickselect, middle of three). */
static float select_kth(float *v, int n, int k)
{
	int left = 0, right = n - 1;

	while (right - left > 24) {
		int middle = left + (right - left) / 2, i = left, j = right;
		float pivot;

		if (v[middle] < v[left])
			swap(&v[middle], &v[left]);
		if (v[right] < v[left])
			swap(&v[right], &v[left]);
		if (v[right] < v[middle])
			swap(&v[right], &v[middle]);
		pivot = v[middle];
		while (i <= j) {
			while (v[i] < pivot)
				i++;
			while (v[j] > pivot)
				j--;
			if (i <= j)
				swap(&v[i++], &v[j--]);
		}
		if (k <= j)
			right = j;
		else if (k >= i)
			left = i;
		else
			return v[k];
	}
	sort_few(v + left, right - left + 1);
	return v[k];
}

float robust_quantile(float *v, int n, double q)
{
	int k;

	if (n <= 0)
		return 0;
	k = (int)(q * (n - 1) + 0.5);
	return select_kth(v, n, k < 0 ? 0 : k >= n ? n - 1 : k);
}

float robust_median(float *v, int n)
{
	float high, low;

	if (n <= 0)
		return 0;
	high = select_kth(v, n, n / 2);
	if (n % 2)
		return high;
	low = v[0];
	for (int i = 1; i < n / 2; i++)
		if (v[i] > low)
			low = v[i];
	return 0.5f * (low + high);
}

float robust_spread(float *v, int n)
{
	for (int i = 0; i < n; i++)
		v[i] = fabsf(v[i]);
	return 1.4826f * robust_median(v, n);
}

double robust_poly_at(const struct robust_poly *p, double x)
{
	double t = (x - p->middle) / p->reach, y = 0;

	for (int k = p->degree; k >= 0; k--)
		y = y * t + p->c[k];
	return y;
}

double robust_poly_slope(const struct robust_poly *p, double x)
{
	double t = (x - p->middle) / p->reach, y = 0;

	for (int k = p->degree; k >= 1; k--)
		y = y * t + k * p->c[k];
	return y / p->reach;
}

int robust_solve(double *a, double *b, int n)
{
	for (int i = 0; i < n; i++) {
		double own = a[i * n + i];

		for (int j = 0; j <= i; j++) {
			double s = a[i * n + j];

			for (int k = 0; k < j; k++)
				s -= a[i * n + k] * a[j * n + k];
			if (j < i)
				a[i * n + j] = s / a[j * n + j];
			else if (s > 1e-12 * own)
				a[i * n + i] = sqrt(s);
			else
				return -1;
		}
	}
	for (int i = 0; i < n; i++) {
		for (int k = 0; k < i; k++)
			b[i] -= a[i * n + k] * b[k];
		b[i] /= a[i * n + i];
	}
	for (int i = n - 1; i >= 0; i--) {
		for (int k = i + 1; k < n; k++)
			b[i] -= a[k * n + i] * b[k];
		b[i] /= a[i * n + i];
	}
	return 0;
}

/* weight 0 stands for Tukey's biweight of the residual at reach; reach 0: all alike. */
static double tukey(double residual, double reach)
{
	double u;

	if (reach <= 0)
		return 1;
	u = residual / reach;
	return fabs(u) >= 1 ? 0 : (1 - u * u) * (1 - u * u);
}

static int fit_once(const double *x, const double *y, const double *w, int n, double reach,
		    const struct robust_poly *last, struct robust_poly *p)
{
	double a[(ROBUST_DEGREE + 1) * (ROBUST_DEGREE + 1)], moment[2 * ROBUST_DEGREE + 1] = { 0 };
	double b[ROBUST_DEGREE + 1] = { 0 };
	int m = p->degree + 1;

	for (int i = 0; i < n; i++) {
		double own = w ? w[i] : 1, t = (x[i] - p->middle) / p->reach;

		if (own <= 0)
			continue;
		own *= tukey(y[i] - robust_poly_at(last, x[i]), reach);
		for (int k = 0; k < 2 * m - 1; k++, own *= t) {
			moment[k] += own;
			if (k < m)
				b[k] += own * y[i];
		}
	}
	for (int i = 0; i < m; i++)
		for (int j = 0; j < m; j++)
			a[i * m + j] = moment[i + j];
	if (!(moment[0] > 0) || robust_solve(a, b, m))
		return -1;
	memcpy(p->c, b, (size_t)m * sizeof *b);
	return 0;
}

/* The spread about p of the points that have weight; a sample of at most 1024 of them is enough. */
static double spread_about(const double *x, const double *y, const double *w, int n,
			   const struct robust_poly *p)
{
	float v[1024];
	int stride = n / 1024 + 1, m = 0;

	for (int i = 0; i < n; i += stride)
		if (!w || w[i] > 0)
			v[m++] = (float)(y[i] - robust_poly_at(p, x[i]));
	return robust_spread(v, m);
}

int robust_poly_fit(const double *x, const double *y, const double *w, int n, int degree, int rounds,
		    double least_spread, struct robust_poly *p)
{
	struct robust_poly fit = { .degree = degree, .reach = 1 };
	double low = INFINITY, high = -INFINITY;

	memset(p, 0, sizeof *p);
	p->reach = 1;
	for (int i = 0; i < n; i++) {
		if (w && w[i] <= 0)
			continue;
		low = fmin(low, x[i]);
		high = fmax(high, x[i]);
	}
	if (!(high >= low) || degree < 0 || degree > ROBUST_DEGREE)
		return -1;
	fit.middle = (low + high) / 2;
	if (high > low)
		fit.reach = (high - low) / 2;
	for (int round = 0; round <= rounds; round++) {
		struct robust_poly last = fit;
		double reach = round ? 4.685 * fmax(last.spread, least_spread) : 0;

		if (fit_once(x, y, w, n, reach, &last, &fit))
			return -1;
		fit.spread = spread_about(x, y, w, n, &fit);
	}
	*p = fit;
	return 0;
}
