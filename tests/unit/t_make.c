/* t_make.c - tests of the data maker: what the accuracy figures rest on */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/sum.h"
#include "file/data.h"
#include "make/case.h"
#include "make/dice.h"
#include "make/picture_out.h"
#include "make/placing.h"
#include "make/x3p_out.h"

static void make_tool(struct tool *t, enum tool_kind kind, uint64_t seed, double spacing_um)
{
	struct tool_wishes w = TOOL_WISHES_DEFAULT;
	struct error e;

	w.kind = kind;
	w.seed = seed;
	w.spacing_um = spacing_um;
	ck_assert_msg(tool_make(t, &w, &e) == STATUS_DONE, "%s", e.text);
}

static void make_case(struct surface *s, struct case_truth *truth, const struct tool *t,
		      const struct case_wishes *w)
{
	struct error e;

	ck_assert_msg(case_make(t, w, s, truth, &e) == STATUS_DONE, "%s", e.text);
}

static float at(const struct surface *s, int x, int y)
{
	if (x < 0 || y < 0 || x >= s->width || y >= s->height)
		return NAN;
	return s->z[(size_t)y * (size_t)s->width + (size_t)x];
}

/* Height over the mean of four points 9 points away: tilt and dome fall out. NaN where one is missing. */
static double detail(const struct surface *s, int x, int y)
{
	const int d = 9;

	return at(s, x, y) - .25 * (at(s, x - d, y) + at(s, x + d, y) + at(s, x, y - d) + at(s, x, y + d));
}

static double slope(const struct surface *s, int x, int y)
{
	return hypot(at(s, x + 1, y) - at(s, x - 1, y), at(s, x, y + 1) - at(s, x, y - 1));
}

struct sums {
	double n, a, b, aa, bb, ab;
};

static void sums_add(struct sums *s, double a, double b)
{
	s->n++;
	s->a += a;
	s->b += b;
	s->aa += a * a;
	s->bb += b * b;
	s->ab += a * b;
}

static double correlation(const struct sums *s)
{
	return (s->n * s->ab - s->a * s->b) /
	       sqrt((s->n * s->aa - s->a * s->a) * (s->n * s->bb - s->b * s->b));
}

/* The point of picture b that shows what a shows at x, y, after the truth of both. mirror: as if
 * b's tool frame were a mirror image. */
static void over(const struct case_truth *a, const struct case_truth *b, bool mirror, int x, int y,
		 double *bx, double *by)
{
	struct placing from, to;
	double u, v;

	placing_set(&from, a->tool_x_px, a->tool_y_px, a->rotation_deg);
	placing_set(&to, b->tool_x_px, b->tool_y_px, b->rotation_deg);
	placing_undo(&from, x, y, &u, &v);
	u *= a->spacing_um / b->spacing_um;
	v *= a->spacing_um / b->spacing_um;
	placing_apply(&to, mirror ? -u : u, v, bx, by);
}

/* How alike two topographies are at their true pose, in the region of a that mask has, or wherever
 * both exist. */
static double alike_in(const struct surface *a, const struct case_truth *ta, const struct surface *b,
		       const struct case_truth *tb, const unsigned char *mask)
{
	struct sums s = { 0 };

	for (int y = 0; y < a->height; y++)
		for (int x = 0; x < a->width; x++) {
			double u, v, p, q;

			if (mask && !mask[(size_t)y * (size_t)a->width + (size_t)x])
				continue;
			over(ta, tb, false, x, y, &u, &v);
			p = detail(a, x, y);
			q = detail(b, (int)floor(u + .5), (int)floor(v + .5));
			if (!isnan(p) && !isnan(q) && fabs(p) < 10 && fabs(q) < 10)
				sums_add(&s, p, q);
		}
	ck_assert_msg(s.n > 2000, "only %g points in common", s.n);
	return correlation(&s);
}

static double alike(const struct surface *a, const struct case_truth *ta, const struct surface *b,
		    const struct case_truth *tb)
{
	return alike_in(a, ta, b, tb, NULL);
}

static void masked(struct case_wishes *w, uint64_t seed, double rotation_deg)
{
	case_defaults(w, CASE_TOPOGRAPHY);
	w->masked = true;
	w->seed = seed;
	w->rotation_deg = rotation_deg;
}

