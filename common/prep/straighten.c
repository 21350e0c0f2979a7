/* straighten.c - make the striae of a run of sections stand straight */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "prep/straighten.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "math/profile.h"
#include "math/robust.h"

/* Two steps, on flattened sections at half the sampling (3.1 um of 1.5625): the lean at which
 * the sum of all sections has most power; then, ROUNDS times, each section's own place against
 * the sum of the others, and a parabola through these places, weighted by how well each fitted. */
#define LEAST_SECTIONS 4
#define LINE_UM 40.0
#define LEAN_LEFT 0.06     /* of the whole height */
#define REACH 5            /* samples a section is looked for about its place */
#define ROUNDS 3

struct bench {
	int n, m;          /* sections, samples of each */
	double step_um;
	float *f;          /* n * m */
	float *sum;        /* m */
	double *t, *at, *w;  /* per section: place along, sideways place in samples, trust */
};

static int bench_make(struct bench *b, const struct sections *s, struct error *e)
{
	float *one = NULL, *few = NULL;
	int status = STATUS_SYSTEM;

	b->n = s->count;
	b->m = s->width / 2;
	b->step_um = 2 * s->step_um;
	b->f = mem_new((size_t)b->n * (size_t)(b->m > 0 ? b->m : 1), sizeof *b->f, e);
	b->sum = mem_new((size_t)b->m, sizeof *b->sum, e);
	b->t = mem_new((size_t)b->n * 3, sizeof *b->t, e);
	one = mem_new((size_t)s->width, sizeof *one, e);
	few = mem_new((size_t)s->width, sizeof *few, e);
	if (!b->f || !b->sum || !b->t || !one || !few)
		goto out;
	b->at = b->t + b->n;
	b->w = b->at + b->n;
	for (int k = 0; k < b->n; k++) {
		float *f = b->f + (size_t)k * (size_t)b->m;

		striae_flatten(s->z + (size_t)k * (size_t)s->width, s->width, (int)(LINE_UM / s->step_um), few,
			       one, NULL);
		for (int i = 0; i < b->m; i++)
			f[i] = 0.5f * (one[2 * i] + one[2 * i + 1]);
		b->t[k] = 2.0 * k / (b->n - 1) - 1;
	}
	status = STATUS_DONE;
out:
	free(one);
	free(few);
	return status;
}

static void bench_free(struct bench *b)
{
	free(b->f);
	free(b->sum);
	free(b->t);
}

/* Where both f[i + shift] and the sum have a sample. */
static void overlap(int m, int shift, int *first, int *last)
{
	*first = shift < 0 ? -shift : 0;
	*last = shift > 0 ? m - shift : m;
}

static void sum_up(struct bench *b, double lean, double bend)
{
	memset(b->sum, 0, (size_t)b->m * sizeof *b->sum);
	for (int k = 0; k < b->n; k++) {
		const float *f = b->f + (size_t)k * (size_t)b->m;
		double t = b->t[k];
		int shift = (int)lrint(lean * t + bend * (t * t - 1 / 3.0)), first, last;

		overlap(b->m, shift, &first, &last);
		for (int i = first; i < last; i++)
			b->sum[i] += f[i + shift];
	}
}

static double power(const struct bench *b)
{
	double sum = 0;

	for (int i = 0; i < b->m; i++)
		sum += b->sum[i] * b->sum[i];
	return sum;
}

/* In samples, half of what lies between the first and the last section. */
static double most_power(struct bench *b, double reach)
{
	int steps = (int)ceil(reach), best = 0;
	double most = -1;

	for (int k = -steps; k <= steps; k++) {
		double p;

		sum_up(b, reach * k / steps, 0);
		p = power(b);
		if (p > most) {
			most = p;
			best = k;
		}
	}
	return reach * best / steps;
}

/* Correlation of section k, shifted, with the sum of the others (its own part stands in the sum
 * at `own`). */
