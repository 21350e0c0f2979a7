/* phases.h - a table of two bullets' lands, and the phase in which they fit best */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef REPORT_PHASES_H
#define REPORT_PHASES_H

#include <stdbool.h>

#include "report/draw.h"

/* Plain data of the caller. */
struct phases {
	int lands;               /* of each bullet */
	const double *score;     /* of the probe's land i with the candidate's land j: [i * lands + j]; NaN: none */
	const int *partner;      /* of the probe's land i in the best phase: a land of the candidate */
	const double *sum;       /* scores of the phases, forwards and then backwards: 2 * lands */
	int best;                /* of them */
};

/* The table: a row a land of the probe, a column a land of the candidate, darker the higher the score, the
 * best phase's pairs framed. In at most side * side pixels. */
void phases_table(struct draw *d, const struct phases *p, double x, double y, double side, double letter);

/* The phases' scores as bars, the best one marked, in width * height pixels. */
void phases_bars(struct draw *d, const struct phases *p, double x, double y, double width, double height,
		 double letter);

#endif
