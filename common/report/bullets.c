/* bullets.c - two bullets in one picture: the table of their lands, and each pair of the best phase */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/bullets.h"

#include <math.h>
#include <stdlib.h>

#include "report/trim.h"

static int draw_pair(struct draw *d, const struct bullets_pair *p, double x, double y, double width, double height,
		     double letter, struct error *e)
{
	const struct draw_type type = { letter * 0.85, true, TRIM_INK, 0, 0 };
	double label = letter * 9;
	int wide = (int)(width - label), high = (int)(height - 4) / 2 * 2;
	double line[2][2] = { { x + label, y + high / 2 }, { x + width, y + high / 2 } };
	unsigned char *rgb;

	draw_words(d, x, y + height / 2 + letter * 0.3, p->title, &type, DRAW_BEGIN);
	if (wide < 8 || high < 4)
		return STATUS_DONE;
	if (!p->striae) {
		draw_box(d, x + label, y, wide, high, SHADE_NOTHING);
		return STATUS_DONE;
	}
	if (striae_strips(p->striae, -1, wide, high, &rgb, e))
		return STATUS_SYSTEM;
	draw_pixels(d, (int)(x + label), (int)y, wide, high, rgb);
	free(rgb);
	draw_edge(d, (const double (*)[2])line, 2, false, 1, TRIM_CUT);
	return STATUS_DONE;
}

int bullets_make(const struct bullets *b, unsigned char **rgb, struct error *e)
{
	double letter = trim_letter(b->width, b->height), gap = 3 * TRIM_GAP, lower = letter * (1.35 * b->lines + 3);
	double top = letter * 1.3 + TRIM_GAP, room = b->height - lower - top - TRIM_GAP;
	double side = fmin(room * 0.78, b->width * 0.4), right = gap + side + 2 * TRIM_GAP;
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
