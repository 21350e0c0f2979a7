/* chart.c - tables drawn: bars, lines, and which of them */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/chart.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "report/chart_parts.h"

#define BARS_MOST 30
#define BAR 22
#define FRONT 4            /* above the first bar */
#define AXIS 40            /* below the last */
#define LINES_HEIGHT 190
#define SERIES_MOST 4
#define POINTS_MOST 600

static const draw_colour hue[SERIES_MOST] = { 0x0b4f9e, 0xb0390e, 0x2b7a1f, 0x6b2f8a };

bool chart_has(const struct sheet_table *t)
{
	return t->chart != SHEET_NO_CHART && sheet_row_count(t) > 0;
}

/* The distance between two lines of an axis that goes to top: 1, 2 or 5 times a power of ten. */
static double step_of(double top)
{
	double step = pow(10, floor(log10(top > 0 ? top : 1)));

	if (top / step < 2)
		step /= 5;
	else if (top / step < 5)
		step /= 2;
	return step;
}

/* The keys of a row, as much of them as fits. */
static int put_label(const struct sheet_table *t, size_t row, double room, struct buf *out, struct error *e)
{
	struct buf whole = { 0 };
	int status = STATUS_DONE;

	for (size_t k = 0; k < t->keys && !status; k++) {
		if (k)
			status = buf_text(&whole, " / ", e);
		if (!status)
			status = sheet_cell_text(t, row, k, &whole, e);
	}
	if (!status)
		status = whole.size || buf_string(&whole, e) ? canvas_fit(buf_string(&whole, e), CHART_LETTER, room, out, e) :
			 STATUS_SYSTEM;
	buf_free(&whole);
	return status;
}

static double largest(const struct sheet_table *t, size_t column, size_t rows)
{
	double most = 0;

	for (size_t i = 0; i < rows; i++) {
		const struct sheet_cell *cell = sheet_at(t, i, column);

		if (cell->state == SHEET_NUMBER && cell->number > most)
			most = cell->number;
	}
	return most;
}

static size_t bar_count(const struct sheet_table *t)
{
	size_t rows = sheet_row_count(t);

	return rows > BARS_MOST ? BARS_MOST : rows;
}

/* The end of the value axis: a whole number of steps, and none beyond 100 percent. */
static double axis_end(const struct sheet_table *t, double most)
{
	double step = step_of(most);

	if (t->column[t->chart_column].kind == SHEET_COUNT && step < 1)
		step = 1;
	return most > 0 ? ceil(most / step - 1e-9) * step : 1;
}

static int draw_axis(struct canvas *c, const struct sheet_table *t, double from, double to, double bottom, double end,
		     struct error *e)
{
	const struct sheet_column *column = &t->column[t->chart_column];
	double step = step_of(end), shown = -1e9;
	struct buf text = { 0 };
	int status = STATUS_DONE;

	if (column->kind == SHEET_COUNT && step < 1)
		step = 1;
	for (double v = 0; v <= end * 1.0001 && !status; v += step) {
		double x = from + (to - from) * v / end, half;
		const double line[2][2] = { { x, FRONT }, { x, bottom } };

		canvas_line(c, line, 2, v > 0 ? 0.6 : 1.2, v > 0 ? CHART_GRID : CHART_INK, false);
		text.size = 0;
		status = sheet_number_text(&t->sheet->manner, v, step < 1 ? 1 : 0, &text, e);
		half = status ? 0 : canvas_length((const char *)text.data, CHART_SMALL) / 2;
		if (status || x - half < shown + 6)
			continue;
		canvas_words(c, x, bottom + 14, (const char *)text.data, CHART_SMALL, false, CHART_QUIET, DRAW_CENTRE);
		shown = x + half;
	}
	canvas_words(c, (from + to) / 2, bottom + 30, t->chart_unit, CHART_SMALL, false, CHART_QUIET, DRAW_CENTRE);
	buf_free(&text);
	return status;
}

/* A bar's number, and behind it that of the share that rests on it. */
static int bar_words(const struct sheet_table *t, size_t row, struct buf *out, struct error *e)
{
	size_t k = (size_t)t->chart_column;
	const struct sheet_cell *cell = sheet_at(t, row, k);
	int status;

	out->size = 0;
	if (cell->state == SHEET_NOTHING)
		return buf_text(out, t->sheet->manner.no_data, e) || !buf_string(out, e) ? STATUS_SYSTEM : STATUS_DONE;
	status = sheet_cell_text(t, row, k, out, e);
	if (!status && t->column[k].kind == SHEET_SHARE)
		status = buf_text(out, " %", e);
	if (!status && cell->state == SHEET_NUMBER && k + 1 < t->columns && t->column[k + 1].kind == SHEET_SHARE &&
	    t->column[k + 1].rests_on == (int)k && sheet_at(t, row, k + 1)->state == SHEET_NUMBER) {
		status = buf_text(out, " (", e);
		if (!status)
			status = sheet_cell_text(t, row, k + 1, out, e);
		if (!status)
			status = buf_text(out, " %)", e);
	}
	return status || !buf_string(out, e) ? STATUS_SYSTEM : STATUS_DONE;
}

