/* made_head.c - heads of fired cases that the tests of the regions draw for themselves */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "made_head.h"

#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "make/dice.h"
#include "prep/region.h"

/* 0 at the pin's middle, 1 at its edge; a drag draws the right half out. */
static double pin_distance(const struct made_head *m, double x, double y)
{
	double u = x - m->x - m->pin_x, v = y - m->y - m->pin_y;
	double a = u * cos(m->pin_turn) + v * sin(m->pin_turn),
	       b = v * cos(m->pin_turn) - u * sin(m->pin_turn);

	if (m->pin_a <= 0)
		return INFINITY;
	if (a > 0 && m->drag > 0 && fabs(b) < 0.4 * m->pin_b)
		a /= 1 + m->drag;
	return hypot(a / m->pin_a, b / m->pin_b);
}

int made_label(const struct made_head *m, double x, double y)
{
	double from_pin = hypot(x - m->x - m->pin_x, y - m->y - m->pin_y);

	if (hypot(x - m->x, y - m->y) >= m->ring)
		return REGION_NONE;
	if (pin_distance(m, x, y) < 1)
		return REGION_PIN;
	return from_pin < m->flowback ? REGION_FLOWBACK : REGION_BREECH;
}

/* Nearly normal noise that belongs to a point of a lattice. */
static double grain(uint64_t seed, int x, int y)
{
	return dice_bell(dice_mix(seed ^ dice_mix((uint64_t)(uint32_t)x << 32 | (uint32_t)y)));
}

/* Noise of every size from one pixel to some. */
static double texture(uint64_t seed, int x, int y)
{
	double sum = 0.7 * grain(seed, x, y);

	for (int step = 2; step <= 8; step *= 2) {
		int i = x / step, j = y / step;
		double u = (double)(x % step) / step, v = (double)(y % step) / step;
		double a = grain(seed + (uint64_t)step, i, j),
		       b = grain(seed + (uint64_t)step, i + 1, j);
		double c = grain(seed + (uint64_t)step, i, j + 1),
		       d = grain(seed + (uint64_t)step, i + 1, j + 1);

		sum += (a * (1 - u) + b * u) * (1 - v) + (c * (1 - u) + d * u) * v;
	}
	return sum;
}

static double clip(double v)
{
	return v < 0 ? 0 : v > 255 ? 255 : v;
}

void made_photo(const struct made_head *m, struct surface *s)
{
	struct error e;

	ck_assert_msg(!surface_new(s, SURFACE_PHOTOGRAPH, m->width, m->height, &e), "%s", e.text);
	for (int y = 0; y < m->height; y++)
		for (int x = 0; x < m->width; x++) {
			double r = hypot(x - m->x, y - m->y), pin = pin_distance(m, x, y),
			       t = texture(m->seed, x, y), l;

			if (r >= m->primer)
				l = 90 + 14 * t;
			else if (r >= m->ring)
				l = 18 + 4 * sin(r / 6) + t;
			else if (pin < 0.35)
				l = 120 - 100 * pin;  /* the floor of the impression shines */
			else if (pin < 1)
				l = 16 + t;
			else
				l = 120 + 20 * t;
			l = 255 * pow(clip(l) / 255, m->gamma) * m->bright;
			l += m->noise * grain(m->seed + 77, x, y);
			s->z[(size_t)y * (size_t)m->width + (size_t)x] = (float)floor(clip(l) + 0.5);
		}
}

static double height_um(const struct made_head *m, double x, double y)
{
	double r = hypot(x - m->x, y - m->y), pin = pin_distance(m, x, y), h = 0;
	double band = (r - m->ring) / (m->primer - m->ring);

	if (r >= m->primer)
		h = 40;
	else if (r >= m->ring)  /* rolls off, then the pocket's wall */
		h = band < 0.6 ? -350 * band / 0.6 : -350 + 390 * (band - 0.6) / 0.4;
	else if (pin < 1)
		h = -180 * (1 - pin * pin);
	else if (hypot(x - m->x - m->pin_x, y - m->y - m->pin_y) < m->flowback)
		h = 35;
	return h + m->tilt * (x - m->x) * m->spacing_um;
}

void made_relief(const struct made_head *m, struct surface *s)
{
	struct error e;

	ck_assert_msg(!surface_new(s, SURFACE_TOPOGRAPHY, m->width, m->height, &e), "%s", e.text);
	s->spacing_x_um = s->spacing_y_um = m->spacing_um;
	s->spacing_origin = SPACING_FILE;
	for (int y = 0; y < m->height; y++)
		for (int x = 0; x < m->width; x++) {
			size_t i = (size_t)y * (size_t)m->width + (size_t)x;
			double slope = hypot(height_um(m, x + 1, y) - height_um(m, x, y),
					     height_um(m, x, y + 1) - height_um(m, x, y)) /
				       m->spacing_um;

			s->z[i] = (float)(height_um(m, x, y) + texture(m->seed, x, y) +
					  m->noise * grain(m->seed + 77, x, y));
			if (m->lost > 0 && slope > m->lost)
				s->z[i] = NAN;
			s->valid += !isnan(s->z[i]);
		}
}

void made_blank(struct surface *s, int width, int height, float luminance)
{
	struct error e;

	ck_assert_msg(!surface_new(s, SURFACE_PHOTOGRAPH, width, height, &e), "%s", e.text);
	for (size_t i = 0; i < (size_t)width * (size_t)height; i++)
		s->z[i] = luminance;
}

/* Three box filters of the right width, along rows and then columns. */
static void blur_line(float *v, int n, int step, int half)
{
	float *sum = malloc((size_t)(n + 1) * sizeof *sum);

	ck_assert_ptr_nonnull(sum);
	for (int pass = 0; pass < 3; pass++) {
		sum[0] = 0;
		for (int i = 0; i < n; i++)
			sum[i + 1] = sum[i] + v[(size_t)i * (size_t)step];
		for (int i = 0; i < n; i++) {
			int from = i - half < 0 ? 0 : i - half, to = i + half >= n ? n - 1 : i + half;

			v[(size_t)i * (size_t)step] =
				(sum[to + 1] - sum[from]) / (float)(to + 1 - from);
		}
	}
	free(sum);
}

void made_blur(struct surface *s, double sigma_px)
{
	int half = (int)(sigma_px + 0.5);  /* 3 boxes of 2 half + 1: variance half (half + 1) */

	for (int y = 0; y < s->height; y++)
		blur_line(s->z + (size_t)y * (size_t)s->width, s->width, 1, half);
	for (int x = 0; x < s->width; x++)
		blur_line(s->z + x, s->height, s->width, half);
}

void made_quarter_turn(struct surface *s)
{
	int w = s->width, h = s->height;
	float *z = malloc((size_t)w * (size_t)h * sizeof *z);

	ck_assert_ptr_nonnull(z);
	for (int y = 0; y < h; y++)
		for (int x = 0; x < w; x++)
			z[(size_t)x * (size_t)h + (size_t)(h - 1 - y)] =
				s->z[(size_t)y * (size_t)w + (size_t)x];
	free(s->z);
	s->z = z;
	s->width = h;
	s->height = w;
}
