/* striae.c - which way striae run, and sections across them */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "prep/striae.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "math/lane.h"
#include "math/profile.h"
#include "math/robust.h"

/* Striae are what sections have in common that lie too far apart for grain to reach from one to
 * the other. The surface is averaged to bins of ACROSS_UM by ALONG_UM; in windows of WINDOW bins
 * along, and for each lean, the mean correlation of all pairs of sections at least two apart is
 * taken (sum of products over sum of squares, both over the points that both have). Marks that
 * run the other way, and grain, have none. */
#define ACROSS_UM 3.1
#define ALONG_UM 25.0
#define WINDOW 14
#define WINDOWS 4          /* spread over the surface */
#define LEANS 29           /* on either side of upright */
#define CHUNK 32           /* samples of a section */
#define LINE_UM 60.0       /* half length of the line that heights are taken above */
#define ARCS 16
#define LEAST_CURVE (1 / 15000.0)  /* 1/um: no bullet is thicker than 30 mm ... */
#define MOST_CURVE (1 / 1000.0)    /* ... or thinner than 2 mm */
#define LEAST_WIDTH 64     /* samples: narrower has no striae worth the name */
#define MOST_WIDTH 16384
#define MOST_SECTIONS 512

void striae_flatten(const float *from, int n, int half, float *few, float *to, float *on)
{
	float spread;
	int m = 0;

	profile_above_line(from, n, half, to);
	for (int i = 0; i < n; i++)
		if (!isnan(to[i]))
			few[m++] = to[i];
	spread = robust_spread(few, m);
	for (int i = 0; i < n; i++) {
		float z = to[i];
		int there = !isnan(z) && spread > 0;

		if (on)
			on[i] = (float)there;
		z = there ? z / spread : 0;
		to[i] = z > 3 ? 3 : z < -3 ? -3 : z;
	}
}

/* Means over bins of bx by by points; missing where less than a third of a bin is present. */
static int bin(const struct surface *s, int bx, int by, float **out, int *width, int *height, struct error *e)
{
	int w = s->width / bx, h = s->height / by;
	float *mean = mem_new((size_t)(w > 0 ? w : 1) * (size_t)(h > 0 ? h : 1), sizeof *mean, e);
	float *count = mem_new((size_t)(w > 0 ? w : 1), sizeof *count, e);

	*out = mean;
	*width = w;
	*height = h;
	for (int y = 0; mean && count && y < h; y++) {
		float *row = mean + (size_t)y * (size_t)w;

		for (int x = 0; x < w; x++)
			count[x] = 0;
		for (int r = 0; r < by; r++) {
			const float *z = s->z + ((size_t)y * (size_t)by + (size_t)r) * (size_t)s->width;

			for (int x = 0; x < w; x++)
				for (int c = 0; c < bx; c++, z++)
					if (!isnan(*z)) {
						row[x] += *z;
						count[x]++;
					}
		}
		for (int x = 0; x < w; x++)
			row[x] = 3 * count[x] >= (float)(bx * by) ? row[x] / count[x] : NAN;
	}
	free(count);
	if (!mean || !count) {
		free(mean);
		*out = NULL;
		return STATUS_SYSTEM;
	}
	return STATUS_DONE;
}

/* Flattened sections with room on both sides for the widest lean. */
struct flat {
	int count, width, pad, stride;
	int chunks;     /* of CHUNK samples, the last one shorter */
	double along;   /* samples across that one section's pitch is long */
	float *z, *on;
};

struct chunk {
	double products, squares;
};

/* What was seen with the striae taken to run along y, or along x. */
struct direction {
	double lean, coherence;
	double sag_um, curve;
};

static void flat_free(struct flat *f)
{
	free(f->z);
	free(f->on);
}

