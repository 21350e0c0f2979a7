/* t_png.c - tests of scan/png */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <png.h>

#include "base/buf.h"
#include "base/sum.h"
#include "scan/png.h"

Suite *t_png(void);

#define WIDTH 21
#define HEIGHT 13

static const struct scan_wishes usual = SCAN_WISHES_DEFAULT;

struct recipe {
	int width, height;
	int type, depth;       /* PNG_COLOR_TYPE_..., bits */
	bool interlaced;
	bool transparent;      /* tRNS: the darkest value */
	png_uint_32 ppm_x, ppm_y;
	int orientation;
};

static void on_write(png_structp png, png_bytep data, size_t size)
{
	ck_assert_int_eq(buf_add(png_get_io_ptr(png), data, size, NULL), 0);
}

/* levels 0 to max of the depth; every sample type can show them */
static unsigned level(int x, int y, int depth)
{
	return (unsigned)(x * 7 + y * 3) % (1u << (depth < 8 ? depth : 8));
}

static void put_sample(unsigned char *row, int at, int depth, unsigned v)
{
	if (depth == 16) {
		row[2 * at] = (unsigned char)v;
		row[2 * at + 1] = 0x80;
	} else if (depth == 8) {
		row[at] = (unsigned char)v;
	} else {
		row[at * depth / 8] |= (unsigned char)(v << (8 - depth - at * depth % 8));
	}
}

static void put_header(png_structp png, png_infop info, const struct recipe *r, int width, int height)
{
	png_color palette[256];
	png_byte none[1] = { 0 };
	png_color_16 dark = { 0 };
	static unsigned char exif[] = "II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\0\0\0\0\0\0\0\0";
	int i;

	png_set_IHDR(png, info, (png_uint_32)width, (png_uint_32)height, r->depth, r->type,
		     r->interlaced ? PNG_INTERLACE_ADAM7 : PNG_INTERLACE_NONE, 0, 0);
	if (r->type == PNG_COLOR_TYPE_PALETTE) {
		/* backwards, so that an index is not taken for a level */
		for (i = 0; i < 1 << r->depth; i++) {
			png_byte v = (png_byte)(((1 << r->depth) - 1 - i) * 255 / ((1 << r->depth) - 1));

			palette[i] = (png_color){ v, v, v };
		}
		png_set_PLTE(png, info, palette, 1 << r->depth);
	}
	if (r->transparent)
		png_set_tRNS(png, info, none, 1, &dark);
	if (r->ppm_x)
		png_set_pHYs(png, info, r->ppm_x, r->ppm_y, PNG_RESOLUTION_METER);
	if (r->orientation) {
		exif[18] = (unsigned char)r->orientation;
		png_set_eXIf_1(png, info, sizeof exif - 1, exif);
	}
	png_write_info(png, info);
}

static void make(struct buf *out, const struct recipe *r)
{
	static const int channels[] = { 1, 0, 3, 1, 2, 0, 4 };
	int width = r->width ? r->width : WIDTH, height = r->height ? r->height : HEIGHT;
	int n = channels[r->type], x, y, c, pass, passes = 1;
	png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, NULL, NULL);
	png_infop info = png_create_info_struct(png);
	unsigned char *row = malloc((size_t)width * 8);

	ck_assert_ptr_nonnull(row);
	png_set_write_fn(png, out, on_write, NULL);
	put_header(png, info, r, width, height);
	if (r->interlaced)
		passes = png_set_interlace_handling(png);
	for (pass = 0; pass < passes; pass++)
		for (y = 0; y < height; y++) {
			memset(row, 0, (size_t)width * 8);
			for (x = 0; x < width; x++)
				for (c = 0; c < n; c++) {
					unsigned v = level(x, y, r->depth);

					if (r->type == PNG_COLOR_TYPE_PALETTE)
						v = (1u << r->depth) - 1 - v;
					/* half of it half transparent */
					if (c == n - 1 && n % 2 == 0)
						v = x % 2 ? 255 : 128;
					put_sample(row, x * n + c, r->depth, v);
				}
			png_write_row(png, row);
		}
	png_write_end(png, NULL);
	png_destroy_write_struct(&png, &info);
	free(row);
}

