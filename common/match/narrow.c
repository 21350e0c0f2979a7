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
#include "match/ready.h"
#include "match/rings.h"
#include "sign/impression.h"

/* Candidates in one job. */
#define CHUNK 256
#define RINGS_BATCH 64

struct narrow {
	const struct stock *stock;
	int threads;
	enum kernel kernel;
	struct rings_basis *basis;
	struct rings *own;               /* of the gallery in memory; NULL: not made yet */
	struct land_codes *codes;        /* NULL where there are no lands */
	/* of the step at hand */
	struct rings_probe *rings;
	struct search_probe search[VIEWS];
	struct land_probe *land;
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
	land_codes_free(n->codes);
	rings_free(n->basis);
	pthread_mutex_destroy(&n->lock);
	free(n->own);
	free(n);
}

static void *next_chunk(void *context)
{
	struct narrow *n = context;
	struct listed *first = &n->list[n->next];

	if (n->next >= n->count)
		return NULL;
	n->next += CHUNK;
	return first;
}

static int chunk_done(void *context, void *job)
{
	(void)context;
	(void)job;
	return STATUS_DONE;
}

/* The end of the chunk that begins at first. */
static struct listed *chunk_end(const struct narrow *n, struct listed *first)
{
	struct listed *end = n->list + n->count;

	return end - first > CHUNK ? first + CHUNK : end;
}

static int run(struct narrow *n, void (*work)(void *, void *), struct listed *list, size_t count, struct error *e)
{
	const struct batch steps = { next_chunk, work, chunk_done, NULL };

	n->list = list;
	n->count = count;
	n->next = 0;
	return batch_run(&steps, n, n->threads, e);
}

/* A batch holds candidates of one view. */
static void codes_batch(struct narrow *n, struct listed **c, int count)
{
	enum view v = (enum view)c[0]->view;
	const struct code *code[SEARCH_BATCH];
	double value[SEARCH_BATCH];

	for (int i = 0; i < count; i++)
		code[i] = stock_code(n->stock, c[i]->entry, compare_layer(v));
	search_codes(&n->search[v], n->kernel, code, count, &compare_params(v)->search, value);
	for (int i = 0; i < count; i++)
		c[i]->searched = value[i];
}

static void codes_chunk(void *context, void *job)
{
	struct narrow *n = context;
	struct listed *first = job, *end = chunk_end(n, first), *batch[SEARCH_BATCH];

	for (int v = 0; v < VIEWS; v++) {
		int count = 0;

		for (struct listed *c = first; c < end; c++) {
			if (c->view == (enum view)v)
				batch[count++] = c;
			if (count == SEARCH_BATCH || (count && c + 1 == end)) {
				codes_batch(n, batch, count);
				count = 0;
			}
		}
	}
}

int narrow_codes(struct narrow *n, const struct signature *probe, struct listed *list, size_t count, struct error *e)
{
	int there[VIEWS] = { 0 }, status = STATUS_DONE;

	for (size_t i = 0; i < count; i++)
		there[list[i].view] = 1;
	for (int v = 0; !status && v < VIEWS; v++)
		if (there[v])
			status = search_prepare_codes(probe, compare_layer((enum view)v),
						      &compare_params((enum view)v)->search, &n->search[v], e);
	if (!status)
		status = run(n, codes_chunk, list, count, e);
	for (int v = 0; v < VIEWS; v++)
		search_free(&n->search[v]);
	return status;
}

static const struct rings *rings_of(const struct narrow *n, const struct listed *c)
{
	return c->entry < n->stock->g->count ? &n->own[c->entry] : stock_rings(n->stock, c->entry);
}

static void rings_chunk(void *context, void *job)
{
	struct narrow *n = context;
	struct listed *first = job, *end = chunk_end(n, first), *batch[RINGS_BATCH];
	const struct rings *of[RINGS_BATCH];
	uint16_t value[RINGS_BATCH];
	int count = 0;

	for (struct listed *c = first; c < end; c++) {
		if (c->view == VIEW_RELIEF) {
			of[count] = rings_of(n, c);
			batch[count++] = c;
		}
		if (count == RINGS_BATCH || (count && c + 1 == end)) {
			rings_scan(n->kernel, n->rings, of, count, value);
			for (int i = 0; i < count; i++)
				batch[i]->rough = value[i];
			count = 0;
		}
	}
}

/* The rings of what is in memory, once. */
static void own_chunk(void *context, void *job)
{
	struct narrow *n = context;
	struct listed *first = job, *end = chunk_end(n, first);

	for (struct listed *c = first; c < end; c++)
		if (c->view == VIEW_RELIEF && c->entry < n->stock->g->count)
			rings_make(n->basis, &stock_entry(n->stock, c->entry)->head.code[LAYER_RELIEF], &n->own[c->entry]);
}

static int make_own(struct narrow *n, struct error *e)
{
	const struct gallery *g = n->stock->g;
	struct listed *all;
	size_t count = 0;
	int status;

	if (n->own || !g->count)
		return STATUS_DONE;
	all = mem_new(g->count, sizeof *all, e);
	n->own = mem_new(g->count, sizeof *n->own, e);
	if (!all || !n->own) {
		free(all);
		return STATUS_SYSTEM;
	}
	for (size_t i = 0; i < g->count; i++)
		if (g->entry[i].head.mark == MARK_BREECH_FACE && g->entry[i].head.layer[LAYER_RELIEF])
			all[count++] = (struct listed){ .entry = (uint32_t)i, .view = VIEW_RELIEF };
	status = run(n, own_chunk, all, count, e);
	free(all);
	return status;
}

