/* picture_out.c - writes photographs and masks */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <jpeglib.h>
#include <png.h>

#include "make/picture_out.h"

struct complaint {
	struct jpeg_error_mgr manager;
	jmp_buf back;
	char text[JMSG_LENGTH_MAX];
};

static void complain(j_common_ptr info)
{
	struct complaint *c = (struct complaint *)info->err;

	info->err->format_message(info, c->text);
	longjmp(c->back, 1);
}

static int close_file(FILE *f, int status, struct error *e)
{
	int failed = ferror(f);

	if ((fclose(f) || failed) && status == STATUS_DONE)
		status = error_system(e, "writing");
	return status;
}

int picture_write_jpeg(const struct picture *p, int quality, const char *path, struct error *e)
{
	struct jpeg_compress_struct info;
	struct complaint complaint;
	FILE *f = fopen(path, "wb");

	if (!f)
		return error_system(e, "cannot be written");
	info.err = jpeg_std_error(&complaint.manager);
	complaint.manager.error_exit = complain;
	jpeg_create_compress(&info);
	if (setjmp(complaint.back)) {
		jpeg_destroy_compress(&info);
		return close_file(f, error_set(e, STATUS_SYSTEM, "%s", complaint.text), e);
	}
	jpeg_stdio_dest(&info, f);
	info.image_width = (JDIMENSION)p->width;
	info.image_height = (JDIMENSION)p->height;
	info.input_components = p->channels;
	info.in_color_space = p->channels == 1 ? JCS_GRAYSCALE : JCS_RGB;
	jpeg_set_defaults(&info);
	jpeg_set_quality(&info, quality, TRUE);
	jpeg_start_compress(&info, TRUE);
	while (info.next_scanline < info.image_height) {
		size_t at = (size_t)info.next_scanline * (size_t)p->width * (size_t)p->channels;
		/* libjpeg only reads rows, but does not say so in its types */
		JSAMPROW row = (JSAMPROW)(uintptr_t)(p->bytes + at);

		jpeg_write_scanlines(&info, &row, 1);
	}
	jpeg_finish_compress(&info);
	jpeg_destroy_compress(&info);
	return close_file(f, STATUS_DONE, e);
}

int picture_write_png(const struct picture *p, const char *path, struct error *e)
{
	png_image image = { .version = PNG_IMAGE_VERSION, .width = (png_uint_32)p->width,
			    .height = (png_uint_32)p->height,
			    .format = p->channels == 1 ? PNG_FORMAT_GRAY : PNG_FORMAT_RGB };
	FILE *f = fopen(path, "wb");
	int status = STATUS_DONE;

	if (!f)
		return error_system(e, "cannot be written");
	if (!png_image_write_to_stdio(&image, f, 0, p->bytes, 0, NULL))
		status = error_set(e, STATUS_SYSTEM, "%s", image.message);
	return close_file(f, status, e);
}
