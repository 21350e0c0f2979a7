/* panels.c - two marks in one picture: side by side, split, where they agree, and a caption */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/panels.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "report/draw.h"

#define GAP 8
#define INK 0x202024
#define CUT_COLOUR 0xd81b60

/* Cells are told by their numbers; colours help to find them. */
static const draw_colour hue[] = {
	0xffd23f, 0x4cc9f0, 0xff6b6b, 0x80ed99, 0xf9a03f, 0xc77dff, 0x2ec4b6, 0xff99c8, 0xb5e48c, 0x7aa2ff
};
#define HUES (int)(sizeof hue / sizeof *hue)

/* Where things are. */
struct layout {
	int panel, gap, top;     /* of the panels */
	int lower;               /* top of what is below them */
	double letter;
};

static struct layout layout(int width, int height)
{
	struct layout l;

	l.letter = fmax(9, fmin(height / 46.0, width / 92.0));
	l.top = (int)(l.letter * 1.3) + GAP;
	l.panel = (int)fmin((width - 4 * GAP) / 3.0, (height - l.top - 3 * GAP) / 1.5) / 2 * 2;
	l.gap = (width - 3 * l.panel) / 4;
	l.lower = l.top + l.panel + GAP;
	return l;
}

int panels_side(int width, int height)
{
	return layout(width, height).panel;
}

static void light_up(const struct panels_mark *m, bool heights, const struct shade_light *light, int panel,
		     double steep, unsigned char *rgb)
{
	if (heights)
		shade_relief(m->v, m->on, panel, panel, steep, light, rgb);
	else
		shade_brightness(m->v, m->on, panel, panel, rgb);
}

/* A round length that fills about a quarter of a panel. */
static void scale_bar(struct draw *d, const struct layout *l, double x, double y, double step_um)
{
	static const double round[] = { 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000 };
	const struct draw_type type = { l->letter * 0.85, true, INK, 2.5, 0xffffff };
	double um = round[0];
	char text[32];

	for (size_t i = 0; i < sizeof round / sizeof *round; i++)
		if (round[i] / step_um <= l->panel / 3.4)
			um = round[i];
	draw_box(d, x - 1.5, y - 1.5, um / step_um + 3, l->letter / 4 + 3, 0xffffff);
	draw_box(d, x, y, um / step_um, l->letter / 4, INK);
	snprintf(text, sizeof text, um < 1000 ? "%.0f \xc2\xb5m" : "%.0f mm", um < 1000 ? um : um / 1000);
	draw_words(d, x, y - l->letter / 3, text, &type, DRAW_BEGIN);
}

static void draw_cell(struct draw *d, const struct panels_cell *c, int which, int x, int y, double letter)
{
	const struct draw_type type = { letter * 0.75, true, hue[(c->number + HUES - 1) % HUES], 1.6, 0x18181c };
	double point[4][2];
	char text[16];

	for (int i = 0; i < 4; i++) {
		point[i][0] = x + 0.5 + c->corner[which][i][0];
		point[i][1] = y + 0.5 + c->corner[which][i][1];
	}
	if (!c->number) {
		draw_edge(d, point, 4, true, 1, 0x77777d);
		return;
	}
	/* a little smaller than it is, so that neighbours' edges do not hide each other */
	for (int i = 0; i < 4; i++)
		for (int k = 0; k < 2; k++) {
			double middle = (c->corner[which][0][k] + c->corner[which][2][k]) / 2 + 0.5 + (k ? y : x);

			point[i][k] = middle + (point[i][k] - middle) * 0.93;
		}
	draw_edge(d, point, 4, true, 2.6, 0x18181c);
	draw_edge(d, point, 4, true, 1.4, type.colour);
	snprintf(text, sizeof text, "%d", c->number);
	draw_words(d, point[0][0] * 0.76 + point[2][0] * 0.24, point[0][1] * 0.76 + point[2][1] * 0.24 + letter * 0.27,
		   text, &type, DRAW_CENTRE);
}

