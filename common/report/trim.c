/* trim.c - what pictures of pairs have in common: titles, scale bars, captions */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/trim.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define TRIM_LINE 512

double trim_letter(int width, int height)
{
	return fmax(9, fmin(height / 46.0, width / 92.0));
}

void trim_scale_bar(struct draw *d, double x, double y, double most_px, double letter, double step_um)
{
	static const double round[] = { 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000 };
	const struct draw_type type = { letter * 0.85, true, TRIM_INK, 2.5, 0xffffff };
	double um = round[0], thick = letter / 4;
	char text[32];

	for (size_t i = 0; i < sizeof round / sizeof *round; i++)
		if (round[i] / step_um <= most_px)
			um = round[i];
	draw_box(d, x - 1.5, y - thick - 1.5, um / step_um + 3, thick + 3, 0xffffff);
	draw_box(d, x, y - thick, um / step_um, thick, TRIM_INK);
	snprintf(text, sizeof text, um < 1000 ? "%.0f \xc2\xb5m" : "%.0f mm", um < 1000 ? um : um / 1000);
	draw_words(d, x, y - thick - letter / 3, text, &type, DRAW_BEGIN);
}

/* How many bytes of the words stand on one line; at least a word, however long. */
static size_t on_a_line(struct draw *d, const char *words, const struct draw_type *type, double width,
			char line[TRIM_LINE])
{
	size_t all = strlen(words), n, fits = 0;

	for (size_t end = 0; end < all && end < TRIM_LINE - 1; end = n) {
		n = end + strspn(words + end, " ");
		n += strcspn(words + n, " ");
		if (n >= TRIM_LINE)
			break;
		memcpy(line, words, n);
		line[n] = 0;
		if (fits && draw_length(d, line, type) > width)
			break;
		fits = n;
	}
	if (!fits)
		fits = all < TRIM_LINE - 1 ? all : TRIM_LINE - 1;
	memcpy(line, words, fits);
	line[fits] = 0;
	return fits + strspn(words + fits, " ");
}

/* Draws a heading or line of a caption, in several lines where one does not hold it; at which line it ends.
 * high 0: only counts. */
static int caption_line(struct draw *d, double x, double y, double width, double high, const char *words,
			struct draw_type type, int at)
{
	char line[TRIM_LINE];
	double size = type.size, indent = 0;

	if (high > 0)
		size = fmin(size, high * 0.95);
	for (; *words; at++) {
		double length;

		type.size = size;
		words += on_a_line(d, words, &type, width - indent, line);
		length = draw_length(d, line, &type);
		if (length > width - indent)
			type.size *= (width - indent) / length;
		if (high > 0)
			draw_words(d, x + indent, y + at * high, line, &type, DRAW_BEGIN);
		indent = size;
	}
	return at;
}

void trim_caption(struct draw *d, double x, double y, double width, double height, double letter,
		   const char *heading, const char *const *line, int lines)
{
	const struct draw_type head = { letter * 1.15, true, TRIM_INK, 0, 0 }, body = { letter * 0.95, false, TRIM_INK, 0, 0 };
	double high = 0;

	for (int pass = 0; pass < 2; pass++) {
		int at = caption_line(d, x, y + letter, width, high, heading, head, 0);

		for (int i = 0; i < lines; i++)
			at = caption_line(d, x, y + letter, width, high, line[i], body, at);
		high = fmin(letter * 1.35, (height - letter) / (at > 1 ? at - 1 : 1));
	}
}
