/* view.c - a small working picture of a surface, in which the regions are sought */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "prep/view.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "math/robust.h"

#define REACH_MAX 64  /* of a blurring kernel, to each side */
#define LEVELS 1024   /* of the histogram that is equalised */
#define RANGE 4000    /* steps in which the range of values is sought */

void view_out(const struct view *v, double x, double y, double *surface_x, double *surface_y)
{
	*surface_x = v->left + (x + 0.5) * v->scale_x - 0.5;
	*surface_y = v->top + (y + 0.5) * v->scale_y - 0.5;
}

void view_in(const struct view *v, double surface_x, double surface_y, double *x, double *y)
{
	*x = (surface_x + 0.5 - v->left) / v->scale_x - 0.5;
	*y = (surface_y + 0.5 - v->top) / v->scale_y - 0.5;
}

void view_free(struct view *v)
{
	free(v->v);
	free(v->on);
	memset(v, 0, sizeof *v);
}

size_t view_points(const struct view *v)
{
	return (size_t)v->width * (size_t)v->height;
}

/* Memory for a view of v's size. */
static int view_new(struct view *v, int missing, struct error *e)
{
	v->v = mem_new(view_points(v), sizeof *v->v, e);
	v->on = missing ? mem_new(view_points(v), 1, e) : NULL;
	if (!v->v || (missing && !v->on)) {
		view_free(v);
		return STATUS_SYSTEM;
	}
	return STATUS_DONE;
}

int view_copy(const struct view *from, struct view *out, struct error *e)
{
	*out = *from;
	if (view_new(out, from->on != NULL, e))
		return STATUS_SYSTEM;
	memcpy(out->v, from->v, view_points(from) * sizeof *from->v);
	if (from->on)
		memcpy(out->on, from->on, view_points(from));
	return STATUS_DONE;
}

/* Neither missing nor infinite. */
static inline int is_finite(float z)
{
	return z - z == 0;
}

/* sum += share * row, missing points left out; weight counts the shares that took part. */
static void add_row(const float *row, int width, float share, float *sum, float *weight)
{
	if (!weight) {
		for (int x = 0; x < width; x++)
			sum[x] += share * row[x];
		return;
	}
	for (int x = 0; x < width; x++) {
		int there = is_finite(row[x]);

		sum[x] += there ? share * row[x] : 0;
		weight[x] += there ? share : 0;
	}
}

/* Where one of the view's columns lies among the surface columns that are summed: from whole column
 * `first` to `last`, of which those two count by their shares. */
struct span {
	int first, last;
	float first_share, last_share;
};

static void spread_spans(const struct view *v, int from, int count, struct span *span)
{
	for (int x = 0; x < v->width; x++) {
		double left = v->left + x * v->scale_x - from, right = left + v->scale_x;

		right = right < count ? right : count;
		span[x].first = left > 0 ? (int)left : 0;
		span[x].last = (int)ceil(right) - 1;
		if (span[x].last <= span[x].first) {
			span[x].last = span[x].first;
			span[x].first_share = (float)(right - left);
			span[x].last_share = 0;
		} else {
			span[x].first_share = (float)(span[x].first + 1 - left);
			span[x].last_share = (float)(right - span[x].last);
		}
	}
}

static float fold(const float *sum, const struct span *s)
{
	float total = s->first_share * sum[s->first] + s->last_share * sum[s->last];

	for (int i = s->first + 1; i < s->last; i++)
		total += sum[i];
	return total;
}

/* Row y of the view from column sums over `rows` surface rows. */
static void fold_row(const float *sum, const float *weight, const struct span *span, double rows,
		     struct view *out, int y)
{
	float *to = out->v + (size_t)y * (size_t)out->width;

	for (int x = 0; x < out->width; x++) {
		const struct span *s = span + x;
		float total = fold(sum, s), there;

		if (!weight) {
			float wide = s->first_share + s->last_share +
				     (float)(s->last > s->first ? s->last - s->first - 1 : 0);

			to[x] = total / (wide * (float)rows);
			continue;
		}
		/* a point is there when half of what it covers is there */
		there = fold(weight, s);
		out->on[(size_t)y * (size_t)out->width + (size_t)x] =
			there >= 0.5f * (float)(out->scale_x * out->scale_y);
		to[x] = there >= 0.5f * (float)(out->scale_x * out->scale_y) ? total / there : 0;
	}
}

