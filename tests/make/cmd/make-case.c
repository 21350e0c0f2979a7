/* make-case.c - makes scans and photographs of fired cases with known truth */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/num.h"
#include "base/option.h"
#include "make/case.h"
#include "make/dice.h"
#include "make/picture_out.h"
#include "make/truth_table.h"
#include "make/x3p_out.h"

struct options {
	int64_t seed, firearms, shots, first, classes, width, height, quality;
	int tool, kind, points;
	double overlap, subclass;
	bool masks;
	const char *rotate, *folder, *truth;
	struct case_wishes w;
};

#define AT(member) offsetof(struct options, member)
static const struct option_line table[] = {
	{ "seed", 's', OPTION_INTEGER, AT(seed), "N", "of everything (default 1)", 0, 1e15 },
	{ "tool", 't', OPTION_CHOICE, AT(tool), TOOL_KINDS, "breech face (default granular)", 0, 0 },
	{ "kind", 'k', OPTION_CHOICE, AT(kind), CASE_KINDS, "what to make (default topography)", 0, 0 },
	{ "firearms", 'f', OPTION_INTEGER, AT(firearms), "N", "how many (default 1)", 1, 1e6 },
	{ "shots", 'n', OPTION_INTEGER, AT(shots), "N", "with each (default 2)", 1, 1000 },
	{ "first", 0, OPTION_INTEGER, AT(first), "N", "number of the first shot (default 1)", 1, 1e6 },
	{ "classes", 0, OPTION_INTEGER, AT(classes), "N", "firearms take turns among N makes (default 1)",
	  1, 1e6 },
	{ "subclass", 0, OPTION_REAL, AT(subclass), "F", "marks that a make's tools share (default 0.15)", 0, 1 },
	{ "masked", 'm', OPTION_FLAG, AT(w.masked), NULL, "topography of the breech-face ring only", 0, 0 },
	{ "single-cast", 0, OPTION_FLAG, AT(w.single_cast), NULL, "topography of a single cast", 0, 0 },
	{ "overlap", 0, OPTION_REAL, AT(overlap), "F",
	  "share of the ring that odd and even shots have in common", 0, 1 },
	{ "spacing", 0, OPTION_REAL, AT(w.spacing_um), "UM", "(default 6.25; photographs 2.6)", 1, 50 },
	{ "width", 0, OPTION_INTEGER, AT(width), "PX", "of the picture (default: as is usual for the kind)", 8, 20000 },
	{ "height", 0, OPTION_INTEGER, AT(height), "PX", "of it", 8, 20000 },
	{ "rotate", 'r', OPTION_TEXT, AT(rotate), "any|DEG", "of the tool in the picture (default any)", 0, 0 },
	{ "noise", 0, OPTION_REAL, AT(w.noise), "F", "what shots do not share (default 1: as real)", 0, 10 },
	{ "contact", 0, OPTION_REAL, AT(w.contact), "F", "share of the ring pressed (default 0.85)", .1, 1 },
	{ "strength", 0, OPTION_REAL, AT(w.strength), "F", "of the marks (default 1)", 0, 10 },
	{ "play", 0, OPTION_REAL, AT(w.play_um), "UM", "of the primer under the tool (default 80)", 0, 300 },
	{ "drag", 0, OPTION_REAL, AT(w.drag), "F", "of the firing pin (default 1)", 0, 3 },
	{ "ejector", 0, OPTION_REAL, AT(w.ejector), "F", "strength of its mark (default 1)", 0, 3 },
	{ "tilt", 0, OPTION_REAL, AT(w.tilt_deg), "DEG", "at most (default 0.4)", 0, 10 },
	{ "decentre", 0, OPTION_REAL, AT(w.decentre_um), "UM",
	  "primer off the picture's middle, at most (default 60; photographs 150)", 0, 3000 },
	{ "missing", 0, OPTION_REAL, AT(w.missing), "F", "points lost (default 1: as real)", 0, 1000 },
	{ "points", 0, OPTION_CHOICE, AT(points), X3P_POINTS, "encoding in the X3P", 0, 0 },
	{ "colour", 0, OPTION_FLAG, AT(w.colour), NULL, "photographs in colour", 0, 0 },
	{ "defocus", 0, OPTION_REAL, AT(w.defocus_um), "UM", "photographs out of focus (default 0)", 0, 500 },
	{ "quality", 0, OPTION_INTEGER, AT(quality), "N", "of the JPEG (default 90)", 1, 100 },
	{ "masks", 0, OPTION_FLAG, AT(masks), NULL, "also write NAME_BF.png, NAME_FP.png, NAME_EJ.png", 0, 0 },
	{ "truth", 0, OPTION_TEXT, AT(truth), "NAME", "table to write in DIR (default truth.csv)", 0, 0 },
	{ "output", 'o', OPTION_TEXT, AT(folder), "DIR", "made when it is not there", 0, 0 },
	{ NULL, 0, OPTION_FLAG, 0, NULL, NULL, 0, 0 }
};

