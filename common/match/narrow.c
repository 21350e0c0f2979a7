/* narrow.c - the search: of all candidates of a probe those that are worth comparing in full */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "match/narrow.h"

#include <math.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/batch.h"
#include "base/mem.h"
#include "match/land_codes.h"
#include "match/land_search.h"
#include "match/own_codes.h"
#include "match/ready.h"
#include "sign/impression.h"

/* Candidates in one job. */
#define CHUNK 1024
/* After so many, what was looked at may leave memory. */
#define REST (1 << 18)

struct narrow {
	const struct stock *stock;
	int threads;
	enum kernel kernel;
	struct rings_basis *basis;
	struct own_codes own;            /* of the gallery in memory, when they are needed */
	struct land_codes *codes;        /* NULL where there are no lands */
	/* of the probe at hand */
	struct rings_probe *rings;       /* NULL: reliefs are not searched by rings */
	struct search_probe search[VIEWS];
	struct land_probe *land;
	size_t reliefs, most;            /* before the first step, and wanted after the last */
	int rings_least;                 /* of others their rings' peaks are not sought */
	/* of the step at hand */
	pthread_mutex_t lock;            /* no_memory */
	int no_memory;
	struct listed *list;
	size_t count, next;
};

struct narrow *narrow_new(const struct stock *stock, int threads, bool lands, struct error *e)
{
	struct narrow *n = mem_new(1, sizeof *n, e);

	if (!n)
		return NULL;
	n->stock = stock;
	n->threads = threads;
	n->kernel = kernel_fastest();
	pthread_mutex_init(&n->lock, NULL);
	if (lands && !(n->codes = land_codes_new(stock, e))) {
		narrow_free(n);
		return NULL;
	}
	return n;
}

void narrow_free(struct narrow *n)
{
	if (!n)
		return;
	narrow_end(n);
	land_codes_free(n->codes);
	rings_free(n->basis);
	own_codes_free(&n->own);
	pthread_mutex_destroy(&n->lock);
	free(n);
}

/* What was looked at of the indexes may leave memory. */
static void rest(const struct narrow *n)
{
	for (size_t k = 0; k < n->stock->indexes; k++)
		catalog_rest(n->stock->index[k]);
}

static void *next_chunk(void *context)
{
	struct narrow *n = context;
	struct listed *first = &n->list[n->next];

	if (n->next >= n->count)
		return NULL;
	n->next += CHUNK;
	if (n->next % REST == 0)
		rest(n);
	return first;
}

/* The end of the chunk that begins at first. */
static struct listed *chunk_end(const struct narrow *n, struct listed *first)
{
	struct listed *end = n->list + n->count;

	return end - first > CHUNK ? first + CHUNK : end;
}

static int run(struct narrow *n, void (*work)(void *, void *), struct listed *list, size_t count, struct error *e)
{
	const struct batch steps = { next_chunk, work, NULL, NULL };

	n->list = list;
	n->count = count;
	n->next = 0;
	return batch_run(&steps, n, n->threads, e);
}

/* Some candidates of one view. */
struct bunch {
	struct listed *listed[SEARCH_BATCH];
	int count;
};

static void by_bunches(struct narrow *n, struct listed *first, enum view v,
		       void (*work)(struct narrow *, const struct bunch *))
{
	struct listed *end = chunk_end(n, first);
	struct bunch b = { .count = 0 };

	for (struct listed *c = first; c < end; c++) {
		if (c->view == v)
			b.listed[b.count++] = c;
		if (b.count == SEARCH_BATCH || (b.count && c + 1 == end)) {
			work(n, &b);
			b.count = 0;
		}
	}
}

static const struct code *code_of(const struct narrow *n, const struct listed *c)
{
	return stock_code(n->stock, c->entry, compare_layer((enum view)c->view));
}

static void rings_bunch(struct narrow *n, const struct bunch *b)
{
	const struct rings *of[SEARCH_BATCH];
	struct rings_found found[SEARCH_BATCH];

	_Static_assert(SEARCH_BATCH <= RINGS_BATCH && SEARCH_TURNS == RINGS_TURNS, "rings and codes turn together");
	for (int i = 0; i < b->count; i++) {
		uint32_t entry = b->listed[i]->entry;

		of[i] = entry < n->own.count ? &n->own.rings[entry] : stock_rings(n->stock, entry);
	}
	rings_find(n->kernel, n->rings, of, b->count, n->rings_least, found);
	for (int i = 0; i < b->count; i++) {
		b->listed[i]->searched = b->listed[i]->found.rings = found[i].value;
		memcpy(b->listed[i]->found.turn, found[i].turn, sizeof found[i].turn);
	}
}