/* mean holds the sections as rows (along_x false) or as columns, from the bottom up. */
static int flat_make(struct flat *f, const float *mean, int w, int h, bool along_x, double step_um,
		     double pitch_um, struct error *e)
{
	float *one = NULL, *few = NULL;
	int status = STATUS_SYSTEM;

	f->count = along_x ? w : h;
	f->width = along_x ? h : w;
	f->chunks = (f->width + CHUNK - 1) / CHUNK;
	f->along = pitch_um / step_um;
	f->pad = (int)ceil(WINDOW * f->along / 2) + 4;
	f->stride = f->width + 2 * f->pad + 4;
	f->z = mem_new((size_t)f->count * (size_t)f->stride, sizeof *f->z, e);
	f->on = mem_new((size_t)f->count * (size_t)f->stride, sizeof *f->on, e);
	one = mem_new((size_t)f->width, sizeof *one, e);
	few = mem_new((size_t)f->width, sizeof *few, e);
	if (!f->z || !f->on || !one || !few)
		goto out;
	for (int k = 0; k < f->count; k++) {
		size_t at = (size_t)k * (size_t)f->stride + (size_t)f->pad;

		for (int i = 0; i < f->width; i++)
			one[i] = along_x ? mean[(size_t)(h - 1 - i) * (size_t)w + (size_t)k] :
				 mean[(size_t)k * (size_t)w + (size_t)i];
		striae_flatten(one, f->width, (int)(LINE_UM / step_um), few, f->z + at, f->on + at);
	}
	status = STATUS_DONE;
out:
	free(one);
	free(few);
	return status;
}

/* Adds the window's products and squares at one lean, a chunk of the width at a time. Sections are
 * shifted to the nearest sample; what a shift leaves uncovered is padding, which counts as missing. */
static void window_add(const struct flat *f, int first, int m, double lean, struct chunk *chunk)
{
	const float *z[WINDOW], *on[WINDOW];

	for (int j = 0; j < m; j++) {
		int shift = (int)lrint(lean * (j - (m - 1) / 2.0) * f->along);
		ptrdiff_t at = (ptrdiff_t)(first + j) * f->stride + f->pad + shift;

		z[j] = f->z + at;
		on[j] = f->on + at;
	}
	for (int c = 0; c < f->chunks; c++) {
		lane up = { 0 }, down = { 0 };

		for (int i = c * CHUNK; i < (c + 1) * CHUNK && i < f->width; i += 4) {
			lane last = { 0 }, last_on = { 0 }, sum = { 0 }, square = { 0 }, there = { 0 };
			lane near_product = { 0 }, near_square = { 0 };

			for (int j = 0; j < m; j++) {
				lane a = lane_load(z[j] + i), w = lane_load(on[j] + i), q = a * a;

				near_product += a * last;
				near_square += q * last_on + last * last * w;
				sum += a;
				square += q;
				there += w;
				last = a;
				last_on = w;
			}
			up += sum * sum - square - 2 * near_product;
			down += square * there - square - near_square;
		}
		chunk[c].products += lane_sum(up);
		chunk[c].squares += lane_sum(down);
	}
}

/* The mean correlation without the chunks that say most for it: an eighth of them, at least one.
 * One step, such as the edge of a break-off, is not striae; striae are everywhere. */
static double coherence_of(struct chunk *chunk, int chunks)
{
	int drop = (chunks + 7) / 8;
	double products = 0, squares = 0;

	for (int k = 0; k < drop; k++) {
		int most = k;

		for (int c = k + 1; c < chunks; c++)
			if (chunk[c].products > chunk[most].products)
				most = c;
		struct chunk t = chunk[most];

		chunk[most] = chunk[k];
		chunk[k] = t;
	}
	for (int c = drop; c < chunks; c++) {
		products += chunk[c].products;
		squares += chunk[c].squares;
	}
	return squares > 0 ? products / squares : 0;
}

/* The best lean and its coherence. Windows are summed before they are compared, so that empty
 * ones have no say. */
static int best_lean(const struct flat *f, double *lean, double *coherence, struct error *e)
{
	int m = f->count < WINDOW ? f->count : WINDOW;
	int windows = f->count / m < WINDOWS ? f->count / m : WINDOWS, best = 0;
	struct chunk *chunk = mem_new((size_t)f->chunks, sizeof *chunk, e);
	double c[2 * LEANS + 1], t;

	if (!chunk)
		return STATUS_SYSTEM;
	for (int k = 0; k <= 2 * LEANS; k++) {
		memset(chunk, 0, (size_t)f->chunks * sizeof *chunk);
		for (int i = 0; i < windows; i++) {
			int room = f->count - m;

			window_add(f, windows > 1 ? (int)((long)room * i / (windows - 1)) : room / 2, m,
				   (k - LEANS) / (double)LEANS, chunk);
		}
		c[k] = coherence_of(chunk, f->chunks);
		if (c[k] > c[best])
			best = k;
	}
	free(chunk);
	t = best;
	if (best > 0 && best < 2 * LEANS) {
		double bend = c[best - 1] - 2 * c[best] + c[best + 1];

		if (bend < 0)
			t += 0.5 * (c[best - 1] - c[best + 1]) / bend;
	}
	*lean = (t - LEANS) / LEANS;
	*coherence = c[best];
	return STATUS_DONE;
}

