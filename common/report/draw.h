/* draw.h - pixels, lines, shapes and words on a picture */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef REPORT_DRAW_H
#define REPORT_DRAW_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/error.h"

/* Red, green, blue as 0xRRGGBB. Lengths are in pixels, y downwards; the middle of the first pixel is
 * at 0.5, 0.5. What falls outside the picture is cut off. */
typedef unsigned int draw_colour;

struct draw;

/* A white picture of at most DRAW_SIDE_MOST a side. NULL: e says why: no memory, or no font on this machine. */
#define DRAW_SIDE_MOST 8192
struct draw *draw_new(int width, int height, struct error *e);
void draw_free(struct draw *d);

/* Pages of a PDF instead, lengths in points of 1/72 inch; out grows while it is drawn, and has all of it after
 * draw_paper_end. when: "2026-11-22T01:13:43Z". draw_pixels, draw_finish and halos are for pictures only.
 * (The words of pages are shaped by Pango, which ends the process where it gets no memory.) */
struct draw *draw_paper(double width_pt, double height_pt, const char *title, const char *when, struct buf *out,
			struct error *e);
void draw_next_page(struct draw *d);
int draw_paper_end(struct draw *d, struct error *e);

void draw_box(struct draw *d, double x, double y, double width, double height, draw_colour fill);

/* A closed shape's edge, or a line from point to point. */
void draw_edge(struct draw *d, const double (*point)[2], int points, bool closed, double thickness,
	       draw_colour colour);

/* Words beginning, centred or ending at x, their baseline at y; bytes that are no UTF-8 show as
 * U+FFFD. A halo (0: none) of another colour sets them off from a picture. On pages they may be of any
 * language: letters are shaped, and stand in the order in which they are read. */
enum draw_place { DRAW_BEGIN, DRAW_CENTRE, DRAW_END };
struct draw_type {
	double size;
	bool bold;
	draw_colour colour;
	double halo;
	draw_colour halo_colour;
};
void draw_words(struct draw *d, double x, double y, const char *words, const struct draw_type *type,
		enum draw_place place);

/* How long they are. */
double draw_length(struct draw *d, const char *words, const struct draw_type *type);

/* width * height * 3 bytes, the top row first, put at whole pixels x, y. */
void draw_pixels(struct draw *d, int x, int y, int width, int height, const unsigned char *rgb);

/* The picture as width * height * 3 bytes, the top row first; to be freed with free(). STATUS_SYSTEM also
 * when something before could not be drawn. */
int draw_finish(struct draw *d, unsigned char **rgb, struct error *e);

#endif