static const struct rows_column columns[] = {
	{ "file", COLUMN_TEXT }, { "firearm", COLUMN_NUMBER }, { "shot", COLUMN_NUMBER },
	{ "tool", COLUMN_TEXT }, { "class", COLUMN_NUMBER }, { "spacing_um", COLUMN_NUMBER },
	{ "rotation_deg", COLUMN_NUMBER }, { "primer_x_px", COLUMN_NUMBER },
	{ "primer_y_px", COLUMN_NUMBER }, { "primer_radius_px", COLUMN_NUMBER },
	{ "ring_outer_px", COLUMN_NUMBER }, { "ring_inner_px", COLUMN_NUMBER },
	{ "tool_x_px", COLUMN_NUMBER }, { "tool_y_px", COLUMN_NUMBER }, { "pin_x_px", COLUMN_NUMBER },
	{ "pin_y_px", COLUMN_NUMBER }, { "pin_radius_px", COLUMN_NUMBER },
	{ "drag_x_px", COLUMN_NUMBER }, { "drag_y_px", COLUMN_NUMBER },
	{ "drag_radius_px", COLUMN_NUMBER }, { "ejector_x_px", COLUMN_NUMBER },
	{ "ejector_y_px", COLUMN_NUMBER }, { "ejector_half_px", COLUMN_NUMBER },
	{ "ejector_high_px", COLUMN_NUMBER }, { "ejector_deg", COLUMN_NUMBER },
	{ "shear_deg", COLUMN_NUMBER }
};

static const char *tool_name(int kind)
{
	static const char *const name[] = { "granular", "parallel", "arched", "turned" };

	return name[kind];
}

static int put_row(struct rows *rows, const struct options *o, const char *file, int firearm, int shot,
		   const struct case_truth *t, struct error *e)
{
	const double value[] = { t->primer_x_px, t->primer_y_px, t->primer_radius_px, t->ring_outer_px,
				 t->ring_inner_px, t->tool_x_px, t->tool_y_px, t->pin_x_px, t->pin_y_px,
				 t->pin_radius_px, t->drag_x_px, t->drag_y_px, t->drag_radius_px,
				 t->ejector_x_px, t->ejector_y_px, t->ejector_half_px, t->ejector_high_px,
				 t->ejector_deg, t->shear_deg };

	rows_text(rows, file);
	rows_integer(rows, firearm);
	rows_integer(rows, shot);
	rows_text(rows, tool_name(o->tool));
	rows_integer(rows, (firearm - 1) % o->classes + 1);
	rows_real(rows, t->spacing_um, 4);
	rows_real(rows, t->rotation_deg, 3);
	for (size_t i = 0; i < sizeof value / sizeof *value; i++)
		rows_real(rows, value[i], 2);
	return rows_end(rows, e);
}

