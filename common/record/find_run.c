/* find_run.c - records that fit a question: going through them */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "base/sort.h"
#include "record/country.h"
#include "record/find.h"

#define AHEAD (1 << 18)
#define MANY 10000             /* lines that are better read in large blocks */

/* A damaged line hides one record, not all. */
static int read_seen(struct book *b, uint64_t offset, struct record *r, size_t *damaged, struct error *e)
{
	int status = book_read(b, offset, r, e);

	if (status == STATUS_INPUT && damaged)
		++*damaged;
	if (status == STATUS_INPUT)
		return STATUS_NO;
	return status || book_sees(b, r) ? status : STATUS_NO;
}

/* What the index alone can say. */
static bool head_fits(const struct find *f, const struct index_head *head)
{
	const char *status = f->asked.field[FORM_STATUS], *owner = f->asked.field[FORM_OWNER];

	if (*status && form_state(status) >= 0 && form_state(status) != head->state)
		return false;
	return !*owner || index_country(owner) == head->owner;
}

struct gathering {
	const struct find *f;
	struct buf *offsets;
};

static int take_head(void *context, const struct index_head *head, struct error *e)
{
	struct gathering *g = context;
	struct sort_item item = { head->offset, head->id };

	return head_fits(g->f, head) ? buf_add(g->offsets, &item, sizeof item, e) : STATUS_DONE;
}

/* Where the current lines are that may fit, rising: read in that order, the log streams by. */
static int gather(const struct find *f, struct book *b, struct buf *offsets, struct error *e)
{
	struct gathering g = { f, offsets };
	int status = index_each(b->index, take_head, &g, e);

	return status ? status : sort_items((void *)offsets->data, offsets->size / sizeof(struct sort_item), e);
}

static int run_all(const struct find *f, struct book *b, find_take *take, void *context, size_t *damaged,
		   struct error *e)
{
	struct buf offsets = { 0 };
	struct find_hit hit;
	struct record r;
	int status = gather(f, b, &offsets, e);
	const struct sort_item *item = (const void *)offsets.data;

	log_read_ahead(b->reader, AHEAD);
	for (size_t i = 0; i < offsets.size / sizeof *item && !status; i++) {
		status = read_seen(b, item[i].key, &r, damaged, e);
		if (status == STATUS_NO) {
			status = STATUS_DONE;
			continue;
		}
		if (!status && find_fits(f, &r) && find_compare(f, &r, &hit))
			status = take(context, &hit, e);
	}
	log_read_ahead(b->reader, 0);
	buf_free(&offsets);
	return status;
}

static int run_one(const struct find *f, struct book *b, find_take *take, void *context, size_t *damaged,
		   struct error *e)
{
	struct index_head head;
	struct find_hit hit;
	struct record r;
	int status = index_find(b->index, id_pack(f->asked.field[FORM_ID]), &head, e);

	if (!status)
		status = read_seen(b, head.offset, &r, damaged, e);
	if (!status && find_fits(f, &r) && find_compare(f, &r, &hit))
		return take(context, &hit, e);
	return status == STATUS_NO ? STATUS_DONE : status;
}

/* A record whose serial fits, to be sorted. */
struct ranked {
	uint64_t id, offset;
	unsigned grade, disagree, agree;
};

static int order_ranked(const void *a, const void *b)
{
	const struct ranked *x = a, *y = b;

	if (x->grade != y->grade)
		return x->grade < y->grade ? -1 : 1;
	if (x->disagree != y->disagree)
		return x->disagree < y->disagree ? -1 : 1;
	if (x->agree != y->agree)
		return x->agree > y->agree ? -1 : 1;
	return x->offset < y->offset ? -1 : x->offset > y->offset;
}

static int keep_id(void *context, uint64_t id, struct error *e)
{
	struct sort_item item = { id, 0 };

	return buf_add(context, &item, sizeof item, e);
}

static unsigned words(const char *list)
{
	unsigned n = *list != 0;

	for (; *list; list++)
		n += *list == ' ';
	return n;
}

/* The ids that the index gave, each once, become the places of their lines, rising. */
static int locate(const struct find *f, struct book *b, struct buf *ids, size_t *count, struct error *e)
{
	struct sort_item *item = (void *)ids->data;
	size_t n = ids->size / sizeof *item;
	struct index_head head;
	uint64_t before = 0;
	int status = sort_items(item, n, e);

	*count = 0;
	for (size_t i = 0; i < n && !status; i++) {
		uint64_t id = item[i].key;

		if (i && id == before)
			continue;
		before = id;
		status = index_find(b->index, id, &head, e);
		if (!status && head_fits(f, &head))
			item[(*count)++] = (struct sort_item){ head.offset, id };
		if (status == STATUS_NO)
			status = STATUS_DONE;
	}
	return status ? status : sort_items(item, *count, e);
}

/* They become ranked ones where their records fit. */
static int verify(const struct find *f, struct book *b, struct buf *ids, struct buf *ranked, size_t *damaged,
		  struct error *e)
{
	const struct sort_item *item = (const void *)ids->data;
	size_t n;
	int status = locate(f, b, ids, &n, e);

	log_read_ahead(b->reader, n > MANY ? AHEAD : 0);
	for (size_t i = 0; i < n && !status; i++) {
		struct find_hit hit;
		struct record r;

		status = read_seen(b, item[i].key, &r, damaged, e);
		if (!status && find_fits(f, &r) && find_compare(f, &r, &hit)) {
			struct ranked one = { item[i].value, item[i].key, hit.grade, words(hit.disagree),
					      words(hit.agree) };

			status = buf_add(ranked, &one, sizeof one, e);
		} else if (status == STATUS_NO) {
			status = STATUS_DONE;
		}
	}
	log_read_ahead(b->reader, 0);
	return status;
}

static int run_serial(const struct find *f, struct book *b, find_take *take, void *context, size_t *damaged,
		      struct error *e)
{
	struct buf ids = { 0 }, ranked = { 0 };
	const struct ranked *one;
	int status;

	if (f->serial.wild || f->weakest == SERIAL_EDIT)
		status = index_scan(b->index, &f->serial, !f->serial.wild, keep_id, &ids, e);
	else
		status = STATUS_DONE;
	if (!status && !f->serial.wild)
		status = index_serials(b->index, &f->serial, keep_id, &ids, e);
	if (!status)
		status = verify(f, b, &ids, &ranked, damaged, e);
	one = (const void *)ranked.data;
	if (ranked.size)
		qsort(ranked.data, ranked.size / sizeof *one, sizeof *one, order_ranked);
	for (size_t i = 0; i < ranked.size / sizeof *one && !status; i++) {
		struct find_hit hit;
		struct record r;

		status = read_seen(b, one[i].offset, &r, NULL, e);
		if (!status && find_compare(f, &r, &hit))
			status = take(context, &hit, e);
	}
	buf_free(&ids);
	buf_free(&ranked);
	return status;
}

int find_run(const struct find *f, struct book *b, find_take *take, void *context, size_t *damaged,
	     struct error *e)
{
	if (f->asked.field[FORM_ID][0] && !f->asked.field[FORM_ID][strcspn(f->asked.field[FORM_ID], "*?")])
		return run_one(f, b, take, context, damaged, e);
	return f->has_serial ? run_serial(f, b, take, context, damaged, e) :
			       run_all(f, b, take, context, damaged, e);
}
