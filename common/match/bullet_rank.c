/* bullet_rank.c - one bullet against those of a gallery of exhibits */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "match/bullet_rank.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/batch.h"
#include "base/mem.h"
#include "match/bullet_search.h"
#include "match/ready.h"

/* Keys of so many lands are kept for the next probe; each takes some 50 kB. */
#define KEYS_MOST 4096
/* Jobs under way at a time, a thread (base/batch.h). */
#define JOBS_A_THREAD 4

/* The keys of an exhibit's lands. */
struct keys {
	struct bullet bullet[LAYERS];
	size_t land[LAYERS][BULLET_LANDS];            /* numbers in the stock */
	struct land_key *own[LAYERS][BULLET_LANDS];   /* those made here, not kept */
};

/* A candidate on its way; with room to compare in, since there are only so many. */
struct job {
	size_t exhibit;
	struct land_bench *bench;
	struct keys keys;
	struct bullet_sum sum;
	size_t bad[LAYERS * BULLET_LANDS];   /* lands that make no sense */
	int bads;
	bool memory;           /* there was none */
};

struct bullet_ranker {
	const struct exhibits *gallery, *probes;
	int threads;
	struct land_matcher *matcher;    /* NULL: no lands anywhere */
	struct land_codes *codes;
	struct land_key **kept;          /* one per signature of the gallery */
	uint8_t *bad;                    /* 1: it makes no sense */
	size_t keys;
	const uint8_t *only;             /* one per exhibit of the gallery: 1 when it is compared */
	struct job *job;
	size_t jobs;
	/* of the probe at hand */
	struct keys probe;
	size_t next, begun;
	const struct bullet_calls *calls;
	void *context;
};

static int longest(const struct exhibits *a, const struct exhibits *b)
{
	int x = stock_longest_profile(a->stock), y = stock_longest_profile(b->stock);

	return x > y ? x : y;
}

struct bullet_ranker *bullet_ranker_new(const struct exhibits *gallery, const struct exhibits *probes, int threads,
					struct error *e)
{
	struct bullet_ranker *r = mem_new(1, sizeof *r, e);

	if (!r)
		return NULL;
	r->gallery = gallery;
	r->probes = probes;
	r->threads = threads;
	r->jobs = (size_t)(JOBS_A_THREAD * (threads ? threads : batch_processors()));
	if (ready_matcher_for(longest(gallery, probes), NULL, &r->matcher, e))
		goto fail;
	if (!r->matcher)
		return r;
	r->codes = land_codes_new(gallery->stock, e);
	r->kept = mem_new(gallery->stock->count, sizeof *r->kept, e);
	r->bad = mem_new(gallery->stock->count, sizeof *r->bad, e);
	r->job = mem_new(r->jobs, sizeof *r->job, e);
	if (!r->codes || !r->kept || !r->bad || !r->job)
		goto fail;
	for (size_t i = 0; i < r->jobs; i++)
		if (!(r->job[i].bench = land_bench_new(r->matcher, e)))
			goto fail;
	return r;
fail:
	bullet_ranker_free(r);
	return NULL;
}

void bullet_ranker_free(struct bullet_ranker *r)
{
	if (!r)
		return;
	for (size_t i = 0; r->job && i < r->jobs; i++)
		land_bench_free(r->job[i].bench);
	for (size_t i = 0; r->kept && i < r->gallery->stock->count; i++)
		land_key_free(r->kept[i]);
	land_codes_free(r->codes);
	land_matcher_free(r->matcher);
	free(r->job);
	free(r->kept);
	free(r->bad);
	free(r);
}

static void keys_free(struct keys *k)
{
	for (int v = 0; v < LAYERS; v++)
		for (int i = 0; i < BULLET_LANDS; i++)
			land_key_free(k->own[v][i]);
	memset(k, 0, sizeof *k);
}

/* The key of a land, NULL with the reason where it makes no sense. */
static struct land_key *key_of(const struct stock *s, size_t land, const struct land_matcher *matcher,
			       struct error *e)
{
	struct gallery_entry loaded = { .body = { NULL, 0, 0 } };
	const struct gallery_entry *entry = stock_entry(s, land);
	struct land_key *key = NULL;
	struct ready *ready;

	if (!entry && stock_load(s, land, &loaded, e))
		return NULL;
	ready = ready_new(entry ? entry : &loaded, matcher, e);
	if (ready) {
		key = ready->key;
		ready->key = NULL;
		ready_free(ready);
	}
	gallery_entry_free(&loaded);
	return key;
}

