/* exhibit_rank.c - an exhibit against a gallery of exhibits: all marks together */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "match/exhibit_rank.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "match/bullet_rank.h"
#include "match/evidence.h"
#include "match/fuse.h"
#include "match/land_score.h"

/* What is known of one candidate, as its comparisons come in. */
struct tally {
	unsigned seen;          /* bit n: mark n was compared one by one */
	float odds[MARKS];      /* of the best comparison; NaN where there is no reference */
	uint8_t view[MARKS];    /* and how it was seen */
	struct bullet_sum bullet;
};

struct place {
	size_t exhibit;
	struct exhibit_row row;
	double odds;
};

struct exhibit_ranker {
	const struct exhibits *gallery, *probes;
	struct rank_options options;
	struct ranker *ranker;            /* one signature against the others */
	struct bullet_ranker *bullets;
	bool loose;                       /* the gallery has lands without numbers */
	struct tally *tally;              /* one an exhibit of the gallery */
	struct place *place;
	/* of the probe at hand */
	const struct exhibit_calls *calls;
	void *context;
};

static bool loose_lands(const struct exhibit *x)
{
	return x->of[MARK_LAND] && !x->numbered && !x->refused;
}

struct exhibit_ranker *exhibit_ranker_new(struct gallery *g, const struct exhibits *gallery,
					  const struct exhibits *probes, const struct rank_options *options,
					  struct error *e)
{
	/* what is asked of candidates is asked of exhibits, when all that is known of them is there */
	const struct rank_options one = { 0, options->verified, 0, 0, options->threads };
	struct exhibit_ranker *r = mem_new(1, sizeof *r, e);

	if (!r)
		return NULL;
	r->gallery = gallery;
	r->probes = probes ? probes : gallery;
	r->options = *options;
	for (size_t i = 0; i < gallery->count; i++)
		r->loose |= loose_lands(&gallery->exhibit[i]);
	r->tally = mem_new(gallery->count, sizeof *r->tally, e);
	r->place = mem_new(gallery->count, sizeof *r->place, e);
	if (r->tally && r->place)
		r->ranker = ranker_new(g, probes ? probes->g : NULL, &one, e);
	if (r->ranker)
		r->bullets = bullet_ranker_new(gallery, r->probes, options->threads, e);
	if (!r->bullets) {
		exhibit_ranker_free(r);
		return NULL;
	}
	return r;
}

void exhibit_ranker_free(struct exhibit_ranker *r)
{
	if (!r)
		return;
	bullet_ranker_free(r->bullets);
	ranker_free(r->ranker);
	free(r->tally);
	free(r->place);
	free(r);
}

/* Are the lands of this probe to be compared one by one? */
static bool one_by_one(const struct exhibit_ranker *r, const struct gallery_entry *entry, const struct exhibit *own)
{
	return entry->head.mark != MARK_LAND || !own->numbered || r->loose;
}

static size_t first_entry(const struct exhibit_ranker *r, size_t first)
{
	return first < r->gallery->count ? r->gallery->exhibit[first].first : r->gallery->g->count;
}

int64_t exhibit_ranker_steps(const struct exhibit_ranker *r, size_t i, size_t first)
{
	const struct exhibit *own = &r->probes->exhibit[i];
	size_t entries = r->gallery->g->count - first_entry(r, first), n = 0;

	if (own->refused)
		return 0;
	for (size_t k = own->first; k < own->first + own->count; k++)
		n += one_by_one(r, &r->probes->g->entry[k], own) ? entries : 0;
	if (own->numbered && first < r->gallery->count)
		n += r->gallery->count - first;
	return (int64_t)n;
}

/* One signature of the probe with one of a candidate. */
static int take_row(void *context, const struct rank_row *row, struct error *e)
{
	struct exhibit_ranker *r = context;
	size_t exhibit = r->gallery->of[row->candidate - r->gallery->g->entry];
	struct tally *t = &r->tally[exhibit];
	enum mark mark = row->candidate->head.mark;
	int view = compare_view(&row->probe->head, &row->candidate->head);
	double odds = mark == MARK_LAND ? row->land->odds :
		      evidence_odds((enum view)view, mark, row->comparison.score);
	bool first = !(t->seen & 1u << mark);

	(void)e;
	if (r->gallery->exhibit[exhibit].refused)
		return STATUS_DONE;
	t->seen |= 1u << mark;
	if (first || isnan(t->odds[mark]) || odds > t->odds[mark]) {
		t->odds[mark] = (float)odds;
		t->view[mark] = (uint8_t)view;
	}
	return STATUS_DONE;
}

static void take_step(void *context, int64_t more)
{
	struct exhibit_ranker *r = context;

	if (r->calls->step)
		r->calls->step(r->context, more);
}

static void take_bad(void *context, const struct error *e)
{
	struct exhibit_ranker *r = context;

	r->calls->bad(r->context, e);
}

static int take_bullet(void *context, size_t exhibit, const struct bullet_sum *sum)
{
	struct exhibit_ranker *r = context;

	r->tally[exhibit].bullet = *sum;
	take_step(r, 1);
	return STATUS_DONE;
}

