/* ibin-match.c - compares signatures with a gallery and ranks the candidates */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "file/input.h"
#include "file/output.h"
#include "ibin-match/run.h"
#include "match/rank.h"

static const struct option_program program = {
	"ibin-match", VERSION, "[option...] gallery.sig... < probes.sig",
	"Compare signatures with a gallery and rank the candidates."
};

static const struct option_line table[] = {
	{ "probes", 'p', OPTION_TEXT, offsetof(struct options, probes), "FILE",
	  "probes from FILE instead of standard input", 0, 0 },
	{ "all", 'a', OPTION_FLAG, offsetof(struct options, all), NULL,
	  "compare each pair of the gallery once; no probes", 0, 0 },
	{ "by", 'b', OPTION_CHOICE, offsetof(struct options, by), BY_CHOICES,
	  "what is compared (default signature)", 0, 0 },
	{ "number", 'n', OPTION_INTEGER, offsetof(struct options, most), "N",
	  "candidates a probe, 0: all (default 10, with --all 0)", 0, 1e9 },
	{ "min-score", 0, OPTION_REAL, offsetof(struct options, min_score), "X",
	  "only candidates with at least this score", 0, 1e6 },
	{ "min-lr", 0, OPTION_REAL, offsetof(struct options, min_lr), "X",
	  "only candidates with at least this likelihood ratio", 0, 1e12 },
	{ "where", 'w', OPTION_LIST, offsetof(struct options, where), "KEY=VALUE",
	  "only gallery signatures that say so; * ? [] as in a shell", 0, 0 },
	{ "verify", 0, OPTION_INTEGER, offsetof(struct options, verify), "N",
	  "compare the N that the search likes best, 0: all (default 400)", 0, 1e9 },
	{ "threads", 'j', OPTION_INTEGER, offsetof(struct options, threads), "N",
	  "threads, 0: one a processor (default 0)", 0, 1024 },
	{ "output", 'o', OPTION_CHOICE, offsetof(struct options, output), ROWS_FORMATS,
	  "form of the rows (default csv)", 0, 0 },
	{ "columns", 'c', OPTION_TEXT, offsetof(struct options, columns), "NAME,...",
	  "which columns, in which order", 0, 0 },
	{ "progress", 0, OPTION_CHOICE, offsetof(struct options, progress), PROGRESS_MODES,
	  "the progress line (default auto)", 0, 0 },
	{ NULL, 0, OPTION_FLAG, 0, NULL, NULL, 0, 0 }
};

static const struct rows_column columns[] = {
	{ "probe", COLUMN_TEXT }, { "candidate", COLUMN_TEXT }, { "mark", COLUMN_TEXT }, { "rank", COLUMN_NUMBER },
	{ "score", COLUMN_NUMBER }, { "lr", COLUMN_NUMBER }, { "cells", COLUMN_NUMBER },
	{ "cells_compared", COLUMN_NUMBER }, { "rotation_deg", COLUMN_NUMBER }, { "shift_x_um", COLUMN_NUMBER },
	{ "shift_y_um", COLUMN_NUMBER }, { "lag_um", COLUMN_NUMBER }, { "overlap", COLUMN_NUMBER },
	{ "ccf", COLUMN_NUMBER }, { "cmps", COLUMN_NUMBER }, { "cms", COLUMN_NUMBER }
};

void complain(struct run *run, const struct error *e)
{
	error_print(stderr, program.name, e);
	run->status = error_worse(run->status, e->status);
}

static int check_options(struct run *run, struct error *e)
{
	struct options *o = &run->options;
	int inputs = !o->all && (!o->probes || !strcmp(o->probes, "-"));

	if (o->where.count > WHERE_MOST)
		return error_set(e, STATUS_USAGE, "more than %d --where", WHERE_MOST);
	for (size_t i = 0; i < o->where.count; i++)
		if (gallery_where_parse(o->where.item[i], &run->where[i], e))
			return error_within(e, "--where");
	if (o->all && o->probes)
		return error_set(e, STATUS_USAGE, "--all takes no probes");
	if (!o->all && !run->parsed.operands)
		return error_set(e, STATUS_USAGE, "no gallery is named (see --help)");
	for (int i = 0; i < run->parsed.operands; i++)
		inputs += !strcmp(run->parsed.operand[i], "-");
	if (inputs > 1)
		return error_set(e, STATUS_USAGE, "standard input can be read once: it is the gallery, or the "
				 "probes (see --probes)");
	if (!option_given(table, &run->parsed, "number"))
		o->most = o->all ? 0 : 10;
	return STATUS_DONE;
}

/* Signatures of other methods cannot be compared; each is named and left out. */
static void check_methods(struct run *run, struct gallery *g, const char *name)
{
	size_t kept = 0;

	for (size_t i = 0; i < g->count; i++) {
		struct gallery_entry *entry = &g->entry[i];
		struct error e;

		if (!ready_check(&entry->head, &e)) {
			g->entry[kept++] = *entry;
			continue;
		}
		error_within(&e, signature_meta(&entry->head, META_ID));
		error_within(&e, name);
		complain(run, &e);
		signature_free(&entry->head);
		buf_free(&entry->body);
	}
	g->count = kept;
}

