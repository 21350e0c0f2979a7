/* t_jpeg.c - tests of scan/jpeg and scan/exif */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jpeglib.h>

#include "base/buf.h"
#include "scan/exif.h"
#include "scan/jpeg.h"

Suite *t_jpeg(void);

#define WIDTH 48
#define HEIGHT 32

static const struct scan_wishes usual = SCAN_WISHES_DEFAULT;

/* How a picture of the test is written; zero: grey, baseline, quality 95. */
struct recipe {
	int width, height;
	J_COLOR_SPACE in, stored;
	int components;
	bool progressive;
	int scans;             /* that many, one coefficient each */
	const unsigned char *exif;
	size_t exif_size;
};

/* dark above, bright to the right: no turning leaves it as it is */
static int value(int x, int y)
{
	return x * 160 / WIDTH + (y >= HEIGHT / 2 ? 80 : 0);
}

static void make(struct buf *out, const struct recipe *r)
{
	int width = r->width ? r->width : WIDTH, height = r->height ? r->height : HEIGHT, x, y, k;
	int n = r->components ? r->components : 1;
	struct jpeg_compress_struct c;
	struct jpeg_error_mgr err;
	jpeg_scan_info script[70];
	unsigned char *memory = NULL, *row = malloc((size_t)width * (size_t)n);
	unsigned long size = 0;

	ck_assert_ptr_nonnull(row);
	c.err = jpeg_std_error(&err);
	jpeg_create_compress(&c);
	jpeg_mem_dest(&c, &memory, &size);
	c.image_width = (JDIMENSION)width;
	c.image_height = (JDIMENSION)height;
	c.input_components = n;
	c.in_color_space = r->in || n == 2 ? r->in : JCS_GRAYSCALE;
	jpeg_set_defaults(&c);
	if (r->stored)
		jpeg_set_colorspace(&c, r->stored);
	jpeg_set_quality(&c, 95, TRUE);
	if (r->progressive)
		jpeg_simple_progression(&c);
	if (r->scans) {
		/* the DC, the other 63 as one scan each, then the DC again bit by bit */
		script[0] = (jpeg_scan_info){ 1, { 0 }, 0, 0, 0, 3 };
		for (k = 1; k < r->scans; k++)
			script[k] = k < 64 ? (jpeg_scan_info){ 1, { 0 }, k, k, 0, 0 }
					   : (jpeg_scan_info){ 1, { 0 }, 0, 0, 67 - k, 66 - k };
		c.scan_info = script;
		c.num_scans = r->scans;
	}
	jpeg_start_compress(&c, TRUE);
	if (r->exif)
		jpeg_write_marker(&c, JPEG_APP0 + 1, r->exif, (unsigned)r->exif_size);
	for (y = 0; y < height; y++) {
		for (x = 0; x < width; x++)
			for (k = 0; k < n; k++)
				row[x * n + k] = (unsigned char)value(x % WIDTH, y % HEIGHT);
		jpeg_write_scanlines(&c, &row, 1);
	}
	jpeg_finish_compress(&c);
	jpeg_destroy_compress(&c);
	ck_assert_int_eq(buf_add(out, memory, size, NULL), 0);
	free(memory);
	free(row);
}

static void read_made(const struct recipe *r, struct surface *s)
{
	struct buf jpeg = { 0 };
	struct error e = { 0 };

	make(&jpeg, r);
	ck_assert_msg(!jpeg_read(jpeg.data, jpeg.size, &usual, s, &e), "%s", e.text);
	buf_free(&jpeg);
}

static void assert_upright(const struct surface *s, float tolerance)
{
	int x, y;

	ck_assert_int_eq(s->kind, SURFACE_PHOTOGRAPH);
	ck_assert_int_eq(s->width, WIDTH);
	ck_assert_int_eq(s->height, HEIGHT);
	ck_assert_uint_eq(s->valid, WIDTH * HEIGHT);
	ck_assert_int_eq(s->spacing_origin, SPACING_UNKNOWN);
	for (y = 0; y < HEIGHT; y++)
		for (x = 0; x < WIDTH; x++)
			ck_assert_msg(fabsf(s->z[y * WIDTH + x] - (float)value(x, y)) < tolerance, "%d,%d: %g",
				      x, y, (double)s->z[y * WIDTH + x]);
}

START_TEST(kinds_of_jpeg)
{
	static const struct recipe kinds[] = {
		{ 0 }, { .progressive = true },
		{ .components = 3, .in = JCS_RGB }, { .components = 3, .in = JCS_RGB, .progressive = true },
		{ .components = 3, .in = JCS_RGB, .stored = JCS_RGB }, { .scans = 30 },
	};
	struct surface s;
	size_t i;

	for (i = 0; i < sizeof kinds / sizeof *kinds; i++) {
		read_made(&kinds[i], &s);
		/* the last one has lost three bits and half of the frequencies on purpose */
		assert_upright(&s, kinds[i].scans ? 60 : 8);
		ck_assert_str_eq(s.note, "");
		surface_free(&s);
	}
}
END_TEST

