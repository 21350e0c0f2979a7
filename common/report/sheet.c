/* sheet.c - what a report says: tables with titles, units and n, before they take a form */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/sheet.h"

#include <math.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

void sheet_open(struct sheet *s, const char *name, const char *title)
{
	memset(s, 0, sizeof *s);
	s->name = sheet_text(s, name);
	s->title = sheet_text(s, title);
	s->subtitle = "";
	s->nothing = "-";
	s->manner = (struct sheet_manner){ "en", false, ".", ",", SHEET_HIDDEN_WORD, "no data", "n", "Contents",
					   "The numbers of this chart are in the table.", "page", "days" };
}

void sheet_close(struct sheet *s)
{
	for (size_t i = 0; i < s->tables; i++)
		buf_free(&s->table[i]->cells);
	free(s->table);
	pool_free(&s->pool);
	memset(s, 0, sizeof *s);
}

const char *sheet_text(struct sheet *s, const char *text)
{
	char *copy = text ? pool_text(&s->pool, text, strlen(text), NULL) : NULL;

	s->failed = s->failed || (text && !copy);
	return copy ? copy : "";
}

const char *sheet_format(struct sheet *s, const char *format, ...)
{
	struct buf b = { 0 };
	const char *copy;
	va_list args;
	int n;

	va_start(args, format);
	n = vsnprintf(NULL, 0, format, args);
	va_end(args);
	if (n < 0 || buf_reserve(&b, (size_t)n + 1, NULL)) {
		s->failed = true;
		return "";
	}
	va_start(args, format);
	vsnprintf((char *)b.data, (size_t)n + 1, format, args);
	va_end(args);
	copy = sheet_text(s, (const char *)b.data);
	buf_free(&b);
	return copy;
}

void sheet_subtitle(struct sheet *s, const char *subtitle)
{
	s->subtitle = sheet_text(s, subtitle);
}

struct sheet_table *sheet_table(struct sheet *s, const char *name, const char *title)
{
	struct sheet_table **table = NULL, *t = pool_take(&s->pool, sizeof *t, NULL);

	if (t && s->tables == s->room) {
		table = mem_grow(s->table, s->room + 16, sizeof *table, NULL);
		if (table) {
			s->table = table;
			s->room += 16;
		} else {
			t = NULL;
		}
	}
	if (!t) {
		s->failed = true;
		return &s->spare;   /* it has no sheet, and takes nothing */
	}
	memset(t, 0, sizeof *t);
	t->sheet = s;
	t->name = sheet_text(s, name);
	t->title = sheet_text(s, title);
	t->n = -1;
	t->n_title = t->chart_unit = "";
	t->may_hide = true;
	s->table[s->tables++] = t;
	return t;
}

void sheet_rests(struct sheet_table *t, int64_t n, const char *n_title)
{
	if (!t->sheet)
		return;
	t->n = n;
	t->n_title = sheet_text(t->sheet, n_title);
}

void sheet_note(struct sheet_table *t, const char *note)
{
	if (t->sheet)
		t->note = sheet_text(t->sheet, note);
}

void sheet_open_to_all(struct sheet_table *t)
{
	if (t->sheet)
		t->may_hide = false;
}

void sheet_drawn(struct sheet_table *t, enum sheet_chart chart, int column, const char *unit)
{
	if (!t->sheet)
		return;
	t->chart = chart;
	t->chart_column = column;
	t->chart_unit = sheet_text(t->sheet, unit);
}

static void add_column(struct sheet_table *t, const char *name, const char *title, const char *unit,
		       enum sheet_kind kind, int decimals)
{
	struct sheet_column *c = &t->column[t->columns];

	if (!t->sheet || t->columns == SHEET_COLUMNS)
		return;
	*c = (struct sheet_column){ sheet_text(t->sheet, name), sheet_text(t->sheet, title),
				    sheet_text(t->sheet, unit), kind, decimals, -1 };
	for (size_t i = 0; i < t->columns && (kind == SHEET_SHARE || kind == SHEET_VALUE); i++)
		if (t->column[i].kind == SHEET_COUNT)
			c->rests_on = (int)i;
	t->columns++;
}

void sheet_key(struct sheet_table *t, const char *name, const char *title)
{
	add_column(t, name, title, "", SHEET_KEY, 0);
	t->keys += t->sheet != NULL;
}

void sheet_rests_on(struct sheet_table *t, int column)
{
	if (t->columns)
		t->column[t->columns - 1].rests_on = column;
}

void sheet_words(struct sheet_table *t, const char *name, const char *title)
{
	add_column(t, name, title, "", SHEET_WORDS, 0);
}

void sheet_counts(struct sheet_table *t, const char *name, const char *title, const char *unit)
{
	add_column(t, name, title, unit, SHEET_COUNT, 0);
}

void sheet_shares(struct sheet_table *t, const char *name, const char *title)
{
	add_column(t, name, title, "%", SHEET_SHARE, 1);
}

void sheet_values(struct sheet_table *t, const char *name, const char *title, const char *unit, int decimals)
{
	add_column(t, name, title, unit, SHEET_VALUE, decimals);
}