/* The lands of an exhibit and their keys: those kept, else made. */
static void take_keys(const struct bullet_ranker *r, const struct exhibits *x, size_t i, struct job *j)
{
	for (int v = 0; v < LAYERS; v++) {
		exhibit_bullet(x, i, (enum layer)v, &j->keys.bullet[v], j->keys.land[v]);
		for (int k = 0; k < j->keys.bullet[v].lands; k++) {
			size_t land = j->keys.land[v][k];
			struct land_key *key = NULL;
			struct error e;

			if (land == EXHIBIT_NONE || (x == r->gallery && r->bad[land]))
				continue;
			if (x == r->gallery)
				key = r->kept[land];
			if (!key) {
				key = j->keys.own[v][k] = key_of(x->stock, land, r->matcher, &e);
				if (!key && e.status == STATUS_INPUT)
					j->bad[j->bads++] = land;
				j->memory |= !key && e.status != STATUS_INPUT;
			}
			j->keys.bullet[v].land[k] = key;
		}
	}
}

static bool has_land(const struct bullet *b)
{
	for (int i = 0; i < b->lands; i++)
		if (b->land[i])
			return true;
	return false;
}

static bool can_be_compared(const struct exhibits *x, size_t i)
{
	return x->exhibit[i].numbered && !x->exhibit[i].refused;
}

static void *next_exhibit(void *context)
{
	struct bullet_ranker *r = context;
	struct job *j = &r->job[r->begun % r->jobs];

	while (r->next < r->gallery->count && (!can_be_compared(r->gallery, r->next) || (r->only && !r->only[r->next])))
		r->next++;
	if (r->next == r->gallery->count)
		return NULL;
	r->begun++;
	j->exhibit = r->next++;
	return j;
}

static void compare(void *context, void *job)
{
	const struct bullet_ranker *r = context;
	struct job *j = job;
	struct bullet_fit fit;
	struct error e;

	j->sum = (struct bullet_sum){ 0 };
	j->bads = 0;
	j->memory = false;
	take_keys(r, r->gallery, j->exhibit, j);
	for (int v = 0; v < LAYERS && !j->memory; v++) {
		const struct bullet *a = &r->probe.bullet[v], *b = &j->keys.bullet[v];

		if (!has_land(a) || !has_land(b))
			continue;
		if (bullet_compare(j->bench, a, b, &fit, &e)) {
			j->memory = true;
			break;
		}
		j->sum.tried++;
		if (j->sum.compared && j->sum.odds >= fit.odds)
			continue;
		j->sum = (struct bullet_sum){ true, fit.compared, fit.phase, fit.backwards, fit.margin, fit.score,
					      fit.odds, j->sum.tried };
	}
}

/* Keys made for a candidate stay while there is room. */
static void keep(struct bullet_ranker *r, struct keys *k)
{
	for (int v = 0; v < LAYERS; v++)
		for (int i = 0; i < BULLET_LANDS; i++)
			if (k->own[v][i] && r->keys < KEYS_MOST) {
				r->kept[k->land[v][i]] = k->own[v][i];
				k->own[v][i] = NULL;
				r->keys++;
			}
}

/* Tells of lands that make no sense, why; they count as missing from now on. */
static void tell(struct bullet_ranker *r, const struct exhibits *x, const struct job *j)
{
	for (int i = 0; i < j->bads; i++) {
		struct error e;
		struct land_key *key = key_of(x->stock, j->bad[i], r->matcher, &e);

		if (!key) {
			stock_within(x->stock, j->bad[i], &e);
			r->calls->bad(r->context, &e);
		}
		land_key_free(key);
		if (x == r->gallery)
			r->bad[j->bad[i]] = 1;
	}
}

static int compared(void *context, void *job)
{
	struct bullet_ranker *r = context;
	struct job *j = job;
	int status = j->memory ? STATUS_SYSTEM : STATUS_DONE;

	if (!status) {
		tell(r, r->gallery, j);
		keep(r, &j->keys);
		status = r->calls->bullet(r->context, j->exhibit, &j->sum);
	}
	keys_free(&j->keys);
	return status;
}

int bullet_ranker_probe(struct bullet_ranker *r, size_t i, size_t first, const struct bullet_calls *calls,
			void *context, struct error *e)
{
	static const struct batch steps = { next_exhibit, compare, compared, NULL };
	struct job *j = r->job;
	int status = STATUS_DONE;

	if (!r->matcher)
		return STATUS_DONE;
	r->calls = calls;
	r->context = context;
	r->next = first;
	r->begun = 0;
	j->bads = 0;
	j->memory = false;
	take_keys(r, r->probes, i, j);
	r->probe = j->keys;
	memset(&j->keys, 0, sizeof j->keys);
	if (j->memory)
		status = error_memory(e);
	else
		tell(r, r->probes, j);
	if (!status) {
		error_memory(e);   /* the only thing that a job can fail of */
		status = batch_run(&steps, r, r->threads, e);
	}
	keys_free(&r->probe);
	return status;
}

int bullet_ranker_choose(struct bullet_ranker *r, size_t i, size_t first, double *odds, struct error *e)
{
	if (r->matcher)
		return bullet_search(r->gallery, r->codes, r->probes, i, first, r->threads, odds, e);
	for (size_t k = first; k < r->gallery->count; k++)
		odds[k] = -INFINITY;
	return STATUS_DONE;
}

void bullet_ranker_limit(struct bullet_ranker *r, const uint8_t *only)
{
	r->only = only;
}
