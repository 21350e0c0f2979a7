/* exhibit.c - signatures grouped by the exhibit that they were taken from */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "match/exhibit.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/num.h"

/* What the order depends on, at hand. */
struct place {
	const char *name, *id;
	uint32_t name_size, id_size, number;
	uint8_t mark;
};

static int by_exhibit(const void *a, const void *b, void *stock)
{
	const struct place *x = a, *y = b;
	int c = stock_order_texts(x->name, x->name_size, y->name, y->name_size);

	if (!c)
		c = (x->mark > y->mark) - (x->mark < y->mark);
	if (!c)
		c = stock_order_texts(x->id, x->id_size, y->id, y->id_size);
	return c ? c : stock_order(stock, x->number, y->number);
}

static struct place place_of(const struct stock *s, size_t n)
{
	struct catalog_item item;
	size_t name_size, id_size;
	const char *id = stock_id(s, n, &id_size), *name = stock_text(s, n, META_EXHIBIT, &name_size);

	stock_item(s, n, &item);
	if (!name_size) {
		name = id;
		name_size = id_size;
	}
	return (struct place){ name, id, (uint32_t)name_size, (uint32_t)id_size, (uint32_t)n, (uint8_t)item.mark };
}

/* A copy of a text that ends with a zero. */
static const char *text_of(const struct stock *s, size_t n, enum meta key, char out[SIGNATURE_TEXT])
{
	size_t size;
	const char *text = stock_text(s, n, key, &size);

	size = size < SIGNATURE_TEXT ? size : SIGNATURE_TEXT - 1;
	memcpy(out, text, size);
	out[size] = 0;
	return out;
}

/* The number that a land's text says; 0: none. */
static int number(const struct stock *s, size_t land, enum meta key, int *out, struct error *e)
{
	char room[SIGNATURE_TEXT];
	const char *text = text_of(s, land, key, room);
	int64_t n = 0;

	*out = 0;
	if (*text && num_integer(text, 1, 99, &n, NULL))
		return error_set(e, STATUS_INPUT, "%s '%.60s' is no number from 1 to 99", meta_name(key), text);
	*out = (int)n;
	return STATUS_DONE;
}

static enum twist twist_of(const struct stock *s, size_t land)
{
	char room[SIGNATURE_TEXT];
	const char *text = text_of(s, land, META_TWIST, room);

	return !strcmp(text, "left") ? TWIST_LEFT : !strcmp(text, "right") ? TWIST_RIGHT : TWIST_UNKNOWN;
}

static enum layer layer_of(const struct stock *s, size_t land)
{
	struct catalog_item item;

	stock_item(s, land, &item);
	return item.layers & 1u << LAYER_RELIEF ? LAYER_RELIEF : LAYER_LOOK;
}

static enum mark mark_of(const struct stock *s, size_t n)
{
	struct catalog_item item;

	stock_item(s, n, &item);
	return item.mark;
}

/* The lands of one exhibit as far as they were gone through. */
struct lands {
	struct bullet seen[LAYERS];   /* a scan and a photograph may show the same land */
	int lands;
	enum twist twist;
	size_t with, without;         /* a number */
};

static int check_twist(struct lands *l, const struct stock *s, size_t land, struct error *e)
{
	enum twist twist = twist_of(s, land);

	if (twist && l->twist && twist != l->twist)
		return error_set(e, STATUS_INPUT, "twist %s contradicts another land of the same bullet",
				 twist == TWIST_LEFT ? "left" : "right");
	l->twist = twist ? twist : l->twist;
	return STATUS_DONE;
}

static int check_land(struct lands *l, const struct stock *s, size_t land, struct error *e)
{
	static const struct land_key there;   /* stands for any */
	int lands, at, status = number(s, land, META_LANDS, &lands, e);

	if (!status)
		status = number(s, land, META_LAND, &at, e);
	if (!status)
		status = check_twist(l, s, land, e);
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
	return bullet_add(&l->seen[layer_of(s, land)], lands, at, &there, e);
}