/* The numbered ones last, above the grey. */
static void draw_cells(struct draw *d, const struct panels *s, const struct layout *l, int which, int x)
{
	for (int numbered = 0; numbered <= 1; numbered++)
		for (int i = 0; i < s->cells; i++)
			if ((s->cell[i].number > 0) == numbered)
				draw_cell(d, &s->cell[i], which, x, l->top, l->letter);
}

/* rgb[0] becomes the split view: beyond the cut stands the other mark. */
static void split(const struct panels *s, int panel, unsigned char *first, const unsigned char *second)
{
	for (int y = 0; y < panel; y++)
		for (int x = 0; x < panel; x++)
			if ((s->upright ? x : y) >= s->cut)
				memcpy(first + 3 * (y * panel + x), second + 3 * (y * panel + x), 3);
}

/* A fine line, and at its ends two ticks that do not hide the marks; on each side what is shown there. */
static void draw_cut(struct draw *d, const struct panels *s, const struct layout *l, int x0)
{
	const struct draw_type type = { l->letter * 0.85, true, INK, 2.5, 0xffffff };
	double at = floor(s->cut) + (s->upright ? x0 : l->top), end = l->panel, y0 = l->top;
	double line[2][2] = { { s->upright ? at : x0, s->upright ? y0 : at },
			      { s->upright ? at : x0 + end, s->upright ? y0 + end : at } };

	draw_edge(d, (const double (*)[2])line, 2, false, 1, CUT_COLOUR);
	if (s->upright) {
		/* where there is no room beside the cut, further away from it */
		double before = fmax(at - 4, x0 + 4 + draw_length(d, s->mark[0].name, &type));
		double after = fmin(at + 4, x0 + end - 4 - draw_length(d, s->mark[1].name, &type));

		draw_words(d, fmin(before, after - 8), y0 + l->letter, s->mark[0].name, &type, DRAW_END);
		draw_words(d, fmax(after, before + 8), y0 + l->letter, s->mark[1].name, &type, DRAW_BEGIN);
	} else {
		draw_words(d, x0 + 4, at - 5, s->mark[0].name, &type, DRAW_BEGIN);
		draw_words(d, x0 + 4, at + l->letter, s->mark[1].name, &type, DRAW_BEGIN);
	}
}

static int draw_panels(struct draw *d, const struct panels *s, const struct layout *l, struct error *e)
{
	const struct draw_type type = { l->letter, true, INK, 0, 0 };
	size_t bytes = (size_t)l->panel * (size_t)l->panel * 3;
	unsigned char *rgb[2] = { mem_new(bytes, 1, e), mem_new(bytes, 1, e) };

	for (int i = 0; rgb[0] && rgb[1] && i < 2; i++) {
		int x = l->gap + i * (l->panel + l->gap);

		light_up(&s->mark[i], s->heights, &s->light, l->panel, s->steep, rgb[i]);
		draw_pixels(d, x, l->top, l->panel, l->panel, rgb[i]);
		draw_cells(d, s, l, i, x);
		draw_words(d, x, l->top - l->letter * 0.45, s->mark[i].title, &type, DRAW_BEGIN);
		scale_bar(d, l, x + 6, l->top + l->panel - 6 - l->letter / 4, s->step_um);
	}
	if (rgb[0] && rgb[1]) {
		int x = 3 * l->gap + 2 * l->panel;

		split(s, l->panel, rgb[0], rgb[1]);
		draw_pixels(d, x, l->top, l->panel, l->panel, rgb[0]);
		draw_cut(d, s, l, x);
		draw_words(d, x, l->top - l->letter * 0.45, "Split view", &type, DRAW_BEGIN);
		scale_bar(d, l, x + 6, l->top + l->panel - 6 - l->letter / 4, s->step_um);
	}
	free(rgb[0]);
	free(rgb[1]);
	return rgb[0] && rgb[1] ? STATUS_DONE : STATUS_SYSTEM;
}

