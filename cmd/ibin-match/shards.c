/* shards.c - ibin-match: a part of the rows (--shard), and all of them again (--merge) */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "base/mem.h"
#include "base/num.h"
#include "base/sum.h"
#include "file/csv.h"
#include "file/input.h"
#include "match/known.h"
#include "run.h"

/* A shard is a run of probes, one behind the other, so that the rows of all shards, in their order, are those of
 * one run. Each row says of which shard it is. The last row of a shard has "i/n end" there, and how many rows
 * there were, a sum over all that the run depends on, and its exit status: so a cut shard, one that is missing or
 * there twice, and shards of different runs are noticed. */
#define END_ROWS 1
#define END_RUN 2
#define END_STATUS 3
#define SHARDS_MOST 1000000

int shard_parse(const char *text, struct shard *out, struct error *e)
{
	const char *slash = strchr(text, '/');
	char number[32];

	if (!slash || (size_t)(slash - text) >= sizeof number)
		return error_set(e, STATUS_USAGE, "'%.60s' is not i/n", text);
	memcpy(number, text, (size_t)(slash - text));
	number[slash - text] = 0;
	if (num_integer(slash + 1, 1, SHARDS_MOST, &out->of, e) || num_integer(number, 1, out->of, &out->number, e))
		return error_set(e, STATUS_USAGE, "'%.60s' is not i/n, i from 1 to n, n up to %d", text, SHARDS_MOST);
	return STATUS_DONE;
}

bool shard_has(const struct shard *s, uint64_t before, uint64_t total)
{
	double share = total ? (double)before / (double)total : 0;

	return !s->of || (int64_t)(share * (double)s->of) + 1 == s->number;
}

struct rows_column *shard_columns(struct error *e)
{
	struct rows_column *c = mem_new(columns_count + 1, sizeof *c, e);

	if (!c)
		return NULL;
	c[0] = (struct rows_column){ "shard", COLUMN_TEXT };
	memcpy(c + 1, columns, columns_count * sizeof *c);
	return c;
}

static void put_name(struct run *run, const char *more)
{
	char name[64];

	snprintf(name, sizeof name, "%" PRId64 "/%" PRId64 "%s", run->shard.number, run->shard.of, more);
	rows_text(run->rows, name);
}

void shard_begin_row(struct run *run)
{
	if (run->shard.of)
		put_name(run, "");
}

static uint64_t add_text(uint64_t sum, const char *text)
{
	return text ? sum_fnv64(sum, text, strlen(text) + 1) : sum_fnv64(sum, "", 1);
}

/* Over what the rows depend on: the version, the options, all signatures. The order in which the gallery's stand
 * does not matter. */
static uint64_t run_sum(const struct run *run, const struct stock *stock)
{
	const struct options *o = &run->options;
	const struct stock probes = { .g = &run->probes, .count = run->probes.count };
	uint64_t sum = add_text(SUM_FNV64_START, VERSION), all = 0;
	char numbers[200];

	snprintf(numbers, sizeof numbers, "%d %" PRId64 " %" PRId64 " %.17g %.17g %zu %zu", o->all, o->most, o->verify,
		 o->min_score, o->min_lr, stock->count, probes.count);
	sum = add_text(sum, numbers);
	for (size_t i = 0; i < o->where.count; i++)
		sum = add_text(sum, o->where.item[i]);
	for (size_t n = 0; n < stock->count; n++)
		if (!stock->hidden || !stock->hidden[n])
			all += known_key(stock, n) * (stock->fresh && stock->fresh[n] ? 3 : 1);
	for (size_t n = 0; n < probes.count; n++)
		sum = sum * 31 + known_key(&probes, n);
	return sum ^ all;
}

int shard_end(struct run *run, const struct stock *stock, struct error *e)
{
	char sum[32];

	snprintf(sum, sizeof sum, "%016" PRIx64, run_sum(run, stock));
	put_name(run, " end");
	for (size_t i = 0; i < columns_count; i++)
		if (i + 1 == END_ROWS)
			rows_integer(run->rows, run->printed);
		else if (i + 1 == END_RUN)
			rows_text(run->rows, sum);
		else if (i + 1 == END_STATUS)
			rows_integer(run->rows, run->status);
		else
			rows_text(run->rows, NULL);
	return rows_end(run->rows, e);
}

/* One file of a shard. */
struct part {
	const char *name;
	struct shard shard;
	char run[32];
	int64_t rows, status;
	bool ended;
};

static int check_header(const struct csv_row *row, struct error *e)
{
	bool right = row->fields == columns_count + 1 && !strcmp(row->field[0], "shard");

	for (size_t i = 0; right && i < columns_count; i++)
		right = !strcmp(row->field[i + 1], columns[i].name);
	return right ? STATUS_DONE : error_set(e, STATUS_INPUT, "not the rows of a shard");
}

