/* striae.c - two lands in one picture: strips one above the other, signatures, and a caption */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/striae.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "report/trim.h"

#define SEGMENT_MARK 0x2f6fb5   /* segments that were found at the lag, */
#define SEGMENT_BEHIND 0xe3edf8 /* behind the curves, */
#define SEGMENT_OTHER 0xc2c2c8  /* and those that were not */

/* Where things are. */
struct layout {
	int left, wide;            /* of strips and curves */
	int top, strip;            /* of the upper strip; height of each */
	int bar, bar_high;         /* agreement */
	int row, row_high;         /* segments; 0 high: none */
	int key;                   /* the foot of the line that explains colours; 0: there is no room for it */
	int curves, curves_high;
	int lower, lower_high;
	double letter;
};

static struct layout layout(const struct striae *s)
{
	struct layout l = { .letter = trim_letter(s->width, s->height) };
	int upper;

	l.left = (int)fmax(3 * TRIM_GAP, l.letter * 3);
	l.wide = s->width - l.left - 3 * TRIM_GAP;
	l.top = (int)(l.letter * 1.3) + TRIM_GAP;
	l.lower_high = (int)fmax(s->height * 0.3, l.letter * 10);
	l.lower = s->height - l.lower_high - TRIM_GAP;
	upper = l.lower - l.top - 2 * TRIM_GAP - (int)(l.letter * 1.4);
	l.strip = (int)(upper * 0.265);
	l.bar_high = (int)fmax(4, upper * 0.04);
	l.bar = l.top + 2 * l.strip + TRIM_GAP / 2;
	l.row = l.bar + l.bar_high + 2;
	l.row_high = s->segments ? (int)fmax(4, fmin(l.letter * 1.15, upper * 0.05)) : 0;
	l.curves = l.row + l.row_high + TRIM_GAP / 2;
	if (upper > 14 * l.letter) {
		l.key = l.curves + (int)(l.letter * 1.1);
		l.curves = l.key + TRIM_GAP;
	}
	l.curves_high = l.lower - TRIM_GAP - (int)(l.letter * 1.4) - l.curves;
	return l;
}

/* Samples that a pixel covers, the first and the last in part. */
struct span {
	int first, count;
	double weight[2];          /* of the first and last sample; those between weigh 1 */
};

static struct span span_of(double from, double length, int n)
{
	double end = fmin(n, from + length);
	struct span s = { (int)floor(fmax(0, from)), 0, { 0, 0 } };

	if (end <= s.first)
		return s;
	s.count = (int)ceil(end) - s.first;
	s.weight[0] = fmin(end, s.first + 1) - fmax(0, from);
	s.weight[1] = s.count > 1 ? end - (s.first + s.count - 1) : s.weight[0];
	return s;
}

static double share(const struct span *s, int i)
{
	return i == 0 ? s->weight[0] : i == s->count - 1 ? s->weight[1] : 1;
}

/* A strip at the pixels' size, true to scale: n samples fill the width, and of the rows the middle ones are
 * shown. */
static void resample(const struct striae_strip *t, int n, double step_um, int width, int height, float *v, uint8_t *on)
{
	double across = (double)n / width, down = step_um * across / (t->row_um > 0 ? t->row_um : step_um);
	double first = t->rows == 1 ? 0 : (t->rows - down * height) / 2;

	for (int y = 0; y < height; y++) {
		/* from sample to sample where pixels are the finer ones */
		struct span rows = t->rows == 1 ? (struct span){ 0, 1, { 1, 1 } } :
				   span_of(first + (y + 0.5) * down - fmax(1, down) / 2, fmax(1, down), t->rows);

		for (int x = 0; x < width; x++, v++, on++) {
			struct span columns = span_of((x + 0.5) * across - fmax(1, across) / 2, fmax(1, across), n);
			double sum = 0, weight = 0, all = 0;

			for (int j = 0; j < rows.count; j++)
				for (int i = 0; i < columns.count; i++) {
					size_t at = (size_t)(rows.first + j) * (size_t)n + (size_t)(columns.first + i);
					double w = share(&rows, j) * share(&columns, i);

					all += w;
					if (t->on[at]) {
						sum += w * t->v[at];
						weight += w;
					}
				}
			*on = weight > 0 && weight >= all / 2;
			*v = *on ? (float)(sum / weight) : 0;
		}
	}
}

