/* import.c - import: tables from elsewhere */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "desk.h"
#include "file/input.h"
#include "file/replace.h"
#include "record/import.h"
#include "record/find.h"
#include "verbs.h"

#define REASONS_SHOWN 20

struct import_verb {
	struct common common;
	struct option_list map, set;
	const char *rejects, *delimiter;
	int encoding, dates;
	bool dry, rest, no_header, quiet;
	int64_t threads;
};

static const struct option_line table[] = {
	{ "map", 'm', OPTION_LIST, offsetof(struct import_verb, map), "FIELD=COLUMN,...",
	  "which column is which field (name or number)", 0, 0 },
	{ "set", 's', OPTION_LIST, offsetof(struct import_verb, set), "FIELD=VALUE",
	  "what the file does not say", 0, 0 },
	{ "rejects", 'r', OPTION_TEXT, offsetof(struct import_verb, rejects), "FILE",
	  "where rows go that do not come in, with reasons", 0, 0 },
	{ "dry-run", 'n', OPTION_FLAG, offsetof(struct import_verb, dry), NULL, "change nothing", 0, 0 },
	{ "rest", 0, OPTION_FLAG, offsetof(struct import_verb, rest), NULL,
	  "columns that are not taken go into the remarks", 0, 0 },
	{ "dates", 0, OPTION_CHOICE, offsetof(struct import_verb, dates), WHEN_ORDERS, "what 3/4/2025 means", 0, 0 },
	{ "delimiter", 0, OPTION_TEXT, offsetof(struct import_verb, delimiter), "CHARACTER",
	  "between fields (default: recognised)", 0, 0 },
	{ "encoding", 0, OPTION_CHOICE, offsetof(struct import_verb, encoding), INTAKE_ENCODINGS, "of the file", 0,
	  0 },
	{ "no-header", 0, OPTION_FLAG, offsetof(struct import_verb, no_header), NULL,
	  "the first row is no header", 0, 0 },
	{ "quiet", 'q', OPTION_FLAG, offsetof(struct import_verb, quiet), NULL,
	  "no rows on what was understood as what", 0, 0 },
	{ "threads", 'j', OPTION_INTEGER, offsetof(struct import_verb, threads), "N",
	  "0: one a processor", 0, 256 },
	OUTPUT(import_verb), COMMON(import_verb), END
};

/* One file on its way in. */
struct importing {
	struct desk *d;
	const struct import_verb *o;
	const char *name;
	struct rows *report, *rejects;
	struct replace file;
	struct rows_column *reject_columns;
	size_t columns, rejected;
	struct progress progress;
};

static const char *encoding_word(const struct intake_form *s)
{
	static const char *const words[] = { "auto", "UTF-8", "windows-1252", "UTF-16LE", "UTF-16BE" };

	return words[s->encoding];
}

static void put_line(struct rows *rows, const char *field, const char *typed, const char *meant, const char *how,
		     int64_t count)
{
	rows_text(rows, field);
	rows_text(rows, typed);
	rows_text(rows, *meant ? meant : NULL);
	rows_text(rows, how);
	if (count >= 0)
		rows_integer(rows, count);
	else
		rows_text(rows, NULL);
}

/* The columns of the file, and what they are. */
static int report_columns(struct importing *im, const struct mapping *m, struct error *e)
{
	static const char *const hows[] = { "not taken", "given", "name", "words", "own" };
	int status = STATUS_DONE;

	for (size_t i = 0; i < m->columns && !status; i++) {
		bool taken = m->place[i] >= 0;

		put_line(im->report, "(column)", m->header[i], taken ? form_fields[m->place[i]].name : "",
			 taken ? hows[m->how[i]] : m->person[i] ? "a person" : m->rest ? "remarks" : hows[0], -1);
		status = rows_end(im->report, e);
	}
	for (int i = 0; i < FORM_FIELDS && !status; i++)
		if (m->constant[i]) {
			put_line(im->report, "(set)", m->constant[i], form_fields[i].name, "given", -1);
			status = rows_end(im->report, e);
		}
	return status;
}

