/* chart_matrix.c - tables of two keys drawn: as a matrix, and as a graph in columns */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "report/chart_parts.h"
#include "report/groups.h"

#define SIDE_MOST 12       /* rows and columns of a matrix */
#define FIELD 27
#define HEAD 40
#define NODES_MOST 24      /* on a side of a graph */
#define NODE 24

/* The two sides of a table: which keys they have, how much of each, and which are drawn. Of a graph, all that are
 * there are drawn, and `at` is where, in nodes from the top. */
struct sides {
	struct groups side[2];
	size_t *order[2], drawn[2];
	double at[2][NODES_MOST];
};

static void sides_free(struct sides *s)
{
	for (int i = 0; i < 2; i++) {
		groups_free(&s->side[i]);
		free(s->order[i]);
	}
}

/* Of a graph rows are drawn as long as both ends find a place, so that no node is without a line. */
static bool has_room(const struct sides *s, const struct sheet_table *t, size_t row)
{
	for (size_t i = 0; i < 2 && t->chart == SHEET_GRAPH; i++) {
		const struct sheet_cell *key = sheet_at(t, row, i);

		if (key->state != SHEET_TEXT ||
		    (s->side[i].count >= NODES_MOST && groups_find(&s->side[i], key->text) == SIZE_MAX))
			return false;
	}
	return true;
}

/* In a matrix the most frequent come first; in a graph they stand as in the table. */
static int sides_of(const struct sheet_table *t, size_t most, struct sides *s, struct error *e)
{
	int status = STATUS_DONE;

	memset(s, 0, sizeof *s);
	for (size_t row = 0; row < sheet_row_count(t) && !status; row++) {
		const struct sheet_cell *value = sheet_at(t, row, (size_t)t->chart_column);
		bool room = has_room(s, t, row);

		for (size_t i = 0; i < 2 && !status && room; i++) {
			const struct sheet_cell *key = sheet_at(t, row, i);
			size_t place;

			if (key->state != SHEET_TEXT)
				continue;
			status = groups_place(&s->side[i], key->text, &place, e);
			if (!status && value->state == SHEET_NUMBER)
				s->side[i].line[place].n += (uint64_t)value->number;
		}
	}
	for (int i = 0; i < 2 && !status; i++) {
		status = groups_sorted(&s->side[i], GROUPS_BY_COUNT, &s->order[i], e);
		for (size_t k = 0; k < s->side[i].count && !status && t->chart == SHEET_GRAPH; k++)
			s->order[i][k] = k;
		s->drawn[i] = s->side[i].count > most ? most : s->side[i].count;
	}
	return status;
}

/* Where the key of a row stands among those that are drawn; SIZE_MAX: it is not. */
static size_t rank(const struct sides *s, int side, const struct sheet_cell *key)
{
	size_t place = key->state == SHEET_TEXT ? groups_find(&s->side[side], key->text) : SIZE_MAX;

	for (size_t i = 0; i < s->drawn[side]; i++)
		if (s->order[side][i] == place)
			return i;
	return SIZE_MAX;
}

static size_t drawn(const struct sheet_table *t, size_t most, int side)
{
	struct sides s;
	size_t n = sides_of(t, most, &s, NULL) ? 0 : s.drawn[side];

	sides_free(&s);
	return n;
}

double chart_matrix_height(const struct sheet_table *t)
{
	return HEAD + FIELD * (double)drawn(t, SIDE_MOST, 0) + 8;
}

/* Light to dark by the square root, so that a single large field does not make all others pale. */
static draw_colour shade(double value, double most)
{
	double w = most > 0 ? sqrt(value / most) : 0;
	unsigned r = (unsigned)(235 - w * 224), g = (unsigned)(241 - w * 162), b = (unsigned)(250 - w * 92);

	return r << 16 | g << 8 | b;
}

static int draw_field(struct canvas *c, const struct sheet_table *t, size_t row, double x, double y, double most,
		      struct error *e)
{
	const struct sheet_cell *cell = sheet_at(t, row, (size_t)t->chart_column);
	double value = cell->state == SHEET_NUMBER ? cell->number : 0;
	struct buf text = { 0 };
	int status;

	canvas_box(c, x, y, FIELD - 1, FIELD - 1, cell->state == SHEET_NUMBER ? shade(value, most) : CHART_GRID);
	status = cell->state == SHEET_HIDDEN ? buf_text(&text, "?", e) || !buf_string(&text, e) :
		 sheet_cell_text(t, row, (size_t)t->chart_column, &text, e);
	if (!status) {
		double size = canvas_length((const char *)text.data, 10.5) > FIELD - 3 ? 8 : 10.5;

		canvas_words(c, x + FIELD / 2.0, y + FIELD / 2.0 + 3.5, (const char *)text.data, size, false,
			     sqrt(value / (most > 0 ? most : 1)) > 0.45 ? 0xffffff : CHART_INK, DRAW_CENTRE);
	}
	buf_free(&text);
	return status;
}