static int label_room(const struct sheet_table *t, size_t rows, double *room, struct error *e)
{
	struct buf text = { 0 };
	int status = STATUS_DONE;

	*room = 30;
	for (size_t i = 0; i < rows && !status; i++) {
		status = put_label(t, i, CHART_WIDTH * 0.42, &text, e);
		if (!status)
			*room = fmax(*room, canvas_length((const char *)text.data, CHART_LETTER));
	}
	buf_free(&text);
	return status;
}

static int draw_bars(struct canvas *c, const struct sheet_table *t, struct error *e)
{
	size_t rows = bar_count(t), k = (size_t)t->chart_column;
	double label, from, end = axis_end(t, largest(t, k, rows));
	double room = 30, to, bottom = FRONT + BAR * (double)rows;
	struct buf text = { 0 };
	int status = label_room(t, rows, &label, e);

	/* the words behind the longest bar need their place, too */
	for (size_t i = 0; i < rows && !status; i++) {
		status = bar_words(t, i, &text, e);
		if (!status)
			room = fmax(room, canvas_length((const char *)text.data, CHART_SMALL));
	}
	from = label + 8;
	to = CHART_WIDTH - room - 8;
	if (!status)
		status = draw_axis(c, t, from, to, bottom, end, e);
	for (size_t i = 0; i < rows && !status; i++) {
		const struct sheet_cell *cell = sheet_at(t, i, k);
		double y = FRONT + BAR * (double)i;
		double width = cell->state == SHEET_NUMBER ? (to - from) * cell->number / end : 0;

		if (width > 0)
			canvas_box(c, from, y + 3, fmax(width, 0.8), BAR - 6, hue[0]);
		status = put_label(t, i, label + 1, &text, e);
		if (!status)
			canvas_words(c, label, y + BAR - 6.5, (const char *)text.data, CHART_LETTER, false, CHART_INK, DRAW_END);
		if (!status)
			status = bar_words(t, i, &text, e);
		if (!status)
			canvas_words(c, from + width + 5, y + BAR - 7, (const char *)text.data, CHART_SMALL, false, CHART_INK,
				     DRAW_BEGIN);
	}
	buf_free(&text);
	return status;
}

/* Years and months stand where they are in time; other keys one after the other. */
static double place_of(const struct sheet_table *t, size_t row)
{
	const struct sheet_cell *key = sheet_at(t, row, 0);
	int year, month;
	char rest;

	if (key->state == SHEET_TEXT && sscanf(key->text, "%4d-%2d%c", &year, &month, &rest) == 2)
		return 12.0 * year + month;
	if (key->state == SHEET_TEXT && sscanf(key->text, "%4d-Q%1d%c", &year, &month, &rest) == 2)
		return 4.0 * year + month;
	if (key->state == SHEET_TEXT && sscanf(key->text, "%4d%c", &year, &rest) == 1)
		return year;
	return NAN;
}

struct lines {
	double *place;
	size_t rows, first, series;
	double from, to, top, bottom, end, least, most;
};

static double x_of(const struct lines *l, size_t row)
{
	double wide = l->to - l->from - 12;

	return l->most > l->least ? l->from + 6 + wide * (l->place[row] - l->least) / (l->most - l->least) :
	       (l->from + l->to) / 2;
}

static void draw_series(struct canvas *c, const struct sheet_table *t, const struct lines *l, size_t series)
{
	double before[2] = { 0, 0 };
	bool joined = false;

	for (size_t i = 0; i < l->rows; i++) {
		const struct sheet_cell *cell = sheet_at(t, i, l->first + series);
		double point[2][2];

		if (cell->state != SHEET_NUMBER) {
			joined = false;
			continue;
		}
		point[1][0] = x_of(l, i);
		point[1][1] = l->bottom - (l->bottom - l->top) * cell->number / l->end;
		/* years in between that nothing is known of are a gap */
		if (joined && i && l->place[i] - l->place[i - 1] < 1.5) {
			memcpy(point[0], before, sizeof before);
			canvas_line(c, (const double (*)[2])point, 2, 1.8, hue[series], series % 2);
		}
		canvas_dot(c, point[1][0], point[1][1], l->rows > 80 ? 1.5 : 2.6, hue[series]);
		memcpy(before, point[1], sizeof before);
		joined = true;
	}
}

