/* x3p.c - topographies in X3P archives */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scan/x3p.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "scan/png.h"
#include "scan/x3p_points.h"
#include "scan/x3p_xml.h"
#include "scan/x3p_zip.h"

/* What a file of the archive may unpack to. Points and main.xml pass through in pieces: it bounds
 * time. 1 GB is a text list of 25 million points or a binary one of 134 million doubles. */
#define UNPACKED_MAX (UINT64_C(1) << 30)
#define MASK_MAX (UINT64_C(1) << 26)
#define CHECKSUM_FILE_MAX 16384

struct reading {
	struct x3p_zip *zip;
	const struct scan_wishes *wishes;
	struct x3p_header header;
	struct x3p_points points;
	struct surface *out;
	char folder[X3P_TEXT];      /* where main.xml is: "" or "name/" */
	char main_sum[MD5_TEXT];
	uint64_t main_size;
};

bool x3p_is(const unsigned char *bytes, size_t size)
{
	return size >= 4 && (!memcmp(bytes, "PK\3\4", 4) || !memcmp(bytes, "PK\5\6", 4));
}

static int wrong_sum(struct reading *r, const char *what, const char *where, struct error *e)
{
	if (r->wishes->any_checksum) {
		surface_note(r->out, "%s has another MD5 than %s says", what, where);
		return STATUS_DONE;
	}
	return error_set(e, STATUS_INPUT, "%.100s has another MD5 than %.100s says: it was damaged or "
			 "changed after it was written", what, where);
}

/* A checksum as main.xml states it; empty is absent. */
static int check_sum(struct reading *r, const char *what, const char *stated, const char *real,
		     struct error *e)
{
	if (!*stated) {
		surface_note(r->out, "%s has no checksum", what);
		return STATUS_DONE;
	}
	return strcasecmp(stated, real) ? wrong_sum(r, what, "main.xml", e) : STATUS_DONE;
}

/* "<Datum/>" is the shortest point: no memory for points that cannot be there. */
static int on_list(void *context, struct error *e)
{
	struct reading *r = context;
	const int64_t *size = r->header.size;
	int status = x3p_points_check(&r->header, r->wishes->max_points, e);

	if (status)
		return status;
	if (r->main_size / 8 < (uint64_t)size[0] * (uint64_t)size[1])
		return error_set(e, STATUS_INPUT, "main.xml of %llu bytes cannot list %lld x %lld points",
				 (unsigned long long)r->main_size, (long long)size[0], (long long)size[1]);
	return x3p_points_begin(&r->points, &r->header, r->wishes->max_points, r->out, e);
}

static int on_datum(void *context, char *text, struct error *e)
{
	struct reading *r = context;

	return x3p_points_text(&r->points, text, e);
}

static int take_xml(void *context, const unsigned char *piece, uint64_t at, size_t size,
		    struct error *e)
{
	(void)at;
	return x3p_xml_feed(context, piece, size, false, e);
}

static int read_main(struct reading *r, struct error *e)
{
	struct x3p_listener listener = { on_list, on_datum, r };
	struct x3p_xml *xml = NULL;
	int64_t index;
	int status = x3p_zip_main(r->zip, &index, r->folder, sizeof r->folder, e);

	if (!status)
		status = x3p_zip_size(r->zip, index, "main.xml", UNPACKED_MAX, &r->main_size, e);
	if (status)
		return status;
	xml = x3p_xml_open(&r->header, &listener, e);
	if (!xml)
		return STATUS_SYSTEM;
	status = x3p_zip_read(r->zip, index, "main.xml", UNPACKED_MAX, take_xml, xml, r->main_sum, e);
	if (!status)
		status = x3p_xml_feed(xml, NULL, 0, true, e);
	x3p_xml_close(xml);
	return status;
}

/* A small file, whole: what it unpacks to is bounded by the room it was given. */
static int take_whole(void *context, const unsigned char *piece, uint64_t at, size_t size,
		      struct error *e)
{
	(void)e;
	memcpy((unsigned char *)context + at, piece, size);
	return STATUS_DONE;
}

