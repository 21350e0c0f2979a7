/* panels.c - two marks in one picture: side by side, split, where they agree, and a caption */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/panels.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "report/trim.h"

#define GAP TRIM_GAP
#define NEAR_LEAST 200  /* panels smaller than this have no part shown larger */
#define RING_UM 15      /* a ring light blurs slopes within so much */
#define INK TRIM_INK

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

	l.letter = trim_letter(width, height);
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

static int light_up(const struct panels *s, const struct panels_mark *m, const struct panels_grid *g, int side,
		    double step_um, unsigned char *rgb, struct error *e)
{
	double steep = m->steep / step_um;
	int status = STATUS_DONE;

	if (m->look == PANELS_LIT)
		shade_relief(g->v, g->on, side, side, steep, &s->light, rgb);
	else if (m->look == PANELS_RING)
		status = shade_ring(g->v, g->on, g->region, side, side, (int)lrint(RING_UM / step_um), rgb, e);
	else
		shade_brightness(g->v, g->on, side, side, rgb);
	if (g->region)
		shade_pale(g->region, side * side, rgb);
	return status;
}

static void draw_cell(struct draw *d, const struct panels_cell *c, int which, int x, int y, double letter)
{
	const struct draw_type type = { letter * 0.68, true, hue[(c->number + HUES - 1) % HUES], 1.3, 0x18181c };
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
	draw_edge(d, point, 4, true, 2.2, 0x18181c);
	draw_edge(d, point, 4, true, 1.1, type.colour);
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

/* first becomes the split view: beyond the cut stands the other mark. */
static void split(bool upright, double cut, int side, unsigned char *first, const unsigned char *second)
{
	for (int y = 0; y < side; y++)
		for (int x = 0; x < side; x++)
			if ((upright ? x : y) >= cut)
				memcpy(first + 3 * (y * side + x), second + 3 * (y * side + x), 3);
}

/* A fine line over a square, at a pixel's edge. */
static void draw_line(struct draw *d, bool upright, double cut, double x0, double y0, double side)
{
	double at = floor(cut) + (upright ? x0 : y0);
	double line[2][2] = { { upright ? at : x0, upright ? y0 : at },
			      { upright ? at : x0 + side, upright ? y0 + side : at } };

	draw_edge(d, (const double (*)[2])line, 2, false, 1, TRIM_CUT);
}

/* The line, and on each side of it what is shown there. */
static void draw_cut(struct draw *d, const struct panels *s, const struct layout *l, int x0)
{
	const struct draw_type type = { l->letter * 0.85, true, INK, 2.5, 0xffffff };
	double at = floor(s->cut) + (s->upright ? x0 : l->top), end = l->panel, y0 = l->top;

	draw_line(d, s->upright, s->cut, x0, l->top, l->panel);
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

/* Small pictures have no room for it. */
static bool has_near(const struct panels *s, const struct layout *l)
{
	return s->mark[0].near.v && s->mark[1].near.v && l->panel >= NEAR_LEAST;
}

/* What is shown near, framed in the split view. */
static void frame_near(struct draw *d, const struct panels *s, const struct layout *l, int x0)
{
	double x = x0 + s->near_x, y = l->top + s->near_y, side = l->panel / 4.0;
	double box[4][2] = { { x, y }, { x + side, y }, { x + side, y + side }, { x, y + side } };

	if (has_near(s, l))
		draw_edge(d, (const double (*)[2])box, 4, true, 1, TRIM_CUT);
}

static int draw_panels(struct draw *d, const struct panels *s, const struct layout *l, struct error *e)
{
	const struct draw_type type = { l->letter, true, INK, 0, 0 };
	size_t bytes = (size_t)l->panel * (size_t)l->panel * 3;
	unsigned char *rgb[2] = { mem_new(bytes, 1, e), mem_new(bytes, 1, e) };
	int low = l->top + l->panel - 6, status = rgb[0] && rgb[1] ? STATUS_DONE : STATUS_SYSTEM;

	for (int i = 0; !status && i < 2; i++) {
		int x = l->gap + i * (l->panel + l->gap);

		status = light_up(s, &s->mark[i], &s->mark[i].all, l->panel, s->step_um, rgb[i], e);
		draw_pixels(d, x, l->top, l->panel, l->panel, rgb[i]);
		draw_cells(d, s, l, i, x);
		draw_words(d, x, l->top - l->letter * 0.45, s->mark[i].title, &type, DRAW_BEGIN);
		trim_scale_bar(d, x + 6, low, l->panel / 3.4, l->letter, s->step_um);
	}
	if (!status) {
		int x = 3 * l->gap + 2 * l->panel;

		split(s->upright, s->cut, l->panel, rgb[0], rgb[1]);
		draw_pixels(d, x, l->top, l->panel, l->panel, rgb[0]);
		frame_near(d, s, l, x);
		draw_cut(d, s, l, x);
		draw_words(d, x, l->top - l->letter * 0.45, "Split view", &type, DRAW_BEGIN);
		trim_scale_bar(d, x + 6, low, l->panel / 3.4, l->letter, s->step_um);
	}
	free(rgb[0]);
	free(rgb[1]);
	return status;
}

static int legend_width(const struct layout *l)
{
	return (int)(l->letter * 6.6) + GAP;
}

/* The split view twice as large where most is to be seen. */
static int draw_near(struct draw *d, const struct panels *s, const struct layout *l, struct error *e)
{
	const struct draw_type type = { l->letter * 0.85, true, INK, 2.5, 0xffffff };
	int side = l->panel / 2, x = s->width - l->gap - 2 * side - legend_width(l) - 2 * GAP;
	double cut = 2 * (s->cut - (s->upright ? s->near_x : s->near_y));
	size_t bytes = (size_t)side * (size_t)side * 3;
	unsigned char *rgb[2];
	int status;

	if (!has_near(s, l))
		return STATUS_DONE;
	rgb[0] = mem_new(bytes, 1, e);
	rgb[1] = mem_new(bytes, 1, e);
	status = rgb[0] && rgb[1] ? STATUS_DONE : STATUS_SYSTEM;
	for (int i = 0; !status && i < 2; i++)
		status = light_up(s, &s->mark[i], &s->mark[i].near, side, s->step_um / 2, rgb[i], e);
	if (!status) {
		split(s->upright, cut, side, rgb[0], rgb[1]);
		draw_pixels(d, x, l->lower, side, side, rgb[0]);
		draw_line(d, s->upright, cut, x, l->lower, side);
		draw_words(d, x + 4, l->lower + l->letter, "Twice as large", &type, DRAW_BEGIN);
		trim_scale_bar(d, x + 6, l->lower + side - 6, side / 2.5, l->letter, s->step_um / 2);
	}
	free(rgb[0]);
	free(rgb[1]);
	return status;
}

/* The map, and left of it what its colours mean. */
static int draw_map(struct draw *d, const struct panels *s, const struct layout *l, struct error *e)
{
	static const char *const says[] = { "the same", "unlike", "opposite" };
	const struct draw_type bold = { l->letter, true, INK, 0, 0 }, type = { l->letter * 0.85, false, INK, 0, 0 };
	int side = l->panel / 2, x = s->width - l->gap - side, bar = (int)(l->letter * 0.8);
	int words = x - legend_width(l), y0 = l->lower + (int)(l->letter * 2), high = side - y0 + l->lower;
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
	int right = s->width - l->gap - l->panel / 2 - legend_width(l) - 2 * GAP;

	if (has_near(s, l))
		right -= l->panel / 2 + GAP;
	trim_caption(d, l->gap, l->lower, right - l->gap, l->panel / 2.0, l->letter, s->heading, s->line, s->lines);
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
	if (!status)
		status = draw_near(d, s, &l, e);
	if (!status) {
		draw_caption(d, s, &l);
		status = draw_finish(d, rgb, e);
	}
	draw_free(d);
	return status;
}

int panels_single(const struct panels *s, int which, unsigned char **rgb, struct error *e)
{
	int panel = panels_side(s->width, s->height);

	*rgb = mem_new((size_t)panel * (size_t)panel, 3, e);
	if (!*rgb)
		return STATUS_SYSTEM;
	if (light_up(s, &s->mark[which], &s->mark[which].all, panel, s->step_um, *rgb, e)) {
		free(*rgb);
		*rgb = NULL;
		return STATUS_SYSTEM;
	}
	return STATUS_DONE;
}

int panels_split(const struct panels *s, unsigned char **rgb, struct error *e)
{
	unsigned char *other = NULL;
	int status = panels_single(s, 0, rgb, e);

	if (!status)
		status = panels_single(s, 1, &other, e);
	if (status) {
		free(*rgb);
		*rgb = NULL;
		return status;
	}
	split(s->upright, s->cut, panels_side(s->width, s->height), *rgb, other);
	free(other);
	return STATUS_DONE;
}

void panels_shrink(unsigned char *rgb, int width, int height, int by)
{
	int across = width / by, down = height / by;

	for (int i = 0; i < across * down * 3; i++) {
		int x = i / 3 % across * by, y = i / 3 / across * by, sum = 0;

		for (int k = 0; k < by * by; k++)
			sum += rgb[3 * ((y + k / by) * width + x + k % by) + i % 3];
		rgb[i] = (unsigned char)(sum / (by * by));
	}
}
