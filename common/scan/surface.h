/* surface.h - a topography or photograph, with its spacing and which way is up */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SCAN_SURFACE_H
#define SCAN_SURFACE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"

enum surface_kind {
	SURFACE_TOPOGRAPHY,  /* z: heights in micrometres, up from the specimen */
	SURFACE_PHOTOGRAPH   /* z: luminance, 0 to 255 */
};

enum spacing_origin {
	SPACING_UNKNOWN,   /* spacing_um is 0 */
	SPACING_FILE,      /* as the file says */
	SPACING_ASSUMED,   /* the file's unit was implausible and was taken as micrometres */
	SPACING_GIVEN,     /* by a person */
	SPACING_PRIMER     /* from the primer's known diameter */
};

/* Row 0 is the top of the picture as a person sees the specimen and rows run downwards, columns
 * to the right, whatever the file's own order: readers of formats whose rows run upwards (X3P)
 * turn them over, so that no surface is a mirror image of another.
 * Missing points are NaN; a photograph has none. Owned by the caller; surface_free. */
struct surface {
	enum surface_kind kind;
	int width, height;
	float *z;                 /* width * height, row by row */
	double spacing_x_um, spacing_y_um;
	enum spacing_origin spacing_origin;
	int reduction;            /* a photograph may have been decoded smaller: 1, 2, 4 or 8 */
	int full_width, full_height;  /* before the reduction */
	bool masked;              /* the file itself declared points missing, which are NaN in z */
	size_t valid;             /* points that are not missing */
	unsigned char *marked;    /* NULL, or width * height: 1 where the file's mask picture has
	                           * another colour than its background; z does not heed it */
	char note[240];           /* what in the file deviated from its standard; "" for nothing */
};

/* A surface of NaN (topography) or 0 (photograph). */
#define SURFACE_MAX_POINTS ((size_t)500000000)
int surface_new(struct surface *s, enum surface_kind kind, int width, int height, struct error *e);
void surface_free(struct surface *s);

/* Adds to the note, "; " between; what finds no room is left out whole. */
void surface_note(struct surface *s, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Turns the order of the rows or columns round: a mirror image. */
void surface_flip_rows(struct surface *s);
void surface_flip_columns(struct surface *s);

/* Makes of a single cast (a negative) what the specimen is: left and right exchanged, and heights
 * turned over. */
void surface_turn_cast(struct surface *s);

/* What limits and helps a reader. */
struct scan_wishes {
	size_t max_points;  /* declared width * height beyond this is refused before memory is taken */
	int enough_px;      /* a photograph may be decoded reduced while its shorter side keeps at
	                     * least this many pixels; 0: never reduced */
	bool any_checksum;  /* go on where a checksum in an archive is wrong, and say so in the note */
};
#define SCAN_WISHES_DEFAULT { SURFACE_MAX_POINTS, 0, false }

/* Whether the first bytes are those of a format that scan_read reads. */
bool scan_is(const void *bytes, size_t size);

/* Reads a file that is in memory; the format is told by its first bytes (X3P, JPEG, PNG).
 * STATUS_INPUT says why a file cannot be used; the error does not name the file. */
int scan_read(const void *bytes, size_t size, const struct scan_wishes *wishes, struct surface *out,
	      struct error *e);

#endif
