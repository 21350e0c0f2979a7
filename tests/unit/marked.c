/* marked.c - surfaces with random marks, lying as a test wants them, and their signatures */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "unit/marked.h"

#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "make/dice.h"
#include "make/texture.h"
#include "sign/frame.h"

#define WIDTH_UM 4200
#define INNER_UM 900
#define OUTER_UM 1800

/* Marks with most of their power at 60 to 250 um, and what only one shot has. */
static void make_texture(struct texture *t, const struct marked *m)
{
	double own = m->noise / sqrt(3);
	struct error e;

	ck_assert_int_eq(texture_new(t, 8, &e), 0);
	for (int step = 16; step <= 64; step *= 2) {
		ck_assert_int_eq(texture_add(t, dice_child(m->tool, (uint64_t)step), step, step / 64., &e), 0);
		if (m->noise > 0)
			ck_assert_int_eq(texture_add(t, dice_child(~m->shot, (uint64_t)step), step, own, &e), 0);
	}
}

/* The mark's own place of a surface's point; how far it is from the middle. */
static double own_place(const struct marked *m, const struct surface *s, int x, int y, double *px, double *py)
{
	double step = m->spacing_um > 0 ? m->spacing_um : 6.25, turn = m->turn_deg * M_PI / 180;
	double qx = (x - (s->width - 1) / 2.0) * step - m->dx_um, qy = (y - (s->height - 1) / 2.0) * step - m->dy_um;

	*px = cos(turn) * qx + sin(turn) * qy;
	*py = -sin(turn) * qx + cos(turn) * qy;
	if (m->mirror)
		*px = -*px;
	return hypot(qx, qy);
}

static bool on_ring(const struct marked *m, double radius, double px, double py)
{
	double angle = atan2(py, px) / (2 * M_PI);

	return radius >= INNER_UM && radius <= OUTER_UM && angle - floor(angle) >= m->gone;
}

/* What a ring light shows: slopes are bright. */
static float bright(const struct texture *t, double x, double y)
{
	float dx = texture_at(t, x + 8, y) - texture_at(t, x - 8, y), dy = texture_at(t, x, y + 8) - texture_at(t, x, y - 8);
	float slope = dx * dx + dy * dy;

	return 10 + 230 * slope / (slope + .3f);
}

void marked_surface(const struct marked *m, struct surface *out)
{
	double step = m->spacing_um > 0 ? m->spacing_um : 6.25;
	int side = (int)lrint(WIDTH_UM / step);
	struct texture t;
	struct error e;

	make_texture(&t, m);
	ck_assert_int_eq(surface_new(out, m->photograph ? SURFACE_PHOTOGRAPH : SURFACE_TOPOGRAPHY, side, side, &e), 0);
	out->spacing_x_um = out->spacing_y_um = step;
	out->spacing_origin = SPACING_FILE;
	for (int y = 0; y < side; y++)
		for (int x = 0; x < side; x++) {
			float *z = &out->z[(size_t)y * (size_t)side + (size_t)x];
			double px, py, radius = own_place(m, out, x, y, &px, &py);

			if (!on_ring(m, radius, px, py))
				continue;
			*z = m->photograph ? bright(&t, px, py) :
			     texture_at(&t, px, py) + (float)(m->tilt_um * x / side);
			out->valid += !m->photograph;
		}
	texture_free(&t);
}

void marked_place(const struct marked *m, const struct surface *s, struct impression_place *place,
		  uint8_t **label)
{
	*label = calloc((size_t)s->width, (size_t)s->height);
	ck_assert_ptr_nonnull(*label);
	for (int y = 0; y < s->height; y++)
		for (int x = 0; x < s->width; x++) {
			double px, py, radius = own_place(m, s, x, y, &px, &py);

			(*label)[(size_t)y * (size_t)s->width + (size_t)x] = on_ring(m, radius, px, py);
		}
	*place = (struct impression_place){ .label = *label, .wanted = 1, .x_px = (s->width - 1) / 2.0,
					    .y_px = (s->height - 1) / 2.0, .spacing_x_um = s->spacing_x_um,
					    .spacing_y_um = s->spacing_y_um };
}

void marked_signature(const struct marked *m, const char *id, struct signature *out)
{
	struct impression_place place;
	struct surface s;
	uint8_t *label;
	struct error e;

	marked_surface(m, &s);
	marked_place(m, &s, &place, &label);
	memset(out, 0, sizeof *out);
	ck_assert_msg(impression_sign(&s, &place, MARK_BREECH_FACE, out, &e) == 0, "%s", e.text);
	ck_assert_int_eq(signature_set(out, META_ID, id, &e), 0);
	free(label);
	surface_free(&s);
}

void marked_small(uint64_t seed, int side, unsigned layers, struct signature *out)
{
	struct error e;
	struct dice d;

	dice_seed(&d, seed);
	memset(out, 0, sizeof *out);
	out->mark = MARK_BREECH_FACE;
	out->step_um = 20;
	ck_assert_int_eq(signature_room(out, side, side, layers, &e), 0);
	for (int i = 0; i < side * side; i++) {
		out->on[i] = dice_unit(&d) < .8;
		for (int k = 0; k < LAYERS; k++)
			if (out->layer[k] && out->on[i])
				out->layer[k][i] = (int16_t)dice_range(&d, -SIGNATURE_LIMIT - .999, SIGNATURE_LIMIT + .999);
	}
	for (int k = 0; k < LAYERS; k++)
		for (int w = 0; out->layer[k] && w < CODE_WORDS; w++) {
			out->code[k].on[w] = dice_next(&d);
			out->code[k].bit[w] = dice_next(&d) & out->code[k].on[w];
		}
	if (out->layer[LAYER_RELIEF] && side > 1) {
		struct fine_code fine;

		for (int w = 0; w < FINE_WORDS; w++) {
			fine.on[w] = dice_next(&d);
			fine.bit[w] = dice_next(&d) & fine.on[w];
		}
		ck_assert_int_eq(signature_fine_code(out, &fine, &e), 0);
	}
	ck_assert_int_eq(signature_set(out, META_ID, "S1", &e), 0);
	ck_assert_int_eq(signature_set(out, META_CALIBRE, "9 mm Luger", &e), 0);
}

void marked_file(const struct signature *s, int count, struct buf *out)
{
	struct frame_writer w;
	char *bytes = NULL;
	size_t size = 0;
	FILE *file = open_memstream(&bytes, &size);
	struct error e;

	ck_assert_ptr_nonnull(file);
	frame_writer_start(&w, file);
	for (int i = 0; i < count; i++) {
		struct buf frame = { 0 };

		ck_assert_msg(frame_pack(&s[i], &frame, &e) == 0, "%s", e.text);
		ck_assert_int_eq(frame_write(&w, &frame, &e), 0);
		buf_free(&frame);
	}
	ck_assert_int_eq(frame_finish(&w, &e), 0);
	fclose(file);
	ck_assert_int_eq(buf_add(out, bytes, size, &e), 0);
	free(bytes);
}
