/* rank.c - a probe against a gallery: the candidates in order */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "match/rank.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/batch.h"
#include "base/mem.h"
#include "match/evidence.h"
#include "match/narrow.h"

/* Signatures made ready are kept for the next probe while they cost no more than this; an impression
 * takes about 0.7 MB, a land a sixteenth of that. */
#define READY_MOST (128 * IMPRESSION_COST)
#define IMPRESSION_COST 16
#define LAND_COST 1
/* Room to compare in, one a thread. */
struct room {
	struct compare_room *impressions;
	struct land_bench *lands;         /* NULL where there are none */
};

struct candidate {
	size_t entry;
	enum view view;
	struct gallery_entry own;         /* of one behind an index: what was loaded */
	struct comparison comparison;
	struct land_fit land;
	double lr;
	struct error *trouble;            /* why it could not be compared; NULL when it was */
	int left_out;
};

struct ranker {
	struct stock stock;               /* what it points to is the caller's */
	struct rank_options options;
	struct land_matcher *matcher;     /* NULL where there are no lands */
	struct narrow *narrow;
	struct ready **ready;             /* one per signature of the stock; NULL: not kept */
	int kept;                         /* what those cost */
	uint8_t *bad;                     /* one per entry: 1 when it is left out */
	const uint8_t *only;              /* one per entry: 1 when it is compared (ranker_limit); NULL: all */
	pthread_mutex_t lock;             /* kept, rooms */
	struct room *room;                /* free ones */
	size_t rooms, rooms_room;
	/* of the probe at hand */
	struct ready *probe;
	struct search_probe search[VIEWS];
	int wanted[VIEWS], prepared[VIEWS];
	struct listed *listed;
	size_t listings, listed_room;
	struct candidate *candidate;
	size_t candidates, candidates_room, next;
	struct error failure;             /* what ended the run */
	const struct rank_calls *calls;
	void *context;
};

struct ranker *ranker_new(struct gallery *g, const struct gallery *probes, const struct rank_options *options,
			  struct error *e)
{
	const struct stock stock = { .g = g, .count = g->count, .ordered = g->count };

	return ranker_new_stock(&stock, probes, options, e);
}

struct ranker *ranker_new_stock(const struct stock *stock, const struct gallery *probes,
				const struct rank_options *options, struct error *e)
{
	struct ranker *r = mem_new(1, sizeof *r, e);

	if (!r)
		return NULL;
	r->stock = *stock;
	r->options = *options;
	r->ready = mem_new(stock->count, sizeof *r->ready, e);
	r->bad = mem_new(stock->count, sizeof *r->bad, e);
	pthread_mutex_init(&r->lock, NULL);
	if (!r->ready || !r->bad || ready_matcher_for(stock_longest_profile(stock), probes, &r->matcher, e))
		goto fail;
	if (!(r->narrow = narrow_new(&r->stock, options->threads, r->matcher != NULL, e)))
		goto fail;
	return r;
fail:
	ranker_free(r);
	return NULL;
}

int ranker_found_bad(const struct ranker *r, size_t n)
{
	return r->bad[n];
}

static void room_free(struct room *room)
{
	compare_room_free(room->impressions);
	land_bench_free(room->lands);
}

void ranker_free(struct ranker *r)
{
	if (!r)
		return;
	for (size_t i = 0; r->ready && i < r->stock.count; i++)
		ready_free(r->ready[i]);
	for (size_t i = 0; i < r->rooms; i++)
		room_free(&r->room[i]);
	land_matcher_free(r->matcher);
	narrow_free(r->narrow);
	free(r->room);
	free(r->bad);
	free(r->ready);
	free(r->listed);
	free(r->candidate);
	pthread_mutex_destroy(&r->lock);
	free(r);
}

static int prepare_probe(struct ranker *r, enum view v, struct error *e)
{
	int status;

	if (!r->wanted[v] || r->prepared[v])
		return STATUS_DONE;
	status = ready_layer(r->probe, compare_layer(v), e);
	if (!status)
		status = search_prepare_sweep(&r->probe->side[compare_layer(v)].rough, &compare_params(v)->search,
					      &r->search[v], e);
	r->prepared[v] = !status;
	return status;
}

static void count_steps(struct ranker *r, size_t more)
{
	if (r->calls->step && more)
		r->calls->step(r->context, (int64_t)more);
}

