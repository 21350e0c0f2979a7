/* query.c - query: a table made to measure */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/num.h"
#include "desk.h"
#include "report/groups.h"
#include "report/spread.h"
#include "tell.h"
#include "verbs.h"

#define BY_MOST 6
#define MEASURES_MOST 8
#define PART '\x1f'            /* between the parts of a key */

struct query_options {
	struct common common;
	const char *by;
	int period, log;
	struct option_list share, median, mean, p90;
};

static const struct desk_want want[] = {
	{ NULL, false }
};

/* A number of each row: a field with a whole number, or the days from one date to another ("FROM..TO"). */
struct number {
	const char *text;
	int place[2];
};

struct measure {
	enum { MEDIAN, MEAN, P90 } kind;
	struct number number;
};

struct group {
	uint64_t shares[MEASURES_MOST];
	struct spread spread[MEASURES_MOST];
};

struct state {
	const struct query_options *o;
	bool has_period;
	int by[BY_MOST];
	size_t bys;
	struct where share[MEASURES_MOST];
	struct measure measure[MEASURES_MOST];
	size_t measures;
	struct groups groups;
	struct buf group;              /* struct group, by the places of groups */
};

static int resolve_number(struct number *n, const struct columns *columns, struct error *e)
{
	const char *dots = strstr(n->text, "..");
	char name[64];
	int status;

	if (!dots) {
		n->place[1] = -1;
		return columns_known(columns, n->text, &n->place[0], e);
	}
	snprintf(name, sizeof name, "%.*s", (int)(dots - n->text), n->text);
	status = columns_known(columns, name, &n->place[0], e);
	return status ? status : columns_known(columns, dots + 2, &n->place[1], e);
}

static int add_measures(struct state *s, const struct option_list *list, int kind, const struct columns *columns,
			struct error *e)
{
	for (size_t i = 0; i < list->count; i++) {
		struct measure *m = &s->measure[s->measures];
		int status;

		if (s->measures == MEASURES_MOST)
			return error_set(e, STATUS_USAGE, "at most %d numbers of fields", MEASURES_MOST);
		m->kind = kind;
		m->number.text = list->item[i];
		status = resolve_number(&m->number, columns, e);
		if (status)
			return status;
		s->measures++;
	}
	return STATUS_DONE;
}

static int resolve_by(struct state *s, const struct columns *columns, struct error *e)
{
	const char *by = s->o->by;

	s->bys = 0;
	while (by && *by) {
		size_t n = strcspn(by, ",");
		char name[64];
		int status;

		if (s->bys == BY_MOST)
			return error_set(e, STATUS_USAGE, "--by: at most %d fields", BY_MOST);
		snprintf(name, sizeof name, "%.*s", (int)n, by);
		status = columns_known(columns, name, &s->by[s->bys++], e);
		if (status)
			return status;
		by += n + (by[n] == ',');
	}
	return STATUS_DONE;
}

static int begin(struct desk *d, enum source_kind kind, const struct columns *columns, struct error *e)
{
	struct state *s = d->state;
	int status = resolve_by(s, columns, e);

	(void)kind;
	s->measures = 0;
	if (!status)
		status = add_measures(s, &s->o->median, MEDIAN, columns, e);
	if (!status)
		status = add_measures(s, &s->o->mean, MEAN, columns, e);
	if (!status)
		status = add_measures(s, &s->o->p90, P90, columns, e);
	if (!status && s->o->share.count > MEASURES_MOST)
		status = error_set(e, STATUS_USAGE, "at most %d shares", MEASURES_MOST);
	for (size_t i = 0; i < s->o->share.count && !status; i++)
		status = where_open(&s->share[i], &s->o->share.item[i], 1, columns, e);
	if (!status && s->has_period && d->date_place < 0)
		status = error_set(e, STATUS_USAGE, "--period: there is no date here; --date says which field is one");
	return status;
}

/* False: it is none, or missing. */
static bool number_of(const struct number *n, const char *const *field, int64_t *out)
{
	if (n->place[1] >= 0)
		return span_days(field[n->place[0]], field[n->place[1]], out);
	return !num_integer(field[n->place[0]], -1000000000, 1000000000, out, NULL);
}

static int make_key(const struct desk *d, const struct state *s, const char *const *field, struct buf *key,
		    struct error *e)
{
	char period[SPAN_STEP_TEXT], day[DATE_TEXT];
	struct date date;
	int bad = STATUS_DONE;

