/* t_region.c - tests of prep/region: primer, ring and firing pin found, kept, given, refused */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "made_head.h"
#include "make/case.h"
#include "make/dice.h"
#include "prep/region.h"

static void find(const struct surface *s, struct region *r)
{
	struct error e;

	ck_assert_msg(region_find(s, NULL, r, &e) == STATUS_DONE, "%s", e.text);
}

/* Fails unless the surface is refused with these words; frees it. */
static void refused(struct surface *s, const char *words)
{
	struct region r;
	struct error e;
	int status = region_find(s, NULL, &r, &e);

	ck_assert_msg(status == STATUS_INPUT, "not refused (%s): %s", words, status ? e.text : r.note);
	ck_assert_msg(strstr(e.text, words) != NULL, "'%s' is not in '%s'", words, e.text);
	ck_assert_ptr_null(r.label);
	surface_free(s);
}

/* Overlap of a label with the truth: intersection over union. */
static double overlap(const struct region *r, const struct made_head *m, int label)
{
	double both = 0, either = 0;

	for (int y = 0; y < r->height; y++)
		for (int x = 0; x < r->width; x++) {
			int is = r->label[(size_t)y * (size_t)r->width + (size_t)x] == label;
			int should = made_label(m, x, y) == label;

			both += is && should;
			either += is || should;
		}
	return either > 0 ? both / either : 1;
}

static void overlaps(const struct region *r, const struct made_head *m, double ring, double pin)
{
	ck_assert_msg(overlap(r, m, REGION_BREECH) >= ring, "ring %.3f, %s",
		      overlap(r, m, REGION_BREECH), r->note);
	ck_assert_msg(overlap(r, m, REGION_PIN) >= pin, "pin %.3f, %s", overlap(r, m, REGION_PIN),
		      r->note);
}

START_TEST(photograph)
{
	struct made_head m = MADE_HEAD;
	struct surface s;
	struct region r;

	made_photo(&m, &s);
	find(&s, &r);
	overlaps(&r, &m, 0.95, 0.93);
	ck_assert_double_eq_tol(r.ring.x, m.x, 2);
	ck_assert_double_eq_tol(r.ring.y, m.y, 2);
	ck_assert_double_eq_tol(r.ring.r, m.ring, 0.015 * m.ring);
	ck_assert_double_eq_tol(r.primer.r, m.primer, 0.012 * m.primer);
	ck_assert_double_eq_tol(r.pin.x, m.x + m.pin_x, 2);
	ck_assert_double_eq_tol(r.pin.y, m.y + m.pin_y, 2);
	ck_assert_double_eq_tol(r.pin.r, m.pin_a, 0.04 * m.pin_a);
	ck_assert_int_eq(r.way, REGION_FOUND);
	ck_assert_double_gt(r.quality, 90);
	ck_assert_double_eq_tol(region_spacing_um(&r, 0), REGION_MOUTH_UM / 2.0 / m.primer, 0.15);
	ck_assert_double_eq_tol(region_spacing_um(&r, 5500), 5500 / 2.0 / m.primer, 0.17);
	region_free(&r);
	ck_assert_ptr_null(r.label);
	surface_free(&s);
}
END_TEST

/* Where, how large, how bright and how shaped a primer is must not matter. */
static struct made_head varied(int which)
{
	struct made_head m = MADE_HEAD;

	m.seed = 2 + (uint64_t)which;
	switch (which) {
	case 0: m.x = 200; m.y = 260; break;                            /* cut by the frame */
	case 1: m.ring = 70; m.primer = 105; m.pin_x = 6; m.pin_y = 4; m.pin_a = m.pin_b = 30; break;
	case 2: m.ring = 190; m.primer = 260; m.pin_a = m.pin_b = 90; break;  /* too near */
	case 3: m.primer = 160; m.bright = 0.4; m.noise = 1; break;
	case 4: m.bright = 1.5; break;
	case 5: m.gamma = 0.5; break;
	case 6: m.gamma = 1.8; m.noise = 2; break;
	case 7: m.pin_a = 62; m.pin_b = 42; m.pin_turn = 0.7; break;
	case 8: m.drag = 0.5; break;
	case 9: m.pin_x = -60; m.pin_y = 10; break;
	default:
		m = (struct made_head){ 1501, 1100, 760.5, 560, 330, 480, 60, 30, 150, 150, 0, 0, 0, 1, 1, 6, 0, 0,
					12.5, 11 };
	}
	return m;
}

