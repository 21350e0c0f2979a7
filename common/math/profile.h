/* profile.h - a row of heights, some missing: smooth it, find its form, sample it anew */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MATH_PROFILE_H
#define MATH_PROFILE_H

#include "base/error.h"

/* In all of these a missing value is NaN, takes no part in any sum, and lengths are in samples.
 * `to` has as many samples as `from` and is another array unless said otherwise. */

/* Mean over i - half to i + half; missing where fewer than half + 1 of those are present. */
void profile_box(const float *from, int n, int half, float *to);

/* from minus the straight line that fits it best over i - half to i + half (least squares), at i.
 * A slope or a gap leaves no trace, and curvature only curvature * half^2 / 6. Missing where from
 * is, and where fewer than half + 1 of the 2 half + 1 are present. */
void profile_above_line(const float *from, int n, int half, float *to);

/* from convolved with the kernel exp(-pi (x / (0.4697 cutoff))^2) of ISO 16610-21, cut at three
 * standard deviations and normalised by what is present (weight NULL) or by weight, which is 0
 * or more. Missing where less than a quarter of the kernel lies on present samples.
 * STATUS_SYSTEM without memory. */
int profile_gauss(const float *from, const float *weight, int n, double cutoff, float *to,
		  struct error *e);

/* The form of a profile: robust Gaussian regression of second order (ISO 16610-31, nesting index
 * `cutoff`, kernel constant 0.7309), computed at knots `knot` samples apart, which stand for the
 * median of the samples round them, and joined by a cubic. Gaps are bridged. rounds: of Tukey's
 * biweight at 4.4 median residuals, but never less than `least` (heights).
 * STATUS_INPUT when fewer than 4 knots have a sample; STATUS_SYSTEM without memory. */
int profile_form(const float *from, int n, double cutoff, int knot, int rounds, double least, float *to,
		 struct error *e);

/* to[i] = from at first + i * step, m samples. A step above 1.33 averages over the step (present
 * samples in proportion to their share of it, at least half of it), a smaller one interpolates:
 * cubic where four neighbours are present, else between two, else the one that is not half a
 * sample away. Missing beyond the ends. */
void profile_resample(const float *from, int n, double first, double step, float *to, int m);

#endif
