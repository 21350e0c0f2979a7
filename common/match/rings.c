/* rings.c - the first step of a search: a code's harmonics on rings, and those of a probe */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "match/rings.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "math/fft.h"

/* Lengths are in pitches of the lattice. Ring 0 lies half a step within the outer edge. */
#define STEP 1.0465
/* A place counts for a ring by a Gaussian of its distance from it. The probe is smoothed by as much once
 * more, and along the rings by both together: what is left of waves has half its height at about 250 um on a
 * breech face. */
#define RING_SIGMA 0.385
#define NEAR (2.7 * RING_SIGMA)
/* Standard deviation of the numbers where the mark is, and of what a probe's products are made to have. */
#define NUMBER_SPREAD 4.0
#define TABLE_UNIT 16
#define MULTIPLIER_BITS 16
/* Share of a cell's places that the code says something of. */
#define CELL_THERE 0.25

/* Four places that a quarter turn takes to each other; those that are not of the lattice: -1. */
struct orbit {
	int16_t place[4];
	float radius, angle;
};

/* Orders by their rest modulo four: order 4 k + c is number k of class c, order 4 k + 4 number k of class 0. Two
 * classes stand side by side: first 0 and 2, then 1 and 3, which are multiplied by the same. */
#define CLASSES 4
#define LANES 8
typedef int16_t lanes __attribute__((vector_size(4 * LANES), aligned(16)));
#define SLOTS ((RINGS_ORDERS + 1) / CLASSES / LANES)
#define PAIRS (CLASSES / 2)
#define PAIR(class) ((class) % 2)
#define PLACE(class, k) ((class) / 2 * LANES + (k) % LANES)
struct row {
	lanes cosine[SLOTS][PAIRS], sine[SLOTS][PAIRS];
};

static int order_of(int class, int k)
{
	return CLASSES * k + (class ? class : CLASSES);
}

struct rings_basis {
	double pitch_um, outer;
	struct orbit orbit[CODE_MOST / 2];
	int orbits;
	/* of each ring the orbits near it, and a row for each: weight times cosine and sine of every order,
	 * by its class */
	int16_t near[RINGS][CODE_MOST / 2];
	int nears[RINGS];
	struct row *table, *row[RINGS];
	int32_t multiplier[RINGS];
	double spread[RINGS];              /* what a number was divided by, as a fraction of TABLE_UNIT */
	uint8_t cell[CODE_MOST];           /* sector + RINGS_SECTORS * band */
	int cell_least[RINGS_SECTORS * RINGS_BANDS];
	int places;
};

static double ring_radius(const struct rings_basis *b, int ring)
{
	return b->outer - (ring + 0.5) * STEP;
}

static int has_order(int ring, int m)
{
	return ring < 2 * RINGS_PAIRS(m);
}

static void find_orbits(struct rings_basis *b, const struct code_run *run, int runs)
{
	int number[2 * CODE_REACH][2 * CODE_REACH];
	int n = 0;

	for (int j = 0; j < 2 * CODE_REACH; j++)
		for (int i = 0; i < 2 * CODE_REACH; i++)
			number[j][i] = -1;
	for (int r = 0; r < runs; r++)
		for (int i = 0; i < run[r].count; i++)
			number[run[r].row + CODE_REACH][run[r].first + i + CODE_REACH] = n++;
	b->places = n;
	for (int j = 0; j < CODE_REACH; j++)
		for (int i = 0; i < CODE_REACH; i++) {
			struct orbit *o = &b->orbit[b->orbits];
			int x = i, y = j, any = 0;

			for (int k = 0; k < 4; k++) {
				int turned = -y - 1;

				o->place[k] = (int16_t)number[y + CODE_REACH][x + CODE_REACH];
				any |= o->place[k] >= 0;
				y = x;
				x = turned;
			}
			o->radius = (float)hypot(i + 0.5, j + 0.5);
			o->angle = (float)atan2(j + 0.5, i + 0.5);
			b->orbits += any;
		}
}

static double weight_of(double distance)
{
	return exp(-distance * distance / (2 * RING_SIGMA * RING_SIGMA));
}

static size_t count_near(const struct rings_basis *b, int ring)
{
	size_t n = 0;

	for (int o = 0; o < b->orbits; o++)
		n += fabs(b->orbit[o].radius - ring_radius(b, ring)) <= NEAR;
	return n;
}

static void fill_row(struct row *row, const struct orbit *o, double weight)
{
	for (int class = 0; class < CLASSES; class++)
		for (int k = 0; k < SLOTS * LANES; k++) {
			double angle = order_of(class, k) * (double)o->angle;
			int16_t cosine = (int16_t)lrint(TABLE_UNIT * weight * cos(angle));
			int16_t sine = (int16_t)lrint(TABLE_UNIT * weight * sin(angle));

			row->cosine[k / LANES][PAIR(class)][PLACE(class, k)] = cosine;
			row->sine[k / LANES][PAIR(class)][PLACE(class, k)] = sine;
		}
}

