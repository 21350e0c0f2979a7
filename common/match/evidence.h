/* evidence.h - what a score is worth: the likelihood ratio */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MATCH_EVIDENCE_H
#define MATCH_EVIDENCE_H

#include "match/compare.h"

/* Density of the score among pairs from one firearm over its density among pairs from two, by the
 * model of ibin-match(1), bounded by what the reference set can support. NaN where there is no
 * reference set: for firing pins and ejector marks of photographs; and for lands, whose ratio comes with
 * their score (land_score.h). The score of aperture shear is that of a land comparison. */
double evidence_lr(enum view v, enum mark mark, double score);

/* The same before it is bounded, as natural logarithm, and the bounds. */
double evidence_odds(enum view v, enum mark mark, double score);
void evidence_bounds(enum view v, enum mark mark, double *least, double *most);

#endif
