/* specimen.h - one fired case: its sizes, what was printed on it, its heights */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MAKE_SPECIMEN_H
#define MAKE_SPECIMEN_H

#include "make/case.h"
#include "make/placing.h"

/* Radii are about the primer's middle, which sits at primer_x/y of the tool's frame. */
#define SPECIMEN_RADIUS_UM 7400   /* the tables reach this far */
#define SPECIMEN_PIN_UM 1800

enum { WEAK_CONTACT, WEAK_WAVER, WEAK_GAPS, WEAK_FIELDS };

struct specimen {
	const struct tool *tool;
	double primer_x_um, primer_y_um;
	double flat_um, primer_um, pocket_um, head_um, rim_um;
	double own_rms_um, head_z_um, strength, clip_um, contact_bias;
	double drag_c, drag_s, drag_um;
	struct placing ejector;                  /* its frame, x across and y inwards, in the tool's */
	double ejector_deg, ejector_gain;                  /* how hard it struck; 0: not at all */
	double arc_from, arc_share;
	double letters_deg, letters_um;       /* where the headstamp begins, radius of its middle */
	const char *letters;
	struct texture own;                   /* the primer's surface and what one shot alone left */
	struct texture fine;                  /* photographs: slopes too fine for heights, rms about 1 */
	struct texture head;                  /* the case head's */
	struct profile lathe;                 /* and its turning marks, by distance from the middle */
	struct texture slow[WEAK_FIELDS];     /* contact, wavering edges, where lip and pad break */
	float ring_z[SPECIMEN_RADIUS_UM + 2]; /* height by distance from the primer's middle, 1 um */
	float pin_z[SPECIMEN_PIN_UM + 2];     /* what the firing pin adds, by distance from it */
};

/* Draws a fired case. About 13 MB at the finest; specimen_free. */
int specimen_make(struct specimen *s, const struct tool *t, const struct case_wishes *w,
		  struct error *e);
void specimen_free(struct specimen *s);

/* Where a point of the tool's frame lies: how firmly the breech face touched, 0 to 1. */
double specimen_contact(const struct specimen *s, double x_um, double y_um);

/* The same for all points of a picture, as specimen_relief takes them. */
struct contact_map {
	float *v;
	int cols;
};
int contact_map_make(struct contact_map *m, const struct specimen *s, const struct placing *view,
		     double spacing_um, int width, int height, struct error *e);
void contact_map_free(struct contact_map *m);
float contact_map_at(const struct contact_map *m, int i, int j);

/* Is the point within the arc of the ring that is kept? */
bool specimen_in_arc(const struct specimen *s, double x_um, double y_um);

/* Heights in um of a picture; `view` puts the tool's frame into the picture, in um from the
 * middle of its first point. */
int specimen_relief(const struct specimen *s, const struct placing *view, double spacing_um, int width,
		    int height, float *z, struct error *e);

/* letters.c: cuts the headstamp into the heights. */
void letters_cut(const struct specimen *s, const struct placing *view, double spacing_um, int width,
		 int height, float *z);

#endif
