/* rings_scan.c - many marks' harmonics against a probe's, at all turns, as fast as the processor multiplies */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "match/rings.h"

#include <stddef.h>
#include <string.h>

/* A candidate's pair of rings is four bytes; those of a probe's sixteen shifts fill a vector. Sums of
 * products are exact; they are made to fit 16 bits, and all that follows is done in those, and the same in
 * every kernel. */
#define PRODUCT_SHIFT 2
/* One part in so many of the smaller mark in common says nothing. */
#define COMMON_PARTS 8

/* One source, compiled with and without an instruction that counts bits: cells in common at each turn to
 * weights. */
#define WEIGHTS_BODY \
	int cells = 0, smaller; \
	for (int k = 0; k < RINGS_BANDS; k++) \
		cells += __builtin_popcount(c->there[k]); \
	smaller = cells < p->cells ? cells : p->cells; \
	for (int t = 0; t < RINGS_SECTORS; t++) { \
		int common = 0; \
		for (int k = 0; k < RINGS_BANDS; k++) \
			common += __builtin_popcount(p->there[k][t] & c->there[k]); \
		weight[t] = (int16_t)(COMMON_PARTS * common < smaller ? 0 : p->weight[common]); \
	}

static void weights_portable(const struct rings_probe *p, const struct rings *c, int16_t weight[RINGS_SECTORS])
{
	WEIGHTS_BODY
}

/* Sixteen lanes in plain C, which compilers turn into what vectors there are. */
struct lanes {
	int16_t v[RINGS_SHIFTS];
};

static inline int16_t fit(int32_t x)
{
	return (int16_t)(x < INT16_MIN ? INT16_MIN : x > INT16_MAX ? INT16_MAX : x);
}

#define LANES(expression) \
{ \
	struct lanes out; \
	for (int i = 0; i < RINGS_SHIFTS; i++) \
		out.v[i] = fit(expression); \
	return out; \
}

static inline struct lanes add_lanes(struct lanes a, struct lanes b) LANES(a.v[i] + b.v[i])
static inline struct lanes sub_lanes(struct lanes a, struct lanes b) LANES(a.v[i] - b.v[i])
static inline struct lanes mul_lanes(struct lanes a, struct lanes b) LANES((a.v[i] * b.v[i] + 0x4000) >> 15)
static inline struct lanes set_lanes(int16_t c) LANES(c)

#define NAME(x) x##_portable
#define TARGET
#define VECTOR struct lanes
#define ADD(a, b) add_lanes(a, b)
#define SUB(a, b) sub_lanes(a, b)
#define MUL(a, b) mul_lanes(a, b)
#define SET(c) set_lanes(c)
#include "match/rings_fourier.h"
#undef NAME
#undef TARGET
#undef VECTOR
#undef ADD
#undef SUB
#undef MUL
#undef SET

static void numbers_portable(const struct rings *c, uint8_t n[4 * RINGS_ALL])
{
	for (int k = 0; k < 2 * RINGS_ALL; k++) {
		n[k] = c->number[k] & 15;
		n[k + 2 * RINGS_ALL] = c->number[k] >> 4;
	}
}

static void products_portable(const struct rings_probe *p, const uint8_t n[4 * RINGS_ALL], struct lanes re[64],
			      struct lanes im[64])
{
	for (int m = 1, q = 0; m <= RINGS_ORDERS; m++) {
		int32_t sum[2][RINGS_SHIFTS];

		for (int s = 0; s < 2 * RINGS_SHIFTS; s++)
			sum[s / RINGS_SHIFTS][s % RINGS_SHIFTS] = p->bias[m - 1][s / RINGS_SHIFTS][s % RINGS_SHIFTS];
		for (int k = 0; k < RINGS_PAIRS(m); k++, q++)
			for (int s = 0; s < 2 * RINGS_SHIFTS; s++) {
				const int8_t *t = p->table[q][s / RINGS_SHIFTS][s % RINGS_SHIFTS];
				const uint8_t *c = n + 4 * q;

				sum[s / RINGS_SHIFTS][s % RINGS_SHIFTS] += t[0] * c[0] + t[1] * c[1] + t[2] * c[2] + t[3] * c[3];
			}
		for (int s = 0; s < RINGS_SHIFTS; s++) {
			re[m].v[s] = fit(sum[0][s] >> PRODUCT_SHIFT);
			im[m].v[s] = fit(sum[1][s] >> PRODUCT_SHIFT);
		}
	}
}

