/* agree.h - the profile that sections have in common, and how sure it is at each place */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef PREP_AGREE_H
#define PREP_AGREE_H

#include "base/error.h"

/* z: count sections of width samples, form already removed, NaN where missing.
 *
 * mean: the profile that most sections agree on, place by place: sections take part by the square
 * of their correlation with it within +-half samples (and in the sections next to them), so a
 * stretch of a section that a dent, a rash, or wear has covered has no say there, while the rest
 * of that section has. NaN where fewer than a tenth of the sections have a point.
 * sure: the weighted mean of those correlations, each taken with the mean of the other sections:
 * 0 for noise, 1 for striae that all sections show alike. 0 where mean is NaN.
 *
 * mean and sure are the caller's, width each. STATUS_SYSTEM without memory. */
int agree(const float *z, int count, int width, int half, float *mean, float *sure, struct error *e);

#endif
