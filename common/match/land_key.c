/* land_key.c - land signatures made ready for comparing */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "match/land_key.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

/* 1. The spectrum is lifted by frequency^emphasis: striae have a red spectrum, and coarse waves, of
 *    which a land holds a handful, agree by chance.
 * 2. The profile is pressed by tanh at PRESS local root mean squares, so that one deep stria does
 *    not speak for all.
 * 3. It is weighted by the square of how sure each place is. */
#define PRESS 2.0f
#define FLOOR 0.2f            /* of the whole root mean square, below which nothing is lifted */
#define LOCAL_UM 100.0        /* half length over which the local one is taken */
#define LONG_UM 300.0         /* coarser waves are lifted no less than this one */
#define SHORT_UM 20.0         /* cut-off of a Gaussian: finer ones are noise */
#define LEAST_POINTS 64
#define MOST_POINTS 8192

void land_matcher_free(struct land_matcher *m)
{
	if (!m)
		return;
	fft_free(m->fft);
	free(m->lift);
	free(m);
}

static int check(const struct land_match_options *o, int longest, double step_um, struct error *e)
{
	if (!(o->overlap >= 0.5 && o->overlap <= 1))
		return error_set(e, STATUS_USAGE, "the overlap of lands must be .5 to 1");
	if (!(o->emphasis >= 0 && o->emphasis <= 2))
		return error_set(e, STATUS_USAGE, "the emphasis of fine striae must be 0 to 2");
	if (!(o->stria_um >= 2 && o->stria_um <= 50))
		return error_set(e, STATUS_USAGE, "striae must match within 2 to 50 um");
	if (!(o->segment_um >= 10 && o->segment_um <= 100))
		return error_set(e, STATUS_USAGE, "segments must agree within 10 to 100 um");
	if (longest < LEAST_POINTS || longest > MOST_POINTS || !(step_um > 0))
		return error_set(e, STATUS_INPUT, "no land has %d points", longest);
	return STATUS_DONE;
}

struct land_matcher *land_matcher_new(const struct land_match_options *o, int longest, double step_um,
				      struct error *e)
{
	struct land_matcher *m;

	if (check(o, longest, step_um, e))
		return NULL;
	m = mem_new(1, sizeof *m, e);
	if (!m)
		return NULL;
	m->o = *o;
	m->step_um = step_um;
	m->longest = longest;
	/* no lag that is looked at may be reached by a sum that has gone round the end: the longer
	 * one and what the shorter may stick out beyond it */
	m->n = fft_fast((int)ceil(longest * (2 - o->overlap)) + 2);
	while (m->n % 2)
		m->n = fft_fast(m->n + 1);
	m->fft = fft_new(1, m->n, e);
	m->bins = (m->n / 2 + 2) & ~1;
	m->lift = mem_new((size_t)m->bins, sizeof *m->lift, e);
	if (!m->fft || !m->lift) {
		land_matcher_free(m);
		return NULL;
	}
	for (int k = 0; k <= m->n / 2; k++) {
		double f = k / (m->n * step_um);

		m->lift[k] = (float)(pow(fmax(f, 1 / LONG_UM) * 100, o->emphasis) *
				     exp(-M_PI * pow(0.4697 * SHORT_UM * f, 2)) / m->n);
	}
	return m;
}

void land_key_free(struct land_key *key)
{
	if (!key)
		return;
	free(key->z);
	fft_release(key->wave);
	fft_release(key->weight);
	ridges_free(&key->ridges);
	segment_key_free(&key->segments);
	free(key);
}

/* Presses v, n samples, by its local root mean square over the samples that are on. */
static void press(float *v, const float *on, int n, int half)
{
	double all = 0, square = 0, there = 0;
	float least, *wide = v + n;  /* the caller has room behind */

	for (int i = 0; i < n; i++) {
		all += on[i] * v[i] * v[i];
		there += on[i];
	}
	least = FLOOR * (float)sqrt(all / there);
	there = 0;
	for (int i = 0; i < n + half; i++) {
		if (i < n) {
			square += on[i] * v[i] * v[i];
			there += on[i];
		}
		if (i > 2 * half) {
			square -= on[i - 2 * half - 1] * v[i - 2 * half - 1] * v[i - 2 * half - 1];
			there -= on[i - 2 * half - 1];
		}
		if (i >= half)
			wide[i - half] = there > 0 && square > 0 ? (float)sqrt(square / there) : 0;
	}
	for (int i = 0; i < n; i++)
		v[i] = on[i] * tanhf(v[i] / (PRESS * wide[i] + least + 1e-20f));
}

