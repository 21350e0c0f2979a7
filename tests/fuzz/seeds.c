/* seeds.c - writes the first files of each corpus: small, sound, of every kind */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <jpeglib.h>
#include <png.h>

#include "base/buf.h"
#include "sign/frame.h"
#include "sign/pack.h"
#include "unit/archive.h"

static const char *top;

static void save(const char *target, const char *name, const void *bytes, size_t size)
{
	char path[4096];
	FILE *out;

	snprintf(path, sizeof path, "%s/%s", top, target);
	mkdir(path, 0777);
	snprintf(path, sizeof path, "%s/%s/%s", top, target, name);
	out = fopen(path, "w");
	if (!out || (size && fwrite(bytes, size, 1, out) != 1) || fclose(out)) {
		perror(path);
		exit(4);
	}
}

static void seed_jpeg(const char *name, J_COLOR_SPACE space, int n, bool progressive, int orientation)
{
	static const unsigned char exif[] = "Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0";
	struct jpeg_compress_struct c;
	struct jpeg_error_mgr err;
	unsigned char *memory = NULL, row[24 * 4], tag[32] = { 0 };
	JSAMPROW rows = row;
	unsigned long size = 0;
	int i, y;

	c.err = jpeg_std_error(&err);
	jpeg_create_compress(&c);
	jpeg_mem_dest(&c, &memory, &size);
	c.image_width = 24;
	c.image_height = 18;
	c.input_components = n;
	c.in_color_space = space;
	jpeg_set_defaults(&c);
	if (progressive)
		jpeg_simple_progression(&c);
	jpeg_start_compress(&c, TRUE);
	memcpy(tag, exif, sizeof exif - 1);
	tag[24] = (unsigned char)orientation;
	if (orientation)
		jpeg_write_marker(&c, JPEG_APP0 + 1, tag, sizeof tag);
	for (y = 0; y < 18; y++) {
		for (i = 0; i < 24 * n; i++)
			row[i] = (unsigned char)(i * 9 + y * 5);
		jpeg_write_scanlines(&c, &rows, 1);
	}
	jpeg_finish_compress(&c);
	jpeg_destroy_compress(&c);
	save("jpeg", name, memory, size);
	free(memory);
}

static void on_write(png_structp png, png_bytep data, size_t size)
{
	buf_add(png_get_io_ptr(png), data, size, NULL);
}

static void seed_png(const char *name, int type, int depth, bool interlaced)
{
	static const unsigned char exif[] = "MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0";
	png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, NULL, NULL);
	png_infop info = png_create_info_struct(png);
	unsigned char row[10 * 8];
	png_color palette[4] = { { 0, 0, 0 }, { 255, 0, 0 }, { 0, 255, 0 }, { 255, 255, 255 } };
	png_byte alpha[4] = { 255, 128, 0, 255 };
	struct buf out = { 0 };
	int pass, passes, y;
	size_t i;

	png_set_write_fn(png, &out, on_write, NULL);
	png_set_IHDR(png, info, 10, 9, depth, type, interlaced, 0, 0);
	if (type == PNG_COLOR_TYPE_PALETTE) {
		png_set_PLTE(png, info, palette, 4);
		png_set_tRNS(png, info, alpha, 4, NULL);
	}
	if (interlaced)
		png_set_eXIf_1(png, info, sizeof exif - 1, (png_bytep)(uintptr_t)exif);
	png_set_pHYs(png, info, 160000, 160000, PNG_RESOLUTION_METER);
	png_write_info(png, info);
	passes = png_set_interlace_handling(png);
	for (pass = 0; pass < passes; pass++)
		for (y = 0; y < 9; y++) {
			for (i = 0; i < sizeof row; i++)
				row[i] = (unsigned char)(i * 7 + (size_t)y * 3);
			png_write_row(png, row);
		}
	png_write_end(png, NULL);
	png_destroy_write_struct(&png, &info);
	save("png", name, out.data, out.size);
	buf_free(&out);
}

static void seed_x3p(const char *name, const struct x3p_recipe *recipe)
{
	struct buf out = { 0 };

	x3p_make(&out, recipe);
	save("x3p", name, out.data, out.size);
	buf_free(&out);
}

static void seed_main(const char *name, const char *xml, const char *data, size_t size)
{
	struct buf out = { 0 };

	buf_text(&out, xml, NULL);
	if (data) {
		buf_byte(&out, 0, NULL);
		buf_add(&out, data, size, NULL);
	}
	save("x3p_main", name, out.data, out.size);
	buf_free(&out);
}

/* A signature of a kind: an impression with its codes, or a profile. */
static void make_signature(struct signature *s, enum mark mark, int width, int height, unsigned layers)
{
	int i, k;

	memset(s, 0, sizeof *s);
	s->mark = mark;
	s->step_um = 25;
	if (signature_room(s, width, height, layers, NULL) || signature_set(s, META_ID, "a b", NULL) ||
	    signature_set(s, META_METHOD, "impression/1", NULL))
		exit(4);
	for (i = 0; i < width * height; i++) {
		s->on[i] = i % 5 != 0;
		for (k = 0; k < LAYERS; k++)
			if (s->layer[k] && s->on[i])
				s->layer[k][i] = (int16_t)(height == 1 ? i * 999 : (i + k) % 31 - 15);
	}
	for (k = 0; k < LAYERS && height > 1; k++)
		if (s->layer[k])
			s->code[k].on[k] = s->code[k].bit[k] = UINT64_C(0x0123456789abcdef);
}

