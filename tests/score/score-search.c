/* score-search.c - where a search puts the mates of probes in a gallery, and how long it takes */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/batch.h"
#include "base/clock.h"
#include "base/mem.h"
#include "match/compare.h"
#include "match/land_search.h"
#include "match/ready.h"
#include "match/stock.h"
#include "sign/pack.h"

/* score-search gallery.sig < probes.sig: reliefs, and lands. The gallery needs an index, and the mates of a probe are those whose id is the
 * same up to the first '-' or, where that says so, the last space (F001-S1, F001-S2). Others whose id begins with S are made ones.
 * One row a probe: id, mates, rank of the best mate by the search, its value, seconds; to standard error a summary. */
#define CHUNK 256

struct run {
	const struct stock *stock;
	const struct search_probe *probe;
	const struct land_probe *land;   /* NULL: of an impression */
	double *value;
	size_t next, chunk[1];
	enum scan_kernel kernel;
};

static void *next(void *context)
{
	struct run *r = context;
	size_t *job;

	if (r->next >= r->stock->count || !(job = mem_new(1, sizeof *job, NULL)))
		return NULL;
	*job = r->next;
	r->next += CHUNK;
	return job;
}

static void search_lands(struct run *r, size_t first, size_t end)
{
	for (size_t i = first; i < end && i < r->stock->count; i++) {
		struct land_searched s = { 0, 0 };
		struct land_code code;

		if (stock_land(r->stock, i, &code))
			land_search(r->land, r->kernel, &code, &s);
		r->value[i] = land_searched_best(&s);
	}
}

static void work(void *context, void *job)
{
	struct run *r = context;
	const struct search_params *params = &compare_params(VIEW_RELIEF)->search;

	if (r->land) {
		search_lands(r, *(size_t *)job, *(size_t *)job + CHUNK);
		return;
	}
	for (size_t i = *(size_t *)job; i < *(size_t *)job + CHUNK && i < r->stock->count; i += SEARCH_BATCH) {
		const struct code *code[SEARCH_BATCH];
		double value[SEARCH_BATCH];
		int n = 0;

		while (n < SEARCH_BATCH && i + (size_t)n < r->stock->count &&
		       (code[n] = stock_code(r->stock, i + (size_t)n, LAYER_RELIEF)))
			n++;
		search_codes(r->probe, r->kernel, code, n, params, value);
		for (int k = 0; k < n; k++)
			r->value[i + (size_t)k] = value[k];
	}
}

/* The probe made ready: *land, where it is a striated mark, or *impression. */
static int prepare(const struct gallery_entry *entry, struct search_probe *impression, struct land_probe **land)
{
	uint64_t filed[LAND_CODE_ROOM];
	struct land_code code;
	struct signature s;
	struct error e;
	size_t size;
	int status;

	if (mark_striated(entry->head.mark)) {
		if (ready_land_code(&entry->body, filed, &size, &e) || !land_code_view(filed, size, &code))
			return STATUS_INPUT;
		*land = land_probe_new(&code, &e);
		return *land ? STATUS_DONE : STATUS_SYSTEM;
	}
	if (unpack_signature(&entry->body, 1, &s, &e))
		return STATUS_INPUT;
	status = s.layer[LAYER_RELIEF] ? search_prepare_codes(&s, LAYER_RELIEF, &compare_params(VIEW_RELIEF)->search,
							      impression, &e) : STATUS_INPUT;
	signature_free(&s);
	return status;
}

static int done(void *context, void *job)
{
	(void)context;
	free(job);
	return STATUS_DONE;
}

static int mates(const char *a, const char *b, size_t b_size)
{
	size_t n = strcspn(a, "-");

	return n < b_size && !strncmp(a, b, n) && b[n] == '-' && (strlen(a) != b_size || strncmp(a, b, b_size));
}

static int falling(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x < y) - (x > y);
}

