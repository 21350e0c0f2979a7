/* t_x3p.c - tests of scan/x3p: what is read, and how */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "archive.h"
#include "base/bytes.h"
#include "file/csv.h"
#include "file/data.h"
#include "scan/png.h"
#include "scan/surface.h"

Suite *t_x3p(void);

static const struct scan_wishes usual = SCAN_WISHES_DEFAULT;

/* Reads what the recipe makes; the test fails when it cannot. */
static void read_made(const struct x3p_recipe *recipe, struct surface *s)
{
	struct buf archive = { 0 };
	struct error e = { 0 };

	x3p_make(&archive, recipe);
	ck_assert_msg(!scan_read(archive.data, archive.size, &usual, s, &e), "%s", e.text);
	buf_free(&archive);
}

/* Rows run upwards in the file: 1 2 3 is the lower one. */
static void assert_usual(const struct surface *s, double factor)
{
	static const double heights[] = { 4, 5, 6, 1, 2, 3 };
	int i;

	ck_assert_int_eq(s->kind, SURFACE_TOPOGRAPHY);
	ck_assert_int_eq(s->width, 3);
	ck_assert_int_eq(s->height, 2);
	for (i = 0; i < 6; i++)
		ck_assert_msg(fabs(s->z[i] - factor * heights[i]) < 1e-6 * factor, "point %d is %g", i,
			      (double)s->z[i]);
	ck_assert_uint_eq(s->valid, 6);
	ck_assert(!s->masked);
}

START_TEST(usual_file)
{
	struct x3p_recipe recipe = { 0 };
	struct surface s;

	read_made(&recipe, &s);
	assert_usual(&s, 1);
	ck_assert(fabs(s.spacing_x_um - 6.25) < 1e-9 && fabs(s.spacing_y_um - 6.25) < 1e-9);
	ck_assert_int_eq(s.spacing_origin, SPACING_FILE);
	ck_assert_int_eq(s.reduction, 1);
	ck_assert_int_eq(s.full_width, 3);
	ck_assert_str_eq(s.note, "");
	surface_free(&s);
}
END_TEST

/* each type, with increment and offset for the integers; floats take neither */
START_TEST(data_types)
{
	static const char *const cz[] = {
		"<AxisType>A</AxisType><DataType>I</DataType><Increment>1e-7</Increment><Offset>-5e-7</Offset>",
		"<AxisType>A</AxisType><DataType>L</DataType><Increment>1e-9</Increment><Offset>5e-7</Offset>",
		"<AxisType>A</AxisType><DataType>F</DataType><Increment>2</Increment><Offset>3</Offset>",
		"<AxisType>A</AxisType><DataType>D</DataType><Increment>2</Increment><Offset>3</Offset>",
	};
	unsigned char bytes[4][48];
	static const size_t size[] = { 2, 4, 4, 8 };
	int type, i;

	for (i = 0; i < 6; i++) {
		double z = (i + 1) * 1e-6;
		uint64_t bits;

		bytes_put16(bytes[0] + 2 * i, (uint16_t)(int16_t)lround((z + 5e-7) / 1e-7));
		bytes_put32(bytes[1] + 4 * i, (uint32_t)(int32_t)lround((z - 5e-7) / 1e-9));
		bytes_put_float(bytes[2] + 4 * i, (float)z);
		memcpy(&bits, &z, sizeof bits);
		bytes_put64(bytes[3] + 8 * i, bits);
	}
	for (type = 0; type < 4; type++) {
		struct x3p_recipe recipe = { .cz = cz[type], .points = bytes[type],
					     .points_size = 6 * size[type] };
		struct surface s;

		read_made(&recipe, &s);
		assert_usual(&s, 1);
		surface_free(&s);
	}
}
END_TEST

START_TEST(negative_integers)
{
	static const unsigned char raw[12] = { 0xff, 0xff, 0, 0x80, 0xff, 0x7f, 1, 0, 2, 0, 3, 0 };
	struct x3p_recipe recipe = { .points = raw, .points_size = sizeof raw,
		.cz = "<AxisType>A</AxisType><DataType>I</DataType><Increment>1e-6</Increment>" };
	struct surface s;

	read_made(&recipe, &s);
	ck_assert(fabsf(s.z[3] + 1) < 1e-5f && fabsf(s.z[4] + 32768) < 1e-2f && fabsf(s.z[5] - 32767) < 1e-2f);
	surface_free(&s);
}
END_TEST

