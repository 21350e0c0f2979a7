/* trim.c - what pictures of pairs have in common: titles, scale bars, captions */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/trim.h"

#include <math.h>
#include <stdio.h>

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

void trim_caption(struct draw *d, double x, double y, double width, double height, double letter,
		   const char *heading, const char *const *line, int lines)
{
	double high = fmin(letter * 1.35, (height - letter) / (lines > 0 ? lines : 1));

	for (int i = -1; i < lines; i++) {
		const char *words = i < 0 ? heading : line[i];
		struct draw_type type = { i < 0 ? letter * 1.15 : letter * 0.95, i < 0, TRIM_INK, 0, 0 };
		double length;

		type.size = fmin(type.size, high * 0.95);
		length = draw_length(d, words, &type);
		if (length > width)
			type.size *= width / length;
		draw_words(d, x, y + letter + (i + 1) * high, words, &type, DRAW_BEGIN);
	}
}
