/* x3p.h - topographies in X3P archives */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SCAN_X3P_H
#define SCAN_X3P_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "scan/surface.h"

/* A ZIP archive, which only X3P is here. */
bool x3p_is(const unsigned char *bytes, size_t size);

/* Reads a surface (feature type SUR) of ISO 25178-72 / ISO 5436-2; how files in the wild deviate
 * and what is done then stands in ibin-x3p(5). Heights and spacing become micrometres, rows are
 * turned over so that row 0 is the top.
 * The checksums in the archive are verified where there are any; a wrong one is STATUS_INPUT unless
 * wishes->any_checksum. Nothing is unpacked to memory but the surface itself: the list of points
 * and main.xml pass through in pieces. out is empty on failure. */
int x3p_read(const unsigned char *bytes, size_t size, const struct scan_wishes *wishes,
	     struct surface *out, struct error *e);

#endif
