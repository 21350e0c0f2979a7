/* printform.c - forms on paper (A4, PDF): what is filled in, and what somebody is to fill in */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/printform.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "report/draw.h"

/* Points. */
#define WIDTH 595.28
#define HEIGHT 841.89
#define LEFT 50.0
#define RIGHT (WIDTH - 50.0)
#define TOP 60.0
#define BOTTOM (HEIGHT - 60.0)
#define INDENT 135.0          /* from labels to what is filled in */
#define LINE 13.0
#define WRITING 22.0          /* a line for handwriting */

static const struct draw_type plain = { .size = 9.5, .colour = 0x000000 };
static const struct draw_type strong = { .size = 9.5, .bold = true, .colour = 0x000000 };
static const struct draw_type small = { .size = 8, .colour = 0x505050 };
static const struct draw_type section = { .size = 11, .bold = true, .colour = 0x000000 };
static const struct draw_type large = { .size = 17, .bold = true, .colour = 0x000000 };

struct printform {
	struct draw *draw;
	const char *foot;
	double y;                 /* where the next line begins */
	int page;                 /* of this form; 0: none was begun */
	int pages;                /* of all forms */
	bool failed;
};

int printform_open(struct printform **p, const char *title, const char *when, struct buf *out, struct error *e)
{
	struct printform *new = mem_new(1, sizeof *new, e);

	*p = NULL;
	if (!new)
		return STATUS_SYSTEM;
	new->draw = draw_paper(WIDTH, HEIGHT, title, when, out, e);
	if (!new->draw) {
		free(new);
		return STATUS_SYSTEM;
	}
	*p = new;
	return STATUS_DONE;
}

static void put_foot(struct printform *p)
{
	char page[40];

	if (!p->page)
		return;
	snprintf(page, sizeof page, "%d", p->page);
	draw_words(p->draw, LEFT, HEIGHT - 35, p->foot, &small, DRAW_BEGIN);
	draw_words(p->draw, RIGHT, HEIGHT - 35, page, &small, DRAW_END);
}

int printform_end(struct printform *p, struct error *e)
{
	put_foot(p);
	p->page = 0;
	return p->failed ? error_memory(e) : draw_paper_end(p->draw, e);
}

int printform_pages(const struct printform *p)
{
	return p->pages;
}

void printform_close(struct printform *p)
{
	if (!p)
		return;
	draw_free(p->draw);
	free(p);
}

static void next_page(struct printform *p)
{
	put_foot(p);
	if (p->pages++)
		draw_next_page(p->draw);
	p->page++;
	p->y = TOP;
}

static void need(struct printform *p, double height)
{
	if (p->y + height > BOTTOM)
		next_page(p);
}

static void rule(struct printform *p, double from, double to, double y, double thickness)
{
	const double line[2][2] = { { from, y }, { to, y } };

	draw_edge(p->draw, line, 2, false, thickness, 0x808080);
}

void printform_form(struct printform *p, const char *title, const char *right, const char *foot)
{
	put_foot(p);
	p->page = 0;
	p->foot = foot;
	next_page(p);
	draw_words(p->draw, LEFT, p->y + 8, title, &large, DRAW_BEGIN);
	draw_words(p->draw, RIGHT, p->y + 8, right, &strong, DRAW_END);
	rule(p, LEFT, RIGHT, p->y + 16, 1);
	p->y += 34;
}

void printform_section(struct printform *p, const char *title)
{
	need(p, 6 * LINE);   /* not alone at the foot of a page */
	p->y += 6;
	draw_words(p->draw, LEFT, p->y + 9, title, &section, DRAW_BEGIN);
	p->y += 20;
}

/* As much of the words as fits in the width: whole words, or as many characters of a long one. In bytes; *next: where
 * the next line begins. */
static size_t fitting(struct printform *p, const char *words, double width, const struct draw_type *type, size_t *next)
{
	struct buf b = { 0 };
	size_t end = 0, at = 0;
	bool fits = true;

	while (words[at] && fits) {
		size_t n = strcspn(words + at, " ");

		b.size = 0;
		if (buf_add(&b, words, at + n, NULL) || !buf_string(&b, NULL)) {
			p->failed = true;
			break;
		}
		fits = draw_length(p->draw, (char *)b.data, type) <= width;
		if (!fits)
			break;
		end = at + n;
		at = end + strspn(words + end, " ");
	}
	while (!end && words[at] && !p->failed) {
		size_t n = utf8_length(words + at);

		b.size = 0;
		if (buf_add(&b, words, at + (n ? n : 1), NULL) || !buf_string(&b, NULL))
			p->failed = true;
		else if (at && draw_length(p->draw, (char *)b.data, type) > width)
			break;
		at += n ? n : 1;
	}
	if (!end)
		end = at;
	*next = end + strspn(words + end, " ");
	buf_free(&b);
	return end;
}

