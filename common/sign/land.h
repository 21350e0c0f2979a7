/* land.h - the signature of a land engraved area, or of aperture shear, as it is filed */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SIGN_LAND_H
#define SIGN_LAND_H

#include "prep/land.h"
#include "sign/signature.h"

/* A land of n samples is filed in one row of 2 n: its profile, and then how sure it is at each
 * place. The layer is the relief for a topography, the look for a photograph, which do not compare.
 * Units of the profile are nanometres (or ten-thousandths of a logarithm of luminance), of sureness
 * thousandths. */

/* "land/1 step 1.5625 band 16-250 section 12.5 agree 300", of a flat "shear/1 ...": signatures are
 * compared only when this is equal. */
void land_method(const struct land_options *o, char *text, size_t size);
/* Of the default options. Numbers take long to print, and an index asks this of each of a million signatures. */
#define LAND_METHOD "land/1 step 1.5625 band 16-250 section 12.5 agree 300"
#define SHEAR_METHOD "shear/1 step 1.5625 band 16-250 section 12.5 agree 300"

/* Fills mark (options that say flat: shear), grid, layer, search code, and the meta texts method, quality, and region
 * ("from 298.4 um rise to 2225.1 um rise": where on the scan's width the land lies and what it ends at). */
int land_file(const struct land *l, const struct land_options *o, struct signature *out,
	      struct error *e);

/* The land that a signature holds: kind, n, step_um, z, sure, ends, left_um, width_um, quality; the
 * rest is zero. STATUS_INPUT where it holds none, or one of another method than o's. */
int land_unfile(const struct signature *s, const struct land_options *o, struct land *out,
		struct error *e);

#endif
