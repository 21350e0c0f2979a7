/* phases.c - a table of two bullets' lands, and the phase in which they fit best */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/phases.h"

#include <math.h>
#include <stdio.h>

#include "report/trim.h"

#define DARKEST 30.0      /* a score of a thousand to one */
#define NONE 0xe6e6ea

/* White to the colour of agreement. */
static draw_colour shade(double score)
{
	double much = fmin(1, fmax(0, score / DARKEST));

	if (isnan(score))
		return NONE;
	return (draw_colour)(lrint(255 - (255 - 0x0b) * much) << 16 | lrint(255 - (255 - 0x4f) * much) << 8 |
			     lrint(255 - (255 - 0x9e) * much));
}

static void number(struct draw *d, double x, double y, int n, double size, draw_colour colour)
{
	const struct draw_type type = { size, false, colour, 0, 0 };
	char text[16];

	snprintf(text, sizeof text, "%d", n);
	draw_words(d, x, y, text, &type, DRAW_CENTRE);
}

static void draw_score(struct draw *d, double x, double y, double cell, double score, double letter)
{
	const struct draw_type type = { fmin(letter * 0.8, cell * 0.42), false,
					score > DARKEST / 2 ? 0xffffff : TRIM_INK, 0, 0 };
	char text[16];

	if (isnan(score) || type.size < 6)
		return;
	snprintf(text, sizeof text, "%.0f", score);
	draw_words(d, x + cell / 2, y + cell / 2 + type.size * 0.36, text, &type, DRAW_CENTRE);
}

void phases_table(struct draw *d, const struct phases *p, double x, double y, double side, double letter)
{
	double head = letter * 1.3, cell = floor((side - head) / p->lands), size = fmin(letter * 0.85, cell * 0.8);

	for (int k = 0; k < p->lands; k++) {
		number(d, x + head + (k + 0.5) * cell, y + head - letter * 0.35, k + 1, size, TRIM_CANDIDATE);
		number(d, x + head * 0.5, y + head + (k + 0.5) * cell + size * 0.36, k + 1, size, TRIM_PROBE);
	}
	for (int i = 0; i < p->lands; i++)
		for (int j = 0; j < p->lands; j++) {
			double left = x + head + j * cell, top = y + head + i * cell, score = p->score[i * p->lands + j];

			draw_box(d, left, top, cell, cell, 0xc8c8d0);
			draw_box(d, left, top, cell - 1, cell - 1, shade(score));
			draw_score(d, left, top, cell, score, letter);
		}
	for (int i = 0; i < p->lands; i++) {
		double left = x + head + p->partner[i] * cell, top = y + head + i * cell, end = cell - 1;
		double box[4][2] = { { left, top }, { left + end, top }, { left + end, top + end }, { left, top + end } };

		draw_edge(d, (const double (*)[2])box, 4, true, 2, TRIM_CUT);
	}
}

/* Which way the bars of a group run, as large as fits under them. */
static void direction(struct draw *d, double x, double y, double width, const char *words, double letter)
{
	struct draw_type type = { letter * 0.8, false, TRIM_INK, 0, 0 };
	double length = draw_length(d, words, &type);

	if (length > width)
		type.size *= width / length;
	if (type.size >= 6)
		draw_words(d, x + width / 2, y, words, &type, DRAW_CENTRE);
}

void phases_bars(struct draw *d, const struct phases *p, double x, double y, double width, double height,
		 double letter)
{
	int bars = 2 * p->lands;
	double most = 1e-9, pitch = width / (bars + 1), foot = y + height - letter * 2.2, group = p->lands * pitch;
	double size = fmin(letter * 0.8, pitch * 0.8);

	for (int k = 0; k < bars; k++)
		most = fmax(most, p->sum[k]);
	for (int k = 0; k < bars; k++) {
		/* a bar's width between those forwards and those backwards */
		double left = x + (k + (k >= p->lands)) * pitch, high = (foot - y) * fmax(0, p->sum[k]) / most;
		bool best = k == p->best;

		draw_box(d, left, foot - high, pitch * 0.75, high, best ? TRIM_CUT : 0x9a9aa2);
		/* where there is no room for all numbers, that of the best */
		if (best || size >= 7.5)
			number(d, left + pitch * 0.375, foot + letter * 0.95, k % p->lands, best ? fmax(size, letter * 0.75) : size,
			       best ? TRIM_CUT : TRIM_INK);
	}
	draw_box(d, x, foot, width, 1, TRIM_INK);
	direction(d, x, foot + letter * 1.95, group - pitch * 0.25, "forwards", letter);
	direction(d, x + group + pitch, foot + letter * 1.95, group - pitch * 0.25, "backwards", letter);
}
