/* paper.c - a report as pages to be printed: a PDF */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/paper.h"

#include <string.h>

#include "base/utf8.h"
#include "report/chart.h"

#define WIDTH 595.0        /* A4 in points */
#define HEIGHT 842.0
#define SIDE 48.0
#define TOP 48.0
#define BOTTOM 56.0
#define LINE 13.5
#define CHART_SCALE 0.95
#define INK 0x202024
#define QUIET 0x44444c

struct paper {
	const struct sheet *sheet;
	struct draw *draw;
	const char *when;
	double y;
	int page;
	int status;            /* the first thing that failed */
};

static const struct draw_type title_type = { 18, true, INK, 0, 0 }, head_type = { 12.5, true, INK, 0, 0 };
static const struct draw_type plain_type = { 9.5, false, INK, 0, 0 }, bold_type = { 9.5, true, INK, 0, 0 };
static const struct draw_type quiet_type = { 9.5, false, QUIET, 0, 0 };

/* Words from the side where reading begins; x is the distance from it. */
static void put(struct paper *p, double x, double y, const char *words, const struct draw_type *type, bool at_end)
{
	bool to_left = p->sheet->manner.to_left;
	enum draw_place place = at_end != to_left ? DRAW_END : DRAW_BEGIN;

	draw_words(p->draw, to_left ? WIDTH - SIDE - x : SIDE + x, y, words, type, place);
}

static void rule(struct paper *p, double y, double length, draw_colour colour)
{
	double left = p->sheet->manner.to_left ? WIDTH - SIDE - length : SIDE;

	draw_box(p->draw, left, y, length, 0.6, colour);
}

static void put_foot(struct paper *p)
{
	struct buf text = { 0 };

	p->page++;
	if (buf_format(&text, NULL, "%s %d", p->sheet->manner.page, p->page) || !buf_string(&text, NULL))
		p->status = STATUS_SYSTEM;
	else
		put(p, WIDTH - 2 * SIDE, HEIGHT - 30, (const char *)text.data, &quiet_type, true);
	put(p, 0, HEIGHT - 30, p->when, &quiet_type, false);
	buf_free(&text);
}

static void next_page(struct paper *p)
{
	put_foot(p);
	draw_next_page(p->draw);
	p->y = TOP;
}

/* Room for so much, or another page. */
static bool need(struct paper *p, double height)
{
	if (p->y + height <= HEIGHT - BOTTOM || p->y == TOP)
		return false;
	next_page(p);
	return true;
}

/* How many bytes of the words fit in one line: whole words where there are several, else characters. */
static size_t fits(struct paper *p, const char *words, const struct draw_type *type, double room)
{
	size_t n = 0, space = 0;
	struct buf text = { 0 };

	while (words[n]) {
		size_t step = utf8_length(words + n);

		step = step ? step : 1;
		text.size = 0;
		if (buf_add(&text, words, n + step, NULL) || !buf_string(&text, NULL)) {
			p->status = STATUS_SYSTEM;
			break;
		}
		if (n && draw_length(p->draw, (const char *)text.data, type) > room + 0.5)
			break;
		if (words[n] == ' ')
			space = n;
		n += step;
	}
	if (words[n] && space)
		n = space;
	buf_free(&text);
	return n;
}

/* Words in as many lines as they need, from x on. */
static void put_lines(struct paper *p, double x, const char *words, const struct draw_type *type)
{
	while (*words && !p->status) {
		size_t n = fits(p, words, type, WIDTH - 2 * SIDE - x);
		struct buf line = { 0 };

		need(p, LINE);
		if (!n || buf_add(&line, words, n, NULL) || !buf_string(&line, NULL))
			p->status = STATUS_SYSTEM;
		else
			put(p, x, p->y + 10, (const char *)line.data, type, false);
		buf_free(&line);
		p->y += LINE;
		words += n;
		while (*words == ' ')
			words++;
	}
}

/* How a table stands on the page: the widths of its columns by what is in them (the first rows tell), and
 * letters that become smaller where it would be wider than the page. */
struct layout {
	double width[SHEET_COLUMNS], all;
	struct draw_type plain, bold;
	int head;               /* lines of the titles */
};

