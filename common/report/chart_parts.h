/* chart_parts.h - what the files of the charts share among themselves */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef REPORT_CHART_PARTS_H
#define REPORT_CHART_PARTS_H

#include "report/chart.h"

#define CHART_LETTER 12.0
#define CHART_SMALL 11.0
#define CHART_INK 0x202024
#define CHART_QUIET 0x44444c
#define CHART_GRID 0xc8c8d0

/* Two keys and a number: the first down, the second across. */
double chart_matrix_height(const struct sheet_table *t);
int chart_matrix(struct canvas *c, const struct sheet_table *t, struct error *e);

/* Two keys and a number that joins them. */
double chart_graph_height(const struct sheet_table *t);
int chart_graph(struct canvas *c, const struct sheet_table *t, struct error *e);

#endif
