/* evidence.c - what a score is worth: the likelihood ratio */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "match/evidence.h"

#include <math.h>

/* Logistic regression (with Firth's penalty, since the classes hardly overlap) of ln(1 + score) on a
 * reference set, its prior odds taken out: ln LR = intercept + slope ln(1 + score). What the set's
 * size cannot support is not claimed: LR lies between 1 / matches and non-matches of the set.
 * ibin-match(1) says what the sets are. */
struct model {
	double intercept, slope;
	double matches, nonmatches;
};

static const struct model models[VIEWS] = {
	[VIEW_RELIEF] = { -9.258, 4.306, 143, 2157 },
	[VIEW_PHOTOGRAPHS] = { -9.258, 4.306, 143, 2157 },
	[VIEW_ACROSS] = { -9.258, 4.306, 143, 2157 },
};

double evidence_odds(enum view v, enum mark mark, double score)
{
	const struct model *m = &models[v];

	return mark == MARK_BREECH_FACE ? m->intercept + m->slope * log1p(score > 0 ? score : 0) : NAN;
}

void evidence_bounds(enum view v, enum mark mark, double *least, double *most)
{
	(void)mark;
	*least = 1 / models[v].matches;
	*most = models[v].nonmatches;
}

double evidence_lr(enum view v, enum mark mark, double score)
{
	double odds = evidence_odds(v, mark, score), least, most;

	evidence_bounds(v, mark, &least, &most);
	return isnan(odds) ? NAN : fmin(most, fmax(least, exp(odds)));
}