static void fill_ring(struct rings_basis *b, int ring, struct row *row)
{
	double radius = ring_radius(b, ring), square = 0;
	int n = 0;

	b->row[ring] = row;
	for (int o = 0; o < b->orbits; o++) {
		double d = b->orbit[o].radius - radius, w = weight_of(d);

		if (fabs(d) > NEAR)
			continue;
		fill_row(&row[n], &b->orbit[o], w);
		b->near[ring][n++] = (int16_t)o;
		square += 4 * w * w;
	}
	b->nears[ring] = n;
	/* seven bits in ten say something */
	b->spread[ring] = NUMBER_SPREAD / sqrt(0.35 * square);
	b->multiplier[ring] = (int32_t)lrint(b->spread[ring] * (1 << MULTIPLIER_BITS) / TABLE_UNIT);
}

static void find_cells(struct rings_basis *b, const struct code_run *run, int runs)
{
	double outer = b->outer * b->outer, inner = pow(b->outer - RINGS * STEP, 2);
	int count[RINGS_SECTORS * RINGS_BANDS] = { 0 }, n = 0;

	for (int r = 0; r < runs; r++)
		for (int i = 0; i < run[r].count; i++, n++) {
			double x = run[r].first + i + 0.5, y = run[r].row + 0.5;
			int band = (int)floor(RINGS_BANDS * (x * x + y * y - inner) / (outer - inner));
			int sector = (int)floor(RINGS_SECTORS * (atan2(y, x) / (2 * M_PI) + 1)) % RINGS_SECTORS;

			band = band < 0 ? 0 : band < RINGS_BANDS ? band : RINGS_BANDS - 1;
			b->cell[n] = (uint8_t)(sector + RINGS_SECTORS * band);
			count[b->cell[n]]++;
		}
	for (int c = 0; c < RINGS_SECTORS * RINGS_BANDS; c++)
		b->cell_least[c] = (int)ceil(CELL_THERE * count[c]) > 1 ? (int)ceil(CELL_THERE * count[c]) : 1;
}

struct rings_basis *rings_new(const struct code_lattice *lattice, struct error *e)
{
	struct rings_basis *b = mem_new(1, sizeof *b, e);
	struct code_run run[CODE_RUNS];
	int runs = code_runs(lattice, run);
	size_t rows = 0;

	if (!b)
		return NULL;
	b->pitch_um = lattice->pitch_um;
	b->outer = lattice->outer_um / lattice->pitch_um;
	find_orbits(b, run, runs);
	find_cells(b, run, runs);
	for (int r = 0; r < RINGS; r++)
		rows += count_near(b, r);
	b->table = mem_new(rows, sizeof *b->table, e);
	if (!b->table) {
		rings_free(b);
		return NULL;
	}
	rows = 0;
	for (int r = 0; r < RINGS; r++) {
		fill_ring(b, r, b->table + rows);
		rows += (size_t)b->nears[r];
	}
	return b;
}

void rings_free(struct rings_basis *b)
{
	if (b)
		free(b->table);
	free(b);
}

/* The four values of an orbit, as a Fourier transform of four takes them: for orders of class 0, of class 2,
 * and real and imaginary part for the others. */
struct four {
	int16_t sum, across, real, imaginary;
};

static void make_fours(const struct rings_basis *b, const struct code *code, struct four four[CODE_MOST / 2])
{
	int8_t all[CODE_MOST + 1], *value = all + 1;   /* one more, for places that are not of the lattice */

	all[0] = 0;
	for (int w = 0; w < CODE_WORDS; w++) {
		uint64_t on = code->on[w], off = on & ~code->bit[w];

		for (int k = 0; k < 64; k++, on >>= 1, off >>= 1)
			value[64 * w + k] = (int8_t)((on & 1) - 2 * (off & 1));
	}
	for (int o = 0; o < b->orbits; o++) {
		const int16_t *place = b->orbit[o].place;
		int v[4];

		for (int q = 0; q < 4; q++)
			v[q] = value[place[q]];
		four[o] = (struct four){ (int16_t)(v[0] + v[1] + v[2] + v[3]), (int16_t)(v[0] - v[1] + v[2] - v[3]),
					 (int16_t)(v[0] - v[2]), (int16_t)(v[1] - v[3]) };
	}
}

/* Sums of weight times value times exp(-i m angle), for one slot of every class. Of 16 bits: no sum is that
 * large. */
