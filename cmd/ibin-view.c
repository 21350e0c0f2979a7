/* ibin-view.c - rows of ibin-match to pictures that an examiner can judge */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/batch.h"
#include "base/clock.h"
#include "base/mem.h"
#include "base/num.h"
#include "base/option.h"
#include "file/input.h"
#include "file/output.h"
#include "file/progress.h"
#include "file/replace.h"
#include "file/rows.h"
#include "match/found.h"
#include "match/gallery.h"
#include "match/pair.h"
#include "report/lineup.h"
#include "report/panels.h"
#include "scan/jpeg.h"
#include "scan/png.h"
#include "sign/impression.h"
#include "sign/pack.h"

#define JPEG_QUALITY 88
#define PAGE_QUALITY 80       /* of pictures inside pages */
#define SMALL_PX 170          /* least side of the small pictures there */
#define SCORE_NEAR 0.011      /* a row's score has two decimals */
#define STEEP 1.1             /* a rise of one deviation on so many points of a signature is one of 45 degrees */
#define NAME_PART 48          /* bytes of an id in a file's name */

static const struct option_program program = {
	"ibin-view", VERSION, "[option...] -g gallery.sig -o DIR [probe candidate] < rows",
	"Draw pairs of marks that ibin-match found: rows on standard input, or two ids."
};

enum format { FORMAT_PNG, FORMAT_JPEG };

struct options {
	struct option_list galleries;
	const char *probes, *folder, *size, *light, *columns;
	int64_t most, threads;
	bool examiner;
	int format, output, progress;
};

static const struct option_line table[] = {
	{ "gallery", 'g', OPTION_LIST, offsetof(struct options, galleries), "FILE",
	  "signatures of the candidates, and of probes; may be repeated", 0, 0 },
	{ "probes", 'p', OPTION_TEXT, offsetof(struct options, probes), "FILE",
	  "signatures of the probes, where they are not in the gallery", 0, 0 },
	{ "folder", 'o', OPTION_TEXT, offsetof(struct options, folder), "DIR",
	  "where the pictures go; made if it is not there", 0, 0 },
	{ "format", 'f', OPTION_CHOICE, offsetof(struct options, format), "png|jpeg",
	  "kind of the pictures (default png)", 0, 0 },
	{ "size", 's', OPTION_TEXT, offsetof(struct options, size), "WxH",
	  "size of a picture in pixels (default 1200x600)", 0, 0 },
	{ "light", 'l', OPTION_TEXT, offsetof(struct options, light), "AZ,EL",
	  "light: degrees clockwise from the top, and above (315,40)", 0, 0 },
	{ "examiner", 'e', OPTION_FLAG, offsetof(struct options, examiner), NULL,
	  "also a page for each probe, to be filled in by examiners", 0, 0 },
	{ "number", 'n', OPTION_INTEGER, offsetof(struct options, most), "N",
	  "draw only the first N rows, 0: all (default 1000)", 0, 1e9 },
	{ "threads", 'j', OPTION_INTEGER, offsetof(struct options, threads), "N",
	  "threads, 0: one a processor (default 0)", 0, 1024 },
	{ "output", 0, OPTION_CHOICE, offsetof(struct options, output), ROWS_FORMATS,
	  "form of the rows that say what was drawn (default csv)", 0, 0 },
	{ "columns", 'c', OPTION_TEXT, offsetof(struct options, columns), "NAME,...",
	  "which columns, in which order", 0, 0 },
	{ "progress", 0, OPTION_CHOICE, offsetof(struct options, progress), PROGRESS_MODES,
	  "the progress line (default auto)", 0, 0 },
	{ NULL, 0, OPTION_FLAG, 0, NULL, NULL, 0, 0 }
};

static const struct rows_column columns[] = {
	{ "probe", COLUMN_TEXT }, { "candidate", COLUMN_TEXT }, { "mark", COLUMN_TEXT }, { "rank", COLUMN_NUMBER },
	{ "score", COLUMN_NUMBER }, { "lr", COLUMN_NUMBER }, { "cells", COLUMN_NUMBER },
	{ "cells_compared", COLUMN_NUMBER }, { "rotation_deg", COLUMN_NUMBER }, { "picture", COLUMN_TEXT }
};

#define LINES LINEUP_LINES
#define LINE_TEXT 400

