/* web.c - a report as a page of HTML in one piece, and its charts as SVG */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/web.h"

#include <string.h>

#include "report/chart.h"
#include "report/page.h"

#define TITLE 46           /* above each chart of a picture */
#define GAP 24
#define MARGIN 16
#define PAPER_COLUMNS 8    /* of more the letters are small on paper, which cannot be moved aside */

static void put_n(struct page *p, const struct sheet_table *t)
{
	struct buf text = { 0 };

	if (t->n < 0)
		return;
	if (buf_format(&text, NULL, "%s = ", t->sheet->manner.n) ||
	    sheet_number_text(&t->sheet->manner, (double)t->n, 0, &text, NULL) ||
	    buf_format(&text, NULL, "%s%s", *t->n_title ? " " : "", t->n_title) || !buf_string(&text, NULL))
		p->status = STATUS_SYSTEM;
	else
		page_tag(p, "p class=\"n\"", (const char *)text.data);
	buf_free(&text);
}

static void put_cell(struct page *p, const struct sheet_table *t, size_t row, size_t column)
{
	enum sheet_kind kind = t->column[column].kind;
	struct buf text = { 0 };
	const char *tag;

	if (sheet_cell_text(t, row, column, &text, NULL)) {
		p->status = STATUS_SYSTEM;
	} else {
		/* names and dates are not broken at their hyphens */
		bool brief = text.size <= 16, words = kind == SHEET_KEY || kind == SHEET_WORDS;

		tag = kind == SHEET_KEY ? brief ? "th scope=\"row\" class=\"w\"" : "th scope=\"row\"" :
		      kind == SHEET_WORDS ? brief ? "td class=\"w\"" : "td" : "td class=\"n\"";
		/* names of cases, files and the like keep their own direction */
		page_raw(p, "<");
		page_raw(p, tag);
		page_raw(p, words ? "><bdi>" : ">");
		page_words(p, (const char *)text.data);
		page_raw(p, words ? "</bdi>" : "");
		page_raw(p, kind == SHEET_KEY ? "</th>" : "</td>");
	}
	buf_free(&text);
}

static void put_column_title(struct page *p, const struct sheet_table *t, size_t column)
{
	const struct sheet_column *c = &t->column[column];

	page_words(p, c->title);
	/* the unit of a count is what is counted, and of a share percent, which the title says */
	if (*c->unit && c->kind == SHEET_VALUE) {
		page_raw(p, " (");
		page_words(p, sheet_unit_text(t, column));
		page_raw(p, ")");
	}
	page_raw(p, "</th>");
}

static void put_table_start(struct page *p, const struct sheet_table *t)
{
	page_raw(p, t->columns > PAPER_COLUMNS ? "<table class=\"many\" aria-labelledby=\"h-" :
		 "<table aria-labelledby=\"h-");
	page_words(p, t->name);
	page_raw(p, "\">\n");
}

/* A single row without keys is read more easily as a list. */
static void put_list(struct page *p, const struct sheet_table *t)
{
	put_table_start(p, t);
	page_raw(p, "<tbody>\n");
	for (size_t k = 0; k < t->columns; k++) {
		page_raw(p, "<tr><th scope=\"row\">");
		put_column_title(p, t, k);
		put_cell(p, t, 0, k);
		page_raw(p, "</tr>\n");
	}
	page_raw(p, "</tbody>\n</table>\n");
}