static int check_lands(const struct exhibits *x, struct exhibit *own, struct error *e)
{
	const struct stock *s = x->stock;
	struct lands l = { 0 };

	for (size_t i = own->first; i < own->first + own->count; i++) {
		size_t n = s->order[i];

		if (mark_of(s, n) != MARK_LAND || (i > own->first && stock_same(s, s->order[i - 1], s, n)))
			continue;
		if (check_land(&l, s, n, e))
			return stock_within(s, n, e);
	}
	if (l.with && l.without)
		return error_set(e, STATUS_INPUT, "%zu of its lands have a number, %zu have none", l.with, l.without);
	own->numbered = l.with > 0;
	return STATUS_DONE;
}

static char *copy_of(const struct place *p, struct error *e)
{
	char *name = mem_new(p->name_size + 1, 1, e);

	if (name)
		memcpy(name, p->name, p->name_size);
	return name;
}

static int add_signature(struct exhibits *x, const struct place *place, bool first, size_t at, struct error *e)
{
	if (first || stock_order_texts(place->name, place->name_size, place[-1].name, place[-1].name_size)) {
		char *name = copy_of(place, e);

		if (!name)
			return STATUS_SYSTEM;
		x->exhibit[x->count++] = (struct exhibit){ .name = name, .first = at };
	}
	x->exhibit[x->count - 1].count++;
	x->exhibit[x->count - 1].of[place->mark]++;
	x->of[place->number] = (uint32_t)(x->count - 1);
	return STATUS_DONE;
}

/* The order becomes the stock's. */
static int put_in_order(struct stock *s, struct place **out, struct error *e)
{
	struct place *place = *out = mem_new(s->count, sizeof *place, e);
	uint32_t *order = mem_new(s->count, sizeof *order, e), *at = mem_new(s->count, sizeof *at, e);

	if (!place || !order || !at) {
		free(order);
		free(at);
		return STATUS_SYSTEM;
	}
	free(s->order);
	free(s->place);
	s->order = order;
	s->place = at;
	s->ordered = 0;
	for (size_t n = 0; n < s->count; n++)
		if (!s->hidden || !s->hidden[n])
			place[s->ordered++] = place_of(s, n);
	if (s->ordered)
		qsort_r(place, s->ordered, sizeof *place, by_exhibit, s);
	for (size_t i = 0; i < s->ordered; i++) {
		s->order[i] = place[i].number;
		s->place[place[i].number] = (uint32_t)i;
	}
	return STATUS_DONE;
}

int exhibits_group(struct stock *s, struct exhibits *out, void (*bad)(void *context, const struct error *e),
		   void *context, struct error *e)
{
	struct place *place = NULL;
	int status;

	*out = (struct exhibits){ .stock = s };
	out->of = mem_new(s->count, sizeof *out->of, e);
	status = out->of ? put_in_order(s, &place, e) : STATUS_SYSTEM;
	if (!status && !(out->exhibit = mem_new(s->ordered, sizeof *out->exhibit, e)))
		status = STATUS_SYSTEM;
	for (size_t n = 0; !status && n < s->count; n++)
		out->of[n] = EXHIBIT_NONE;
	for (size_t i = 0; !status && i < s->ordered; i++)
		status = add_signature(out, &place[i], i == 0, i, e);
	free(place);
	if (status) {
		exhibits_free(out);
		return status;
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
	for (size_t k = 0; k < x->count; k++)
		free(x->exhibit[k].name);
	free(x->exhibit);
	free(x->of);
	*x = (struct exhibits){ 0 };
}

int exhibit_bullet(const struct exhibits *x, size_t i, enum layer layer, struct bullet *plan,
		   size_t land[BULLET_LANDS])
{
	const struct exhibit *own = &x->exhibit[i];
	const struct stock *s = x->stock;
	int n = 0;

	*plan = (struct bullet){ 0 };
	for (int k = 0; k < BULLET_LANDS; k++)
		land[k] = EXHIBIT_NONE;
	for (size_t k = own->first; own->numbered && k < own->first + own->count; k++) {
		size_t entry = s->order[k];
		int lands, at;

		/* checked when they were grouped */
		if (mark_of(s, entry) != MARK_LAND || number(s, entry, META_LANDS, &lands, NULL) ||
		    number(s, entry, META_LAND, &at, NULL))
			continue;
		plan->lands = lands;
		if (twist_of(s, entry))
			plan->twist = twist_of(s, entry);
		if (layer_of(s, entry) != layer || land[at - 1] != EXHIBIT_NONE)
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
			if (stock_same(a->stock, a->stock->order[k], b->stock, b->stock->order[m]))
				return true;
	return false;
}
