/* mem.c - memory by count and size, checked for overflow */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/mem.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

void *mem_new(size_t count, size_t size, struct error *e)
{
	size_t bytes;
	void *p;

	if (__builtin_mul_overflow(count, size, &bytes) || bytes > PTRDIFF_MAX) {
		error_memory(e);
		return NULL;
	}
	p = calloc(bytes ? count : 1, bytes ? size : 1);
	if (!p)
		error_memory(e);
	return p;
}

void *mem_grow(void *old, size_t count, size_t size, struct error *e)
{
	size_t bytes;
	void *p;

	if (__builtin_mul_overflow(count, size, &bytes) || bytes > PTRDIFF_MAX) {
		error_memory(e);
		return NULL;
	}
	p = realloc(old, bytes ? bytes : 1);
	if (!p)
		error_memory(e);
	return p;
}

#define LINE ((size_t)64)
#define HUGE ((size_t)2 << 20)

void *mem_table(size_t count, size_t size, struct error *e)
{
	size_t bytes, align;
	void *p = NULL;

	if (!__builtin_mul_overflow(count, size, &bytes) && bytes <= PTRDIFF_MAX - HUGE) {
		align = bytes >= HUGE ? HUGE : LINE;
		bytes = (bytes + align - 1) / align * align;
		p = aligned_alloc(align, bytes ? bytes : align);
	}
	if (!p)
		error_memory(e);
	else if (bytes >= HUGE)
		madvise(p, bytes, MADV_HUGEPAGE);   /* if it can't, it is only slower */
	return p;
}

char *mem_text(const char *text, struct error *e)
{
	size_t n = strlen(text) + 1;
	char *p = mem_grow(NULL, n, 1, e);   /* not cleared first */

	if (p)
		memcpy(p, text, n);
	return p;
}
