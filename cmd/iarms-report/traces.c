/* traces.c - traces: requests by country, state and outcome, and how long answers take */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "desk.h"
#include "report/groups.h"
#include "report/spread.h"
#include "tell.h"
#include "trace/move.h"
#include "verbs.h"

enum { FROM, TO, STATE, PRIORITY, OUTCOME, UNTRACED, DUE, SUBMITTED, ACKNOWLEDGED, ANSWERED };
static const struct desk_want want[] = {
	[FROM] = { "from", true }, [TO] = { "to", true }, [STATE] = { "state", true }, [PRIORITY] = { "priority", false },
	[OUTCOME] = { "outcome", false }, [UNTRACED] = { "untraced", false }, [DUE] = { "due", false },
	[SUBMITTED] = { "submitted", false }, [ACKNOWLEDGED] = { "acknowledged", false },
	[ANSWERED] = { "answered", false }, { NULL, false }
};

enum { BY_STATE, BY_OUTCOME, BY_UNTRACED, BY_PRIORITY, BY_MONTH, COUNTS };
static const struct {
	const char *name, *title, *key;
	enum groups_order order;
} counts[COUNTS] = {
	[BY_STATE] = { "state", N_("By state"), N_("state"), GROUPS_BY_COUNT },
	[BY_OUTCOME] = { "outcome", N_("Answers by outcome"), N_("outcome"), GROUPS_BY_COUNT },
	[BY_UNTRACED] = { "untraced", N_("Not traced, by reason"), N_("reason"), GROUPS_BY_COUNT },
	[BY_PRIORITY] = { "priority", N_("By priority"), N_("priority"), GROUPS_BY_COUNT },
	[BY_MONTH] = { "month", N_("Submitted, by month"), N_("month"), GROUPS_BY_WORD },
};

struct country {
	uint64_t out, in, open, overdue;   /* open and overdue: it is this country's turn */
};

enum { ACKNOWLEDGE, ANSWER, STEPS };

struct state {
	struct groups by[COUNTS], countries;
	struct buf country;                /* struct country, by the places of countries */
	struct spread days[STEPS];
	uint64_t overdue, open;
};

static struct country *country_at(struct state *s, const char *code, struct error *e)
{
	size_t place;

	if (groups_place(&s->countries, tell_or_unknown(code), &place, e))
		return NULL;
	return groups_beside(&s->country, place, sizeof(struct country), e);
}

/* The country whose turn it is, and whether it is late. */
static int count_turn(const struct desk *d, struct state *s, const char *const *field, struct error *e)
{
	int state = trace_state_find(field[STATE]);
	enum trace_party turn = state < 0 ? PARTY_NONE : trace_turn((enum trace_state)state);
	struct country *c;
	struct date due;
	bool late;

	if (turn == PARTY_NONE)
		return STATUS_DONE;
	late = !date_parse(field[DUE], &due, NULL) && due.precision == DATE_DAY && date_days(&due) < d->now / 86400;
	c = country_at(s, field[turn == PARTY_SENDER ? FROM : TO], e);
	if (!c)
		return STATUS_SYSTEM;
	c->open++;
	c->overdue += late;
	s->open++;
	s->overdue += late;
	return STATUS_DONE;
}

/* Days from one time to another, both "2026-11-22T01:13:43Z", by the calendar. */
static int count_days(struct spread *spread, const char *from, const char *to, struct error *e)
{
	char day[2][DATE_TEXT];
	int64_t days;

	snprintf(day[0], sizeof day[0], "%.10s", from);
	snprintf(day[1], sizeof day[1], "%.10s", to);
	return span_days(day[0], day[1], &days) && days >= 0 ? spread_add(spread, days, e) : STATUS_DONE;
}

static int take(struct desk *d, const struct source_row *row, const char *const *field, struct error *e)
{
	struct state *s = d->state;
	struct country *c;
	char month[8];
	int status;

	(void)row;
	if (!strcmp(field[STATE], "draft")) {
		desk_leave(d, "draft", N_("drafts"));
		return STATUS_DONE;
	}
	d->counted++;
	if (!(c = country_at(s, field[FROM], e)))
		return STATUS_SYSTEM;
	c->out++;
	if (!(c = country_at(s, field[TO], e)))
		return STATUS_SYSTEM;
	c->in++;
	snprintf(month, sizeof month, "%.7s", field[SUBMITTED]);
	status = groups_count(&s->by[BY_STATE], tell_or_unknown(field[STATE]), NULL, e);
	if (!status)
		status = groups_count(&s->by[BY_PRIORITY], tell_or_unknown(field[PRIORITY]), NULL, e);
	if (!status)
		status = groups_count(&s->by[BY_MONTH], tell_or_unknown(month), NULL, e);
	if (!status && *field[OUTCOME])
		status = groups_count(&s->by[BY_OUTCOME], field[OUTCOME], NULL, e);
	if (!status && !strcmp(field[OUTCOME], "not-traced"))
		status = groups_count(&s->by[BY_UNTRACED], tell_or_unknown(field[UNTRACED]), NULL, e);
	if (!status)
		status = count_turn(d, s, field, e);
	if (!status)
		status = count_days(&s->days[ACKNOWLEDGE], field[SUBMITTED], field[ACKNOWLEDGED], e);
	return status ? status : count_days(&s->days[ANSWER], field[SUBMITTED], field[ANSWERED], e);
}