static void quantiles(const char *what, double *v, size_t n)
{
	static const double at[] = { .5, .1, .01, .001, .0001 };

	qsort(v, n, sizeof *v, falling);
	fprintf(stderr, "%s: %zu values;", what, n);
	for (size_t k = 0; n && k < sizeof at / sizeof *at; k++)
		fprintf(stderr, " %g%% above %.2f,", 100 * at[k], v[(size_t)(at[k] * (double)(n - 1))]);
	fprintf(stderr, " most %.2f\n", n ? v[0] : 0);
}

static double *others[2];
static size_t others_count[2];

/* Rank of the best mate; a sample of the others' values is kept. */
static size_t judge(const struct stock *s, const struct catalog *x, const char *id, const double *value, int *of,
		    double *best)
{
	size_t above = 0, step = s->count / 20000 + 1;

	*of = 0;
	*best = -1;
	for (int pass = 0; pass < 2; pass++)
		for (size_t i = 0; i < s->count; i++) {
			size_t n;
			const char *other = catalog_id(x, i, &n);

			if (n == strlen(id) && !memcmp(id, other, n))
				continue;
			if (mates(id, other, n)) {
				*of += pass == 0;
				*best = value[i] > *best ? value[i] : *best;
			} else if (pass == 1) {
				int made = *other == 'S';

				above += value[i] >= *best;
				if (made && i % step)
					continue;
				others[made] = mem_grow(others[made], others_count[made] + 1, sizeof **others, NULL);
				if (!others[made])
					exit(STATUS_SYSTEM);
				others[made][others_count[made]++] = value[i];
			}
		}
	return above + 1;
}

int main(int argc, char **argv)
{
	static const struct batch steps = { next, work, done, NULL };
	static const size_t ranks[] = { 1, 10, 100, 400, 1000, 4000 };
	enum { RANKS = sizeof ranks / sizeof *ranks };
	struct gallery none = { 0 }, probes = { 0 };
	struct catalog *x = NULL;
	struct stock stock;
	struct error e;
	size_t within[RANKS] = { 0 }, of = 0;
	double took = 0, prepared = 0;
	double *value;

	if (argc != 2 || catalog_open(argv[1], &x, &e) || catalog_need_codes(x, LAYER_RELIEF, &e) ||
	    catalog_need_lands(x, &e) || catalog_need_texts(x, &e) || gallery_read(&probes, stdin, NULL, 0, &e) ||
	    stock_new(&stock, &none, &x, 1, NULL, 0, &e) || !(value = mem_new(stock.count, sizeof *value, &e))) {
		fprintf(stderr, "score-search: %s\n", argc == 2 ? e.text : "usage: score-search gallery.sig < probes.sig");
		return argc == 2 ? e.status : STATUS_USAGE;
	}
	puts("probe,mates,rank,value,seconds");
	for (size_t p = 0; p < probes.count; p++) {
		const char *id = signature_meta(&probes.entry[p].head, META_ID);
		struct search_probe probe = { 0 };
		struct run run = { .stock = &stock, .probe = &probe, .value = value, .kernel = scan_fastest() };
		struct land_probe *land = NULL;
		double start = clock_elapsed(), best;
		size_t rank;
		int count;

		if (prepare(&probes.entry[p], &probe, &land))
			continue;
		run.land = land;
		prepared += clock_elapsed() - start;
		batch_run(&steps, &run, 0, &e);
		start = clock_elapsed() - start;
		took += start;
		search_free(&probe);
		land_probe_free(land);
		rank = judge(&stock, x, id, value, &count, &best);
		printf("%s,%d,%zu,%.3f,%.4f\n", id, count, count ? rank : 0, best, start);
		of += count > 0;
		for (int k = 0; count && k < RANKS; k++)
			within[k] += rank <= ranks[k];
	}
	fprintf(stderr, "%zu signatures, %zu probes with mates, %s: %.4f s a probe, of which prepared %.4f\n", stock.count, of,
		scan_name(scan_fastest()), took / (double)probes.count, prepared / (double)probes.count);
	for (int k = 0; of && k < RANKS; k++)
		fprintf(stderr, "recall at %zu: %.4f\n", ranks[k], (double)within[k] / (double)of);
	quantiles("made of parts", others[1], others_count[1]);
	quantiles("others", others[0], others_count[0]);
	return 0;
}