START_TEST(text_list)
{
	struct x3p_recipe recipe = { .list = "<Datum>1e-6</Datum>\n<Datum> 2.0E-0006 </Datum><!-- a -->\n"
		"<Datum>+3e-6</Datum><Datum>4e-6</Datum><Datum>5e-6</Datum><Datum>0.000006</Datum>" };
	struct surface s;

	read_made(&recipe, &s);
	assert_usual(&s, 1);
	surface_free(&s);
}
END_TEST

START_TEST(text_integers)
{
	struct x3p_recipe recipe = {
		.cz = "<AxisType>A</AxisType><DataType>L</DataType><Increment>1e-8</Increment><Offset>1e-6</Offset>",
		.list = "<Datum>0</Datum><Datum>100</Datum><Datum>200</Datum>"
			"<Datum>300</Datum><Datum>400</Datum><Datum>500</Datum>" };
	struct surface s;

	read_made(&recipe, &s);
	assert_usual(&s, 1);
	surface_free(&s);
}
END_TEST

/* an empty element, NaN, and numbers that programs without NaN write are missing points */
START_TEST(missing_text)
{
	struct x3p_recipe recipe = { .list = "<Datum>1e-6</Datum><Datum/><Datum>3e-6</Datum>"
		"<Datum>NaN</Datum><Datum></Datum><Datum>3.4e38</Datum>" };
	struct surface s;

	read_made(&recipe, &s);
	ck_assert_uint_eq(s.valid, 2);
	ck_assert(s.masked);
	ck_assert(isnan(s.z[0]) && isnan(s.z[1]) && isnan(s.z[2]) && isnan(s.z[4]));
	ck_assert(fabsf(s.z[3] - 1) < 1e-6f && fabsf(s.z[5] - 3) < 1e-6f);
	surface_free(&s);
}
END_TEST

START_TEST(missing_binary)
{
	double z[6] = { 1e-6, NAN, INFINITY, -INFINITY, 1.7e308, 2e-6 };
	struct x3p_recipe recipe = { .points = z, .points_size = sizeof z };
	struct surface s;

	read_made(&recipe, &s);
	ck_assert_uint_eq(s.valid, 2);
	ck_assert(isnan(s.z[0]) && isnan(s.z[1]) && isnan(s.z[4]) && isnan(s.z[5]));
	surface_free(&s);
}
END_TEST

/* the lowest bit of the first byte is the first point; bits behind the last point say nothing */
START_TEST(validity_bitmap)
{
	static const unsigned char valid[] = { 0xfd };
	struct x3p_recipe recipe = { .valid = valid, .valid_size = 1 };
	struct surface s;

	read_made(&recipe, &s);
	ck_assert_uint_eq(s.valid, 5);
	ck_assert(isnan(s.z[4]) && !isnan(s.z[3]) && !isnan(s.z[5]));
	surface_free(&s);
}
END_TEST

static const char absolute_x[] = "<AxisType>A</AxisType><DataType>D</DataType>";

/* coordinates in the list, where an axis is absolute: before the height, "x;y;z" */
START_TEST(absolute_text)
{
	struct x3p_recipe recipe = { .cx = absolute_x, .cy = absolute_x,
		.list = "<Datum>1e-3;0;1e-6</Datum><Datum> 1.01e-3 ; 0; 2e-6</Datum><Datum/>"
			"<Datum>1e-3;2e-5;4e-6</Datum><Datum>1.01e-3;2e-5;5e-6</Datum>"
			"<Datum>1.02e-3;2e-5;6e-6</Datum>" };
	struct surface s;

	read_made(&recipe, &s);
	ck_assert(fabs(s.spacing_x_um - 10) < 1e-6 && fabs(s.spacing_y_um - 20) < 1e-6);
	ck_assert_uint_eq(s.valid, 5);
	ck_assert(isnan(s.z[5]) && fabsf(s.z[0] - 4) < 1e-6f);
	surface_free(&s);
}
END_TEST

