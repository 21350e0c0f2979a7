/* level.h - sample a surface on a grid; take away its tilt and its circular form */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef PREP_LEVEL_H
#define PREP_LEVEL_H

#include "math/grid.h"
#include "scan/surface.h"

/* A square grid of side `size` and spacing step_um, whose middle is the point x_px, y_px of the
 * surface; spacing_um is what a pixel of the surface is taken to measure. Only points where
 * label[i] == wanted take part (label NULL: all that are not missing). Each surface point is
 * shared among the four grid points round it in bilinear proportion, so that nothing is aliased
 * or moved; a surface coarser than the grid is interpolated. */
int level_sample(const struct surface *s, const uint8_t *label, uint8_t wanted, double x_px, double y_px,
		 double spacing_x_um, double spacing_y_um, int size, double step_um, struct grid *out,
		 struct error *e);

/* Takes the plane away that most points agree on: iterated least squares with Tukey's biweight
 * (c = 4.685 x 1.4826 MAD), six rounds. */
void level_plane(struct grid *g);

/* The same, of the plane that the points of by agree on (width * height; 1: takes part, and is there). */
void level_plane_by(struct grid *g, const uint8_t *by);

/* Takes the mean at each distance from a centre away, which is at x_um, y_um from the grid's middle
 * (the primer's dome, the crater's lip: they correlate at every angle and say nothing); rings with
 * fewer than `least` points are joined with their neighbours. */
int level_radial(struct grid *g, double x_um, double y_um, int least, struct error *e);

/* The same of what is steep, a firing pin's bowl: what is taken away does not jump from ring to ring,
 * which would leave moire along the axes of the grid. */
int level_bowl(struct grid *g, double x_um, double y_um, int least, struct error *e);

#endif