START_TEST(dice_are_the_same_everywhere)
{
	struct dice d;
	double sum = 0, square = 0;

	dice_seed(&d, 42);
	ck_assert_uint_eq(dice_next(&d), UINT64_C(0x15780b2e0c2ec716));
	for (int i = 0; i < 100000; i++) {
		double v = dice_normal(&d);

		sum += v;
		square += v * v;
	}
	ck_assert(fabs(sum / 1e5) < .02 && fabs(square / 1e5 - 1) < .02);
	for (int i = 0; i < 1000; i++) {
		double v = dice_range(&d, -3, 5);

		ck_assert(v >= -3 && v < 5);
	}
}
END_TEST

START_TEST(poses_go_there_and_back)
{
	struct placing p;
	double x, y;

	for (int deg = -720; deg <= 720; deg += 7) {
		placing_set(&p, 3, -4, deg);
		ck_assert(fabs(p.c - cos(deg * M_PI / 180)) < 1e-12);
		ck_assert(fabs(p.s - sin(deg * M_PI / 180)) < 1e-12);
		placing_apply(&p, 11, 5, &x, &y);
		placing_undo(&p, x, y, &x, &y);
		ck_assert(fabs(x - 11) < 1e-9 && fabs(y - 5) < 1e-9);
	}
	/* counter-clockwise as seen, rows downwards: from the right to the top */
	placing_set(&p, 0, 0, 90);
	placing_apply(&p, 1, 0, &x, &y);
	ck_assert(fabs(x) < 1e-12 && y < -.999);
}
END_TEST

/* One seed gives one surface, on whatever grid it is sampled. */
START_TEST(textures_do_not_depend_on_their_grid)
{
	struct texture a, b;
	double square = 0;

	ck_assert(texture_new(&a, 4, NULL) == 0 && texture_new(&b, 16, NULL) == 0);
	ck_assert(a.size == 1024 && b.size == 256);
	ck_assert(texture_add(&a, 7, 64, 1.5, NULL) == 0 && texture_add(&b, 7, 64, 1.5, NULL) == 0);
	for (int i = 0; i < 256 * 256; i++) {
		double v = texture_at(&b, i % 256 * 16, i / 256 * 16);

		ck_assert(fabs(texture_at(&a, i % 256 * 16, i / 256 * 16) - v) < 1e-4);
		ck_assert(fabs(texture_at(&a, i % 256 * 16 - 4096, i / 256 * 16 - 8192) - v) < 1e-4);
		square += v * v;
	}
	ck_assert_msg(fabs(sqrt(square / 65536) - 1.5) < .1, "rms %g", sqrt(square / 65536));
	texture_free(&a);
	texture_free(&b);
}
END_TEST

START_TEST(same_seed_same_case)
{
	struct case_wishes w;
	struct case_truth ta, tb;
	struct surface a, b;
	struct tool t, again;
	size_t size;

	make_tool(&t, TOOL_ARCHED, 3, 4);
	make_tool(&again, TOOL_ARCHED, 3, 4);
	masked(&w, 9, 123);
	make_case(&a, &ta, &t, &w);
	make_case(&b, &tb, &again, &w);
	size = (size_t)a.width * (size_t)a.height * sizeof *a.z;
	ck_assert(a.width == b.width && a.height == b.height && !memcmp(a.z, b.z, size));
	ck_assert(!memcmp(&ta, &tb, sizeof ta));
	surface_free(&b);
	w.seed = 10;
	make_case(&b, &tb, &again, &w);
	ck_assert(a.width != b.width || memcmp(a.z, b.z, size));
	surface_free(&a);
	surface_free(&b);
	tool_free(&t);
	tool_free(&again);
}
END_TEST

/* Two shots of one tool are alike at their true pose, those of another tool of the same class,
 * at the same pose, hardly. */
START_TEST(truth_agrees_with_topographies)
{
	struct case_wishes w;
	struct case_truth t1, t2, t3;
	struct surface s1, s2, s3;
	struct tool t, other;
	double same, not;

	make_tool(&t, (enum tool_kind)_i, 5, 4);
	make_tool(&other, (enum tool_kind)_i, 6, 4);
	masked(&w, 100, 0);
	make_case(&s1, &t1, &t, &w);
	masked(&w, 101, 143.5);
	make_case(&s2, &t2, &t, &w);
	masked(&w, 102, 143.5);
	make_case(&s3, &t3, &other, &w);
	same = alike(&s1, &t1, &s2, &t2);
	not = alike(&s1, &t1, &s3, &t3);
	ck_assert_msg(same > .55 && same < .98, "kind %d: same tool %.3f", _i, same);
	ck_assert_msg(fabs(not) < .4, "kind %d: another tool %.3f", _i, not);
	surface_free(&s1);
	surface_free(&s2);
	surface_free(&s3);
	tool_free(&t);
	tool_free(&other);
}
END_TEST

