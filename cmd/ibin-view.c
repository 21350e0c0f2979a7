/* ibin-view.c - rows of ibin-match to pictures that an examiner can judge */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/batch.h"
#include "base/mem.h"
#include "base/num.h"
#include "file/outdir.h"
#include "file/output.h"
#include "ibin-view/view.h"
#include "report/panels.h"
#include "report/terminal_ask.h"
#include "scan/jpeg.h"
#include "scan/png.h"

#define JPEG_QUALITY 88
#define PAGE_QUALITY 80       /* of pictures inside pages */
#define ANSWER_MS 1000        /* that a terminal has to say what it shows */
#define SCORE_NEAR 0.011      /* a row's score has two decimals */

const struct option_program program = {
	"ibin-view", VERSION, "[option...] -g gallery.sig -o DIR|-t [probe candidate] < rows",
	"Draw pairs of marks that ibin-match found: rows on standard input, or two ids."
};

static const struct option_line table[] = {
	{ "gallery", 'g', OPTION_LIST, offsetof(struct options, galleries), "FILE",
	  "signatures of the candidates, and of probes; may be repeated", 0, 0 },
	{ "probes", 'p', OPTION_TEXT, offsetof(struct options, probes), "FILE",
	  "signatures of the probes, where they are not in the gallery", 0, 0 },
	{ "scans", 'S', OPTION_LIST, offsetof(struct options, scans), "DIR",
	  "the original scans and photographs, to draw from; may be repeated", 0, 0 },
	{ "folder", 'o', OPTION_TEXT, offsetof(struct options, folder), "DIR",
	  "where the pictures go; made if it is not there", 0, 0 },
	{ "terminal", 't', OPTION_FLAG, offsetof(struct options, terminal), NULL,
	  "show the pictures in the terminal, or a table where it shows none", 0, 0 },
	{ "as", 0, OPTION_CHOICE, offsetof(struct options, as), AS_CHOICES,
	  "how terminals show pictures (default: as this one says)", 0, 0 },
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
	{ "cells_compared", COLUMN_NUMBER }, { "rotation_deg", COLUMN_NUMBER }, { "lag_um", COLUMN_NUMBER },
	{ "ccf", COLUMN_NUMBER }, { "lands", COLUMN_NUMBER }, { "phase", COLUMN_NUMBER },
	{ "phase_margin", COLUMN_NUMBER }, { "drawn_from", COLUMN_TEXT }, { "picture", COLUMN_TEXT }
};

void complain(struct run *run, const struct error *e)
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

/* Rows where nothing shows pictures; they are aligned then, unless another form was asked for. */
static void choose_terminal(struct run *run)
{
	struct options *o = &run->options;

	if (!o->terminal)
		return;
	run->terminal = o->as == AS_SIXEL ? TERMINAL_SIXEL : o->as == AS_KITTY ? TERMINAL_KITTY :
			o->as == AS_AUTO && isatty(STDOUT_FILENO) ? terminal_known(getenv) : TERMINAL_PLAIN;
	if (o->as == AS_AUTO && !run->terminal)
		run->terminal = terminal_ask(STDOUT_FILENO, ANSWER_MS, getenv);
	if (!run->terminal && !option_given(table, &run->parsed, "output"))
		o->output = ROWS_TABLE;
}

static int check_options(struct run *run, struct error *e)
{
	struct options *o = &run->options;
	double size[2] = { 1200, 600 }, light[2] = { 315, 40 };

	if (!o->galleries.count)
		return error_set(e, STATUS_USAGE, "no gallery is named (see --help)");
	if (o->folder ? !*o->folder : !o->terminal)
		return error_set(e, STATUS_USAGE, "no folder for the pictures is named (see -o and -t)");
	if (!o->terminal && o->as != AS_AUTO)
		return error_set(e, STATUS_USAGE, "--as goes with --terminal");
	if (!o->folder && o->examiner)
		return error_set(e, STATUS_USAGE, "--examiner wants a folder (see -o)");
	choose_terminal(run);
	if (run->terminal && (option_given(table, &run->parsed, "output") || o->columns))
		return error_set(e, STATUS_USAGE, "pictures go to standard output, not rows (see --as)");
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
	run->light_given = o->light != NULL;
	run->light = (struct shade_light){ light[0], light[1] };
	return STATUS_DONE;
}