/* A pair to be drawn; when it was, what the pages say of it. */
struct job {
	struct found found;
	const struct gallery_entry *entry[PAIR_MARKS];
	size_t number;           /* from 1 */
	struct error trouble;    /* why it was not drawn */
	struct comparison comparison;
	double lr;
	struct buf picture;      /* a file's bytes */
	bool with_probe;         /* an examiner's page begins with it */
	struct lineup_pair shown;
	char line[LINES][LINE_TEXT], words[LINE_TEXT + 2 * SIGNATURE_TEXT], file[2 * NAME_PART + 48];
	char rank[24], score[24], lr_text[24], cells[32], rotation[24];
};

struct run {
	struct options options;
	struct option_parsed parsed;
	int width, height;
	struct shade_light light;
	struct gallery gallery, probes;
	struct found_reader *found;
	struct rows *rows;
	struct progress progress;
	size_t asked, drawn;     /* pairs */
	struct job **shown;      /* those that were drawn */
	const struct gallery_entry *last;  /* the probe asked for last */
	bool no_more;
	int status;              /* the worst so far */
};

static void complain(struct run *run, const struct error *e)
{
	error_print(stderr, program.name, e);
	run->status = error_worse(run->status, e->status);
}

/* "a<between>b" as two numbers. */
static int two_numbers(const char *text, char between, double min, double max, double out[2], struct error *e)
{
	const char *at = strchr(text, between);
	char first[32];

	if (!at || (size_t)(at - text) >= sizeof first)
		return error_set(e, STATUS_USAGE, "'%.40s' is not two numbers with a '%c' between", text, between);
	memcpy(first, text, (size_t)(at - text));
	first[at - text] = 0;
	if (num_real(first, min, max, &out[0], e) || num_real(at + 1, min, max, &out[1], e))
		return STATUS_USAGE;
	return STATUS_DONE;
}

static int check_options(struct run *run, struct error *e)
{
	struct options *o = &run->options;
	double size[2] = { 1200, 600 }, light[2] = { 315, 40 };

	if (!o->galleries.count)
		return error_set(e, STATUS_USAGE, "no gallery is named (see --help)");
	if (!o->folder || !*o->folder)
		return error_set(e, STATUS_USAGE, "no folder for the pictures is named (see -o)");
	if (run->parsed.operands != 0 && run->parsed.operands != 2)
		return error_set(e, STATUS_USAGE, "give two ids, or none and rows on standard input");
	for (size_t i = 0; i < o->galleries.count; i++)
		if (!strcmp(o->galleries.item[i], "-"))
			return error_set(e, STATUS_USAGE, "a gallery cannot be read from standard input here");
	if (o->probes && !strcmp(o->probes, "-"))
		return error_set(e, STATUS_USAGE, "probes cannot be read from standard input here");
	if (o->size && two_numbers(o->size, 'x', 0, PANELS_SIDE_MOST, size, e))
		return error_within(e, "--size");
	if (size[0] < PANELS_WIDTH_LEAST || size[1] < PANELS_HEIGHT_LEAST || size[0] != floor(size[0]) ||
	    size[1] != floor(size[1]))
		return error_set(e, STATUS_USAGE, "--size: whole pixels, at least %dx%d", PANELS_WIDTH_LEAST,
				 PANELS_HEIGHT_LEAST);
	if (o->light && two_numbers(o->light, ',', 0, 360, light, e))
		return error_within(e, "--light");
	if (light[1] < 5 || light[1] > 90)
		return error_set(e, STATUS_USAGE, "--light: a light stands 5 to 90 degrees above");
	run->width = (int)size[0];
	run->height = (int)size[1];
	run->light = (struct shade_light){ light[0], light[1] };
	return STATUS_DONE;
}

/* A damaged file is named; what stands before the damage can be drawn. */
static void read_file(struct run *run, struct gallery *g, const char *name)
{
	struct gallery added = { 0 };
	FILE *in = NULL;
	struct error e;

	if (input_stream(name, &in, &e) || gallery_read(&added, in, NULL, 0, &e)) {
		error_within(&e, name);
		complain(run, &e);
	}
	if (gallery_take(g, &added, &e))
		complain(run, &e);
	if (in)
		input_close(in);
}

