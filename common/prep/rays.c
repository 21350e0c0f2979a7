/* rays.c - a view as seen from a point: rays, means along them, closed contours across them */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "prep/rays.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

void rays_free(struct rays *r)
{
	free(r->memory);
	memset(r, 0, sizeof *r);
}

static float value(const struct view *v, double x, double y)
{
	int ix = (int)x, iy = (int)y;
	float fx = (float)(x - ix), fy = (float)(y - iy);
	const float *p = v->v + (size_t)iy * (size_t)v->width + (size_t)ix;

	return (p[0] * (1 - fx) + p[1] * fx) * (1 - fy) +
	       (p[v->width] * (1 - fx) + p[v->width + 1] * fx) * fy;
}

int rays_new(struct rays *r, const struct view *v, double x, double y, int angles, int reach,
	     struct error *e)
{
	size_t n = (size_t)angles, m = (size_t)reach;
	size_t size = n * (2 * sizeof(double) + sizeof(int)) + n * (2 * m + 1) * sizeof(float);
	char *p = mem_new(size, 1, e);

	memset(r, 0, sizeof *r);
	if (!p)
		return STATUS_SYSTEM;
	r->memory = p;
	r->x = x;
	r->y = y;
	r->angles = angles;
	r->reach = reach;
	r->dx = (double *)p;
	r->dy = r->dx + n;
	r->end = (int *)(r->dy + n);
	r->v = (float *)(r->end + n);
	r->sum = r->v + n * m;
	for (int a = 0; a < angles; a++) {
		double dx = cos(2 * M_PI * a / angles), dy = sin(2 * M_PI * a / angles);
		float *row = r->v + (size_t)a * m, *sum = r->sum + (size_t)a * (m + 1);
		int d;

		r->dx[a] = dx;
		r->dy[a] = dy;
		for (d = 0; d < reach; d++) {
			double px = x + dx * d, py = y + dy * d;

			if (!(px >= 0 && py >= 0 && px < v->width - 1 && py < v->height - 1))
				break;
			row[d] = value(v, px, py);
			sum[d + 1] = sum[d] + row[d];
		}
		r->end[a] = d;
	}
	return STATUS_DONE;
}

int rays_mean(const struct rays *r, int a, double from, double to, double *mean)
{
	int i = (int)ceil(from), j = (int)floor(to);
	const float *sum = r->sum + (size_t)a * (size_t)(r->reach + 1);

	if (j < i)
		j = i;
	if (i < 0 || j >= r->end[a])
		return 0;
	*mean = (sum[j + 1] - sum[i]) / (j + 1 - i);
	return 1;
}

int rays_contour(const float *gain, int angles, int reach, int low, int high, int jump, double bend,
		 int *distance, struct error *e)
{
	size_t wide = (size_t)(high - low), turns = 2 * (size_t)angles;
	float *best = mem_new(wide * 2, sizeof *best, e), *next;
	signed char *came = mem_new(turns * wide, 1, e);
	int at = 0;

	if (!best || !came || jump > 127) {
		free(best);
		free(came);
		return STATUS_SYSTEM;
	}
	next = best + wide;
	for (size_t t = 0; t < turns; t++) {
		const float *g = gain + (t % (size_t)angles) * (size_t)reach + low;

		for (int d = 0; d < high - low; d++) {
			int from = d - jump < 0 ? 0 : d - jump;
			int to = d + jump >= high - low ? high - low - 1 : d + jump;
			float top = -INFINITY;

			for (int k = from; k <= to; k++) {
				float here = best[k] - (float)bend * (float)abs(k - d);

				if (here > top) {
					top = here;
					came[t * wide + (size_t)d] = (signed char)(k - d);
				}
			}
			next[d] = top + g[d];
		}
		memcpy(best, next, wide * sizeof *best);
	}
	for (int d = 1; d < high - low; d++)
		if (best[d] > best[at])
			at = d;
	/* back from the end; the middle turn knows nothing of the ends */
	for (size_t t = turns; t-- > 0;) {
		if (t >= (size_t)angles / 2 && t < (size_t)angles / 2 + (size_t)angles)
			distance[t % (size_t)angles] = low + at;
		at += came[t * wide + (size_t)at];
	}
	free(best);
	free(came);
	return STATUS_DONE;
}