/* What goes to the terminal. */
static int encode_screen(const struct run *run, struct job *job, struct error *e)
{
	const struct drawing *p = &job->picture;
	struct buf png = { 0 };
	int status;

	if (run->terminal == TERMINAL_SIXEL)
		return terminal_sixel(&job->screen, p->width, p->height, p->rgb, e);
	status = png_write_rgb(&png, p->width, p->height, p->rgb, e);
	if (!status)
		status = terminal_kitty(&job->screen, &png, e);
	buf_free(&png);
	return status;
}

/* The files' bytes from what was drawn. */
static int encode(const struct run *run, struct job *job, struct error *e)
{
	const struct drawing *from[] = { &job->picture, &job->small, &job->alone };
	struct lineup_picture *to[] = { &job->shown.picture, &job->shown.small, &job->shown.alone };
	const struct drawing *p = &job->picture;
	int status = run->terminal ? encode_screen(run, job, e) : STATUS_DONE;

	if (status || !run->options.folder)
		return status;
	status = run->options.format == FORMAT_PNG ?
		 png_write_rgb(&job->file_bytes, p->width, p->height, p->rgb, e) :
		 jpeg_write_rgb(&job->file_bytes, p->width, p->height, p->rgb, JPEG_QUALITY, e);
	for (int i = 0; !status && i < 3; i++) {
		if (!from[i]->rgb)
			continue;
		to[i]->width = from[i]->width;
		to[i]->height = from[i]->height;
		status = jpeg_write_rgb(&to[i]->jpeg, from[i]->width, from[i]->height, from[i]->rgb, PAGE_QUALITY, e);
	}
	return status;
}

static void draw_job(void *context, void *pointer)
{
	const struct run *run = context;
	struct job *job = pointer;
	struct error *e = &job->trouble;
	int status = (job->bullets ? draw_bullets : mark_striated(job->mark) ? draw_lands : draw_impressions)(run, job, e);

	if (!status)
		status = encode(run, job, e);
	job->trouble.status = status;
	for (int i = 0; i < 3; i++) {
		struct drawing *d = i == 0 ? &job->picture : i == 1 ? &job->small : &job->alone;

		free(d->rgb);
		d->rgb = NULL;
	}
}

static void print_count(struct rows *rows, int count)
{
	if (count < 0)
		rows_text(rows, NULL);
	else
		rows_integer(rows, count);
}

static int print_row(struct run *run, const struct job *job, struct error *e)
{
	const struct figures *f = &job->figures;

	rows_text(run->rows, job->found.probe);
	rows_text(run->rows, job->found.candidate);
	rows_text(run->rows, mark_name(job->mark));
	if (job->found.rank)
		rows_integer(run->rows, job->found.rank);
	else
		rows_text(run->rows, NULL);
	rows_real(run->rows, f->score, 2);
	rows_real(run->rows, f->lr, f->lr < 10 ? 4 : 0);
	print_count(run->rows, f->cells);
	print_count(run->rows, f->cells_compared);
	rows_real(run->rows, f->rotation_deg, 1);
	rows_real(run->rows, f->lag_um, 1);
	rows_real(run->rows, f->ccf, 4);
	print_count(run->rows, f->lands);
	print_count(run->rows, f->phase);
	rows_real(run->rows, f->margin, 2);
	rows_text(run->rows, drawn_from(job));
	rows_text(run->rows, *job->file ? job->file : NULL);
	return rows_end(run->rows, e);
}

/* A picture on the screen, and a line under it for those who do not see it. */
static int show(const struct job *job, struct error *e)
{
	struct buf words = { 0 };
	int status = buf_add(&words, job->screen.data, job->screen.size, e);

	if (!status)
		status = buf_format(&words, e, "\n%s\n", job->words);
	if (!status && fwrite(words.data, 1, words.size, stdout) != words.size)
		status = error_system(e, "cannot write");
	buf_free(&words);
	return status;
}

