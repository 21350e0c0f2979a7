/* exhibits.c - ibin-match --by exhibit: a row for each pair of exhibits */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "run.h"
#include "match/exhibit_rank.h"

const struct rows_column exhibit_columns[] = {
	{ "probe", COLUMN_TEXT }, { "candidate", COLUMN_TEXT }, { "rank", COLUMN_NUMBER }, { "marks", COLUMN_TEXT },
	{ "phase", COLUMN_NUMBER }, { "phase_margin", COLUMN_NUMBER }, { "score", COLUMN_NUMBER },
	{ "lr", COLUMN_NUMBER }, { "lands", COLUMN_NUMBER }, { "backwards", COLUMN_TEXT }
};
const size_t exhibit_columns_count = sizeof exhibit_columns / sizeof *exhibit_columns;

static void print_marks(struct rows *rows, unsigned marks)
{
	char text[128] = "";
	size_t n = 0;

	for (int m = 0; m < MARKS; m++)
		if (marks & 1u << m)
			n += (size_t)snprintf(text + n, sizeof text - n, "%s%s", n ? "+" : "", mark_name((enum mark)m));
	rows_text(rows, text);
}

static int print_row(void *context, const struct exhibit_row *row, struct error *e)
{
	struct run *run = context;

	rows_text(run->rows, row->probe->name);
	rows_text(run->rows, row->candidate->name);
	rows_integer(run->rows, row->rank);
	print_marks(run->rows, row->marks);
	if (row->phased) {
		rows_integer(run->rows, row->phase);
		rows_real(run->rows, row->margin, 2);
	} else {
		rows_text(run->rows, NULL);
		rows_text(run->rows, NULL);
	}
	rows_real(run->rows, row->score, 2);
	rows_real(run->rows, row->lr, row->lr < 10 ? 4 : 0);
	if (row->phased) {
		rows_integer(run->rows, row->lands);
		rows_text(run->rows, row->backwards ? "yes" : "no");
	} else {
		rows_text(run->rows, NULL);
		rows_text(run->rows, NULL);
	}
	run->printed++;
	return rows_end(run->rows, e);
}

static int compare_grouped(struct run *run, const struct exhibits *gallery, const struct exhibits *probes,
			   struct error *e)
{
	static const struct exhibit_calls calls = { print_row, count_step, leave_out };
	const struct options *o = &run->options;
	const struct rank_options rank = { o->most, o->verify, o->min_score, o->min_lr, (int)o->threads };
	const struct exhibits *from = o->all ? gallery : probes;
	struct exhibit_ranker *ranker = exhibit_ranker_new(gallery, o->all ? NULL : probes, &rank, e);
	int64_t steps = 0;
	int status = STATUS_DONE;

	if (!ranker)
		return STATUS_SYSTEM;
	for (size_t i = 0; i < from->count; i++)
		steps += exhibit_ranker_steps(ranker, i, o->all ? i + 1 : 0);
	progress_start(&run->progress, stderr, (enum progress_mode)o->progress, "pairs", steps);
	for (size_t i = 0; !status && i < from->count; i++)
		status = exhibit_ranker_probe(ranker, i, o->all ? i + 1 : 0, &calls, run, e);
	progress_end(&run->progress);
	exhibit_ranker_free(ranker);
	return status;
}

int compare_exhibits(struct run *run, struct error *e)
{
	struct exhibits gallery = { 0 }, probes = { 0 };
	struct stock stock, own = { .g = &run->probes, .count = run->probes.count };
	int status = stock_new(&stock, &run->gallery, run->index, run->indexes, run->where, run->options.where.count, e);

	if (status)
		return status;
	status = exhibits_group(&stock, &gallery, leave_out, run, e);
	if (!status && !run->options.all)
		status = exhibits_group(&own, &probes, leave_out, run, e);
	if (!status)
		status = compare_grouped(run, &gallery, &probes, e);
	if (!status)
		say_nothing(run, &stock);
	exhibits_free(&gallery);
	exhibits_free(&probes);
	stock_free(&stock);
	stock_free(&own);
	return status;
}
