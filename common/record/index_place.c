/* index_place.c - where each record stands in the log, and which serials lead to it: the current lines in a row */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "base/mem.h"
#include "base/sort.h"
#include "record/index_parts.h"

/* Each record has a place of 24 bytes, in the order in which they came, which says what its current line
 * says: all of them are read through in milliseconds. A page holds 166. The places of a record's lines are in
 * their heads; from 1, as 0 stands for none. */
#define PLACE 24
#define PLACES_A_PAGE 166

/* Pages are changed one after the other. */
struct pages {
	struct index *index;
	unsigned char page[PLACE * PLACES_A_PAGE];
	uint64_t number;
	size_t size;
	bool loaded;
	uint32_t last;       /* the place given out last */
};

static int write_page(struct pages *p, struct error *e)
{
	return p->loaded ? store_put(p->index->store, INDEX_PLACES, p->number, p->page, p->size, e) : STATUS_DONE;
}

static int turn_to(struct pages *p, uint64_t number, struct error *e)
{
	const void *value;
	size_t size;
	int status;

	if (p->loaded && p->number == number)
		return STATUS_DONE;
	status = write_page(p, e);
	if (status)
		return status;
	status = store_get(p->index->store, INDEX_PLACES, number, &value, &size, e);
	if (status == STATUS_NO)
		size = 0;
	else if (status)
		return status;
	if (size > sizeof p->page || size % PLACE)
		return error_set(e, STATUS_INPUT, "index: damaged");
	memcpy(p->page, value, size);
	p->size = size;
	p->number = number;
	p->loaded = true;
	return STATUS_DONE;
}

static int set_place(struct pages *p, const struct index_head *h, struct error *e)
{
	size_t at = (h->place - 1) % PLACES_A_PAGE * PLACE;
	int status = turn_to(p, (h->place - 1) / PLACES_A_PAGE, e);

	if (status)
		return status;
	/* places are given out one after the other */
	if (at > p->size)
		return error_set(e, STATUS_INPUT, "index: damaged");
	bytes_put64(p->page + at, h->id);
	bytes_put64(p->page + at + 8, h->offset);
	bytes_put16(p->page + at + 16, h->owner);
	bytes_put16(p->page + at + 18, h->other);
	bytes_put32(p->page + at + 20, (uint32_t)h->state << 24 | ((uint32_t)h->review & 0xffffff));
	if (at == p->size)
		p->size += PLACE;
	return STATUS_DONE;
}

static int find_last(struct pages *p, struct error *e)
{
	const void *value;
	uint64_t number;
	size_t size;
	int status = store_last(p->index->store, INDEX_PLACES, &number, &value, &size, e);

	if (status)
		return status == STATUS_NO ? STATUS_DONE : status;
	p->last = (uint32_t)(number * PLACES_A_PAGE + size / PLACE);
	return STATUS_DONE;
}

static void take_current(void *context, const struct index_head *line)
{
	struct index_head *best = context;

	if (!best->id || index_supersedes(line, best))
		*best = *line;
}

/* The lines of one record, which come together. */
static int place_lines(struct pages *p, struct index_head *const *line, size_t n, bool new, struct error *e)
{
	struct index_head best = { 0 };
	uint32_t place;
	int status = new ? STATUS_DONE : index_visit_lines(p->index, line[0]->id, take_current, &best, e);

	if (status)
		return status;
	place = best.place;
	if (!place && p->last == INDEX_PLACES_MOST)
		return STATUS_DONE;
	if (!place)
		place = ++p->last;
	for (size_t k = 0; k < n; k++) {
		line[k]->place = place;
		take_current(&best, line[k]);
	}
	best.place = place;
	return set_place(p, &best, e);
}

int index_place_current(struct index *i, struct index_batch *b, struct error *e)
{
	struct index_head *line = (void *)b->heads.data;
	size_t n = index_batch_lines(b), first = 0;
	struct sort_item *item = mem_new(n, sizeof *item, e);
	struct index_head **sorted = mem_new(n, sizeof *sorted, e);
	struct pages *p = mem_new(1, sizeof *p, e);
	int status = item && sorted && p ? STATUS_DONE : STATUS_SYSTEM;

	if (!status) {
		p->index = i;
		status = find_last(p, e);
	}
	for (size_t k = 0; k < n && !status; k++)
		item[k] = (struct sort_item){ line[k].id, k };
	if (!status)
		status = sort_items(item, n, e);
	for (size_t k = 0; k < n && !status; k++)
		sorted[k] = &line[item[k].value];
	for (size_t k = 1; k <= n && !status; k++) {
		if (k < n && sorted[k]->id == sorted[first]->id)
			continue;
		status = place_lines(p, sorted + first, k - first, b->named, e);
		first = k;
	}
	if (!status)
		status = write_page(p, e);
	free(item);
	free(sorted);
	free(p);
	return status;
}

/* Asked of every place that there is: no more than one word of each is looked at. */
static inline bool fits(const unsigned char *place, const struct index_filter *f)
{
	uint64_t word = bytes_get64(place + 16);

	if (f->states && !(f->states >> (word >> 56 & 31) & 1))
		return false;
	return !f->country || (uint16_t)word == f->country || (uint16_t)(word >> 16) == f->country;
}

static int take_page(const unsigned char *page, size_t size, const struct index_filter *filter, index_take *take,
		     void *context, struct error *e)
{
	const struct index_filter f = *filter;
	int status = STATUS_DONE;

	for (size_t at = 0; at + PLACE <= size && !status; at += PLACE) {
		const unsigned char *p = page + at;

		if (fits(p, &f)) {
			uint32_t last = bytes_get32(p + 20);
			struct index_head head = {
				.id = bytes_get64(p), .offset = bytes_get64(p + 8), .owner = bytes_get16(p + 16),
				.other = bytes_get16(p + 18), .state = (uint8_t)(last >> 24),
				.review = (int32_t)(last & 0xffffff),
			};

			status = take(context, &head, e);
		}
	}
	return status;
}

int index_places(struct index *i, const struct index_filter *filter, index_take *take, void *context,
		 struct error *e)
{
	uint64_t number = 0;
	const void *value;
	size_t size;
	int status = i->empty ? STATUS_NO : STATUS_DONE;

	while (!status && !(status = store_from(i->store, INDEX_PLACES, &number, &value, &size, e))) {
		status = take_page(value, size, filter, take, context, e);
		number++;
	}
	return status == STATUS_NO ? STATUS_DONE : status;
}
