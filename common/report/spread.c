/* spread.c - how whole numbers are spread: mean, median and other quantiles, exact */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/spread.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

static size_t look(const struct spread_line *line, size_t slots, int64_t value)
{
	uint64_t hash = (uint64_t)value * UINT64_C(0x9e3779b97f4a7c15);
	size_t at = (size_t)(hash >> 32) & (slots - 1);

	while (line[at].n && line[at].value != value)
		at = (at + 1) & (slots - 1);
	return at;
}

static int grow(struct spread *s, struct error *e)
{
	size_t slots = s->slots ? 2 * s->slots : 16;
	struct spread_line *line = mem_new(slots, sizeof *line, e);

	if (!line)
		return STATUS_SYSTEM;
	for (size_t i = 0; i < s->slots; i++)
		if (s->line[i].n)
			line[look(line, slots, s->line[i].value)] = s->line[i];
	free(s->line);
	s->line = line;
	s->slots = slots;
	return STATUS_DONE;
}

int spread_add(struct spread *s, int64_t value, struct error *e)
{
	size_t at;

	if (2 * s->used >= s->slots && grow(s, e))
		return STATUS_SYSTEM;
	at = look(s->line, s->slots, value);
	s->used += !s->line[at].n;
	s->line[at].value = value;
	s->line[at].n++;
	s->n++;
	s->sum += value;
	return STATUS_DONE;
}

double spread_mean(const struct spread *s)
{
	return s->n ? (double)s->sum / (double)s->n : NAN;
}

static int order(const void *a, const void *b)
{
	const struct spread_line *x = a, *y = b;

	/* the free ones behind the others */
	if (!x->n || !y->n)
		return !x->n - !y->n;
	return x->value < y->value ? -1 : x->value > y->value;
}

/* The rank-th smallest, from 1; there are so many. */
static double ranked(struct spread *s, uint64_t rank)
{
	uint64_t passed = 0;
	size_t i = 0;

	qsort(s->line, s->slots, sizeof *s->line, order);
	while (i + 1 < s->used && passed + s->line[i].n < rank)
		passed += s->line[i++].n;
	return (double)s->line[i].value;
}

double spread_median(struct spread *s)
{
	if (!s->n)
		return NAN;
	return (ranked(s, (s->n + 1) / 2) + ranked(s, s->n / 2 + 1)) / 2;
}

double spread_percentile(struct spread *s, double percent)
{
	double rank = ceil(percent / 100 * (double)s->n);

	return s->n ? ranked(s, rank < 1 ? 1 : (uint64_t)rank) : NAN;
}

void spread_free(struct spread *s)
{
	free(s->line);
	memset(s, 0, sizeof *s);
}
