/* md5.c - MD5, for files that carry one */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/md5.h"

#include <stdio.h>
#include <string.h>

#include "base/bytes.h"

/* RFC 1321, 3.4: four rounds of sixteen steps. Step i uses word `word[i]` of the block, the
 * constant floor(2^32 |sin(i + 1)|), and turns left by `turn`. */
static const uint32_t sine[64] = {
	0xd76aa478, 0xe8c7b756, 0x242070db, 0xc1bdceee, 0xf57c0faf, 0x4787c62a, 0xa8304613, 0xfd469501,
	0x698098d8, 0x8b44f7af, 0xffff5bb1, 0x895cd7be, 0x6b901122, 0xfd987193, 0xa679438e, 0x49b40821,
	0xf61e2562, 0xc040b340, 0x265e5a51, 0xe9b6c7aa, 0xd62f105d, 0x02441453, 0xd8a1e681, 0xe7d3fbc8,
	0x21e1cde6, 0xc33707d6, 0xf4d50d87, 0x455a14ed, 0xa9e3e905, 0xfcefa3f8, 0x676f02d9, 0x8d2a4c8a,
	0xfffa3942, 0x8771f681, 0x6d9d6122, 0xfde5380c, 0xa4beea44, 0x4bdecfa9, 0xf6bb4b60, 0xbebfbc70,
	0x289b7ec6, 0xeaa127fa, 0xd4ef3085, 0x04881d05, 0xd9d4d039, 0xe6db99e5, 0x1fa27cf8, 0xc4ac5665,
	0xf4292244, 0x432aff97, 0xab9423a7, 0xfc93a039, 0x655b59c3, 0x8f0ccc92, 0xffeff47d, 0x85845dd1,
	0x6fa87e4f, 0xfe2ce6e0, 0xa3014314, 0x4e0811a1, 0xf7537e82, 0xbd3af235, 0x2ad7d2bb, 0xeb86d391
};
static const unsigned char turn[4][4] = {
	{ 7, 12, 17, 22 }, { 5, 9, 14, 20 }, { 4, 11, 16, 23 }, { 6, 10, 15, 21 }
};

static void take_block(uint32_t state[4], const unsigned char *block)
{
	uint32_t a = state[0], b = state[1], c = state[2], d = state[3], x[16];
	unsigned i;

	for (i = 0; i < 16; i++)
		x[i] = bytes_get32(block + 4 * i);
	for (i = 0; i < 64; i++) {
		unsigned round = i / 16, word, by = turn[round][i % 4];
		uint32_t f;

		switch (round) {
		case 0:
			f = (b & c) | (~b & d);
			word = i;
			break;
		case 1:
			f = (b & d) | (c & ~d);
			word = (5 * i + 1) % 16;
			break;
		case 2:
			f = b ^ c ^ d;
			word = (3 * i + 5) % 16;
			break;
		default:
			f = c ^ (b | ~d);
			word = 7 * i % 16;
		}
		f += a + sine[i] + x[word];
		a = d;
		d = c;
		c = b;
		b += f << by | f >> (32 - by);
	}
	state[0] += a;
	state[1] += b;
	state[2] += c;
	state[3] += d;
}

void md5_start(struct md5 *m)
{
	static const uint32_t start[4] = { 0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476 };

	memcpy(m->state, start, sizeof start);
	m->bytes = 0;
}

void md5_add(struct md5 *m, const void *data, size_t size)
{
	const unsigned char *p = data;
	size_t held = m->bytes % 64, more;

	m->bytes += size;
	if (held) {
		more = 64 - held < size ? 64 - held : size;
		memcpy(m->block + held, p, more);
		p += more;
		size -= more;
		if (held + more < 64)
			return;
		take_block(m->state, m->block);
	}
	for (; size >= 64; p += 64, size -= 64)
		take_block(m->state, p);
	if (size)
		memcpy(m->block, p, size);
}

void md5_text(struct md5 *m, char out[MD5_TEXT])
{
	static const unsigned char pad[64] = { 0x80 };
	unsigned char length[8];
	int i;

	bytes_put64(length, m->bytes * 8);
	md5_add(m, pad, 1 + (119 - m->bytes % 64) % 64);
	md5_add(m, length, sizeof length);
	for (i = 0; i < 16; i++)
		snprintf(out + 2 * i, 3, "%02x", (unsigned)(m->state[i / 4] >> 8 * (i % 4) & 0xff));
}
