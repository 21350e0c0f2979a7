/* quality.c - quality: which fields are filled and understood, and what cannot be */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "base/num.h"
#include "desk.h"
#include "report/groups.h"
#include "tell.h"
#include "verbs.h"

enum { STATUS, TYPE, MAKE, MODEL, CALIBRE, SERIAL, MADE_IN, MADE_YEAR, EVENT_DATE, EVENT_PLACE, FOUND_DATE, RECOVERY_DATE,
       RECOVERY_PLACE, FIRST_SALE, CASE, AGENCY, SHOWN,
       MAKE_NAME = SHOWN, CALIBRE_NAME, KEY, KEY_STATE, AT };
static const struct desk_want want[] = {
	[STATUS] = { "status|state", false }, [TYPE] = { "type", false }, [MAKE] = { "make", false },
	[MODEL] = { "model", false }, [CALIBRE] = { "calibre|caliber", false }, [SERIAL] = { "serial", false },
	[MADE_IN] = { "made_in", false }, [MADE_YEAR] = { "made_year", false }, [EVENT_DATE] = { "event_date", false },
	[EVENT_PLACE] = { "event_place", false }, [FOUND_DATE] = { "found_date", false },
	[RECOVERY_DATE] = { "recovery_date|crime_date", false }, [RECOVERY_PLACE] = { "recovery_place", false },
	[FIRST_SALE] = { "first_sale|sale_date", false }, [CASE] = { "case", false }, [AGENCY] = { "agency", false },
	[MAKE_NAME] = { "make_name", false }, [CALIBRE_NAME] = { "calibre_name", false },
	[KEY] = { "serial_key", false }, [KEY_STATE] = { "serial_state", false }, [AT] = { "at", false },
	{ NULL, false }
};

enum { LOGS = 3 };
static const char *const log_names[LOGS] = { "records", "traces", "rows" };

/* What cannot be. */
enum { AHEAD, FOUND_BEFORE, RECOVERED_BEFORE, MADE_AFTER, BAD_DATE, ERRORS };
static const struct { const char *name, *title; } errors[ERRORS] = {
	[AHEAD] = { "ahead", N_("a date that is still to come") },
	[FOUND_BEFORE] = { "found-before-lost", N_("found before it was lost") },
	[RECOVERED_BEFORE] = { "recovered-before-sold", N_("recovered before it was first sold") },
	[MADE_AFTER] = { "made-after", N_("made after it was lost or recovered") },
	[BAD_DATE] = { "no-date", N_("a date that is none") },
};

struct field {
	uint64_t filled, understood;
};

struct state {
	struct field field[LOGS][SHOWN];
	bool there[LOGS][SHOWN];
	uint64_t rows[LOGS], error[ERRORS], wrong;
	struct groups serials;
};

static int log_of(enum source_kind kind)
{
	return kind == SOURCE_RECORDS ? 0 : kind == SOURCE_TRACES ? 1 : 2;
}

static int begin(struct desk *d, enum source_kind kind, const struct columns *columns, struct error *e)
{
	struct state *s = d->state;
	bool some = false;

	(void)columns;
	for (int i = 0; i < SHOWN; i++)
		some = (s->there[log_of(kind)][i] = d->place[i] >= 0) || some;
	return some ? STATUS_DONE : error_set(e, STATUS_INPUT, "these are no rows for 'quality': none of their columns is known");
}

static bool is_date(int which)
{
	return which == EVENT_DATE || which == FOUND_DATE || which == RECOVERY_DATE || which == FIRST_SALE;
}

static bool understood(const struct desk *d, int which, const char *const *field)
{
	struct date date;

	if (is_date(which))
		return !date_parse(field[which], &date, NULL) && date.precision == DATE_DAY;
	if (which == MAKE && d->place[MAKE_NAME] >= 0)
		return *field[MAKE_NAME];
	if (which == CALIBRE && d->place[CALIBRE_NAME] >= 0)
		return *field[CALIBRE_NAME];
	if (which == SERIAL && d->place[KEY] >= 0)
		return *field[KEY];
	return true;
}

static bool after(const char *made, const char *date)
{
	struct date then;
	int64_t year;

	return !num_integer(made, 1000, 9999, &year, NULL) && !date_parse(date, &then, NULL) &&
	       then.precision != DATE_NONE && year > then.year;
}

/* Each kind of error counts once in a row. */
static void look_for_errors(const struct desk *d, struct state *s, const char *const *field)
{
	bool found[ERRORS] = { false }, any = false;
	int64_t days;

	for (int i = 0; i < SHOWN; i++) {
		struct date date;

		if (!is_date(i) || !*field[i])
			continue;
		if (date_parse(field[i], &date, NULL))
			found[BAD_DATE] = true;
		else
			found[AHEAD] = found[AHEAD] || date_days(&date) > d->now / 86400;
	}
	found[FOUND_BEFORE] = span_days(field[EVENT_DATE], field[FOUND_DATE], &days) && days < 0;
	found[RECOVERED_BEFORE] = span_days(field[FIRST_SALE], field[RECOVERY_DATE], &days) && days < 0;
	found[MADE_AFTER] = after(field[MADE_YEAR], field[EVENT_DATE]) || after(field[MADE_YEAR], field[RECOVERY_DATE]);
	for (int i = 0; i < ERRORS; i++) {
		s->error[i] += found[i];
		any = any || found[i];
	}
	s->wrong += any;
}