int chart_matrix(struct canvas *c, const struct sheet_table *t, struct error *e)
{
	struct sides s;
	double left = 52, most = 0;
	int status = sides_of(t, SIDE_MOST, &s, e);

	for (size_t row = 0; row < sheet_row_count(t) && !status; row++)
		most = fmax(most, sheet_at(t, row, (size_t)t->chart_column)->number);
	canvas_words(c, 0, 12, t->column[0].title, CHART_SMALL, true, CHART_QUIET, DRAW_BEGIN);
	canvas_words(c, fmax(left, 1.15 * canvas_length(t->column[0].title, CHART_SMALL) + 16), 12, t->column[1].title,
		     CHART_SMALL, true, CHART_QUIET, DRAW_BEGIN);
	for (int i = 0; i < 2 && !status; i++)
		for (size_t k = 0; k < s.drawn[i] && !status; k++) {
			struct buf text = { 0 };
			double at = FIELD * (double)k + FIELD / 2.0;

			status = canvas_fit(s.side[i].line[s.order[i][k]].key, i ? 9.5 : CHART_SMALL, i ? FIELD + 3 : left - 6,
					    &text, e);
			if (!status && i)
				canvas_words(c, left + at, HEAD - 8, (const char *)text.data, 9.5, false, CHART_INK, DRAW_CENTRE);
			else if (!status)
				canvas_words(c, left - 6, HEAD + at + 4, (const char *)text.data, CHART_SMALL, false, CHART_INK,
					     DRAW_END);
			buf_free(&text);
		}
	for (size_t row = 0; row < sheet_row_count(t) && !status; row++) {
		size_t down = rank(&s, 0, sheet_at(t, row, 0)), right = rank(&s, 1, sheet_at(t, row, 1));

		if (down != SIZE_MAX && right != SIZE_MAX)
			status = draw_field(c, t, row, left + FIELD * (double)right, HEAD + FIELD * (double)down, most, e);
	}
	sides_free(&s);
	return status;
}

/* The longer side stands as in the table; of the other each node stands beside the middle of those that it is joined
 * to, in their order, so that lines are short and cross little. Returns how many nodes that is high. */
static double lay_out(const struct sheet_table *t, struct sides *s)
{
	const int fixed = s->drawn[0] >= s->drawn[1] ? 0 : 1, loose = 1 - fixed;
	double sum[NODES_MOST] = { 0 }, n[NODES_MOST] = { 0 }, *at = s->at[loose], next = 0;
	size_t *order = s->order[loose];

	for (size_t k = 0; k < s->drawn[fixed]; k++)
		s->at[fixed][k] = (double)k;
	for (size_t row = 0; row < sheet_row_count(t); row++) {
		size_t here = rank(s, fixed, sheet_at(t, row, (size_t)fixed));
		size_t there = rank(s, loose, sheet_at(t, row, (size_t)loose));

		if (here != SIZE_MAX && there != SIZE_MAX) {
			sum[there] += (double)here;
			n[there]++;
		}
	}
	for (size_t k = 0; k < s->drawn[loose]; k++) {
		double middle = n[k] > 0 ? sum[k] / n[k] : 0;
		size_t place = order[k], i = k;

		for (; i > 0 && at[i - 1] > middle; i--) {
			at[i] = at[i - 1];
			order[i] = order[i - 1];
		}
		at[i] = middle;
		order[i] = place;
	}
	for (size_t k = 0; k < s->drawn[loose]; k++, next++)
		next = at[k] = fmax(at[k], next);
	return fmax(next, (double)s->drawn[fixed]);
}

double chart_graph_height(const struct sheet_table *t)
{
	struct sides s;
	double high = sides_of(t, NODES_MOST, &s, NULL) ? 0 : lay_out(t, &s);

	sides_free(&s);
	return 28 + NODE * high + 6;
}

static int draw_node(struct canvas *c, double x, double y, const char *words, enum draw_place place, struct error *e)
{
	struct buf text = { 0 };
	int status = canvas_fit(words, CHART_SMALL, 128, &text, e);

	canvas_dot(c, x, y, 4, 0x0b4f9e);
	if (!status)
		canvas_words(c, place == DRAW_END ? x - 8 : x + 8, y + 4, (const char *)text.data, CHART_SMALL, false,
			     CHART_INK, place);
	buf_free(&text);
	return status;
}

/* The first keys at one side, the second at the other, lines between them as thick as their number. */
int chart_graph(struct canvas *c, const struct sheet_table *t, struct error *e)
{
	const double x[2] = { 142, CHART_WIDTH - 142 };
	double most = 0;
	struct sides s;
	int status = sides_of(t, NODES_MOST, &s, e);

	if (!status)
		lay_out(t, &s);
	for (size_t row = 0; row < sheet_row_count(t) && !status; row++)
		most = fmax(most, sheet_at(t, row, (size_t)t->chart_column)->number);
	for (size_t row = 0; row < sheet_row_count(t) && !status; row++) {
		size_t a = rank(&s, 0, sheet_at(t, row, 0)), b = rank(&s, 1, sheet_at(t, row, 1));
		const struct sheet_cell *cell = sheet_at(t, row, (size_t)t->chart_column);

		if (a != SIZE_MAX && b != SIZE_MAX) {
			const double line[2][2] = { { x[0], 36 + NODE * s.at[0][a] }, { x[1], 36 + NODE * s.at[1][b] } };

			canvas_line(c, line, 2, cell->state == SHEET_NUMBER && most > 1 ? 1 + 4 * cell->number / most : 1.2,
				    0x7a8fb0, cell->state != SHEET_NUMBER);
		}
	}
	for (int i = 0; i < 2 && !status; i++) {
		canvas_words(c, x[i], 14, t->column[i].title, CHART_SMALL, true, CHART_QUIET, i ? DRAW_BEGIN : DRAW_END);
		for (size_t k = 0; k < s.drawn[i] && !status; k++)
			status = draw_node(c, x[i], 36 + NODE * s.at[i][k], s.side[i].line[s.order[i][k]].key,
					   i ? DRAW_BEGIN : DRAW_END, e);
	}
	sides_free(&s);
	return status;
}