static int make_folder(const char *name, struct error *e)
{
	struct stat is;

	if (mkdir(name, 0777) && errno != EEXIST) {
		error_system(e, "cannot make the folder");
		return error_within(e, name);
	}
	if (stat(name, &is) || !S_ISDIR(is.st_mode))
		return error_set(e, STATUS_INPUT, "%s: not a folder", name);
	return STATUS_DONE;
}

static int look_up(const struct run *run, const char *id, int mark, bool probe, const struct gallery_entry **out,
		   struct error *e)
{
	size_t others = 0;

	*out = probe && run->probes.count ? gallery_find(&run->probes, id, mark, &others) : NULL;
	if (!*out)
		*out = gallery_find(&run->gallery, id, mark, &others);
	if (!*out)
		return error_set(e, STATUS_INPUT, "%s: no signature has this id%s%s", id, mark < 0 ? "" : " and is of a ",
				 mark < 0 ? "" : mark_name((enum mark)mark));
	if (others)
		return error_set(e, STATUS_INPUT, "%s: %zu signatures have this id; which is meant cannot be told", id,
				 others + 1);
	return STATUS_DONE;
}

/* The next pair that is asked for; what makes no sense is complained of and passed over. */
static int next_found(struct run *run, struct found *f, struct error *e)
{
	if (run->no_more)
		return STATUS_NO;
	if (!run->found) {
		*f = (struct found){ .mark = -1 };
		snprintf(f->probe, sizeof f->probe, "%s", run->parsed.operand[0]);
		snprintf(f->candidate, sizeof f->candidate, "%s", run->parsed.operand[1]);
		run->no_more = true;
		return STATUS_DONE;
	}
	for (;;) {
		int status = found_next(run->found, f, e);

		if (status == STATUS_DONE || status == STATUS_NO)
			return status;
		complain(run, e);
		if (found_over(run->found))
			return STATUS_NO;
	}
}

static bool enough(struct run *run)
{
	struct error e;

	if (!run->options.most || run->asked < (size_t)run->options.most)
		return false;
	if (!option_given(table, &run->parsed, "number")) {
		error_set(&e, STATUS_INPUT, "only the first %zu rows were drawn (see --number)", run->asked);
		complain(run, &e);
	}
	return true;
}

static void *next_job(void *context)
{
	struct run *run = context;
	struct found f;
	struct error e;

	while (!next_found(run, &f, &e)) {
		const struct gallery_entry *entry[PAIR_MARKS];
		struct job *job;

		if (enough(run))
			break;
		if (look_up(run, f.probe, f.mark, true, &entry[PAIR_PROBE], &e) ||
		    look_up(run, f.candidate, f.mark >= 0 ? f.mark : (int)entry[PAIR_PROBE]->head.mark, false,
			    &entry[PAIR_CANDIDATE], &e)) {
			complain(run, &e);
			continue;
		}
		job = mem_new(1, sizeof *job, &e);
		if (!job) {
			complain(run, &e);
			break;
		}
		job->found = f;
		memcpy(job->entry, entry, sizeof entry);
		job->number = ++run->asked;
		job->with_probe = run->options.examiner && entry[PAIR_PROBE] != run->last;
		run->last = entry[PAIR_PROBE];
		return job;
	}
	run->no_more = true;
	return NULL;
}

static double rotation(const struct comparison *c)
{
	double turn = fmod(c->pose.turn_deg + 720, 360);

	return turn < 359.95 ? turn : 0;
}

