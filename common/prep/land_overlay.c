/* land_overlay.c - a picture of the land that was found in a scan */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "prep/land_overlay.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "math/robust.h"
#include "prep/straighten.h"

#define PITCH_UM 5.0
#define FORM_UM 125.0       /* heights are shown against their mean within so much on either side */
#define STRIP_LEAST 40      /* px */
#define STRIP_MOST 900
#define BAR 8
#define GAP 10
#define CURVE 150
#define LONG_TICK 8
#define FULL 4.0            /* so many medians of what is seen are white or black */
#define SAMPLES 16384
#define DARK 4.0f           /* grey values below which a photograph says nothing */

/* What is drawn, and where. */
struct sheet {
	const struct sections *t;
	const struct land *l;
	struct overlay *o;
	float *v;               /* strip * o->width: means of what a pixel covers, NaN where missing */
	int strip;              /* height of the scan */
	double px_um;
	double from, to;        /* the land's ends, px */
};

static void put(struct overlay *o, int x, int y, const unsigned char colour[3])
{
	if (x >= 0 && y >= 0 && x < o->width && y < o->height)
		memcpy(o->rgb + 3 * ((size_t)y * (size_t)o->width + (size_t)x), colour, 3);
}

static void upright(struct overlay *o, int x, int y, int end, const unsigned char colour[3])
{
	for (; y < end; y++)
		put(o, x, y, colour);
}

static bool in_land(const struct sheet *s, int x)
{
	return x + 0.5 >= s->from && x + 0.5 <= s->to;
}

/* Row y of the picture is the section that lies there; of a scan that is too tall the middle is shown. */
static void fill_row(const struct sheet *s, int y, float *to)
{
	const struct sections *t = s->t;
	double down = fmin(1, s->strip * s->px_um / (t->count * t->pitch_um));
	int k = (int)(t->count * (0.5 + down * ((y + 0.5) / s->strip - 0.5)));
	const float *z = t->z + (size_t)(k < t->count ? k : t->count - 1) * (size_t)t->width;

	for (int x = 0; x < s->o->width; x++) {
		int first = (int)((double)x * t->width / s->o->width), end = (int)((x + 1.0) * t->width / s->o->width), n = 0;
		double sum = 0;

		for (int i = first; i < end || i == first; i++)
			if (!isnan(z[i])) {
				sum += z[i];
				n++;
			}
		to[x] = n ? (float)(sum / n) : NAN;
	}
}

/* Sums up to a point that a line through the points of a stretch follows from. */
struct sums {
	double n, x, v, xx, xv;
};

/* A row less the line through what lies within reach of each point, on the same side of the land's ends: behind them
 * the surface is another. few: width + 1. */
static void take_form(const struct sheet *s, float *row, int reach, struct sums *few)
{
	int width = s->o->width;

	few[0] = (struct sums){ 0, 0, 0, 0, 0 };
	for (int x = 0; x < width; x++) {
		few[x + 1] = few[x];
		if (isnan(row[x]))
			continue;
		few[x + 1].n++;
		few[x + 1].x += x;
		few[x + 1].v += row[x];
		few[x + 1].xx += (double)x * x;
		few[x + 1].xv += (double)x * row[x];
	}
	for (int x = 0, begin = 0, end = 0; x < width; x++) {
		int a, b;
		double n, mx, mv, xx, xv;

		if (x == end)
			for (begin = x; end < width && in_land(s, end) == in_land(s, x);)
				end++;
		a = x - reach < begin ? begin : x - reach;
		b = x + reach + 1 > end ? end : x + reach + 1;
		n = few[b].n - few[a].n;
		if (isnan(row[x]) || n < 1)
			continue;
		mx = (few[b].x - few[a].x) / n;
		mv = (few[b].v - few[a].v) / n;
		xx = few[b].xx - few[a].xx - n * mx * mx;
		xv = few[b].xv - few[a].xv - n * mx * mv;
		row[x] -= (float)(mv + (xx > 1 ? xv / xx * (x - mx) : 0));
	}
}

/* What is seen of a point: its slope to the right; of a photograph its logarithm, since light falls off. */
static float seen(const struct sheet *s, size_t i)
{
	if (s->l->kind == SURFACE_PHOTOGRAPH)
		return s->v[i];
	return (i + 1) % (size_t)s->o->width ? s->v[i + 1] - s->v[i] : NAN;
}