/* line and reason before the columns of the file: when they are mended, it can be imported as it is. */
static int open_rejects(struct importing *im, const struct mapping *m, struct error *e)
{
	int status;

	im->columns = m->columns;
	im->reject_columns = mem_new(m->columns + 2, sizeof *im->reject_columns, e);
	if (!im->reject_columns)
		return STATUS_SYSTEM;
	im->reject_columns[0] = (struct rows_column){ "reject_line", COLUMN_NUMBER };
	im->reject_columns[1] = (struct rows_column){ "reject_reason", COLUMN_TEXT };
	for (size_t i = 0; i < m->columns; i++)
		im->reject_columns[i + 2] = (struct rows_column){ m->header[i], COLUMN_TEXT };
	status = replace_begin(&im->file, im->o->rejects, e);
	if (!status)
		status = rows_open(&im->rejects, im->file.out, ROWS_CSV, im->reject_columns, m->columns + 2, NULL, e);
	return status ? error_within(e, im->o->rejects) : STATUS_DONE;
}

static int begin(void *context, const struct mapping *m, const struct intake_form *intake, struct error *e)
{
	struct importing *im = context;
	int status = STATUS_DONE;

	if (im->report) {
		char shown[40];

		snprintf(shown, sizeof shown, "%s%s", encoding_word(intake), intake->mark ? ", with a mark" : "");
		put_line(im->report, "(file)", im->name, shown, "encoding", -1);
		status = rows_end(im->report, e);
		snprintf(shown, sizeof shown, intake->delimiter == '\t' ? "tab" : "%c", intake->delimiter);
		put_line(im->report, "(file)", im->name, shown, "delimiter", -1);
		if (!status)
			status = rows_end(im->report, e);
		if (!status)
			status = report_columns(im, m, e);
	}
	if (!status && im->o->rejects)
		status = open_rejects(im, m, e);
	return status;
}

static int reject(void *context, size_t line, const char *reason, const char *const *field, size_t fields,
		  struct error *e)
{
	struct importing *im = context;

	if (++im->rejected <= REASONS_SHOWN || !im->rejects)
		desk_say("%s: line %zu: %s", im->name, line, reason);
	else if (im->rejected == REASONS_SHOWN + 1)
		desk_say("%s: more of them are in %s", im->name, im->o->rejects);
	if (!im->rejects)
		return STATUS_DONE;
	rows_integer(im->rejects, (int64_t)line);
	rows_text(im->rejects, reason);
	for (size_t i = 0; i < im->columns; i++)
		rows_text(im->rejects, i < fields ? field[i] : NULL);
	return rows_end(im->rejects, e) ? error_within(e, im->o->rejects) : STATUS_DONE;
}

static void step(void *context, uint64_t bytes)
{
	struct importing *im = context;

	progress_step(&im->progress, (int64_t)bytes);
}

static int report_tally(struct importing *im, struct tally *t, struct error *e)
{
	int status = STATUS_DONE;

	tally_sort(t);
	for (size_t i = 0; i < t->lines && !status; i++) {
		const struct tally_line *l = &t->line[i];

		put_line(im->report, form_fields[l->place].name, l->typed, l->meant, l->how, (int64_t)l->count);
		status = rows_end(im->report, e);
	}
	if (t->beyond && !status) {
		put_line(im->report, "(more)", "different words beyond those above", "", "", (int64_t)t->beyond);
		status = rows_end(im->report, e);
	}
	return status;
}

static void say_result(const struct importing *im, const struct import_result *r)
{
	desk_say("%s: %llu rows: %llu %s, %llu known before, %llu set aside", im->name,
		 (unsigned long long)r->rows, (unsigned long long)r->added, im->o->dry ? "would be added" : "added",
		 (unsigned long long)r->known, (unsigned long long)r->rejected);
	if (r->mended.windows || r->mended.twice)
		desk_say("%s: fields read as windows-1252: %zu; encoded twice, and put right: %zu", im->name,
			 r->mended.windows, r->mended.twice);
}

