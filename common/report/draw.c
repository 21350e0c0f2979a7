/* draw.c - pixels, lines, shapes and words on a picture */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/draw.h"

#include <cairo-pdf.h>
#include <cairo.h>
#include <pango/pangocairo.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/utf8.h"

#ifdef __SANITIZE_ADDRESS__
/* fontconfig and Pango, which find and shape the letters, keep what they found until the end; it is not ours
 * to free. */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void)
{
	return "leak:libfontconfig.so\nleak:libpango\nleak:libgobject\n";
}

const char *__lsan_default_options(void);
const char *__lsan_default_options(void)
{
	return "print_suppressions=0";
}
#endif

struct draw {
	cairo_surface_t *surface;
	cairo_t *cairo;
	struct buf *paper;   /* pages: where they go */
	PangoLayout *layout; /* pages: of the words that are drawn next; NULL: a picture */
	int width, height;
	bool failed;         /* outside of cairo, which keeps its own status */
};

static void use(struct draw *d, draw_colour c)
{
	cairo_set_source_rgb(d->cairo, (c >> 16 & 255) / 255.0, (c >> 8 & 255) / 255.0, (c & 255) / 255.0);
}

/* Where fontconfig finds no font cairo writes with strokes of its own, which know neither degrees nor
 * micrometres: figures would lose their units without a word. */
static bool has_font(struct draw *d)
{
	cairo_select_font_face(d->cairo, "sans", CAIRO_FONT_SLANT_NORMAL, CAIRO_FONT_WEIGHT_NORMAL);
	return cairo_scaled_font_get_type(cairo_get_scaled_font(d->cairo)) != CAIRO_FONT_TYPE_USER;
}

/* What pictures and pages have in common; d is freed where it fails. */
static struct draw *start(struct draw *d, struct error *e)
{
	d->cairo = cairo_create(d->surface);
	if (cairo_status(d->cairo))
		error_memory(e);
	else if (!has_font(d))
		error_set(e, STATUS_SYSTEM, "no font to write with: fontconfig finds none (fonts-dejavu-core has some)");
	else
		return d;
	draw_free(d);
	return NULL;
}

struct draw *draw_new(int width, int height, struct error *e)
{
	struct draw *d = NULL;

	if (width < 1 || height < 1 || width > DRAW_SIDE_MOST || height > DRAW_SIDE_MOST) {
		error_set(e, STATUS_USAGE, "no picture of %d x %d pixels can be drawn", width, height);
		return NULL;
	}
	d = mem_new(1, sizeof *d, e);
	if (!d)
		return NULL;
	d->width = width;
	d->height = height;
	d->surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, width, height);
	d = start(d, e);
	if (d)
		draw_box(d, 0, 0, width, height, 0xffffff);
	return d;
}

/* cairo does not tell of every write that failed. */
static cairo_status_t write_paper(void *context, const unsigned char *data, unsigned size)
{
	struct draw *d = context;

	if (buf_add(d->paper, data, size, NULL))
		d->failed = true;
	return d->failed ? CAIRO_STATUS_WRITE_ERROR : CAIRO_STATUS_SUCCESS;
}

struct draw *draw_paper(double width_pt, double height_pt, const char *title, const char *when, struct buf *out,
			struct error *e)
{
	struct draw *d = mem_new(1, sizeof *d, e);

	if (!d)
		return NULL;
	d->paper = out;
	d->surface = cairo_pdf_surface_create_for_stream(write_paper, d, width_pt, height_pt);
	cairo_pdf_surface_set_metadata(d->surface, CAIRO_PDF_METADATA_TITLE, title);
	cairo_pdf_surface_set_metadata(d->surface, CAIRO_PDF_METADATA_CREATE_DATE, when);
	d = start(d, e);
	if (!d)
		return NULL;
	d->layout = pango_cairo_create_layout(d->cairo);
	/* as long at any size, so that what was measured fits */
	pango_context_set_round_glyph_positions(pango_layout_get_context(d->layout), FALSE);
	pango_layout_set_single_paragraph_mode(d->layout, TRUE);
	return d;
}

void draw_next_page(struct draw *d)
{
	cairo_show_page(d->cairo);
}

int draw_paper_end(struct draw *d, struct error *e)
{
	cairo_status_t status = cairo_status(d->cairo);

	cairo_surface_finish(d->surface);
	if (!status)
		status = cairo_surface_status(d->surface);
	if (d->failed || status == CAIRO_STATUS_NO_MEMORY || status == CAIRO_STATUS_WRITE_ERROR)
		return error_memory(e);
	return status ? error_set(e, STATUS_SYSTEM, "cannot draw: %s", cairo_status_to_string(status)) : STATUS_DONE;
}

void draw_free(struct draw *d)
{
	if (!d)
		return;
	if (d->layout)
		g_object_unref(d->layout);
	cairo_destroy(d->cairo);
	cairo_surface_destroy(d->surface);
	free(d);
}

void draw_box(struct draw *d, double x, double y, double width, double height, draw_colour fill)
{
	use(d, fill);
	cairo_rectangle(d->cairo, x, y, width, height);
	cairo_fill(d->cairo);
}

void draw_edge(struct draw *d, const double (*point)[2], int points, bool closed, double thickness,
	       draw_colour colour)
{
	use(d, colour);
	cairo_set_line_width(d->cairo, thickness);
	cairo_set_line_join(d->cairo, CAIRO_LINE_JOIN_ROUND);
	cairo_new_path(d->cairo);
	for (int i = 0; i < points; i++)
		cairo_line_to(d->cairo, point[i][0], point[i][1]);
	if (closed)
		cairo_close_path(d->cairo);
	cairo_stroke(d->cairo);
}