/* How far the middle of a section stands above its ends (um), and the curvature that makes it do
 * so (1/um, convex positive): medians over up to ARCS sections of robust parabolas. */
static int arc_across(const float *mean, int w, int h, bool along_x, double step_um, double *sag_um,
		      double *curve, struct error *e)
{
	int n = along_x ? h : w, sections = along_x ? w : h, found = 0;
	int stride = n / 128 + 1, every = sections / ARCS + 1;
	double *x = mem_new((size_t)n * 2, sizeof *x, e), *y;
	float sag[ARCS], bend[ARCS];

	if (!x)
		return STATUS_SYSTEM;
	y = x + n;
	for (int k = every / 2; k < sections && found < ARCS; k += every) {
		struct robust_poly p;
		int m = 0;

		for (int i = 0; i < n; i += stride) {
			float z = along_x ? mean[(size_t)i * (size_t)w + (size_t)k] :
				  mean[(size_t)k * (size_t)w + (size_t)i];

			if (!isnan(z)) {
				x[m] = i * step_um;
				y[m++] = z;
			}
		}
		if (m < 12 || robust_poly_fit(x, y, NULL, m, 2, 6, 1, &p))
			continue;
		sag[found] = (float)-p.c[2];
		bend[found++] = (float)(-2 * p.c[2] / (p.reach * p.reach));
	}
	*sag_um = robust_median(sag, found);
	*curve = robust_median(bend, found);
	free(x);
	return STATUS_DONE;
}

static int look_along(const struct surface *s, bool along_x, struct direction *d, struct error *e)
{
	double across_um = along_x ? s->spacing_y_um : s->spacing_x_um;
	double along_um = along_x ? s->spacing_x_um : s->spacing_y_um;
	int across = (int)lrint(fmax(1, ACROSS_UM / across_um));
	int along = (int)lrint(fmax(1, ALONG_UM / along_um));
	int w, h, status;
	struct flat f = { 0 };
	float *mean;

	*d = (struct direction){ 0 };
	status = bin(s, along_x ? along : across, along_x ? across : along, &mean, &w, &h, e);
	if (status)
		return status;
	if ((along_x ? w : h) >= 4 && (along_x ? h : w) >= 16) {
		status = flat_make(&f, mean, w, h, along_x, across * across_um, along * along_um, e);
		if (!status)
			status = best_lean(&f, &d->lean, &d->coherence, e);
		if (!status && s->kind == SURFACE_TOPOGRAPHY)
			status = arc_across(mean, w, h, along_x, across * across_um, &d->sag_um, &d->curve, e);
		flat_free(&f);
	}
	free(mean);
	return status;
}

/* A bullet is a cylinder and its striae run along it: where one direction is curved as a bullet
 * is and the other is not, that settles it, and coherence only measures. */
static bool settles(const struct direction *a, const struct direction *b)
{
	return a->curve > LEAST_CURVE && a->curve < MOST_CURVE && a->sag_um > 10 + 3 * fabs(b->sag_um);
}

int striae_look(const struct surface *s, struct striae_look *look, struct error *e)
{
	struct direction d[2];
	int status;

	if (!(s->spacing_x_um > 0) || !(s->spacing_y_um > 0))
		return error_set(e, STATUS_INPUT, "the lateral spacing is not known (give --scale)");
	if (s->width < LEAST_WIDTH / 4 || s->height < LEAST_WIDTH / 4)
		return error_set(e, STATUS_INPUT, "%d x %d points are too few for striae", s->width, s->height);
	for (int k = 0; k < 2; k++) {
		status = look_along(s, k, &d[k], e);
		if (status)
			return status;
	}
	look->along_x = d[1].coherence > d[0].coherence;
	look->arched = settles(&d[0], &d[1]) || settles(&d[1], &d[0]);
	if (look->arched)
		look->along_x = settles(&d[1], &d[0]);
	look->lean = d[look->along_x].lean;
	look->coherence = d[look->along_x].coherence;
	look->other = d[!look->along_x].coherence;
	return STATUS_DONE;
}

