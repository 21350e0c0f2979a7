/* made_land.c - lands and striated profiles that tests make for themselves */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "made_land.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <check.h>

#include "math/profile.h"
#include "sign/land.h"

double made_uniform(struct made_random *r)
{
	uint64_t x = r->state += 0x9e3779b97f4a7c15u;

	x = (x ^ x >> 30) * 0xbf58476d1ce4e5b9u;
	x = (x ^ x >> 27) * 0x94d049bb133111ebu;
	return (double)((x ^ x >> 31) >> 11) / 9007199254740992.0;
}

double made_normal(struct made_random *r)
{
	double a = made_uniform(r), b = made_uniform(r);

	return sqrt(-2 * log(a + 1e-300)) * cos(2 * M_PI * b);
}

void made_striae(struct made_striae *s, uint64_t seed, double width_um)
{
	struct made_random r = { seed * 1000003 };

	s->n = (int)fmin(MADE_RIDGES, width_um / 12);
	for (int k = 0; k < s->n; k++) {
		s->at_um[k] = made_uniform(&r) * width_um;
		s->wide_um[k] = 4 * exp(1.6 * made_uniform(&r));
		s->high_um[k] = made_normal(&r) * 0.18 * sqrt(s->wide_um[k]);
	}
}

double made_height(const struct made_striae *s, double x_um)
{
	double z = 0;

	for (int k = 0; k < s->n; k++) {
		double t = (x_um - s->at_um[k]) / s->wide_um[k];

		if (fabs(t) < 4)
			z += s->high_um[k] * exp(-t * t / 2);
	}
	return z;
}

/* The shape without striae at u from the left foot: arc, shoulders, the grooves' tops. */
static double shape(const struct made_land *m, double u)
{
	double wide = m->land_um > 0 ? m->land_um : m->width_um, middle = u - wide / 2, z = 0, beyond;

	if (m->radius_um > 0)
		z = -middle * middle / (2 * m->radius_um);
	if (m->land_um <= 0)
		return z;
	beyond = u < 0 ? -u : u - wide;
	return beyond > 0 ? z + m->groove_um * fmin(1, beyond / 40) : z;
}

/* Heights at every TABLE_UM, because a surface asks for hundreds of thousands. */
#define TABLE_UM 0.25

static float *tabulate(const struct made_striae *s, double width_um)
{
	int n = (int)(width_um / TABLE_UM) + 2;
	float *z = malloc((size_t)n * sizeof *z);

	if (!z)
		abort();
	for (int i = 0; i < n; i++)
		z[i] = (float)made_height(s, i * TABLE_UM);
	return z;
}

static double look_up(const float *z, double x_um)
{
	int i = (int)(x_um / TABLE_UM);
	double t = x_um / TABLE_UM - i;

	return z[i] + t * ((double)z[i + 1] - z[i]);
}

void made_land(const struct made_land *m, struct surface *s)
{
	int w = (int)(m->width_um / m->spacing_um), h = (int)(m->height_um / m->spacing_um);
	double wide = m->land_um > 0 ? m->land_um : m->width_um;
	struct made_random r = { m->noise_seed * 7919 + 17 };
	struct made_striae striae;
	float *all, *own;

	if (surface_new(s, SURFACE_TOPOGRAPHY, w, h, NULL))
		abort();
	s->spacing_x_um = s->spacing_y_um = m->spacing_um;
	s->spacing_origin = SPACING_FILE;
	made_striae(&striae, m->seed, wide);
	all = tabulate(&striae, wide);
	made_striae(&striae, m->noise_seed + 777777, wide);
	own = tabulate(&striae, wide);
	for (int y = 0; y < h; y++)
		for (int x = 0; x < w; x++) {
			double v = y * m->spacing_um, u = x * m->spacing_um - m->left_um * (m->land_um > 0);
			double fade = v > m->height_um - m->blank_um ? 0 : 1, z;

			u = (u - m->lean * (v - m->height_um / 2)) / sqrt(1 + m->lean * m->lean);
			z = shape(m, u) + m->noise_um * made_normal(&r) + 0.05 * v;
			if (u > 0 && u < wide)
				z += fade * (look_up(all, u) + m->own * look_up(own, u));
			z += tan(m->tilt_deg * M_PI / 180) * x * m->spacing_um;
			if (made_uniform(&r) < m->missing || v < m->break_off_um * x / w)
				z = NAN;
			s->z[(size_t)y * (size_t)w + (size_t)x] = (float)z;
			s->valid += !isnan(z);
		}
	free(all);
	free(own);
}

static void exchange(struct surface *s, float *z, int w, int h)
{
	free(s->z);
	s->z = z;
	s->width = w;
	s->height = h;
}

void made_transpose(struct surface *s)
{
	float *z = malloc((size_t)s->width * (size_t)s->height * sizeof *z);
	double t = s->spacing_x_um;

	if (!z)
		abort();
	for (int y = 0; y < s->height; y++)
		for (int x = 0; x < s->width; x++)
			z[(size_t)x * (size_t)s->height + (size_t)y] =
				s->z[(size_t)y * (size_t)s->width + (size_t)x];
	exchange(s, z, s->height, s->width);
	s->spacing_x_um = s->spacing_y_um;
	s->spacing_y_um = t;
}

void made_half_turn(struct surface *s)
{
	size_t n = (size_t)s->width * (size_t)s->height;

	for (size_t i = 0; i < n / 2; i++) {
		float t = s->z[i];

		s->z[i] = s->z[n - 1 - i];
		s->z[n - 1 - i] = t;
	}
}

void made_upside_down(struct surface *s)
{
	for (int y = 0; y < s->height / 2; y++)
		for (int x = 0; x < s->width; x++) {
			float *a = &s->z[(size_t)y * (size_t)s->width + (size_t)x];
			float *b = &s->z[(size_t)(s->height - 1 - y) * (size_t)s->width + (size_t)x], t = *a;

			*a = *b;
			*b = t;
		}
}

#define WIDE 700
void made_land_signature(uint64_t seed, uint64_t shot, bool photograph, struct signature *out)
{
	static const struct land_options options = LAND_OPTIONS_DEFAULT;
	struct made_random r = { shot };
	struct land l = { .n = WIDE, .step_um = options.step_um, .left_end = LAND_END_RISE, .right_end = LAND_END_RISE,
			  .kind = photograph ? SURFACE_PHOTOGRAPH : SURFACE_TOPOGRAPHY };
	float z[WIDE], sure[WIDE], form[WIDE];
	struct made_striae striae;

	made_striae(&striae, seed, 1400);
	for (int i = 0; i < WIDE; i++) {
		z[i] = (float)(made_height(&striae, i * l.step_um) + 0.4 * made_normal(&r));
		sure[i] = 1;
	}
	ck_assert_int_eq(profile_form(z, WIDE, 160, 16, 2, .05, form, NULL), 0);
	for (int i = 0; i < WIDE; i++)
		form[i] = z[i] - form[i];
	ck_assert_int_eq(profile_gauss(form, NULL, WIDE, 16 / l.step_um, z, NULL), 0);
	l.z = z;
	l.sure = sure;
	memset(out, 0, sizeof *out);
	ck_assert_int_eq(land_file(&l, &options, out, NULL), 0);
}
