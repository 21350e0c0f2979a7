/* laid.c - the codes that a probe would have if it lay otherwise */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "match/laid.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

/* One of two points between two of g, a quarter of the way from this one or from the next. */
struct between {
	int first;         /* -1 and the last: there is only one */
	double next;       /* how much the next counts */
};

static struct between between(int at)
{
	return (struct between){ (at + 1) / 2 - 1, at % 2 ? 0.25 : 0.75 };
}

/* A row of points, bilinear between those of g; 0: missing or weak. */
static void read_row(const struct grid *g, int y, double weak, uint8_t *out)
{
	struct between down = between(y);
	size_t w = (size_t)g->width, row;

	if (down.first < 0 || down.first + 1 >= g->height)
		return;
	row = (size_t)down.first * w;
	for (int x = 1; x < 2 * g->width - 1; x++) {
		struct between right = between(x);
		size_t i = row + (size_t)right.first;
		double v = (g->v[i] * (1 - right.next) + g->v[i + 1] * right.next) * (1 - down.next) +
			   (g->v[i + w] * (1 - right.next) + g->v[i + w + 1] * right.next) * down.next;
		int on = g->on[i] & g->on[i + 1] & g->on[i + w] & g->on[i + w + 1] & (fabs(v) >= weak);

		out[x] = (uint8_t)(on * (2 + (v > 0)));
	}
}

/* A gather takes four bytes where one is meant. */
#define GATHERED 4

static int read_points(struct laid *l, const struct grid *g, double weak, struct error *e)
{
	l->side = 2 * g->width;
	l->stride = l->side + 2;
	l->step_um = g->step_um / 2;
	l->point = mem_new((size_t)l->stride * (size_t)l->stride + GATHERED, 1, e);
	if (!l->point)
		return STATUS_SYSTEM;
	for (int y = 0; y < l->side; y++)
		read_row(g, y, weak, l->point + (size_t)(y + 1) * (size_t)l->stride + 1);
	return STATUS_DONE;
}

/* Places that the probe may be moved by: so many more rows and columns has a map on every side. */
static int margin(const struct laid *l)
{
	return l->reach / LAID_PHASES;
}

static int rows_words(const struct laid *l)
{
	return (2 * l->half * l->words + 7) / 8 * 8;
}

/* Words of one phase of a map: from every row that is the first at some place, all can be read. */
static int phase_words(const struct laid *l)
{
	return 2 * margin(l) * l->words + rows_words(l);
}

/* Columns of one word of a row. */
static int columns(const struct laid *l)
{
	return 2 * l->half / l->words;
}

static void list_runs(struct laid *l, const struct code_run *run, int runs)
{
	int at = 0, wide = columns(l);

	for (int r = 0; r < runs; r++)
		for (int x = run[r].first + l->half, end = x + run[r].count; x < end;) {
			int word = x / wide, to = (word + 1) * wide < end ? (word + 1) * wide : end;

			l->run[l->runs++] = (struct laid_run){ (uint16_t)at,
				(uint8_t)((run[r].row + l->half) * l->words + word), (uint8_t)(x % wide),
				(UINT64_C(1) << (to - x)) - 1 };
			at += to - x;
			x = to;
		}
}

/* The lattice lies in a circle, and the probe is moved by no more than `reach`. */
static void list_rows(struct laid *l)
{
	double reach = l->lattice.outer_um / (l->lattice.pitch_um / LAID_PHASES) + l->reach;
	int sides = LAID_PHASES * (l->half + margin(l)), rows = LAID_PHASES * phase_words(l) / l->words;

	for (int k = 0; k < rows; k++) {
		double y = k - sides + 0.5, room = reach * reach - y * y;

		l->half_row[k] = (uint8_t)(room > 0 ? fmin(sides, ceil(sqrt(room))) : 0);
	}
}

int laid_new(struct laid *l, const struct grid *g, const struct code_lattice *lattice, struct error *e)
{
	struct code_run run[CODE_RUNS];

	*l = (struct laid){ .lattice = *lattice, .half = CODE_REACH, .reach = LAID_REACH, .words = 1 };
	list_runs(l, run, code_runs(lattice, run));
	list_rows(l);
	return read_points(l, g, 0, e);
}