/* Each kind alone as a body, and all in one file. */
static void seed_sig(void)
{
	static const struct { const char *name; enum mark mark; int width, height; unsigned layers; } kind[] = {
		{ "both", MARK_BREECH_FACE, 8, 8, 3 }, { "look", MARK_FIRING_PIN, 5, 5, 1u << LAYER_LOOK },
		{ "profile", MARK_LAND, 30, 1, 1u << LAYER_RELIEF }, { "profile-code", MARK_LAND, 30, 1, 1u << LAYER_RELIEF },
		{ "fine-code", MARK_BREECH_FACE, 8, 8, 1u << LAYER_RELIEF },
	};
	static const struct fine_code fine = { .bit = { 5 }, .on = { 7, [FINE_WORDS - 1] = 1 } };
	struct frame_writer writer;
	char *bytes = NULL;
	size_t size = 0, i;
	FILE *out = open_memstream(&bytes, &size);

	if (!out)
		exit(4);
	frame_writer_start(&writer, out);
	for (i = 0; i < sizeof kind / sizeof *kind; i++) {
		struct signature s;
		struct buf b = { 0 };

		make_signature(&s, kind[i].mark, kind[i].width, kind[i].height, kind[i].layers);
		if (!strcmp(kind[i].name, "profile-code") && signature_land_code(&s, (const uint64_t[3]){ 5, 3, 7 }, 3, NULL))
			exit(4);
		if (!strcmp(kind[i].name, "fine-code") && signature_fine_code(&s, &fine, NULL))
			exit(4);
		if (pack_signature(&s, &b, NULL))
			exit(4);
		save("sig", kind[i].name, b.data, b.size);
		b.size = 0;
		if (frame_pack(&s, &b, NULL) || frame_write(&writer, &b, NULL))
			exit(4);
		buf_free(&b);
		signature_free(&s);
	}
	if (frame_finish(&writer, NULL) || fclose(out))
		exit(4);
	save("sig", "file", bytes, size);
	free(bytes);
}

#define STEP "<AxisType>I</AxisType><DataType>D</DataType><Increment>1e-6</Increment><Offset>0</Offset>"
#define PLACE "<AxisType>A</AxisType><DataType>I</DataType><Increment>1e-6</Increment><Offset>0</Offset>"
#define MAIN(cx, cz, more) "<p:a><Record1><FeatureType>SUR</FeatureType><Axes><CX>" cx "</CX><CY>" STEP "</CY><CZ>" cz \
	"</CZ></Axes></Record1><Record3><MatrixDimension><SizeX>2</SizeX><SizeY>2</SizeY><SizeZ>1</SizeZ>" \
	"</MatrixDimension>" more "</Record3></p:a>"
#define LINK "<DataLink><PointDataLink>bindata/data.bin</PointDataLink><ValidPointsLink>bindata/valid.bin" \
	"</ValidPointsLink></DataLink>"

int main(int argc, char **argv)
{
	static const unsigned char valid[1] = { 0x3e };
	static const struct archive_file stray = { "__MACOSX/._main.xml", "x", 1, NULL };
	static const char labels[] = "file,id,case,specimen,cast,taken,land,twist\na.x3p,1,\"K \"\"7\"\"\",evidence,single,"
				     "2024-02-29,3,left\r\nb/c.png,,,test-fire,double,2024,99,right\n";
	static const char csv[] = "id,make\r\n1,\"a \"\"b\"\"\nc\"\r\n\r\n2,\n", options[] = "-a\n--name=x\n-k5\nfile\n--\n-b\n";

	if (argc != 2) {
		fprintf(stderr, "usage: %s FOLDER\n", argv[0]);
		return 2;
	}
	top = argv[1];
	mkdir(top, 0777);
	seed_jpeg("grey", JCS_GRAYSCALE, 1, false, 0);
	seed_jpeg("colour", JCS_RGB, 3, false, 6);
	seed_jpeg("progressive", JCS_RGB, 3, true, 0);
	seed_jpeg("cmyk", JCS_CMYK, 4, false, 0);
	seed_png("grey1", 0, 1, false);
	seed_png("grey16", 0, 16, true);
	seed_png("palette", 3, 2, true);
	seed_png("rgb", 2, 8, false);
	seed_png("rgba16", 6, 16, true);
	seed_x3p("usual", &(struct x3p_recipe){ 0 });
	seed_x3p("valid", &(struct x3p_recipe){ .valid = valid, .valid_size = 1, .folder = "a/",
						 .more = &stray, .more_count = 1 });
	seed_x3p("text", &(struct x3p_recipe){ .list = "<Datum>1</Datum><Datum/><Datum>2</Datum><Datum>1</Datum>"
						       "<Datum/><Datum>2</Datum>" });
	seed_main("binary", MAIN(STEP, PLACE, LINK), "\1\0\2\0\3\0\4\0\x0f\1", 10);
	seed_main("absolute", MAIN(PLACE, PLACE, LINK), "\0\0\1\0\5\0\2\0\0\0\3\0\5\0\4\0\x0e\1", 18);
	seed_main("text", MAIN(PLACE, STEP, "<DataList><Datum>1;2</Datum><Datum>2;3</Datum><Datum/><Datum>2;nan</Datum>"
			       "</DataList>"), NULL, 0);
	seed_main("cloud", "<a><Record1><FeatureType>PCL</FeatureType></Record1></a>", NULL, 0);
	seed_sig();
	save("labels", "table", labels, sizeof labels - 1);
	save("csv", "rows", csv, sizeof csv - 1);
	save("option", "words", options, sizeof options - 1);
	return 0;
}
