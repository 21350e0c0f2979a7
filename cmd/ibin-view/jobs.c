/* jobs.c - the pairs that rows of ibin-match, or two ids, ask for */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "view.h"

/* The one signature that has an id. */
static int look_up(const struct run *run, const char *id, int mark, bool probe, struct side *out, struct error *e)
{
	const struct gallery_entry *entry = NULL;
	const struct shelf *in = &run->stock;
	size_t others = 0;

	if (probe && run->probes.gallery.count && (entry = gallery_find(&run->probes.gallery, id, mark, &others)))
		in = &run->probes;
	if (!entry)
		entry = gallery_find(&run->stock.gallery, id, mark, &others);
	if (!entry)
		return error_set(e, STATUS_INPUT, "%s: no %s%ssignature has this id%s", id,
				 mark < 0 ? "" : mark_name((enum mark)mark), mark < 0 ? "" : " ",
				 probe && !run->options.probes ? " (see --probes)" : "");
	if (others)
		return error_set(e, STATUS_INPUT, "%s: %zu signatures have this id; which is meant cannot be told", id,
				 others + 1);
	*out = (struct side){ entry, 1, &in->exhibits, 0 };
	return STATUS_DONE;
}

static int by_name(const void *key, const void *exhibit)
{
	return strcmp(key, ((const struct exhibit *)exhibit)->name);
}

const struct exhibit *find_exhibit(const struct exhibits *x, const char *name)
{
	return x->count ? bsearch(name, x->exhibit, x->count, sizeof *x->exhibit, by_name) : NULL;
}

/* The signatures of an exhibit, of all marks. */
static int look_up_exhibit(const struct run *run, const char *name, bool probe, struct side *out, struct error *e)
{
	const struct shelf *in = probe && run->probes.gallery.count ? &run->probes : &run->stock;
	const struct exhibit *own = find_exhibit(&in->exhibits, name);

	if (!own && in != &run->stock) {
		in = &run->stock;
		own = find_exhibit(&in->exhibits, name);
	}
	if (!own)
		return error_set(e, STATUS_INPUT, "%s: no signature is of this exhibit", name);
	if (own->refused)
		return error_set(e, STATUS_INPUT, "%s: its lands contradict each other", name);
	*out = (struct side){ &in->sorted.entry[own->first], own->count, &in->exhibits,
			      (size_t)(own - in->exhibits.exhibit) };
	return STATUS_DONE;
}

/* Those of one mark. */
static struct side of_mark(const struct side *all, enum mark mark)
{
	const struct exhibit *own = &all->exhibits->exhibit[all->exhibit];
	struct side s = *all;

	for (int m = 0; m < (int)mark; m++)
		s.first += own->of[m];
	s.count = own->of[mark];
	return s;
}

/* A row of exhibits asks for a picture of each mark that both have. */
static int queue_exhibits(struct run *run, const struct found *f, struct error *e)
{
	struct side all[PAIR_MARKS];

	run->queued = run->taken = 0;
	if (!run->queue && !(run->queue = mem_new(MARKS, sizeof *run->queue, e)))
		return STATUS_SYSTEM;
	if (look_up_exhibit(run, f->probe, true, &all[PAIR_PROBE], e) ||
	    look_up_exhibit(run, f->candidate, false, &all[PAIR_CANDIDATE], e))
		return STATUS_INPUT;
	for (int m = 0; m < MARKS; m++) {
		struct job *job = &run->queue[run->queued];

		*job = (struct job){ .found = *f, .mark = (enum mark)m };
		job->found.has_score = false;   /* of all marks together */
		for (int i = 0; i < PAIR_MARKS; i++)
			job->side[i] = of_mark(&all[i], (enum mark)m);
		if (!job->side[PAIR_PROBE].count || !job->side[PAIR_CANDIDATE].count)
			continue;
		job->bullets = m == MARK_LAND;
		for (int i = 0; i < PAIR_MARKS; i++)
			job->bullets &= all[i].exhibits->exhibit[all[i].exhibit].numbered;
		run->queued++;
	}
	if (!run->queued)
		return error_set(e, STATUS_INPUT, "%s and %s have no mark in common", f->probe, f->candidate);
	return STATUS_DONE;
}

static int queue_signatures(struct run *run, const struct found *f, struct error *e)
{
	struct job *job;

	run->queued = run->taken = 0;
	if (!run->queue && !(run->queue = mem_new(MARKS, sizeof *run->queue, e)))
		return STATUS_SYSTEM;
	job = run->queue;
	*job = (struct job){ .found = *f };
	if (look_up(run, f->probe, f->mark, true, &job->side[PAIR_PROBE], e))
		return STATUS_INPUT;
	job->mark = job->side[PAIR_PROBE].first->head.mark;
	if (look_up(run, f->candidate, (int)job->mark, false, &job->side[PAIR_CANDIDATE], e))
		return STATUS_INPUT;
	run->queued = 1;
	return STATUS_DONE;
}

/* Two names on the command line are ids or, where they are none, exhibits. */
static bool are_ids(const struct run *run, const struct found *f)
{
	size_t others;

	return gallery_find(&run->probes.gallery, f->probe, -1, &others) ||
	       gallery_find(&run->stock.gallery, f->probe, -1, &others) || !find_exhibit(&run->stock.exhibits, f->candidate);
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
		f->exhibits = !are_ids(run, f);
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
	if (!option_given(run->table, &run->parsed, "number")) {
		error_set(&e, STATUS_INPUT, "only the first %zu pairs were drawn (see --number)", run->asked);
		complain(run, &e);
	}
	return true;
}

void *next_job(void *context)
{
	struct run *run = context;
	struct found f;
	struct error e;

	while (run->taken < run->queued || !next_found(run, &f, &e)) {
		struct job *job;

		if (enough(run))
			break;
		if (run->taken == run->queued &&
		    (f.exhibits ? queue_exhibits : queue_signatures)(run, &f, &e)) {
			run->queued = run->taken = 0;
			complain(run, &e);
			continue;
		}
		job = mem_new(1, sizeof *job, &e);
		if (!job) {
			complain(run, &e);
			break;
		}
		*job = run->queue[run->taken++];
		job->number = ++run->asked;
		job->with_probe = run->options.examiner && job->side[PAIR_PROBE].first != run->last;
		run->last = job->side[PAIR_PROBE].first;
		return job;
	}
	run->no_more = true;
	run->queued = run->taken = 0;
	return NULL;
}

void job_free(struct job *job)
{
	free(job->picture.rgb);
	free(job->small.rgb);
	free(job->alone.rgb);
	buf_free(&job->file_bytes);
	buf_free(&job->screen);
	buf_free(&job->shown.picture.jpeg);
	buf_free(&job->shown.small.jpeg);
	buf_free(&job->shown.alone.jpeg);
	free(job);
}