static void rings_chunk(void *context, void *job)
{
	by_bunches(context, job, VIEW_RELIEF, rings_bunch);
}

static void codes_bunch(struct narrow *n, const struct bunch *b)
{
	enum view v = (enum view)b->listed[0]->view;
	const struct code *code[SEARCH_BATCH];
	struct search_found *found[SEARCH_BATCH];
	double value[SEARCH_BATCH];

	for (int i = 0; i < b->count; i++) {
		code[i] = code_of(n, b->listed[i]);
		found[i] = &b->listed[i]->found;
	}
	search_codes(&n->search[v], n->kernel, code, v == VIEW_RELIEF && n->rings ? found : NULL, b->count,
		     &compare_params(v)->search, value);
	for (int i = 0; i < b->count; i++)
		b->listed[i]->searched = value[i];
}

static void codes_chunk(void *context, void *job)
{
	for (int v = 0; v < VIEWS; v++)
		by_bunches(context, job, (enum view)v, codes_bunch);
}

static void closer_chunk(void *context, void *job)
{
	struct narrow *n = context;
	struct listed *first = job, *end = chunk_end(n, first);

	for (struct listed *c = first; c < end; c++)
		if (c->view == VIEW_RELIEF)
			c->searched = search_closer(&n->search[VIEW_RELIEF], n->kernel, code_of(n, c),
						    &compare_params(VIEW_RELIEF)->search, &c->found);
}

static void fine_chunk(void *context, void *job)
{
	struct narrow *n = context;
	struct listed *first = job, *end = chunk_end(n, first);

	for (struct listed *c = first; c < end; c++) {
		const struct fine_code *own = c->entry < n->own.count ? n->own.fine[c->entry] : NULL;

		if (c->view == VIEW_RELIEF)
			c->searched = search_fine(&n->search[VIEW_RELIEF], n->kernel,
						  own ? own : stock_fine(n->stock, c->entry), c->searched, &c->found);
	}
}

/* The probe's rings, and those of the gallery in memory. */
static int begin_rings(struct narrow *n, const struct signature *probe, struct error *e)
{
	struct grid g = { 0 };
	int status = STATUS_DONE;

	if (!n->basis && !(n->basis = rings_new(&impression_params(MARK_BREECH_FACE)->lattice, e)))
		return STATUS_SYSTEM;
	if (!n->own.rings && n->stock->g->count)
		status = own_codes_make(n->stock->g, n->basis, n->threads, &n->own, e);
	if (!status)
		status = impression_search_grid(probe, LAYER_RELIEF, &g, e);
	if (!status && !(n->rings = aligned_alloc(64, sizeof *n->rings)))
		status = error_memory(e);
	if (!status)
		status = rings_prepare(n->basis, &g, &probe->code[LAYER_RELIEF], n->rings, e);
	grid_free(&g);
	return status;
}

int narrow_begin(struct narrow *n, const struct signature *probe, const struct listed *list, size_t count, size_t most,
		 struct error *e)
{
	int status = STATUS_DONE;

	narrow_end(n);
	for (int v = 0; !status && v < VIEWS; v++)
		if (listed_count(list, count, (enum view)v))
			status = search_prepare_codes(probe, compare_layer((enum view)v),
						      &compare_params((enum view)v)->search, &n->search[v], e);
	n->reliefs = listed_count(list, count, VIEW_RELIEF);
	n->most = most;
	if (!status && n->reliefs && probe->mark == MARK_BREECH_FACE) {
		status = begin_rings(n, probe, e);
		if (!status)
			status = search_prepare_fine(probe, &n->search[VIEW_RELIEF], e);
	}
	if (status)
		narrow_end(n);
	return status;
}

void narrow_end(struct narrow *n)
{
	for (int v = 0; v < VIEWS; v++)
		search_free(&n->search[v]);
	free(n->rings);
	n->rings = NULL;
}

/* What each step keeps of all reliefs: those worth it, but no more than this share, nor fewer than so many. */
static const struct keep {
	double worth, share;
	size_t least;
} keep[NARROW_STEPS] = {
	{ NARROW_RINGS_WORTH, NARROW_RINGS, NARROW_RINGS_LEAST },
	{ NARROW_CODES_WORTH, NARROW_CODES, NARROW_CODES_LEAST },
	{ NARROW_CLOSER_WORTH, NARROW_CLOSER, NARROW_CLOSER_LEAST }, { -INFINITY, 1, 0 }
};

static size_t least_kept(const struct narrow *n, enum narrow_step step)
{
	return keep[step].least > n->most ? keep[step].least : n->most;
}

static int keep_reliefs(const struct narrow *n, enum narrow_step step, struct listed *list, size_t *count,
			struct error *e)
{
	size_t least = least_kept(n, step), most = (size_t)(keep[step].share * (double)n->reliefs);