START_TEST(photograph_varied)
{
	struct made_head m = varied(_i);
	struct surface s;
	struct region r;

	made_photo(&m, &s);
	find(&s, &r);
	overlaps(&r, &m, 0.93, 0.88);
	region_free(&r);
	surface_free(&s);
}
END_TEST

START_TEST(photograph_turned)
{
	struct made_head m = MADE_HEAD;
	struct surface s;
	struct region straight, turned;
	double both = 0, either = 0;

	m.drag = 0.4;
	made_photo(&m, &s);
	find(&s, &straight);
	made_quarter_turn(&s);
	find(&s, &turned);
	for (int y = 0; y < straight.height; y++)
		for (int x = 0; x < straight.width; x++) {
			int a = straight.label[(size_t)y * (size_t)straight.width + (size_t)x];
			int b = turned.label[(size_t)x * (size_t)turned.width +
					     (size_t)(straight.height - 1 - y)];

			both += a && a == b;
			either += a || b;
		}
	ck_assert_msg(both / either > 0.98, "%.3f", both / either);
	region_free(&straight);
	region_free(&turned);
	surface_free(&s);
}
END_TEST

START_TEST(topography)
{
	struct made_head m = MADE_HEAD;
	struct surface s;
	struct region r;

	m.noise = 1;
	m.tilt = _i == 1 ? 0.05 : 0;
	m.lost = _i == 2 ? 0.5 : 0;
	m.flowback = _i == 3 ? 75 : 0;
	made_relief(&m, &s);
	find(&s, &r);
	overlaps(&r, &m, _i == 3 ? 0.86 : 0.92, 0.86);
	if (_i == 3)
		ck_assert_msg(overlap(&r, &m, REGION_FLOWBACK) > 0.75, "%.3f",
			      overlap(&r, &m, REGION_FLOWBACK));
	ck_assert_double_eq_tol(r.ring.x, m.x, 3);
	ck_assert_double_eq_tol(r.ring.r, m.ring, 0.03 * m.ring);
	region_free(&r);
	surface_free(&s);
}
END_TEST

/* Keeps only the points for which keep() is true. */
static void mask(struct surface *s, const struct made_head *m, int half, double inner, double inner_x)
{
	s->valid = 0;
	for (int y = 0; y < s->height; y++)
		for (int x = 0; x < s->width; x++) {
			size_t i = (size_t)y * (size_t)s->width + (size_t)x;

			if (hypot(x - m->x, y - m->y) >= m->ring ||
			    hypot(x - m->x - inner_x, y - m->y) < inner || (half && x > m->x + 10))
				s->z[i] = NAN;
			s->valid += !isnan(s->z[i]);
		}
}

START_TEST(masked_scan)
{
	struct made_head m = MADE_HEAD;
	struct surface s;
	struct region r;

	m.noise = 1;
	made_relief(&m, &s);
	/* a ring; half of one; a crescent, whose hole is open */
	mask(&s, &m, _i == 1, _i == 2 ? 100 : 80, _i == 2 ? 40 : 10);
	find(&s, &r);
	ck_assert_int_eq(r.way, REGION_MASKED);
	ck_assert_uint_eq(r.breech, s.valid);
	for (size_t i = 0; i < (size_t)s.width * (size_t)s.height; i++)
		ck_assert_int_eq(r.label[i] == REGION_BREECH, !isnan(s.z[i]));
	ck_assert_double_eq_tol(r.ring.x, m.x, 1.5);
	ck_assert_double_eq_tol(r.ring.y, m.y, 1.5);
	ck_assert_double_eq_tol(r.ring.r, m.ring, 2);
	ck_assert_double_eq_tol(r.pin.x, m.x + (_i == 2 ? 40 : 10), 3);
	ck_assert_double_eq_tol(r.pin.r, _i == 2 ? 100 : 80, 3);
	if (_i == 0)
		ck_assert_int_eq(r.label[(size_t)m.y * (size_t)s.width + (size_t)m.x], REGION_PIN);
	region_free(&r);
	surface_free(&s);
}
END_TEST