/* How the probe and one behind an index can be seen together; both passed ready_check. */
static int view_of(const struct signature *probe, const struct catalog_item *item)
{
	int16_t there = 0;
	struct signature s = { .mark = item->mark, .width = item->width, .step_um = probe->step_um };

	for (int l = 0; l < LAYERS; l++)
		s.layer[l] = item->layers & 1u << l ? &there : NULL;
	return compare_view(probe, &s);
}

/* Is n the probe itself? Most differ in the sum of their content; for those that do not, it is looked at. What
 * turns out to be changed then is not the probe, and is said to be changed when it is compared. */
static int is_probe(const struct ranker *r, size_t n, const struct catalog_item *item,
		    const struct gallery_entry *probe, int *same, struct error *e)
{
	const struct gallery_entry *entry = stock_entry(&r->stock, n);
	struct gallery_entry loaded;
	int status;

	*same = entry && gallery_same(probe, entry);
	if (entry || item->sum != probe->head.sum || item->mark != probe->head.mark || item->size != probe->body.size)
		return STATUS_DONE;
	status = stock_load(&r->stock, n, &loaded, e);
	if (status)
		return status == STATUS_INPUT ? STATUS_DONE : status;
	*same = gallery_same(probe, &loaded);
	gallery_entry_free(&loaded);
	return STATUS_DONE;
}

static int add_listed(struct ranker *r, size_t n, enum view v, struct error *e)
{
	if (r->listings == r->listed_room) {
		size_t room = 2 * r->listed_room + 256;
		struct listed *grown = mem_grow(r->listed, room, sizeof *grown, e);

		if (!grown)
			return STATUS_SYSTEM;
		r->listed = grown;
		r->listed_room = room;
	}
	r->listed[r->listings++] = (struct listed){ .entry = (uint32_t)n, .view = (uint8_t)v };
	return STATUS_DONE;
}

static int list_candidates(struct ranker *r, const struct gallery_entry *probe, size_t first, struct error *e)
{
	const struct stock *s = &r->stock;

	r->listings = 0;
	for (size_t n = s->place || s->fresh ? 0 : first; n < s->count; n++) {
		const struct gallery_entry *entry;
		struct catalog_item item;
		int v, same;

		if (r->bad[n] || (s->hidden && s->hidden[n]) || (r->only && !r->only[n]))
			continue;
		/* old ones are nobody's probe: they are a candidate of every new one */
		if ((s->place ? s->place[n] : n) < first && (!s->fresh || s->fresh[n]))
			continue;
		stock_item(s, n, &item);
		entry = stock_entry(s, n);
		v = entry ? compare_view(&probe->head, &entry->head) : view_of(&probe->head, &item);
		if (v < 0)
			continue;
		if (is_probe(r, n, &item, probe, &same, e))
			return STATUS_SYSTEM;
		if (same)
			continue;
		if (v != VIEW_LANDS)
			r->wanted[v] = 1;
		if (add_listed(r, n, (enum view)v, e))
			return STATUS_SYSTEM;
	}
	if (!s->fresh && first < s->ordered && s->ordered - first > r->listings)
		count_steps(r, s->ordered - first - r->listings);
	return STATUS_DONE;
}

/* Keeps the candidates that the search likes best; with `always` it is asked even where all can be kept. */
static int narrow(struct ranker *r, bool always, struct error *e)
{
	size_t listings = r->listings, most = (size_t)r->options.verified * (r->probe->key ? RANK_LANDS : 1);
	int status;

	if (most == 0 || listings == 0 || (listings <= most && !always))
		return STATUS_DONE;
	status = narrow_list(r->narrow, &r->probe->signature, r->listed, &r->listings, most, e);
	if (!status)
		count_steps(r, listings - r->listings);
	return status;
}

/* What is listed become candidates. */
static int make_candidates(struct ranker *r, struct error *e)
{
	if (r->listings > r->candidates_room) {
		struct candidate *grown = mem_grow(r->candidate, r->listings, sizeof *grown, e);

		if (!grown)
			return STATUS_SYSTEM;
		r->candidate = grown;
		r->candidates_room = r->listings;
	}
	for (size_t i = 0; i < r->listings; i++)
		r->candidate[i] = (struct candidate){ .entry = r->listed[i].entry, .view = (enum view)r->listed[i].view };
	r->candidates = r->listings;
	return STATUS_DONE;
}