/* The same for the floors of the firing-pin impression and of the ejector's. */
START_TEST(truth_agrees_with_other_marks)
{
	struct case_wishes w;
	struct case_truth t[3];
	struct surface s[3];
	struct tool tool;
	unsigned char *mask;
	double same, not;

	case_defaults(&w, CASE_TOPOGRAPHY);
	w.spacing_um = _i ? 4 : 3;
	w.width = w.height = _i ? 2400 : 640;
	w.missing = w.play_um = 0;
	for (int i = 0; i < 3; i++) {
		make_tool(&tool, TOOL_GRANULAR, i < 2 ? 5 : 6, 4);
		w.seed = 40 + (uint64_t)i;
		w.rotation_deg = 40 * i;
		make_case(&s[i], &t[i], &tool, &w);
		tool_free(&tool);
	}
	mask = malloc((size_t)s->width * (size_t)s->height);
	ck_assert(mask != NULL);
	t->pin_radius_px *= .5;       /* its walls have no marks */
	t->ejector_half_px *= .8;
	t->ejector_high_px *= .7;
	case_mask(t, _i ? CASE_EJECTOR : CASE_FIRING_PIN, s->width, s->height, mask);
	if (_i) {  /* the ejector strikes by itself, so its pose, not the tool's, is the common one */
		for (int i = 0; i < 3; i++) {
			t[i].tool_x_px = t[i].ejector_x_px;
			t[i].tool_y_px = t[i].ejector_y_px;
			t[i].rotation_deg = t[i].ejector_deg;
		}
	}
	same = alike_in(&s[0], &t[0], &s[1], &t[1], mask);
	not = alike_in(&s[0], &t[0], &s[2], &t[2], mask);
	ck_assert_msg(same > .5 && fabs(not) < .35, "%d: same tool %.3f, another %.3f", _i, same, not);
	free(mask);
	for (int i = 0; i < 3; i++)
		surface_free(&s[i]);
}
END_TEST

START_TEST(no_noise_is_all_alike)
{
	struct case_wishes w;
	struct case_truth t1, t2;
	struct surface s1, s2;
	struct tool t;

	make_tool(&t, TOOL_GRANULAR, 5, 4);
	masked(&w, 100, 0);
	w.noise = w.missing = 0;
	w.contact = 1;
	make_case(&s1, &t1, &t, &w);
	w.seed = 101;
	make_case(&s2, &t2, &t, &w);
	ck_assert_msg(alike(&s1, &t1, &s2, &t2) > .9, "%.3f", alike(&s1, &t1, &s2, &t2));
	surface_free(&s1);
	surface_free(&s2);
	tool_free(&t);
}
END_TEST

/* Odd and even shots of a half-missing series share half of the ring. */
START_TEST(half_in_common)
{
	struct case_wishes w;
	struct case_truth t1, t2, t0;
	struct surface s0, s1, s2;
	struct tool t;
	double both = 0, whole = 0;

	make_tool(&t, TOOL_GRANULAR, 5, 4);
	masked(&w, 100, 20);
	w.play_um = w.missing = 0;
	make_case(&s0, &t0, &t, &w);
	w.arc_share = .75;
	w.arc_from = .9;
	make_case(&s1, &t1, &t, &w);
	w.arc_from = 1.15;
	make_case(&s2, &t2, &t, &w);
	ck_assert(s0.width == s2.width);
	for (int y = 0; y < s0.height; y++)
		for (int x = 0; x < s0.width; x++) {
			whole += !isnan(at(&s0, x, y));
			both += !isnan(at(&s1, x, y)) && !isnan(at(&s2, x, y));
		}
	/* by angle about the pin, which sits off the middle, so not exactly by area */
	ck_assert_msg(both / whole > .35 && both / whole < .65, "%.3f", both / whole);
	ck_assert_msg(fabs((double)s1.valid / whole - .75) < .15, "%.3f", (double)s1.valid / whole);
	surface_free(&s0);
	surface_free(&s1);
	surface_free(&s2);
	tool_free(&t);
}
END_TEST

