/* annual.c - annual: firearms recovered and traced in a year, as national trace tables count them */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "arm.h"
#include "desk.h"
#include "report/once.h"
#include "tell.h"
#include "verbs.h"

static const struct desk_want want[] = {
	ARM_WANTS,
	{ NULL, false }
};

enum { BY_YEAR, BY_COUNTRY, BY_TYPE, BY_MAKE, BY_CALIBRE, COUNTS };
/* How many different ones there may be: their places share the 64 bits of what is kept of an arm. */
static const struct {
	const char *name, *title, *key;
	size_t most, shown;
	int bits;
	enum groups_order order;
} counts[COUNTS] = {
	[BY_YEAR] = { "year", N_("By year"), N_("year"), 8000, 9000, 13, GROUPS_BY_WORD },
	[BY_COUNTRY] = { "country", N_("By country of recovery"), N_("country"), 1000, 250, 10, GROUPS_BY_COUNT },
	[BY_TYPE] = { "type", N_("By type"), N_("type"), 60, 20, 6, GROUPS_BY_COUNT },
	[BY_MAKE] = { "make", N_("By make"), N_("make"), 65000, 15, 16, GROUPS_BY_COUNT },
	[BY_CALIBRE] = { "calibre", N_("By calibre"), N_("calibre"), 65000, 15, 16, GROUPS_BY_COUNT },
};

struct state {
	struct once once;
	struct groups by[COUNTS];
	uint64_t key, repeated, blank;
	bool some;
};

static const char *entered_year(const char *entered, char out[SPAN_STEP_TEXT])
{
	snprintf(out, SPAN_STEP_TEXT, "%.4s", entered);
	return out;
}

static int take(struct desk *d, const struct source_row *row, const char *const *field, struct error *e)
{
	struct state *s = d->state;
	struct arm arm;
	char year[SPAN_STEP_TEXT], scope[40];
	const char *key[COUNTS];
	uint64_t packed = 0;
	int shift = 0, status = STATUS_DONE;

	if (!row->current || !arm_read(d, row, field, &arm))
		return STATUS_DONE;
	if (arm.how == ARM_OTHERWISE || arm.how == ARM_BOUGHT_BACK) {
		if (arm.how == ARM_OTHERWISE)
			desk_leave(d, "not-recovered", N_("not recovered"));
		else
			desk_leave(d, "turned-in", N_("bought back or turned in"));
		return STATUS_DONE;
	}
	if (desk_ahead(d, &arm.recovered))
		return STATUS_DONE;
	if (arm.recovered.precision != DATE_NONE)
		span_step(&arm.recovered, SPAN_YEAR, year);
	else if (strlen(entered_year(field[ARM_ENTERED], year)) < 4) {
		desk_leave(d, "no-year", N_("neither a date of recovery nor one of entry"));
		return STATUS_DONE;
	} else {
		s->blank++;
	}
	d->counted++;
	key[BY_YEAR] = year;
	key[BY_COUNTRY] = tell_or_unknown(arm.country);
	key[BY_TYPE] = tell_or_unknown(arm.type);
	key[BY_MAKE] = tell_or_unknown(arm.make);
	key[BY_CALIBRE] = tell_or_unknown(arm.calibre);
	for (int i = 0; i < COUNTS && !status; i++) {
		size_t place = 0;

		status = groups_place(&s->by[i], key[i], &place, e);
		packed |= (uint64_t)place << shift;
		shift += counts[i].bits;
	}
	snprintf(scope, sizeof scope, "%.8s/%s", arm.country, year);
	return status ? status : once_add(&s->once, arm_identity(&arm, scope, d->counted), packed, e);
}

/* Of an arm that comes again in a year the first row counts. */
static int take_once(void *context, uint64_t key, uint64_t packed, struct error *e)
{
	struct state *s = context;
	bool again = s->some && key == s->key;

	(void)e;
	s->some = true;
	s->key = key;
	s->repeated += again;
	for (int i = 0; i < COUNTS && !again; i++) {
		struct groups *g = &s->by[i];

		g->line[packed & ((UINT64_C(1) << counts[i].bits) - 1)].n++;
		g->total++;
		packed >>= counts[i].bits;
	}
	return STATUS_DONE;
}

static int finish(struct desk *d, struct sheet *sheet, struct error *e)
{
	struct state *s = d->state;
	int status = once_each(&s->once, take_once, s, e);

	desk_leave_many(d, "repeated", N_("the same arm again, in the same country and year"), s->repeated);
	d->counted -= s->repeated;
	for (int i = 0; i < COUNTS && !status; i++) {
		const struct tell_counts how = { counts[i].name, _(counts[i].title), _(counts[i].key), "firearms",
						 _("firearms"), counts[i].shown, counts[i].order };

		status = tell_groups(sheet, &s->by[i], &how, e);
		if (i == BY_YEAR && sheet->tables) {
			sheet_drawn(sheet->table[sheet->tables - 1], SHEET_LINES, 1, _("firearms"));
			sheet_note(sheet->table[sheet->tables - 1],
				   sheet_format(sheet, _("By the date of entry, for lack of one of recovery: %llu"),
						(unsigned long long)s->blank));
		}
	}
	return status;
}

static const char *const rules[] = {
	N_("A firearm belongs to the year in which it was recovered, or, where that is blank, entered."),
	N_("Left out are duplicates (the same make, calibre and serial number, or the same record, in a country and "
	   "year), firearms that were not recovered, and those that were bought back or turned in."),
	N_("These rules are not those of SDG indicator 16.4.2: the numbers differ."),
	NULL
};

static const struct desk_report report = {
	.name = "annual", .title = N_("Firearms recovered and traced, by year"), .reads = SOURCE_TRACES,
	.n_title = N_("firearms"), .date = "recovery_date|crime_date|found_date", .date_else = "submitted|at",
	.want = want, .take = take, .finish = finish, .rules = rules
};

static const struct option_line table[] = OPTIONS(common_options);

static int run_report(void *context, void *options, const struct option_parsed *parsed, struct error *e)
{
	struct common_options *o = options;
	struct state s = { 0 };
	int status;

	(void)context;
	for (int i = 0; i < COUNTS; i++)
		s.by[i].most = counts[i].most;
	status = desk_run(&report, &o->common, parsed, table, &s, e);
	once_free(&s.once);
	for (int i = 0; i < COUNTS; i++)
		groups_free(&s.by[i]);
	return status;
}

const struct verb verb_annual = { "annual", "[FILE]", "firearms recovered and traced, by year", table,
				  sizeof(struct common_options), NULL, 0, 1, run_report };
