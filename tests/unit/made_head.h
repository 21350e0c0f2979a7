/* made_head.h - heads of fired cases that the tests of the regions draw for themselves */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef UNIT_MADE_HEAD_H
#define UNIT_MADE_HEAD_H

#include <stdint.h>

#include "scan/surface.h"

/* Pixels and, for heights, micrometres. */
struct made_head {
	int width, height;
	double x, y;           /* the primer's middle */
	double ring, primer;   /* radii */
	double pin_x, pin_y;   /* from the primer's middle */
	double pin_a, pin_b;   /* half axes; 0: no firing pin */
	double pin_turn;       /* radians */
	double drag;           /* length of a drag towards +x, in pin_a */
	double flowback;       /* radius of what flowed back, about the pin; topographies; 0: none */
	double bright, gamma;  /* photographs: luminance times bright, after 255 (l / 255)^gamma */
	double noise;          /* photographs: standard deviation of luminance; else of heights */
	double tilt;           /* topographies: slope to the right */
	double lost;           /* topographies: slope from which points are missing; 0: none are */
	double spacing_um;     /* topographies */
	uint64_t seed;
};
#define MADE_HEAD { 600, 450, 304, 221, 130, 195, 18, -14, 55, 55, 0, 0, 0, 1, 1, 3, 0, 0, 12.5, 1 }

/* Under a ring light: flats bright and grained, slopes dark. */
void made_photo(const struct made_head *m, struct surface *s);

/* Heights, um: head, pocket, rolled-off primer, flat, flow-back, firing pin. */
void made_relief(const struct made_head *m, struct surface *s);

/* What a point is: enum region_label; flow-back only where m has some. */
int made_label(const struct made_head *m, double x, double y);

/* A picture of one luminance, for other things to be drawn in. */
void made_blank(struct surface *s, int width, int height, float luminance);

void made_blur(struct surface *s, double sigma_px);  /* of a photograph */
void made_quarter_turn(struct surface *s);

#endif