/* The masks of a picture, NAME_BF.png, NAME_FP.png and NAME_EJ.png. */
static int put_masks(const struct case_truth *t, const char *stem, int width, int height, struct error *e)
{
	static const char *const end[] = { "_BF.png", "_FP.png", "_EJ.png" };
	unsigned char *bytes = mem_new((size_t)width * (size_t)height, 1, e);
	struct picture p = { width, height, 1, bytes };
	int status = bytes ? STATUS_DONE : STATUS_SYSTEM;

	for (int i = 0; i < 3 && status == STATUS_DONE; i++) {
		struct buf path = { 0 };

		case_mask(t, (enum case_region)i, width, height, bytes);
		status = buf_format(&path, e, "%s%s%c", stem, end[i], 0);
		if (status == STATUS_DONE)
			status = picture_write_png(&p, (const char *)path.data, e);
		buf_free(&path);
	}
	free(bytes);
	return status;
}

/* Makes one specimen and writes it to stem + ".x3p" or ".jpg". */
static int put_case(const struct options *o, const struct tool *tool, const struct case_wishes *w,
		    const char *stem, const char *path, struct case_truth *t, struct error *e)
{
	struct case_photo photo = { 0 };
	struct surface s = { 0 };
	int status, width, height;

	if (w->kind == CASE_TOPOGRAPHY) {
		status = case_make(tool, w, &s, t, e);
		if (status == STATUS_DONE)
			status = x3p_write(&s, (enum x3p_points)o->points, path, e);
	} else {
		status = case_photograph(tool, w, &photo, t, e);
		if (status == STATUS_DONE) {
			struct picture p = { photo.width, photo.height, photo.channels, photo.bytes };

			status = picture_write_jpeg(&p, (int)o->quality, path, e);
		}
	}
	width = w->kind == CASE_TOPOGRAPHY ? s.width : photo.width;
	height = w->kind == CASE_TOPOGRAPHY ? s.height : photo.height;
	if (status == STATUS_DONE && o->masks)
		status = put_masks(t, stem, width, height, e);
	surface_free(&s);
	free(photo.bytes);
	return status;
}

static int make_shot(const struct options *o, const struct tool *tool, int firearm, int shot,
		     double rotation_deg, struct rows *rows, struct error *e)
{
	struct case_wishes w = o->w;
	struct case_truth truth;
	struct buf stem = { 0 }, path = { 0 };
	const char *ending = w.kind == CASE_TOPOGRAPHY ? ".x3p" : ".jpg";
	struct dice d;
	int status;

	w.seed = case_seed((uint64_t)o->seed, firearm, shot);
	dice_seed(&d, w.seed);
	w.rotation_deg = rotation_deg < 0 ? dice_range(&d, 0, 360) : rotation_deg;
	/* the even shots' part of the ring begins later, so that two have just `overlap` in common */
	dice_seed(&d, case_seed((uint64_t)o->seed, firearm, 0));
	w.arc_share = (1 + o->overlap) / 2;
	w.arc_from = dice_unit(&d) + (shot % 2 ? 0 : (1 - o->overlap) / 2);
	status = buf_format(&stem, e, "%s/F%03d-S%d%c", o->folder, firearm, shot, 0);
	if (status == STATUS_DONE)
		status = buf_format(&path, e, "%s%s%c", (const char *)stem.data, ending, 0);
	if (status == STATUS_DONE) {
		status = put_case(o, tool, &w, (const char *)stem.data, (const char *)path.data, &truth, e);
		if (status != STATUS_DONE)
			error_within(e, (const char *)path.data);
	}
	if (status == STATUS_DONE)
		status = put_row(rows, o, (const char *)path.data + strlen(o->folder) + 1, firearm, shot,
				 &truth, e);
	buf_free(&stem);
	buf_free(&path);
	return status;
}