static int import_stream(struct importing *im, FILE *in, struct import_options *options, struct error *e)
{
	struct import_result result;
	struct error own;
	int status, closed;

	progress_start(&im->progress, stderr, (enum progress_mode)im->o->common.progress, "bytes",
		       input_size(in));
	status = import_run(&im->d->book, in, options, &result, e);
	progress_end(&im->progress);
	closed = rows_close(im->rejects, &own);
	if (im->file.path && !closed)
		closed = replace_commit(&im->file, &own);
	else
		replace_abort(&im->file);
	if (closed && !status) {
		*e = own;
		status = error_within(e, im->o->rejects);
	}
	if (status <= STATUS_NO)
		say_result(im, &result);
	else if (result.added)
		desk_say("%s: %llu rows were added before this", im->name, (unsigned long long)result.added);
	if (!status && im->report)
		status = report_tally(im, &result.tally, e);
	if (!status && result.rejected)
		status = error_set(e, STATUS_INPUT, "%s", "");
	import_free(&result);
	free(im->reject_columns);
	return status;
}

static int import_file(struct desk *d, const struct import_verb *o, struct rows *report, const char *name,
		       struct error *e)
{
	struct importing im = { .d = d, .o = o, .name = strcmp(name, "-") ? name : "standard input",
				.report = report };
	struct import_options options = {
		.map = o->map.item, .maps = o->map.count, .set = o->set.item, .sets = o->set.count,
		.intake = { .encoding = (enum intake_encoding)o->encoding,
			   .delimiter = o->delimiter ? (strcmp(o->delimiter, "\\t") ? *o->delimiter : '\t') : 0 },
		.order = (enum when_order)o->dates, .named = !o->no_header, .rest = o->rest, .dry = o->dry,
		.threads = (int)o->threads, .reject = reject, .begin = begin, .progress = step, .context = &im,
	};
	FILE *in;
	int status = input_stream(name, &in, e);

	if (!status) {
		status = import_stream(&im, in, &options, e);
		input_close(in);
	}
	return status && e->text[0] ? error_within(e, im.name) : status;
}

static int import_files(struct desk *d, const struct import_verb *o, const struct option_parsed *parsed,
			struct rows *report, struct error *e)
{
	static char standard_input[] = "-";
	int worst = STATUS_DONE, status = STATUS_DONE;

	for (int i = 0; i < parsed->operands || (i == 0 && !parsed->operands); i++) {
		status = import_file(d, o, report, parsed->operands ? parsed->operand[i] : standard_input, e);
		if (status == STATUS_SYSTEM || status == STATUS_USAGE || status == STATUS_REFUSED)
			return status;
		if (status)
			desk_say_error(e);
		worst = error_worse(worst, status);
	}
	return worst ? error_set(e, worst, "%s", "") : STATUS_DONE;
}

static int run(void *context, void *options, const struct option_parsed *parsed, struct error *e)
{
	static const struct rows_column columns[] = {
		{ "field", COLUMN_TEXT }, { "typed", COLUMN_TEXT }, { "meant", COLUMN_TEXT }, { "how", COLUMN_TEXT },
		{ "count", COLUMN_NUMBER },
	};
	const struct import_verb *o = options;
	struct buf question = { 0 };
	struct rows *report = NULL;
	struct guard_mark mark;
	struct desk d;
	int status;

	(void)context;
	if (o->delimiter && strlen(o->delimiter) != 1 && strcmp(o->delimiter, "\\t"))
		return error_set(e, STATUS_USAGE, "--delimiter: one character, or \\t");
	if (o->rejects && parsed->operands > 1)
		return error_set(e, STATUS_USAGE, "--rejects goes with one file");
	status = desk_open(&d, &o->common, e);
	if (status)
		return status;
	status = find_text((const char *const *)parsed->operand, (size_t)parsed->operands, &question, e);
	if (!status)
		status = guard_begin(&d.guard, RIGHTS_ADD, o->dry ? "import (dry run)" : "import",
				     parsed->operands ? (const char *)question.data : "(standard input)", NULL, &mark, e);
	if (!status) {
		uint64_t before = d.book.cover.lines;

		if (!o->quiet)
			status = desk_rows(&report, &o->common, columns, sizeof columns / sizeof *columns, NULL, e);
		if (!status)
			status = import_files(&d, o, parsed, report, e);
		status = rows_finish(report, status, e);
		status = guard_end(&d.guard, &mark, (int64_t)(d.book.cover.lines - before), status, e);
	}
	buf_free(&question);
	desk_close(&d);
	return status;
}

static const struct import_verb defaults = { .threads = 0 };

const struct verb verb_import = { "import", "[FILE...]", "bring in tables from elsewhere", table,
				  sizeof(struct import_verb), &defaults, 0, -1, run };
