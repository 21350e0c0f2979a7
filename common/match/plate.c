/* plate.c - one layer of a signature in whole numbers, ready to be turned and correlated */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "match/plate.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "match/dot.h"

int plate_new(struct plate *p, int side, double step_um, int pad, struct error *e)
{
	size_t n;

	memset(p, 0, sizeof *p);
	p->side = side;
	p->pad = pad;
	p->stride = (side + 2 * pad + 7) & ~7;
	p->step_um = step_um;
	n = (size_t)p->stride * (size_t)(side + 2 * pad);
	p->v = mem_new(3 * n, sizeof *p->v, e);
	if (!p->v)
		return STATUS_SYSTEM;
	p->square = p->v + n;
	p->on = p->square + n;
	return STATUS_DONE;
}

void plate_free(struct plate *p)
{
	free(p->v);
	memset(p, 0, sizeof *p);
}

static void put(struct plate *p, int x, int y, int v)
{
	size_t i = plate_at(p, x, y);

	p->v[i] = (int16_t)v;
	p->square[i] = (int16_t)(v * v);
	p->on[i] = 1;
}

static void measure(struct plate *p)
{
	double half = (p->side - 1) / 2.0, far = 0;

	p->left = p->top = p->side;
	p->right = p->bottom = p->count = 0;
	for (int y = 0; y < p->side; y++)
		for (int x = 0; x < p->side; x++) {
			double d = (x - half) * (x - half) + (y - half) * (y - half);

			if (!p->on[plate_at(p, x, y)])
				continue;
			p->count++;
			p->left = x < p->left ? x : p->left;
			p->right = x >= p->right ? x + 1 : p->right;
			p->top = y < p->top ? y : p->top;
			p->bottom = y + 1;
			far = d > far ? d : far;
		}
	p->reach_px = sqrt(far);
	if (!p->count)
		p->left = p->top = 0;
}

int plate_from_signature(const struct signature *s, enum layer layer, struct plate *out, struct error *e)
{
	int side = s->width;

	if (plate_new(out, side, s->step_um, PLATE_PAD, e))
		return STATUS_SYSTEM;
	for (int y = 0; y < side; y++)
		for (int x = 0; x < side; x++) {
			size_t i = (size_t)y * (size_t)side + (size_t)x;

			if (s->on[i])
				put(out, x, y, s->layer[layer][i] * PLATE_SCALE);
		}
	measure(out);
	return STATUS_DONE;
}

int plate_halve(const struct plate *from, int pad, struct plate *out, struct error *e)
{
	if (plate_new(out, from->side / 2, 2 * from->step_um, pad, e))
		return STATUS_SYSTEM;
	for (int y = 0; y < out->side; y++)
		for (int x = 0; x < out->side; x++) {
			size_t i = plate_at(from, 2 * x, 2 * y), j = i + (size_t)from->stride;
			int count = from->on[i] + from->on[i + 1] + from->on[j] + from->on[j + 1];
			int sum = from->v[i] + from->v[i + 1] + from->v[j] + from->v[j + 1];

			if (count >= 2)
				put(out, x, y, sum / count);
		}
	measure(out);
	return STATUS_DONE;
}

static int clamp(int v, int low, int high)
{
	return v < low ? low : v > high ? high : v;
}

static uint32_t two(const int16_t *p)
{
	uint32_t pair;

	memcpy(&pair, p, sizeof pair);
	return pair;
}

/* One row of plate_lay: sx, sy is where x0 comes from, in 1/65536 points, moving by ux, uy. The four
 * neighbours are weighted with 6 bits each way; a point is there when at least half of its weight is. */
static void lay_row(const struct plate *from, struct plate *to, int y, int x0, int x1, int32_t sx, int32_t sy,
		    int32_t ux, int32_t uy)
{
	size_t out = plate_at(to, x0, y);
	int limit = from->side + from->pad - 1;

	for (int x = x0; x < x1; x++, out++, sx += ux, sy += uy) {
		int ix = sx >> 16, iy = sy >> 16, weight, sum, v;
		uint32_t fx = (sx >> 10) & 63, fy = (sy >> 10) & 63, across, on_above, on_below;
		size_t i, j;

		to->v[out] = to->square[out] = to->on[out] = 0;
		if (ix < -1 || iy < -1 || ix >= limit || iy >= limit)
			continue;
		i = plate_at(from, ix, iy);
		j = i + (size_t)from->stride;
		on_above = two(from->on + i);
		on_below = two(from->on + j);
		if (!(on_above | on_below))
			continue;
		/* two 16-bit weights at once: none of the products reaches 2^16 */
		across = (64 - fx) | fx << 16;
		dot_quad(two(from->v + i), two(from->v + j), on_above, on_below, across * (64 - fy), across * fy,
			 &sum, &weight);
		if (weight < 2048)
			continue;
		if (weight == 4096)
			v = ((sum + (1 << 23) + 2048) >> 12) - 2048;
		else
			v = (int)lrintf((float)sum / (float)weight);
		to->on[out] = 1;
		to->v[out] = (int16_t)v;
		to->square[out] = (int16_t)(v * v);
	}
}

void plate_lay(const struct plate *from, const struct pose *pose, const struct plate *over, int margin_px,
	       struct plate *to)
{
	double half = (to->side - 1) / 2.0, turn = pose->turn_deg * M_PI / 180;
	double c = cos(turn) / pose->scale, s = sin(turn) / pose->scale;
	int side = to->side;