/* The mask of a scan is kept, whole, and its ring known; frees the scan. */
static void assert_masked(struct surface *s, const struct made_head *m)
{
	struct region r;

	find(s, &r);
	ck_assert_int_eq(r.way, REGION_MASKED);
	ck_assert_uint_eq(r.breech, s->valid);
	ck_assert_double_eq_tol(r.ring.x, m->x, 3);
	ck_assert_double_eq_tol(r.ring.y, m->y, 3);
	ck_assert_double_eq_tol(r.ring.r, m->ring, 4);
	region_free(&r);
	surface_free(s);
}

/* A ring, and half of one, of which points are missing everywhere. */
START_TEST(masked_with_gaps)
{
	static const int percent[] = { 20, 40, 60 };
	struct made_head m = MADE_HEAD;
	uint64_t state = 1;
	struct surface s;

	m.noise = 1;
	made_relief(&m, &s);
	mask(&s, &m, _i % 2, 80, 10);
	s.valid = 0;
	for (size_t i = 0; i < (size_t)s.width * (size_t)s.height; i++) {
		state = state * UINT64_C(6364136223846793005) + 1442695040888963407u;
		if ((int)(state >> 33) % 100 < percent[_i / 2])
			s.z[i] = NAN;
		s.valid += !isnan(s.z[i]);
	}
	assert_masked(&s, &m);
}
END_TEST

/* The same, but points are missing in gaps of many. */
START_TEST(masked_with_wide_gaps)
{
	struct made_head m = MADE_HEAD;
	uint64_t state = 1;
	struct surface s;

	m.noise = 1;
	made_relief(&m, &s);
	mask(&s, &m, _i == 1, 80, 10);
	for (int gap = 0; gap < 1400; gap++) {
		int x, y;

		state = state * UINT64_C(6364136223846793005) + 1442695040888963407u;
		x = (int)(state >> 33) % s.width;
		y = (int)(state >> 13 & 0xfffff) % s.height;
		for (int k = 0; k < 9 * 9; k++) {
			int px = x + k % 9 - 4, py = y + k / 9 - 4;
			bool in = px >= 0 && py >= 0 && px < s.width && py < s.height && hypot(px - x, py - y) < 4.5;
			size_t i = (size_t)py * (size_t)s.width + (size_t)px;

			if (in && !isnan(s.z[i])) {
				s.z[i] = NAN;
				s.valid--;
			}
		}
	}
	assert_masked(&s, &m);
}
END_TEST

/* The frame cuts a masked ring on all sides, so that little of its edge is seen. */
START_TEST(masked_and_cut)
{
	struct made_head m = MADE_HEAD;
	struct surface s;

	m.noise = 1;
	m.width = m.height = 200;
	m.x = m.y = 100;
	m.seed += (uint64_t)_i;
	made_relief(&m, &s);
	mask(&s, &m, 0, 80 - 10 * _i, 10);
	assert_masked(&s, &m);
}
END_TEST

/* Points are lost where drop() says so. */
static void lose(struct surface *s, const struct made_head *m, bool (*drop)(const struct made_head *m, double x, double y))
{
	for (int y = 0; y < s->height; y++)
		for (int x = 0; x < s->width; x++) {
			size_t i = (size_t)y * (size_t)s->width + (size_t)x;

			if (!isnan(s->z[i]) && drop(m, x, y)) {
				s->z[i] = NAN;
				s->valid--;
			}
		}
}

static bool round_the_primer(const struct made_head *m, double x, double y)
{
	return hypot(x - m->x, y - m->y) > 1.06 * m->ring;
}

static bool round_the_flowback(const struct made_head *m, double x, double y)
{
	return fabs(hypot(x - m->x - m->pin_x, y - m->y - m->pin_y) - m->flowback) < 3;
}

/* A scan that lost all that is steep, and so all that is round the primer, is not one that was masked: impression
 * and flow-back are still there. */
START_TEST(steep_places_lost)
{
	struct made_head m = MADE_HEAD;
	struct surface s;
	struct region r;

	m.noise = 1;
	m.lost = 0.4;
	m.flowback = _i ? 75 : 0;
	made_relief(&m, &s);
	lose(&s, &m, round_the_primer);
	find(&s, &r);
	ck_assert_int_eq(r.way, REGION_FOUND);
	overlaps(&r, &m, 0.84, 0.84);
	ck_assert(!_i || overlap(&r, &m, REGION_FLOWBACK) > 0.7);
	region_free(&r);
	surface_free(&s);
}
END_TEST

