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

/* What may become a candidate, by one kind of mark. */
struct likely {
	size_t exhibit;
	double value;           /* of the best of its signatures */
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
	uint8_t *chosen, *only;           /* one an exhibit, one a signature: to be compared; NULL: all are */
	double *value;                    /* one an exhibit: of the mark at hand; -INFINITY: none yet */
	struct likely *likely;
	size_t likelies;
	/* of the probe at hand */
	size_t bullets_told;
	const struct exhibit_calls *calls;
	void *context;
};

static bool loose_lands(const struct exhibit *x)
{
	return x->of[MARK_LAND] && !x->numbered && !x->refused;
}

/* Room for choosing, where there is something to be chosen. */
static int make_choice(struct exhibit_ranker *r, struct error *e)
{
	size_t count = r->gallery->count;

	if (r->options.verified == 0 || count <= (size_t)r->options.verified)
		return STATUS_DONE;
	r->chosen = mem_new(count, 1, e);
	r->only = mem_new(r->gallery->stock->count, 1, e);
	r->value = mem_new(count, sizeof *r->value, e);
	r->likely = mem_new(count, sizeof *r->likely, e);
	return r->chosen && r->only && r->value && r->likely ? STATUS_DONE : STATUS_SYSTEM;
}

struct exhibit_ranker *exhibit_ranker_new(const struct exhibits *gallery, const struct exhibits *probes,
					  const struct rank_options *options, struct error *e)
{
	/* what is asked of candidates is asked of exhibits, when all that is known of them is there */
	struct rank_options one = { 0, 0, 0, 0, options->threads };
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
	if (r->tally && r->place && !make_choice(r, e)) {
		one.verified = r->chosen ? options->verified : 0;
		r->ranker = ranker_new_stock(gallery->stock, probes ? probes->stock->g : NULL, &one, e);
	}
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
	free(r->chosen);
	free(r->only);
	free(r->value);
	free(r->likely);
	free(r);
}

/* Are the lands of this probe to be compared one by one? */
static bool one_by_one(const struct exhibit_ranker *r, size_t n, const struct exhibit *own)
{
	struct catalog_item item;

	stock_item(r->probes->stock, n, &item);
	return item.mark != MARK_LAND || !own->numbered || r->loose;
}

static size_t first_entry(const struct exhibit_ranker *r, size_t first)
{
	return first < r->gallery->count ? r->gallery->exhibit[first].first : r->gallery->stock->ordered;
}

int64_t exhibit_ranker_steps(const struct exhibit_ranker *r, size_t i, size_t first)
{
	const struct exhibit *own = &r->probes->exhibit[i];
	size_t entries = r->gallery->stock->ordered - first_entry(r, first), n = 0;

	if (own->refused)
		return 0;
	for (size_t k = own->first; k < own->first + own->count; k++)
		n += one_by_one(r, r->probes->stock->order[k], own) ? entries : 0;
	if (own->numbered && first < r->gallery->count)
		n += r->gallery->count - first;
	return (int64_t)n;
}

/* One signature of the probe with one of a candidate. */
static int take_row(void *context, const struct rank_row *row, struct error *e)
{
	struct exhibit_ranker *r = context;
	size_t exhibit = r->gallery->of[row->number];
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
	r->bullets_told++;
	take_step(r, 1);
	return STATUS_DONE;
}

static void take_likely(void *context, size_t number, double value)
{
	struct exhibit_ranker *r = context;
	size_t exhibit = r->gallery->of[number];
	bool known = r->value[exhibit] > -INFINITY;

	if (r->gallery->exhibit[exhibit].refused)
		return;
	if (!known)
		r->likely[r->likelies++].exhibit = exhibit;
	/* one of no value is still one */
	value = fmax(value, -1e30);
	if (!known || value > r->value[exhibit])
		r->value[exhibit] = value;
}

static int by_value(const void *a, const void *b)
{
	const struct likely *x = a, *y = b;

	if (x->value != y->value)
		return x->value < y->value ? 1 : -1;
	return (x->exhibit > y->exhibit) - (x->exhibit < y->exhibit);
}

/* The `most` exhibits that one kind of mark likes best are chosen; r->value is as it was before. */
static void choose_likely(struct exhibit_ranker *r, size_t most)
{
	for (size_t k = 0; k < r->likelies; k++) {
		r->likely[k].value = r->value[r->likely[k].exhibit];
		r->value[r->likely[k].exhibit] = -INFINITY;
	}
	if (r->likelies > most)
		qsort(r->likely, r->likelies, sizeof *r->likely, by_value);
	for (size_t k = 0; k < r->likelies && k < most; k++)
		r->chosen[r->likely[k].exhibit] = 1;
	r->likelies = 0;
}