	key->size = 0;
	if (s->has_period) {
		snprintf(day, sizeof day, "%.10s", field[d->date_place]);
		period[0] = 0;
		if (!date_parse(day, &date, NULL))
			span_step(&date, (enum span_step)s->o->period, period);
		bad = buf_text(key, tell_or_unknown(period), e);
	}
	for (size_t i = 0; i < s->bys && !bad; i++) {
		if (i || s->has_period)
			bad = buf_byte(key, PART, e);
		if (!bad)
			bad = buf_text(key, tell_or_unknown(field[s->by[i]]), e);
	}
	return bad || !buf_string(key, e) ? STATUS_SYSTEM : STATUS_DONE;
}

static int count_row(struct state *s, const char *key, const char *const *field, struct error *e)
{
	struct group *g;
	size_t place;

	if (groups_count(&s->groups, key, &place, e))
		return STATUS_SYSTEM;
	g = groups_beside(&s->group, place, sizeof *g, e);
	if (!g)
		return STATUS_SYSTEM;
	for (size_t i = 0; i < s->o->share.count; i++)
		g->shares[i] += where_fits(&s->share[i], field);
	for (size_t i = 0; i < s->measures; i++) {
		int64_t value;

		if (number_of(&s->measure[i].number, field, &value) && spread_add(&g->spread[i], value, e))
			return STATUS_SYSTEM;
	}
	return STATUS_DONE;
}

static int take(struct desk *d, const struct source_row *row, const char *const *field, struct error *e)
{
	struct state *s = d->state;
	struct buf key = { 0 };
	int status;

	(void)field;
	if (!row->current)
		return STATUS_DONE;
	d->counted++;
	status = make_key(d, s, row->field, &key, e);
	if (!status)
		status = count_row(s, (const char *)key.data, row->field, e);
	buf_free(&key);
	return status;
}

static double measured(const struct measure *m, struct spread *spread)
{
	return m->kind == MEDIAN ? spread_median(spread) : m->kind == MEAN ? spread_mean(spread) :
	       spread_percentile(spread, 90);
}

/* The same number may be wanted in several ways: how many rows have it is said once. */
static size_t first_with(const struct state *s, size_t measure)
{
	size_t i = 0;

	while (strcmp(s->measure[i].number.text, s->measure[measure].number.text))
		i++;
	return i;
}

static void put_columns(const struct state *s, struct sheet *sheet, struct sheet_table *t)
{
	static const char *const kinds[] = { "median", "mean", "p90" };
	const char *by = s->o->by;
	int column_of[MEASURES_MOST];

	if (s->has_period)
		sheet_key(t, "period", _("period"));
	while (by && *by) {
		size_t n = strcspn(by, ",");
		const char *name = sheet_format(sheet, "%.*s", (int)n, by);

		sheet_key(t, name, name);
		by += n + (by[n] == ',');
	}
	sheet_counts(t, "count", _("count"), "rows");
	sheet_shares(t, "percent", _("percent"));
	for (size_t i = 0; i < s->o->share.count; i++) {
		const char *name = sheet_format(sheet, "share(%s)", s->o->share.item[i]);

		sheet_shares(t, name, name);
	}
	for (size_t i = 0; i < s->measures; i++) {
		const struct number *number = &s->measure[i].number;
		const char *name = sheet_format(sheet, "%s(%s)", kinds[s->measure[i].kind], number->text);
		const char *n = sheet_format(sheet, "n(%s)", number->text);
		size_t first = first_with(s, i);

		if (first == i) {
			column_of[i] = (int)t->columns;
			sheet_counts(t, n, n, "rows");
		}
		sheet_values(t, name, name, number->place[1] >= 0 ? "days" : "", 1);
		sheet_rests_on(t, column_of[first]);
	}
}

static void put_keys(struct sheet *sheet, struct sheet_table *t, const char *key)
{
	for (size_t k = 0; k < t->keys; k++) {
		size_t n = strcspn(key, "\x1f");
		const char *text = sheet_format(sheet, "%.*s", (int)n, key);

		/* the rest of too many groups has one word for all keys */
		sheet_put_text(t, text, tell_word(text));
		key += n + (key[n] == PART);
	}
}

