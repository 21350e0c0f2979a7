/* records.c - records: what is recorded, by whom, and what became of it */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "base/num.h"
#include "desk.h"
#include "report/groups.h"
#include "report/spread.h"
#include "tell.h"
#include "verbs.h"

enum { OWNER, CATEGORY, STATUS, TYPE, MAKE_NAME, MAKE, CALIBRE_NAME, CALIBRE, EVENT_DATE, MADE_YEAR, FOUND_COUNTRY,
       FOUND_DATE, REVIEW, EVENT, AT };
static const struct desk_want want[] = {
	[OWNER] = { "owner", true }, [CATEGORY] = { "category", true }, [STATUS] = { "status", true },
	[TYPE] = { "type", false }, [MAKE_NAME] = { "make_name", false }, [MAKE] = { "make", false },
	[CALIBRE_NAME] = { "calibre_name", false }, [CALIBRE] = { "calibre", false },
	[EVENT_DATE] = { "event_date", false }, [MADE_YEAR] = { "made_year", false },
	[FOUND_COUNTRY] = { "found_country", false }, [FOUND_DATE] = { "found_date", false },
	[REVIEW] = { "review", false }, [EVENT] = { "event", false }, [AT] = { "at", false }, { NULL, false }
};

/* What the records are counted by. */
enum { BY_CATEGORY, BY_STATUS, BY_TYPE, BY_MAKE, BY_CALIBRE, BY_COUNTRY, BY_FOUND, BY_AGE, BY_REVIEW, COUNTS };
static const struct {
	const char *name, *title, *key;
	size_t shown;        /* as many; the rest together */
	enum groups_order order;
} counts[COUNTS] = {
	[BY_CATEGORY] = { "category", N_("By category"), N_("category"), 20, GROUPS_BY_COUNT },
	[BY_STATUS] = { "status", N_("By status"), N_("status"), 20, GROUPS_BY_COUNT },
	[BY_TYPE] = { "type", N_("By type"), N_("type"), 20, GROUPS_BY_COUNT },
	[BY_MAKE] = { "make", N_("By make"), N_("make"), 15, GROUPS_BY_COUNT },
	[BY_CALIBRE] = { "calibre", N_("By calibre"), N_("calibre"), 15, GROUPS_BY_COUNT },
	[BY_COUNTRY] = { "country", N_("By country of the record"), N_("country"), 250, GROUPS_BY_COUNT },
	[BY_FOUND] = { "found_country", N_("Seized or found, by country"), N_("country"), 250, GROUPS_BY_COUNT },
	[BY_AGE] = { "age", N_("By age of the firearm when it was lost"), N_("years"), 10, GROUPS_BY_WORD },
	[BY_REVIEW] = { "review", N_("Review due"), N_("due"), 10, GROUPS_BY_WORD },
};

enum { NEW, LOCATED, RECOVERED, EVENTS };

struct month {
	uint64_t n[EVENTS];
};

struct state {
	struct groups by[COUNTS];
	struct groups months;
	struct buf month;            /* struct month, by the places of months */
	struct spread to_seizure;
	uint64_t negative;           /* found before it was lost */
};

/* Bands of five to fifty years, in the order of their letters. */
static const char *age_band(const char *event, const char *made)
{
	struct date then;
	int64_t year;

	if (date_parse(event, &then, NULL) || then.precision == DATE_NONE ||
	    num_integer(made, 1000, 9999, &year, NULL) || year > then.year)
		return TELL_UNKNOWN;
	year = then.year - year;
	return year < 5 ? "00-04" : year < 10 ? "05-09" : year < 20 ? "10-19" : year < 50 ? "20-49" : "50+";
}

static const char *review_band(const struct desk *d, const char *review)
{
	struct date day;
	int64_t left;

	if (date_parse(review, &day, NULL) || day.precision == DATE_NONE)
		return "none";
	left = date_days(&day) - d->now / 86400;
	return left < 0 ? "1-overdue" : left < 31 ? "2-within-31-days" : left < 366 ? "3-within-a-year" : "4-later";
}

static int count_event(struct state *s, int event, const char *at, struct error *e)
{
	struct month *month;
	char text[8];
	size_t place;

	snprintf(text, sizeof text, "%.7s", at);
	if (groups_count(&s->months, text, &place, e))
		return STATUS_SYSTEM;
	month = groups_beside(&s->month, place, sizeof *month, e);
	if (!month)
		return STATUS_SYSTEM;
	month->n[event]++;
	return STATUS_DONE;
}

static int take_event(struct state *s, const char *const *field, struct error *e)
{
	const char *event = field[EVENT];

	if (!strcmp(event, "add") || !strcmp(event, "import"))
		return count_event(s, NEW, field[AT], e);
	if (!strcmp(event, "locate"))
		return count_event(s, LOCATED, field[AT], e);
	return strcmp(event, "recover") ? STATUS_DONE : count_event(s, RECOVERED, field[AT], e);
}

static bool counts_here(struct desk *d, const struct source_row *row, const char *status)
{
	bool draft = !strcmp(status, "draft"), cancelled = !strcmp(status, "cancelled");

	if (draft && row->current)
		desk_leave(d, "draft", N_("drafts"));
	if (cancelled && row->current)
		desk_leave(d, "cancelled", N_("cancelled: entered in error"));
	return !draft && !cancelled;
}