/* a TIFF structure of one entry, in either byte order */
static size_t make_exif(unsigned char out[40], bool big, int orientation)
{
	static const unsigned char little_endian[] = "Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0";
	static const unsigned char big_endian[] = "Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01";

	memset(out, 0, 40);
	memcpy(out, big ? big_endian : little_endian, 24);
	out[big ? 25 : 24] = (unsigned char)orientation;
	return 32;
}

/* The picture that, turned as `orientation` says, is upright: pixel x, y of the stored one is that
 * of the upright one at the place exif_row gives. Here written down once more, from the table of
 * Exif 2.3: which side row 0 and column 0 are. */
static void place(int orientation, int x, int y, int w, int h, int *to_x, int *to_y)
{
	static const char *const sides[] = { "top left", "top right", "bottom right", "bottom left",
					     "left top", "right top", "right bottom", "left bottom" };
	const char *side = sides[orientation - 1];
	int row = y, column = x;

	/* "row column": a row that is a side of the picture (left, right) becomes a column */
	if (!strncmp(side, "top", 3))
		*to_y = row;
	else if (!strncmp(side, "bottom", 6))
		*to_y = h - 1 - row;
	else if (!strncmp(side, "left", 4))
		*to_x = row;
	else
		*to_x = w - 1 - row;
	side = strchr(side, ' ') + 1;
	if (!strcmp(side, "left"))
		*to_x = column;
	else if (!strcmp(side, "right"))
		*to_x = w - 1 - column;
	else if (!strcmp(side, "top"))
		*to_y = column;
	else
		*to_y = h - 1 - column;
}

START_TEST(rows_of_orientations)
{
	int o, x, y;

	for (o = 1; o <= 8; o++) {
		int stored_w = 5, stored_h = 3, w = exif_turned(o) ? 3 : 5, h = exif_turned(o) ? 5 : 3;

		for (y = 0; y < stored_h; y++)
			for (x = 0; x < stored_w; x++) {
				struct exif_row row = exif_row(o, w, h, y);
				int to_x = 0, to_y = 0;

				place(o, x, y, w, h, &to_x, &to_y);
				ck_assert_msg(row.start + x * row.step == (ptrdiff_t)to_y * w + to_x,
					      "orientation %d, %d,%d", o, x, y);
			}
	}
}
END_TEST

/* the stored picture is upright; as its orientation says it is turned */
START_TEST(orientations)
{
	unsigned char exif[40];
	int o;

	for (o = 1; o <= 8; o++) {
		struct recipe r = { .exif = exif, .exif_size = make_exif(exif, o % 2, o) };
		struct surface s;
		int x, y, to_x = 0, to_y = 0;

		read_made(&r, &s);
		ck_assert_int_eq(s.width, o >= 5 ? HEIGHT : WIDTH);
		ck_assert_int_eq(s.height, o >= 5 ? WIDTH : HEIGHT);
		ck_assert_int_eq(s.full_width, s.width);
		for (y = 0; y < HEIGHT; y++)
			for (x = 0; x < WIDTH; x++) {
				place(o, x, y, s.width, s.height, &to_x, &to_y);
				ck_assert(fabsf(s.z[to_y * s.width + to_x] - (float)value(x, y)) < 8);
			}
		surface_free(&s);
	}
}
END_TEST

/* structures that are cut or lie leave the picture as it is */
START_TEST(bad_exif)
{
	unsigned char exif[40], *copy;
	size_t size, at;
	int bit;

	make_exif(exif, false, 6);
	ck_assert_int_eq(exif_orientation(exif + 6, 26), 6);
	for (size = 0; size < 20; size++) {
		copy = malloc(size ? size : 1);
		memcpy(copy, exif + 6, size);
		ck_assert_int_eq(exif_orientation(copy, size), 1);
		free(copy);
	}
	copy = malloc(26);
	for (at = 0; at < 26; at++)
		for (bit = 0; bit < 8; bit++) {
			int got;

			memcpy(copy, exif + 6, 26);
			copy[at] ^= (unsigned char)(1 << bit);
			got = exif_orientation(copy, 26);
			ck_assert(got >= 1 && got <= 8);
		}
	free(copy);
	make_exif(exif, true, 9);
	ck_assert_int_eq(exif_orientation(exif + 6, 26), 1);
}
END_TEST