/* The map, and left of it what its colours mean. */
static int draw_map(struct draw *d, const struct panels *s, const struct layout *l, struct error *e)
{
	static const char *const says[] = { "the same", "unlike", "opposite" };
	const struct draw_type bold = { l->letter, true, INK, 0, 0 }, type = { l->letter * 0.85, false, INK, 0, 0 };
	int side = l->panel / 2, x = s->width - l->gap - side, bar = (int)(l->letter * 0.8);
	int words = x - GAP - (int)(l->letter * 6.6), y0 = l->lower + (int)(l->letter * 2), high = side - y0 + l->lower;
	unsigned char *rgb = mem_new((size_t)side * (size_t)side, 3, e);

	if (!rgb)
		return STATUS_SYSTEM;
	shade_agreement(s->agree, s->agree_on, side, side, rgb);
	draw_pixels(d, x, l->lower, side, side, rgb);
	free(rgb);
	draw_words(d, x - GAP, l->lower + l->letter, "Agreement", &bold, DRAW_END);
	for (int i = 0; i < high; i++) {
		float v = 1 - 2 * (float)i / (float)high;
		uint8_t on = 1;
		unsigned char c[3];

		shade_agreement(&v, &on, 1, 1, c);
		draw_box(d, words, y0 + i, bar, 1, (draw_colour)(c[0] << 16 | c[1] << 8 | c[2]));
	}
	for (int i = 0; i < 3; i++)
		draw_words(d, words + bar + 5, y0 + i * (high - l->letter) / 2 + l->letter * 0.85, says[i], &type,
			   DRAW_BEGIN);
	return STATUS_DONE;
}

static void draw_caption(struct draw *d, const struct panels *s, const struct layout *l)
{
	int room = s->width - l->gap * 2 - l->panel / 2 - GAP - (int)(l->letter * 7.5);
	double line = fmin(l->letter * 1.35, (l->panel / 2.0 - l->letter) / (s->lines > 0 ? s->lines : 1));

	for (int i = -1; i < s->lines; i++) {
		const char *words = i < 0 ? s->heading : s->line[i];
		struct draw_type type = { i < 0 ? l->letter * 1.15 : l->letter * 0.95, i < 0, INK, 0, 0 };
		double length;

		type.size = fmin(type.size, line * 0.95);
		length = draw_length(d, words, &type);
		if (length > room)
			type.size *= room / length;
		draw_words(d, l->gap, l->lower + l->letter + (i + 1) * line, words, &type, DRAW_BEGIN);
	}
}

int panels_make(const struct panels *s, unsigned char **rgb, struct error *e)
{
	struct layout l = layout(s->width, s->height);
	struct draw *d = draw_new(s->width, s->height, e);
	int status = d ? STATUS_DONE : STATUS_SYSTEM;

	*rgb = NULL;
	if (!status)
		status = draw_panels(d, s, &l, e);
	if (!status)
		status = draw_map(d, s, &l, e);
	if (!status) {
		draw_caption(d, s, &l);
		status = draw_finish(d, rgb, e);
	}
	draw_free(d);
	return status;
}

int panels_split(const struct panels *s, int panel, unsigned char **rgb, struct error *e)
{
	unsigned char *other = NULL;
	int status = panels_single(&s->mark[0], s->heights, &s->light, panel, s->steep, rgb, e);

	if (!status)
		status = panels_single(&s->mark[1], s->heights, &s->light, panel, s->steep, &other, e);
	if (status) {
		free(*rgb);
		*rgb = NULL;
		return status;
	}
	split(s, panel, *rgb, other);
	free(other);
	return STATUS_DONE;
}

int panels_single(const struct panels_mark *m, bool heights, const struct shade_light *light, int panel,
		 double steep, unsigned char **rgb, struct error *e)
{
	*rgb = mem_new((size_t)panel * (size_t)panel, 3, e);
	if (!*rgb)
		return STATUS_SYSTEM;
	light_up(m, heights, light, panel, steep, *rgb);
	return STATUS_DONE;
}

void panels_shrink(unsigned char *rgb, int side, int by)
{
	int small = side / by;

	for (int i = 0; i < small * small * 3; i++) {
		int x = i / 3 % small * by, y = i / 3 / small * by, sum = 0;

		for (int k = 0; k < by * by; k++)
			sum += rgb[3 * ((y + k / by) * side + x + k % by) + i % 3];
		rgb[i] = (unsigned char)(sum / (by * by));
	}
}