static int finish(struct desk *d, struct sheet *sheet, struct error *e)
{
	struct state *s = d->state;
	struct sheet_table *t = sheet_table(sheet, "query", sheet->title);
	struct group *group = (struct group *)(void *)s->group.data;
	size_t *place = NULL, nkeys = s->bys + s->has_period;

	if (groups_sorted(&s->groups, s->has_period ? GROUPS_BY_WORD : GROUPS_BY_COUNT, &place, e))
		return STATUS_SYSTEM;
	put_columns(s, sheet, t);
	sheet_rests(t, (int64_t)d->counted, _("rows"));
	if (nkeys)
		sheet_drawn(t, s->has_period && nkeys == 1 ? SHEET_LINES : nkeys == 2 ? SHEET_MATRIX : SHEET_BARS,
			    (int)nkeys, _("rows"));
	for (size_t i = 0; i < s->groups.count; i++) {
		struct group *g = &group[place[i]];
		uint64_t n = s->groups.line[place[i]].n;

		put_keys(sheet, t, s->groups.line[place[i]].key);
		sheet_put_count(t, (int64_t)n);
		sheet_put_value(t, desk_share(n, s->groups.total));
		for (size_t k = 0; k < s->o->share.count; k++)
			sheet_put_value(t, desk_share(g->shares[k], n));
		for (size_t k = 0; k < s->measures; k++) {
			if (first_with(s, k) == k)
				sheet_put_count(t, (int64_t)g->spread[k].n);
			sheet_put_value(t, measured(&s->measure[k], &g->spread[k]));
		}
	}
	if (s->groups.full)
		sheet_note(t, sheet_format(sheet, _("Only the first %d groups are told apart."), GROUPS_MOST));
	free(place);
	return STATUS_DONE;
}

static const char *const rules[] = {
	N_("Rows are counted as they are now; deleted ones are left out, and no others but by what was asked for."),
	N_("Medians, means and 90th percentiles rest on the rows that have the number: a whole number, or two dates "
	   "exact to the day."),
	NULL
};

static const struct desk_report report_records = {
	.name = "query", .title = N_("Query"), .reads = SOURCE_RECORDS, .n_title = N_("rows"),
	.date = "event_date|recovery_date|crime_date|submitted", .want = want, .begin = begin, .take = take,
	.finish = finish, .rules = rules
};
static const struct desk_report report_traces = {
	.name = "query", .title = N_("Query"), .reads = SOURCE_TRACES, .n_title = N_("rows"),
	.date = "recovery_date", .want = want, .begin = begin, .take = take, .finish = finish, .sources = true,
	.rules = rules
};

static const struct option_line table[] = {
	{ "by", 'b', OPTION_TEXT, offsetof(struct query_options, by), "FIELD,...", "a row for each value", 0, 0 },
	{ "period", 0, OPTION_CHOICE, offsetof(struct query_options, period), SPAN_STEPS,
	  "a row for each, of the date", 0, 0 },
	{ "share", 's', OPTION_LIST, offsetof(struct query_options, share), "CONDITION",
	  "percent for which it holds", 0, 0 },
	{ "median", 0, OPTION_LIST, offsetof(struct query_options, median), "NUMBER",
	  "of a field, or of the days FROM..TO", 0, 0 },
	{ "mean", 0, OPTION_LIST, offsetof(struct query_options, mean), "NUMBER", "the same", 0, 0 },
	{ "p90", 0, OPTION_LIST, offsetof(struct query_options, p90), "NUMBER", "90th percentile of the same", 0, 0 },
	{ "log", 0, OPTION_CHOICE, offsetof(struct query_options, log), "records|traces", "which log", 0, 0 },
	COMMON(query_options), END
};

static int run_report(void *context, void *options, const struct option_parsed *parsed, struct error *e)
{
	struct query_options *o = options;
	struct state s = { .o = o, .has_period = option_given(table, parsed, "period") };
	struct group *group;
	int status;

	(void)context;
	status = desk_run(o->log ? &report_traces : &report_records, &o->common, parsed, table, &s, e);
	group = (struct group *)(void *)s.group.data;
	for (size_t i = 0; i < s.group.size / sizeof *group; i++)
		for (size_t k = 0; k < MEASURES_MOST; k++)
			spread_free(&group[i].spread[k]);
	for (size_t i = 0; i < MEASURES_MOST; i++)
		where_close(&s.share[i]);
	buf_free(&s.group);
	groups_free(&s.groups);
	return status;
}

const struct verb verb_query = { "query", "[FILE]", "a table made to measure", table, sizeof(struct query_options), NULL, 0,
				 1, run_report };