/* absolute y downwards, x from right to left: turned round in both */
START_TEST(absolute_backwards)
{
	struct x3p_recipe recipe = { .cx = absolute_x, .cy = absolute_x,
		.list = "<Datum>2e-5;1e-5;6e-6</Datum><Datum>1e-5;1e-5;5e-6</Datum><Datum>0;1e-5;4e-6</Datum>"
			"<Datum>2e-5;0;3e-6</Datum><Datum>1e-5;0;2e-6</Datum><Datum>0;0;1e-6</Datum>" };
	struct surface s;

	read_made(&recipe, &s);
	assert_usual(&s, 1);
	ck_assert(fabs(s.spacing_x_um - 10) < 1e-6 && fabs(s.spacing_y_um - 10) < 1e-6);
	surface_free(&s);
}
END_TEST

/* a binary list with an absolute integer axis: x in steps of 2 um as int16, then the height */
START_TEST(absolute_binary)
{
	unsigned char bytes[60];
	struct x3p_recipe recipe = { .points = bytes, .points_size = sizeof bytes,
		.cx = "<AxisType>A</AxisType><DataType>I</DataType><Increment>2e-6</Increment><Offset>1</Offset>" };
	struct surface s;
	int i;

	for (i = 0; i < 6; i++) {
		double z = (i + 1) * 1e-6;
		uint64_t bits;

		memcpy(&bits, &z, sizeof bits);
		bytes_put16(bytes + 10 * i, (uint16_t)(10 + 3 * (i % 3)));
		bytes_put64(bytes + 10 * i + 2, bits);
	}
	read_made(&recipe, &s);
	assert_usual(&s, 1);
	ck_assert(fabs(s.spacing_x_um - 6) < 1e-6 && fabs(s.spacing_y_um - 6.25) < 1e-9);
	surface_free(&s);
}
END_TEST

static void axis(char *to, size_t size, const char *increment)
{
	snprintf(to, size, "<AxisType>I</AxisType><DataType>D</DataType><Increment>%s</Increment>", increment);
}

/* Heights over the whole range of int16, and `count` points at one of its ends in the file's first rows. */
static void read_ends(int16_t end, int count, struct surface *s)
{
	static unsigned char raw[2 * 60 * 60];
	struct x3p_recipe recipe = { .points = raw, .points_size = sizeof raw,
		.cz = "<AxisType>A</AxisType><DataType>I</DataType><Increment>1e-9</Increment>",
		.size = "<SizeX>60</SizeX><SizeY>60</SizeY><SizeZ>1</SizeZ>" };

	for (int i = 0; i < 60 * 60; i++)
		bytes_put16(raw + 2 * i, (uint16_t)(i < count ? end : (int16_t)(-32767 + i * 65533LL / 3599)));
	read_made(&recipe, s);
}

/* many points at an end of the integer's range are missing ones, though other heights come up to it */
START_TEST(integer_ends)
{
	static const int16_t end[] = { INT16_MIN, INT16_MAX, INT16_MIN, -32767 };
	static const int count[] = { 150, 150, 30, 30 };
	struct surface s;

	read_ends(end[_i], count[_i], &s);
	ck_assert_uint_eq(s.valid, 3600 - (_i < 2 ? 150 : 0));
	ck_assert(isnan(s.z[59 * 60]) == (_i < 2) && !isnan(s.z[0]));
	ck_assert(!strstr(s.note, "taken as missing") == (_i >= 2));
	surface_free(&s);
}
END_TEST

/* increments that cannot be metres, and the heights with them */
START_TEST(units)
{
	static const struct {
		const char *increment;
		double z, spacing_um, z_factor;   /* z is that of the first point */
		enum spacing_origin origin;
	} cases[] = {
		{ "6.25e-6", 1e-6, 6.25, 1, SPACING_FILE },
		{ "1e-3", 1e-6, 1000, 1, SPACING_FILE },
		{ "0.0275", 1e-3, 27.5, 1, SPACING_ASSUMED },
		{ "7.38", 1, 7.38, 1, SPACING_ASSUMED },
		{ "7.38", 1e-6, 7.38, 1, SPACING_ASSUMED },      /* heights in metres all the same */
		{ "6.25e-6", 1, 6.25, 1, SPACING_FILE },         /* the other way round */
		{ "6.25e-6", 1e3, 6.25, 1, SPACING_FILE },       /* nanometres */
		{ "-6.25e-6", 1e-6, 6.25, 1, SPACING_FILE },
	};
	char text[200];
	size_t i;

	for (i = 0; i < sizeof cases / sizeof *cases; i++) {
		double z[6];
		struct x3p_recipe recipe = { .cx = text, .points = z, .points_size = sizeof z };
		struct surface s;
		int k;

		axis(text, sizeof text, cases[i].increment);
		recipe.cy = text;
		for (k = 0; k < 6; k++)
			z[k] = cases[i].z * (cases[i].increment[0] == '-' ? 6 - k : k + 1);
		read_made(&recipe, &s);
		assert_usual(&s, cases[i].z_factor);
		ck_assert_msg(fabs(s.spacing_x_um - cases[i].spacing_um) < 1e-6, "%zu: %g", i, s.spacing_x_um);
		ck_assert_int_eq(s.spacing_origin, cases[i].origin);
		ck_assert_int_eq(cases[i].origin == SPACING_ASSUMED, strstr(s.note, "increment") != NULL);
		surface_free(&s);
	}
}
END_TEST