static int compare_all(struct exhibit_ranker *r, size_t i, size_t first, struct error *e)
{
	static const struct rank_calls calls = { take_row, take_step, take_bad };
	static const struct bullet_calls bullets = { take_bullet, take_bad };
	const struct exhibit *own = &r->probes->exhibit[i];
	int status = STATUS_DONE;

	for (size_t k = own->first; !status && k < own->first + own->count; k++) {
		const struct gallery_entry *entry = &r->probes->g->entry[k];

		if (!one_by_one(r, entry, own))
			continue;
		status = ranker_probe(r->ranker, entry, first_entry(r, first), &calls, r, e);
		if (status == STATUS_INPUT) {   /* this signature makes no sense; the others may */
			r->calls->bad(r->context, e);
			status = STATUS_DONE;
		}
	}
	if (!status && own->numbered)
		status = bullet_ranker_probe(r->bullets, i, first, &bullets, r, e);
	return status;
}

/* How many pairs of signatures of a mark there were to choose the best from. */
static double tries(const struct exhibit *a, const struct exhibit *b, enum mark mark)
{
	return (double)a->of[mark] * (double)b->of[mark];
}

static void bounds(enum mark mark, enum view v, struct fuse_mark *out)
{
	out->least = LAND_LR_LEAST;
	out->most = LAND_LR_MOST;
	if (mark != MARK_LAND)
		evidence_bounds(v, mark, &out->least, &out->most);
}

/* The row of a candidate; false where nothing was compared. */
static bool join(const struct exhibit_ranker *r, const struct exhibit *probe, size_t exhibit, struct place *out)
{
	const struct tally *t = &r->tally[exhibit];
	const struct exhibit *candidate = &r->gallery->exhibit[exhibit];
	struct fuse_mark mark[MARKS + 1] = { 0 };
	struct fused rest, all;
	double others, bullet = 0;
	int n = 0;

	*out = (struct place){ .exhibit = exhibit, .row = { .probe = probe, .candidate = candidate } };
	for (int m = 0; m < MARKS; m++) {
		if (!(t->seen & 1u << m) || (m == MARK_LAND && t->bullet.compared))
			continue;
		out->row.marks |= 1u << m;
		mark[n].odds = t->odds[m];
		mark[n].tried = tries(probe, candidate, (enum mark)m);
		bounds((enum mark)m, (enum view)t->view[m], &mark[n++]);
	}
	fuse_marks(mark, n, &rest);
	others = land_score_of(rest.odds);
	if (t->bullet.compared) {
		out->row.marks |= 1u << MARK_LAND;
		out->row.phased = t->bullet.lands > 0;
		out->row.phase = t->bullet.phase;
		out->row.lands = t->bullet.lands;
		out->row.backwards = t->bullet.backwards;
		out->row.margin = t->bullet.margin;
		bullet = t->bullet.score;
		mark[n++] = (struct fuse_mark){ t->bullet.odds, t->bullet.tried, BULLET_LR_LEAST, BULLET_LR_MOST };
	}
	fuse_marks(mark, n, &all);
	out->row.score = (others + bullet + fmax(others, bullet)) / 2;
	out->row.lr = all.lr;
	out->odds = all.odds;
	return n > 0;
}

static int by_score(const void *a, const void *b)
{
	const struct place *x = a, *y = b;

	if (x->row.score != y->row.score)
		return x->row.score < y->row.score ? 1 : -1;
	if (x->odds != y->odds)
		return x->odds < y->odds ? 1 : -1;
	return (x->exhibit > y->exhibit) - (x->exhibit < y->exhibit);
}

static int hand_out(struct exhibit_ranker *r, size_t places, struct error *e)
{
	const struct rank_options *o = &r->options;
	int64_t rank = 0;
	int status = STATUS_DONE;

	qsort(r->place, places, sizeof *r->place, by_score);
	for (size_t i = 0; !status && i < places; i++) {
		struct exhibit_row *row = &r->place[i].row;

		/* so written, a likelihood ratio that there is none of is too low */
		if (row->score < o->min_score || (o->min_lr > 0 && !(row->lr >= o->min_lr)))
			continue;
		if (o->most && rank == o->most)
			break;
		row->rank = ++rank;
		status = r->calls->row(r->context, row, e);
	}
	return status;
}

int exhibit_ranker_probe(struct exhibit_ranker *r, size_t i, size_t first, const struct exhibit_calls *calls,
			 void *context, struct error *e)
{
	const struct exhibit *own = &r->probes->exhibit[i];
	size_t places = 0;
	int status;

	if (own->refused)
		return STATUS_DONE;
	r->calls = calls;
	r->context = context;
	if (r->gallery->count)
		memset(r->tally, 0, r->gallery->count * sizeof *r->tally);
	status = compare_all(r, i, first, e);
	for (size_t k = first; !status && k < r->gallery->count; k++)
		if (!r->gallery->exhibit[k].refused && !exhibit_same(r->probes, i, r->gallery, k))
			places += join(r, own, k, &r->place[places]);
	return status ? status : hand_out(r, places, e);
}