static void write_caption(const struct run *run, const struct job *job, const struct pair *pair,
			  char line[LINES][LINE_TEXT])
{
	const struct comparison *c = &pair->comparison;
	const struct signature *p = &job->entry[PAIR_PROBE]->head, *q = &job->entry[PAIR_CANDIDATE]->head;
	char row[64] = "", lr[80];

	if (job->found.has_score && fabs(job->found.score - c->score) > SCORE_NEAR)
		snprintf(row, sizeof row, " (the row says %.2f)", job->found.score);
	if (isnan(pair->lr))
		snprintf(lr, sizeof lr, "no likelihood ratio for this kind of mark");
	else
		snprintf(lr, sizeof lr, "likelihood ratio %.*f", pair->lr < 10 ? 4 : 0, pair->lr);
	snprintf(line[0], LINE_TEXT, "Score %.2f%s, %s, correlation %.2f over %.0f %% of the smaller mark", c->score, row,
		 lr, c->correlation, 100 * c->overlap);
	snprintf(line[1], LINE_TEXT, "Cells: %d congruent (numbered) of %d compared (the others grey)", c->cells,
		 c->cells_compared);
	if (pair->posed)
		snprintf(line[2], LINE_TEXT, "Rotation %.1f\xc2\xb0, shift %.0f, %.0f \xc2\xb5m of the probe on the "
			 "candidate; shown: the candidate moved back by it", rotation(c), c->pose.dx_um,
			 c->pose.dy_um);
	else
		snprintf(line[2], LINE_TEXT, "No common pose was found: both are shown as they lie");
	snprintf(line[3], LINE_TEXT, "Drawn from the signatures (%.0f \xc2\xb5m between points): %s", p->step_um,
		 pair->view == VIEW_RELIEF ? "relief" : pair->view == VIEW_PHOTOGRAPHS ? "photographs, evened out" :
		 "a photograph, and a topography as a ring light would show it");
	if (pair->view == VIEW_RELIEF)
		snprintf(line[3] + strlen(line[3]), LINE_TEXT - strlen(line[3]),
			 ", lit from %.0f\xc2\xb0, %.0f\xc2\xb0 above", run->light.azimuth_deg, run->light.elevation_deg);
	for (int i = 0; i < 2; i++) {
		const struct signature *s = i ? q : p;

		snprintf(line[4 + i], LINE_TEXT, "%s: %s, spacing %s \xc2\xb5m (%s)%s%s%s%s", i ? "Candidate" : "Probe",
			 signature_meta(s, META_SOURCE), signature_meta(s, META_SPACING_UM),
			 signature_meta(s, META_SPACING_FROM), *signature_meta(s, META_CASE) ? ", case " : "",
			 signature_meta(s, META_CASE), *signature_meta(s, META_CALIBRE) ? ", " : "",
			 signature_meta(s, META_CALIBRE));
	}
	snprintf(line[6], LINE_TEXT, "Method %s", signature_meta(p, META_METHOD));
	snprintf(line[7], LINE_TEXT, "%s %s \xe2\x80\x93 a lead, not an identification", program.name, program.version);
}

/* The joining of what was compared with how it is drawn. cell has room for pair->cells. */
static void fill_sheet(const struct run *run, const struct pair *pair, double point_um, struct panels_cell *cell,
		       struct panels *s)
{
	int number = 0;

	s->width = run->width;
	s->height = run->height;
	for (int i = 0; i < PAIR_MARKS; i++) {
		s->mark[i].v = pair->mark[i].v;
		s->mark[i].on = pair->mark[i].on;
		s->mark[i].name = i ? "candidate" : "probe";
	}
	s->heights = pair->view == VIEW_RELIEF;
	s->light = run->light;
	s->steep = STEEP * point_um / pair->mark[0].step_um;
	s->agree = pair->agree.v;
	s->agree_on = pair->agree.on;
	s->step_um = pair->agree.step_um / 2;
	for (int i = 0; i < pair->cells; i++) {
		memcpy(cell[i].corner, pair->cell[i].corner, sizeof cell[i].corner);
		cell[i].number = pair->cell[i].congruent ? ++number : 0;
	}
	s->cell = cell;
	s->cells = pair->cells;
	s->upright = pair->upright;
	s->cut = pair->cut;
}

/* What pages show of a sheet. */
static int draw_small(struct job *job, const struct panels *s, struct error *e)
{
	int panel = panels_side(s->width, s->height), by = panel / SMALL_PX > 1 ? panel / SMALL_PX : 1;
	unsigned char *split = NULL, *alone = NULL;
	int status = panels_split(s, panel, &split, e);

	if (!status) {
		panels_shrink(split, panel, by);
		status = jpeg_write_rgb(&job->shown.small, panel / by, panel / by, split, PAGE_QUALITY, e);
	}
	if (!status && job->with_probe)
		status = panels_single(&s->mark[PAIR_PROBE], s->heights, &s->light, panel, s->steep, &alone, e);
	if (!status && job->with_probe)
		status = jpeg_write_rgb(&job->shown.alone, panel, panel, alone, PAGE_QUALITY, e);
	free(split);
	free(alone);
	return status;
}

static int draw_sheet(const struct run *run, struct job *job, const struct pair *pair, unsigned char **rgb,
		      struct error *e)
{
	struct panels_cell *cell = mem_new((size_t)pair->cells, sizeof *cell, e);
	struct panels sheet = { 0 };
	char title[2][SIGNATURE_TEXT + 16], heading[2 * SIGNATURE_TEXT + 40];
	const char *line[LINES];
	int status;

