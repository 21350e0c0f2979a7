/* x3p_points.h - the list of points of an X3P file, text or binary, to a surface */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SCAN_X3P_POINTS_H
#define SCAN_X3P_POINTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "scan/surface.h"

enum { AXIS_X, AXIS_Y, AXIS_Z };

/* What main.xml says. Texts are as they stand there, without blanks around them, "" if absent. */
#define X3P_TEXT 256
struct x3p_axis {
	char type[X3P_TEXT];       /* "I" incremental, "A" absolute */
	char data[X3P_TEXT];       /* "I" int16, "L" int32, "F" float32, "D" float64 */
	double increment, offset;  /* NaN: absent */
};
struct x3p_header {
	char feature[X3P_TEXT];    /* "SUR" */
	char comment[X3P_TEXT];    /* of Record2: its beginning */
	struct x3p_axis axis[3];
	double rotation[9];        /* row by row; NaN: absent */
	int64_t size[3];           /* MatrixDimension; 0: absent */
	int64_t list;              /* ListDimension; 0: absent */
	bool text;                 /* there is a DataList */
	char point_link[X3P_TEXT], point_md5[X3P_TEXT];
	char valid_link[X3P_TEXT], valid_md5[X3P_TEXT];
	char checksum_file[X3P_TEXT];
	char background[X3P_TEXT]; /* of a mask picture: "#cd7f32" */
};

/* A list being read into a surface. Start with all zero; points_free is due once begin was called,
 * whatever it returned. The surface belongs to whoever passed it. */
struct x3p_points {
	const struct x3p_header *header;
	struct surface *out;
	size_t next, total;
	unsigned char part[24];   /* of a binary point that began in the piece before */
	size_t held;
	double *place[2];         /* absolute x of each column, absolute y of each row; else NULL */
	double spread[2];         /* farthest that any point is from its column or row */
	struct error *e;
};

/* Whether the header is that of a surface, of one layer, of bearable size, with heights of a known
 * type; else why not. */
int x3p_points_check(const struct x3p_header *header, size_t max_points, struct error *e);

/* Checks it and makes the surface. */
int x3p_points_begin(struct x3p_points *p, const struct x3p_header *header, size_t max_points,
		     struct surface *out, struct error *e);

/* Bytes a point takes in a binary list. */
size_t x3p_points_bytes(const struct x3p_header *header);

/* The next point as text, "z" or "x;z" ... with a coordinate for each absolute axis; "" is missing. */
int x3p_points_text(struct x3p_points *p, char *datum, struct error *e);

/* The next piece of a binary list, cut anywhere. */
int x3p_points_binary(struct x3p_points *p, const unsigned char *bytes, size_t size, struct error *e);

/* Bytes [at, at + size) of the validity bitmap: a bit a point, the lowest bit first. */
void x3p_points_valid(struct x3p_points *p, size_t at, const unsigned char *bytes, size_t size);

/* After all points: their number, the grid, units, and which way is up. */
int x3p_points_end(struct x3p_points *p, struct error *e);

void x3p_points_free(struct x3p_points *p);

#endif
