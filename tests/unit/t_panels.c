/* t_panels.c - tests of report/draw, report/shade and report/panels: what is drawn is where it belongs */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "report/draw.h"
#include "report/panels.h"

Suite *t_panels(void);

static const unsigned char *pixel(const unsigned char *rgb, int width, int x, int y)
{
	return rgb + 3 * (y * width + x);
}

START_TEST(shapes)
{
	static const unsigned char patch[] = { 1, 2, 3, 4, 5, 6 };
	static const double line[2][2] = { { 0, 20.5 }, { 40, 20.5 } };
	struct draw *d = draw_new(40, 30, NULL);
	unsigned char *rgb;
	struct error e;

	ck_assert_ptr_nonnull(d);
	draw_box(d, 10, 10, 5, 5, 0xff8040);
	draw_edge(d, line, 2, false, 1, 0x0000ff);
	draw_pixels(d, 38, 0, 2, 1, patch);
	draw_pixels(d, 39, 29, 2, 1, patch);   /* half of it outside */
	draw_pixels(d, -1, -1, 2, 1, patch);
	ck_assert(!draw_finish(d, &rgb, &e));
	ck_assert_mem_eq(pixel(rgb, 40, 0, 0), "\xff\xff\xff", 3);
	ck_assert_mem_eq(pixel(rgb, 40, 12, 12), "\xff\x80\x40", 3);
	ck_assert_mem_eq(pixel(rgb, 40, 20, 20), "\x00\x00\xff", 3);
	ck_assert_mem_eq(pixel(rgb, 40, 38, 0), "\1\2\3", 3);
	ck_assert_mem_eq(pixel(rgb, 40, 39, 0), "\4\5\6", 3);
	ck_assert_mem_eq(pixel(rgb, 40, 39, 29), "\1\2\3", 3);
	free(rgb);
	draw_free(d);
	ck_assert_ptr_null(draw_new(0, 5, &e));
	ck_assert_ptr_null(draw_new(5, DRAW_SIDE_MOST + 1, &e));
}
END_TEST

/* Damaged UTF-8 does not end the drawing. */
START_TEST(words)
{
	const struct draw_type type = { 12, true, 0, 2, 0xffff00 };
	struct draw *d = draw_new(100, 30, NULL);
	unsigned char *rgb;
	struct error e;

	draw_words(d, 5, 20, "a\xff\xc3", &type, DRAW_BEGIN);
	draw_words(d, 95, 20, "", &type, DRAW_END);
	draw_box(d, 0, 0, 2, 2, 0x102030);
	ck_assert_msg(!draw_finish(d, &rgb, &e), "%s", e.text);
	ck_assert_mem_eq(rgb, "\x10\x20\x30", 3);
	free(rgb);
	draw_free(d);
}
END_TEST

/* A hill is bright where it faces the light: left under a light from the left, right under one from the right. */
START_TEST(light)
{
	static const struct shade_light left = { 270, 40 }, right = { 90, 40 }, above = { 0, 40 };
	static const float v[] = { 0, 1, 2, 1, 0 }, column[] = { 2, 1, 0 };
	static const uint8_t on[] = { 1, 1, 1, 1, 0 };
	unsigned char rgb[15];

	shade_relief(v, on, 5, 1, 1, &left, rgb);
	ck_assert_int_gt(rgb[3], rgb[9]);
	ck_assert_int_eq(rgb[12], SHADE_NOTHING >> 16);
	shade_relief(v, on, 5, 1, 1, &right, rgb);
	ck_assert_int_lt(rgb[3], rgb[9]);
	/* falls towards the bottom: turned away from a light at the top */
	shade_relief(column, on, 1, 3, 1, &above, rgb);
	ck_assert_int_lt(rgb[3], 150);
	shade_relief(v + 2, on + 2, 1, 1, 1, &above, rgb);
	ck_assert_int_gt(rgb[0], 150);
}
END_TEST

/* A ring light leaves the level dark, whichever way slopes run; what was not compared is pale. */
START_TEST(ring)
{
	static const uint8_t on[] = { 1, 1, 1, 1, 1, 1, 1, 1, 0 }, region[] = { 1, 1, 1, 1, 1, 1, 1, 0, 0 };
	static const float v[] = { 0, 0, 0, 2, 4, 2, 0, 0, 0 };
	unsigned char row[27], column[27];

	ck_assert(!shade_ring(v, on, NULL, 9, 1, 0, row, NULL));
	ck_assert_int_lt(row[0], 100);
	ck_assert_int_gt(row[9], 130);
	ck_assert_int_eq(row[9], row[15]);
	ck_assert_int_eq(row[24], SHADE_NOTHING >> 16);
	ck_assert(!shade_ring(v, on, NULL, 1, 9, 0, column, NULL));
	ck_assert_mem_eq(row, column, sizeof row);
	/* within reach the top of the hill, which is level, is bright, too */
	ck_assert_int_lt(row[12], 100);
	ck_assert(!shade_ring(v, on, region, 9, 1, 1, row, NULL));
	ck_assert_int_gt(row[12], 130);
	ck_assert_int_lt(row[0], 100);
	shade_pale(region, 9, row);
	ck_assert_int_lt(row[0], 100);
	ck_assert_int_gt(row[21], 100);
	ck_assert_int_eq(row[24], SHADE_NOTHING >> 16);
}
END_TEST