static int tell_countries(const struct desk *d, struct sheet *sheet, struct error *e)
{
	const struct state *s = d->state;
	struct sheet_table *t = sheet_table(sheet, "country", _("Outgoing and incoming, by country"));
	const struct country *country = (const struct country *)(const void *)s->country.data;
	size_t *place = NULL;

	if (groups_sorted(&s->countries, GROUPS_BY_WORD, &place, e))
		return STATUS_SYSTEM;
	sheet_key(t, "country", _("country"));
	sheet_counts(t, "outgoing", _("outgoing"), "requests");
	sheet_counts(t, "incoming", _("incoming"), "requests");
	sheet_counts(t, "open", _("waiting for this country"), "requests");
	sheet_counts(t, "overdue", _("of these overdue"), "requests");
	sheet_rests(t, (int64_t)d->counted, _("requests"));
	sheet_drawn(t, SHEET_BARS, 2, _("incoming requests"));
	for (size_t i = 0; i < s->countries.count; i++) {
		const struct country *c = &country[place[i]];

		sheet_put_text(t, s->countries.line[place[i]].key, tell_word(s->countries.line[place[i]].key));
		sheet_put_count(t, (int64_t)c->out);
		sheet_put_count(t, (int64_t)c->in);
		sheet_put_count(t, (int64_t)c->open);
		sheet_put_count(t, (int64_t)c->overdue);
	}
	free(place);
	return STATUS_DONE;
}

static void tell_times(const struct desk *d, struct sheet *sheet)
{
	static const char *const steps[STEPS] = { "acknowledge", "answer" };
	struct state *s = d->state;
	struct sheet_table *t = sheet_table(sheet, "days", _("Days from the request"));

	sheet_key(t, "step", _("step"));
	sheet_counts(t, "requests", _("requests"), "requests");
	sheet_values(t, "median", _("median"), "days", 1);
	sheet_values(t, "p90", _("90th percentile"), "days", 0);
	sheet_rests(t, (int64_t)d->counted, _("requests"));
	for (int i = 0; i < STEPS && d->counted; i++) {
		sheet_put_text(t, steps[i], tell_word(steps[i]));
		sheet_put_count(t, (int64_t)s->days[i].n);
		sheet_put_value(t, spread_median(&s->days[i]));
		sheet_put_value(t, spread_percentile(&s->days[i], 90));
	}
}

static void tell_open(const struct desk *d, struct sheet *sheet)
{
	const struct state *s = d->state;
	struct sheet_table *t = sheet_table(sheet, "summary", _("Summary"));

	sheet_counts(t, "requests", _("requests"), "requests");
	sheet_counts(t, "open", _("open"), "requests");
	sheet_counts(t, "overdue", _("overdue"), "requests");
	sheet_rests(t, (int64_t)d->counted, _("requests"));
	if (!d->counted)
		return;
	sheet_put_count(t, (int64_t)d->counted);
	sheet_put_count(t, (int64_t)s->open);
	sheet_put_count(t, (int64_t)s->overdue);
}

static int finish(struct desk *d, struct sheet *sheet, struct error *e)
{
	struct state *s = d->state;
	int status;

	tell_open(d, sheet);
	status = tell_countries(d, sheet, e);
	for (int i = 0; i < COUNTS && !status; i++) {
		const struct tell_counts how = { counts[i].name, _(counts[i].title), _(counts[i].key), "requests",
						 _("requests"), 240, counts[i].order };

		status = tell_groups(sheet, &s->by[i], &how, e);
	}
	if (sheet->tables && !status)
		sheet_drawn(sheet->table[sheet->tables - 1], SHEET_LINES, 1, _("requests"));
	tell_times(d, sheet);
	return status;
}

static const char *const rules[] = {
	N_("Each request counts once, as it is now. Drafts are left out."),
	N_("A request that was forwarded is another request of the country that forwarded it."),
	N_("Days are those of the calendar from the submission to the first acknowledgement, and to the answer; the 90th "
	   "percentile is the smallest number of days that nine in ten do not exceed."),
	N_("A request is open while it is a country's turn to do something, and overdue when the day has passed on which "
	   "it is due."),
	NULL
};

static const struct desk_report report = {
	.name = "traces", .title = N_("Trace requests"), .reads = SOURCE_TRACES, .n_title = N_("requests"),
	.date = "submitted", .want = want, .take = take, .finish = finish, .rules = rules
};

static const struct option_line table[] = OPTIONS(common_options);

static int run_report(void *context, void *options, const struct option_parsed *parsed, struct error *e)
{
	struct common_options *o = options;
	struct state s = { 0 };
	int status = desk_run(&report, &o->common, parsed, table, &s, e);

	(void)context;
	for (int i = 0; i < COUNTS; i++)
		groups_free(&s.by[i]);
	for (int i = 0; i < STEPS; i++)
		spread_free(&s.days[i]);
	groups_free(&s.countries);
	buf_free(&s.country);
	return status;
}

const struct verb verb_traces = { "traces", "[FILE]", "trace requests: countries, states, outcomes, days", table,
				  sizeof(struct common_options), NULL, 0, 1, run_report };
