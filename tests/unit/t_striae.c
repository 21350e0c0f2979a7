/* t_striae.c - tests of report/striae, report/phases and report/bullets: what is drawn is where it belongs */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "report/bullets.h"
#include "report/panels.h"
#include "report/striae.h"

Suite *t_striae(void);

#define N 300

static float dark[N], bright[N], wave[N];
static uint8_t on[N], half[N];

static struct striae made(int width, int height)
{
	static const char *const line[] = { "one", "two" };
	struct striae s = { .width = width, .height = height, .n = N, .step_um = 2, .unit = "\xc2\xb5m", .heading = "both",
			    .light = { 270, 40 }, .line = line, .lines = 2, .agree = bright, .agree_on = half };

	for (int i = 0; i < N; i++) {
		dark[i] = -2.5f;
		bright[i] = 2.5f;
		wave[i] = (float)sin(i / 9.0);
		on[i] = 1;
		half[i] = i < N / 2;
	}
	for (int k = 0; k < 2; k++) {
		s.strip[k] = (struct striae_strip){ k ? "Candidate" : "Probe", k ? "candidate" : "probe", false, 1,
						    k ? bright : dark, k ? half : on, 1, 2 };
		s.profile[k] = wave;
		s.profile_on[k] = k ? half : on;
	}
	return s;
}

static unsigned char at(const unsigned char *rgb, int width, int x, int y)
{
	return rgb[3 * (y * width + x)];
}

/* The probe above, the candidate below where it is; each strip in its own half. */
START_TEST(strips)
{
	struct striae s = made(600, 300);
	unsigned char *rgb;

	ck_assert(!striae_strips(&s, -1, 150, 40, &rgb, NULL));
	ck_assert_int_eq(at(rgb, 150, 75, 10), 0);
	ck_assert_int_eq(at(rgb, 150, 30, 30), 255);
	ck_assert_int_eq(at(rgb, 150, 120, 30), SHADE_NOTHING >> 16);
	free(rgb);
	ck_assert(!striae_strips(&s, 1, 700, 10, &rgb, NULL));
	ck_assert_int_eq(at(rgb, 700, 300, 5), 255);
	ck_assert_int_eq(at(rgb, 700, 400, 5), SHADE_NOTHING >> 16);
	free(rgb);
}
END_TEST

/* Rows of a scan lie true to scale about the middle, and what is beyond them is nothing. */
START_TEST(rows)
{
	float v[10 * N];
	uint8_t all[10 * N];
	struct striae s = made(600, 300);
	unsigned char *rgb;

	memset(all, 1, sizeof all);
	for (int i = 0; i < 10 * N; i++)
		v[i] = i / N < 5 ? -2.5f : 2.5f;
	s.strip[0].v = v;
	s.strip[0].on = all;
	s.strip[0].rows = 10;
	s.strip[0].row_um = 4;
	/* a pixel is 2 um: 20 of them hold the rows */
	ck_assert(!striae_strips(&s, 0, N, 40, &rgb, NULL));
	ck_assert_int_eq(at(rgb, N, 9, 5), SHADE_NOTHING >> 16);
	ck_assert_int_eq(at(rgb, N, 9, 14), 0);
	ck_assert_int_eq(at(rgb, N, 9, 25), 255);
	ck_assert_int_eq(at(rgb, N, 9, 35), SHADE_NOTHING >> 16);
	free(rgb);
}
END_TEST

/* All sizes that are allowed are drawn, with the bullets' table and without. */
START_TEST(sheets)
{
	static const int size[][2] = { { 1200, 600 }, { PANELS_WIDTH_LEAST, PANELS_HEIGHT_LEAST }, { 480, 2000 }, { 2000, 240 } };
	static const double score[] = { 1, NAN, 2, 40 }, sum[] = { 20, 1, 0, 0 };
	static const int partner[] = { 0, 1 };
	const struct phases phases = { 2, score, partner, sum, 0 };
	int width = size[_i][0], height = size[_i][1], blue = 0;
	struct striae s = made(width, height);
	unsigned char *rgb, *table;

	ck_assert(!striae_make(&s, &rgb, NULL));
	for (int x = 0; x < width; x++)
		ck_assert_int_eq(at(rgb, width, x, height - 1), 255);
	s.phases = &phases;
	ck_assert(!striae_make(&s, &table, NULL));
	ck_assert(memcmp(rgb, table, (size_t)width * (size_t)height * 3));
	/* the pair that scores 40 is as dark as can be */
	for (int i = 0; i < width * height; i++)
		blue += table[3 * i] == 0x0b && table[3 * i + 1] == 0x4f && table[3 * i + 2] == 0x9e;
	ck_assert_int_gt(blue, 100);
	free(rgb);
	free(table);
}
END_TEST