START_TEST(shrunk)
{
	unsigned char rgb[4 * 2 * 3];

	for (int i = 0; i < 8; i++)
		rgb[3 * i] = rgb[3 * i + 1] = rgb[3 * i + 2] = (unsigned char)(10 * i);
	panels_shrink(rgb, 4, 2, 2);
	ck_assert_int_eq(rgb[0], (0 + 10 + 40 + 50) / 4);
	ck_assert_int_eq(rgb[3], (20 + 30 + 60 + 70) / 4);
}
END_TEST

START_TEST(colours)
{
	static const float v[] = { -3, 0, 3 }, w[] = { -1, 0, 1 };
	static const uint8_t on[] = { 1, 1, 1 };
	unsigned char rgb[9];

	shade_brightness(v, on, 3, 1, rgb);
	ck_assert_int_eq(rgb[0], 0);
	ck_assert_int_eq(rgb[3], 128);
	ck_assert_int_eq(rgb[6], 255);
	shade_agreement(w, on, 3, 1, rgb);
	ck_assert_int_gt(rgb[0], rgb[2]);
	ck_assert_int_gt(rgb[4], 240);
	ck_assert_int_lt(rgb[6], rgb[8]);
}
END_TEST

/* A sheet of two plain marks, one dark and one bright. */
static void plain(struct panels *s, int width, int height)
{
	static const char *const line[] = { "one", "two" };
	int panel = panels_side(width, height);
	float *dark = mem_new((size_t)panel * (size_t)panel, sizeof *dark, NULL);
	float *bright = mem_new((size_t)panel * (size_t)panel, sizeof *bright, NULL);
	uint8_t *on = mem_new((size_t)panel * (size_t)panel, 1, NULL);

	memset(on, 1, (size_t)panel * (size_t)panel);
	for (int i = 0; i < panel * panel; i++) {
		dark[i] = -2.5f;
		bright[i] = 2.5f;
	}
	*s = (struct panels){ .width = width, .height = height, .step_um = 10, .upright = true, .cut = panel / 2,
			     .mark = { { "Probe", "probe", PANELS_BRIGHT, 1, { dark, on, NULL }, { dark, on, NULL } },
				       { "Candidate", "candidate", PANELS_BRIGHT, 1, { bright, on, NULL }, { bright, on, NULL } } },
			     .near_x = panel * 3.0 / 8, .near_y = panel * 3.0 / 8,
			     .agree = bright, .agree_on = on, .heading = "both", .line = line, .lines = 2 };
}

static void plain_free(struct panels *s)
{
	free((void *)(uintptr_t)s->mark[0].all.v);
	free((void *)(uintptr_t)s->mark[1].all.v);
	free((void *)(uintptr_t)s->mark[0].all.on);
}

START_TEST(places)
{
	static const int size[][2] = { { 1200, 600 }, { PANELS_WIDTH_LEAST, PANELS_HEIGHT_LEAST }, { 480, 4096 }, { 2000, 240 } };
	int width = size[_i][0], height = size[_i][1], panel = panels_side(width, height), gap = (width - 3 * panel) / 4;
	struct panels_cell cell = { { { { 5, 5 }, { 30, 5 }, { 30, 30 }, { 5, 30 } },
				     { { 5, 5 }, { 30, 5 }, { 30, 30 }, { 5, 30 } } }, 11 };
	unsigned char *rgb, *split;
	struct error e;
	struct panels s;
	int y;

	plain(&s, width, height);
	s.cell = &cell;
	s.cells = 1;
	ck_assert_int_eq(panel % 2, 0);
	ck_assert_int_gt(panel, 60);
	ck_assert(!panels_make(&s, &rgb, &e));
	y = height < 4096 ? height / 3 : panel / 2;
	ck_assert_int_eq(*pixel(rgb, width, gap + panel / 2, y), 0);
	ck_assert_int_eq(*pixel(rgb, width, 2 * gap + panel + panel / 2, y), 255);
	ck_assert_int_eq(*pixel(rgb, width, 3 * gap + 2 * panel + panel / 4, y), 0);
	ck_assert_int_eq(*pixel(rgb, width, 3 * gap + 2 * panel + panel * 3 / 4, y), 255);
	/* and twice as large, left of the map and what its colours mean: its left half is the probe */
	if (width == 1200) {
		int x = width - gap - panel, found = 0;

		for (int i = 0; i < panel; i++)
			found += !*pixel(rgb, width, x - i, height - panel / 4) && *pixel(rgb, width, x - i, height - 1) == 255;
		ck_assert_int_gt(found, panel / 8);
	}
	free(rgb);
	ck_assert(!panels_split(&s, &split, &e));
	ck_assert_int_eq(*pixel(split, panel, panel / 2 - 1, 0), 0);
	ck_assert_int_eq(*pixel(split, panel, panel / 2, 0), 255);
	free(split);
	s.upright = false;
	ck_assert(!panels_split(&s, &split, &e));
	ck_assert_int_eq(*pixel(split, panel, 0, panel / 2 - 1), 0);
	ck_assert_int_eq(*pixel(split, panel, 0, panel / 2), 255);
	free(split);
	plain_free(&s);
}
END_TEST

Suite *t_panels(void)
{
	Suite *s = suite_create("panels");
	TCase *nominal = tcase_create("nominal");

	tcase_add_test(nominal, shapes);
	tcase_add_test(nominal, words);
	tcase_add_test(nominal, light);
	tcase_add_test(nominal, ring);
	tcase_add_test(nominal, shrunk);
	tcase_add_test(nominal, colours);
	tcase_add_loop_test(nominal, places, 0, 4);
	suite_add_tcase(s, nominal);
	return s;
}
