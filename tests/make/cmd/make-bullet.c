/* make-bullet.c - makes scans of land engraved areas of fired bullets with known truth */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/option.h"
#include "make/bullet.h"
#include "make/case.h"
#include "make/dice.h"
#include "make/picture_out.h"
#include "make/truth_table.h"
#include "make/x3p_out.h"

struct options {
	int64_t seed, barrels, shots, first, lands, lost, classes, width, height, quality;
	int twist, kind, turn, points;
	double subclass;
	const char *folder, *truth;
	struct bullet_wishes w;
};

#define AT(member) offsetof(struct options, member)
static const struct option_line table[] = {
	{ "seed", 's', OPTION_INTEGER, AT(seed), "N", "of everything (default 1)", 0, 1e15 },
	{ "kind", 'k', OPTION_CHOICE, AT(kind), BULLET_KINDS, "what to make (default topography)", 0, 0 },
	{ "barrels", 'f', OPTION_INTEGER, AT(barrels), "N", "how many (default 1)", 1, 1e6 },
	{ "shots", 'n', OPTION_INTEGER, AT(shots), "N", "bullets from each (default 2)", 1, 1000 },
	{ "first", 0, OPTION_INTEGER, AT(first), "N", "number of the first bullet (default 1)", 1, 1e6 },
	{ "lands", 'l', OPTION_INTEGER, AT(lands), "N", "of each barrel (default 6)", 4, BARREL_LANDS_MAX },
	{ "twist", 0, OPTION_CHOICE, AT(twist), "right|left", "of the rifling (default right)", 0, 0 },
	{ "lost", 0, OPTION_INTEGER, AT(lost), "N", "lands of each bullet not made (default 0)", 0,
	  BARREL_LANDS_MAX - 1 },
	{ "classes", 0, OPTION_INTEGER, AT(classes), "N", "barrels take turns among N makes (default 1)",
	  1, 1e6 },
	{ "subclass", 0, OPTION_REAL, AT(subclass), "F", "marks that a make's barrels share (default 0.1)", 0, 1 },
	{ "spacing", 0, OPTION_REAL, AT(w.spacing_um), "UM", "(default 1.5625)", .5, 10 },
	{ "width", 0, OPTION_INTEGER, AT(width), "PX", "before the turn (default: the land and its shoulders)",
	  8, 20000 },
	{ "height", 0, OPTION_INTEGER, AT(height), "PX", "before the turn (default: 660 um)", 8, 20000 },
	{ "turn", 0, OPTION_CHOICE, AT(turn), "0|90|180|270",
	  "of the picture, counter-clockwise; 0 has the base up (default 0)", 0, 0 },
	{ "slant", 0, OPTION_REAL, AT(w.slant_deg), "DEG", "striae off the upright, at most (default 1.2)", 0, 20 },
	{ "noise", 0, OPTION_REAL, AT(w.noise), "F", "what shots do not share (default 1: as real)", 0, 10 },
	{ "rash", 0, OPTION_REAL, AT(w.rash), "F", "dents and scratches (default 1)", 0, 20 },
	{ "missing", 0, OPTION_REAL, AT(w.missing), "F", "points lost (default 1: as real)", 0, 1000 },
	{ "points", 0, OPTION_CHOICE, AT(points), X3P_POINTS, "encoding in the X3P", 0, 0 },
	{ "quality", 0, OPTION_INTEGER, AT(quality), "N", "of the JPEG (default 90)", 1, 100 },
	{ "truth", 0, OPTION_TEXT, AT(truth), "NAME", "table to write in DIR (default truth.csv)", 0, 0 },
	{ "output", 'o', OPTION_TEXT, AT(folder), "DIR", "made when it is not there", 0, 0 },
	{ NULL, 0, OPTION_FLAG, 0, NULL, NULL, 0, 0 }
};

static const struct rows_column columns[] = {
	{ "file", COLUMN_TEXT }, { "exhibit", COLUMN_TEXT }, { "barrel", COLUMN_NUMBER },
	{ "shot", COLUMN_NUMBER }, { "land", COLUMN_NUMBER }, { "barrel_land", COLUMN_NUMBER },
	{ "lands", COLUMN_NUMBER }, { "twist", COLUMN_TEXT }, { "class", COLUMN_NUMBER },
	{ "spacing_um", COLUMN_NUMBER }, { "turn_deg", COLUMN_NUMBER }, { "left_px", COLUMN_NUMBER },
	{ "right_px", COLUMN_NUMBER }, { "middle_px", COLUMN_NUMBER }, { "slant_deg", COLUMN_NUMBER },
	{ "base_px", COLUMN_NUMBER }, { "fade_px", COLUMN_NUMBER }
};

static int put_row(struct rows *rows, const struct options *o, const char *file, int barrel, int shot,
		   int k, const struct bullet_truth *t, struct error *e)
{
	const double value[] = { t->left_px, t->right_px, t->middle_px, t->slant_deg, t->base_px, t->fade_px };
	char exhibit[32];

	snprintf(exhibit, sizeof exhibit, "B%03d-S%d", barrel, shot);
	rows_text(rows, file);
	rows_text(rows, exhibit);
	rows_integer(rows, barrel);
	rows_integer(rows, shot);
	rows_integer(rows, k + 1);
	rows_integer(rows, t->land + 1);
	rows_integer(rows, o->lands);
	rows_text(rows, o->twist ? "left" : "right");
	rows_integer(rows, (barrel - 1) % o->classes + 1);
	rows_real(rows, t->spacing_um, 4);
	rows_integer(rows, o->turn * 90);
	for (size_t i = 0; i < sizeof value / sizeof *value; i++)
		rows_real(rows, value[i], 2);
	return rows_end(rows, e);
}