static const struct gallery_entry *entry_of(const struct ranker *r, const struct candidate *c)
{
	const struct gallery_entry *entry = stock_entry(&r->stock, c->entry);

	return entry ? entry : &c->own;
}

static void *next_candidate(void *context)
{
	struct ranker *r = context;

	return r->next < r->candidates ? &r->candidate[r->next++] : NULL;
}

static int take_room(struct ranker *r, struct room *room, struct error *e)
{
	*room = (struct room){ NULL, NULL };
	pthread_mutex_lock(&r->lock);
	if (r->rooms)
		*room = r->room[--r->rooms];
	pthread_mutex_unlock(&r->lock);
	if (room->impressions)
		return STATUS_DONE;
	room->impressions = compare_room_new(e);
	if (room->impressions && r->matcher)
		room->lands = land_bench_new(r->matcher, e);
	if (room->impressions && (room->lands || !r->matcher))
		return STATUS_DONE;
	room_free(room);
	return STATUS_SYSTEM;
}

static void give_room(struct ranker *r, struct room *room)
{
	int kept;

	pthread_mutex_lock(&r->lock);
	if (r->rooms == r->rooms_room) {
		struct room *grown = mem_grow(r->room, r->rooms_room + 16, sizeof *grown, NULL);

		if (grown) {
			r->room = grown;
			r->rooms_room += 16;
		}
	}
	kept = r->rooms < r->rooms_room;
	if (kept)
		r->room[r->rooms++] = *room;
	pthread_mutex_unlock(&r->lock);
	if (!kept)
		room_free(room);
}

/* Keeps a side for the next probe if there is room; an entry is touched by one job at a time. */
static void keep(struct ranker *r, size_t entry, struct ready *y)
{
	int cost = y->key ? LAND_COST : IMPRESSION_COST, room;

	pthread_mutex_lock(&r->lock);
	room = r->kept + cost <= READY_MOST;
	r->kept += room ? cost : 0;
	pthread_mutex_unlock(&r->lock);
	if (room)
		r->ready[entry] = y;
	else
		ready_free(y);
}

static int compare_pair(struct ranker *r, struct candidate *c, struct ready *y, struct room *room,
			struct error *e)
{
	enum layer layer = compare_layer(c->view);
	int status;

	if (c->view == VIEW_LANDS) {
		ready_compare(room->lands, r->probe, y, &c->land);
		c->comparison.score = c->land.score;
		c->lr = c->land.lr;
		return STATUS_DONE;
	}
	status = ready_layer(y, layer, e);
	if (!status)
		status = compare_marks(&r->probe->side[layer], &r->search[c->view], &y->side[layer], c->view,
				       room->impressions, &c->comparison, e);
	if (!status)
		c->lr = evidence_lr(c->view, y->signature.mark, c->comparison.score);
	return status;
}

static void compare_candidate(void *context, void *job)
{
	struct ranker *r = context;
	struct candidate *c = job;
	struct ready *y = r->ready[c->entry];
	struct error e = { 0 };
	struct room room;
	int kept = y != NULL;

	if (!stock_entry(&r->stock, c->entry) && stock_load(&r->stock, c->entry, &c->own, &e)) {
		kept = 1;   /* of what could not be loaded nothing is made */
	} else if (!take_room(r, &room, &e)) {
		if (!y)
			y = ready_new(entry_of(r, c), r->matcher, &e);
		if (y)
			compare_pair(r, c, y, &room, &e);
		give_room(r, &room);
	}
	if (y && !kept)
		keep(r, c->entry, y);
	buf_free(&c->own.body);
	if (e.status && (c->trouble = mem_new(1, sizeof e, NULL)))
		*c->trouble = e;
	c->left_out = e.status != 0;
}

/* One thread's, in the candidates' order: what is said does not depend on the number of threads. */
static int candidate_done(void *context, void *job)
{
	struct ranker *r = context;
	struct candidate *c = job;
	int status = STATUS_DONE;

	count_steps(r, 1);
	if (!c->left_out)
		return STATUS_DONE;
	if (c->trouble && c->trouble->status == STATUS_INPUT) {
		r->bad[c->entry] = 1;
		stock_within(&r->stock, c->entry, c->trouble);
		r->calls->bad(r->context, c->trouble);
	} else {
		status = error_memory(&r->failure);
	}
	free(c->trouble);
	return status;
}