static int take(struct desk *d, const struct source_row *row, const char *const *field, struct error *e)
{
	struct state *s = d->state;
	const char *key[COUNTS];
	int64_t days;
	int status;

	if (!counts_here(d, row, field[STATUS]))
		return STATUS_DONE;
	status = take_event(s, field, e);
	if (status || !row->current)
		return status;
	d->counted++;
	key[BY_CATEGORY] = tell_or_unknown(field[CATEGORY]);
	key[BY_STATUS] = tell_or_unknown(field[STATUS]);
	key[BY_TYPE] = tell_or_unknown(field[TYPE]);
	key[BY_MAKE] = tell_or_unknown(*field[MAKE_NAME] ? field[MAKE_NAME] : field[MAKE]);
	key[BY_CALIBRE] = tell_or_unknown(*field[CALIBRE_NAME] ? field[CALIBRE_NAME] : field[CALIBRE]);
	key[BY_COUNTRY] = tell_or_unknown(field[OWNER]);
	key[BY_FOUND] = field[FOUND_COUNTRY];
	key[BY_AGE] = age_band(field[EVENT_DATE], field[MADE_YEAR]);
	key[BY_REVIEW] = review_band(d, field[REVIEW]);
	for (int i = 0; i < COUNTS && !status; i++)
		if (*key[i])
			status = groups_count(&s->by[i], key[i], NULL, e);
	if (!status && span_days(field[EVENT_DATE], field[FOUND_DATE], &days)) {
		s->negative += days < 0;
		if (days >= 0)
			status = spread_add(&s->to_seizure, days, e);
	}
	return status;
}

static int tell_counts(const struct desk *d, int which, struct sheet *sheet, struct error *e)
{
	const struct state *s = d->state;
	const struct tell_counts how = { counts[which].name, _(counts[which].title), _(counts[which].key), "records",
					 _("records"), counts[which].shown, counts[which].order };

	return tell_groups(sheet, &s->by[which], &how, e);
}

static int tell_months(const struct desk *d, struct sheet *sheet, struct error *e)
{
	const struct state *s = d->state;
	struct sheet_table *t = sheet_table(sheet, "month", _("New, located and recovered, by month"));
	const struct month *month = (const struct month *)(const void *)s->month.data;
	size_t *place = NULL;

	if (groups_sorted(&s->months, GROUPS_BY_WORD, &place, e))
		return STATUS_SYSTEM;
	sheet_key(t, "month", _("month"));
	sheet_counts(t, "new", _("new"), "records");
	sheet_counts(t, "located", _("located"), "records");
	sheet_counts(t, "recovered", _("recovered"), "records");
	sheet_rests(t, (int64_t)s->months.total, _("entries in the log"));
	sheet_drawn(t, SHEET_LINES, 1, _("records"));
	for (size_t i = 0; i < s->months.count; i++) {
		sheet_put_text(t, *s->months.line[place[i]].key ? s->months.line[place[i]].key : TELL_UNKNOWN, NULL);
		for (int k = 0; k < EVENTS; k++)
			sheet_put_count(t, (int64_t)month[place[i]].n[k]);
	}
	free(place);
	return STATUS_DONE;
}

static void tell_seizure(struct state *s, struct sheet *sheet)
{
	struct sheet_table *t = sheet_table(sheet, "days_to_seizure", _("Days from loss to seizure"));

	sheet_counts(t, "known", _("time known"), "records");
	sheet_counts(t, "negative", _("negative (errors)"), "records");
	sheet_values(t, "median", _("median"), "days", 1);
	sheet_rests_on(t, 0);
	sheet_values(t, "p90", _("90th percentile"), "days", 0);
	sheet_rests_on(t, 0);
	sheet_rests(t, (int64_t)s->to_seizure.n, _("records with both dates"));
	if (!s->to_seizure.n && !s->negative)
		return;
	sheet_put_count(t, (int64_t)s->to_seizure.n);
	sheet_put_count(t, (int64_t)s->negative);
	sheet_put_value(t, spread_median(&s->to_seizure));
	sheet_put_value(t, spread_percentile(&s->to_seizure, 90));
}

static int finish(struct desk *d, struct sheet *sheet, struct error *e)
{
	int status = tell_months(d, sheet, e);

	for (int i = 0; i < COUNTS && !status; i++)
		status = tell_counts(d, i, sheet, e);
	tell_seizure(d->state, sheet);
	return status;
}

static const char *const rules[] = {
	N_("Each record counts once, as it is now. Deleted and cancelled ones and drafts are left out."),
	N_("Make and calibre are the canonical names where there is one, else what was typed."),
	N_("New, located and recovered are entries of the log by the month in which they were made, of records that "
	   "are counted now."),
	N_("Days from loss to seizure are those from the event to the find, where both are exact to the day."),
	NULL
};

static const struct desk_report report = {
	.name = "records", .title = N_("Firearm records"), .reads = SOURCE_RECORDS, .n_title = N_("records"),
	.date = "event_date", .earlier = true, .want = want, .take = take, .finish = finish, .rules = rules
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
	groups_free(&s.months);
	buf_free(&s.month);
	spread_free(&s.to_seizure);
	return status;
}

const struct verb verb_records = { "records", "[FILE]", "firearm records: counts, months, times", table,
				   sizeof(struct common_options), NULL, 0, 1, run_report };