	if (!cell)
		return STATUS_SYSTEM;
	write_caption(run, job, pair, job->line);
	for (int i = 0; i < LINES; i++)
		line[i] = job->line[i];
	snprintf(title[0], sizeof title[0], "Probe %s", job->found.probe);
	snprintf(title[1], sizeof title[1], "Candidate %s", job->found.candidate);
	snprintf(heading, sizeof heading, "%s and %s: %s", job->found.probe, job->found.candidate,
		 mark_name(job->entry[0]->head.mark));
	fill_sheet(run, pair, job->entry[0]->head.step_um, cell, &sheet);
	sheet.mark[0].title = title[0];
	sheet.mark[1].title = title[1];
	sheet.heading = heading;
	sheet.line = line;
	sheet.lines = LINES;
	status = panels_make(&sheet, rgb, e);
	if (!status)
		status = draw_small(job, &sheet, e);
	free(cell);
	return status;
}

static int unpack(const struct gallery_entry *entry, struct signature *out, struct error *e)
{
	int status = entry->head.mark == MARK_LAND ? error_set(e, STATUS_INPUT, "lands are not drawn") :
		     impression_check(&entry->head, e);

	if (!status)
		status = unpack_signature(&entry->body, 1, out, e);
	return status ? error_within(e, signature_meta(&entry->head, META_ID)) : STATUS_DONE;
}

static void draw_job(void *context, void *pointer)
{
	const struct run *run = context;
	struct job *job = pointer;
	struct error *e = &job->trouble;
	struct compare_room *room = compare_room_new(e);
	struct signature s[PAIR_MARKS] = { 0 };
	struct pair pair = { 0 };
	unsigned char *rgb = NULL;
	int status = room ? STATUS_DONE : STATUS_SYSTEM;

	for (int i = 0; !status && i < PAIR_MARKS; i++)
		status = unpack(job->entry[i], &s[i], e);
	if (!status && (status = pair_make(&s[0], &s[1], panels_side(run->width, run->height), room, &pair, e)))
		error_within(e, job->found.candidate);
	job->comparison = pair.comparison;
	job->lr = pair.lr;
	if (!status)
		status = draw_sheet(run, job, &pair, &rgb, e);
	if (!status)
		status = run->options.format == FORMAT_PNG ?
			 png_write_rgb(&job->picture, run->width, run->height, rgb, e) :
			 jpeg_write_rgb(&job->picture, run->width, run->height, rgb, JPEG_QUALITY, e);
	if (!status)
		status = jpeg_write_rgb(&job->shown.picture, run->width, run->height, rgb, PAGE_QUALITY, e);
	job->trouble.status = status;
	free(rgb);
	pair_free(&pair);
	for (int i = 0; i < PAIR_MARKS; i++)
		signature_free(&s[i]);
	compare_room_free(room);
}

/* What of an id can stand in a file's name anywhere. */
static void name_part(const char *id, char out[NAME_PART + 1])
{
	int n = 0;

	for (; *id && n < NAME_PART; id++)
		out[n++] = strchr("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-", *id) ? *id : '_';
	out[n] = 0;
}

static int write_file(const struct run *run, const char *name, const struct buf *bytes, struct error *e)
{
	struct buf path = { 0 };
	struct replace r;
	int status = buf_format(&path, e, "%s/%s", run->options.folder, name);

	if (!status && !buf_string(&path, e))
		status = STATUS_SYSTEM;
	if (!status && !(status = replace_begin(&r, (const char *)path.data, e))) {
		if (fwrite(bytes->data, 1, bytes->size, r.out) != bytes->size) {
			status = error_system(e, "cannot write");
			replace_abort(&r);
		} else {
			status = replace_commit(&r, e);
		}
	}
	if (status && path.data)
		error_within(e, (const char *)path.data);
	buf_free(&path);
	return status;
}