static int paint(const struct striae *s, int which, int width, int height, unsigned char *rgb, struct error *e)
{
	const struct striae_strip *t = &s->strip[which];
	size_t points = (size_t)width * (size_t)height;
	float *v = mem_new(points, sizeof *v, e);
	uint8_t *on = mem_new(points, 1, e);
	int status = v && on ? STATUS_DONE : STATUS_SYSTEM;

	if (!status) {
		resample(t, s->n, s->step_um, width, height, v, on);
		if (t->lit)
			shade_relief(v, on, width, height, t->steep * width / (s->n * s->step_um), &s->light, rgb);
		else
			shade_brightness(v, on, width, height, rgb);
	}
	free(v);
	free(on);
	return status;
}

int striae_strips(const struct striae *s, int which, int width, int height, unsigned char **rgb, struct error *e)
{
	int upper = which < 0 ? height / 2 : height, status = STATUS_DONE;

	*rgb = mem_new((size_t)width * (size_t)height, 3, e);
	if (!*rgb)
		return STATUS_SYSTEM;
	status = paint(s, which < 0 ? 0 : which, width, upper, *rgb, e);
	if (!status && which < 0)
		status = paint(s, 1, width, height - upper, *rgb + (size_t)width * (size_t)upper * 3, e);
	if (status) {
		free(*rgb);
		*rgb = NULL;
	}
	return status;
}

static int draw_strips(struct draw *d, const struct striae *s, const struct layout *l, struct error *e)
{
	const struct draw_type bold = { l->letter, true, TRIM_INK, 0, 0 }, over = { l->letter * 0.85, true, TRIM_INK, 2.5,
										  0xffffff };
	unsigned char *rgb;
	int status = striae_strips(s, -1, l->wide, 2 * l->strip, &rgb, e);
	double x = l->left + 6, y = l->top + l->strip, line[2][2] = { { l->left, y }, { l->left + l->wide, y } };

	if (status)
		return status;
	draw_pixels(d, l->left, l->top, l->wide, 2 * l->strip, rgb);
	free(rgb);
	draw_edge(d, (const double (*)[2])line, 2, false, 1, TRIM_CUT);
	draw_words(d, l->left, l->top - l->letter * 0.45, s->strip[0].title, &bold, DRAW_BEGIN);
	draw_words(d, l->left + l->wide, l->top - l->letter * 0.45, s->strip[1].title, &bold, DRAW_END);
	for (int i = 0; i < 2; i++)
		draw_words(d, l->left + 4, y + (i ? l->letter : -5), s->strip[i].name, &over, DRAW_BEGIN);
	/* below the name, or beside it where strips are low */
	if (l->strip < 3.4 * l->letter)
		x += draw_length(d, s->strip[1].name, &over) + l->letter;
	trim_scale_bar(d, x, y + l->strip - 6, l->wide / 6.0, l->letter, s->n * s->step_um / l->wide);
	return STATUS_DONE;
}

void striae_agreement(struct draw *d, const struct striae *s, int x, int y, int width, int height)
{
	for (int k = 0; k < width; k++) {
		int i = (int)((k + 0.5) * s->n / width);
		unsigned char c[3];

		shade_agreement(&s->agree[i], &s->agree_on[i], 1, 1, c);
		draw_box(d, x + k, y, 1, height, (draw_colour)(c[0] << 16 | c[1] << 8 | c[2]));
	}
}

/* What the curves reach from and to: both have this scale. */
static void reach(const struct striae *s, double *from, double *to)
{
	*from = *to = 0;
	for (int k = 0; k < 2; k++)
		for (int i = 0; i < s->n; i++)
			if (s->profile_on[k][i]) {
				*from = fmin(*from, s->profile[k][i]);
				*to = fmax(*to, s->profile[k][i]);
			}
	if (!(*to > *from))
		*to = *from + 1;
}

static double y_of(const struct layout *l, double from, double to, double value)
{
	return l->curves + l->curves_high * (0.97 - 0.94 * (value - from) / (to - from));
}

/* A curve, in pieces where something is missing. */
static int draw_curve(struct draw *d, const struct striae *s, const struct layout *l, int which, double from, double to,
		      struct error *e)
{
	double (*point)[2] = mem_new((size_t)s->n, sizeof *point, e);
	int points = 0;

