/* png.c - PNG photographs and masks, and small pictures written as PNG */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scan/png.h"

#include <math.h>
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>

#include <png.h>

#include "base/mem.h"
#include "scan/exif.h"

/* What libpng may take for one chunk that is not pixels. */
#define CHUNK_MAX 8000000
/* deflate makes at most 1032 bytes of one. */
#define DEFLATE_MAX 1032

struct job {
	const unsigned char *bytes;
	size_t size, at;
	struct buf *to;         /* writing */
	struct error *e;
	int status;
	png_structp png;
	png_infop info;
	unsigned char *row;
	png_uint_32 width, height;
	int channels, depth;    /* of a row as it comes: 1 to 4, 8 or 16 bit */
};

/* Takes one row of samples: `pixels` of them, standing in row y at x0, x0 + step, ... */
typedef void row_taker(const struct job *job, void *context, png_uint_32 y, png_uint_32 x0,
		       png_uint_32 step, png_uint_32 pixels);

static void on_error(png_structp png, png_const_charp text)
{
	struct job *job = png_get_error_ptr(png);

	if (!job->status)
		job->status = error_set(job->e, STATUS_INPUT, "damaged PNG: %.200s", text);
	png_longjmp(png, 1);
}

static void on_warning(png_structp png, png_const_charp text)
{
	(void)png;
	(void)text;
}

/* So that want of memory is not taken for damage. */
static png_voidp on_malloc(png_structp png, png_alloc_size_t size)
{
	struct job *job = png_get_mem_ptr(png);
	void *p = malloc(size);

	if (!p)
		job->status = error_memory(job->e);
	return p;
}

static void on_free(png_structp png, png_voidp p)
{
	(void)png;
	free(p);
}

static void on_read(png_structp png, png_bytep to, size_t size)
{
	struct job *job = png_get_io_ptr(png);

	if (size > job->size - job->at) {
		job->status = error_set(job->e, STATUS_INPUT, "a PNG that is cut at byte %zu", job->size);
		png_error(png, "cut");
	}
	memcpy(to, job->bytes + job->at, size);
	job->at += size;
}

bool png_is(const unsigned char *bytes, size_t size)
{
	return size >= 8 && !png_sig_cmp(bytes, 0, 8);
}

static int check_header(struct job *job, size_t max_points)
{
	size_t points = (size_t)job->width * job->height, stored;

	if (points > max_points || points > SURFACE_MAX_POINTS)
		return error_set(job->e, STATUS_INPUT, "%u x %u pixels are more than can be used",
				 job->width, job->height);
	stored = points * png_get_channels(job->png, job->info) *
		 png_get_bit_depth(job->png, job->info) / 8;
	if (stored / DEFLATE_MAX > job->size)
		return error_set(job->e, STATUS_INPUT, "%zu bytes cannot hold %u x %u pixels",
				 job->size, job->width, job->height);
	return STATUS_DONE;
}

/* Up to the pixels: header and chunks before them, and which form the rows are to have. */
static int begin(struct job *job, size_t max_points, bool keep_16)
{
	png_structp png = job->png;

	png_set_read_fn(png, job, on_read);
	png_set_crc_action(png, PNG_CRC_ERROR_QUIT, PNG_CRC_ERROR_QUIT);
	png_set_chunk_malloc_max(png, CHUNK_MAX);
	png_read_info(png, job->info);
	job->width = png_get_image_width(png, job->info);
	job->height = png_get_image_height(png, job->info);
	if (check_header(job, max_points))
		return job->e->status;
	png_set_expand(png);
	if (!keep_16)
		png_set_scale_16(png);
	/* rows of the passes of an interlaced picture come as they are: see read_rows */
	png_read_update_info(png, job->info);
	job->channels = png_get_channels(png, job->info);
	job->depth = png_get_bit_depth(png, job->info);
	job->row = mem_new(png_get_rowbytes(png, job->info), 1, job->e);
	return job->row ? STATUS_DONE : STATUS_SYSTEM;
}

/* An interlaced picture is seven small ones, spread over the large one; taking them row by row
 * needs no second picture in memory. */
static void read_rows(struct job *job, row_taker *take, void *context)
{
	int passes = png_get_interlace_type(job->png, job->info) == PNG_INTERLACE_ADAM7 ? 7 : 1, pass;

	for (pass = 0; pass < passes; pass++) {
		png_uint_32 rows = job->height, columns = job->width, y;

		if (passes == 7) {
			rows = PNG_PASS_ROWS(job->height, pass);
			columns = PNG_PASS_COLS(job->width, pass);
		}
		for (y = 0; columns && y < rows; y++) {
			png_read_row(job->png, job->row, NULL);
			if (passes == 7)
				take(job, context, PNG_ROW_FROM_PASS_ROW(y, pass),
				     PNG_PASS_START_COL(pass), 1u << PNG_PASS_COL_SHIFT(pass), columns);
			else
				take(job, context, y, 0, 1, columns);
		}
	}
}