static int draw_lines_axes(struct canvas *c, const struct sheet_table *t, const struct lines *l, struct error *e)
{
	double step = step_of(l->end), shown = -1e9;
	struct buf text = { 0 };
	int status = STATUS_DONE;

	if (t->column[t->chart_column].kind == SHEET_COUNT && step < 1)
		step = 1;
	for (double v = 0; v <= l->end * 1.0001 && !status; v += step) {
		double y = l->bottom - (l->bottom - l->top) * v / l->end;
		const double line[2][2] = { { l->from, y }, { l->to, y } };

		canvas_line(c, line, 2, v > 0 ? 0.6 : 1.2, v > 0 ? CHART_GRID : CHART_INK, false);
		text.size = 0;
		status = sheet_number_text(&t->sheet->manner, v, step < 1 ? 1 : 0, &text, e);
		if (!status)
			canvas_words(c, l->from - 5, y + 4, (const char *)text.data, CHART_SMALL, false, CHART_QUIET, DRAW_END);
	}
	for (size_t i = 0; i < l->rows && !status; i++) {
		double x = x_of(l, i), half;

		status = put_label(t, i, 80, &text, e);
		half = status ? 0 : canvas_length((const char *)text.data, CHART_SMALL) / 2;
		if (status || x - half < shown + 6 || x + half > l->to + 6)
			continue;
		canvas_words(c, x, l->bottom + 15, (const char *)text.data, CHART_SMALL, false, CHART_QUIET, DRAW_CENTRE);
		shown = x + half;
	}
	canvas_words(c, 0, 12, t->chart_unit, CHART_SMALL, false, CHART_QUIET, DRAW_BEGIN);
	buf_free(&text);
	return status;
}

/* Names of the lines, in their colours, above them. */
static void draw_legend(struct canvas *c, const struct sheet_table *t, const struct lines *l)
{
	double x = l->from + 8;

	for (size_t k = 0; k < l->series; k++) {
		const double line[2][2] = { { x, 24 }, { x + 22, 24 } };

		canvas_line(c, line, 2, 2, hue[k], k % 2);
		canvas_dot(c, x + 11, 24, 2.6, hue[k]);
		canvas_words(c, x + 27, 28, t->column[l->first + k].title, CHART_SMALL, false, CHART_INK, DRAW_BEGIN);
		x += 40 + canvas_length(t->column[l->first + k].title, CHART_SMALL);
	}
}

static int draw_lines(struct canvas *c, const struct sheet_table *t, struct error *e)
{
	struct lines l = { .rows = sheet_row_count(t), .first = (size_t)t->chart_column, .from = 46,
			   .to = CHART_WIDTH - 10, .top = 40, .bottom = LINES_HEIGHT - 26 };
	size_t last = sheet_row_count(t);
	double place[POINTS_MOST];
	int status;

	if (l.rows > POINTS_MOST)
		l.rows = POINTS_MOST;
	/* a last row that is no time ("unknown") is not drawn */
	while (l.rows && isnan(place_of(t, l.rows - 1)) && l.rows == last)
		last = --l.rows;
	while (l.series < SERIES_MOST && l.first + l.series < t->columns &&
	       t->column[l.first + l.series].kind == t->column[l.first].kind)
		l.series++;
	for (size_t i = 0; i < l.rows; i++)
		place[i] = isnan(place_of(t, i)) ? (double)i : place_of(t, i);
	l.place = place;
	l.least = l.rows ? place[0] : 0;
	l.most = l.rows ? place[l.rows - 1] : 0;
	for (size_t k = 0; k < l.series; k++)
		l.end = fmax(l.end, largest(t, l.first + k, l.rows));
	l.end = axis_end(t, l.end);
	status = draw_lines_axes(c, t, &l, e);
	for (size_t k = 0; k < l.series && !status; k++)
		draw_series(c, t, &l, k);
	draw_legend(c, t, &l);
	return status;
}

double chart_height(const struct sheet_table *t)
{
	switch (t->chart) {
	case SHEET_BARS: return FRONT + BAR * (double)bar_count(t) + AXIS;
	case SHEET_LINES: return LINES_HEIGHT;
	case SHEET_MATRIX: return chart_matrix_height(t);
	case SHEET_GRAPH: return chart_graph_height(t);
	default: return 0;
	}
}

int chart_draw(struct canvas *c, const struct sheet_table *t, struct error *e)
{
	int status = STATUS_DONE;

	switch (t->chart) {
	case SHEET_BARS: status = draw_bars(c, t, e); break;
	case SHEET_LINES: status = draw_lines(c, t, e); break;
	case SHEET_MATRIX: status = chart_matrix(c, t, e); break;
	case SHEET_GRAPH: status = chart_graph(c, t, e); break;
	default: break;
	}
	return !status && c->failed ? error_memory(e) : status;
}