/* Writes a surface or photograph, reads it back as the programs do. */
static void through_file(struct surface *s, enum x3p_points points, const struct case_photo *photo)
{
	char path[] = "/tmp/t_make.XXXXXX";
	struct scan_wishes wishes = SCAN_WISHES_DEFAULT;
	struct data d;
	struct error e = { 0 };
	int fd = mkstemp(path);

	ck_assert(fd >= 0 && close(fd) == 0);
	if (photo) {
		struct picture p = { photo->width, photo->height, photo->channels, photo->bytes };

		ck_assert_msg(picture_write_jpeg(&p, 90, path, &e) == 0, "%s", e.text);
	} else {
		ck_assert_msg(x3p_write(s, points, path, &e) == 0, "%s", e.text);
		surface_free(s);
	}
	ck_assert_msg(data_read(path, 1 << 28, &d, &e) == 0, "%s", e.text);
	ck_assert_msg(scan_read(d.bytes, d.size, &wishes, s, &e) == 0, "%s", e.text);
	data_free(&d);
	ck_assert(unlink(path) == 0);
}

START_TEST(x3p_comes_back)
{
	struct case_wishes w;
	struct case_truth truth;
	struct surface s, back;
	struct tool t;
	size_t n;

	make_tool(&t, TOOL_PARALLEL, 5, 8);
	masked(&w, 100, 20);
	w.spacing_um = 10;
	make_case(&s, &truth, &t, &w);
	make_case(&back, &truth, &t, &w);
	through_file(&back, (enum x3p_points)_i, NULL);
	n = (size_t)s.width * (size_t)s.height;
	ck_assert(back.width == s.width && back.height == s.height && back.valid == s.valid);
	ck_assert_msg(back.note[0] == 0, "%s", back.note);
	ck_assert(fabs(back.spacing_x_um - 10) < 1e-9 && back.spacing_origin == SPACING_FILE);
	for (size_t i = 0; i < n; i++)
		ck_assert(isnan(s.z[i]) ? isnan(back.z[i]) : fabsf(s.z[i] - back.z[i]) < .01f);
	surface_free(&s);
	surface_free(&back);
	tool_free(&t);
}
END_TEST

/* How well a photograph's light goes with the slope of a topography of the same tool. */
static double light_and_slope(const struct surface *topo, const struct case_truth *tt,
			      const struct surface *photo, const struct case_truth *tp, bool mirror)
{
	struct sums s = { 0 };

	for (int y = 0; y < topo->height; y++)
		for (int x = 0; x < topo->width; x++) {
			double g = slope(topo, x, y), u, v, light = 0;
			int n = 0;

			if (isnan(g) || g > 8)
				continue;
			over(tt, tp, mirror, x, y, &u, &v);
			for (int j = -2; j <= 2; j++)
				for (int i = -2; i <= 2; i++, n++)
					light += at(photo, (int)floor(u + .5) + i, (int)floor(v + .5) + j);
			sums_add(&s, log(g + .2), log(light / n + 5));
		}
	return correlation(&s);
}

/* The same fired case scanned and photographed, both through files: no mirror image of each other. */
START_TEST(scan_and_photograph_agree)
{
	struct case_wishes w;
	struct case_truth tt, tp;
	struct case_photo photo;
	struct surface topo, seen;
	struct tool t;
	struct error e;
	double right, mirrored;

	make_tool(&t, (enum tool_kind)_i, 8, 4);
	masked(&w, 100, 30);
	make_case(&topo, &tt, &t, &w);
	through_file(&topo, X3P_DOUBLE, NULL);
	case_defaults(&w, CASE_PHOTO_RING);
	w.seed = 100;
	w.rotation_deg = 250;
	w.colour = true;
	ck_assert_msg(case_photograph(&t, &w, &photo, &tp, &e) == 0, "%s", e.text);
	ck_assert(photo.width == 2592 && photo.height == 1944);
	through_file(&seen, X3P_DOUBLE, &photo);
	right = light_and_slope(&topo, &tt, &seen, &tp, false);
	mirrored = light_and_slope(&topo, &tt, &seen, &tp, true);
	ck_assert_msg(right > .25 && right > mirrored + .2, "%d: %.3f, mirrored %.3f", _i, right, mirrored);
	free(photo.bytes);
	surface_free(&topo);
	surface_free(&seen);
	tool_free(&t);
}
END_TEST

static double mean_in(const struct surface *s, const unsigned char *mask)
{
	double sum = 0, n = 0;

	for (size_t i = 0; i < (size_t)s->width * (size_t)s->height; i++)
		if (mask[i]) {
			sum += s->z[i];
			n++;
		}
	ck_assert(n > 100);
	return sum / n;
}