int laid_new_fine(struct laid *l, const struct grid *g, const struct code_lattice *lattice, struct error *e)
{
	struct code_run run[FINE_RUNS];

	*l = (struct laid){ .lattice = *lattice, .half = FINE_HALF, .reach = LAID_FINE_REACH, .words = 2 };
	list_runs(l, run, code_fine_runs(lattice, run));
	list_rows(l);
	return read_points(l, g, CODE_WEAK * grid_root_mean_square(g), e);
}

void laid_free(struct laid *l)
{
	free(l->point);
	memset(l, 0, sizeof *l);
}

_Static_assert(2 * CODE_REACH + 4 * (LAID_REACH / LAID_PHASES) <= 64 &&
	       FINE_HALF + 4 * (LAID_FINE_REACH / LAID_PHASES) <= 64, "a row and its margins in a word");
_Static_assert(2 * LAID_PHASES * LAID_PHASES * (2 * (LAID_REACH / LAID_PHASES) + 2 * CODE_REACH + 7) <= LAID_MAP_MOST,
	       "a code's map");
_Static_assert(LAID_PHASES * (LAID_WORDS_MOST / 2 + 2 * (LAID_FINE_REACH / LAID_PHASES)) <= LAID_ROWS_MOST,
	       "a fine map's rows");
_Static_assert(4 * FINE_HALF <= LAID_WORDS_MOST && LAID_WORDS_MOST % 8 == 0, "a fine code's rows");

size_t laid_map_words(const struct laid *l)
{
	return (size_t)(2 * LAID_PHASES * LAID_PHASES * phase_words(l));
}

/* Points on a line across the mark: the first and from each to the next, in 65536ths of points of `point`. */
struct line {
	int32_t x, y, step_x, step_y;
	int count;
};

/* Its bits from the lowest on. */
struct drawn {
	uint64_t bit[2], on[2];
};

/* A point that is not on the mark is one of those all round it. */
static inline int within(int at, int side)
{
	return at < -1 ? -1 : at > side ? side : at;
}

static void draw_portable(const struct laid *l, const struct line *n, struct drawn *out)
{
	int32_t x = n->x, y = n->y;

	for (int k = 0; k < n->count; k++, x += n->step_x, y += n->step_y) {
		int px = within(x >> 16, l->side) + 1, py = within(y >> 16, l->side) + 1;
		uint64_t v = l->point[py * l->stride + px];

		out->bit[k / 64] |= (v & 1) << k % 64;
		out->on[k / 64] |= (v >> 1) << k % 64;
	}
}

#ifdef __x86_64__
#include <immintrin.h>

/* By many at once; of the last ones more than were asked for. */
__attribute__((target("avx2")))
static void draw_avx2(const struct laid *l, const struct line *n, struct drawn *out)
{
	const __m256i lane = _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7), stride = _mm256_set1_epi32(l->stride);
	const __m256i least = _mm256_set1_epi32(-1), most = _mm256_set1_epi32(l->side);
	const __m256i more_x = _mm256_set1_epi32(8 * n->step_x), more_y = _mm256_set1_epi32(8 * n->step_y);
	const void *middle = l->point + l->stride + 1;
	__m256i x = _mm256_add_epi32(_mm256_set1_epi32(n->x), _mm256_mullo_epi32(lane, _mm256_set1_epi32(n->step_x)));
	__m256i y = _mm256_add_epi32(_mm256_set1_epi32(n->y), _mm256_mullo_epi32(lane, _mm256_set1_epi32(n->step_y)));

	for (int k = 0; k < n->count; k += 8) {
		__m256i px = _mm256_min_epi32(_mm256_max_epi32(_mm256_srai_epi32(x, 16), least), most);
		__m256i py = _mm256_min_epi32(_mm256_max_epi32(_mm256_srai_epi32(y, 16), least), most);
		__m256i v = _mm256_i32gather_epi32(middle, _mm256_add_epi32(_mm256_mullo_epi32(py, stride), px), 1);
		int bits = _mm256_movemask_ps(_mm256_castsi256_ps(_mm256_slli_epi32(v, 31)));
		int ons = _mm256_movemask_ps(_mm256_castsi256_ps(_mm256_slli_epi32(v, 30)));

		out->bit[k / 64] |= (uint64_t)(unsigned)bits << k % 64;
		out->on[k / 64] |= (uint64_t)(unsigned)ons << k % 64;
		x = _mm256_add_epi32(x, more_x);
		y = _mm256_add_epi32(y, more_y);
	}
}