/* Whether a text like "0123... *main.xml", of one line or several, has this MD5. */
static bool has_sum(const char *text, const char *sum)
{
	while (*text) {
		size_t n = strspn(text, "0123456789abcdefABCDEF");

		if (n == MD5_TEXT - 1 && !strncasecmp(text, sum, n))
			return true;
		text += n ? n : 1;
	}
	return false;
}

/* main.xml against the file of its checksum; that there is none is only noted. */
static int check_main(struct reading *r, struct error *e)
{
	const char *name = *r->header.checksum_file ? r->header.checksum_file : "md5checksum.hex";
	char text[CHECKSUM_FILE_MAX + 1] = "", own[MD5_TEXT];
	int64_t index;
	int status;

	if (x3p_zip_find(r->zip, r->folder, name, &index, NULL)) {
		surface_note(r->out, "main.xml has no checksum");
		return STATUS_DONE;
	}
	status = x3p_zip_read(r->zip, index, name, CHECKSUM_FILE_MAX, take_whole, text, own, e);
	if (status)
		return status;
	return has_sum(text, r->main_sum) ? STATUS_DONE : wrong_sum(r, "main.xml", name, e);
}

static int take_points(void *context, const unsigned char *piece, uint64_t at, size_t size,
		       struct error *e)
{
	(void)at;
	return x3p_points_binary(context, piece, size, e);
}

static int take_valid(void *context, const unsigned char *piece, uint64_t at, size_t size,
		      struct error *e)
{
	(void)e;
	x3p_points_valid(context, at, piece, size);
	return STATUS_DONE;
}

/* A linked file, its declared size against that of the matrix: before anything is unpacked, or
 * memory taken for it. */
static int find_data(struct reading *r, const char *name, uint64_t want, int64_t *index,
		     struct error *e)
{
	uint64_t size;
	int status;

	if ((status = x3p_zip_find(r->zip, r->folder, name, index, e)) ||
	    (status = x3p_zip_size(r->zip, *index, name, UNPACKED_MAX, &size, e)))
		return status;
	if (size == want)
		return STATUS_DONE;
	return error_set(e, STATUS_INPUT, "%.100s has %llu bytes, but a matrix of %lld x %lld takes %llu",
			 name, (unsigned long long)size, (long long)r->header.size[0],
			 (long long)r->header.size[1], (unsigned long long)want);
}

static int read_binary(struct reading *r, struct error *e)
{
	const struct x3p_header *h = &r->header;
	int64_t points, valid = -1;
	char sum[MD5_TEXT];
	uint64_t total;
	int status = x3p_points_check(h, r->wishes->max_points, e);

	if (status)
		return status;
	if (!*h->point_link)
		return error_set(e, STATUS_INPUT, "main.xml holds no points and names no file of them");
	total = (uint64_t)h->size[0] * (uint64_t)h->size[1];
	if ((status = find_data(r, h->point_link, total * x3p_points_bytes(h), &points, e)) ||
	    (*h->valid_link && (status = find_data(r, h->valid_link, (total + 7) / 8, &valid, e))) ||
	    (status = x3p_points_begin(&r->points, h, r->wishes->max_points, r->out, e)) ||
	    (status = x3p_zip_read(r->zip, points, h->point_link, UNPACKED_MAX, take_points,
				   &r->points, sum, e)) ||
	    (status = check_sum(r, h->point_link, h->point_md5, sum, e)))
		return status;
	if (valid < 0)
		return STATUS_DONE;
	status = x3p_zip_read(r->zip, valid, h->valid_link, UNPACKED_MAX, take_valid, &r->points, sum, e);
	return status ? status : check_sum(r, h->valid_link, h->valid_md5, sum, e);
}

static unsigned colour(const struct png_picture *mask, size_t at)
{
	const unsigned char *p = mask->pixels + 3 * at;

	return (unsigned)p[0] << 16 | (unsigned)p[1] << 8 | p[2];
}

/* The background of a mask picture: as main.xml states it ("#cd7f32"), else the colour that most
 * of the picture has, found by letting each pixel of another colour cancel one. */
