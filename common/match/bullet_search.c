/* bullet_search.c - the first step for bullets: what the codes of all their lands say together */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "match/bullet_search.h"

#include <math.h>
#include <stdlib.h>

#include "base/batch.h"
#include "base/mem.h"
#include "match/land_score.h"
#include "match/land_search.h"

/* Every land of one is laid on every land of the other by its code, and the best phase is taken as in bullet.c. What
 * a value is worth was fitted by logistic regression (classes of equal weight) on 166 pairs of one land and 17,753 of
 * two: 56 made bullets in four sets (as they come; --noise 1.6 --rash 2 --spacing 2; --lands 5 --noise 1.3 --classes 5
 * --subclass .2 --height 300; --noise 1.3 --rash 1.5) and the two real ones; Cllr .12. */
#define SLOPE 0.61
#define CONSTANT (-10.6)

#define CHUNK 64

struct searcher {
	const struct exhibits *gallery;
	struct land_codes *codes;
	struct bullet plan[LAYERS];                         /* the probe; lands that have a code are not NULL */
	struct land_probe *land[LAYERS][BULLET_LANDS];
	enum kernel kernel;
	double *odds;
	size_t next, *job, jobs;
	int failed;
};

static const struct land_key there;   /* stands for any */

static void release(struct searcher *s)
{
	for (int v = 0; v < LAYERS; v++)
		for (int k = 0; k < BULLET_LANDS; k++)
			land_probe_free(s->land[v][k]);
	free(s->job);
}

static int prepare(struct searcher *s, const struct exhibits *probes, size_t i, struct error *e)
{
	struct land_codes *own = probes == s->gallery ? NULL : land_codes_new(probes->stock, e);
	struct land_codes *codes = own ? own : s->codes;
	int status = own || probes == s->gallery ? STATUS_DONE : STATUS_SYSTEM;
	size_t land[BULLET_LANDS];

	for (int v = 0; !status && v < LAYERS; v++) {
		exhibit_bullet(probes, i, (enum layer)v, &s->plan[v], land);
		for (int k = 0; !status && k < s->plan[v].lands; k++) {
			struct land_code code;

			status = land[k] == EXHIBIT_NONE ? STATUS_NO : land_codes_get(codes, land[k], &code, e);
			if (!status && !(s->land[v][k] = land_probe_new(&code, e)))
				status = STATUS_SYSTEM;
			if (status == STATUS_NO)
				status = STATUS_DONE;
			s->plan[v].land[k] = s->land[v][k] ? &there : NULL;
		}
	}
	land_codes_free(own);
	return status;
}

static void lay(const struct land_probe *a, const struct land_code *b, enum kernel kernel, struct land_fit *out)
{
	struct land_searched found;

	land_search(a, kernel, b, &found);
	out->turned = found.turned > found.straight;
	out->odds = CONSTANT + SLOPE * (double)land_searched_best(&found);
	out->score = land_score_of(out->odds);
}

/* Those of candidate k as they are seen in one layer. */
static double odds_of(struct searcher *s, size_t k, enum layer v)
{
	const struct bullet *a = &s->plan[v];
	struct land_fit table[BULLET_LANDS * BULLET_LANDS];
	struct bullet_fit fit = { .lands = a->lands };
	struct bullet b;
	size_t land[BULLET_LANDS];
	int pairs = 0;

	if (!a->lands || !exhibit_bullet(s->gallery, k, v, &b, land))
		return -INFINITY;
	if (!bullet_one_class(a, &b))
		return BULLET_OTHER_CLASS;
	for (int j = 0; j < b.lands; j++) {
		struct land_code code;
		int status = land[j] == EXHIBIT_NONE ? STATUS_NO : land_codes_get(s->codes, land[j], &code, NULL);

		if (status == STATUS_SYSTEM)
			__atomic_store_n(&s->failed, 1, __ATOMIC_RELAXED);
		b.land[j] = status ? NULL : &there;
		for (int i = 0; !status && i < a->lands; i++)
			if (a->land[i]) {
				lay(s->land[v][i], &code, s->kernel, &table[i * a->lands + j]);
				pairs++;
			}
	}
	if (!pairs)
		return -INFINITY;
	bullet_choose(a, &b, table, &fit);
	return fit.odds;
}

static void *next_chunk(void *context)
{
	struct searcher *s = context;
	size_t *job = &s->job[s->next / CHUNK % s->jobs];

	if (s->next >= s->gallery->count)
		return NULL;
	*job = s->next;
	s->next += CHUNK;
	return job;
}

static void search_chunk(void *context, void *job)
{
	struct searcher *s = context;
	size_t k = *(size_t *)job;

	for (size_t end = k + CHUNK; k < end && k < s->gallery->count; k++) {
		double relief, look;

		s->odds[k] = -INFINITY;
		if (!s->gallery->exhibit[k].numbered || s->gallery->exhibit[k].refused)
			continue;
		relief = odds_of(s, k, LAYER_RELIEF);
		look = odds_of(s, k, LAYER_LOOK);
		s->odds[k] = fmax(relief, look);
	}
}

static int chunk_done(void *context, void *job)
{
	const struct searcher *s = context;

	(void)job;
	return __atomic_load_n(&s->failed, __ATOMIC_RELAXED) ? STATUS_SYSTEM : STATUS_DONE;
}

int bullet_search(const struct exhibits *gallery, struct land_codes *codes, const struct exhibits *probes, size_t i,
		  size_t first, int threads, double *odds, struct error *e)
{
	static const struct batch steps = { next_chunk, search_chunk, chunk_done, NULL };
	struct searcher s = { .gallery = gallery, .codes = codes, .kernel = kernel_fastest(), .odds = odds,
			      .next = first };
	int status;

	/* more than are under way at a time (base/batch.h) */
	s.jobs = (size_t)(5 * (threads ? threads : batch_processors()));
	s.job = mem_new(s.jobs, sizeof *s.job, e);
	status = s.job ? prepare(&s, probes, i, e) : STATUS_SYSTEM;
	if (!status) {
		error_memory(e);   /* the only thing that a job can fail of */
		status = batch_run(&steps, &s, threads, e);
	}
	release(&s);
	return status;
}