static int fill(const struct surface *s, struct view *out, struct error *e)
{
	int first = (int)floor(out->left), end = (int)ceil(out->left + out->width * out->scale_x);
	int count = (end < s->width ? end : s->width) - first;
	float *sum = mem_new((size_t)count * 2, sizeof *sum, e), *weight;
	struct span *span = mem_new((size_t)out->width, sizeof *span, e);

	weight = sum && out->on ? sum + count : NULL;
	for (int y = 0; sum && span && y < out->height; y++) {
		double from = out->top + y * out->scale_y, to = from + out->scale_y, rows = 0;

		if (y == 0)
			spread_spans(out, first, count, span);
		to = to < s->height ? to : s->height;
		memset(sum, 0, 2 * (size_t)count * sizeof *sum);
		for (int i = (int)from; i < s->height && i < to; i++) {
			double share = (i + 1 < to ? i + 1 : to) - (i > from ? i : from);

			add_row(s->z + (size_t)i * (size_t)s->width + first, count, (float)share, sum,
				weight);
			rows += share;
		}
		fold_row(sum, weight, span, rows, out, y);
	}
	first = sum && span;
	free(sum);
	free(span);
	return first ? STATUS_DONE : STATUS_SYSTEM;
}

int view_cut(const struct surface *s, double left, double top, double width, double height,
	     int longest_px, struct view *out, struct error *e)
{
	double right = fmin(left + width, s->width), bottom = fmin(top + height, s->height);
	double tall = s->spacing_x_um > 0 && s->spacing_y_um > 0 ? s->spacing_y_um / s->spacing_x_um : 1;

	memset(out, 0, sizeof *out);
	out->left = fmax(left, 0);
	out->top = fmax(top, 0);
	width = right - out->left;
	height = bottom - out->top;
	if (width < 1 || height < 1)
		return error_set(e, STATUS_INPUT, "nothing of the image is left");
	out->scale_x = fmax(fmax(width, height * tall) / longest_px, fmax(1, tall));
	out->scale_y = out->scale_x / tall;
	out->width = (int)fmax(floor(width / out->scale_x + 0.01), 1);
	out->height = (int)fmax(floor(height / out->scale_y + 0.01), 1);
	if (view_new(out, s->kind == SURFACE_TOPOGRAPHY, e))
		return STATUS_SYSTEM;
	if (fill(s, out, e)) {
		view_free(out);
		return STATUS_SYSTEM;
	}
	return STATUS_DONE;
}

int view_whole(const struct surface *s, int longest_px, struct view *out, struct error *e)
{
	return view_cut(s, 0, 0, s->width, s->height, longest_px, out, e);
}

/* One row of means; a point is there when half of its cell is. */
static void condense_row(const struct surface *s, int step, struct view *v, int y)
{
	float *to = v->v + (size_t)y * (size_t)v->width;

	for (int x = 0; x < v->width; x++) {
		const float *cell = s->z + ((size_t)y * (size_t)s->width + (size_t)x) * (size_t)step;
		float sum = 0;
		int there = 0;

		if (step == 2 && !v->on) {
			to[x] = 0.25f * ((cell[0] + cell[1]) + (cell[s->width] + cell[s->width + 1]));
			continue;
		}
		for (int j = 0; j < step; j++, cell += s->width)
			for (int i = 0; i < step; i++) {
				int is = is_finite(cell[i]);

				sum += is ? cell[i] : 0;
				there += is;
			}
		if (v->on)
			v->on[(size_t)y * (size_t)v->width + (size_t)x] = 2 * there >= step * step;
		to[x] = there > 0 ? sum / (float)there : 0;
	}
}

int view_condense(const struct surface *s, int step, struct surface *out, struct error *e)
{
	struct view v;

	memset(&v, 0, sizeof v);
	v.scale_x = v.scale_y = step;
	v.width = s->width / step;
	v.height = s->height / step;
	if (v.width < 1 || v.height < 1)
		return error_set(e, STATUS_INPUT, "nothing of the image is left");
	if (view_new(&v, s->kind == SURFACE_TOPOGRAPHY, e))
		return STATUS_SYSTEM;
	for (int y = 0; y < v.height; y++)
		condense_row(s, step, &v, y);
	*out = *s;
	out->marked = NULL;
	out->width = v.width;
	out->height = v.height;
	out->spacing_x_um *= step;
	out->spacing_y_um *= step;
	out->z = v.v;
	out->valid = 0;
	for (size_t i = 0; i < view_points(&v); i++) {
		if (v.on && !v.on[i])
			v.v[i] = NAN;
		else
			out->valid++;
	}
	free(v.on);
	return STATUS_DONE;
}

