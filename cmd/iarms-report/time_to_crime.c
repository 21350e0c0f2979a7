/* time_to_crime.c - time-to-crime: from the first retail sale to the recovery */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "desk.h"
#include "report/groups.h"
#include "report/spread.h"
#include "verbs.h"

enum { SOLD, RECOVERED, STATE, PARENT };
static const struct desk_want want[] = {
	[SOLD] = { "first_sale|first_sale_date|sale_date", true },
	[RECOVERED] = { "recovery_date|crime_date", true },
	[STATE] = { "state", false }, [PARENT] = { "parent", false },
	{ NULL, false }
};

struct year {
	uint64_t known, short_ones;   /* three years or less */
	struct spread days;
};

struct state {
	uint64_t band[SPAN_UNKNOWN + 1], ahead;
	uint64_t three_or_less;
	struct spread days;
	struct groups years;          /* "2025": places in year */
	struct buf year;
};

static int count_year(struct state *s, const struct date *recovered, int64_t days, bool short_one, struct error *e)
{
	char text[SPAN_STEP_TEXT];
	struct year *y;
	size_t place;

	span_step(recovered, SPAN_YEAR, text);
	if (groups_count(&s->years, text, &place, e))
		return STATUS_SYSTEM;
	y = groups_beside(&s->year, place, sizeof *y, e);
	if (!y)
		return STATUS_SYSTEM;
	y->known++;
	y->short_ones += short_one;
	return spread_add(&y->days, days, e);
}

static int take(struct desk *d, const struct source_row *row, const char *const *field, struct error *e)
{
	struct state *s = d->state;
	struct date sold, recovered;
	enum span_band band = SPAN_UNKNOWN;
	bool short_one;
	int64_t days;

	(void)row;
	if (!strcmp(field[STATE], "draft") || !strcmp(field[STATE], "withdrawn")) {
		desk_leave(d, "withdrawn", N_("drafts and withdrawn requests"));
		return STATUS_DONE;
	}
	if (*field[PARENT]) {
		desk_leave(d, "forwarded", N_("forwarded from another request, which is counted"));
		return STATUS_DONE;
	}
	d->counted++;
	if (!date_parse(field[SOLD], &sold, NULL) && !date_parse(field[RECOVERED], &recovered, NULL))
		band = span_of(&sold, &recovered, &days);
	if (band < SPAN_BANDS && desk_ahead(d, &recovered)) {
		s->ahead++;
		return STATUS_DONE;
	}
	s->band[band]++;
	if (band == SPAN_NEGATIVE)
		desk_leave(d, "negative", N_("recovered before it was sold: an error in the dates"));
	else if (band == SPAN_UNKNOWN)
		desk_leave(d, "unknown", N_("a date is missing, or not exact to the day"));
	if (band >= SPAN_BANDS)
		return STATUS_DONE;
	short_one = span_within(&sold, &recovered, 36);
	s->three_or_less += short_one;
	if (spread_add(&s->days, days, e))
		return STATUS_SYSTEM;
	return count_year(s, &recovered, days, short_one, e);
}

static const char *const band_titles[] = {
	N_("under 3 months"), N_("3 to under 7 months"), N_("7 months to under 1 year"), N_("1 to under 2 years"),
	N_("2 to under 3 years"), N_("3 years and over"),
};

static void tell_bands(const struct state *s, struct sheet *sheet)
{
	struct sheet_table *t = sheet_table(sheet, "bands", _("Time to crime"));

	sheet_key(t, "band", _("time to crime"));
	sheet_counts(t, "firearms", _("firearms"), "firearms");
	sheet_shares(t, "percent", _("percent"));
	sheet_rests(t, (int64_t)s->days.n, _("firearms with both dates"));
	sheet_drawn(t, SHEET_BARS, 1, _("firearms"));
	for (int i = 0; i < SPAN_BANDS && s->days.n; i++) {
		sheet_put_text(t, span_name((enum span_band)i), _(band_titles[i]));
		sheet_put_count(t, (int64_t)s->band[i]);
		sheet_put_value(t, desk_share(s->band[i], s->days.n));
	}
}