static int by_score(const void *a, const void *b, void *context)
{
	const struct ranker *r = context;
	const struct candidate *x = a, *y = b;

	if (x->comparison.score != y->comparison.score)
		return x->comparison.score < y->comparison.score ? 1 : -1;
	return stock_order(&r->stock, x->entry, y->entry);
}

static int hand_out(struct ranker *r, const struct gallery_entry *probe, struct error *e)
{
	int64_t rank = 0;
	int status = STATUS_DONE;

	for (size_t i = 0; !status && i < r->candidates; i++) {
		const struct candidate *c = &r->candidate[i];
		struct rank_row out = { probe, entry_of(r, c), c->entry, rank + 1, c->comparison,
					c->view == VIEW_LANDS ? &c->land : NULL, c->lr };

		if (c->left_out || c->comparison.score < r->options.min_score)
			continue;
		/* so written, a likelihood ratio that there is none of is too low */
		if (r->options.min_lr > 0 && !(c->lr >= r->options.min_lr))
			continue;
		if (r->options.most && rank == r->options.most)
			break;
		status = r->calls->row(r->context, &out, e);
		rank++;
	}
	return status;
}

static int begin_probe(struct ranker *r, const struct gallery_entry *probe, const struct rank_calls *calls,
		       void *context, struct error *e)
{
	r->calls = calls;
	r->context = context;
	r->failure.status = STATUS_DONE;
	r->probe = ready_new(probe, r->matcher, e);
	return r->probe ? STATUS_DONE : error_within(e, signature_meta(&probe->head, META_ID));
}

static void end_probe(struct ranker *r)
{
	for (size_t i = 0; i < r->candidates; i++)
		gallery_entry_free(&r->candidate[i].own);
	r->candidates = 0;
	for (int v = 0; v < VIEWS; v++) {
		search_free(&r->search[v]);
		r->prepared[v] = r->wanted[v] = 0;
	}
	ready_free(r->probe);
	r->probe = NULL;
}

int ranker_probe(struct ranker *r, const struct gallery_entry *probe, size_t first,
		 const struct rank_calls *calls, void *context, struct error *e)
{
	static const struct batch steps = { next_candidate, compare_candidate, candidate_done, NULL };
	const struct gallery *g = r->stock.g;
	int status;

	/* with --all a probe is an entry too, which may have been found bad as a candidate */
	if (probe >= g->entry && probe < g->entry + g->count && r->bad[probe - g->entry])
		return STATUS_DONE;
	status = begin_probe(r, probe, calls, context, e);
	if (status)
		return status;
	status = list_candidates(r, probe, first, e);
	if (!status && !r->only)
		status = narrow(r, false, e);
	for (int v = 0; !status && v < VIEWS; v++)
		status = prepare_probe(r, (enum view)v, e) ? STATUS_SYSTEM : STATUS_DONE;
	if (!status)
		status = make_candidates(r, e);
	if (!status) {
		r->next = 0;
		status = batch_run(&steps, r, r->options.threads, e);
	}
	if (r->failure.status)
		status = error_set(e, r->failure.status, "%s", r->failure.text);
	if (!status) {
		if (r->candidates)
			qsort_r(r->candidate, r->candidates, sizeof *r->candidate, by_score, r);
		status = hand_out(r, probe, e);
	}
	end_probe(r);
	return status;
}

int ranker_choose(struct ranker *r, const struct gallery_entry *probe, size_t first,
		  void (*chosen)(void *context, size_t number, double value), void *context, struct error *e)
{
	static const struct rank_calls silent = { NULL, NULL, NULL };
	int status = begin_probe(r, probe, &silent, NULL, e);

	if (status)
		return status;
	status = list_candidates(r, probe, first, e);
	if (!status)
		status = narrow(r, true, e);
	for (size_t i = 0; !status && i < r->listings; i++)
		chosen(context, r->listed[i].entry, r->listed[i].searched);
	end_probe(r);
	return status;
}

void ranker_limit(struct ranker *r, const uint8_t *only)
{
	r->only = only;
}