/* Signature k of the probes' order does something with the gallery; what is behind an index is loaded. */
static int with_probe(struct exhibit_ranker *r, size_t k, size_t first,
		      int (*act)(struct exhibit_ranker *r, const struct gallery_entry *probe, size_t first,
				 struct error *e), struct error *e)
{
	const struct stock *s = r->probes->stock;
	struct gallery_entry loaded = { .body = { NULL, 0, 0 } };
	const struct gallery_entry *entry = stock_entry(s, s->order[k]);
	int status = STATUS_DONE;

	if (!entry) {
		status = stock_load(s, s->order[k], &loaded, e);
		if (status)
			stock_within(s, s->order[k], e);
	}
	if (!status)
		status = act(r, entry ? entry : &loaded, first_entry(r, first), e);
	gallery_entry_free(&loaded);
	return status;
}

static int search_one(struct exhibit_ranker *r, const struct gallery_entry *probe, size_t first, struct error *e)
{
	return ranker_choose(r->ranker, probe, first, take_likely, r, e);
}

static int compare_one(struct exhibit_ranker *r, const struct gallery_entry *probe, size_t first, struct error *e)
{
	static const struct rank_calls calls = { take_row, take_step, take_bad };

	return ranker_probe(r->ranker, probe, first, &calls, r, e);
}

static int choose_by_bullets(struct exhibit_ranker *r, size_t i, size_t first, struct error *e)
{
	int status = bullet_ranker_choose(r->bullets, i, first, r->value, e);

	for (size_t k = first; !status && k < r->gallery->count; k++)
		if (r->value[k] > -INFINITY)
			r->likely[r->likelies++].exhibit = k;
	return status;
}

/* Which exhibits are compared with exhibit i of the probes: once they are, all their marks are. */
static int choose(struct exhibit_ranker *r, size_t i, size_t first, struct error *e)
{
	const struct exhibit *own = &r->probes->exhibit[i];
	const struct stock *s = r->probes->stock;
	size_t verified = (size_t)r->options.verified, k = own->first;
	int status = STATUS_DONE;

	ranker_limit(r->ranker, NULL);
	memset(r->chosen, 0, r->gallery->count);
	for (size_t n = 0; n < r->gallery->count; n++)
		r->value[n] = -INFINITY;
	while (!status && k < own->first + own->count) {   /* they are in order by mark */
		struct catalog_item item;
		size_t end = k;

		stock_item(s, s->order[k], &item);
		for (; !status && end < k + (size_t)own->of[item.mark]; end++) {
			if (one_by_one(r, s->order[end], own))
				status = with_probe(r, end, first, search_one, e);
			/* what makes no sense is said when it is compared */
			status = status == STATUS_INPUT ? STATUS_DONE : status;
		}
		choose_likely(r, verified * (mark_striated(item.mark) ? RANK_LANDS : 1));
		k = end;
	}
	if (!status && own->numbered)
		status = choose_by_bullets(r, i, first, e);
	choose_likely(r, verified);
	for (size_t n = 0; n < r->gallery->stock->count; n++)
		r->only[n] = r->gallery->of[n] != EXHIBIT_NONE && r->chosen[r->gallery->of[n]];
	ranker_limit(r->ranker, r->only);
	bullet_ranker_limit(r->bullets, r->chosen);
	return status;
}

static int compare_all(struct exhibit_ranker *r, size_t i, size_t first, struct error *e)
{
	static const struct bullet_calls bullets = { take_bullet, take_bad };
	const struct exhibit *own = &r->probes->exhibit[i];
	int status = r->chosen ? choose(r, i, first, e) : STATUS_DONE;

	for (size_t k = own->first; !status && k < own->first + own->count; k++) {
		if (!one_by_one(r, r->probes->stock->order[k], own))
			continue;
		status = with_probe(r, k, first, compare_one, e);
		if (status == STATUS_INPUT) {   /* this signature makes no sense; the others may */
			r->calls->bad(r->context, e);
			status = STATUS_DONE;
		}
	}
	r->bullets_told = 0;
	if (!status && own->numbered)
		status = bullet_ranker_probe(r->bullets, i, first, &bullets, r, e);
	if (!status && own->numbered && first < r->gallery->count)
		take_step(r, (int64_t)(r->gallery->count - first - r->bullets_told));
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