START_TEST(no_spacing)
{
	static const char *const increments[] = { "", "0", "1e-200", "5000", "1e300" };
	struct surface s;
	char text[200];
	size_t i;

	for (i = 0; i < sizeof increments / sizeof *increments; i++) {
		struct x3p_recipe recipe = { .cx = text };

		axis(text, sizeof text, increments[i]);
		read_made(&recipe, &s);
		assert_usual(&s, 1);
		ck_assert_int_eq(s.spacing_origin, SPACING_UNKNOWN);
		ck_assert(s.spacing_x_um == 0 && s.spacing_y_um == 0);
		ck_assert_ptr_nonnull(strstr(s.note, "no spacing"));
		surface_free(&s);
	}
}
END_TEST

/* leading folder, stray entries of desktops, other cases of names, links with "./" or backslash */
START_TEST(archives)
{
	static const struct archive_file strays[] = {
		{ "__MACOSX/scan/._main.xml", "junk", 4, NULL }, { "scan/.DS_Store", "junk", 4, NULL },
		{ "scan/bindata/", NULL, 0, NULL }, { "scan/._main.xml", "junk", 4, NULL },
		{ "scan/old/main.xml", "junk", 4, NULL } };
	struct x3p_recipe recipes[] = {
		{ .folder = "scan/", .more = strays, .more_count = 5 },
		{ .folder = "a folder/", .point_link = "./bindata/data.bin" },
		{ .point_link = "BinData\\Data.bin" }, { .point_link = "/bindata/data.bin" },
	};
	struct surface s;
	size_t i;

	for (i = 0; i < sizeof recipes / sizeof *recipes; i++) {
		read_made(&recipes[i], &s);
		assert_usual(&s, 1);
		ck_assert_str_eq(s.note, "");
		surface_free(&s);
	}
}
END_TEST

/* roots and encodings of other writers; processing instructions and comments */
START_TEST(documents)
{
	struct x3p_recipe recipes[] = {
		{ .prolog = "\xef\xbb\xbf<?xml version=\"1.0\"?><!-- a comment -->" },
		{ .prolog = "" },
		{ .prolog = "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>" },
		{ .prolog = "<?xml version=\"1.0\" encoding=\"windows-1252\"?><?pi ?>" },
		{ .axes = "<Origin>NW</Origin><Rotation><r11>1</r11><r12>0</r12><r13>0</r13><r21>0</r21>"
			  "<r22>1</r22><r23>0</r23><r31>0</r31><r32>0</r32><r33>1.0</r33></Rotation>" },
		{ .size = "<SizeX>3</SizeX><SizeY>2</SizeY>" },
		{ .checksum_file = "-" },
	};
	struct surface s;
	size_t i;

	for (i = 0; i < sizeof recipes / sizeof *recipes; i++) {
		read_made(&recipes[i], &s);
		assert_usual(&s, 1);
		ck_assert_str_eq(s.note, "");
		surface_free(&s);
	}
}
END_TEST

START_TEST(mirrored_by_rotation)
{
	struct x3p_recipe recipe = { .axes = "<Rotation><r11>1</r11><r12>0</r12><r13>0</r13><r21>0</r21>"
		"<r22>-1</r22><r23>0</r23><r31>0</r31><r32>0</r32><r33>1</r33></Rotation>" };
	struct surface s;

	read_made(&recipe, &s);
	ck_assert(fabsf(s.z[0] - 1) < 1e-6f && fabsf(s.z[3] - 4) < 1e-6f);
	surface_free(&s);
}
END_TEST

/* files made from TMD have their rows from the top downwards; other comments mean nothing, and may be
 * long */
