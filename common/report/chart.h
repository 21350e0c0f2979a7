/* chart.h - tables drawn: bars, lines, a matrix, a graph */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef REPORT_CHART_H
#define REPORT_CHART_H

#include "report/canvas.h"
#include "report/sheet.h"

/* As wide as a telephone, so that its letters are read there without being made smaller. */
#define CHART_WIDTH 420

/* Is there anything to draw? */
bool chart_has(const struct sheet_table *t);

/* How high it will be. */
double chart_height(const struct sheet_table *t);

/* Draws it from 0, 0 on, CHART_WIDTH wide, with its axes and their units, but without a title. A bar, point or
 * field whose number is hidden or missing says so in words; what does not fit is named. */
int chart_draw(struct canvas *c, const struct sheet_table *t, struct error *e);

#endif
