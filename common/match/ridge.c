/* ridge.c - peaks and valleys of a profile, and how many match one after the other */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "match/ridge.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"

#define LEAST_STEP 0.33   /* root mean squares between a peak and the valley beside it */

void ridges_free(struct ridges *r)
{
	free(r->at);
	free(r->sign);
	*r = (struct ridges){ 0 };
}

static double top_of(const float *v, int n, int i)
{
	double bend;

	if (i < 1 || i > n - 2)
		return i;
	bend = (double)v[i - 1] - 2.0 * v[i] + v[i + 1];
	return fabs(bend) > 1e-12 ? i + fmax(-0.5, fmin(0.5, 0.5 * ((double)v[i - 1] - v[i + 1]) / bend)) : i;
}

/* A turn is kept when the profile has come to it and gone from it by `step`. */
static void walk(const float *v, const float *on, int n, double step, struct ridges *out)
{
	int high = -1, low = -1, going = 0;

	for (int i = 0; i < n; i++) {
		if (!(on[i] > 0))
			continue;
		if (high < 0 || v[i] > v[high])
			high = i;
		if (low < 0 || v[i] < v[low])
			low = i;
		if (going >= 0 && v[i] < v[high] - step) {
			if (going > 0) {
				out->at[out->n] = (float)top_of(v, n, high);
				out->sign[out->n++] = 1;
			}
			going = -1;
			low = i;
		} else if (going <= 0 && v[i] > v[low] + step) {
			if (going < 0) {
				out->at[out->n] = (float)top_of(v, n, low);
				out->sign[out->n++] = -1;
			}
			going = 1;
			high = i;
		}
	}
}

int ridges_find(const float *v, const float *on, int n, struct ridges *out, struct error *e)
{
	double square = 0, there = 0;

	*out = (struct ridges){ 0 };
	out->at = mem_new((size_t)n, sizeof *out->at, e);
	out->sign = mem_new((size_t)n, sizeof *out->sign, e);
	if (!out->at || !out->sign) {
		ridges_free(out);
		return STATUS_SYSTEM;
	}
	for (int i = 0; i < n; i++) {
		square += (double)on[i] * v[i] * v[i];
		there += on[i];
	}
	if (there > 0 && square > 0)
		walk(v, on, n, LEAST_STEP * sqrt(square / there), out);
	return STATUS_DONE;
}

/* Place and kind of b's k-th from the left, as it lies on a. */
static double at_of(const struct ridges *b, int k, double lag, enum reading reading, int nb, int *sign)
{
	int j = reading == READ_STRAIGHT ? k : b->n - 1 - k;

	*sign = reading == READ_TURNED_OVER ? -b->sign[j] : b->sign[j];
	return (reading == READ_STRAIGHT ? b->at[j] : nb - 1 - b->at[j]) + lag;
}

int ridges_consecutive(const struct ridges *a, const struct ridges *b, double lag, enum reading reading,
		       int nb, double reach)
{
	int i = 0, j = 0, run = 0, best = 0;

	while (i < a->n && j < b->n) {
		int sign;
		double there = at_of(b, j, lag, reading, nb, &sign), apart = there - a->at[i];

		if (fabs(apart) <= reach && sign == a->sign[i]) {
			run++;
			i++;
			j++;
		} else {
			if (apart > 0)
				i++;
			else
				j++;
			/* nothing was passed over yet: this one lies beyond the other profile's end */
			if (i + j > 1)
				run = 0;
		}
		if (run > best)
			best = run;
	}
	return best;
}