START_TEST(picture_order)
{
	char comment[3000];
	struct x3p_recipe recipe = { .comment = "Converted from Cadre TMD Format, sub-sampled" };
	struct surface s;

	read_made(&recipe, &s);
	ck_assert(fabsf(s.z[0] - 1) < 1e-6f && fabsf(s.z[3] - 4) < 1e-6f);
	ck_assert_ptr_nonnull(strstr(s.note, "rows run downwards"));
	surface_free(&s);
	memset(comment, 'x', sizeof comment - 1);
	comment[sizeof comment - 1] = 0;
	recipe.comment = comment;
	read_made(&recipe, &s);
	assert_usual(&s, 1);
	surface_free(&s);
}
END_TEST

/* no checksum is noted, no more */
START_TEST(absent_checksums)
{
	struct x3p_recipe recipe = { .main_md5 = "-", .point_md5 = "-" };
	struct surface s;

	read_made(&recipe, &s);
	assert_usual(&s, 1);
	ck_assert_ptr_nonnull(strstr(s.note, "main.xml has no checksum"));
	ck_assert_ptr_nonnull(strstr(s.note, "bindata/data.bin has no checksum"));
	surface_free(&s);
}
END_TEST

static void add_mask(struct buf *png, int width, int height, const unsigned char *rgb)
{
	ck_assert_int_eq(png_write_rgb(png, width, height, rgb, NULL), 0);
}

/* a mask picture marks points, in the order of the points, and takes none away */
START_TEST(mask_picture)
{
	static const unsigned char rgb[18] = { 205, 127, 50, 255, 0, 0, 205, 127, 50, 0, 0, 255, 205, 127, 50,
					       205, 127, 50 };
	static const unsigned char marked[6] = { 1, 0, 0, 0, 1, 0 };
	struct buf png = { 0 };
	struct archive_file file = { "bindata/mask.png", NULL, 0, NULL };
	struct x3p_recipe recipe = { .more = &file, .more_count = 1 };
	struct surface s;
	int stated;

	add_mask(&png, 3, 2, rgb);
	file.bytes = png.data;
	file.size = png.size;
	for (stated = 0; stated < 2; stated++) {
		recipe.record3 = stated ? "<Mask><Background>#cd7f32</Background></Mask>" : NULL;
		read_made(&recipe, &s);
		assert_usual(&s, 1);
		ck_assert_ptr_nonnull(s.marked);
		ck_assert_int_eq(memcmp(s.marked, marked, 6), 0);
		ck_assert_ptr_nonnull(strstr(s.note, "mask picture marks 33.3 %"));
		surface_free(&s);
	}
	buf_free(&png);
}
END_TEST

/* one that cannot be used is noted; the scan is sound without it */
START_TEST(bad_mask_pictures)
{
	static const unsigned char rgb[24];
	struct buf png = { 0 };
	struct archive_file file = { "bindata/mask.png", "no picture", 10, NULL };
	struct x3p_recipe recipe = { .more = &file, .more_count = 1 };
	struct surface s;

	read_made(&recipe, &s);
	assert_usual(&s, 1);
	ck_assert_ptr_null(s.marked);
	ck_assert_ptr_nonnull(strstr(s.note, "mask picture cannot be used"));
	surface_free(&s);
	add_mask(&png, 2, 2, rgb);
	file.bytes = png.data;
	file.size = png.size;
	read_made(&recipe, &s);
	ck_assert_ptr_null(s.marked);
	ck_assert_ptr_nonnull(strstr(s.note, "2 x 2 pixels"));
	surface_free(&s);
	buf_free(&png);
}
END_TEST

/* ---- the real files, where they are ---- */

static double number(const char *text)
{
	return *text ? strtod(text, NULL) : NAN;
}

static bool near(double a, double b)
{
	return (isnan(a) && isnan(b)) || fabs(a - b) <= 2e-6 * fabs(b) + 1e-12;
}