static uint16_t most_of(const int16_t lane[RINGS_SHIFTS])
{
	int16_t most = 0;

	for (int s = 0; s < RINGS_SHIFTS; s++)
		most = lane[s] > most ? lane[s] : most;
	return (uint16_t)most;
}

/* value: RINGS_TURNS of each. */
static void scan_portable(const struct rings_probe *p, const struct rings *const *of, int n, uint16_t *value)
{
	struct lanes root[RINGS_ROOTS][2];

	for (int k = 0; k < 2 * RINGS_ROOTS; k++)
		root[k / 2][k % 2] = set_lanes(p->root[k / 2][k % 2]);
	for (int i = 0; i < n; i++) {
		struct lanes re[64], im[64], weight[RINGS_SECTORS], each[RINGS_TURNS];
		uint8_t number[4 * RINGS_ALL];
		int16_t w[RINGS_SECTORS];

		numbers_portable(of[i], number);
		products_portable(p, number, re, im);
		weights_portable(p, of[i], w);
		for (int t = 0; t < RINGS_SECTORS; t++)
			weight[t] = set_lanes(w[t]);
		turns_portable(re, im, weight, root, each);
		for (int t = 0; t < RINGS_TURNS; t++)
			value[i * RINGS_TURNS + t] = most_of(each[t].v);
	}
}

#ifdef __x86_64__
#include <immintrin.h>

#define NAME(x) x##_avx2
#define TARGET __attribute__((target("avx2,popcnt")))
#define VECTOR __m256i
#define ADD(a, b) _mm256_adds_epi16(a, b)
#define SUB(a, b) _mm256_subs_epi16(a, b)
#define MOST(a, b) _mm256_max_epi16(a, b)
#define MUL(a, b) _mm256_mulhrs_epi16(a, b)
#define SET(c) _mm256_set1_epi16(c)
#define LOW(a, b) _mm256_unpacklo_epi16(a, b)
#define HIGH(a, b) _mm256_unpackhi_epi16(a, b)
#include "match/rings_fourier.h"

TARGET
static void numbers_avx2(const struct rings *c, uint8_t n[4 * RINGS_ALL])
{
	const __m256i low = _mm256_set1_epi8(15);

	for (int k = 0; k < 2 * RINGS_ALL; k += 32) {
		__m256i b = _mm256_loadu_si256((const __m256i *)(const void *)(c->number + k));

		_mm256_storeu_si256((__m256i *)(void *)(n + k), _mm256_and_si256(b, low));
		_mm256_storeu_si256((__m256i *)(void *)(n + k + 2 * RINGS_ALL), _mm256_and_si256(_mm256_srli_epi16(b, 4), low));
	}
}

/* Eight shifts' sums of four products: those of two fit 16 bits, since one factor has four. */
TARGET
static inline __m256i four_avx2(__m256i sum, __m256i c, const int8_t *table)
{
	__m256i two = _mm256_maddubs_epi16(c, _mm256_load_si256((const __m256i *)(const void *)table));

	return _mm256_add_epi32(sum, _mm256_madd_epi16(two, _mm256_set1_epi16(1)));
}

TARGET
static inline __m256i fit_avx2(__m256i low, __m256i high)
{
	__m256i v = _mm256_packs_epi32(_mm256_srai_epi32(low, PRODUCT_SHIFT), _mm256_srai_epi32(high, PRODUCT_SHIFT));

	return _mm256_permute4x64_epi64(v, 0xd8);
}

TARGET
static void products_avx2(const struct rings_probe *p, const uint8_t *n, __m256i re[64], __m256i im[64])
{
	for (int m = 1, q = 0; m <= RINGS_ORDERS; m++) {
		__m256i sum[4];

		for (int h = 0; h < 4; h++)
			sum[h] = _mm256_load_si256((const __m256i *)(const void *)&p->bias[m - 1][h / 2][h % 2 * 8]);
		for (int k = 0; k < RINGS_PAIRS(m); k++, q++) {
			__m256i c = _mm256_set1_epi32(((const int *)(const void *)n)[q]);

			for (int h = 0; h < 4; h++)
				sum[h] = four_avx2(sum[h], c, p->table[q][h / 2][h % 2 * 8]);
		}
		re[m] = fit_avx2(sum[0], sum[1]);
		im[m] = fit_avx2(sum[2], sum[3]);
	}
}

