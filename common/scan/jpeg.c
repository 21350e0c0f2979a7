/* jpeg.c - JPEG photographs, and small pictures written as JPEG */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scan/jpeg.h"

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jpeglib.h>
#include <jerror.h>

#include "base/mem.h"
#include "scan/exif.h"

/* What libjpeg may hold beside the file and the surface: the coefficients of a progressive picture
 * (6 bytes a pixel at most). 1 GB is one of 160 megapixels. */
#define MEMORY_MAX (1L << 30)
/* Encoders write about ten scans; each one costs a pass over the picture. */
#define SCANS_MAX 64
/* Some cameras pad; but where a damaged code made the decoder lose its place, much is left over. */
#define PADDING_MAX 32

struct job {
	struct jpeg_error_mgr manager;      /* first: libjpeg hands back a pointer to it */
	struct jpeg_progress_mgr progress;
	jmp_buf failed;
	struct error *e;
	int status;
	bool extraneous;                    /* bytes that belong to nothing, but no data lost */
	struct jpeg_decompress_struct in;
	struct jpeg_compress_struct out;
	JSAMPLE *rows;
};

/* A library's message as ours: it cannot be a system error but for want of memory. */
static void fail(struct job *job, j_common_ptr common, const char *before)
{
	char text[JMSG_LENGTH_MAX];

	job->manager.format_message(common, text);
	if (job->manager.msg_code == JERR_OUT_OF_MEMORY)
		job->status = error_memory(job->e);
	else if (job->manager.msg_code == JERR_NO_BACKING_STORE)
		job->status = error_set(job->e, STATUS_INPUT, "a progressive JPEG that takes more than "
					"%ld MB to decode", MEMORY_MAX >> 20);
	else
		job->status = error_set(job->e, STATUS_INPUT, "%s: %s", before, text);
	longjmp(job->failed, 1);
}

static void on_error(j_common_ptr common)
{
	fail((struct job *)common->err, common, "not a JPEG that can be read");
}

/* libjpeg goes on after damage and fills with grey; evidence must not be filled. Only what says
 * nothing about the pixels is let pass. */
static void on_message(j_common_ptr common, int level)
{
	struct job *job = (struct job *)common->err;

	if (level >= 0)
		return;
	switch (job->manager.msg_code) {
	case JWRN_EXTRANEOUS_DATA:
		if (job->manager.msg_parm.i[0] > PADDING_MAX)
			fail(job, common, "damaged");
		job->extraneous = true;
		return;
	case JWRN_JFIF_MAJOR:
	case JWRN_ADOBE_XFORM:
		return;
	default:
		fail(job, common, "damaged");
	}
}

static void on_output(j_common_ptr common)
{
	(void)common;
}

static void on_progress(j_common_ptr common)
{
	struct job *job = (struct job *)common->err;

	if (((j_decompress_ptr)common)->input_scan_number <= SCANS_MAX)
		return;
	job->status = error_set(job->e, STATUS_INPUT, "a JPEG of more than %d scans", SCANS_MAX);
	longjmp(job->failed, 1);
}

static void start(struct job *job, struct error *e)
{
	memset(job, 0, sizeof *job);
	job->e = e;
	jpeg_std_error(&job->manager);
	job->manager.error_exit = on_error;
	job->manager.emit_message = on_message;
	job->manager.output_message = on_output;
	job->progress.progress_monitor = on_progress;
}

bool jpeg_is(const unsigned char *bytes, size_t size)
{
	return size >= 3 && bytes[0] == 0xff && bytes[1] == 0xd8 && bytes[2] == 0xff;
}

static int orientation(struct jpeg_decompress_struct *in)
{
	jpeg_saved_marker_ptr m;

	for (m = in->marker_list; m; m = m->next)
		if (m->marker == JPEG_APP0 + 1 && m->data_length > 6 && !memcmp(m->data, "Exif\0\0", 6))
			return exif_orientation(m->data + 6, m->data_length - 6);
	return 1;
}

/* The largest reduction that leaves the shorter side with enough pixels. */
static unsigned reduction(unsigned width, unsigned height, int enough_px)
{
	unsigned shorter = width < height ? width : height, r;

	if (enough_px <= 0)
		return 1;
	for (r = 8; r > 1; r /= 2)
		if (shorter / r >= (unsigned)enough_px)
			break;
	return r;
}

static int check_header(struct job *job, size_t size, const struct scan_wishes *wishes)
{
	const struct jpeg_decompress_struct *in = &job->in;
	size_t points = (size_t)in->image_width * in->image_height;
	struct error *e = job->e;

	if (points > wishes->max_points || points > SURFACE_MAX_POINTS)
		return error_set(e, STATUS_INPUT, "%u x %u pixels are more than can be used",
				 in->image_width, in->image_height);
	if (in->jpeg_color_space == JCS_CMYK || in->jpeg_color_space == JCS_YCCK)
		return error_set(e, STATUS_INPUT, "a CMYK picture, made for print: "
				 "save it as grey or RGB");
	if (in->jpeg_color_space != JCS_GRAYSCALE && in->jpeg_color_space != JCS_YCbCr &&
	    in->jpeg_color_space != JCS_RGB)
		return error_set(e, STATUS_INPUT, "a JPEG of %d components, neither grey nor colour",
				 in->num_components);
	/* A block of 64 pixels takes one bit or more (Huffman); with odd sampling factors the
	 * finest component may have a quarter of the blocks. */
	if (!in->arith_code && size < points / 2048)
		return error_set(e, STATUS_INPUT, "%zu bytes cannot hold %u x %u pixels", size,
				 in->image_width, in->image_height);
	return STATUS_DONE;
}