/* A damaged file is named; what stands before the damage is compared. */
static void read_file(struct run *run, struct gallery *g, const char *name, size_t conditions)
{
	const char *shown = strcmp(name, "-") ? name : "standard input";
	FILE *in = NULL;
	struct gallery added = { 0 };
	struct error e;

	if (input_stream(name, &in, &e) || gallery_read(&added, in, run->where, conditions, &e)) {
		error_within(&e, shown);
		complain(run, &e);
	}
	check_methods(run, &added, shown);
	if (gallery_take(g, &added, &e))
		complain(run, &e);
	if (in)
		input_close(in);
}

static void read_all(struct run *run)
{
	const struct options *o = &run->options;

	for (int i = 0; i < run->parsed.operands; i++)
		read_file(run, &run->gallery, run->parsed.operand[i], o->where.count);
	if (o->all && !run->parsed.operands)
		read_file(run, &run->gallery, "-", o->where.count);
	if (!o->all)
		read_file(run, &run->probes, o->probes ? o->probes : "-", 0);
	gallery_sort(&run->gallery);
}

static void print_impression(struct rows *rows, const struct comparison *c)
{
	double turn = fmod(c->pose.turn_deg + 360, 360);

	rows_integer(rows, c->cells);
	rows_integer(rows, c->cells_compared);
	rows_real(rows, turn < 359.95 ? turn : 0, 1);
	rows_real(rows, c->pose.dx_um, 0);
	rows_real(rows, c->pose.dy_um, 0);
	for (int i = 0; i < 5; i++)
		rows_text(rows, NULL);
}

static void print_land(struct rows *rows, const struct land_fit *f)
{
	for (int i = 0; i < 2; i++)
		rows_text(rows, NULL);
	rows_real(rows, f->turned ? 180 : 0, 1);
	for (int i = 0; i < 2; i++)
		rows_text(rows, NULL);
	rows_real(rows, f->lag_um, 1);
	rows_real(rows, f->overlap, 3);
	rows_real(rows, f->ccf, 4);
	rows_integer(rows, f->cmps);
	rows_integer(rows, f->cms);
}

static int print_row(void *context, const struct rank_row *row, struct error *e)
{
	struct run *run = context;

	rows_text(run->rows, signature_meta(&row->probe->head, META_ID));
	rows_text(run->rows, signature_meta(&row->candidate->head, META_ID));
	rows_text(run->rows, mark_name(row->candidate->head.mark));
	rows_integer(run->rows, row->rank);
	rows_real(run->rows, row->comparison.score, 2);
	rows_real(run->rows, row->lr, row->lr < 10 ? 4 : 0);
	if (row->land)
		print_land(run->rows, row->land);
	else
		print_impression(run->rows, &row->comparison);
	run->printed++;
	return rows_end(run->rows, e);
}

void count_step(void *context, int64_t more)
{
	progress_step(&((struct run *)context)->progress, more);
}

void leave_out(void *context, const struct error *e)
{
	complain(context, e);
}

static int compare(struct run *run, struct error *e)
{
	static const struct rank_calls calls = { print_row, count_step, leave_out };
	const struct options *o = &run->options;
	const struct rank_options rank = { o->most, o->verify, o->min_score, o->min_lr, (int)o->threads };
	const struct gallery *probes = o->all ? &run->gallery : &run->probes;
	struct ranker *ranker = ranker_new(&run->gallery, &run->probes, &rank, e);
	size_t pairs = o->all && probes->count ? probes->count * (probes->count - 1) / 2 :
		       probes->count * run->gallery.count;
	int status = STATUS_DONE;

	if (!ranker)
		return STATUS_SYSTEM;
	progress_start(&run->progress, stderr, (enum progress_mode)o->progress, "pairs", (int64_t)pairs);
	for (size_t i = 0; !status && i < probes->count; i++) {
		status = ranker_probe(ranker, &probes->entry[i], o->all ? i + 1 : 0, &calls, run, e);
		if (status == STATUS_INPUT) {
			complain(run, e);
			status = STATUS_DONE;
		}
	}
	progress_end(&run->progress);
	ranker_free(ranker);
	return status;
}

/* The rows between their header and their close. */
static void print(struct run *run)
{
	const struct options *o = &run->options;
	int exhibits = o->by == BY_EXHIBIT;
	struct error e;

	if (rows_open(&run->rows, stdout, (enum rows_format)o->output, exhibits ? exhibit_columns : columns,
		      exhibits ? exhibit_columns_count : sizeof columns / sizeof *columns, o->columns, &e)) {
		complain(run, &e);
		return;
	}
	read_all(run);
	if (exhibits ? compare_exhibits(run, &e) : compare(run, &e))
		complain(run, &e);
	if (rows_close(run->rows, &e) && run->status != STATUS_SYSTEM)
		complain(run, &e);
	if (!run->status && !run->printed)
		run->status = STATUS_NO;
}

int main(int argc, char **argv)
{
	static struct run run = { .options = { .verify = 400 } };
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
	gallery_free(&run.gallery);
	gallery_free(&run.probes);
	option_free(table, &run.options);
	return run.status;
}
