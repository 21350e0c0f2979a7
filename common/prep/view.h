/* view.h - a small working picture of a surface, in which the regions are sought */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef PREP_VIEW_H
#define PREP_VIEW_H

#include <stdint.h>

#include "scan/surface.h"

/* Pixel centres lie at whole coordinates, in the surface and in the view. The pixels of a view are
 * square in micrometres even where those of the surface are not. Owned by whoever made it; view_free. */
struct view {
	int width, height;
	double left, top;         /* where the view's upper left corner lies on the surface, px */
	double scale_x, scale_y;  /* surface pixels a view pixel */
	float *v;                 /* width * height; 0 where missing */
	uint8_t *on;              /* 1 present, 0 missing; NULL when nothing is missing */
};

/* The slope of a view, by central differences: x rightwards, y downwards. 0 at missing points. */
struct slope {
	float *x, *y;
};

/* Area means of the part of the surface from (left, top) on, width by height, as far as it lies
 * within the frame, so that the longer side has at most longest_px; never enlarged. */
int view_cut(const struct surface *s, double left, double top, double width, double height,
	     int longest_px, struct view *out, struct error *e);
int view_whole(const struct surface *s, int longest_px, struct view *out, struct error *e);
void view_free(struct view *v);

/* A smaller surface of means over step * step points; those that do not fill a whole cell at the right
 * and lower edge are left out. surface_free. */
int view_condense(const struct surface *s, int step, struct surface *out, struct error *e);

int view_copy(const struct view *from, struct view *out, struct error *e);
size_t view_points(const struct view *v);  /* width * height */

/* Convolves with a Gaussian; missing points take no part and stay missing. */
int view_blur(struct view *v, double sigma_px, struct error *e);

/* Gives missing points that have enough others within about sigma_px the mean of those (weights of a
 * Gaussian, a third of its sum at least). */
int view_heal(struct view *v, double sigma_px, struct error *e);

/* Replaces values by their rank among all, 0 to 1, steep at most `steepest` times the plain
 * stretch: the same for any brightness, contrast and gamma, and kind to dark noise. */
int view_equalise(struct view *v, double steepest, struct error *e);

/* Replaces values by how near they are to the middle one of a part: 1 at the median of the points
 * within r of (x, y), falling like a Gaussian of standard deviation `wide` times the robust one
 * (1.4826 MAD) of those points. */
int view_nearness(struct view *v, double x, double y, double r, double wide, struct error *e);

int view_slope(const struct view *v, struct slope *out, struct error *e);
void slope_free(struct slope *g);

/* From view to surface coordinates and back. */
void view_out(const struct view *v, double x, double y, double *surface_x, double *surface_y);
void view_in(const struct view *v, double surface_x, double surface_y, double *x, double *y);

#endif
