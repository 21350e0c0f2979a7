/* land_scan.c - the code of a land against another's at many lags, as fast as the processor counts bits */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "match/land_scan.h"

/* Of eight lags at a time: they lie side by side in each row of the probe. */
struct part {
	const uint64_t *bit, *on;   /* the probe's, for the candidate's word `first` */
	int first, last;            /* words of the candidate that meet the probe */
};

static struct part part_of(const struct land_rows *p, const struct land_code *c, int group)
{
	/* eight groups make a word; the shift of a negative number rounds down, as is wanted */
	int words = group >> 3, first = words < -1 ? -1 - words : 0, last = p->words - words;
	size_t at;

	last = last < c->words ? last : c->words;
	if (last <= first)
		return (struct part){ p->bit, p->on, 0, 0 };
	at = (size_t)(first + words + 1) * 64 + (size_t)(group & 7) * LAND_SCAN_GROUP;
	return (struct part){ p->bit + at, p->on + at, first, last };
}

static void scan_portable(const struct land_rows *p, const struct land_code *c, int first_group, int groups,
			  int16_t *agree)
{
	for (int g = 0; g < groups; g++, agree += LAND_SCAN_GROUP) {
		struct part part = part_of(p, c, first_group + g);
		int sum[LAND_SCAN_GROUP] = { 0 };

		for (int w = part.first; w < part.last; w++, part.bit += 64, part.on += 64)
			for (int r = 0; r < LAND_SCAN_GROUP; r++) {
				uint64_t on = part.on[r] & c->on[w];

				sum[r] += __builtin_popcountll(on) -
					  2 * __builtin_popcountll((part.bit[r] ^ c->bit[w]) & on);
			}
		for (int r = 0; r < LAND_SCAN_GROUP; r++)
			agree[r] = (int16_t)sum[r];
	}
}

#ifdef __x86_64__
#include "match/count_avx2.h"

#define TARGET_AVX512 __attribute__((target("avx512f,avx512vpopcntdq,popcnt")))

/* Four lags. A byte of the sum stays between -8 and 8 a word; it is counted up from 128 once in BYTES_MOST words. */
#define BYTES_MOST 15
TARGET_AVX2
static inline void four_avx2(const struct part *part, const struct land_code *c, int at, int16_t *agree)
{
	const __m256i zero = _mm256_setzero_si256(), middle = _mm256_set1_epi8((char)-128);
	const uint64_t *bit = part->bit + at, *own = part->on + at;
	__m256i total = zero;
	int64_t out[4], begun = 0;

	for (int w = part->first; w < part->last;) {
		__m256i bytes = middle;
		int stop = part->last - w > BYTES_MOST ? w + BYTES_MOST : part->last;

		for (; w < stop; w++, bit += 64, own += 64) {
			__m256i on = _mm256_and_si256(_mm256_load_si256((const __m256i *)(const void *)own),
						      _mm256_set1_epi64x((long long)c->on[w]));
			__m256i x = _mm256_xor_si256(_mm256_load_si256((const __m256i *)(const void *)bit),
						     _mm256_set1_epi64x((long long)c->bit[w]));
			__m256i differ = count_bytes(_mm256_and_si256(x, on));

			differ = _mm256_add_epi8(differ, differ);
			bytes = _mm256_add_epi8(bytes, _mm256_sub_epi8(count_bytes(on), differ));
		}
		total = _mm256_add_epi64(total, _mm256_sad_epu8(bytes, zero));
		begun += 8 * 128;
	}
	_mm256_storeu_si256((__m256i *)(void *)out, total);
	for (int r = 0; r < 4; r++)
		agree[r] = (int16_t)(out[r] - begun);
}

TARGET_AVX2
static void scan_avx2(const struct land_rows *p, const struct land_code *c, int first_group, int groups,
		      int16_t *agree)
{
	for (int g = 0; g < groups; g++, agree += LAND_SCAN_GROUP) {
		struct part part = part_of(p, c, first_group + g);

		four_avx2(&part, c, 0, agree);
		four_avx2(&part, c, 4, agree + 4);
	}
}

#define AT_ONCE 4
/* `together` groups whose words are the same: a constant where this is called. */
TARGET_AVX512
static inline __attribute__((always_inline))
void groups_avx512(const struct part *part, const struct land_code *c, int together, int16_t *agree)
{
	__m512i common[AT_ONCE], differ[AT_ONCE];
	const uint64_t *bit = part->bit, *own = part->on;

	for (int g = 0; g < together; g++)
		common[g] = differ[g] = _mm512_setzero_si512();
	for (int w = part->first; w < part->last; w++, bit += 64, own += 64) {
		__m512i q = _mm512_set1_epi64((long long)c->bit[w]), there = _mm512_set1_epi64((long long)c->on[w]);

		for (int g = 0; g < together; g++) {
			__m512i on = _mm512_and_si512(_mm512_load_si512(own + g * LAND_SCAN_GROUP), there);
			/* (a ^ b) & c */
			__m512i p = _mm512_load_si512(bit + g * LAND_SCAN_GROUP);
			__m512i x = _mm512_ternarylogic_epi64(p, q, on, 0x28);

			common[g] = _mm512_add_epi64(common[g], _mm512_popcnt_epi64(on));
			differ[g] = _mm512_add_epi64(differ[g], _mm512_popcnt_epi64(x));
		}
	}
	for (int g = 0; g < together; g++) {
		__m512i sum = _mm512_sub_epi64(common[g], _mm512_add_epi64(differ[g], differ[g]));

		_mm_storeu_si128((__m128i *)(void *)(agree + g * LAND_SCAN_GROUP), _mm512_cvtepi64_epi16(sum));
	}
}

TARGET_AVX512
static void scan_avx512(const struct land_rows *p, const struct land_code *c, int first_group, int groups,
			int16_t *agree)
{
	for (int g = 0; g < groups;) {
		struct part part = part_of(p, c, first_group + g);
		/* the next of these eight reach into the next word */
		int left = 8 - ((first_group + g) & 7), n = left < groups - g ? left : groups - g;

		n = n >= AT_ONCE ? AT_ONCE : n >= 2 ? 2 : 1;
		switch (n) {
		case 1: groups_avx512(&part, c, 1, agree); break;
		case 2: groups_avx512(&part, c, 2, agree); break;
		default: groups_avx512(&part, c, AT_ONCE, agree);
		}
		g += n;
		agree += n * LAND_SCAN_GROUP;
	}
}
#endif

void land_scan(enum kernel k, const struct land_rows *probe, const struct land_code *c, int first_group,
	       int groups, int16_t *agree)
{
#ifdef __x86_64__
	if (k == KERNEL_AVX512) {
		scan_avx512(probe, c, first_group, groups, agree);
		return;
	}
	if (k == KERNEL_AVX2) {
		scan_avx2(probe, c, first_group, groups, agree);
		return;
	}
#endif
	(void)k;
	scan_portable(probe, c, first_group, groups, agree);
}
