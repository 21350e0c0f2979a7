/* relief.c - the heights of a fired case in a picture's points */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>

#include "base/mem.h"
#include "make/specimen.h"

/* Contact varies slowly, so it is worked out on a coarse grid of the picture and interpolated. */
#define COARSE 8

static float table_at(const float *table, int end, double r)
{
	int i = (int)r;
	float f = (float)(r - i);

	return i >= end ? table[end] : table[i] + f * (table[i + 1] - table[i]);
}

static float smooth(float t)
{
	t = t < 0 ? 0 : t > 1 ? 1 : t;
	return t * t * (3 - 2 * t);
}

/* The firing pin's trace: its impression, and the drag as a dent over its edge. */
static float pin_trace(const struct specimen *s, double x, double y, double q, float gaps)
{
	const struct tool *t = s->tool;
	float z = table_at(s->pin_z, SPECIMEN_PIN_UM, q), inside, groove;
	double along, across, dent;

	if (q > t->pin_radius_um && z > 0)   /* lip and pad are not the same all round */
		z *= .75f + .3f * (gaps < -1 ? -1 : gaps > 1 ? 1 : gaps);
	inside = smooth((float)(t->pin_radius_um - 20 - q) / 60);
	if (inside > 0)
		z += inside * texture_at(&t->pin_mark, x, y);
	if (s->drag_um > 20) {
		along = (x * s->drag_c + y * s->drag_s - t->pin_radius_um * .88) /
			(s->drag_um + t->pin_radius_um * .12);
		across = (-x * s->drag_s + y * s->drag_c) / (t->pin_radius_um * .3);
		dent = 1 - along * along - across * across;
		if (dent > 0) {
			groove = (float)(-210 * dent);
			z = z < groove ? z : groove;
		}
	}
	return z;
}

/* Where the barrel dropped while the metal still stood in the firing-pin hole, it wiped striae on
 * what stood there: a quarter of the pad, on the side away from the drag. */
static float shear(const struct specimen *s, double x, double y, double q)
{
	const struct tool *t = s->tool;
	double along = x * s->drag_c + y * s->drag_s, across = -x * s->drag_s + y * s->drag_c;
	float in = smooth((float)(-along - .75 * q) / (.08f * (float)q)) *
		   smooth((float)(q - t->pin_radius_um - 70) / 40) * smooth((float)(t->aperture_um - 30 - q) / 30);

	return in > 0 ? in * (float)t->shear_um * 4 * profile_at(&t->shear, across) : 0;
}

/* The case head with the ejector's imprint: a dent with a flat floor, which has the ejector's marks
 * and little left of the head's own surface, and a low wall pushed up around it. */
static float head(const struct specimen *s, double x, double y, double r)
{
	const struct tool *t = s->tool;
	double u, v, a, b;
	float own = texture_at(&s->head, x, y) + profile_at(&s->lathe, r), d, in, dent;

	if (s->ejector_gain <= 0)
		return own;
	placing_undo(&s->ejector, x, y, &u, &v);
	a = u / t->ejector_half_um;
	b = v / t->ejector_high_um;
	if (a < -1.6 || a > 1.6 || b < -1.6 || b > 1.6)
		return own;
	d = (float)(a * a * a * a + b * b * b * b);
	in = smooth((1.15f - d) / .4f);
	dent = in * (texture_at(&t->ejector_mark, u, v) - (float)t->ejector_depth_um) +
	       9 * smooth((2.4f - d) / 1.4f) * (1 - in);
	return own * (1 - .75f * in) + (float)s->ejector_gain * dent;
}

/* A point of the primer's face: x, y in the tool's frame. */
static float face(const struct specimen *s, double x, double y, double r, float contact)
{
	const struct tool *t = s->tool;
	double px = x - t->pin_x_um, py = y - t->pin_y_um, q = sqrt(px * px + py * py);
	float gaps, z, mark, weight, clip = (float)s->clip_um;

	z = texture_at(&s->own, x, y);
	if (q < t->aperture_um + s->drag_um + 150) {
		gaps = texture_at(&s->slow[WEAK_GAPS], x, y);
		z += pin_trace(s, px, py, q, gaps);
		if (t->shear_um > 0 && q < t->aperture_um)
			z += shear(s, px, py, q);
		if (t->pad_um > 0 && q > t->aperture_um - 25) {  /* here and there the metal tore */
			float tear = 1 - (float)((q - t->aperture_um - 8) * (q - t->aperture_um - 8)) / 500;

			if (tear > 0 && gaps > .2f)
				z -= 25 * tear * smooth(gaps - .2f);
		}
	}
	weight = contact * smooth((float)(q - t->aperture_um + 20) / 45) *
		 smooth((float)(s->flat_um + 70 - r) / 90);
	if (weight > 0) {
		mark = texture_at(&t->mark, x, y);
		if (mark > clip)    /* a pit of the tool that metal filled only in part */
			mark = clip + .35f * (mark - clip);
		z += weight * (float)s->strength * mark;
	}
	return z;
}

int contact_map_make(struct contact_map *m, const struct specimen *s, const struct placing *view, double spacing,
		     int width, int height, struct error *e)
{
	int rows = height / COARSE + 2;

	m->cols = width / COARSE + 2;
	m->v = mem_new((size_t)m->cols * (size_t)rows, sizeof *m->v, e);
	if (!m->v)
		return STATUS_SYSTEM;
	for (int j = 0; j < rows; j++)
		for (int i = 0; i < m->cols; i++) {
			double x, y, dx, dy;

			placing_undo(view, i * COARSE * spacing, j * COARSE * spacing, &x, &y);
			dx = x - s->primer_x_um;
			dy = y - s->primer_y_um;
			if (dx * dx + dy * dy < 2000. * 2000)
				m->v[j * m->cols + i] = (float)specimen_contact(s, x, y);
		}
	return STATUS_DONE;
}

void contact_map_free(struct contact_map *m)
{
	free(m->v);
	m->v = NULL;
}

float contact_map_at(const struct contact_map *m, int i, int j)
{
	const float *a = m->v + (j / COARSE) * m->cols + i / COARSE, *b = a + m->cols;
	float fx = (float)(i % COARSE) / COARSE, fy = (float)(j % COARSE) / COARSE;

	return (1 - fy) * (a[0] + fx * (a[1] - a[0])) + fy * (b[0] + fx * (b[1] - b[0]));
}

int specimen_relief(const struct specimen *s, const struct placing *view, double spacing_um, int width,
		    int height, float *z, struct error *e)
{
	struct contact_map contact;

	if (contact_map_make(&contact, s, view, spacing_um, width, height, e))
		return STATUS_SYSTEM;
	for (int j = 0; j < height; j++)
		for (int i = 0; i < width; i++) {
			double x, y, dx, dy, r;
			float *to = z + (size_t)j * (size_t)width + i;

			placing_undo(view, i * spacing_um, j * spacing_um, &x, &y);
			dx = x - s->primer_x_um;
			dy = y - s->primer_y_um;
			r = sqrt(dx * dx + dy * dy);
			r += texture_at(&s->slow[WEAK_WAVER], x, y);
			*to = table_at(s->ring_z, SPECIMEN_RADIUS_UM, r < 0 ? 0 : r);
			if (r < s->primer_um)
				*to += face(s, x, y, r, contact_map_at(&contact, i, j));
			else if (r > s->pocket_um)
				*to += head(s, x, y, r);
		}
	letters_cut(s, view, spacing_um, width, height, z);
	contact_map_free(&contact);
	return STATUS_DONE;
}