static unsigned background(const struct png_picture *mask, const char *stated)
{
	size_t points = (size_t)mask->width * (size_t)mask->height, i, lead = 0;
	unsigned ground = 0, red, green, blue;

	if (sscanf(stated, "#%2x%2x%2x", &red, &green, &blue) == 3)
		return red << 16 | green << 8 | blue;
	for (i = 0; i < points; i++) {
		if (!lead)
			ground = colour(mask, i);
		lead = colour(mask, i) == ground ? lead + 1 : lead - 1;
	}
	return ground;
}

/* The picture's rows are in the order of the points, which is upwards. */
static int mark(struct surface *s, const struct png_picture *mask, unsigned ground, struct error *e)
{
	size_t width = (size_t)s->width, height = (size_t)s->height, x, y, marked = 0;

	s->marked = mem_new(width * height, 1, e);
	if (!s->marked)
		return STATUS_SYSTEM;
	for (y = 0; y < height; y++) {
		unsigned char *row = s->marked + (height - 1 - y) * width;

		for (x = 0; x < width; x++) {
			row[x] = colour(mask, y * width + x) != ground;
			marked += row[x];
		}
	}
	if (marked) {
		surface_note(s, "a mask picture marks %.1f %%, not heeded",
			     100.0 * (double)marked / (double)(width * height));
	} else {
		free(s->marked);
		s->marked = NULL;
	}
	return STATUS_DONE;
}

/* A picture that cannot be used is STATUS_INPUT. */
static int read_picture(struct reading *r, int64_t index, struct png_picture *mask, struct error *e)
{
	const struct surface *s = r->out;
	unsigned char *bytes = NULL;
	char sum[MD5_TEXT];
	uint64_t size;
	int status = x3p_zip_size(r->zip, index, "mask.png", MASK_MAX, &size, e);

	if (status)
		return status;
	bytes = mem_new(size, 1, e);
	if (!bytes)
		return STATUS_SYSTEM;
	status = x3p_zip_read(r->zip, index, "mask.png", MASK_MAX, take_whole, bytes, sum, e);
	if (!status)
		status = png_read_rgb(bytes, size, (size_t)s->width * (size_t)s->height, mask, e);
	if (!status && (mask->width != s->width || mask->height != s->height))
		status = error_set(e, STATUS_INPUT, "%d x %d pixels", mask->width, mask->height);
	free(bytes);
	return status;
}

/* A mask picture as x3ptools and Cadre's software write it. What its colours mean is for people:
 * some mark what to keep, some what to leave out. So the heights stay as they are, the marks are
 * handed over, and a picture that cannot be used is no reason to refuse the scan. */
static int read_mask(struct reading *r, struct error *e)
{
	struct png_picture mask = { 0 };
	struct error why;
	int64_t index;
	int status;

	if (x3p_zip_find(r->zip, r->folder, "bindata/mask.png", &index, NULL))
		return STATUS_DONE;
	status = read_picture(r, index, &mask, &why);
	if (!status)
		status = mark(r->out, &mask, background(&mask, r->header.background), &why);
	free(mask.pixels);
	if (status == STATUS_INPUT) {
		surface_note(r->out, "its mask picture cannot be used: %.80s", why.text);
		return STATUS_DONE;
	}
	return status ? error_set(e, status, "%s", why.text) : STATUS_DONE;
}

static int read_all(struct reading *r, struct error *e)
{
	int status;

	if ((status = read_main(r, e)) || (!r->header.text && (status = read_binary(r, e))) ||
	    (status = check_main(r, e)) || (status = read_mask(r, e)))
		return status;
	return x3p_points_end(&r->points, e);
}

int x3p_read(const unsigned char *bytes, size_t size, const struct scan_wishes *wishes,
	     struct surface *out, struct error *e)
{
	struct reading r = { .wishes = wishes, .out = out };
	struct error own;
	int status;

	if (!e)
		e = &own;
	memset(out, 0, sizeof *out);
	r.zip = x3p_zip_open(bytes, size, e);
	if (!r.zip)
		return e->status;
	status = read_all(&r, e);
	x3p_points_free(&r.points);
	x3p_zip_close(r.zip);
	if (status)
		surface_free(out);
	return status;
}