START_TEST(reduced)
{
	static const struct {
		int enough, reduction;
	} cases[] = { { 0, 1 }, { 1000, 1 }, { 641, 1 }, { 320, 2 }, { 319, 2 }, { 160, 4 }, { 80, 8 }, { 1, 8 } };
	struct recipe r = { .width = 645, .height = 641 };
	struct buf jpeg = { 0 };
	struct surface s;
	size_t i;

	make(&jpeg, &r);
	for (i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct scan_wishes wishes = usual;
		int by = cases[i].reduction;

		wishes.enough_px = cases[i].enough;
		ck_assert_int_eq(jpeg_read(jpeg.data, jpeg.size, &wishes, &s, NULL), 0);
		ck_assert_int_eq(s.reduction, by);
		ck_assert_int_eq(s.width, (645 + by - 1) / by);
		ck_assert_int_eq(s.height, (641 + by - 1) / by);
		ck_assert_int_eq(s.full_width, 645);
		ck_assert_int_eq(s.full_height, 641);
		ck_assert_uint_eq(s.valid, (size_t)s.width * (size_t)s.height);
		surface_free(&s);
	}
	buf_free(&jpeg);
}
END_TEST

static void assert_refused(const unsigned char *bytes, size_t size, const char *words)
{
	struct error e = { 0 };
	struct surface s;
	int status = jpeg_read(bytes, size, &usual, &s, &e);

	ck_assert_msg(status == STATUS_INPUT && e.status == STATUS_INPUT, "status %d, want '%s'", status, words);
	ck_assert_msg(strstr(e.text, words) != NULL, "want '%s': %s", words, e.text);
	ck_assert_ptr_null(s.z);
	ck_assert_int_eq(jpeg_read(bytes, size, &usual, &s, NULL), STATUS_INPUT);
}

START_TEST(cmyk)
{
	static const struct recipe kinds[] = {
		{ .components = 4, .in = JCS_CMYK }, { .components = 4, .in = JCS_CMYK, .stored = JCS_YCCK } };
	struct recipe odd = { .components = 2 };
	struct buf jpeg = { 0 };
	size_t i;

	for (i = 0; i < 2; i++) {
		make(&jpeg, &kinds[i]);
		assert_refused(jpeg.data, jpeg.size, "CMYK");
		buf_free(&jpeg);
	}
	make(&jpeg, &odd);
	assert_refused(jpeg.data, jpeg.size, "neither grey nor colour");
	buf_free(&jpeg);
}
END_TEST

/* the size in the frame header, and as many bytes behind it as are wanted */
static void lie(struct buf *jpeg, unsigned width, unsigned height, size_t more)
{
	size_t at;

	for (at = 2; at + 9 < jpeg->size; at++)
		if (jpeg->data[at] == 0xff && (jpeg->data[at + 1] == 0xc0 || jpeg->data[at + 1] == 0xc2))
			break;
	jpeg->data[at + 5] = (unsigned char)(height >> 8);
	jpeg->data[at + 6] = (unsigned char)height;
	jpeg->data[at + 7] = (unsigned char)(width >> 8);
	jpeg->data[at + 8] = (unsigned char)width;
	ck_assert_int_eq(buf_reserve(jpeg, more, NULL), 0);
	memset(jpeg->data + jpeg->size, 0, more);
	jpeg->size += more;
}

START_TEST(absurd_sizes)
{
	static const struct {
		struct recipe recipe;
		unsigned width, height;
		size_t more;
		const char *words;
	} cases[] = {
		{ { 0 }, 65500, 65500, 0, "65500 x 65500 pixels are more" },
		{ { 0 }, 22400, 22400, 0, "are more" },
		{ { 0 }, 20000, 20000, 0, "bytes cannot hold 20000 x 20000" },
		{ { 0 }, 0, 10, 0, "Empty JPEG image" },
		{ { 0 }, 2000, 1000, 10000, "damaged" },
		{ { .progressive = true, .components = 3, .in = JCS_RGB }, 21000, 21000, 300000, "takes more than" },
		{ { .scans = 65 }, WIDTH, HEIGHT, 0, "more than 64 scans" },
	};
	struct buf jpeg = { 0 };
	struct scan_wishes few = { .max_points = WIDTH * HEIGHT - 1 };
	struct surface s;
	size_t i;

	for (i = 0; i < sizeof cases / sizeof *cases; i++) {
		make(&jpeg, &cases[i].recipe);
		lie(&jpeg, cases[i].width, cases[i].height, cases[i].more);
		assert_refused(jpeg.data, jpeg.size, cases[i].words);
		buf_free(&jpeg);
	}
	make(&jpeg, &(struct recipe){ 0 });
	ck_assert_int_eq(jpeg_read(jpeg.data, jpeg.size, &few, &s, NULL), STATUS_INPUT);
	few.max_points++;
	ck_assert_int_eq(jpeg_read(jpeg.data, jpeg.size, &few, &s, NULL), 0);
	surface_free(&s);
	buf_free(&jpeg);
}
END_TEST