/* What flowed back into a wide hole is as flat as the ring, and a lost step round it looks like a primer's edge in a
 * frame that does not show much more; but no primer is so small. */
START_TEST(no_primer_so_small)
{
	struct made_head m = MADE_HEAD;
	struct surface s;
	struct region r;

	m.noise = 1;
	m.lost = 0.4;
	m.width = m.height = 300;
	m.x = m.y = 150;
	m.pin_x = m.pin_y = 0;
	m.flowback = 98;
	made_relief(&m, &s);
	lose(&s, &m, round_the_flowback);
	find(&s, &r);
	ck_assert_double_eq_tol(r.ring.r, m.ring, 0.05 * m.ring);
	ck_assert_double_gt(overlap(&r, &m, REGION_BREECH), 0.65);
	region_free(&r);
	surface_free(&s);
}
END_TEST

/* Where the frame ends within the pocket's mouth, a groove beside the ring is not taken for it. */
START_TEST(spacing_of_a_narrow_frame)
{
	struct region r = { .width = 1500, .height = 1500, .ring = { 750, 750, 700 }, .primer = { 750, 750, 800 } };

	ck_assert_double_eq_tol(region_spacing_um(&r, 0), 1650 / 700.0, 0.01);
	/* the whole mouth would be in this frame; and there is one at the usual place, cut by the frame */
	r.width = r.height = 2600;
	r.ring.x = r.ring.y = r.primer.x = r.primer.y = 1300;
	ck_assert_double_eq_tol(region_spacing_um(&r, 0), REGION_MOUTH_UM / 1600.0, 0.01);
	r = (struct region){ .width = 1500, .height = 1500, .ring = { 750, 750, 700 }, .primer = { 750, 750, 900 } };
	ck_assert_double_eq_tol(region_spacing_um(&r, 0), REGION_MOUTH_UM / 1800.0, 0.01);
}
END_TEST

START_TEST(mask_given)
{
	struct made_head m = MADE_HEAD;
	struct surface s;
	struct region r;
	struct error e;
	uint8_t *given;

	made_photo(&m, &s);
	given = calloc((size_t)s.width, (size_t)s.height);
	ck_assert_ptr_nonnull(given);
	ck_assert_int_eq(region_from_mask(&s, given, NULL, &r, &e), STATUS_INPUT);
	ck_assert_ptr_nonnull(strstr(e.text, "empty"));
	for (int y = 0; y < s.height; y++)
		for (int x = 0; x < s.width; x++)
			if (made_label(&m, x, y) == REGION_BREECH)
				given[(size_t)y * (size_t)s.width + (size_t)x] = 255;
	ck_assert_msg(region_from_mask(&s, given, NULL, &r, &e) == STATUS_DONE, "%s", e.text);
	for (size_t i = 0; i < (size_t)s.width * (size_t)s.height; i++)
		ck_assert_int_eq(r.label[i] == REGION_BREECH, given[i] >= 128);
	ck_assert_int_eq(r.way, REGION_GIVEN_MASK);
	ck_assert_double_eq_tol(r.ring.r, m.ring, 1.5);
	ck_assert_double_eq_tol(r.pin.r, m.pin_a, 1.5);
	ck_assert_double_gt(r.focus, 0.5);
	region_free(&r);
	/* a mask that is no ring */
	for (int y = 0; y < s.height; y++)
		for (int x = 0; x < s.width; x++)
			given[(size_t)y * (size_t)s.width + (size_t)x] =
				x > 100 && x < 300 && y > 100 && y < 200 ? 255 : 0;
	ck_assert_msg(region_from_mask(&s, given, NULL, &r, &e) == STATUS_DONE, "%s", e.text);
	ck_assert_uint_eq(r.breech, 199 * 99);
	region_free(&r);
	free(given);
	surface_free(&s);
}
END_TEST