__attribute__((target("popcnt")))
static void weights_popcnt(const struct rings_probe *p, const struct rings *c, int16_t weight[RINGS_SECTORS])
{
	WEIGHTS_BODY
}

TARGET
static void turns_of_avx2(const __m256i each[RINGS_TURNS], uint16_t *value)
{
	__m256i best[RINGS_TURNS / 8];

	greatest_avx2(each, best);
	for (int t = 0; t < RINGS_TURNS / 8; t++)
		_mm_storeu_si128((__m128i *)(void *)(value + 8 * t),
				 _mm_max_epi16(_mm256_castsi256_si128(best[t]), _mm256_extracti128_si256(best[t], 1)));
}

TARGET
static void scan_avx2(const struct rings_probe *p, const struct rings *const *of, int n, uint16_t *value)
{
	__m256i root[RINGS_ROOTS][2];

	for (int k = 0; k < 2 * RINGS_ROOTS; k++)
		root[k / 2][k % 2] = SET(p->root[k / 2][k % 2]);
	for (int i = 0; i < n; i++) {
		uint8_t number[4 * RINGS_ALL] __attribute__((aligned(32)));
		__m256i re[64], im[64], weight[RINGS_SECTORS], each[RINGS_TURNS];
		int16_t w[RINGS_SECTORS];

		numbers_avx2(of[i], number);
		products_avx2(p, number, re, im);
		weights_popcnt(p, of[i], w);
		for (int t = 0; t < RINGS_SECTORS; t++)
			weight[t] = SET(w[t]);
		turns_avx2(re, im, weight, root, each);
		turns_of_avx2(each, value + i * RINGS_TURNS);
	}
}
#undef NAME
#undef TARGET
#undef VECTOR
#undef ADD
#undef SUB
#undef MOST
#undef MUL
#undef SET
#undef LOW
#undef HIGH

#define NAME(x) x##_avx512
#define TARGET __attribute__((target("avx512f,avx512bw,avx512vnni,avx512vpopcntdq,popcnt")))
#define VECTOR __m512i
#define ADD(a, b) _mm512_adds_epi16(a, b)
#define SUB(a, b) _mm512_subs_epi16(a, b)
#define MOST(a, b) _mm512_max_epi16(a, b)
#define MUL(a, b) _mm512_mulhrs_epi16(a, b)
#define SET(c) _mm512_set1_epi16(c)
#define LOW(a, b) _mm512_unpacklo_epi16(a, b)
#define HIGH(a, b) _mm512_unpackhi_epi16(a, b)
#include "match/rings_fourier.h"

TARGET
static void numbers_avx512(const struct rings *c, uint8_t n[4 * RINGS_ALL])
{
	const __m512i low = _mm512_set1_epi8(15);

	for (int k = 0; k < 2 * RINGS_ALL; k += 64) {
		__m512i b = _mm512_loadu_si512(c->number + k);

		_mm512_store_si512(n + k, _mm512_and_si512(b, low));
		_mm512_store_si512(n + k + 2 * RINGS_ALL, _mm512_and_si512(_mm512_srli_epi16(b, 4), low));
	}
}

TARGET
static inline __m512i fit_avx512(__m512i a, __m512i b)
{
	return _mm512_inserti64x4(_mm512_castsi256_si512(_mm512_cvtsepi32_epi16(_mm512_srai_epi32(a, PRODUCT_SHIFT))),
				  _mm512_cvtsepi32_epi16(_mm512_srai_epi32(b, PRODUCT_SHIFT)), 1);
}

/* Of four candidates: two share the vectors of re[0] and im[0], the first in the low half of the lanes, two
 * those of the second. */
