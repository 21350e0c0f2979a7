/* surface.c - a topography or photograph, with its spacing and which way is up */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scan/surface.h"

#include <math.h>
#include <stdarg.h>
#include <stdlib.h>
#include <stdio.h>
#include <string.h>

#include "base/mem.h"

int surface_new(struct surface *s, enum surface_kind kind, int width, int height, struct error *e)
{
	size_t i, points;

	memset(s, 0, sizeof *s);
	if (width < 1 || height < 1 || (size_t)width > SURFACE_MAX_POINTS / (size_t)height)
		return error_set(e, STATUS_INPUT, "a surface of %d x %d points", width, height);
	points = (size_t)width * (size_t)height;
	s->z = mem_new(points, sizeof *s->z, e);
	if (!s->z)
		return STATUS_SYSTEM;
	if (kind == SURFACE_TOPOGRAPHY)
		for (i = 0; i < points; i++)
			s->z[i] = NAN;
	s->kind = kind;
	s->width = s->full_width = width;
	s->height = s->full_height = height;
	s->reduction = 1;
	s->valid = kind == SURFACE_PHOTOGRAPH ? points : 0;
	return STATUS_DONE;
}

void surface_free(struct surface *s)
{
	free(s->z);
	free(s->marked);
	memset(s, 0, sizeof *s);
}

/* Whole notes only: one that has no room is left out, the first ones matter most. */
void surface_note(struct surface *s, const char *format, ...)
{
	size_t used = strlen(s->note), room = sizeof s->note - used;
	const char *between = used ? "; " : "";
	char text[sizeof s->note];
	va_list args;
	int n;

	va_start(args, format);
	n = vsnprintf(text, sizeof text, format, args);
	va_end(args);
	if (n > 0 && (size_t)n + strlen(between) < room)
		snprintf(s->note + used, room, "%s%s", between, text);
}

static void swap(char *a, char *b, size_t size)
{
	char held[256];

	while (size) {
		size_t n = size < sizeof held ? size : sizeof held;

		memcpy(held, a, n);
		memcpy(a, b, n);
		memcpy(b, held, n);
		a += n;
		b += n;
		size -= n;
	}
}

void surface_flip_rows(struct surface *s)
{
	size_t row = (size_t)s->width, up, down;

	for (up = 0, down = (size_t)s->height - 1; up < down; up++, down--) {
		swap((char *)(s->z + up * row), (char *)(s->z + down * row), row * sizeof *s->z);
		if (s->marked)
			swap((char *)s->marked + up * row, (char *)s->marked + down * row, row);
	}
}

void surface_flip_columns(struct surface *s)
{
	int x, y;

	for (y = 0; y < s->height; y++) {
		float *z = s->z + (size_t)y * (size_t)s->width;
		unsigned char *m = s->marked ? s->marked + (size_t)y * (size_t)s->width : NULL;

		for (x = 0; x < s->width / 2; x++) {
			int other = s->width - 1 - x;
			float held = z[x];

			z[x] = z[other];
			z[other] = held;
			if (m) {
				unsigned char mark = m[x];

				m[x] = m[other];
				m[other] = mark;
			}
		}
	}
}

void surface_turn_cast(struct surface *s)
{
	size_t points = (size_t)s->width * (size_t)s->height;

	surface_flip_columns(s);
	for (size_t i = 0; s->kind == SURFACE_TOPOGRAPHY && i < points; i++)
		s->z[i] = -s->z[i];
}