START_TEST(circle_given)
{
	struct made_head m = MADE_HEAD;
	struct surface s;
	struct region r;
	struct error e;
	static const double bad[][3] = { { 304, 221, 0 },	 { 304, 221, -5 },   { 304, 221, NAN },
					 { 304, 221, INFINITY }, { -500, 221, 100 }, { NAN, 221, 100 },
					 { 304, 1e300, 100 } };

	made_photo(&m, &s);
	ck_assert_msg(region_from_circle(&s, m.x + 4, m.y, m.ring - 10, NULL, &r, &e) == STATUS_DONE,
		      "%s", e.text);
	ck_assert_int_eq(r.way, REGION_GIVEN_CIRCLE);
	ck_assert_double_eq(r.ring.r, m.ring - 10);
	ck_assert_msg(overlap(&r, &m, REGION_PIN) > 0.9, "%.3f", overlap(&r, &m, REGION_PIN));
	region_free(&r);
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		ck_assert_int_eq(region_from_circle(&s, bad[i][0], bad[i][1], bad[i][2], NULL, &r, &e),
				 STATUS_INPUT);
		ck_assert_ptr_null(r.label);
	}
	/* only its corner is in the picture */
	ck_assert_int_eq(region_from_circle(&s, -80, -80, 100, NULL, &r, &e), STATUS_INPUT);
	surface_free(&s);
}
END_TEST

/* Pictures of something else. */
static float other(int kind, int x, int y, uint64_t *state)
{
	double r = hypot(x - 300, y - 225), n;

	*state = dice_mix(*state);
	n = dice_bell(*state);
	switch (kind) {
	case 0:
		return 128;
	case 1:
		return 255;
	case 2:
		return 0;
	case 3:
		return (float)(128 + 40 * n);
	case 4:
		return (float)(x * 255 / 600);
	case 5:
		return (x / 25 + y / 25) % 2 ? 220 : 30;
	case 6:
		return r < 150 ? 200 : 40;
	case 7:
		return (float)((r < 150 ? 160 : 60) + 8 * n);
	case 8:
		return r > 120 && r < 170 ? 20 : 210;
	case 9:
		return (int)(r / 30) % 2 ? 220 : 30;
	case 10:
		return (float)(255 - r / 2);
	case 11:
		return y / 11 % 2 && dice_mix((uint64_t)(x / 7) * 1000 + (uint64_t)(y / 11)) % 3 ? 20
												 : 245;
	default:
		return (float)(128 + 100 * sin(r / 10));
	}
}

START_TEST(something_else)
{
	struct surface s;
	uint64_t state = 5;

	made_blank(&s, 600, 450, 0);
	for (int y = 0; y < s.height; y++)
		for (int x = 0; x < s.width; x++) {
			float l = other(_i, x, y, &state);

			s.z[(size_t)y * (size_t)s.width + (size_t)x] = l < 0 ? 0 : l > 255 ? 255 : l;
		}
	/* clean drawings may look like a ring, but one without marks */
	refused(&s, _i == 6 || _i == 7 || _i == 8 || _i == 9 || _i == 12 ? "" : "no primer");
}
END_TEST

START_TEST(out_of_focus)
{
	struct made_head m = MADE_HEAD;
	struct surface s;

	made_photo(&m, &s);
	made_blur(&s, 5); /* of 12.7 um */
	refused(&s, "out of focus");
}
END_TEST

START_TEST(badly_exposed)
{
	struct made_head m = MADE_HEAD;
	struct surface s;

	m.bright = 6;
	made_photo(&m, &s);
	refused(&s, "overexposed");
	m.bright = 0.006;
	m.noise = 0;
	made_photo(&m, &s);
	refused(&s, "");
}
END_TEST

