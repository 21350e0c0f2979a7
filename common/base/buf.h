/* buf.h - a growing run of bytes */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BASE_BUF_H
#define BASE_BUF_H

#include <stddef.h>

#include "base/error.h"

/* Starts as all zero. Owned by whoever declared it; buf_free leaves it all zero again.
 * A failed append leaves it as it was. */
struct buf {
	unsigned char *data;  /* NULL while nothing was added */
	size_t size;
	size_t room;
};

int buf_reserve(struct buf *b, size_t more, struct error *e);
int buf_add(struct buf *b, const void *data, size_t size, struct error *e);
int buf_byte(struct buf *b, unsigned char byte, struct error *e);
int buf_text(struct buf *b, const char *text, struct error *e);
int buf_format(struct buf *b, struct error *e, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* Makes room for a zero behind the last byte and returns the data as a string. NULL: no memory. */
char *buf_string(struct buf *b, struct error *e);

void buf_free(struct buf *b);

#endif
