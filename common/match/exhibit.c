/* exhibit.c - signatures grouped by the exhibit that they were taken from */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "match/exhibit.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/num.h"

static const char *name_of(const struct gallery_entry *entry)
{
	const char *exhibit = signature_meta(&entry->head, META_EXHIBIT);

	return *exhibit ? exhibit : signature_meta(&entry->head, META_ID);
}

static int by_exhibit(const void *a, const void *b)
{
	const struct gallery_entry *x = a, *y = b;
	int c = strcmp(name_of(x), name_of(y));

	if (!c)
		c = (x->head.mark > y->head.mark) - (x->head.mark < y->head.mark);
	return c ? c : gallery_order(x, y);
}

/* The number that a land's text says; 0: none. */
static int number(const struct gallery_entry *land, enum meta key, int *out, struct error *e)
{
	const char *text = signature_meta(&land->head, key);
	int64_t n = 0;

	*out = 0;
	if (*text && num_integer(text, 1, 99, &n, NULL))
		return error_set(e, STATUS_INPUT, "%s '%.60s' is no number from 1 to 99", meta_name(key), text);
	*out = (int)n;
	return STATUS_DONE;
}

static enum twist twist_of(const struct gallery_entry *land)
{
	const char *text = signature_meta(&land->head, META_TWIST);

	return !strcmp(text, "left") ? TWIST_LEFT : !strcmp(text, "right") ? TWIST_RIGHT : TWIST_UNKNOWN;
}

static enum layer layer_of(const struct gallery_entry *land)
{
	return land->head.layer[LAYER_RELIEF] ? LAYER_RELIEF : LAYER_LOOK;
}

/* The lands of one exhibit as far as they were gone through. */
struct lands {
	struct bullet seen[LAYERS];   /* a scan and a photograph may show the same land */
	int lands;
	enum twist twist;
	size_t with, without;         /* a number */
};

static int check_twist(struct lands *l, const struct gallery_entry *land, struct error *e)
{
	enum twist twist = twist_of(land);

	if (twist && l->twist && twist != l->twist)
		return error_set(e, STATUS_INPUT, "twist %s contradicts another land of the same bullet",
				 signature_meta(&land->head, META_TWIST));
	l->twist = twist ? twist : l->twist;
	return STATUS_DONE;
}

static int check_land(struct lands *l, const struct gallery_entry *land, struct error *e)
{
	static const struct land_key there;   /* stands for any */
	int lands, at, status = number(land, META_LANDS, &lands, e);

	if (!status)
		status = number(land, META_LAND, &at, e);
	if (!status)
		status = check_twist(l, land, e);
	if (status)
		return status;
	if (at == 0) {
		l->without++;
		return STATUS_DONE;
	}
	l->with++;
	if (lands == 0)
		return error_set(e, STATUS_INPUT, "land %d of how many? (--lands of ibin-extract)", at);
	if (l->lands && l->lands != lands)
		return error_set(e, STATUS_INPUT, "%d lands contradict the %d of the same bullet", lands, l->lands);
	l->lands = lands;
	return bullet_add(&l->seen[layer_of(land)], lands, at, &there, e);
}

static int check_lands(const struct exhibits *x, struct exhibit *own, struct error *e)
{
	struct lands l = { 0 };

	for (size_t i = own->first; i < own->first + own->count; i++) {
		const struct gallery_entry *entry = &x->g->entry[i];

		if (entry->head.mark != MARK_LAND || (i > own->first && gallery_same(entry - 1, entry)))
			continue;
		if (check_land(&l, entry, e))
			return error_within(e, signature_meta(&entry->head, META_ID));
	}
	if (l.with && l.without)
		return error_set(e, STATUS_INPUT, "%zu of its lands have a number, %zu have none", l.with, l.without);
	own->numbered = l.with > 0;
	return STATUS_DONE;
}

int exhibits_group(struct gallery *g, struct exhibits *out, void (*bad)(void *context, const struct error *e),
		   void *context, struct error *e)
{
	*out = (struct exhibits){ .g = g };
	out->exhibit = mem_new(g->count, sizeof *out->exhibit, e);
	out->of = mem_new(g->count, sizeof *out->of, e);
	if (!out->exhibit || !out->of) {
		exhibits_free(out);
		return STATUS_SYSTEM;
	}
	if (g->count)
		qsort(g->entry, g->count, sizeof *g->entry, by_exhibit);
	for (size_t i = 0; i < g->count; i++) {
		const char *name = name_of(&g->entry[i]);

		if (i == 0 || strcmp(name, name_of(&g->entry[i - 1])))
			out->exhibit[out->count++] = (struct exhibit){ .name = name, .first = i };
		out->exhibit[out->count - 1].count++;
		out->exhibit[out->count - 1].of[g->entry[i].head.mark]++;
		out->of[i] = out->count - 1;
	}
	for (size_t k = 0; k < out->count; k++) {
		struct exhibit *own = &out->exhibit[k];
		struct error why;

		own->refused = own->of[MARK_LAND] && check_lands(out, own, &why);
		if (own->refused) {
			error_within(&why, own->name);
			bad(context, &why);
		}
	}
	return STATUS_DONE;
}

void exhibits_free(struct exhibits *x)
{
	free(x->exhibit);
	free(x->of);
	*x = (struct exhibits){ 0 };
}

int exhibit_bullet(const struct exhibits *x, size_t i, enum layer layer, struct bullet *plan,
		   const struct gallery_entry *land[BULLET_LANDS])
{
	const struct exhibit *own = &x->exhibit[i];
	int n = 0;

	*plan = (struct bullet){ 0 };
	memset(land, 0, BULLET_LANDS * sizeof *land);
	for (size_t k = own->first; own->numbered && k < own->first + own->count; k++) {
		const struct gallery_entry *entry = &x->g->entry[k];
		int lands, at;

		/* checked when they were grouped */
		if (entry->head.mark != MARK_LAND || number(entry, META_LANDS, &lands, NULL) ||
		    number(entry, META_LAND, &at, NULL))
			continue;
		plan->lands = lands;
		if (twist_of(entry))
			plan->twist = twist_of(entry);
		if (layer_of(entry) != layer || land[at - 1])
			continue;
		land[at - 1] = entry;
		n++;
	}
	return n;
}

bool exhibit_same(const struct exhibits *a, size_t i, const struct exhibits *b, size_t j)
{
	const struct exhibit *x = &a->exhibit[i], *y = &b->exhibit[j];

	if (a == b && i == j)
		return true;
	if (strcmp(x->name, y->name))
		return false;
	for (size_t k = x->first; k < x->first + x->count; k++)
		for (size_t m = y->first; m < y->first + y->count; m++)
			if (gallery_same(&a->g->entry[k], &b->g->entry[m]))
				return true;
	return false;
}