static int make_probe(struct narrow *n, const struct signature *probe, struct error *e)
{
	struct grid g = { 0 };
	int status = impression_search_grid(probe, LAYER_RELIEF, &g, e);

	n->rings = status ? NULL : aligned_alloc(64, sizeof *n->rings);
	if (!status && !n->rings)
		status = error_memory(e);
	if (!status)
		status = rings_prepare(n->basis, &g, &probe->code[LAYER_RELIEF], n->rings, e);
	grid_free(&g);
	return status;
}

static int before(const void *a, const void *b, void *stock)
{
	return stock_order(stock, ((const struct listed *)a)->entry, ((const struct listed *)b)->entry);
}

/* Of the reliefs the best `most`, and all others, in their order. Values are whole numbers, so that many are
 * equal. */
static int keep_rough(struct narrow *n, struct listed *list, size_t *count, size_t most, struct error *e)
{
	size_t *tally = mem_new(UINT16_MAX + 1, sizeof *tally, e), above = 0, ties = 0, kept = 0;
	struct listed *tie = NULL;
	unsigned least = UINT16_MAX + 1;
	int status = tally ? STATUS_DONE : STATUS_SYSTEM;

	for (size_t i = 0; !status && i < *count; i++)
		tally[list[i].rough] += list[i].view == VIEW_RELIEF;
	while (!status && least > 0 && above + tally[least - 1] <= most)
		above += tally[--least];
	/* those above and at `least` stay; of those just below, the first of the stock's order */
	if (!status && least > 0 && !(tie = mem_new(tally[least - 1], sizeof *tie, e)))
		status = STATUS_SYSTEM;
	for (size_t i = 0; !status && i < *count; i++)
		if (least > 0 && list[i].view == VIEW_RELIEF && list[i].rough == least - 1)
			tie[ties++] = list[i];
	if (ties)
		qsort_r(tie, ties, sizeof *tie, before, (void *)(uintptr_t)n->stock);
	for (size_t i = 0; !status && i < *count; i++) {
		bool stays = list[i].view != VIEW_RELIEF || list[i].rough >= least;

		if (!stays && list[i].rough + 1u == least && most > above)
			stays = before(&list[i], &tie[most - above - 1], (void *)(uintptr_t)n->stock) <= 0;
		if (stays)
			list[kept++] = list[i];
	}
	if (!status)
		*count = kept;
	free(tie);
	free(tally);
	return status;
}

int narrow_rings(struct narrow *n, const struct signature *probe, struct listed *list, size_t *count,
		 struct error *e)
{
	size_t reliefs = 0, most;
	int status = STATUS_DONE;

	for (size_t i = 0; i < *count; i++)
		reliefs += list[i].view == VIEW_RELIEF;
	if (probe->mark != MARK_BREECH_FACE || reliefs <= NARROW_LEAST)
		return STATUS_DONE;
	most = (size_t)(NARROW_SHARE * (double)reliefs);
	most = most > NARROW_LEAST ? most : NARROW_LEAST;
	if (!n->basis && !(n->basis = rings_new(&impression_params(MARK_BREECH_FACE)->lattice, e)))
		return STATUS_SYSTEM;
	status = make_own(n, e);
	if (!status)
		status = make_probe(n, probe, e);
	if (!status)
		status = run(n, rings_chunk, list, *count, e);
	if (!status)
		status = keep_rough(n, list, count, most, e);
	/* the codes are about as much again */
	for (size_t k = 0; k < n->stock->indexes; k++)
		catalog_rest(n->stock->index[k]);
	free(n->rings);
	n->rings = NULL;
	return status;
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
		if (status == STATUS_SYSTEM) {
			pthread_mutex_lock(&n->lock);
			n->no_memory = 1;
			pthread_mutex_unlock(&n->lock);
		}
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

/* Is a to be kept rather than b? */
static int better(const struct narrow *n, const struct listed *a, const struct listed *b)
{
	if (a->searched != b->searched)
		return a->searched > b->searched;
	return stock_order(n->stock, a->entry, b->entry) < 0;
}

static int by_search(const void *a, const void *b, void *context)
{
	return better(context, a, b) ? -1 : 1;
}

/* Lets the first of a heap, whose worst is on top, sink to its place. */
static void sink(const struct narrow *n, struct listed *heap, size_t count, size_t at)
{
	for (;;) {
		size_t child = 2 * at + 1;
		struct listed moved = heap[at];

		if (child + 1 < count && better(n, &heap[child], &heap[child + 1]))
			child++;
		if (child >= count || better(n, &heap[child], &heap[at]))
			return;
		heap[at] = heap[child];
		heap[child] = moved;
		at = child;
	}
}

int narrow_list(struct narrow *n, const struct signature *probe, struct listed *list, size_t *count, size_t most,
		struct error *e)
{
	int status = STATUS_DONE;

	if (mark_striated(probe->mark)) {
		status = narrow_lands(n, probe, list, *count, e);
	} else {
		if (most < NARROW_LEAST)   /* who wants more than it keeps does not want it */
			status = narrow_rings(n, probe, list, count, e);
		if (!status)
			status = narrow_codes(n, probe, list, *count, e);
	}
	if (status)
		return status;
	most = most < *count ? most : *count;
	for (size_t i = most / 2; i-- > 0;)
		sink(n, list, most, i);
	for (size_t i = most; i < *count; i++)
		if (better(n, &list[i], &list[0])) {
			list[0] = list[i];
			sink(n, list, most, 0);
		}
	*count = most;
	qsort_r(list, most, sizeof *list, by_search, n);
	return STATUS_DONE;
}
