/* scan.c - many codes against one turn of a probe at all shifts, as fast as the processor counts bits */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "match/scan.h"

#include <stddef.h>

/* Of a turn's shifts only the bits differ; what both have is taken once a turn, at no shift: shifts are small
 * against the mark. So a word costs a load, (a ^ b) & c, a count and an addition. Differing bits and the number of the
 * shift are kept in one number, of which the least is sought: results do not depend on the order. */
#define SHIFT_BITS 8

static int in_common(const uint64_t *probe, const struct code *c, uint64_t on[CODE_WORDS])
{
	int n = 0;

	for (int w = 0; w < CODE_WORDS; w++) {
		on[w] = probe[w] & c->on[w];
		n += __builtin_popcountll(on[w]);
	}
	return n;
}

static void found(struct scan_found *out, int common, uint64_t least)
{
	out->common = common;
	out->differ = (int)(least >> SHIFT_BITS);
	out->shift = (int)(least & ((1 << SHIFT_BITS) - 1));
}

static void scan_one_portable(const struct scan_turn *t, const struct code *c, struct scan_found *out)
{
	uint64_t on[CODE_WORDS], least = UINT64_MAX;
	int shifts = t->groups * SCAN_GROUP, common = in_common(t->on, c, on);

	for (int s = 0; s < shifts; s++) {
		uint64_t d = 0;

		for (int w = 0; w < CODE_WORDS; w++)
			d += (uint64_t)__builtin_popcountll((c->bit[w] ^ t->bit[w * shifts + s]) & on[w]);
		d = d << SHIFT_BITS | (uint64_t)s;
		least = d < least ? d : least;
	}
	found(out, common, least);
}

/* One source, compiled twice: with and without an instruction that counts bits. */
#define PAIR_BODY \
	int n = 0, d = 0; \
	for (int w = 0; w < words; w++) { \
		uint64_t both = a->on[w] >> a->shift & on[w]; \
		n += __builtin_popcountll(both); \
		d += __builtin_popcountll((a->bit[w] >> a->shift ^ bit[w]) & both); \
	} \
	*common = n; \
	*differ = d;

static void pair_portable(const struct laid_place *a, const uint64_t *bit, const uint64_t *on, int words, int *common,
			  int *differ)
{
	PAIR_BODY
}

static void scan_portable(const struct scan_turn *t, const struct code *const *code, int n, struct scan_found *out)
{
	for (int i = 0; i < n; i++)
		scan_one_portable(t, code[i], &out[i]);
}

#ifdef __x86_64__
#include "match/count_avx2.h"

#define TARGET_AVX512 __attribute__((target("avx512f,avx512vpopcntdq,popcnt")))

/* Bits in each 64-bit lane. */
TARGET_AVX2
static inline __m256i count_avx2(__m256i v)
{
	return _mm256_sad_epu8(count_bytes(v), _mm256_setzero_si256());
}

TARGET_AVX2
static void scan_one_avx2(const struct scan_turn *t, const struct code *c, struct scan_found *out)
{
	uint64_t on[CODE_WORDS], least = UINT64_MAX;
	int shifts = t->groups * SCAN_GROUP, common = in_common(t->on, c, on);

	for (int s = 0; s < shifts; s += 4) {
		__m256i sum = _mm256_setzero_si256();
		uint64_t d[4];

		for (int w = 0; w < CODE_WORDS; w++) {
			__m256i p = _mm256_loadu_si256((const __m256i *)(const void *)(t->bit + w * shifts + s));
			__m256i q = _mm256_set1_epi64x((long long)c->bit[w]), m = _mm256_set1_epi64x((long long)on[w]);

			sum = _mm256_add_epi64(sum, count_avx2(_mm256_and_si256(_mm256_xor_si256(p, q), m)));
		}
		_mm256_storeu_si256((__m256i *)(void *)d, sum);
		for (int k = 0; k < 4; k++) {
			d[k] = d[k] << SHIFT_BITS | (uint64_t)(s + k);
			least = d[k] < least ? d[k] : least;
		}
	}
	found(out, common, least);
}

