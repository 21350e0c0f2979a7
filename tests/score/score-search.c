/* score-search.c - where a search puts the mates of probes in a gallery, and how long it takes */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "match/narrow.h"
#include "sign/pack.h"

/* score-search gallery.sig < probes.sig: reliefs, and lands. The gallery needs an index, and the mates of a
 * probe are those whose id is the same up to the first '-' (F001-S1, F001-S2). Others whose id begins with S are
 * made ones. One row a probe: id, mates, rank of the best mate by the search, its value, seconds; to standard
 * error a summary. */
struct run {
	const struct stock *stock;
	struct narrow *narrow;
	struct listed *list;
	double *value;                /* of each signature; -1: it is not of the kind, or a step dropped it */
	int *left;                    /* of each, how many steps left it */
	size_t kept[NARROW_STEPS];    /* by the steps */
	double took[NARROW_STEPS];    /* s */
};

static int run_steps(struct run *r, const struct signature *probe, size_t *count, struct error *e)
{
	double start = clock_elapsed();
	int status = narrow_begin(r->narrow, probe, r->list, *count, 0, e);

	for (int step = 0; !status && step < NARROW_STEPS; step++) {
		double end;

		status = narrow_step(r->narrow, (enum narrow_step)step, r->list, count, e);
		end = clock_elapsed();
		r->took[step] += end - start;
		r->kept[step] = *count;
		for (size_t i = 0; i < *count; i++)
			r->left[r->list[i].entry] = step + 1;
		start = end;
	}
	narrow_end(r->narrow);
	return status;
}

/* All steps; what they say of each signature of the probe's kind. */
static int search(struct run *r, const struct signature *probe, struct error *e)
{
	bool land = mark_striated(probe->mark);
	double start = clock_elapsed();
	size_t count = 0;
	int status;

	for (size_t i = 0; i < r->stock->count; i++) {
		struct catalog_item item;

		r->value[i] = -1;
		r->left[i] = 0;
		stock_item(r->stock, i, &item);
		if (item.mark == probe->mark && item.layers & 1u << LAYER_RELIEF)
			r->list[count++] = (struct listed){ .entry = (uint32_t)i, .view = land ? VIEW_LANDS : VIEW_RELIEF };
	}
	if (land) {
		status = narrow_lands(r->narrow, probe, r->list, count, e);
		r->took[0] += clock_elapsed() - start;
	} else {
		status = run_steps(r, probe, &count, e);
	}
	for (size_t i = 0; !status && i < count; i++)
		r->value[r->list[i].entry] = r->list[i].searched;
	return status;
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
static size_t judge(const struct run *r, const struct catalog *x, const char *id, int *of, double *best, int *left)
{
	const struct stock *s = r->stock;
	const double *value = r->value;
	size_t above = 0, step = s->count / 20000 + 1;

	*of = 0;
	*best = -1;
	*left = 0;
	for (int pass = 0; pass < 2; pass++)
		for (size_t i = 0; i < s->count; i++) {
			size_t n;
			const char *other = catalog_id(x, i, &n);

			if (n == strlen(id) && !memcmp(id, other, n))
				continue;
			if (mates(id, other, n)) {
				*of += pass == 0;
				*best = value[i] > *best ? value[i] : *best;
				*left = r->left[i] > *left ? r->left[i] : *left;
			} else if (pass == 1) {
				int made = *other == 'S';

				above += value[i] >= *best;
				if (value[i] < 0 || (made && i % step))
					continue;
				others[made] = mem_grow(others[made], others_count[made] + 1, sizeof **others, NULL);
				if (!others[made])
					exit(STATUS_SYSTEM);
				others[made][others_count[made]++] = value[i];
			}
		}
	return above + 1;
}

static const size_t ranks[] = { 1, 10, 100, 400, 1000, 4000 };
enum { RANKS = sizeof ranks / sizeof *ranks };

struct tally {
	size_t probes, with_mates, within[RANKS], left[NARROW_STEPS];   /* left: whose mate is left by a step */
};

static double seconds(const struct run *r)
{
	double sum = 0;

	for (int k = 0; k < NARROW_STEPS; k++)
		sum += r->took[k];
	return sum;
}

static void summary(const struct run *r, const struct tally *t)
{
	static const char *const name[NARROW_STEPS] = { "rings", "codes", "closer", "fine codes" };
	double n = t->probes ? (double)t->probes : 1, of = (double)t->with_mates;

	fprintf(stderr, "%zu signatures, %zu probes with mates, %s: %.4f s a probe, of which the first step %.4f\n",
		r->stock->count, t->with_mates, kernel_name(kernel_fastest()), seconds(r) / n, r->took[0] / n);
	if (!t->with_mates)
		return;
	for (int k = 0; k < NARROW_STEPS && r->kept[k]; k++)
		fprintf(stderr, "recall of %s, at %zu: %.4f, %.4f s\n", name[k], r->kept[k], (double)t->left[k] / of,
			r->took[k] / n);
	for (int k = 0; k < RANKS; k++)
		fprintf(stderr, "recall at %zu: %.4f\n", ranks[k], (double)t->within[k] / of);
	quantiles("made of parts", others[1], others_count[1]);
	quantiles("others", others[0], others_count[0]);
}

static void score(struct run *r, const struct catalog *x, const struct gallery_entry *probe, struct tally *t)
{
	const char *id = signature_meta(&probe->head, META_ID);
	double before = seconds(r), best;
	struct signature s;
	struct error e;
	size_t rank;
	int count, left, status = unpack_signature(&probe->body, 1, &s, &e);

	if (!status && s.layer[LAYER_RELIEF])
		status = search(r, &s, &e);
	if (status) {
		error_print(stderr, "score-search", &e);
		exit(e.status);
	}
	signature_free(&s);
	rank = judge(r, x, id, &count, &best, &left);
	printf("%s,%d,%zu,%d,%.3f,%.4f\n", id, count, count ? rank : 0, left, best, seconds(r) - before);
	t->probes++;
	t->with_mates += count > 0;
	for (int k = 0; k < NARROW_STEPS; k++)
		t->left[k] += count > 0 && left > k;
	for (int k = 0; count && k < RANKS; k++)
		t->within[k] += rank <= ranks[k] && best >= 0;
}

int main(int argc, char **argv)
{
	struct gallery none = { 0 }, probes = { 0 };
	struct catalog *x = NULL;
	struct stock stock;
	struct tally tally = { 0 };
	struct run run = { .stock = &stock };
	struct error e;

	if (argc != 2 || catalog_open(argv[1], &x, &e) || catalog_need_codes(x, LAYER_RELIEF, &e) ||
	    catalog_need_lands(x, &e) || catalog_need_texts(x, &e) || gallery_read(&probes, stdin, NULL, 0, &e) ||
	    stock_new(&stock, &none, &x, 1, NULL, 0, &e) ||
	    !(run.narrow = narrow_new(&stock, 0, stock_longest_profile(&stock) > 0, &e)) ||
	    !(run.value = mem_new(stock.count, sizeof *run.value, &e)) ||
	    !(run.left = mem_new(stock.count, sizeof *run.left, &e)) ||
	    !(run.list = mem_new(stock.count, sizeof *run.list, &e))) {
		fprintf(stderr, "score-search: %s\n", argc == 2 ? e.text : "usage: score-search gallery.sig < probes.sig");
		return argc == 2 ? e.status : STATUS_USAGE;
	}
	puts("probe,mates,rank,steps,value,seconds");
	for (size_t p = 0; p < probes.count; p++)
		score(&run, x, &probes.entry[p], &tally);
	summary(&run, &tally);
	return 0;
}