/* Words between x and x + width, from the line that begins at y on; without drawing only how high they are. */
static double put_words(struct printform *p, double x, double width, const char *words, const struct draw_type *type,
			bool pages)
{
	double y = p->y;

	while (*words && !p->failed) {
		size_t next, n = fitting(p, words, width, type, &next);
		struct buf b = { 0 };

		if (pages) {
			need(p, LINE);
			y = p->y;
		}
		if (buf_add(&b, words, n, NULL) || !buf_string(&b, NULL))
			p->failed = true;
		else
			draw_words(p->draw, x, y + 9, (char *)b.data, type, DRAW_BEGIN);
		buf_free(&b);
		words += next;
		y += LINE;
		if (pages)
			p->y = y;
	}
	return y - p->y;
}

void printform_field(struct printform *p, const char *label, const char *words)
{
	if (!words || !*words)
		return;
	need(p, LINE);
	draw_words(p->draw, LEFT, p->y + 9, label, &small, DRAW_BEGIN);
	put_words(p, LEFT + INDENT, RIGHT - LEFT - INDENT, words, &plain, true);
	p->y += 2;
}

void printform_words(struct printform *p, const char *words, bool bold)
{
	p->y += 3;
	put_words(p, LEFT, RIGHT - LEFT, words, bold ? &strong : &plain, true);
	p->y += 2;
}

void printform_blank(struct printform *p, const char *label, int lines)
{
	for (int i = 0; i < lines; i++) {
		need(p, WRITING);
		if (i == 0)
			draw_words(p->draw, LEFT, p->y + WRITING - 4, label, &small, DRAW_BEGIN);
		rule(p, LEFT + INDENT, RIGHT, p->y + WRITING - 2, 0.5);
		p->y += WRITING;
	}
	p->y += 2;
}

void printform_boxes(struct printform *p, const char *label, const char *words)
{
	double x = LEFT + INDENT;

	need(p, 2 * LINE);
	p->y += 4;
	draw_words(p->draw, LEFT, p->y + 9, label, &small, DRAW_BEGIN);
	while (*words) {
		size_t n = strcspn(words, "|");
		char word[80];
		double length;

		snprintf(word, sizeof word, "%.*s", (int)(n < sizeof word ? n : sizeof word - 1), words);
		length = 14 + draw_length(p->draw, word, &plain) + 14;
		if (x + length - 14 > RIGHT) {
			x = LEFT + INDENT;
			p->y += LINE + 4;
			need(p, LINE);
		}
		draw_edge(p->draw, (const double[][2]){ { x, p->y + 1 }, { x + 9, p->y + 1 }, { x + 9, p->y + 10 },
							{ x, p->y + 10 } }, 4, true, 0.7, 0x000000);
		draw_words(p->draw, x + 14, p->y + 9, word, &plain, DRAW_BEGIN);
		x += length;
		words += n + (words[n] == '|');
	}
	p->y += LINE + 6;
}

static void sides(struct printform *p, const struct printform_table *t, double height)
{
	double x = LEFT;

	for (size_t i = 0; i <= t->columns; i++) {
		const double line[2][2] = { { x, p->y }, { x, p->y + height } };

		draw_edge(p->draw, line, 2, false, 0.5, 0x808080);
		if (i < t->columns)
			x += t->share[i] * (RIGHT - LEFT);
	}
	rule(p, LEFT, RIGHT, p->y, 0.5);
	rule(p, LEFT, RIGHT, p->y + height, 0.5);
}

void printform_head(struct printform *p, const struct printform_table *t)
{
	double x = LEFT;

	need(p, LINE + 2 * WRITING);
	p->y += 4;
	for (size_t i = 0; i < t->columns; i++) {
		draw_words(p->draw, x + 3, p->y + 11, t->name[i], &small, DRAW_BEGIN);
		x += t->share[i] * (RIGHT - LEFT);
	}
	sides(p, t, LINE + 3);
	p->y += LINE + 3;
}

/* How high a row is: that of its highest cell. */
static double row_height(struct printform *p, const struct printform_table *t, const char *const *cell)
{
	double height = WRITING;

	for (size_t i = 0; i < t->columns; i++) {
		const char *words = cell[i] ? cell[i] : "";
		double lines = 0;

		while (*words && !p->failed) {
			size_t next;

			fitting(p, words, t->share[i] * (RIGHT - LEFT) - 6, &plain, &next);
			words += next;
			lines += LINE;
		}
		if (lines + 5 > height)
			height = lines + 5;
	}
	return height;
}

void printform_row(struct printform *p, const struct printform_table *t, const char *const *cell)
{
	double x = LEFT, height = row_height(p, t, cell);

	/* a row higher than a page runs off it, rather than onto an empty one for ever */
	if (p->y + height > BOTTOM) {
		next_page(p);
		printform_head(p, t);
	}
	sides(p, t, height);
	p->y += 3;
	for (size_t i = 0; i < t->columns; i++) {
		double share = t->share[i] * (RIGHT - LEFT);

		put_words(p, x + 3, share - 6, cell[i] ? cell[i] : "", &plain, false);
		x += share;
	}
	p->y += height - 3;
}
