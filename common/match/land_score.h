/* land_score.h - what the measures of two lands say together */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MATCH_LAND_SCORE_H
#define MATCH_LAND_SCORE_H

#include "match/land.h"

/* Fills odds, score, and lr from the other members. */
void land_score(struct land_fit *fit);

/* In tenths of a power of ten (decibans): what a pair says that either is the same land's, with a
 * likelihood ratio of e^odds, or shows nothing: 10 log10(1 + e^odds). 0 for none, 3 for odds of 0. */
double land_score_of(double odds);

#define LAND_LR_MOST 1000.0
#define LAND_LR_LEAST 0.002

/* e^odds within what the reference set supports. */
double land_lr_of(double odds);

#endif
