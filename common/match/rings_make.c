/* rings_make.c - the first step of a search: a code's harmonics on rings */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>
#ifdef __x86_64__
#include <immintrin.h>
#endif

#include "base/bytes.h"
#include "match/rings_basis.h"

#define INLINE static inline __attribute__((always_inline))
#define HALF_MOST (CODE_MOST / 2)

/* A code in the making. Values are +1, -1 and, where the code says nothing, 0. */
struct making {
	/* Of the lower half's places from the first on, and of the upper half's from the last on: one is opposite the
	 * other. Words of 64 are written whole, and reach over both ends. */
	int8_t lower[64 + HALF_MOST + 64], upper[64 + HALF_MOST + 64];
	uint16_t both[HALF_MOST + 1];      /* their sum and, in the higher byte, their difference */
	/* Of each octet what is multiplied, plus 8 */
	uint8_t way[OCTET_WAYS][OCTETS_MOST] __attribute__((aligned(64)));
	/* Sums of a ring: what of a row (table_of) with which way (way_of) */
	int32_t sum[12][CLASS_ORDERS] __attribute__((aligned(64)));
	/* The numbers of two rings, as they stand in the index: real, imaginary, real, imaginary */
	uint32_t pair[RINGS / 2][CLASSES][CLASS_ORDERS];
};

/* Which of a row's cosines and sines a sum is made with, and which way. */
#define SUMS 12
static const uint8_t table_of[SUMS] = { 0, 1, 2, 3, 4, 5, 4, 5, 6, 7, 6, 7 };
static const uint8_t way_of[SUMS] = { 0, 1, 2, 3, 4, 5, 6, 7, 4, 5, 6, 7 };

/* Eight bits as bytes of 0 and 1, the lowest first; backward: last. */
static uint64_t bits_to_bytes(uint64_t bits, int backward)
{
	uint64_t apart = (bits & 255) * UINT64_C(0x0101010101010101) &
			 (backward ? UINT64_C(0x0102040810204080) : UINT64_C(0x8040201008040201));

	return (apart + UINT64_C(0x7f7f7f7f7f7f7f7f)) >> 7 & UINT64_C(0x0101010101010101);
}

static void put_values_portable(uint64_t plus, uint64_t minus, int backward, int8_t to[64])
{
	for (int k = 0; k < 8; k++) {
		uint64_t ones = bits_to_bytes(plus >> 8 * k, backward), others = bits_to_bytes(minus >> 8 * k, backward);

		bytes_put64(to + 8 * (backward ? 7 - k : k), ones | others * 255);
	}
}

#ifdef __x86_64__
#define TARGET_AVX2 __attribute__((target("avx2,popcnt")))
#define TARGET_AVX512 __attribute__((target("avx512f,avx512bw,avx512vnni,popcnt")))

/* Bytes of -1 where one of 32 bits is set. */
TARGET_AVX2
static inline __m256i spread_bits(uint32_t bits, __m256i byte, __m256i bit)
{
	__m256i own = _mm256_and_si256(_mm256_shuffle_epi8(_mm256_set1_epi32((int)bits), byte), bit);

	return _mm256_cmpeq_epi8(own, bit);
}

TARGET_AVX2
static inline void put_values_avx2(uint64_t plus, uint64_t minus, int backward, int8_t to[64])
{
	const __m256i bit = _mm256_set1_epi64x((int64_t)(backward ? 0x0102040810204080 : (int64_t)0x8040201008040201));
	const __m256i byte = backward ?
		_mm256_set_epi64x(0, 0x0101010101010101, 0x0202020202020202, 0x0303030303030303) :
		_mm256_set_epi64x(0x0303030303030303, 0x0202020202020202, 0x0101010101010101, 0);

	for (int k = 0; k < 2; k++) {
		int shift = 32 * k, at = 32 * (backward ? 1 - k : k);
		__m256i v = _mm256_sub_epi8(spread_bits((uint32_t)(minus >> shift), byte, bit),
					    spread_bits((uint32_t)(plus >> shift), byte, bit));

		_mm256_storeu_si256((__m256i *)(void *)(to + at), v);
	}
}
#endif