static double fits(const struct bench *b, int k, int shift, int own)
{
	const float *f = b->f + (size_t)k * (size_t)b->m;
	double ab = 0, aa = 0, bb = 0;
	int first, last;

	overlap(b->m, shift, &first, &last);
	for (int i = first; i < last; i++) {
		int j = i + own;
		float c = b->sum[i] - (j >= 0 && j < b->m ? f[j] : 0);

		ab += f[i + shift] * c;
		aa += f[i + shift] * f[i + shift];
		bb += c * c;
	}
	return aa > 0 && bb > 0 ? ab / sqrt(aa * bb) : 0;
}

/* Each section's place, b->at, and trust in it; returns the mean correlation at the places that
 * the course gives. */
static double places(struct bench *b, double lean, double bend)
{
	double mean = 0;

	sum_up(b, lean, bend);
	for (int k = 0; k < b->n; k++) {
		double t = b->t[k], c[2 * REACH + 1];
		int own = (int)lrint(lean * t + bend * (t * t - 1 / 3.0)), best = REACH;

		for (int j = 0; j <= 2 * REACH; j++) {
			c[j] = fits(b, k, own + j - REACH, own);
			if (c[j] > c[best])
				best = j;
		}
		b->at[k] = own + best - REACH;
		b->w[k] = c[best] > 0.1 && best > 0 && best < 2 * REACH ? c[best] * c[best] : 0;
		if (b->w[k] > 0)
			b->at[k] += 0.5 * (c[best - 1] - c[best + 1]) /
				(c[best - 1] - 2 * c[best] + c[best + 1] - 1e-9);
		mean += c[REACH] / b->n;
	}
	return mean;
}

/* The parabola through the places; a bend only where enough sections say so. */
static void follow(struct bench *b, double *lean, double *bend)
{
	struct robust_poly p;
	int trusted = 0;

	for (int k = 0; k < b->n; k++)
		trusted += b->w[k] > 0;
	if (robust_poly_fit(b->t, b->at, b->w, b->n, trusted >= 12 ? 2 : 1, 4, 0.3, &p))
		return;
	*lean = (robust_poly_at(&p, 1) - robust_poly_at(&p, -1)) / 2;
	*bend = (robust_poly_at(&p, 1) + robust_poly_at(&p, -1)) / 2 - robust_poly_at(&p, 0);
}

static int move(struct sections *s, const struct bench *b, double lean, double bend, struct error *e)
{
	float *one = mem_new((size_t)s->width, sizeof *one, e);

	if (!one)
		return STATUS_SYSTEM;
	for (int k = 0; k < s->count; k++) {
		float *z = s->z + (size_t)k * (size_t)s->width;
		double t = b->t[k], aside = 2 * (lean * t + bend * (t * t - 1 / 3.0));

		memcpy(one, z, (size_t)s->width * sizeof *one);
		profile_resample(one, s->width, aside, 1, z, s->width);
	}
	free(one);
	return STATUS_DONE;
}

int straighten(struct sections *s, struct striae_course *course, struct error *e)
{
	struct bench b = { 0 };
	double reach, lean, bend = 0;
	int status;

	*course = (struct striae_course){ 0 };
	if (s->count < LEAST_SECTIONS || s->width < 32)
		return STATUS_DONE;
	status = bench_make(&b, s, e);
	if (status)
		goto out;
	reach = fmax(LEAN_LEFT * (s->count - 1) * s->pitch_um / 2 / b.step_um, 2);
	lean = most_power(&b, reach);
	for (int round = 0; round < ROUNDS; round++) {
		places(&b, lean, bend);
		follow(&b, &lean, &bend);
	}
	course->coherence = places(&b, lean, bend);
	course->lean_um = lean * b.step_um;
	course->bend_um = bend * b.step_um;
	status = move(s, &b, lean, bend, e);
out:
	bench_free(&b);
	return status;
}