/* The profile lifted and pressed, about its weighted mean, n samples; weight likewise. work and
 * spectrum are a transform's size. */
static void dress(const struct land_matcher *m, const struct land_key *key, const float *sure, float *work,
		  float complex *spectrum, float *v, float *weight)
{
	double sum = 0, own = 0;
	float mean;

	memset(work, 0, (size_t)m->n * sizeof *work);
	memcpy(work, key->z, (size_t)key->n * sizeof *work);
	fft_forward(m->fft, work, spectrum);
	for (int k = 0; k <= m->n / 2; k++)
		spectrum[k] *= m->lift[k];
	fft_inverse(m->fft, spectrum, work);
	memcpy(v, work, (size_t)key->n * sizeof *v);
	press(v, key->on, key->n, (int)(LOCAL_UM / m->step_um));
	for (int i = 0; i < key->n; i++) {
		weight[i] = key->on[i] * sure[i] * sure[i];
		sum += weight[i] * v[i];
		own += weight[i];
	}
	mean = own > 0 ? (float)(sum / own) : 0;
	for (int i = 0; i < key->n; i++)
		v[i] = key->on[i] * (v[i] - mean);
}

static int halved(const struct land_key *key, const float *v, float *to, struct segment_key *out,
		  struct error *e)
{
	int m = key->n / 2;

	for (int i = 0; i < m; i++) {
		to[i] = 0.5f * (v[2 * i] + v[2 * i + 1]);
		to[m + i] = key->on[2 * i] * key->on[2 * i + 1];
	}
	return segment_key_make(to, to + m, m, out, e);
}

static int transform(const struct land_matcher *m, struct land_key *key, const float *sure, struct error *e)
{
	float *work = fft_memory((size_t)m->n * 2, sizeof *work, e);
	float *v = mem_new((size_t)key->n * 4, sizeof *v, e), *weight = v ? v + 2 * key->n : NULL;
	int status = STATUS_SYSTEM;

	key->wave = fft_memory((size_t)m->bins, sizeof *key->wave, e);
	key->weight = fft_memory((size_t)m->bins, sizeof *key->weight, e);
	if (!work || !v || !key->wave || !key->weight)
		goto out;
	dress(m, key, sure, work, key->wave, v, weight);
	memset(work, 0, (size_t)m->n * sizeof *work);
	for (int i = 0; i < key->n; i++)
		work[i] = weight[i] * v[i];
	fft_forward(m->fft, work, key->wave);
	memset(work, 0, (size_t)m->n * sizeof *work);
	memcpy(work, weight, (size_t)key->n * sizeof *work);
	fft_forward(m->fft, work, key->weight);
	status = halved(key, v, work, &key->segments, e);
out:
	free(v);
	fft_release(work);
	return status;
}

static void copy(struct land_key *key, const struct land *land)
{
	double sum = 0;

	for (int i = 0; i < land->n; i++) {
		key->on[i] = land->sure[i] > 0 && isfinite(land->z[i]);
		key->present += key->on[i] > 0;
		sum += key->on[i] > 0 ? land->z[i] : 0;
	}
	for (int i = 0; i < land->n; i++)
		key->z[i] = key->on[i] > 0 ? (float)(land->z[i] - sum / key->present) : 0;
}

int land_key_make(const struct land_matcher *m, const struct land *land, struct land_key **out, struct error *e)
{
	struct land_key *key;
	int status, n = land->n;

	*out = NULL;
	if (n < LEAST_POINTS || n > m->longest)
		return error_set(e, STATUS_INPUT, "a land of %d points cannot be compared", n);
	if (fabs(land->step_um - m->step_um) > 1e-3 * m->step_um)
		return error_set(e, STATUS_INPUT, "a land of %g um does not compare with those of %g",
				 land->step_um, m->step_um);
	key = mem_new(1, sizeof *key, e);
	if (!key)
		return STATUS_SYSTEM;
	key->n = n;
	key->ends = land_ends(land);
	key->lit = land->kind == SURFACE_PHOTOGRAPH;
	key->z = mem_new((size_t)n * 2, sizeof *key->z, e);
	status = key->z ? STATUS_DONE : STATUS_SYSTEM;
	if (!status) {
		key->on = key->z + n;
		copy(key, land);
		if (key->present < LEAST_POINTS)
			status = error_set(e, STATUS_INPUT, "a land of %d points cannot be compared",
					   key->present);
	}
	if (!status)
		status = transform(m, key, land->sure, e);
	if (!status)
		status = ridges_find(key->z, key->on, n, &key->ridges, e);
	if (status)
		land_key_free(key);
	else
		*out = key;
	return status;
}
