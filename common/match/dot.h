/* dot.h - sums of products of 16-bit numbers, exact */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MATCH_DOT_H
#define MATCH_DOT_H

#include <stdint.h>

#ifdef __SSE2__
#include <emmintrin.h>
typedef __m128i dot_sum;

static inline dot_sum dot_zero(void)
{
	return _mm_setzero_si128();
}

static inline dot_sum dot_load(const int16_t *p)
{
	return _mm_loadu_si128((const __m128i *)(const void *)p);
}

/* sum + the eight products of a and b */
static inline dot_sum dot_add(dot_sum sum, dot_sum a, dot_sum b)
{
	return _mm_add_epi32(sum, _mm_madd_epi16(a, b));
}

static inline int32_t dot_total(dot_sum s)
{
	s = _mm_add_epi32(s, _mm_shuffle_epi32(s, 0x4e));
	s = _mm_add_epi32(s, _mm_shuffle_epi32(s, 0xb1));
	return _mm_cvtsi128_si32(s);
}

/* Each word holds two 16-bit numbers. *sum = a . w + b . x, *weight = c . w + d . x. */
static inline void dot_quad(uint32_t a, uint32_t b, uint32_t c, uint32_t d, uint32_t w, uint32_t x,
			    int32_t *sum, int32_t *weight)
{
	__m128i values = _mm_setr_epi32((int)a, (int)b, (int)c, (int)d);
	__m128i products = _mm_madd_epi16(values, _mm_setr_epi32((int)w, (int)x, (int)w, (int)x));

	products = _mm_add_epi32(products, _mm_shuffle_epi32(products, 0xb1));
	*sum = _mm_cvtsi128_si32(products);
	*weight = _mm_cvtsi128_si32(_mm_shuffle_epi32(products, 0x4e));
}
#else
typedef struct { int32_t v[8]; } dot_sum;

static inline dot_sum dot_zero(void)
{
	return (dot_sum){ { 0 } };
}

static inline dot_sum dot_load(const int16_t *p)
{
	dot_sum s;

	for (int i = 0; i < 8; i++)
		s.v[i] = p[i];
	return s;
}

static inline dot_sum dot_add(dot_sum sum, dot_sum a, dot_sum b)
{
	for (int i = 0; i < 8; i++)
		sum.v[i] += a.v[i] * b.v[i];
	return sum;
}

static inline int32_t dot_total(dot_sum s)
{
	int32_t t = 0;

	for (int i = 0; i < 8; i++)
		t += s.v[i];
	return t;
}

static inline int32_t dot_pair(uint32_t a, uint32_t w)
{
	return (int16_t)a * (int16_t)w + (int16_t)(a >> 16) * (int16_t)(w >> 16);
}

static inline void dot_quad(uint32_t a, uint32_t b, uint32_t c, uint32_t d, uint32_t w, uint32_t x,
			    int32_t *sum, int32_t *weight)
{
	*sum = dot_pair(a, w) + dot_pair(b, x);
	*weight = dot_pair(c, w) + dot_pair(d, x);
}
#endif

#endif
