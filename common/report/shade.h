/* shade.h - a relief under a light, a brightness, or an agreement as colours */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef REPORT_SHADE_H
#define REPORT_SHADE_H

#include <stdint.h>

#include "base/error.h"

/* Where the light comes from: degrees clockwise from the top of the picture, and above its plane. */
struct shade_light {
	double azimuth_deg, elevation_deg;
};
#define SHADE_LIGHT { 315, 40 }

#define SHADE_NOTHING 0xe6e6ea   /* 0xRRGGBB: what is shown where nothing is there */

/* width * height values, the top row first, those with on = 0 missing, to width * height * 3 bytes of red,
 * green, blue. Heights are lit as a matt surface is (Lambert), their slope being in values a pixel times
 * `steep`; a point without a neighbour is lit as if level. */
void shade_relief(const float *v, const uint8_t *on, int width, int height, double steep,
		  const struct shade_light *light, unsigned char *rgb);

/* Heights as a ring light shows them, which is low and comes from all sides: the logarithm of the mean square
 * slope within `reach` pixels, in standard deviations of what is in region (NULL: of all), as
 * shade_brightness has them. What is level is dark. STATUS_SYSTEM: no memory. */
int shade_ring(const float *v, const uint8_t *on, const uint8_t *region, int width, int height, int reach,
	       unsigned char *rgb, struct error *e);

/* What is shown where region is 0 becomes paler. */
void shade_pale(const uint8_t *region, int points, unsigned char *rgb);

/* Values in standard deviations: -2.5 is black, 2.5 white. */
void shade_brightness(const float *v, const uint8_t *on, int width, int height, unsigned char *rgb);

/* -1 (disagrees) orange, 0 nearly white, 1 (agrees) blue: told apart by all kinds of colour sight. */
void shade_agreement(const float *v, const uint8_t *on, int width, int height, unsigned char *rgb);

#endif