INLINE void spread(const struct rings_basis *b, const struct code *code, struct making *m,
		   void (*put)(uint64_t plus, uint64_t minus, int backward, int8_t to[64]))
{
	for (int w = 0; w < CODE_WORDS; w++) {
		uint64_t plus = code->on[w] & code->bit[w], minus = code->on[w] & ~code->bit[w];

		if (64 * w < b->half)
			put(plus, minus, 1, m->upper + 64 + b->half - 64 - 64 * w);
		if (64 * w + 64 > b->half)
			put(plus, minus, 0, m->lower + 64 + 64 * w - b->half);
	}
	for (int k = 0; k < b->half; k++) {
		unsigned lower = (unsigned)m->lower[64 + k], upper = (unsigned)m->upper[64 + k];

		m->both[k] = (uint16_t)(((lower + upper) & 255) | (lower - upper) << 8);
	}
	m->both[b->half] = 0;
}

/* v0 to v3 are the values of an orbit's four places, each a quarter turn from the one before, and w0 to w3 those
 * of its mirror image. Orders of rest 0 want v0 + v1 + v2 + v3 and the same of w, added for cosines and taken away
 * for sines; those of rest 2 want v0 - v1 + v2 - v3 and the same of w, taken away for cosines and added for sines;
 * the others v0 - v2 and v1 - v3, and those of w crosswise: the mirror changes cosine and sine. */
INLINE void find_ways(const struct rings_basis *b, struct making *m)
{
	uint16_t four[4][OCTETS_MOST];

	for (int t = 0; t < b->octets; t++)
		for (int q = 0; q < 4; q++)
			four[q][t] = m->both[b->place[t][q]];
	for (int t = 0; t < b->octets; t++) {
		unsigned v = four[0][t], turned = four[1][t], w = four[2][t], w_turned = four[3][t];

		m->way[0][t] = (uint8_t)(v + turned + w + w_turned + 8);
		m->way[1][t] = (uint8_t)(v + turned - w - w_turned + 8);
		m->way[2][t] = (uint8_t)(v - turned - w + w_turned + 8);
		m->way[3][t] = (uint8_t)(v - turned + w - w_turned + 8);
		v >>= 8;
		turned >>= 8;
		w >>= 8;
		w_turned >>= 8;
		m->way[4][t] = (uint8_t)(v - w_turned + 8);
		m->way[5][t] = (uint8_t)(turned - w + 8);
		m->way[6][t] = (uint8_t)(turned + w + 8);
		m->way[7][t] = (uint8_t)(v + w_turned + 8);
	}
}

#define LANES 8
typedef int16_t lanes __attribute__((vector_size(2 * LANES), aligned(16)));

/* Of 16 bits: no sum is that large. */
static void sum_up_portable(const struct rings_basis *b, int ring, struct making *m)
{
	for (int half = 0; half < CLASS_ORDERS && ring_has_order(ring, CLASSES * half + 1); half += LANES) {
		const ring_row *row = b->row[ring];
		lanes sum[SUMS] = { { 0 } };

		for (int k = 0; k < b->rows[ring]; k++) {
			lanes table[2 * CLASSES];

			for (int c = 0; c < 2 * CLASSES; c++)
				memcpy(&table[c], &row[k][c][half], sizeof table[c]);
			for (int s = 0; s < SUMS; s++)
				sum[s] += table[table_of[s]] * (int16_t)(m->way[way_of[s]][b->row_first[ring] + k] - 8);
		}
		for (int s = 0; s < SUMS; s++)
			for (int k = 0; k < LANES; k++)
				m->sum[s][half + k] = sum[s][k];
	}
}

#ifdef __x86_64__
/* A group's values of one way, in every 32 bits. */
INLINE int four_of(const struct making *m, int way, int group)
{
	int four;

	memcpy(&four, &m->way[way][OCTET_GROUP * group], sizeof four);
	return four;
}