static inline __attribute__((always_inline))
void sum_up(const struct rings_basis *b, int ring, const struct four *all, int slot, lanes real[PAIRS],
	    lanes imaginary[PAIRS])
{
	static const lanes first = { -1, -1, -1, -1, -1, -1, -1, -1 };   /* the first class of two */
	lanes even_cosine = { 0 }, even_sine = { 0 };
	lanes real_cosine = { 0 }, real_sine = { 0 }, imaginary_cosine = { 0 }, imaginary_sine = { 0 };

	for (int k = 0; k < b->nears[ring]; k++) {
		const lanes *c = b->row[ring][k].cosine[slot], *s = b->row[ring][k].sine[slot];
		const struct four *four = &all[b->near[ring][k]];
		lanes even = (first & four->sum) | (~first & four->across);

		even_cosine += c[0] * even;
		even_sine += s[0] * even;
		real_cosine += c[1] * four->real;
		real_sine += s[1] * four->real;
		imaginary_cosine += c[1] * four->imaginary;
		imaginary_sine += s[1] * four->imaginary;
	}
	real[0] = even_cosine;
	imaginary[0] = -even_sine;
	/* of class 3 those that were multiplied by i are turned over */
	imaginary_sine = (first & imaginary_sine) | (~first & -imaginary_sine);
	imaginary_cosine = (first & imaginary_cosine) | (~first & -imaginary_cosine);
	real[1] = real_cosine - imaginary_sine;
	imaginary[1] = -imaginary_cosine - real_sine;
}

static void sum_up_portable(const struct rings_basis *b, int ring, const struct four *all, int slot,
			    lanes real[PAIRS], lanes imaginary[PAIRS])
{
	sum_up(b, ring, all, slot, real, imaginary);
}

#ifdef __x86_64__
__attribute__((target("avx2")))
static void sum_up_avx2(const struct rings_basis *b, int ring, const struct four *all, int slot, lanes real[PAIRS],
			lanes imaginary[PAIRS])
{
	sum_up(b, ring, all, slot, real, imaginary);
}
#else
#define sum_up_avx2 sum_up_portable
#endif

static uint8_t rounded(const struct rings_basis *b, int ring, int32_t sum)
{
	int32_t v = (sum * b->multiplier[ring] + (1 << (MULTIPLIER_BITS - 1))) >> MULTIPLIER_BITS;

	return (uint8_t)(v < -8 ? 0 : v > 7 ? 15 : v + 8);
}

static void make_there(const struct rings_basis *b, const struct code *code, uint32_t there[RINGS_BANDS])
{
	int count[RINGS_SECTORS * RINGS_BANDS] = { 0 };

	for (int w = 0; w < CODE_WORDS; w++)
		for (uint64_t on = code->on[w]; on; on &= on - 1)
			count[b->cell[64 * w + __builtin_ctzll(on)]]++;
	for (int band = 0; band < RINGS_BANDS; band++) {
		there[band] = 0;
		for (int s = 0; s < RINGS_SECTORS; s++)
			if (count[band * RINGS_SECTORS + s] >= b->cell_least[band * RINGS_SECTORS + s])
				there[band] |= UINT32_C(1) << s;
	}
}

void rings_make_by(const struct rings_basis *b, enum kernel kernel, const struct code *code, struct rings *out)
{
	uint8_t number[4 * RINGS_ALL];
	struct four four[CODE_MOST / 2];

	make_fours(b, code, four);
	for (int r = 0; r < RINGS; r++) {
		lanes real[SLOTS][PAIRS], imaginary[SLOTS][PAIRS];

		for (int slot = 0; slot < SLOTS && has_order(r, order_of(1, slot * LANES)); slot++)
			if (kernel == KERNEL_PORTABLE)
				sum_up_portable(b, r, four, slot, real[slot], imaginary[slot]);
			else
				sum_up_avx2(b, r, four, slot, real[slot], imaginary[slot]);
		for (int m = 1, at = 2 * r; m <= RINGS_ORDERS && has_order(r, m); at += 4 * RINGS_PAIRS(m), m++) {
			int k = (m - 1) / CLASSES, class = m % CLASSES;   /* order 4 is number 0 of class 0 */

			number[at] = rounded(b, r, real[k / LANES][PAIR(class)][PLACE(class, k)]);
			number[at + 1] = rounded(b, r, imaginary[k / LANES][PAIR(class)][PLACE(class, k)]);
		}
	}
	for (int k = 0; k < 2 * RINGS_ALL; k++)
		out->number[k] = (uint8_t)(number[k] | number[k + 2 * RINGS_ALL] << 4);
	make_there(b, code, out->there);
}

void rings_make(const struct rings_basis *b, const struct code *code, struct rings *out)
{
	rings_make_by(b, kernel_supported(KERNEL_AVX2) ? KERNEL_AVX2 : KERNEL_PORTABLE, code, out);
}

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

/* Fewer common cells than this tell nothing. */
#define CELLS_LEAST 16

static void fill_weights(struct rings_probe *out)
{
	for (int c = 0; c <= RINGS_SECTORS * RINGS_BANDS; c++) {
		double w = c < CELLS_LEAST ? 0 : 32767 * sqrt(CELLS_LEAST / (double)c);

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
		make_there(b, own, there);
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