START_TEST(too_little)
{
	struct made_head m = MADE_HEAD;
	struct surface s;
	struct region_limits l = REGION_LIMITS_DEFAULT;
	struct region r;
	struct error e;

	made_blank(&s, 12, 500, 100);
	refused(&s, "too small");
	made_relief(&m, &s);
	for (size_t i = 0; i < (size_t)s.width * (size_t)s.height; i++)
		s.z[i] = NAN;
	s.valid = 0;
	refused(&s, "missing");
	/* a ring of few points */
	m = (struct made_head){ 90, 80, 45, 40, 22, 33, 2, 2, 9, 9, 0, 0, 0, 1, 1, 1, 0, 0, 0, 1 };
	made_photo(&m, &s);
	refused(&s, "");
	/* a sliver of a masked ring */
	m = (struct made_head)MADE_HEAD;
	made_relief(&m, &s);
	mask(&s, &m, 0, 120, 16);
	for (int y = 0; y < s.height; y++)
		for (int x = (int)m.x - 118; x < s.width; x++)
			s.z[(size_t)y * (size_t)s.width + (size_t)x] = NAN;
	s.valid = 0;
	for (size_t i = 0; i < (size_t)s.width * (size_t)s.height; i++)
		s.valid += !isnan(s.z[i]);
	refused(&s, "");
	/* what is enough is the caller's to say */
	m = (struct made_head)MADE_HEAD;
	made_photo(&m, &s);
	l.least_points = 1000000;
	ck_assert_int_eq(region_find(&s, &l, &r, &e), STATUS_INPUT);
	ck_assert_ptr_nonnull(strstr(e.text, "too little surface"));
	ck_assert_int_eq(region_find(&s, &l, &r, NULL), STATUS_INPUT);
	surface_free(&s);
}
END_TEST

/* Noise, a plane, a ball, steps: no topographies of primers. */
START_TEST(other_topographies)
{
	struct surface s;
	struct error e;
	uint64_t state = 9;

	ck_assert_int_eq(surface_new(&s, SURFACE_TOPOGRAPHY, 400, 400, &e), STATUS_DONE);
	s.spacing_x_um = s.spacing_y_um = 10;
	for (int y = 0; y < 400; y++)
		for (int x = 0; x < 400; x++) {
			double n, h;

			state = dice_mix(state);
			n = dice_bell(state);
			h = _i == 0   ? 30 * n
			    : _i == 1 ? n + 0.2 * x
			    : _i == 2 ? sqrt(fmax(0, 4e6 - 100.0 * ((x - 200) * (x - 200) +
								    (y - 200) * (y - 200))))
				      : (x / 40 % 2) * 50 + n;
			s.z[y * 400 + x] = (float)h;
		}
	s.valid = 400 * 400;
	refused(&s, "no primer");
}
END_TEST

/* Of any size and nonsense nothing crashes, and what is found lies within. */
START_TEST(any_size)
{
	uint64_t state = 12345 + (uint64_t)_i;
	struct surface s;
	struct region r;
	struct error e;
	int w, h;

	state = dice_mix(state);
	w = 16 + (int)(state % (_i % 3 ? 200 : 2500));
	h = 16 + (int)(state / 4096 % (_i % 3 == 1 ? 30 : 200));
	ck_assert_int_eq(surface_new(&s, _i % 2 ? SURFACE_TOPOGRAPHY : SURFACE_PHOTOGRAPH, w, h, &e),
			 STATUS_DONE);
	if (_i % 4 == 1) {
		s.spacing_x_um = 3;
		s.spacing_y_um = 40;
	}
	s.valid = 0;
	for (size_t i = 0; i < (size_t)w * (size_t)h; i++) {
		state = dice_mix(state);
		s.z[i] = (float)(state % 256);
		if (_i % 2 && state / 256 % 8 == 0)
			s.z[i] = _i % 8 == 3 ? INFINITY : NAN;
		s.valid += !isnan(s.z[i]);
	}
	if (region_find(&s, NULL, &r, &e) == STATUS_DONE)
		region_free(&r);
	else
		ck_assert_int_eq(e.status, STATUS_INPUT);
	if (region_from_circle(&s, w * 0.4, h * 0.6, w * 0.5, NULL, &r, &e) == STATUS_DONE)
		region_free(&r);
	surface_free(&s);
}
END_TEST