#define FOUR 4
TARGET
static void products_avx512(const struct rings_probe *p, const uint8_t number[FOUR][4 * RINGS_ALL], __m512i re[2][64],
			    __m512i im[2][64])
{
	for (int m = 1, q = 0; m <= RINGS_ORDERS; m++) {
		__m512i r[FOUR], i[FOUR];

		for (int c = 0; c < FOUR; c++) {
			r[c] = _mm512_load_si512(p->bias[m - 1][0]);
			i[c] = _mm512_load_si512(p->bias[m - 1][1]);
		}
		for (int k = 0; k < RINGS_PAIRS(m); k++, q++) {
			__m512i tr = _mm512_load_si512(p->table[q][0]), ti = _mm512_load_si512(p->table[q][1]);

			for (int c = 0; c < FOUR; c++) {
				__m512i n = _mm512_set1_epi32(((const int *)(const void *)number[c])[q]);

				r[c] = _mm512_dpbusd_epi32(r[c], n, tr);
				i[c] = _mm512_dpbusd_epi32(i[c], n, ti);
			}
		}
		for (int h = 0; h < 2; h++) {
			re[h][m] = fit_avx512(r[2 * h], r[2 * h + 1]);
			im[h][m] = fit_avx512(i[2 * h], i[2 * h + 1]);
		}
	}
}

TARGET
static __m512i weights_avx512(const struct rings_probe *p, const struct rings *c)
{
	__m512i common[2] = { _mm512_setzero_si512(), _mm512_setzero_si512() }, weight[2];
	int cells = 0, smaller;

	for (int k = 0; k < RINGS_BANDS; k++) {
		__m512i there = _mm512_set1_epi32((int)c->there[k]);

		cells += __builtin_popcount(c->there[k]);
		for (int h = 0; h < 2; h++)
			common[h] = _mm512_add_epi32(common[h], _mm512_popcnt_epi32(
				_mm512_and_si512(there, _mm512_load_si512(p->there[k] + 16 * h))));
	}
	smaller = cells < p->cells ? cells : p->cells;
	for (int h = 0; h < 2; h++) {
		__mmask16 enough = _mm512_cmpge_epi32_mask(
			_mm512_mullo_epi32(common[h], _mm512_set1_epi32(COMMON_PARTS)), _mm512_set1_epi32(smaller));

		weight[h] = _mm512_mask_i32gather_epi32(_mm512_setzero_si512(), enough, common[h], p->weight, 4);
	}
	return _mm512_inserti64x4(_mm512_castsi256_si512(_mm512_cvtepi32_epi16(weight[0])),
				  _mm512_cvtepi32_epi16(weight[1]), 1);
}

/* The same for both halves: of two candidates. */
TARGET
static void turns_of_avx512(const __m512i each[RINGS_TURNS], uint16_t *value[2])
{
	__m512i best[RINGS_TURNS / 8];

	greatest_avx512(each, best);
	for (int t = 0; t < RINGS_TURNS / 8; t++) {
		__m512i b = _mm512_max_epi16(best[t], _mm512_shuffle_i64x2(best[t], best[t], 0xb1));

		_mm_storeu_si128((__m128i *)(void *)(value[0] + 8 * t), _mm512_castsi512_si128(b));
		_mm_storeu_si128((__m128i *)(void *)(value[1] + 8 * t), _mm512_extracti32x4_epi32(b, 2));
	}
}

/* Two candidates' best, from where `products` has put them. */
TARGET
static void two_avx512(const struct rings_probe *p, const struct rings *const *of, __m512i re[64], __m512i im[64],
		       const __m512i root[RINGS_ROOTS][2], uint16_t *value[2])
{
	__m512i wa = weights_avx512(p, of[0]), wb = weights_avx512(p, of[1]), weight[RINGS_SECTORS], each[RINGS_TURNS];
	__m512i from = _mm512_inserti64x4(_mm512_setzero_si512(), _mm256_set1_epi16(32), 1);

	for (int t = 0; t < RINGS_SECTORS; t++) {
		weight[t] = _mm512_permutex2var_epi16(wa, from, wb);
		from = _mm512_add_epi16(from, SET(1));
	}
	turns_avx512(re, im, weight, root, each);
	turns_of_avx512(each, value);
}