/* Decoded a few rows at a time, which also makes turning by a quarter kinder to the cache. */
#define ROWS 16
static void copy_pixels(struct job *job, int turn, struct surface *s)
{
	struct jpeg_decompress_struct *in = &job->in;
	JSAMPROW row[ROWS];
	int i;

	for (i = 0; i < ROWS; i++)
		row[i] = job->rows + (size_t)i * in->output_width;
	while (in->output_scanline < in->output_height) {
		int y = (int)in->output_scanline, got = 0;

		while (got < ROWS && in->output_scanline < in->output_height)
			got += (int)jpeg_read_scanlines(in, row + got, (JDIMENSION)(ROWS - got));
		for (i = 0; i < got; i++) {
			struct exif_row to = exif_row(turn, s->width, s->height, y + i);
			float *z = s->z + to.start;
			unsigned x;

			if (to.step == 1)
				for (x = 0; x < in->output_width; x++)
					z[x] = row[i][x];
			else
				for (x = 0; x < in->output_width; x++)
					z[(ptrdiff_t)x * to.step] = row[i][x];
		}
	}
}

static int decode(struct job *job, const unsigned char *bytes, size_t size,
		  const struct scan_wishes *wishes, struct surface *s)
{
	struct jpeg_decompress_struct *in = &job->in;
	int turn, turned;

	if (setjmp(job->failed))
		return job->status;
	in->err = &job->manager;
	jpeg_create_decompress(in);
	in->progress = &job->progress;
	in->mem->max_memory_to_use = MEMORY_MAX;
	jpeg_mem_src(in, bytes, (unsigned long)size);
	jpeg_save_markers(in, JPEG_APP0 + 1, 0xffff);
	jpeg_read_header(in, TRUE);
	if (check_header(job, size, wishes))
		return job->e->status;
	turn = orientation(in);
	turned = exif_turned(turn);
	in->out_color_space = JCS_GRAYSCALE;
	in->scale_num = 1;
	in->scale_denom = reduction(in->image_width, in->image_height, wishes->enough_px);
	jpeg_start_decompress(in);
	if (surface_new(s, SURFACE_PHOTOGRAPH, (int)(turned ? in->output_height : in->output_width),
			(int)(turned ? in->output_width : in->output_height), job->e))
		return job->e->status;
	s->reduction = (int)in->scale_denom;
	s->full_width = (int)(turned ? in->image_height : in->image_width);
	s->full_height = (int)(turned ? in->image_width : in->image_height);
	job->rows = mem_new((size_t)ROWS * in->output_width, 1, job->e);
	if (!job->rows)
		return STATUS_SYSTEM;
	copy_pixels(job, turn, s);
	jpeg_finish_decompress(in);
	if (job->extraneous)
		surface_note(s, "bytes in the JPEG that belong to nothing");
	return STATUS_DONE;
}

int jpeg_read(const unsigned char *bytes, size_t size, const struct scan_wishes *wishes,
	      struct surface *out, struct error *e)
{
	struct error own;
	struct job job;
	int status;

	memset(out, 0, sizeof *out);
	start(&job, e ? e : &own);
	status = decode(&job, bytes, size, wishes, out);
	free(job.rows);
	jpeg_destroy_decompress(&job.in);
	if (status)
		surface_free(out);
	return status;
}

static int encode(struct job *job, const unsigned char *pixels, int width, int height, int channels,
		  int quality, unsigned char **memory, unsigned long *size)
{
	struct jpeg_compress_struct *out = &job->out;

	if (setjmp(job->failed))
		return job->status;
	out->err = &job->manager;
	jpeg_create_compress(out);
	jpeg_mem_dest(out, memory, size);
	out->image_width = (JDIMENSION)width;
	out->image_height = (JDIMENSION)height;
	out->input_components = channels;
	out->in_color_space = channels == 1 ? JCS_GRAYSCALE : JCS_RGB;
	jpeg_set_defaults(out);
	jpeg_set_quality(out, quality, TRUE);
	jpeg_start_compress(out, TRUE);
	while (out->next_scanline < out->image_height) {
		size_t at = (size_t)out->next_scanline * (size_t)width * (size_t)channels;
		JSAMPROW row = (JSAMPROW)pixels + at;

		jpeg_write_scanlines(out, &row, 1);
	}
	jpeg_finish_compress(out);
	return STATUS_DONE;
}

static int write_picture(struct buf *out, int width, int height, int channels,
			 const unsigned char *pixels, int quality, struct error *e)
{
	struct error own;
	struct job job;
	unsigned char *memory = NULL;
	unsigned long size = 0;
	int status;

	start(&job, e ? e : &own);
	status = encode(&job, pixels, width, height, channels, quality, &memory, &size);
	jpeg_destroy_compress(&job.out);
	if (!status)
		status = buf_add(out, memory, size, e);
	free(memory);
	return status;
}

int jpeg_write_grey(struct buf *out, int width, int height, const unsigned char *grey, int quality,
		    struct error *e)
{
	return write_picture(out, width, height, 1, grey, quality, e);
}

int jpeg_write_rgb(struct buf *out, int width, int height, const unsigned char *rgb, int quality,
		   struct error *e)
{
	return write_picture(out, width, height, 3, rgb, quality, e);
}