static void put_table(struct page *p, const struct sheet_table *t)
{
	if (!t->keys && sheet_row_count(t) == 1) {
		put_list(p, t);
		return;
	}
	page_raw(p, "<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"");
	page_words(p, t->title);
	page_raw(p, "\">\n");
	put_table_start(p, t);
	page_raw(p, "<thead><tr>");
	for (size_t k = 0; k < t->columns; k++) {
		bool words = t->column[k].kind == SHEET_KEY || t->column[k].kind == SHEET_WORDS;

		page_raw(p, words ? "<th scope=\"col\">" : "<th scope=\"col\" class=\"n\">");
		put_column_title(p, t, k);
	}
	page_raw(p, "</tr></thead>\n<tbody>\n");
	for (size_t i = 0; i < sheet_row_count(t); i++) {
		page_raw(p, "<tr>");
		for (size_t k = 0; k < t->columns; k++)
			put_cell(p, t, i, k);
		page_raw(p, "</tr>\n");
	}
	page_raw(p, "</tbody>\n</table>\n</div>\n");
}

static int put_chart(struct page *p, const struct sheet_table *t, struct error *e)
{
	struct canvas c = { .svg = &p->out, .width = CHART_WIDTH, .to_left = t->sheet->manner.to_left };
	int status;

	if (p->status)
		return error_memory(e);
	page_raw(p, "<figure>\n");
	canvas_svg_begin(&c, t->name, CHART_WIDTH, chart_height(t), t->title, t->sheet->manner.about_chart, false);
	status = chart_draw(&c, t, e);
	canvas_svg_end(&c);
	page_raw(p, "</figure>\n");
	return !status && c.failed ? error_memory(e) : status;
}

static int put_section(struct page *p, const struct sheet_table *t, struct error *e)
{
	int status = STATUS_DONE;

	/* a long table goes on on the next sheet of paper */
	page_raw(p, "<section class=\"tables\" aria-labelledby=\"h-");
	page_words(p, t->name);
	page_raw(p, "\">\n<h2 id=\"h-");
	page_words(p, t->name);
	page_raw(p, "\">");
	page_words(p, t->title);
	page_raw(p, "</h2>\n");
	put_n(p, t);
	if (!sheet_row_count(t)) {
		page_tag(p, "p", t->sheet->nothing);
	} else {
		page_raw(p, chart_has(t) ? "<div class=\"beside\">\n" : "");
		if (chart_has(t))
			status = put_chart(p, t, e);
		put_table(p, t);
		page_raw(p, chart_has(t) ? "</div>\n" : "");
	}
	if (t->note)
		page_tag(p, "p", t->note);
	page_raw(p, "</section>\n");
	return status;
}

static void put_contents(struct page *p, const struct sheet *s)
{
	page_raw(p, "<nav class=\"screen\" aria-label=\"");
	page_words(p, s->manner.contents);
	page_raw(p, "\"><ul>\n");
	for (size_t i = 0; i < s->tables; i++) {
		page_raw(p, "<li><a href=\"#h-");
		page_words(p, s->table[i]->name);
		page_raw(p, "\">");
		page_words(p, s->table[i]->title);
		page_raw(p, "</a></li>\n");
	}
	page_raw(p, "</ul></nav>\n");
}

int web_page(const struct sheet *s, struct buf *out, struct error *e)
{
	struct page p;
	int status = STATUS_DONE;

	page_start_in(&p, s->title, s->manner.language, s->manner.to_left);
	if (*s->subtitle)
		page_tag(&p, "p class=\"sub\"", s->subtitle);
	put_contents(&p, s);
	for (size_t i = 0; i < s->tables && !status; i++)
		status = put_section(&p, s->table[i], e);
	if (!status)
		status = page_end(&p, e);
	if (!status)
		status = buf_add(out, p.out.data, p.out.size, e);
	page_free(&p);
	return status;
}

static bool is_drawn(const struct sheet_table *t, const struct sheet_table *one)
{
	return chart_has(t) && (!one || t == one);
}

/* One chart with its title, in its place in the picture. */
static int put_drawing(struct canvas *c, const struct sheet_table *t, double y, struct error *e)
{
	struct buf text = { 0 };
	int status = canvas_fit(t->title, 15, CHART_WIDTH, &text, e);

	if (!status)
		canvas_words(c, 0, y + 16, (const char *)text.data, 15, true, 0x202024, DRAW_BEGIN);
	text.size = 0;
	if (!status && t->n >= 0)
		status = buf_format(&text, e, "%s = %lld %s", t->sheet->manner.n, (long long)t->n, t->n_title) ||
			 !buf_string(&text, e) ? STATUS_SYSTEM : STATUS_DONE;
	if (!status && t->n >= 0)
		canvas_words(c, 0, y + 33, (const char *)text.data, 11, false, 0x44444c, DRAW_BEGIN);
	buf_free(&text);
	if (!status && buf_format(c->svg, e, "<g transform=\"translate(0 %.0f)\">\n", y + TITLE))
		status = STATUS_SYSTEM;
	if (!status)
		status = chart_draw(c, t, e);
	if (!status && buf_text(c->svg, "</g>\n", e))
		status = STATUS_SYSTEM;
	return status;
}

int web_picture(const struct sheet *s, const struct sheet_table *one, struct buf *out, struct error *e)
{
	struct canvas c = { .svg = out, .width = CHART_WIDTH, .to_left = s->manner.to_left };
	double height = MARGIN, y = MARGIN;
	int status = STATUS_DONE;

	for (size_t i = 0; i < s->tables; i++)
		if (is_drawn(s->table[i], one))
			height += TITLE + chart_height(s->table[i]) + GAP;
	if (height <= MARGIN)
		return error_set(e, STATUS_NO, "nothing to draw");
	canvas_svg_begin(&c, "report", CHART_WIDTH + 2 * MARGIN, height, s->title, s->subtitle, true);
	status = buf_format(out, e, "<g transform=\"translate(%d 0)\" style=\"unicode-bidi:plaintext\">\n", MARGIN);
	for (size_t i = 0; i < s->tables && !status; i++)
		if (is_drawn(s->table[i], one)) {
			status = put_drawing(&c, s->table[i], y, e);
			y += TITLE + chart_height(s->table[i]) + GAP;
		}
	if (!status)
		status = buf_text(out, "</g>\n", e);
	canvas_svg_end(&c);
	return !status && c.failed ? error_memory(e) : status;
}