/* A bright ring about a dark hole, where the truth says; in large and small photographs. */
START_TEST(regions_are_where_truth_says)
{
	struct case_wishes w;
	struct case_truth truth;
	struct surface s;
	struct tool t;
	unsigned char *mask;
	double face, rolled = 0, n = 0;

	make_tool(&t, TOOL_GRANULAR, 8, 2);
	case_defaults(&w, CASE_PHOTO_RING);
	w.seed = 77;
	if (_i) {
		w.spacing_um = 7.5;
		w.width = 683;
		w.height = 512;
	}
	make_case(&s, &truth, &t, &w);
	mask = malloc((size_t)s.width * (size_t)s.height);
	ck_assert(mask != NULL);
	case_mask(&truth, CASE_BREECH_FACE, s.width, s.height, mask);
	face = mean_in(&s, mask);
	case_mask(&truth, CASE_FIRING_PIN, s.width, s.height, mask);
	ck_assert(mean_in(&s, mask) < face * .8);
	for (int y = 0; y < s.height; y++)
		for (int x = 0; x < s.width; x++) {
			double r = hypot(x - truth.primer_x_px, y - truth.primer_y_px);

			if (r > truth.ring_outer_px * 1.07 && r < truth.primer_radius_px * .97) {
				rolled += s.z[y * s.width + x];
				n++;
			}
		}
	ck_assert_msg(rolled / n < face * .7, "rolled edge %.1f, face %.1f", rolled / n, face);
	free(mask);
	surface_free(&s);
	tool_free(&t);
}
END_TEST

START_TEST(defocus_blurs)
{
	struct case_wishes w;
	struct case_truth truth;
	struct surface s;
	struct tool t;
	double rough[2];

	make_tool(&t, TOOL_GRANULAR, 8, 4);
	case_defaults(&w, CASE_PHOTO_RING);
	w.spacing_um = 5;
	w.width = w.height = 600;
	for (int k = 0; k < 2; k++) {
		double sum = 0;

		w.defocus_um = 25 * k;
		make_case(&s, &truth, &t, &w);
		for (int i = 4; i < s.width * s.height; i++)
			sum += fabsf(s.z[i] - s.z[i - 4]);
		rough[k] = sum;
		surface_free(&s);
	}
	ck_assert_msg(rough[1] < .6 * rough[0], "%g of %g", rough[1], rough[0]);
	tool_free(&t);
}
END_TEST

START_TEST(nonsense_is_refused)
{
	struct case_wishes w;
	struct case_truth truth;
	struct surface s;
	struct tool t;
	struct error e;

	make_tool(&t, TOOL_GRANULAR, 8, 16);
	for (int i = 0; i < 8; i++) {
		case_defaults(&w, i == 7 ? CASE_PHOTO_SIDE : CASE_TOPOGRAPHY);
		switch (i) {
		case 0: w.spacing_um = 0; break;
		case 1: w.spacing_um = NAN; break;
		case 2: w.contact = 1.5; break;
		case 3: w.width = w.height = 20000; break;
		case 4: w.width = 3; break;
		case 5: w.noise = -1; break;
		case 6: w.rotation_deg = INFINITY; break;
		case 7: w.masked = true; break;
		}
		e.text[0] = 0;
		ck_assert_msg(case_make(&t, &w, &s, &truth, &e) == STATUS_USAGE, "case %d", i);
		ck_assert(e.text[0] != 0);
	}
	tool_free(&t);
}
END_TEST

Suite *t_make(void);
Suite *t_make(void)
{
	Suite *s = suite_create("make");
	TCase *c = tcase_create("make");

	tcase_set_timeout(c, 120);
	tcase_add_test(c, dice_are_the_same_everywhere);
	tcase_add_test(c, poses_go_there_and_back);
	tcase_add_test(c, textures_do_not_depend_on_their_grid);
	tcase_add_test(c, same_seed_same_case);
	tcase_add_loop_test(c, truth_agrees_with_topographies, 0, 4);
	tcase_add_loop_test(c, truth_agrees_with_other_marks, 0, 2);
	tcase_add_test(c, no_noise_is_all_alike);
	tcase_add_test(c, half_in_common);
	tcase_add_loop_test(c, x3p_comes_back, 0, 4);
	tcase_add_loop_test(c, scan_and_photograph_agree, 0, 2);
	tcase_add_loop_test(c, regions_are_where_truth_says, 0, 2);
	tcase_add_test(c, defocus_blurs);
	tcase_add_test(c, nonsense_is_refused);
	suite_add_tcase(s, c);
	return s;
}