TARGET
static void scan_avx512(const struct rings_probe *p, const struct rings *const *of, int n, uint16_t *value)
{
	uint16_t spare[RINGS_TURNS];
	__m512i root[RINGS_ROOTS][2];

	for (int k = 0; k < 2 * RINGS_ROOTS; k++)
		root[k / 2][k % 2] = SET(p->root[k / 2][k % 2]);
	for (int i = 0; i < n; i += FOUR) {
		uint8_t number[FOUR][4 * RINGS_ALL] __attribute__((aligned(64)));
		const struct rings *c[FOUR];
		__m512i re[2][64], im[2][64];
		uint16_t *out[FOUR];

		for (int k = 0; k < FOUR; k++) {
			c[k] = of[i + k < n ? i + k : i];
			out[k] = i + k < n ? value + (i + k) * RINGS_TURNS : spare;
			numbers_avx512(c[k], number[k]);
		}
		products_avx512(p, number, re, im);
		for (int h = 0; h < 2; h++)
			two_avx512(p, c + 2 * h, re[h], im[h], root, out + 2 * h);
	}
}
#endif

static void scan(enum kernel k, const struct rings_probe *p, const struct rings *const *of, int n, uint16_t *value)
{
	switch (k) {
#ifdef __x86_64__
	case KERNEL_AVX2: scan_avx2(p, of, n, value); break;
	case KERNEL_AVX512: scan_avx512(p, of, n, value); break;
#endif
	default: scan_portable(p, of, n, value);
	}
}

/* Bit n of the result is byte n, which is 0 or 1. */
static uint64_t bits_of(const uint8_t byte[64])
{
	uint64_t bits = 0;

	for (int k = 0; k < 8; k++) {
		uint64_t eight = 0;

		for (int i = 0; i < 8; i++)
			eight |= (uint64_t)byte[8 * k + i] << 8 * i;
		bits |= (eight * UINT64_C(0x0102040810204080) >> 56) << 8 * k;
	}
	return bits;
}

static int16_t greatest_of(const uint16_t value[RINGS_TURNS])
{
	int16_t most = 0;

	for (int t = 0; t < RINGS_TURNS; t++)
		most = (int16_t)value[t] > most ? (int16_t)value[t] : most;
	return most;
}

/* The best peaks of those that have at least half of the best. No branch depends on values: none can be foreseen. */
static void find_peaks(const uint16_t value[RINGS_TURNS], int16_t most, uint8_t turn[RINGS_PEAKS])
{
	uint32_t best[RINGS_PEAKS] = { 0 };   /* a value, and the turn from behind */
	int16_t round[RINGS_TURNS + 2];
	uint8_t peak[RINGS_TURNS];

	memcpy(round + 1, value, RINGS_TURNS * sizeof *round);
	round[0] = round[RINGS_TURNS];
	round[RINGS_TURNS + 1] = round[1];
	for (int t = 0; t < RINGS_TURNS; t++)
		peak[t] = (round[t] < round[t + 1]) & (round[t + 1] >= round[t + 2]) & (round[t + 1] > most / 2);
	for (int h = 0; h < RINGS_TURNS / 64; h++)
		for (uint64_t left = bits_of(peak + 64 * h); left; left &= left - 1) {
			int t = 64 * h + __builtin_ctzll(left);
			uint32_t key = (uint32_t)value[t] * RINGS_TURNS + (uint32_t)(RINGS_TURNS - 1 - t);

			for (int j = 0; j < RINGS_PEAKS; j++) {
				uint32_t more = best[j] > key ? best[j] : key;

				key = best[j] > key ? key : best[j];
				best[j] = more;
			}
		}
	for (int j = 0; j < RINGS_PEAKS; j++)
		turn[j] = (uint8_t)(RINGS_TURNS - 1 - (best[j] ? best[j] : best[0]) % RINGS_TURNS);
}

void rings_find(enum kernel k, const struct rings_probe *p, const struct rings *const *of, int n, int least,
		struct rings_found *found)
{
	uint16_t value[RINGS_BATCH][RINGS_TURNS];

	scan(k, p, of, n, value[0]);
	memset(found, 0, (size_t)n * sizeof *found);
	for (int i = 0; i < n; i++) {
		int16_t most = greatest_of(value[i]);

		found[i].value = (uint16_t)most;
		if (most >= least)
			find_peaks(value[i], most, found[i].turn);
	}
}