static void measure(struct paper *p, const struct sheet_table *t, struct layout *l)
{
	double most = WIDTH - 2 * SIDE, shrink;
	size_t rows = sheet_row_count(t) > 200 ? 200 : sheet_row_count(t);

	*l = (struct layout){ .plain = plain_type, .bold = bold_type, .head = 1 };
	for (size_t k = 0; k < t->columns; k++) {
		l->width[k] = draw_length(p->draw, t->column[k].title, &bold_type);
		/* long titles stand in two lines, very long ones in three */
		if (l->width[k] > 90) {
			l->head = l->width[k] > 150 ? 3 : l->head > 2 ? l->head : 2;
			l->width[k] = l->width[k] > 150 ? l->width[k] / 3 + 20 : l->width[k] / 2 + 16;
		}
		for (size_t i = 0; i < rows; i++) {
			struct buf text = { 0 };
			if (sheet_cell_text(t, i, k, &text, NULL))
				p->status = STATUS_SYSTEM;
			else if (draw_length(p->draw, (const char *)text.data, &plain_type) > l->width[k])
				l->width[k] = draw_length(p->draw, (const char *)text.data, &plain_type);
			buf_free(&text);
		}
		l->width[k] += 12;
		l->all += l->width[k];
	}
	shrink = l->all > most ? most / l->all : 1;
	for (size_t k = 0; k < t->columns; k++)
		l->width[k] *= shrink;
	l->all *= shrink;
	l->plain.size *= shrink < 0.6 ? 0.6 : shrink;
	l->bold.size = l->plain.size;
}

/* A cell in at most so many lines; what does not fit ends in an ellipsis. */
static void put_cell(struct paper *p, const char *words, double x, double width, bool at_end, int lines,
		     const struct draw_type *type, double y)
{
	for (int i = 0; i < lines && *words && !p->status; i++, y += LINE - 2) {
		size_t n = fits(p, words, type, width - 6);
		struct buf line = { 0 };

		if (words[n] && i + 1 == lines)
			p->status = n && (buf_add(&line, words, n - (n > 1), NULL) || buf_text(&line, "\xe2\x80\xa6", NULL)) ?
				    STATUS_SYSTEM : p->status;
		else if (buf_add(&line, words, n, NULL))
			p->status = STATUS_SYSTEM;
		if (!p->status && buf_string(&line, NULL))
			put(p, at_end ? x + width - 4 : x, y, (const char *)line.data, type, at_end);
		buf_free(&line);
		words += n;
		while (*words == ' ')
			words++;
	}
}

static void put_head(struct paper *p, const struct sheet_table *t, const struct layout *l)
{
	double x = 0;

	for (size_t k = 0; k < t->columns; k++) {
		bool number = t->column[k].kind != SHEET_KEY && t->column[k].kind != SHEET_WORDS;

		put_cell(p, t->column[k].title, x, l->width[k], number, l->head, &l->bold, p->y + 10);
		x += l->width[k];
	}
	p->y += l->head * (LINE - 2) + 6;
	rule(p, p->y - 2, l->all, 0x66666e);
}

static void put_table(struct paper *p, const struct sheet_table *t)
{
	struct layout l;

	measure(p, t, &l);
	need(p, (l.head + 2) * LINE);
	put_head(p, t, &l);
	for (size_t i = 0; i < sheet_row_count(t) && !p->status; i++) {
		double x = 0;

		if (need(p, LINE + 2))
			put_head(p, t, &l);
		for (size_t k = 0; k < t->columns; k++) {
			bool number = t->column[k].kind != SHEET_KEY && t->column[k].kind != SHEET_WORDS;
			struct buf text = { 0 };

			if (sheet_cell_text(t, i, k, &text, NULL))
				p->status = STATUS_SYSTEM;
			else
				put_cell(p, (const char *)text.data, x, l.width[k], number, 1, &l.plain, p->y + 11);
			buf_free(&text);
			x += l.width[k];
		}
		p->y += LINE + 1;
		rule(p, p->y, l.all, 0xd8d8de);
	}
}