	most = most > least ? most : least;
	return listed_keep_worth(list, count, VIEW_RELIEF, keep[step].worth, least, most, n->stock, e);
}

/* The rings' peaks are sought only of those that are worth it. Where others are kept, too, it is done over for what is
 * kept; but where all are kept anyway, at once. */
static int rings_step(struct narrow *n, struct listed *list, size_t *count, struct error *e)
{
	size_t least = least_kept(n, NARROW_BY_RINGS);
	int status;

	n->rings_least = n->reliefs > least ? NARROW_RINGS_WORTH : 0;
	status = run(n, rings_chunk, list, *count, e);
	if (!status)
		status = keep_reliefs(n, NARROW_BY_RINGS, list, count, e);
	if (!status && n->rings_least > 0 && listed_count(list, *count, VIEW_RELIEF) <= least) {
		n->rings_least = 0;
		status = run(n, rings_chunk, list, *count, e);
	}
	return status;
}

int narrow_step(struct narrow *n, enum narrow_step step, struct listed *list, size_t *count, struct error *e)
{
	static void (*const work[NARROW_STEPS])(void *, void *) = { NULL, codes_chunk, closer_chunk, fine_chunk };
	int status;

	if (!n->rings && step != NARROW_BY_CODES)
		return STATUS_DONE;
	if (step == NARROW_BY_RINGS) {
		status = rings_step(n, list, count, e);
	} else {
		status = run(n, work[step], list, *count, e);
		if (!status && n->rings)
			status = keep_reliefs(n, step, list, count, e);
	}
	rest(n);
	return status;
}

static void tell_no_memory(struct narrow *n)
{
	pthread_mutex_lock(&n->lock);
	n->no_memory = 1;
	pthread_mutex_unlock(&n->lock);
}

/* What makes no sense is compared, to say why. */
static void lands_chunk(void *context, void *job)
{
	struct narrow *n = context;
	struct listed *first = job, *end = chunk_end(n, first);

	for (struct listed *c = first; c < end; c++) {
		struct land_searched found = { INFINITY, INFINITY };
		struct land_code code;
		int status = land_codes_get(n->codes, c->entry, &code, NULL);

		if (!status)
			land_search(n->land, n->kernel, &code, &found);
		c->searched = land_searched_best(&found);
		if (status == STATUS_SYSTEM)
			tell_no_memory(n);
	}
}

static int prepare_land(struct narrow *n, const struct signature *probe, struct error *e)
{
	uint64_t filed[LAND_CODE_ROOM];
	struct land_code code;
	struct land land;
	size_t size;
	int status = ready_land(probe, &land, e);

	if (status)
		return status;
	status = land_code_make(&land, filed, &size, e);
	if (!status && land_code_view(filed, size, &code) && !(n->land = land_probe_new(&code, e)))
		status = STATUS_SYSTEM;
	land_free(&land);
	return status;
}

int narrow_lands(struct narrow *n, const struct signature *probe, struct listed *list, size_t count,
		 struct error *e)
{
	int status = prepare_land(n, probe, e);

	if (!status && n->land)   /* else they are all as good */
		status = run(n, lands_chunk, list, count, e);
	if (!status && n->no_memory)
		status = error_memory(e);
	land_probe_free(n->land);
	n->land = NULL;
	n->no_memory = 0;
	return status;
}

/* Of each view its part of `most`, the best of it. */
static int keep_parts(const struct narrow *n, struct listed *list, size_t *count, const size_t there[VIEWS], size_t all,
		      size_t most, struct error *e)
{
	int status = STATUS_DONE;

	for (int v = 0; !status && v < VIEWS; v++)
		if (there[v] && there[v] < all)
			status = listed_keep(list, count, (enum view)v, (most * there[v] + all - 1) / all, n->stock, e);
	return status;
}

int narrow_list(struct narrow *n, const struct signature *probe, struct listed *list, size_t *count, size_t most,
		struct error *e)
{
	size_t all = *count, there[VIEWS];
	int status;

	for (int v = 0; v < VIEWS; v++)
		there[v] = listed_count(list, all, (enum view)v);
	if (mark_striated(probe->mark)) {
		status = narrow_lands(n, probe, list, *count, e);
	} else {
		status = narrow_begin(n, probe, list, *count, most, e);
		for (int step = 0; !status && step < NARROW_STEPS; step++)
			status = narrow_step(n, (enum narrow_step)step, list, count, e);
		narrow_end(n);
		if (!status)
			status = keep_parts(n, list, count, there, all, most, e);
	}
	if (!status)
		listed_best(list, count, most, n->stock);
	return status;
}