/* Row by row against what an independent reader saw: it keeps the file's units and order. */
static void compare(const char *path, char **f)
{
	struct scan_wishes lenient = usual;
	struct data d;
	struct surface s;
	struct error e = { 0 };
	double lowest = INFINITY, highest = -INFINITY, sum = 0, unit, first;
	size_t i, n = 0;

	lenient.any_checksum = true;
	ck_assert_msg(!data_read(path, 1u << 30, &d, &e), "%s: %s", path, e.text);
	if (!strcmp(f[1], "PCL")) {
		ck_assert_int_eq(scan_read(d.bytes, d.size, &lenient, &s, &e), STATUS_INPUT);
		ck_assert_ptr_nonnull(strstr(e.text, "point cloud"));
		data_free(&d);
		return;
	}
	ck_assert_msg(!scan_read(d.bytes, d.size, &lenient, &s, &e), "%s: %s", path, e.text);
	for (i = 0; i < (size_t)s.width * (size_t)s.height; i++)
		if (!isnan(s.z[i])) {
			n++;
			sum += s.z[i];
			lowest = fmin(lowest, s.z[i]);
			highest = fmax(highest, s.z[i]);
		}
	unit = highest / number(f[8]);
	first = s.z[strstr(s.note, "downwards") ? 0 : (size_t)(s.height - 1) * (size_t)s.width];
	ck_assert_msg(near(s.spacing_x_um, unit * number(f[4])), "%s: spacing %g", path, s.spacing_x_um);
	ck_assert_msg(!*f[5] || near(s.spacing_y_um, unit * number(f[5])), "%s: spacing %g", path, s.spacing_y_um);
	ck_assert_msg(s.width == (int)number(f[2]) && s.height == (int)number(f[3]), "%s: size", path);
	ck_assert_msg(n == s.valid && n == (size_t)number(f[6]), "%s: %zu points", path, n);
	ck_assert_msg(near(lowest, unit * number(f[7])), "%s: lowest %g", path, lowest);
	ck_assert_msg(fabs(sum / (double)n - unit * number(f[9])) < 1e-5 * (highest - lowest), "%s: mean %g",
		      path, sum / (double)n);
	ck_assert_msg(near(first, unit * number(f[10])), "%s: first %g", path, first);
	ck_assert_msg(near(unit, 1e6) || near(unit, 1e3) || near(unit, 1), "%s: unit %g", path, unit);
	surface_free(&s);
	data_free(&d);
}

START_TEST(real_files)
{
	static const char *const folders[] = { "x3p", "breech-3d-raw", "lands" };
	const char *data = getenv("IBIN_DATA");
	struct csv_reader *csv;
	struct csv_row row;
	char path[1000];
	int compared = 0;
	FILE *in, *there;
	size_t i;

	snprintf(path, sizeof path, "%s/x3p/expected.csv", data ? data : "");
	in = data ? fopen(path, "r") : NULL;
	if (!in) {
		printf("x3p: real_files skipped: no x3p/expected.csv in IBIN_DATA\n");
		return;
	}
	csv = csv_open(in, ',', NULL);
	ck_assert_ptr_nonnull(csv);
	ck_assert_int_eq(csv_next(csv, &row, NULL), 0);
	while (!csv_next(csv, &row, NULL))
		for (i = 0; i < 3; i++) {
			snprintf(path, sizeof path, "%s/%s/%s", data, folders[i], row.field[0]);
			there = fopen(path, "r");
			if (!there)
				continue;
			fclose(there);
			compare(path, row.field);
			compared++;
		}
	ck_assert_int_ge(compared, 10);
	csv_close(csv);
	fclose(in);
}
END_TEST

Suite *t_x3p(void)
{
	Suite *s = suite_create("x3p");
	TCase *c = tcase_create("read");

	tcase_add_test(c, usual_file);
	tcase_add_test(c, data_types);
	tcase_add_test(c, negative_integers);
	tcase_add_test(c, text_list);
	tcase_add_test(c, text_integers);
	tcase_add_test(c, missing_text);
	tcase_add_test(c, missing_binary);
	tcase_add_test(c, validity_bitmap);
	tcase_add_test(c, absolute_text);
	tcase_add_test(c, absolute_backwards);
	tcase_add_test(c, absolute_binary);
	tcase_add_loop_test(c, integer_ends, 0, 4);
	tcase_add_test(c, units);
	tcase_add_test(c, no_spacing);
	tcase_add_test(c, archives);
	tcase_add_test(c, documents);
	tcase_add_test(c, mirrored_by_rotation);
	tcase_add_test(c, picture_order);
	tcase_add_test(c, absent_checksums);
	tcase_add_test(c, mask_picture);
	tcase_add_test(c, bad_mask_pictures);
	tcase_add_test(c, real_files);
	tcase_set_timeout(c, 60);
	suite_add_tcase(s, c);
	return s;
}
