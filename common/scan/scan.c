/* scan.c - which reader a file wants, by its first bytes */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scan/surface.h"

#include <string.h>

#include "scan/jpeg.h"
#include "scan/png.h"
#include "scan/x3p.h"

/* What else people have, so that the refusal can name it. */
static const struct {
	const char *bytes;
	size_t at, size;
	const char *name;
} other[] = {
	{ "II*\0", 0, 4, "a TIFF picture" },
	{ "MM\0*", 0, 4, "a TIFF picture" },
	{ "II+\0", 0, 4, "a TIFF picture" },
	{ "BM", 0, 2, "a BMP picture" },
	{ "GIF8", 0, 4, "a GIF picture" },
	{ "WEBP", 8, 4, "a WebP picture" },
	{ "ftypheic", 4, 8, "a HEIC picture" },
	{ "ftypmif1", 4, 8, "a HEIF picture" },
	{ "ftypavif", 4, 8, "an AVIF picture" },
	{ "\0\0\0\fjP  ", 0, 8, "a JPEG 2000 picture" },
	{ "\xff\x0a", 0, 2, "a JPEG XL picture" },
	{ "%PDF", 0, 4, "a PDF document" },
	{ "\x1f\x8b", 0, 2, "compressed with gzip" },
	{ "7z\xbc\xaf", 0, 4, "a 7-Zip archive" },
	{ "Rar!", 0, 4, "a RAR archive" },
	{ "\x89HDF", 0, 4, "an HDF5 file" },
	{ "Binary TrueMap", 0, 14, "a TrueMap (TMD) topography" },
	{ "DIGITAL SURF", 0, 12, "a SUR topography" },
	{ "DSCOMPRESSED", 0, 12, "a SUR topography" },
	{ "AL3D", 0, 4, "an AL3D topography" },
	{ "aBCR-", 0, 5, "an SDF topography" },
	{ "bBCR-", 0, 5, "an SDF topography" },
};

static int refuse(const unsigned char *bytes, size_t size, struct error *e)
{
	size_t i;

	if (!size)
		return error_set(e, STATUS_INPUT, "empty");
	for (i = 0; i < sizeof other / sizeof *other; i++)
		if (size >= other[i].at + other[i].size &&
		    !memcmp(bytes + other[i].at, other[i].bytes, other[i].size))
			return error_set(e, STATUS_INPUT, "%s: only X3P, JPEG and PNG are read",
					 other[i].name);
	return error_set(e, STATUS_INPUT, "not an X3P, JPEG or PNG file");
}

bool scan_is(const void *bytes, size_t size)
{
	return x3p_is(bytes, size) || jpeg_is(bytes, size) || png_is(bytes, size);
}

int scan_read(const void *bytes, size_t size, const struct scan_wishes *wishes, struct surface *out,
	      struct error *e)
{
	static const struct scan_wishes defaults = SCAN_WISHES_DEFAULT;

	memset(out, 0, sizeof *out);
	if (!wishes)
		wishes = &defaults;
	if (x3p_is(bytes, size))
		return x3p_read(bytes, size, wishes, out, e);
	if (jpeg_is(bytes, size))
		return jpeg_read(bytes, size, wishes, out, e);
	if (png_is(bytes, size))
		return png_read(bytes, size, wishes, out, e);
	return refuse(bytes, size, e);
}
