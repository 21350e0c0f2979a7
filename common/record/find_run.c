/* find_run.c - records that fit a question: going through them */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "record/country.h"
#include "record/find.h"

#define AHEAD (1 << 18)

static int order_numbers(const void *a, const void *b)
{
	uint64_t x, y;

	memcpy(&x, a, sizeof x);
	memcpy(&y, b, sizeof y);
	return x < y ? -1 : x > y;
}

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

/* Offsets of the current lines that may fit, rising: read in that order, the log streams by. */
static int gather(const struct find *f, struct book *b, struct buf *offsets, struct error *e)
{
	struct index_head head;
	uint64_t id = 0;
	int status;

	while (!(status = index_next(b->index, &id, &head, e)))
		if (head_fits(f, &head) && buf_add(offsets, &head.offset, sizeof head.offset, e))
			return STATUS_SYSTEM;
	if (status != STATUS_NO)
		return status;
	if (offsets->size)
		qsort(offsets->data, offsets->size / sizeof head.offset, sizeof head.offset, order_numbers);
	return STATUS_DONE;
}

static int run_all(const struct find *f, struct book *b, find_take *take, void *context, size_t *damaged,
		   struct error *e)
{
	struct buf offsets = { 0 };
	struct find_hit hit;
	struct record r;
	int status = gather(f, b, &offsets, e);

	log_read_ahead(b->reader, AHEAD);
	for (size_t i = 0; i < offsets.size / sizeof(uint64_t) && !status; i++) {
		uint64_t offset;

		memcpy(&offset, offsets.data + i * sizeof offset, sizeof offset);
		status = read_seen(b, offset, &r, damaged, e);
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
	return buf_add(context, &id, sizeof id, e);
}

static unsigned words(const char *list)
{
	unsigned n = *list != 0;

	for (; *list; list++)
		n += *list == ' ';
	return n;
}

/* The ids that the index gave, each once, become ranked ones where their records fit. */
static int verify(const struct find *f, struct book *b, struct buf *ids, struct buf *ranked, size_t *damaged,
		  struct error *e)
{
	size_t n = ids->size / sizeof(uint64_t);
	uint64_t before = 0, id;
	int status = STATUS_DONE;

	if (n)
		qsort(ids->data, n, sizeof id, order_numbers);
	for (size_t i = 0; i < n && !status; i++) {
		struct index_head head;
		struct find_hit hit;
		struct record r;

		memcpy(&id, ids->data + i * sizeof id, sizeof id);
		if (i && id == before)
			continue;
		before = id;
		status = index_find(b->index, id, &head, e);
		if (!status && !head_fits(f, &head))
			status = STATUS_NO;
		if (!status)
			status = read_seen(b, head.offset, &r, damaged, e);
		if (!status && find_fits(f, &r) && find_compare(f, &r, &hit)) {
			struct ranked one = { id, head.offset, hit.grade, words(hit.disagree), words(hit.agree) };

			status = buf_add(ranked, &one, sizeof one, e);
		} else if (status == STATUS_NO) {
			status = STATUS_DONE;
		}
	}
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