static float expected(const struct recipe *r, int x, int y)
{
	float v = (float)level(x, y, r->depth) * 255 / (float)((1 << (r->depth < 8 ? r->depth : 8)) - 1);

	if (r->depth == 16)
		v = ((float)level(x, y, 16) * 256 + 128) / 257;
	if (r->type & PNG_COLOR_MASK_ALPHA && r->depth == 16)
		v *= (x % 2 ? 65408.0f : 32896.0f) / 65535;
	else if (r->type & PNG_COLOR_MASK_ALPHA && x % 2 == 0)
		v *= 128.0f / 255;
	return v;
}

/* every type and depth that PNG has, interlaced and not */
START_TEST(kinds_of_png)
{
	static const struct {
		int type, depth;
	} kinds[] = { { 0, 1 }, { 0, 2 }, { 0, 4 }, { 0, 8 }, { 0, 16 }, { 2, 8 }, { 2, 16 }, { 3, 1 }, { 3, 2 },
		      { 3, 4 }, { 3, 8 }, { 4, 8 }, { 4, 16 }, { 6, 8 }, { 6, 16 } };
	size_t i;
	int x, y, interlaced;

	for (i = 0; i < 2 * sizeof kinds / sizeof *kinds; i++) {
		struct recipe r = { .type = kinds[i / 2].type, .depth = kinds[i / 2].depth };
		struct buf png = { 0 };
		struct error e = { 0 };
		struct surface s;

		interlaced = i % 2;
		r.interlaced = interlaced;
		make(&png, &r);
		ck_assert_msg(!png_read(png.data, png.size, &usual, &s, &e), "%s", e.text);
		ck_assert_int_eq(s.width, WIDTH);
		ck_assert_int_eq(s.height, HEIGHT);
		ck_assert_int_eq(s.kind, SURFACE_PHOTOGRAPH);
		ck_assert_uint_eq(s.valid, WIDTH * HEIGHT);
		for (y = 0; y < HEIGHT; y++)
			for (x = 0; x < WIDTH; x++)
				ck_assert_msg(fabsf(s.z[y * WIDTH + x] - expected(&r, x, y)) < 0.01f,
					      "type %d depth %d interlaced %d at %d,%d: %g", r.type, r.depth,
					      interlaced, x, y, (double)s.z[y * WIDTH + x]);
		surface_free(&s);
		buf_free(&png);
	}
}
END_TEST

/* pictures so small that some passes of the interlacing are empty */
START_TEST(small_interlaced)
{
	int width, height, x, y;

	for (width = 1; width < 10; width++)
		for (height = 1; height < 10; height++) {
			struct recipe r = { .width = width, .height = height, .depth = 8, .interlaced = true };
			struct buf png = { 0 };
			struct surface s;

			make(&png, &r);
			ck_assert_int_eq(png_read(png.data, png.size, &usual, &s, NULL), 0);
			for (y = 0; y < height; y++)
				for (x = 0; x < width; x++)
					ck_assert(s.z[y * width + x] == (float)level(x, y, 8));
			surface_free(&s);
			buf_free(&png);
		}
}
END_TEST

/* tRNS: what is transparent is black, whatever its colour */
START_TEST(transparent_colour)
{
	struct recipe r = { .type = PNG_COLOR_TYPE_PALETTE, .transparent = true };
	struct buf png = { 0 };
	struct surface s;
	int i, black = 0;

	/* palette entry 0, the brightest, is transparent */
	r.depth = 4;
	make(&png, &r);
	ck_assert_int_eq(png_read(png.data, png.size, &usual, &s, NULL), 0);
	for (i = 0; i < WIDTH * HEIGHT; i++) {
		unsigned v = level(i % WIDTH, i / WIDTH, 4);

		ck_assert(fabsf(s.z[i] - (v == 15 ? 0 : (float)v * 17)) < 0.01f);
		black += v == 15;
	}
	ck_assert_int_gt(black, 0);
	surface_free(&s);
	buf_free(&png);
}
END_TEST

