/* ibin-match.c - compares signatures with a gallery and ranks the candidates */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "file/output.h"
#include "ibin-match/run.h"
#include "match/known.h"
#include "match/rank.h"

const struct option_program program = {
	"ibin-match", VERSION, "[option...] gallery.sig... < probes.sig",
	"Compare signatures with a gallery and rank the candidates."
};

static const struct option_line table[] = {
	{ "probes", 'p', OPTION_TEXT, offsetof(struct options, probes), "FILE",
	  "probes from FILE instead of standard input", 0, 0 },
	{ "all", 'a', OPTION_FLAG, offsetof(struct options, all), NULL,
	  "compare each pair of the gallery once; no probes", 0, 0 },
	{ "index", 0, OPTION_FLAG, offsetof(struct options, index), NULL,
	  "make or extend the index of each gallery, NAME.idx; no rows", 0, 0 },
	{ "shard", 0, OPTION_TEXT, offsetof(struct options, shard), "I/N",
	  "only part I of N of the probes, for --merge", 0, 0 },
	{ "merge", 0, OPTION_FLAG, offsetof(struct options, merge), NULL,
	  "the rows of all shards, which are named instead of galleries", 0, 0 },
	{ "known", 0, OPTION_TEXT, offsetof(struct options, known), "FILE",
	  "write to FILE which signatures there are; no rows", 0, 0 },
	{ "new-since", 0, OPTION_TEXT, offsetof(struct options, new_since), "FILE",
	  "with --all: only pairs with one that FILE does not know", 0, 0 },
	{ "up-to", 0, OPTION_TEXT, offsetof(struct options, up_to), "FILE",
	  "leave out gallery signatures that FILE does not know", 0, 0 },
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

const struct rows_column columns[] = {
	{ "probe", COLUMN_TEXT }, { "candidate", COLUMN_TEXT }, { "mark", COLUMN_TEXT }, { "rank", COLUMN_NUMBER },
	{ "score", COLUMN_NUMBER }, { "lr", COLUMN_NUMBER }, { "cells", COLUMN_NUMBER },
	{ "cells_compared", COLUMN_NUMBER }, { "rotation_deg", COLUMN_NUMBER }, { "shift_x_um", COLUMN_NUMBER },
	{ "shift_y_um", COLUMN_NUMBER }, { "lag_um", COLUMN_NUMBER }, { "overlap", COLUMN_NUMBER },
	{ "ccf", COLUMN_NUMBER }, { "cmps", COLUMN_NUMBER }, { "cms", COLUMN_NUMBER }
};
const size_t columns_count = sizeof columns / sizeof *columns;

void complain(struct run *run, const struct error *e)
{
	error_print(stderr, program.name, e);
	run->status = error_worse(run->status, e->status);
}

/* What says which part of the pairs is compared. */
static int check_parts_of_runs(struct run *run, struct error *e)
{
	const struct options *o = &run->options;
	int parts = o->shard || o->new_since || o->up_to;

	if (o->shard && shard_parse(o->shard, &run->shard, e))
		return error_within(e, "--shard");
	if (o->shard && (o->output != ROWS_CSV || o->columns))
		return error_set(e, STATUS_USAGE, "the rows of a shard are for --merge, to which --output and --columns belong");
	if (parts && (o->by == BY_EXHIBIT || o->merge || o->index || o->known))
		return error_set(e, STATUS_USAGE, "--shard, --new-since and --up-to are for comparing signatures");
	if (o->new_since && !o->all)
		return error_set(e, STATUS_USAGE, "--new-since is for --all");
	return STATUS_DONE;
}

static int check_options(struct run *run, struct error *e)
{
	struct options *o = &run->options;
	int inputs = !o->all && !o->index && !o->merge && !o->known && (!o->probes || !strcmp(o->probes, "-"));

	if (o->where.count > WHERE_MOST)
		return error_set(e, STATUS_USAGE, "more than %d --where", WHERE_MOST);
	for (size_t i = 0; i < o->where.count; i++)
		if (gallery_where_parse(o->where.item[i], &run->where[i], e))
			return error_within(e, "--where");
	if (o->all && o->probes)
		return error_set(e, STATUS_USAGE, "--all takes no probes");
	if (o->index + o->merge + (o->known != NULL) > 1 || ((o->index || o->merge || o->known) && (o->all || o->probes)))
		return error_set(e, STATUS_USAGE, "--index, --merge and --known compare nothing");
	if (check_parts_of_runs(run, e))
		return STATUS_USAGE;
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

	shard_begin_row(run);
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

/* Signature n of the stock as a probe; `loaded` is for one that is behind an index. */
static int probe_all(struct run *run, struct ranker *ranker, const struct stock *stock, size_t i,
		     const struct rank_calls *calls, struct error *e)
{
	size_t n = stock->order ? stock->order[i] : i;
	const struct gallery_entry *probe = stock_entry(stock, n);
	struct gallery_entry loaded = { .body = { NULL, 0, 0 } };
	int status = STATUS_DONE;

	if (ranker_found_bad(ranker, n))
		return STATUS_DONE;
	if (!probe) {
		status = stock_load(stock, n, &loaded, e);
		if (status)
			return stock_within(stock, n, e);
		probe = &loaded;
	}
	status = ranker_probe(ranker, probe, i + 1, calls, run, e);
	gallery_entry_free(&loaded);
	return status;
}

/* Pairs of which the ith probe is the first. */
static uint64_t pairs_of(const struct run *run, const struct stock *stock, size_t i)
{
	if (!run->options.all)
		return stock->ordered ? stock->ordered : 1;
	if (!stock->fresh)
		return stock->ordered - i - 1 ? stock->ordered - i - 1 : 1;
	return stock->fresh[stock->order ? stock->order[i] : i] ? stock->ordered : 0;
}

static int compare_stock(struct run *run, const struct stock *stock, struct error *e)
{
	static const struct rank_calls calls = { print_row, count_step, leave_out };
	const struct options *o = &run->options;
	const struct rank_options rank = { o->most, o->verify, o->min_score, o->min_lr, (int)o->threads };
	struct ranker *ranker = ranker_new_stock(stock, &run->probes, &rank, e);
	size_t probes = o->all ? stock->ordered : run->probes.count;
	uint64_t total = 0, before = 0, weight;
	int status = STATUS_DONE;

	if (!ranker)
		return STATUS_SYSTEM;
	for (size_t i = 0; i < probes; i++)
		total += pairs_of(run, stock, i);
	progress_start(&run->progress, stderr, (enum progress_mode)o->progress, "pairs",
		       (int64_t)(run->shard.of ? total / (uint64_t)run->shard.of : total));
	for (size_t i = 0; !status && i < probes; i++, before += weight) {
		weight = pairs_of(run, stock, i);
		if (!weight || !shard_has(&run->shard, before, total))
			continue;
		status = o->all ? probe_all(run, ranker, stock, i, &calls, e) :
			 ranker_probe(ranker, &run->probes.entry[i], 0, &calls, run, e);
		if (status == STATUS_INPUT) {
			complain(run, e);
			status = STATUS_DONE;
		}
	}
	progress_end(&run->progress);
	ranker_free(ranker);
	return status;
}

/* --new-since, --up-to */
static int take_parts(struct run *run, struct stock *stock, struct error *e)
{
	const char *last_name = run->options.new_since, *next_name = run->options.up_to;
	struct known last = { 0 }, next = { 0 };
	int status = STATUS_DONE;

	if (last_name && (status = known_read(last_name, &last, e)))
		error_within(e, last_name);
	if (!status && next_name && (status = known_read(next_name, &next, e)))
		error_within(e, next_name);
	if (!status && (last_name || next_name))
		status = stock_since(stock, last_name ? &last : NULL, next_name ? &next : NULL, e);
	known_free(&last);
	known_free(&next);
	return status;
}

static int compare(struct run *run, struct error *e)
{
	struct stock stock;
	int status = stock_new(&stock, &run->gallery, run->index, run->indexes, run->where, run->options.where.count, e);

	if (status)
		return status;
	status = take_parts(run, &stock, e);
	if (!status && run->options.all)
		status = stock_sort(&stock, e);
	if (!status)
		status = compare_stock(run, &stock, e);
	if (!status && run->shard.of)
		status = shard_end(run, &stock, e);
	if (!status)
		say_nothing(run, &stock);
	stock_free(&stock);
	return status;
}

/* --known: no rows. */
static void list_known(struct run *run)
{
	struct stock stock;
	struct error e;
	int status;

	read_all(run);
	if (run->status)   /* what could not be read would count as known to be absent */
		return;
	status = stock_new(&stock, &run->gallery, run->index, run->indexes, run->where, run->options.where.count, &e);
	if (!status) {
		status = known_write(run->options.known, &stock, &e);
		if (status)
			error_within(&e, run->options.known);
		stock_free(&stock);
	}
	if (status)
		complain(run, &e);
}

/* --index: no rows. */
static void make_indexes(struct run *run)
{
	for (int i = 0; i < run->parsed.operands; i++) {
		const char *name = run->parsed.operand[i];
		struct catalog_made made;
		struct error e;

		if (catalog_make(name, ready_check, (int)run->options.threads, &made, &e)) {
			error_within(&e, name);
			complain(run, &e);
		}
	}
}

/* The rows between their header and their close. */
static void print(struct run *run)
{
	const struct options *o = &run->options;
	int exhibits = o->by == BY_EXHIBIT;
	struct rows_column *own = NULL;
	const struct rows_column *which = exhibits ? exhibit_columns : columns;
	size_t count = exhibits ? exhibit_columns_count : columns_count;
	struct error e;

	if (run->shard.of) {
		which = own = shard_columns(&e);
		count++;
	}
	if (!which || rows_open(&run->rows, stdout, (enum rows_format)o->output, which, count, o->columns, &e)) {
		complain(run, &e);
		free(own);
		return;
	}
	if (!o->merge)
		read_all(run);
	if (o->merge ? merge_shards(run, &e) : exhibits ? compare_exhibits(run, &e) : compare(run, &e))
		complain(run, &e);
	if (rows_close(run->rows, &e) && run->status != STATUS_SYSTEM)
		complain(run, &e);
	if (!run->status && !run->printed)
		run->status = STATUS_NO;
	free(own);
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
		run.options.index ? make_indexes(&run) : run.options.known ? list_known(&run) : print(&run);
	if (status)
		complain(&run, &e);
	free_galleries(&run);
	option_free(table, &run.options);
	return run.status;
}