static int print_row(struct run *run, const struct job *job, const char *picture, struct error *e)
{
	const struct comparison *c = &job->comparison;

	rows_text(run->rows, job->found.probe);
	rows_text(run->rows, job->found.candidate);
	rows_text(run->rows, mark_name(job->entry[0]->head.mark));
	if (job->found.rank)
		rows_integer(run->rows, job->found.rank);
	else
		rows_text(run->rows, NULL);
	rows_real(run->rows, c->score, 2);
	rows_real(run->rows, job->lr, job->lr < 10 ? 4 : 0);
	rows_integer(run->rows, c->cells);
	rows_integer(run->rows, c->cells_compared);
	rows_real(run->rows, rotation(c), 1);
	rows_text(run->rows, picture);
	return rows_end(run->rows, e);
}

static void check_score(struct run *run, const struct job *job)
{
	struct error e;

	if (!job->found.has_score || fabs(job->found.score - job->comparison.score) <= SCORE_NEAR)
		return;
	error_set(&e, STATUS_INPUT, "line %zu: %s, %s: the row says score %.2f, these signatures give %.2f",
		  job->found.line, job->found.probe, job->found.candidate, job->found.score, job->comparison.score);
	complain(run, &e);
}

static void job_free(struct job *job)
{
	buf_free(&job->picture);
	buf_free(&job->shown.picture);
	buf_free(&job->shown.small);
	buf_free(&job->shown.alone);
	free(job);
}

/* What the pages will say of a pair that was drawn; they take the job over. */
static int keep(struct run *run, struct job *job, struct error *e)
{
	struct job **grown = mem_grow(run->shown, run->drawn + 1, sizeof *grown, e);
	const struct comparison *c = &job->comparison;
	struct lineup_pair *p = &job->shown;

	if (!grown)
		return STATUS_SYSTEM;
	run->shown = grown;
	run->shown[run->drawn++] = job;
	buf_free(&job->picture);
	p->probe = job->found.probe;
	p->candidate = job->found.candidate;
	p->mark = mark_name(job->entry[0]->head.mark);
	if (job->found.rank)
		snprintf(job->rank, sizeof job->rank, "%lld", (long long)job->found.rank);
	snprintf(job->score, sizeof job->score, "%.2f", c->score);
	if (!isnan(job->lr))
		snprintf(job->lr_text, sizeof job->lr_text, "%.*f", job->lr < 10 ? 4 : 0, job->lr);
	snprintf(job->cells, sizeof job->cells, "%d / %d", c->cells, c->cells_compared);
	snprintf(job->rotation, sizeof job->rotation, "%.1f\xc2\xb0", rotation(c));
	snprintf(job->words, sizeof job->words, "%s and %s in one pose: side by side with the cells, split, and as a map of "
		 "agreement. %d of %d cells are congruent, the score is %.2f.", p->probe, p->candidate, c->cells,
		 c->cells_compared, c->score);
	p->rank = job->rank;
	p->score = job->score;
	p->lr = job->lr_text;
	p->cells = job->cells;
	p->rotation = job->rotation;
	p->words = job->words;
	p->file = job->file;
	for (int i = 0; i < LINES; i++)
		p->line[i] = job->line[i];
	return STATUS_DONE;
}

static int job_done(void *context, void *pointer)
{
	struct run *run = context;
	struct job *job = pointer;
	char probe[NAME_PART + 1], candidate[NAME_PART + 1];
	struct error e = job->trouble;
	int status = e.status;

	progress_step(&run->progress, 1);
	if (!status) {
		name_part(job->found.probe, probe);
		name_part(job->found.candidate, candidate);
		snprintf(job->file, sizeof job->file, "%03zu-%s-%s.%s", job->number, probe, candidate,
			 run->options.format == FORMAT_PNG ? "png" : "jpg");
		status = write_file(run, job->file, &job->picture, &e);
	}
	if (!status) {
		check_score(run, job);
		status = print_row(run, job, job->file, &e);
	}
	if (!status && !(status = keep(run, job, &e)))
		return STATUS_DONE;
	complain(run, &e);
	job_free(job);
	return e.status == STATUS_INPUT ? STATUS_DONE : e.status;
}

static void drop_job(void *context, void *job)
{
	(void)context;
	job_free(job);
}