/* A single row without keys, as a list. */
static void put_list(struct paper *p, const struct sheet_table *t)
{
	for (size_t k = 0; k < t->columns && !p->status; k++) {
		struct buf title = { 0 }, text = { 0 };
		bool unit = t->column[k].kind == SHEET_VALUE && *t->column[k].unit;

		need(p, LINE + 2);
		if ((unit ? buf_format(&title, NULL, "%s (%s)", t->column[k].title, sheet_unit_text(t, k)) :
			    buf_text(&title, t->column[k].title, NULL)) ||
		    !buf_string(&title, NULL) || sheet_cell_text(t, 0, k, &text, NULL)) {
			p->status = STATUS_SYSTEM;
		} else {
			put(p, 0, p->y + 11, (const char *)title.data, &plain_type, false);
			put(p, 320, p->y + 11, (const char *)text.data, &plain_type, true);
		}
		p->y += LINE + 1;
		rule(p, p->y, 326, 0xd8d8de);
		buf_free(&title);
		buf_free(&text);
	}
}

/* A table of words: what it is about in bold, and below it the words in as many lines as they need. */
static void put_sentences(struct paper *p, const struct sheet_table *t)
{
	for (size_t i = 0; i < sheet_row_count(t) && !p->status; i++) {
		const struct sheet_cell *key = sheet_at(t, i, 0), *value = sheet_at(t, i, 1);

		need(p, 2 * LINE);
		put(p, 0, p->y + 10, key->state == SHEET_TEXT ? key->shown : "", &bold_type, false);
		put_lines(p, 110, value->state == SHEET_TEXT ? value->shown : "-", &plain_type);
	}
}

static int put_chart(struct paper *p, const struct sheet_table *t, struct error *e)
{
	struct canvas c = { .draw = p->draw, .width = CHART_WIDTH, .scale = CHART_SCALE,
			    .to_left = p->sheet->manner.to_left };
	double height = chart_height(t) * CHART_SCALE;
	int status;

	need(p, height + 8);
	c.left = c.to_left ? WIDTH - SIDE - CHART_WIDTH * CHART_SCALE : SIDE;
	c.top = p->y + 4;
	status = chart_draw(&c, t, e);
	p->y += height + 10;
	return status;
}

static int put_section(struct paper *p, const struct sheet_table *t, struct error *e)
{
	struct buf text = { 0 };
	int status = STATUS_DONE;

	p->y += 14;
	need(p, chart_has(t) ? 40 + chart_height(t) * CHART_SCALE : 90);
	put(p, 0, p->y + 12, t->title, &head_type, false);
	p->y += 20;
	if (t->n >= 0 && (buf_format(&text, NULL, "%s = ", p->sheet->manner.n) ||
			  sheet_number_text(&p->sheet->manner, (double)t->n, 0, &text, NULL) ||
			  buf_format(&text, NULL, " %s", t->n_title) || !buf_string(&text, NULL))) {
		p->status = STATUS_SYSTEM;
	} else if (t->n >= 0) {
		put(p, 0, p->y + 9, (const char *)text.data, &quiet_type, false);
		p->y += LINE;
	}
	buf_free(&text);
	if (!sheet_row_count(t))
		put_lines(p, 0, p->sheet->nothing, &plain_type);
	if (chart_has(t))
		status = put_chart(p, t, e);
	if (t->columns == 2 && t->column[1].kind == SHEET_WORDS)
		put_sentences(p, t);
	else if (!t->keys && sheet_row_count(t) == 1)
		put_list(p, t);
	else if (sheet_row_count(t))
		put_table(p, t);
	if (t->note)
		put_lines(p, 0, t->note, &quiet_type);
	return status;
}

int paper_pages(const struct sheet *s, const char *when, struct buf *out, struct error *e)
{
	struct paper p = { .sheet = s, .when = when, .y = TOP };
	int status = STATUS_DONE;

	p.draw = draw_paper(WIDTH, HEIGHT, s->title, when, out, e);
	if (!p.draw)
		return e ? e->status : STATUS_SYSTEM;
	put_cell(&p, s->title, 0, WIDTH - 2 * SIDE, false, 2, &title_type, p.y + 16);
	p.y += draw_length(p.draw, s->title, &title_type) > WIDTH - 2 * SIDE - 6 ? 42 : 26;
	if (*s->subtitle)
		put_lines(&p, 0, s->subtitle, &quiet_type);
	for (size_t i = 0; i < s->tables && !status && !p.status; i++)
		status = put_section(&p, s->table[i], e);
	put_foot(&p);
	if (!status && p.status)
		status = error_memory(e);
	if (!status)
		status = draw_paper_end(p.draw, e);
	draw_free(p.draw);
	return status;
}
