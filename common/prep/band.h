/* band.h - the shoulders of a land in a photograph under side light */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef PREP_BAND_H
#define PREP_BAND_H

#include "prep/shoulder.h"

/* As shoulder_find, in sections of hundredths of the natural logarithm of luminance. Nothing is
 * levelled; radius and sag are 0. */
int band_find(const struct sections *s, const struct shoulder_options *options, struct shoulders *out,
	      struct error *e);

#endif
