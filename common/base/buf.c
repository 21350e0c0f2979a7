/* buf.c - a growing run of bytes */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/buf.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

int buf_reserve(struct buf *b, size_t more, struct error *e)
{
	size_t want, room;
	void *p;

	if (__builtin_add_overflow(b->size, more, &want))
		return error_memory(e);
	if (want <= b->room)
		return STATUS_DONE;
	room = b->room + b->room / 2 + 64;
	if (room < want)
		room = want;
	p = mem_grow(b->data, room, 1, e);
	if (!p)
		return STATUS_SYSTEM;
	b->data = p;
	b->room = room;
	return STATUS_DONE;
}

int buf_add(struct buf *b, const void *data, size_t size, struct error *e)
{
	if (buf_reserve(b, size, e))
		return STATUS_SYSTEM;
	if (size)
		memcpy(b->data + b->size, data, size);
	b->size += size;
	return STATUS_DONE;
}

int buf_byte(struct buf *b, unsigned char byte, struct error *e)
{
	return buf_add(b, &byte, 1, e);
}

int buf_text(struct buf *b, const char *text, struct error *e)
{
	return buf_add(b, text, strlen(text), e);
}

int buf_format(struct buf *b, struct error *e, const char *format, ...)
{
	va_list args;
	int n;

	va_start(args, format);
	n = vsnprintf(NULL, 0, format, args);
	va_end(args);
	if (n < 0)
		return error_system(e, "cannot format text");
	if (buf_reserve(b, (size_t)n + 1, e))
		return STATUS_SYSTEM;
	va_start(args, format);
	vsnprintf((char *)b->data + b->size, (size_t)n + 1, format, args);
	va_end(args);
	b->size += (size_t)n;
	return STATUS_DONE;
}

char *buf_string(struct buf *b, struct error *e)
{
	if (buf_reserve(b, 1, e))
		return NULL;
	b->data[b->size] = 0;
	return (char *)b->data;
}

void buf_free(struct buf *b)
{
	free(b->data);
	memset(b, 0, sizeof *b);
}