static void tell_summary(struct state *s, struct sheet *sheet)
{
	struct sheet_table *t = sheet_table(sheet, "summary", _("Summary"));
	uint64_t all = s->days.n + s->band[SPAN_NEGATIVE] + s->ahead + s->band[SPAN_UNKNOWN];

	sheet_counts(t, "rows", _("firearms traced"), "firearms");
	sheet_counts(t, "unknown", _("time unknown"), "firearms");
	sheet_counts(t, "negative", _("negative (errors)"), "firearms");
	sheet_counts(t, "ahead", _("recovery still to come (errors)"), "firearms");
	sheet_counts(t, "known", _("time known"), "firearms");
	sheet_values(t, "mean", _("mean"), "days", 1);
	sheet_values(t, "median", _("median"), "days", 1);
	sheet_counts(t, "three_years_or_less", _("three years or less"), "firearms");
	sheet_shares(t, "three_years_or_less_percent", _("three years or less, percent of known"));
	sheet_rests(t, (int64_t)all, _("firearms"));
	if (!all)
		return;
	sheet_put_count(t, (int64_t)all);
	sheet_put_count(t, (int64_t)s->band[SPAN_UNKNOWN]);
	sheet_put_count(t, (int64_t)s->band[SPAN_NEGATIVE]);
	sheet_put_count(t, (int64_t)s->ahead);
	sheet_put_count(t, (int64_t)s->days.n);
	sheet_put_value(t, spread_mean(&s->days));
	sheet_put_value(t, spread_median(&s->days));
	sheet_put_count(t, s->days.n ? (int64_t)s->three_or_less : -1);
	sheet_put_value(t, desk_share(s->three_or_less, s->days.n));
}

static int tell_years(struct state *s, struct sheet *sheet, struct error *e)
{
	struct sheet_table *t = sheet_table(sheet, "years", _("By year of recovery"));
	struct year *year = (struct year *)(void *)s->year.data;
	size_t *place = NULL;

	if (groups_sorted(&s->years, GROUPS_BY_WORD, &place, e))
		return STATUS_SYSTEM;
	sheet_key(t, "year", _("year"));
	sheet_counts(t, "firearms", _("firearms"), "firearms");
	sheet_values(t, "median", _("median"), "days", 1);
	sheet_values(t, "mean", _("mean"), "days", 1);
	sheet_shares(t, "three_years_or_less_percent", _("three years or less, percent"));
	sheet_rests(t, (int64_t)s->days.n, _("firearms with both dates"));
	sheet_drawn(t, SHEET_LINES, 2, _("days"));
	for (size_t i = 0; i < s->years.count; i++) {
		struct year *y = &year[place[i]];

		sheet_put_text(t, s->years.line[place[i]].key, NULL);
		sheet_put_count(t, (int64_t)y->known);
		sheet_put_value(t, spread_median(&y->days));
		sheet_put_value(t, spread_mean(&y->days));
		sheet_put_value(t, desk_share(y->short_ones, y->known));
	}
	free(place);
	return STATUS_DONE;
}

static int finish(struct desk *d, struct sheet *sheet, struct error *e)
{
	struct state *s = d->state;

	tell_summary(s, sheet);
	tell_bands(s, sheet);
	return tell_years(s, sheet, e);
}

static const char *const rules[] = {
	N_("Time to crime is the number of days from the first retail sale to the recovery."),
	N_("Both dates must be exact to the day; without, the time is unknown. Negative times, and days of recovery "
	   "that lie ahead, are errors: they are counted and left out."),
	N_("Bands follow the calendar: they end on the same day of a later month, or on that month's last day; that "
	   "day belongs to the next band."),
	N_("Three years or less is the usual sign of trafficking."),
	NULL
};

static const struct desk_report report = {
	.name = "time-to-crime", .title = N_("Time to crime"), .reads = SOURCE_TRACES, .n_title = N_("firearms"),
	.date = "recovery_date|crime_date", .want = want, .take = take, .finish = finish, .rules = rules
};

static const struct option_line table[] = OPTIONS(common_options);

static int run_report(void *context, void *options, const struct option_parsed *parsed, struct error *e)
{
	struct common_options *o = options;
	struct state s = { 0 };
	int status = desk_run(&report, &o->common, parsed, table, &s, e);
	struct year *year = (struct year *)(void *)s.year.data;

	(void)context;
	for (size_t i = 0; i < s.year.size / sizeof *year; i++)
		spread_free(&year[i].days);
	buf_free(&s.year);
	groups_free(&s.years);
	spread_free(&s.days);
	return status;
}

const struct verb verb_time_to_crime = { "time-to-crime", "[FILE]", "days from the first sale to the recovery", table,
					 sizeof(struct common_options), NULL, 0, 1, run_report };