START_TEST(orientation)
{
	struct recipe r = { .depth = 8, .orientation = 6, .ppm_x = 100000, .ppm_y = 200000, .interlaced = true };
	struct buf png = { 0 };
	struct surface s;
	int x, y;

	make(&png, &r);
	ck_assert_int_eq(png_read(png.data, png.size, &usual, &s, NULL), 0);
	ck_assert_int_eq(s.width, HEIGHT);
	ck_assert_int_eq(s.height, WIDTH);
	/* a quarter turn clockwise */
	for (y = 0; y < HEIGHT; y++)
		for (x = 0; x < WIDTH; x++)
			ck_assert(s.z[x * HEIGHT + HEIGHT - 1 - y] == (float)level(x, y, 8));
	ck_assert(fabs(s.spacing_x_um - 5) < 1e-9 && fabs(s.spacing_y_um - 10) < 1e-9);
	surface_free(&s);
	buf_free(&png);
}
END_TEST

/* a microscope's spacing is believed, a print's or a screen's density is not */
START_TEST(density)
{
	static const struct {
		png_uint_32 ppm;
		double um;
	} cases[] = { { 160000, 6.25 }, { 386000, 2.590674 }, { 1000000, 1 }, { 3000000, 0.333333 },
		      { 500000, 2 }, { 200000, 5 }, { 100000, 10 }, { 50000, 20 }, { 20000, 50 },
		      { 2835, 0 }, { 3780, 0 }, { 11811, 0 }, { 23622, 0 }, { 47244, 0 }, { 56693, 0 }, { 94488, 0 },
		      { 16666, 0 }, { 4000000, 0 }, { 1, 0 } };
	size_t i;

	for (i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct recipe r = { .depth = 8, .ppm_x = cases[i].ppm, .ppm_y = cases[i].ppm };
		struct buf png = { 0 };
		struct surface s;

		make(&png, &r);
		ck_assert_int_eq(png_read(png.data, png.size, &usual, &s, NULL), 0);
		ck_assert_msg(fabs(s.spacing_x_um - cases[i].um) < 1e-5, "%u: %g", cases[i].ppm, s.spacing_x_um);
		ck_assert_int_eq(s.spacing_origin, cases[i].um > 0 ? SPACING_FILE : SPACING_UNKNOWN);
		surface_free(&s);
		buf_free(&png);
	}
}
END_TEST

START_TEST(masks)
{
	struct recipe kinds[] = { { .depth = 8 }, { .depth = 1 }, { .depth = 16, .type = 2 },
				  { .depth = 8, .type = 3 }, { .depth = 8, .type = 0, .interlaced = true } };
	struct png_picture mask;
	size_t i;
	int x, y;

	for (i = 0; i < sizeof kinds / sizeof *kinds; i++) {
		struct buf png = { 0 };

		make(&png, &kinds[i]);
		ck_assert_int_eq(png_read_mask(png.data, png.size, 1000, &mask, NULL), 0);
		ck_assert_int_eq(mask.width, WIDTH);
		ck_assert_int_eq(mask.height, HEIGHT);
		ck_assert_int_eq(mask.channels, 1);
		for (y = 0; y < HEIGHT; y++)
			for (x = 0; x < WIDTH; x++)
				ck_assert_int_eq(mask.pixels[y * WIDTH + x],
						 expected(&kinds[i], x, y) >= 127.5f ? 255 : 0);
		free(mask.pixels);
		ck_assert_int_eq(png_read_mask(png.data, png.size, WIDTH * HEIGHT - 1, &mask, NULL), STATUS_INPUT);
		ck_assert_ptr_null(mask.pixels);
		buf_free(&png);
	}
	ck_assert_int_eq(png_read_mask((const unsigned char *)"no", 2, 10, &mask, NULL), STATUS_INPUT);
}
END_TEST

START_TEST(write_and_read)
{
	unsigned char rgb[WIDTH * HEIGHT * 3];
	struct png_picture back;
	struct buf png = { 0 };
	size_t i;

	for (i = 0; i < sizeof rgb; i++)
		rgb[i] = (unsigned char)(i * 37 + i / 11);
	ck_assert_int_eq(png_write_rgb(&png, WIDTH, HEIGHT, rgb, NULL), 0);
	ck_assert_int_eq(png_read_rgb(png.data, png.size, 1000, &back, NULL), 0);
	ck_assert_int_eq(back.channels, 3);
	ck_assert_int_eq(memcmp(back.pixels, rgb, sizeof rgb), 0);
	free(back.pixels);
	png.size = 0;
	ck_assert_int_eq(png_write_grey(&png, WIDTH, HEIGHT, rgb, NULL), 0);
	ck_assert_int_eq(png_read_rgb(png.data, png.size, 1000, &back, NULL), 0);
	for (i = 0; i < WIDTH * HEIGHT; i++)
		ck_assert(back.pixels[3 * i] == rgb[i] && back.pixels[3 * i + 2] == rgb[i]);
	free(back.pixels);
	ck_assert_int_ne(png_write_grey(&png, 0, 5, rgb, NULL), 0);
	buf_free(&png);
}
END_TEST

