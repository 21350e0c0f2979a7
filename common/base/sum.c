/* sum.c - checksums */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/sum.h"

#include <stdbool.h>
#include <string.h>
#include <zlib.h>
#ifdef __x86_64__
#include <immintrin.h>
#endif

#include "base/bytes.h"

/* What a byte does to the sum of k bytes behind it: linear in its bits, so that eight numbers say it all. zlib
 * takes what is shorter than some hundred bytes byte by byte; lines of a log are that short, and are many. */
#define OF_BITS(i, a, b, c, d, e, f, g, h) \
	(((i) & 1 ? a : 0u) ^ ((i) & 2 ? b : 0u) ^ ((i) & 4 ? c : 0u) ^ ((i) & 8 ? d : 0u) ^ \
	 ((i) & 16 ? e : 0u) ^ ((i) & 32 ? f : 0u) ^ ((i) & 64 ? g : 0u) ^ ((i) & 128 ? h : 0u))
#define OF_4(i, ...) OF_BITS(i, __VA_ARGS__), OF_BITS((i) + 1, __VA_ARGS__), OF_BITS((i) + 2, __VA_ARGS__), \
	OF_BITS((i) + 3, __VA_ARGS__)
#define OF_16(i, ...) OF_4(i, __VA_ARGS__), OF_4((i) + 4, __VA_ARGS__), OF_4((i) + 8, __VA_ARGS__), \
	OF_4((i) + 12, __VA_ARGS__)
#define OF_64(i, ...) OF_16(i, __VA_ARGS__), OF_16((i) + 16, __VA_ARGS__), OF_16((i) + 32, __VA_ARGS__), \
	OF_16((i) + 48, __VA_ARGS__)
#define OF_256(...) OF_64(0, __VA_ARGS__), OF_64(64, __VA_ARGS__), OF_64(128, __VA_ARGS__), OF_64(192, __VA_ARGS__)
static const uint32_t behind[8][256] = {
	{ OF_256(0x77073096, 0xee0e612c, 0x076dc419, 0x0edb8832,
		 0x1db71064, 0x3b6e20c8, 0x76dc4190, 0xedb88320) },
	{ OF_256(0x191b3141, 0x32366282, 0x646cc504, 0xc8d98a08,
		 0x4ac21251, 0x958424a2, 0xf0794f05, 0x3b83984b) },
	{ OF_256(0x01c26a37, 0x0384d46e, 0x0709a8dc, 0x0e1351b8,
		 0x1c26a370, 0x384d46e0, 0x709a8dc0, 0xe1351b80) },
	{ OF_256(0xb8bc6765, 0xaa09c88b, 0x8f629757, 0xc5b428ef,
		 0x5019579f, 0xa032af3e, 0x9b14583d, 0xed59b63b) },
	{ OF_256(0x3d6029b0, 0x7ac05360, 0xf580a6c0, 0x30704bc1,
		 0x60e09782, 0xc1c12f04, 0x58f35849, 0xb1e6b092) },
	{ OF_256(0xcb5cd3a5, 0x4dc8a10b, 0x9b914216, 0xec53826d,
		 0x03d6029b, 0x07ac0536, 0x0f580a6c, 0x1eb014d8) },
	{ OF_256(0xa6770bb4, 0x979f1129, 0xf44f2413, 0x33ef4e67,
		 0x67de9cce, 0xcfbd399c, 0x440b7579, 0x8816eaf2) },
	{ OF_256(0xccaa009e, 0x4225077d, 0x844a0efa, 0xd3e51bb5,
		 0x7cbb312b, 0xf9766256, 0x299dc2ed, 0x533b85da) },
};
#define SHORT 512

/* Of a sum that is not turned over at either end. */
static uint32_t crc32_plain(uint32_t sum, const unsigned char *p, size_t size)
{
	for (; size >= 8; size -= 8, p += 8) {
		uint32_t low = bytes_get32(p) ^ sum, high = bytes_get32(p + 4);

		sum = behind[7][low & 255] ^ behind[6][low >> 8 & 255] ^ behind[5][low >> 16 & 255] ^
		      behind[4][low >> 24] ^ behind[3][high & 255] ^ behind[2][high >> 8 & 255] ^
		      behind[1][high >> 16 & 255] ^ behind[0][high >> 24];
	}
	while (size--)
		sum = behind[0][(sum ^ *p++) & 255] ^ sum >> 8;
	return sum;
}

#ifdef __x86_64__
/* A sum is a remainder of polynomials, and what stands in front can be multiplied by what it is worth further behind
 * (x^(n + 32) for its first half, x^(n - 32) for the second, n bits on, both as remainders) and added there, without
 * carries. So 64 bytes are folded onto the next 64 until fewer are left, those onto 16, and the sum of these is as
 * that of all. After V. Gopal and others, Fast CRC Computation for Generic Polynomials Using PCLMULQDQ, 2009. */
#define FOLD 64
#define TARGET_FOLD __attribute__((target("pclmul,sse2")))

static inline __m128i load(const unsigned char *p)
{
	return _mm_loadu_si128((const __m128i *)(const void *)p);
}

TARGET_FOLD
static inline __m128i fold(__m128i front, __m128i worth, __m128i onto)
{
	__m128i low = _mm_clmulepi64_si128(front, worth, 0x00), high = _mm_clmulepi64_si128(front, worth, 0x11);

	return _mm_xor_si128(_mm_xor_si128(low, high), onto);
}

#define BY_64 0x1c6e41596, 0x154442bd4
#define BY_256 0x1322d1430, 0x11542778a