static unsigned sample(const struct job *job, png_uint_32 x, int channel)
{
	size_t at = (size_t)x * (size_t)job->channels + (size_t)channel;

	if (job->depth == 8)
		return job->row[at];
	return (unsigned)job->row[2 * at] << 8 | job->row[2 * at + 1];
}

/* Rec. 601, as in JPEG, 0 to 255. */
static float luminance(const struct job *job, png_uint_32 x)
{
	float full = job->depth == 8 ? 255 : 65535, v;

	if (job->channels < 3)
		v = (float)sample(job, x, 0);
	else
		v = 0.299f * (float)sample(job, x, 0) + 0.587f * (float)sample(job, x, 1) +
		    0.114f * (float)sample(job, x, 2);
	if (job->channels % 2 == 0)
		v *= (float)sample(job, x, job->channels - 1) / full;
	return job->depth == 8 ? v : v / 257;
}

struct surface_rows {
	struct surface *s;
	int turn;
};

static void take_surface(const struct job *job, void *context, png_uint_32 y, png_uint_32 x0,
			 png_uint_32 step, png_uint_32 pixels)
{
	const struct surface_rows *to = context;
	struct exif_row at = exif_row(to->turn, to->s->width, to->s->height, (int)y);
	float *z = to->s->z + at.start + (ptrdiff_t)x0 * at.step;
	ptrdiff_t by = (ptrdiff_t)step * at.step;
	png_uint_32 i;

	if (job->channels == 1 && job->depth == 8)
		for (i = 0; i < pixels; i++)
			z[(ptrdiff_t)i * by] = job->row[i];
	else
		for (i = 0; i < pixels; i++)
			z[(ptrdiff_t)i * by] = luminance(job, i);
}

static int orientation(struct job *job)
{
	png_uint_32 size = 0;
	png_bytep exif = NULL;

	if (!png_get_eXIf_1(job->png, job->info, &size, &exif) || !exif)
		return 1;
	return exif_orientation(exif, size);
}

/* Densities of prints, screens and scanners: multiples of 50, 72 and 96 dots an inch up to 5,000. No
 * round number of micrometres is among them, for an inch is 127 times 200 of them, and 127 is prime.
 * A density is stored as whole dots a metre: 0.013 dots an inch to either side. */
static bool usual_print(double dpi)
{
	static const double steps[] = { 50, 72, 96 };
	size_t i;

	for (i = 0; dpi < 5001 && i < sizeof steps / sizeof *steps; i++)
		if (fabs(dpi - steps[i] * round(dpi / steps[i])) < 0.02)
			return true;
	return false;
}

/* Programs write such a density without being asked; only one that is a microscope's, and that no
 * such program writes, is believed. */
static void spacing(struct job *job, struct surface *s)
{
	png_uint_32 x = 0, y = 0;
	int unit = PNG_RESOLUTION_UNKNOWN;

	if (!png_get_pHYs(job->png, job->info, &x, &y, &unit) || unit != PNG_RESOLUTION_METER ||
	    !x || !y)
		return;
	if (usual_print(x * 0.0254) || usual_print(y * 0.0254))
		return;
	if (1e6 / x < 0.3 || 1e6 / x > 60 || 1e6 / y < 0.3 || 1e6 / y > 60)
		return;
	s->spacing_x_um = 1e6 / x;
	s->spacing_y_um = 1e6 / y;
	s->spacing_origin = SPACING_FILE;
}

static int decode_surface(struct job *job, const struct scan_wishes *wishes, struct surface *s)
{
	struct surface_rows to;
	png_uint_32 across, down;

	if (setjmp(png_jmpbuf(job->png)))
		return job->status;
	if (begin(job, wishes->max_points, true))
		return job->e->status;
	to.s = s;
	to.turn = orientation(job);
	across = exif_turned(to.turn) ? job->height : job->width;
	down = exif_turned(to.turn) ? job->width : job->height;
	if (surface_new(s, SURFACE_PHOTOGRAPH, (int)across, (int)down, job->e))
		return job->e->status;
	read_rows(job, take_surface, &to);
	png_read_end(job->png, NULL);
	spacing(job, s);
	if (exif_turned(to.turn)) {
		double held = s->spacing_x_um;

		s->spacing_x_um = s->spacing_y_um;
		s->spacing_y_um = held;
	}
	/* libpng goes on without a chunk that it had no memory for */
	return job->status;
}

static void take_picture(const struct job *job, void *context, png_uint_32 y, png_uint_32 x0,
			 png_uint_32 step, png_uint_32 pixels)
{
	const struct png_picture *to = context;
	unsigned char *p = to->pixels + ((size_t)y * job->width + x0) * (size_t)to->channels;
	png_uint_32 i;
	int c;

	for (i = 0; i < pixels; i++, p += (size_t)step * (size_t)to->channels) {
		unsigned alpha = job->channels % 2 ? 255 : sample(job, i, job->channels - 1);

		if (to->channels == 1)
			p[0] = luminance(job, i) >= 127.5f ? 255 : 0;
		for (c = 0; to->channels == 3 && c < 3; c++)
			p[c] = (unsigned char)(sample(job, i, job->channels < 3 ? 0 : c) * alpha / 255);
	}
}

