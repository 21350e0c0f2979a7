/* robust.h - medians, and polynomials that outliers do not bend */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MATH_ROBUST_H
#define MATH_ROBUST_H

/* The value below which the share q (0 to 1) of n values lies; v is reordered and must hold no
 * NaN. 0 for n = 0. */
float robust_quantile(float *v, int n, double q);

/* The middle value; the mean of the two middle ones where n is even. v is reordered. */
float robust_median(float *v, int n);

/* 1.4826 times the median distance from 0: the standard deviation of normal noise about 0,
 * whatever a minority of the values is. v is reordered and made positive. */
float robust_spread(float *v, int n);

#define ROBUST_DEGREE 4

/* y = sum of c[k] * ((x - middle) / reach)^k. */
struct robust_poly {
	int degree;            /* 0 to ROBUST_DEGREE */
	double middle, reach;
	double c[ROBUST_DEGREE + 1];
	double spread;         /* of the residuals of the points that count, as robust_spread */
};

double robust_poly_at(const struct robust_poly *p, double x);
double robust_poly_slope(const struct robust_poly *p, double x);

/* Least squares through n points with weights w (NULL: all 1; 0: the point takes no part), then
 * `rounds` more, each weighting by Tukey's biweight of the last residual at 4.685 spreads; the
 * spread is never taken as less than least_spread, so that exact data keep all their points.
 * 0, or -1 where the points do not determine the polynomial (p is then all zero). */
int robust_poly_fit(const double *x, const double *y, const double *w, int n, int degree, int rounds,
		    double least_spread, struct robust_poly *p);

/* Solves the symmetric positive definite system a z = b of n <= ROBUST_DEGREE + 1 unknowns in
 * place (Cholesky); b becomes z. -1 where a is singular. a is row by row, its upper half unused. */
int robust_solve(double *a, double *b, int n);

#endif