/* How many points have a colour, between two columns. */
static int count(const unsigned char *rgb, int width, int height, int from, int to, unsigned colour)
{
	int found = 0;

	for (int i = 0; i < width * height; i++)
		found += i % width >= from && i % width < to && (unsigned)(rgb[3 * i] << 16 | rgb[3 * i + 1] << 8 |
								      rgb[3 * i + 2]) == colour;
	return found;
}

/* Segments stand where they belong: those that were found are dark, and pale behind the curves; the others are grey. */
START_TEST(segments)
{
	static const struct striae_segment segment[] = { { 0, 300, 1 }, { 300, 450, 0 }, { 450, 600, 2 } };
	enum { WIDTH = 1200, HEIGHT = 600 };
	struct striae s = made(WIDTH, HEIGHT);
	unsigned char *rgb;
	int left = 39, wide = 1137;

	ck_assert(!striae_make(&s, &rgb, NULL));
	ck_assert_int_eq(count(rgb, WIDTH, HEIGHT, 0, WIDTH, 0xe3edf8), 0);
	free(rgb);
	s.segment = segment;
	s.segments = 3;
	ck_assert(!striae_make(&s, &rgb, NULL));
	ck_assert_int_gt(count(rgb, WIDTH, HEIGHT, left, left + wide / 2, 0xe3edf8), 20000);
	ck_assert_int_eq(count(rgb, WIDTH, HEIGHT, left + wide / 2 + 2, left + wide * 3 / 4 - 2, 0xe3edf8), 0);
	ck_assert_int_gt(count(rgb, WIDTH, HEIGHT, left + wide * 3 / 4, WIDTH, 0xe3edf8), 10000);
	ck_assert_int_gt(count(rgb, WIDTH, HEIGHT, left, left + wide / 2, 0x2f6fb5), 3000);
	ck_assert_int_eq(count(rgb, WIDTH, HEIGHT, left + wide / 2 + 2, left + wide * 3 / 4 - 2, 0x2f6fb5), 0);
	ck_assert_int_gt(count(rgb, WIDTH, HEIGHT, left + wide / 2 + 2, left + wide * 3 / 4 - 2, 0xc2c2c8), 1000);
	free(rgb);
}
END_TEST

START_TEST(bullets)
{
	static const double score[] = { 40, 0, NAN, 0 }, sum[] = { 20, 0, 0, 0 };
	static const int partner[] = { 0, 1 };
	static const char *const line[] = { "one" };
	const struct phases phases = { 2, score, partner, sum, 0 };
	struct striae s = made(600, 300);
	const struct bullets_pair pair[] = { { { "1-1", "score 40", NULL }, &s }, { { "2-2", "missing", NULL }, NULL } };
	const struct bullets b = { 600, 300, &phases, pair, 2, "heading", line, 1 };
	unsigned char *rgb;
	int black = 0, nothing = 0;

	ck_assert(!bullets_make(&b, &rgb, NULL));
	for (int y = 0; y < 300; y++)
		for (int x = 400; x < 560; x++) {
			black += !at(rgb, 600, x, y);
			nothing += at(rgb, 600, x, y) == SHADE_NOTHING >> 16;
		}
	ck_assert_int_gt(black, 160 * 30);
	ck_assert_int_gt(nothing, 160 * 60);
	free(rgb);
}
END_TEST

Suite *t_striae(void)
{
	Suite *s = suite_create("striae");
	TCase *nominal = tcase_create("nominal");

	tcase_add_test(nominal, strips);
	tcase_add_test(nominal, rows);
	tcase_add_loop_test(nominal, sheets, 0, 4);
	tcase_add_test(nominal, segments);
	tcase_add_test(nominal, bullets);
	suite_add_tcase(s, nominal);
	return s;
}
