/* case.h - heads of fired cartridge cases with known truth, as topographies and photographs */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MAKE_CASE_H
#define MAKE_CASE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "make/tool.h"
#include "scan/surface.h"

enum case_kind { CASE_TOPOGRAPHY, CASE_PHOTO_RING, CASE_PHOTO_SIDE };
#define CASE_KINDS "topography|photo-ring|photo-side"   /* for OPTION_CHOICE */

/* The same tool and seed give the same fired case, whatever the kind, spacing and rotation. */
struct case_wishes {
	enum case_kind kind;
	uint64_t seed;          /* the shot */
	double spacing_um;      /* 1 to 50 */
	int width, height;      /* points; 0: as large as is usual for the kind */
	double rotation_deg;    /* of the tool in the picture, counter-clockwise as seen */
	double decentre_um;     /* primer's middle off the picture's, at most, in each direction */
	bool masked;            /* topography: only the breech-face ring, the rest is missing */
	double noise;           /* what two shots do not share; 1 is like real cases, 0 nothing */
	double contact;         /* share of the ring that was pressed, 0.1 to 1 */
	double strength;        /* height of the marks, 1 is usual */
	double play_um;         /* the primer sits off the tool's middle by at most this */
	double drag;            /* firing-pin drag, 1 is usual, 0 none */
	double ejector;         /* how hard the ejector struck, 1 is usual, 0 not at all */
	double tilt_deg;        /* of the specimen under the instrument, at most */
	double missing;         /* dropped points, 1 is usual, 0 none but those on steep walls */
	double arc_from, arc_share;  /* the part of the ring that has marks (masked: that exists), from
				* an angle of the tool in turns, counter-clockwise; share 1: all */
	bool single_cast;       /* topography of a cast: heights inverted, left and right swapped */
	double defocus_um;      /* photographs: blurred this much, 0 to 500 */
	bool colour;            /* photographs: case_photograph gives three colours */
};

/* Like real ones: topographies of 6.25 um (masked: the ring fills the picture; else 5 mm wide),
 * photographs of 2592 x 1944 at 2.6 um. */
void case_defaults(struct case_wishes *w, enum case_kind kind);

/* Columns and rows from 0 at the middle of the picture's first point, rows downwards. Of a single
 * cast: places are as in its picture, the rotation is that before it was mirrored. */
struct case_truth {
	double spacing_um, rotation_deg;
	double primer_x_px, primer_y_px, primer_radius_px;
	double ring_outer_px;                /* about the primer's middle: where the edge rolls off */
	double tool_x_px, tool_y_px;         /* the origin of the tool's frame */
	double pin_x_px, pin_y_px, pin_radius_px;
	double ring_inner_px;                /* about the pin's middle: crater lip or pad end here */
	double drag_x_px, drag_y_px, drag_radius_px;  /* the far end of the drag; radius 0: none */
	double ejector_x_px, ejector_y_px;   /* of its imprint; it may lie outside the picture */
	double ejector_half_px, ejector_high_px;  /* half its sizes; half 0: none */
	double ejector_deg;                  /* outwards is this far counter-clockwise from up */
	double shear_deg;                    /* of sheared striae in the picture, as rotation; NaN: none */
};

/* Parameters out of range are STATUS_USAGE. out is freed by the caller with surface_free; a
 * photograph's z is luminance. */
int case_make(const struct tool *t, const struct case_wishes *w, struct surface *out,
	      struct case_truth *truth, struct error *e);

/* What a JPEG of it holds: 1 or 3 (RGB) bytes a point; to be freed with free(). */
struct case_photo {
	int width, height, channels;
	unsigned char *bytes;
};
int case_photograph(const struct tool *t, const struct case_wishes *w, struct case_photo *out,
		    struct case_truth *truth, struct error *e);

/* True regions, width * height bytes of 0 or 255. As people draw them: the breech face is all
 * between the ring's outer edge and the firing-pin impression. */
enum case_region { CASE_BREECH_FACE, CASE_FIRING_PIN, CASE_EJECTOR };
void case_mask(const struct case_truth *truth, enum case_region region, int width, int height,
	       unsigned char *out);

/* The seed of a shot, and of a tool, of a series. */
uint64_t case_seed(uint64_t series, int firearm, int shot);

#endif
