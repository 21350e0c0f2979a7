/* score-regions.c - how well the regions that are found overlap with true masks */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "file/data.h"
#include "file/rows.h"
#include "prep/region.h"
#include "scan/png.h"

#define USAGE \
	"usage: score-regions SET IMAGE RING PIN [IMAGE RING PIN]...\n" \
	"RING and PIN are mask pictures; - for none; `marked`: the scan's own mask picture;\n" \
	"+FILE: what flowed back counts as ring\n"
#define MOST_BYTES ((size_t)1 << 30)

static const struct rows_column columns[] = {
	{ "set", COLUMN_TEXT },         { "file", COLUMN_TEXT },     { "iou_ring", COLUMN_NUMBER },
	{ "iou_pin", COLUMN_NUMBER },   { "quality", COLUMN_NUMBER }, { "outcome", COLUMN_TEXT },
};
#define COLUMNS (sizeof columns / sizeof *columns)

static int read_surface(const char *path, struct surface *s, struct error *e)
{
	struct scan_wishes w = SCAN_WISHES_DEFAULT;
	struct data d = { NULL, 0 };
	int status = data_read(path, MOST_BYTES, &d, e);

	if (!status)
		status = scan_read(d.bytes, d.size, &w, s, e);
	data_free(&d);
	return status;
}

/* The mask's bytes, width * height, to be freed; NULL with the reason in e. */
static unsigned char *read_mask(const char *path, const struct surface *s, struct error *e)
{
	struct png_picture p = { 0, 0, 0, NULL };
	struct data d = { NULL, 0 };

	if (!data_read(path, MOST_BYTES, &d, e) && !png_read_mask(d.bytes, d.size, 500000000, &p, e) &&
	    (p.width != s->width || p.height != s->height)) {
		error_set(e, STATUS_INPUT, "mask of %d x %d for an image of %d x %d", p.width, p.height, s->width,
			  s->height);
		free(p.pixels);
		p.pixels = NULL;
	}
	data_free(&d);
	return p.pixels;
}

/* Intersection over union of what is labelled a or b with the mask; NaN without one. */
static double overlap(const struct surface *s, const struct region *r, const char *mask, int a, int b,
		      struct error *e)
{
	size_t n = (size_t)s->width * (size_t)s->height, both = 0, either = 0;
	unsigned char *own = NULL;
	const unsigned char *m = s->marked;

	if (strcmp(mask, "-") == 0)
		return NAN;
	if (strcmp(mask, "marked") != 0)
		m = own = read_mask(mask, s, e);
	if (!m) {
		if (!own && !s->marked)
			error_set(e, STATUS_INPUT, "the scan has no mask picture");
		return NAN;
	}
	for (size_t i = 0; i < n; i++) {
		int is = r->label[i] == a || r->label[i] == b;

		both += is && m[i];
		either += is || m[i];
	}
	free(own);
	return either ? (double)both / (double)either : NAN;
}

static int score(struct rows *rows, const char *set, char *const *names, struct error *e)
{
	struct surface s = { .z = NULL };
	struct region r = { .label = NULL };
	const char *slash = strrchr(names[0], '/'), *ring = names[1];
	int flowback = ring[0] == '+', status = read_surface(names[0], &s, e);
	double iou_ring = NAN, iou_pin = NAN;

	if (!status)
		status = region_find(&s, NULL, &r, e);
	if (!status) {
		e->status = 0;
		iou_ring = overlap(&s, &r, ring + flowback, REGION_BREECH, flowback ? REGION_FLOWBACK : REGION_BREECH, e);
		iou_pin = overlap(&s, &r, names[2], REGION_PIN, REGION_PIN, e);
		status = e->status;
	}
	rows_text(rows, set);
	rows_text(rows, slash ? slash + 1 : names[0]);
	rows_real(rows, status ? 0 : iou_ring, 3);
	rows_real(rows, status || strcmp(names[2], "-") == 0 ? NAN : iou_pin, 3);
	rows_real(rows, status ? NAN : r.quality, 0);
	rows_text(rows, status ? e->text : r.note);
	region_free(&r);
	surface_free(&s);
	return rows_end(rows, e);
}

int main(int argc, char **argv)
{
	struct rows *rows = NULL;
	struct error e = { 0, "" };
	int status = STATUS_DONE;

	if (argc < 5 || (argc - 2) % 3) {
		fputs(USAGE, stderr);
		return STATUS_USAGE;
	}
	status = rows_open(&rows, stdout, ROWS_CSV, columns, COLUMNS, NULL, &e);
	for (int i = 2; !status && i + 2 < argc; i += 3)
		status = score(rows, argv[1], argv + i, &e);
	if (rows && rows_close(rows, status ? NULL : &e) && !status)
		status = e.status;
	if (status)
		error_print(stderr, "score-regions", &e);
	return status;
}
