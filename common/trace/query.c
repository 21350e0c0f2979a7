/* query.c - trace requests that fit a question */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "trace/query.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/sort.h"
#include "record/country.h"

#define AHEAD (1 << 18)

static bool of_firearm(enum trace_place place)
{
	return place >= TRACE_TYPE && place <= TRACE_SERIAL_KEY;
}

/* firearm: words that are asked of it, kept for later. */
static int take_word(struct query *q, const char *word, const char **firearm, size_t *n, struct error *e)
{
	enum trace_place place;
	const char *value;

	if (trace_word(word, &place, &value, e))
		return STATUS_USAGE;
	if (of_firearm(place)) {
		firearm[(*n)++] = word;
		return STATUS_DONE;
	}
	if (place == TRACE_STATE)
		return query_states(q, value, e);
	if (q->asked[place])
		return error_set(e, STATUS_USAGE, "%s is asked twice", trace_fields[place].name);
	if (!*value)
		return error_set(e, STATUS_USAGE, "%s: nothing is asked", trace_fields[place].name);
	q->asked[place] = value;
	return STATUS_DONE;
}

int query_open(struct query *q, const struct traces *t, struct form *form, const char *const *word, size_t words,
	       struct error *e)
{
	const char **firearm = mem_new(words + 1, sizeof *firearm, e);
	size_t n = 0;
	int status = firearm ? STATUS_DONE : STATUS_SYSTEM;

	memset(q, 0, sizeof *q);
	q->today = t->book.today;
	for (size_t i = 0; i < words && !status; i++)
		status = take_word(q, word[i], firearm, &n, e);
	if (!status && n)
		status = find_open(&q->find, form, firearm, n, t->book.today, e);
	q->firearm = !status && n;
	q->find.agree_only = true;
	free(firearm);
	return status;
}

void query_close(struct query *q)
{
	if (q->firearm)
		find_close(&q->find);
	q->firearm = false;
}

int query_states(struct query *q, const char *list, struct error *e)
{
	while (*list) {
		size_t n = strcspn(list, ",");
		char word[40];
		int state;

		snprintf(word, sizeof word, "%.*s", (int)(n < sizeof word ? n : sizeof word - 1), list);
		state = trace_state_find(word);
		if (state < 0)
			return error_set(e, STATUS_USAGE, "state: '%s' is none of " TRACE_STATES, word);
		q->states |= UINT32_C(1) << state;
		list += n + (list[n] == ',');
	}
	return q->states ? STATUS_DONE : error_set(e, STATUS_USAGE, "state: nothing is asked");
}

static bool is_date(enum trace_place place)
{
	switch (place) {
	case TRACE_RECOVERY_DATE: case TRACE_DUE: case TRACE_SUBMITTED_AT: case TRACE_ACKNOWLEDGED_AT:
	case TRACE_ASKED_AT: case TRACE_ANSWERED_AT: case TRACE_FIRST_SALE: case TRACE_UNTIL: case TRACE_AT:
		return true;
	default:
		return false;
	}
}

/* Of a time only the day is compared. */
static bool date_fits(const char *asked, const char *has)
{
	char day[11];

	snprintf(day, sizeof day, "%s", has);
	return find_date_fits(asked, day);
}

/* Tombstones are no requests any more, unless somebody asks for them. */
static uint32_t states_of(const struct query *q)
{
	return q->states ? q->states : (UINT32_C(1) << TRACE_DELETED) - 1;
}

/* What the index alone can say. */
static bool head_fits(const struct query *q, const struct traces *t, const struct index_head *head)
{
	unsigned party;

	/* first what costs least: it is asked of every request that there is */
	if (!(states_of(q) >> head->state & 1))
		return false;
	party = traces_party_of(t, head);
	if (!party || (q->parties && !(party & q->parties)))
		return false;
	return !q->overdue || (head->review && head->review < q->today && head->state != TRACE_DRAFT &&
			       trace_turn((enum trace_state)head->state) != PARTY_NONE);
}

