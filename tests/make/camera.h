/* camera.h - a lens and a sensor: blur, vignetting, exposure, noise */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MAKE_CAMERA_H
#define MAKE_CAMERA_H

#include <stdint.h>

#include "base/error.h"

/* Means of k x k points; width and height are those of what comes out, in place. */
void camera_bin(float *v, int width, int height, int k);

/* A lens's own blur: means of 1 2 1 each way, in place; line is room for a row. */
void camera_soften(float *v, float *line, int width, int height);

/* Light in v (0 black, 1 bright) becomes grey levels 0 to 255, not rounded. What lies more than
 * some 60 um above or below the zero of the heights z is out of focus; all of it is, by a blur of
 * defocus_um (about the standard deviation), where that is not 0. */
int camera_take(float *v, const float *z, int width, int height, double spacing_um, double defocus_um,
		uint64_t seed, struct error *e);

#endif
