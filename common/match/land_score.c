/* land_score.c - what the measures of two lands say together */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "match/land_score.h"

#include <math.h>

/* Under chance alone a lag's strength is a normal deviate, so strength^2 / 2 plus the logarithm of
 * what its place speaks for is nearly the logarithm of a likelihood ratio by itself; the plain
 * correlation and the pieces that support the lag are second opinions.
 *
 * Reference: 1,055 made scans (make-bullet: 40 barrels as they come; 30 with --noise 1.6 --rash 2
 * --spacing 2; 20 with --lands 5 --noise 1.3 --classes 5 --subclass .2 --height 300), which give 525
 * pairs of one land and 198,662 of two, and the 66 pairs of 12 real ones. The factors lie between
 * those that logistic regression (classes and sets of equal weight) finds there (1.30, -0.74, 0.12,
 * -10.4) and on the real scans with noise, other spacings, crops, leans and tilts added (0.92, 5.6,
 * 0.35, -9.4), and do as well as either on its own: Cllr .043, .165, .104 and .033.
 *
 * No pair of two lands exceeded odds of 6.3. One scan of a thousand is what the set can speak of
 * above, and one pair of 525 below, so the ratio is bounded there. */
#define VALUE 1.1
#define CCF 3.0
#define SUPPORT 0.22
#define MOST_SUPPORT 12
#define CONSTANT (-10.0)

double land_score_of(double odds)
{
	return 10 / M_LN10 * (odds > 30 ? odds : log1p(exp(odds)));
}

double land_lr_of(double odds)
{
	return fmax(LAND_LR_LEAST, fmin(LAND_LR_MOST, exp(fmin(odds, 100))));
}

void land_score(struct land_fit *fit)
{
	fit->odds = VALUE * (fit->strength * fit->strength / 2 + fit->place) + CCF * fit->ccf +
		SUPPORT * fmin(fit->support, MOST_SUPPORT) + CONSTANT;
	fit->score = land_score_of(fit->odds);
	fit->lr = land_lr_of(fit->odds);
}