static int put_photograph(const struct surface *s, int quality, const char *path, struct error *e)
{
	unsigned char *bytes = mem_new(s->valid, 1, e);
	struct picture p = { s->width, s->height, 1, bytes };
	int status = bytes ? STATUS_DONE : STATUS_SYSTEM;

	for (size_t i = 0; bytes && i < s->valid; i++)
		bytes[i] = (unsigned char)s->z[i];
	if (status == STATUS_DONE)
		status = picture_write_jpeg(&p, quality, path, e);
	free(bytes);
	return status;
}

static int make_land(const struct options *o, const struct barrel *b, const struct bullet_wishes *w,
		     int barrel, int shot, int k, struct rows *rows, struct error *e)
{
	struct bullet_truth truth;
	struct surface s = { 0 };
	struct buf path = { 0 };
	int status = buf_format(&path, e, "%s/B%03d-S%d-L%d.%s%c", o->folder, barrel, shot, k + 1,
				w->kind == BULLET_TOPOGRAPHY ? "x3p" : "jpg", 0);
	const char *name = (const char *)path.data;

	if (status != STATUS_DONE)
		return status;
	status = bullet_land(b, w, k, &s, &truth, e);
	if (status == STATUS_DONE && w->kind == BULLET_TOPOGRAPHY)
		status = x3p_write(&s, (enum x3p_points)o->points, name, e);
	else if (status == STATUS_DONE)
		status = put_photograph(&s, (int)o->quality, name, e);
	if (status == STATUS_DONE)
		status = put_row(rows, o, name + strlen(o->folder) + 1, barrel, shot, k, &truth, e);
	else
		error_within(e, name);
	surface_free(&s);
	buf_free(&path);
	return status;
}

/* Lands that are lost are drawn by the bullet's seed. */
static int make_shot(const struct options *o, const struct barrel *b, int barrel, int shot,
		     struct rows *rows, struct error *e)
{
	struct bullet_wishes w = o->w;
	bool lost[BARREL_LANDS_MAX] = { false };
	int status = STATUS_DONE;
	struct dice d;

	w.seed = case_seed((uint64_t)o->seed + 3000000, barrel, shot);
	dice_seed(&d, w.seed);
	for (int n = 0; n < o->lost;) {
		int k = (int)dice_range(&d, 0, b->lands);

		n += !lost[k];
		lost[k] = true;
	}
	for (int k = 0; k < b->lands && status == STATUS_DONE; k++)
		if (!lost[k])
			status = make_land(o, b, &w, barrel, shot, k, rows, e);
	return status;
}

static int make_all(const struct options *o, struct rows *rows, struct error *e)
{
	int status = STATUS_DONE;

	for (int f = 1; f <= o->barrels && status == STATUS_DONE; f++) {
		struct barrel_wishes w = BARREL_WISHES_DEFAULT;
		struct barrel b;

		w.class_seed = dice_child((uint64_t)o->seed + 1000000, (uint64_t)((f - 1) % o->classes));
		w.seed = dice_child((uint64_t)o->seed + 2000000, (uint64_t)f);
		w.lands = (int)o->lands;
		w.left = o->twist;
		w.subclass = o->subclass;
		status = barrel_make(&b, &w, e);
		if (status != STATUS_DONE)
			break;
		for (int s = 0; s < o->shots && status == STATUS_DONE; s++)
			status = make_shot(o, &b, f, (int)o->first + s, rows, e);
		barrel_free(&b);
	}
	return status;
}

static int run(const struct options *o, struct error *e)
{
	struct truth_table truth;
	int status = truth_table_open(&truth, o->folder, o->truth, columns, sizeof columns / sizeof *columns, e);

	if (status == STATUS_DONE)
		status = make_all(o, truth.rows, e);
	return truth_table_close(&truth, status, e);
}

static int check(struct options *o, const struct option_parsed *parsed, struct error *e)
{
	if (parsed->operands)
		return error_set(e, STATUS_USAGE, "no operands are taken: %s", parsed->operand[0]);
	if (!o->folder)
		return error_set(e, STATUS_USAGE, "where to? -o DIR is needed");
	if (o->lost >= o->lands)
		return error_set(e, STATUS_USAGE, "%d lands cannot be lost of %d", (int)o->lost, (int)o->lands);
	o->w.kind = (enum bullet_kind)o->kind;
	o->w.turn = o->turn;
	o->w.width = (int)o->width;
	o->w.height = (int)o->height;
	return STATUS_DONE;
}

int main(int argc, char **argv)
{
	struct options o = { .seed = 1, .barrels = 1, .shots = 2, .first = 1, .lands = 6, .classes = 1,
			     .quality = 90, .points = X3P_FLOAT, .subclass = .1, .truth = "truth.csv" };
	struct option_parsed parsed;
	struct error e = { 0 };
	int status;

	bullet_defaults(&o.w, BULLET_TOPOGRAPHY);
	status = option_parse(table, argc, argv, &o, &parsed, &e);
	if (status == STATUS_DONE && parsed.action == OPTION_HELP) {
		option_help(stdout, "make-bullet [options] -o DIR",
			    "Makes lands of fired bullets, and a table of the truth about them.", table);
	} else if (status == STATUS_DONE && parsed.action == OPTION_VERSION) {
		puts("make-bullet " VERSION);
	} else if (status == STATUS_DONE) {
		status = check(&o, &parsed, &e);
		if (status == STATUS_DONE)
			status = run(&o, &e);
	}
	if (status != STATUS_DONE)
		error_print(stderr, "make-bullet", &e);
	else if (fflush(stdout) || ferror(stdout))
		status = STATUS_SYSTEM;
	option_free(table, &o);
	return status;
}