/* A question that is asked of a field which the officer may not see fits nothing. */
static bool fits(const struct query *q, const struct request *r)
{
	struct find_hit hit;
	struct record record;

	for (int i = 0; i < TRACE_FIELDS; i++) {
		const char *asked = q->asked[i];

		if (!asked)
			continue;
		if (!*r->field[i] || !(is_date((enum trace_place)i) ? date_fits(asked, r->field[i]) :
				       find_text_fits(asked, r->field[i])))
			return false;
	}
	if (!q->firearm)
		return true;
	request_record(r, &record);
	return find_fits(&q->find, &record) && find_compare(&q->find, &record, &hit);
}

/* One line; a damaged one hides one request, not all. */
static int look_at(const struct query *q, struct traces *t, uint64_t offset, const struct index_head *head,
		   query_take *take, void *context, size_t *damaged, struct error *e)
{
	struct request r;
	int status = traces_read(t, offset, &r, e);

	if (status == STATUS_INPUT && damaged)
		++*damaged;
	if (status)
		return status == STATUS_INPUT ? STATUS_DONE : status;
	request_mask(&r, traces_party(t, &r));
	return fits(q, &r) ? take(context, &r, head, e) : STATUS_DONE;
}

struct gathering {
	const struct query *q;
	const struct traces *t;
	struct buf heads;
};

static int take_head(void *context, const struct index_head *head, struct error *e)
{
	struct gathering *g = context;

	return head_fits(g->q, g->t, head) ? buf_add(&g->heads, head, sizeof *head, e) : STATUS_DONE;
}

/* Their places in the log, rising: read in that order, the log streams by. */
static int run_all(const struct query *q, struct traces *t, query_take *take, void *context, size_t *damaged,
		   struct error *e)
{
	struct gathering g = { .q = q, .t = t };
	struct sort_item *item = NULL;
	const struct index_head *head;
	size_t n;
	const struct index_filter filter = { .states = states_of(q),
					     .country = strcmp(t->country, COUNTRY_SECRETARIAT) ? t->code : 0 };
	bool places = t->book.cover.records <= INDEX_PLACES_MOST;
	int status = places ? index_places(t->book.index, &filter, take_head, &g, e) :
		     index_each(t->book.index, take_head, &g, e);

	head = (const void *)g.heads.data;
	n = g.heads.size / sizeof *head;
	if (!status)
		item = mem_new(n, sizeof *item, e);
	if (!status && !item)
		status = STATUS_SYSTEM;
	for (size_t i = 0; i < n && !status; i++)
		item[i] = (struct sort_item){ head[i].offset, i };
	if (!status)
		status = sort_items(item, n, e);
	log_read_ahead(t->book.reader, AHEAD);
	for (size_t i = 0; i < n && !status; i++)
		status = look_at(q, t, item[i].key, &head[item[i].value], take, context, damaged, e);
	log_read_ahead(t->book.reader, 0);
	free(item);
	buf_free(&g.heads);
	return status;
}

static int keep_id(void *context, const struct find_hit *hit, struct error *e)
{
	uint64_t id = id_pack(hit->record->field[FORM_ID]);

	return buf_add(context, &id, sizeof id, e);
}

/* The index leads to the serial; the rest of the question is asked of what is found. */
static int run_serial(const struct query *q, struct traces *t, query_take *take, void *context, size_t *damaged,
		      struct error *e)
{
	struct buf ids = { 0 };
	const uint64_t *id;
	int status = find_run(&q->find, &t->book, keep_id, &ids, damaged, e);

	id = (const void *)ids.data;
	for (size_t i = 0; i < ids.size / sizeof *id && !status; i++) {
		struct index_head head;

		status = index_find(t->book.index, id[i], &head, e);
		if (!status && head_fits(q, t, &head))
			status = look_at(q, t, head.offset, &head, take, context, damaged, e);
		if (status == STATUS_NO)
			status = STATUS_DONE;
	}
	buf_free(&ids);
	return status;
}

int query_run(const struct query *q, struct traces *t, query_take *take, void *context, size_t *damaged,
	      struct error *e)
{
	if (q->parties && !*t->country)
		return error_set(e, STATUS_USAGE, "--as CODE says for which country: you work alone, for none of them");
	if (q->firearm && q->find.has_serial)
		return run_serial(q, t, take, context, damaged, e);
	return run_all(q, t, take, context, damaged, e);
}