static void check_score(struct run *run, const struct job *job)
{
	struct error e;

	if (!job->found.has_score || fabs(job->found.score - job->figures.score) <= SCORE_NEAR)
		return;
	error_set(&e, STATUS_INPUT, "line %zu: %s, %s: the row says score %.2f, these signatures give %.2f",
		  job->found.line, job->found.probe, job->found.candidate, job->found.score, job->figures.score);
	complain(run, &e);
}

/* Of each signature once why it was not drawn from its original. One that is not there is no error. */
static void tell_without(struct run *run, struct job *job)
{
	for (int i = 0; run->scans && i < PAIR_MARKS; i++) {
		const struct gallery_entry *entry = job->side[i].first, **grown;
		struct error *why = &job->without[i];
		bool told = job->original[i];
		struct error e;

		for (size_t k = 0; !told && k < run->tolds; k++)
			told = run->told[k] == entry;
		if (told)
			continue;
		grown = mem_grow(run->told, run->tolds + 1, sizeof *grown, &e);
		if (!grown) {
			complain(run, &e);
			return;
		}
		run->told = grown;
		run->told[run->tolds++] = entry;
		error_within(why, signature_meta(&entry->head, META_ID));
		error_within(why, "drawn from the signature");
		if (why->status == STATUS_NO)
			error_print(stderr, program.name, why);
		else
			complain(run, why);
	}
}

static int job_done(void *context, void *pointer)
{
	struct run *run = context;
	struct job *job = pointer;
	char probe[NAME_PART + 1], candidate[NAME_PART + 1];
	struct error e = job->trouble;
	int status = e.status;

	progress_step(&run->progress, 1);
	if (!status && run->options.folder) {
		name_part(job->found.probe, probe);
		name_part(job->found.candidate, candidate);
		snprintf(job->file, sizeof job->file, "%03zu-%s-%s.%s", job->number, probe, candidate,
			 run->options.format == FORMAT_PNG ? "png" : "jpg");
		status = write_file(run, job->file, &job->file_bytes, &e);
	}
	if (!status) {
		check_score(run, job);
		tell_without(run, job);
		status = run->terminal ? show(job, &e) : print_row(run, job, &e);
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

static void draw_all(struct run *run)
{
	static const struct batch steps = { next_job, draw_job, job_done, drop_job };
	struct error e = { 0 };

	for (size_t i = 0; i < run->options.galleries.count; i++)
		shelf_read(run, &run->stock, run->options.galleries.item[i]);
	if (run->options.probes)
		shelf_read(run, &run->probes, run->options.probes);
	if (shelf_sort(run, &run->stock, &e) || shelf_sort(run, &run->probes, &e) ||
	    ready_matcher(&run->stock.gallery, &run->probes.gallery, &run->matcher, &e)) {
		complain(run, &e);
		return;
	}
	if (run->options.scans.count && scans_open(&run->options.scans, &run->scans, &e)) {
		complain(run, &e);
		return;
	}
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
	if (run->status != STATUS_SYSTEM && run->drawn && run->options.folder && write_pages(run, &e))
		complain(run, &e);
}

/* The rows between their header and their close. */
static void print(struct run *run)
{
	const struct options *o = &run->options;
	struct error e;

	if ((!run->terminal && rows_open(&run->rows, stdout, (enum rows_format)o->output, columns,
					 sizeof columns / sizeof *columns, o->columns, &e)) ||
	    (o->folder && outdir_make(o->folder, &e)))
		complain(run, &e);
	else
		draw_all(run);
	if ((run->terminal ? output_close(stdout, &e) : rows_close(run->rows, &e)) && run->status != STATUS_SYSTEM)
		complain(run, &e);
	if (!run->status && !run->drawn)
		run->status = STATUS_NO;
}

int main(int argc, char **argv)
{
	static struct run run = { .options = { .most = 1000 }, .table = table };
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
	free(run.queue);
	free(run.told);
	scans_close(run.scans);
	land_matcher_free(run.matcher);
	shelf_free(&run.stock);
	shelf_free(&run.probes);
	option_free(table, &run.options);
	return run.status;
}