/* Of 16 bits while products are added: two of them are 512 at most, and a ring has less than 60 groups. */
TARGET_AVX2
static inline void sum_up_avx2(const struct rings_basis *b, int ring, struct making *m)
{
	for (int half = 0; half < CLASS_ORDERS && ring_has_order(ring, CLASSES * half + 1); half += 8) {
		__m256i sum[SUMS];

		for (int s = 0; s < SUMS; s++)
			sum[s] = _mm256_setzero_si256();
		for (int g = 0; g < b->groups[ring]; g++) {
			__m256i way[OCTET_WAYS];

			for (int k = 0; k < OCTET_WAYS; k++)
				way[k] = _mm256_set1_epi32(four_of(m, k, b->first[ring] + g));
			for (int s = 0; s < SUMS; s++) {
				const void *table = b->group[ring][g][table_of[s]][half];

				sum[s] = _mm256_add_epi16(sum[s], _mm256_maddubs_epi16(way[way_of[s]],
										     _mm256_load_si256(table)));
			}
		}
		for (int s = 0; s < SUMS; s++) {
			const void *bias = &b->bias[ring][table_of[s]][half];
			__m256i v = _mm256_madd_epi16(sum[s], _mm256_set1_epi16(1));

			_mm256_store_si256((void *)&m->sum[s][half], _mm256_add_epi32(v, _mm256_loadu_si256(bias)));
		}
	}
}

TARGET_AVX512
static inline void sum_up_avx512(const struct rings_basis *b, int ring, struct making *m)
{
	__m512i sum[SUMS];

	for (int s = 0; s < SUMS; s++)
		sum[s] = _mm512_loadu_si512(b->bias[ring][table_of[s]]);
	for (int g = 0; g < b->groups[ring]; g++) {
		__m512i way[OCTET_WAYS];

		for (int k = 0; k < OCTET_WAYS; k++)
			way[k] = _mm512_set1_epi32(four_of(m, k, b->first[ring] + g));
		for (int s = 0; s < SUMS; s++)
			sum[s] = _mm512_dpbusd_epi32(sum[s], way[way_of[s]],
						     _mm512_load_si512(b->group[ring][g][table_of[s]]));
	}
	for (int s = 0; s < SUMS; s++)
		_mm512_store_si512(m->sum[s], sum[s]);
}
#endif

INLINE uint32_t rounded(int32_t sum, int32_t multiplier)
{
	int32_t v = (sum * multiplier + (1 << (MULTIPLIER_BITS - 1))) >> MULTIPLIER_BITS;

	v = v < -8 ? -8 : v;
	v = v > 7 ? 7 : v;
	return (uint32_t)(v + 8);
}

/* Sums of weight times value times exp(-i m angle), made numbers. */
INLINE void finish_ring(const struct rings_basis *b, int ring, struct making *m)
{
	int32_t (*s)[CLASS_ORDERS] = m->sum, by = b->multiplier[ring];
	uint32_t (*out)[CLASS_ORDERS] = m->pair[ring / 2];
	int shift = 16 * (ring % 2);

	for (int k = 0; k < CLASS_ORDERS; k++) {
		uint32_t v[CLASSES] = {
			rounded(s[0][k], by) | rounded(-s[1][k], by) << 8,
			rounded(s[2][k], by) | rounded(-s[3][k], by) << 8,
			rounded(s[4][k] - s[5][k], by) | rounded(-s[6][k] - s[7][k], by) << 8,
			rounded(s[8][k] + s[9][k], by) | rounded(s[10][k] - s[11][k], by) << 8
		};

		for (int c = 0; c < CLASSES; c++)
			out[c][k] = (shift ? out[c][k] : 0) | v[c] << shift;
	}
}

INLINE void put_numbers(const struct rings_basis *b, const struct making *m, struct rings *out)
{
	const uint32_t *number = &m->pair[0][0][0];

	for (int k = 0; k < RINGS_ALL / 2; k++)
		bytes_put32(out->number + 4 * k, number[b->number[k]] | number[b->number[k + RINGS_ALL / 2]] << 4);
}