/* The data maker's, with its truth: pads, letters, lens, noise. */
START_TEST(made_cases)
{
	static const enum tool_kind tools[] = { TOOL_GRANULAR, TOOL_PARALLEL, TOOL_ARCHED,
						TOOL_TURNED };
	static const enum case_kind kinds[] = { CASE_PHOTO_RING, CASE_PHOTO_SIDE, CASE_TOPOGRAPHY };
	struct tool_wishes tw = TOOL_WISHES_DEFAULT;
	enum case_kind kind = kinds[_i / 4];
	struct case_wishes w;
	struct case_truth truth;
	struct tool tool;
	struct surface s;
	struct region r;
	struct error e;
	unsigned char *ring;
	double both = 0, either = 0;

	tw.kind = tools[_i % 4];
	tw.seed = 40 + (uint64_t)_i;
	case_defaults(&w, kind);
	w.seed = 7 + (uint64_t)_i;
	w.spacing_um = 8;
	w.width = 810;
	w.height = 640;
	w.decentre_um = 300;
	ck_assert_msg(tool_make(&tool, &tw, &e) == STATUS_DONE, "%s", e.text);
	ck_assert_msg(case_make(&tool, &w, &s, &truth, &e) == STATUS_DONE, "%s", e.text);
	find(&s, &r);
	ring = malloc((size_t)s.width * (size_t)s.height);
	ck_assert_ptr_nonnull(ring);
	case_mask(&truth, CASE_BREECH_FACE, s.width, s.height, ring);
	for (size_t i = 0; i < (size_t)s.width * (size_t)s.height; i++) {
		int is = r.label[i] == REGION_BREECH || r.label[i] == REGION_FLOWBACK;

		both += is && ring[i];
		either += is || ring[i];
	}
	ck_assert_msg(both / either > (kind == CASE_PHOTO_SIDE ? 0.75 : 0.9), "%.3f", both / either);
	free(ring);
	region_free(&r);
	surface_free(&s);
	tool_free(&tool);
}
END_TEST

/* A whole head under a light from the side, whose rim looks much like a primer's edge. */
START_TEST(a_head_is_no_primer)
{
	struct tool_wishes tw = TOOL_WISHES_DEFAULT;
	struct case_wishes w;
	struct case_truth truth;
	struct tool tool;
	struct surface s;
	struct region r;
	struct error e;

	tw.kind = TOOL_TURNED;
	tw.seed = 43;
	case_defaults(&w, CASE_PHOTO_SIDE);
	w.seed = 903;
	w.spacing_um = 13.2;
	w.width = 840;
	w.height = 800;
	w.decentre_um = 200;
	ck_assert_msg(tool_make(&tool, &tw, &e) == STATUS_DONE, "%s", e.text);
	ck_assert_msg(case_make(&tool, &w, &s, &truth, &e) == STATUS_DONE, "%s", e.text);
	find(&s, &r);
	ck_assert_double_eq_tol(r.ring.r, truth.ring_outer_px, 0.1 * truth.ring_outer_px);
	ck_assert_double_eq_tol(r.ring.x, truth.primer_x_px, 0.1 * truth.ring_outer_px);
	ck_assert_double_eq_tol(r.ring.y, truth.primer_y_px, 0.1 * truth.ring_outer_px);
	region_free(&r);
	surface_free(&s);
	tool_free(&tool);
}
END_TEST

Suite *t_region(void);
Suite *t_region(void)
{
	Suite *s = suite_create("region");
	TCase *c = tcase_create("region");

	tcase_set_timeout(c, 60);
	tcase_add_test(c, photograph);
	tcase_add_loop_test(c, photograph_varied, 0, 11);
	tcase_add_test(c, photograph_turned);
	tcase_add_loop_test(c, topography, 0, 4);
	tcase_add_loop_test(c, masked_scan, 0, 3);
	tcase_add_loop_test(c, masked_with_gaps, 0, 6);
	tcase_add_loop_test(c, masked_with_wide_gaps, 0, 2);
	tcase_add_loop_test(c, masked_and_cut, 0, 3);
	tcase_add_loop_test(c, steep_places_lost, 0, 2);
	tcase_add_test(c, no_primer_so_small);
	tcase_add_test(c, spacing_of_a_narrow_frame);
	tcase_add_test(c, mask_given);
	tcase_add_test(c, circle_given);
	tcase_add_loop_test(c, something_else, 0, 13);
	tcase_add_test(c, out_of_focus);
	tcase_add_test(c, badly_exposed);
	tcase_add_test(c, too_little);
	tcase_add_loop_test(c, other_topographies, 0, 4);
	tcase_add_loop_test(c, any_size, 0, 16);
	tcase_add_loop_test(c, made_cases, 0, 12);
	tcase_add_test(c, a_head_is_no_primer);
	suite_add_tcase(s, c);
	return s;
}