/* Words that cairo takes: it would refuse all that follows a damaged character. Free with buf_free; NULL
 * when there is no memory. */
static const char *whole(struct draw *d, const char *words, struct buf *b)
{
	const char *text;
	bool lost = false;

	while (*words) {
		size_t n = utf8_length(words);

		lost = lost || (n ? buf_add(b, words, n, NULL) : buf_text(b, "\xef\xbf\xbd", NULL));
		words += n ? n : 1;
	}
	text = buf_string(b, NULL);
	d->failed = d->failed || lost || !text;
	return text;
}

/* Words of a page as they will be drawn: shaped, and in the order in which they are read. */
static void lay_out(struct draw *d, const char *text, const struct draw_type *type)
{
	PangoFontDescription *font = pango_font_description_new();

	pango_font_description_set_family_static(font, "sans");
	pango_font_description_set_weight(font, type->bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
	pango_font_description_set_absolute_size(font, type->size * PANGO_SCALE);
	pango_layout_set_font_description(d->layout, font);
	pango_font_description_free(font);
	pango_layout_set_text(d->layout, text, -1);
}

static double laid_out_length(struct draw *d)
{
	PangoRectangle box;

	pango_layout_get_extents(d->layout, NULL, &box);
	return (double)box.width / PANGO_SCALE;
}

static void set_type(struct draw *d, const struct draw_type *type)
{
	cairo_select_font_face(d->cairo, "sans", CAIRO_FONT_SLANT_NORMAL,
			       type->bold ? CAIRO_FONT_WEIGHT_BOLD : CAIRO_FONT_WEIGHT_NORMAL);
	cairo_set_font_size(d->cairo, type->size);
}

double draw_length(struct draw *d, const char *words, const struct draw_type *type)
{
	cairo_text_extents_t extents = { 0 };
	struct buf b = { 0 };
	const char *text = whole(d, words, &b);

	if (text && d->layout) {
		lay_out(d, text, type);
		extents.x_advance = laid_out_length(d);
	} else if (text) {
		set_type(d, type);
		cairo_text_extents(d->cairo, text, &extents);
	}
	buf_free(&b);
	return extents.x_advance;
}

void draw_words(struct draw *d, double x, double y, const char *words, const struct draw_type *type,
		enum draw_place place)
{
	double length = draw_length(d, words, type);
	struct buf b = { 0 };
	const char *text = whole(d, words, &b);

	if (place != DRAW_BEGIN)
		x -= place == DRAW_END ? length : length / 2;
	cairo_new_path(d->cairo);
	cairo_move_to(d->cairo, x,
		      d->layout ? y - (double)pango_layout_get_baseline(d->layout) / PANGO_SCALE : y);
	if (d->layout) {
		use(d, type->colour);
		pango_cairo_show_layout(d->cairo, d->layout);
	} else if (text && type->halo > 0) {
		cairo_text_path(d->cairo, text);
		use(d, type->halo_colour);
		cairo_set_line_width(d->cairo, 2 * type->halo);
		cairo_set_line_join(d->cairo, CAIRO_LINE_JOIN_ROUND);
		cairo_stroke_preserve(d->cairo);
		use(d, type->colour);
		cairo_fill(d->cairo);
	} else if (text) {
		use(d, type->colour);
		cairo_show_text(d->cairo, text);
	}
	buf_free(&b);
}

void draw_pixels(struct draw *d, int x, int y, int width, int height, const unsigned char *rgb)
{
	unsigned char *data;
	int stride;

	cairo_surface_flush(d->surface);
	data = cairo_image_surface_get_data(d->surface);
	stride = cairo_image_surface_get_stride(d->surface);
	for (int j = 0; data && j < height; j++)
		for (int i = 0; i < width; i++) {
			const unsigned char *from = rgb + 3 * ((size_t)j * (size_t)width + (size_t)i);
			uint32_t pixel = (uint32_t)from[0] << 16 | (uint32_t)from[1] << 8 | from[2];

			if (x + i >= 0 && x + i < d->width && y + j >= 0 && y + j < d->height)
				memcpy(data + (size_t)(y + j) * (size_t)stride + 4 * (size_t)(x + i), &pixel, 4);
		}
	cairo_surface_mark_dirty(d->surface);
}

int draw_finish(struct draw *d, unsigned char **rgb, struct error *e)
{
	unsigned char *out, *data;
	int stride;

	*rgb = NULL;
	if (d->failed || cairo_status(d->cairo) == CAIRO_STATUS_NO_MEMORY)
		return error_memory(e);
	if (cairo_status(d->cairo))
		return error_set(e, STATUS_SYSTEM, "cannot draw: %s", cairo_status_to_string(cairo_status(d->cairo)));
	out = mem_new((size_t)d->width * (size_t)d->height, 3, e);
	if (!out)
		return STATUS_SYSTEM;
	cairo_surface_flush(d->surface);
	data = cairo_image_surface_get_data(d->surface);
	stride = cairo_image_surface_get_stride(d->surface);
	for (int y = 0; y < d->height; y++)
		for (int x = 0; x < d->width; x++) {
			unsigned char *to = out + 3 * ((size_t)y * (size_t)d->width + (size_t)x);
			uint32_t pixel;

			memcpy(&pixel, data + (size_t)y * (size_t)stride + 4 * (size_t)x, 4);
			to[0] = (unsigned char)(pixel >> 16);
			to[1] = (unsigned char)(pixel >> 8);
			to[2] = (unsigned char)pixel;
		}
	*rgb = out;
	return STATUS_DONE;
}