static void scan_avx2(const struct scan_turn *t, const struct code *const *code, int n, struct scan_found *out)
{
	for (int i = 0; i < n; i++)
		scan_one_avx2(t, code[i], &out[i]);
}

/* The codes are taken in pairs, so that each of the probe's words is loaded once for two; only those that one of the
 * pair has something in common with (bit w of `words`). `groups` is a constant where this is called: the sums stay in
 * registers. */
TARGET_AVX512
static inline __attribute__((always_inline))
void least_avx512(const uint64_t *bit, const struct code *c, const struct code *d, uint64_t on[2][CODE_WORDS],
		  uint32_t words, int groups, uint64_t least[2])
{
	const __m512i eight = _mm512_set1_epi64(SCAN_GROUP);
	__m512i sum[2][SCAN_GROUPS_MOST], number = _mm512_setr_epi64(0, 1, 2, 3, 4, 5, 6, 7), least_c, least_d;

	for (int g = 0; g < groups; g++)
		sum[0][g] = sum[1][g] = _mm512_setzero_si512();
	for (; words; words &= words - 1) {
		int w = __builtin_ctz(words);
		__m512i q = _mm512_set1_epi64((long long)c->bit[w]), m = _mm512_set1_epi64((long long)on[0][w]);
		__m512i r = _mm512_set1_epi64((long long)d->bit[w]), n = _mm512_set1_epi64((long long)on[1][w]);

		for (int g = 0; g < groups; g++) {
			__m512i p = _mm512_loadu_si512(bit + (w * groups + g) * SCAN_GROUP), q_differs, r_differs;

			/* (p ^ q) & m */
			q_differs = _mm512_ternarylogic_epi64(p, q, m, 0x28);
			r_differs = _mm512_ternarylogic_epi64(p, r, n, 0x28);
			sum[0][g] = _mm512_add_epi64(sum[0][g], _mm512_popcnt_epi64(q_differs));
			sum[1][g] = _mm512_add_epi64(sum[1][g], _mm512_popcnt_epi64(r_differs));
		}
	}
	least_c = least_d = _mm512_set1_epi64(-1);
	for (int g = 0; g < groups; g++) {
		sum[0][g] = _mm512_or_si512(_mm512_slli_epi64(sum[0][g], SHIFT_BITS), number);
		sum[1][g] = _mm512_or_si512(_mm512_slli_epi64(sum[1][g], SHIFT_BITS), number);
		least_c = _mm512_min_epu64(least_c, sum[0][g]);
		least_d = _mm512_min_epu64(least_d, sum[1][g]);
		number = _mm512_add_epi64(number, eight);
	}
	least[0] = _mm512_reduce_min_epu64(least_c);
	least[1] = _mm512_reduce_min_epu64(least_d);
}

/* Adds to words those that have any. */
TARGET_AVX512
static inline int in_common_avx512(const uint64_t *probe, const struct code *c, uint64_t on[CODE_WORDS],
				   uint32_t *words)
{
	__m512i n = _mm512_setzero_si512();

	for (int w = 0; w < CODE_WORDS; w += 8) {
		__m512i both = _mm512_and_si512(_mm512_loadu_si512(probe + w), _mm512_loadu_si512(c->on + w));

		_mm512_storeu_si512(on + w, both);
		*words |= (uint32_t)_mm512_test_epi64_mask(both, both) << w;
		n = _mm512_add_epi64(n, _mm512_popcnt_epi64(both));
	}
	return (int)_mm512_reduce_add_epi64(n);
}

