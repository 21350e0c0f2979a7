/* canvas.h - shapes and words, drawn as SVG or on a page */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef REPORT_CANVAS_H
#define REPORT_CANVAS_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/error.h"
#include "report/draw.h"

/* Where a chart is drawn: as elements of SVG, whose words stay words (they can be searched, copied and read out,
 * and the reader's browser shapes them), or on a page of a PDF. Lengths are in pixels, y downwards, x from the
 * side where reading begins: for a language that is written from right to left all is mirrored, and
 * DRAW_BEGIN is at the right.
 * SVG is written here and not by cairo, whose surface for it turns words into outlines: the six bars of
 * time-to-crime are 42 KB without a single word that way (cairo 1.16), and 3 KB with 21 texts this way. Paper
 * (PDF) goes through cairo and pango.
 * What fails for lack of memory is remembered: ask failed at the end. */
struct canvas {
	struct buf *svg;        /* NULL: draw */
	struct draw *draw;
	double width;           /* of what is mirrored */
	double left, top;       /* draw: where its corner is on the page */
	double scale;           /* draw: points for a pixel */
	bool to_left;
	bool failed;
};

void canvas_box(struct canvas *c, double x, double y, double width, double height, draw_colour fill);
void canvas_line(struct canvas *c, const double (*point)[2], int points, double thickness, draw_colour colour,
		 bool dashed);
void canvas_dot(struct canvas *c, double x, double y, double radius, draw_colour fill);
void canvas_words(struct canvas *c, double x, double y, const char *words, double size, bool bold,
		  draw_colour colour, enum draw_place place);

/* About how long words are: a little more rather than less, the same on every machine. */
double canvas_length(const char *words, double size);
/* As many characters of them as fit, with an ellipsis where some do not. STATUS_SYSTEM: no memory. */
int canvas_fit(const char *words, double size, double room, struct buf *out, struct error *e);

/* The element around what is drawn as SVG, with a name and words for those who do not see it; alone: as a file of
 * its own. id is unique in the page. */
void canvas_svg_begin(struct canvas *c, const char *id, double width, double height, const char *name,
		      const char *words, bool alone);
void canvas_svg_end(struct canvas *c);

#endif
