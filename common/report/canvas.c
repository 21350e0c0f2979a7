/* canvas.c - shapes and words, drawn as SVG or on a page */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/canvas.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"

static void put(struct canvas *c, const char *format, ...) __attribute__((format(printf, 2, 3)));
static void put(struct canvas *c, const char *format, ...)
{
	char text[512];
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof text, format, args);
	va_end(args);
	if (!c->failed && buf_text(c->svg, text, NULL))
		c->failed = true;
}

static void put_words(struct canvas *c, const char *words)
{
	while (*words) {
		size_t n = utf8_length(words);

		if (!n || utf8_control(words))
			put(c, "\xef\xbf\xbd");
		else if (*words == '&')
			put(c, "&amp;");
		else if (*words == '<')
			put(c, "&lt;");
		else if (*words == '>')
			put(c, "&gt;");
		else if (*words == '"')
			put(c, "&quot;");
		else
			put(c, "%.*s", (int)n, words);
		words += n ? n : 1;
	}
}

static double across(const struct canvas *c, double x)
{
	return c->to_left ? c->width - x : x;
}

void canvas_box(struct canvas *c, double x, double y, double width, double height, draw_colour fill)
{
	double left = c->to_left ? c->width - x - width : x;

	if (c->svg)
		put(c, "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"#%06x\"/>\n", left, y, width, height,
		    fill);
	else
		draw_box(c->draw, c->left + left * c->scale, c->top + y * c->scale, width * c->scale, height * c->scale,
			 fill);
}

/* Pieces of four pixels, four apart: cairo is asked for lines only. */
static void draw_dashed(struct canvas *c, const double *a, const double *b, double thickness, draw_colour colour)
{
	double dx = b[0] - a[0], dy = b[1] - a[1], length = hypot(dx, dy);

	for (double at = 0; at < length; at += 8) {
		double end = at + 4 < length ? at + 4 : length;
		const double piece[2][2] = {
			{ c->left + (a[0] + dx * at / length) * c->scale, c->top + (a[1] + dy * at / length) * c->scale },
			{ c->left + (a[0] + dx * end / length) * c->scale, c->top + (a[1] + dy * end / length) * c->scale },
		};

		draw_edge(c->draw, piece, 2, false, thickness * c->scale, colour);
	}
}

void canvas_line(struct canvas *c, const double (*point)[2], int points, double thickness, draw_colour colour,
		 bool dashed)
{
	if (c->svg) {
		put(c, "<polyline fill=\"none\" stroke=\"#%06x\" stroke-width=\"%.1f\"%s points=\"", colour, thickness,
		    dashed ? " stroke-dasharray=\"4 4\"" : "");
		for (int i = 0; i < points; i++)
			put(c, "%s%.1f,%.1f", i ? " " : "", across(c, point[i][0]), point[i][1]);
		put(c, "\"/>\n");
		return;
	}
	for (int i = 0; i + 1 < points; i++) {
		double a[2] = { across(c, point[i][0]), point[i][1] }, b[2] = { across(c, point[i + 1][0]), point[i + 1][1] };
		const double on_page[2][2] = { { c->left + a[0] * c->scale, c->top + a[1] * c->scale },
					       { c->left + b[0] * c->scale, c->top + b[1] * c->scale } };

		if (dashed)
			draw_dashed(c, a, b, thickness, colour);
		else
			draw_edge(c->draw, on_page, 2, false, thickness * c->scale, colour);
	}
}

void canvas_dot(struct canvas *c, double x, double y, double radius, draw_colour fill)
{
	double cx = across(c, x), point[12][2];

	if (c->svg) {
		put(c, "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"%.1f\" fill=\"#%06x\"/>\n", cx, y, radius, fill);
		return;
	}
	/* an edge as thick as it is wide fills a disc */
	for (int i = 0; i < 12; i++) {
		point[i][0] = c->left + (cx + radius / 2 * cos(i * 3.14159265 / 6)) * c->scale;
		point[i][1] = c->top + (y + radius / 2 * sin(i * 3.14159265 / 6)) * c->scale;
	}
	draw_edge(c->draw, (const double (*)[2])point, 12, true, radius * c->scale, fill);
}

void canvas_words(struct canvas *c, double x, double y, const char *words, double size, bool bold,
		  draw_colour colour, enum draw_place place)
{
	static const char *const anchors[] = { "start", "middle", "end" };

	if (c->to_left)
		place = place == DRAW_BEGIN ? DRAW_END : place == DRAW_END ? DRAW_BEGIN : place;
	if (!c->svg) {
		const struct draw_type type = { size * c->scale, bold, colour, 0, 0 };

		draw_words(c->draw, c->left + across(c, x) * c->scale, c->top + y * c->scale, words, &type, place);
		return;
	}
	put(c, "<text x=\"%.1f\" y=\"%.1f\" font-size=\"%.1f\"%s fill=\"#%06x\" text-anchor=\"%s\">", across(c, x), y, size,
	    bold ? " font-weight=\"bold\"" : "", colour, anchors[place]);
	put_words(c, words);
	put(c, "</text>\n");
}

static double character_width(const char *at, size_t n)
{
	if (n == 1)
		return strchr("il.,:;|'! ()[]jtfI", *at) ? 0.36 : strchr("mwMW%@", *at) ? 0.95 :
		       *at >= 'A' && *at <= 'Z' ? 0.70 : 0.62;
	/* Arabic letters are narrower than others of two bytes */
	return n == 2 ? (unsigned char)*at >= 0xd8 && (unsigned char)*at <= 0xdb ? 0.5 : 0.62 : 1.0;
}

double canvas_length(const char *words, double size)
{
	double length = 0;

	while (*words) {
		size_t n = utf8_length(words);

		length += character_width(words, n ? n : 1);
		words += n ? n : 1;
	}
	return length * size;
}

int canvas_fit(const char *words, double size, double room, struct buf *out, struct error *e)
{
	double length = 0;
	size_t taken = 0;

	out->size = 0;
	if (canvas_length(words, size) > room) {
		while (words[taken]) {
			size_t n = utf8_length(words + taken);

			n = n ? n : 1;
			length += character_width(words + taken, n) * size;
			if (length > room - size)
				break;
			taken += n;
		}
		if (buf_add(out, words, taken, e) || buf_text(out, "\xe2\x80\xa6", e))
			return STATUS_SYSTEM;
	} else if (buf_text(out, words, e)) {
		return STATUS_SYSTEM;
	}
	return buf_string(out, e) ? STATUS_DONE : STATUS_SYSTEM;
}

void canvas_svg_begin(struct canvas *c, const char *id, double width, double height, const char *name,
		      const char *words, bool alone)
{
	if (alone)
		put(c, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
	/* the sides of words are given by place; the direction only orders what stands within them */
	put(c, "<svg %sviewBox=\"0 0 %.0f %.0f\" ", alone ? "xmlns=\"http://www.w3.org/2000/svg\" " : "", width, height);
	if (alone)
		put(c, "width=\"%.0f\" height=\"%.0f\" ", width, height);
	put(c, "role=\"img\" aria-labelledby=\"%s-t %s-d\" direction=\"ltr\" font-family=\"sans-serif\">\n"
	    "<title id=\"%s-t\">", id, id, id);
	put_words(c, name);
	put(c, "</title>\n<desc id=\"%s-d\">", id);
	put_words(c, words);
	put(c, "</desc>\n");
	if (alone)
		canvas_box(c, 0, 0, width, height, 0xffffff);
}

void canvas_svg_end(struct canvas *c)
{
	put(c, "</svg>\n");
}
