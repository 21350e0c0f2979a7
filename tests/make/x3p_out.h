/* x3p_out.h - writes a topography as X3P */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MAKE_X3P_OUT_H
#define MAKE_X3P_OUT_H

#include "base/error.h"
#include "scan/surface.h"

enum x3p_points { X3P_DOUBLE, X3P_FLOAT, X3P_INT32, X3P_INT16 };
#define X3P_POINTS "double|float|int32|int16"   /* for OPTION_CHOICE */

/* ISO 25178-72: metres, rows upwards, main.xml, bindata/data.bin and both checksums. Missing
 * points are NaN in double and float; integers have an increment and a validity bitmap
 * (bindata/valid.bin). Dates are fixed: the same surface gives the same bytes. */
int x3p_write(const struct surface *s, enum x3p_points points, const char *path, struct error *e);

#endif