static void find_there_portable(const struct rings_basis *b, const struct code *code, uint32_t there[RINGS_BANDS])
{
	int many[RINGS_CELLS] = { 0 };

	for (int w = 0; w < CODE_WORDS; w++)
		for (uint64_t on = code->on[w]; on; on &= on - 1)
			many[b->cell[64 * w + __builtin_ctzll(on)]]++;
	for (int band = 0; band < RINGS_BANDS; band++) {
		there[band] = 0;
		for (int c = 0; c < RINGS_SECTORS; c++)
			if (many[band * RINGS_SECTORS + c] >= b->cell_least[band * RINGS_SECTORS + c])
				there[band] |= UINT32_C(1) << c;
	}
}

#ifdef __x86_64__
TARGET_AVX2
static void find_there_avx2(const struct rings_basis *b, const struct code *code, uint32_t there[RINGS_BANDS])
{
	uint8_t many[RINGS_CELLS];

	for (int c = 0; c < RINGS_CELLS; c++) {
		int n = 0;

		for (int k = 0; k < b->windows; k++) {
			uint64_t on;

			memcpy(&on, (const unsigned char *)code->on + b->cell_at[c][k], sizeof on);
			n += __builtin_popcountll(on & b->cell_bits[c][k]);
		}
		many[c] = (uint8_t)n;
	}
	for (int band = 0; band < RINGS_BANDS; band++) {
		__m256i m = _mm256_loadu_si256((const void *)(many + band * RINGS_SECTORS));
		__m256i least = _mm256_loadu_si256((const void *)(b->cell_least + band * RINGS_SECTORS));

		there[band] = (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(m, _mm256_max_epu8(m, least)));
	}
}
#endif

INLINE void make(const struct rings_basis *b, const struct code *code, struct rings *out,
		 void (*put)(uint64_t plus, uint64_t minus, int backward, int8_t to[64]),
		 void (*sum_up)(const struct rings_basis *b, int ring, struct making *m),
		 void (*find_there)(const struct rings_basis *b, const struct code *code, uint32_t there[RINGS_BANDS]))
{
	struct making m;

	/* of orders that a ring does not have, nothing is summed up */
	memset(m.sum, 0, sizeof m.sum);
	spread(b, code, &m, put);
	find_ways(b, &m);
	for (int r = 0; r < RINGS; r++) {
		sum_up(b, r, &m);
		finish_ring(b, r, &m);
	}
	put_numbers(b, &m, out);
	find_there(b, code, out->there);
}

static void make_portable(const struct rings_basis *b, const struct code *code, struct rings *out)
{
	make(b, code, out, put_values_portable, sum_up_portable, find_there_portable);
}

#ifdef __x86_64__
TARGET_AVX2
static void make_avx2(const struct rings_basis *b, const struct code *code, struct rings *out)
{
	make(b, code, out, put_values_avx2, sum_up_avx2, find_there_avx2);
}

TARGET_AVX512
static void make_avx512(const struct rings_basis *b, const struct code *code, struct rings *out)
{
	make(b, code, out, put_values_avx2, sum_up_avx512, find_there_avx2);
}
#else
#define make_avx2 make_portable
#define make_avx512 make_portable
#endif

void rings_there(const struct rings_basis *b, const struct code *code, uint32_t there[RINGS_BANDS])
{
	find_there_portable(b, code, there);
}

void rings_make_by(const struct rings_basis *b, enum kernel kernel, const struct code *code, struct rings *out)
{
	switch (kernel) {
	case KERNEL_AVX512:
		make_avx512(b, code, out);
		break;
	case KERNEL_AVX2:
		make_avx2(b, code, out);
		break;
	default:
		make_portable(b, code, out);
	}
}

void rings_make(const struct rings_basis *b, const struct code *code, struct rings *out)
{
	rings_make_by(b, kernel_fastest(), code, out);
}