	if (!point)
		return STATUS_SYSTEM;
	for (int i = 0; i <= s->n; i++) {
		if (i < s->n && s->profile_on[which][i]) {
			point[points][0] = l->left + (i + 0.5) * l->wide / s->n;
			point[points++][1] = y_of(l, from, to, s->profile[which][i]);
			continue;
		}
		if (points > 1)
			draw_edge(d, (const double (*)[2])point, points, false, 1.4, which ? TRIM_CANDIDATE : TRIM_PROBE);
		points = 0;
	}
	free(point);
	return STATUS_DONE;
}

static const double round_steps[] = { .01, .02, .05, .1, .2, .5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000 };

/* The least round step that is at least so long. */
static double round_step(double least)
{
	size_t n = sizeof round_steps / sizeof *round_steps, i = 0;

	while (i + 1 < n && round_steps[i] < least)
		i++;
	return round_steps[i];
}

static double x_of(const struct striae *s, const struct layout *l, double um)
{
	return l->left + (um - s->first_um) * l->wide / (s->n * s->step_um);
}

/* Where one is on the land, in micrometres from the left end of the probe's signature. */
static void draw_axis(struct draw *d, const struct striae *s, const struct layout *l)
{
	const struct draw_type type = { l->letter * 0.85, false, TRIM_INK, 0, 0 };
	double px_um = l->wide / (s->n * s->step_um), step = fmax(10, round_step(l->letter * 5 / px_um));
	double y = l->curves + l->curves_high;
	char text[32];

	draw_box(d, l->left, y, l->wide, 1, TRIM_INK);
	for (double at = ceil(s->first_um / step) * step; at < s->first_um + s->n * s->step_um; at += step) {
		double x = x_of(s, l, at);

		if (x > l->left + l->wide - 4 * l->letter)
			break;
		draw_box(d, x, y, 1, 4, TRIM_INK);
		snprintf(text, sizeof text, "%.0f", at + 0.0);
		draw_words(d, x, y + 4 + l->letter * 0.85, text, &type, DRAW_CENTRE);
	}
	draw_words(d, l->left + l->wide, y + 4 + l->letter * 0.85, "\xc2\xb5m", &type, DRAW_END);
}

/* Lines at round heights, and which they are. */
static void draw_heights(struct draw *d, const struct striae *s, const struct layout *l, double from, double to)
{
	const struct draw_type type = { l->letter * 0.8, false, TRIM_INK, 0, 0 };
	double step = round_step((to - from) * fmax(1.6 * l->letter / l->curves_high, 0.15));
	double unit = l->curves - TRIM_GAP + l->letter * 0.8;
	char text[32];

	for (double v = ceil(from / step) * step; v <= to; v += step) {
		double y = y_of(l, from, to, v);

		draw_box(d, l->left, floor(y), l->wide, 1, fabs(v) < step / 2 ? 0xb4b4bc : 0xe4e4ea);
		if (!*s->unit || y - l->letter * 0.5 < unit)
			continue;
		snprintf(text, sizeof text, "%.*f", step < 0.1 ? 2 : step < 1 ? 1 : 0, fabs(v) < step / 2 ? 0 : v);
		draw_words(d, l->left - 4, y + l->letter * 0.28, text, &type, DRAW_END);
	}
	draw_words(d, l->left - 4, unit, s->unit, &type, DRAW_END);
}

/* The segments in a row, those that were found at the lag with their numbers, and behind the curves. */
static void draw_segments(struct draw *d, const struct striae *s, const struct layout *l)
{
	struct draw_type type = { l->letter * 0.75, true, 0xffffff, 0, 0 };
	char text[16];

	for (int i = 0; i < s->segments; i++) {
		const struct striae_segment *g = &s->segment[i];
		double x = x_of(s, l, g->from_um), wide = x_of(s, l, g->to_um) - x;

		draw_box(d, x, l->row, wide - 1, l->row_high, g->number ? SEGMENT_MARK : SEGMENT_OTHER);
		if (!g->number)
			continue;
		draw_box(d, x, l->curves, wide, l->curves_high, SEGMENT_BEHIND);
		snprintf(text, sizeof text, "%d", g->number);
		if (l->row_high >= l->letter * 0.8 && draw_length(d, text, &type) < wide - 2)
			draw_words(d, x + wide / 2, l->row + l->row_high / 2.0 + type.size * 0.36, text, &type, DRAW_CENTRE);
	}
}