/* A page for each probe, in the order in which they came; jobs are taken from `left`. */
static int write_examiners(const struct run *run, struct lineup *l, const struct lineup_pair **pair, struct error *e)
{
	struct job **left = mem_new(run->drawn, sizeof *left, e);
	int status = left ? STATUS_DONE : STATUS_SYSTEM;

	if (left)
		memcpy(left, run->shown, run->drawn * sizeof *left);
	for (size_t i = 0; !status && i < run->drawn; i++) {
		const struct job *first = left[i];
		char probe[NAME_PART + 1], name[NAME_PART + 64];
		struct buf page = { 0 };

		if (!first)
			continue;
		l->pairs = 0;
		for (size_t k = i; k < run->drawn; k++)
			if (left[k] && left[k]->entry[PAIR_PROBE] == first->entry[PAIR_PROBE]) {
				pair[l->pairs++] = &left[k]->shown;
				left[k] = NULL;
			}
		name_part(first->found.probe, probe);
		snprintf(name, sizeof name, "examiner-%03zu-%s.html", first->number, probe);
		status = lineup_examiner(l, &page, e);
		if (!status)
			status = write_file(run, name, &page, e);
		buf_free(&page);
	}
	free(left);
	return status;
}

/* index.html, and what examiners fill in. */
static int write_pages(const struct run *run, struct error *e)
{
	const struct lineup_pair **pair = mem_new(run->drawn, sizeof *pair, e);
	int panel = panels_side(run->width, run->height);
	char made[80], at[CLOCK_TEXT];
	struct lineup l = { .pair = pair, .pairs = run->drawn, .made = made, .width = run->width, .height = run->height };
	struct buf page = { 0 };
	int64_t now;
	int status = pair ? clock_now(&now, e) : STATUS_SYSTEM;

	l.small = panel / (panel / SMALL_PX > 1 ? panel / SMALL_PX : 1);
	for (size_t i = 0; !status && i < run->drawn; i++)
		pair[i] = &run->shown[i]->shown;
	if (!status) {
		clock_text(now, at);
		snprintf(made, sizeof made, "by %s %s on %s", program.name, program.version, at);
		status = lineup_index(&l, &page, e);
	}
	if (!status)
		status = write_file(run, "index.html", &page, e);
	if (!status && run->options.examiner)
		status = write_examiners(run, &l, pair, e);
	buf_free(&page);
	free(pair);
	return status;
}

static void draw_all(struct run *run)
{
	static const struct batch steps = { next_job, draw_job, job_done, drop_job };
	struct error e = { 0 };

	for (size_t i = 0; i < run->options.galleries.count; i++)
		read_file(run, &run->gallery, run->options.galleries.item[i]);
	if (run->options.probes)
		read_file(run, &run->probes, run->options.probes);
	gallery_sort(&run->gallery);
	gallery_sort(&run->probes);
	if (!run->parsed.operands && found_open(&run->found, stdin, &e)) {
		error_within(&e, "standard input");
		complain(run, &e);
		return;
	}
	progress_start(&run->progress, stderr, (enum progress_mode)run->options.progress, "pairs",
		       run->parsed.operands ? 1 : 0);
	if (batch_run(&steps, run, (int)run->options.threads, &e) && !run->status)
		complain(run, &e);
	progress_end(&run->progress);
	found_close(run->found);
	if (run->status != STATUS_SYSTEM && run->drawn && write_pages(run, &e))
		complain(run, &e);
}

/* The rows between their header and their close. */
static void print(struct run *run)
{
	const struct options *o = &run->options;
	struct error e;

	if (rows_open(&run->rows, stdout, (enum rows_format)o->output, columns, sizeof columns / sizeof *columns,
		      o->columns, &e) || make_folder(o->folder, &e))
		complain(run, &e);
	else
		draw_all(run);
	if (rows_close(run->rows, &e) && run->status != STATUS_SYSTEM)
		complain(run, &e);
	if (!run->status && !run->drawn)
		run->status = STATUS_NO;
}

int main(int argc, char **argv)
{
	static struct run run = { .options = { .most = 1000 } };
	struct error e;
	int status = output_guard(&e);

	if (!status)
		status = option_parse(table, argc, argv, &run.options, &run.parsed, &e);
	if (!status && run.parsed.action != OPTION_RUN)
		status = option_answer(stdout, &program, table, &run.parsed, &e);
	else if (!status && !(status = check_options(&run, &e)))
		print(&run);
	if (status)
		complain(&run, &e);
	for (size_t i = 0; i < run.drawn; i++)
		job_free(run.shown[i]);
	free(run.shown);
	gallery_free(&run.gallery);
	gallery_free(&run.probes);
	option_free(table, &run.options);
	return run.status;
}