static void assert_refused(const struct buf *png, const char *words)
{
	struct error e = { 0 };
	struct surface s;

	ck_assert_int_eq(png_read(png->data, png->size, &usual, &s, &e), STATUS_INPUT);
	ck_assert_msg(strstr(e.text, words) != NULL, "want '%s': %s", words, e.text);
	ck_assert_ptr_null(s.z);
	ck_assert_int_eq(png_read(png->data, png->size, &usual, &s, NULL), STATUS_INPUT);
}

static void put_be32(unsigned char *p, uint32_t v)
{
	p[0] = (unsigned char)(v >> 24);
	p[1] = (unsigned char)(v >> 16);
	p[2] = (unsigned char)(v >> 8);
	p[3] = (unsigned char)v;
}

/* sizes in the header that are a lie, with a CRC that is none */
START_TEST(absurd_sizes)
{
	static const struct {
		uint32_t width, height;
		const char *words;
	} cases[] = {
		{ 22400, 22400, "22400 x 22400 pixels are more" }, { 900000, 900000, "are more" },
		{ 20000, 20000, "bytes cannot hold 20000 x 20000" }, { 0x7fffffff, 0x7fffffff, "damaged PNG" },
		{ 0, 5, "damaged PNG" }, { 0xffffffff, 5, "damaged PNG" }, { WIDTH, HEIGHT + 1, "PNG" },
		{ 2000000, 1, "damaged PNG" },
	};
	size_t i;

	for (i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct recipe r = { .depth = 8 };
		struct buf png = { 0 };

		make(&png, &r);
		put_be32(png.data + 16, cases[i].width);
		put_be32(png.data + 20, cases[i].height);
		put_be32(png.data + 29, sum_crc32(0, png.data + 12, 17));
		assert_refused(&png, cases[i].words);
		buf_free(&png);
	}
}
END_TEST

START_TEST(cut_anywhere)
{
	struct recipe kinds[] = { { .depth = 8 }, { .depth = 4, .type = 3, .interlaced = true } };
	struct buf png = { 0 };
	struct surface s;
	size_t i, size;

	for (i = 0; i < 2; i++) {
		make(&png, &kinds[i]);
		for (size = 0; size < png.size; size++) {
			unsigned char *copy = malloc(size ? size : 1);

			memcpy(copy, png.data, size);
			ck_assert_msg(png_read(copy, size, &usual, &s, NULL) == STATUS_INPUT, "cut at %zu", size);
			free(copy);
		}
		buf_free(&png);
	}
}
END_TEST

/* every bit of a PNG is under a CRC, or is one, or is a length that the next CRC depends on */
START_TEST(flipped_bits)
{
	struct recipe r = { .depth = 8, .ppm_x = 160000, .ppm_y = 160000 };
	struct buf png = { 0 };
	struct surface s;
	size_t at;
	int bit;

	make(&png, &r);
	for (at = 0; at < png.size; at++)
		for (bit = 0; bit < 8; bit++) {
			png.data[at] ^= (unsigned char)(1 << bit);
			ck_assert_msg(png_read(png.data, png.size, &usual, &s, NULL) == STATUS_INPUT,
				      "bit %d of byte %zu", bit, at);
			png.data[at] ^= (unsigned char)(1 << bit);
		}
	buf_free(&png);
}
END_TEST

Suite *t_png(void)
{
	Suite *s = suite_create("png");
	TCase *c = tcase_create("png");

	tcase_add_test(c, kinds_of_png);
	tcase_add_test(c, small_interlaced);
	tcase_add_test(c, transparent_colour);
	tcase_add_test(c, orientation);
	tcase_add_test(c, density);
	tcase_add_test(c, masks);
	tcase_add_test(c, write_and_read);
	tcase_add_test(c, absurd_sizes);
	tcase_add_test(c, cut_anywhere);
	tcase_add_test(c, flipped_bits);
	tcase_set_timeout(c, 120);
	suite_add_tcase(s, c);
	return s;
}
