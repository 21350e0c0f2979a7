/* camera.c - a lens and a sensor: blur, vignetting, exposure, noise */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "make/camera.h"
#include "make/dice.h"

enum { SEED_CAMERA = 80 };

void camera_bin(float *v, int width, int height, int k)
{
	size_t wide = (size_t)width * (size_t)k;

	if (k == 1)
		return;
	for (int j = 0; j < height; j++)
		for (int i = 0; i < width; i++) {
			float sum = 0;

			for (int b = 0; b < k; b++)
				for (int a = 0; a < k; a++)
					sum += v[(size_t)(j * k + b) * wide + (size_t)(i * k + a)];
			v[(size_t)j * (size_t)width + (size_t)i] = sum / (float)(k * k);
		}
}

/* A running mean of 2r + 1 along one line whose points are `step` apart. */
static void box_line(const float *from, float *to, int n, int r)
{
	double sum = 0, scale = 1. / (2 * r + 1);

	for (int i = -r; i <= r; i++)
		sum += from[i < 0 ? 0 : i < n ? i : n - 1];
	for (int i = 0; i < n; i++) {
		to[i] = (float)(sum * scale);
		sum += from[i + r + 1 < n ? i + r + 1 : n - 1];
		sum -= from[i - r > 0 ? i - r : 0];
	}
}

/* Columns are summed a row at a time, which keeps to the order of memory. */
static void box_columns(const float *from, float *to, float *sum, int width, int height, int r)
{
	float scale = 1.f / (float)(2 * r + 1);
	size_t wide = (size_t)width;

	memset(sum, 0, wide * sizeof *sum);
	for (int j = -r; j <= r; j++)
		for (size_t i = 0; i < wide; i++)
			sum[i] += from[(size_t)(j < 0 ? 0 : j < height ? j : height - 1) * wide + i];
	for (int j = 0; j < height; j++) {
		const float *in = from + (size_t)(j + r + 1 < height ? j + r + 1 : height - 1) * wide;
		const float *out = from + (size_t)(j - r > 0 ? j - r : 0) * wide;

		for (size_t i = 0; i < wide; i++) {
			to[(size_t)j * wide + i] = sum[i] * scale;
			sum[i] += in[i] - out[i];
		}
	}
}

/* Two boxes each way, nearly a Gaussian of standard deviation r * .82. v to `to`; scratch as large. */
static void blur(const float *v, float *to, float *scratch, float *line, int width, int height, int r)
{
	for (int j = 0; j < height; j++) {
		box_line(v + (size_t)j * (size_t)width, line, width, r);
		box_line(line, scratch + (size_t)j * (size_t)width, width, r);
	}
	box_columns(scratch, to, line, width, height, r);
	memcpy(scratch, to, (size_t)width * (size_t)height * sizeof *to);
	box_columns(scratch, to, line, width, height, r);
}

void camera_soften(float *v, float *line, int width, int height)
{
	size_t wide = (size_t)width;

	for (int j = 0; j < height; j++) {
		float *row = v + (size_t)j * wide, left = row[0];

		for (int i = 0; i < width; i++) {
			float here = row[i];

			row[i] = .25f * (left + 2 * here + row[i + 1 < width ? i + 1 : i]);
			left = here;
		}
	}
	memcpy(line, v, wide * sizeof *v);
	for (int j = 0; j < height; j++) {
		float *row = v + (size_t)j * wide, *next = j + 1 < height ? row + wide : row;

		for (size_t i = 0; i < wide; i++) {
			float here = row[i];

			row[i] = .25f * (line[i] + 2 * here + next[i]);
			line[i] = here;
		}
	}
}

static void expose(float *v, int width, int height, struct dice *d)
{
	double exposure = 255 * dice_range(d, .8, 1.15), noise = dice_range(d, .8, 2.5);
	double cx = width * dice_range(d, .45, .55), cy = height * dice_range(d, .45, .55);
	double fall = dice_range(d, .05, .3) / ((double)width * width * .25 + (double)height * height * .25);
	double slant_x = dice_range(d, -.06, .06) / width, slant_y = dice_range(d, -.06, .06) / height;

	for (int j = 0; j < height; j++)
		for (int i = 0; i < width; i++) {
			double dx = i - cx, dy = j - cy;
			float *at = v + (size_t)j * (size_t)width + i;
			double light = *at * (1 - fall * (dx * dx + dy * dy) + slant_x * dx + slant_y * dy);
			double grey = 4 + exposure * light + noise * dice_bell(dice_next(d));

			*at = (float)(grey < 0 ? 0 : grey > 255 ? 255 : grey);
		}
}

int camera_take(float *v, const float *z, int width, int height, double spacing_um, double defocus_um,
		uint64_t seed, struct error *e)
{
	size_t n = (size_t)width * (size_t)height;
	int r = (int)(14 / spacing_um + .5), wide = (int)(defocus_um / .82 / spacing_um + .5), status = STATUS_SYSTEM;
	float *far = mem_new(n, sizeof *far, e), *scratch = NULL;
	float *line = mem_new((size_t)(width > height ? width : height), sizeof *line, e);
	struct dice d;

	scratch = far && line ? mem_new(n, sizeof *scratch, e) : NULL;
	if (!scratch)
		goto out;
	dice_seed(&d, dice_child(seed, SEED_CAMERA));
	camera_soften(v, line, width, height);
	blur(v, far, scratch, line, width, height, r < 1 ? 1 : r);
	for (size_t i = 0; i < n; i++) {
		float t = (fabsf(z[i]) - 60) / 160;

		t = t < 0 ? 0 : t > 1 ? 1 : t;
		v[i] += t * (far[i] - v[i]);
	}
	if (wide > 0) {
		blur(v, far, scratch, line, width, height, wide);
		memcpy(v, far, n * sizeof *v);
	}
	expose(v, width, height, &d);
	status = STATUS_DONE;
out:
	free(far);
	free(scratch);
	free(line);
	return status;
}