static int make_all(const struct options *o, double rotation_deg, struct rows *rows, struct error *e)
{
	int status = STATUS_DONE;

	for (int f = 1; f <= o->firearms && status == STATUS_DONE; f++) {
		uint64_t class = (uint64_t)((f - 1) % o->classes);
		struct tool_wishes w = TOOL_WISHES_DEFAULT;
		struct tool tool;

		w.kind = (enum tool_kind)o->tool;
		w.class_seed = dice_child((uint64_t)o->seed + 1000000, class);
		w.seed = dice_child((uint64_t)o->seed + 2000000, (uint64_t)f);
		w.subclass = o->subclass;
		w.spacing_um = o->w.kind == CASE_TOPOGRAPHY && o->w.spacing_um > 5 ? 4 : 2;
		status = tool_make(&tool, &w, e);
		if (status != STATUS_DONE)
			break;
		for (int s = 0; s < o->shots && status == STATUS_DONE; s++)
			status = make_shot(o, &tool, f, (int)o->first + s, rotation_deg, rows, e);
		tool_free(&tool);
	}
	return status;
}

static int run(const struct options *o, double rotation_deg, struct error *e)
{
	struct truth_table truth;
	int status = truth_table_open(&truth, o->folder, o->truth, columns, sizeof columns / sizeof *columns, e);

	if (status == STATUS_DONE)
		status = make_all(o, rotation_deg, truth.rows, e);
	return truth_table_close(&truth, status, e);
}

/* What depends on more than one option, and -1 for "any" rotation. */
static int check(struct options *o, const struct option_parsed *parsed, double *rotation_deg,
		 struct error *e)
{
	struct case_wishes usual;

	*rotation_deg = -1;
	if (parsed->operands)
		return error_set(e, STATUS_USAGE, "no operands are taken: %s", parsed->operand[0]);
	if (!o->folder)
		return error_set(e, STATUS_USAGE, "where to? -o DIR is needed");
	if (strcmp(o->rotate, "any") && num_real(o->rotate, 0, 360, rotation_deg, e))
		return error_within(e, "--rotate");
	case_defaults(&usual, (enum case_kind)o->kind);
	o->w.kind = usual.kind;
	if (!option_given(table, parsed, "spacing"))
		o->w.spacing_um = usual.spacing_um;
	if (!option_given(table, parsed, "decentre"))
		o->w.decentre_um = usual.decentre_um;
	if ((o->w.masked || o->w.single_cast) && o->w.kind != CASE_TOPOGRAPHY)
		return error_set(e, STATUS_USAGE, "--masked and --single-cast are for topographies");
	o->w.width = (int)o->width;
	o->w.height = (int)o->height;
	return STATUS_DONE;
}

int main(int argc, char **argv)
{
	struct options o = { .seed = 1, .firearms = 1, .shots = 2, .first = 1, .classes = 1, .quality = 90,
			     .points = X3P_FLOAT, .overlap = 1, .subclass = .15, .rotate = "any",
			     .truth = "truth.csv" };
	struct option_parsed parsed;
	struct error e = { 0 };
	double rotation_deg;
	int status;

	case_defaults(&o.w, CASE_TOPOGRAPHY);
	status = option_parse(table, argc, argv, &o, &parsed, &e);
	if (status == STATUS_DONE && parsed.action == OPTION_HELP) {
		option_help(stdout, "make-case [options] -o DIR",
			    "Makes heads of fired cartridge cases, and a table of the truth about them.", table);
	} else if (status == STATUS_DONE && parsed.action == OPTION_VERSION) {
		puts("make-case " VERSION);
	} else if (status == STATUS_DONE) {
		status = check(&o, &parsed, &rotation_deg, &e);
		if (status == STATUS_DONE)
			status = run(&o, rotation_deg, &e);
	}
	if (status != STATUS_DONE)
		error_print(stderr, "make-case", &e);
	else if (fflush(stdout) || ferror(stdout))
		status = STATUS_SYSTEM;
	option_free(table, &o);
	return status;
}