TARGET_AVX512
static void scan_avx512(const struct scan_turn *t, const struct code *const *code, int n, struct scan_found *out)
{
	uint64_t on[2][CODE_WORDS] __attribute__((aligned(64))), least[2] = { 0, 0 };

	for (int i = 0; i < n; i += 2) {
		const struct code *c = code[i], *d = code[i + 1 < n ? i + 1 : i];
		uint32_t words = 0;
		int common[2] = { in_common_avx512(t->on, c, on[0], &words),
				  in_common_avx512(t->on, d, on[1], &words) };

		_Static_assert(CODE_WORDS <= 32, "a bit for each word");
		switch (t->groups) {
		case 1: least_avx512(t->bit, c, d, on, words, 1, least); break;
		case 2: least_avx512(t->bit, c, d, on, words, 2, least); break;
		case 3: least_avx512(t->bit, c, d, on, words, 3, least); break;
		case 4: least_avx512(t->bit, c, d, on, words, 4, least); break;
		case 5: least_avx512(t->bit, c, d, on, words, 5, least); break;
		case 6: least_avx512(t->bit, c, d, on, words, 6, least); break;
		case 7: least_avx512(t->bit, c, d, on, words, 7, least); break;
		case 8: least_avx512(t->bit, c, d, on, words, 8, least); break;
		}
		found(&out[i], common[0], least[0]);
		if (i + 1 < n)
			found(&out[i + 1], common[1], least[1]);
	}
}

__attribute__((target("popcnt")))
static void pair_popcnt(const struct laid_place *a, const uint64_t *bit, const uint64_t *on, int words, int *common,
			int *differ)
{
	PAIR_BODY
}

TARGET_AVX512
static void pair_avx512(const struct laid_place *a, const uint64_t *bit, const uint64_t *on, int words, int *common,
			int *differ)
{
	const __m128i shift = _mm_cvtsi32_si128(a->shift);
	__m512i n = _mm512_setzero_si512(), d = n;

	for (int w = 0; w < words; w += 8) {
		__m512i a_on = _mm512_srl_epi64(_mm512_loadu_si512(a->on + w), shift);
		__m512i a_bit = _mm512_srl_epi64(_mm512_loadu_si512(a->bit + w), shift);
		__m512i both = _mm512_and_si512(a_on, _mm512_loadu_si512(on + w));
		__m512i x = _mm512_ternarylogic_epi64(a_bit, _mm512_loadu_si512(bit + w), both, 0x28);

		n = _mm512_add_epi64(n, _mm512_popcnt_epi64(both));
		d = _mm512_add_epi64(d, _mm512_popcnt_epi64(x));
	}
	*common = (int)_mm512_reduce_add_epi64(n);
	*differ = (int)_mm512_reduce_add_epi64(d);
}
#endif

typedef void scan_many(const struct scan_turn *, const struct code *const *, int, struct scan_found *);
/* What a and another code of so many words have in common. */
typedef void pair_one(const struct laid_place *a, const uint64_t *bit, const uint64_t *on, int words, int *common,
		      int *differ);

static const struct {
	scan_many *scan;
	pair_one *pair;
} kernels[KERNELS] = {
	[KERNEL_PORTABLE] = { scan_portable, pair_portable },
#ifdef __x86_64__
	[KERNEL_AVX2] = { scan_avx2, pair_popcnt },
	[KERNEL_AVX512] = { scan_avx512, pair_avx512 },
#else
	[KERNEL_AVX2] = { NULL, NULL },
	[KERNEL_AVX512] = { NULL, NULL },
#endif
};

void scan_codes(enum kernel k, const struct scan_turn *turn, const struct code *const *code, int n,
		struct scan_found *out)
{
	kernels[k].scan(turn, code, n, out);
}

void scan_pair(enum kernel k, const struct code *a, const struct code *b, int *common, int *differ)
{
	kernels[k].pair(&(struct laid_place){ a->bit, a->on, 0 }, b->bit, b->on, CODE_WORDS, common, differ);
}

void scan_rows(enum kernel k, const struct laid_place *a, const struct laid_rows *b, int *common, int *differ)
{
	kernels[k].pair(a, b->bit, b->on, b->words, common, differ);
}
