/* tool.h - a firearm's breech face and firing pin, as they mark a primer */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MAKE_TOOL_H
#define MAKE_TOOL_H

#include <stdint.h>

#include "base/error.h"
#include "make/texture.h"

enum tool_kind {
	TOOL_GRANULAR,   /* blasted, cast or eroded: no direction */
	TOOL_PARALLEL,   /* milled or filed straight */
	TOOL_ARCHED,     /* a cutter on a wide arc */
	TOOL_TURNED      /* on a lathe: circles about a point near the firing-pin hole */
};
#define TOOL_KINDS "granular|parallel|arched|turned"   /* for OPTION_CHOICE */

struct tool_wishes {
	enum tool_kind kind;
	uint64_t class_seed;  /* tools made one after the other on the same machine share it */
	uint64_t seed;        /* the one tool */
	double subclass;      /* share of the variance that such tools have in common, 0 to 1 */
	double spacing_um;    /* of the grid that holds the marks: 4 for topographies, 2 for photographs */
};
#define TOOL_WISHES_DEFAULT { TOOL_GRANULAR, 1, 1, 0.15, 4 }

/* Its frame has the middle of the breech face as origin, x to the right and y downwards as the
 * marked primer is seen, so marks are those left on the primer: what stands out of the primer
 * is positive. Owned by the caller. */
struct tool {
	enum tool_kind kind;
	uint64_t seed;
	double rms_um;           /* of the marks, .8 to 1.8 */
	struct texture mark;     /* um; meant for 1900 um around the origin */
	struct texture matt;     /* how rough it is below what heights show, rms 1 */
	struct texture pin_mark; /* um, on the firing pin's nose, about its middle */
	double pin_x_um, pin_y_um, pin_radius_um, pin_depth_um, pin_flat_um;
	double lip_um;           /* height of the crater's lip */
	double aperture_um;      /* radius of the firing-pin hole; the primer flows into it */
	double pad_um;           /* how far; 0 for a tight hole */
	struct texture ejector_mark; /* um, on the ejector's face, about its middle */
	double ejector_deg, ejector_out_um;  /* where it strikes the case head, from the tool's origin */
	double ejector_half_um, ejector_high_um, ejector_depth_um;  /* half its sizes across and outwards */
	struct profile shear;    /* striae by distance across drag_deg, about the pin's middle */
	double shear_um;         /* their height; 0: this firearm does not shear */
	double drag_deg, drag_um;  /* direction in the tool's frame and usual length */
	double pressure_deg, pressure;  /* where it presses harder, and how much */
};

int tool_make(struct tool *t, const struct tool_wishes *w, struct error *e);
void tool_free(struct tool *t);

#endif
