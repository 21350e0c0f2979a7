/* md5.h - MD5, for files that carry one */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BASE_MD5_H
#define BASE_MD5_H

#include <stddef.h>
#include <stdint.h>

/* RFC 1321. It finds damage, not forgery: nothing of ours relies on it, but X3P archives carry it. */
struct md5 {
	uint32_t state[4];
	uint64_t bytes;
	unsigned char block[64];  /* what has come of the next block */
};

void md5_start(struct md5 *m);
void md5_add(struct md5 *m, const void *data, size_t size);

/* 32 lower-case hexadecimal digits and a zero. m must be started anew before it is used again. */
#define MD5_TEXT 33
void md5_text(struct md5 *m, char out[MD5_TEXT]);

#endif