__attribute__((target("avx512f")))
static void draw_avx512(const struct laid *l, const struct line *n, struct drawn *out)
{
	const __m512i lane = _mm512_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
	const __m512i least = _mm512_set1_epi32(-1), most = _mm512_set1_epi32(l->side);
	const __m512i more_x = _mm512_set1_epi32(16 * n->step_x), more_y = _mm512_set1_epi32(16 * n->step_y);
	const __m512i stride = _mm512_set1_epi32(l->stride), first = _mm512_set1_epi32(1), second = _mm512_set1_epi32(2);
	const void *middle = l->point + l->stride + 1;
	__m512i x = _mm512_add_epi32(_mm512_set1_epi32(n->x), _mm512_mullo_epi32(lane, _mm512_set1_epi32(n->step_x)));
	__m512i y = _mm512_add_epi32(_mm512_set1_epi32(n->y), _mm512_mullo_epi32(lane, _mm512_set1_epi32(n->step_y)));

	for (int k = 0; k < n->count; k += 16) {
		__m512i px = _mm512_min_epi32(_mm512_max_epi32(_mm512_srai_epi32(x, 16), least), most);
		__m512i py = _mm512_min_epi32(_mm512_max_epi32(_mm512_srai_epi32(y, 16), least), most);
		__m512i v = _mm512_i32gather_epi32(_mm512_add_epi32(_mm512_mullo_epi32(py, stride), px), middle, 1);

		out->bit[k / 64] |= (uint64_t)_mm512_test_epi32_mask(v, first) << k % 64;
		out->on[k / 64] |= (uint64_t)_mm512_test_epi32_mask(v, second) << k % 64;
		x = _mm512_add_epi32(x, more_x);
		y = _mm512_add_epi32(y, more_y);
	}
}
#endif

typedef void draw_line(const struct laid *, const struct line *, struct drawn *);

static draw_line *const kernels[KERNELS] = {
	[KERNEL_PORTABLE] = draw_portable,
#ifdef __x86_64__
	[KERNEL_AVX2] = draw_avx2,
	[KERNEL_AVX512] = draw_avx512,
#endif
};

/* `count` columns of a row of a map from `from` on. */
static void put(const struct laid *l, const uint64_t drawn[2], int from, int count, uint64_t *row)
{
	unsigned __int128 all = ((unsigned __int128)drawn[1] << 64 | drawn[0]);

	all = (all & (((unsigned __int128)1 << count) - 1)) << from;
	for (int w = 0; w < l->words; w++)
		row[w] = (uint64_t)(all >> w * columns(l));
}

/* How a mark is looked at: turned, in points of `point` a third of the pitch. */
struct view {
	double cosine, sine, per;
	int32_t step_x, step_y;
};

/* Row k of a map, of every phase of columns. */
static void draw_row(const struct laid *l, draw_line *draw, const struct view *v, int k, uint64_t *bit, uint64_t *on,
		     int phase)
{
	int sides = l->half + margin(l), half = l->half_row[k];
	double x = -half + 0.5, y = k - LAID_PHASES * sides + 0.5;
	int32_t start_x = (int32_t)lrint(((v->cosine * x + v->sine * y) * v->per + l->side / 2) * 65536);
	int32_t start_y = (int32_t)lrint(((-v->sine * x + v->cosine * y) * v->per + l->side / 2) * 65536);

	for (int p = 0; p < LAID_PHASES; p++) {
		int first = -((half + p) / LAID_PHASES), end = (half - p + LAID_PHASES - 1) / LAID_PHASES;
		int32_t from = LAID_PHASES * first + p + half;
		struct drawn drawn = { { 0 }, { 0 } };

		if (half)
			draw(l, &(struct line){ start_x + from * v->step_x, start_y + from * v->step_y,
					       LAID_PHASES * v->step_x, LAID_PHASES * v->step_y, end - first }, &drawn);
		put(l, drawn.bit, first + sides, end - first, bit + p * phase);
		put(l, drawn.on, first + sides, end - first, on + p * phase);
	}
}

