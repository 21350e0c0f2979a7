/* bullets.c - two bullets in one picture: the table of their lands, and each pair of the best phase */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/bullets.h"

#include <math.h>
#include <stdlib.h>

#include "report/trim.h"

/* The lines of a title, in the middle of the height. */
static void draw_title(struct draw *d, const struct bullets_pair *p, double x, double y, double height, double letter)
{
	struct draw_type type = { letter * 0.85, true, TRIM_INK, 0, 0 };
	double high = letter * 1.1;
	int lines = 0;

	while (lines < BULLETS_TITLE && p->title[lines] && (lines == 0 || (lines + 1) * high <= height))
		lines++;
	for (int i = 0; i < lines; i++) {
		draw_words(d, x, y + height / 2 + (i - lines / 2.0 + 0.8) * high, p->title[i], &type, DRAW_BEGIN);
		type.bold = false;
	}
}

static int draw_pair(struct draw *d, const struct bullets_pair *p, double x, double y, double width, double height,
		     double letter, struct error *e)
{
	double label = letter * 6.5;
	int left = (int)(x + label), wide = (int)(width - label), bar = height > 3 * letter ? (int)(letter * 0.4) : 0;
	int high = (int)(height - bar - 7) / 2 * 2;
	double line[2][2] = { { left, y + high / 2 }, { left + wide, y + high / 2 } };
	unsigned char *rgb;

	draw_title(d, p, x, y, height - 5, letter);
	if (wide < 8 || high < 4)
		return STATUS_DONE;
	if (!p->striae) {
		draw_box(d, left, y, wide, high, SHADE_NOTHING);
		return STATUS_DONE;
	}
	if (striae_strips(p->striae, -1, wide, high, &rgb, e))
		return STATUS_SYSTEM;
	draw_pixels(d, left, (int)y, wide, high, rgb);
	free(rgb);
	draw_edge(d, (const double (*)[2])line, 2, false, 1, TRIM_CUT);
	if (bar)
		striae_agreement(d, p->striae, left, (int)y + high + 1, wide, bar);
	if (high > 3 * letter)
		trim_scale_bar(d, left + 4, y + high - 4, wide / 6.0, letter * 0.9, p->striae->n * p->striae->step_um / wide);
	return STATUS_DONE;
}

int bullets_make(const struct bullets *b, unsigned char **rgb, struct error *e)
{
	double letter = trim_letter(b->width, b->height), gap = 3 * TRIM_GAP, lower = letter * (1.35 * b->lines + 3);
	double top = letter * 1.3 + TRIM_GAP, room = b->height - lower - top - TRIM_GAP;
	double side = fmin(room * 0.76, b->width * 0.4), right = gap + side + 2 * TRIM_GAP;
	const struct draw_type bold = { letter, true, TRIM_INK, 0, 0 };
	struct draw *d = draw_new(b->width, b->height, e);
	int status = d ? STATUS_DONE : STATUS_SYSTEM;

	*rgb = NULL;
	if (!status) {
		draw_words(d, gap, letter * 1.1, "Scores: lands of the probe down, of the candidate across", &bold, DRAW_BEGIN);
		phases_table(d, b->phases, gap, top, side, letter);
		phases_bars(d, b->phases, gap, top + side + letter, side, room - side - letter, letter);
	}
	for (int i = 0; !status && i < b->pairs; i++)
		status = draw_pair(d, &b->pair[i], right, top + i * room / b->pairs, b->width - right - gap,
				   room / b->pairs, letter, e);
	if (!status) {
		trim_caption(d, gap, b->height - lower, b->width - 2 * gap, lower - TRIM_GAP, letter, b->heading, b->line,
			      b->lines);
		status = draw_finish(d, rgb, e);
	}
	draw_free(d);
	return status;
}