/* Each row convolved with the symmetric kernel; what lies beyond an end is as the end. padded has room
 * for a row and twice the reach. */
static void blur_rows(const float *from, float *to, int width, int height, const float *kernel,
		      int reach, float *padded)
{
	float *row = padded + reach;

	for (int y = 0; y < height; y++) {
		float *out = to + (size_t)y * (size_t)width;

		memcpy(row, from + (size_t)y * (size_t)width, (size_t)width * sizeof *row);
		for (int k = 1; k <= reach; k++) {
			row[-k] = row[0];
			row[width - 1 + k] = row[width - 1];
		}
		for (int x = 0; x < width; x++)
			out[x] = kernel[0] * row[x];
		for (int k = 1; k <= reach; k++) {
			const float *left = row - k, *right = row + k;
			float share = kernel[k];

			for (int x = 0; x < width; x++)
				out[x] += share * (left[x] + right[x]);
		}
	}
}

static void blur_columns(const float *from, float *to, int width, int height, const float *kernel,
			 int reach)
{
	for (int y = 0; y < height; y++) {
		float *out = to + (size_t)y * (size_t)width;
		const float *row = from + (size_t)y * (size_t)width;

		for (int x = 0; x < width; x++)
			out[x] = kernel[0] * row[x];
		for (int k = 1; k <= reach; k++) {
			int above = y - k < 0 ? 0 : y - k, below = y + k < height ? y + k : height - 1;
			const float *up = from + (size_t)above * (size_t)width;
			const float *down = from + (size_t)below * (size_t)width;

			for (int x = 0; x < width; x++)
				out[x] += kernel[k] * (up[x] + down[x]);
		}
	}
}

/* The values convolved and, where some are missing, divided by the convolved weights. A missing point
 * is given a value where its weight is at least `heal` (more than 1: nowhere); points that are there
 * keep theirs when only healing. */
static int convolve(struct view *v, double sigma_px, float heal, int only_heal, struct error *e)
{
	float kernel[REACH_MAX + 1], total = 0, *other, *sum, *weight, *padded;
	int reach = (int)fmin(ceil(3 * sigma_px), REACH_MAX);
	size_t n = view_points(v);

	if (!(sigma_px > 0))
		return STATUS_DONE;
	for (int k = 0; k <= reach; k++) {
		kernel[k] = (float)exp(-0.5 * k * k / (sigma_px * sigma_px));
		total += kernel[k] * (k ? 2 : 1);
	}
	for (int k = 0; k <= reach; k++)
		kernel[k] /= total;
	other = mem_new(n * 3 + (size_t)v->width + 2 * (size_t)reach, sizeof *other, e);
	if (!other)
		return STATUS_SYSTEM;
	sum = other + n;
	weight = sum + n;
	padded = weight + n;
	blur_rows(v->v, other, v->width, v->height, kernel, reach, padded);
	blur_columns(other, sum, v->width, v->height, kernel, reach);
	if (!v->on)
		memcpy(v->v, sum, n * sizeof *sum);
	if (v->on) {
		for (size_t i = 0; i < n; i++)
			weight[i] = v->on[i];
		blur_rows(weight, other, v->width, v->height, kernel, reach, padded);
		blur_columns(other, weight, v->width, v->height, kernel, reach);
		for (size_t i = 0; i < n; i++) {
			if (!v->on[i] && weight[i] >= heal)
				v->on[i] = 2;
			if (v->on[i] == 2 || (v->on[i] && !only_heal))
				v->v[i] = sum[i] / weight[i];
			v->on[i] = v->on[i] != 0;
		}
	}
	free(other);
	return STATUS_DONE;
}

int view_blur(struct view *v, double sigma_px, struct error *e)
{
	return convolve(v, sigma_px, 2, 0, e);
}

int view_heal(struct view *v, double sigma_px, struct error *e)
{
	return v->on ? convolve(v, sigma_px, 1 / 3.0f, 1, e) : STATUS_DONE;
}

/* Cuts what stands above the limit and shares it out over all levels. */
static void limit_levels(double *count, double limit)
{
	double over = 0;

	for (int i = 0; i < LEVELS; i++)
		if (count[i] > limit) {
			over += count[i] - limit;
			count[i] = limit;
		}
	for (int i = 0; i < LEVELS; i++)
		count[i] += over / LEVELS;
}

