/* extract.h - from a scan or photograph to signatures */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SIGN_EXTRACT_H
#define SIGN_EXTRACT_H

#include "prep/overlay.h"
#include "prep/region.h"
#include "scan/surface.h"
#include "sign/labels.h"
#include "sign/signature.h"

struct extract_options {
	bool any_checksum;             /* read archives whose checksums do not agree */
	bool mirror;                   /* the file's rows run the other way than it says */
	double scale_um;               /* micrometres a pixel of the file; 0: as the file says */
	double mouth_um;               /* of the primer's pocket, across; 0: REGION_MOUTH_UM */
	const struct surface *region;  /* a picture of the surface's size: bright is the mark; NULL: found */
	enum mark region_of;           /* what region and circle show: the breech face, or the ejector mark */
	double circle[3];              /* x, y, radius of the ring's outer edge, px of the file; radius 0: found */
};

/* Reads the file's bytes to a surface as extraction wants it: reduced where that loses nothing, cast
 * single turned into what the specimen is. */
int extract_read(const void *bytes, size_t size, const struct extract_options *o, const char *cast,
		 struct surface *out, struct error *e);

/* Where the marks are; released by the caller with region_free. Where a person says where the ejector mark
 * is, a picture without a primer will do: then nothing is found, and that is no error. */
int extract_locate(const struct surface *s, const struct extract_options *o, struct region *found, struct error *e);

/* The signature of a breech face or a firing-pin impression from a surface, with the texts source,
 * spacing_um, spacing_from, region and quality. STATUS_INPUT also where what was found holds no
 * firing pin. */
int extract_impression(const struct surface *s, enum mark mark, const struct extract_options *o,
		       const struct region *found, struct signature *out, struct error *e);

/* The signature of the ejector mark, with the same texts but quality; found then has it, too. */
int extract_ejector(const struct surface *s, const struct extract_options *o, struct region *found,
		    struct signature *out, struct error *e);

/* Where an ejector mark that a person showed has its middle, px of the file (turned as it was extracted), by the
 * signature's text region: "mask given at 812.5,301.0". False: nobody showed it, or an old signature does not say. */
bool extract_shown_at(const struct signature *s, double *x_px, double *y_px);

/* The signature of the aperture shear on what flowed back round a firing pin, with the same texts;
 * region says which way from the pin it lies. STATUS_INPUT also where there is none. */
int extract_shear(const struct surface *s, const struct extract_options *o, const struct region *found,
		  struct signature *out, struct error *e);

/* Where the middle of an impressed mark, and so of its signature, is on the surface that it was found on, and
 * what a pixel measures there. */
struct extract_place {
	double x_px, y_px, spacing_x_um, spacing_y_um;
};
int extract_place(const struct surface *s, enum mark mark, const struct extract_options *o,
		  const struct region *found, struct extract_place *out, struct error *e);

/* The signature of a land engraved area, with the same texts. picture: of what was found (land_overlay.h); NULL: none
 * is wanted. */
int extract_land(const struct surface *s, const struct extract_options *o, struct signature *out,
		 struct overlay *picture, struct error *e);

/* What a person said of a file: in its row of the table (which may be NULL), else the default; NULL when
 * nothing. */
const char *extract_text(enum meta key, const struct labels *row, const struct labels *defaults);

/* The texts that a person gave, for a file: the row of the table, else the defaults, else, for the
 * id, the file's name without folder and ending. */
int extract_label(struct signature *s, const char *file, const struct labels *row, const struct labels *defaults,
		  struct error *e);

#endif
