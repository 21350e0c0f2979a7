/* count_avx2.h - bits counted by bytes, where vectors cannot count */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MATCH_COUNT_AVX2_H
#define MATCH_COUNT_AVX2_H

#include <immintrin.h>

#define TARGET_AVX2 __attribute__((target("avx2,popcnt")))

/* Bits of each byte, by a table of 16 (Mula 2018). */
TARGET_AVX2
static inline __m256i count_bytes(__m256i v)
{
	const __m256i table = _mm256_setr_epi8(0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4,
					       0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4);
	const __m256i low = _mm256_set1_epi8(15);
	__m256i a = _mm256_shuffle_epi8(table, _mm256_and_si256(v, low));
	__m256i b = _mm256_shuffle_epi8(table, _mm256_and_si256(_mm256_srli_epi16(v, 4), low));

	return _mm256_add_epi8(a, b);
}

#endif
