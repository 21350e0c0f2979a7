/* pages.c - the files that ibin-view writes: pictures, the index, and examiners' pages */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "file/outdir.h"
#include "view.h"

/* What of an id can stand in a file's name anywhere. */
void name_part(const char *id, char out[NAME_PART + 1])
{
	int n = 0;

	for (; *id && n < NAME_PART; id++)
		out[n++] = strchr("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-", *id) ? *id : '_';
	out[n] = 0;
}

int write_file(const struct run *run, const char *name, const struct buf *bytes, struct error *e)
{
	return outdir_write(run->options.folder, name, bytes->data, bytes->size, e);
}

int keep(struct run *run, struct job *job, struct error *e)
{
	struct job **grown = mem_grow(run->shown, run->drawn + 1, sizeof *grown, e);
	const struct figures *f = &job->figures;
	struct lineup_pair *p = &job->shown;

	if (!grown)
		return STATUS_SYSTEM;
	run->shown = grown;
	run->shown[run->drawn++] = job;
	buf_free(&job->file_bytes);
	buf_free(&job->screen);
	p->kind = job->kind;
	p->probe = job->found.probe;
	p->candidate = job->found.candidate;
	p->mark = job->bullets ? "bullet" : mark_name(job->mark);
	if (job->found.rank)
		snprintf(job->rank, sizeof job->rank, "%lld", (long long)job->found.rank);
	snprintf(job->score, sizeof job->score, "%.2f", f->score);
	if (!isnan(f->lr))
		snprintf(job->lr_text, sizeof job->lr_text, "%.*f", f->lr < 10 ? 4 : 0, f->lr);
	p->rank = job->rank;
	p->score = job->score;
	p->lr = job->lr_text;
	p->agreement = job->agreement;
	p->pose = job->pose;
	p->words = job->words;
	p->file = job->file;
	for (int i = 0; i < LINES; i++)
		p->line[i] = *job->line[i] ? job->line[i] : NULL;
	return STATUS_DONE;
}

/* Whether two jobs are for one examiner's page. */
static bool same_probe(const struct job *a, const struct job *b)
{
	return a->found.exhibits == b->found.exhibits && !strcmp(a->found.probe, b->found.probe) &&
	       (a->found.exhibits || a->mark == b->mark);
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
			if (left[k] && same_probe(left[k], first)) {
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
int write_pages(const struct run *run, struct error *e)
{
	const struct lineup_pair **pair = mem_new(run->drawn, sizeof *pair, e);
	char made[80], at[CLOCK_TEXT];
	struct lineup l = { .pair = pair, .pairs = run->drawn, .made = made };
	struct buf page = { 0 };
	int64_t now;
	int status = pair ? clock_now(&now, e) : STATUS_SYSTEM;

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