void laid_draw(const struct laid *l, enum kernel kernel, double turn_deg, double scale, uint64_t *map)
{
	double turn = turn_deg * M_PI / 180;
	struct view v = { cos(turn), sin(turn), l->lattice.pitch_um / LAID_PHASES / (l->step_um * scale), 0, 0 };
	int phase = phase_words(l), rows = LAID_PHASES * phase / l->words;
	uint64_t *on = map + LAID_PHASES * LAID_PHASES * phase;

	v.step_x = (int32_t)lrint(v.cosine * v.per * 65536);
	v.step_y = (int32_t)lrint(-v.sine * v.per * 65536);
	for (int k = 0; k < rows; k++) {
		int at = k % LAID_PHASES * LAID_PHASES * phase + k / LAID_PHASES * l->words;

		draw_row(l, kernels[kernel], &v, k, map + at, on + at, phase);
	}
}

struct laid_place laid_place(const struct laid *l, const uint64_t *map, int right, int down)
{
	/* the lattice's places are in the middle of three points */
	int x = LAID_PHASES * margin(l) + 1 - right, y = LAID_PHASES * margin(l) + 1 - down, phase = phase_words(l);
	const uint64_t *bit = map + (y % LAID_PHASES * LAID_PHASES + x % LAID_PHASES) * phase + y / LAID_PHASES * l->words;

	return (struct laid_place){ bit, bit + LAID_PHASES * LAID_PHASES * phase, x / LAID_PHASES };
}

/* words: one more than the code has, for what is appended at the very end. */
static inline void append(uint64_t *words, int at, uint64_t bits)
{
	words[at / 64] |= bits << at % 64;
	words[at / 64 + 1] |= bits >> (63 - at % 64) >> 1;
}

void laid_code(const struct laid *l, const uint64_t *map, int right, int down, struct code *out)
{
	uint64_t bit[CODE_WORDS + 1] = { 0 }, on[CODE_WORDS + 1] = { 0 };
	struct laid_place p = laid_place(l, map, right, down);

	for (int r = 0; r < l->runs; r++) {
		const struct laid_run *run = &l->run[r];
		int shift = p.shift + run->shift;

		append(bit, run->at, p.bit[run->word] >> shift & run->mask);
		append(on, run->at, p.on[run->word] >> shift & run->mask);
	}
	memcpy(out->bit, bit, sizeof out->bit);
	memcpy(out->on, on, sizeof out->on);
}

/* What follows on bit `at`; there is a word more than the code has. */
static inline uint64_t bits_from(const uint64_t *words, int at)
{
	return words[at / 64] >> at % 64 | words[at / 64 + 1] << 1 << (63 - at % 64);
}

void laid_spread(const struct laid *l, const uint64_t *bit, const uint64_t *on, struct laid_rows *out)
{
	size_t size = l->words == 1 ? CODE_WORDS : FINE_WORDS;
	uint64_t all_bit[FINE_WORDS + 1], all_on[FINE_WORDS + 1];

	memcpy(all_bit, bit, size * sizeof *bit);
	memcpy(all_on, on, size * sizeof *on);
	all_bit[size] = all_on[size] = 0;
	out->words = rows_words(l);
	memset(out->bit, 0, (size_t)out->words * sizeof *out->bit);
	memset(out->on, 0, (size_t)out->words * sizeof *out->on);
	for (int r = 0; r < l->runs; r++) {
		const struct laid_run *run = &l->run[r];

		out->bit[run->word] |= (bits_from(all_bit, run->at) & run->mask) << run->shift;
		out->on[run->word] |= (bits_from(all_on, run->at) & run->mask) << run->shift;
	}
}