static int decode_picture(struct job *job, size_t max_points, struct png_picture *out)
{
	if (setjmp(png_jmpbuf(job->png)))
		return job->status;
	if (begin(job, max_points, false))
		return job->e->status;
	out->width = (int)job->width;
	out->height = (int)job->height;
	out->pixels = mem_new((size_t)job->width * job->height, (size_t)out->channels, job->e);
	if (!out->pixels)
		return STATUS_SYSTEM;
	read_rows(job, take_picture, out);
	png_read_end(job->png, NULL);
	return job->status;
}

static int open_reader(struct job *job, const unsigned char *bytes, size_t size, struct error *e)
{
	memset(job, 0, sizeof *job);
	job->bytes = bytes;
	job->size = size;
	job->e = e;
	job->png = png_create_read_struct_2(PNG_LIBPNG_VER_STRING, job, on_error, on_warning, job,
					    on_malloc, on_free);
	if (job->png)
		job->info = png_create_info_struct(job->png);
	return job->info ? STATUS_DONE : error_memory(e);
}

static void close_reader(struct job *job)
{
	free(job->row);
	if (job->png)
		png_destroy_read_struct(&job->png, &job->info, NULL);
}

int png_read(const unsigned char *bytes, size_t size, const struct scan_wishes *wishes,
	     struct surface *out, struct error *e)
{
	struct error own;
	struct job job;
	int status;

	memset(out, 0, sizeof *out);
	status = open_reader(&job, bytes, size, e ? e : &own);
	if (!status)
		status = decode_surface(&job, wishes, out);
	close_reader(&job);
	if (status)
		surface_free(out);
	return status;
}

static int read_picture(const unsigned char *bytes, size_t size, size_t max_points, int channels,
			struct png_picture *out, struct error *e)
{
	struct error own;
	struct job job;
	int status;

	memset(out, 0, sizeof *out);
	out->channels = channels;
	if (!png_is(bytes, size))
		return error_set(e, STATUS_INPUT, "not a PNG");
	status = open_reader(&job, bytes, size, e ? e : &own);
	if (!status)
		status = decode_picture(&job, max_points, out);
	close_reader(&job);
	if (status) {
		free(out->pixels);
		memset(out, 0, sizeof *out);
	}
	return status;
}

int png_read_mask(const unsigned char *bytes, size_t size, size_t max_points,
		  struct png_picture *out, struct error *e)
{
	return read_picture(bytes, size, max_points, 1, out, e);
}

int png_read_rgb(const unsigned char *bytes, size_t size, size_t max_points, struct png_picture *out,
		 struct error *e)
{
	return read_picture(bytes, size, max_points, 3, out, e);
}

static void on_write(png_structp png, png_bytep data, size_t size)
{
	struct job *job = png_get_io_ptr(png);

	job->status = buf_add(job->to, data, size, job->e);
	if (job->status)
		png_error(png, "no memory");
}

static void on_flush(png_structp png)
{
	(void)png;
}

static int encode(struct job *job, int width, int height, int channels, const unsigned char *pixels)
{
	size_t row = (size_t)width * (size_t)channels;
	int y;

	if (setjmp(png_jmpbuf(job->png)))
		return job->status;
	png_set_write_fn(job->png, job, on_write, on_flush);
	png_set_IHDR(job->png, job->info, (png_uint_32)width, (png_uint_32)height, 8,
		     channels == 1 ? PNG_COLOR_TYPE_GRAY : PNG_COLOR_TYPE_RGB, PNG_INTERLACE_NONE,
		     PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
	png_write_info(job->png, job->info);
	for (y = 0; y < height; y++)
		png_write_row(job->png, pixels + (size_t)y * row);
	png_write_end(job->png, NULL);
	return STATUS_DONE;
}

static int write_picture(struct buf *out, int width, int height, int channels,
			 const unsigned char *pixels, struct error *e)
{
	struct error own = { 0 };
	struct job job = { .to = out, .e = e ? e : &own };
	size_t before = out->size;
	int status;

	job.png = png_create_write_struct_2(PNG_LIBPNG_VER_STRING, &job, on_error, on_warning, &job,
					    on_malloc, on_free);
	if (job.png)
		job.info = png_create_info_struct(job.png);
	status = job.info ? encode(&job, width, height, channels, pixels) : error_memory(e);
	if (job.png)
		png_destroy_write_struct(&job.png, &job.info);
	if (status)
		out->size = before;
	return status;
}

int png_write_grey(struct buf *out, int width, int height, const unsigned char *grey, struct error *e)
{
	return write_picture(out, width, height, 1, grey, e);
}

int png_write_rgb(struct buf *out, int width, int height, const unsigned char *rgb, struct error *e)
{
	return write_picture(out, width, height, 3, rgb, e);
}
