/* error.c - what went wrong, in words and as an exit status */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/error.h"

#include <errno.h>
#include <stdarg.h>
#include <string.h>

#include "base/utf8.h"

/* Names of files reach messages, and messages reach terminals: no control character passes, and
 * no half of a character, which also a cut leaves. */
static void put_visible(char *to, size_t size, const char *from)
{
	size_t n = 0;

	while (*from && n + 9 < size) {
		size_t length = utf8_length(from), bytes = length ? length : 1;

		if (length && !utf8_control(from)) {
			memcpy(to + n, from, length);
			n += length;
			from += length;
			continue;
		}
		for (; bytes > 0; bytes--)
			n += (size_t)snprintf(to + n, size - n, "\\x%02x", (unsigned char)*from++);
	}
	to[n] = 0;
}

static void set(struct error *e, int status, const char *format, va_list args)
{
	char raw[sizeof e->text];

	if (!e)
		return;
	e->status = status;
	vsnprintf(raw, sizeof raw, format, args);
	put_visible(e->text, sizeof e->text, raw);
}

int error_set(struct error *e, int status, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	set(e, status, format, args);
	va_end(args);
	return status;
}

int error_system(struct error *e, const char *format, ...)
{
	int number = errno;
	char raw[sizeof e->text];
	va_list args;

	va_start(args, format);
	vsnprintf(raw, sizeof raw, format, args);
	va_end(args);
	return error_set(e, STATUS_SYSTEM, "%.300s: %s", raw, strerror(number));
}

int error_memory(struct error *e)
{
	return error_set(e, STATUS_SYSTEM, "out of memory");
}

int error_within(struct error *e, const char *what)
{
	char raw[sizeof e->text];

	if (!e)
		return STATUS_SYSTEM;
	memcpy(raw, e->text, sizeof raw);
	return error_set(e, e->status, "%.240s: %.260s", what, raw);
}

void error_print(FILE *out, const char *program, const struct error *e)
{
	fprintf(out, "%s: %s\n", program, e->text);
}

void error_say(FILE *out, const char *program, const char *format, ...)
{
	struct error e;
	va_list args;

	va_start(args, format);
	set(&e, STATUS_DONE, format, args);
	va_end(args);
	error_print(out, program, &e);
}

int error_worse(int a, int b)
{
	static const int rank[] = {
		[STATUS_DONE] = 0, [STATUS_NO] = 1, [STATUS_INPUT] = 2, [STATUS_USAGE] = 3,
		[STATUS_REFUSED] = 4, [STATUS_SYSTEM] = 5,
	};

	return rank[a] >= rank[b] ? a : b;
}
