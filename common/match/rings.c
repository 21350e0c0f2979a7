/* rings.c - the first step of a search: a probe's harmonics on rings */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "match/rings_basis.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "math/fft.h"

/* Points of a ring at which the probe is read. */
#define READ 256
#define PRODUCT_SPREAD 520.0   /* of the sums of products, before they are made to fit 16 bits */

/* Sixteen shifts within 2.33 pitches (200 um), nowhere far from the next. */
static void shift_of(int s, double *x, double *y)
{
	static const struct { double first, radius; int count; } circle[] = {
		{ 0, 0, 1 }, { 0, 0.95, 5 }, { 0.3, 1.85, 10 }
	};
	int k = 0;

	for (; s >= circle[k].count; k++)
		s -= circle[k].count;
	*x = circle[k].radius * cos(2 * M_PI * s / circle[k].count + circle[k].first);
	*y = circle[k].radius * sin(2 * M_PI * s / circle[k].count + circle[k].first);
}

/* A probe's harmonics, by shift, ring and order. */
typedef float _Complex spectra[RINGS_SHIFTS][RINGS][RINGS_ORDERS];

static int read_probe(const struct rings_basis *b, const struct grid *g, spectra out, struct error *e)
{
	struct fft *f = fft_new(1, READ, e);
	float *row = f ? fft_memory(READ, sizeof *row, e) : NULL;
	float complex *bins = row ? fft_memory(READ / 2 + 1, sizeof *bins, e) : NULL;
	double per = b->pitch_um / g->step_um;

	for (int n = 0; bins && n < RINGS_SHIFTS * RINGS; n++) {
		int s = n / RINGS, r = n % RINGS;
		double radius = ring_radius(b, r), dx, dy;

		shift_of(s, &dx, &dy);
		for (int k = 0; k < READ; k++) {
			double angle = 2 * M_PI * k / READ;

			row[k] = 0;   /* where it is missing, too */
			grid_at(g, (radius * cos(angle) - dx) * per + (g->width - 1) / 2.0,
				(radius * sin(angle) - dy) * per + (g->height - 1) / 2.0, &row[k]);
		}
		fft_forward(f, row, bins);
		for (int m = 1; m <= RINGS_ORDERS; m++) {
			double wave = m / radius * RING_SIGMA;

			/* along the ring smoothed once more, as across it by what a ring collects */
			out[s][r][m - 1] = bins[m] * (float)(exp(-wave * wave / 2) / b->spread[r] / READ);
		}
	}
	if (row)
		fft_release(row);
	if (bins)
		fft_release(bins);
	fft_free(f);
	return bins ? STATUS_DONE : STATUS_SYSTEM;
}

static int8_t byte_of(float v)
{
	return (int8_t)lrintf(v < -127 ? -127 : v > 127 ? 127 : v);
}

/* Numbers of eight bits, such that sums of products have the spread that the kernels expect. */
static void fill_table(const spectra in, struct rings_probe *out)
{
	double square = 0, scale;

	for (int m = 1; m <= RINGS_ORDERS; m++)
		for (int s = 0; s < RINGS_SHIFTS; s++)
			for (int r = 0; r < 2 * RINGS_PAIRS(m); r++)
				square += pow(crealf(in[s][r][m - 1]), 2) + pow(cimagf(in[s][r][m - 1]), 2);
	square *= NUMBER_SPREAD * NUMBER_SPREAD / (RINGS_ORDERS * RINGS_SHIFTS);
	scale = square > 0 ? PRODUCT_SPREAD / sqrt(square) : 0;
	for (int m = 1, q = 0; m <= RINGS_ORDERS; m++)
		for (int p = 0; p < RINGS_PAIRS(m); p++, q++)
			for (int s = 0; s < RINGS_SHIFTS; s++) {
				for (int k = 0; k < 2; k++) {
					float complex v = in[s][2 * p + k][m - 1] * (float)scale;

					out->table[q][0][s][2 * k] = byte_of(crealf(v));
					out->table[q][0][s][2 * k + 1] = byte_of(cimagf(v));
					out->table[q][1][s][2 * k] = (int8_t)-byte_of(cimagf(v));
					out->table[q][1][s][2 * k + 1] = byte_of(crealf(v));
				}
				for (int k = 0; k < 8; k++)
					out->bias[m - 1][k / 4][s] -= 8 * out->table[q][k / 4][s][k % 4];
			}
}

/* Fewer common cells than this tell nothing; what few tell is not made more of. */
#define CELLS_LEAST 8
#define CELLS_FEW 16

static void fill_weights(struct rings_probe *out)
{
	for (int c = 0; c <= RINGS_SECTORS * RINGS_BANDS; c++) {
		double w = c < CELLS_LEAST ? 0 : 32767 * sqrt(CELLS_FEW / fmax(c, CELLS_FEW));

		out->weight[c] = (int32_t)lrint(w);
	}
}

static void fill_roots(struct rings_probe *out)
{
	for (int k = 0; k < RINGS_ROOTS; k++) {
		out->root[k][0] = (int16_t)lrint(32767 * cos(2 * M_PI * k / RINGS_TURNS));
		out->root[k][1] = (int16_t)lrint(32767 * sin(2 * M_PI * k / RINGS_TURNS));
	}
}

int rings_prepare(const struct rings_basis *b, const struct grid *g, const struct code *own, struct rings_probe *out,
		  struct error *e)
{
	spectra *all = mem_new(1, sizeof *all, e);
	uint32_t there[RINGS_BANDS];
	struct grid smooth = { 0 };
	/* g is smoothed a little already, by 0.26 pitches */
	double sigma = b->pitch_um / g->step_um * sqrt(RING_SIGMA * RING_SIGMA - 0.26 * 0.26);
	int status = all ? grid_new(&smooth, g->width, g->height, g->step_um, e) : STATUS_SYSTEM;

	memset(out, 0, sizeof *out);
	if (!status) {
		memcpy(smooth.on, g->on, (size_t)g->width * (size_t)g->height);
		status = grid_smooth(g, sigma, &smooth, e);
	}
	if (!status)
		status = read_probe(b, &smooth, *all, e);
	if (!status) {
		fill_roots(out);
		fill_table(*all, out);
		fill_weights(out);
		rings_there(b, own, there);
		for (int k = 0; k < RINGS_BANDS; k++) {
			out->cells += __builtin_popcount(there[k]);
			for (int t = 0; t < RINGS_SECTORS; t++)
				out->there[k][t] = there[k] << t | (t ? there[k] >> (RINGS_SECTORS - t) : 0);
		}
	}
	grid_free(&smooth);
	free(all);
	return status;
}