/* Of 64 bytes that all before are folded onto, and what follows them. */
TARGET_FOLD
static uint32_t crc32_rest(__m128i part[4], const unsigned char *p, size_t size)
{
	const __m128i by_64 = _mm_set_epi64x(BY_64), by_16 = _mm_set_epi64x(0xccaa009e, 0x1751997d0);
	unsigned char rest[16];

	for (; size >= FOLD; p += FOLD, size -= FOLD)
		for (int k = 0; k < 4; k++)
			part[k] = fold(part[k], by_64, load(p + 16 * k));
	for (int k = 0; k < 3; k++)
		part[k + 1] = fold(part[k], by_16, part[k + 1]);
	for (; size >= 16; p += 16, size -= 16)
		part[3] = fold(part[3], by_16, load(p));
	_mm_storeu_si128((__m128i *)(void *)rest, part[3]);
	return crc32_plain(crc32_plain(0, rest, sizeof rest), p, size);
}

/* size: at least FOLD. */
TARGET_FOLD
static uint32_t crc32_folded(uint32_t sum, const unsigned char *p, size_t size)
{
	__m128i part[4];

	for (int k = 0; k < 4; k++)
		part[k] = load(p + 16 * k);
	part[0] = _mm_xor_si128(part[0], _mm_cvtsi32_si128((int)sum));
	return crc32_rest(part, p + FOLD, size - FOLD);
}

/* The same with 256 bytes at once. */
#define WIDE_FOLD 256
#define TARGET_WIDE __attribute__((target("avx512f,vpclmulqdq,pclmul")))

TARGET_WIDE
static inline __m512i fold_wide(__m512i front, __m512i worth, __m512i onto)
{
	__m512i low = _mm512_clmulepi64_epi128(front, worth, 0x00), high = _mm512_clmulepi64_epi128(front, worth, 0x11);

	return _mm512_xor_si512(_mm512_xor_si512(low, high), onto);
}

/* size: at least WIDE_FOLD. */
TARGET_WIDE
static uint32_t crc32_folded_wide(uint32_t sum, const unsigned char *p, size_t size)
{
	const __m512i by_64 = _mm512_broadcast_i32x4(_mm_set_epi64x(BY_64));
	const __m512i by_256 = _mm512_broadcast_i32x4(_mm_set_epi64x(BY_256));
	__m512i wide[4];
	__m128i part[4];

	for (int k = 0; k < 4; k++)
		wide[k] = _mm512_loadu_si512(p + FOLD * k);
	wide[0] = _mm512_xor_si512(wide[0], _mm512_zextsi128_si512(_mm_cvtsi32_si128((int)sum)));
	for (p += WIDE_FOLD, size -= WIDE_FOLD; size >= WIDE_FOLD; p += WIDE_FOLD, size -= WIDE_FOLD)
		for (int k = 0; k < 4; k++)
			wide[k] = fold_wide(wide[k], by_256, _mm512_loadu_si512(p + FOLD * k));
	for (int k = 0; k < 3; k++)
		wide[k + 1] = fold_wide(wide[k], by_64, wide[k + 1]);
	part[0] = _mm512_extracti32x4_epi32(wide[3], 0);
	part[1] = _mm512_extracti32x4_epi32(wide[3], 1);
	part[2] = _mm512_extracti32x4_epi32(wide[3], 2);
	part[3] = _mm512_extracti32x4_epi32(wide[3], 3);
	/* else all code of older kinds is slow from here on */
	_mm256_zeroupper();
	return crc32_rest(part, p, size);
}

static bool can_fold(void)
{
	return __builtin_cpu_supports("pclmul");
}

static bool can_fold_wide(void)
{
	return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("vpclmulqdq") && can_fold();
}
#else
#define WIDE_FOLD SIZE_MAX
#define crc32_folded_wide crc32_folded
#define can_fold_wide can_fold
#define FOLD SIZE_MAX
static uint32_t crc32_folded(uint32_t sum, const unsigned char *p, size_t size)
{
	return crc32_plain(sum, p, size);
}

static bool can_fold(void)
{
	return false;
}
#endif

uint32_t sum_crc32_portable(uint32_t start, const void *data, size_t size)
{
	if (!size)
		return start;
	return size < SHORT ? ~crc32_plain(~start, data, size) : (uint32_t)crc32_z(start, data, size);
}

uint32_t sum_crc32(uint32_t start, const void *data, size_t size)
{
	if (size >= WIDE_FOLD && can_fold_wide())
		return ~crc32_folded_wide(~start, data, size);
	return size >= FOLD && can_fold() ? ~crc32_folded(~start, data, size) : sum_crc32_portable(start, data, size);
}

uint64_t sum_fnv64(uint64_t start, const void *data, size_t size)
{
	const unsigned char *p = data;

	while (size--)
		start = (start ^ *p++) * UINT64_C(0x100000001b3);
	return start;
}

static uint64_t wide_step(uint64_t sum, uint64_t word)
{
	sum = (sum ^ word) * UINT64_C(0x9e3779b97f4a7c15);
	return sum ^ sum >> 32;
}

uint64_t sum_wide64(const void *data, size_t size)
{
	const unsigned char *p = data;
	uint64_t lane[4] = { 1, 2, 3, 4 }, sum = size;
	unsigned char last[32] = { 0 };
	size_t n = size;

	for (; n >= 32; n -= 32, p += 32)
		for (int k = 0; k < 4; k++)
			lane[k] = wide_step(lane[k], bytes_get64(p + 8 * k));
	if (n)
		memcpy(last, p, n);
	for (int k = 0; k < 4; k++)
		sum = wide_step(sum, wide_step(lane[k], bytes_get64(last + 8 * k)));
	return sum;
}