static void put(struct sheet_table *t, const struct sheet_cell *cell)
{
	if (t->sheet && buf_add(&t->cells, cell, sizeof *cell, NULL))
		t->sheet->failed = true;
}

void sheet_put_text(struct sheet_table *t, const char *text, const char *shown)
{
	struct sheet_cell cell = { .state = text ? SHEET_TEXT : SHEET_NOTHING };

	if (t->sheet && text) {
		cell.text = sheet_text(t->sheet, text);
		cell.shown = shown ? sheet_text(t->sheet, shown) : cell.text;
	}
	put(t, &cell);
}

void sheet_put_count(struct sheet_table *t, int64_t n)
{
	put(t, &(struct sheet_cell){ .state = n < 0 ? SHEET_NOTHING : SHEET_NUMBER, .number = (double)n });
}

void sheet_put_value(struct sheet_table *t, double value)
{
	put(t, &(struct sheet_cell){ .state = isnan(value) ? SHEET_NOTHING : SHEET_NUMBER, .number = value });
}

size_t sheet_row_count(const struct sheet_table *t)
{
	return t->columns ? t->cells.size / sizeof(struct sheet_cell) / t->columns : 0;
}

const struct sheet_cell *sheet_at(const struct sheet_table *t, size_t row, size_t column)
{
	return (const struct sheet_cell *)(const void *)t->cells.data + row * t->columns + column;
}

struct sheet_table *sheet_find(const struct sheet *s, const char *name)
{
	for (size_t i = 0; i < s->tables; i++)
		if (!strcmp(s->table[i]->name, name))
			return s->table[i];
	return NULL;
}

const char *sheet_unit_text(const struct sheet_table *t, size_t column)
{
	const char *unit = t->column[column].unit;

	return strcmp(unit, "days") ? unit : t->sheet->manner.days;
}

int sheet_number_text(const struct sheet_manner *m, double number, int decimals, struct buf *out, struct error *e)
{
	char plain[64];
	size_t digits;
	int bad = STATUS_DONE;

	snprintf(plain, sizeof plain, "%.*f", decimals, fabs(number));
	digits = strcspn(plain, ".");
	if (number < 0)
		bad = buf_byte(out, '-', e);
	for (size_t i = 0; i < digits && !bad; i++) {
		if (i && (digits - i) % 3 == 0)
			bad = buf_text(out, m->group, e);
		if (!bad)
			bad = buf_byte(out, (unsigned char)plain[i], e);
	}
	if (!bad && plain[digits])
		bad = buf_text(out, m->decimal, e) || buf_text(out, plain + digits + 1, e);
	return bad || !buf_string(out, e) ? STATUS_SYSTEM : STATUS_DONE;
}

int sheet_cell_text(const struct sheet_table *t, size_t row, size_t column, struct buf *out, struct error *e)
{
	const struct sheet_cell *cell = sheet_at(t, row, column);
	const struct sheet_column *c = &t->column[column];

	if (cell->state == SHEET_NUMBER)
		return sheet_number_text(&t->sheet->manner, cell->number, c->kind == SHEET_COUNT ? 0 : c->decimals, out, e);
	if (cell->state != SHEET_NOTHING &&
	    buf_text(out, cell->state == SHEET_HIDDEN ? t->sheet->manner.hidden : cell->shown, e))
		return STATUS_SYSTEM;
	return buf_string(out, e) ? STATUS_DONE : STATUS_SYSTEM;
}

int sheet_ready(const struct sheet *s, struct error *e)
{
	return s->failed ? error_memory(e) : STATUS_DONE;
}

/* One cell, and in its row what rests on it. */
static void hide_cell(struct sheet_table *t, size_t row, size_t column)
{
	struct sheet_cell *cell = (struct sheet_cell *)(void *)t->cells.data + row * t->columns;

	for (size_t k = 0; k < t->columns; k++)
		if ((k == column || t->column[k].rests_on == (int)column) && cell[k].state == SHEET_NUMBER) {
			cell[k].state = SHEET_HIDDEN;
			t->sheet->hidden++;
		}
}

static void hide_column(struct sheet_table *t, size_t column, int64_t least)
{
	size_t hidden = 0, rows = sheet_row_count(t), next = rows;

	for (size_t i = 0; i < rows; i++) {
		const struct sheet_cell *cell = sheet_at(t, i, column);

		if (cell->state != SHEET_NUMBER || cell->number == 0)
			continue;
		if (cell->number < (double)least) {
			hide_cell(t, i, column);
			hidden++;
		} else if (next == rows || cell->number < sheet_at(t, next, column)->number) {
			next = i;
		}
	}
	if (hidden == 1 && next < rows)
		hide_cell(t, next, column);
}

void sheet_hide(struct sheet *s, int64_t least)
{
	for (size_t i = 0; i < s->tables; i++)
		for (size_t k = 0; k < s->table[i]->columns && s->table[i]->may_hide; k++)
			if (s->table[i]->column[k].kind == SHEET_COUNT)
				hide_column(s->table[i], k, least);
}