/* The median of what is seen of the land, in size. */
static double median_seen(const struct sheet *s)
{
	size_t n = (size_t)s->strip * (size_t)s->o->width, every = n / SAMPLES + 1;
	float size[SAMPLES];
	int count = 0;

	for (size_t i = 0; i < n && count < SAMPLES; i += every)
		if (in_land(s, (int)(i % (size_t)s->o->width)) && !isnan(seen(s, i)))
			size[count++] = fabsf(seen(s, i));
	return count ? fmax(robust_median(size, count), 1e-9) : 1;
}

static void draw_scan(const struct sheet *s)
{
	static const double land[] = { .72, 1, .72 }, beyond[] = { 1, .62, .62 };
	double full = FULL * median_seen(s);
	int width = s->o->width;

	for (int y = 0; y < s->strip; y++)
		for (int x = 0; x < width; x++) {
			size_t i = (size_t)y * (size_t)width + (size_t)x;
			float v = seen(s, i);
			double grey = isnan(s->v[i]) ? 0 : isnan(v) ? 128 : 128 + 127 * fmax(-1, fmin(1, v / full));
			unsigned char c[3];

			for (int k = 0; k < 3; k++)
				c[k] = (unsigned char)lrint(grey * (in_land(s, x) ? land : beyond)[k]);
			put(s->o, x, y, c);
		}
}

/* How well the sections agree, from white to green. */
static void draw_sure(const struct sheet *s, int top)
{
	for (int x = 0; x < s->o->width; x++) {
		int i = (int)((x + 0.5 - s->from) * s->px_um / s->l->step_um);
		double sure = in_land(s, x) && i >= 0 && i < s->l->n ? s->l->sure[i] : 0;
		unsigned char c[3] = { (unsigned char)lrint(255 - 255 * sure), (unsigned char)lrint(255 - 105 * sure),
				       (unsigned char)lrint(255 - 255 * sure) };

		upright(s->o, x, top, top + BAR, c);
	}
}

/* A curve of a value for each pixel (NaN: none) in a panel, with lines `apart` (0: none), and the land's ground
 * behind it. */
static void draw_curve(const struct sheet *s, int top, const float *v, double apart, const unsigned char colour[3])
{
	static const unsigned char ground[3] = { 236, 248, 236 }, beyond[3] = { 252, 236, 236 };
	static const unsigned char line[3] = { 200, 200, 208 };
	double low = INFINITY, high = -INFINITY, scale;
	int width = s->o->width, last = -1;

	for (int x = 0; x < width; x++)
		if (!isnan(v[x])) {
			low = fmin(low, v[x]);
			high = fmax(high, v[x]);
		}
	scale = high > low ? (CURVE - 9) / (high - low) : 0;
	for (int x = 0; x < width; x++)
		upright(s->o, x, top, top + CURVE, in_land(s, x) ? ground : beyond);
	for (double at = ceil(low / apart) * apart; apart > 0 && scale * apart >= 3 && at <= high; at += apart)
		for (int x = 0; x < width; x++)
			put(s->o, x, top + 4 + (int)lrint((high - at) * scale), line);
	for (int x = 0; x < width; x++) {
		int y = isnan(v[x]) ? -1 : top + 4 + (int)lrint((high - v[x]) * scale);

		if (y >= 0)
			upright(s->o, x, last >= 0 && last < y ? last : y, (last > y ? last : y) + 2, colour);
		last = y;
	}
}

/* The mean section with the sections' own heights taken out. */
static int draw_profile(const struct sheet *s, int top, struct error *e)
{
	static const unsigned char ink[3] = { 32, 32, 36 };
	const struct sections *t = s->t;
	double *sum = mem_new((size_t)s->o->width, sizeof *sum, e);
	double *count = mem_new((size_t)s->o->width, sizeof *count, e);
	float *row = mem_new((size_t)s->o->width * 2, sizeof *row, e);
	bool room = sum && count && row;

	for (int y = 0; room && y < s->strip; y++) {
		float *few = row + s->o->width;
		double middle;
		int n = 0;

		fill_row(s, y, row);
		for (int x = 0; x < s->o->width; x++)
			if (in_land(s, x) && !isnan(row[x]))
				few[n++] = row[x];
		if (n < t->width / 8 * s->o->width / t->width)
			continue;
		middle = robust_median(few, n);
		for (int x = 0; x < s->o->width; x++)
			if (!isnan(row[x])) {
				sum[x] += row[x] - middle;
				count[x]++;
			}
	}
	for (int x = 0; room && x < s->o->width; x++)
		row[x] = count[x] > 0 ? (float)(sum[x] / count[x]) : NAN;
	if (room)
		draw_curve(s, top, row, 0, ink);
	free(sum);
	free(count);
	free(row);
	return room ? STATUS_DONE : STATUS_SYSTEM;
}