static int take(struct desk *d, const struct source_row *row, const char *const *field, struct error *e)
{
	struct state *s = d->state;
	int log = log_of(row->kind);

	if (!row->current)
		return STATUS_DONE;
	if (!strcmp(field[STATUS], "draft") || !strcmp(field[STATUS], "cancelled") || !strcmp(field[STATUS], "withdrawn")) {
		desk_leave(d, "not-in-force", N_("drafts, cancelled records, withdrawn requests"));
		return STATUS_DONE;
	}
	d->counted++;
	s->rows[log]++;
	for (int i = TYPE; i < SHOWN; i++)
		if (*field[i]) {
			s->field[log][i].filled++;
			s->field[log][i].understood += understood(d, i, field);
		}
	look_for_errors(d, s, field);
	return d->place[KEY_STATE] < 0 ? STATUS_DONE :
	       groups_count(&s->serials, tell_or_unknown(field[KEY_STATE]), NULL, e);
}

static void tell_fields(const struct desk *d, struct sheet *sheet)
{
	const struct state *s = d->state;
	struct sheet_table *t = sheet_table(sheet, "fields", _("Fields that are filled"));

	sheet_key(t, "log", _("log"));
	sheet_key(t, "field", _("field"));
	sheet_counts(t, "rows", _("rows"), "rows");
	sheet_counts(t, "filled", _("filled"), "rows");
	sheet_shares(t, "filled_percent", _("percent filled"));
	sheet_counts(t, "understood", _("understood or exact"), "rows");
	sheet_shares(t, "understood_percent", _("percent of the filled"));
	sheet_rests(t, (int64_t)d->counted, _("rows"));
	sheet_drawn(t, SHEET_BARS, 4, "%");
	for (int log = 0; log < LOGS; log++)
		for (int i = TYPE; i < SHOWN && s->rows[log]; i++) {
			const struct field *f = &s->field[log][i];

			if (!s->there[log][i])
				continue;
			sheet_put_text(t, log_names[log], NULL);
			sheet_put_text(t, sheet_format(sheet, "%.*s", (int)strcspn(want[i].names, "|"), want[i].names), NULL);
			sheet_put_count(t, (int64_t)s->rows[log]);
			sheet_put_count(t, (int64_t)f->filled);
			sheet_put_value(t, desk_share(f->filled, s->rows[log]));
			sheet_put_count(t, (int64_t)f->understood);
			sheet_put_value(t, desk_share(f->understood, f->filled));
		}
}

static int finish(struct desk *d, struct sheet *sheet, struct error *e)
{
	const struct state *s = d->state;
	const struct tell_counts how = { "serial_state", _("Serial numbers"), _("state"), "rows", _("rows"), 20,
					 GROUPS_BY_COUNT };
	struct sheet_table *t;
	int status;

	tell_fields(d, sheet);
	status = tell_groups(sheet, &s->serials, &how, e);
	t = sheet_table(sheet, "errors", _("What cannot be"));
	sheet_key(t, "error", _("error"));
	sheet_counts(t, "rows", _("rows"), "rows");
	sheet_shares(t, "percent", _("percent"));
	sheet_rests(t, (int64_t)d->counted, _("rows"));
	for (int i = 0; i < ERRORS && d->counted; i++) {
		sheet_put_text(t, errors[i].name, _(errors[i].title));
		sheet_put_count(t, (int64_t)s->error[i]);
		sheet_put_value(t, desk_share(s->error[i], d->counted));
	}
	if (d->counted) {
		sheet_put_text(t, "any", _("any of these"));
		sheet_put_count(t, (int64_t)s->wrong);
		sheet_put_value(t, desk_share(s->wrong, d->counted));
	}
	return status;
}

static const char *const rules[] = {
	N_("A make or calibre is understood where it has a canonical name, a serial number where it can be searched "
	   "for, a date where it is exact to the day."),
	NULL
};

static const struct desk_report report = {
	.name = "quality", .title = N_("Quality of the data"), .reads = SOURCE_RECORDS | SOURCE_TRACES,
	.n_title = N_("rows"), .date = "event_date|recovery_date|crime_date", .want = want, .begin = begin,
	.take = take, .finish = finish, .rules = rules
};

static const struct option_line table[] = OPTIONS(common_options);

static int run_report(void *context, void *options, const struct option_parsed *parsed, struct error *e)
{
	struct common_options *o = options;
	struct state s = { .wrong = 0 };
	int status = desk_run(&report, &o->common, parsed, table, &s, e);

	(void)context;
	groups_free(&s.serials);
	return status;
}

const struct verb verb_quality = { "quality", "[FILE]", "which fields are filled, and what cannot be", table,
				   sizeof(struct common_options), NULL, 0, 1, run_report };
