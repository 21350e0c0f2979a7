/* evidence.c - what a score is worth: the likelihood ratio */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "match/evidence.h"

#include <math.h>

/* Logistic regression (with Firth's penalty, since the classes hardly overlap) of ln(1 + score) on a
 * reference set, its prior odds taken out: ln LR = intercept + slope ln(1 + score). What the set's
 * size cannot support is not claimed: LR lies between 1 / matches and the non-matches of the set.
 * Where nearly all of the set's matches are made, LR is provisional and at most MADE_MOST.
 * ibin-match(1) says what the sets are; tests/score/fit fits them, from pairs of tests/score/run and marks. */
#define MADE_MOST 100
/* How often marks other than breech faces fail to show on real cases is not known: one pair in so many
 * is assumed, and no ratio says more against. */
#define MADE_LEAST 10

struct model {
	double intercept, slope;   /* slope 0: there is no reference set */
	double matches, most;
};

static const struct model breech_face[VIEWS] = {
	[VIEW_RELIEF] = { -16.567, 7.032, 144, 2143 },
	[VIEW_PHOTOGRAPHS] = { -19.922, 9.678, 81, MADE_MOST },
	[VIEW_ACROSS] = { -6.723, 3.693, 326, MADE_MOST },
};
static const struct model firing_pin = { -35.419, 10.088, MADE_LEAST, MADE_MOST };
static const struct model ejector = { -13.419, 5.271, MADE_LEAST, MADE_MOST };
static const struct model shear = { -2.484, 2.173, MADE_LEAST, MADE_MOST };   /* of a land's score */
static const struct model none = { 0, 0, 1, 1 };

static const struct model *model_of(enum view v, enum mark mark)
{
	if (mark == MARK_BREECH_FACE)
		return &breech_face[v];
	if (mark == MARK_SHEAR)
		return &shear;
	/* of photographs there are too few known pairs, and turned firing pins look alike in them */
	if (v != VIEW_RELIEF)
		return &none;
	return mark == MARK_FIRING_PIN ? &firing_pin : mark == MARK_EJECTOR ? &ejector : &none;
}

double evidence_odds(enum view v, enum mark mark, double score)
{
	const struct model *m = model_of(v, mark);

	return m->slope > 0 ? m->intercept + m->slope * log1p(score > 0 ? score : 0) : NAN;
}

void evidence_bounds(enum view v, enum mark mark, double *least, double *most)
{
	const struct model *m = model_of(v, mark);

	*least = 1 / m->matches;
	*most = m->most;
}

double evidence_lr(enum view v, enum mark mark, double score)
{
	double odds = evidence_odds(v, mark, score), least, most;

	evidence_bounds(v, mark, &least, &most);
	return isnan(odds) ? NAN : fmin(most, fmax(least, exp(odds)));
}