	to->left = over ? clamp(over->left - margin_px, 0, side) : 0;
	to->right = over ? clamp(over->right + margin_px, 0, side) : side;
	to->top = over ? clamp(over->top - margin_px, 0, side) : 0;
	to->bottom = over ? clamp(over->bottom + margin_px, 0, side) : side;
	for (int y = to->top; y < to->bottom; y++) {
		double qx = to->left - half - pose->dx_um / to->step_um, qy = y - half - pose->dy_um / to->step_um;
		double px = c * qx + s * qy + half, py = -s * qx + c * qy + half;

		lay_row(from, to, y, to->left, to->right, (int32_t)lrint(px * 65536), (int32_t)lrint(py * 65536),
			(int32_t)lrint(c * 65536), (int32_t)lrint(-s * 65536));
	}
	if (!over)
		measure(to);
}

double plate_worth(double correlation, int overlap, const struct plate *a, const struct plate *b)
{
	int smaller = a->count < b->count ? a->count : b->count;
	double share = smaller ? (double)overlap / smaller : 0;

	return share < PLATE_LEAST_SHARE ? 0 : correlation * sqrt(share < 1 ? share : 1);
}

/* Sums of products over points present in both. */
struct sums {
	int64_t ab, aa, bb, count;
};

/* Rows that are summed before the sums are put into wider numbers: largest products of the longest rows fit. */
#define ROWS_AT_ONCE 32

static void add_rows(const struct plate *a, const struct plate *b, int sx, int sy, int left, int right, int top,
		     int bottom, struct sums *s)
{
	dot_sum ab = dot_zero(), aa = ab, bb = ab, count = ab;

	for (int y = top; y < bottom; y++) {
		size_t i = plate_at(a, left, y), j = plate_at(b, left + sx, y + sy);

		/* past `right` at least one of the two is missing, or lies in the padding */
		for (int x = left; x < right; x += 8, i += 8, j += 8) {
			dot_sum a_on = dot_load(a->on + i), b_on = dot_load(b->on + j);

			ab = dot_add(ab, dot_load(a->v + i), dot_load(b->v + j));
			aa = dot_add(aa, dot_load(a->square + i), b_on);
			bb = dot_add(bb, a_on, dot_load(b->square + j));
			count = dot_add(count, a_on, b_on);
		}
		if (y + 1 < bottom && (y - top + 1) % ROWS_AT_ONCE)
			continue;
		s->ab += dot_total(ab);
		s->aa += dot_total(aa);
		s->bb += dot_total(bb);
		s->count += dot_total(count);
		ab = aa = bb = count = dot_zero();
	}
}

double plate_correlate(const struct plate *a, const struct plate *b, int sx, int sy, int *overlap)
{
	int top = a->top > b->top - sy ? a->top : b->top - sy;
	int bottom = a->bottom < b->bottom - sy ? a->bottom : b->bottom - sy;
	int left = a->left > b->left - sx ? a->left : b->left - sx;
	int right = a->right < b->right - sx ? a->right : b->right - sx;
	struct sums s = { 0, 0, 0, 0 };

	add_rows(a, b, sx, sy, left, right, top, bottom, &s);
	*overlap = (int)s.count;
	return s.aa > 0 && s.bb > 0 ? (double)s.ab / sqrt((double)s.aa * (double)s.bb) : 0;
}

double plate_whole_worth(const struct plate *a, const struct plate *b, int sx, int sy, const struct plate *probe)
{
	int overlap;
	double c = plate_correlate(a, b, sx, sy, &overlap);

	return plate_worth(c, overlap, probe, a);
}

#define QUARTERS 4

/* Of one quarter of a; they are counted round its middle. */
static void add_quarter(const struct plate *a, const struct plate *b, int sx, int sy, int quarter, struct sums *s)
{
	int middle = a->side / 2, low = quarter >= 2, right_half = quarter == 1 || quarter == 2;
	int top = a->top > b->top - sy ? a->top : b->top - sy;
	int bottom = a->bottom < b->bottom - sy ? a->bottom : b->bottom - sy;
	int left = a->left > b->left - sx ? a->left : b->left - sx;
	int right = a->right < b->right - sx ? a->right : b->right - sx;

	top = low && top < middle ? middle : top;
	bottom = !low && bottom > middle ? middle : bottom;
	left = right_half && left < middle ? middle : left;
	/* eights that end at the middle: before the first of their points one of the two is missing */
	if (!right_half && right >= middle) {
		right = middle;
		left = left < right ? right - ((right - left + 7) & ~7) : left;
	}
	add_rows(a, b, sx, sy, left, right, top, bottom, s);
}

double plate_part_worth(const struct plate *a, const struct plate *b, int sx, int sy, const struct plate *probe)
{
	double ab[QUARTERS], aa[QUARTERS], bb[QUARTERS], share[QUARTERS], best = 0;
	int smaller = probe->count < a->count ? probe->count : a->count;

	for (int k = 0; k < QUARTERS; k++) {
		struct sums s = { 0, 0, 0, 0 };

		add_quarter(a, b, sx, sy, k, &s);
		ab[k] = (double)s.ab;
		aa[k] = (double)s.aa;
		bb[k] = (double)s.bb;
		share[k] = smaller ? (double)s.count / smaller : 0;
	}
	for (int from = 0; from < QUARTERS; from++) {
		double sab = ab[from], saa = aa[from], sbb = bb[from], part = share[from];

		for (int n = 1; n < QUARTERS; n++) {
			int k = (from + n) % QUARTERS;
			double worth;

			sab += ab[k];
			saa += aa[k];
			sbb += bb[k];
			part += share[k];
			if (part < PLATE_LEAST_SHARE || !(saa > 0) || !(sbb > 0))
				continue;
			worth = sab / sqrt(saa * sbb) * sqrt(part < 1 ? part : 1);
			best = worth > best ? worth : best;
		}
	}
	return best;
}