/* A sample of a colour and what it stands for; where the next may stand. */
static double key_entry(struct draw *d, double x, const struct layout *l, draw_colour colour, double thick,
			const char *words, const struct draw_type *type)
{
	double wide = l->letter * 1.6;

	draw_box(d, x, l->key - l->letter * 0.3 - thick / 2, wide, thick, colour);
	draw_words(d, x + wide + 4, l->key, words, type, DRAW_BEGIN);
	return x + wide + 4 + draw_length(d, words, type) + l->letter * 1.4;
}

/* What the colours of bar, segments and curves are. */
static void draw_key(struct draw *d, const struct striae *s, const struct layout *l)
{
	const struct draw_type type = { l->letter * 0.85, false, TRIM_INK, 0, 0 };
	double x = l->left, wide = l->letter * 5;

	if (!l->key)
		return;
	x = key_entry(d, x, l, TRIM_PROBE, 2, s->strip[0].name, &type);
	x = key_entry(d, x, l, TRIM_CANDIDATE, 2, s->strip[1].name, &type);
	if (s->segments)
		x = key_entry(d, x, l, SEGMENT_MARK, l->letter * 0.7, "segments found at this lag", &type);
	x = fmax(x, l->left + l->wide - wide - 8 - draw_length(d, "opposite", &type) - draw_length(d, "the same", &type));
	if (x + wide + 8 + draw_length(d, "oppositethe same", &type) > s->width)
		return;
	draw_words(d, x, l->key, "opposite", &type, DRAW_BEGIN);
	x += draw_length(d, "opposite", &type) + 4;
	for (int i = 0; i < (int)wide; i++) {
		float v = (float)(2 * (i + 0.5) / (int)wide - 1);
		unsigned char c[3];

		shade_agreement(&v, &(uint8_t){ 1 }, 1, 1, c);
		draw_box(d, x + i, l->key - l->letter * 0.65, 1, l->letter * 0.7,
			 (draw_colour)(c[0] << 16 | c[1] << 8 | c[2]));
	}
	draw_words(d, x + (int)wide + 4, l->key, "the same", &type, DRAW_BEGIN);
}

static int draw_curves(struct draw *d, const struct striae *s, const struct layout *l, struct error *e)
{
	double from, to;
	int status = STATUS_DONE;

	reach(s, &from, &to);
	draw_segments(d, s, l);
	draw_heights(d, s, l, from, to);
	for (int k = 0; !status && k < 2; k++)
		status = draw_curve(d, s, l, k, from, to, e);
	draw_key(d, s, l);
	draw_axis(d, s, l);
	return status;
}

static void draw_lower(struct draw *d, const struct striae *s, const struct layout *l)
{
	const struct draw_type type = { l->letter * 0.85, true, TRIM_INK, 0, 0 };
	double room = l->wide, side = l->lower_high, x = l->left + l->wide - side;
	double beside = l->letter * 9;

	if (s->phases) {
		phases_table(d, s->phases, x, l->lower, side, l->letter);
		room -= side + beside + 3 * TRIM_GAP;
		x -= beside + TRIM_GAP;
		draw_words(d, x, l->lower + l->letter, "Lands of the", &type, DRAW_BEGIN);
		draw_words(d, x, l->lower + 2.1 * l->letter, "two bullets,", &type, DRAW_BEGIN);
		draw_words(d, x, l->lower + 3.2 * l->letter, "and phases", &type, DRAW_BEGIN);
		phases_bars(d, s->phases, x, l->lower + 4 * l->letter, beside - TRIM_GAP, l->lower_high - 4 * l->letter,
			    l->letter * 0.9);
	}
	trim_caption(d, l->left, l->lower, room, l->lower_high, l->letter, s->heading, s->line, s->lines);
}

int striae_make(const struct striae *s, unsigned char **rgb, struct error *e)
{
	struct layout l = layout(s);
	struct draw *d = draw_new(s->width, s->height, e);
	int status = d ? STATUS_DONE : STATUS_SYSTEM;

	*rgb = NULL;
	if (!status)
		status = draw_strips(d, s, &l, e);
	if (!status) {
		striae_agreement(d, s, l.left, l.bar, l.wide, l.bar_high);
		status = draw_curves(d, s, &l, e);
	}
	if (!status) {
		draw_lower(d, s, &l);
		status = draw_finish(d, rgb, e);
	}
	draw_free(d);
	return status;
}
