/* bytes.h - little-endian numbers in unaligned bytes */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BASE_BYTES_H
#define BASE_BYTES_H

#include <stdint.h>
#include <string.h>

static inline void bytes_put16(void *to, uint16_t v)
{
	unsigned char *p = to;

	p[0] = (unsigned char)v;
	p[1] = (unsigned char)(v >> 8);
}

static inline void bytes_put32(void *to, uint32_t v)
{
	bytes_put16(to, (uint16_t)v);
	bytes_put16((unsigned char *)to + 2, (uint16_t)(v >> 16));
}

static inline void bytes_put64(void *to, uint64_t v)
{
	bytes_put32(to, (uint32_t)v);
	bytes_put32((unsigned char *)to + 4, (uint32_t)(v >> 32));
}

static inline uint16_t bytes_get16(const void *from)
{
	const unsigned char *p = from;

	return (uint16_t)(p[0] | p[1] << 8);
}

static inline uint32_t bytes_get32(const void *from)
{
	return bytes_get16(from) | (uint32_t)bytes_get16((const unsigned char *)from + 2) << 16;
}

static inline uint64_t bytes_get64(const void *from)
{
	return bytes_get32(from) | (uint64_t)bytes_get32((const unsigned char *)from + 4) << 32;
}

/* n words of 64 bits, one behind the other. */
static inline void bytes_put_words(void *to, const uint64_t *words, size_t n)
{
	for (size_t w = 0; w < n; w++)
		bytes_put64((unsigned char *)to + 8 * w, words[w]);
}

static inline void bytes_get_words(const void *from, uint64_t *words, size_t n)
{
	for (size_t w = 0; w < n; w++)
		words[w] = bytes_get64((const unsigned char *)from + 8 * w);
}

static inline float bytes_get_float(const void *from)
{
	uint32_t bits = bytes_get32(from);
	float v;

	memcpy(&v, &bits, sizeof v);
	return v;
}

static inline double bytes_get_double(const void *from)
{
	uint64_t bits = bytes_get64(from);
	double v;

	memcpy(&v, &bits, sizeof v);
	return v;
}

static inline void bytes_put_float(void *to, float v)
{
	uint32_t bits;

	memcpy(&bits, &v, sizeof bits);
	bytes_put32(to, bits);
}

#endif