static int draw_signature(const struct sheet *s, int top, struct error *e)
{
	static const unsigned char blue[3] = { 11, 79, 158 };
	float *v = mem_new((size_t)s->o->width, sizeof *v, e);

	if (!v)
		return STATUS_SYSTEM;
	for (int x = 0; x < s->o->width; x++) {
		int i = (int)((x + 0.5 - s->from) * s->px_um / s->l->step_um);

		v[x] = in_land(s, x) && i >= 0 && i < s->l->n && s->l->sure[i] > 0 ? s->l->z[i] : NAN;
	}
	draw_curve(s, top, v, s->l->kind == SURFACE_TOPOGRAPHY ? LAND_OVERLAY_UM : LAND_OVERLAY_PERCENT, blue);
	free(v);
	return STATUS_DONE;
}

static void draw_marks(const struct sheet *s, int foot)
{
	static const unsigned char ink[3] = { 32, 32, 36 }, end[3] = { 0, 170, 0 };
	int ends = land_ends(s->l);

	for (int k = 0; k * 100 / s->px_um < s->o->width; k++)
		upright(s->o, (int)(k * 100 / s->px_um), foot, foot + (k % 5 ? LONG_TICK / 2 : LONG_TICK), ink);
	for (int side = 0; side < 2; side++)
		for (int w = -1; w < 1 && (ends & (side ? LAND_RIGHT_KNOWN : LAND_LEFT_KNOWN)); w++)
			upright(s->o, (int)lrint(side ? s->to : s->from) + w, 0, foot, end);
}

static int draw(struct sheet *s, struct error *e)
{
	int top = s->strip + 2, status = STATUS_DONE;
	struct sums *few = mem_new((size_t)s->o->width + 1, sizeof *few, e);

	s->v = mem_new((size_t)s->strip * (size_t)s->o->width, sizeof *s->v, e);
	s->o->rgb = mem_new((size_t)s->o->width * (size_t)s->o->height, 3, e);
	if (!s->v || !s->o->rgb || !few)
		status = STATUS_SYSTEM;
	if (!status) {
		memset(s->o->rgb, 255, (size_t)s->o->width * (size_t)s->o->height * 3);
		for (int y = 0; y < s->strip; y++) {
			float *row = s->v + (size_t)y * (size_t)s->o->width;

			fill_row(s, y, row);
			for (int x = 0; s->l->kind == SURFACE_PHOTOGRAPH && x < s->o->width; x++)
				row[x] = isnan(row[x]) ? NAN : logf(fmaxf(row[x], 0) + DARK);
			take_form(s, row, (int)fmax(2, FORM_UM / s->px_um), few);
		}
		draw_scan(s);
		draw_sure(s, top);
		status = draw_profile(s, top + BAR + GAP, e);
	}
	if (!status)
		status = draw_signature(s, top + BAR + 2 * GAP + CURVE, e);
	if (!status)
		draw_marks(s, top + BAR + 2 * GAP + 2 * CURVE);
	free(few);
	free(s->v);
	return status;
}

int land_overlay(const struct surface *s, const struct land_options *o, const struct land *l, struct overlay *out,
		 struct error *e)
{
	struct striae_look look;
	struct striae_course course;
	struct sections t = { 0 };
	struct sheet sheet = { .t = &t, .l = l, .o = out };
	int status = striae_look(s, &look, e);

	*out = (struct overlay){ 0 };
	if (!status)
		status = striae_sections(s, &look, o->step_um, PITCH_UM, &t, e);
	if (!status)
		status = straighten(&t, &course, e);
	if (!status) {
		out->width = t.width < OVERLAY_SIDE ? t.width : OVERLAY_SIDE;
		sheet.px_um = t.step_um * t.width / out->width;
		sheet.strip = (int)fmin(STRIP_MOST, fmax(STRIP_LEAST, t.count * t.pitch_um / sheet.px_um));
		sheet.from = l->left_um / sheet.px_um;
		sheet.to = (l->left_um + l->width_um) / sheet.px_um;
		out->height = sheet.strip + 2 + BAR + 2 * GAP + 2 * CURVE + LONG_TICK + 2;
		status = draw(&sheet, e);
	}
	striae_free(&t);
	if (status) {
		free(out->rgb);
		*out = (struct overlay){ 0 };
	}
	return status;
}