/* What the first field of a row says, and whether it is the last row. */
static int take_row(struct part *p, const struct csv_row *row, bool *end, struct error *e)
{
	char name[64];
	struct shard s = { 0, 0 };
	size_t n = strcspn(row->field[0], " ");

	if (row->fields != columns_count + 1 || n >= sizeof name || p->ended)
		return error_set(e, STATUS_INPUT, "line %zu: not a row of a shard", row->line);
	memcpy(name, row->field[0], n);
	name[n] = 0;
	*end = !strcmp(row->field[0] + n, " end");
	if ((row->field[0][n] && !*end) || shard_parse(name, &s, NULL))
		return error_set(e, STATUS_INPUT, "line %zu: not a row of a shard", row->line);
	if (p->shard.of && (s.number != p->shard.number || s.of != p->shard.of))
		return error_set(e, STATUS_INPUT, "line %zu: a row of another shard", row->line);
	p->shard = s;
	if (!*end) {
		p->rows++;
		return STATUS_DONE;
	}
	p->ended = true;
	if (num_integer(row->field[END_STATUS], 0, 5, &p->status, NULL) || strlen(row->field[END_RUN]) != 16)
		return error_set(e, STATUS_INPUT, "line %zu: not the last row of a shard", row->line);
	snprintf(p->run, sizeof p->run, "%s", row->field[END_RUN]);
	if (num_integer(row->field[END_ROWS], p->rows, p->rows, &p->rows, NULL))
		return error_set(e, STATUS_INPUT, "rows are missing");
	return STATUS_DONE;
}

/* Reads a file through; with `print` its rows are handed on, and must be the same as before. */
static int read_part(struct run *run, struct part *p, bool print, struct error *e)
{
	struct part again = { .name = p->name };
	struct csv_reader *csv = NULL;
	struct csv_row row;
	FILE *in = NULL;
	int status = input_stream(p->name, &in, e);

	if (!status && !(csv = csv_open(in, ',', e)))
		status = STATUS_SYSTEM;
	if (!status && (status = csv_next(csv, &row, e)) == STATUS_NO)
		status = error_set(e, STATUS_INPUT, "the file is empty");
	if (!status)
		status = check_header(&row, e);
	while (!status && !(status = csv_next(csv, &row, e))) {
		bool end = false;

		status = take_row(&again, &row, &end, e);
		for (size_t i = 0; !status && print && !end && i < columns_count; i++)
			rows_text(run->rows, *row.field[i + 1] ? row.field[i + 1] : NULL);
		if (!status && print && !end) {
			run->printed++;
			status = rows_end(run->rows, e);
		}
	}
	if (status == STATUS_NO)
		status = again.ended ? STATUS_DONE : error_set(e, STATUS_INPUT, "the shard is not complete");
	if (!status && print && (again.rows != p->rows || strcmp(again.run, p->run)))
		status = error_set(e, STATUS_INPUT, "it was changed while it was read");
	*p = again;
	csv_close(csv);
	if (in)
		input_close(in);
	return status ? error_within(e, p->name) : STATUS_DONE;
}

static int by_number(const void *a, const void *b)
{
	const struct part *x = a, *y = b;

	return (x->shard.number > y->shard.number) - (x->shard.number < y->shard.number);
}

static int check_parts(struct part *part, size_t count, struct error *e)
{
	qsort(part, count, sizeof *part, by_number);
	for (size_t i = 0; i < count; i++) {
		const struct part *p = &part[i];

		if (p->shard.of != part[0].shard.of || strcmp(p->run, part[0].run))
			return error_set(e, STATUS_INPUT, "%s and %s are of different runs", part[0].name, p->name);
		if (i && p->shard.number == part[i - 1].shard.number)
			return error_set(e, STATUS_INPUT, "%s and %s are the same shard", part[i - 1].name, p->name);
		if (p->shard.number != (int64_t)i + 1)
			return error_set(e, STATUS_INPUT, "shard %zu of %" PRId64 " is missing", i + 1, p->shard.of);
	}
	if ((int64_t)count != part[0].shard.of)
		return error_set(e, STATUS_INPUT, "shard %zu of %" PRId64 " is missing", count + 1, part[0].shard.of);
	return STATUS_DONE;
}

/* Nothing is printed before all are known to be there and whole. */
int merge_shards(struct run *run, struct error *e)
{
	size_t count = (size_t)run->parsed.operands;
	struct part *part = mem_new(count, sizeof *part, e);
	int status = part ? STATUS_DONE : STATUS_SYSTEM;

	for (size_t i = 0; !status && i < count; i++) {
		part[i].name = run->parsed.operand[i];
		status = read_part(run, &part[i], false, e);
	}
	if (!status)
		status = check_parts(part, count, e);
	for (size_t i = 0; !status && i < count; i++) {
		int worst = (int)part[i].status;

		status = read_part(run, &part[i], true, e);
		run->status = error_worse(run->status, worst > STATUS_NO ? worst : STATUS_DONE);
	}
	free(part);
	return status;
}