/* cut anywhere: never a picture with a grey rest */
START_TEST(cut_anywhere)
{
	static const struct recipe kinds[] = { { 0 }, { .progressive = true, .components = 3, .in = JCS_RGB } };
	struct buf jpeg = { 0 };
	struct surface s;
	size_t i, size;

	for (i = 0; i < 2; i++) {
		make(&jpeg, &kinds[i]);
		for (size = 0; size < jpeg.size; size++) {
			unsigned char *copy = malloc(size ? size : 1);

			memcpy(copy, jpeg.data, size);
			ck_assert_msg(jpeg_read(copy, size, &usual, &s, NULL) == STATUS_INPUT, "cut at %zu of %zu",
				      size, jpeg.size);
			free(copy);
		}
		buf_free(&jpeg);
	}
}
END_TEST

/* JPEG has no checksum: a flipped bit may go unseen, but does no harm */
START_TEST(flipped_bits)
{
	static const struct recipe kinds[] = { { 0 }, { .progressive = true, .components = 3, .in = JCS_RGB } };
	struct scan_wishes wishes = { .max_points = 1000000 };
	struct buf jpeg = { 0 };
	struct surface s;
	size_t i, at, refused = 0;
	int bit;

	for (i = 0; i < 2; i++) {
		make(&jpeg, &kinds[i]);
		for (at = 0; at < jpeg.size; at++)
			for (bit = 0; bit < 8; bit++) {
				jpeg.data[at] ^= (unsigned char)(1 << bit);
				if (jpeg_read(jpeg.data, jpeg.size, &wishes, &s, NULL))
					refused++;
				else
					surface_free(&s);
				jpeg.data[at] ^= (unsigned char)(1 << bit);
			}
		buf_free(&jpeg);
	}
	ck_assert_uint_gt(refused, 1000);
}
END_TEST

/* bytes between the data and the end marker, as some cameras write: noted */
START_TEST(extraneous_bytes)
{
	static const unsigned char many[42] = { [40] = 0xff, 0xd9 };
	struct buf jpeg = { 0 };
	struct surface s;

	make(&jpeg, &(struct recipe){ 0 });
	jpeg.size -= 2;
	ck_assert_int_eq(buf_add(&jpeg, "\0\0\0\0\xff\xd9" "after the end", 6 + 13, NULL), 0);
	ck_assert_int_eq(jpeg_read(jpeg.data, jpeg.size, &usual, &s, NULL), 0);
	assert_upright(&s, 8);
	ck_assert_str_ne(s.note, "");
	surface_free(&s);
	/* more of them than any padding: codes that were not used */
	jpeg.size -= 6 + 13;
	ck_assert_int_eq(buf_add(&jpeg, many, sizeof many, NULL), 0);
	assert_refused(jpeg.data, jpeg.size, "extraneous bytes");
	buf_free(&jpeg);
}
END_TEST

START_TEST(writers)
{
	unsigned char grey[WIDTH * HEIGHT], rgb[WIDTH * HEIGHT * 3];
	struct buf jpeg = { 0 };
	struct surface s;
	int i, colour;

	for (i = 0; i < WIDTH * HEIGHT; i++) {
		grey[i] = (unsigned char)value(i % WIDTH, i / WIDTH);
		memset(rgb + 3 * i, grey[i], 3);
	}
	for (colour = 0; colour < 2; colour++) {
		ck_assert_int_eq(colour ? jpeg_write_rgb(&jpeg, WIDTH, HEIGHT, rgb, 95, NULL)
					: jpeg_write_grey(&jpeg, WIDTH, HEIGHT, grey, 95, NULL), 0);
		ck_assert_int_eq(jpeg_read(jpeg.data, jpeg.size, &usual, &s, NULL), 0);
		assert_upright(&s, 8);
		surface_free(&s);
		buf_free(&jpeg);
	}
	ck_assert_int_ne(jpeg_write_grey(&jpeg, 70000, 1, grey, 95, NULL), 0);
	ck_assert_ptr_null(jpeg.data);
}
END_TEST

Suite *t_jpeg(void)
{
	Suite *s = suite_create("jpeg");
	TCase *c = tcase_create("jpeg");

	tcase_add_test(c, kinds_of_jpeg);
	tcase_add_test(c, rows_of_orientations);
	tcase_add_test(c, orientations);
	tcase_add_test(c, bad_exif);
	tcase_add_test(c, reduced);
	tcase_add_test(c, cmyk);
	tcase_add_test(c, absurd_sizes);
	tcase_add_test(c, cut_anywhere);
	tcase_add_test(c, flipped_bits);
	tcase_add_test(c, extraneous_bytes);
	tcase_add_test(c, writers);
	tcase_set_timeout(c, 120);
	suite_add_tcase(s, c);
	return s;
}