/* A surface seen so that its striae run down the columns: point i, k is the i-th across and the
 * k-th along. Rows of a turned surface are copied to be contiguous. */
struct upright {
	int across, along;
	double across_um, along_um;
	const float *z;
	float *own;
};

static int upright_make(struct upright *u, const struct surface *s, bool along_x, struct error *e)
{
	*u = (struct upright){ s->width, s->height, s->spacing_x_um, s->spacing_y_um, s->z, NULL };
	if (!along_x)
		return STATUS_DONE;
	*u = (struct upright){ s->height, s->width, s->spacing_y_um, s->spacing_x_um, NULL, NULL };
	u->z = u->own = mem_new((size_t)s->width * (size_t)s->height, sizeof *u->own, e);
	if (!u->own)
		return STATUS_SYSTEM;
	for (int y = 0; y < s->height; y += 16)  /* in tiles that fit the cache */
		for (int x = 0; x < s->width; x++)
			for (int r = y; r < y + 16 && r < s->height; r++)
				u->own[(size_t)x * (size_t)s->height + (size_t)(s->height - 1 - r)] =
					s->z[(size_t)r * (size_t)s->width + (size_t)x];
	return STATUS_DONE;
}

#define MOST_ROWS 32

/* Medians over the rows first to last - 1 of the points that lie `lean` samples a row to the
 * right of one another; missing where less than half are there. */
static void median_rows(const struct upright *u, int first, int last, double lean, float *to)
{
	int every = (last - first + MOST_ROWS - 1) / MOST_ROWS, rows = 0;
	double middle = (first + last - 1) / 2.0;
	const float *row[MOST_ROWS];
	int shift[MOST_ROWS];

	for (int r = first; r < last; r += every, rows++) {
		row[rows] = u->z + (size_t)r * (size_t)u->across;
		shift[rows] = (int)lrint(lean * (r - middle));
	}
	for (int i = 0; i < u->across; i++) {
		float few[MOST_ROWS];
		int m = 0;

		for (int k = 0; k < rows; k++) {
			int x = i + shift[k];

			if (x >= 0 && x < u->across && !isnan(row[k][x]))
				few[m++] = row[k][x];
		}
		to[i] = 2 * m >= rows && m ? robust_median(few, m) : NAN;
	}
}

int striae_sections(const struct surface *s, const struct striae_look *look, double step_um, double pitch_um,
		    struct sections *out, struct error *e)
{
	double upright_um, wide_um, tall_um, slant = sqrt(1 + look->lean * look->lean);
	struct upright u;
	float *row = NULL;
	int status, tall;

	*out = (struct sections){ 0 };
	status = upright_make(&u, s, look->along_x, e);
	if (status)
		goto out;
	tall_um = u.along * u.along_um;
	tall = (int)lrint(fmax(1, pitch_um / slant / u.along_um));
	if (u.along / tall > MOST_SECTIONS)
		tall = (u.along + MOST_SECTIONS - 1) / MOST_SECTIONS;
	upright_um = (u.across - 1) * u.across_um;
	wide_um = upright_um + fabs(look->lean) * tall_um;
	if (wide_um / slant / step_um + 1 > MOST_WIDTH) {
		status = error_set(e, STATUS_INPUT, "%.0f um across the striae are too many", wide_um / slant);
		goto out;
	}
	out->count = u.along / tall;
	out->width = (int)(wide_um / slant / step_um) + 1;
	out->step_um = step_um;
	out->pitch_um = tall * u.along_um * slant;
	out->z = mem_new((size_t)out->count * (size_t)out->width, sizeof *out->z, e);
	row = mem_new((size_t)u.across, sizeof *row, e);
	status = out->z && row ? STATUS_DONE : STATUS_SYSTEM;
	for (int k = 0; !status && k < out->count; k++) {
		double aside_um = look->lean * ((k + 0.5) * tall * u.along_um - tall_um / 2);
		double first_um = upright_um / 2 - wide_um / 2 + aside_um;

		median_rows(&u, k * tall, (k + 1) * tall, look->lean * u.along_um / u.across_um, row);
		profile_resample(row, u.across, first_um / u.across_um, step_um * slant / u.across_um,
				 out->z + (size_t)k * (size_t)out->width, out->width);
	}
out:
	free(row);
	free(u.own);
	if (status)
		striae_free(out);
	return status;
}

void striae_free(struct sections *s)
{
	free(s->z);
	*s = (struct sections){ 0 };
}