/* The values below and above which 1 in 500 points lies: a few sparks must not set the range. */
static void range_of(const struct view *v, double *low, double *high)
{
	size_t n = view_points(v), there = 0, below = 0;
	float lowest = INFINITY, highest = -INFINITY;
	unsigned count[RANGE + 1] = { 0 };
	int k;

	for (size_t i = 0; i < n; i++)
		if (!v->on || v->on[i]) {
			lowest = v->v[i] < lowest ? v->v[i] : lowest;
			highest = v->v[i] > highest ? v->v[i] : highest;
			there++;
		}
	*low = lowest;
	*high = highest;
	if (there == 0 || highest <= lowest)
		return;
	for (size_t i = 0; i < n; i++)
		if (!v->on || v->on[i])
			count[(int)((v->v[i] - lowest) * (RANGE / (highest - lowest)))]++;
	for (k = 0; k < RANGE && (below += count[k]) < there / 500; k++)
		;
	*low = lowest + k * (highest - lowest) / RANGE;
	for (k = RANGE, below = 0; k > 0 && (below += count[k]) < there / 500; k--)
		;
	*high = lowest + (k + 1) * (highest - lowest) / RANGE;
}

int view_equalise(struct view *v, double steepest, struct error *e)
{
	size_t n = view_points(v), there = 0;
	double low, high, sum = 0, per, *count;

	range_of(v, &low, &high);
	if (!(high > low)) {
		memset(v->v, 0, n * sizeof *v->v);
		return STATUS_DONE;
	}
	count = mem_new(LEVELS + 1, sizeof *count, e);
	if (!count)
		return STATUS_SYSTEM;
	per = (LEVELS - 1) / (high - low);
	for (size_t i = 0; i < n; i++)
		if (!v->on || v->on[i]) {
			float level = (float)((v->v[i] - low) * per);

			v->v[i] = level < 0 ? 0 : level > LEVELS - 1 ? LEVELS - 1 : level;
			count[(int)v->v[i]]++;
			there++;
		}
	limit_levels(count, steepest * (double)there / LEVELS);
	for (int i = 0; i <= LEVELS; i++) {  /* count becomes the rank at the level's lower end */
		double here = count[i];

		count[i] = sum / (double)there;
		sum += here;
	}
	for (size_t i = 0; i < n; i++)
		if (!v->on || v->on[i]) {
			int k = (int)v->v[i];

			v->v[i] = (float)(count[k] + (v->v[i] - k) * (count[k + 1] - count[k]));
		}
	free(count);
	return STATUS_DONE;
}

int view_nearness(struct view *v, double x, double y, double r, double wide, struct error *e)
{
	size_t count = 0;
	float *sample = mem_new(view_points(v), sizeof *sample, e), middle, spread;

	if (!sample)
		return STATUS_SYSTEM;
	for (int j = 0; j < v->height; j += 2)
		for (int i = 0; i < v->width; i += 2) {
			size_t at = (size_t)j * (size_t)v->width + (size_t)i;

			if ((!v->on || v->on[at]) && (i - x) * (i - x) + (j - y) * (j - y) <= r * r)
				sample[count++] = v->v[at];
		}
	middle = robust_median(sample, (int)count);
	for (size_t i = 0; i < count; i++)
		sample[i] -= middle;
	spread = robust_spread(sample, (int)count) * (float)wide;
	for (size_t i = 0; i < view_points(v); i++) {
		float d = spread > 0 ? (v->v[i] - middle) / spread : 0;

		v->v[i] = expf(-0.5f * d * d);
	}
	free(sample);
	return STATUS_DONE;
}

void slope_free(struct slope *g)
{
	free(g->x);
	free(g->y);
	g->x = g->y = NULL;
}

int view_slope(const struct view *v, struct slope *out, struct error *e)
{
	size_t n = view_points(v), w = (size_t)v->width;

	out->x = mem_new(n, sizeof *out->x, e);
	out->y = mem_new(n, sizeof *out->y, e);
	if (!out->x || !out->y) {
		slope_free(out);
		return STATUS_SYSTEM;
	}
	for (int y = 1; y + 1 < v->height; y++)
		for (int x = 1; x + 1 < v->width; x++) {
			size_t i = (size_t)y * w + (size_t)x;

			if (v->on && !(v->on[i - 1] && v->on[i + 1] && v->on[i - w] && v->on[i + w]))
				continue;
			out->x[i] = 0.5f * (v->v[i + 1] - v->v[i - 1]);
			out->y[i] = 0.5f * (v->v[i + w] - v->v[i - w]);
		}
	return STATUS_DONE;
}
